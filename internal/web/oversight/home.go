package oversight

import (
	"onewindow/internal/business/calendar"
	"onewindow/internal/business/org"
	"onewindow/internal/business/staff"
	"onewindow/internal/business/supervision"
	"onewindow/internal/web/appealview"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// homeShown is how many of each list the first page shows.
const homeShown = 5

// homeList is one list of the first page: its newest lines and the way to all.
type homeList struct {
	Title string
	Table ui.TableData
	None  string
	All   ui.Link
}

// Home is where oversight begins: what waits, list by list.
func (p *Pages) Home(v *visit.Visit) error {
	var lists []homeList
	for _, l := range []struct {
		need staff.Permission
		read func(*visit.Visit) (homeList, error)
	}{
		{staff.FaultRead, p.homeFaults}, {staff.ComplaintHandle, p.homeComplaints}, {staff.SupervisionRead, p.homeAppeals},
	} {
		if !v.Actor.Can(l.need) {
			continue
		}
		x, err := l.read(v)
		if err != nil {
			return err
		}
		lists = append(lists, x)
	}
	return show(v, "督查", homeView(lists), ui.Link{Text: "督查", Current: true})
}

// homeFaults are the records that wait for the reader: findings to make, or
// replies to give.
func (p *Pages) homeFaults(v *visit.Visit) (l homeList, err error) {
	status, title := supervision.Open, "待答复的责任追究线索"
	if v.Actor.Can(staff.FaultHandle) {
		status, title = supervision.Replied, "待认定的责任追究线索"
	}
	list := faultList{}
	if list.Faults, _, err = p.Supervision.List(v.Context(), v.Actor, supervision.Filter{Status: status, Limit: homeShown}); err != nil {
		return l, err
	}
	if list.Bodies, err = p.Org.List(v.Context(), org.Filter{}); err != nil {
		return l, err
	}
	return homeList{title, list.table(), "没有等待您处理的线索。", ui.Link{Text: "全部线索", Href: Base + "/faults"}}, nil
}

func (p *Pages) homeComplaints(v *visit.Visit) (homeList, error) {
	all, err := p.Grievances.List(v.Context(), v.Actor, true, "", homeShown)
	return homeList{"未办结的投诉", complaints{All: all}.table(), "没有等待处理的投诉。", ui.Link{Text: "全部投诉", Href: complaintsPath}}, err
}

func (p *Pages) homeAppeals(v *visit.Visit) (homeList, error) {
	all, err := p.Grievances.AllAppeals(v.Context(), v.Actor, true, "", homeShown)
	t := appealview.Table(all, "/desk/appeals", calendar.DayOf(v.Now()), p.Casework.Calendar())
	return homeList{"进行中的复议、诉讼", t, "没有进行中的复议、诉讼。", ui.Link{Text: "全部复议、诉讼", Href: appealsPath}}, err
}
