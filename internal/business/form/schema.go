package form

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"onewindow/internal/kit/fault"
)

// Formats that the exported schema uses beyond the standard ones. A validator
// that does not know them treats them as notes.
const (
	FormatUSCC     = "uscc"        // checks the check character, GB 32100
	FormatIDNumber = "id_number"   // checks date of birth and check character, GB 11643
	FormatPast     = "past-date"   // not after today in Beijing
	FormatFuture   = "future-date" // not before today in Beijing
)

var (
	oneLinePattern   = textPattern(false)
	manyLinesPattern = textPattern(true)
	somethingVisible = visiblePattern()
)

type object = map[string]any

// JSONSchema exports the form as JSON Schema 2020-12 of the documents that
// Document makes: numbers are numbers, booleans booleans, several choices an
// array. It demands canonical values; what Normalize forgives, it does not.
func (d Definition) JSONSchema() ([]byte, error) {
	if err := d.Check(); err != nil {
		return nil, err
	}
	properties, required, rules := object{}, []string{}, []any{}
	for _, f := range d.Fields() {
		properties[f.Element] = f.Resolve().schema()
		if len(f.ShowIf) > 0 {
			rules = append(rules, f.rule())
		} else if f.Required {
			required = append(required, f.Element)
		}
	}
	schema := object{
		"$schema":              "https://json-schema.org/draft/2020-12/schema",
		"type":                 "object",
		"properties":           properties,
		"required":             required,
		"additionalProperties": false,
	}
	if len(rules) > 0 {
		schema["allOf"] = rules
	}
	return json.MarshalIndent(schema, "", "  ")
}

// rule says that a conditional field is absent when its condition fails, and
// there when it holds and the field is required.
func (f Field) rule() object {
	tests := make([]any, len(f.ShowIf))
	for i, t := range f.ShowIf {
		tests[i] = object{"required": []string{t.Field}, "properties": object{t.Field: t.schema()}}
	}
	r := object{
		"if":   object{"allOf": tests},
		"else": object{"properties": object{f.Element: false}},
	}
	if f.Required {
		r["then"] = object{"required": []string{f.Element}}
	}
	return r
}

func (t Test) schema() any {
	e, _ := Lookup(t.Field)
	bound := map[Op]string{Above: "exclusiveMinimum", AtLeast: "minimum", Below: "exclusiveMaximum", AtMost: "maximum"}
	switch t.Op {
	case Present:
		return true
	case Equals:
		return e.oneOf([]string{t.Value})
	case In:
		return e.oneOf(t.Values)
	}
	return object{"type": "number", bound[t.Op]: json.Number(t.Value)}
}

// oneOf demands that a value be one of those listed, or hold one.
func (e Element) oneOf(values []string) object {
	list := make([]any, len(values))
	for i, v := range values {
		switch {
		case e.numeric():
			list[i] = json.Number(v)
		case e.Type == Boolean:
			list[i] = v == "true"
		default:
			list[i] = v
		}
	}
	if e.Type == MultiChoice {
		return object{"contains": object{"enum": list}}
	}
	return object{"enum": list}
}

// schema describes the element's values and, for people, the element.
func (e Element) schema() object {
	s := object{"title": e.Label}
	if e.Unit != "" {
		s["title"] = fmt.Sprintf("%s（%s）", e.Label, e.Unit)
	}
	if e.Help != "" {
		s["description"] = e.Help
	}
	if x := e.document(e.Example); x != nil {
		s["examples"] = []any{x}
	}
	switch e.Type {
	case Number, Money:
		e.numberSchema(s)
	case Choice:
		s["oneOf"] = e.options()
	case MultiChoice:
		s["type"], s["minItems"], s["uniqueItems"] = "array", 1, true
		s["items"] = object{"oneOf": e.options()}
	case Boolean:
		s["type"] = "boolean"
		if e.MustAgree {
			s["const"] = true
		}
	default:
		e.textSchema(s)
	}
	return s
}

func (e Element) options() []any {
	list := make([]any, len(e.Choices))
	for i, o := range e.Choices {
		list[i] = object{"const": o.Value, "title": o.Label}
	}
	return list
}

func (e Element) numberSchema(s object) {
	s["type"], s["minimum"], s["maximum"] = "number", e.Low, e.High
	if e.Decimals == 0 {
		s["type"] = "integer"
		return
	}
	s["multipleOf"] = json.Number("0." + strings.Repeat("0", e.Decimals-1) + "1")
}

func (e Element) textSchema(s object) {
	s["type"], s["minLength"] = "string", 1
	if e.measured() {
		s["maxLength"] = e.Max
	}
	if e.Pattern != "" {
		s["pattern"] = e.Pattern
	}
	switch e.Type {
	case Text:
		s["allOf"] = []any{object{"pattern": oneLinePattern}, object{"pattern": somethingVisible}}
	case LongText:
		s["allOf"] = []any{object{"pattern": manyLinesPattern}, object{"pattern": somethingVisible}}
	case Date:
		s["format"] = "date"
		if e.When != "" {
			s["allOf"] = []any{object{"format": map[When]string{Past: FormatPast, Future: FormatFuture}[e.When]}}
		}
	case IDNumber:
		s["format"] = FormatIDNumber
	case USCC:
		s["format"] = FormatUSCC
	}
}

// Document is the normalized answers as the JSON document that the exported
// schema describes. A value that cannot be read as its type stays text, which
// the schema refuses.
func (d Definition) Document(v Values) map[string]any {
	clean, _ := d.walk(v)
	doc := make(object, len(clean))
	for id, s := range clean {
		e, _ := Lookup(id)
		doc[id] = e.document(s)
	}
	return doc
}

func (e Element) document(s string) any {
	switch {
	case s == "":
		return nil
	case e.numeric() && decimal.MatchString(s):
		return json.Number(s)
	case e.Type == Boolean && (s == "true" || s == "false"):
		return s == "true"
	case e.Type == MultiChoice:
		var list []any
		for _, one := range split(s) {
			list = append(list, one)
		}
		return list
	}
	return s
}

// FromDocument reads a decoded JSON document back into answers; it does not
// judge them. What no answer can be, such as an object, is refused as
// "form.document" with "form.json_type" at each culprit.
func FromDocument(doc map[string]any) (Values, error) {
	v := Values{}
	var wrong []fault.Field
	for _, id := range slices.Sorted(maps.Keys(doc)) {
		s, ok := answer(doc[id])
		if !ok {
			wrong = append(wrong, fault.At(id, "form.json_type"))
		}
		v[id] = s
	}
	if len(wrong) > 0 {
		return nil, fault.Invalid("form.document", wrong...)
	}
	return v, nil
}

func answer(x any) (string, bool) {
	switch x := x.(type) {
	case nil:
		return "", true
	case string:
		return x, true
	case bool:
		return strconv.FormatBool(x), true
	case json.Number:
		return plainJSON(x), true
	case float64:
		return strconv.FormatFloat(x, 'f', -1, 64), true
	case []any:
		list := make([]string, len(x))
		for i, one := range x {
			s, ok := one.(string)
			if !ok {
				return "", false
			}
			list[i] = s
		}
		return strings.Join(list, "\n"), true
	}
	return "", false
}

// plainJSON writes a JSON number without an exponent.
func plainJSON(n json.Number) string {
	if !strings.ContainsAny(n.String(), "eE") {
		return n.String()
	}
	f, err := n.Float64()
	if err != nil {
		return n.String()
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}
