package test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// isPDF holds a download to being a PDF in which these words stand.
func isPDF(v visitor, content []byte, words ...string) string {
	v.Test().Helper()
	text := pdfTool(v, content, "pdftotext", "-raw", "%", "-")
	for _, w := range words {
		if !strings.Contains(bare(text), bare(w)) {
			v.Fatal("「%s」 is not in the PDF:\n%s", w, text)
		}
	}
	return bare(text)
}

// isSigned holds a PDF to a signature that a third party's tool accepts.
func isSigned(v visitor, content []byte) {
	v.Test().Helper()
	said := pdfTool(v, content, "pdfsig", "-nocert", "%")
	for _, want := range []string{"Signature Validation: Signature is Valid.", "Total document signed"} {
		if !strings.Contains(said, want) {
			v.Fatal("pdfsig does not say %q:\n%s", want, said)
		}
	}
}

// pdfTool runs a tool of poppler on the content, which stands for %.
func pdfTool(v visitor, content []byte, tool string, args ...string) string {
	v.Test().Helper()
	path := filepath.Join(v.Test().TempDir(), "download.pdf")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		v.Fatal("%v", err)
	}
	for i, a := range args {
		if a == "%" {
			args[i] = path
		}
	}
	out, err := exec.Command(tool, args...).CombinedOutput()
	if err != nil && tool != "pdfsig" { // pdfsig fails when it cannot trust the root, which it says
		v.Fatal("%s: %v\n%s", tool, err, out)
	}
	return string(out)
}

// nothing is a file that is no PDF although it says so.
func nothing(t testing.TB) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "空.pdf")
	if err := os.WriteFile(path, []byte("not a document"), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
