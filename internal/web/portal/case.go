package portal

import (
	"strings"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/commitment"
	"onewindow/internal/business/complaint"
	"onewindow/internal/business/deadline"
	"onewindow/internal/business/document"
	"onewindow/internal/business/licence"
	"onewindow/internal/business/procedure"
	"onewindow/internal/business/registration"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/formview"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// caseView is what the page of a case shows.
type caseView struct {
	*casework.Dossier
	Next      next
	Way       []ui.Step
	Facts     []ui.Pair
	Dues      []due
	Calendars []ui.Calendar
	Documents []document.Document
	Appeals   []*complaint.Appeal // reviews and suits about it
	Licence   *licence.Licence    // nil until there is one
	Parts     []formview.Part
	Files     []ui.Pair
	Events    []ui.Event
	Withdraw  bool                     // may still be withdrawn
	Check     *commitment.Verification // of a commitment; nil until it is granted
	Persons   registration.Persons     // of a registration
	Owed      next                     // what is still owed; without a title nothing is
	CheckCode string
	Overdue   bool              // the statutory day passed without a decision
	Stages    []procedure.Stage // special procedures and site visits
	Today     calendar.Day
}

// due is one deadline as people read it.
type due struct {
	Title, Day, Words string
	Left              string
	Tone              ui.Tone
	Provisional       bool
}

// dossier is the visitor's case.
func (p *Pages) dossier(v *visit.Visit) (*casework.Dossier, error) {
	return p.Casework.Dossier(v.Context(), v.Actor, v.Path("id"))
}

// Case shows everything about one case of the visitor.
func (p *Pages) Case(v *visit.Visit) error {
	d, err := p.dossier(v)
	if err != nil {
		return err
	}
	c := caseView{Dossier: d, Next: p.following(d.Case, d.Impl), Way: way(d.Case, d.Impl), Dues: p.dues(d.Case, d.Clocks),
		Calendars: calendars(d.Clocks), Events: events(d.History, d.Impl), Withdraw: withdrawable(d.Case), CheckCode: p.Casework.CheckCode(d.Case)}
	c.Overdue = overdue(d.Case, calendar.DayOf(v.Now()))
	if d.Status == casework.StatusSupplement && d.Notice != nil {
		c.Next.Text = "请在 " + d.Notice.Until.Chinese() + "前补正。需要补正的内容已经一次告知，补齐后继续办理。"
	}
	c.Facts, c.Owed = p.caseFacts(d), p.owed(d.Case, d.Owing)
	if c.Owed.Title != "" {
		c.Next.Text = strings.TrimSuffix(c.Next.Text, idle)
	}
	if c.Check, err = p.Promises.OfCase(v.Context(), d); err != nil {
		return err
	}
	if c.Persons, err = p.Identity.Persons(v.Context(), d); err != nil {
		return err
	}
	c.Parts = formview.Answers(d.Impl.Form, d.Values, v.Actor.Kind == staff.Applicant)
	c.Files = p.given(d.Materials)
	if c.Documents, err = p.Documents.ByCase(v.Context(), v.Actor, d.ID); err != nil {
		return err
	}
	if c.Stages, err = p.Procedures.Stages(v.Context(), d.Case); err != nil {
		return err
	}
	if c.Appeals, err = p.Complaints.Appeals(v.Context(), v.Actor, d.Case); err != nil {
		return err
	}
	c.Today = calendar.DayOf(v.Now())
	c.Next = c.running()
	if c.Licence, err = p.result(v, d.ID); err != nil {
		return err
	}
	if err := p.periods(v, &c); err != nil {
		return err
	}
	return show(v, d.ItemName, casePage(c), ui.Link{Text: "我的办件", Href: "/cases"})
}

// overdue says that the statutory day passed and nothing is decided, which is
// neither grant nor refusal; a renewal has a rule of its own (行政许可法第五十条).
func overdue(c *casework.Case, today calendar.Day) bool {
	return c.Status == casework.StatusHandling && c.StatutoryDue != 0 && today > c.StatutoryDue && c.Purpose != casework.PurposeRenew
}

// result is the licence of the case, nil when there is none.
func (p *Pages) result(v *visit.Visit, caseID string) (*licence.Licence, error) {
	l, err := p.Licences.ByCase(v.Context(), v.Actor, caseID)
	if err != nil && fault.Of(err).Kind == fault.KindMissing {
		return nil, nil
	}
	return l, err
}

func (p *Pages) caseFacts(d *casework.Dossier) []ui.Pair {
	facts := []ui.Pair{
		{Term: "事项", Text: d.ItemName, Href: guideURL(d.Impl.Code())},
		{Term: "申请人", Text: d.ApplicantName},
		{Term: "办理机关", Text: d.Impl.Body.Name},
		{Term: "现在由谁办", Text: holder(d.Case, d.Impl), Note: since(d.Case, d.Notice)},
		{Term: "提交时间", Text: text.At(d.ReceivedAt), Note: text.Label(text.Channel, string(d.Channel))},
	}
	if d.Mode != casework.ModeOrdinary {
		facts = append(facts, ui.Pair{Term: "办理方式", Text: text.Label(text.Mode, string(d.Mode))})
	}
	if x, ok := d.Impl.Variant(d.Variant); ok && len(d.Impl.Variants) > 1 {
		facts = append(facts, ui.Pair{Term: "办理情形", Text: x.Name})
	}
	if !d.AcceptedAt.IsZero() {
		note := ""
		if d.Deemed {
			note = "逾期没有告知，视为受理（行政许可法第三十二条第一款第（四）项）"
		}
		facts = append(facts, ui.Pair{Term: acceptedTerm(d.Impl), Text: calendar.DayOf(d.AcceptedAt).Chinese(), Note: note})
	}
	if !d.DecidedAt.IsZero() {
		facts = append(facts, ui.Pair{Term: "决定日期", Text: calendar.DayOf(d.DecidedAt).Chinese()})
	}
	return append(facts, ui.Pair{Term: "咨询电话", Text: d.Impl.Phones.Consult}, ui.Pair{Term: "监督投诉", Text: d.Impl.Phones.Complain})
}

// acceptedTerm is the name of the day from which a case is handled: what is
// registered is taken in and not accepted.
func acceptedTerm(impl *catalog.Implementation) string {
	if impl.Registration {
		return "接收材料日期"
	}
	return "受理日期"
}

// since is from when on the case waits where it is; notice is nil when nothing
// was to be supplemented.
func since(c *casework.Case, notice *casework.SupplementNotice) string {
	switch {
	case c.Status.Ended() || len(c.Flow.Open) == 0:
		return ""
	case c.Status == casework.StatusSupplement && notice != nil:
		return "自 " + text.At(notice.NotifiedAt)
	case notice != nil && notice.AnsweredAt.After(c.Flow.Open[0].Since):
		return "自 " + text.At(notice.AnsweredAt)
	}
	return "自 " + text.At(c.Flow.Open[0].Since)
}

// warnDays is from how many days left on a deadline looks close.
const warnDays = 3

// dues are both limits, or, before acceptance, the one for the answer.
func (p *Pages) dues(c *casework.Case, clocks casework.Clocks) (out []due) {
	if c.AcceptedAt.IsZero() && !c.Status.Ended() && c.Status != casework.StatusSupplement {
		by := p.Casework.Calendar().AddWorking(calendar.DayOf(c.CompleteAt), answerDays)
		out = append(out, due{Title: "受理答复期限", Day: by.Chinese(), Words: "自收到材料起5个工作日；受理后开始计算办理期限"})
	}
	add := func(title string, r *casework.Running) {
		if r == nil {
			return
		}
		d := due{Title: title, Day: r.Due.Day.Chinese(), Words: r.Limit.Text(), Provisional: r.Due.Provisional}
		if c.DecidedAt.IsZero() && !c.Status.Ended() {
			d.Left, d.Tone = p.left(r)
		}
		out = append(out, d)
	}
	add("承诺期限", clocks.Promised)
	if sameLimit(clocks.Promised, clocks.Statutory) {
		out[len(out)-1].Words = "与法定期限相同"
	}
	add("法定期限", clocks.Statutory)
	if clocks.Statutory != nil {
		for _, e := range c.Course.Extensions {
			out[len(out)-1].Words += "，经批准延长" + deadline.Limit{N: e.N, Unit: e.Unit}.Chinese()
		}
	}
	return out
}

// sameLimit says that nothing shorter than the statutory limit is promised.
func sameLimit(a, b *casework.Running) bool {
	return a != nil && b != nil && a.Limit.N == b.Limit.N && a.Limit.Unit == b.Limit.Unit && a.Due.Day == b.Due.Day
}

func calendars(clocks casework.Clocks) (out []ui.Calendar) {
	if r := clocks.Promised; r != nil && !sameLimit(r, clocks.Statutory) {
		out = append(out, text.Derivation("承诺期限 "+r.Limit.Text(), r.Limit.Limit, r.Due))
	}
	if r := clocks.Statutory; r != nil {
		out = append(out, text.Derivation("法定期限 "+r.Limit.Text(), r.Limit.Limit, r.Due))
	}
	return out
}

// events are the history in plain words, newest first. Opinions and names of
// officers stay inside.
func events(all []casework.Happening, impl *catalog.Implementation) (out []ui.Event) {
	for i := len(all) - 1; i >= 0; i-- {
		h := all[i]
		e := ui.Event{At: text.At(h.At), Title: text.Label(text.Happening, h.Kind), Text: meaning(h.Kind), Tone: text.Tone(text.Happening, h.Kind)}
		if step, ok := impl.Flow.Step(h.Step); ok && (h.Kind == "case.advanced" || h.Kind == "case.reported_up") {
			e.Title = step.Name + "完成"
		}
		out = append(out, e)
	}
	return out
}

// given are the materials of the case with their files.
func (p *Pages) given(all []casework.Given) (out []ui.Pair) {
	for _, g := range all {
		pair := ui.Pair{Term: g.Name}
		switch {
		case len(g.Files) > 0:
			pair.Body = ui.FileList(p.listed(g.Files, false))
		case g.Paper > 0:
			pair.Text = "纸质材料，已在窗口提交"
		case g.Shared:
			pair.Text = "免提交，通过数据共享获取"
		case g.There():
			pair.Text = "由系统按申请表生成"
		default:
			pair.Text = "没有提交"
		}
		out = append(out, pair)
	}
	return out
}

// withdrawable says whether the case may still be withdrawn: until the decision.
func withdrawable(c *casework.Case) bool { return c.DecidedAt.IsZero() && !c.Status.Ended() }
