package casework

import (
	"slices"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/document"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/form"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// Registrations of market entities (市场主体登记) go by their own regulation: no
// acceptance, but registration on the spot, or within three working days of the
// receipt; no supplement, but papers given back (市场主体登记管理条例第十九条，实施细则
// 第十八条). What differs inside the acts of this package stands here.

// HoldIdentity is the hold under which a registration waits for its persons to
// be checked (实施细则第十六条); the noun above lifts it.
const HoldIdentity = "identity"

const lawIdentity = "市场主体登记管理条例实施细则第十六条"

// begin puts a registration on its clock: it runs from the receipt.
func (t *Turn) begin(v form.Values) {
	if !t.Impl.Registration {
		return
	}
	t.Case.AcceptedAt = t.Case.ReceivedAt
	if wait, ok := t.Impl.ObjectionTime(v, t.Today()); ok {
		days := 0
		for d := t.Today() + 1; d <= wait; d++ {
			if t.Calendar().Working(d) {
				days++
			}
		}
		t.Case.Course.Pauses = []Pause{{ID: "objection", Kind: "statute", Law: catalog.LawObjection, From: t.Today(), To: wait, Cap: wait, Days: days}}
	}
	t.newPersons(nil, v)
	t.Reproject()
}

// newPersons holds the registration for persons whom the answers did not name
// before.
func (t *Turn) newPersons(before, after form.Values) {
	known := t.Impl.RegistrationPersons(before)
	for _, n := range t.Impl.RegistrationPersons(after) {
		if !slices.ContainsFunc(known, func(k catalog.Named) bool { return k.Name == n.Name }) {
			t.Hold(Hold{ID: HoldIdentity, Kind: "registration", Law: lawIdentity, Code: "registration.identity", Grants: true})
		}
	}
}

// receipt is the kind of paper that the applicant goes away with: what comes
// online cannot be registered on the spot (实施细则第十八条).
func (c *Case) receipt(impl *catalog.Implementation) document.Kind {
	if impl.Registration && c.Channel != Window {
		return document.JSTZ
	}
	return document.SJ
}

// take is the acceptance of a registration's papers as complete. At a window it
// is registered at once, or the receipt for examining it is given.
func (s *Service) take(t *Turn, step flow.Step, spot bool) error {
	n := Note{Kind: "case.registration_taken", Step: step.Key, Outcome: flow.Accepted, Data: map[string]any{"spot": spot}}
	if t.Case.Channel == Window && !spot {
		all, err := given(t.Tx, t.Case, t.Impl)
		if err != nil {
			return err
		}
		if n.DocumentID, err = t.Issue(document.JSTZ, takenFacts(all)); err != nil {
			return err
		}
	}
	t.Tell(n)
	return nil
}

// takenFacts list the papers of a case.
func takenFacts(all []Given) document.Facts {
	var list []document.Material
	for _, g := range all {
		switch {
		case g.Paper > 0:
			list = append(list, document.Material{Name: g.Name, Form: "纸质", Copies: g.Paper})
		case len(g.Files) > 0:
			list = append(list, document.Material{Name: g.Name, Form: "电子件", Copies: len(g.Files)})
		case fromForm(g.Material):
			list = append(list, document.Material{Name: g.Name, Form: "申请表", Copies: 1})
		}
	}
	return document.Facts{Materials: list}
}

// registered is what the notice of a registration states (DJTZ).
func (in Decide) registered(t *Turn) document.Facts {
	if !in.Grant {
		return document.Facts{Outcome: document.Refused, Reasons: lines(in.Reasons), Basis: lines(in.Basis)}
	}
	words := "准予" + t.Case.ItemName
	if t.Impl.Establishes() {
		words += "，营业执照的签发日期为成立日期（《中华人民共和国市场主体登记管理条例》第二十一条第一款）"
	}
	basis := lines(in.Basis)
	if len(basis) == 0 {
		basis = BasisOf(t.Impl)
	}
	return document.Facts{Outcome: document.Granted, Decision: words, Basis: basis}
}

// registrable refuses to register what its own regulation forbids today: a
// permit that has run out since, a publication that is not over
// (市场主体登记管理条例第二十一条、第三十三条).
func (s *Service) registrable(t *Turn, in Decide) error {
	if !t.Impl.Registration || !in.Grant {
		return nil
	}
	v, err := s.formOf(t.Tx, t.Case.ID)
	if err != nil {
		return err
	}
	received := calendar.DayOf(t.Case.ReceivedAt)
	for _, x := range t.Impl.RegistrationFaults(v, received) {
		return &fault.Fault{Kind: fault.KindRefused, Code: x.Code, Args: x.Args, Law: x.Args["law"]}
	}
	if wait, ok := t.Impl.ObjectionTime(v, received); ok && t.Today() <= wait {
		return fault.Refused("registration.objection", catalog.LawObjection, "until", wait.Chinese())
	}
	return nil
}

// carryOver fills a draft that follows a registration whose papers were given
// back with what was filled in then: who applies again puts right what was
// wrong and no more (实施细则第十八条). Other prior cases are named and not copied.
func (s *Service) carryOver(tx *db.Tx, who staff.Actor, d *Draft, impl *catalog.Implementation) error {
	if d.PriorID == "" || d.LicenceID != "" || !impl.Registration { // about a licence: its own noun brings what is known
		return nil
	}
	c, err := ByID(tx, d.PriorID)
	if err != nil {
		return err
	}
	old, err := s.catalog.Load(tx, c.ImplementationID)
	if err != nil {
		return err
	}
	if c.Status != StatusReturned || c.ApplicantID != d.ApplicantID || who.May(staff.CaseRead, c.Subject()) != nil || old.Code() != impl.Code() {
		return fault.Missing("case.missing")
	}
	before, err := s.formOf(tx, c.ID)
	if err != nil {
		return err
	}
	for k, v := range d.Values {
		if before[k] == "" {
			before[k] = v
		}
	}
	d.Values = impl.Form.Normalize(before)
	return nil
}
