package archtest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
)

const module = "onewindow/"

var root = filepath.Join("..", "..")

// source is one parsed Go file of the project.
type source struct {
	path, pkg string // slash paths from the root
	file      *ast.File
	lines     int
	text      string
}

func (s source) test() bool { return strings.HasSuffix(s.path, "_test.go") }

// generated files are not read by people and not held to their rules.
func (s source) generated() bool {
	return strings.HasSuffix(s.path, "_templ.go") || strings.Contains(s.text[:min(len(s.text), 200)], "Code generated")
}

var fset = token.NewFileSet()

func sources(t *testing.T) []source {
	t.Helper()
	all, err := parsed()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// parsed is all Go code of the project, read once.
var parsed = sync.OnceValues(func() (all []source, err error) {
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() && (d.Name() == ".git" || d.Name() == "testdata" || d.Name() == "node_modules") {
			if err == nil {
				err = filepath.SkipDir
			}
			return err
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		f, err := parser.ParseFile(fset, path, text, parser.ParseComments)
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(root, path)
		rel = filepath.ToSlash(rel)
		all = append(all, source{rel, filepath.ToSlash(filepath.Dir(rel)), f, strings.Count(string(text), "\n"), string(text)})
		return nil
	})
	return all, err
})

func floorOf(pkg string) int {
	return slices.IndexFunc(floors, func(line []string) bool { return slices.Contains(line, pkg) })
}

func TestImportsOnlyGoDown(t *testing.T) {
	for _, s := range sources(t) {
		if s.test() || forTests[s.pkg] {
			continue
		}
		from := floorOf(s.pkg)
		if from < 0 {
			t.Errorf("%s: package is not on the list of floors", s.pkg)
			continue
		}
		for _, i := range s.file.Imports {
			path := strings.Trim(i.Path.Value, `"`)
			if !strings.HasPrefix(path, module) {
				continue
			}
			target := strings.TrimPrefix(path, module)
			if to := floorOf(target); to <= from {
				t.Errorf("%s imports %s, which is not below it", s.path, target)
			}
		}
	}
}

func TestEveryFloorExistsAndIsOnThePage(t *testing.T) {
	page, err := os.ReadFile(filepath.Join(root, "ARCHITECTURE.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range floors {
		for _, pkg := range line {
			if matches, _ := filepath.Glob(filepath.Join(root, pkg, "*.go")); len(matches) == 0 {
				t.Errorf("%s is on the list of floors but has no code", pkg)
			}
			if !strings.Contains(string(page), "`"+pkg+"`") {
				t.Errorf("ARCHITECTURE.md does not name `%s`", pkg)
			}
		}
	}
}

var (
	owners = regexp.MustCompile(`(?m)^-- owner: (\S+?)\.?(?: |$)`)
	tables = regexp.MustCompile(`(?m)^create table (\w+)`)
	writes = regexp.MustCompile(`(?i)\b(?:insert into|update|delete from)\s+([a-z_]+)\b`)
)

// tableOwners reads who owns which table from the schema files.
func tableOwners(t *testing.T) map[string]string {
	t.Helper()
	files, _ := filepath.Glob(filepath.Join(root, "internal/business/schema/*.sql"))
	out := map[string]string{}
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		owner := ""
		for line := range strings.Lines(string(text)) {
			if m := owners.FindStringSubmatch(line); m != nil {
				owner = "internal/" + m[1]
			}
			if m := tables.FindStringSubmatch(line); m != nil {
				if owner == "" {
					t.Errorf("%s: table %s has no owner", f, m[1])
				}
				out[m[1]] = owner
			}
		}
	}
	return out
}

func TestOnlyItsOwnerWritesATable(t *testing.T) {
	owner := tableOwners(t)
	for _, s := range sources(t) {
		if s.test() || s.generated() || forTests[s.pkg] || fillers[s.pkg] != "" {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			lit, ok := n.(*ast.BasicLit)
			if !ok || lit.Kind != token.STRING {
				return true
			}
			for _, m := range writes.FindAllStringSubmatch(lit.Value, -1) {
				if o, known := owner[m[1]]; known && o != s.pkg {
					t.Errorf("%s: writes table %s of %s", fset.Position(lit.Pos()), m[1], o)
				}
			}
			return true
		})
	}
}

// The business takes time, chance and settings as parameters.
func TestBusinessTouchesNoWorld(t *testing.T) {
	forbidden := map[string]bool{"time.Now": true, "time.Since": true, "time.Until": true, "time.Sleep": true,
		"os.Getenv": true, "os.Open": true, "http.Get": true, "net.Dial": true}
	for _, s := range sources(t) {
		if s.test() || !strings.HasPrefix(s.pkg, "internal/business/") || forTests[s.pkg] {
			continue
		}
		for _, i := range s.file.Imports {
			switch path := strings.Trim(i.Path.Value, `"`); path {
			case "math/rand", "math/rand/v2", "net", "net/http":
				t.Errorf("%s imports %s", s.path, path)
			}
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok {
				if x, ok := sel.X.(*ast.Ident); ok && forbidden[x.Name+"."+sel.Sel.Name] {
					t.Errorf("%s: %s.%s", fset.Position(sel.Pos()), x.Name, sel.Sel.Name)
				}
			}
			return true
		})
	}
}

func TestFunctionsAndFilesStayShort(t *testing.T) {
	for _, s := range sources(t) {
		if s.generated() {
			continue
		}
		if s.lines > 400 && longFiles[s.path] == "" {
			t.Errorf("%s has %d lines", s.path, s.lines)
		}
		for _, d := range s.file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || f.Body == nil || s.test() {
				continue
			}
			n := fset.Position(f.End()).Line - fset.Position(f.Pos()).Line + 1
			if name := s.pkg + "." + f.Name.Name; n > 50 && longFunctions[name] == "" {
				t.Errorf("%s: %s has %d lines", fset.Position(f.Pos()), name, n)
			}
		}
	}
}

func TestInterfacesHaveTwoImplementations(t *testing.T) {
	for _, s := range sources(t) {
		if s.test() || s.generated() {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			spec, ok := n.(*ast.TypeSpec)
			if !ok {
				return true
			}
			if _, is := spec.Type.(*ast.InterfaceType); is && spec.TypeParams == nil && interfaces[s.pkg+"."+spec.Name.Name] == "" {
				t.Errorf("%s: interface %s.%s is not on the list with its two implementations", fset.Position(spec.Pos()), s.pkg, spec.Name.Name)
			}
			return true
		})
	}
}

func TestEveryPackageSaysWhatItIs(t *testing.T) {
	said := map[string]bool{}
	seen := map[string]bool{}
	for _, s := range sources(t) {
		if s.test() {
			continue
		}
		seen[s.pkg] = true
		if s.file.Doc != nil {
			said[s.pkg] = true
		}
	}
	for pkg := range seen {
		if !said[pkg] {
			t.Errorf("package %s has no doc comment", pkg)
		}
	}
}

func TestNothingIsLeftUnfinished(t *testing.T) {
	marks := regexp.MustCompile(`\b(TODO|FIXME|XXX)\b|not implemented|敬请期待|暂未实现`)
	for _, s := range sources(t) {
		if s.pkg == "internal/archtest" {
			continue
		}
		for i, line := range strings.Split(s.text, "\n") {
			if marks.MatchString(line) {
				t.Errorf("%s:%d: %s", s.path, i+1, strings.TrimSpace(line))
			}
		}
	}
}
