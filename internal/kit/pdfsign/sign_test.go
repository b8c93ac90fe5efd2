package pdfsign

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/pdf"
	"onewindow/internal/kit/sm"
)

var at = time.Date(2026, 9, 18, 1, 0, 0, 0, time.UTC)

func identity(t testing.TB) (Identity, *sm.Authority) {
	t.Helper()
	ring, err := sm.ParseKeyring(sm.NewKey("k1"))
	if err != nil {
		t.Fatal(err)
	}
	a, err := sm.OpenAuthority(t.TempDir(), ring, clock.NewFixed(at))
	if err != nil {
		t.Fatal(err)
	}
	key, chain, err := a.PDFKey("11130682MB0001", "定州市行政审批局")
	if err != nil {
		t.Fatal(err)
	}
	return Identity{Key: key, Chain: chain}, a
}

func paper(t testing.TB, pages int) []byte {
	t.Helper()
	var out bytes.Buffer
	err := pdf.NewFonts().Render(&out, pdf.Document{Title: "准予行政许可决定书", Author: "定州市行政审批局", Created: at,
		Blocks: []pdf.Block{pdf.Paragraph{Text: strings.Repeat("准予许可。\n", pages*22)}}})
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func signed(t testing.TB, file []byte, by Identity) []byte {
	t.Helper()
	out, err := Sign(file, by, Claim{Name: "定州市行政审批局", Reason: "签发（演示）", Location: "河北定州", At: at})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestSignedFileVerifies(t *testing.T) {
	by, a := identity(t)
	for _, pages := range []int{1, 3} {
		file := paper(t, pages)
		out := signed(t, file, by)
		if !bytes.HasPrefix(out, file) {
			t.Error("the old bytes changed")
		}
		cert, err := Verify(out)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(cert.Subject.CommonName, "定州市行政审批局（演示）") {
			t.Errorf("signed by %s", cert.Subject)
		}
		if err := a.Check(cert.Raw, at); err != nil {
			t.Errorf("chain: %v", err)
		}
		if _, err := Verify(file); !errors.Is(err, ErrUnsigned) {
			t.Errorf("unsigned file: %v", err)
		}
	}
}

func TestEveryAlteredByteIsFound(t *testing.T) {
	by, _ := identity(t)
	file := paper(t, 1)
	out := signed(t, file, by)
	for i := 0; i < len(out); i += 97 {
		bad := bytes.Clone(out)
		bad[i] ^= 0x11
		if _, err := Verify(bad); err == nil && !inPadding(out, i) {
			t.Errorf("byte %d of %d altered, still valid", i, len(out))
		}
	}
	for name, bad := range map[string][]byte{
		"appended": append(bytes.Clone(out), "\n% more\n"...),
		"cut":      out[:len(out)-3],
	} {
		if _, err := Verify(bad); !errors.Is(err, ErrAltered) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// inPadding: the zeros behind the signature in its gap carry nothing.
func inPadding(file []byte, at int) bool {
	end := bytes.LastIndex(file, []byte("0>\n>>\nendobj"))
	return at <= end && strings.Trim(string(file[at:end]), "0") == ""
}

func TestSignRefuses(t *testing.T) {
	by, _ := identity(t)
	other, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	file := paper(t, 1)
	for name, c := range map[string]struct {
		file []byte
		by   Identity
	}{
		"empty file":     {nil, by},
		"no PDF":         {[]byte("hello"), by},
		"cut file":       {file[:len(file)/2], by},
		"signed already": {signed(t, file, by), by},
		"foreign key":    {file, Identity{Key: other, Chain: by.Chain}},
		"no certificate": {file, Identity{Key: by.Key}},
		"broken table":   {bytes.Replace(file, []byte("xref\n0 "), []byte("xref\n9 "), 1)[:len(file)-8], by},
	} {
		if _, err := Sign(c.file, c.by, Claim{At: at}); err == nil {
			t.Errorf("%s is signed", name)
		}
	}
}

func pdfsig(t *testing.T, file []byte) string {
	t.Helper()
	if _, err := exec.LookPath("pdfsig"); err != nil {
		t.Skip("pdfsig is not installed")
	}
	path := filepath.Join(t.TempDir(), "signed.pdf")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	out, _ := exec.Command("pdfsig", path).CombinedOutput()
	return string(out)
}

// TestPopplerAgrees lets another implementation check.
func TestPopplerAgrees(t *testing.T) {
	by, _ := identity(t)
	out := signed(t, paper(t, 2), by)
	report := pdfsig(t, out)
	for _, want := range []string{"Signature is Valid", "Total document signed", "ETSI.CAdES.detached", "定州市行政审批局（演示）"} {
		if !strings.Contains(report, want) {
			t.Errorf("%s is not in the report:\n%s", want, report)
		}
	}
	bad := bytes.Clone(out)
	bad[bytes.Index(bad, []byte("endstream"))-20] ^= 1
	if report := pdfsig(t, bad); !strings.Contains(report, "Digest Mismatch") {
		t.Errorf("altered file:\n%s", report)
	}
}

// TestSignedFileStillReads: the update leaves text and description in place.
func TestSignedFileStillReads(t *testing.T) {
	if _, err := exec.LookPath("pdfinfo"); err != nil {
		t.Skip("poppler-utils is not installed")
	}
	by, _ := identity(t)
	for tool, want := range map[string]string{"pdfinfo": "Pages:           4", "pdftotext": "准予许可。"} {
		args := []string{"-"}
		if tool == "pdftotext" {
			args = []string{"-", "-"}
		}
		cmd := exec.Command(tool, args...)
		cmd.Stdin = bytes.NewReader(signed(t, paper(t, 3), by))
		var complaints bytes.Buffer
		cmd.Stderr = &complaints
		got, err := cmd.Output()
		if err != nil || !strings.Contains(string(got), want) || complaints.Len() > 0 {
			t.Errorf("%s: %v\n%s%s", tool, err, got, &complaints)
		}
		if tool == "pdfinfo" && !strings.Contains(string(got), "准予行政许可决定书") {
			t.Errorf("the title is gone:\n%s", got)
		}
	}
}

func BenchmarkSign(b *testing.B) {
	by, _ := identity(b)
	file := paper(b, 1)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Sign(file, by, Claim{At: at}); err != nil {
			b.Fatal(err)
		}
	}
}
