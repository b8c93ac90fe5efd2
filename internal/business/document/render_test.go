package document

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/schema"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/blob"
	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/db/dbtest"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/pdf"
	"onewindow/internal/kit/pdfsign"
	"onewindow/internal/kit/sm"
)

// fonts are loaded once for all tests.
var fonts = pdf.NewFonts()

// service has its files and keys in the test's folder.
func service(t testing.TB, d *db.DB, clk clock.Clock) *Service {
	t.Helper()
	folder := t.TempDir()
	ring, err := sm.LoadKeyring(filepath.Join(folder, "ring"))
	if err != nil {
		t.Fatal(err)
	}
	authority, err := sm.OpenAuthority(filepath.Join(folder, "keys"), ring, clk)
	if err != nil {
		t.Fatal(err)
	}
	files, err := blob.NewFolder(filepath.Join(folder, "files"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { files.Close() })
	return New(d, Options{Fonts: fonts, Blobs: files, Authority: authority, Watermark: "演示·无法律效力"})
}

var supervisor = staff.Actor{AccountID: "a", Kind: staff.Officer, Roles: []staff.Role{staff.Supervisor}, Scope: staff.Scope{All: true}}

func open(t testing.TB, s *Service, documentID string) []byte {
	t.Helper()
	rc, _, err := s.Open(ctx, supervisor, documentID)
	if err != nil {
		t.Fatal(err)
	}
	defer rc.Close()
	data, err := io.ReadAll(rc)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestRenderOnce(t *testing.T) {
	dbtest.Each(t, schema.FS, func(t *testing.T, d *db.DB, clk *clock.Moving) {
		s := service(t, d, clk)
		documentID := issue(t, d, draft(ZYXK))[0]
		files := renderTogether(t, s, documentID, 6)
		for _, f := range files {
			if f.SM3 != files[0].SM3 || f.Size == 0 {
				t.Errorf("two files: %+v, %+v", f, files[0])
			}
		}
		if left := stored(t, s, documentID); len(left) != 1 {
			t.Errorf("%d files are left in the store", len(left))
		}
		paper := open(t, s, documentID)
		if sm.Digest(paper) != files[0].SM3 {
			t.Error("the file is not the one written down")
		}
		cert, err := pdfsign.Verify(paper)
		if err != nil || !strings.Contains(cert.Subject.CommonName, "定州市行政审批局") {
			t.Errorf("%v %v", cert, err)
		}
		if err := s.OnIssued(ctx, event.Event{SubjectID: documentID}); err != nil {
			t.Error(err)
		}
		if n := count(t, d, "select count(*) from audit where act = 'document.render'"); n != 1 {
			t.Errorf("%d files were written down", n)
		}
	})
}

func renderTogether(t *testing.T, s *Service, documentID string, n int) []File {
	t.Helper()
	files := make([]File, n)
	var wait sync.WaitGroup
	for i := range n {
		wait.Go(func() {
			f, err := s.Render(ctx, documentID)
			if err != nil {
				t.Error(err)
			}
			files[i] = f
		})
	}
	wait.Wait()
	return files
}

// stored is the files of a document in the store.
func stored(t *testing.T, s *Service, documentID string) []os.DirEntry {
	t.Helper()
	d, err := s.load(ctx, documentID)
	if err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(filepath.Join(strings.TrimPrefix(s.o.Blobs.Name(), "file:"), "document", calendar.DayOf(d.IssuedAt).String()))
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// A name outside every font is refused by name, the text stays readable, and a
// later font heals it.
func TestMissingGlyph(t *testing.T) {
	dbtest.Each(t, schema.FS, func(t *testing.T, d *db.DB, clk *clock.Moving) {
		s := service(t, d, clk)
		in := draft(SL)
		in.Facts.Applicant = Applicant{Name: "王𠮷㸚"}
		documentID := issue(t, d, in)[0]
		for range 2 {
			_, err := s.Render(ctx, documentID)
			if f := fault.Of(err); f == nil || f.Code != "document.glyph" || f.Args["characters"] != "㸚𠮷" {
				t.Errorf("%+v", f)
			}
		}
		if err := s.OnIssued(ctx, event.Event{SubjectID: documentID}); err != nil {
			t.Error(err)
		}
		waiting, err := s.Unprinted(ctx, 10)
		if err != nil || len(waiting) != 1 || waiting[0].Glyphs != "㸚𠮷" || !strings.Contains(plainText(waiting[0].Text()), "王𠮷㸚") {
			t.Errorf("%+v %v", waiting, err)
		}
		if n := count(t, d, "select count(*) from audit where act = 'document.unprintable'"); n != 1 {
			t.Errorf("marked %d times", n)
		}
	})
}

func TestMarkGoesWithTheFile(t *testing.T) {
	d, clk := dbtest.SQLite(t, schema.FS)
	s := service(t, d, clk)
	x := get(t, d, issue(t, d, draft(SL))[0])
	if err := s.unprintable(ctx, &x, "㸚"); fault.Of(err).Code != errGlyph {
		t.Fatal(err)
	}
	if _, err := s.Render(ctx, x.ID); err != nil {
		t.Fatal(err)
	}
	if waiting, err := s.Unprinted(ctx, 10); err != nil || len(waiting) != 0 {
		t.Errorf("%+v %v", waiting, err)
	}
}

func TestAlteredFileIsNoticed(t *testing.T) {
	d, clk := dbtest.SQLite(t, schema.FS)
	s := service(t, d, clk)
	x := get(t, d, issue(t, d, draft(SL))[0])
	f, err := s.Render(ctx, x.ID)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(strings.TrimPrefix(s.o.Blobs.Name(), "file:"), f.Key)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, bytes.Replace(data, []byte("/Producer"), []byte("/producer"), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	rc, _, err := s.Open(ctx, supervisor, x.ID)
	if err == nil {
		_, err = io.ReadAll(rc)
		rc.Close()
	}
	if !errors.Is(err, blob.ErrAltered) {
		t.Errorf("an altered file is served: %v", err)
	}
}

// The page and the PDF cannot differ: what the text says is on the paper, for
// every kind and outcome. With ONEWINDOW_TEST_PAPERS the papers are kept there.
func TestPaperSaysWhatTheTextSays(t *testing.T) {
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("pdftotext is not installed")
	}
	d, clk := dbtest.SQLite(t, schema.FS)
	s := service(t, d, clk)
	s.o.Watermark = ""
	for _, k := range Kinds() {
		for i, f := range papersOf(k) {
			x := document(k, f)
			paper, err := s.paper(&x)
			if err != nil {
				t.Fatalf("%s: %v", k, err)
			}
			if folder := os.Getenv("ONEWINDOW_TEST_PAPERS"); folder != "" && i == 0 {
				os.WriteFile(filepath.Join(folder, string(k)+".pdf"), paper, 0o600)
			}
			compareWords(t, k, x.Text(), wordsOn(t, paper))
		}
	}
}

func wordsOn(t *testing.T, paper []byte) string {
	t.Helper()
	cmd := exec.Command("pdftotext", "-raw", "-enc", "UTF-8", "-", "-")
	cmd.Stdin = bytes.NewReader(paper)
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	return pageNumber.ReplaceAllString(squeeze(string(out)), "")
}

// pageNumber is what stands between two pages of running text: the number, and
// the seal of the next page, which is drawn first.
var pageNumber = regexp.MustCompile(`第\d+页共\d+页(定州市行政审批局(受理专用章|行政许可专用章)?电子印章（演示）)?`)

func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }

// compareWords looks for the pieces between punctuation, since lines and pages
// may break anywhere else.
func compareWords(t *testing.T, k Kind, text pdf.Document, paper string) {
	t.Helper()
	for _, line := range strings.Split(plainText(text), "\n") {
		if strings.HasPrefix(line, "https://") || strings.Contains(line, " | ") {
			continue // square code; cells are set side by side
		}
		for _, piece := range strings.FieldsFunc(strings.TrimLeft(line, "#-~ "), func(r rune) bool { return strings.ContainsRune("。；，：、", r) }) {
			if piece = squeeze(piece); len([]rune(piece)) < 25 && !strings.Contains(paper, piece) {
				t.Errorf("%s: %q is not on the paper", k, piece)
			}
		}
	}
}
