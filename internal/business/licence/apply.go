package licence

import (
	"context"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/form"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// Apply begins an application to change, renew or replace a licence (变更、延续、
// 补换证) with all that is known of it filled in.
type Apply struct {
	LicenceID string
	Purpose   casework.Purpose
}

// Apply gives the id of the draft.
func (s *Service) Apply(ctx context.Context, who staff.Actor, in Apply) (draftID string, err error) {
	if err := who.Must(staff.CaseSubmit); err != nil {
		return "", err
	}
	var caseID string
	err = s.db.Act(ctx, func(tx *db.Tx) error {
		l, err := s.mine(tx, who, in.LicenceID)
		if err != nil {
			return err
		}
		caseID = l.CaseID
		draftID, err = s.applyFor(tx, who, l, in.Purpose, casework.Online)
		return err
	})
	s.o.Casework.KeepRefusal(ctx, who, caseID, staff.CaseSubmit, err)
	return draftID, err
}

// mine is a licence that the actor may read, inside an act.
func (s *Service) mine(tx *db.Tx, who staff.Actor, licenceID string) (*Licence, error) {
	l, err := s.byID(tx, licenceID)
	if err != nil {
		return nil, err
	}
	if who.May(staff.LicenceRead, l.Subject) != nil {
		return nil, fault.Missing(missing)
	}
	return l, nil
}

// Load is a licence without a rights check, for acts of upper nouns.
func (s *Service) Load(tx *db.Tx, licenceID string) (*Licence, error) { return s.byID(tx, licenceID) }

// matter is the version of the licence's matter that is in force today.
func (s *Service) matter(tx *db.Tx, l *Licence) (*catalog.Implementation, error) {
	return s.o.Catalog.InForce(tx, l.Content.Matter.Code, calendar.DayOf(tx.Now))
}

// held answers casework when an application about a licence is received.
func (s *Service) held(tx *db.Tx, who staff.Actor, about casework.About, applicantID string, impl *catalog.Implementation) (casework.Held, error) {
	l, err := s.byID(tx, about.LicenceID)
	if err != nil {
		return casework.Held{}, err
	}
	if l.Subject.ApplicantID != applicantID || l.Content.Matter.Code != impl.Code() {
		return casework.Held{}, fault.Missing(missing)
	}
	return s.askable(tx, l, about, impl)
}

// askable is the rule of applying about a licence: it stands as the purpose
// wants it, and no other application about it is open.
func (s *Service) askable(tx *db.Tx, l *Licence, about casework.About, impl *catalog.Implementation) (casework.Held, error) {
	w := l.Window(impl.Result.RenewalRule(), s.o.Casework.Calendar())
	h := casework.Held{LicenceID: l.ID, CaseID: l.CaseID, Name: l.Content.Name, Number: l.Content.Number, ValidFrom: l.Content.ValidFrom}
	if l.Content.ValidTo != nil {
		h.ValidTo = *l.Content.ValidTo
	}
	if err := l.may(about.Purpose, w, calendar.DayOf(tx.Now)); err != nil {
		return h, err
	}
	if about.Purpose == casework.PurposeRenew {
		h.LastDay = w.Last
	}
	open, err := s.o.Casework.OpenAbout(tx, l.ID)
	if err == nil && open != nil {
		return h, fault.Refused("licence.application_open", "", "number", open.Number)
	}
	return h, err
}

// may says whether the licence may be asked about for a purpose on a day.
func (l *Licence) may(p casework.Purpose, w Window, today calendar.Day) error {
	switch p {
	case casework.PurposeRenew:
		return l.renewable(w, today)
	case casework.PurposeChange, casework.PurposeReplace:
		return l.changeable(today)
	}
	return fault.Invalid("licence.purpose")
}

// variantFor is the matter's own situation for the purpose; empty where it has
// none.
func variantFor(impl *catalog.Implementation, p casework.Purpose) string {
	kind := map[casework.Purpose]string{casework.PurposeChange: "change", casework.PurposeRenew: "renewal", casework.PurposeReplace: "reissue"}[p]
	for _, v := range impl.Variants {
		if v.Kind == kind {
			return v.No
		}
	}
	return ""
}

// within are the values that the form of today still asks for; a declaration is
// made anew.
func within(def form.Definition, known form.Values) form.Values {
	out := form.Values{}
	for _, f := range def.Fields() {
		if e := f.Resolve(); known[e.ID] != "" && !e.MustAgree {
			out[e.ID] = known[e.ID]
		}
	}
	return out
}

// Asking is one thing that may be asked about a licence; Refused is the rule
// that keeps it from being asked today, nil when it may be.
type Asking struct {
	Purpose casework.Purpose
	Refused error
}

// Life is a licence with all that happened to it and what may be asked about it
// today.
type Life struct {
	*Licence
	Versions []*Licence // the newest first, itself among them
	Window   Window
	Asks     []Asking
	// Open is the application about it that is under way; nil when there is none.
	Open *casework.Case
}

// Life is for who may read the licence.
func (s *Service) Life(ctx context.Context, who staff.Actor, licenceID string) (out Life, err error) {
	if err := who.Must(staff.LicenceRead); err != nil {
		return out, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if out.Licence, err = s.mine(tx, who, licenceID); err != nil {
			return err
		}
		if out.Versions, err = s.versions(tx, out.Licence); err != nil {
			return err
		}
		if out.Open, err = s.o.Casework.OpenAbout(tx, licenceID); err != nil {
			return err
		}
		impl, err := s.matter(tx, out.Licence)
		if fault.Of(err) != nil && fault.Of(err).Kind == fault.KindInternal {
			return err
		}
		out.asks(s, tx, impl, err)
		return nil
	})
	return out, err
}

// asks finds out what may be asked; why is that the matter is not in force any
// more.
func (l *Life) asks(s *Service, tx *db.Tx, impl *catalog.Implementation, why error) {
	if why == nil {
		l.Window = l.Licence.Window(impl.Result.RenewalRule(), s.o.Casework.Calendar())
	}
	for _, p := range []casework.Purpose{casework.PurposeRenew, casework.PurposeChange, casework.PurposeReplace} {
		a := Asking{Purpose: p, Refused: why}
		if why == nil {
			_, a.Refused = s.askable(tx, l.Licence, casework.About{Purpose: p, LicenceID: l.ID}, impl)
		}
		l.Asks = append(l.Asks, a)
	}
}
