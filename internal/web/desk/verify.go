package desk

import (
	"net/url"
	"strconv"

	"github.com/a-h/templ"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/commitment"
	"onewindow/internal/business/credit"
	"onewindow/internal/business/deadline"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/caseview"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// verifyRoutes are the pages on which commitments are verified (告知承诺事后核查)
// and broken promises are repaired (信用修复).
func (p *Pages) verifyRoutes() []visit.Route {
	return []visit.Route{
		p.get("/verifications", staff.CommitmentVerify, p.Verifications),
		p.get("/verifications/{verification}", staff.CommitmentVerify, p.Verification),
		p.post("/verifications/{verification}", staff.CommitmentVerify, p.Verify),
		p.get("/credit", staff.CreditRepair, p.Credits),
		p.post("/credit/{credit}", staff.CreditRepair, p.RepairCredit),
	}
}

const (
	verifyPath = Base + "/verifications"
	creditPath = Base + "/credit"
)

// verifications is a page of them.
type verifications struct {
	All      []*commitment.Verification
	Closed   bool
	Calendar *calendar.Table
	Today    calendar.Day
	Pages    ui.Pages
}

// Verifications lists what the actor's body verifies or had granted, the first
// due first.
func (p *Pages) Verifications(v *visit.Visit) error {
	x := verifications{Closed: v.Query("show") == "closed", Calendar: p.Casework.Calendar(), Today: caseview.Today(v)}
	all, next, err := p.Promises.List(v.Context(), v.Actor, commitment.Filter{Closed: x.Closed, After: casework.ParseCursor(v.Query("after")), Limit: listSize})
	if err != nil {
		return err
	}
	x.All = all
	filter := url.Values{}
	if x.Closed {
		filter.Set("show", "closed")
	}
	x.Pages = v.Pages(verifyPath, filter, next.String())
	return show(v, "告知承诺核查", verificationsPage(x))
}

func (x verifications) rows() (out []ui.Row) {
	for _, f := range x.All {
		due := ui.Cell{Text: text.Day(f.Due)}
		var tone ui.Tone
		if !f.Status.Ended() {
			n, t := caseview.Left(x.Calendar, x.Today, f.Due)
			tone = t
			due.Note = text.Left(n, deadline.Working)
		}
		out = append(out, ui.Row{Tone: tone, Cells: []ui.Cell{{Text: f.ItemName, Href: verifyPath + "/" + f.CaseID, Note: "办件 " + f.Number}, {Text: f.ApplicantName},
			{Text: f.VerifierName, Note: "决定机关：" + f.DeciderName}, due, {Body: text.Badge(text.Verification, string(f.Status))}}})
	}
	return out
}

// verifying is the page of one verification.
type verifying struct {
	commitment.File
	Outcome, Found, Officers string
	Problems                 ui.Problems
}

// Verification shows what was promised, what was found, and asks for the result.
func (p *Pages) Verification(v *visit.Visit) error {
	f, err := p.Promises.Load(v.Context(), v.Actor, v.Path("verification"))
	if err != nil {
		return err
	}
	return show(v, "核查承诺", verificationPage(verifying{File: f}), verifyCrumbs(f)...)
}

// Verify takes the result in.
func (p *Pages) Verify(v *visit.Visit) error {
	version, err := strconv.Atoi(v.Text("version"))
	if err != nil || version < 1 {
		return fault.Invalid("request.broken")
	}
	in := commitment.Verify{Seen: commitment.Seen{CaseID: v.Path("verification"), Version: version}, Outcome: commitment.Outcome(v.Text("outcome")),
		Found: v.Text("found"), Officers: v.Text("officers")}
	err = p.Promises.Verify(v.Context(), v.Actor, in)
	if err == nil {
		v.Flash(ui.OK, verified[in.Outcome])
		return v.See(verifyPath + "/" + in.CaseID)
	}
	f, failed := p.Promises.Load(v.Context(), v.Actor, v.Path("verification"))
	if failed != nil {
		return failed
	}
	return v.Again(err, func(problems ui.Problems) templ.Component {
		return frame(v, "核查承诺", verificationPage(verifying{f, string(in.Outcome), in.Found, in.Officers, problems}), verifyCrumbs(f)...)
	})
}

// verified is said after a result.
var verified = map[commitment.Outcome]string{
	commitment.FoundKept:    "已记录：与承诺一致，核查结束。",
	commitment.FoundCorrect: "已记录并通知申请人限期整改。整改期满前请复查。",
	commitment.FoundRight:   "已记录：整改后符合，核查结束。",
	commitment.FoundFalse:   "已认定承诺不实：记入信用记录并通知申请人；已颁发证照的，撤销程序已经提起，由决定机关听取陈述申辩后决定。",
}

func verifyCrumbs(f commitment.File) []ui.Link {
	return []ui.Link{{Text: "告知承诺核查", Href: verifyPath}, {Text: f.ItemName, Current: true}}
}

func (x verifying) pairs() []ui.Pair {
	out := []ui.Pair{{Term: "事项", Text: x.ItemName}, {Term: "申请人", Text: x.ApplicantName}, {Term: "办件编号", Text: x.Number},
		{Term: "决定", Text: x.DeciderName, Note: text.At(x.DecidedAt) + "当场准予"}, {Term: "核查责任", Text: x.VerifierName, Note: text.Label(text.Verifier, string(x.Verifier))},
		{Term: "状态", Body: text.Badge(text.Verification, string(x.Status))}}
	switch x.Status {
	case commitment.Open:
		out = append(out, ui.Pair{Term: "核查期限", Text: text.Day(x.Due)})
	case commitment.Correcting:
		out = append(out, ui.Pair{Term: "整改期限", Text: text.Day(x.Due)})
	default:
		out = append(out, ui.Pair{Term: "办结", Text: text.At(x.ClosedAt)})
	}
	return out
}

func (x verifying) choices() (out []ui.Choice) {
	help := map[commitment.Outcome]string{
		commitment.FoundCorrect: "责令在" + strconv.Itoa(x.CorrectDays) + "个工作日内整改，期满复查。",
		commitment.FoundFalse:   "虚假承诺，或者逾期不整改、整改后仍不符合：记入信用记录，提起撤销，信用修复前不再适用告知承诺和容缺受理。不能撤回。",
	}
	for _, o := range x.Status.Outcomes() {
		out = append(out, ui.Choice{Value: string(o), Text: text.Label(text.Found, string(o)), Help: help[o]})
	}
	return out
}

func (x verifying) events() (out []ui.Event) {
	for i := len(x.Findings) - 1; i >= 0; i-- {
		f := x.Findings[i]
		e := ui.Event{At: text.At(f.At), Title: text.Label(text.Found, string(f.Outcome)), Who: f.ActorName, Text: f.Found + "（核查人员：" + inline(f.Officers) + "）"}
		if f.Until != 0 {
			e.Text += "。整改期限 " + text.Day(f.Until)
		}
		out = append(out, e)
	}
	return out
}

func inline(lines string) string {
	out := ""
	for _, r := range lines {
		if r == '\n' {
			out += "、"
			continue
		}
		out += string(r)
	}
	return out
}

// credits is a page of broken promises.
type credits struct {
	All      []credit.Record
	Failed   string // the record whose repair was refused
	Reason   string
	Pages    ui.Pages
	Problems ui.Problems
}

// Credits lists the broken promises that the actor's body put on record.
func (p *Pages) Credits(v *visit.Visit) error {
	c, err := p.credits(v)
	if err != nil {
		return err
	}
	return show(v, "信用记录", creditsPage(c))
}

func (p *Pages) credits(v *visit.Visit) (c credits, err error) {
	all, err := p.Credit.List(v.Context(), v.Actor, v.Query("after"), listSize+1)
	c.All, c.Pages = visit.Cut(v, creditPath, nil, all, listSize, func(r credit.Record) string { return r.ID })
	return c, err
}

// RepairCredit ends the bar of a record.
func (p *Pages) RepairCredit(v *visit.Visit) error {
	in := credit.Repair{ID: v.Path("credit"), Reason: v.Text("reason")}
	err := p.Credit.Repair(v.Context(), v.Actor, in)
	if err == nil {
		v.Flash(ui.OK, "已登记信用修复。申请人可以重新采用告知承诺和容缺受理。")
		return v.See(creditPath)
	}
	c, failed := p.credits(v)
	if failed != nil {
		return failed
	}
	c.Failed, c.Reason = in.ID, in.Reason
	return v.Again(err, func(problems ui.Problems) templ.Component {
		c.Problems = problems
		return frame(v, "信用记录", creditsPage(c))
	})
}
