package portal

import (
	"strings"

	"github.com/a-h/templ"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/procedure"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// progressInput is what one looks a case up with.
type progressInput struct{ Number, Code string }

// progressView is what the public sees of a case: no names, no form, no papers.
type progressView struct {
	*casework.Progress
	Next      string
	Way       []ui.Step
	Facts     []ui.Pair
	Dues      []due
	Calendars []ui.Calendar
	Events    []ui.Event
	Stages    []procedure.Stage
	Today     calendar.Day
}

// ProgressPage asks for the number and the code. The square code on a receipt
// brings the number along; the code is never part of an address.
func (p *Pages) ProgressPage(v *visit.Visit) error {
	return show(v, "进度查询", progressPage(progressInput{Number: clip(v.Query("number"), 60)}, ui.Problems{}, officer(v)))
}

// Progress shows a case to whoever holds its number and check code.
func (p *Pages) Progress(v *visit.Visit) error {
	in := progressInput{Number: clip(v.Text("number"), 60), Code: clip(v.Text("code"), 20)}
	var procedures []procedure.Stage
	found, err := p.lookUp(v, in, procedure.StagesInto(&procedures))
	if err != nil {
		if f := fault.Of(err); f.Kind == fault.KindMissing {
			err = fault.Invalid(f.Code) // the form again, whatever was wrong
		}
		return again(v, err, "进度查询", func(problems ui.Problems) templ.Component { return progressPage(in, problems, officer(v)) })
	}
	c := progressView{Progress: found, Way: way(found.Case, found.Impl), Dues: p.dues(found.Case, found.Clocks),
		Calendars: calendars(found.Clocks), Events: events(found.History, found.Impl), Next: publicNow(found), Stages: procedures}
	c.Today = calendar.DayOf(v.Now())
	c.Facts = []ui.Pair{{Term: "事项", Text: found.ItemName, Href: guideURL(found.Impl.Code())}, {Term: "办理机关", Text: found.Impl.Body.Name},
		{Term: "提交时间", Text: text.At(found.ReceivedAt)}, {Term: "现在由谁办", Text: publicHolder(found.Case, found), Note: since(found.Case, found.Notice)},
		{Term: "咨询电话", Text: found.Impl.Phones.Consult}}
	if !found.AcceptedAt.IsZero() {
		c.Facts = append(c.Facts, ui.Pair{Term: acceptedTerm(found.Impl), Text: calendar.DayOf(found.AcceptedAt).Chinese()})
	}
	return show(v, "办理进度", foundPage(c), ui.Link{Text: "进度查询", Href: "/progress"})
}

// lookUp limits how often one may try before the store is asked.
func (p *Pages) lookUp(v *visit.Visit, in progressInput, also ...casework.Also) (*casework.Progress, error) {
	if err := v.Limit(p.Guesses, "progress"); err != nil {
		return nil, err
	}
	return p.Casework.Progress(v.Context(), in.Number, in.Code, also...)
}

// publicNext says what follows without leading anywhere that needs an account.
func publicNext(c *casework.Case) string {
	switch c.Status {
	case casework.StatusReceived:
		if !c.AcceptedAt.IsZero() {
			return registrationWords(c)
		}
		return "等待受理。"
	case casework.StatusSupplement:
		return "需要补正材料。请申请人登录后在「我的办件」中补正，或者到窗口提交。"
	case casework.StatusHandling:
		return handlingWords(c)
	case casework.StatusGranted:
		return "已经作出准予的决定，制证后通知申请人领取。"
	case casework.StatusRefused:
		return "已经作出决定，请申请人登录后查收决定书。"
	}
	return endings[c.Status]
}

// publicNow is what follows, and what is owed.
func publicNow(found *casework.Progress) string {
	now, owed := publicNext(found.Case), publicOwed(found)
	if owed != "" {
		now = strings.TrimSuffix(now, idle)
	}
	return now + owed
}

// publicOwed says what is owed and by when, without leading anywhere.
func publicOwed(found *casework.Progress) string {
	if !found.Owing.Open() || found.Status != casework.StatusHandling {
		return ""
	}
	return "还有材料要补交：" + owedNames(found.Owing) + "，期限 " + found.Owing.Until.Chinese() + "。请申请人登录后在「我的办件」中补交，或者到窗口提交；补齐之前不能作出准予的决定。"
}

func publicHolder(c *casework.Case, found *casework.Progress) string {
	switch h := holder(c, found.Impl); h {
	case "您（等待补正）":
		return "申请人（等待补正）"
	case "您（等待领取）":
		return "申请人（等待领取）"
	default:
		return h
	}
}
