package licence

import (
	"onewindow/internal/business/calendar"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// Citations of the rules of this package.
const (
	lawChange     = "行政许可法第四十九条"
	lawRenewal    = "行政许可法第五十条第一款"
	lawSilence    = "行政许可法第五十条第二款"
	lawRescind    = "行政许可法第六十九条"
	lawRecall     = "行政许可法第八条第二款"
	lawDeregister = "行政许可法第七十条"
)

// Ended says that the licence was taken away or replaced; one that only
// expired was not.
func (l *Licence) Ended() bool { return l.status != Valid }

// Window is when a licence may be renewed; Last is zero for one without end.
type Window struct {
	Rule catalog.Renewal
	// First is zero where no law holds an application back.
	First, Last calendar.Day
}

// Window counts the matter's rule back from the licence's last day.
func (l *Licence) Window(rule catalog.Renewal, cal *calendar.Table) Window {
	if l.Content.ValidTo == nil {
		return Window{Rule: rule}
	}
	end := *l.Content.ValidTo
	return Window{Rule: rule, First: rule.First(end, cal), Last: rule.Last(end, cal)}
}

// renewable is whether a renewal may be applied for on a day (行政许可法第五十条第一款).
// What comes after the last day but before the end is examined all the same,
// unless the matter's law refuses it; only silence does not renew then.
func (l *Licence) renewable(w Window, today calendar.Day) error {
	switch status := l.StatusOn(today); {
	case l.Ended():
		return l.over(lawRenewal)
	case status == Continued:
		return fault.Refused("licence.continued", lawSilence)
	case w.Last == 0:
		return fault.Refused("licence.no_end", lawRenewal)
	case status == Expired:
		return fault.Refused("licence.expired", lawDeregister, "day", l.Content.ValidTo.Chinese())
	case today < w.First:
		return fault.Refused("licence.renew_early", w.Rule.Law, "day", w.First.Chinese())
	case today > w.Last && w.Rule.LateRefused:
		return fault.Refused("licence.renew_late", w.Rule.Law, "day", w.Last.Chinese())
	}
	return nil
}

// changeable is whether a change (行政许可法第四十九条) or another copy may be
// applied for on a day: of a licence in force.
func (l *Licence) changeable(today calendar.Day) error {
	switch {
	case l.Ended():
		return l.over(lawChange)
	case l.StatusOn(today) == Expired:
		return fault.Refused("licence.expired", lawChange, "day", l.Content.ValidTo.Chinese())
	}
	return nil
}

func (l *Licence) over(law string) error {
	return fault.Refused("licence.ended", law, "status", string(l.status))
}

// End takes a licence away: 撤销, 撤回, 吊销. Each may be done to a licence in force
// or expired, and to none that was taken away before; noun aftercare calls it in
// its own act, after it has seen to the procedure.
func (s *Service) End(tx *db.Tx, licenceID string, as Status) (*Licence, error) {
	l, err := s.byID(tx, licenceID)
	if err != nil {
		return nil, err
	}
	if err := l.end(as, calendar.DayOf(tx.Now)); err != nil {
		return nil, err
	}
	saveStanding(tx, l, Valid)
	return l, s.o.Casework.GiveBack(tx, staff.Machine("系统（数量限制）"), l.Content.Matter.Code)
}

// EndOfCase is End of the licence that a case granted; nil where none was issued,
// or it was over already.
func (s *Service) EndOfCase(tx *db.Tx, caseID string, as Status) (*Licence, error) {
	all, err := db.List(tx, s.opened, columns+`where l.case_id = $1 and l.status = 'valid' limit 1`, caseID)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return s.End(tx, all[0].ID, as)
}

// end is the rule: nothing is taken away twice, and the three ways to take a
// licence away stay apart.
func (l *Licence) end(as Status, today calendar.Day) error {
	law, known := map[Status]string{Rescinded: lawRescind, Retracted: lawRecall, Revoked: lawDeregister}[as]
	switch {
	case !known:
		return fault.Invalid("licence.ending")
	case l.Ended():
		return l.over(law)
	}
	l.status, l.StatusDay = as, &today
	return nil
}

// Deregister (注销) closes the register of a licence (行政许可法第七十条). It says
// nothing about why the licence is over: one that was rescinded stays a
// rescinded one. A licence in force is over with it.
func (s *Service) Deregister(tx *db.Tx, licenceID string) (*Licence, error) {
	l, err := s.byID(tx, licenceID)
	if err != nil {
		return nil, err
	}
	was := l.status
	if err := l.deregister(calendar.DayOf(tx.Now)); err != nil {
		return nil, err
	}
	saveStanding(tx, l, was)
	if was != Valid { // given back when it was taken away
		return l, nil
	}
	return l, s.o.Casework.GiveBack(tx, staff.Machine("系统（数量限制）"), l.Content.Matter.Code)
}

func (l *Licence) deregister(today calendar.Day) error {
	if l.DeregisteredOn != nil || l.status == Replaced || l.status == Cancelled {
		return l.over(lawDeregister)
	}
	l.DeregisteredOn = &today
	if l.status == Valid {
		l.status, l.StatusDay = Cancelled, &today
	}
	return nil
}

// replace marks the version that a new one takes the place of.
func (l *Licence) replace(today calendar.Day) error {
	if l.Ended() {
		return l.over(lawChange)
	}
	l.status, l.StatusDay = Replaced, &today
	return nil
}

// saveStanding writes where the licence stands if it still stood as it was.
func saveStanding(tx *db.Tx, l *Licence, was Status) {
	tx.Write(`update licence set status = $3, status_day = $4, deregistered_on = $5 where id = $1 and status = $2`,
		l.ID, string(was), string(l.status), dayOrNull(l.StatusDay), dayText(l.DeregisteredOn))
}

func dayText(d *calendar.Day) string {
	if d == nil {
		return ""
	}
	return d.String()
}
