package licence

import (
	"context"
	"slices"
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
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/code"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
)

// ask applies about a licence, with a paper for every material, and gives the
// case; values are changed by edit.
func ask(w *casetest.World, s *Service, l *Licence, p casework.Purpose, edit func(*casework.Draft)) (*casework.Case, error) {
	ctx, who := context.Background(), w.Actor("lina")
	draftID, err := s.Apply(ctx, who, Apply{LicenceID: l.ID, Purpose: p})
	if err != nil {
		return nil, err
	}
	d, _, err := w.Casework.Draft(ctx, who, draftID)
	if err != nil {
		return nil, err
	}
	impl, err := w.Catalog.ByID(ctx, d.ImplementationID)
	if err != nil {
		return nil, err
	}
	d.Values["declaration.truthful"] = "true"
	if edit != nil {
		edit(d)
	}
	if _, err := w.Casework.SaveDraft(ctx, who, casework.SaveDraft{DraftID: draftID, Values: d.Values}); err != nil {
		return nil, err
	}
	for _, m := range impl.Materials {
		if !m.Shared && casework.Takes(m, "pdf") {
			w.Attach(who, draftID, m.No)
		}
	}
	r, err := w.Casework.Submit(ctx, who, casework.Submit{DraftID: draftID, Declared: true})
	if err != nil {
		return nil, err
	}
	return w.Case(r.CaseID), nil
}

func at(w *casetest.World, day calendar.Day) { w.Clock.Set(day.Time().Add(10 * time.Hour)) }

func reload(t *testing.T, s *Service, id string) *Licence {
	t.Helper()
	l, err := s.load(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func documents(t *testing.T, w *casetest.World, caseID string) map[document.Kind]document.Document {
	t.Helper()
	all, err := document.New(w.DB, document.Options{}).ByCase(context.Background(), w.Actor("decider"), caseID)
	if err != nil {
		t.Fatal(err)
	}
	out := map[document.Kind]document.Document{}
	for _, d := range all {
		out[d.Kind] = d
	}
	return out
}

// A renewal applied for in its window gives the next version, which goes on
// from the day after the old one (行政许可法第五十条).
func TestRenewal(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		s, l := service(w), issued(t, w, w.Food())
		win := l.Window(w.Food().Result.RenewalRule(), w.Casework.Calendar())
		at(w, win.First.AddDays(-1))
		_, err := ask(w, s, l, casework.PurposeRenew, nil)
		wants(t, err, "licence.renew_early")
		w.Kept(l.CaseID, "licence.renew_early")
		_, err = s.ApplyAtWindow(context.Background(), w.Actor("clerk"), ApplyAtWindow{PartyID: l.Subject.ApplicantID, LicenceID: l.ID, Purpose: casework.PurposeRenew})
		wants(t, err, "licence.renew_early")
		if kept, err := w.Casework.Refusals(context.Background(), w.Actor("supervisor"), l.CaseID); err != nil || !slices.ContainsFunc(kept, func(r casework.Refusal) bool {
			return r.Code == "licence.renew_early" && r.Right == staff.CaseReceive
		}) {
			t.Errorf("what the window was refused is not kept: %+v %v", kept, err)
		}
		_, err = s.ApplyAtWindow(context.Background(), w.Actor("clerk"), ApplyAtWindow{PartyID: "another", LicenceID: l.ID, Purpose: casework.PurposeRenew})
		wants(t, err, "licence.missing")
		at(w, win.Last)
		c, err := ask(w, s, l, casework.PurposeRenew, nil)
		if err != nil {
			t.Fatal(err)
		}
		if c.Purpose != casework.PurposeRenew || c.LicenceID != l.ID || c.PriorID != l.CaseID {
			t.Errorf("%+v", c.About)
		}
		_, err = ask(w, s, l, casework.PurposeChange, nil)
		wants(t, err, "licence.application_open")

		c = w.Walk(c, flow.Issue)
		d, ok := documents(t, w, c.ID)[document.YX]
		if !ok || d.Facts.Licence.Number != l.Content.Number || d.Facts.Licence.ValidTo == nil {
			t.Fatalf("the renewal is decided by %+v", d.Facts)
		}
		licenceID, err := s.Issue(context.Background(), w.Actor("issuer"), Issue{casetest.Seen(c)})
		if err != nil {
			t.Fatal(err)
		}
		next, old := reload(t, s, licenceID), reload(t, s, l.ID)
		id, _ := code.ParseLicenceID(next.Content.Identifier)
		was, _ := code.ParseLicenceID(l.Content.Identifier)
		if id.Version != 2 || id.Serial != was.Serial || next.Version != 2 || next.PriorID != l.ID || next.Content.Replaces != l.Content.Identifier {
			t.Errorf("next version %+v of %s", next.Content, l.Content.Identifier)
		}
		if next.Content.ValidFrom != l.Content.ValidTo.AddDays(1) || *next.Content.ValidTo != next.Content.ValidFrom.AddMonths(60).AddDays(-1) {
			t.Errorf("valid %s to %s", next.Content.ValidFrom, next.Content.ValidTo)
		}
		if old.StatusOn(calendar.DayOf(w.Clock.Now())) != Replaced {
			t.Errorf("the old version is %s", old.status)
		}
		if v := verified(t, s, l.Content.Identifier); v.Status != Replaced || v.Outcome(CheckStatus) != Failed {
			t.Errorf("verified as %+v", v)
		}
		if v := verified(t, s, next.Content.Identifier); !v.Genuine || v.Status != Valid {
			t.Errorf("verified as %+v", v)
		}
		_, err = ask(w, s, old, casework.PurposeRenew, nil)
		wants(t, err, "licence.ended")
	})
}

// What came too late for the law's window is examined all the same, and refused
// at the door only where the matter's law says so.
func TestLateRenewal(t *testing.T) {
	end := calendar.MustDay("2031-09-12")
	cal := calendar.Builtin()
	l := &Licence{status: Valid, Content: Content{ValidTo: &end}}
	device := catalog.Renewal{Earliest: 90, Lead: 30, Unit: deadline.Working, LateRefused: true, Law: "医疗器械经营监督管理办法第二十二条"}
	food := device
	food.LateRefused = false
	last := l.Window(device, cal).Last
	if err := l.renewable(l.Window(device, cal), last); err != nil {
		t.Error(err)
	}
	wants(t, l.renewable(l.Window(device, cal), last.AddDays(1)), "licence.renew_late")
	if err := l.renewable(l.Window(food, cal), last.AddDays(1)); err != nil {
		t.Error(err)
	}
	wants(t, l.renewable(l.Window(food, cal), end.AddDays(1)), "licence.expired")
	l.ContinuedOn = &end
	wants(t, l.renewable(l.Window(food, cal), end.AddDays(1)), "licence.continued")
	forever := &Licence{status: Valid}
	wants(t, forever.renewable(forever.Window(food, cal), last), "licence.no_end")
}

// A change is decided with what it changes, keeps the term, and is refused when
// it changes nothing (行政许可法第四十九条).
func TestChangeAndReplacement(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		s, l, ctx := service(w), issued(t, w, w.Food()), context.Background()
		_, err := ask(w, s, l, casework.PurposeChange, nil)
		wants(t, err, "change.nothing")
		w.Clock.Advance(24 * time.Hour)
		c, err := ask(w, s, l, casework.PurposeChange, func(d *casework.Draft) { d.Values["premises.area"] = "120" })
		if err != nil {
			t.Fatal(err)
		}
		c = w.Walk(c, flow.Issue)
		d, ok := documents(t, w, c.ID)[document.BG]
		if !ok || len(d.Facts.Changes) != 1 || d.Facts.Changes[0].After == d.Facts.Changes[0].Before {
			t.Fatalf("the change is decided by %+v", d.Facts.Changes)
		}
		second, err := s.Issue(ctx, w.Actor("issuer"), Issue{casetest.Seen(c)})
		if err != nil {
			t.Fatal(err)
		}
		v2 := reload(t, s, second)
		if v2.Content.ValidFrom != l.Content.ValidFrom || *v2.Content.ValidTo != *l.Content.ValidTo || v2.Version != 2 {
			t.Errorf("%+v", v2.Content)
		}
		w.Walk(w.Case(c.ID), "")
		c, err = ask(w, s, v2, casework.PurposeReplace, nil)
		if err != nil {
			t.Fatal(err)
		}
		c = w.Walk(c, flow.Issue)
		third, err := s.Issue(ctx, w.Actor("issuer"), Issue{casetest.Seen(c)})
		if err != nil {
			t.Fatal(err)
		}
		v3 := reload(t, s, third)
		if id, _ := code.ParseLicenceID(v3.Content.Identifier); id.Version != 3 || *v3.Content.ValidTo != *l.Content.ValidTo {
			t.Errorf("%+v", v3.Content)
		}
		all, err := s.History(ctx, w.Actor("lina"), v2.ID)
		if err != nil || len(all) != 3 || all[0].ID != third || all[2].ID != l.ID {
			t.Errorf("history %v %v", all, err)
		}
	})
}

// In time and undecided at the end of the last day: granted by the law at that
// instant, with its document, and the licence goes on (行政许可法第五十条第二款).
func TestSilenceRenews(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		s, l, ctx := service(w), issued(t, w, w.Food()), context.Background()
		win := l.Window(w.Food().Result.RenewalRule(), w.Casework.Calendar())
		at(w, win.Last)
		c, err := ask(w, s, l, casework.PurposeRenew, nil)
		if err != nil {
			t.Fatal(err)
		}
		c = w.Walk(c, flow.Examine)
		w.Clock.Set(l.Content.ValidTo.AddDays(1).Time().Add(-time.Minute))
		if n, err := s.Lapse(ctx); n != 0 || err != nil {
			t.Fatalf("a minute before the end: %d %v", n, err)
		}
		w.Clock.Advance(time.Minute)
		if v := verified(t, s, l.Content.Identifier); v.Status != Expired {
			t.Errorf("before the sweep it is %s", v.Status)
		}
		if n, err := s.Lapse(ctx); n != 1 || err != nil {
			t.Fatalf("at the end: %d %v", n, err)
		}
		if n, err := s.Lapse(ctx); n != 0 || err != nil {
			t.Fatalf("a second time: %d %v", n, err)
		}
		c = w.Case(c.ID)
		if c.Status != casework.StatusGranted || !c.Granted || calendar.DayOf(c.DecidedAt) != *l.Content.ValidTo {
			t.Errorf("%s decided %s", c.Status, c.DecidedAt)
		}
		if _, ok := documents(t, w, c.ID)[document.MYX]; !ok {
			t.Error("no document confirms it")
		}
		if v := verified(t, s, l.Content.Identifier); v.Status != Continued || v.Outcome(CheckStatus) != Passed {
			t.Errorf("it verifies as %+v", v)
		}
		_, err = ask(w, s, l, casework.PurposeRenew, nil)
		wants(t, err, "licence.continued")
		id, err := s.Issue(ctx, w.Actor("issuer"), Issue{casetest.Seen(c)})
		if err != nil {
			t.Fatal(err)
		}
		if next := reload(t, s, id); next.Content.ValidFrom != l.Content.ValidTo.AddDays(1) || next.Version != 2 {
			t.Errorf("%+v", next.Content)
		}
		if !told(t, w, "licence.continued", l.ID) || !told(t, w, "case.renewed_by_silence", c.ID) {
			t.Error("nobody is told")
		}
	})
}

func told(t *testing.T, w *casetest.World, topic, subject string) (found bool) {
	t.Helper()
	err := w.DB.Read(context.Background(), func(tx *db.Tx) error {
		all, err := event.Waiting(tx, 5000)
		for _, e := range all {
			found = found || e.Topic == topic && e.SubjectID == subject
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// Nothing else is granted by the lapse of time: not a new licence, not a change,
// not a renewal that came late, not one that waits for its applicant.
func TestNothingElseIsGrantedByLapse(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		s, l, ctx := service(w), issued(t, w, w.Food()), context.Background()
		win := l.Window(w.Food().Result.RenewalRule(), w.Casework.Calendar())
		at(w, win.Last.AddDays(1))
		late, err := ask(w, s, l, casework.PurposeRenew, nil)
		if err != nil {
			t.Fatal(err)
		}
		fresh := w.Submit(w.Matter("公共场所卫生许可"))
		at(w, l.Content.ValidTo.AddDays(400))
		if n, err := s.Lapse(ctx); n != 0 || err != nil {
			t.Errorf("%d granted, %v", n, err)
		}
		for _, id := range []string{late.ID, fresh.ID} {
			if c := w.Case(id); c.Granted || c.Status != casework.StatusReceived {
				t.Errorf("%s is %s", c.ItemName, c.Status)
			}
		}
		err = w.DB.Act(ctx, func(tx *db.Tx) error {
			_, err := w.Casework.RenewBySilence(tx, staff.Machine("试"), late.ID)
			return err
		})
		wants(t, err, "lapse.late")
		err = w.DB.Act(ctx, func(tx *db.Tx) error {
			_, err := w.Casework.RenewBySilence(tx, staff.Machine("试"), fresh.ID)
			return err
		})
		wants(t, err, "lapse.only_renewal")
		err = w.DB.Act(ctx, func(tx *db.Tx) error {
			_, err := w.Casework.RenewBySilence(tx, w.Actor("decider"), late.ID)
			return err
		})
		wants(t, err, "permission")
	})
}

func TestReminders(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		s, l, ctx := service(w), issued(t, w, w.Food()), context.Background()
		last := l.Window(w.Food().Result.RenewalRule(), w.Casework.Calendar()).Last
		for _, c := range []struct{ before, want int }{{60, 0}, {30, 1}, {29, 0}, {7, 1}, {6, 0}, {-1, 0}} {
			at(w, last.AddDays(-c.before))
			if n, err := s.Remind(ctx); n != c.want || err != nil {
				t.Errorf("%d days before: %d %v", c.before, n, err)
			}
		}
		if !told(t, w, "licence.renewal_due", l.ID) {
			t.Error("nobody is told")
		}
	})
}

// Whatever happens to a licence in whatever order, it ends once, is
// deregistered once, and never comes back.
func TestALicenceEndsOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		end := calendar.MustDay("2031-09-12")
		l := &Licence{status: Valid, Content: Content{ValidTo: &end}}
		ends, closes := 0, 0
		day := calendar.MustDay("2026-11-28")
		for range rapid.IntRange(1, 12).Draw(t, "acts") {
			day = day.AddDays(rapid.IntRange(0, 400).Draw(t, "days"))
			before := l.status
			switch rapid.IntRange(0, 2).Draw(t, "act") {
			case 0:
				as := rapid.SampledFrom([]Status{Rescinded, Retracted, Revoked, Valid, Cancelled}).Draw(t, "as")
				if l.end(as, day) == nil {
					ends++
				}
			case 1:
				if l.deregister(day) == nil {
					closes++
				}
			case 2:
				if l.replace(day) == nil {
					ends++
				}
			}
			if before != Valid && l.status != before {
				t.Fatalf("from %s to %s", before, l.status)
			}
		}
		if ends > 1 || closes > 1 || l.status == Cancelled && ends > 0 {
			t.Fatalf("%d ends, %d deregistrations, %s", ends, closes, l.status)
		}
	})
}
