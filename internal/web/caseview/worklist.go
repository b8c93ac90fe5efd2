package caseview

import (
	"net/url"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
)

// List is a work list as it is shown.
type List struct {
	Page     casework.Page
	Calendar *calendar.Table
	Today    calendar.Day
	Caption  string
	Base     string     // "/counter" or "/desk"
	Path     string     // of the list itself
	Query    url.Values // the filter, kept from page to page
}

// rows are the lines, each led by the way into the case.
func (l List) rows() []ui.Row {
	out, cells := make([]ui.Row, 0, len(l.Page.Tasks)), make([]ui.Cell, 0, len(columns)*len(l.Page.Tasks))
	for _, t := range l.Page.Tasks {
		n, tone := Left(l.Calendar, l.Today, t.Due)
		cells = append(cells,
			ui.Cell{Text: t.ItemName, Href: l.Base + "/cases/" + t.CaseID, Note: t.Number},
			ui.Cell{Text: t.ApplicantName},
			ui.Cell{Text: text.Label(text.Channel, string(t.Channel))},
			ui.Cell{Text: text.At(t.OpenedAt), Note: noteOf(t)},
			ui.Cell{Body: ui.Countdown(text.Left(n, "working"), tone), Note: text.Day(t.Due)})
		row := ui.Row{Cells: cells[len(cells)-len(columns):]}
		if tone != ui.OK {
			row.Tone = tone
		}
		out = append(out, row)
	}
	return out
}

// noteOf says what is special about a line.
func noteOf(t casework.Task) string {
	switch {
	case t.Asked():
		return "其他机关征求意见"
	case t.Officer != "":
		return "已指定办理人员"
	}
	return ""
}

var columns = []ui.Column{{Title: "事项和办件编号"}, {Title: "申请人"}, {Title: "申请方式", Tight: true},
	{Title: "到达本环节", Tight: true}, {Title: "期限", Tight: true}}

// first is the way back to the beginning, "" on the first page. Pages are cut by
// key, so that a list that moves meanwhile shows nothing twice; the page before
// is the browser's to go back to.
func (l List) first() string {
	if l.Query.Get("after") == "" {
		return ""
	}
	return l.at(l.filter())
}

func (l List) filter() url.Values {
	q := url.Values{}
	for k, v := range l.Query {
		if k != "after" {
			q[k] = v
		}
	}
	return q
}

// pages leads on by key, keeping the filter.
func (l List) pages() ui.Pages {
	var p ui.Pages
	q := l.filter()
	if next := l.Page.Next.String(); next != "" {
		q.Set("after", next)
		p.Next = l.at(q)
	}
	return p
}

// all is the list without its filter.
func (l List) all() string { return l.at(url.Values{"all": {"1"}}) }

func (l List) at(q url.Values) string {
	if len(q) == 0 {
		return l.Path
	}
	return l.Path + "?" + q.Encode()
}

// empty says that nothing waits.
func (l List) empty() bool { return len(l.Page.Tasks) == 0 }
