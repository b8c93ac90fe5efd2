package static

import (
	"net/http"
	"path"
	"strconv"
	"strings"
)

// Handler serves Prefix. A name with the current hash may be kept for a year;
// any other hash of a known file gets the current content without that promise,
// so that pages of the previous release still look right during an update.
func Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "只支持读取。", http.StatusMethodNotAllowed)
			return
		}
		a, hash := find(strings.TrimPrefix(r.URL.Path, Prefix))
		if a == nil {
			http.Error(w, "没有这个文件。", http.StatusNotFound)
			return
		}
		a.serve(w, r, hash == a.hash)
	})
}

func (a *asset) serve(w http.ResponseWriter, r *http.Request, current bool) {
	body, tag := a.body, `"`+a.hash+`"`
	h := w.Header()
	if acceptsGzip(r) {
		body, tag = a.gzip(), `"`+a.hash+`-gz"`
		h.Set("Content-Encoding", "gzip")
	}
	h.Set("Content-Type", types[path.Ext(a.name)])
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Vary", "Accept-Encoding")
	h.Set("ETag", tag)
	h.Set("Cache-Control", "no-cache")
	if current {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	if strings.Contains(r.Header.Get("If-None-Match"), tag) {
		h.Del("Content-Encoding")
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method == http.MethodGet {
		w.Write(body)
	}
}

func acceptsGzip(r *http.Request) bool {
	for part := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		name, q, _ := strings.Cut(strings.TrimSpace(part), ";")
		if strings.EqualFold(name, "gzip") {
			return strings.TrimSpace(q) != "q=0"
		}
	}
	return false
}
