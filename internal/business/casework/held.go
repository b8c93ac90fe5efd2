package casework

import (
	"cmp"
	"slices"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/document"
	"onewindow/internal/business/form"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// Held (所持证照) is the licence that a case asks to change, renew or replace, as
// it stood when the application was received.
type Held struct {
	LicenceID    string
	CaseID       string // that granted it
	Name, Number string
	ValidFrom    calendar.Day
	ValidTo      calendar.Day // zero: no end is laid down
	// LastDay is the last day for applying for renewal in time; zero for other
	// purposes. What came later is examined, but silence does not renew it.
	LastDay calendar.Day
}

// HeldRule is how the noun of licences answers whether a licence may be changed,
// renewed or replaced today, and what it is.
type HeldRule func(tx *db.Tx, who staff.Actor, about About, applicantID string, impl *catalog.Implementation) (Held, error)

// Ask says who answers for licences. Without an answer no application is about
// one.
func (s *Service) Ask(rule HeldRule) { s.held = rule }

// heldFor is the licence that the draft is about; nil for a new one. The rule
// is asked again when the application is received, because that is the day that
// counts.
func (s *Service) heldFor(tx *db.Tx, who staff.Actor, d *Draft, impl *catalog.Implementation) (*Held, error) {
	if d.LicenceID == "" {
		if d.Purpose != PurposeNew && d.Purpose != "" {
			return nil, fault.Refused("licence.missing", lawChange)
		}
		return nil, nil
	}
	if s.held == nil {
		return nil, fault.Missing("licence.missing")
	}
	h, err := s.held(tx, who, d.About, d.ApplicantID, impl)
	if err != nil {
		return nil, err
	}
	if d.Purpose == PurposeChange {
		before, err := s.formOf(tx, h.CaseID)
		if err != nil {
			return nil, err
		}
		if len(Differences(impl.Form, before, d.Values)) == 0 {
			return nil, fault.Refused("change.nothing", lawChange)
		}
	}
	return &h, nil
}

// FormOf is what the applicant filled in, for nouns above this one that answer
// for who sees it.
func (s *Service) FormOf(tx *db.Tx, caseID string) (form.Values, error) { return s.formOf(tx, caseID) }

// Differences are what an application would change: the fields of the form that
// are about what is granted, before and after. Personal data is left out of the
// words.
func Differences(def form.Definition, before, after form.Values) (out []document.Change) {
	hidden := def.Sensitive()
	for _, id := range changes(before, after) {
		e, known := form.Lookup(id)
		if !known || before[id] == "" && after[id] == "" {
			continue
		}
		c := document.Change{Where: e.Label, Before: cmp.Or(e.LabelOf(before[id]), "（未填）"), After: cmp.Or(e.LabelOf(after[id]), "（删除）")}
		if slices.Contains(hidden, id) {
			c.Before, c.After = "（个人信息，从略）", "（已变更）"
		}
		out = append(out, c)
	}
	return out
}

func insertHeld(tx *db.Tx, caseID string, h *Held) {
	tx.Write(`insert into case_held (case_id, licence_id, granted_by, name, number, valid_from, valid_to, last_day)
		values ($1, $2, $3, $4, $5, $6, $7, $8)`,
		caseID, h.LicenceID, h.CaseID, h.Name, h.Number, h.ValidFrom.Text(), h.ValidTo.Text(), h.LastDay.Text())
}

// HeldOf is the licence that the case is about; nil for an application for a
// new one.
func HeldOf(tx *db.Tx, c *Case) (*Held, error) {
	if c.LicenceID == "" {
		return nil, nil
	}
	h, err := db.One(tx, "licence.missing", func(r db.Scanner) (h Held, err error) {
		err = r.Scan(&h.LicenceID, &h.CaseID, &h.Name, &h.Number, calendar.Optional{Day: &h.ValidFrom}, calendar.Optional{Day: &h.ValidTo}, calendar.Optional{Day: &h.LastDay})
		return h, err
	}, `select licence_id, granted_by, name, number, valid_from, valid_to, last_day from case_held where case_id = $1`, c.ID)
	if err != nil {
		return nil, err
	}
	return &h, nil
}

// OpenAbout is the case under way that is about a licence; nil when there is
// none.
func (s *Service) OpenAbout(tx *db.Tx, licenceID string) (*Case, error) {
	all, err := db.List(tx, scanCase, `select `+caseColumns+` from `+caseTables+` where licence_id = $1 order by id desc limit 20`, licenceID)
	for _, c := range all {
		if !c.Status.Ended() && c.Status != StatusRefused {
			return c, nil
		}
	}
	return nil, err
}

// InTime says that the renewal was applied for before its last day had passed.
func (h *Held) InTime(receivedOn calendar.Day) bool { return h.LastDay != 0 && receivedOn <= h.LastDay }

// document is the licence as decisions name it.
func (h *Held) document() document.Licence {
	l := document.Licence{Name: h.Name, Number: h.Number, LongTerm: h.ValidTo == 0}
	if h.ValidFrom != 0 {
		l.ValidFrom = &h.ValidFrom
	}
	if h.ValidTo != 0 {
		l.ValidTo = &h.ValidTo
	}
	return l
}

// decision is the document of a decision and what it states: a change, a
// renewal and another copy have their own (行政许可法第四十九条、第五十条).
func (s *Service) decision(t *Turn, in Decide) (document.Kind, document.Facts, error) {
	kind, facts := in.document(t.Impl), in.facts(t, s.calendar())
	h, err := HeldOf(t.Tx, t.Case)
	if err != nil || h == nil || t.Impl.Registration {
		return kind, facts, err
	}
	switch {
	case t.Case.Purpose == PurposeRenew:
		kind = document.YX
		facts.Outcome, facts.Licence = document.Refused, h.document()
		if in.Grant {
			facts.Outcome = document.Granted
			facts.Licence.ValidFrom, facts.Licence.ValidTo = h.renewed(t.Impl, t.Today())
			facts.Licence.LongTerm = facts.Licence.ValidTo == nil
		}
	case !in.Grant:
	case t.Case.Purpose == PurposeChange:
		kind, facts.Licence = document.BG, h.document()
		facts.Changes, err = s.changesOf(t, h)
	case t.Case.Purpose == PurposeReplace:
		facts.Decision = "准予补发、换发《" + h.Name + "》（原编号：" + h.Number + "），有效期不变"
		facts.Licence = h.document()
	}
	return kind, facts, err
}

func (s *Service) changesOf(t *Turn, h *Held) ([]document.Change, error) {
	before, err := s.formOf(t.Tx, h.CaseID)
	if err != nil {
		return nil, err
	}
	after, err := s.formOf(t.Tx, t.Case.ID)
	if err != nil {
		return nil, err
	}
	return Differences(t.Impl.Form, before, after), nil
}

// renewed is the validity after a renewal that is granted on a day: it follows
// on the old one, and begins with the decision where that came after its end.
func (h *Held) renewed(impl *catalog.Implementation, on calendar.Day) (from, to *calendar.Day) {
	first := on
	if h.ValidTo != 0 && on <= h.ValidTo {
		first = h.ValidTo.AddDays(1)
	}
	if impl.Result.Months == 0 {
		return &first, nil
	}
	last := first.AddMonths(impl.Result.Months).AddDays(-1)
	return &first, &last
}

// Validity is from when to when the result of a granted case is valid: a
// renewal goes on from the old one, a change or another copy alters nothing.
// ok is false for a new licence, whose term runs from the decision.
func (h *Held) Validity(c *Case, impl *catalog.Implementation) (from calendar.Day, to *calendar.Day, ok bool) {
	if h == nil {
		return 0, nil, false
	}
	if c.Purpose == PurposeRenew {
		f, t := h.renewed(impl, calendar.DayOf(c.DecidedAt))
		return *f, t, true
	}
	d := h.document()
	return h.ValidFrom, d.ValidTo, true
}
