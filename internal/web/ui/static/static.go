// Package static holds the style sheets, scripts and drawings of every page,
// embedded in the binary, and serves them under names that carry a hash of
// their content, so that browsers may keep them for a year.
package static

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"path"
	"strings"
	"sync"
)

//go:embed own vendor
var files embed.FS

// Prefix is the URL folder that Handler serves.
const Prefix = "/static/"

// sources says which embedded files make each served one: several are joined
// in the order of their names.
var sources = map[string]string{
	"onewindow.css":           "own/css/*.css",
	"onewindow.js":            "own/js/*.js",
	"icons.svg":               "own/icons.svg",
	"favicon.svg":             "own/favicon.svg",
	"bootstrap.min.css":       "vendor/bootstrap/bootstrap.min.css",
	"bootstrap.bundle.min.js": "vendor/bootstrap/bootstrap.bundle.min.js",
	"htmx.min.js":             "vendor/htmx/htmx.min.js",
}

var types = map[string]string{
	".css": "text/css; charset=utf-8",
	".js":  "text/javascript; charset=utf-8",
	".svg": "image/svg+xml",
}

// asset is one served file. The compressed form is made on first use.
type asset struct {
	name, hash, url string
	body            []byte
	gzip            func() []byte
}

var assets = load()

func load() map[string]*asset {
	all := make(map[string]*asset, len(sources))
	for name, pattern := range sources {
		all[name] = newAsset(name, join(pattern))
	}
	return all
}

// join reads the files of a pattern one after another. It panics on failure:
// the files are part of the binary.
func join(pattern string) []byte {
	names, err := fs.Glob(files, pattern)
	if err != nil || len(names) == 0 {
		panic("static: nothing matches " + pattern)
	}
	var b bytes.Buffer
	for _, n := range names {
		body, err := files.ReadFile(n)
		if err != nil {
			panic(err)
		}
		b.Write(body)
	}
	return b.Bytes()
}

func newAsset(name string, body []byte) *asset {
	sum := sha256.Sum256(body)
	hash, ext := hex.EncodeToString(sum[:6]), path.Ext(name)
	return &asset{
		name: name,
		hash: hash,
		url:  Prefix + strings.TrimSuffix(name, ext) + "." + hash + ext,
		body: body,
		gzip: sync.OnceValue(func() []byte { return squeeze(body) }),
	}
}

func squeeze(body []byte) []byte {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
	w.Write(body)
	w.Close()
	return b.Bytes()
}

// URL gives the address of a file with its hash, such as
// "/static/onewindow.1a2b3c4d5e6f.css". It panics on a name that is not
// embedded: that is a spelling mistake in a template.
func URL(name string) string {
	a := assets[name]
	if a == nil {
		panic("static: no file named " + name)
	}
	return a.url
}

// find splits "onewindow.1a2b3c4d5e6f.css" into the file and the hash asked
// for; the hash is "" when the bare name was asked for.
func find(name string) (a *asset, hash string) {
	if a = assets[name]; a != nil {
		return a, ""
	}
	ext := path.Ext(name)
	stem := strings.TrimSuffix(name, ext)
	dot := strings.LastIndexByte(stem, '.')
	if dot < 0 {
		return nil, ""
	}
	return assets[stem[:dot]+ext], stem[dot+1:]
}
