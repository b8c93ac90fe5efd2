package licence

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"onewindow/internal/business/casework/casetest"
)

// exported is the folder into which the archive was unpacked.
func exported(t *testing.T, w *casetest.World, l *Licence) string {
	t.Helper()
	out, err := service(w).Export(context.Background(), w.Actor("lina"), l.ID)
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(out), int64(len(out)))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, _ := io.ReadAll(r)
		if err := os.WriteFile(filepath.Join(dir, f.Name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// A third party follows the instructions in the archive, word for word.
func TestExportVerifiesWithOpenSSL(t *testing.T) {
	if out, err := exec.Command("openssl", "version").Output(); err != nil || !strings.HasPrefix(string(out), "OpenSSL 3") {
		t.Skip("no OpenSSL 3 here")
	}
	w := casetest.SQLite(t)
	l := issued(t, w, w.Food())
	dir := exported(t, w, l)
	said := followReadMe(t, dir)
	for _, want := range []string{"Verified OK", "定州市行政审批局（演示）", "certificate.pem: OK", l.Digest} {
		if !strings.Contains(said, want) {
			t.Errorf("%s is not among what openssl says:\n%s", want, said)
		}
	}
	content := filepath.Join(dir, exportContent)
	text, _ := os.ReadFile(content)
	if err := os.WriteFile(content, bytes.Replace(text, []byte("李娜"), []byte("李那"), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	if said := followReadMe(t, dir); strings.Contains(said, "Verified OK") || strings.Contains(said, l.Digest) {
		t.Errorf("an altered content verifies:\n%s", said)
	}
}

// followReadMe runs the commands of README.txt and gives all they say.
func followReadMe(t *testing.T, dir string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, exportReadMe))
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for line := range strings.Lines(string(text)) {
		if command, ok := strings.CutPrefix(line, "  openssl"); ok {
			run := exec.Command("sh", "-c", "openssl"+strings.Replace(command, "-subject", "-subject -nameopt utf8", 1))
			run.Dir = dir
			out, _ := run.CombinedOutput()
			all.Write(out)
		}
	}
	return all.String()
}

func TestExportIsForWhoMayReadIt(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		s, l := service(w), issued(t, w, w.Food())
		first, err := s.Export(context.Background(), w.Actor("lina"), l.ID)
		if err != nil {
			t.Fatal(err)
		}
		again, err := s.Export(context.Background(), w.Actor("issuer"), l.ID)
		if err != nil || !bytes.Equal(first, again) {
			t.Errorf("two exports differ, %v", err)
		}
		_, err = s.Export(context.Background(), w.Actor("wangxiaoming"), l.ID)
		wants(t, err, missing)
	})
}

// pdfsig is the reader of a third party.
func TestPaperVerifiesWithPdfsig(t *testing.T) {
	if _, err := exec.LookPath("pdfsig"); err != nil {
		t.Skip("no pdfsig here")
	}
	w := casetest.SQLite(t)
	s, l := service(w), issued(t, w, w.Food())
	file := filepath.Join(t.TempDir(), "licence.pdf")
	if err := os.WriteFile(file, []byte(download(t, s, w, l)), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("pdfsig", "-nocert", file).CombinedOutput()
	if err != nil || !strings.Contains(string(out), "Signature is Valid.") || !strings.Contains(string(out), "Total document signed") {
		t.Errorf("%v\n%s", err, out)
	}
	text, err := exec.Command("pdftotext", "-raw", file, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	face := strings.Join(strings.Fields(string(text)), "")
	for _, want := range []string{"食品经营许可证", l.Content.Number, l.Content.Identifier, "定州市嘉禾食品有限公司（示例）",
		"2026年9月14日至2031年9月13日", "演示印章", "无法律效力"} {
		if !strings.Contains(face, want) {
			t.Errorf("%s is not on the face: %s", want, face)
		}
	}
}
