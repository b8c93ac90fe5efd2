package disclosure

import (
	"context"
	"strings"
	"testing"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/document"
	"onewindow/internal/business/flow"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
)

var ctx = context.Background()

func service(w *casetest.World) *Service {
	return New(w.DB, Options{Cases: w.Casework, Documents: document.New(w.DB, document.Options{Blobs: w.Blobs, Authority: w.Sign})})
}

// granted is a case that was granted, with its notice prepared.
func granted(t *testing.T, w *casetest.World, s *Service) *casework.Case {
	t.Helper()
	c := w.Walk(w.Submit(w.Food()), flow.Issue)
	prepare(t, w, s)
	return c
}

// prepare passes what happened on, twice, as the platform may.
func prepare(t *testing.T, w *casetest.World, s *Service) {
	t.Helper()
	var all []event.Event
	if err := w.DB.Read(ctx, func(tx *db.Tx) (err error) { all, err = event.Waiting(tx, 5000); return err }); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		for _, e := range all {
			if e.Topic == "case.granted" || e.Topic == "case.refused" {
				if err := s.OnDecided(ctx, e); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}

func (s *Service) mustList(t *testing.T, in Search) []Notice {
	t.Helper()
	in.Limit = 20
	list, err := s.List(ctx, in)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func later(w *casetest.World, days int) {
	w.Clock.Set(calendar.Builtin().AddWorking(calendar.DayOf(w.Clock.Now()), days).Time().Add(9 * time.Hour))
}

// 行政许可法第四十条: published when the time for objections is over, within the
// seven working days, found by matter, body and month.
func TestPublished(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		s := service(w)
		c := granted(t, w, s)
		n, err := s.OfCase(ctx, w.Actor("lina"), c.ID)
		if err != nil || n.Status != Waiting || n.ObjectUntil >= n.Due || calendar.Builtin().WorkingBetween(n.DecidedOn, n.Due) != PublishDays {
			t.Fatalf("%+v %v", n, err)
		}
		if k, _ := s.Publish(ctx); k != 0 || len(s.mustList(t, Search{})) != 0 {
			t.Error("published while the applicant may object")
		}
		later(w, ObjectionDays+1)
		if k, err := s.Publish(ctx); err != nil || k != 1 {
			t.Fatalf("%d published, %v", k, err)
		}
		month := n.DecidedOn.String()[:7]
		for _, in := range []Search{{}, {Words: "食品"}, {Words: n.Number}, {BodyID: "dz-spj"}, {Month: month}} {
			if len(s.mustList(t, in)) != 1 {
				t.Errorf("not found by %+v", in)
			}
		}
		for _, in := range []Search{{Words: "网吧"}, {BodyID: "dz-zjj"}, {Month: "2020-01"}, {Words: "%"}} {
			if len(s.mustList(t, in)) != 0 {
				t.Errorf("found by %+v", in)
			}
		}
		got := s.mustList(t, Search{})[0]
		if got.CaseID != "" || got.CaseNumber != "" || got.Owner.ApplicantID != "" {
			t.Errorf("the public reads more than the decision: %+v", got)
		}
		if len(s.mustList(t, Search{After: got.Cursor()})) != 0 {
			t.Error("the second page repeats the first")
		}
	})
}

// An objection after its time is refused by the rule, and the refusal is kept
// with the case.
func TestALateObjectionIsKept(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		s := service(w)
		c := granted(t, w, s)
		n, err := s.OfCase(ctx, w.Actor("decider"), c.ID)
		if err != nil {
			t.Fatal(err)
		}
		w.Clock.Set(n.ObjectUntil.AddDays(1).Time().Add(9 * time.Hour))
		if err := s.Object(ctx, w.Actor("lina"), Object{CaseID: c.ID, Reason: "名称涉及未公布的合作。"}); fault.Of(err) == nil || fault.Of(err).Code != "disclosure.object_late" {
			t.Errorf("after its time: %v", err)
		}
		w.Kept(c.ID, "disclosure.object_late")
	})
}

// 行政许可法第五条: an objection keeps the decision back until it is answered;
// what is withheld is neither shown nor found.
func TestSecretsStaySecret(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		s := service(w)
		c := granted(t, w, s)
		if err := s.Object(ctx, w.Actor("lina"), Object{CaseID: c.ID, Reason: " "}); fault.Of(err) == nil || fault.Of(err).Law != lawSecret {
			t.Errorf("without a reason: %v", err)
		}
		if err := s.Object(ctx, w.Actor("lina"), Object{CaseID: c.ID, Reason: "名称涉及未公布的合作。"}); err != nil {
			t.Fatal(err)
		}
		later(w, PublishDays+2)
		if k, _ := s.Publish(ctx); k != 0 {
			t.Error("published over an objection")
		}
		if list, err := s.Unpublished(ctx, w.Actor("decider"), 10); err != nil || len(list) != 1 || list[0].Objection == "" {
			t.Errorf("%+v %v", list, err)
		}
		n, _ := s.OfCase(ctx, w.Actor("decider"), c.ID)
		for _, bad := range []Mark{{Parts: []Part{"nothing"}, Ground: TradeSecret, Reason: "x"}, {Parts: []Part{PartSubject}, Reason: "x"}, {Parts: []Part{PartSubject}, Ground: TradeSecret}} {
			bad.CaseID, bad.Version = c.ID, n.Version
			if err := s.Mark(ctx, w.Actor("decider"), bad); fault.Of(err) == nil || fault.Of(err).Code != "form.invalid" {
				t.Errorf("%+v: %v", bad, err)
			}
		}
		mark := Mark{CaseID: c.ID, Version: n.Version, Parts: []Part{PartSubject}, Ground: TradeSecret, Reason: "确属保密商务信息。"}
		if err := s.Mark(ctx, w.Actor("zj-decider"), mark); fault.Of(err) == nil || fault.Of(err).Kind != fault.KindMissing {
			t.Errorf("another department: %v", err)
		}
		if err := s.Mark(ctx, w.Actor("decider"), mark); err != nil {
			t.Fatal(err)
		}
		if err := s.Mark(ctx, w.Actor("decider"), mark); fault.Of(err) == nil || fault.Of(err).Code != "disclosure.stale" {
			t.Errorf("stale: %v", err)
		}
		if k, err := s.Publish(ctx); err != nil || k != 1 {
			t.Fatalf("%d published after the answer, %v", k, err)
		}
		got := s.mustList(t, Search{})[0]
		if strings.Contains(got.Subject, c.ApplicantName) || got.Reason != "" || got.Objection != "" {
			t.Errorf("the secret is told: %+v", got)
		}
		if len(s.mustList(t, Search{Words: c.ApplicantName})) != 0 {
			t.Error("what is withheld is found by looking for it")
		}
		d, err := w.Casework.Dossier(ctx, w.Actor("decider"), c.ID)
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]string{}
		for _, h := range d.History {
			seen[h.Kind] += "." + h.Note
		}
		if seen["disclosure.objected"] != "." || seen["disclosure.marked"] != ".确属保密商务信息。" || seen["disclosure.published"] != "." {
			t.Errorf("the history says %v", seen)
		}
		n, _ = s.OfCase(ctx, w.Actor("decider"), c.ID)
		all := Mark{CaseID: c.ID, Version: n.Version, Parts: []Part{PartAll}, Ground: StateSecret, Reason: "涉及国家秘密。"}
		if err := s.Mark(ctx, w.Actor("decider"), all); err != nil || len(s.mustList(t, Search{})) != 0 {
			t.Errorf("taken back and still there: %v", err)
		}
		if _, err := s.Get(ctx, n.ID); fault.Of(err) == nil {
			t.Error("and still readable")
		}
	})
}

// A person is not named, and an objection after its time is refused by the rule.
func TestRules(t *testing.T) {
	s := service(casetest.SQLite(t))
	day := calendar.MustDay("2026-11-02")
	n := s.notice(&casework.Case{ApplicantName: "欧阳娜", DecidedAt: day.Time().Add(time.Hour)}, document.Document{}, day)
	if n.Subject != "欧**" || n.ObjectUntil != calendar.MustDay("2026-11-05") || n.Due != calendar.MustDay("2026-11-11") {
		t.Errorf("%+v", n)
	}
	if err := n.object("晚了", n.ObjectUntil.AddDays(1)); fault.Of(err) == nil || fault.Of(err).Code != "disclosure.object_late" || fault.Of(err).Law != lawSecret {
		t.Errorf("%v", err)
	}
	if n.ripe(n.ObjectUntil) || !n.ripe(n.ObjectUntil.AddDays(1)) {
		t.Error("ripe on the wrong day")
	}
}

// 政府信息公开条例第二十条: what was refused is a result of handling too; a setting
// leaves it out. A person who was refused is not named either.
func TestARefusalIsPublished(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		s := service(w)
		c := w.Walk(w.Submit(w.Food()), flow.Decide)
		if err := w.Casework.Decide(ctx, w.Actor("decider"), casework.Decide{Seen: casetest.Seen(c), Opinion: "不同意", Reasons: "面积不足",
			Basis: "《中华人民共和国食品安全法》第三十三条"}); err != nil {
			t.Fatal(err)
		}
		grants := service(w)
		grants.o.GrantsOnly = true
		prepare(t, w, grants)
		if _, err := s.OfCase(ctx, w.Actor("decider"), c.ID); fault.Of(err) == nil {
			t.Error("prepared in spite of the setting")
		}
		prepare(t, w, s)
		later(w, ObjectionDays+1)
		if k, err := s.Publish(ctx); err != nil || k != 1 {
			t.Fatalf("%d published, %v", k, err)
		}
		if n := s.mustList(t, Search{})[0]; n.Outcome != Refused || n.ValidTo != 0 || n.Standing != "" {
			t.Errorf("%+v", n)
		}
		for range 2 { // a review annulled it; told twice
			if err := s.Stand(ctx, Stand{CaseID: c.ID, Standing: Annulled, On: calendar.MustDay("2026-10-09")}); err != nil {
				t.Fatal(err)
			}
		}
		if n := s.mustList(t, Search{})[0]; n.Standing != Annulled || n.StandingOn != calendar.MustDay("2026-10-09") {
			t.Errorf("%+v", n)
		}
		if err := s.Stand(ctx, Stand{CaseID: "none", Standing: Annulled, On: 1}); err != nil {
			t.Error(err)
		}
	})
}

// 行政许可法第七十条: closing the register does not hide why a licence was over.
func TestWhatBecameOfADecision(t *testing.T) {
	day := calendar.MustDay("2026-10-09")
	for _, c := range []struct {
		was, to, is Standing
	}{
		{"", Rescinded, Rescinded}, {Rescinded, Deregistered, Rescinded}, {"", Deregistered, Deregistered}, {Replaced, Deregistered, Deregistered},
		{Revoked, Replaced, Revoked}, {"", Replaced, Replaced}, {Changed, Deregistered, Deregistered}, {Deregistered, Annulled, Annulled},
	} {
		n := Notice{Standing: c.was, StandingOn: 1}
		if moved := n.stand(c.to, day); n.Standing != c.is || moved != (c.was != c.is) || moved && n.StandingOn != day {
			t.Errorf("%s, then %s: %+v", c.was, c.to, n)
		}
	}
}
