package flow

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"

	"onewindow/internal/business/form"
	"onewindow/internal/kit/fault"
)

// Conditions are written in CEL (Common Expression Language) over the data
// elements of the form, each declared with its type: numbers and amounts as
// double, yes-or-no as bool, several choices as list of texts, everything else,
// days too, as text. A misspelt element, a comparison of unlike types and a
// choice that does not exist are found when the definition is saved.

// maxWhen bounds a condition, in characters.
const maxWhen = 500

// language is the environment of all conditions. Macros are left out: without
// them the cost of a condition is bounded by its length.
var language = sync.OnceValue(func() *cel.Env {
	options := []cel.EnvOption{cel.ClearMacros(), cel.CrossTypeNumericComparisons(true)}
	for _, e := range form.Elements() {
		options = append(options, cel.Variable(e.ID, typeOf(e)))
	}
	env, err := cel.NewEnv(options...)
	if err != nil {
		panic("conditions: " + err.Error()) // a test excludes it
	}
	return env
})

// FactType is how a condition sees an element: number, bool, list or text.
type FactType string

// TypeOf says how conditions see an element.
func TypeOf(e form.Element) FactType {
	switch e.Type {
	case form.Number, form.Money:
		return "number"
	case form.Boolean:
		return "bool"
	case form.MultiChoice:
		return "list"
	}
	return "text"
}

func typeOf(e form.Element) *cel.Type {
	switch e.Type {
	case form.Number, form.Money:
		return cel.DoubleType
	case form.Boolean:
		return cel.BoolType
	case form.MultiChoice:
		return cel.ListType(cel.StringType)
	}
	return cel.StringType
}

// condition is a compiled When.
type condition struct {
	program cel.Program
	fields  []string // the elements that it names
}

// compiled keeps conditions by their text; there are as many as definitions
// hold, and what a definition holds is bounded.
var compiled sync.Map

// compile reads a condition; what is wrong with it comes as a field to be named
// by the caller.
func compile(when string) (*condition, *fault.Field) {
	if c, ok := compiled.Load(when); ok {
		return c.(*condition), nil
	}
	if len([]rune(when)) > maxWhen {
		return nil, whenFault("flow.when_long", "max", strconv.Itoa(maxWhen))
	}
	tree, issues := language().Compile(when)
	if issues.Err() != nil {
		return nil, explain(issues)
	}
	if tree.OutputType() != cel.BoolType {
		return nil, whenFault("flow.when_not_bool")
	}
	c := &condition{}
	wrong := c.read(tree)
	if wrong != nil {
		return nil, wrong
	}
	var err error
	if c.program, err = language().Program(tree); err != nil {
		return nil, whenFault("flow.when_syntax", "column", "1")
	}
	compiled.Store(when, c)
	return c, nil
}

func whenFault(code string, kv ...string) *fault.Field {
	f := fault.At("", code, kv...)
	return &f
}

var (
	undeclared = regexp.MustCompile(`undeclared reference to '([^']+)'`)
	overload   = regexp.MustCompile(`found no matching overload for '([^']+)' applied to '\(([^']*)\)'`)
)

// explain puts the first of CEL's messages into a code of ours.
func explain(issues *cel.Issues) *fault.Field {
	first := issues.Errors()[0]
	column := strconv.Itoa(first.Location.Column() + 1)
	if m := undeclared.FindStringSubmatch(first.Message); m != nil {
		return whenFault("flow.when_field", "field", m[1], "column", column)
	}
	if m := overload.FindStringSubmatch(first.Message); m != nil {
		return whenFault("flow.when_type", "op", strings.Trim(m[1], "_@"), "types", typeWords(m[2]), "column", column)
	}
	return whenFault("flow.when_syntax", "column", column)
}

func typeWords(types string) string {
	return strings.NewReplacer("list(string)", "多选", "double", "数字", "int", "整数", "string", "文字", "bool", "是否").Replace(types)
}

// read gathers the elements that the condition names and looks for texts that
// are no choice of the element they are compared with.
func (c *condition) read(tree *cel.Ast) (wrong *fault.Field) {
	visit := ast.NewExprVisitor(func(e ast.Expr) {
		if id := element(e); id != "" && !slices.Contains(c.fields, id) {
			c.fields = append(c.fields, id)
		}
		if e.Kind() == ast.CallKind && wrong == nil {
			wrong = unknownChoice(e.AsCall())
		}
	})
	ast.PostOrderVisit(tree.NativeRep().Expr(), visit)
	return wrong
}

// element is the data element that an expression names; the checked tree holds
// dotted names as chains of selections or as one identifier.
func element(e ast.Expr) string {
	name := ""
	switch e.Kind() {
	case ast.IdentKind:
		name = e.AsIdent()
	case ast.SelectKind:
		name = dotted(e)
	}
	if _, ok := form.Lookup(strings.TrimPrefix(name, ".")); !ok {
		return ""
	}
	return strings.TrimPrefix(name, ".")
}

func dotted(e ast.Expr) string {
	switch e.Kind() {
	case ast.IdentKind:
		return e.AsIdent()
	case ast.SelectKind:
		return dotted(e.AsSelect().Operand()) + "." + e.AsSelect().FieldName()
	}
	return ""
}

// unknownChoice looks at comparisons of a choice with fixed texts.
func unknownChoice(call ast.CallExpr) *fault.Field {
	if !slices.Contains([]string{operators.Equals, operators.NotEquals, operators.In}, call.FunctionName()) || len(call.Args()) != 2 {
		return nil
	}
	a, b := call.Args()[0], call.Args()[1]
	for _, pair := range [][2]ast.Expr{{a, b}, {b, a}} {
		e, _ := form.Lookup(element(pair[0]))
		if len(e.Choices) == 0 {
			continue
		}
		for _, text := range texts(pair[1]) {
			if text != "" && !slices.ContainsFunc(e.Choices, func(o form.Option) bool { return o.Value == text }) {
				return whenFault("flow.when_choice", "choice", text, "name", e.Label)
			}
		}
	}
	return nil
}

// texts are the fixed texts of a literal or of a list of literals.
func texts(e ast.Expr) (out []string) {
	switch e.Kind() {
	case ast.LiteralKind:
		if s, ok := e.AsLiteral().(types.String); ok {
			out = append(out, string(s))
		}
	case ast.ListKind:
		for _, x := range e.AsList().Elements() {
			out = append(out, texts(x)...)
		}
	}
	return out
}

// holds judges the condition on the answers of a form. A number that was not
// answered cannot be judged, and what cannot be judged holds: no step is passed
// over because an answer is lacking. Texts and lists not answered are empty, a
// yes-or-no not answered is no.
func (c *condition) holds(v form.Values) bool {
	facts := map[string]any{}
	for _, id := range c.fields {
		e, _ := form.Lookup(id)
		switch answer := v[id]; e.Type {
		case form.Number, form.Money:
			if n, err := strconv.ParseFloat(answer, 64); err == nil {
				facts[id] = n
			}
		case form.Boolean:
			facts[id] = answer == "true"
		case form.MultiChoice:
			facts[id] = strings.FieldsFunc(answer, func(r rune) bool { return r == '\n' })
		default:
			facts[id] = answer
		}
	}
	out, _, err := c.program.Eval(facts)
	return err != nil || out != types.False
}

// Judge settles the conditions on the answers of a form: the keys of what does
// not hold stand in Passed from then on. A case is judged when it is received and
// again when it is accepted, after which the answers no longer change.
func (d Definition) Judge(s State, v form.Values) State {
	s.Passed = nil
	judge := func(key, when string) {
		if when == "" {
			return
		}
		if c, wrong := compile(when); wrong == nil && !c.holds(v) {
			s.Passed = append(s.Passed, key)
		}
	}
	for _, n := range d.Nodes {
		when, _ := n.Condition()
		judge(n.NodeKey(), when)
		if n.Block != nil {
			for _, b := range n.Block.Branches {
				judge(b.Key, b.When)
			}
		}
	}
	return s
}

// Conditional says whether any part depends on the form's facts.
func (d Definition) Conditional() bool {
	for _, n := range d.Nodes {
		if when, _ := n.Condition(); when != "" {
			return true
		}
		if n.Block != nil && slices.ContainsFunc(n.Block.Branches, func(b Branch) bool { return b.When != "" }) {
			return true
		}
	}
	return false
}

// CheckForm is what Check cannot know: every condition looks only at what this
// form asks. All that is wrong is reported at once as "flow.definition".
func (d Definition) CheckForm(f form.Definition) error {
	asked := map[string]bool{}
	for _, x := range f.Fields() {
		asked[x.Element] = true
	}
	c := &checker{d: d}
	look := func(at, when string) {
		if when == "" {
			return
		}
		compiled, wrong := compile(when)
		if wrong != nil {
			return // Check says so
		}
		for _, id := range compiled.fields {
			if e, _ := form.Lookup(id); !asked[id] {
				c.add(at, "flow.when_not_asked", "field", id, "name", e.Label)
			}
		}
	}
	for _, n := range d.Nodes {
		when, _ := n.Condition()
		look(n.NodeKey()+".when", when)
		if n.Block != nil {
			for _, b := range n.Block.Branches {
				look(b.Key+".when", b.When)
			}
		}
	}
	return c.err()
}

var (
	quotes = regexp.MustCompile(`"[^"]*"|'[^']*'|[a-z_]+(?:\.[a-z_]+)+|&&|\|\||==|!=|>=|<=|\bin\b|\btrue\b|\bfalse\b|!`)
	said   = map[string]string{"&&": "且", "||": "或", "==": "=", "!=": "≠", ">=": "≥", "<=": "≤", "in": "属于", "true": "是", "false": "否", "!": "非"}
)

// Readable is a condition in the words of the form, for people.
func Readable(when string) string {
	return quotes.ReplaceAllStringFunc(when, func(token string) string {
		if e, ok := form.Lookup(token); ok {
			return e.Label
		}
		if word, ok := said[token]; ok {
			return word
		}
		return token
	})
}
