package counter

import (
	"net/url"
	"strconv"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/staff"
	"onewindow/internal/web/caseview"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// work is a work list with its filter.
type work struct {
	Title, Lead string
	List        caseview.List
	Filter      url.Values
	Filtered    bool
}

// Work lists what waits to be taken up at the actor's hall, the first due first.
func (p *Pages) Work(v *visit.Visit) error {
	w := work{Title: "待受理办件", Lead: "收到申请之日起5个工作日内作出处理，先到期的排在前面"}
	return p.list(v, w, Base, staff.Clerk)
}

// Deliveries lists what waits to be handed over.
func (p *Pages) Deliveries(v *visit.Visit) error {
	w := work{Title: "待送达办件", Lead: "作出准予决定之日起10个工作日内颁发、送达"}
	return p.list(v, w, Base+"/deliveries", staff.Deliverer)
}

func (p *Pages) list(v *visit.Visit, w work, path string, role staff.Role) error {
	w.Filter = remembered(v, path)
	cal, today := p.Casework.Calendar(), caseview.Today(v)
	page, err := p.Casework.WorkList(v.Context(), v.Actor, casework.Filter{Role: role, Channel: channel(w.Filter.Get("channel")),
		Item: w.Filter.Get("item"), DueTo: dueTo(cal, today, w.Filter.Get("due")), After: casework.ParseCursor(v.Query("after"))})
	if err != nil {
		return err
	}
	w.Filtered = len(w.Filter) > 0
	w.List = caseview.List{Page: page, Calendar: cal, Today: today, Caption: w.Title, Base: Base, Path: path, Query: w.Filter}
	if after := v.Query("after"); after != "" {
		w.List.Query = url.Values{"after": {after}}
		for k, x := range w.Filter {
			w.List.Query[k] = x
		}
	}
	return show(v, w.Title, workPage(w))
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

// find is the page that looks a case up.
type find struct {
	Number   string
	Problems ui.Problems
}

// Find opens the case with a number; numbers come from receipts, with a scanner
// or by hand.
func (p *Pages) Find(v *visit.Visit) error {
	number := v.Query("number")
	if number == "" {
		return show(v, "查找办件", findPage(find{}))
	}
	c, err := p.Casework.Find(v.Context(), v.Actor, number)
	if err == nil {
		return v.See(Base + "/cases/" + c.ID)
	}
	f := find{Number: number, Problems: caseview.Told(err)}
	if len(f.Problems.Fields) == 0 {
		f.Problems.Fields = []ui.Problem{{Field: "number", Message: f.Problems.Message}}
	}
	return v.RenderStatus(visit.Status(faultOf(err)), frame(v, "查找办件", findPage(f)))
}

func channels() []ui.Choice {
	return text.Choices(text.Channel, casework.Online, casework.Window, casework.API)
}
