package portal

import (
	"strconv"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/procedure"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
)

// running is what the applicant does now: a visit that comes, something to put
// right, or a clock that stands goes before the ordinary words.
func (c caseView) running() next {
	if c.Status != casework.StatusHandling {
		return c.Next
	}
	for i := len(c.Stages) - 1; i >= 0; i-- {
		s := c.Stages[i]
		switch {
		case s.Kind == procedure.SiteVisit && s.State == procedure.Open:
			return next{Title: "请配合现场核查", Tone: ui.Warn, Text: text.At(s.At) + "到现场核查，地点和人员见现场核查通知书。请安排人员到场，备好有关材料。核查时间计入办理期限。"}
		case s.Kind == procedure.SiteVisit && s.Outcome == procedure.Rectify:
			return next{Title: "请按要求整改", Tone: ui.Warn, Text: "现场核查发现需要整改的事项，请在" + text.Day(s.Until) + "前整改，整改后复查。"}
		case s.Kind == procedure.SiteVisit && s.State == procedure.Done:
			return c.Next
		}
	}
	for _, s := range c.Stages {
		if s.Days > 0 && !s.State.Ended() {
			return next{Title: "正在进行" + s.Name, Text: standing(s, c.Case, c.Today) + "您不用做什么。"}
		}
	}
	return c.Next
}

// standing says why the clock stands and what the due day is now.
func standing(s procedure.Stage, c *casework.Case, today calendar.Day) string {
	out := "依法需要" + s.Name + "（" + s.Law + "），所需时间 " + strconv.Itoa(s.Days) + " 个工作日不计算在办理期限内，自" + text.Day(s.From) + "起，最迟到" + text.Day(s.By) + "。"
	if today > s.By {
		out = "依法需要" + s.Name + "（" + s.Law + "），告知的 " + strconv.Itoa(s.Days) + " 个工作日已满，办理期限自" + text.Day(s.By) + "后恢复计算。"
	}
	if c.StatutoryDue != 0 {
		out += "法定期限现在到" + text.Day(c.StatutoryDue) + "。"
	}
	return out
}

// stageWords say in plain words where a procedure stands and what it does to the
// clock.
func stageWords(s procedure.Stage, c *casework.Case, today calendar.Day) string {
	switch {
	case s.State == procedure.Cancelled && s.Days > 0:
		return "已取消，办理期限恢复计算。"
	case s.State == procedure.Cancelled:
		return "已取消。"
	case s.Kind == procedure.SiteVisit:
		return visitWords(s)
	case s.State == procedure.Done && s.Days > 0:
		return "自" + text.Day(s.From) + "至" + text.Day(s.To) + "，不计算在办理期限内；期限已恢复计算。"
	case s.State == procedure.Done:
		return "自" + text.Day(s.From) + "至" + text.Day(s.To) + "，计入办理期限。"
	case s.Days > 0:
		return standing(s, c, today)
	}
	return "自" + text.Day(s.From) + "起，时间计入办理期限。"
}

func visitWords(s procedure.Stage) string {
	switch {
	case s.State == procedure.Open:
		return text.At(s.At) + "核查，由两名以上工作人员进行；时间计入办理期限。"
	case s.State == procedure.Signing:
		return "已到现场，核查人员正在签署记录。"
	case s.Outcome == procedure.Rectify:
		return "需要整改，请在" + text.Day(s.Until) + "前完成；整改后复查。"
	}
	return "已经完成：" + text.Label(text.Conclusion, string(s.Outcome)) + "。"
}

// badge is the state of a procedure for its row.
func stageBadge(s procedure.Stage) (words string, tone ui.Tone) {
	if s.State == procedure.Done && s.Kind == procedure.SiteVisit {
		return text.Label(text.Conclusion, string(s.Outcome)), text.Tone(text.Conclusion, string(s.Outcome))
	}
	if s.State == procedure.Ready || s.State == procedure.Signing {
		return text.Label(text.ProcedureState, string(procedure.Open)), ui.Info
	}
	return text.Label(text.ProcedureState, string(s.State)), text.Tone(text.ProcedureState, string(s.State))
}

// stageEvents are the procedures as a timeline, the newest first. What is to be
// put right is for the applicant alone.
func stageEvents(all []procedure.Stage, c *casework.Case, today calendar.Day) (out []ui.Event) {
	for i := len(all) - 1; i >= 0; i-- {
		words, tone := stageBadge(all[i])
		out = append(out, ui.Event{At: text.Day(all[i].From), Title: all[i].Name + "：" + words, Tone: tone, Text: stageWords(all[i], c, today)})
	}
	return out
}
