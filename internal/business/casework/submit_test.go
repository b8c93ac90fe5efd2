package casework_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/form"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

var ctx = context.Background()

// refused checks that the act was refused with this code, citing this law.
func refused(t *testing.T, err error, code, law string) {
	t.Helper()
	f := fault.Of(err)
	if f == nil || f.Code != code || !strings.Contains(f.Law, law) {
		t.Fatalf("want %s citing %q, got %v", code, law, err)
	}
}

func field(err error, name string) bool {
	f := fault.Of(err)
	if f == nil {
		return false
	}
	for _, x := range f.Fields {
		if x.Name == name {
			return true
		}
	}
	return false
}

func count(t *testing.T, w *casetest.World, query string, args ...any) (n int) {
	t.Helper()
	if err := w.DB.Read(ctx, func(tx *db.Tx) error { return tx.Row(query, args...).Scan(&n) }); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestSubmittingTwiceMakesOneCase(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		who, draft := w.Actor("lina"), ""
		draft = w.Draft(who, w.Food())
		numbers := make(chan string, 32)
		var wg sync.WaitGroup
		for range 32 {
			wg.Go(func() {
				r, err := w.Casework.Submit(ctx, who, casework.Submit{DraftID: draft, Declared: true})
				if err != nil {
					t.Error(err)
				}
				numbers <- r.Number
			})
		}
		wg.Wait()
		close(numbers)
		first := <-numbers
		for n := range numbers {
			if n != first || n == "" {
				t.Fatalf("two numbers: %s and %s", first, n)
			}
		}
		if n := count(t, w, `select count(*) from cases`); n != 1 {
			t.Fatalf("%d cases", n)
		}
		if n := count(t, w, `select count(*) from document where kind = 'SJ'`); n != 1 {
			t.Fatalf("%d receipts", n)
		}
	})
}

func TestReceiptIsAtOnceWhateverTheHour(t *testing.T) {
	w := casetest.SQLite(t)
	w.Clock.Set(saturdayNight)
	c := w.Submit(w.Food())
	if !c.ReceivedAt.Equal(saturdayNight) || c.Status != casework.StatusReceived {
		t.Fatalf("received %v, %s", c.ReceivedAt, c.Status)
	}
	page, err := w.Casework.WorkList(ctx, w.Actor("clerk"), casework.Filter{})
	if err != nil || len(page.Tasks) != 1 {
		t.Fatalf("%v %v", page, err)
	}
	// Sunday the 20th, a make-up working day, is the first of five.
	if got := page.Tasks[0].Due.String(); got != "2026-09-24" {
		t.Errorf("the clerk's day is %s", got)
	}
}

func TestSubmitSaysWhatIsWrongAtItsField(t *testing.T) {
	w := casetest.SQLite(t)
	who, impl := w.Actor("lina"), w.Food()
	draftID, err := w.Casework.StartDraft(ctx, who, casework.StartDraft{ImplementationID: impl.ID,
		ApplicantID: who.PartyIDs[0], Channel: casework.Online})
	if err != nil {
		t.Fatal(err)
	}
	_, err = w.Casework.SaveDraft(ctx, who, casework.SaveDraft{DraftID: draftID, Values: form.Values{}})
	if err != nil {
		t.Fatal(err)
	}
	_, err = w.Casework.Submit(ctx, who, casework.Submit{DraftID: draftID})
	refused(t, err, "form.invalid", "")
	lacking := ""
	for _, m := range impl.Materials {
		if m.Need == "required" && !m.Shared && !casework.Takes(m, "form") {
			lacking = "material." + m.No
		}
	}
	for _, name := range []string{"declared", lacking} {
		if !field(err, name) {
			t.Errorf("nothing is said at %s: %v", name, err)
		}
	}
}

func TestAnothersDraftDoesNotExist(t *testing.T) {
	w := casetest.SQLite(t)
	draft := w.Draft(w.Actor("lina"), w.Food())
	for _, other := range []string{"wangxiaoming", "clerk"} {
		_, _, err := w.Casework.Draft(ctx, w.Actor(other), draft)
		if !errors.Is(err, fault.Missing("draft.missing")) {
			t.Errorf("%s: %v", other, err)
		}
		if _, err = w.Casework.Submit(ctx, w.Actor(other), casework.Submit{DraftID: draft, Declared: true}); !errors.Is(err, fault.Missing("draft.missing")) {
			t.Errorf("%s submits: %v", other, err)
		}
	}
}

func TestADraftOfAnotherPartyIsRefused(t *testing.T) {
	w := casetest.SQLite(t)
	company := w.Actor("lina").PartyIDs[len(w.Actor("lina").PartyIDs)-1]
	_, err := w.Casework.StartDraft(ctx, w.Actor("wangxiaoming"), casework.StartDraft{ImplementationID: w.Food().ID,
		ApplicantID: company, Channel: casework.Online})
	refused(t, err, "party.not_yours", "")
}

func TestAStaleDraftIsNotOverwritten(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		who := w.Actor("lina")
		draftID := w.Draft(who, w.Food())
		d, _, _ := w.Casework.Draft(ctx, who, draftID)
		save := casework.SaveDraft{DraftID: draftID, Version: d.Version, Values: d.Values}
		if _, err := w.Casework.SaveDraft(ctx, who, save); err != nil {
			t.Fatal(err)
		}
		_, err := w.Casework.SaveDraft(ctx, who, save)
		refused(t, err, "draft.stale", "")
	})
}

func TestDiscardedDraftIsGone(t *testing.T) {
	w := casetest.SQLite(t)
	who := w.Actor("lina")
	draftID := w.Draft(who, w.Food())
	if err := w.Casework.DiscardDraft(ctx, who, draftID); err != nil {
		t.Fatal(err)
	}
	if n := count(t, w, `select count(*) from file`); n != 0 {
		t.Errorf("%d files are left", n)
	}
	_, err := w.Casework.Submit(ctx, who, casework.Submit{DraftID: draftID, Declared: true})
	refused(t, err, "draft.closed", "")
}

// Nothing personal stands in the clear in the store or in the audit.
func TestTheFormIsSealedAtRest(t *testing.T) {
	w := casetest.SQLite(t)
	c := w.Submit(w.Food())
	var sealed string
	if err := w.DB.Read(ctx, func(tx *db.Tx) error {
		return tx.Row(`select values_sealed from case_form where case_id = $1`, c.ID).Scan(&sealed)
	}); err != nil {
		t.Fatal(err)
	}
	d, err := w.Casework.Dossier(ctx, w.Actor("lina"), c.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range d.Impl.Form.Sensitive() {
		v := d.Values[id]
		if len(v) < 8 {
			continue
		}
		if strings.Contains(sealed, v) || count(t, w, `select count(*) from audit where before like $1 or after like $1`, "%"+v+"%") > 0 {
			t.Errorf("%s is readable in the store", id)
		}
	}
}

// A matter published for natural persons is not applied for online in the name
// of a company; a window receives whatever comes (行政许可法第三十条、第三十二条).
func TestWhomAMatterServes(t *testing.T) {
	w := casetest.SQLite(t)
	lina, impl := w.Actor("lina"), w.Matter("个体工商户设立登记")
	start := casework.StartDraft{ImplementationID: impl.ID, Channel: casework.Online, ApplicantID: lina.PartyIDs[1]}
	_, err := w.Casework.StartDraft(ctx, lina, start)
	refused(t, err, "draft.audience", "第三十条")
	start.Channel = casework.Window
	if _, err = w.Casework.StartDraft(ctx, w.Actor("clerk"), start); err != nil {
		t.Error(err)
	}
	start.Channel, start.ApplicantID = casework.Online, lina.PartyIDs[0]
	if _, err = w.Casework.StartDraft(ctx, lina, start); err != nil {
		t.Error(err)
	}
}

// 个人信息保护法第十七条: with every application it stands on record which version
// of the notice the applicant was told.
func TestTheNoticeIsRecordedByItsVersion(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		c := w.Submit(w.Food())
		want := `%"privacy_notice":1%`
		if n := count(t, w, `select count(*) from case_event where case_id = $1 and kind = 'case.submitted' and data like $2`, c.ID, want); n != 1 {
			t.Errorf("%d records of the notice", n)
		}
	})
}
