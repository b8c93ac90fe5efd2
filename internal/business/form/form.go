// Package form is what applications ask and how answers are judged. A fact has
// one data element (数据元) everywhere; a form is data that says which elements
// it asks, in which order, which must be answered and which are asked only when
// an earlier answer makes them relevant. The same definition renders the page,
// validates the input and exports a JSON Schema, so the three cannot disagree.
//
// Everything here is pure; the day that "past" and "future" refer to comes in.
package form

import (
	"bytes"
	"encoding/json"

	"onewindow/internal/kit/fault"
)

// Values are answers by element id, as text: numbers in plain decimal, days as
// YYYY-MM-DD, booleans "true" or "false", several choices joined by "\n". An
// absent and an empty value mean the same: not answered.
type Values map[string]string

// Definition is a form: sections of fields in the order in which people answer.
type Definition struct {
	Sections []Section `json:"sections"`
}

// Section is a titled group of fields.
type Section struct {
	Title  string  `json:"title"`
	Fields []Field `json:"fields"`
}

// Field asks one element. Label and Help replace the element's own when set.
type Field struct {
	Element  string    `json:"element"`
	Label    string    `json:"label,omitempty"`
	Help     string    `json:"help,omitempty"`
	Required bool      `json:"required,omitempty"`
	ShowIf   Condition `json:"show_if,omitempty"`
}

// Resolve is the element as this field shows it: with the field's label and
// help. For an element that does not exist it is the zero Element.
func (f Field) Resolve() Element {
	e, _ := Lookup(f.Element)
	if f.Label != "" {
		e.Label = f.Label
	}
	if f.Help != "" {
		e.Help = f.Help
	}
	return e
}

// Fields lists all fields in order, whatever their conditions.
func (d Definition) Fields() []Field {
	var out []Field
	for _, s := range d.Sections {
		out = append(out, s.Fields...)
	}
	return out
}

// Visible lists the fields that these answers make relevant. An answer to a
// field that is itself hidden counts as absent.
func (d Definition) Visible(v Values) []Field {
	_, shown := d.walk(v)
	return shown
}

// VisibleSections is Visible by section; sections with nothing to show are
// left out.
func (d Definition) VisibleSections(v Values) []Section {
	clean, _ := d.walk(v)
	var out []Section
	for _, s := range d.Sections {
		t := Section{Title: s.Title}
		for _, f := range s.Fields {
			if f.ShowIf.Holds(clean) {
				t.Fields = append(t.Fields, f)
			}
		}
		if len(t.Fields) > 0 {
			out = append(out, t)
		}
	}
	return out
}

// Sensitive lists the elements of this form whose values are to be stored
// encrypted and shown masked (个人信息保护法第五十一条).
func (d Definition) Sensitive() []string {
	var ids []string
	for _, f := range d.Fields() {
		if e, _ := Lookup(f.Element); e.Sensitive {
			ids = append(ids, f.Element)
		}
	}
	return ids
}

// walk goes through the fields in order, each judged by the normalized answers
// before it, and returns the normalized answers and the fields that show.
func (d Definition) walk(v Values) (Values, []Field) {
	clean := Values{}
	var shown []Field
	for _, f := range d.Fields() {
		if !f.ShowIf.Holds(clean) {
			continue
		}
		shown = append(shown, f)
		if e, ok := Lookup(f.Element); ok {
			if s := e.normalize(v[e.ID]); s != "" {
				clean[e.ID] = s
			}
		}
	}
	return clean, shown
}

// Parse reads a definition, refusing unknown keys and whatever Check refuses.
func Parse(data []byte) (Definition, error) {
	var d Definition
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&d); err != nil {
		return Definition{}, fault.Invalid("form.json").Because(err)
	}
	return d, d.Check()
}
