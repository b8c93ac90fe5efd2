package aftercare

import (
	"context"
	"strings"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/licence"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// Revocation (吊销) is what the regulator records of its own penalty decision: it
// took the licence away, and this platform only says so. Deregistering it
// (第七十条第（四）项) is then the procedure of who granted it.
type Revocation struct {
	PushID  string // by which the regulator learnt of the licence
	Number  string // 行政处罚决定书文号
	Day     string // YYYY-MM-DD, of the decision
	Reasons string
}

// Revoke gives the id of the procedure, which is over at once.
func (s *Service) Revoke(ctx context.Context, who staff.Actor, in Revocation) (proceedingID string, err error) {
	if err := who.Must(staff.RegulatorAct); err != nil {
		return "", err
	}
	var caseID string
	err = s.db.Act(ctx, func(tx *db.Tx) error {
		push, err := pushFor(tx, who, staff.RegulatorAct, in.PushID)
		if err != nil {
			return err
		}
		caseID = push.CaseID
		day, err := in.check(push, calendar.DayOf(tx.Now))
		if err != nil {
			return err
		}
		l, err := s.o.Licences.End(tx, push.LicenceID, licence.Revoked)
		if err != nil {
			return err
		}
		p := proceedingOn(l, who, tx)
		p.Kind, p.Ground, p.Status, p.Outcome = Revoke, "penalty", Done, Ended
		p.Reasons, p.Penalty, p.PenaltyOn = lines(in.Reasons), strings.TrimSpace(in.Number), day
		p.DecidedBy, p.DecidedName, p.DecidedAt = who.AccountID, who.Name, tx.Now
		s.insert(tx, p)
		proceedingID = p.ID
		p.tell(tx, who, "aftercare.decided", "")
		return nil
	})
	s.o.Casework.KeepRefusal(ctx, who, caseID, staff.RegulatorAct, err)
	return proceedingID, err
}

func (in Revocation) check(p *Push, today calendar.Day) (calendar.Day, error) {
	if p.LicenceID == "" {
		return 0, fault.Refused("aftercare.no_licence", lawPenalty)
	}
	var wrong []fault.Field
	if strings.TrimSpace(in.Number) == "" {
		wrong = append(wrong, fault.At("number", "form.required", "label", "处罚决定书文号"))
	}
	day, err := calendar.ParseDay(in.Day)
	if err != nil || day > today {
		wrong = append(wrong, fault.At("day", "aftercare.day"))
	}
	if strings.TrimSpace(in.Reasons) == "" {
		wrong = append(wrong, fault.At("reasons", "form.required", "label", "违法事实"))
	}
	if len(wrong) > 0 {
		return 0, fault.Invalid("form.invalid", wrong...)
	}
	return day, nil
}
