package casework_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/credit"
	"onewindow/internal/business/document"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/sm"
)

// promising is a draft of 李娜's in a mode, with every material but the named ones.
func promising(w *casetest.World, impl *catalog.Implementation, m casework.Mode, without ...string) string {
	w.T.Helper()
	ctx, who := context.Background(), w.Actor("lina")
	draftID := w.Draft(who, impl)
	_, files, err := w.Casework.Draft(ctx, who, draftID)
	if err != nil {
		w.T.Fatal(err)
	}
	for _, f := range files {
		for _, no := range without {
			if f.Material == no {
				if err := w.Casework.Detach(ctx, who, f.ID); err != nil {
					w.T.Fatal(err)
				}
			}
		}
	}
	if _, err := w.Casework.ChooseMode(ctx, who, casework.ChooseMode{DraftID: draftID, Mode: m}); err != nil {
		w.T.Fatal(err)
	}
	return draftID
}

func sign(w *casetest.World, impl *catalog.Implementation, m casework.Mode, draftID string) error {
	words := casework.Words(impl, impl.Variants[0].No, m)
	return w.Casework.SignPromise(context.Background(), w.Actor("lina"), casework.SignPromise{DraftID: draftID,
		SM3: sm.Digest([]byte(words)), Agreed: true, Name: "李娜"})
}

func submit(w *casetest.World, draftID string) (*casework.Case, error) {
	r, err := w.Casework.Submit(context.Background(), w.Actor("lina"), casework.Submit{DraftID: draftID, Declared: true})
	if err != nil {
		return nil, err
	}
	return w.Case(r.CaseID), nil
}

// signed is a case applied for in a mode, its promise signed.
func signed(w *casetest.World, impl *catalog.Implementation, m casework.Mode, without ...string) *casework.Case {
	w.T.Helper()
	draftID := promising(w, impl, m, without...)
	if err := sign(w, impl, m, draftID); err != nil {
		w.T.Fatal(err)
	}
	c, err := submit(w, draftID)
	if err != nil {
		w.T.Fatal(err)
	}
	return c
}

func code(err error) string {
	if f := fault.Of(err); f != nil {
		return f.Code
	}
	return ""
}

func fieldCodes(err error) string {
	var out []string
	if f := fault.Of(err); f != nil {
		for _, x := range f.Fields {
			out = append(out, x.Name+"="+x.Code)
		}
	}
	return strings.Join(out, " ")
}

func kinds(w *casetest.World, caseID string) string {
	w.T.Helper()
	var out []string
	err := w.DB.Read(context.Background(), func(tx *db.Tx) error {
		all, err := db.List(tx, func(r db.Scanner) (s string, err error) { return s, r.Scan(&s) },
			`select kind from document where case_id = $1 order by kind`, caseID)
		out = all
		return err
	})
	if err != nil {
		w.T.Fatal(err)
	}
	return strings.Join(out, " ")
}

func TestACommitmentIsSignedOverTheTextThatWasShown(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		ctx, lina, impl := context.Background(), w.Actor("lina"), w.Matter("出版物零售")
		draftID := promising(w, impl, casework.ModeCommitment, "002")
		if _, err := submit(w, draftID); !strings.Contains(fieldCodes(err), "promise=promise.unsigned") {
			t.Fatalf("unsigned: %v", err)
		}
		err := w.Casework.SignPromise(ctx, lina, casework.SignPromise{DraftID: draftID, SM3: strings.Repeat("0", 64), Agreed: true, Name: "李娜"})
		if code(err) != "promise.changed" {
			t.Errorf("another text: %v", err)
		}
		err = w.Casework.SignPromise(ctx, lina, casework.SignPromise{DraftID: draftID, SM3: sm.Digest([]byte(impl.Terms().Text(impl.Name, impl.Body.Name)))})
		if got := fieldCodes(err); got != "agreed=promise.agree name=text.required" {
			t.Errorf("neither agreed nor signed: %s", got)
		}
		if err := sign(w, impl, casework.ModeCommitment, draftID); err != nil {
			t.Fatal(err)
		}
		// Another way of handling voids the signature.
		for _, m := range []casework.Mode{casework.ModeOrdinary, casework.ModeCommitment} {
			if _, err := w.Casework.ChooseMode(ctx, lina, casework.ChooseMode{DraftID: draftID, Mode: m}); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := submit(w, draftID); !strings.Contains(fieldCodes(err), "promise.unsigned") {
			t.Errorf("signature outlived the choice: %v", err)
		}
		if err := sign(w, impl, casework.ModeCommitment, draftID); err != nil {
			t.Fatal(err)
		}
		c, err := submit(w, draftID)
		if err != nil {
			t.Fatal(err)
		}
		if got := kinds(w, c.ID); got != "CN SJ" {
			t.Errorf("documents %s", got)
		}
		p, err := w.Casework.Promise(ctx, lina, c.ID)
		if err != nil || p == nil || p.SM3 != sm.Digest([]byte(p.Words)) || p.SignedName != "李娜" || !p.Public {
			t.Errorf("promise of the case: %+v %v", p, err)
		}
		if _, err := w.Casework.Promise(ctx, w.Actor("wangxiaoming"), c.ID); fault.Of(err) == nil || fault.Of(err).Kind != fault.KindMissing {
			t.Errorf("somebody else reads the promise: %v", err)
		}
	})
}

func TestACommitmentIsDecidedAtOnce(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		c := signed(w, w.Matter("出版物零售"), casework.ModeCommitment, "002")
		c = w.Walk(c, flow.Deliver)
		if c.Status != casework.StatusGranted || !calendar.DayOf(c.DecidedAt).Time().Equal(calendar.DayOf(c.AcceptedAt).Time()) {
			t.Errorf("status %s, accepted %s, decided %s", c.Status, c.AcceptedAt, c.DecidedAt)
		}
		if c.PromisedDue != calendar.DayOf(c.AcceptedAt) {
			t.Errorf("promised for %s, accepted %s", c.PromisedDue, c.AcceptedAt)
		}
		if len(c.Flow.Done) != 3 { // accepted, decided, issued: no examining, no reviewing
			t.Errorf("steps done: %+v", c.Flow.Done)
		}
	})
}

func TestACommitmentMayBeTakenBackUntilTheDecision(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		ctx, lina, impl := context.Background(), w.Actor("lina"), w.Matter("出版物零售")
		back := func(c *casework.Case) error {
			return w.Casework.TakeBack(ctx, lina, casework.TakeBack{Seen: casetest.Seen(c), Reason: "愿意提交材料"})
		}
		// Before acceptance the case is an ordinary one that lacks a material.
		c := signed(w, impl, casework.ModeCommitment, "002")
		if err := back(c); err != nil {
			t.Fatal(err)
		}
		c = w.Case(c.ID)
		if c.Mode != casework.ModeOrdinary || c.Status != casework.StatusReceived || c.Steps() != "accept" {
			t.Fatalf("after: %s %s %s", c.Mode, c.Status, c.Steps())
		}
		err := w.Casework.Accept(ctx, w.Actor("clerk"), casework.Accept{Seen: casetest.Seen(c)})
		if fieldCodes(err) != "material.002=material.lacking" {
			t.Errorf("accepted without the material: %v", err)
		}
		if code(back(c)) != "commitment.none" {
			t.Error("taken back twice")
		}
		// After it the case stays accepted, goes the ordinary way, and owes the material.
		c = w.Walk(signed(w, impl, casework.ModeCommitment, "002"), flow.Decide)
		accepted := c.AcceptedAt
		if err := back(c); err != nil {
			t.Fatal(err)
		}
		c = w.Case(c.ID)
		if c.Steps() != "examine" || !c.AcceptedAt.Equal(accepted) || c.PromisedDue <= calendar.DayOf(accepted) {
			t.Fatalf("after: %s accepted %s promised %s", c.Steps(), c.AcceptedAt, c.PromisedDue)
		}
		c = w.Walk(c, flow.Decide)
		grant := casework.Decide{Seen: casetest.Seen(c), Grant: true, Opinion: "同意。"}
		if code(w.Casework.Decide(ctx, w.Actor("decider"), grant)) != "owing.grant" {
			t.Error("granted without what the promise had replaced")
		}
		w.Clock.Advance(time.Hour)
		w.Attach(lina, c.ID, "002")
		if err := w.Casework.HandInOwed(ctx, lina, casework.HandInOwed{Seen: casetest.Seen(c)}); err != nil {
			t.Fatal(err)
		}
		c = w.Walk(w.Case(c.ID), flow.Deliver)
		if c.Status != casework.StatusGranted {
			t.Errorf("status %s", c.Status)
		}
		// Decided is decided.
		d := w.Walk(signed(w, impl, casework.ModeCommitment, "002"), flow.Issue)
		if code(back(d)) != "commitment.decided" {
			t.Error("taken back after the decision")
		}
	})
}

func TestWhoBrokeAPromiseIsNotBelievedAgain(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		ctx, lina, impl := context.Background(), w.Actor("lina"), w.Matter("出版物零售")
		draftID := promising(w, impl, casework.ModeCommitment, "002")
		if err := sign(w, impl, casework.ModeCommitment, draftID); err != nil {
			t.Fatal(err)
		}
		d, _, err := w.Casework.Draft(ctx, lina, draftID)
		if err != nil {
			t.Fatal(err)
		}
		record := func() {
			err := w.DB.Act(ctx, func(tx *db.Tx) error {
				credit.Put(tx, staff.Machine("测试"), credit.Record{PartyID: d.ApplicantID, Kind: credit.FalseCommitment, CaseID: "c1", Number: "1", BodyID: "dz-spj", Facts: "承诺不实"})
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		record()
		if _, err := submit(w, draftID); code(err) != "credit.barred" {
			t.Errorf("submitted: %v", err)
		}
		for _, m := range []casework.Mode{casework.ModeCommitment, casework.ModeTolerance} {
			hygiene := w.Matter("公共场所卫生许可")
			if m == casework.ModeCommitment {
				hygiene = impl
			}
			_, err := w.Casework.StartDraft(ctx, lina, casework.StartDraft{ImplementationID: hygiene.ID, ApplicantID: d.ApplicantID,
				Channel: casework.Online, About: casework.About{Mode: m}})
			if code(err) != "credit.barred" {
				t.Errorf("%s begun: %v", m, err)
			}
		}
		if _, err := w.Casework.ChooseMode(ctx, lina, casework.ChooseMode{DraftID: draftID}); err != nil {
			t.Errorf("the ordinary way is open to everybody: %v", err)
		}
		repair(t, w, d.ApplicantID)
		if _, err := w.Casework.ChooseMode(ctx, lina, casework.ChooseMode{DraftID: draftID, Mode: casework.ModeCommitment}); err != nil {
			t.Errorf("after the repair: %v", err)
		}
	})
}

func repair(t *testing.T, w *casetest.World, partyID string) {
	t.Helper()
	ctx, s := context.Background(), credit.New(w.DB)
	all, err := s.Of(ctx, partyID)
	if err != nil || len(all) != 1 {
		t.Fatal(all, err)
	}
	in := credit.Repair{ID: all[0].ID, Reason: "已纠正失信行为，作出信用承诺"}
	for login, want := range map[string]fault.Kind{"lina": fault.KindDenied, "clerk": fault.KindDenied, "zj-decider": fault.KindMissing} {
		if err := s.Repair(ctx, w.Actor(login), in); fault.Of(err) == nil || fault.Of(err).Kind != want {
			t.Errorf("%s repairs: %v", login, err)
		}
	}
	if err := s.Repair(ctx, w.Actor("decider"), credit.Repair{ID: in.ID}); code(err) != "form.invalid" {
		t.Errorf("without a reason: %v", err)
	}
	if err := s.Repair(ctx, w.Actor("decider"), in); err != nil {
		t.Fatal(err)
	}
	if err := s.Repair(ctx, w.Actor("decider"), in); code(err) != "credit.repaired" {
		t.Errorf("twice: %v", err)
	}
}

func TestTolerance(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		ctx, lina, impl := context.Background(), w.Actor("lina"), w.Matter("公共场所卫生许可")
		// Without the choice what may follow is asked for; with it the main documents are.
		draftID := w.Draft(lina, impl)
		if _, err := w.Casework.ChooseMode(ctx, lina, casework.ChooseMode{DraftID: draftID, Mode: casework.ModeCommitment}); code(err) != "mode.no_commitment" {
			t.Errorf("commitment in a matter of health: %v", err)
		}
		if _, err := submit(w, promising(w, impl, casework.ModeOrdinary, "007")); fieldCodes(err) != "material.007=material.lacking" {
			t.Errorf("ordinary: %v", err)
		}
		main := promising(w, impl, casework.ModeTolerance, "003", "007")
		if err := sign(w, impl, casework.ModeTolerance, main); err != nil {
			t.Fatal(err)
		}
		if _, err := submit(w, main); fieldCodes(err) != "material.003=material.lacking" {
			t.Errorf("main document lacking: %v", err)
		}
		c := signed(w, impl, casework.ModeTolerance, "007")
		c = w.Walk(c, flow.Examine)
		if got := kinds(w, c.ID); got != "RQ SJ SL" {
			t.Errorf("documents %s", got)
		}
		d, err := w.Casework.Dossier(ctx, lina, c.ID)
		if err != nil || !d.Owing.Open() || len(d.Owing.Items) != 1 || d.Owing.Items[0].Material != "007" {
			t.Fatalf("owing %+v %v", d.Owing, err)
		}
		// Five days are promised, so three are given.
		if want := w.Casework.Calendar().AddWorking(calendar.DayOf(w.Clock.Now()), 3); d.Owing.Until != want {
			t.Errorf("until %s, want %s", d.Owing.Until, want)
		}
		if code(w.Casework.HandInOwed(ctx, lina, casework.HandInOwed{Seen: casetest.Seen(c)})) != "form.invalid" {
			t.Error("handed in without the material")
		}
		_, err = w.Casework.Attach(ctx, lina, casework.Attach{OwnerID: c.ID, Material: "003", Name: "x.pdf", Size: int64(len(casetest.PDF)), Content: strings.NewReader(string(casetest.PDF))})
		if fault.Of(err) == nil {
			t.Error("attached what is not owed")
		}
		w.Clock.Advance(time.Hour)
		f := w.Attach(lina, c.ID, "007")
		if err := w.Casework.Detach(ctx, lina, f.ID); err != nil {
			t.Errorf("not yet handed in, taken away again: %v", err)
		}
		w.Attach(lina, c.ID, "007")
		if err := w.Casework.HandInOwed(ctx, lina, casework.HandInOwed{Seen: casetest.Seen(c)}); err != nil {
			t.Fatal(err)
		}
		if c = w.Case(c.ID); len(c.Course.Holds) != 0 {
			t.Errorf("still held: %+v", c.Course.Holds)
		}
	})
}

func TestToleranceThatIsNotKept(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		ctx, clerk, impl := context.Background(), w.Actor("clerk"), w.Matter("公共场所卫生许可")
		c := w.Walk(signed(w, impl, casework.ModeTolerance, "007"), flow.Examine)
		end := func() error {
			c = w.Case(c.ID)
			return w.Casework.EndOwing(ctx, clerk, casework.EndOwing{Seen: casetest.Seen(c), Reason: "逾期未补齐"})
		}
		if code(end()) != "owing.not_due" {
			t.Error("ended before the last day")
		}
		due := w.Casework.Calendar().AddWorking(calendar.DayOf(w.Clock.Now()), 3)
		w.Clock.Set(due.Time().Add(23 * time.Hour))
		if code(end()) != "owing.not_due" {
			t.Error("ended on the last day")
		}
		w.Clock.Set((due + 1).Time().Add(9 * time.Hour))
		if n, err := w.Casework.EndOverdue(ctx); n != 0 || err != nil {
			t.Fatalf("the system ended %d cases by itself: %v", n, err)
		}
		list, _, err := w.Casework.OwingList(ctx, clerk, casework.Cursor{}, 10)
		if err != nil || len(list) != 1 || !list[0].Overdue(calendar.DayOf(w.Clock.Now())) {
			t.Fatalf("list %+v %v", list, err)
		}
		if err := end(); err != nil {
			t.Fatal(err)
		}
		c = w.Case(c.ID)
		if c.Status != casework.StatusTerminated || !strings.Contains(kinds(w, c.ID), string(document.ZZSQ)) {
			t.Errorf("status %s, documents %s", c.Status, kinds(w, c.ID))
		}
		if all, err := credit.New(w.DB).Of(ctx, c.ApplicantID); err != nil || len(all) != 1 || all[0].Kind != credit.BrokenTolerance {
			t.Errorf("record %+v %v", all, err)
		}
		if list, _, _ := w.Casework.OwingList(ctx, clerk, casework.Cursor{}, 10); len(list) != 0 {
			t.Errorf("still on the list: %+v", list)
		}
		if code(end()) != "owing.nothing" {
			t.Error("ended twice")
		}
	})
}
