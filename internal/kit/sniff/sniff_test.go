package sniff

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/jpeg"
	"image/png"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"onewindow/internal/kit/fault"
)

const types = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`

// entry is one file of a package.
type entry struct{ name, text string }

func packed(t testing.TB, entries ...entry) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, e := range entries {
		f, err := w.Create(e.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, e.text); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func docx(t testing.TB, more ...entry) []byte {
	return packed(t, append([]entry{{"[Content_Types].xml", types}, {"word/document.xml", "<w:document/>"}}, more...)...)
}

func xlsx(t testing.TB, more ...entry) []byte {
	return packed(t, append([]entry{{"[Content_Types].xml", types}, {"xl/workbook.xml", "<workbook/>"}}, more...)...)
}

func picture(t testing.TB, encode func(io.Writer, image.Image) error) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := encode(&out, image.NewGray(image.Rect(0, 0, 40, 30))); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func asJPEG(w io.Writer, m image.Image) error { return jpeg.Encode(w, m, nil) }

const pdfText = "%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n"

// wide is a PNG that says it is n by n pixels.
func wide(t testing.TB, n uint32) []byte {
	b := picture(t, png.Encode)
	binary.BigEndian.PutUint32(b[16:], n)
	binary.BigEndian.PutUint32(b[20:], n)
	binary.BigEndian.PutUint32(b[29:], crc32.ChecksumIEEE(b[12:29]))
	return b
}

func noise(n int) string {
	b := make([]byte, n)
	rand.NewChaCha8([32]byte{}).Read(b)
	return string(b)
}

func TestAccepted(t *testing.T) {
	for name, c := range map[string]struct {
		content []byte
		want    Kind
	}{
		"申请书.pdf":    {[]byte(pdfText), PDF},
		"照片.JPG":     {picture(t, asJPEG), JPEG},
		"photo.jpeg": {append(picture(t, asJPEG), "camera notes"...), JPEG},
		"布局图.png":    {picture(t, png.Encode), PNG},
		"章程.docx":    {docx(t, entry{"word/media/image1.png", noise(1 << 20)}), DOCX},
		"名单.xlsx":    {xlsx(t, entry{"xl/worksheets/sheet1.xml", strings.Repeat("<row><c>", 900_000)}), XLSX},
		"证照.ofd":     {packed(t, entry{"OFD.xml", "<ofd/>"}, entry{"Doc_0/Document.xml", "<d/>"}), OFD},
	} {
		got, err := File(bytes.NewReader(c.content), int64(len(c.content)), name)
		if err != nil || got != c.want {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
}

func TestRefused(t *testing.T) {
	zeros := strings.Repeat("\x00", 10<<20)
	var bombs, many []entry
	for i := range 3 {
		bombs = append(bombs, entry{"media/" + string(rune('a'+i)), zeros})
	}
	for i := range maxEntries {
		many = append(many, entry{"word/x/" + strings.Repeat("i", i%200) + string(rune('0'+i%10)), ""})
	}
	exe, elf := []byte("MZ\x90\x00\x03\x00\x00\x00"+noise(200)), []byte("\x7fELF\x02\x01\x01"+noise(200))
	macroTypes := strings.Replace(types, "/>", `><Override PartName="/word/document.xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>`, 1)
	whole := docx(t, entry{"word/media/image1.png", noise(5000)})
	for name, c := range map[string]struct {
		file    string
		content []byte
		code    string
	}{
		"empty":                  {"a.pdf", nil, "upload.empty"},
		"program":                {"setup.exe", exe, "upload.type"},
		"page":                   {"a.html", []byte("<html>"), "upload.type"},
		"drawing with scripts":   {"a.svg", []byte("<svg>"), "upload.type"},
		"old word":               {"a.doc", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "upload.type"},
		"with macros by name":    {"a.docm", docx(t), "upload.type"},
		"no extension":           {"pdf", []byte(pdfText), "upload.type"},
		"program as pdf":         {"a.pdf", exe, "upload.mismatch"},
		"program as docx":        {"a.docx", elf, "upload.mismatch"},
		"page as pdf":            {"a.pdf", []byte("\n <!DOCTYPE html><script>"), "upload.mismatch"},
		"drawing as png":         {"a.png", []byte(`<svg xmlns="x" onload="alert(1)">`), "upload.mismatch"},
		"pdf as jpg":             {"a.jpg", []byte(pdfText), "upload.mismatch"},
		"png as jpg":             {"a.jpg", picture(t, png.Encode), "upload.mismatch"},
		"xlsx as docx":           {"a.docx", xlsx(t), "upload.mismatch"},
		"docx as ofd":            {"a.ofd", docx(t), "upload.mismatch"},
		"archive as docx":        {"a.docx", packed(t, entry{"setup.exe", string(exe)}), "upload.mismatch"},
		"no content types":       {"a.docx", packed(t, entry{"word/document.xml", "x"}), "upload.mismatch"},
		"locked office document": {"a.docx", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + noise(100)), "upload.mismatch"},
		"pdf inside text":        {"a.pdf", []byte("hello " + pdfText), "upload.mismatch"},
		"half a pdf":             {"a.pdf", []byte(pdfText[:30]), "upload.broken"},
		"half a jpg":             {"a.jpg", picture(t, asJPEG)[:300], "upload.broken"},
		"png without end":        {"a.png", picture(t, png.Encode)[:60], "upload.broken"},
		"half a docx":            {"a.docx", whole[:len(whole)/2], "upload.broken"},
		"damaged docx":           {"a.docx", bytes.Replace(whole, []byte(noise(5000)[2000:2004]), []byte("!!!!"), 1), "upload.broken"},
		"path out of package":    {"a.docx", docx(t, entry{"word/../../x", ""}), "upload.broken"},
		"huge picture":           {"a.png", wide(t, 60_000), "upload.bomb"},
		"zip bomb":               {"a.docx", docx(t, bombs...), "upload.bomb"},
		"lying zip bomb":         {"a.xlsx", lie(xlsx(t, bombs...)), "upload.broken"},
		"too many entries":       {"a.docx", docx(t, many...), "upload.bomb"},
		"macro":                  {"a.docx", docx(t, entry{"word/vbaProject.bin", "x"}), "upload.macro"},
		"macro elsewhere":        {"a.xlsx", xlsx(t, entry{"xl/VBAPROJECT.bin", "x"}), "upload.macro"},
		"macro sheet":            {"a.xlsx", xlsx(t, entry{"xl/macrosheets/sheet1.xml", "x"}), "upload.macro"},
		"macro by type":          {"a.docx", packed(t, entry{"[Content_Types].xml", macroTypes}, entry{"word/document.xml", "x"}), "upload.macro"},
	} {
		_, err := File(bytes.NewReader(c.content), int64(len(c.content)), c.file)
		f := fault.Of(err)
		if f == nil || f.Kind != fault.KindInvalid || f.Code != c.code {
			t.Errorf("%s: %v, want %s", name, err, c.code)
		}
		if c.code == "upload.mismatch" && f != nil && (f.Args["claimed"] == "" || f.Args["found"] == "") {
			t.Errorf("%s: args %v", name, f.Args)
		}
	}
}

// lie writes small sizes into the directory of a zip file.
func lie(b []byte) []byte {
	for at := 0; ; {
		i := bytes.Index(b[at:], []byte("PK\x01\x02"))
		if i < 0 {
			return b
		}
		at += i
		if binary.LittleEndian.Uint32(b[at+24:]) > 1<<20 {
			binary.LittleEndian.PutUint32(b[at+24:], 100)
		}
		at += 46
	}
}

type badDisk struct{ good int64 }

var errDisk = errors.New("disk")

func (d badDisk) ReadAt(b []byte, at int64) (int, error) {
	if at+int64(len(b)) > d.good {
		return 0, errDisk
	}
	return copy(b, "PK\x03\x04"), nil
}

func TestErrorsOfTheStoreAreNoFaultsOfTheFile(t *testing.T) {
	for _, good := range []int64{0, 64} {
		if _, err := File(badDisk{good}, 10_000, "a.docx"); !errors.Is(err, errDisk) {
			t.Errorf("%v", err)
		}
	}
	if _, err := File(bytes.NewReader([]byte(pdfText)), 10_000, "a.pdf"); fault.Of(err).Code != "upload.broken" {
		t.Errorf("shorter than its size: %v", err)
	}
}

func TestAcceptNamesEveryExtension(t *testing.T) {
	if got := strings.Join(Accept(), " "); got != ".docx .jpeg .jpg .ofd .pdf .png .xlsx" {
		t.Error(got)
	}
}

func FuzzFile(f *testing.F) {
	f.Add([]byte(pdfText), "a.pdf")
	f.Add(docx(f), "a.docx")
	f.Add(picture(f, png.Encode), "a.png")
	f.Fuzz(func(t *testing.T, b []byte, name string) {
		kind, err := File(bytes.NewReader(b), int64(len(b)), name)
		if (err == nil) != (kind.Ext != "") {
			t.Errorf("%v and %v", kind, err)
		}
	})
}
