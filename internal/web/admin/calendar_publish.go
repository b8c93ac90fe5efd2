package admin

import (
	"strconv"

	"github.com/a-h/templ"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// calendarPreview is what publishing a draft would change.
type calendarPreview struct {
	Before, After *calendar.Table
	Draft         calendar.Draft
	Seen          casework.Foresight
	Reason        string
	Problems      ui.Problems
}

// CalendarPreview shows which days would change and which clocks would move.
func (p *Pages) CalendarPreview(v *visit.Visit) error {
	page, err := p.preview(v)
	if err != nil {
		return err
	}
	return v.Render(previewFrame(v, page))
}

func (p *Pages) preview(v *visit.Visit) (out calendarPreview, err error) {
	year, err := yearOf(v)
	if err != nil {
		return out, err
	}
	if out.Before, out.After, out.Draft, err = p.Calendar.Foresee(v.Context(), v.Actor, year); err != nil {
		return out, err
	}
	out.Seen, err = p.Casework.Foresee(v.Context(), v.Actor, out.After)
	return out, err
}

func previewFrame(v *visit.Visit, page calendarPreview) templ.Component {
	title := strconv.Itoa(page.Draft.Year.Year) + "年安排：预览"
	return frame(v.Page(title, crumbs(title)...), previewView(page))
}

// CalendarPublish puts the draft into force. Who publishes against another
// version than the one that was previewed is shown the new one.
func (p *Pages) CalendarPublish(v *visit.Visit) error {
	year, err := yearOf(v)
	if err != nil {
		return err
	}
	in := calendar.Publish{Year: year, Reason: v.Text("reason")}
	in.Revision, _ = strconv.Atoi(v.Text("revision"))
	in.Base, _ = strconv.Atoi(v.Text("base"))
	n, err := p.Calendar.Publish(v.Context(), v.Actor, in)
	if err != nil {
		page, failed := p.preview(v)
		if failed != nil {
			return failed
		}
		return v.Again(err, func(problems ui.Problems) templ.Component {
			page.Problems, page.Reason = problems, in.Reason
			return previewFrame(v, page)
		})
	}
	v.Flash(ui.OK, "第"+strconv.Itoa(n)+"版工作日历已发布，正在重新计算在办办件的期限。")
	return v.See(Base + "/calendar")
}

// CalendarDiscard throws the draft away.
func (p *Pages) CalendarDiscard(v *visit.Visit) error {
	year, err := yearOf(v)
	if err != nil {
		return err
	}
	revision, _ := strconv.Atoi(v.Text("revision"))
	if err := p.Calendar.DiscardDraft(v.Context(), v.Actor, year, revision); err != nil {
		return err
	}
	v.Flash(ui.OK, "拟稿已作废，现行日历没有变化。")
	return v.See(Base + "/calendar")
}

// changedDays are the days that a table has for something else than another, in
// the years that a draft of the year can touch.
func (p calendarPreview) changedDays() ui.TableData {
	out := ui.TableData{Caption: "有变化的日期", Columns: []ui.Column{{Title: "日期", Tight: true}, {Title: "现在"}, {Title: "发布后"}}}
	year := p.Draft.Year.Year
	for d := calendar.Date(year-1, 12, 1); d.Year() <= year; d++ {
		before, after := p.Before.Kind(d), p.After.Kind(d)
		if before.Works() == after.Works() {
			continue
		}
		out.Rows = append(out.Rows, ui.Row{Cells: []ui.Cell{{Text: text.Day(d) + "　" + d.WeekdayName()}, {Text: text.Label(text.DayKind, string(before))},
			{Text: text.Label(text.DayKind, string(after)), Note: p.After.Name(d)}}})
	}
	return out
}

// stats sum up what would move.
func (p calendarPreview) stats() []ui.Stat {
	year := p.Draft.Year.Year
	out := []ui.Stat{
		{Label: strconv.Itoa(year) + "年的工作日", Value: strconv.Itoa(p.After.WorkingDays(year)), Unit: "天", Hint: "现在按 " + strconv.Itoa(p.Before.WorkingDays(year)) + " 天计算"},
		{Label: "在办办件", Value: strconv.Itoa(p.Seen.Open), Unit: "件"},
		{Label: "期限会变动", Value: strconv.Itoa(p.Seen.Moved), Unit: "件", Tone: ui.Warn},
	}
	if p.Seen.Firm > 0 {
		out = append(out, ui.Stat{Label: "由暂定变为确定", Value: strconv.Itoa(p.Seen.Firm), Unit: "件", Tone: ui.OK})
	}
	return out
}

// examples are some of the cases that would move.
func (p calendarPreview) examples() ui.TableData {
	out := ui.TableData{Caption: "会变动的办件举例", Columns: []ui.Column{{Title: "办件"}, {Title: "事项"}, {Title: "期限变动"}}}
	for _, e := range p.Seen.Examples {
		out.Rows = append(out.Rows, ui.Row{Cells: []ui.Cell{{Text: e.Number}, {Text: e.ItemName}, {Body: moveList(e.Moves)}}})
	}
	return out
}
