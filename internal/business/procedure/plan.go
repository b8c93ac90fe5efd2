package procedure

import (
	"context"
	"strings"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/document"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/id"
)

// Plan schedules a site visit (安排现场核查).
type Plan struct {
	casework.Seen
	At        time.Time
	Place     string
	Organiser Organiser
	Officers  []Appoint
	Why       string // what is to be verified
}

// Plan issues the notice (XCHC) that tells the applicant when, where and who
// comes. The clock goes on running (行政许可法第四十五条 names no site visit).
func (s *Service) Plan(ctx context.Context, who staff.Actor, in Plan) (procedureID string, err error) {
	procedureID = id.New()
	err = s.o.Casework.Act(ctx, who, in.Seen, staff.CaseExamine, func(t *casework.Turn) error {
		p, err := s.plan(t, in, procedureID)
		if err != nil {
			return err
		}
		docID, err := t.Issue(document.XCHC, document.Facts{Visit: p.visit(true)})
		if err != nil {
			return err
		}
		insert(t.Tx, p)
		t.Hold(p.hold("visit.holds"))
		t.Tell(casework.Note{Kind: "visit.planned", Text: strings.TrimSpace(in.Why), Data: p.told(), DocumentID: docID})
		return nil
	})
	return procedureID, err
}

func (s *Service) plan(t *casework.Turn, in Plan, procedureID string) (*Procedure, error) {
	if err := needed(lawVisit, []string{"place", in.Place, "why", in.Why}); err != nil {
		return nil, err
	}
	all, err := ofCase(t.Tx, t.Case.ID)
	if err != nil {
		return nil, err
	}
	p := &Procedure{ID: procedureID, CaseID: t.Case.ID, Kind: SiteVisit, State: Open, Round: rounds(all, SiteVisit) + 1,
		Name: names[SiteVisit], Law: lawVisit, From: calendar.DayOf(in.At), By: t.Case.StatutoryDue, At: in.At, Place: strings.TrimSpace(in.Place),
		Organiser: in.Organiser, Case: about(t.Case), StartBy: t.Who.AccountID, StartAt: t.Tx.Now}
	least := twoPeople
	if v := t.Impl.SiteVisit; v != nil {
		least = max(least, v.Officers)
		if v.Law != "" {
			p.Law = v.Law
		}
	}
	if err := mayVisit(t.Case, all, p, t.Tx.Now); err != nil {
		return nil, err
	}
	if p.Officers, err = s.appoint(t, in.Officers, least, lawVisit); err != nil {
		return nil, err
	}
	return p, p.Organiser.fits(p.Officers, t.Case.BodyID)
}

// mayVisit: one visit at a time, before the decision, announced before it takes
// place.
func mayVisit(c *casework.Case, all []Procedure, p *Procedure, now time.Time) error {
	if c.Status != casework.StatusHandling {
		return fault.Conflict("case.not_at_step", "status", string(c.Status))
	}
	if last := Latest(all, SiteVisit); last != nil && !last.State.Ended() {
		return fault.Conflict("visit.open_already")
	}
	return p.onTime(now)
}

// onTime: announced before it takes place, and within the limit; once the limit
// has passed a visit is late, and still needed for the decision.
func (p *Procedure) onTime(now time.Time) error {
	switch {
	case !p.At.After(now):
		return invalid(lawVisit, []fault.Field{fault.At("at", "visit.past")})
	case p.By != 0 && calendar.DayOf(p.At) > p.By && calendar.DayOf(now) <= p.By:
		return fault.Refused("visit.after_due", lawVisit, "due", p.By.Chinese())
	}
	return nil
}

// visit are the facts of the notice or of the record.
func (p *Procedure) visit(notice bool) *document.Visit {
	v := &document.Visit{Notice: notice, At: p.At, Place: p.Place}
	for _, o := range p.Officers {
		v.Officers = append(v.Officers, document.Officer{Name: o.Name, Number: o.Number})
	}
	if notice {
		return v
	}
	v.At, v.Findings = p.Detail.HeldAt, p.written()
	for _, f := range p.Files {
		v.Photos = append(v.Photos, f.Label())
	}
	return v
}

// Reschedule moves a visit that has not taken place (改期).
type Reschedule struct {
	Seen
	At     time.Time
	Place  string
	Reason string
}

// Reschedule issues a new notice.
func (s *Service) Reschedule(ctx context.Context, who staff.Actor, in Reschedule) error {
	return s.act(ctx, who, in.Seen, "visit.reschedule", func(t *turn) error {
		if t.p.Kind != SiteVisit || t.p.State != Open {
			return fault.Conflict("procedure.over", "state", string(t.p.State))
		}
		if err := needed(lawVisit, []string{"place", in.Place, "reason", in.Reason}); err != nil {
			return err
		}
		t.p.At, t.p.From, t.p.Place = in.At, calendar.DayOf(in.At), strings.TrimSpace(in.Place)
		if err := t.p.onTime(t.tx.Now); err != nil {
			return err
		}
		t.tx.WriteN(len(t.p.Officers), `update procedure_officer set at = $2 where procedure_id = $1`, t.p.ID, stamp(in.At))
		return s.inCase(t, staff.CaseExamine, func(c *casework.Turn) error {
			docID, err := c.Issue(document.XCHC, document.Facts{Visit: t.p.visit(true)})
			if err != nil {
				return err
			}
			c.Tell(casework.Note{Kind: "visit.rescheduled", Text: strings.TrimSpace(in.Reason), Data: t.p.told(), DocumentID: docID})
			return nil
		})
	})
}
