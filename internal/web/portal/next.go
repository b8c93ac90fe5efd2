package portal

import (
	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/flow"
	"onewindow/internal/web/ui"
)

// next is what the applicant does now, or what happens without them.
type next struct {
	Title, Text string
	Tone        ui.Tone
	Links       []ui.Link // the first is the main one
}

// answerDays is 五日: by then the applicant is told whether the application is
// accepted (行政许可法第三十二条第一款第（四）项).
const answerDays = 5

// following says what follows in a case, in the words of its status.
func (p *Pages) following(c *casework.Case, impl *catalog.Implementation) next {
	switch c.Status {
	case casework.StatusReturned:
		return returnedNext(c, impl)
	case casework.StatusReceived:
		if impl != nil && impl.Registration {
			return next{Title: "正在审查登记", Text: registrationWords(c)}
		}
		by := p.Casework.Calendar().AddWorking(calendar.DayOf(c.CompleteAt), answerDays)
		return next{Title: "等待受理", Text: by.Chinese() + "前告诉您是否受理，或者一次告知需要补正的全部内容。您不用做什么。"}
	case casework.StatusSupplement:
		return next{Title: "请补正材料", Text: "需要补正的内容已经一次告知，补齐后继续办理。", Tone: ui.Warn,
			Links: []ui.Link{{Text: "去补正", Href: caseURL(c.ID) + "/supplement"}}}
	case casework.StatusHandling:
		return next{Title: "正在办理", Text: handlingWords(c)}
	case casework.StatusGranted, casework.StatusRefused:
		return p.decidedNext(c, impl)
	case casework.StatusConcluded:
		return next{Title: "已经办结", Text: "感谢您的配合。欢迎评价这次服务，评价匿名处理。", Tone: ui.OK,
			Links: []ui.Link{{Text: "评价服务", Href: caseURL(c.ID) + "/rate"}}}
	}
	return next{Title: "本件已经终止", Text: endings[c.Status]}
}

// idle says that nothing is to be done.
const idle = "您不用做什么。"

func handlingWords(c *casework.Case) string {
	switch {
	case c.PromisedDue != 0 && c.PromisedDue != c.StatutoryDue:
		return "承诺 " + c.PromisedDue.Chinese() + "前作出决定。您不用做什么。"
	case c.StatutoryDue != 0:
		return c.StatutoryDue.Chinese() + "前作出决定。您不用做什么。"
	}
	return "正在按程序办理。您不用做什么。"
}

func (p *Pages) decidedNext(c *casework.Case, impl *catalog.Implementation) next {
	step, open := openStep(c, impl)
	receive := []ui.Link{{Text: "去领取", Href: caseURL(c.ID) + "/receive"}}
	switch {
	case !c.Granted:
		return next{Title: "作出了不予许可的决定", Text: "请查收决定书，其中写明了理由，以及申请行政复议、提起行政诉讼的途径和期限。", Tone: ui.Bad, Links: receive}
	case open && step.Act == flow.Deliver:
		return next{Title: "结果可以领取了", Text: "可以在网上下载，也可以凭取件码到窗口领取。", Tone: ui.OK, Links: receive}
	}
	by := c.DeliveryDue(p.Casework.Calendar())
	return next{Title: "已经准予，正在制证", Text: by.Chinese() + "前（作出决定之日起10个工作日内）制作并送达，做好后通知您领取。" + idle, Tone: ui.OK}
}
