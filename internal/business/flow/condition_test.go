package flow

import (
	"slices"
	"strings"
	"testing"

	"onewindow/internal/business/form"
	"onewindow/internal/kit/fault"
)

func TestConditionsAreCheckedWhenSaved(t *testing.T) {
	for when, want := range map[string]string{
		`premises.area > 300`:                                "",
		`premises.area >= 300.5 && fire.exits < 2`:           "",
		`food.central_kitchen || food.business_type == "机关"`: "flow.when_choice",
		`"不存在" in person.priority`:                           "flow.when_choice",
		`agent.used`:                                         "",
		`business.opening_on < "2026-10-01"`:                 "",
		`premises.aera > 300`:                                "flow.when_field",
		`area > 300`:                                         "flow.when_field",
		`premises.area > "300"`:                              "flow.when_type",
		`premises.name > 300`:                                "flow.when_type",
		`premises.area`:                                      "flow.when_not_bool",
		`premises.area >`:                                    "flow.when_syntax",
		`[1,2].all(x, x > 0)`:                                "flow.when_",
		strings.Repeat("(", 400):                             "flow.when_syntax",
		strings.Repeat("agent.used && ", 60):                 "flow.when_long",
		`premises.name.matches("(a+)+$")`:                    "",
		`premises.name == "` + "\x00" + `"`:                  "",
		`premises.area > 300 ? true : agent.used`:            "",
	} {
		_, wrong := compile(when)
		got := ""
		if wrong != nil {
			got = wrong.Code
		}
		if got != want && !(strings.HasSuffix(want, "_") && strings.HasPrefix(got, want)) {
			t.Errorf("%.60s: %q, want %q", when, got, want)
		}
	}
	_, wrong := compile(`agent.used && premises.aera > 3`)
	if wrong == nil || wrong.Args["field"] != "premises.aera" || wrong.Args["column"] == "" {
		t.Errorf("where: %+v", wrong)
	}
}

func TestConditionsHold(t *testing.T) {
	for _, c := range []struct {
		when string
		v    form.Values
		want bool
	}{
		{`premises.area > 300`, form.Values{"premises.area": "300"}, false},
		{`premises.area > 300`, form.Values{"premises.area": "300.01"}, true},
		{`premises.area > 300`, form.Values{}, true}, // what cannot be judged holds
		{`premises.area > 300`, form.Values{"premises.area": "很大"}, true},
		{`agent.used && premises.area > 300`, form.Values{}, false}, // decided without the number
		{`agent.used`, form.Values{"agent.used": "true"}, true},
		{`premises.town == "清风店镇"`, form.Values{"premises.town": "清风店镇"}, true},
		{`premises.town in ["清风店镇", "东亭镇"]`, form.Values{"premises.town": "西城乡"}, false},
		{`business.opening_on < "2026-10-01"`, form.Values{"business.opening_on": "2026-09-30"}, true},
	} {
		x, wrong := compile(c.when)
		if wrong != nil {
			t.Fatalf("%s: %+v", c.when, wrong)
		}
		if got := x.holds(c.v); got != c.want {
			t.Errorf("%s of %v: %v", c.when, c.v, got)
		}
	}
}

func TestConditionsLookOnlyAtTheForm(t *testing.T) {
	d := parallel()
	asks := func(elements ...string) form.Definition {
		var s form.Section
		for _, e := range elements {
			s.Fields = append(s.Fields, form.Field{Element: e})
		}
		return form.Definition{Sections: []form.Section{s}}
	}
	if err := d.CheckForm(asks("premises.area", "agent.used")); err != nil {
		t.Error(err)
	}
	err := d.CheckForm(asks("agent.used"))
	if got := codes(err); got != "fire.when flow.when_not_asked" {
		t.Errorf("%s", got)
	}
	if f := fault.Of(err).Fields[0]; f.Args["field"] != "premises.area" {
		t.Errorf("%+v", f)
	}
}

func TestEveryElementMayStandInACondition(t *testing.T) {
	for _, e := range form.Elements() {
		when := map[form.Type]string{form.Number: " > 1", form.Money: " > 1", form.Boolean: "", form.MultiChoice: ` != [""]`}[e.Type]
		if when == "" && e.Type != form.Boolean {
			when = ` != ""`
		}
		c, wrong := compile(e.ID + when)
		if wrong != nil || !slices.Equal(c.fields, []string{e.ID}) {
			t.Errorf("%s: %+v", e.ID, wrong)
		}
	}
}

func TestConditionsReadAsWords(t *testing.T) {
	if got := Readable(`premises.area >= 300 && !agent.used || premises.town in ["a && b"]`); got !=
		`经营场所面积 ≥ 300 且 非是否委托代理人办理 或 场所所在乡镇（街道） 属于 ["a && b"]` {
		t.Error(got)
	}
}
