package text

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// codeShape is what a literal must look like to be taken for a code where it
// is not handed to package fault itself.
var codeShape = regexp.MustCompile(`^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$`)

// sink is a function whose parameter becomes a code, with what it puts before.
type sink struct {
	index  int
	prefix string
}

// scan finds the codes of faults in the source: literals and constants given to
// the constructors of package fault, to functions that hand a parameter on to
// them, under the key Code of composite literals, and returned as a code.
type scan struct {
	sinks  map[string]sink     // "pkg.Func" → which parameter
	codes  map[string][]string // code → where
	consts map[string]string   // "pkg.Name" → value
	fset   *token.FileSet
	files  []*ast.File
}

func newScan(t *testing.T, root string) *scan {
	s := &scan{codes: map[string][]string{}, consts: map[string]string{}, fset: token.NewFileSet(),
		sinks: map[string]sink{"fault.At": {index: 1}}}
	for _, f := range []string{"Invalid", "Refused", "Denied", "Missing", "Conflict", "TooLarge", "TooMany"} {
		s.sinks["fault."+f] = sink{}
	}
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(p, ".go") || strings.HasSuffix(p, "_test.go") || strings.HasSuffix(p, "_templ.go") {
			return err
		}
		f, err := parser.ParseFile(s.fset, p, nil, parser.SkipObjectResolution)
		if err == nil && f.Name.Name != "fault" {
			s.files = append(s.files, f)
		}
		return nil // a file that is being written now is read by the next run
	})
	if err != nil {
		t.Fatal(err)
	}
	s.constants()
	for n := -1; n != len(s.sinks); {
		n = len(s.sinks)
		s.each(s.learn)
	}
	s.each(s.collect)
	return s
}

// typed lists the values of the constants of a type, "pkg.Type".
func (s *scan) typed(name string) []string {
	pkg, typ, _ := strings.Cut(name, ".")
	var out []string
	for _, f := range s.files {
		if f.Name.Name != pkg {
			continue
		}
		ast.Inspect(f, func(n ast.Node) bool {
			v, ok := n.(*ast.ValueSpec)
			if !ok || len(v.Values) != 1 {
				return true
			}
			id, ok := v.Type.(*ast.Ident)
			if lit, isLit := literal(v.Values[0]); ok && isLit && id.Name == typ {
				out = append(out, lit)
			}
			return true
		})
	}
	return out
}

// constants learns the constants that look like codes.
func (s *scan) constants() {
	for _, f := range s.files {
		ast.Inspect(f, func(n ast.Node) bool {
			v, ok := n.(*ast.ValueSpec)
			if !ok {
				return true
			}
			for i, name := range v.Names {
				if i < len(v.Values) {
					if lit, ok := literal(v.Values[i]); ok && codeShape.MatchString(lit) {
						s.consts[f.Name.Name+"."+name.Name] = lit
					}
				}
			}
			return true
		})
	}
}

func (s *scan) each(visit func(f *ast.File, fn *ast.FuncDecl)) {
	for _, f := range s.files {
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Body != nil {
				visit(f, fn)
			}
		}
	}
}

// learn notes fn, and the functions kept in its variables, as sinks when one of
// their parameters becomes a code.
func (s *scan) learn(f *ast.File, fn *ast.FuncDecl) {
	s.learnOne(f, fn.Name.Name, fn.Type, fn.Body)
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		if a, ok := n.(*ast.AssignStmt); ok && len(a.Lhs) == 1 && len(a.Rhs) == 1 {
			name, ok1 := a.Lhs[0].(*ast.Ident)
			lit, ok2 := a.Rhs[0].(*ast.FuncLit)
			if ok1 && ok2 {
				s.learnOne(f, name.Name, lit.Type, lit.Body)
			}
		}
		return true
	})
}

func (s *scan) learnOne(f *ast.File, name string, typ *ast.FuncType, body *ast.BlockStmt) {
	params := map[string]int{}
	i := 0
	for _, field := range typ.Params.List {
		for _, name := range field.Names {
			params[name.Name] = i
			i++
		}
	}
	s.uses(f, body, func(e ast.Expr, prefix string) {
		if b, ok := e.(*ast.BinaryExpr); ok && b.Op == token.ADD {
			if lit, ok := literal(b.X); ok {
				prefix, e = prefix+lit, b.Y
			}
		}
		if id, ok := e.(*ast.Ident); ok {
			if at, ok := params[id.Name]; ok {
				s.sinks[f.Name.Name+"."+name] = sink{at, prefix}
			}
		}
	})
}

// collect notes the literals that become codes in fn, also by way of a variable.
func (s *scan) collect(f *ast.File, fn *ast.FuncDecl) {
	s.uses(f, fn.Body, func(e ast.Expr, prefix string) {
		where := s.fset.Position(e.Pos()).String()
		if lit, ok := literal(e); ok {
			s.codes[prefix+lit] = append(s.codes[prefix+lit], where)
			return
		}
		id, ok := e.(*ast.Ident)
		if !ok {
			return
		}
		if v := s.consts[f.Name.Name+"."+id.Name]; v != "" {
			s.codes[prefix+v] = append(s.codes[prefix+v], where)
		}
		for _, lit := range assigned(fn, id.Name) {
			s.codes[prefix+lit] = append(s.codes[prefix+lit], where)
		}
	})
}

// uses calls found for every expression of body that stands where a code stands.
func (s *scan) uses(f *ast.File, body *ast.BlockStmt, found func(e ast.Expr, prefix string)) {
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			k, ok := s.sinks[callee(f, n)]
			if ok && k.index < len(n.Args) {
				found(n.Args[k.index], k.prefix)
			}
		case *ast.KeyValueExpr:
			if key, ok := n.Key.(*ast.Ident); ok && key.Name == "Code" {
				if lit, ok := literal(n.Value); !ok || codeShape.MatchString(lit) {
					found(n.Value, "")
				}
			}
		case *ast.ReturnStmt:
			for _, r := range n.Results {
				if lit, ok := literal(r); ok && codeShape.MatchString(lit) {
					found(r, "")
				}
			}
		}
		return true
	})
}

// callee names the function of a call as "pkg.Func"; methods count as
// functions of the package that calls them.
func callee(f *ast.File, c *ast.CallExpr) string {
	fun := c.Fun
	if x, ok := fun.(*ast.IndexExpr); ok {
		fun = x.X
	}
	switch fun := fun.(type) {
	case *ast.Ident:
		return f.Name.Name + "." + fun.Name
	case *ast.SelectorExpr:
		if pkg, ok := fun.X.(*ast.Ident); ok && imports(f, pkg.Name) {
			return pkg.Name + "." + fun.Sel.Name
		}
		return f.Name.Name + "." + fun.Sel.Name
	}
	return ""
}

func imports(f *ast.File, name string) bool {
	for _, i := range f.Imports {
		if strings.HasSuffix(strings.Trim(i.Path.Value, `"`), "/"+name) {
			return true
		}
	}
	return false
}

func literal(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(lit.Value)
	return s, err == nil && s != ""
}

// assigned lists the literals of code shape that fn assigns to the variable.
func assigned(fn *ast.FuncDecl, name string) []string {
	var out []string
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		a, ok := n.(*ast.AssignStmt)
		if !ok {
			return true
		}
		for i, l := range a.Lhs {
			if id, ok := l.(*ast.Ident); ok && id.Name == name && i < len(a.Rhs) {
				if lit, ok := literal(a.Rhs[i]); ok && codeShape.MatchString(lit) {
					out = append(out, lit)
				}
			}
		}
		return true
	})
	return out
}
