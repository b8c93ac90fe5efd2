package procedure

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/deadline"
	"onewindow/internal/business/document"
	"onewindow/internal/business/flow"
	"onewindow/internal/kit/fault"
)

// 行政许可法第四十五条: what may stop the clock of which matter, and for how long.
func TestChoose(t *testing.T) {
	plain := &catalog.Implementation{}
	own := &catalog.Implementation{Special: []catalog.SpecialProcedure{
		{Kind: "expert", Name: "专家评审", StopsClock: true, Days: 15, Law: "某条例第九条"},
		{Kind: "statute", Name: "征求意见", StopsClock: true, Days: 5, Law: "某条例第十九条"},
		{Kind: "testing", Name: "检测", Law: "某条例第八条"},
		{Kind: "hearing", Name: "听证", StopsClock: true, Law: "某条例第七条"},
	}}
	for name, tc := range map[string]struct {
		impl *catalog.Implementation
		kind Kind
		days int
		code string
	}{
		"article 45":                            {plain, Inspection, 10, ""},
		"article 45 without a stop":             {plain, Inspection, 0, ""},
		"negative days":                         {plain, Inspection, -1, "procedure.days"},
		"without end":                           {plain, Inspection, 251, "procedure.days"},
		"a site visit never stops":              {plain, SiteVisit, 3, "procedure.never_stops"},
		"a consultation never stops":            {plain, "consultation", 3, "procedure.never_stops"},
		"publicity never stops":                 {plain, "publicity", 3, "procedure.never_stops"},
		"a payment never stops":                 {plain, "fee", 3, "procedure.never_stops"},
		"an examination never stops":            {plain, Examination, 3, "procedure.never_stops"},
		"an examination runs":                   {plain, Examination, 0, ""},
		"no law of its own":                     {plain, Statute, 5, "procedure.no_own_law"},
		"its own law":                           {own, Statute, 5, ""},
		"not longer than its own law":           {own, Statute, 6, "procedure.days"},
		"not longer than the matter says":       {own, ExpertReview, 16, "procedure.days"},
		"the matter says that it counts":        {own, Testing, 3, "procedure.counts"},
		"… and then it runs beside the clock":   {own, Testing, 0, ""},
		"hearings are begun on their own pages": {own, "hearing", 20, "procedure.hearing_apart"},
		"nothing known":                         {own, "holiday", 0, "procedure.kind"},
	} {
		_, err := choose(tc.impl, tc.kind, "", tc.days)
		f := fault.Of(err)
		switch {
		case tc.code == "" && err != nil, tc.code != "" && err == nil:
			t.Errorf("%s: %v", name, err)
		case f != nil && f.Code != tc.code && (len(f.Fields) == 0 || f.Fields[0].Code != tc.code):
			t.Errorf("%s: %v, want %s", name, err, tc.code)
		}
	}
}

// The clock against a clerk who walks day by day: a working day counts unless a
// notice that goes on, or went on, covers it; overlapping stops leave a day out
// once, and no stop leaves out more than the days that its notice named.
func TestClockAgreesWithTheClerk(t *testing.T) {
	cal := calendar.Builtin()
	rapid.Check(t, func(r *rapid.T) {
		start := calendar.MustDay("2026-01-05").AddDays(rapid.IntRange(0, 200).Draw(r, "start"))
		at := start.Time().Add(9 * time.Hour)
		n := rapid.IntRange(1, 30).Draw(r, "limit")
		impl := &catalog.Implementation{Statutory: &catalog.Limit{Limit: deadline.Limit{N: n, Unit: deadline.Working, Start: deadline.Accepted}}}
		c := &casework.Case{Status: casework.StatusHandling, ReceivedAt: at, CompleteAt: at, AcceptedAt: at}
		due := func() calendar.Day { return c.Clocks(impl, cal).Statutory.Due.Day }
		type stop struct {
			p        Procedure
			from, to calendar.Day
		}
		var all []stop
		today := start
		for range rapid.IntRange(0, 12).Draw(r, "acts") {
			today = today.AddDays(rapid.IntRange(0, 6).Draw(r, "wait"))
			c.StatutoryDue = due()
			if rapid.Bool().Draw(r, "begin") {
				kind := rapid.SampledFrom(article45).Draw(r, "kind")
				days := rapid.IntRange(1, 12).Draw(r, "days")
				var have []Procedure
				for _, s := range all {
					have = append(have, s.p)
				}
				err := mayBegin(c, have, Choice{Kind: kind, Name: names[kind], Stops: true}, days, today)
				if over := today > c.StatutoryDue; over != (fault.Of(err) != nil && fault.Of(err).Code == "procedure.too_late") && !runs(have, kind) {
					r.Fatalf("begun on %s with due day %s: %v", today, c.StatutoryDue, err)
				}
				if err != nil {
					continue
				}
				p := Procedure{ID: string(rune('a' + len(all))), Kind: kind, Name: names[kind], State: Open, Days: days, From: today}
				if err := c.Pause(p.pause(), impl, cal); err != nil {
					r.Fatal(err)
				}
				all = append(all, stop{p, today, lastOf(cal, today, days)})
			} else if i := rapid.IntRange(0, 12).Draw(r, "which"); i < len(all) && all[i].p.State == Open {
				if err := c.Resume(all[i].p.ID, today); err != nil {
					r.Fatal(err)
				}
				all[i].p.State, all[i].to = Done, min(all[i].to, today)
			}
		}
		day, left := start, n
		for left > 0 {
			day++
			stands := false
			for _, s := range all {
				stands = stands || s.from <= day && day <= s.to
			}
			if cal.Working(day) && !stands {
				left--
			}
		}
		if got := due(); got != day {
			r.Fatalf("due %s, the clerk says %s: %+v", got, day, c.Course.Pauses)
		}
	})
}

func runs(all []Procedure, k Kind) bool {
	for _, p := range all {
		if p.Kind == k && p.State == Open {
			return true
		}
	}
	return false
}

// lastOf is the last of so many working days, from being the first if it is
// one.
func lastOf(cal *calendar.Table, from calendar.Day, days int) calendar.Day {
	for day := from; ; day++ {
		if cal.Working(day) {
			if days--; days == 0 {
				return day
			}
		}
	}
}

// 专家评审: the clock stands between the notice and the conclusion, nothing is
// decided meanwhile, and both notices are issued.
func TestExpertReview(t *testing.T) {
	each(t, func(t *testing.T, c city) {
		k := c.at("节能审查", flow.Decide)
		who, before := c.Actor("handler"), c.Case(k.ID).StatutoryDue
		in := Begin{Seen: casework.Seen{CaseID: k.ID}, Kind: ExpertReview, Days: 15, Why: "项目能耗较大"}
		_, err := c.Begin(ctx, c.Actor("decider"), in)
		c.refused(err, "permission")
		_, err = c.Begin(ctx, c.Actor("zj-handler"), in)
		c.refused(err, "case.missing")
		id, err := c.Begin(ctx, who, in)
		c.ok(err)
		projected := c.Case(k.ID).StatutoryDue
		if c.kinds(k.ID)[document.TBCX] != 1 || projected <= before {
			t.Errorf("documents %v, due %s → %s", c.kinds(k.ID), before, projected)
		}
		_, err = c.Begin(ctx, who, in)
		c.refused(err, "procedure.running_already")
		c.refused(c.decide(k, true, ""), "procedure.holds")
		c.refused(c.End(ctx, who, End{c.seen(id)}), "procedure.not_ready")

		rec := Record{Seen: c.seen(id), HeldAt: c.Clock.Now(), Findings: "同意报告结论", Conclusion: Passed, Opinions: []Opinion{{"可行", true}, {"可行", true}, {}}}
		c.refused(c.Record(ctx, who, rec), "procedure.no_panel")
		panel := SetPanel{Seen: c.seen(id), At: c.Clock.Now().Add(48 * time.Hour), Place: "局三楼会议室", Panel: []Expert{{Name: "甲", Unit: "设计院"}, {Name: "乙", Unit: k.ApplicantName}}}
		c.refused(c.SetPanel(ctx, who, panel), "procedure.expert_recuse")
		panel.Panel[1].Recused = "申请人单位人员"
		c.refused(c.SetPanel(ctx, who, panel), "procedure.experts")
		panel.Panel = []Expert{{Name: "甲", Unit: "设计院"}, {Name: "丙", Unit: "大学"}, panel.Panel[1]}
		c.ok(c.SetPanel(ctx, who, panel))
		c.Clock.Advance(4 * 24 * time.Hour)
		rec.Seen, rec.HeldAt = c.seen(id), c.Clock.Now().Add(-time.Hour)
		c.refused(c.Record(ctx, who, rec), "procedure.signed_record")
		c.ok(c.add(who, id, "评审记录.pdf", casetest.PDF))
		rec.Seen = c.seen(id)
		rec.Opinions[1].Text = ""
		c.refused(c.Record(ctx, who, rec), "text.required")
		rec.Opinions[1].Text = "补充计算后可行"
		c.ok(c.Record(ctx, who, rec))
		c.refused(c.decide(k, true, ""), "procedure.holds")
		c.ok(c.End(ctx, who, End{c.seen(id)}))
		now := c.Case(k.ID)
		if c.kinds(k.ID)[document.TBJS] != 1 || now.StatutoryDue <= before || now.StatutoryDue >= projected {
			t.Errorf("documents %v, due %s, projected %s, now %s", c.kinds(k.ID), before, projected, now.StatutoryDue)
		}
		c.refused(c.End(ctx, who, End{c.seen(id)}), "procedure.not_ready")
		c.ok(c.decide(k, true, ""))
	})
}

// 行政许可法第五十五条: two officers within five working days of acceptance, the
// standard named; a failed result binds the decision and its reasons.
func TestInspection(t *testing.T) {
	each(t, func(t *testing.T, c city) {
		k := c.at("食品经营许可", flow.Decide)
		who := c.Actor("handler")
		in := Begin{Seen: casework.Seen{CaseID: k.ID}, Kind: Inspection, Days: 5, Why: "检验设备", Officers: c.officers("handler")}
		_, err := c.Begin(ctx, who, in)
		c.refused(err, "text.required") // which law asks for it
		in.Law = "某条例第九条"
		_, err = c.Begin(ctx, who, in)
		c.refused(err, "procedure.two_officers")
		in.Officers = c.officers("handler", "handler2")
		id, err := c.Begin(ctx, who, in)
		c.ok(err)
		if c.get(id).Late {
			t.Error("late on the first day")
		}
		rec := Record{Seen: c.seen(id), HeldAt: c.Clock.Now(), Findings: "阀门渗漏", Conclusion: Failed}
		c.refused(c.Record(ctx, who, rec), "text.required")
		rec.Standard = "GB 4806.1-2016"
		c.ok(c.Record(ctx, who, rec))
		c.refused(c.End(ctx, who, End{c.seen(id)}), "procedure.not_ready")
		c.ok(c.sign("handler", id))
		c.ok(c.sign("handler2", id))
		c.ok(c.End(ctx, who, End{c.seen(id)}))
		c.refused(c.decide(k, true, ""), "decide.result_failed")
		c.refused(c.decide(k, false, "设备不合格"), "procedure.standard")
		c.ok(c.decide(k, false, "设备不符合 GB 4806.1-2016 的要求"))
	})
}

// Assigning officers after the fifth working day is on record as late.
func TestInspectionAssignedLate(t *testing.T) {
	each(t, func(t *testing.T, c city) {
		k := c.at("食品经营许可", flow.Examine)
		c.Clock.Set(c.calendar().AddWorking(calendar.DayOf(k.AcceptedAt), 6).Time().Add(10 * time.Hour))
		id, err := c.Begin(ctx, c.Actor("handler"), Begin{Seen: casework.Seen{CaseID: k.ID}, Kind: Testing, Days: 5, Law: "某条例第九条",
			Why: "检测水质", Officers: c.officers("handler", "handler2")})
		c.ok(err)
		if !c.get(id).Late {
			t.Error("not late on the sixth working day")
		}
	})
}

// A procedure is not begun when the limit has passed, and a cancelled one lets
// the clock run again with its notice.
func TestTooLateAndCancelled(t *testing.T) {
	each(t, func(t *testing.T, c city) {
		k := c.at("节能审查", flow.Examine)
		who := c.Actor("handler")
		in := Begin{Seen: casework.Seen{CaseID: k.ID}, Kind: ExpertReview, Days: 15, Why: "项目能耗较大"}
		id, err := c.Begin(ctx, who, in)
		c.ok(err)
		c.ok(c.Cancel(ctx, who, Cancel{c.seen(id), "资料已足以判断"}))
		now := c.Case(k.ID)
		if now.Course.Paused() || c.kinds(k.ID)[document.TBJS] != 1 || len(now.Course.Holds) != 0 {
			t.Errorf("%+v %v", now.Course, c.kinds(k.ID))
		}
		if _, found := now.Course.Found("expert"); found {
			t.Error("a cancelled review counts as held")
		}
		c.Clock.Set(now.StatutoryDue.AddDays(1).Time().Add(time.Hour))
		_, err = c.Begin(ctx, who, in)
		c.refused(err, "procedure.too_late")
	})
}

// 行政许可法第五十三条: who won gets the licence, and nobody else does.
func TestTender(t *testing.T) {
	each(t, func(t *testing.T, c city) {
		for _, wins := range []bool{true, false} {
			k := c.at("食品经营许可", flow.Decide)
			who := c.Actor("handler")
			id, err := c.Begin(ctx, who, Begin{Seen: casework.Seen{CaseID: k.ID}, Kind: Tender, Days: 20, Law: "行政许可法第五十三条", Why: "特许经营"})
			c.ok(err)
			today := calendar.DayOf(c.Clock.Now())
			rec := Record{Seen: c.seen(id), HeldAt: c.Clock.Now(), Findings: "两家投标，综合评分", Contest: Contest{Announced: today.AddDays(1), Where: "省公共资源交易平台",
				Held: today, Entrants: []string{"甲公司", "甲公司"}, Winner: "乙公司", Paper: "中标通知书 2026-1"}}
			c.refused(c.Record(ctx, who, rec), "procedure.announced")
			rec.Contest.Announced = today.AddDays(-20)
			c.refused(c.Record(ctx, who, rec), "procedure.entrants")
			rec.Contest.Entrants = append(rec.Contest.Entrants, k.ApplicantName)
			c.refused(c.Record(ctx, who, rec), "procedure.winner")
			rec.Contest.Winner = "甲公司"
			if wins {
				rec.Contest.Winner = k.ApplicantName
			}
			c.ok(c.Record(ctx, who, rec))
			c.ok(c.End(ctx, who, End{c.seen(id)}))
			if wins {
				c.refused(c.decide(k, false, "不予"), "decide.must_grant")
				c.ok(c.decide(k, true, ""))
			} else {
				c.refused(c.decide(k, true, ""), "decide.result_failed")
				c.ok(c.decide(k, false, "未中标"))
			}
		}
	})
}

// Two people with two certificates; who has gone before need not name theirs
// again (行政许可法第三十四条第三款).
func TestAppointed(t *testing.T) {
	from := []Candidate{{AccountID: "a", Name: "甲", Number: "1"}, {AccountID: "b", Name: "乙"}, {AccountID: "c", Name: "丙", Number: "1"}}
	for name, tc := range map[string]struct {
		list []Appoint
		code string
	}{
		"two":                     {[]Appoint{{"a", "7"}, {"b", "8"}}, ""},
		"the number shown last":   {[]Appoint{{"a", ""}, {"b", "8"}}, ""},
		"no number at all":        {[]Appoint{{"a", "7"}, {"b", ""}}, "text.required"},
		"one":                     {[]Appoint{{"a", "7"}, {"", ""}}, "procedure.two_officers"},
		"nobody":                  {nil, "procedure.two_officers"},
		"the same person":         {[]Appoint{{"a", "7"}, {"a", "8"}}, "procedure.officer_twice"},
		"the same certificate":    {[]Appoint{{"a", ""}, {"c", ""}}, "procedure.officer_twice"},
		"somebody who may not go": {[]Appoint{{"a", "7"}, {"z", "8"}}, "procedure.officer"},
		"a number of nobody":      {[]Appoint{{"a", "7"}, {"b", "8"}, {"", "9"}}, "procedure.officer"},
	} {
		got, err := appointed(tc.list, from, 2, lawVisit)
		f := fault.Of(err)
		switch {
		case tc.code == "" && (err != nil || len(got) != 2 || got[0].Number == "" || got[0].Name != "甲"):
			t.Errorf("%s: %v %v", name, got, err)
		case tc.code != "" && (f == nil || f.Code != tc.code && (len(f.Fields) == 0 || f.Fields[0].Code != tc.code)):
			t.Errorf("%s: %v, want %s", name, err, tc.code)
		}
	}
}

// A visit lies in the time that is left; when none is left it is late, and not
// impossible: the decision still needs it.
func TestVisitOnTime(t *testing.T) {
	due := calendar.MustDay("2026-09-30")
	at := func(day string, hour int) time.Time {
		return calendar.MustDay(day).Time().Add(time.Duration(hour) * time.Hour)
	}
	for name, tc := range map[string]struct {
		now, at time.Time
		code    string
	}{
		"tomorrow":              {at("2026-09-20", 9), at("2026-09-21", 9), ""},
		"on the due day":        {at("2026-09-20", 9), at("2026-09-30", 16), ""},
		"after the due day":     {at("2026-09-20", 9), at("2026-10-08", 9), "visit.after_due"},
		"this very instant":     {at("2026-09-20", 9), at("2026-09-20", 9), "visit.past"},
		"when it is overdue":    {at("2026-10-08", 9), at("2026-10-09", 9), ""},
		"overdue, yesterday":    {at("2026-10-09", 9), at("2026-10-08", 9), "visit.past"},
		"from the last due day": {at("2026-09-30", 9), at("2026-10-01", 9), "visit.after_due"},
	} {
		p := Procedure{Kind: SiteVisit, At: tc.at, By: due}
		f := fault.Of(p.onTime(tc.now))
		if tc.code == "" && f != nil || tc.code != "" && (f == nil || f.Code != tc.code && (len(f.Fields) == 0 || f.Fields[0].Code != tc.code)) {
			t.Errorf("%s: %v, want %q", name, f, tc.code)
		}
	}
}
