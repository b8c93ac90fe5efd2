package aftercare

import (
	"context"
	"strings"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// Seen names the procedure of an act and the version that the person saw.
type Seen struct {
	ID      string
	Version int // 0 takes the newest
}

// State (陈述申辩) is what the holder says to the notice.
type State struct {
	Seen
	Text string
}

// mostStatement bounds what is written, in characters.
const mostStatement = 5000

// State is the holder's, once, until the last day of the notice.
func (s *Service) State(ctx context.Context, who staff.Actor, in State) error {
	return s.act(ctx, who, in.Seen, staff.LicenceAnswer, func(tx *db.Tx, p *Proceeding) error {
		if err := p.state(in.Text, calendar.DayOf(tx.Now)); err != nil {
			return err
		}
		p.StatedAt = tx.Now
		p.tell(tx, who, "aftercare.stated", "")
		return nil
	})
}

func (p *Proceeding) state(text string, today calendar.Day) error {
	text = strings.TrimSpace(text)
	switch {
	case p.Status != Notified:
		return fault.Conflict("aftercare.not_open", "status", string(p.Status))
	case p.Statement != "":
		return fault.Conflict("aftercare.stated")
	case today > p.Until:
		return fault.Refused("aftercare.late", lawHeard, "day", p.Until.Chinese())
	case text == "":
		return fault.Invalid("form.invalid", fault.At("text", "form.required", "label", "陈述和申辩"))
	case len([]rune(text)) > mostStatement:
		return fault.Invalid("form.invalid", fault.At("text", "form.too_long", "max", "5000", "n", ""))
	}
	p.Statement = text
	return nil
}

// Request (申请注销) is the holder's wish to give a licence up. A decider decides.
type Request struct {
	LicenceID string
	Reasons   string
}

// Request gives the id of the procedure.
func (s *Service) Request(ctx context.Context, who staff.Actor, in Request) (proceedingID string, err error) {
	if err := who.Must(staff.LicenceAnswer); err != nil {
		return "", err
	}
	var caseID string
	err = s.db.Act(ctx, func(tx *db.Tx) error {
		l, err := s.licenceFor(tx, who, staff.LicenceAnswer, in.LicenceID)
		if err != nil {
			return err
		}
		caseID = l.CaseID
		if strings.TrimSpace(in.Reasons) == "" {
			return fault.Invalid("form.invalid", fault.At("reasons", "form.required", "label", "申请注销的原因"))
		}
		p := proceedingOn(l, who, tx)
		p.Kind, p.Ground, p.Requested, p.Reasons = Deregister, "requested", true, lines(in.Reasons)
		g, _ := GroundOf(Deregister, "requested")
		if err := g.fits(Deregister, l.StatusOn(calendar.DayOf(tx.Now))); err != nil {
			return err
		}
		if l.Ended() {
			return fault.Refused("aftercare.standing", g.Law, "status", string(l.StatusOn(calendar.DayOf(tx.Now))))
		}
		proceedingID = p.ID
		return s.begin(tx, who, l, p)
	})
	s.o.Casework.KeepRefusal(ctx, who, caseID, staff.LicenceAnswer, err)
	return proceedingID, asOpen(err)
}
