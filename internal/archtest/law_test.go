package archtest

import (
	"go/ast"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// names are the identifiers that the code declares, as documents write them:
// "casework.Accept", "casework.Case.accept", "catalog.Material.Shared". A name
// of a test stands apart, so that a rule is never taken for its own witness.
type names struct{ code, tests map[string]bool }

func declared(t *testing.T) names {
	n := names{map[string]bool{}, map[string]bool{}}
	for _, s := range sources(t) {
		pkg := path.Base(s.pkg)
		if s.generated() {
			continue
		}
		for _, d := range s.file.Decls {
			for _, name := range declaredBy(d) {
				if !s.test() {
					n.code[pkg+"."+name] = true
				} else if strings.HasPrefix(name, "Test") {
					n.tests[pkg+"."+name] = true
				}
			}
		}
	}
	return n
}

func declaredBy(d ast.Decl) (out []string) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Recv == nil {
			return []string{d.Name.Name}
		}
		return []string{receiver(d.Recv.List[0].Type) + "." + d.Name.Name}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch spec := spec.(type) {
			case *ast.ValueSpec:
				for _, name := range spec.Names {
					out = append(out, name.Name)
				}
			case *ast.TypeSpec:
				out = append(out, spec.Name.Name)
				out = append(out, members(spec)...)
			}
		}
	}
	return out
}

func receiver(x ast.Expr) string {
	switch x := x.(type) {
	case *ast.StarExpr:
		return receiver(x.X)
	case *ast.IndexExpr:
		return receiver(x.X)
	case *ast.Ident:
		return x.Name
	}
	return ""
}

// members are the fields of a struct.
func members(spec *ast.TypeSpec) (out []string) {
	s, ok := spec.Type.(*ast.StructType)
	if !ok {
		return nil
	}
	for _, f := range s.Fields.List {
		for _, name := range f.Names {
			out = append(out, spec.Name.Name+"."+name.Name)
		}
	}
	return out
}

// section is the text of a page under a heading, up to the next of its rank.
func section(t *testing.T, page, heading string) string {
	t.Helper()
	_, rest, ok := strings.Cut(page, "\n## "+heading+"\n")
	if !ok {
		t.Fatalf("no section %q", heading)
	}
	text, _, _ := strings.Cut(rest, "\n## ")
	return text
}

// rows are the cells of the tables in a text, heads and rules left out.
func rows(text string) (out [][]string) {
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if !strings.HasPrefix(line, "|") || strings.HasPrefix(line, "|---") {
			continue
		}
		cells := strings.Split(strings.Trim(line, "|"), "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		out = append(out, cells)
	}
	return out[min(1, len(out)):]
}

var (
	code     = regexp.MustCompile("`([^`]+)`")
	ruleID   = regexp.MustCompile(`\b[A-Z]{3}-\d\d\b`)
	citation = regexp.MustCompile(`(行政许可法|民法典|行政复议法|行政诉讼法|电子签名法|个人信息保护法|优化营商环境条例|国务院令第716号)((?:第[零一二三四五六七八九十百]+条[第款项（）一二三四五六七八九十前后段但书]*、?)+)`)
	article  = regexp.MustCompile(`第[零一二三四五六七八九十百]+条`)
)

// cited are the articles that a text cites, lists such as "第七条、第八条" taken
// apart.
func cited(text string) map[string]bool {
	out := map[string]bool{}
	for _, m := range citation.FindAllStringSubmatch(text, -1) {
		for _, a := range article.FindAllString(m[2], -1) {
			out[m[1]+a] = true
		}
	}
	return out
}

func quoted(cell string) (out []string) {
	for _, m := range code.FindAllStringSubmatch(cell, -1) {
		out = append(out, m[1])
	}
	return out
}

func lawPage(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "docs", "law.md"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// Every rule and every test that docs/law.md names exists, and no article
// stands there without both.
func TestLawPageNamesWhatExists(t *testing.T) {
	page, known := lawPage(t), declared(t)
	for _, heading := range []string{"Rules that are built", "Standards that are built"} {
		for _, row := range rows(section(t, page, heading)) {
			if len(row) != 5 {
				t.Errorf("not five cells: %v", row)
				continue
			}
			rules, tests := quoted(row[3]), quoted(row[4])
			if len(rules) == 0 || len(tests) == 0 {
				t.Errorf("%s %s: without a rule or a test", row[0], row[1])
			}
			for _, name := range rules {
				if !known.code[name] {
					t.Errorf("%s %s: there is no %s in the code", row[0], row[1], name)
				}
			}
			for _, name := range tests {
				if !known.tests[name] {
					t.Errorf("%s %s: there is no test %s", row[0], row[1], name)
				}
			}
		}
	}
}

// ruleCount is how many rules each group of the process rules has.
var ruleCount = map[string]int{"PUB": 7, "APP": 4, "ACC": 11, "REV": 9, "DEC": 10, "HEA": 7, "DEL": 4, "REM": 4, "REN": 3,
	"RVK": 3, "CAN": 1, "FEE": 1, "TIM": 6, "LIA": 3, "ORG": 4, "EGV": 4, "NCM": 5, "TOL": 4, "REG": 7, "PIP": 5, "SEC": 1}

// Every process rule is either built or said to be lacking; a rule of which a
// part is lacking stands in both tables.
func TestLawPageForgetsNoRule(t *testing.T) {
	page := lawPage(t)
	told := map[string]bool{}
	for _, heading := range []string{"Rules that are built", "Rules that are not built yet"} {
		for _, row := range rows(section(t, page, heading)) {
			for _, id := range ruleID.FindAllString(strings.Join(row, " "), -1) {
				told[id] = true
			}
		}
	}
	known := 0
	for group, n := range ruleCount {
		for i := range n {
			id := group + "-" + strconv.Itoa((i+1)/10) + strconv.Itoa((i+1)%10)
			known++
			if !told[id] {
				t.Errorf("rule %s is in neither table", id)
			}
			delete(told, id)
		}
	}
	for id := range told {
		t.Errorf("there is no rule %s", id)
	}
	if known != 103 {
		t.Errorf("%d rules, want 103", known)
	}
}

// An article that the business cites stands on the page.
func TestLawPageNamesEveryCitedArticle(t *testing.T) {
	told := cited(lawPage(t))
	for _, s := range sources(t) {
		if s.test() || !strings.HasPrefix(s.pkg, "internal/business/") {
			continue
		}
		for cite := range cited(s.text) {
			if !told[cite] {
				t.Errorf("%s cites %s, which docs/law.md does not name", s.path, cite)
			}
		}
	}
}
