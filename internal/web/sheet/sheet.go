// Package sheet describes a large form once: the same description draws the
// fields with what is held, reads what was typed into it, and adds, moves and
// removes rows of lists, all without scripts. It knows no business; what a field
// is bound to is a pointer.
package sheet

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"onewindow/internal/kit/fault"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
)

// MostRows bounds every list of a sheet.
const MostRows = 200

// Sheet is a form while it is described. A description calls its methods; each
// call binds one field or list.
type Sheet struct {
	typed  func(name string) []string // nil while nothing was typed
	act    string                     // what a button wants: "add", "up", "down", "drop"
	target string                     // the list or row that it stands at
	prefix string                     // of the names inside a row
	found  ui.Problems                // what is still wrong with what is held, by field
	nodes  []node
	wrong  []fault.Field
	open   string // the row that stands open
}

// node is one thing on the page.
type node struct {
	kind    kind
	field   ui.Field
	choices []ui.Choice
	lines   int    // of a text area
	title   string // of a group, list or row
	lead    string // a line under the title of a list
	add     string // words of the button that adds a row
	what    string // what one row is called
	key     string // of a list or row: its name
	fold    bool   // rows are folded away
	ask     bool   // removing the row is asked back
	last    bool   // the row has none behind it
	first   bool
	inside  []node
}

type kind int

const (
	line kind = iota
	area
	number
	check
	pick
	radio
	checks
	group
	list
	row
)

// Drawn is a sheet over what is held. found says what is still wrong with it,
// open names the row that stands open.
func Drawn(found ui.Problems, open string, describe func(*Sheet)) *Sheet {
	s := &Sheet{found: found, open: open}
	describe(s)
	return s
}

// Read lays what was typed over what is held. do is the pressed button's value:
// "add:materials", "up:materials.2", "drop:materials.2.points.0", or anything
// else for none. Err tells what could not be read; then nothing should be kept.
func Read(typed func(name string) []string, do string, describe func(*Sheet)) *Sheet {
	s := &Sheet{typed: typed}
	s.act, s.target, _ = strings.Cut(do, ":")
	s.open = s.target
	describe(s)
	return s
}

// Do carries out a button over what is held, with nothing typed.
func Do(do string, describe func(*Sheet)) {
	s := &Sheet{}
	s.act, s.target, _ = strings.Cut(do, ":")
	describe(s)
}

// Err is what was typed wrongly, by field; nil when everything can be kept.
func (s *Sheet) Err() error {
	if len(s.wrong) == 0 {
		return nil
	}
	return fault.Invalid("form.invalid", s.wrong...)
}

// Wrong adds something that is wrong with a field of this place.
func (s *Sheet) Wrong(name, code string, kv ...string) {
	f := fault.At(s.prefix+name, code, kv...)
	s.wrong = append(s.wrong, f)
	for i := range s.nodes {
		if s.nodes[i].field.Name == f.Name {
			s.nodes[i].field.Error = text.Field(f)
		}
	}
}

// F is how a field looks.
type F struct {
	Label, Help, Unit string
	Max               int // characters; 0 takes 200
	Lines             int // above 1 for a text area
	Width             ui.Width
	Must              bool   // marked as needed; what is missing does not hinder saving
	List              string // id of the suggestions
	ShowIf            any    // see ui.Field
}

const usualMax = 200

// field makes the drawn field; typed values come back as they were typed.
func (s *Sheet) field(name, held string, f F) ui.Field {
	full := s.prefix + name
	d := ui.Field{Name: full, Label: f.Label, Help: f.Help, Unit: f.Unit, Width: f.Width, Required: f.Must, Max: f.Max, Value: held, Error: s.found.At(full), ShowIf: f.ShowIf}
	if s.typed != nil {
		d.Value = strings.Join(s.typed(full), "\n")
	}
	if f.List != "" {
		d.Attrs = map[string]any{"list": f.List, "autocomplete": "off"}
	}
	return d
}

func (s *Sheet) put(n node) { s.nodes = append(s.nodes, n) }

// Text binds a line, or a text area where Lines is above 1.
func (s *Sheet) Text(name string, p *string, f F) {
	if f.Max == 0 {
		f.Max = usualMax
	}
	d := s.field(name, *p, f)
	k := line
	if f.Lines > 1 {
		k = area
	}
	s.put(node{kind: k, field: d, lines: f.Lines})
	if s.typed == nil {
		return
	}
	*p = d.Value
	if utf8.RuneCountInString(d.Value) > f.Max {
		s.Wrong(name, "text.too_long", "max", strconv.Itoa(f.Max))
	}
}

// Lines binds a list of texts, one on each line.
func (s *Sheet) Lines(name string, p *[]string, f F) {
	if f.Max == 0 {
		f.Max = 2000
	}
	held := strings.Join(*p, "\n")
	s.Text(name, &held, F{Label: f.Label, Help: f.Help, Max: f.Max, Lines: max(2, f.Lines), Must: f.Must, ShowIf: f.ShowIf})
	if s.typed == nil {
		return
	}
	*p = nil
	for x := range strings.SplitSeq(held, "\n") {
		if x = strings.TrimSpace(x); x != "" {
			*p = append(*p, x)
		}
	}
}

// Int binds a whole number from 0 to most; empty means 0, which is drawn empty.
func (s *Sheet) Int(name string, p *int, most int, f F) {
	held := ""
	if *p != 0 {
		held = strconv.Itoa(*p)
	}
	if f.Width == "" {
		f.Width = ui.XS
	}
	f.Max = 0
	d := s.field(name, held, f)
	d.InputMode = "numeric"
	s.put(node{kind: number, field: d})
	if s.typed == nil {
		return
	}
	*p = 0
	if d.Value == "" {
		return
	}
	n, err := strconv.Atoi(d.Value)
	switch {
	case err != nil:
		s.Wrong(name, "request.number")
	case n < 0 || n > most:
		s.Wrong(name, "sheet.range", "max", strconv.Itoa(most))
	default:
		*p = n
	}
}

// Bool binds a yes.
func (s *Sheet) Bool(name string, p *bool, f F) {
	held := ""
	if *p {
		held = "true"
	}
	d := s.field(name, held, f)
	s.put(node{kind: check, field: d})
	if s.typed != nil {
		*p = d.Value == "true"
	}
}

// Pick binds one of several; "" stands for no answer.
func Pick[T ~string](s *Sheet, name string, p *T, f F, choices []ui.Choice) {
	d := s.field(name, string(*p), f)
	d.Required = f.Must
	s.put(node{kind: pick, field: d, choices: choices})
	if s.typed == nil {
		return
	}
	if d.Value != "" && !offered(choices, d.Value) {
		s.Wrong(name, "sheet.choice")
		return
	}
	*p = T(d.Value)
}

// Some binds any of a few; what stays chosen keeps its order, and what is held but
// offered no longer can be kept.
func Some[T ~string](s *Sheet, name string, p *[]T, f F, choices []ui.Choice) {
	var held []string
	for _, x := range *p {
		held = append(held, string(x))
		if !offered(choices, string(x)) {
			choices = append(slices.Clone(choices), ui.Choice{Value: string(x), Text: string(x)})
		}
	}
	d := s.field(name, strings.Join(held, "\n"), f)
	d.Inline = true
	s.put(node{kind: checks, field: d, choices: choices})
	if s.typed == nil {
		return
	}
	*p = nil
	chosen := strings.Split(d.Value, "\n")
	for _, x := range append(held, chosen...) {
		switch {
		case x == "" || !slices.Contains(chosen, x) || slices.Contains(*p, T(x)):
		case !offered(choices, x):
			s.Wrong(name, "sheet.choice")
		default:
			*p = append(*p, T(x))
		}
	}
}

func offered(choices []ui.Choice, value string) bool {
	return slices.ContainsFunc(choices, func(c ui.Choice) bool { return c.Value == value })
}

// Group puts a title over fields.
func (s *Sheet) Group(title string, describe func()) { s.GroupIf(title, nil, describe) }

// GroupIf is a group that shows under a condition only; see ui.Field.ShowIf.
func (s *Sheet) GroupIf(title string, showIf any, describe func()) {
	outer := s.nodes
	s.nodes = nil
	describe()
	s.nodes = append(outer, node{kind: group, title: title, inside: s.nodes, field: ui.Field{ShowIf: showIf}})
}

// Maybe binds what may be absent: a yes, and its fields, which count only with
// the yes.
func Maybe[T any](s *Sheet, name string, p **T, title string, f F, describe func(*T)) {
	there := *p != nil
	held := *p
	if held == nil {
		held = new(T)
	}
	s.Group(title, func() {
		s.Bool(name, &there, f)
		s.GroupIf("", []map[string]string{{"field": s.prefix + name, "op": "equals", "value": "true"}}, func() { s.In(name, func() { describe(held) }) })
	})
	*p = held
	if !there {
		*p = nil
	}
}

// In describes fields whose names begin with the name and a dot.
func (s *Sheet) In(name string, describe func()) {
	outer := s.prefix
	s.prefix += name + "."
	describe()
	s.prefix = outer
}
