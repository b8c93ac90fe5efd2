package commitment_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/commitment"
	"onewindow/internal/business/credit"
	"onewindow/internal/business/flow"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/sm"
)

var ctx = context.Background()

func service(w *casetest.World) *commitment.Service { return commitment.New(w.DB, w.Casework) }

func code(err error) string {
	if f := fault.Of(err); f != nil {
		return f.Code
	}
	return ""
}

// granted is a case granted on a commitment, with its verification open.
func granted(w *casetest.World) (*casework.Case, commitment.File) {
	w.T.Helper()
	lina, impl := w.Actor("lina"), w.Matter("出版物零售")
	draftID := w.Draft(lina, impl)
	words := casework.Words(impl, "01", casework.ModeCommitment)
	for _, step := range []func() error{
		func() error {
			_, err := w.Casework.ChooseMode(ctx, lina, casework.ChooseMode{DraftID: draftID, Mode: casework.ModeCommitment})
			return err
		},
		func() error {
			return w.Casework.SignPromise(ctx, lina, casework.SignPromise{DraftID: draftID, SM3: sm.Digest([]byte(words)), Agreed: true, Name: "李娜"})
		},
	} {
		if err := step(); err != nil {
			w.T.Fatal(err)
		}
	}
	r, err := w.Casework.Submit(ctx, lina, casework.Submit{DraftID: draftID, Declared: true})
	if err != nil {
		w.T.Fatal(err)
	}
	c := w.Walk(w.Case(r.CaseID), flow.Issue)
	if err := service(w).Open(ctx, c.ID); err != nil {
		w.T.Fatal(err)
	}
	return c, load(w, c.ID)
}

func load(w *casetest.World, caseID string) commitment.File {
	w.T.Helper()
	f, err := service(w).Load(ctx, w.Actor("wl-regulator"), caseID)
	if err != nil {
		w.T.Fatal(err)
	}
	return f
}

func seen(f commitment.File) commitment.Seen {
	return commitment.Seen{CaseID: f.CaseID, Version: f.Version}
}

func count(w *casetest.World, query string, args ...any) (n int) {
	w.T.Helper()
	if err := w.DB.Read(ctx, func(tx *db.Tx) error { return tx.Row(query, args...).Scan(&n) }); err != nil {
		w.T.Fatal(err)
	}
	return n
}

// A commitment and its verification belong together: every grant on one has its
// task, pushed to the supervising department with the last day.
func TestAGrantOnACommitmentIsVerified(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		c, f := granted(w)
		if f.BodyID != "dz-wlj" || f.DeciderID != "dz-spj" || f.Status != commitment.Open || !f.Mine || f.Promise == nil {
			t.Errorf("%+v", f.Verification)
		}
		if want := w.Casework.Calendar().AddWorking(calendar.DayOf(c.DecidedAt), 30); f.Due != want {
			t.Errorf("due %s, want %s", f.Due, want)
		}
		if err := service(w).Open(ctx, c.ID); err != nil { // told again
			t.Fatal(err)
		}
		if n := count(w, `select count(*) from verification where case_id = $1`, c.ID); n != 1 {
			t.Errorf("%d verifications", n)
		}
		// What rests on no commitment has none.
		other := w.Walk(w.Submit(w.Matter("出版物零售")), flow.Issue)
		if err := service(w).Open(ctx, other.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := service(w).Load(ctx, w.Actor("wl-regulator"), other.ID); code(err) != "commitment.missing" {
			t.Errorf("ordinary: %v", err)
		}
	})
}

func TestWhoMayVerify(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		_, f := granted(w)
		in := commitment.Verify{Seen: seen(f), Outcome: commitment.FoundKept, Found: "现场与承诺一致", Officers: "姚兰\n郭峰"}
		for login, want := range map[string]fault.Kind{"lina": fault.KindDenied, "clerk": fault.KindDenied, "regulator": fault.KindMissing,
			"handler": fault.KindDenied} { // the granting body sees it and leaves it to the supervising department
			if err := service(w).Verify(ctx, w.Actor(login), in); fault.Of(err) == nil || fault.Of(err).Kind != want {
				t.Errorf("%s: %v", login, err)
			}
		}
		for login, lines := range map[string]int{"wl-regulator": 1, "handler": 1, "regulator": 0} {
			list, _, err := service(w).List(ctx, w.Actor(login), commitment.Filter{Limit: 10})
			if err != nil || len(list) != lines {
				t.Errorf("%s sees %d: %v", login, len(list), err)
			}
		}
		if _, _, err := service(w).List(ctx, w.Actor("lina"), commitment.Filter{Limit: 10}); fault.Of(err).Kind != fault.KindDenied {
			t.Errorf("applicant: %v", err)
		}
		in.Version = f.Version + 1
		if err := service(w).Verify(ctx, w.Actor("wl-regulator"), in); code(err) != "commitment.stale" {
			t.Errorf("stale: %v", err)
		}
		for name, bad := range map[string]commitment.Verify{
			"one officer twice": {Outcome: commitment.FoundKept, Found: "一致", Officers: "姚兰、姚兰"},
			"nothing found":     {Outcome: commitment.FoundKept, Officers: "姚兰、郭峰"},
			"later outcome":     {Outcome: commitment.FoundRight, Found: "一致", Officers: "姚兰、郭峰"},
		} {
			bad.Seen = commitment.Seen{CaseID: f.CaseID}
			if err := service(w).Verify(ctx, w.Actor("wl-regulator"), bad); code(err) != "form.invalid" {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

// Kept; put right in time; false at once; not put right: every way that a
// verification can go, and what is closed stays closed.
func TestWaysOfAVerification(t *testing.T) {
	ways := map[string]struct {
		outcomes []commitment.Outcome
		status   commitment.Status
	}{
		"kept":          {[]commitment.Outcome{commitment.FoundKept}, commitment.Kept},
		"put right":     {[]commitment.Outcome{commitment.FoundCorrect, commitment.FoundRight}, commitment.Corrected},
		"not put right": {[]commitment.Outcome{commitment.FoundCorrect, commitment.FoundFalse}, commitment.False},
		"false":         {[]commitment.Outcome{commitment.FoundFalse}, commitment.False},
	}
	for name, way := range ways {
		t.Run(name, func(t *testing.T) {
			casetest.Each(t, func(t *testing.T, w *casetest.World) {
				c, f := granted(w)
				for i, o := range way.outcomes {
					w.Clock.Advance(time.Hour)
					err := service(w).Verify(ctx, w.Actor("wl-regulator"), commitment.Verify{Seen: seen(f), Outcome: o, Found: "见核查记录", Officers: "姚兰、郭峰"})
					if err != nil {
						t.Fatal(err)
					}
					if f = load(w, f.CaseID); len(f.Findings) != i+1 {
						t.Fatalf("%d findings", len(f.Findings))
					}
					if o == commitment.FoundCorrect {
						if want := w.Casework.Calendar().AddWorking(calendar.DayOf(w.Clock.Now()), 15); f.Due != want || f.Findings[i].Until != want {
							t.Errorf("to be put right by %s, want %s", f.Due, want)
						}
					}
				}
				if f.Status != way.status || f.ClosedAt.IsZero() {
					t.Errorf("status %s", f.Status)
				}
				err := service(w).Verify(ctx, w.Actor("wl-regulator"), commitment.Verify{Seen: seen(f), Outcome: commitment.FoundKept, Found: "x", Officers: "姚兰、郭峰"})
				if code(err) != "commitment.closed" {
					t.Errorf("closed: %v", err)
				}
				w.Kept(c.ID, "commitment.closed")
				records, err := credit.New(w.DB).Of(ctx, c.ApplicantID)
				if want := way.status == commitment.False; err != nil || (len(records) == 1) != want {
					t.Errorf("records %+v %v", records, err)
				}
				if n := count(w, `select count(*) from outbox where topic = 'commitment.false'`); n != len(records) {
					t.Errorf("told the rescinding noun %d times", n)
				}
				// After a false commitment there is no second one.
				_, err = w.Casework.StartDraft(ctx, w.Actor("lina"), casework.StartDraft{ImplementationID: c.ImplementationID, ApplicantID: c.ApplicantID,
					Channel: casework.Online, About: casework.About{Mode: casework.ModeCommitment}})
				if (code(err) == "credit.barred") != (way.status == commitment.False) {
					t.Errorf("a second time: %v", err)
				}
			})
		})
	}
}

// Great risk excludes commitment unless the matter's own law provides for it.
func TestRiskExcludesCommitment(t *testing.T) {
	w := casetest.SQLite(t)
	fire := w.Matter("消防安全检查")
	if !fire.CommitmentOpen() || len(fire.RisksOf()) == 0 {
		t.Errorf("消防法第十五条 provides for it: %v", fire.RisksOf())
	}
	for name, m := range map[string]*catalog.Implementation{"hygiene": w.Matter("公共场所卫生许可"), "pesticide": w.Matter("农药经营许可")} {
		x := *m
		x.Commitment = &catalog.Commitment{Text: "承诺", Law: "国办发〔2020〕42号", VerifyDays: 20, VerifyBy: "监管部门"}
		if x.CommitmentOpen() {
			t.Errorf("%s: open in spite of %v", name, x.RisksOf())
		}
		lacks := ""
		for _, l := range x.Lacks() {
			lacks += l.Code + " "
		}
		if !strings.Contains(lacks, "catalog.lack.commitment_risk") || x.Publishable() {
			t.Errorf("%s may be published: %s", name, lacks)
		}
		x.Commitment.Law = m.Basis[0].Law + m.Basis[0].Article
		if !x.CommitmentOpen() {
			t.Errorf("%s: its own law %s provides for it", name, x.Commitment.Law)
		}
	}
}

// What rests on a commitment found to be false before its licence was issued is
// held back; the applicant is heard, then the grant is rescinded or let go
// (行政许可法第六十九条第二款、第七条).
func TestNothingIsIssuedOnAFalseCommitment(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		decider := w.Actor("decider")
		held := func() *casework.Case {
			c, f := granted(w)
			if err := service(w).Verify(ctx, w.Actor("wl-regulator"), commitment.Verify{Seen: seen(f), Outcome: commitment.FoundFalse, Found: "场所不存在", Officers: "姚兰、郭峰"}); err != nil {
				t.Fatal(err)
			}
			if got := code(w.IssueBy(w.Actor("issuer"), casework.Seen{CaseID: c.ID})); got != "issue.held_back" {
				t.Fatalf("issued: %q", got)
			}
			return w.Case(c.ID)
		}
		c := held()
		in := casework.SettleHeld{Seen: casetest.Seen(c), Rescind: true, Reasons: "承诺的经营场所不存在"}
		if got := code(w.Casework.SettleHeld(ctx, decider, in)); got != "held.heard_first" {
			t.Errorf("before the applicant was heard: %q", got)
		}
		if got := code(w.Casework.SettleHeld(ctx, decider, casework.SettleHeld{Seen: in.Seen})); got != "form.invalid" {
			t.Errorf("without reasons: %q", got)
		}
		if got := code(w.Casework.SettleHeld(ctx, w.Actor("zj-decider"), in)); got != "case.missing" {
			t.Errorf("another department: %q", got)
		}
		w.Clock.Advance(20 * 24 * time.Hour)
		in.Statement = "没有造假的意思"
		if err := w.Casework.SettleHeld(ctx, decider, in); err != nil {
			t.Fatal(err)
		}
		if c = w.Case(c.ID); c.Status != casework.StatusTerminated || c.Granted || len(c.Flow.Open) > 0 || c.HeldBack() != nil {
			t.Errorf("%+v", c)
		}
		if n := count(w, `select count(*) from document where case_id = $1 and kind in ('CXGZ', 'CX')`, c.ID); n != 2 {
			t.Errorf("%d documents", n)
		}
		if n := count(w, `select count(*) from document where case_id = $1 and kind = 'CX' and content like '%没有造假的意思%'`, c.ID); n != 1 {
			t.Error("the decision does not say what the applicant said")
		}
		if got := code(w.Casework.SettleHeld(ctx, decider, casework.SettleHeld{Seen: casework.Seen{CaseID: c.ID}, Reasons: "x"})); got != "case.not_at_step" {
			t.Errorf("again: %q", got)
		}
	})
}

// What was found not to matter is issued after all; what was issued already is
// no longer held back but rescinded by its own procedure.
func TestHeldBackAndLetGo(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		c, f := granted(w)
		if err := service(w).Verify(ctx, w.Actor("wl-regulator"), commitment.Verify{Seen: seen(f), Outcome: commitment.FoundFalse, Found: "面积少报", Officers: "姚兰、郭峰"}); err != nil {
			t.Fatal(err)
		}
		if err := w.Casework.SettleHeld(ctx, w.Actor("decider"), casework.SettleHeld{Seen: casework.Seen{CaseID: c.ID}, Statement: "笔误", Reasons: "情节不影响准予"}); err != nil {
			t.Fatal(err)
		}
		if err := w.IssueBy(w.Actor("issuer"), casework.Seen{CaseID: c.ID}); err != nil {
			t.Fatal(err)
		}
		err := w.DB.Act(ctx, func(tx *db.Tx) error {
			held, err := w.Casework.HoldBack(tx, w.Actor("decider"), c.ID, "面积少报")
			if held {
				t.Error("what was issued is held back")
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
