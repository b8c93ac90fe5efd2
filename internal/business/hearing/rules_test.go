package hearing

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/interest"
	"onewindow/internal/kit/fault"
)

var cal = calendar.Builtin()

func day(s string) calendar.Day { return calendar.MustDay(s) }

func codeOf(err error) string {
	if err == nil {
		return ""
	}
	return fault.Of(err).Code
}

func lawOf(err error) string { return fault.Of(err).Law }

// offered is a hearing offered on 2 November 2026 to the applicant and one neighbour.
func offered() *Hearing {
	h := &Hearing{ID: "h", Kind: OnRequest, Status: Offered}
	for _, p := range []Person{{ID: applicantID, Role: interest.Applicant, Name: "定州市好味道餐饮服务有限公司"}, {ID: "n", Role: interest.Interested, Name: "赵邻"}} {
		p.ToldOn, p.Until = day("2026-11-02"), AskUntil(day("2026-11-02"), cal)
		h.People = append(h.People, p)
	}
	h.Until = h.People[0].Until
	return h
}

// 行政许可法第四十七条第一款: five days to ask, twenty to hold.
func TestAsk(t *testing.T) {
	h := offered()
	if err := h.ask(applicantID, day("2026-11-10"), cal); codeOf(err) != "hearing.ask_late" || lawOf(err) != lawRequest {
		t.Errorf("the sixth day: %v", err)
	}
	if err := h.ask("nobody", day("2026-11-09"), cal); codeOf(err) != "hearing.person" {
		t.Error(err)
	}
	if err := h.ask(applicantID, day("2026-11-09"), cal); err != nil || h.Status != Asked || h.HoldBy != day("2026-12-07") || h.Days != 25 {
		t.Errorf("the fifth day: %v %+v", err, h)
	}
	if err := h.ask(applicantID, day("2026-11-09"), cal); codeOf(err) != "hearing.asked_twice" {
		t.Error(err)
	}
	// A second request does not begin the twenty days anew.
	if err := h.ask("n", day("2026-11-09"), cal); err != nil || h.HoldBy != day("2026-12-07") {
		t.Errorf("%v %s", err, h.HoldBy)
	}
}

func TestWaive(t *testing.T) {
	h := offered()
	if err := h.waive(applicantID, day("2026-11-03")); err != nil || h.Status != Offered {
		t.Errorf("the neighbour may still ask: %v %s", err, h.Status)
	}
	if err := h.waive("n", day("2026-11-03")); err != nil || h.Status != Ended || h.Ending != "waived" {
		t.Errorf("%v %s %s", err, h.Status, h.Ending)
	}
	m := &Hearing{Kind: OnMotion, Status: Asked, Data: Data{People: offered().People}}
	if err := m.waive(applicantID, day("2026-11-03")); codeOf(err) != "hearing.not_waivable" || lawOf(err) != lawMotion {
		t.Errorf("a mandatory hearing is given up: %v", err)
	}
}

// Whoever asks keeps the hearing alive, whoever else gives up and however time passes.
func TestWhoAskedIsHeard(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		h := offered()
		asked := map[string]bool{}
		today := day("2026-11-02")
		for range rapid.IntRange(1, 12).Draw(r, "acts") {
			today = today.AddDays(rapid.IntRange(0, 3).Draw(r, "days"))
			who := rapid.SampledFrom([]string{applicantID, "n"}).Draw(r, "who")
			switch rapid.SampledFrom([]string{"ask", "waive", "lapse"}).Draw(r, "act") {
			case "ask":
				if h.ask(who, today, cal) == nil {
					asked[who] = true
				}
			case "waive":
				if h.waive(who, today) == nil {
					asked[who] = false
				}
			case "lapse":
				h.settle(today)
			}
			wanted := asked[applicantID] || asked["n"]
			if wanted && h.Status == Ended {
				r.Fatal("a hearing that was asked for has ended")
			}
			if !wanted && h.Status != Ended && today > h.Until {
				h.settle(today)
				if h.Status != Ended {
					r.Fatalf("nobody asked and it goes on: %+v", h)
				}
			}
			if h.Status == Asked && h.HoldBy < Earliest(h.AskedOn, cal) {
				r.Fatal("no room for a notice")
			}
		}
	})
}

func at(s string) time.Time { return day(s).Time().Add(9 * time.Hour) }

// 行政许可法第四十八条第一款第（一）项、第（三）项.
func TestFix(t *testing.T) {
	state := flow.State{Done: []flow.Done{{Step: "examine", Actor: "handler"}}}
	today := day("2026-11-09")
	for _, tc := range []struct {
		name string
		f    fixing
		code string
		law  string
	}{
		{"seven working days between", fixing{at: at("2026-11-19"), chairID: "host"}, "", ""},
		{"only six", fixing{at: at("2026-11-18"), chairID: "host"}, "hearing.too_soon", lawNotice},
		{"on a Saturday", fixing{at: at("2026-11-21"), chairID: "host"}, "hearing.too_soon", lawNotice},
		{"the twentieth day", fixing{at: at("2026-12-07"), chairID: "host"}, "", ""},
		{"the twenty-first", fixing{at: at("2026-12-08"), chairID: "host"}, "hearing.too_late", lawRequest},
		{"the twenty-first with a reason", fixing{at: at("2026-12-08"), chairID: "host", late: "大雪封路"}, "", ""},
		{"under who examined", fixing{at: at("2026-11-19"), chairID: "handler"}, "hearing.chair_acted", lawPreside},
	} {
		h := offered()
		if err := h.ask(applicantID, today, cal); err != nil {
			t.Fatal(err)
		}
		err := h.fix(tc.f, today, state, cal)
		if codeOf(err) != tc.code || err != nil && lawOf(err) != tc.law {
			t.Errorf("%s: %v", tc.name, err)
		}
		if err == nil && (h.Status != Noticed || h.ChairID != tc.f.chairID) {
			t.Errorf("%s: %+v", tc.name, h)
		}
	}
}

// A postponement on somebody else's ground takes the bound of twenty days away;
// one of the body's own does not. The notice is given seven days before again.
func TestPostpone(t *testing.T) {
	for why, want := range map[MoveKind]string{MoveAsked: "", MoveForce: "", MoveChair: "", MoveOwn: "hearing.too_late"} {
		h := offered()
		_ = h.ask(applicantID, day("2026-11-09"), cal)
		if err := h.fix(fixing{at: at("2026-11-19"), chairID: "host"}, day("2026-11-09"), flow.State{}, cal); err != nil {
			t.Fatal(err)
		}
		if err := h.postpone(Move{Why: why}); err != nil || h.Status != Asked || !h.HeldAt.IsZero() {
			t.Fatalf("%v %+v", err, h)
		}
		if err := h.fix(fixing{at: at("2026-11-25"), chairID: "host"}, day("2026-11-19"), flow.State{}, cal); codeOf(err) != "hearing.too_soon" {
			t.Errorf("%s: without a new notice: %v", why, err)
		}
		if err := h.fix(fixing{at: at("2026-12-10"), chairID: "host"}, day("2026-11-19"), flow.State{}, cal); codeOf(err) != want {
			t.Errorf("%s: %v, want %q", why, err, want)
		}
	}
}

func TestChallenge(t *testing.T) {
	h := offered()
	_ = h.ask(applicantID, day("2026-11-09"), cal)
	_ = h.fix(fixing{at: at("2026-11-19"), chairID: "host", chair: "程立"}, day("2026-11-09"), flow.State{}, cal)
	if err := h.challenge("n", "主持人是申请人的亲属", day("2026-11-10")); err != nil {
		t.Fatal(err)
	}
	if err := h.recordable("host", at("2026-11-19")); codeOf(err) != "hearing.chair_open" || lawOf(err) != lawPreside {
		t.Errorf("held with a challenge undecided: %v", err)
	}
	if err := h.decideChallenge(true, "回避", "host", "程立"); codeOf(err) != "hearing.own_challenge" {
		t.Errorf("decided their own: %v", err)
	}
	if err := h.decideChallenge(true, "回避", "boss", "孙建国"); err != nil || h.ChairID != "" || h.Challenged() {
		t.Errorf("%v %+v", err, h)
	}
	if err := h.recordable("host", at("2026-11-19")); codeOf(err) != "hearing.chair_open" {
		t.Errorf("held by who was replaced: %v", err)
	}
}

func TestRecordAndSignatures(t *testing.T) {
	h := offered()
	_ = h.ask(applicantID, day("2026-11-09"), cal)
	_ = h.fix(fixing{at: at("2026-11-19"), chairID: "host", chair: "程立"}, day("2026-11-09"), flow.State{}, cal)
	if err := h.recordable("host", at("2026-11-18")); codeOf(err) != "hearing.not_yet" {
		t.Errorf("the day before: %v", err)
	}
	if err := h.recordable("handler", at("2026-11-19")); codeOf(err) != "hearing.not_chair" {
		t.Errorf("by somebody else: %v", err)
	}
	if err := h.recordable("host", at("2026-11-19")); err != nil {
		t.Fatal(err)
	}
	h.Status, h.People[1].Absent = Recorded, true
	if err := h.close("host"); codeOf(err) != "hearing.unsigned" || lawOf(err) != lawRecord {
		t.Errorf("closed unsigned: %v", err)
	}
	if err := h.sign("n", Sign{How: Signed}); codeOf(err) != "hearing.was_absent" {
		t.Errorf("signed by who was not there: %v", err)
	}
	if err := h.sign(applicantID, Sign{How: Refused}); codeOf(err) != "form.invalid" {
		t.Errorf("a refusal without a note: %v", err)
	}
	if err := h.sign(applicantID, Sign{How: Refused, Note: "认为笔录不完整"}); err != nil {
		t.Fatal(err)
	}
	if err := h.sign(applicantID, Sign{How: Signed}); codeOf(err) != "hearing.signed_twice" {
		t.Error(err)
	}
	if err := h.close("host"); err != nil || h.Status != Closed {
		t.Errorf("%v %s", err, h.Status)
	}
}
