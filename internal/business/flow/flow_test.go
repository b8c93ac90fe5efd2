package flow

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"onewindow/internal/kit/fault"
)

var nine = time.Date(2026, 9, 18, 1, 0, 0, 0, time.UTC)

func code(err error) string {
	if err == nil {
		return ""
	}
	return fault.Of(err).Code
}

// run plays "step outcome actor" lines and fails the test on any refusal;
// an outcome "<step" is a return to that step.
func run(t *testing.T, d Definition, moves ...string) State {
	t.Helper()
	s := d.Start(nine)
	for i, m := range moves {
		f := strings.Fields(m)
		at := nine.Add(time.Duration(i+1) * time.Hour)
		var err error
		if to, back := strings.CutPrefix(f[1], "<"); back {
			s, err = d.Return(s, f[0], to, f[2], "材料不清", at)
		} else {
			s, err = d.Complete(s, f[0], f[1], f[2], at)
		}
		if err != nil {
			t.Fatalf("%s: %v", m, err)
		}
	}
	return s
}

func open(s State) string {
	var keys []string
	for _, t := range s.Open {
		keys = append(keys, t.Step)
	}
	return strings.Join(keys, " ")
}

func TestStandardFlowsAreSound(t *testing.T) {
	for _, d := range []Definition{Standard(), Simple(), OnTheSpot(), JointReview(), Reported()} {
		if err := d.Check(); err != nil {
			t.Errorf("%s: %v", d.Name, err)
		}
		data, err := json.Marshal(d)
		if err != nil {
			t.Fatal(err)
		}
		back, err := Parse(data)
		if err != nil || !cmp.Equal(d, back) {
			t.Errorf("%s does not survive JSON: %v %s", d.Name, err, cmp.Diff(d, back))
		}
	}
}

// 行政许可法第三十二条、第四十二条、第四十四条: 5 to accept, 20 to decide, 10 to deliver.
func TestStandardLimitsKeepTheLaw(t *testing.T) {
	sum := map[Act]int{}
	for _, s := range Standard().Steps() {
		sum[s.Act] += s.Days
	}
	if sum[Accept] > 5 || sum[Examine]+sum[Review]+sum[Decide] > 20 || sum[Issue]+sum[Deliver] > 10 {
		t.Errorf("limits %v exceed the law", sum)
	}
}

func TestWaysThroughTheStandardFlow(t *testing.T) {
	upToDecision := []string{"accept accepted 甲", "examine support 乙", "review support 丙"}
	for name, c := range map[string]struct {
		moves []string
		open  string
	}{
		"started":         {nil, "accept"},
		"accepted":        {[]string{"accept accepted 甲"}, "examine"},
		"不需要许可 (32条一款一项)": {[]string{"accept not_required 甲"}, ""},
		"不属本机关职权 (32条一款二项)": {[]string{"accept not_competent 甲"}, ""},
		"granted":  {append(slices.Clone(upToDecision), "decide grant 丁"), "issue"},
		"refused":  {append(slices.Clone(upToDecision), "decide refuse 丁"), "deliver"},
		"returned": {append(slices.Clone(upToDecision), "decide <examine 丁"), "examine"},
		"finished": {append(slices.Clone(upToDecision), "decide grant 丁", "issue issued 甲", "deliver delivered 甲"), ""},
	} {
		s := run(t, Standard(), c.moves...)
		if open(s) != c.open || s.Ended() != (c.open == "") {
			t.Errorf("%s: open %q, want %q", name, open(s), c.open)
		}
	}
}

func TestHistoryKeepsEveryMove(t *testing.T) {
	s := run(t, Standard(), "accept accepted 甲", "examine support 乙", "review <examine 丙", "examine oppose 乙")
	want := Done{Step: "review", To: "examine", Reason: "材料不清", Actor: "丙", Since: nine.Add(2 * time.Hour), At: nine.Add(3 * time.Hour)}
	if diff := cmp.Diff(want, s.Done[2]); diff != "" || !s.Done[2].Returned() {
		t.Error(diff)
	}
	last, ok := s.Last("examine")
	if !ok || last.Outcome != Oppose {
		t.Errorf("last examination is %+v", last)
	}
	if _, ok := s.Last("review"); ok {
		t.Error("a return is not a completion")
	}
	tok, ok := s.Token("review")
	if !ok || !tok.Since.Equal(nine.Add(4*time.Hour)) {
		t.Errorf("token %+v", tok)
	}
	data, _ := json.Marshal(s)
	var back State
	if err := json.Unmarshal(data, &back); err != nil || !cmp.Equal(s, back) {
		t.Errorf("state does not survive JSON: %s", cmp.Diff(s, back))
	}
}

func TestRefusals(t *testing.T) {
	d := Standard()
	s := run(t, d, "accept accepted 甲", "examine support 乙")
	complete := func(step, outcome, actor string) error {
		_, err := d.Complete(s, step, outcome, actor, nine)
		return err
	}
	giveBack := func(from, to, actor, reason string) error {
		_, err := d.Return(s, from, to, actor, reason, nine)
		return err
	}
	for name, c := range map[string]struct {
		err  error
		code string
	}{
		"already done":           {complete("examine", "support", "丁"), "flow.not_open"},
		"not yet there":          {complete("decide", "grant", "丁"), "flow.not_open"},
		"no such step":           {complete("audit", "grant", "丁"), "flow.not_open"},
		"no such outcome":        {complete("review", "grant", "丁"), "flow.outcome_unknown"},
		"examiner reviews":       {complete("review", "support", "乙"), "flow.same_person"},
		"examiner sends back":    {giveBack("review", "examine", "乙", "理由"), "flow.same_person"},
		"back to accept":         {giveBack("review", "accept", "丙", "理由"), "flow.no_return"},
		"back to no step":        {giveBack("review", "audit", "丙", "理由"), "flow.no_return"},
		"back without a reason":  {giveBack("review", "examine", "丙", " \n"), "flow.return_reason"},
		"back with a long story": {giveBack("review", "examine", "丙", strings.Repeat("长", 10000)), "flow.return_reason_long"},
		"back from elsewhere":    {giveBack("decide", "examine", "丙", "理由"), "flow.not_open"},
	} {
		if code(c.err) != c.code {
			t.Errorf("%s: %v, want %s", name, c.err, c.code)
		}
	}
	var f *fault.Fault
	if !errors.As(d.May(s, "review", "乙"), &f) || f.Law != "审查与决定相分离" || f.Args["other"] != "承办" {
		t.Errorf("same person: %+v", f)
	}
	if f := fault.Of(complete("examine", "support", "丁")); f.Kind != fault.KindConflict || f.Args["step"] != "承办" {
		t.Errorf("not open: %+v", f)
	}
}

// Nobody escapes separation by a return: what an actor once did counts for
// good, whether it was a completion or a return, in either direction.
func TestSeparationSurvivesReturns(t *testing.T) {
	d := Standard()
	s := run(t, d, "accept accepted 甲", "examine support 乙", "review support 丙", "decide <examine 丁")
	for actor, want := range map[string]string{
		"乙": "", "戊": "", "甲": "",
		"丙": "flow.same_person", // has reviewed
		"丁": "flow.same_person", // has decided to send it back
	} {
		if got := code(d.May(s, "examine", actor)); got != want {
			t.Errorf("%s examines: %q, want %q", actor, got, want)
		}
	}
	s = run(t, d, "accept accepted 甲", "examine support 乙", "review <examine 丙", "examine support 戊")
	if got := code(d.May(s, "review", "乙")); got != "flow.same_person" {
		t.Errorf("the first examiner may review the second one's work: %q", got)
	}
	if err := d.May(s, "review", "丙"); err != nil {
		t.Errorf("the same reviewer may not go on: %v", err)
	}
}

func TestReturnsOffersOnlyStepsTheCaseWentThrough(t *testing.T) {
	d := Standard()
	accept := &d.Nodes[0].Step
	accept.Outcomes = append(accept.Outcomes, Outcome{Key: "direct", Name: "直接转审核", Next: "review"})
	offered := func(s State) string {
		var keys []string
		for _, st := range d.Returns(s, "decide") {
			keys = append(keys, st.Key)
		}
		return strings.Join(keys, " ")
	}
	if got := offered(run(t, d, "accept accepted 甲", "examine support 乙", "review support 丙")); got != "examine review" {
		t.Errorf("decide may return to %q", got)
	}
	s := run(t, d, "accept direct 甲", "review support 丙")
	if got := offered(s); got != "review" {
		t.Errorf("a case that was never examined may return to %q", got)
	}
	if _, err := d.Return(s, "decide", "examine", "丁", "理由", nine); code(err) != "flow.no_return" {
		t.Errorf("returned to a step it never was at: %v", err)
	}
}

func TestMovesLeaveTheOldStateAlone(t *testing.T) {
	d := Standard()
	s := run(t, d, "accept accepted 甲", "examine support 乙")
	before, _ := json.Marshal(s)
	a, _ := d.Complete(s, "review", "support", "丙", nine)
	b, _ := d.Return(s, "review", "examine", "丁", "理由", nine)
	if after, _ := json.Marshal(s); string(after) != string(before) {
		t.Error("the old state changed")
	}
	if a.Done[2].Actor != "丙" || b.Done[2].Actor != "丁" {
		t.Error("two futures of one state share their history")
	}
}

func TestLookups(t *testing.T) {
	d := Standard()
	if s, ok := d.StepOf(Decide); !ok || s.Key != "decide" {
		t.Errorf("decide is completed at %+v", s)
	}
	if _, ok := OnTheSpot().StepOf(Examine); ok {
		t.Error("即办 has no examination")
	}
	if _, ok := d.Step("nothing"); ok {
		t.Error("found a step that is not there")
	}
}
