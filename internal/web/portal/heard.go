package portal

import (
	"strconv"

	"github.com/a-h/templ"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/disclosure"
	"onewindow/internal/business/hearing"
	"onewindow/internal/business/interest"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/lawview"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// heardView is where somebody is heard: the applicant signed in, or an
// interested party with number and code.
type heardView struct {
	Action   string    // where the forms go, before the name of the act
	Hidden   []ui.Pair // what every form brings along
	Today    calendar.Day
	Party    *interest.Party  // their place to speak, nil for none
	Hearing  *hearing.Hearing // the newest, nil for none
	Me       *hearing.Person
	Record   string             // path of the record; "" where it cannot be read
	Notice   *disclosure.Notice // of the decision, nil before it
	Typed    map[string]string
	Problems ui.Problems
	Guest    bool      // an interested party, not the applicant
	Joinable bool      // may be joined to the account that is signed in
	SignIn   bool      // could be joined after signing in
	Letters  []ui.Link // what was written to them
	Papers   string    // where their papers are, before the id; "" where they come by hand or post
	// Officers may be challenged, Challenges are the visitor's own.
	Officers   []casework.Challenged
	Challenges []casework.Challenge
}

// empty says that there is nothing to be heard about.
func (h heardView) empty() bool {
	return h.Party == nil && h.Hearing == nil && h.Notice == nil && len(h.Challenges) == 0
}

// mayAsk: told, in time, and not asked yet.
func (h heardView) mayAsk() bool {
	return h.open() && h.Hearing.Kind == hearing.OnRequest && h.Me.AskedOn == 0 && h.Today <= h.Me.Until &&
		(h.Hearing.Status == hearing.Offered || h.Hearing.Status == hearing.Asked)
}

// mayGive: before the record, not given up yet.
func (h heardView) mayGive() bool {
	return h.open() && h.Hearing.Kind == hearing.OnRequest && h.Me.Waived == 0 && (h.Me.AskedOn != 0 || h.mayAsk()) && h.Hearing.Status != hearing.Recorded
}

func (h heardView) mayObject() bool {
	return h.open() && h.Hearing.Status == hearing.Noticed && !h.Hearing.Challenged()
}

func (h heardView) maySign() bool {
	return h.open() && h.Hearing.Status == hearing.Recorded && h.Me.Sign == nil && !h.Me.Absent
}

func (h heardView) open() bool { return h.Hearing != nil && h.Me != nil && !h.Hearing.Status.Over() }

// heardOf is everything in which the visitor is heard in a case of theirs.
func (p *Pages) heardOf(v *visit.Visit, c *casework.Case) (heardView, error) {
	h := heardView{Action: caseURL(c.ID) + "/heard/", Hidden: []ui.Pair{{Term: "version", Text: num(c.Version)}}, Today: p.today(), Typed: map[string]string{},
		Papers: documentURL("")}
	parties, err := p.Interest.ByCase(v.Context(), v.Actor, c.ID)
	if err != nil {
		return h, err
	}
	for i, x := range parties {
		if x.Role == interest.Applicant {
			h.Party = &parties[i]
		}
	}
	all, err := p.Hearing.ByCase(v.Context(), v.Actor, c.ID)
	if err != nil {
		return h, err
	}
	if n := len(all); n > 0 {
		h.Hearing, h.Me = all[n-1], all[n-1].ApplicantPerson()
	}
	if h.Hearing != nil && h.Hearing.RecordID != "" {
		h.Record = documentURL(h.Hearing.RecordID)
	}
	if h.Officers, err = p.Casework.Challengeable(v.Context(), c); err != nil {
		return h, err
	}
	if h.Challenges, err = p.Casework.Challenges(v.Context(), v.Actor, c.ID); err != nil {
		return h, err
	}
	n, err := p.Disclosure.OfCase(v.Context(), v.Actor, c.ID)
	if err == nil {
		h.Notice = &n
	} else if fault.Of(err).Kind != fault.KindMissing {
		return h, err
	}
	return h, nil
}

// Heard is the page on which the applicant speaks, asks for a hearing, signs
// its record, and objects to publishing.
func (p *Pages) Heard(v *visit.Visit) error {
	d, err := p.dossier(v)
	if err != nil {
		return err
	}
	h, err := p.heardOf(v, d.Case)
	if err != nil {
		return err
	}
	h.Typed = p.typed(v)
	return show(v, "陈述申辩、听证", heardPage(d, h), caseCrumbs(d)...)
}

// said is what is told after each act.
var said = map[string]string{"speak": "陈述已提交，答复后您会收到消息。", "ask": "已要求听证，时间和地点另行通知。办理期限从今日起停止计算，见特别程序告知书。",
	"give": "已放弃听证。", "object": "回避申请已提交，等待决定。", "sign": "笔录已签阅。", "challenge": "回避申请已提交，三个工作日内答复。办理不停止，答复前不作出决定。", "secret": "异议已提交，答复前不公开。",
	"join": "已加入您的账号，以后登录就能查看和陈述。"}

// Say carries out what the applicant said on that page.
func (p *Pages) Say(v *visit.Visit) error {
	d, err := p.dossier(v)
	if err != nil {
		return err
	}
	act := v.Path("act")
	if err := p.say(v, d, act); err != nil {
		h, failed := p.heardOf(v, d.Case)
		if failed != nil {
			return failed
		}
		h.Typed = v.Answers("")
		return again(v, err, "陈述申辩、听证", func(problems ui.Problems) templ.Component {
			h.Problems = problems
			return heardPage(d, h)
		}, caseCrumbs(d)...)
	}
	v.Flash(ui.OK, said[act])
	return v.See(caseURL(d.ID) + "/heard")
}

func (p *Pages) say(v *visit.Visit, d *casework.Dossier, act string) error {
	ctx, who := v.Context(), v.Actor
	if act == "secret" { // the decision is made: the case has no version to be late for
		return p.Disclosure.Object(ctx, who, disclosure.Object{CaseID: d.ID, Reason: v.Text("reason")})
	}
	version, err := v.Int("version")
	if err != nil {
		return err
	}
	seen := casework.Seen{CaseID: d.ID, Version: version}
	switch act {
	case "speak":
		return p.Interest.Speak(ctx, who, interest.State{Seen: seen, PartyID: v.Text("party"), Text: v.Text("text")})
	case "ask", "give":
		return p.Hearing.Want(ctx, who, hearing.Want{Seen: seen, Give: act == "give"})
	case "object":
		return p.Hearing.Object(ctx, who, hearing.Object{Seen: seen, Reason: v.Text("reason")})
	case "challenge":
		return itsReason(v, p.Casework.Challenge(ctx, who, challengeOf(v, seen)))
	case "sign":
		return p.Hearing.Confirm(ctx, who, hearing.Confirm{Seen: seen, How: hearing.SignKind(v.Text("how")), Note: v.Text("note")})
	}
	return fault.Missing("page.missing")
}

// Law is 本件所依之法 for the applicant.
func (p *Pages) Law(v *visit.Visit) error {
	d, err := p.dossier(v)
	if err != nil {
		return err
	}
	view := lawview.View{Dossier: d, Back: caseURL(d.ID)}
	if view.Documents, err = p.Documents.ByCase(v.Context(), v.Actor, d.ID); err != nil {
		return err
	}
	if view.Refusals, err = p.Casework.Refusals(v.Context(), v.Actor, d.ID); err != nil {
		return err
	}
	return show(v, "本件所依之法", lawview.Page(view), caseCrumbs(d)...)
}

// key is what an interested party comes with.
type key struct{ Number, Code string }

// InterestPage asks for number and code of the letter.
func (p *Pages) InterestPage(v *visit.Visit) error {
	return show(v, "利害关系人陈述", interestPage(key{Number: clip(v.Query("number"), 60)}, ui.Problems{}))
}

// InterestSpeak shows an interested party what they may do, and does it. Number and
// code travel with every form; the code is never part of an address.
func (p *Pages) InterestSpeak(v *visit.Visit) error {
	in := key{Number: clip(v.Text("number"), 60), Code: clip(v.Text("code"), 20)}
	at, err := p.presentByCode(v, in)
	if err != nil {
		if f := fault.Of(err); f.Kind == fault.KindMissing {
			err = fault.Invalid(f.Code) // the form again, whatever was wrong
		}
		return again(v, err, "利害关系人陈述", func(problems ui.Problems) templ.Component { return interestPage(in, problems) })
	}
	act := v.Text("act")
	failed := p.sayAs(v, at, act)
	if failed == nil && act == "join" {
		v.Flash(ui.OK, said[act])
		return v.See(interestedURL(at.ID))
	}
	if failed == nil && act != "" {
		if at, err = p.Interest.ByCode(v.Context(), in.Number, in.Code); err != nil {
			return err
		}
	}
	h, err := p.heardAs(v, at)
	if err != nil {
		return err
	}
	h.Action, h.Hidden = "/interest", []ui.Pair{{Term: "number", Text: in.Number}, {Term: "code", Text: in.Code}}
	crumb := ui.Link{Text: "利害关系人陈述", Href: "/interest"}
	if failed != nil {
		return again(v, failed, "陈述申辩、听证", func(problems ui.Problems) templ.Component {
			h.Problems = problems
			return interestedPage(at, h, "")
		}, crumb)
	}
	return show(v, "陈述申辩、听证", interestedPage(at, h, said[act]), crumb)
}

// presentByCode limits how often one may try before the store is asked.
func (p *Pages) presentByCode(v *visit.Visit, in key) (interest.Present, error) {
	if err := v.Limit(p.Guesses, "interest"); err != nil {
		return interest.Present{}, err
	}
	return p.Interest.ByCode(v.Context(), in.Number, in.Code)
}

// heardAs is everything in which an interested party who is here is heard.
func (p *Pages) heardAs(v *visit.Visit, at interest.Present) (h heardView, err error) {
	h = heardView{Today: p.today(), Party: &at.Party, Typed: v.Answers(""), Guest: true,
		Joinable: at.PartyID == "" && v.Actor.Kind == staff.Applicant, SignIn: at.PartyID == "" && !v.Actor.SignedIn()}
	if h.Challenges, h.Officers, err = p.Interest.ChallengesAs(v.Context(), at); err != nil {
		return h, err
	}
	h.Hearing, h.Me, err = p.Hearing.OfParty(v.Context(), at)
	return h, err
}

// sayAs carries out what an interested party said.
func (p *Pages) sayAs(v *visit.Visit, at interest.Present, act string) error {
	ctx := v.Context()
	switch act {
	case "":
		return nil
	case "speak":
		return p.Interest.SpeakAs(ctx, at, v.Text("text"))
	case "ask", "give":
		return p.Hearing.WantAs(ctx, at, act == "give")
	case "object":
		return p.Hearing.ObjectAs(ctx, at, v.Text("reason"))
	case "sign":
		return p.Hearing.ConfirmAs(ctx, at, hearing.Confirm{How: hearing.SignKind(v.Text("how")), Note: v.Text("note")})
	case "challenge":
		return itsReason(v, p.Interest.ChallengeAs(ctx, at, challengeOf(v, casework.Seen{})))
	case "join":
		return p.Interest.Join(ctx, v.Actor, at)
	}
	return fault.Invalid("request.broken")
}

// Announcements lists the public hearings to come (行政许可法第四十六条).
func (p *Pages) Announcements(v *visit.Visit) error {
	list, err := p.Hearing.Announced(v.Context(), v.Query("after"), perPage+1)
	if err != nil {
		return err
	}
	next := ""
	if len(list) > perPage {
		list = list[:perPage]
		next = list[perPage-1].Cursor()
	}
	return show(v, "听证公告", announcementsPage(list, next))
}

// Announcement is one public hearing.
func (p *Pages) Announcement(v *visit.Visit) error {
	h, err := p.Hearing.Announcement(v.Context(), v.Path("hearing"))
	if err != nil {
		return err
	}
	return show(v, "听证公告", announcementPage(h), ui.Link{Text: "听证公告", Href: "/hearings"})
}

// perPage is the lines of a public list.
const perPage = 20

// announced are the facts of a public hearing. A person who applies is masked.
func announced(h *hearing.Hearing) []ui.Pair {
	out := []ui.Pair{{Term: "听证事项", Text: h.ItemName}, {Term: "申请人", Text: h.PublicApplicant()}, {Term: "时间", Text: text.At(h.HeldAt)}, {Term: "地点", Text: h.Place}, {Term: "主持人", Text: h.Chair}}
	if h.ClosedWhy != "" {
		out = append(out, ui.Pair{Term: "不公开举行", Text: h.ClosedWhy})
	}
	return out
}

// to is where the form of an act goes.
func (h heardView) to(act string) string {
	if h.byCode() {
		return h.Action
	}
	return h.Action + act
}

// byCode says that the visitor came with number and code.
func (h heardView) byCode() bool { return h.Action == "/interest" }

func num(n int) string { return strconv.Itoa(n) }
