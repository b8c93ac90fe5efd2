package caseview

import (
	"onewindow/internal/business/casework"
	"onewindow/internal/business/deadline"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
)

// Unexplained says that the promised limit was missed and the public was not
// told why.
func (v View) Unexplained() bool { return v.Dossier.Late == nil && v.PromiseMissed(v.Today) }

// clocks are the limits of the case with their derivations.
func (v View) clocks() []clock {
	var out []clock
	for _, t := range v.Timetable(v.Calendar) {
		title := text.Label(text.Clock, t.Clock)
		if t.Clock == casework.ClockStep {
			title = "本环节「" + t.Step + "」"
		}
		c := clock{title: title, due: t.Due.Day, unit: t.Limit.Unit, running: t.Running,
			calendar: text.Derivation(title+" "+t.Limit.Chinese(), t.Limit, t.Due)}
		c.left = deadline.DaysLeft(v.Calendar, v.Today, t.Due.Day, t.Limit.Unit)
		c.stands = t.Running && v.Course.Paused() && (t.Clock == casework.ClockStatutory || t.Clock == casework.ClockPromised)
		if t.Applicants {
			c.note = "由申请人遵守"
		}
		out = append(out, c)
	}
	return append(out, v.applicants()...)
}

// applicants are the periods of a hearing (行政许可法第四十七条、第四十八条), and the last
// day for renewing the licence that the case is about (第五十条第一款).
func (v View) applicants() (out []clock) {
	for _, h := range v.Hearings {
		for _, t := range h.Timetable(v.Calendar) {
			title, note := text.Label(text.HearingPeriod, string(t.Period)), "由本机关遵守"
			if t.Person != nil {
				title, note = t.Person.Name+title, "由申请人、利害关系人遵守"
			}
			out = append(out, clock{title: title, due: t.Due.Day, unit: t.Limit.Unit, left: deadline.DaysLeft(v.Calendar, v.Today, t.Due.Day, t.Limit.Unit),
				running: t.Open, note: note, calendar: text.Derivation(title+" "+t.Limit.Chinese(), t.Limit, t.Due)})
		}
	}
	if h := v.Held; h != nil && h.ValidTo != 0 && h.LastDay != 0 {
		rule := v.Impl.Result.RenewalRule()
		due := rule.Derive(h.ValidTo, v.Calendar)
		if due.Day != h.LastDay { // what was known when the application came stands
			due.Day, due.Days = h.LastDay, nil
		}
		out = append(out, clock{title: "申请延续的最后一天", due: h.LastDay, unit: rule.Unit, note: "由申请人遵守",
			left:     deadline.DaysLeft(v.Calendar, v.Today, h.LastDay, rule.Unit),
			calendar: text.Renewal(rule.Chinese(), rule.Limit(), rule.First(h.ValidTo, v.Calendar), h.ValidTo, due)})
	}
	return out
}

// course are the pauses and the extensions of the case.
func (v View) course() []ui.Pair {
	var out []ui.Pair
	for _, p := range v.Course.Pauses {
		s := p.Stop()
		words := "自" + text.Day(s.From) + "起，最迟到" + text.Day(p.Cap)
		if p.To != 0 {
			words = "自" + text.Day(s.From) + "至" + text.Day(p.To)
		}
		out = append(out, ui.Pair{Term: "停止计时：" + text.Label(text.Special, p.Kind), Text: words,
			Note: "告知的所需时间" + text.Count(p.Days, deadline.Working) + "，超出部分照常计时　依据：" + p.Law})
	}
	for _, e := range v.Course.Extensions {
		out = append(out, ui.Pair{Term: "延长办理期限", Text: text.Count(e.N, e.Unit), Note: text.Day(e.On) + " 经" + e.ApprovedBy + "批准　依据：" + e.Law + "　理由：" + e.Reason})
	}
	for _, r := range v.Extensions {
		switch r.Status {
		case casework.ExtensionOpen:
			out = append(out, ui.Pair{Term: "延长申请", Text: text.Count(r.Days, deadline.Working) + "，等待批准", Note: r.AskedName + "　" + text.At(r.AskedAt) + "　理由：" + r.Reasons})
		case casework.ExtensionDeclined:
			out = append(out, ui.Pair{Term: "延长申请", Text: text.Count(r.Days, deadline.Working) + "，未批准", Note: r.DecidedName + "　" + text.At(r.DecidedAt) + "　" + r.Answer})
		}
	}
	if l := v.Dossier.Late; l != nil {
		out = append(out, ui.Pair{Term: "超过承诺期限的理由", Text: l.Reason, Note: l.ByName + "　" + text.At(l.At) + " 公开"})
	}
	for _, m := range v.Moves {
		for _, x := range m.Moves {
			out = append(out, ui.Pair{Term: "工作日历变更", Text: text.Label(text.Clock, x.Clock) + "由" + text.Day(x.Before) + "变为" + text.Day(x.After), Note: text.At(m.At)})
		}
	}
	return out
}

// standing is the chip of a clock that stands.
func standing() string { return "已停止计时" }
