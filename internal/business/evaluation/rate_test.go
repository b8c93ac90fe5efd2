package evaluation

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/audit"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
)

var ctx = context.Background()

func service(w *casetest.World) *Service { return New(w.DB, w.Catalog, w.Keys) }

// over is a case of 李娜's company that is over, the quickest way.
func over(t *testing.T, w *casetest.World) *casework.Case {
	t.Helper()
	c := w.Submit(w.Food())
	err := w.Casework.Withdraw(ctx, w.Actor("lina"), casework.Withdraw{Seen: casetest.Seen(c), Reason: "不再办理"})
	if err != nil {
		t.Fatal(err)
	}
	return w.Case(c.ID)
}

func rate(t *testing.T, w *casetest.World, in Rate) {
	t.Helper()
	if err := service(w).Rate(ctx, w.Actor("lina"), in); err != nil {
		t.Fatal(err)
	}
}

func wants(t *testing.T, err error, code string) {
	t.Helper()
	if err == nil || fault.Of(err).Code != code {
		t.Errorf("got %v, want %s", err, code)
	}
}

func TestRate(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		s, c := service(w), w.Walk(w.Submit(w.Food()), "")
		if c.Status != casework.StatusConcluded {
			t.Fatalf("the case is %s", c.Status)
		}
		lina := w.Actor("lina")
		_, err := s.Of(ctx, lina, c.ID)
		wants(t, err, "rating.missing")
		rate(t, w, Rate{CaseID: c.ID, Grade: VeryDissatisfied, Reasons: []string{"115", "110", "115"}, Text: " 等了很久。\u200b "})
		r, err := s.Of(ctx, lina, c.ID)
		if err != nil || r.Grade != VeryDissatisfied || r.Text != "等了很久。" || len(r.Reasons) != 2 || r.Reasons[0].Label != "无理由超过法定办理时间" {
			t.Errorf("%+v, %v", r, err)
		}
		for _, login := range []string{"clerk", "handler", "supervisor", "hall", "auditor"} {
			_, err := s.Of(ctx, w.Actor(login), c.ID)
			wants(t, err, "permission")
		}
		_, err = s.Of(ctx, w.Actor("wangxiaoming"), c.ID)
		wants(t, err, "case.missing")
	})
}

// 国办发〔2019〕51号: 一事一评, by whoever was served, when the matter is over.
func TestRateOnceAndOnlyWhenOver(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		s, lina := service(w), w.Actor("lina")
		for _, until := range []flow.Act{flow.Accept, flow.Decide, flow.Deliver} {
			c := w.Walk(w.Submit(w.Food()), until)
			err := s.Rate(ctx, lina, Rate{CaseID: c.ID, Grade: Satisfied})
			wants(t, err, "rating.too_early")
			if fault.Of(err).Law != "国办发〔2019〕51号" {
				t.Errorf("it cites %s", fault.Of(err).Law)
			}
		}
		c := over(t, w)
		for login, code := range map[string]string{"clerk": "permission", "supervisor": "permission", "wangxiaoming": "case.missing"} {
			wants(t, s.Rate(ctx, w.Actor(login), Rate{CaseID: c.ID, Grade: VerySatisfied}), code)
		}
		wants(t, s.Rate(ctx, staff.Machine("系统"), Rate{CaseID: c.ID, Grade: VerySatisfied}), "permission")
		wants(t, s.Rate(ctx, staff.Actor{}, Rate{CaseID: c.ID, Grade: VerySatisfied}), "signed_out")
		race(t, w, c)
		wants(t, s.Rate(ctx, w.Actor("zhaomin"), Rate{CaseID: c.ID, Grade: VerySatisfied}), "rating.twice")
		if f, err := s.Figures(ctx, w.Actor("supervisor"), Of{}, 2026); err != nil || f.Counts.Total() != 1 {
			t.Errorf("one rating is counted as %+v, %v", f.Counts, err)
		}
	})
}

// race rates four times at once: one is the rating, the others are told so.
func race(t *testing.T, w *casetest.World, c *casework.Case) {
	t.Helper()
	s, lina := service(w), w.Actor("lina")
	results := make(chan error, 4)
	var all sync.WaitGroup
	for range cap(results) {
		all.Go(func() { results <- s.Rate(ctx, lina, Rate{CaseID: c.ID, Grade: Satisfied}) })
	}
	all.Wait()
	close(results)
	won := 0
	for err := range results {
		if err == nil {
			won++
			continue
		}
		wants(t, err, "rating.twice")
	}
	if won != 1 {
		t.Errorf("%d of four ratings were taken", won)
	}
}

func TestRateRefusesWhatIsNoRating(t *testing.T) {
	c := &casework.Case{Status: casework.StatusConcluded}
	for _, x := range []struct {
		in    Rate
		field string
	}{
		{Rate{Grade: 0}, "grade"}, {Rate{Grade: 6}, "grade"}, {Rate{Grade: 1, Reasons: []string{"115"}}, "reasons"},
		{Rate{Grade: 5, Reasons: []string{"115", "x"}}, "reasons"}, {Rate{Grade: 3, Text: strings.Repeat("字", 501)}, "text"},
	} {
		_, err := x.in.rate(c)
		if f := fault.Of(err); f == nil || f.Code != "rating" || len(f.Fields) != 1 || f.Fields[0].Name != x.field {
			t.Errorf("%+v: %v", x.in, err)
		}
	}
	for _, in := range []Rate{{Grade: 5}, {Grade: 4, Text: strings.Repeat("字", 500)}, {Grade: 1, Reasons: []string{"510", "517"}}} {
		if _, err := in.rate(c); err != nil {
			t.Errorf("%+v: %v", in, err)
		}
	}
	for status, ok := range map[casework.Status]bool{casework.StatusWithdrawn: true, casework.StatusNotCompetent: true,
		casework.StatusNotRequired: true, casework.StatusHandling: false, casework.StatusGranted: false, casework.StatusRefused: false} {
		if Rateable(&casework.Case{Status: status}) != ok {
			t.Errorf("%s", status)
		}
	}
}

// GB/T 39046-2020 A.8: code 1 is the best, the stars run the other way.
func TestGrades(t *testing.T) {
	seen := map[string]bool{}
	for _, g := range Grades() {
		if g.Name() == "" || g.Stars()+int(g) != 6 || g.Bad() != (g == 4 || g == 5) || len(g.Reasons()) != 8 {
			t.Errorf("grade %d: %s, %d stars, %d reasons", g, g.Name(), g.Stars(), len(g.Reasons()))
		}
		for _, r := range g.Reasons() {
			if seen[r.Code] || int(r.Code[0]-'0') != g.Stars() {
				t.Errorf("reason %s of grade %d", r.Code, g)
			}
			seen[r.Code] = true
		}
	}
	if Grade(0).Name() != "" || Grade(6).Reasons() != nil || VerySatisfied.Name() != "非常满意" {
		t.Error("unknown grades")
	}
}

// 不得泄露评价人信息: neither audit nor event leads to the author or the case.
func TestRatingLeavesNoNameBehind(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		s, c, lina := service(w), over(t, w), w.Actor("lina")
		lina.RequestID = "request-1"
		if err := s.Rate(ctx, lina, Rate{CaseID: c.ID, Grade: Dissatisfied, Text: "我是李娜，电话13900000002"}); err != nil {
			t.Fatal(err)
		}
		ratingID := s.pseudonym("rating.id", c.ID)
		var left []string
		err := w.DB.Read(ctx, func(tx *db.Tx) error {
			all, err := event.Waiting(tx, 1000)
			for _, e := range all {
				if e.Topic == "case.rated" {
					left = append(left, e.SubjectID+" "+string(e.Payload))
				}
			}
			entries, err2 := audit.Of(tx, "rating", ratingID, "", 10)
			for _, a := range entries {
				left = append(left, fmt.Sprintf("%s %s %s %s %s", a.ActorID, a.ActorName, a.SubjectID, a.After, a.RequestID))
			}
			if err == nil {
				err = err2
			}
			return err
		})
		if err != nil || len(left) != 2 {
			t.Fatalf("%v, %v", left, err)
		}
		for _, text := range left {
			for _, secret := range []string{lina.AccountID, "李娜", "嘉禾", c.ID, c.Number, c.ApplicantID, "request-1", "13900000002"} {
				if strings.Contains(text, secret) {
					t.Errorf("%s tells %s", text, secret)
				}
			}
		}
		if !strings.Contains(left[1], "rater.") {
			t.Errorf("no pseudonym in %s", left[1])
		}
	})
}

func TestVeil(t *testing.T) {
	c := &casework.Case{ApplicantName: "李娜"}
	for text, want := range map[string]string{
		"我是李娜，电话13900000002":             "我是＊＊＊，电话＊＊＊",
		"办件1306820001202609140000014没人管": "办件＊＊＊没人管",
		"等了12天，跑了3次":                     "等了12天，跑了3次",
		"0312-2300000":                   "＊＊＊",
	} {
		if got := veil(text, c); got != want {
			t.Errorf("%s reads %s", text, got)
		}
	}
}
