package casework_test

import (
	"context"
	"strings"
	"sync"
	"testing"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// joint is an entertainment case at its joint examination.
func joint(w *casetest.World) *casework.Case {
	w.T.Helper()
	c := w.Walk(w.Submit(w.Matter("娱乐场所")), flow.Examine)
	if err := w.Step(c, stepOf(w, c, "examine")); err != nil {
		w.T.Fatal(err)
	}
	c = w.Case(c.ID)
	if c.Steps() != "culture_examine,police_opine,fire_opine" {
		w.T.Fatalf("at %s", c.Steps())
	}
	return c
}

func stepOf(w *casetest.World, c *casework.Case, key string) flow.Step {
	w.T.Helper()
	impl, err := w.Catalog.ByID(context.Background(), c.ImplementationID)
	if err != nil {
		w.T.Fatal(err)
	}
	s, ok := impl.Flow.Step(key)
	if !ok {
		w.T.Fatalf("no step %s", key)
	}
	return s
}

func opine(c *casework.Case, step, outcome string) casework.Advance {
	act := flow.Opine
	if strings.HasSuffix(step, "examine") {
		act = flow.Examine
	}
	return casework.Advance{Seen: casetest.Seen(c), Spot: casework.Spot{Step: step}, Act: act, Outcome: outcome, Opinion: "从本部门职责看，符合要求。"}
}

func codeOf(err error) string {
	if f := fault.Of(err); f != nil {
		if len(f.Fields) > 0 {
			return f.Fields[0].Code
		}
		return f.Code
	}
	return ""
}

// Another department's officer sees the case on the work list, reads it, does
// the step that is theirs and nothing else; the department that was not asked
// does not learn that the case exists.
func TestAnotherBodyActsAtItsOwnStepOnly(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		ctx := context.Background()
		c := joint(w)
		police, fire, stranger := w.Actor("ga-handler"), w.Actor("xf-handler"), w.Actor("zj-handler")
		for login, want := range map[string]int{"ga-handler": 1, "xf-handler": 1, "wl-handler": 1, "zj-handler": 0, "handler": 0} {
			page, err := w.Casework.WorkList(ctx, w.Actor(login), casework.Filter{})
			if err != nil || len(page.Tasks) != want {
				t.Errorf("%s has %d tasks, %v", login, len(page.Tasks), err)
			}
		}
		if _, err := w.Casework.Dossier(ctx, police, c.ID); err != nil {
			t.Errorf("the body that is asked cannot read: %v", err)
		}
		if _, err := w.Casework.Dossier(ctx, stranger, c.ID); codeOf(err) != "case.missing" {
			t.Errorf("a stranger reads: %v", err)
		}
		if err := w.Casework.Advance(ctx, police, opine(c, "fire_opine", flow.Support)); codeOf(err) != "case.not_at_step" {
			t.Errorf("the police do the fire brigade's step: %v", err)
		}
		if err := w.Casework.Advance(ctx, stranger, opine(c, "fire_opine", flow.Support)); codeOf(err) != "case.missing" {
			t.Errorf("a stranger does it: %v", err)
		}
		if err := w.Casework.Advance(ctx, w.Actor("handler"), opine(c, "fire_opine", flow.Support)); codeOf(err) != "case.not_at_step" {
			t.Errorf("the deciding body does it: %v", err)
		}
		if err := w.Casework.Consult(ctx, police, casework.Consult{Seen: casetest.Seen(c), BodyID: "dz-wjj", Question: "卫生条件", Days: 3}); codeOf(err) != "case.missing" {
			t.Errorf("a guest does what is the host's: %v", err)
		}
		if err := w.Casework.Advance(ctx, fire, opine(c, "fire_opine", flow.Support)); err != nil {
			t.Fatal(err)
		}
		// The page that the police opened before still serves: another branch is not theirs.
		token, _ := c.Flow.Token("police_opine")
		in := opine(c, "police_opine", flow.Support)
		if err := w.Casework.Advance(ctx, police, in); codeOf(err) != "case.stale" {
			t.Errorf("without the instant it is stale: %v", err)
		}
		in.Since = token.Since
		if err := w.Casework.Advance(ctx, police, in); err != nil {
			t.Errorf("what another branch did stands in the way: %v", err)
		}
		if page, _ := w.Casework.WorkList(ctx, police, casework.Filter{}); len(page.Tasks) != 0 {
			t.Error("the line is still there")
		}
		if _, err := w.Casework.Dossier(ctx, police, c.ID); err != nil {
			t.Errorf("the body that gave its opinion cannot read any more: %v", err)
		}
	})
}

// 64 people at once at the three branches of one case: each branch is done
// once, the join fires once, the case goes on once.
func TestSixtyFourAtOneBlock(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		ctx := context.Background()
		c := joint(w)
		steps := []string{"culture_examine", "police_opine", "fire_opine"}
		actors := []staff.Actor{w.Actor("wl-handler"), w.Actor("ga-handler"), w.Actor("xf-handler")}
		errs := make([]error, 64)
		var group sync.WaitGroup
		for i := range errs {
			group.Go(func() {
				in := opine(c, steps[i%3], flow.Support)
				in.Version = 0
				errs[i] = w.Casework.Advance(ctx, actors[i%3], in)
			})
		}
		group.Wait()
		done := map[int]int{}
		for i, err := range errs {
			if err == nil {
				done[i%3]++
			} else if f := fault.Of(err); f.Kind != fault.KindConflict {
				t.Errorf("%v", err)
			}
		}
		now := w.Case(c.ID)
		count := map[string]int{}
		for _, d := range now.Flow.Done {
			count[d.Step]++
		}
		for i, s := range steps {
			if done[i] != 1 || count[s] != 1 {
				t.Errorf("%s: %d succeeded, %d on record", s, done[i], count[s])
			}
		}
		if count["joint"] != 1 || now.Steps() != "meet" || now.Version != c.Version+3 {
			t.Errorf("the join fired %d times; at %s, version %d after %d", count["joint"], now.Steps(), now.Version, c.Version)
		}
		var history, tasks int
		w.Read(func(tx *db.Tx) error {
			if err := tx.Row(`select count(*) from case_event where case_id = $1 and kind in ('case.opined', 'case.advanced') and step <> 'examine'`, c.ID).Scan(&history); err != nil {
				return err
			}
			return tx.Row(`select count(*) from task where case_id = $1`, c.ID).Scan(&tasks)
		})
		if history != 3 || tasks != 1 {
			t.Errorf("%d happenings, %d tasks", history, tasks)
		}
	})
}

// 联审会议: every body with a part comes, the minutes stay, and their conclusion
// binds the decision (行政许可法第二十六条第二款).
func TestTheMeetingBinds(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		ctx := context.Background()
		c := w.Walk(joint(w), flow.Meet)
		chair := w.Actor("reviewer")
		hold := func(change func(*casework.HoldMeeting)) error {
			in := casework.HoldMeeting{Seen: casetest.Seen(w.Case(c.ID)), Minutes: w.Minutes(c), Outcome: flow.Oppose}
			change(&in)
			return w.Casework.HoldMeeting(ctx, chair, in)
		}
		for name, x := range map[string]struct {
			change func(*casework.HoldMeeting)
			want   string
		}{
			"tomorrow":         {func(in *casework.HoldMeeting) { in.On++ }, "meeting.day"},
			"no place":         {func(in *casework.HoldMeeting) { in.Place = " " }, "meeting.short"},
			"no minutes":       {func(in *casework.HoldMeeting) { in.Text = "" }, "meeting.text"},
			"a body is absent": {func(in *casework.HoldMeeting) { in.Attendees = in.Attendees[1:] }, "meeting.absent"},
			"nobody by name":   {func(in *casework.HoldMeeting) { in.Attendees[0].Person = "" }, "meeting.attendee"},
			"no stance":        {func(in *casework.HoldMeeting) { in.Attendees[0].Stance = "" }, "meeting.attendee"},
			"no conclusion":    {func(in *casework.HoldMeeting) { in.Outcome = "later" }, "flow.outcome_unknown"},
		} {
			if err := hold(x.change); codeOf(err) != x.want {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := hold(func(*casework.HoldMeeting) {}); err != nil {
			t.Fatal(err)
		}
		d, err := w.Casework.Dossier(ctx, chair, c.ID)
		if err != nil {
			t.Fatal(err)
		}
		last := d.History[len(d.History)-1]
		if last.Kind != "case.met" || !strings.Contains(last.Data, "定州市公安局") {
			t.Errorf("minutes: %+v", last)
		}
		c = w.Walk(c, flow.Decide)
		grant := casework.Decide{Seen: casetest.Seen(c), Grant: true, Opinion: "同意。"}
		if f := fault.Of(w.Casework.Decide(ctx, w.Actor("decider"), grant)); f == nil || f.Code != "decide.opposed" || f.Law != "行政许可法第二十六条第二款" {
			t.Errorf("granted against the minutes: %v", f)
		}
	})
}

// The consultation stops no clock (行政许可法第四十五条 does not name it), is
// answered once, by the body that was asked.
func TestConsulting(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		ctx := context.Background()
		c := w.Walk(w.Submit(w.Food()), flow.Examine)
		handler, zj := w.Actor("handler"), w.Actor("zj-handler")
		ask := func(body string, days int) error {
			return w.Casework.Consult(ctx, handler, casework.Consult{Seen: casetest.Seen(w.Case(c.ID)), BodyID: body, Question: "请核对房屋用途", Days: days})
		}
		for body, want := range map[string]string{"dz-spj": "consult.body", "nobody": "consult.body"} {
			if err := ask(body, 5); codeOf(err) != want {
				t.Errorf("%s: %v", body, err)
			}
		}
		if err := ask("dz-zjj", 16); codeOf(err) != "consult.days" {
			t.Errorf("too long: %v", err)
		}
		if err := ask("dz-zjj", 5); err != nil {
			t.Fatal(err)
		}
		if err := ask("dz-zjj", 5); codeOf(err) != "consult.open" {
			t.Errorf("twice: %v", err)
		}
		now := w.Case(c.ID)
		if now.StatutoryDue != c.StatutoryDue || now.PromisedDue != c.PromisedDue || now.Steps() != c.Steps() {
			t.Error("the clock or the step moved")
		}
		page, err := w.Casework.WorkList(ctx, zj, casework.Filter{})
		if err != nil || len(page.Tasks) != 1 || page.Tasks[0].Due != w.Casework.Calendar().AddWorking(calendar.DayOf(w.Clock.Now()), 5) {
			t.Fatalf("%+v %v", page.Tasks, err)
		}
		all, err := w.Casework.Consultations(ctx, zj, c.ID)
		if err != nil || len(all) != 1 || !all[0].Open() {
			t.Fatalf("%+v %v", all, err)
		}
		answer := casework.Opine{CaseID: c.ID, ID: all[0].ID, Stance: flow.Support, Opinion: "房屋规划用途为商业。"}
		if err := w.Casework.Opine(ctx, w.Actor("gh-handler"), answer); codeOf(err) != "case.missing" {
			t.Errorf("another body answers: %v", err)
		}
		if err := w.Casework.Opine(ctx, handler, answer); codeOf(err) != "consult.missing" {
			t.Errorf("who asked answers: %v", err)
		}
		if err := w.Casework.Advance(ctx, zj, casework.Advance{Seen: casetest.Seen(w.Case(c.ID)), Act: flow.Examine, Outcome: flow.Support, Opinion: "同意"}); codeOf(err) != "case.missing" {
			t.Errorf("who is asked examines: %v", err)
		}
		if err := w.Casework.Opine(ctx, zj, answer); err != nil {
			t.Fatal(err)
		}
		if err := w.Casework.Opine(ctx, zj, answer); codeOf(err) != "consult.answered" {
			t.Errorf("answered twice: %v", err)
		}
		if page, _ := w.Casework.WorkList(ctx, zj, casework.Filter{}); len(page.Tasks) != 0 {
			t.Error("the line is still there")
		}
		// What is asked and never answered does not outlive the case.
		if err := ask("dz-zrgh", 5); err != nil {
			t.Fatal(err)
		}
		w.Walk(w.Case(c.ID), "")
		if page, _ := w.Casework.WorkList(ctx, w.Actor("gh-handler"), casework.Filter{}); len(page.Tasks) != 0 {
			t.Error("the question outlived the case")
		}
	})
}

// 下级初审 (行政许可法第三十五条、第四十三条): the township examines within twenty
// working days from acceptance and reports upward; the higher body decides on
// what was handed in once.
func TestTheTownshipExaminesAndReports(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		ctx := context.Background()
		c := w.Walk(w.Submit(w.Matter("乡村建设规划许可")), flow.Examine)
		if c.Flow.LowerID != "dz-t101" || c.BodyID != "dz-zrgh" {
			t.Fatalf("lower %q, body %s", c.Flow.LowerID, c.BodyID)
		}
		town := w.Actor("town")
		page, err := w.Casework.WorkList(ctx, town, casework.Filter{Role: staff.Handler})
		if err != nil || len(page.Tasks) != 1 {
			t.Fatalf("%+v %v", page.Tasks, err)
		}
		if most := w.Casework.Calendar().AddWorking(calendar.DayOf(c.AcceptedAt), 20); page.Tasks[0].Due > most {
			t.Errorf("due %s, by law %s", page.Tasks[0].Due, most)
		}
		in := casework.Advance{Seen: casetest.Seen(c), Act: flow.Examine, Outcome: flow.Support, Opinion: "符合村庄规划，同意上报。"}
		if err := w.Casework.Advance(ctx, w.Actor("gh-handler"), in); codeOf(err) != "case.not_at_step" {
			t.Errorf("the higher body examines in its place: %v", err)
		}
		if err := w.Casework.Advance(ctx, town, in); err != nil {
			t.Fatal(err)
		}
		d, err := w.Casework.Dossier(ctx, w.Actor("gh-reviewer"), c.ID)
		if err != nil {
			t.Fatal(err)
		}
		if last := d.History[len(d.History)-1]; last.Kind != "case.reported_up" || last.Note != "符合村庄规划，同意上报。" {
			t.Errorf("%+v", last)
		}
		for _, m := range d.Materials {
			if m.AskedOf(d.Values) && !m.There() {
				t.Errorf("%s did not go up", m.Name)
			}
		}
		err = w.Casework.NotifySupplement(ctx, w.Actor("clerk"), casework.NotifySupplement{Seen: casetest.Seen(w.Case(c.ID)),
			Items: []casework.Item{{Material: "002", Name: "会议记录", Problem: "再交一份", Standard: "原件"}}})
		if f := fault.Of(err); f == nil || f.Kind != fault.KindRefused && f.Kind != fault.KindConflict {
			t.Errorf("materials are asked for again: %v", err)
		}
		if c := w.Walk(w.Case(c.ID), ""); c.Status != casework.StatusConcluded {
			t.Errorf("ends as %s", c.Status)
		}
	})
}
