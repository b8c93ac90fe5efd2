package portal

import (
	"regexp"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/disclosure"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// decisionsView is the public list of decisions, as it was narrowed.
type decisionsView struct {
	disclosure.Search
	Bodies  []ui.Choice
	Notices []disclosure.Notice
	Next    string
}

var monthText = regexp.MustCompile(`^\d{4}-(0[1-9]|1[0-2])$`)

// Decisions is the public list of what was granted (行政许可法第四十条).
func (p *Pages) Decisions(v *visit.Visit) error {
	d := decisionsView{Search: disclosure.Search{Words: clip(v.Query("q"), 60), BodyID: clip(v.Query("body"), 60), Month: v.Query("month"), After: clip(v.Query("after"), 100), Limit: perPage + 1}}
	if !monthText.MatchString(d.Month) {
		d.Month = ""
	}
	bodies, err := p.Disclosure.Bodies(v.Context())
	if err != nil {
		return err
	}
	for _, b := range bodies {
		d.Bodies = append(d.Bodies, ui.Choice{Value: b[0], Text: b[1]})
	}
	if d.Notices, err = p.Disclosure.List(v.Context(), d.Search); err != nil {
		return err
	}
	if len(d.Notices) > perPage {
		d.Notices = d.Notices[:perPage]
		d.Next = d.Notices[perPage-1].Cursor()
	}
	return show(v, "行政许可决定公开", decisionsPage(d))
}

// Decision is one of them.
func (p *Pages) Decision(v *visit.Visit) error {
	n, err := p.Disclosure.Get(v.Context(), v.Path("decision"))
	if err != nil {
		return err
	}
	return show(v, "行政许可决定", decisionPage(n), ui.Link{Text: "行政许可决定公开", Href: "/decisions"})
}

// became is what became of the decision since; "" for nothing.
func became(n disclosure.Notice) string {
	if n.Standing == "" {
		return ""
	}
	return text.Label(text.Standing, string(n.Standing)) + "，" + n.StandingOn.Chinese()
}

// validity is until when what was granted is valid.
func validity(n disclosure.Notice) string {
	switch {
	case n.Outcome == disclosure.Refused:
		return "—"
	case n.Hides(disclosure.PartValidity):
		return "（依法不公开）"
	case n.ValidTo != 0:
		return n.ValidTo.Chinese()
	}
	return "未规定期限"
}

func decisionPairs(n disclosure.Notice) []ui.Pair {
	return []ui.Pair{{Term: "决定文号", Text: n.Number}, {Term: "决定", Text: text.Label(text.Decided, string(n.Outcome)), Note: became(n)}, {Term: "许可事项", Text: n.ItemName, Note: n.ItemCode}, {Term: "申请人", Text: n.Subject},
		{Term: "作出决定的机关", Text: n.BodyName}, {Term: "决定日期", Text: n.DecidedOn.Chinese()}, {Term: "有效期至", Text: validity(n)},
		{Term: "公开日期", Text: calendar.DayOf(n.PublishedAt).Chinese()}}
}

// more is the address of the next page.
func (d decisionsView) more() string {
	return "/decisions?q=" + escapeQuery(d.Words) + "&body=" + escapeQuery(d.BodyID) + "&month=" + escapeQuery(d.Month) + "&after=" + escapeQuery(d.Next)
}
