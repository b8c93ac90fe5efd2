package form

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"onewindow/internal/kit/fault"
)

func codes(err error) string {
	if err == nil {
		return ""
	}
	return list(fault.Of(err).Fields)
}

func list(fields []fault.Field) string {
	var out []string
	for _, f := range fields {
		out = append(out, f.Name+" "+f.Code)
	}
	return strings.Join(out, "; ")
}

func ask(fields ...Field) Definition {
	return Definition{Sections: []Section{{Title: "申请信息", Fields: fields}}}
}

// restaurant is a form as a 食品经营许可 asks it.
const restaurant = `{"sections":[
 {"title":"申请人","fields":[
  {"element":"company.name","required":true},
  {"element":"company.uscc","required":true},
  {"element":"person.id_type","required":true,"label":"经营者证件类型"},
  {"element":"person.id_number","required":true,"show_if":[{"field":"person.id_type","op":"equals","value":"111"}]},
  {"element":"person.other_id_number","required":true,"show_if":[{"field":"person.id_type","op":"in","values":["414","511","516","553"]}]}]},
 {"title":"经营场所","fields":[
  {"element":"premises.area","required":true},
  {"element":"premises.tenure","required":true},
  {"element":"premises.lease_until","required":true,"show_if":[{"field":"premises.tenure","op":"equals","value":"leased"}]}]},
 {"title":"大型餐饮","fields":[
  {"element":"manager.name","required":true,"show_if":[
   {"field":"premises.area","op":"at_least","value":"150"},{"field":"premises.tenure","op":"present"}]}]},
 {"title":"声明","fields":[{"element":"declaration.truthful","required":true}]}]}`

func parsed(t *testing.T, text string) Definition {
	t.Helper()
	d, err := Parse([]byte(text))
	if err != nil {
		t.Fatalf("%v", err)
	}
	return d
}

func TestConditionsShowAndHide(t *testing.T) {
	d := parsed(t, restaurant)
	v := Values{"person.id_type": "414", "person.id_number": "11010519491231002X", "premises.tenure": "leased", "premises.area": "150.00"}
	var shown []string
	for _, f := range d.Visible(v) {
		shown = append(shown, f.Element)
	}
	want := "company.name company.uscc person.id_type person.other_id_number premises.area premises.tenure premises.lease_until manager.name declaration.truthful"
	if got := strings.Join(shown, " "); got != want {
		t.Errorf("shown: %s", got)
	}
	if _, kept := d.Normalize(v)["person.id_number"]; kept {
		t.Error("a hidden answer is kept")
	}
	delete(v, "premises.tenure")
	sections := d.VisibleSections(v)
	if len(sections) != 3 || sections[2].Title != "声明" {
		t.Errorf("sections: %+v", sections)
	}
	if got := d.Fields()[2].Resolve().Label; got != "经营者证件类型" {
		t.Errorf("label %s", got)
	}
}

// A field that depends on a hidden field is hidden with it.
func TestHiddenCountsAsAbsent(t *testing.T) {
	d := ask(
		Field{Element: "agent.used"},
		Field{Element: "agent.name", ShowIf: Condition{{Field: "agent.used", Op: Equals, Value: "true"}}},
		Field{Element: "agent.until", Required: true, ShowIf: Condition{{Field: "agent.name", Op: Present}}},
	)
	v := Values{"agent.used": "false", "agent.name": "赵敏"}
	if got := d.Validate(v, today); len(got) != 0 {
		t.Errorf("asked for what is hidden: %v", got)
	}
	v["agent.used"] = "是"
	if got := list(d.Validate(v, today)); got != "agent.until form.required" {
		t.Error(got)
	}
}

func TestFaultsComeInTheOrderOfTheForm(t *testing.T) {
	d := parsed(t, restaurant)
	v := Values{
		"company.uscc": "91350100M000100Y44", "person.id_type": "111", "person.id_number": "11010519491231002x",
		"premises.area": "一百", "premises.tenure": "borrowed", "declaration.truthful": "false",
	}
	want := "company.name form.required; company.uscc form.uscc; premises.area form.number; premises.tenure form.choice; declaration.truthful form.must_agree"
	faults := d.Validate(v, today)
	if got := list(faults); got != want {
		t.Errorf("got %s", got)
	}
	wantArgs := map[string]string{"label": "统一社会信用代码", "why": "code.check", "pos": "18", "want": "3"}
	if diff := cmp.Diff(wantArgs, faults[1].Args); diff != "" {
		t.Error(diff)
	}
}

func TestCheckFindsWhatIsWrong(t *testing.T) {
	tenure := Field{Element: "premises.tenure"}
	on := func(field string, op Op, value string, values ...string) Field {
		return Field{Element: "remark", ShowIf: Condition{{Field: field, Op: op, Value: value, Values: values}}}
	}
	const at = "sections.0.fields.1.show_if.0"
	for name, c := range map[string]struct {
		d    Definition
		want string
	}{
		"sound":             {ask(tenure, on("premises.tenure", In, "", "owned", "free")), ""},
		"no section":        {Definition{}, ""},
		"untitled":          {Definition{Sections: []Section{{Fields: []Field{tenure}}}}, "sections.0.title form.section_title"},
		"empty section":     {Definition{Sections: []Section{{Title: "空"}}}, "sections.0.fields form.section_empty"},
		"unknown element":   {ask(Field{Element: "person.shoe"}), "sections.0.fields.0.element form.element_unknown"},
		"asked twice":       {ask(tenure, tenure), "sections.0.fields.1.element form.element_twice"},
		"long label":        {ask(Field{Element: "remark", Label: strings.Repeat("长", 61)}), "sections.0.fields.0.label form.label_long"},
		"long help":         {ask(Field{Element: "remark", Help: strings.Repeat("长", 301)}), "sections.0.fields.0.help form.help_long"},
		"on a later field":  {ask(on("premises.tenure", Present, ""), tenure), "sections.0.fields.0.show_if.0.field form.condition_field"},
		"on itself":         {ask(on("remark", Present, "")), "sections.0.fields.0.show_if.0.field form.condition_field"},
		"on nothing":        {ask(tenure, on("person.shoe", Present, "")), at + ".field form.condition_field"},
		"no such choice":    {ask(tenure, on("premises.tenure", Equals, "borrowed")), at + ".value form.condition_value"},
		"in nothing":        {ask(tenure, on("premises.tenure", In, "")), at + ".values form.condition_value"},
		"present with what": {ask(tenure, on("premises.tenure", Present, "owned")), at + ".value form.condition_value"},
		"no such op":        {ask(tenure, on("premises.tenure", "like", "o")), at + ".op form.condition_op"},
		"above a choice":    {ask(tenure, on("premises.tenure", Above, "1")), at + ".op form.condition_type"},
		"above a word":      {ask(Field{Element: "premises.area"}, on("premises.area", Above, "big")), at + ".value form.condition_value"},
		"free text":         {ask(Field{Element: "company.name"}, on("company.name", Equals, "x")), at + ".op form.condition_type"},
	} {
		if got := codes(c.d.Check()); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestParseRefusesWhatItDoesNotKnow(t *testing.T) {
	for _, text := range []string{`{"pages":[]}`, `[]`, ``} {
		if _, err := Parse([]byte(text)); err == nil || fault.Of(err).Code != "form.json" {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestSensitive(t *testing.T) {
	d := ask(Field{Element: "person.name"}, Field{Element: "person.id_number"}, Field{Element: "person.phone"}, Field{Element: "person.sex"})
	if got := strings.Join(d.Sensitive(), " "); got != "person.id_number person.phone" {
		t.Error(got)
	}
}

// Normalizing twice is normalizing once, and no answer of the normal form is
// empty, hidden or unknown.
func TestNormalizeIsStable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyForm(t)
		v := Values{"unknown": "x"}
		for _, f := range d.Fields() {
			v[f.Element] = anyValue(t, f.Resolve())
		}
		once := d.Normalize(v)
		if diff := cmp.Diff(once, d.Normalize(once)); diff != "" {
			t.Fatal(diff)
		}
		if diff := cmp.Diff(d.Validate(v, today), d.Validate(once, today)); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestPrefill(t *testing.T) {
	d := parsed(t, restaurant)
	facts := map[string]string{
		"company.name": " 定州市嘉禾食品有限公司", "company.uscc": "91350100M000100Y43", "person.id_type": "111",
		"person.id_number": "11010519491231002x", "person.other_id_number": "x",
	}
	v := d.Prefill(facts, today)
	want := Values{
		"company.name": "定州市嘉禾食品有限公司", "company.uscc": "91350100M000100Y43", "person.id_type": "111",
		"person.id_number": "11010519491231002X",
	}
	if diff := cmp.Diff(want, v); diff != "" {
		t.Error(diff)
	}
	v["company.name"] = "另一家公司"
	v["person.id_type"] = "414" // hides the identity number
	if got := strings.Join(d.Prefilled(v, facts, today), " "); got != "company.uscc" {
		t.Errorf("marked: %s", got)
	}
}
