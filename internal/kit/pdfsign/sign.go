// Package pdfsign signs PDF files by an incremental update with a detached CMS
// signature in the style of PAdES-B-B (ETSI EN 319 142-1), ECDSA P-256 over
// SHA-256, which general PDF readers verify. It signs what package pdf writes;
// files with cross-reference streams are refused.
package pdfsign

import (
	"bytes"
	"crypto"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"

	"onewindow/internal/kit/clock"
)

// Identity is a signing key and its certificates in DER, the key's first.
type Identity struct {
	Key   crypto.Signer
	Chain [][]byte
}

// Claim is what the signature says of itself, in words.
type Claim struct {
	Name, Reason, Location string
	At                     time.Time
}

// ErrUnsupported is returned for files this package cannot append to.
var ErrUnsupported = errors.New("pdfsign: the file has no plain cross-reference table")

// reserve is the room for the signature in bytes; a chain of two P-256
// certificates takes about 2,000.
const reserve = 8192

// Sign appends a signature over the whole file and returns the new file. The
// bytes of the old one stand unchanged at its beginning.
func Sign(file []byte, by Identity, c Claim) ([]byte, error) {
	old, err := readTail(file)
	if err != nil {
		return nil, err
	}
	out, gap, err := old.append(file, c)
	if err != nil {
		return nil, err
	}
	covered := bytes.Join([][]byte{out[:gap.from], out[gap.to:]}, nil)
	cms, err := signCMS(covered, by)
	if err != nil {
		return nil, err
	}
	if hex.EncodedLen(len(cms)) > gap.to-gap.from-2 {
		return nil, fmt.Errorf("pdfsign: a signature of %d bytes does not fit", len(cms))
	}
	hex.Encode(out[gap.from+1:], cms)
	return out, nil
}

// span is a part of a file.
type span struct{ from, to int }

// tail is what an update must know of the file before it.
type tail struct {
	size, root, page    int // count of objects; numbers of the catalog and of the first page
	xref                int // where the last cross-reference table begins
	info                string
	catalog, firstPage  []byte // bodies of these objects
	catalogGen, pageGen int
}

var (
	startXref = regexp.MustCompile(`startxref\s+(\d+)\s+%%EOF\s*$`)
	sizeEntry = regexp.MustCompile(`/Size\s+(\d+)`)
	rootEntry = regexp.MustCompile(`/Root\s+(\d+)\s+0\s+R`)
	infoEntry = regexp.MustCompile(`(?s)/Info\s*(<<.*?>>|\d+\s+\d+\s+R)`)
	pageKind  = regexp.MustCompile(`/Type\s*/Page[^s]`)
	hasForm   = regexp.MustCompile(`/AcroForm|/Annots|/Encrypt`)
	object    = regexp.MustCompile(`(?s)^(\d+) 0 obj\s*<<(.*?)>>\s*endobj`)
)

func readTail(file []byte) (*tail, error) {
	end := startXref.FindSubmatchIndex(file[max(0, len(file)-64):])
	if end == nil {
		return nil, ErrUnsupported
	}
	base := max(0, len(file)-64)
	t := &tail{xref: number(file[base+end[2] : base+end[3]])}
	if t.xref >= len(file) || !bytes.HasPrefix(file[t.xref:], []byte("xref")) {
		return nil, ErrUnsupported
	}
	trailer := file[t.xref:]
	size, root := sizeEntry.FindSubmatch(trailer), rootEntry.FindSubmatch(trailer)
	if size == nil || root == nil || hasForm.Match(trailer) || bytes.Contains(trailer, []byte("/Prev")) {
		return nil, ErrUnsupported
	}
	t.size, t.root = number(size[1]), number(root[1])
	if info := infoEntry.FindSubmatch(trailer); info != nil {
		t.info = string(info[1])
	}
	return t, t.objects(file)
}

// objects finds the catalog and the first page by the offsets in the table.
func (t *tail) objects(file []byte) error {
	for n := 1; n < t.size; n++ {
		body, ok := t.object(file, n)
		switch {
		case ok && n == t.root:
			t.catalog = body
		case ok && t.page == 0 && pageKind.Match(append(bytes.Clone(body), ' ')):
			t.page, t.firstPage = n, body
		}
	}
	if t.catalog == nil || t.page == 0 || hasForm.Match(t.catalog) || hasForm.Match(t.firstPage) {
		return ErrUnsupported
	}
	return nil
}

// object is the dictionary of object n, without its brackets.
func (t *tail) object(file []byte, n int) ([]byte, bool) {
	const record = 20
	table := bytes.IndexByte(file[t.xref+5:], '\n') + t.xref + 6 // behind "xref\n0 n\n"
	at := table + n*record
	if at+record > len(file) {
		return nil, false
	}
	offset := number(bytes.TrimLeft(file[at:at+10], "0"))
	if offset >= len(file) {
		return nil, false
	}
	m := object.FindSubmatch(file[offset:min(len(file), offset+4096)])
	if m == nil || number(m[1]) != n {
		return nil, false
	}
	return m[2], true
}

func number(digits []byte) int {
	n, err := strconv.Atoi(string(digits))
	if err != nil {
		return 0
	}
	return n
}

// update collects new objects behind a file.
type update struct {
	bytes.Buffer
	at map[int]int
}

func (u *update) object(n int, format string, args ...any) {
	u.at[n] = u.Len()
	fmt.Fprintf(u, "%d 0 obj\n"+format+"\nendobj\n", append([]any{n}, args...)...)
}

// append writes the signature dictionary with an empty gap, its invisible
// field, and new versions of the catalog and the first page.
func (t *tail) append(file []byte, c Claim) ([]byte, span, error) {
	u := &update{at: map[int]int{}}
	u.Write(file)
	if !bytes.HasSuffix(file, []byte("\n")) {
		u.WriteByte('\n')
	}
	sig, field, info := t.size, t.size+1, t.size+2
	u.object(t.root, "<<%s/AcroForm << /Fields [%d 0 R] /SigFlags 3 >>\n>>", t.catalog, field)
	u.object(t.page, "<<%s/Annots [%d 0 R]\n>>", t.firstPage, field)
	u.object(field, "<< /Type /Annot /Subtype /Widget /FT /Sig /T (OneWindow) /V %d 0 R /P %d 0 R /Rect [0 0 0 0] /F 132 >>", sig, t.page)
	size, reference := t.size+2, t.info
	if strings.HasPrefix(t.info, "<<") { // the standard wants it as an object of its own
		u.object(info, "%s", t.info)
		size, reference = t.size+3, fmt.Sprintf("%d 0 R", info)
	}
	gap, ranges := u.signature(sig, c)
	u.finish(t, size, reference)
	out := u.Bytes()
	covers := fmt.Sprintf("[0 %d %d %d]", gap.from, gap.to, len(out)-gap.to)
	if len(covers) > ranges.to-ranges.from {
		return nil, span{}, errors.New("pdfsign: the file is too large")
	}
	copy(out[ranges.from:ranges.to], covers)
	return out, gap, nil
}

// signature writes the signature dictionary; it returns where the hex string
// of the signature and where the byte ranges stand.
func (u *update) signature(n int, c Claim) (gap, ranges span) {
	u.at[n] = u.Len()
	fmt.Fprintf(u, "%d 0 obj\n<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached\n", n)
	fmt.Fprintf(u, "/M (D:%s+08'00')\n", c.At.In(clock.Beijing).Format("20060102150405"))
	for _, e := range [][2]string{{"Name", c.Name}, {"Reason", c.Reason}, {"Location", c.Location}} {
		if e[1] != "" {
			fmt.Fprintf(u, "/%s %s\n", e[0], textString(e[1]))
		}
	}
	u.WriteString("/ByteRange ")
	ranges.from = u.Len()
	u.WriteString(strings.Repeat(" ", 48))
	ranges.to = u.Len()
	u.WriteString("\n/Contents ")
	gap.from = u.Len()
	u.WriteString("<" + strings.Repeat("0", 2*reserve) + ">")
	gap.to = u.Len()
	u.WriteString("\n>>\nendobj\n")
	return gap, ranges
}

// finish writes the cross-reference table and the trailer of the update.
func (u *update) finish(t *tail, size int, info string) {
	at := u.Len()
	u.WriteString("xref\n0 1\n0000000000 65535 f \n")
	for n := range size {
		if offset, ok := u.at[n]; ok {
			fmt.Fprintf(u, "%d 1\n%010d 00000 n \n", n, offset)
		}
	}
	fmt.Fprintf(u, "trailer\n<< /Size %d /Root %d 0 R /Prev %d", size, t.root, t.xref)
	if info != "" {
		fmt.Fprintf(u, " /Info %s", info)
	}
	fmt.Fprintf(u, " >>\nstartxref\n%d\n%%%%EOF\n", at)
}

// textString writes words as PDF wants them: UTF-16 with a mark, in hex.
func textString(s string) string {
	var b strings.Builder
	b.WriteString("<FEFF")
	for _, u := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", u)
	}
	return b.String() + ">"
}
