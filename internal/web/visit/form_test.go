package visit

import (
	"bytes"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"net/url"
	"strings"
	"testing"

	"github.com/a-h/templ"
	"pgregory.net/rapid"

	"onewindow/internal/kit/fault"
	"onewindow/internal/web/webtest"
)

// say answers with plain words, escaped.
func say(v *Visit, format string, args ...any) error {
	return v.Render(templ.Raw("<p>" + templ.EscapeString(fmt.Sprintf(format, args...)) + "</p>"))
}

func TestFields(t *testing.T) {
	s := newSite(t)
	s.handle("POST /form/{id}", func(v *Visit) error {
		n, err := v.Int("n")
		if err != nil {
			return err
		}
		return say(v, "%s|%q|%q|%d|%q|%v|%s|%s", v.Path("id"), v.Text("text"), v.Texts("many"), n, v.Answers("e."), v.Has("save"), v.Query("q"), v.Raw("password"))
	})
	p := s.Post("/form/7?q=%20x%20", url.Values{"text": {" 一\r\n\x00二 \xff"}, "many": {"a ", "b"}, "n": {" 12 "}, "e.kind": {"x", "y"}, "e.name": {"甲"}, "save": {""}, "password": {" p "}})
	p.Want(200)
	if want := `7|"一\n�二 �"|["a" "b"]|12|map["kind":"x\ny" "name":"甲"]|true|x| p`; p.Text("p") != want {
		t.Errorf("%s\nwant %s", p.Text("p"), want)
	}
	s.Post("/form/7", url.Values{"n": {"zwölf"}}).Want(422)
}

func TestFormsAreBounded(t *testing.T) {
	s := newSite(t)
	s.handle("POST /form", func(v *Visit) error { return say(v, "%d", len(v.Text("a"))) })
	s.Post("/form", url.Values{"a": {strings.Repeat("x", formBytes-10)}}).Want(200)
	p := s.Post("/form", url.Values{"a": {strings.Repeat("x", formBytes+1)}}).Want(413)
	if !strings.Contains(p.Text("main"), "1.0 MB") {
		t.Error(p.Text("main"))
	}
}

// part is one part of a multipart form; a name makes it a file.
type part struct{ field, name, body string }

func send(s *site, path string, parts ...part) *webtest.Page {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for _, p := range parts {
		if p.name == "" {
			w.WriteField(p.field, p.body)
			continue
		}
		h := textproto.MIMEHeader{}
		h.Set("Content-Disposition", fmt.Sprintf(`form-data; name="%s"; filename="%s"`, p.field, strings.TrimPrefix(p.name, "none")))
		h.Set("Content-Type", "application/octet-stream")
		f, _ := w.CreatePart(h)
		io.WriteString(f, p.body)
	}
	w.Close()
	r, _ := http.NewRequest("POST", s.URL+path, &b)
	r.Header.Set("Content-Type", w.FormDataContentType())
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return s.Do(r)
}

func TestFiles(t *testing.T) {
	s := newSite(t)
	s.handle("POST /files", func(v *Visit) error {
		var got []string
		err := v.Files(FileLimits{Each: 10, Count: 2}, func(p Part) error {
			body, err := io.ReadAll(p)
			got = append(got, fmt.Sprintf("%s/%s=%s", v.Text("case"), p.Name, body))
			return err
		})
		if err != nil {
			return err
		}
		return say(v, "%q %s", got, v.Text("after"))
	}, Upload(1000))
	p := send(s, "/files", part{"case", "", "7"}, part{"f", `C:\私人\平面图.pdf`, "0123456789"}, part{"f", "none", ""}, part{"after", "", "完"}).Want(200)
	if p.Text("p") != `["7/平面图.pdf=0123456789"] 完` {
		t.Error(p.Text("p"))
	}
	send(s, "/files", part{"f", "a.pdf", "0123456789x"}).Want(413)
	p = send(s, "/files", part{"f", "a", "1"}, part{"f", "b", "2"}, part{"f", "c", "3"}).Want(413)
	if !strings.Contains(p.Text("main"), "最多提交 2 个文件") {
		t.Error(p.Text("main"))
	}
	send(s, "/files", part{"x", "", strings.Repeat("x", 2000)}).Want(413)
	s.Post("/files", url.Values{"after": {"no files at all"}}).Want(200)
}

// A handler that expects no files refuses them, and reads a multipart form
// without any.
func TestFilesNobodyAskedFor(t *testing.T) {
	s := newSite(t)
	s.handle("POST /form", func(v *Visit) error { return say(v, "%s", v.Text("a")) })
	if p := send(s, "/form", part{"a", "", "甲"}).Want(200); p.Text("p") != "甲" {
		t.Error(p.Text("p"))
	}
	send(s, "/form", part{"a", "x.exe", "MZ"}).Want(413)
	r, _ := http.NewRequest("POST", s.URL+"/form", strings.NewReader("--x\r\nbroken"))
	r.Header.Set("Content-Type", "multipart/form-data; boundary=x")
	s.Do(r).Want(422)
}

// A bounded reader gives all of what fits and never a byte more.
func TestBounded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size, limit := rapid.IntRange(0, 64).Draw(t, "size"), rapid.IntRange(0, 64).Draw(t, "limit")
		got, err := io.ReadAll(&bounded{strings.NewReader(strings.Repeat("x", size)), int64(limit), int64(limit)})
		if size <= limit && (err != nil || len(got) != size) {
			t.Fatalf("%d of %d: %v", len(got), size, err)
		}
		if size > limit && (fault.Of(err) == nil || fault.Of(err).Code != "upload.file" || len(got) > limit) {
			t.Fatalf("%d over %d: %v", size, limit, err)
		}
	})
}

func TestBaseName(t *testing.T) {
	for name, want := range map[string]string{
		"../../etc/passwd": "passwd", `C:\a\b.pdf`: "b.pdf", "a\x00b\u202e.pdf": "ab.pdf", "": ".", " 图.jpg ": "图.jpg",
		strings.Repeat("长", 300) + ".pdf": strings.Repeat("长", 116) + ".pdf",
	} {
		if got := baseName(name); got != want {
			t.Errorf("%q: %q", name, got)
		}
	}
}
