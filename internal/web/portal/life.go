package portal

import (
	"strconv"

	"github.com/a-h/templ"

	"onewindow/internal/business/aftercare"
	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/licence"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// living is the page of one licence: what it says, what happened to it, what
// may be asked.
type living struct {
	licence.Life
	Today       calendar.Day
	Proceedings []*aftercare.Proceeding
	Simple      *catalog.SimpleCancel // 简易注销 as it may be asked for today; nil when it may not
	Renewal     []period              // when a renewal can be asked for; none for one without end
	Typed       map[string]string
	Problems    ui.Problems
}

func (p *Pages) living(v *visit.Visit) (living, error) {
	l := living{Today: p.today(), Typed: map[string]string{}}
	var err error
	if l.Life, err = p.Licences.Life(v.Context(), v.Actor, v.Path("licence")); err != nil {
		return l, err
	}
	if l.Window.Last != 0 && !l.Ended() {
		l.Renewal = p.renewalPeriod(l.Window.Rule, *l.Content.ValidTo, l.Today, l.StatusOn(l.Today))
	}
	if l.Proceedings, err = p.Aftercare.OfLicence(v.Context(), v.Actor, l.ID); err != nil {
		return l, err
	}
	return l, p.simpleOf(v, &l)
}

// LicenceLife shows one licence.
func (p *Pages) LicenceLife(v *visit.Visit) error {
	l, err := p.living(v)
	if err != nil {
		return err
	}
	return show(v, l.Content.Name, lifePage(l), licenceCrumbs()...)
}

func licenceCrumbs() []ui.Link { return []ui.Link{{Text: "我的证照", Href: "/licences"}} }

// ApplyAbout begins an application about a licence and leads to its form.
func (p *Pages) ApplyAbout(v *visit.Visit) error {
	draftID, err := p.Licences.Apply(v.Context(), v.Actor, licence.Apply{LicenceID: v.Path("licence"), Purpose: casework.Purpose(v.Text("purpose"))})
	if err == nil {
		v.Flash(ui.OK, "原证照的内容已经填好，请核对、修改后提交。")
		return v.See(draftURL(draftID))
	}
	return p.lifeAgain(v, err)
}

// Speak is the statement and defence to a notice (陈述、申辩).
func (p *Pages) Speak(v *visit.Visit) error {
	version, err := v.Int("version")
	if err != nil {
		return err
	}
	err = p.Aftercare.State(v.Context(), v.Actor, aftercare.State{Seen: aftercare.Seen{ID: v.Text("proceeding"), Version: version}, Text: v.Text("text")})
	if err == nil {
		v.Flash(ui.OK, "陈述和申辩已经提交，作出决定时会书面答复。")
		return v.See(licenceURL(v.Path("licence")))
	}
	return p.lifeAgain(v, err)
}

// AskCancel asks once more whether a licence is to be given up, unless it is
// over or that was asked already.
func (p *Pages) AskCancel(v *visit.Visit) error {
	l, err := p.living(v)
	if err != nil {
		return err
	}
	if l.Ended() || l.asked() != nil {
		v.Flash(ui.Info, "这份证照已经失效，或者注销已经申请，不用再申请。")
		return v.See(licenceURL(l.ID))
	}
	return show(v, "申请注销", cancelPage(l), append(licenceCrumbs(), ui.Link{Text: l.Content.Name, Href: licenceURL(l.ID)})...)
}

// Cancel is the holder's wish to give the licence up.
func (p *Pages) Cancel(v *visit.Visit) error {
	_, err := p.Aftercare.Request(v.Context(), v.Actor, aftercare.Request{LicenceID: v.Path("licence"), Reasons: v.Text("reasons")})
	if err == nil {
		v.Flash(ui.OK, "注销申请已经提交，颁发机关决定后会告诉您。")
		return v.See(licenceURL(v.Path("licence")))
	}
	l, failed := p.living(v)
	if failed != nil {
		return failed
	}
	l.Typed["reasons"] = v.Text("reasons")
	return again(v, err, "申请注销", func(problems ui.Problems) templ.Component {
		l.Problems = problems
		return cancelPage(l)
	}, append(licenceCrumbs(), ui.Link{Text: l.Content.Name, Href: licenceURL(l.ID)})...)
}

func (p *Pages) lifeAgain(v *visit.Visit, err error) error {
	l, failed := p.living(v)
	if failed != nil {
		return failed
	}
	l.Typed["text"] = v.Text("text")
	return again(v, err, l.Content.Name, func(problems ui.Problems) templ.Component {
		l.Problems = problems
		return lifePage(l)
	}, licenceCrumbs()...)
}

// asking is one thing that may be asked, as the page says it.
type asking struct {
	Purpose, Title, Text, Button string
	Why                          *ui.Problems // nil when it may be asked
}

var askings = map[casework.Purpose]asking{
	casework.PurposeRenew:   {Title: "延续有效期", Button: "申请延续"},
	casework.PurposeChange:  {Title: "变更", Button: "申请变更", Text: "名称、地址、负责人、许可范围等有变化的，向原颁发机关申请变更。有效期不变。"},
	casework.PurposeReplace: {Title: "补证、换证", Button: "申请补证换证", Text: "证照遗失、损毁的，申请补发、换发。内容和有效期不变。"},
}

func (l living) askings() (out []asking) {
	for _, x := range l.Asks {
		a := askings[x.Purpose]
		a.Purpose = string(x.Purpose)
		if x.Purpose == casework.PurposeRenew {
			a.Text = l.renewalText()
		}
		if x.Refused != nil {
			problems := text.Problems(fault.Of(x.Refused))
			a.Why = &problems
		}
		out = append(out, a)
	}
	return out
}

// renewalText says by when a renewal must be applied for, and what follows; ""
// for a licence without end, whose refusal says it.
func (l living) renewalText() string {
	if l.ContinuedOn != nil {
		return "您按时提出了延续申请，届满前机关没有作出决定，依法视为准予延续：这份证照继续有效，机关应当补办手续、换发新证照。"
	}
	if l.Window.Last == 0 {
		return ""
	}
	s := "须在" + l.Window.Rule.Chinese() + "提出，最后日期为" + l.Window.Last.Chinese() + "。"
	if l.Window.First != 0 {
		s = "可在" + l.Window.First.Chinese() + "至" + l.Window.Last.Chinese() + "提出（" + l.Window.Rule.Chinese() + "）。"
	}
	if l.Today > l.Window.Last {
		return s + "现在已经超过，提出后仍会审查，但届满前没有决定的，不视为准予延续。"
	}
	return s + "按时提出、届满前没有作出决定的，视为准予延续。"
}

// heard is the procedure that waits for the holder's word; nil when none does.
func (l living) heard() *aftercare.Proceeding {
	for _, p := range l.Proceedings {
		if p.Status == aftercare.Notified && p.Statement == "" && l.Today <= p.Until {
			return p
		}
	}
	return nil
}

// events are what happened to the licence, the newest first.
func (l living) events() (out []ui.Event) {
	for _, p := range l.Proceedings {
		out = append(out, proceedingEvent(p))
	}
	for _, x := range l.Versions {
		e := ui.Event{At: text.At(x.IssuedAt), Title: "颁发第" + strconv.Itoa(x.Version) + "版", Who: x.Content.Body.Name,
			Text: "有效期 " + x.Content.Validity(), Tone: ui.OK}
		if x.ContinuedOn != nil {
			out = append(out, ui.Event{At: text.Day(*x.ContinuedOn), Title: "视为准予延续", Text: "届满前没有作出决定，依法视为准予延续。", Tone: ui.OK})
		}
		out = append(out, e)
	}
	return out
}

func proceedingEvent(p *aftercare.Proceeding) ui.Event {
	kind := text.Label(text.Procedure, string(p.Kind))
	stands := text.Label(text.Proceeding, string(p.Status))
	if p.Status == aftercare.Dropped {
		stands = text.Label(text.Ending, string(p.Outcome))
	}
	e := ui.Event{At: text.At(p.OpenedAt), Title: kind + "：" + stands, Tone: text.Tone(text.Proceeding, string(p.Status))}
	g, _ := aftercare.GroundOf(p.Kind, p.Ground)
	e.Text = g.Text
	if !p.DecidedAt.IsZero() {
		e.At = text.At(p.DecidedAt)
	}
	if p.Statement != "" {
		e.Text += "。您的陈述：" + p.Statement
	}
	if p.Answer != "" && p.Status != aftercare.Dropped {
		e.Text += "。答复：" + p.Answer
	}
	if p.Status == aftercare.Dropped {
		e.Text = p.Answer
	}
	if p.Penalty != "" {
		e.Text = "行政处罚决定书 " + p.Penalty + "，" + text.Day(p.PenaltyOn)
	}
	return e
}
