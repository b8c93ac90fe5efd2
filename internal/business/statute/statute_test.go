package statute

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"onewindow/internal/business/calendar"
)

var today = calendar.MustDay("2026-11-28")

func TestCitations(t *testing.T) {
	for citation, want := range map[string][]string{
		"行政许可法第三十二条第一款第（四）项":         {"行政许可法第三十二条第一款第（四）项"},
		"行政许可法第四十二条、第四十五条":           {"行政许可法第四十二条", "行政许可法第四十五条"},
		"娱乐场所管理条例第十条、行政许可法第四十五条":     {"娱乐场所管理条例第十条", "行政许可法第四十五条"},
		"《中华人民共和国行政许可法》第三十八条第二款":     {"行政许可法第三十八条第二款"},
		"国务院令第716号第七条":               {"国务院关于在线政务服务的若干规定第七条"},
		"国办发〔2019〕51号":               {"国办发〔2019〕51号"},
		"GB/T 22239-2019 第三级 安全管理中心": {"GB/T 22239-2019"},
		"审查与决定相分离":                   {"审查与决定相分离"},
		"民办教育促进法第十五条、第十六条":           {"民办教育促进法第十五条", "民办教育促进法第十六条"},
		"": nil,
	} {
		texts, unknown := Find(citation, today)
		var got []string
		for _, x := range texts {
			got = append(got, x.Cite())
			if x.Gist == "" || x.Version == "" && x.Kind != "内部控制" {
				t.Errorf("%s: %+v says nothing", citation, x)
			}
		}
		if !slices.Equal(got, want) || len(unknown) > 0 {
			t.Errorf("%s: %v, unknown %v", citation, got, unknown)
		}
	}
	for _, citation := range []string{"行政许可法第九百条", "某某法第一条"} {
		if _, unknown := Find(citation, today); len(unknown) != 1 {
			t.Errorf("%s is taken for known", citation)
		}
	}
}

// The text of the day of a step counts, not the newest one.
func TestTheTextInForceOnTheDay(t *testing.T) {
	for day, want := range map[string]string{"2018-06-01": "2003-08-27", "2019-04-22": "2003-08-27", "2019-04-23": "2019-04-23", "2026-11-28": "2019-04-23"} {
		texts, _ := Find("行政许可法第五条", calendar.MustDay(day))
		if len(texts) != 1 || texts[0].Version != want {
			t.Errorf("%s: %+v", day, texts)
		}
	}
	old, _ := Find("行政许可法第五条", calendar.MustDay("2018-06-01"))
	now, _ := Find("行政许可法第五条", today)
	if old[0].Gist == now[0].Gist || !strings.Contains(now[0].Gist, "异议") {
		t.Error("the change of 2019 is not told")
	}
	// What the newer text left unchanged is found in the older one, and said of the newer.
	same, _ := Find("行政许可法第四十八条", today)
	if same[0].Version != "2019-04-23" || same[0].Gist == "" {
		t.Errorf("%+v", same)
	}
	// An item without a line of its own says what its article says.
	item, unknown := Find("行政许可法第六十九条第一款第（二）项", today)
	if len(unknown) > 0 || !strings.Contains(item[0].Gist, "超越职权") {
		t.Errorf("%+v %v", item, unknown)
	}
}

func TestRegisterIsSound(t *testing.T) {
	seen := map[string]bool{}
	for _, l := range Laws() {
		if l.Name == "" || l.Title == "" || l.Kind == "" || len(l.Versions) == 0 || seen[l.Name] {
			t.Errorf("%s: incomplete or twice", l.Name)
		}
		seen[l.Name] = true
		for i, v := range l.Versions {
			if v.Source == "" || i > 0 && v.From <= l.Versions[i-1].From {
				t.Errorf("%s %s: no source, or not in order", l.Name, v.Text)
			}
			for a, g := range v.Articles {
				if a != "" && article.FindString(a) != a && !strings.Contains(a, "条第（") {
					t.Errorf("%s %s is no article", l.Name, a)
				}
				if strings.TrimSpace(g) == "" {
					t.Errorf("%s%s says nothing", l.Name, a)
				}
			}
		}
	}
}

func TestActsRestOnKnownArticles(t *testing.T) {
	for _, kind := range Acts() {
		for _, c := range OfAct(kind) {
			if texts, unknown := Find(c, today); len(texts) == 0 || len(unknown) > 0 {
				t.Errorf("%s rests on %s: %v", kind, c, unknown)
			}
		}
	}
}

// literals gives every string of the business code outside tests.
func literals(t *testing.T, fn func(path, text string)) {
	t.Helper()
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.Contains(path, "casetest") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				text, _ := strconv.Unquote(lit.Value)
				fn(path, text)
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

var anyArticle = regexp.MustCompile(`(?:法|条例|规定|办法|细则|号)》?第[一二三四五六七八九十百千零]+条`)

// Every article that a rule or a refusal of the business cites stands in the
// register.
func TestEveryCitationOfTheBusinessIsInTheRegister(t *testing.T) {
	n := 0
	literals(t, func(path, text string) {
		if !anyArticle.MatchString(text) {
			return
		}
		n++
		if _, unknown := Find(text, today); len(unknown) > 0 {
			t.Errorf("%s cites %q: the register lacks %v", path, text, unknown)
		}
	})
	if n < 40 {
		t.Errorf("only %d citations found: the test does not see the code", n)
	}
}

// kindOf is an act in a note of the history of a case.
var kindOf = regexp.MustCompile(`^(?:case|hearing|interest|disclosure|procedure|commitment|licence)\.[a-z_]+$`)

// notes are the kinds under which acts stand in the history of a case.
func notes(t *testing.T) (out []string) {
	t.Helper()
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			lit, ok := n.(*ast.CompositeLit)
			if !ok || !isNote(lit.Type) {
				return true
			}
			for _, e := range lit.Elts {
				if kv, ok := e.(*ast.KeyValueExpr); ok && kv.Key.(*ast.Ident).Name == "Kind" {
					if v, ok := kv.Value.(*ast.BasicLit); ok {
						text, _ := strconv.Unquote(v.Value)
						out = append(out, text)
					}
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func isNote(e ast.Expr) bool {
	switch x := e.(type) {
	case *ast.Ident:
		return x.Name == "Note"
	case *ast.SelectorExpr:
		return x.Sel.Name == "Note"
	}
	return false
}

// Every act on a case tells on which articles it rests.
func TestEveryActTellsItsLaw(t *testing.T) {
	all := append(notes(t), "case.granted", "case.refused", "case.not_required", "case.not_competent")
	if len(all) < 12 {
		t.Fatalf("only %v found: the test does not see the code", all)
	}
	for _, kind := range all {
		if kindOf.MatchString(kind) && len(OfAct(kind)) == 0 {
			t.Errorf("acts.json does not say on which law %s rests", kind)
		}
	}
}
