package flow

import (
	"strings"
	"testing"

	"onewindow/internal/kit/fault"
)

func codes(err error) string {
	if err == nil {
		return ""
	}
	var out []string
	for _, f := range fault.Of(err).Fields {
		out = append(out, f.Name+" "+f.Code)
	}
	return strings.Join(out, "; ")
}

func TestCheckFindsWhatIsWrong(t *testing.T) {
	at := func(d *Definition, key string) *Step { return &d.Nodes[d.index(key)].Step }
	for name, c := range map[string]struct {
		spoil func(d *Definition)
		want  string
	}{
		"sound":           {func(*Definition) {}, ""},
		"no steps":        {func(d *Definition) { d.Nodes = nil }, "nodes flow.empty"},
		"no name":         {func(d *Definition) { d.Name = " " }, "name flow.name"},
		"control in name": {func(d *Definition) { at(d, "issue").Name = "制\x07证" }, "issue.name flow.name"},
		"long name":       {func(d *Definition) { at(d, "issue").Name = strings.Repeat("证", 31) }, "issue.name flow.name"},
		"two alike":       {func(d *Definition) { d.Nodes = append(d.Nodes, d.Nodes[5]) }, "deliver flow.key_twice"},
		"key form":        {func(d *Definition) { at(d, "deliver").Outcomes[0].Key = "送达" }, "deliver.outcomes.送达 flow.key_form"},
		"no role":         {func(d *Definition) { at(d, "review").Role = "" }, "review.role flow.role_missing"},
		"no act":          {func(d *Definition) { at(d, "review").Act = "think" }, "review.act flow.act_unknown"},
		"days below zero": {func(d *Definition) { at(d, "review").Days = -1 }, "review.days flow.days"},
		"no outcome":      {func(d *Definition) { at(d, "deliver").Outcomes = nil }, "deliver.outcomes flow.outcome_missing"},
		"outcome twice": {func(d *Definition) {
			s := at(d, "deliver")
			s.Outcomes = append(s.Outcomes, s.Outcomes[0])
		}, "deliver.outcomes.delivered flow.key_twice"},
		"next unknown":     {func(d *Definition) { at(d, "issue").Outcomes[0].Next = "post" }, "issue.outcomes.issued.next flow.next_unknown"},
		"going in circles": {func(d *Definition) { at(d, "deliver").Outcomes[0].Next = "issue" }, "deliver.outcomes.delivered.next flow.next_back"},
		"unreachable": {func(d *Definition) {
			at(d, "examine").Outcomes[0].Next = "decide"
			at(d, "examine").Outcomes[1].Next = "decide"
		}, "review flow.unreachable"},
		"apart from nobody":   {func(d *Definition) { at(d, "decide").ApartFrom = []string{"audit"} }, "decide.apart_from flow.step_unknown"},
		"apart from later":    {func(d *Definition) { at(d, "review").ApartFrom = []string{"decide"} }, "review.apart_from flow.step_later"},
		"apart from itself":   {func(d *Definition) { at(d, "review").ApartFrom = []string{"review"} }, "review.apart_from flow.step_later"},
		"apart from it twice": {func(d *Definition) { at(d, "review").ApartFrom = []string{"examine", "examine"} }, "review.apart_from flow.key_twice"},
		"return forward":      {func(d *Definition) { at(d, "review").ReturnTo = []string{"issue"} }, "review.return_to flow.step_later"},
		"行政许可法第三十二条: all answers": {func(d *Definition) {
			at(d, "accept").Outcomes = at(d, "accept").Outcomes[:2]
		}, "accept.outcomes flow.outcome_demanded"},
		"行政许可法第三十二条: 不受理 ends": {func(d *Definition) {
			at(d, "accept").Outcomes[1].Next = "deliver"
		}, "accept.outcomes.not_required.next flow.must_end"},
		"行政许可法第三十八条: no licence on refusal": {func(d *Definition) {
			at(d, "decide").Outcomes[1].Next = "issue"
		}, "decide.outcomes.refuse.next flow.refuse_issues"},
	} {
		d := Standard()
		c.spoil(&d)
		if got := codes(d.Check()); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestParseRefusesWhatItDoesNotKnow(t *testing.T) {
	for _, text := range []string{`{"name":"x","steps":[]}`, `[]`, ``, `{"name":"x","nodes":[{"key":"a","parallel":{}}]}`} {
		if _, err := Parse([]byte(text)); code(err) != "flow.json" {
			t.Errorf("%s: %v", text, err)
		}
	}
	if _, err := Parse([]byte(`{"name":"x","nodes":[]}`)); code(err) != "flow.definition" {
		t.Errorf("an empty process: %v", err)
	}
}
