package interest

import (
	"context"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/flow"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

var ctx = context.Background()

func day(s string) calendar.Day { return calendar.MustDay(s) }

func codeOf(err error) string {
	if err == nil {
		return ""
	}
	return fault.Of(err).Code
}

func TestUntil(t *testing.T) {
	cal := calendar.Builtin()
	for _, tc := range []struct {
		told string
		via  Via
		days int
		want string
	}{
		{"2026-11-02", ByHand, 5, "2026-11-09"},
		{"2026-11-02", ByPost, 5, "2026-11-16"}, // seven days for the post, then five working days
		{"2026-09-30", ByHand, 5, "2026-10-13"}, // over the National Day, Saturday the 10th is worked
		{"2026-11-02", ByHand, 15, "2026-11-23"},
	} {
		if got := until(day(tc.told), tc.via, tc.days, cal).String(); got != tc.want {
			t.Errorf("%+v: %s", tc, got)
		}
	}
}

// Whatever is told of the post later, nobody's time becomes shorter, and
// everybody has the least time from the day on which the letter came.
func TestNobodysTimeBecomesShorter(t *testing.T) {
	cal := calendar.Builtin()
	rapid.Check(t, func(r *rapid.T) {
		told := day("2026-01-05").AddDays(rapid.IntRange(0, 300).Draw(r, "told"))
		p := Party{Until: until(told, ByPost, rapid.IntRange(LeastDays, MostDays).Draw(r, "days"), cal)}
		before, came := p.Until, told.AddDays(rapid.IntRange(0, 30).Draw(r, "post"))
		p.served(came, LeastDays, cal)
		if p.Until < before || cal.WorkingBetween(came, p.Until) < LeastDays {
			r.Fatalf("told %s, came %s: %s, was %s", told, came, p.Until, before)
		}
	})
}

func service(w *casetest.World) *Service {
	return New(w.DB, w.Casework, w.Party, w.Keys, "http://127.0.0.1:8080")
}

func TestHeardBeforeTheDecision(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		s := service(w)
		id := w.Walk(w.Submit(w.Food()), flow.Decide).ID
		seen := func() casework.Seen { return casetest.Seen(w.Case(id)) }
		officer, lina := w.Actor("handler2"), w.Actor("lina")
		in := Register{Seen: seen(), Name: "赵邻", Address: "南城区1号", Phone: "13812345678", Interest: "隔壁住户", Via: ByPost, Days: 5}
		for field, bad := range map[string]Register{"name": {Seen: in.Seen, Address: "x", Interest: "x", Via: ByHand, Days: 5},
			"via": {Seen: in.Seen, Name: "x", Address: "x", Interest: "x", Via: Online, Days: 5}, "days": {Seen: in.Seen, Name: "x", Address: "x", Interest: "x", Via: ByHand, Days: 4},
			"address": {Seen: in.Seen, Name: "x", Phone: "13812345678", Interest: "x", Via: ByPost, Days: 5}, "phone": {Seen: in.Seen, Name: "x", Phone: "12", Interest: "x", Via: ByHand, Days: 5}} {
			if _, err := s.Register(ctx, officer, bad); fault.Of(err) == nil || fault.Of(err).Fields[0].Name != field {
				t.Errorf("%s: %v", field, err)
			}
		}
		partyID, err := s.Register(ctx, officer, in)
		if err != nil {
			t.Fatal(err)
		}
		if n := len(w.Case(id).Course.Holds); n != 2 {
			t.Fatalf("%d holds: the party and the applicant are both heard", n)
		}
		mine, err := s.ByCase(ctx, lina, id)
		if err != nil || len(mine) != 1 || mine[0].Role != Applicant {
			t.Fatalf("the applicant sees %+v, %v", mine, err)
		}
		if err := s.Speak(ctx, lina, State{Seen: seen(), PartyID: partyID, Text: "以他人名义"}); codeOf(err) != "interest.missing" {
			t.Errorf("the applicant speaks for the neighbour: %v", err)
		}
		if err := s.Speak(ctx, lina, State{Seen: seen(), PartyID: mine[0].ID, Text: "油烟已净化。"}); err != nil {
			t.Fatal(err)
		}
		if err := s.Record(ctx, officer, State{Seen: seen(), PartyID: partyID, Text: "担心油烟。", Via: ByHand}); err != nil {
			t.Fatal(err)
		}
		decide := func() error {
			return w.Casework.Decide(ctx, w.Actor("decider"), casework.Decide{Seen: seen(), Grant: true, Opinion: "同意。"})
		}
		if err := decide(); codeOf(err) != "interest.unanswered" || fault.Of(err).Law != lawInterest {
			t.Errorf("decided unanswered: %v", err)
		}
		for _, p := range []string{partyID, mine[0].ID} {
			if err := s.Answer(ctx, officer, Answer{Seen: seen(), PartyID: p, Text: "已核实，采纳。", Adopted: true}); err != nil {
				t.Fatal(err)
			}
		}
		if err := decide(); err != nil {
			t.Errorf("heard and answered, and not decided: %v", err)
		}
	})
}

func TestLateAndServed(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		s := service(w)
		id := w.Walk(w.Submit(w.Food()), flow.Decide).ID
		seen := func() casework.Seen { return casetest.Seen(w.Case(id)) }
		partyID, err := s.Register(ctx, w.Actor("handler2"), Register{Seen: seen(), Name: "赵邻", Address: "南城区1号", Interest: "隔壁住户", Via: ByPost, Days: 5})
		if err != nil {
			t.Fatal(err)
		}
		p := load(t, s, w, partyID)
		w.Clock.Set(p.Until.Time().Add(9 * time.Hour))
		// The letter came only on the last day: the whole time begins.
		if err := s.Serve(ctx, w.Actor("handler2"), Serve{Seen: seen(), PartyID: partyID, On: p.Until}); err != nil {
			t.Fatal(err)
		}
		longer := load(t, s, w, partyID)
		if got := calendar.Builtin().WorkingBetween(p.Until, longer.Until); got != LeastDays {
			t.Errorf("%d days from the day it came", got)
		}
		w.Clock.Set(longer.Until.AddDays(1).Time().Add(9 * time.Hour))
		at, err := s.ByCode(ctx, p.Number, s.Code(p))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.SpeakAs(ctx, at, "来晚了"); codeOf(err) != "interest.late" {
			t.Errorf("after the last day: %v", err)
		}
		w.Kept(id, "interest.late")
		if n, err := s.Lapse(ctx); err != nil || n != 2 {
			t.Errorf("%d lapsed, %v", n, err)
		}
		if len(w.Case(id).Course.Holds) != 0 {
			t.Error("the decision still waits")
		}
	})
}

func load(t *testing.T, s *Service, w *casetest.World, partyID string) (p Party) {
	t.Helper()
	if err := w.DB.Read(ctx, func(tx *db.Tx) (err error) { p, err = s.Load(tx, partyID); return err }); err != nil {
		t.Fatal(err)
	}
	return p
}

// How somebody is reached and what they say is not in the store in the clear,
// nor in the history of the case.
func TestNothingOfThemIsInTheClear(t *testing.T) {
	w := casetest.SQLite(t)
	s := service(w)
	id := w.Walk(w.Submit(w.Food()), flow.Decide).ID
	partyID, err := s.Register(ctx, w.Actor("handler2"), Register{Seen: casetest.Seen(w.Case(id)), Name: "赵邻", Phone: "13812345678", Interest: "隔壁独居老人", Via: ByHand, Days: 5})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Record(ctx, w.Actor("handler2"), State{Seen: casetest.Seen(w.Case(id)), PartyID: partyID, Text: "睡不着觉", Via: ByHand}); err != nil {
		t.Fatal(err)
	}
	for _, q := range []string{`select data_sealed from interested_party`, `select data || note from case_event`, `select payload from outbox`} {
		_ = w.DB.Read(ctx, func(tx *db.Tx) error {
			all, err := db.List(tx, func(r db.Scanner) (s string, err error) { return s, r.Scan(&s) }, q)
			if err != nil && !strings.Contains(q, "outbox") {
				t.Errorf("%s: %v", q, err)
			}
			for _, text := range all {
				for _, secret := range []string{"13812345678", "独居", "睡不着"} {
					if strings.Contains(text, secret) {
						t.Errorf("%s tells %s", q, secret)
					}
				}
			}
			return nil
		})
	}
}

// An officer finds by name whom their own cases concern, and nobody else; what is
// found is masked, and every look-up is on record without the name.
func TestFoundWithinTheScope(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		s := service(w)
		id := w.Walk(w.Submit(w.Food()), flow.Decide).ID
		officer, name := w.Actor("handler2"), w.Case(id).ApplicantName
		found, err := s.Find(ctx, officer, id, name)
		if err != nil || len(found) != 1 || !found[0].Account {
			t.Fatalf("%+v %v", found, err)
		}
		if found, err := s.Find(ctx, officer, id, "王小明"); err != nil || len(found) != 0 {
			t.Errorf("somebody whom no case of the body concerns: %+v %v", found, err)
		}
		if _, err := s.Find(ctx, w.Actor("zj-handler"), id, name); codeOf(err) != "case.missing" {
			t.Errorf("another department: %v", err)
		}
		if _, err := s.Find(ctx, w.Actor("lina"), id, name); codeOf(err) != "permission" {
			t.Errorf("an applicant: %v", err)
		}
		w.Read(func(tx *db.Tx) error {
			n, told := 0, ""
			if err := tx.Row(`select count(*), max(after) from audit where act = 'interest.find'`).Scan(&n, &told); err != nil || n != 2 || strings.Contains(told, name) {
				t.Errorf("%d on record: %s, %v", n, told, err)
			}
			return nil
		})
		// The applicant is not interested beside themself.
		in := Register{Seen: casetest.Seen(w.Case(id)), KnownID: found[0].ID, Interest: "x", Via: ByHand, Days: 5}
		if _, err := s.Register(ctx, officer, in); codeOf(err) != "interest.is_applicant" {
			t.Errorf("the applicant as interested party: %v", err)
		}
	})
}

// Who is known and has an account is told online, and finds it in their account.
func TestAKnownPartyIsToldOnline(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		s := service(w)
		other := w.SubmitAs("wangxiaoming", w.Matter("公共场所卫生"))
		id := w.Walk(w.Submit(w.Food()), flow.Decide).ID
		officer, wang := w.Actor("handler2"), w.Actor("wangxiaoming")
		in := Register{Seen: casetest.Seen(w.Case(id)), KnownID: other.ApplicantID, Interest: "隔壁住户", Via: Online, Days: 5}
		partyID, err := s.Register(ctx, officer, in)
		if err != nil {
			t.Fatal(err)
		}
		in.Seen = casetest.Seen(w.Case(id))
		if _, err := s.Register(ctx, officer, in); codeOf(err) != "interest.twice" {
			t.Errorf("told twice: %v", err)
		}
		mine, err := s.Mine(ctx, wang, "", 10)
		if err != nil || len(mine) != 1 || mine[0].ID != partyID || mine[0].Name != "王小明" {
			t.Fatalf("%+v %v", mine, err)
		}
		if _, err := s.ByAccount(ctx, w.Actor("lina"), partyID); codeOf(err) != "interest.missing" {
			t.Errorf("somebody else's account: %v", err)
		}
		at, err := s.ByAccount(ctx, wang, partyID)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.SpeakAs(ctx, at, "担心油烟。"); err != nil {
			t.Fatal(err)
		}
		w.Read(func(tx *db.Tx) error {
			n := 0
			if err := tx.Row(`select count(*) from outbox where topic = $1 and payload like $2`, WordTopic, "%"+other.ApplicantID+"%").Scan(&n); err != nil || n != 1 {
				t.Errorf("%d words to the party, %v", n, err)
			}
			return nil
		})
	})
}

// A letter is joined to an account of the same name, once.
func TestJoinedByTheLetter(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		s := service(w)
		id := w.Walk(w.Submit(w.Food()), flow.Decide).ID
		partyID, err := s.Register(ctx, w.Actor("handler2"), Register{Seen: casetest.Seen(w.Case(id)), Name: "王 小明", Address: "南城区1号", Phone: "13812345678", Interest: "隔壁住户", Via: ByPost, Days: 5})
		if err != nil {
			t.Fatal(err)
		}
		p := load(t, s, w, partyID)
		at, err := s.ByCode(ctx, p.Number, s.Code(p))
		if err != nil || at.Joined() {
			t.Fatalf("%+v %v", at, err)
		}
		if err := s.Join(ctx, w.Actor("zhaomin"), at); codeOf(err) != "interest.other_name" {
			t.Errorf("an account of another name: %v", err)
		}
		if err := s.Join(ctx, w.Actor("handler"), at); codeOf(err) != "permission" {
			t.Errorf("an officer joins: %v", err)
		}
		if err := s.Join(ctx, w.Actor("wangxiaoming"), Present{}); codeOf(err) != "interest.not_found" {
			t.Errorf("without having shown the letter: %v", err)
		}
		if err := s.SpeakAs(ctx, Present{}, "x"); codeOf(err) != "signed_out" {
			t.Errorf("nobody speaks: %v", err)
		}
		wang := w.Actor("wangxiaoming")
		if err := s.Join(ctx, wang, at); err != nil {
			t.Fatal(err)
		}
		if err := s.Join(ctx, wang, at); codeOf(err) != "interest.joined" {
			t.Errorf("joined twice: %v", err)
		}
		if at, err = s.ByAccount(ctx, wang, partyID); err != nil || !at.Joined() {
			t.Errorf("%+v %v", at, err)
		}
	})
}

// How a party is reached is masked until it is opened with a reason.
func TestReachIsOpenedWithAReason(t *testing.T) {
	w := casetest.SQLite(t)
	s := service(w)
	id := w.Walk(w.Submit(w.Food()), flow.Decide).ID
	officer := w.Actor("handler2")
	partyID, err := s.Register(ctx, officer, Register{Seen: casetest.Seen(w.Case(id)), Name: "赵邻", Address: "河北省定州市南城区幸福路1号", Phone: "13812345678", Interest: "隔壁住户", Via: ByPost, Days: 5})
	if err != nil {
		t.Fatal(err)
	}
	if address, phone := load(t, s, w, partyID).Reach(); strings.Contains(address, "幸福路") || phone != "138****5678" {
		t.Errorf("%s %s", address, phone)
	}
	if _, err := s.Open(ctx, officer, id, partyID, " "); codeOf(err) != "party.reason" {
		t.Errorf("without a reason: %v", err)
	}
	if _, err := s.Open(ctx, w.Actor("zj-handler"), id, partyID, "邮寄告知书"); codeOf(err) != "case.missing" {
		t.Errorf("another department: %v", err)
	}
	p, err := s.Open(ctx, officer, id, partyID, "邮寄告知书")
	if err != nil || p.Address != "河北省定州市南城区幸福路1号" {
		t.Errorf("%+v %v", p, err)
	}
	if n := audited(t, w, "interest.unmask"); n != 1 {
		t.Errorf("%d on record", n)
	}
}

func audited(t *testing.T, w *casetest.World, act string) (n int) {
	t.Helper()
	w.Read(func(tx *db.Tx) error { return tx.Row(`select count(*) from audit where act = $1`, act).Scan(&n) })
	return n
}
