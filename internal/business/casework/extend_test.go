package casework_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/deadline"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
)

func ask(w *casetest.World, c *casework.Case, days int, reasons string) error {
	return w.Casework.AskExtension(ctx, w.Actor("handler"), casework.AskExtension{Seen: casetest.Seen(c), Days: days, Reasons: reasons})
}

func answer(w *casetest.World, login string, c *casework.Case, yes bool) error {
	return w.Casework.Extend(ctx, w.Actor(login), casework.Extend{Seen: casetest.Seen(w.Case(c.ID)), Approve: yes, Answer: "可以按期办结"})
}

// 行政许可法第四十二条第一款: asked for with reasons, approved by the head of the
// body before the limit ends, once, and told to the applicant in writing.
func TestExtensionIsApprovedOnceAndTold(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		c := w.Walk(w.Submit(w.Food()), flow.Examine)
		if err := ask(w, c, 11, "专家意见不一致"); fault.Of(err) == nil || fault.Of(err).Law != "行政许可法第四十二条第一款" {
			t.Fatalf("eleven days: %v", err)
		}
		if err := ask(w, c, 10, " "); fault.Of(err) == nil || fault.Of(err).Fields[0].Name != "reasons" {
			t.Fatalf("without reasons: %v", err)
		}
		if err := ask(w, c, 10, "需要补充核实经营场所情况"); err != nil {
			t.Fatal(err)
		}
		if err := ask(w, w.Case(c.ID), 5, "再次申请"); !errors.Is(err, fault.Conflict("extend.asked")) {
			t.Fatalf("a second request beside the first: %v", err)
		}
		if err := answer(w, "reviewer", c, true); !errors.Is(err, fault.Denied("permission")) {
			t.Fatalf("a reviewer: %v", err)
		}
		if err := answer(w, "zj-decider", c, true); !errors.Is(err, fault.Missing("case.missing")) {
			t.Fatalf("another body's head: %v", err)
		}
		if all, err := w.Casework.Extensions(ctx, w.Actor("decider")); err != nil || len(all) != 1 || all[0].Number != c.Number {
			t.Fatalf("%v %v", all, err)
		}
		for login, want := range map[string]int{"decider": 1, "zj-decider": 0} {
			if n := w.Count(w.Casework.AskExtensions, w.Actor(login)); n != want {
				t.Fatalf("%s: %d wait", login, n)
			}
		}
		if err := answer(w, "decider", c, true); err != nil {
			t.Fatal(err)
		}
		got := w.Case(c.ID)
		if want := w.Calendar.Table().AddWorking(c.StatutoryDue, 10); got.StatutoryDue != want || got.Version != c.Version+2 {
			t.Fatalf("statutory %s, want %s", got.StatutoryDue, want)
		}
		if n := count(t, w, `select count(*) from document where case_id = $1 and kind = 'YQ'`, c.ID); n != 1 {
			t.Fatalf("%d notices", n)
		}
		if err := ask(w, got, 10, "还需要时间"); !errors.Is(err, fault.Refused("extend.once", "")) {
			t.Fatalf("a second extension: %v", err)
		}
	})
}

// A request that comes, or is approved, a day after the limit ended is refused
// with the rule.
func TestExtensionADayLate(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		c := w.Walk(w.Submit(w.Food()), flow.Examine)
		asked := w.Walk(w.Submit(w.Food()), flow.Examine)
		if err := ask(w, asked, 10, "需要核实"); err != nil {
			t.Fatal(err)
		}
		w.Clock.Set(c.StatutoryDue.Time().Add(23 * time.Hour))
		if err := ask(w, w.Case(c.ID), 1, "最后一天"); err != nil {
			t.Fatalf("on the last day: %v", err)
		}
		w.Clock.Set((c.StatutoryDue + 1).Time())
		err := answer(w, "decider", asked, true)
		if f := fault.Of(err); f == nil || f.Code != "extend.late" || f.Law != "行政许可法第四十二条第一款" {
			t.Fatalf("approved a day late: %v", err)
		}
		if err := answer(w, "decider", asked, false); err != nil {
			t.Fatalf("declined: %v", err)
		}
	})
}

// A decision after the promised day needs its reason for the public, in the act
// or before it (优化营商环境条例第三十六条).
func TestAMissedPromiseIsExplainedInPublic(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		c := w.Walk(w.Submit(w.Food()), flow.Decide)
		late := casework.ExplainLate{Seen: casetest.Seen(c), Reason: "同期申请集中"}
		if err := w.Casework.ExplainLate(ctx, w.Actor("handler"), late); !errors.Is(err, fault.Refused("late.in_time", "")) {
			t.Fatalf("in time: %v", err)
		}
		w.Clock.Set((c.PromisedDue + 1).Time())
		in := casework.Decide{Seen: casetest.Seen(c), Grant: true, Opinion: "同意。"}
		err := w.Casework.Decide(ctx, w.Actor("decider"), in)
		if f := fault.Of(err); f == nil || f.Fields[0].Code != "late.unexplained" || f.Law != "优化营商环境条例第三十六条" {
			t.Fatalf("without a reason: %v", err)
		}
		in.Late = "同期申请集中，审查排队"
		if err := w.Casework.Decide(ctx, w.Actor("decider"), in); err != nil {
			t.Fatal(err)
		}
		p, err := w.Casework.Progress(ctx, c.Number, w.Casework.CheckCode(c))
		if err != nil || p.Late == nil || !strings.Contains(p.Late.Reason, "排队") {
			t.Fatalf("the public is not told: %+v %v", p, err)
		}
		late.Seen = casetest.Seen(w.Case(c.ID))
		if err := w.Casework.ExplainLate(ctx, w.Actor("handler"), late); !errors.Is(err, fault.Conflict("late.explained")) {
			t.Fatalf("again: %v", err)
		}
	})
}

// Every limit of a case stands beside the others, each with its derivation.
func TestTimetable(t *testing.T) {
	w := casetest.SQLite(t)
	clocks := func(c *casework.Case) map[string]casework.Timed {
		d, err := w.Casework.Dossier(ctx, w.Actor("supervisor"), c.ID)
		if err != nil {
			t.Fatal(err)
		}
		out := map[string]casework.Timed{}
		for _, x := range d.Timetable(w.Calendar.Table()) {
			if len(x.Due.Days) == 0 {
				t.Errorf("%s has no derivation", x.Clock)
			}
			out[x.Clock] = x
		}
		return out
	}
	c := w.Submit(w.Food())
	if x := clocks(c)[casework.ClockAccept]; x.Due.Day != calendar.MustDay("2026-09-20") || !x.Running { // that Sunday is worked
		t.Errorf("answer %+v", x.Due.Day)
	}
	m := w.Food().Materials[0]
	second := w.Submit(w.Food())
	if err := w.Casework.NotifySupplement(ctx, w.Actor("clerk"), casework.NotifySupplement{Seen: casetest.Seen(second), Days: 10,
		Items: []casework.Item{{Material: m.No, Name: m.Name, Problem: "不清晰", Standard: "清晰"}}}); err != nil {
		t.Fatal(err)
	}
	if x := clocks(second)[casework.ClockSupplement]; !x.Applicants || !x.Running || x.Due.Day != w.Calendar.Table().AddWorking(calendar.DayOf(w.Clock.Now()), 10) {
		t.Errorf("supplement %+v", x)
	}
	c = w.Walk(c, flow.Examine)
	all := clocks(c)
	if all[casework.ClockStatutory].Due.Day != c.StatutoryDue || all[casework.ClockPromised].Due.Day != c.PromisedDue {
		t.Errorf("%+v", all)
	}
	if x := all[casework.ClockStep]; x.Step == "" || x.Limit.Unit != deadline.Working {
		t.Errorf("the step %+v", x)
	}
	c = w.Walk(c, flow.Issue)
	if x := clocks(c)[casework.ClockDeliver]; x.Due.Day != c.DeliveryDue(w.Calendar.Table()) || x.Limit.N != 10 {
		t.Errorf("delivery %+v", x)
	}
}

// 行政许可法第四十二条第二款: handled together within 45 working days, extended by
// up to 15 by the head of the level's government, whose office, approval number
// and day stand in the notice; the head of the body puts it on record and cannot
// approve in its place.
func TestJointHandlingIsExtendedByTheGovernment(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		impl := w.Matter("娱乐场所")
		c := w.Walk(w.Submit(impl), flow.Examine)
		cal := w.Calendar.Table()
		if !impl.Jointly() || c.StatutoryDue != cal.AddWorking(calendar.DayOf(c.AcceptedAt), 45) || c.PromisedDue != cal.AddWorking(calendar.DayOf(c.AcceptedAt), 20) {
			t.Fatalf("statutory %s, promised %s", c.StatutoryDue, c.PromisedDue)
		}
		if err := ask(w, c, 16, "需要听取各方意见"); fault.Of(err) == nil || fault.Of(err).Law != "行政许可法第四十二条第二款" {
			t.Fatalf("sixteen days: %v", err)
		}
		if err := ask(w, c, 15, "需要听取各方意见"); err != nil {
			t.Fatal(err)
		}
		today := calendar.DayOf(w.Clock.Now())
		whole := casework.Government{Approver: "副市长周某", Number: "定政批〔2026〕3号", On: today}
		extend := func(g casework.Government) error {
			return w.Casework.Extend(ctx, w.Actor("decider"), casework.Extend{Seen: casetest.Seen(w.Case(c.ID)), Approve: true, Government: g})
		}
		for name, g := range map[string]casework.Government{
			"approver": {Number: whole.Number, On: today}, "number": {Approver: whole.Approver, On: today},
			"on": {Approver: whole.Approver, Number: whole.Number, On: today + 1},
		} {
			if f := fault.Of(extend(g)); f == nil || f.Law != "行政许可法第四十二条第二款" || len(f.Fields) != 1 || f.Fields[0].Name != name {
				t.Errorf("without %s: %v", name, f)
			}
		}
		if err := extend(whole); err != nil {
			t.Fatal(err)
		}
		if got := w.Case(c.ID); got.StatutoryDue != cal.AddWorking(c.StatutoryDue, 15) || got.PromisedDue != c.PromisedDue {
			t.Errorf("statutory %s, promised %s", got.StatutoryDue, got.PromisedDue)
		}
		if n := count(t, w, `select count(*) from document where case_id = $1 and kind = 'YQ' and content like '%定州市人民政府负责人（副市长周某，%，定政批〔2026〕3号）%'`, c.ID); n != 1 {
			t.Errorf("%d notices name the government's approval", n)
		}
	})
}

// 行政许可法第四十二条第二款: the head of the government signs in and approves, or
// declines with reasons; nobody of the body does it in their place, and the file of
// no other case is open to them.
func TestTheHeadOfTheGovernmentExtends(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		ctx, gov := context.Background(), w.Actor("government")
		joint, plain := w.Walk(w.Submit(w.Matter("娱乐场所")), flow.Examine), w.Walk(w.Submit(w.Food()), flow.Examine)
		if _, err := w.Casework.Dossier(ctx, gov, joint.ID); fault.Of(err) == nil || fault.Of(err).Code != "case.missing" {
			t.Errorf("reads what it was not asked about: %v", err)
		}
		ask := func(c *casework.Case, days int) {
			t.Helper()
			if err := w.Casework.AskExtension(ctx, w.Actor("handler"), casework.AskExtension{Seen: casetest.Seen(w.Case(c.ID)), Days: days, Reasons: "需要听取各方意见。"}); err != nil {
				t.Fatal(err)
			}
		}
		ask(joint, 15)
		ask(plain, 10)
		list, err := w.Casework.Extensions(ctx, gov)
		if err != nil || len(list) != 1 || list[0].CaseID != joint.ID {
			t.Fatalf("%+v %v", list, err)
		}
		if n := w.Count(w.Casework.AskExtensions, gov); n != 1 {
			t.Errorf("%d wait", n)
		}
		if _, err := w.Casework.Dossier(ctx, gov, joint.ID); err != nil {
			t.Errorf("does not read what it is asked about: %v", err)
		}
		seen := func(c *casework.Case) casework.Seen { return casetest.Seen(w.Case(c.ID)) }
		if err := w.Casework.ExtendJoint(ctx, w.Actor("decider"), casework.ExtendJoint{Seen: seen(joint), Approve: true}); fault.Of(err) == nil || fault.Of(err).Kind != fault.KindDenied {
			t.Errorf("the head of the body in its place: %v", err)
		}
		if err := w.Casework.ExtendJoint(ctx, gov, casework.ExtendJoint{Seen: seen(plain), Approve: true}); fault.Of(err) == nil || fault.Of(err).Code != "case.missing" {
			t.Errorf("what is not joint: %v", err)
		}
		if err := w.Casework.Decide(ctx, gov, casework.Decide{Seen: seen(joint), Opinion: "x"}); fault.Of(err) == nil || fault.Of(err).Kind != fault.KindDenied {
			t.Errorf("the government decides: %v", err)
		}
		refused := casework.ExtendJoint{Seen: seen(joint)}
		if err := w.Casework.ExtendJoint(ctx, gov, refused); fault.Of(err) == nil || fault.Of(err).Fields[0].Name != "answer" {
			t.Errorf("declined without reasons: %v", err)
		}
		refused.Answer = "请各部门抓紧办理。"
		if err := w.Casework.ExtendJoint(ctx, gov, refused); err != nil {
			t.Fatal(err)
		}
		due := w.Case(joint.ID).StatutoryDue
		ask(joint, 15)
		if err := w.Casework.ExtendJoint(ctx, gov, casework.ExtendJoint{Seen: seen(joint), Approve: true}); err != nil {
			t.Fatal(err)
		}
		c := w.Case(joint.ID)
		if c.StatutoryDue != calendar.Builtin().AddWorking(due, 15) || c.Course.Extensions[0].ApprovedBy != "定州市人民政府负责人刘振华" {
			t.Errorf("%s, was %s: %+v", c.StatutoryDue, due, c.Course.Extensions)
		}
	})
}

// Where the only head of a body is challenged, the head of the government answers,
// and no other challenge of the case.
func TestTheGovernmentAnswersForAHead(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		ctx, gov := context.Background(), w.Actor("government")
		c := w.Walk(w.Submit(w.Food()), flow.Examine)
		for _, login := range []string{"decider", "reviewer"} {
			if err := w.Casework.Challenge(ctx, w.Actor("lina"), challenged(w, c, login)); err != nil {
				t.Fatal(err)
			}
		}
		list, _, err := w.Casework.ChallengeList(ctx, gov, staff.ChallengeDecide, casework.ChallengeFilter{Open: true})
		if err != nil || len(list) != 1 || list[0].AccountID != w.Actor("decider").AccountID {
			t.Fatalf("%+v %v", list, err)
		}
		all, err := w.Casework.Challenges(ctx, gov, c.ID)
		if err != nil || len(all) != 2 {
			t.Fatalf("%+v %v", all, err)
		}
		for _, x := range all {
			err := w.Casework.GovernChallenge(ctx, gov, casework.DecideChallenge{Seen: casework.Seen{CaseID: c.ID}, ChallengeID: x.ID, Answer: "不属实。"})
			if x.AccountID == list[0].AccountID && err != nil {
				t.Error(err)
			} else if x.AccountID != list[0].AccountID {
				refusedBy(t, err, "challenge.body_first", "公务员法第七十七条")
			}
		}
	})
}
