package form

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"onewindow/internal/business/calendar"
)

// Every element is complete, and its own example is right.
func TestRegistryIsSound(t *testing.T) {
	idForm := regexp.MustCompile(`^[a-z_]+(\.[a-z_]+)?$`)
	labels := map[string]string{}
	for _, e := range Elements() {
		if !idForm.MatchString(e.ID) || e.Label == "" || e.Max <= 0 || e.Example == "" {
			t.Errorf("%s is not complete: %+v", e.ID, e)
		}
		group, _, _ := strings.Cut(e.ID, ".")
		if other := labels[group+e.Label]; other != "" {
			t.Errorf("%s and %s have the same label", e.ID, other)
		}
		labels[group+e.Label] = e.ID
		if _, known := usual[e.Type]; !known {
			t.Errorf("%s has the unknown type %q", e.ID, e.Type)
		}
		if got := e.normalize(e.Example); got != e.Example {
			t.Errorf("%s: the example %q is not normal: %q", e.ID, e.Example, got)
		}
		if f, ok := e.judge(e.Example, today); !ok {
			t.Errorf("%s: the example is wrong: %+v", e.ID, f)
		}
		soundType(t, e)
	}
	if len(byID) != len(registry) {
		t.Error("an element id occurs twice")
	}
}

func soundType(t *testing.T, e Element) {
	closed := e.Type == Choice || e.Type == MultiChoice
	if closed != (len(e.Choices) > 1) {
		t.Errorf("%s: choices do not fit the type", e.ID)
	}
	for i, o := range e.Choices {
		if o.Value == "" || o.Label == "" || strings.Contains(o.Value, "\n") || e.option(o.Value) != i {
			t.Errorf("%s: option %+v", e.ID, o)
		}
	}
	if e.numeric() != (e.Low != "" && e.High != "") {
		t.Errorf("%s: bounds do not fit the type", e.ID)
	}
	if e.numeric() && (rational(e.Low.String()).Cmp(rational(e.High.String())) >= 0 || e.Unit == "") {
		t.Errorf("%s: bounds %s to %s, unit %q", e.ID, e.Low, e.High, e.Unit)
	}
	if e.When != "" && (e.Type != Date || e.When != Past && e.When != Future) {
		t.Errorf("%s: when %q", e.ID, e.When)
	}
	if e.MustAgree && e.Type != Boolean || e.Code && e.Type != Text {
		t.Errorf("%s: a flag that does not fit the type", e.ID)
	}
	if e.Type == IDNumber && !e.Sensitive {
		t.Errorf("%s: identity numbers are sensitive", e.ID)
	}
}

func TestFactsAreNamedOnce(t *testing.T) {
	facts := Facts()
	for _, want := range []string{"person.id_number", "company.uscc", "operator.phone"} {
		if !slices.Contains(facts, want) {
			t.Errorf("no fact %s", want)
		}
	}
	if !slices.IsSorted(facts) || len(slices.Compact(slices.Clone(facts))) != len(facts) {
		t.Errorf("%v", facts)
	}
}

func TestLabelOf(t *testing.T) {
	for _, c := range []struct{ id, value, want string }{
		{"person.sex", "2", "女"},
		{"person.sex", "7", "7"},
		{"agent.used", "true", "是"},
		{"business.mode", "批发\n零售", "批发、零售"},
		{"premises.area", "12.5", "12.5"},
	} {
		e, _ := Lookup(c.id)
		if got := e.LabelOf(c.value); got != c.want {
			t.Errorf("%s %q reads %q", c.id, c.value, got)
		}
	}
}

// judged gives the normal form and the fault code of one answer.
func judged(id, s string, on calendar.Day) (string, string) {
	e, _ := Lookup(id)
	n := e.normalize(s)
	if n == "" {
		return "", ""
	}
	f, _ := e.judge(n, on)
	return n, f.Code
}

// answers are inputs, their normal forms and what is wrong with them.
var answers = []struct{ id, in, normal, code string }{
	{"person.name", "　阿卜杜拉·买买提 ", "阿卜杜拉·买买提", ""},
	{"person.name", "𠮷野👩‍⚕️", "𠮷野👩‍⚕️", ""},
	{"person.name", "张\u200b三", "张\u200b三", "form.invisible"},
	{"person.name", "张\ufeff三", "张\ufeff三", "form.invisible"},
	{"person.name", "❤️\u200d🔥", "❤️\u200d🔥", ""},
	{"person.name", "张\u200d三", "张\u200d三", "form.invisible"},
	{"person.name", "\u200b张三\ufeff", "张三", ""},
	{"person.name", "张\x00三", "张\x00三", "form.control_char"},
	{"person.name", "张\xff三", "张\ufffd三", "form.garbled"},
	{"person.name", "\u200b \u3000", "", ""},
	{"person.name", strings.Repeat("长", 10000), strings.Repeat("长", 10000), "form.too_long"},
	{"person.address", "中山路１２号Ｂ座（东）", "中山路12号B座（东）", ""},
	{"person.address", "一行\n两行", "一行 两行", ""},
	{"remark", "一行\r\n两行\t末\n", "一行\n两行 末", ""},
	{"remark", "响铃\a", "响铃\a", "form.control_char"},
	{"premises.area", "１，２３４．５０", "1234.5", ""},
	{"premises.area", "+007.0", "7", ""},
	{"premises.area", "-3", "-3", "form.range"},
	{"premises.area", "1,2", "1,2", "form.number"},
	{"premises.area", "1.234", "1.234", "form.decimals"},
	{"premises.area", "十", "十", "form.number"},
	{"premises.area", "1e3", "1e3", "form.number"},
	{"premises.area", strings.Repeat("9", 10000), strings.Repeat("9", 10000), "form.too_long"},
	{"vehicle.count", "2.5", "2.5", "form.integer"},
	{"vehicle.count", "-0.0", "0", ""},
	{"person.birth_date", "1990年5月1日", "1990-05-01", ""},
	{"person.birth_date", "19900501", "1990-05-01", ""},
	{"person.birth_date", "2026.11.25", "2026-11-25", "form.date_future"},
	{"person.birth_date", "2023-02-29", "2023-02-29", "form.date"},
	{"person.birth_date", "0206-01-01", "0206-01-01", "form.date"},
	{"business.opening_on", "2026-11-24", "2026-11-24", ""},
	{"business.opening_on", "2026-11-23", "2026-11-23", "form.date_past"},
	{"company.uscc", "91350100m000100y43", "91350100M000100Y43", ""},
	{"company.uscc", " 9135 0100-M000100Y43", "91350100M000100Y43", ""},
	{"company.uscc", "91350100M000100Y4", "91350100M000100Y4", "form.uscc"},
	{"person.id_number", "11010519491231002x", "11010519491231002X", ""},
	{"person.id_number", "110105194912310021", "110105194912310021", "form.id_number"},
	{"person.phone", "\u202d+86 138-0013-8000", "13800138000", ""},
	{"person.phone", "（0312）2312345", "0312-2312345", ""},
	{"person.phone", "+85223456789", "+85223456789", ""},
	{"person.phone", "12345", "12345", "form.phone"},
	{"person.postcode", "０７３０００", "073000", ""},
	{"person.postcode", "73000", "73000", "form.postcode"},
	{"person.email", "a@b", "a@b", "form.email"},
	{"company.area_code", "1306", "1306", "form.area_code"},
	{"person.sex", "男", "男", "form.choice"},
	{"agent.used", "否", "false", ""},
	{"agent.used", "也许", "也许", "form.choice"},
	{"declaration.truthful", "off", "false", "form.must_agree"},
	{"business.mode", "零售\n批发\n零售\n", "批发\n零售", ""},
	{"business.mode", "零售\n走私", "零售\n走私", "form.choice"},
	{"vehicle.plate", "冀ｆ 12345", "冀F12345", ""},
	{"vehicle.plate", "12345", "12345", "form.pattern"},
	{"project.code", "2611-130682-04-01-123456", "2611-130682-04-01-123456", ""},
}

func TestAnswers(t *testing.T) {
	for _, c := range answers {
		normal, code := judged(c.id, c.in, today)
		if normal != c.normal || code != c.code {
			t.Errorf("%s %.40q: %.40q %s, want %.40q %s", c.id, c.in, normal, code, c.normal, c.code)
		}
	}
}

// Nobody is born after today, whatever the check character says.
func TestIdentityNumberOfTheUnborn(t *testing.T) {
	before := calendar.MustDay("1949-12-30")
	if _, code := judged("person.id_number", "11010519491231002X", before); code != "form.id_number" {
		t.Errorf("born tomorrow: %q", code)
	}
}

// Faults say how much is too much and where the culprit stands, and never
// repeat the answer.
func TestFaultArguments(t *testing.T) {
	d := ask(Field{Element: "remark", Label: "说明"}, Field{Element: "premises.area"})
	faults := d.Validate(Values{"remark": "甲乙\u200b丙", "premises.area": "0"}, today)
	if a := faults[0].Args; a["label"] != "说明" || a["pos"] != "3" || a["char"] != "U+200B" {
		t.Errorf("%v", a)
	}
	if a := faults[1].Args; a["low"] != "0.01" || a["high"] != "10000000" || a["unit"] != "平方米" {
		t.Errorf("%v", a)
	}
	faults = d.Validate(Values{"remark": strings.Repeat("字", 10000)}, today)
	if a := faults[0].Args; a["max"] != "1000" || a["length"] != "10000" {
		t.Errorf("%v", a)
	}
}
