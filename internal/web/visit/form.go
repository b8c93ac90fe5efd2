package visit

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
	"unicode"

	"onewindow/internal/kit/fault"
	"onewindow/internal/web/ui"
)

// parse reads the form of a request without files.
func (v *Visit) parse() error {
	v.values = url.Values{}
	if v.safe() {
		return nil
	}
	kind, _, _ := mime.ParseMediaType(v.R.Header.Get("Content-Type"))
	switch kind {
	case "multipart/form-data":
		return v.Files(FileLimits{}, nil)
	case "application/x-www-form-urlencoded":
		if err := v.R.ParseForm(); err != nil {
			return unreadable(err)
		}
		v.values = v.R.PostForm
	}
	return nil
}

// unreadable is what went wrong while reading what was sent.
func unreadable(err error) error {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return fault.TooLarge("request.size", "max", ui.Bytes(tooLarge.Limit))
	}
	var f *fault.Fault
	if errors.As(err, &f) {
		return f
	}
	return fault.Invalid("request.broken").Because(err)
}

// Text is a field of the form, without blanks at its ends and with \n between
// lines; "" when it was not sent.
func (v *Visit) Text(name string) string { return clean(v.values.Get(name)) }

// Texts are all values of a field.
func (v *Visit) Texts(name string) []string {
	var out []string
	for _, s := range v.values[name] {
		out = append(out, clean(s))
	}
	return out
}

// Raw is a field exactly as it was sent: for passwords.
func (v *Visit) Raw(name string) string { return v.values.Get(name) }

// Has reports whether a field was sent at all, as by the button of that name.
func (v *Visit) Has(name string) bool { return v.values.Has(name) }

// Prefixed reports whether any field's name begins so.
func (v *Visit) Prefixed(prefix string) bool {
	for name := range v.values {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

// Int is a field as a whole number.
func (v *Visit) Int(name string) (int, error) {
	n, err := strconv.Atoi(v.Text(name))
	if err != nil {
		return 0, fault.Invalid("form.invalid", fault.At(name, "request.number"))
	}
	return n, nil
}

// Answers are all fields whose names begin with the prefix, without it; several
// values are joined by "\n". It is what form.Values wants.
func (v *Visit) Answers(prefix string) map[string]string {
	out := map[string]string{}
	for name := range v.values {
		if short, ok := strings.CutPrefix(name, prefix); ok {
			out[short] = strings.Join(v.Texts(name), "\n")
		}
	}
	return out
}

// Query is a parameter of the address.
func (v *Visit) Query(name string) string { return clean(v.R.URL.Query().Get(name)) }

// Path is a wildcard of the route.
func (v *Visit) Path(name string) string { return v.R.PathValue(name) }

// clean makes text of what was sent: valid, without NUL, which PostgreSQL does
// not store, and with the line ends of the platform.
func clean(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "\uFFFD")
	return strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n"))
}

// FileLimits bound uploaded files.
type FileLimits struct {
	Each  int64 // bytes of one file
	Count int   // number of files
}

// Part is one file while it is being sent. Reading more than FileLimits.Each
// gives the fault upload.file.
type Part struct {
	Field string
	Name  string // as the visitor's machine calls it, without folders
	io.Reader
}

// Files reads a form with files: take gets each file as it arrives and must
// read it to its end, or return an error. Fields that stand before a file in
// the form can be asked for while it is taken, all of them afterwards. A form
// without files is read too.
func (v *Visit) Files(l FileLimits, take func(Part) error) error {
	if v.values == nil {
		v.values = url.Values{}
	}
	r, err := v.R.MultipartReader()
	if errors.Is(err, http.ErrNotMultipart) {
		return v.parse()
	}
	if err != nil {
		return unreadable(err)
	}
	texts, files := int64(formBytes), 0
	for {
		p, err := r.NextPart()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return unreadable(err)
		}
		switch name := p.FileName(); {
		case name == "" && p.Header.Get("Content-Type") == "":
			err = v.takeText(p, &texts)
		case name == "": // a file control in which nothing was chosen
		default:
			if files++; files > l.Count || take == nil {
				return fault.TooLarge("request.files", "max", strconv.Itoa(l.Count))
			}
			err = take(Part{Field: p.FormName(), Name: baseName(name), Reader: &bounded{p, l.Each, l.Each}})
		}
		if err != nil {
			return unreadable(err)
		}
	}
}

func (v *Visit) takeText(p *multipart.Part, left *int64) error {
	b, err := io.ReadAll(io.LimitReader(p, *left+1))
	if err != nil {
		return err
	}
	if *left -= int64(len(b)); *left < 0 {
		return fault.TooLarge("request.size", "max", ui.Bytes(formBytes))
	}
	v.values.Add(p.FormName(), string(b))
	return nil
}

// baseName is a file name without folders and control characters, at most 120
// characters, its extension kept.
func baseName(name string) string {
	name = path.Base(strings.ReplaceAll(clean(strings.ReplaceAll(name, "\x00", "")), `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, name)
	r, ext := []rune(name), []rune(path.Ext(name))
	if len(r) > 120 && len(ext) < 20 {
		name = string(r[:120-len(ext)]) + string(ext)
	}
	return name
}

// bounded gives the fault upload.file when there is more to read than max.
type bounded struct {
	io.Reader
	left, max int64
}

func (b *bounded) Read(p []byte) (int, error) {
	if int64(len(p)) > b.left+1 {
		p = p[:b.left+1]
	}
	n, err := b.Reader.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return 0, fault.TooLarge("upload.file", "max", strconv.FormatInt(b.max>>20, 10))
	}
	return n, err
}
