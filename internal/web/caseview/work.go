package caseview

import (
	"net/url"
	"strconv"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// Work is a work list with its filter.
type Work struct {
	Title, Lead string
	List        List
	Filter      url.Values
	Tabs        []ui.Link // other lists of the same person
}

// Work lists what waits for the actor in a role, the first due first.
// What the page asks beside it is asked in the same round trip.
func (s Source) Work(v *visit.Visit, path string, role staff.Role, beside ...db.Ask) (Work, error) {
	w := Work{Filter: remembered(v, path)}
	cal, today := s.Casework.Calendar(), Today(v)
	page, err := s.Casework.WorkList(v.Context(), v.Actor, casework.Filter{Role: role, Channel: channel(w.Filter.Get("channel")),
		Item: w.Filter.Get("item"), DueTo: dueTo(cal, today, w.Filter.Get("due")), After: casework.ParseCursor(v.Query("after"))}, beside...)
	if err == nil {
		visit.Known(v, waitingKey, page.Waiting)
	}
	w.List = List{Page: page, Calendar: cal, Today: today, Base: s.Base, Path: path, Query: url.Values{}}
	for k, x := range w.Filter {
		w.List.Query[k] = x
	}
	if after := v.Query("after"); after != "" {
		w.List.Query.Set("after", after)
	}
	return w, err
}

// noFilter is the path of a list whose filter is empty: its form is the same for
// everybody.
type noFilter string

// waitingKey is what Waiting is known by within a request.
const waitingKey = "waiting"

// Waiting is what waits per role, asked for once in a request: the page and
// the navigation beside it both show it.
func (s Source) Waiting(v *visit.Visit) (map[staff.Role]int, error) {
	return visit.Once(v, waitingKey, func() (map[staff.Role]int, error) { return s.Casework.Waiting(v.Context(), v.Actor) })
}

// filterNames are the fields of the filter.
var filterNames = []string{"channel", "item", "due"}

// remembered is the filter that was asked for, or else the one used last in
// this session: it stays while one goes into a case and comes back. all=1
// forgets it.
func remembered(v *visit.Visit, path string) url.Values {
	key, sent := "filter "+path, v.R.URL.Query()
	f, asked := url.Values{}, sent.Has("all")
	for _, name := range filterNames {
		asked = asked || sent.Has(name)
		if s := v.Query(name); s != "" && len(s) < 100 {
			f.Set(name, s)
		}
	}
	kept := v.Kept(key)
	switch {
	case !asked:
		f, _ = url.ParseQuery(kept)
	case f.Encode() != kept:
		v.Keep(key, f.Encode())
	}
	return f
}

func channel(s string) casework.Channel {
	switch c := casework.Channel(s); c {
	case casework.Online, casework.Window, casework.API:
		return c
	}
	return ""
}

// dueChoices are the filter by due day: working days from today, -1 for overdue.
var dueChoices = []ui.Choice{{Value: "-1", Text: "已超期"}, {Value: "0", Text: "今天到期或已超期"}, {Value: "1", Text: "1个工作日内到期"}, {Value: "3", Text: "3个工作日内到期"}}

func dueTo(cal *calendar.Table, today calendar.Day, s string) calendar.Day {
	n, err := strconv.Atoi(s)
	switch {
	case err != nil || n < -1 || n > 30:
		return 0
	case n < 0:
		return today.AddDays(-1)
	}
	return cal.AddWorking(today, n)
}

func channels() []ui.Choice {
	return text.Choices(text.Channel, casework.Online, casework.Window, casework.API)
}

// find is the page that looks a case up.
type find struct {
	Number   string
	Problems ui.Problems
}

// Find opens the case with a number; numbers come from receipts, with a scanner
// or by hand.
func (s Source) Find(v *visit.Visit) error {
	number := v.Query("number")
	if number == "" {
		return v.Render(Frame(v.Page("查找办件"), findPage(s, find{})))
	}
	c, err := s.Casework.Find(v.Context(), v.Actor, number)
	if err == nil {
		return v.See(s.Base + "/cases/" + c.ID)
	}
	f := find{Number: number, Problems: Told(err)}
	if len(f.Problems.Fields) == 0 {
		f.Problems.Fields = []ui.Problem{{Field: "number", Message: f.Problems.Message}}
	}
	return v.RenderStatus(visit.Status(fault.Of(err)), Frame(v.Page("查找办件"), findPage(s, f)))
}
