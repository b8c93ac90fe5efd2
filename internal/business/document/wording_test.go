package document

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the wordings anew; only for wordings that no document was issued with")

// A wording that was in use never changes: a new one is added behind it.
func TestWordingsStayAsTheyAre(t *testing.T) {
	for _, k := range Kinds() {
		papers := variants(k)
		if papers == nil {
			papers = map[string]Facts{}
		}
		papers["1"] = sample()
		for name, f := range papers {
			for n := range k.Spec().texts {
				d := document(k, f)
				d.Wording = n + 1
				compare(t, strings.ReplaceAll(string(k)+"-"+name, "-1", "")+".v"+string(rune('1'+n)), plainText(d.Text()))
			}
		}
	}
}

func compare(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".txt")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s has changed:\n%s", name, got)
	}
}
