package portal

import (
	"slices"
	"strings"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/deadline"
	"onewindow/internal/business/hearing"
	"onewindow/internal/business/interest"
	"onewindow/internal/business/licence"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// periods adds to the limits of a case those of being heard in it and of renewing
// what it is about, or what came of it, each with how its day came about.
func (p *Pages) periods(v *visit.Visit, c *caseView) error {
	if slices.ContainsFunc(c.History, func(h casework.Happening) bool {
		return strings.HasPrefix(h.Kind, "interest.") || strings.HasPrefix(h.Kind, "hearing.")
	}) {
		h, err := p.heardOf(v, c.Case)
		if err != nil {
			return err
		}
		c.add(p.heardPeriods(h))
	}
	switch {
	case c.Licence != nil && c.Licence.Content.ValidTo != nil && !c.Licence.Ended():
		c.add(p.renewalPeriod(c.Impl.Result.RenewalRule(), *c.Licence.Content.ValidTo, c.Today, c.Licence.StatusOn(c.Today)))
	case c.Held != nil && c.Purpose == casework.PurposeRenew && c.Held.ValidTo != 0:
		c.add(p.renewalPeriod(c.Impl.Result.RenewalRule(), c.Held.ValidTo, c.Today, licence.Valid))
	}
	return nil
}

// period is a limit as the page shows it, with its derivation.
type period struct {
	due      due
	calendar ui.Calendar
}

func (c *caseView) add(all []period) {
	for _, x := range all {
		c.Dues, c.Calendars = append(c.Dues, x.due), append(c.Calendars, x.calendar)
	}
}

// heardPeriods are those for speaking, for asking for a hearing, and for holding it.
func (p *Pages) heardPeriods(h heardView) (out []period) {
	if x := h.Party; x != nil && x.Status == interest.Told && h.Today <= x.Until {
		out = append(out, period{p.dueOf("陈述、申辩的期限", x.Until, "在这一天以前（含当日）都可以陈述。", true, h.Today, deadline.Working),
			ui.Calendar{Title: "陈述、申辩的期限", Law: "行政许可法第三十六条", Summary: "告知书写明可以陈述到" + x.Until.Chinese() + "，告知当日不计。"}})
	}
	if h.Hearing == nil || h.Me == nil {
		return out
	}
	for _, t := range h.Hearing.Timetable(p.Casework.Calendar()) {
		if t.Person != nil && t.Person.ID != h.Me.ID {
			continue
		}
		title := text.Label(text.HearingPeriod, string(t.Period))
		cal := text.Derivation(title+" "+t.Limit.Chinese(), t.Limit, t.Due)
		if cal.Summary == "" {
			cal.Summary = "最后一天是" + t.Due.Day.Chinese() + "。"
		}
		out = append(out, period{p.dueOf(title, t.Due.Day, hearingWords(t, h.Hearing), t.Open, h.Today, t.Limit.Unit), cal})
	}
	return out
}

// hearingWords say what a period of a hearing is for, and what follows.
func hearingWords(t hearing.Timed, h *hearing.Hearing) string {
	switch {
	case t.Period == hearing.PeriodAsk && t.Open:
		return "在这一天以前（含当日）可以要求听证；没有人要求的，继续办理。"
	case t.Period == hearing.PeriodAsk:
		return "已经要求、放弃听证，或者期限已过。"
	case t.Period == hearing.PeriodNotice:
		return "举行前至少七个工作日通知时间、地点。"
	case h.Status == hearing.Noticed:
		return "收到申请之日起二十个工作日内举行，定于 " + text.At(h.HeldAt) + "。"
	}
	return "收到申请之日起二十个工作日内举行，时间地点另行通知。"
}

func (p *Pages) dueOf(title string, day calendar.Day, words string, open bool, today calendar.Day, unit deadline.Unit) due {
	d := due{Title: title, Day: day.Chinese(), Words: words}
	if open && today <= day {
		n := deadline.DaysLeft(p.Casework.Calendar(), today, day, unit)
		if d.Left, d.Tone = text.Left(n, unit), ui.OK; n <= warnDays {
			d.Tone = ui.Warn
		}
	}
	return d
}

// countedDays are the natural days before the last one from which they are counted
// down; years ahead a count says nothing.
const countedDays = 180

// renewalPeriod is when a renewal can be asked for, and what follows.
func (p *Pages) renewalPeriod(rule catalog.Renewal, end, today calendar.Day, status licence.Status) []period {
	cal := p.Casework.Calendar()
	first, derived := rule.First(end, cal), rule.Derive(end, cal)
	d := p.dueOf("申请延续的最后一天", derived.Day, renewalWords(rule, first, derived.Day, end, today, status), status != licence.Continued && today >= first && today.AddDays(countedDays) >= derived.Day, today, rule.Unit)
	return []period{{d, text.Renewal(rule.Chinese(), rule.Limit(), first, end, derived)}}
}

// renewalWords say from when to when a renewal can be asked for and what follows.
func renewalWords(rule catalog.Renewal, first, last, end, today calendar.Day, status licence.Status) string {
	s := "有效期到 " + end.Chinese() + "。"
	switch {
	case status == licence.Continued:
		return s + "已经按时申请，届满前没有决定，依法视为准予延续。"
	case today > end:
		return s + "有效期已经届满，需要时重新申请。"
	case today > last && rule.LateRefused:
		return s + "已经超过，不再受理延续，需要时重新申请。"
	case today > last:
		return s + "已经超过，提出后仍会审查，但届满前没有决定的，不视为准予延续。"
	}
	if first != 0 {
		s += "最早 " + first.Chinese() + "可以提出。"
	} else {
		s += "这一天以前都可以提出。"
	}
	return s + "按时提出、届满前没有作出决定的，视为准予延续。"
}
