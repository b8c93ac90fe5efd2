package form

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"pgregory.net/rapid"

	"onewindow/internal/business/calendar"
	"onewindow/internal/kit/code"
)

var today = calendar.MustDay("2026-11-24")

// compile reads the exported schema with a foreign validator that knows the
// custom formats.
func compile(t interface{ Fatal(...any) }, d Definition) *jsonschema.Schema {
	data, err := d.JSONSchema()
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	c.AssertFormat()
	day := func(s string, bad func(calendar.Day) bool) error {
		d, err := calendar.ParseDay(s)
		if err == nil && bad(d) {
			return errors.New("not on that side of today")
		}
		return err
	}
	text := func(check func(string) error) func(any) error {
		return func(v any) error {
			if s, ok := v.(string); ok {
				return check(s)
			}
			return nil
		}
	}
	for name, check := range map[string]func(string) error{
		FormatUSCC:     code.USCC,
		FormatIDNumber: func(s string) error { return idNumber(s, today) },
		FormatPast:     func(s string) error { return day(s, func(d calendar.Day) bool { return d > today }) },
		FormatFuture:   func(s string) error { return day(s, func(d calendar.Day) bool { return d < today }) },
	} {
		c.RegisterFormat(&jsonschema.Format{Name: name, Validate: text(check)})
	}
	if err := c.AddResource("form.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("form.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// through sends a document through JSON, as a caller of the API would.
func through(t interface{ Fatal(...any) }, doc map[string]any) any {
	data, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	back, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return back
}

// anyElement draws a place in the registry, every type alike often.
var anyElement = rapid.Custom(func(t *rapid.T) int {
	types := slices.Sorted(maps.Keys(usual))
	typ := rapid.SampledFrom(types).Draw(t, "type")
	var places []int
	for i, e := range registry {
		if e.Type == typ {
			places = append(places, i)
		}
	}
	return rapid.SampledFrom(places).Draw(t, "place")
})

// anyForm draws a sound form of up to seven elements with conditions.
func anyForm(t *rapid.T) Definition {
	ids := rapid.SliceOfNDistinct(anyElement, 1, 7, rapid.ID).Draw(t, "elements")
	s := Section{Title: "随机"}
	for i, k := range ids {
		f := Field{Element: registry[k].ID, Required: rapid.Bool().Draw(t, "required")}
		for i > 0 && rapid.IntRange(0, 2).Draw(t, "condition") == 0 {
			f.ShowIf = append(f.ShowIf, anyTest(t, registry[ids[rapid.IntRange(0, i-1).Draw(t, "on")]]))
		}
		s.Fields = append(s.Fields, f)
	}
	d := Definition{Sections: []Section{s}}
	if err := d.Check(); err != nil {
		t.Fatalf("the generator makes unsound forms: %v", err)
	}
	return d
}

func anyTest(t *rapid.T, e Element) Test {
	c := Test{Field: e.ID, Op: Present}
	operand := func() string {
		switch {
		case len(e.Choices) > 0:
			return rapid.SampledFrom(e.Choices).Draw(t, "choice").Value
		case e.Type == Boolean:
			return rapid.SampledFrom([]string{"true", "false"}).Draw(t, "boolean")
		}
		return rapid.SampledFrom([]string{"0", "1", "2.50", "100", e.Example}).Draw(t, "number")
	}
	ops := []Op{Present}
	if len(e.Choices) > 0 || e.Type == Boolean {
		ops = []Op{Present, Equals, In}
	} else if e.numeric() {
		ops = []Op{Present, Equals, In, Above, AtLeast, Below, AtMost}
	}
	switch c.Op = rapid.SampledFrom(ops).Draw(t, "op"); c.Op {
	case Present:
	case In:
		c.Values = []string{operand(), operand()}
	default:
		c.Value = operand()
	}
	return c
}

// anyValue draws an answer that is often right and often nearly so.
func anyValue(t *rapid.T, e Element) string {
	mixed := func() string {
		parts := []string{"张", "𠮷", "👨\u200d👩\u200d👧", "❤️", "❤️\u200d🔥", "\u200d", "\u200b", "\u00a0", "\u3000", " ", "\n", "\t", "\x07", "\ufffd", "\ufeff", "Ａ", "9", "、", "A"}
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(parts), 0, 6).Draw(t, "parts"), "")
	}
	switch rapid.IntRange(0, 7).Draw(t, "kind") {
	case 0:
		return ""
	case 1:
		return mixed()
	case 2:
		return rapid.String().Draw(t, "anything")
	case 3:
		n := e.Max + rapid.IntRange(-1, 2).Draw(t, "length")
		return strings.Repeat(rapid.SampledFrom([]string{"长", "9", "𠮷"}).Draw(t, "filler"), max(0, n))
	}
	switch {
	case len(e.Choices) > 0:
		var picked []string
		for range rapid.IntRange(1, 3).Draw(t, "picks") {
			picked = append(picked, rapid.SampledFrom(e.Choices).Draw(t, "pick").Value)
		}
		if e.Type == Choice {
			return picked[0]
		}
		return strings.Join(picked, "\n")
	case e.Type == Boolean:
		return rapid.SampledFrom([]string{"true", "false", "on", "否", "maybe"}).Draw(t, "boolean")
	case e.numeric():
		near := []string{e.Low.String(), e.High.String(), e.High.String() + ".5", "-1", "0", "1", "2.5", "100", "1,234.50", "0.0000001", "1e3", "１２"}
		return rapid.SampledFrom(near).Draw(t, "number")
	case e.Type == Date:
		return rapid.SampledFrom([]string{"2026-11-23", "2026-11-24", "2026-11-25", "2026/2/29", "2024年2月29日", "18991231", "2100-01-01"}).Draw(t, "date")
	}
	return e.Example
}

// Validate and the exported schema agree on the documents that Document makes,
// and hidden or unknown properties are refused.
func TestSchemaAgreesWithValidate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyForm(t)
		schema := compile(t, d)
		for range 12 {
			v := Values{"unknown": "x"}
			for _, f := range d.Fields() {
				v[f.Element] = anyValue(t, f.Resolve())
			}
			faults := d.Validate(v, today)
			err := schema.Validate(through(t, d.Document(v)))
			if (len(faults) == 0) != (err == nil) {
				t.Fatalf("%v\nValidate: %v\nschema: %v", d.Normalize(v), faults, err)
			}
			checkHidden(t, d, schema, v)
		}
	})
}

// The same at every edge that chance may miss.
func TestSchemaAgreesAtTheEdges(t *testing.T) {
	for id, answers := range map[string][]string{
		"declaration.truthful":   {"true", "false", "x"},
		"person.name":            {"❤️\u200d🔥", "张\u200d三", "张\u200c三", "a\x7fb", "a\u0080b", "\uE000", "\ufff0", "👍🏽\u200d", "中\ufe0f\u200d中"},
		"remark":                 {"一\n二", "一\v二", "\u3000一"},
		"premises.area":          {"0", "0.01", "0.011", "10000000", "10000000.01", "-1"},
		"vehicle.count":          {"0", "1", "1.5", "100000", "100001"},
		"person.birth_date":      {"2026-11-24", "2026-11-25", "1900-01-01", "1899-12-31"},
		"business.opening_on":    {"2026-11-24", "2026-11-23", "2099-12-31", "2100-01-01"},
		"person.other_id_number": {"E123", "E1234", strings.Repeat("9", 20), strings.Repeat("9", 21)},
	} {
		d := ask(Field{Element: id})
		schema := compile(t, d)
		for _, s := range answers {
			agree(t, d, schema, Values{id: s})
		}
	}
	for op := range map[Op]bool{Equals: true, Above: true, AtLeast: true, Below: true, AtMost: true} {
		on := Condition{{Field: "premises.area", Op: op, Value: "150.0"}}
		d := ask(Field{Element: "premises.area"}, Field{Element: "person.sex", Required: true, ShowIf: on})
		schema := compile(t, d)
		for _, area := range []string{"149.99", "150", "150.01", "many"} {
			agree(t, d, schema, Values{"premises.area": area})
			agree(t, d, schema, Values{"premises.area": area, "person.sex": "1"})
		}
	}
}

func agree(t *testing.T, d Definition, schema *jsonschema.Schema, v Values) {
	t.Helper()
	faults := d.Validate(v, today)
	if err := schema.Validate(through(t, d.Document(v))); (len(faults) == 0) != (err == nil) {
		t.Errorf("%v: Validate: %v schema: %v", v, faults, err)
	}
}

func checkHidden(t *rapid.T, d Definition, schema *jsonschema.Schema, v Values) {
	shown := map[string]bool{"": true}
	for _, f := range d.Visible(v) {
		shown[f.Element] = true
	}
	for _, f := range d.Fields() {
		e := f.Resolve()
		if shown[e.ID] {
			continue
		}
		doc := d.Document(v)
		doc[e.ID] = e.document(e.Example)
		if schema.Validate(through(t, doc)) == nil {
			t.Fatalf("the schema accepts hidden %s in %v", e.ID, doc)
		}
	}
}

// Whatever document the schema accepts, Validate accepts too: what a caller of
// the API checked beforehand is not refused afterwards.
func TestWhatTheSchemaAcceptsIsAccepted(t *testing.T) {
	accepted := 0
	rapid.Check(t, func(t *rapid.T) {
		d := anyForm(t)
		schema := compile(t, d)
		for range 12 {
			doc := map[string]any{}
			for _, f := range d.Fields() {
				e := f.Resolve()
				switch s := anyValue(t, e); {
				case s == "":
				case e.numeric() && rapid.Bool().Draw(t, "typed"):
					doc[e.ID] = rapid.SampledFrom([]any{1, 2.5, json.Number("1e2"), json.Number("5.0"), -0.0}).Draw(t, "json")
				default:
					doc[e.ID] = e.document(s)
				}
			}
			if schema.Validate(through(t, doc)) != nil {
				continue
			}
			accepted++
			v, err := FromDocument(through(t, doc).(map[string]any))
			if err != nil {
				t.Fatal(err)
			}
			if faults := d.Validate(v, today); len(faults) > 0 {
				t.Fatalf("%v: the schema accepts what Validate refuses: %v", doc, faults)
			}
		}
	})
	if accepted < 50 {
		t.Errorf("only %d documents were accepted: the generator is too wild", accepted)
	}
}

func TestSchemaReadsWell(t *testing.T) {
	d := Definition{Sections: []Section{{Title: "场所", Fields: []Field{
		{Element: "premises.tenure", Required: true},
		{Element: "premises.area", Required: true},
		{Element: "premises.lease_until", Required: true, ShowIf: Condition{{Field: "premises.tenure", Op: Equals, Value: "leased"}}},
	}}}}
	data, err := d.JSONSchema()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`"$schema": "https://json-schema.org/draft/2020-12/schema"`, `"title": "经营场所面积（平方米）"`, `"multipleOf": 0.01`,
		`"additionalProperties": false`, `"format": "future-date"`, `"title": "租赁"`, `120.5`,
	} {
		if !strings.Contains(string(data), want) {
			t.Errorf("the schema lacks %s", want)
		}
	}
	if _, err := (Definition{Sections: []Section{{}}}).JSONSchema(); err == nil {
		t.Error("an unsound form has a schema")
	}
}

func TestFromDocument(t *testing.T) {
	v, err := FromDocument(map[string]any{
		"premises.area": json.Number("1.2e2"), "vehicle.count": 3.0, "agent.used": true, "remark": "无",
		"food.items": []any{"散装食品销售", "糕点类制售"}, "person.phone": nil,
	})
	want := Values{
		"premises.area": "120", "vehicle.count": "3", "agent.used": "true", "remark": "无",
		"food.items": "散装食品销售\n糕点类制售", "person.phone": "",
	}
	if err != nil || fmt.Sprint(v) != fmt.Sprint(want) {
		t.Errorf("%v %v", v, err)
	}
	_, err = FromDocument(map[string]any{"remark": map[string]any{}, "food.items": []any{1}, "agent.used": false})
	if got := codes(err); got != "food.items form.json_type; remark form.json_type" {
		t.Error(got)
	}
}
