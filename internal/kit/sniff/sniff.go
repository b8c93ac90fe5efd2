// Package sniff finds out what an uploaded file really is, whatever its name
// says, and refuses what no office should open: programs, pages with scripts,
// macros, archives that unpack without end, and broken files.
package sniff

import (
	"bytes"
	"errors"
	"image"
	"image/jpeg"
	"image/png"
	"io"
	"path"
	"slices"
	"strings"

	"onewindow/internal/kit/fault"
)

// Kind is a sort of file that is accepted.
type Kind struct {
	Ext  string // without dot, as the file is stored: "pdf", "jpg", "png", "docx", "xlsx", "ofd"
	MIME string
}

// The accepted kinds.
var (
	PDF  = Kind{"pdf", "application/pdf"}
	JPEG = Kind{"jpg", "image/jpeg"}
	PNG  = Kind{"png", "image/png"}
	DOCX = Kind{"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}
	XLSX = Kind{"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
	OFD  = Kind{"ofd", "application/ofd"}
)

var extensions = map[string]Kind{
	"pdf": PDF, "jpg": JPEG, "jpeg": JPEG, "png": PNG, "docx": DOCX, "xlsx": XLSX, "ofd": OFD,
}

// Accept lists the extensions that are accepted, with dots, for file inputs.
func Accept() []string {
	var out []string
	for e := range extensions {
		out = append(out, "."+e)
	}
	slices.Sort(out)
	return out
}

// maxPixels bounds what an image unpacks to: an A3 scan at 600 dpi has 70
// million.
const maxPixels = 120_000_000

// File says what the file is. name is the one the sender gave; only its
// extension is used. The faults are Invalid with the codes upload.empty,
// upload.type (not an accepted kind; arg accepted), upload.mismatch (the
// content is not what the name says; args claimed, found), upload.broken,
// upload.bomb and upload.macro. Errors of r itself are returned as they are.
func File(r io.ReaderAt, size int64, name string) (Kind, error) {
	m := &medium{r: r}
	kind, err := look(m, size, name)
	if m.err != nil {
		return Kind{}, m.err
	}
	if err != nil {
		return Kind{}, err
	}
	return kind, nil
}

// medium keeps what goes wrong with the store apart from what is wrong with
// the file. A budget above 0 bounds how much is read before it is spent.
type medium struct {
	r      io.ReaderAt
	err    error
	budget int64
}

var errBudget = errors.New("sniff: too much to read")

func (m *medium) ReadAt(b []byte, at int64) (int, error) {
	if m.budget > 0 {
		if m.budget -= int64(len(b)); m.budget <= 0 {
			m.budget = 1
			return 0, errBudget
		}
	}
	n, err := m.r.ReadAt(b, at)
	if err != nil && !errors.Is(err, io.EOF) {
		m.err = err
	}
	return n, err
}

func look(r *medium, size int64, name string) (Kind, error) {
	if size <= 0 {
		return Kind{}, refuse("upload.empty")
	}
	claimed, ok := extensions[strings.ToLower(strings.TrimPrefix(path.Ext(name), "."))]
	if !ok {
		return Kind{}, refuse("upload.type", "accepted", strings.Join(Accept(), " "))
	}
	head := make([]byte, min(size, 64))
	if err := readAt(r, head, 0); err != nil {
		return Kind{}, err
	}
	found := family(head)
	if found != familyOf(claimed) {
		return Kind{}, mismatch(claimed, found)
	}
	switch claimed {
	case PDF:
		return claimed, checkPDF(r, size)
	case JPEG:
		return claimed, checkImage(r, size, jpeg.DecodeConfig, []byte("\xff\xd9"))
	case PNG:
		return claimed, checkImage(r, size, png.DecodeConfig, []byte("IEND\xae\x42\x60\x82"))
	}
	return claimed, checkPackage(r, size, claimed)
}

func refuse(code string, kv ...string) *fault.Fault {
	f := fault.Invalid(code)
	for i := 0; i+1 < len(kv); i += 2 {
		if f.Args == nil {
			f.Args = map[string]string{}
		}
		f.Args[kv[i]] = kv[i+1]
	}
	return f
}

func mismatch(claimed Kind, found string) *fault.Fault {
	return refuse("upload.mismatch", "claimed", claimed.Ext, "found", found)
}

// families are what the first bytes tell; those not accepted are named so that
// the message can say what was found.
var families = []struct{ magic, name string }{
	{"%PDF-", "pdf"},
	{"\xff\xd8\xff", "jpg"},
	{"\x89PNG\r\n\x1a\n", "png"},
	{"PK\x03\x04", "zip"},
	{"PK\x05\x06", "zip"},
	{"MZ", "exe"},
	{"\x7fELF", "elf"},
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"},
	{"Rar!", "rar"},
	{"7z\xbc\xaf\x27\x1c", "7z"},
	{"GIF8", "gif"},
	{"#!", "script"},
}

func family(head []byte) string {
	for _, f := range families {
		if bytes.HasPrefix(head, []byte(f.magic)) {
			return f.name
		}
	}
	text := strings.ToLower(strings.TrimLeft(string(head), "\ufeff \t\r\n"))
	switch {
	case strings.HasPrefix(text, "<svg"), strings.HasPrefix(text, "<?xml"):
		return "xml"
	case strings.HasPrefix(text, "<"):
		return "html"
	}
	return "unknown"
}

func familyOf(k Kind) string {
	switch k {
	case DOCX, XLSX, OFD:
		return "zip"
	}
	return k.Ext
}

// readAt reads exactly len(b) bytes; a file shorter than its size is broken.
func readAt(r io.ReaderAt, b []byte, at int64) error {
	n, err := r.ReadAt(b, at)
	if n == len(b) {
		return nil
	}
	if errors.Is(err, io.EOF) {
		return refuse("upload.broken").Because(err)
	}
	return err
}

// tail reads the last n bytes.
func tail(r io.ReaderAt, size int64, n int64) ([]byte, error) {
	b := make([]byte, min(size, n))
	return b, readAt(r, b, size-int64(len(b)))
}

// checkPDF looks for the end mark; what follows it may be a scanner's padding.
func checkPDF(r io.ReaderAt, size int64) error {
	end, err := tail(r, size, 2048)
	if err != nil {
		return err
	}
	if !bytes.Contains(end, []byte("%%EOF")) {
		return refuse("upload.broken")
	}
	return nil
}

// checkImage reads the picture's size and looks for its end mark, which
// cameras may follow with data of their own.
func checkImage(r io.ReaderAt, size int64, decode func(io.Reader) (image.Config, error), mark []byte) error {
	c, err := decode(io.NewSectionReader(r, 0, size))
	if err != nil {
		return refuse("upload.broken").Because(err)
	}
	if c.Width <= 0 || c.Height <= 0 {
		return refuse("upload.broken")
	}
	if c.Width > maxPixels/c.Height {
		return refuse("upload.bomb")
	}
	end, err := tail(r, size, 64<<10)
	if err != nil {
		return err
	}
	if !bytes.Contains(end, mark) {
		return refuse("upload.broken")
	}
	return nil
}
