package admin

import (
	"slices"
	"strconv"
	"strings"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// calendarPage is what the page of the calendar shows.
type calendarPage struct {
	Table    *calendar.Table
	Editions []calendar.Edition
	Drafts   []calendar.Draft
	Today    calendar.Day
	// Run is how far the open cases are with the version in force; nil when it
	// concerned none.
	Run *casework.Reprojection
}

// CalendarList shows the calendar in force, what is being prepared and the
// versions.
func (p *Pages) CalendarList(v *visit.Visit) error {
	c := calendarPage{Table: p.Calendar.Table(), Today: calendar.DayOf(v.Now())}
	var err error
	if c.Editions, err = p.Calendar.Editions(v.Context()); err != nil {
		return err
	}
	if c.Drafts, err = p.Calendar.Drafts(v.Context(), v.Actor); err != nil {
		return err
	}
	if c.Run, err = p.Casework.Reprojection(v.Context(), c.Table.Version()); err != nil {
		return err
	}
	return show(v, "工作日历", calendarView(c), ui.Link{Text: "工作日历", Current: true})
}

// CalendarVersion shows a version as it was published.
func (p *Pages) CalendarVersion(v *visit.Visit) error {
	n, err := strconv.Atoi(v.Path("version"))
	if err != nil {
		return fault.Missing("calendar.version")
	}
	e, t, err := p.Calendar.Edition(v.Context(), n)
	if err != nil {
		return err
	}
	title := "第" + strconv.Itoa(n) + "版"
	return show(v, "工作日历"+title, versionView(e, t, n == p.Calendar.Table().Version()), crumbs(title)...)
}

// crumbs lead back to the calendar.
func crumbs(title string) []ui.Link {
	return []ui.Link{{Text: "工作日历", Href: Base + "/calendar"}, {Text: title, Current: true}}
}

// missing is the first year from today's on that is not loaded.
func (c calendarPage) missing() int {
	y := c.Today.Year()
	for c.Table.Loaded(y) {
		y++
	}
	return y
}

// years are the loaded years as a table, the newest first.
func years(t *calendar.Table, edit bool) ui.TableData {
	out := ui.TableData{Caption: "已载入的年度", Columns: []ui.Column{{Title: "年度", Tight: true}, {Title: "依据的通知"},
		{Title: "工作日", Num: true, Tight: true}, {Title: "放假和调休"}}}
	if edit {
		out.Columns = append(out.Columns, ui.Column{Title: "更正", Tight: true})
	}
	loaded := t.Years()
	slices.Reverse(loaded)
	for _, n := range loaded {
		y, _ := t.Notice(n)
		cells := []ui.Cell{{Text: strconv.Itoa(n) + "年"}, noticeCell(y), {Text: strconv.Itoa(t.WorkingDays(n)) + "天"}, {Body: holidays(y)}}
		if edit {
			cells = append(cells, ui.Cell{Text: "更正", Href: yearPath(n, "")})
		}
		out.Rows = append(out.Rows, ui.Row{Cells: cells})
	}
	return out
}

// noticeCell says on which notice a year rests.
func noticeCell(y calendar.Year) ui.Cell {
	c := ui.Cell{Text: "国务院办公厅关于" + strconv.Itoa(y.Year) + "年部分节假日安排的通知", Note: y.Number}
	if strings.HasPrefix(y.Notice, "http") {
		c.Href = y.Notice
	}
	if d, err := calendar.ParseDay(y.Issued); err == nil {
		c.Note = strings.TrimSpace(c.Note + "　" + d.Chinese())
	}
	if y.Source != "" {
		c.Note = strings.TrimSpace(c.Note + "　数据来源：" + y.Source)
	}
	return c
}

// restLine tells a holiday as the notice does.
func restLine(r calendar.Rest) string {
	line := r.Name
	if n := len(r.Off); n == 1 {
		line += "：" + short(r.Off[0]) + "放假"
	} else if n > 1 {
		line += "：" + spans(r.Off) + "放假调休，共" + strconv.Itoa(n) + "天"
	}
	var worked []string
	for _, d := range r.MakeUp {
		worked = append(worked, short(d)+"（"+d.WeekdayName()+"）")
	}
	if len(worked) > 0 {
		line += "；" + strings.Join(worked, "、") + "上班"
	}
	return line
}

// spans writes days as runs: 2月15日至2月23日.
func spans(days []calendar.Day) string {
	var parts []string
	for i := 0; i < len(days); {
		j := i
		for j+1 < len(days) && days[j+1] == days[j]+1 {
			j++
		}
		part := short(days[i])
		if j > i {
			part += "至" + short(days[j])
		}
		parts = append(parts, part)
		i = j + 1
	}
	return strings.Join(parts, "、")
}

func short(d calendar.Day) string {
	_, m, day := d.Date()
	return strconv.Itoa(int(m)) + "月" + strconv.Itoa(day) + "日"
}

// editionTable lists the versions.
func editionTable(all []calendar.Edition, current int) ui.TableData {
	out := ui.TableData{Caption: "历次版本", Columns: []ui.Column{{Title: "版本", Tight: true}, {Title: "内容"}, {Title: "发布", Tight: true}}}
	for _, e := range all {
		what, when := "程序内置的年度安排", ""
		if e.Year != 0 {
			what, when = strconv.Itoa(e.Year)+"年安排", text.At(e.PublishedAt)
		}
		name := "第" + strconv.Itoa(e.Version) + "版"
		if e.Version == current {
			name += "（现行）"
		}
		out.Rows = append(out.Rows, ui.Row{Cells: []ui.Cell{{Text: name, Href: Base + "/calendar/versions/" + strconv.Itoa(e.Version)},
			{Text: what, Note: e.Reason}, {Text: when, Note: e.ByName}}})
	}
	return out
}
