package static

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"
)

func get(t *testing.T, url string, header ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequest("GET", url, nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	Handler().ServeHTTP(w, r)
	return w.Result()
}

func TestHashedNamesMayBeKeptForAYear(t *testing.T) {
	for name := range sources {
		res := get(t, URL(name))
		if res.StatusCode != 200 || !strings.Contains(res.Header.Get("Cache-Control"), "immutable") {
			t.Errorf("%s: %d %q", name, res.StatusCode, res.Header.Get("Cache-Control"))
		}
		body, _ := io.ReadAll(res.Body)
		if !bytes.Equal(body, assets[name].body) {
			t.Errorf("%s: body differs", name)
		}
	}
}

func TestAnotherReleaseGetsTheCurrentFileWithoutPromise(t *testing.T) {
	for _, url := range []string{"/static/onewindow.000000000000.css", "/static/onewindow.css"} {
		res := get(t, url)
		if res.StatusCode != 200 || res.Header.Get("Cache-Control") != "no-cache" {
			t.Errorf("%s: %d %q", url, res.StatusCode, res.Header.Get("Cache-Control"))
		}
	}
}

func TestUnknownAndForbiddenNames(t *testing.T) {
	for _, url := range []string{"/static/none.css", "/static/", "/static/own/css/10-ground.css", "/static/LICENSE", "/static/static.go"} {
		if res := get(t, url); res.StatusCode != 404 {
			t.Errorf("%s: %d", url, res.StatusCode)
		}
	}
	w := httptest.NewRecorder()
	Handler().ServeHTTP(w, httptest.NewRequest("POST", URL("onewindow.js"), nil))
	if w.Code != 405 {
		t.Errorf("POST: %d", w.Code)
	}
}

func TestGzipAndETag(t *testing.T) {
	plain := get(t, URL("onewindow.css"))
	packed := get(t, URL("onewindow.css"), "Accept-Encoding", "br, gzip;q=0.8")
	if packed.Header.Get("Content-Encoding") != "gzip" || packed.Header.Get("Vary") != "Accept-Encoding" {
		t.Fatal("not compressed")
	}
	z, err := gzip.NewReader(packed.Body)
	if err != nil {
		t.Fatal(err)
	}
	got, _ := io.ReadAll(z)
	want, _ := io.ReadAll(plain.Body)
	if !bytes.Equal(got, want) {
		t.Error("compressed body differs")
	}
	if plain.Header.Get("ETag") == packed.Header.Get("ETag") {
		t.Error("one tag for two bodies")
	}
	if res := get(t, URL("onewindow.css"), "If-None-Match", plain.Header.Get("ETag")); res.StatusCode != 304 {
		t.Errorf("known tag: %d", res.StatusCode)
	}
	if res := get(t, URL("onewindow.css"), "Accept-Encoding", "gzip;q=0"); res.Header.Get("Content-Encoding") != "" {
		t.Error("compressed although refused")
	}
}

// The files of others are those of the tarballs named in README.md, licences
// beside them.
func TestVendoredFilesMatchTheirChecksums(t *testing.T) {
	list, err := os.ReadFile("SHA256SUMS")
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]string{}
	for line := range strings.Lines(string(list)) {
		sum, name, _ := strings.Cut(strings.TrimSpace(line), "  ")
		known[name] = sum
	}
	fs.WalkDir(files, "vendor", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, _ := files.ReadFile(p)
		sum := sha256.Sum256(body)
		if known[p] != hex.EncodeToString(sum[:]) {
			t.Errorf("%s is not the file that was vendored", p)
		}
		delete(known, p)
		return nil
	})
	for p := range known {
		t.Errorf("%s is missing", p)
	}
	for _, p := range []string{"vendor/bootstrap/LICENSE", "vendor/htmx/LICENSE"} {
		if _, err := files.ReadFile(p); err != nil {
			t.Error(err)
		}
	}
}

// What every page loads fits 78 KB, which leaves 22 KB of the first visit's 100
// for the page itself.
func TestWeight(t *testing.T) {
	total := 0
	for _, name := range []string{"bootstrap.min.css", "onewindow.css", "htmx.min.js", "onewindow.js", "icons.svg"} {
		n := len(assets[name].gzip())
		t.Logf("%-20s %6d", name, n)
		total += n
	}
	t.Logf("%-20s %6d", "together", total)
	if total > 78<<10 {
		t.Errorf("%d bytes compressed", total)
	}
}

// The content security policy forbids these; say so here and not in a browser.
func TestOwnFilesKeepToThePolicy(t *testing.T) {
	bad := regexp.MustCompile(`\beval\(|new Function|\.style\b|setAttribute\('style'|innerHTML|document\.write`)
	for _, name := range []string{"onewindow.js", "onewindow.css"} {
		if m := bad.Find(assets[name].body); m != nil {
			t.Errorf("%s holds %q", name, m)
		}
	}
	if bytes.Contains(assets["icons.svg"].body, []byte("style")) {
		t.Error("icons.svg holds a style")
	}
}
