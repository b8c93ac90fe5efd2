package hearing

import (
	"context"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/document"
	"onewindow/internal/business/interest"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/id"
)

// Offer (告知听证权利) tells the applicant and the interested parties that they may
// ask for a hearing (行政许可法第四十七条第一款).
type Offer struct {
	casework.Seen
	ByPost bool // the letters to interested parties go by post
}

// applicantID is the place of the applicant among the people of a hearing.
const applicantID = "applicant"

// Offer issues one letter for each. Called again while the hearing is open, it
// tells those who have been found since.
func (s *Service) Offer(ctx context.Context, who staff.Actor, in Offer) error {
	return s.act(ctx, who, in.Seen, staff.CaseExamine, func(c *casework.Turn) error {
		if c.Case.Status != casework.StatusHandling {
			return fault.Conflict("case.not_at_step", "status", string(c.Case.Status))
		}
		h, err := openOf(c.Tx, c.Case.ID)
		fresh := fault.Of(err) != nil && fault.Of(err).Kind == fault.KindMissing
		if err != nil && !fresh {
			return err
		}
		if fresh {
			h = begin(c, OnRequest)
		}
		t := &turn{c, h}
		if err := s.offer(t, in.ByPost); err != nil {
			return err
		}
		if fresh {
			insert(t)
			return nil
		}
		save(c.Tx, *h)
		return nil
	})
}

// begin is a new hearing of the case.
func begin(t *casework.Turn, kind Kind) *Hearing {
	return &Hearing{ID: id.New(), CaseID: t.Case.ID, Kind: kind, Status: Offered, ItemName: t.Case.ItemName, Applicant: t.Case.ApplicantName, CreatedAt: t.Tx.Now,
		Data: Data{Company: t.Case.Company}}
}

// offer tells everybody who was not told yet.
func (s *Service) offer(t *turn, byPost bool) error {
	if t.h.Kind != OnRequest || t.h.Status != Offered && t.h.Status != Asked {
		return t.h.notAt()
	}
	fresh, err := s.untold(t)
	if err != nil {
		return err
	}
	if len(fresh) == 0 {
		return fault.Conflict("hearing.all_told")
	}
	for _, p := range fresh {
		if p.LetterID, err = t.letter(&p, byPost); err != nil {
			return err
		}
		t.h.People = append(t.h.People, p)
		t.h.Until = max(t.h.Until, p.Until)
	}
	t.Hold(t.h.hold(""))
	t.Tell(casework.Note{Kind: "hearing.offered", Data: map[string]any{"people": len(fresh), "until": t.h.Until.String()}, DocumentID: fresh[0].LetterID})
	return nil
}

// untold are the applicant and the interested parties who have no letter yet.
func (s *Service) untold(t *turn) (out []Person, err error) {
	if t.h.Person(applicantID) == nil {
		out = append(out, Person{ID: applicantID, Role: interest.Applicant, Name: t.Case.ApplicantName})
	}
	parties, err := s.interest.Of(t.Tx, t.Case.ID)
	for _, p := range parties {
		if p.Role == interest.Interested && t.h.Person(p.ID) == nil {
			out = append(out, Person{ID: p.ID, Role: p.Role, Name: p.Name})
		}
	}
	return out, err
}

// letter tells one person; a posted letter is given time to arrive before the
// five days begin.
func (t *turn) letter(p *Person, byPost bool) (string, error) {
	p.ToldOn = t.Today()
	from := p.ToldOn
	facts := document.Facts{Hearing: &document.Hearing{Department: t.Impl.Body.Name}}
	if p.Role == interest.Interested {
		facts.Addressee = p.Name
		if byPost {
			from = from.AddDays(interest.PostDays)
		}
	}
	p.Until = AskUntil(from, t.Calendar())
	facts.Until = &p.Until
	return t.Issue(document.TZGZ, facts)
}

// Order (决定依职权举行听证) is the body's own motion: the matter's law wants a
// hearing, or the public is greatly concerned (行政许可法第四十六条).
type Order struct {
	casework.Seen
	Days   int // working days needed, which the notice of the stopped clock names
	Reason string
}

// The working days that an order may name.
const (
	leastOrder = NoticeDays + 1 + RecordDays
	mostOrder  = 40
)

// Order stops the clock from today on.
func (s *Service) Order(ctx context.Context, who staff.Actor, in Order) error {
	return s.act(ctx, who, in.Seen, staff.CaseExamine, func(c *casework.Turn) error {
		if err := in.check(); err != nil {
			return err
		}
		if c.Case.Status != casework.StatusHandling {
			return fault.Conflict("case.not_at_step", "status", string(c.Case.Status))
		}
		if _, err := openOf(c.Tx, c.Case.ID); err == nil {
			return fault.Conflict("hearing.under_way")
		}
		t := &turn{c, begin(c, OnMotion)}
		t.h.Status, t.h.AskedOn, t.h.Days = Asked, c.Today(), in.Days
		if err := s.everybody(t); err != nil {
			return err
		}
		t.Hold(t.h.hold(""))
		if err := t.stop(); err != nil {
			return err
		}
		insert(t)
		t.Tell(casework.Note{Kind: "hearing.ordered", Text: in.Reason})
		return nil
	})
}

func (in Order) check() error {
	if in.Days < leastOrder || in.Days > mostOrder {
		f := fault.Invalid("form.invalid", fault.At("days", "hearing.days", "min", num(leastOrder), "max", num(mostOrder)))
		f.Law = lawStop
		return f
	}
	return wanted(lawMotion, "reason", in.Reason)
}

// everybody has the applicant and the interested parties take part.
func (s *Service) everybody(t *turn) error {
	people, err := s.untold(t)
	for i := range people {
		people[i].ToldOn = t.Today()
	}
	t.h.People = people
	return err
}
