package form

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"onewindow/internal/kit/fault"
)

const (
	maxTitle = 60  // characters of a section title or a field's own label
	maxHelp  = 300 // characters of a field's own help
)

// checker gathers what is wrong with a definition; a fault's name is the path
// to the culprit, such as "sections.0.fields.3.show_if.0".
type checker struct {
	before []string // elements asked so far
	found  []fault.Field
}

func (c *checker) add(at, code string, kv ...string) {
	c.found = append(c.found, fault.At(at, code, kv...))
}

// Check says whether the definition can be asked: known elements, each once,
// titled sections with fields, and conditions that look at earlier fields with
// comparisons those fields allow. All that is wrong is reported at once as
// "form.definition".
func (d Definition) Check() error {
	c := &checker{}
	for i, s := range d.Sections {
		at := fmt.Sprintf("sections.%d", i)
		if n := utf8.RuneCountInString(s.Title); strings.TrimSpace(s.Title) == "" || n > maxTitle {
			c.add(at+".title", "form.section_title")
		}
		if len(s.Fields) == 0 {
			c.add(at+".fields", "form.section_empty", "title", s.Title)
		}
		for k, f := range s.Fields {
			c.field(fmt.Sprintf("%s.fields.%d", at, k), f)
		}
	}
	if len(c.found) > 0 {
		return fault.Invalid("form.definition", c.found...)
	}
	return nil
}

func (c *checker) field(at string, f Field) {
	if _, ok := Lookup(f.Element); !ok {
		c.add(at+".element", "form.element_unknown", "element", f.Element)
	}
	if slices.Contains(c.before, f.Element) {
		c.add(at+".element", "form.element_twice", "element", f.Element)
	}
	if utf8.RuneCountInString(f.Label) > maxTitle {
		c.add(at+".label", "form.label_long")
	}
	if utf8.RuneCountInString(f.Help) > maxHelp {
		c.add(at+".help", "form.help_long")
	}
	for i, t := range f.ShowIf {
		c.test(fmt.Sprintf("%s.show_if.%d", at, i), t)
	}
	c.before = append(c.before, f.Element)
}

func (c *checker) test(at string, t Test) {
	e, ok := Lookup(t.Field)
	if !ok || !slices.Contains(c.before, t.Field) {
		c.add(at+".field", "form.condition_field", "element", t.Field)
		return
	}
	switch t.Op {
	case Present:
		if t.Value != "" || len(t.Values) > 0 {
			c.add(at+".value", "form.condition_value", "label", e.Label)
		}
	case Equals:
		c.operand(at, e, []string{t.Value})
	case In:
		c.operand(at, e, t.Values)
	case Above, AtLeast, Below, AtMost:
		if !e.numeric() {
			c.add(at+".op", "form.condition_type", "label", e.Label)
		} else {
			c.operand(at, e, []string{t.Value})
		}
	default:
		c.add(at+".op", "form.condition_op", "op", string(t.Op))
	}
}

// operand holds comparisons to values that the field can have. Free text is
// compared with nothing: how people word things decides nothing.
func (c *checker) operand(at string, e Element, values []string) {
	if len(values) == 0 {
		c.add(at+".values", "form.condition_value", "label", e.Label)
	}
	for _, v := range values {
		good := false
		switch e.Type {
		case Choice, MultiChoice:
			good = e.option(v) >= 0
		case Boolean:
			good = v == "true" || v == "false"
		case Number, Money:
			good = len(v) <= e.Max && decimal.MatchString(v)
		default:
			c.add(at+".op", "form.condition_type", "label", e.Label)
			return
		}
		if !good {
			c.add(at+".value", "form.condition_value", "label", e.Label, "value", v)
		}
	}
}
