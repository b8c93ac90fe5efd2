package archive

import (
	"archive/zip"
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"onewindow/internal/business/archive"
	"onewindow/internal/cli/law"
)

func TestEveryTroubleHasWords(t *testing.T) {
	for trouble, want := range words {
		out := text(archive.Report{Findings: []archive.Finding{{Path: "a.pdf", Trouble: trouble, Detail: "详情"}}})
		if !strings.Contains(out, want+"：a.pdf（详情）") {
			t.Errorf("%s: %s", trouble, out)
		}
	}
}

// What is no package, or a broken one, ends with a fault and says why.
func TestWhatIsNoPackage(t *testing.T) {
	file := filepath.Join(t.TempDir(), "x.zip")
	var out bytes.Buffer
	if err := os.WriteFile(file, []byte("no zip"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := (&VerifyCmd{File: file}).Run(&out); err == nil || errors.Is(err, law.ErrWrong) {
		t.Errorf("%v %s", err, out.String())
	}
	var empty bytes.Buffer
	z := zip.NewWriter(&empty)
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, empty.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := (&VerifyCmd{File: file}).Run(&out); !errors.Is(err, law.ErrWrong) || !strings.Contains(out.String(), "不完整") {
		t.Errorf("%v %s", err, out.String())
	}
	out.Reset()
	if err := (&VerifyCmd{File: file, JSON: true}).Run(&out); !errors.Is(err, law.ErrWrong) || !strings.Contains(out.String(), `"sound": false`) {
		t.Errorf("%v %s", err, out.String())
	}
}

// A package of before goes on being sound, in words and as JSON.
func TestAPackageOfBefore(t *testing.T) {
	file := filepath.Join("..", "..", "business", "archive", "testdata", "package-2026-11.zip")
	for as, want := range map[bool]string{false: "校验通过：没有改动、增加或者缺少", true: `"sound": true`} {
		var out bytes.Buffer
		if err := (&VerifyCmd{File: file, JSON: as}).Run(&out); err != nil || !strings.Contains(out.String(), want) {
			t.Errorf("%v %s", err, out.String())
		}
	}
}
