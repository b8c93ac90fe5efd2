package archtest

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestDecisionsHaveTheirFourParts(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join(root, "docs/decisions/*.md"))
	if len(files) == 0 {
		t.Fatal("no decisions")
	}
	for _, f := range files {
		text, number := read(t, f), filepath.Base(f)[:4]
		for _, part := range []string{"# " + number + " ", "**Context.**", "**Decision.**", "**Weighed.**", "**Consequence.**"} {
			if !strings.Contains(text, part) {
				t.Errorf("%s: no %q", f, part)
			}
		}
	}
}

// Every module that the code imports has its line in the decision on
// dependencies, and no line names a module that go.mod does not.
func TestDependenciesAreExplained(t *testing.T) {
	page, mod := read(t, filepath.Join(root, "docs/decisions/0013-dependencies.md")), read(t, filepath.Join(root, "go.mod"))
	var modules []string
	for _, row := range rows(page) {
		modules = append(modules, quoted(row[0])...)
	}
	for _, m := range modules {
		if !strings.Contains(mod, "\t"+m+" v") {
			t.Errorf("%s is explained and not in go.mod", m)
		}
	}
	for _, s := range sources(t) {
		if s.pkg == "internal/kit/deps" {
			continue
		}
		for _, i := range s.file.Imports {
			path := strings.Trim(i.Path.Value, `"`)
			if host, _, _ := strings.Cut(path, "/"); strings.Contains(host, ".") && !explained(modules, path) {
				t.Errorf("%s imports %s, which docs/decisions/0013-dependencies.md does not explain", s.path, path)
			}
		}
	}
}

func explained(modules []string, path string) bool {
	for _, m := range modules {
		if path == m || strings.HasPrefix(path, m+"/") {
			return true
		}
	}
	return false
}

var link = regexp.MustCompile(`\]\(([^)#:]+)(?:#[^)]*)?\)`)

func TestLinksOfThePagesLeadSomewhere(t *testing.T) {
	pages, _ := filepath.Glob(filepath.Join(root, "*.md"))
	for _, pattern := range []string{"docs/*.md", "docs/decisions/*.md"} {
		more, _ := filepath.Glob(filepath.Join(root, pattern))
		pages = append(pages, more...)
	}
	for _, p := range pages {
		for _, m := range link.FindAllStringSubmatch(read(t, p), -1) {
			if _, err := os.Stat(filepath.Join(filepath.Dir(p), m[1])); err != nil {
				t.Errorf("%s: link to %s leads nowhere", p, m[1])
			}
		}
	}
}
