package visit

import (
	"bytes"
	"compress/gzip"
	"io"
	"mime"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/a-h/templ"
)

// Render answers 200 with a page or a part of one.
func (v *Visit) Render(c templ.Component) error { return v.RenderStatus(http.StatusOK, c) }

// buffers are where pages are drawn before the first byte is sent, so that a
// page that fails is no half page.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// RenderStatus is Render with another status.
func (v *Visit) RenderStatus(status int, c templ.Component) error {
	b := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(b)
	b.Reset()
	if err := c.Render(v.Context(), b); err != nil {
		return err
	}
	h := v.W.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", v.caching())
	h.Add("Vary", "Accept-Encoding, HX-Request")
	return v.send(status, b.Bytes())
}

// caching keeps what belongs to somebody out of every cache, the browser's own
// among them: people use shared machines.
func (v *Visit) caching() string {
	if v.Actor.SignedIn() || v.Expired || len(v.said) > 0 {
		return "no-store"
	}
	return "private, no-cache"
}

var packers = sync.Pool{New: func() any {
	w, _ := gzip.NewWriterLevel(nil, 5) // fails on no level that exists
	return w
}}

// smallest is the size from which compressing pays.
const smallest = 1400

func (v *Visit) send(status int, body []byte) error {
	h := v.W.Header()
	if len(body) < smallest || !strings.Contains(v.R.Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Length", strconv.Itoa(len(body)))
		v.W.WriteHeader(status)
		_, err := v.W.Write(body)
		return gone(err)
	}
	h.Set("Content-Encoding", "gzip")
	v.W.WriteHeader(status)
	z := packers.Get().(*gzip.Writer)
	defer packers.Put(z)
	z.Reset(v.W)
	if _, err := z.Write(body); err != nil {
		return gone(err)
	}
	return gone(z.Close())
}

// gone drops the error of a visitor who went away: the answer has begun, so no
// other can be given.
func gone(error) error { return nil }

// Done answers 204: it was done and there is nothing to show.
func (v *Visit) Done() error {
	v.W.WriteHeader(http.StatusNoContent)
	return nil
}

// See answers 303 to a path of this site, for the browser to GET. A script of
// ours is told in HX-Redirect instead.
func (v *Visit) See(to string) error {
	to = local(to)
	v.sendFlash()
	if v.scripted() {
		v.W.Header().Set("HX-Redirect", to)
		v.W.WriteHeader(http.StatusOK)
		return nil
	}
	v.W.Header().Set("Location", to)
	v.W.WriteHeader(http.StatusSeeOther)
	return nil
}

// local lets nothing through but a path of this site: "/" for the rest.
func local(to string) string {
	u, err := url.Parse(to)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") ||
		strings.ContainsAny(to, "\\\r\n\t") {
		return "/"
	}
	return to
}

// back is the path of the page that sent this request, "/" when unknown.
func (v *Visit) back() string {
	u, err := url.Parse(v.R.Header.Get("Referer"))
	if err != nil || u.Host != v.R.Host {
		return "/"
	}
	return local(u.RequestURI())
}

// File is something to download.
type File struct {
	Name    string // as the visitor sees it, Chinese or not
	Type    string // media type
	Changed time.Time
	Inline  bool // show PDFs and pictures in the browser; anything else is saved
	Body    io.ReadSeeker
}

// Serve answers with a file; parts of it may be asked for.
func (v *Visit) Serve(f File) error {
	h := v.W.Header()
	h.Set("Content-Security-Policy", filePolicy)
	h.Set("Content-Type", f.Type)
	h.Set("Cache-Control", "no-store")
	how := "attachment"
	if f.Inline && (f.Type == "application/pdf" || f.Type == "image/png" || f.Type == "image/jpeg") {
		how = "inline"
	}
	h.Set("Content-Disposition", mime.FormatMediaType(how, map[string]string{"filename": path.Base(f.Name)}))
	http.NewResponseController(v.W).SetWriteDeadline(time.Now().Add(transferTime)) // lines are slow; tests have no deadline
	http.ServeContent(v.W, v.R, "", f.Changed, f.Body)
	return nil
}
