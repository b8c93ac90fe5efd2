package interest

import (
	"context"
	"strings"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/party"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/audit"
	"onewindow/internal/kit/code"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// Reach is how a party is reached, as a page shows it: masked, but for a company.
func (p Party) Reach() (address, phone string) {
	if p.Company {
		return either(p.Address, p.Contact), p.Phone
	}
	address = party.MaskAddress(p.Address)
	if address == "" && p.Contact != "" {
		address = "已登记"
	}
	return address, code.MaskPhone(p.Phone)
}

// Open (查看联系方式) opens how a party is reached, for writing the envelope or
// calling, with a reason and on record each time (个人信息保护法第五十一条).
func (s *Service) Open(ctx context.Context, who staff.Actor, caseID, interestedID, reason string) (p Party, err error) {
	if err := who.Must(staff.PersonUnmask); err != nil {
		return p, err
	}
	if len([]rune(strings.TrimSpace(reason))) < 2 {
		return p, fault.Invalid("party.reason", fault.At("reason", "party.reason"))
	}
	err = s.db.Act(ctx, func(tx *db.Tx) error {
		c, err := casework.ByID(tx, caseID)
		if err != nil || who.May(staff.PersonUnmask, c.Subject()) != nil {
			return fault.Missing("case.missing")
		}
		if p, err = s.byID(tx, interestedID); err != nil || p.CaseID != caseID {
			return fault.Missing("interest.missing")
		}
		audit.Record(tx, audit.Entry{ActorID: who.AccountID, ActorName: who.Name, Act: "interest.unmask", SubjectKind: "case", SubjectID: caseID,
			After: map[string]string{"reason": strings.TrimSpace(reason), "number": p.Number}, RequestID: who.RequestID})
		return nil
	})
	if err != nil {
		return Party{}, err
	}
	return p, nil
}
