package licence

import (
	"context"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/org"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/audit"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/id"
	"onewindow/internal/kit/sm"
)

// Issue (制证) makes the result of a granted case.
type Issue struct{ casework.Seen }

// Issued is the payload of the event "licence.issued", and what stands in the
// case's history.
type Issued struct {
	ID          string `json:"id"`
	CaseID      string `json:"case_id"`
	Number      string `json:"number"`
	Identifier  string `json:"identifier,omitempty"`
	Kind        Kind   `json:"kind"`
	Name        string `json:"name"`
	BodyID      string `json:"body_id"`
	ApplicantID string `json:"applicant_id"`
	Version     int    `json:"version"`
	Replaces    string `json:"replaces,omitempty"` // the number of the version before
}

// Issue gives the id of the licence. It needs staff.CaseIssue and a case that
// waits at its issuing step; a second time is case.not_at_step.
func (s *Service) Issue(ctx context.Context, who staff.Actor, in Issue) (licenceID string, err error) {
	err = s.db.Act(ctx, func(tx *db.Tx) error {
		at, err := s.o.Casework.BeginIssue(tx, who, in.Seen)
		if err != nil {
			return err
		}
		body, err := org.LoadBody(tx, at.Case.BodyID)
		if err != nil {
			return err
		}
		old, err := s.supersede(tx, at.Case)
		if err != nil {
			return err
		}
		l, err := s.sign(at, body, old, tx)
		if err != nil {
			return err
		}
		s.insert(tx, l)
		licenceID = l.ID
		told := l.told()
		tell(tx, who, "licence.issue", l, map[string]string{"number": l.number, "identifier": l.identifier, "sm3": l.Digest})
		event.Publish(tx, "licence.issued", l.ID, told)
		return s.o.Casework.FinishIssue(at, told)
	})
	s.o.Casework.KeepRefusal(ctx, who, in.CaseID, staff.CaseIssue, err)
	return licenceID, err
}

// sign composes the content and signs it with the body's key of today.
// The next version of a licence keeps its serial and says which it replaces.
func (s *Service) sign(at *casework.Issuing, body org.Body, old *Licence, tx *db.Tx) (*Licence, error) {
	content, err := compose(at.Case, at.Impl, at.Values, body, tx.Now)
	if err != nil {
		return nil, err
	}
	version, prior := firstVersion, ""
	if old != nil {
		if err := s.follow(tx, &content, at, old); err != nil {
			return nil, err
		}
		version, prior = old.Version+1, old.ID
	}
	l := &Licence{ID: id.New(), CaseID: at.Case.ID, Content: content, IssuedAt: tx.Now, Subject: at.Case.Subject(),
		status: Valid, Version: version, PriorID: prior, number: content.Number, identifier: content.Identifier}
	if l.signed, err = content.bytes(); err != nil {
		return nil, err
	}
	signer, err := s.o.Authority.Signer(body.ID, body.Name)
	if err != nil {
		return nil, err
	}
	l.Digest, l.signer = sm.Digest(l.signed), signer.Certificate()
	l.signature, err = signer.Sign(l.signed)
	return l, err
}

func (l *Licence) told() Issued {
	return Issued{ID: l.ID, CaseID: l.CaseID, Number: l.number, Identifier: l.identifier, Kind: l.Content.Kind,
		Name: l.Content.Name, BodyID: l.Subject.BodyID, ApplicantID: l.Subject.ApplicantID,
		Version: l.Version, Replaces: l.Content.Replaces}
}

// tell leaves the audit record of an act on a licence.
func tell(tx *db.Tx, who staff.Actor, act string, l *Licence, after any) {
	audit.Record(tx, audit.Entry{ActorID: who.AccountID, ActorName: who.Name, Act: act, SubjectKind: "licence",
		SubjectID: l.ID, After: after, RequestID: who.RequestID})
}
