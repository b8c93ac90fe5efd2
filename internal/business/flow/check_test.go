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
		"too long":        {func(d *Definition) { d.Nodes = append(d.Nodes, make([]Node, 40)...) }, "nodes flow.too_many"},
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

func TestCheckFindsWhatIsWrongWithABlock(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(d *Definition, b *Block)
		want  string
	}{
		"no rule": {func(_ *Definition, b *Block) { b.Rule = "vote" }, "joint.rule flow.rule_unknown"},
		"one branch": {func(d *Definition, b *Block) {
			b.Branches = b.Branches[2:]
			d.Nodes[3].ApartFrom, d.Nodes[3].ReturnTo = nil, nil
		}, "joint.branches flow.branches"},
		"all conditional":           {func(_ *Definition, b *Block) { b.Branches[0].When, b.Branches[2].When = "agent.used", "agent.used" }, "joint.branches flow.all_conditional"},
		"no lead":                   {func(_ *Definition, b *Block) { b.Rule = LeadDecides }, "joint.lead flow.lead_missing"},
		"a lead that may be away":   {func(_ *Definition, b *Block) { b.Rule, b.Lead = LeadDecides, "fire" }, "joint.lead flow.lead_conditional"},
		"a lead for nothing":        {func(_ *Definition, b *Block) { b.Lead = "plan" }, "joint.lead flow.lead_unused"},
		"no refusal":                {func(_ *Definition, b *Block) { b.Outcomes = b.Outcomes[:1] }, "joint.outcomes flow.outcome_demanded"},
		"a third outcome":           {func(_ *Definition, b *Block) { b.Outcomes = append(b.Outcomes, Outcome{"later", "再议", "decide"}) }, "joint.outcomes flow.block_outcomes"},
		"ends undecided":            {func(_ *Definition, b *Block) { b.Outcomes[1].Next = "" }, "joint.outcomes.oppose.next flow.ends_open"},
		"an empty branch":           {func(_ *Definition, b *Block) { b.Branches[2].Steps = nil }, "town.steps flow.branch_empty"},
		"key of branch and step":    {func(_ *Definition, b *Block) { b.Branches[2].Key = "decide" }, "decide flow.key_twice"},
		"decides in a branch":       {func(_ *Definition, b *Block) { b.Branches[1].Steps[0].Act = Issue }, "fire_opine.body flow.body_decides; fire_opine.act flow.act_beside"},
		"leaves the block":          {func(_ *Definition, b *Block) { b.Branches[2].Steps[0].Outcomes[0].Next = "issue" }, "town_examine.outcomes.support.next flow.next_outside"},
		"back within the branch":    {func(_ *Definition, b *Block) { b.Branches[0].Steps[1].Outcomes[0].Next = "plan_examine" }, "plan_review.outcomes.support.next flow.next_back"},
		"unreachable in a branch":   {func(_ *Definition, b *Block) { b.Branches[0].Steps[0].Outcomes = opinions("") }, "plan_review flow.unreachable"},
		"condition inside":          {func(_ *Definition, b *Block) { b.Branches[0].Steps[1].When = "agent.used" }, "plan_review.when flow.when_inside"},
		"misspelt fact":             {func(_ *Definition, b *Block) { b.Branches[1].When = "premises.aera > 3" }, "fire.when flow.when_field"},
		"lower body too long":       {func(_ *Definition, b *Block) { b.Branches[2].Steps[0].Days = 21 }, "town_examine.days flow.lower_days"},
		"returns to another one":    {func(_ *Definition, b *Block) { b.Branches[2].Steps[0].ReturnTo = []string{"fire_opine"} }, "town_examine.return_to flow.return_beside"},
		"condition without a way":   {func(_ *Definition, b *Block) { b.When = "agent.used" }, "joint.else flow.else_missing"},
		"a way without condition":   {func(_ *Definition, b *Block) { b.Else = "decide" }, "joint.else flow.else_alone"},
		"passed backwards":          {func(_ *Definition, b *Block) { b.When, b.Else = "agent.used", "examine" }, "joint.else flow.next_back"},
		"begins with a condition":   {func(d *Definition, _ *Block) { d.Nodes[0].When, d.Nodes[0].Else = "agent.used", "examine" }, "accept flow.first"},
		"another body decides":      {func(d *Definition, _ *Block) { d.Nodes[3].Body = "dz-zjj" }, "decide.body flow.body_decides"},
		"no such body":              {func(d *Definition, _ *Block) { d.Nodes[1].Body = "某局" }, "examine.body flow.body_form"},
		"examined and then nothing": {func(d *Definition, _ *Block) { d.Nodes[1].Outcomes[1].Next = "" }, "examine.outcomes.oppose.next flow.ends_open"},
	} {
		d := parallel()
		c.spoil(&d, d.Nodes[2].Block)
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
