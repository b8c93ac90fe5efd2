package archtest

import (
	"os"
	"path/filepath"
	"testing"
)

// The glossary's words are those of the code, and what has come into being is
// no longer called missing.
func TestGlossaryIsTrue(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root, "docs", "glossary.md"))
	if err != nil {
		t.Fatal(err)
	}
	known := declared(t)
	for _, row := range rows(section(t, string(text), "In the code")) {
		if row[0] == "中文" {
			continue
		}
		if len(row) != 3 || len(quoted(row[1])) == 0 {
			t.Errorf("without an identifier: %v", row)
			continue
		}
		for _, name := range quoted(row[1]) {
			if !known.code[name] {
				t.Errorf("%s: there is no %s in the code", row[0], name)
			}
		}
	}
	for _, row := range rows(section(t, string(text), "Not in the code yet")) {
		for _, name := range quoted(row[1]) {
			if known.code[name] {
				t.Errorf("%s: %s is in the code; move the line up", row[0], name)
			}
		}
	}
}
