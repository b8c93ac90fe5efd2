package licence

import (
	"context"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/audit"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// mostHeld bounds the licences of one holder that a window is shown.
const mostHeld = 50

// AtWindow are the licences in force of somebody who stands at a window, with
// what may be asked about each today; whose hall took the first application in
// is of no matter. Looking is on record.
func (s *Service) AtWindow(ctx context.Context, who staff.Actor, partyID string) (out []Life, err error) {
	if err := who.Must(staff.CaseReceive); err != nil {
		return nil, err
	}
	err = s.db.Act(ctx, func(tx *db.Tx) error {
		all, err := db.List(tx, s.opened, columns+`where l.applicant_id = $1 and l.status = 'valid' order by l.id desc limit $2`, partyID, mostHeld)
		if err != nil {
			return err
		}
		out = nil
		for _, l := range all {
			impl, why := s.matter(tx, l)
			if fault.Of(why) != nil && fault.Of(why).Kind == fault.KindInternal {
				return why
			}
			x := Life{Licence: l}
			x.asks(s, tx, impl, why)
			out = append(out, x)
		}
		if len(out) > 0 {
			audit.Record(tx, audit.Entry{ActorID: who.AccountID, ActorName: who.Name, Act: "licence.at_window", SubjectKind: "party", SubjectID: partyID,
				RequestID: who.RequestID})
		}
		return nil
	})
	return out, err
}

// ApplyAtWindow begins at a window what Apply begins on the portal, for the
// holder who stands there.
type ApplyAtWindow struct {
	PartyID, LicenceID string
	Purpose            casework.Purpose
}

// ApplyAtWindow gives the id of the draft.
func (s *Service) ApplyAtWindow(ctx context.Context, who staff.Actor, in ApplyAtWindow) (draftID string, err error) {
	if err := who.Must(staff.CaseReceive); err != nil {
		return "", err
	}
	var caseID string
	err = s.db.Act(ctx, func(tx *db.Tx) error {
		l, err := s.byID(tx, in.LicenceID)
		if err != nil {
			return err
		}
		if l.Subject.ApplicantID != in.PartyID {
			return fault.Missing(missing)
		}
		caseID = l.CaseID
		draftID, err = s.applyFor(tx, who, l, in.Purpose, casework.Window)
		return err
	})
	s.o.Casework.KeepRefusal(ctx, who, caseID, staff.CaseReceive, err)
	return draftID, err
}

// applyFor begins the application about a licence with all that is known.
func (s *Service) applyFor(tx *db.Tx, who staff.Actor, l *Licence, p casework.Purpose, by casework.Channel) (string, error) {
	impl, err := s.matter(tx, l)
	if err != nil {
		return "", err
	}
	about := casework.About{Purpose: p, LicenceID: l.ID, PriorID: l.CaseID}
	if _, err := s.askable(tx, l, about, impl); err != nil {
		return "", err
	}
	known, err := s.o.Casework.FormOf(tx, l.CaseID)
	if err != nil {
		return "", err
	}
	return s.o.Casework.StartDraftIn(tx, who, casework.StartDraft{ImplementationID: impl.ID, Variant: variantFor(impl, p),
		ApplicantID: l.Subject.ApplicantID, Channel: by, About: about, Known: within(impl.Form, known)})
}
