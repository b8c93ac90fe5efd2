package registration_test

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/registration"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

var ctx = context.Background()

func service(w *casetest.World) *registration.Service {
	return registration.New(w.DB, w.Casework, registration.Simulated)
}

func code(err error) string {
	if f := fault.Of(err); f != nil {
		return f.Code
	}
	return ""
}

func kinds(w *casetest.World, caseID string) string {
	w.T.Helper()
	var out []string
	if err := w.DB.Read(ctx, func(tx *db.Tx) (err error) {
		out, err = db.List(tx, func(r db.Scanner) (s string, err error) { return s, r.Scan(&s) }, `select kind from document where case_id = $1 order by kind`, caseID)
		return err
	}); err != nil {
		w.T.Fatal(err)
	}
	return strings.Join(out, " ")
}

// checkAll checks every person of a case at the window.
func checkAll(w *casetest.World, caseID string) {
	w.T.Helper()
	s := service(w)
	for {
		d, err := w.Casework.Dossier(ctx, w.Actor("clerk"), caseID)
		if err != nil {
			w.T.Fatal(err)
		}
		p, err := s.Persons(ctx, d)
		if err != nil {
			w.T.Fatal(err)
		}
		if len(p.Lacks) == 0 {
			return
		}
		if err := s.CheckIdentity(ctx, w.Actor("clerk"), registration.CheckIdentity{Seen: casetest.Seen(d.Case), Person: p.Lacks[0].Key,
			Way: registration.InPerson, Receipt: "核对居民身份证原件，人证一致"}); err != nil {
			w.T.Fatal(err)
		}
	}
}

// Registered on the spot or within three working days of the receipt, with its
// own documents and without an acceptance of its own (条例第十九条；细则第十八条).
func TestARegistrationRunsFromItsReceipt(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		for _, name := range []string{"有限责任公司设立登记", "个体工商户设立登记", "市场主体变更登记"} {
			impl := w.Matter(name)
			c := w.Submit(impl)
			cal := w.Casework.Calendar()
			if want := cal.AddWorking(calendar.DayOf(c.ReceivedAt), 3); c.StatutoryDue != want || !c.AcceptedAt.Equal(c.ReceivedAt) {
				t.Errorf("%s: due %s, want %s; accepted %s, received %s", name, c.StatutoryDue, want, c.AcceptedAt, c.ReceivedAt)
			}
			if got := kinds(w, c.ID); got != "JSTZ" {
				t.Errorf("%s: documents %s", name, got)
			}
			c = w.Walk(c, flow.Decide)
			if w.Case(c.ID); kinds(w, c.ID) != "JSTZ" {
				t.Errorf("%s: taking the papers issued %s", name, kinds(w, c.ID))
			}
			grant := casework.Decide{Seen: casetest.Seen(c), Grant: true, Opinion: "予以登记。"}
			if err := w.Casework.Decide(ctx, w.Actor("decider"), grant); code(err) != "registration.identity" {
				t.Errorf("%s: registered without the persons checked: %v", name, err)
			}
			checkAll(w, c.ID)
			c = w.Walk(w.Case(c.ID), flow.Issue)
			if c.Status != casework.StatusGranted || kinds(w, c.ID) != "DJTZ JSTZ" {
				t.Errorf("%s: %s with %s", name, c.Status, kinds(w, c.ID))
			}
		}
	})
}

func TestARegistrationIsRefusedWithItsOwnNotice(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		c := w.Walk(w.Submit(w.Matter("有限责任公司设立登记")), flow.Decide)
		err := w.Casework.Decide(ctx, w.Actor("decider"), casework.Decide{Seen: casetest.Seen(c), Opinion: "不予登记。", Reasons: "法定代表人有不得担任的情形",
			Basis: "《中华人民共和国市场主体登记管理条例》第十二条"})
		if err != nil {
			t.Fatal(err)
		}
		if c = w.Case(c.ID); c.Status != casework.StatusRefused || kinds(w, c.ID) != "DJTZ JSTZ" {
			t.Errorf("%s with %s", c.Status, kinds(w, c.ID))
		}
	})
}

// Incomplete papers go back with the whole list; nothing is suspended, and who
// applies again finds what was filled in.
func TestPapersGoBack(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		clerk, impl, s := w.Actor("clerk"), w.Matter("有限责任公司设立登记"), service(w)
		c := w.Submit(impl)
		items := []casework.Item{{Material: "004", Name: "公司章程", Problem: "缺少股东签字", Standard: "全体股东签字"}}
		if err := w.Casework.NotifySupplement(ctx, clerk, casework.NotifySupplement{Seen: casetest.Seen(c), Items: items}); code(err) != "registration.no_supplement" {
			t.Errorf("supplemented: %v", err)
		}
		wrong := map[string][]casework.Item{"none": nil, "not asked": {{Material: "999", Problem: "x", Standard: "y"}}, "no reason": {{Material: "004", Standard: "y"}}}
		for name, list := range wrong {
			if err := s.ReturnPapers(ctx, clerk, registration.ReturnPapers{Seen: casetest.Seen(c), Items: list}); code(err) != "form.invalid" {
				t.Errorf("%s: %v", name, err)
			}
		}
		for login, kind := range map[string]fault.Kind{"lina": fault.KindDenied, "yb-clerk": "", "handler": fault.KindDenied} {
			err := s.ReturnPapers(ctx, w.Actor(login), registration.ReturnPapers{Seen: casework.Seen{CaseID: c.ID, Version: c.Version + 5}, Items: items})
			if f := fault.Of(err); f == nil || kind != "" && f.Kind != kind {
				t.Errorf("%s: %v", login, err)
			}
		}
		if err := s.ReturnPapers(ctx, clerk, registration.ReturnPapers{Seen: casetest.Seen(c), Items: items}); err != nil {
			t.Fatal(err)
		}
		c = w.Case(c.ID)
		if c.Status != casework.StatusReturned || !c.Status.Ended() || len(c.Flow.Open) != 0 || len(c.Course.Pauses) != 0 || kinds(w, c.ID) != "DJTZ JSTZ" {
			t.Errorf("%s %v %s", c.Status, c.Flow.Open, kinds(w, c.ID))
		}
		again, err := w.Casework.StartDraft(ctx, w.Actor("lina"), casework.StartDraft{ImplementationID: impl.ID, ApplicantID: c.ApplicantID,
			Channel: casework.Online, About: casework.About{PriorID: c.ID}})
		if err != nil {
			t.Fatal(err)
		}
		d, _, err := w.Casework.Draft(ctx, w.Actor("lina"), again)
		if err != nil || d.Values["company.shareholders"] != impl.Example["company.shareholders"] {
			t.Errorf("what was filled in is gone: %v %v", d.Values["company.shareholders"], err)
		}
		// Somebody else does not get at it by naming the case.
		other, err := w.Casework.StartDraft(ctx, w.Actor("wangxiaoming"), casework.StartDraft{ImplementationID: impl.ID,
			ApplicantID: w.Actor("wangxiaoming").PartyIDs[0], Channel: casework.Online, About: casework.About{PriorID: c.ID}})
		if err == nil {
			if d, _, _ := w.Casework.Draft(ctx, w.Actor("wangxiaoming"), other); d.Values["company.shareholders"] != "" {
				t.Error("another applicant sees the answers")
			}
		}
		// No other matter goes by these rules.
		food := w.Submit(w.Food())
		if err := s.ReturnPapers(ctx, clerk, registration.ReturnPapers{Seen: casetest.Seen(food), Items: items}); code(err) != "registration.only" {
			t.Errorf("food: %v", err)
		}
	})
}

func TestSilenceAcceptsNoRegistration(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		c := w.Submit(w.Matter("有限责任公司设立登记"))
		w.Clock.Advance(12 * 24 * time.Hour)
		if n, err := w.Casework.Deem(ctx); n != 0 || err != nil || w.Case(c.ID).Status != casework.StatusReceived {
			t.Errorf("deemed %d: %v", n, err)
		}
	})
}

// Every person is checked, online by what says that it is simulated, or seen at
// the window (细则第十六条).
func TestIdentity(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		s, lina := service(w), w.Actor("lina")
		c := w.Submit(w.Matter("个体工商户设立登记"))
		d, err := w.Casework.Dossier(ctx, lina, c.ID)
		if err != nil {
			t.Fatal(err)
		}
		p, err := s.Persons(ctx, d)
		if err != nil || len(p.Lacks) == 0 || p.Lacks[0].Key != "person.name" {
			t.Fatalf("%+v %v", p, err)
		}
		in := registration.CheckIdentity{Seen: casetest.Seen(c), Person: "person.name", Way: registration.Online}
		bad := map[string]registration.CheckIdentity{
			"registration.person": {Seen: in.Seen, Person: "nobody", Way: registration.Online},
			"form.invalid":        {Seen: in.Seen, Person: in.Person, Way: registration.InPerson},
			"permission":          {Seen: in.Seen, Person: in.Person, Way: registration.InPerson, Receipt: "本人到场"},
		}
		for want, x := range bad {
			who := w.Actor("clerk")
			if want == "permission" || x.Way == registration.Online {
				who = lina
			}
			if err := s.CheckIdentity(ctx, who, x); code(err) != want {
				t.Errorf("%s: %v", want, err)
			}
		}
		if err := s.CheckIdentity(ctx, lina, in); err != nil {
			t.Fatal(err)
		}
		in.Version = 0
		if err := s.CheckIdentity(ctx, lina, in); code(err) != "registration.identity_done" {
			t.Errorf("twice: %v", err)
		}
		d, _ = w.Casework.Dossier(ctx, lina, c.ID)
		p, err = s.Persons(ctx, d)
		if err != nil || !slices.ContainsFunc(p.Done, func(i registration.Identity) bool { return i.Simulated && strings.Contains(i.Receipt, "模拟") }) {
			t.Errorf("%+v %v", p, err)
		}
		checkAll(w, c.ID)
		if c = w.Case(c.ID); len(c.Course.Holds) != 0 {
			t.Errorf("still held: %+v", c.Course.Holds)
		}
		// A person who is named only after a correction is checked, too.
		v := maps.Clone(d.Values)
		v["person.name"] = "周小川"
		if err := w.Casework.Correct(ctx, w.Actor("clerk"), casework.Correct{Seen: casetest.Seen(c), Values: v}); err != nil {
			t.Fatal(err)
		}
		c = w.Walk(w.Case(c.ID), flow.Decide)
		if err := w.Casework.Decide(ctx, w.Actor("decider"), casework.Decide{Seen: casetest.Seen(c), Grant: true, Opinion: "登记"}); code(err) != "registration.identity" {
			t.Errorf("a new person was not checked: %v", err)
		}
	})
}

// An individual business is deregistered ten days after other departments were
// told, in which the clock stands (条例第三十三条第三款).
func TestSimpleDeregistrationOfAnIndividual(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		impl := w.Matter("市场主体简易注销登记")
		lina := w.Actor("lina")
		draftID := w.Draft(lina, impl)
		d, _, err := w.Casework.Draft(ctx, lina, draftID)
		if err != nil {
			t.Fatal(err)
		}
		d.Values["cancel.subject"] = "individual"
		delete(d.Values, "cancel.announced_on")
		if _, err := w.Casework.SaveDraft(ctx, lina, casework.SaveDraft{DraftID: draftID, Values: d.Values}); err != nil {
			t.Fatal(err)
		}
		r, err := w.Casework.Submit(ctx, lina, casework.Submit{DraftID: draftID, Declared: true})
		if err != nil {
			t.Fatal(err)
		}
		checkAll(w, r.CaseID)
		c := w.Walk(w.Case(r.CaseID), flow.Decide)
		received := calendar.DayOf(c.ReceivedAt)
		if c.StatutoryDue <= received.AddDays(10) {
			t.Errorf("due %s within the time for objections from %s", c.StatutoryDue, received)
		}
		decide := func() error {
			c = w.Case(c.ID)
			return w.Casework.Decide(ctx, w.Actor("decider"), casework.Decide{Seen: casetest.Seen(c), Grant: true, Opinion: "准予注销登记。"})
		}
		w.Clock.Set(received.AddDays(10).Time().Add(23 * time.Hour))
		if code(decide()) != "registration.objection" {
			t.Error("registered while objections are possible")
		}
		w.Clock.Set(received.AddDays(11).Time().Add(9 * time.Hour))
		if err := decide(); err != nil {
			t.Error(err)
		}
	})
}
