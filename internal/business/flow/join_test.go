package flow

import (
	"strings"
	"testing"
)

func opinions(next string) []Outcome {
	return []Outcome{{Key: Support, Name: "建议准予", Next: next}, {Key: Oppose, Name: "建议不予", Next: next}}
}

// parallel is a joint examination: planning in two steps, fire safety of large
// places, the township; then the decision.
func parallel() Definition {
	d := Standard()
	d.Name = "联合审查程序"
	step := func(key, name, body string, act Act, next string) Step {
		return Step{Key: key, Name: name, Role: "handler", Act: act, Body: body, Days: 5, Outcomes: opinions(next)}
	}
	b := &Block{Key: "joint", Name: "联合审查", Rule: All, Outcomes: opinions("decide"), Branches: []Branch{
		{Key: "plan", Name: "规划", Steps: []Step{step("plan_examine", "规划审查", "dz-zrgh", Examine, "plan_review"), {Key: "plan_review", Name: "规划复核",
			Role: "reviewer", Act: Review, Body: "dz-zrgh", Days: 2, Outcomes: opinions(""), ApartFrom: []string{"plan_examine"}, ReturnTo: []string{"plan_examine", "examine"}}}},
		{Key: "fire", Name: "消防", When: "premises.area > 300", Steps: []Step{step("fire_opine", "消防意见", "dz-xfj", Opine, "")}},
		{Key: "town", Name: "属地", Steps: []Step{step("town_examine", "属地初审", Lower, Examine, "")}},
	}}
	d.Nodes[1].Outcomes = opinions("joint")
	d.Nodes[2] = Node{Block: b}
	d.Nodes[3].ApartFrom = []string{"examine", "plan_review"}
	d.Nodes[3].ReturnTo = []string{"examine", "plan_examine", "fire_opine"}
	return d
}

func TestTheParallelFlowIsSound(t *testing.T) {
	if err := parallel().Check(); err != nil {
		t.Fatal(codes(err))
	}
}

func joins(s State) (n int) {
	for _, d := range s.Done {
		if d.Step == "joint" {
			n++
		}
	}
	return n
}

func TestJoins(t *testing.T) {
	in := []string{"accept accepted 甲", "examine support 乙"}
	for name, c := range map[string]struct {
		rule   Rule
		lead   string
		moves  string
		open   string
		joined string
	}{
		"the branches run side by side":        {All, "", "", "plan_examine fire_opine town_examine", ""},
		"one alone joins nothing":              {All, "", "town_examine support 丙", "plan_examine fire_opine", ""},
		"a branch has its own order":           {All, "", "plan_examine support 丙", "fire_opine town_examine plan_review", ""},
		"all support":                          {All, "", "town_examine support 丙; fire_opine support 丁; plan_examine support 戊; plan_review support 己", "decide", Support},
		"all are heard although one opposes":   {All, "", "town_examine oppose 丙; fire_opine support 丁; plan_examine support 戊", "plan_review", ""},
		"one who opposes makes it oppose":      {All, "", "town_examine oppose 丙; fire_opine support 丁; plan_examine support 戊; plan_review support 己", "decide", Oppose},
		"the last word of a branch counts":     {All, "", "town_examine support 丙; fire_opine support 丁; plan_examine oppose 戊; plan_review support 己", "decide", Support},
		"any refusal ends it at once":          {AnyRefusal, "", "fire_opine oppose 丁", "decide", Oppose},
		"any refusal: all support":             {AnyRefusal, "", "town_examine support 丙; fire_opine support 丁; plan_examine support 戊; plan_review support 己", "decide", Support},
		"the lead decides against the others":  {LeadDecides, "plan", "town_examine oppose 丙; fire_opine oppose 丁; plan_examine support 戊; plan_review support 己", "decide", Support},
		"the lead decides, when all are heard": {LeadDecides, "plan", "plan_examine support 戊; plan_review oppose 己; fire_opine support 丁", "town_examine", ""},
		"the lead opposes":                     {LeadDecides, "plan", "plan_examine support 戊; plan_review oppose 己; fire_opine support 丁; town_examine support 丙", "decide", Oppose},
	} {
		d := parallel()
		d.Nodes[2].Block.Rule, d.Nodes[2].Block.Lead = c.rule, c.lead
		if err := d.Check(); err != nil {
			t.Fatal(codes(err))
		}
		moves := in
		if c.moves != "" {
			moves = append(moves[:2:2], strings.Split(c.moves, "; ")...)
		}
		s := run(t, d, moves...)
		last, _ := s.Last("joint")
		if open(s) != c.open || last.Outcome != c.joined {
			t.Errorf("%s: open %q, joined %q", name, open(s), last.Outcome)
		}
		if want := min(len(c.joined), 1); joins(s) != want {
			t.Errorf("%s: the join fired %d times", name, joins(s))
		}
	}
}

// A branch whose condition does not hold is not waited for; a block or step
// whose condition does not hold is passed.
func TestPassing(t *testing.T) {
	d := parallel()
	s := d.Judge(d.Start(nine), map[string]string{"premises.area": "80"})
	s, _ = d.Complete(s, "accept", Accepted, "甲", nine)
	s, _ = d.Complete(s, "examine", Support, "乙", nine)
	if open(s) != "plan_examine town_examine" {
		t.Errorf("open %q", open(s))
	}
	d.Nodes[2].Block.When, d.Nodes[2].Block.Else = "premises.area > 100", "decide"
	d.Nodes[2].Block.Branches[1].When = ""
	if err := d.Check(); err != nil {
		t.Fatal(codes(err))
	}
	s = d.Judge(d.Start(nine), map[string]string{"premises.area": "80"})
	s, _ = d.Complete(s, "accept", Accepted, "甲", nine)
	s, _ = d.Complete(s, "examine", Support, "乙", nine)
	if open(s) != "decide" || joins(s) != 0 {
		t.Errorf("open %q", open(s))
	}
}

func TestWhoseStepItIs(t *testing.T) {
	d := parallel()
	s := d.Start(nine)
	s.LowerID = "dz-t101"
	s, _ = d.Complete(s, "accept", Accepted, "甲", nine)
	s, _ = d.Complete(s, "examine", Support, "乙", nine)
	for step, body := range map[string]string{"plan_examine": "dz-zrgh", "fire_opine": "dz-xfj", "town_examine": "dz-t101"} {
		if tok, _ := s.Token(step); tok.Body != body {
			t.Errorf("%s is of %q", step, tok.Body)
		}
	}
	s, _ = d.Complete(s, "town_examine", Support, "丙", nine)
	if s.Done[2].Body != "dz-t101" || strings.Join(s.Bodies(), " ") != "dz-zrgh dz-xfj dz-t101" {
		t.Errorf("%+v, bodies %v", s.Done[2], s.Bodies())
	}
	if len(run(t, Standard(), "accept accepted 甲").Bodies()) != 0 {
		t.Error("a case of one body names another")
	}
}

func TestReturnsAcrossABlock(t *testing.T) {
	in := "accept accepted 甲; examine support 乙; "
	for name, c := range map[string]struct {
		rule  Rule
		moves string
		open  string
	}{
		"within a branch":                  {All, "plan_examine support 丙; plan_review <plan_examine 丁", "fire_opine town_examine plan_examine"},
		"out of the block ends the others": {All, "town_examine support 戊; plan_examine support 丙; plan_review <examine 丁", "examine"},
		"the block begins anew":            {All, "town_examine support 戊; plan_examine support 丙; plan_review <examine 丁; examine support 乙", "plan_examine fire_opine town_examine"},
		"back into one branch":             {All, "town_examine support 戊; fire_opine support 己; plan_examine support 丙; plan_review support 丁; decide <fire_opine 庚", "fire_opine"},
		"and the join fires again":         {All, "town_examine support 戊; fire_opine support 己; plan_examine support 丙; plan_review support 丁; decide <fire_opine 庚; fire_opine oppose 己", "decide"},
		"what a refusal cut short opens":   {AnyRefusal, "fire_opine oppose 己; decide <fire_opine 庚", "fire_opine plan_examine town_examine"},
	} {
		d := parallel()
		d.Nodes[2].Block.Rule = c.rule
		if s := run(t, d, strings.Split(in+c.moves, "; ")...); open(s) != c.open {
			t.Errorf("%s: open %q", name, open(s))
		}
	}
}

// 行政许可法第二十六条第二款: bodies that handle an application together each bring
// their competence; one does not grant over another's refusal.
func TestOpposedStandsAgainstAGrant(t *testing.T) {
	d := parallel()
	all := "accept accepted 甲; examine support 乙; town_examine oppose 戊; fire_opine support 己; plan_examine support 丙; plan_review support 丁"
	if got := d.Opposed(run(t, d, strings.Split(all, "; ")...)); got != "联合审查" {
		t.Errorf("%q", got)
	}
	d.Nodes[2].Block.Rule, d.Nodes[2].Block.Lead = LeadDecides, "plan"
	if got := d.Opposed(run(t, d, strings.Split(all, "; ")...)); got != "" {
		t.Errorf("the lead supports: %q", got)
	}
}

func TestSeparationHoldsAcrossBranchesAndSubstitutes(t *testing.T) {
	d := parallel()
	s := run(t, d, strings.Split("accept accepted 甲; examine support 乙; plan_examine support 丙", "; ")...)
	if got := code(d.May(s, "plan_review", "丙")); got != "flow.same_person" {
		t.Errorf("the examiner reviews: %q", got)
	}
	s.Done[2].For = "丁"
	if got := code(d.May(s, "plan_review", "丁")); got != "flow.same_person" {
		t.Errorf("whose substitute examined reviews: %q", got)
	}
}

func TestSpanTakesTheLongestBranch(t *testing.T) {
	if got := parallel().Span(func(s Step) bool { return s.Act != Accept && s.Act != Issue && s.Act != Deliver }); got != 10+7+5 {
		t.Errorf("%d working days", got)
	}
}
