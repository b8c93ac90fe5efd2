package aftercare

import (
	"context"
	"errors"

	"onewindow/internal/business/document"
	"onewindow/internal/business/licence"
	"onewindow/internal/business/org"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/audit"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
)

// act is one act on a procedure: who may, load, rule, save. What a rule refused
// is kept with the case that granted the licence.
func (s *Service) act(ctx context.Context, who staff.Actor, seen Seen, p staff.Permission, fn func(*db.Tx, *Proceeding) error) error {
	if err := who.Must(p); err != nil {
		return err
	}
	var caseID string
	err := s.db.Act(ctx, func(tx *db.Tx) error {
		x, err := s.byID(tx, seen.ID)
		if err != nil {
			return err
		}
		if who.May(p, x.Subject) != nil {
			return fault.Missing(missing)
		}
		caseID = x.CaseID
		if seen.Version != 0 && seen.Version != x.Version {
			return fault.Conflict("aftercare.stale", "status", string(x.Status))
		}
		if err := fn(tx, x); err != nil {
			return err
		}
		s.update(tx, x)
		return nil
	})
	s.o.Casework.KeepRefusal(ctx, who, caseID, p, err)
	if errors.Is(err, fault.Conflict("stale")) {
		return fault.Conflict("aftercare.stale", "status", "")
	}
	return err
}

// missing is the code of a procedure that is not there, or not for this person.
const missing = "aftercare.missing"

// licenceFor is a licence in the scope of who may do p to it.
func (s *Service) licenceFor(tx *db.Tx, who staff.Actor, p staff.Permission, licenceID string) (*licence.Licence, error) {
	l, err := s.o.Licences.Load(tx, licenceID)
	if err != nil {
		return nil, err
	}
	if who.May(p, l.Subject) != nil {
		return nil, fault.Missing("licence.missing")
	}
	return l, nil
}

// issue makes a document about a licence; it lies in the file of the case that
// granted it.
func (s *Service) issue(tx *db.Tx, who staff.Actor, l *licence.Licence, k document.Kind, f document.Facts) (string, error) {
	body, err := org.LoadBody(tx, l.Subject.BodyID)
	if err != nil {
		return "", err
	}
	c := l.Content
	f.Applicant = document.Applicant{Name: c.Holder.Name, Company: c.Holder.Organisation}
	f.Matter = document.Matter{Name: c.Matter.Name, Code: c.Matter.Code}
	f.CaseNumber, f.QueryURL = c.Case, s.o.BaseURL+"/verify/"+l.Reference()
	f.Licence = document.Licence{Name: c.Name, Number: c.Number, ValidFrom: &c.ValidFrom, ValidTo: c.ValidTo, LongTerm: c.ValidTo == nil}
	f.Remedies, f.ServedOnline = document.RemediesOf(body), true
	f.Contact, f.Phone = body.Name, "12345"
	return document.Issue(tx, document.Draft{Kind: k, CaseID: l.CaseID, Subject: l.Subject, Actor: who, Body: document.BodyOf(body), Facts: f})
}

// Happened is the payload of every event of a procedure.
type Happened struct {
	ID          string  `json:"id"`
	Kind        Kind    `json:"kind"`
	Status      Status  `json:"status"`
	Outcome     Outcome `json:"outcome,omitempty"`
	LicenceID   string  `json:"licence_id"`
	CaseID      string  `json:"case_id"`
	Licence     string  `json:"licence"`
	Number      string  `json:"number"`
	BodyID      string  `json:"body_id"`
	ApplicantID string  `json:"applicant_id"`
	AgentID     string  `json:"agent_id"`
	Until       string  `json:"until,omitempty"`
	DocumentID  string  `json:"document_id,omitempty"`
	// Simple is the way of a simple deregistration, ApplyBy until when it is
	// applied for after its notice.
	Requested bool   `json:"requested,omitempty"`
	Simple    Way    `json:"simple,omitempty"`
	ApplyBy   string `json:"apply_by,omitempty"`
}

func (p *Proceeding) tell(tx *db.Tx, who staff.Actor, topic, documentID string) {
	until, applyBy := "", ""
	if x := p.simple(); x.ApplyBy != 0 {
		applyBy = x.ApplyBy.Chinese()
	}
	if p.Until != 0 {
		until = p.Until.Chinese()
	}
	audit.Record(tx, audit.Entry{ActorID: who.AccountID, ActorName: who.Name, Act: topic, SubjectKind: "proceeding", SubjectID: p.ID,
		After: map[string]any{"kind": p.Kind, "status": p.Status, "ground": p.Ground, "outcome": p.Outcome, "licence": p.LicenceID}, RequestID: who.RequestID})
	event.Publish(tx, topic, p.ID, Happened{ID: p.ID, Kind: p.Kind, Status: p.Status, Outcome: p.Outcome, LicenceID: p.LicenceID,
		CaseID: p.CaseID, Licence: p.Licence, Number: p.Number, BodyID: p.Subject.BodyID, ApplicantID: p.Subject.ApplicantID,
		AgentID: p.Subject.AgentID, Until: until, DocumentID: documentID, Requested: p.Requested, Simple: p.simple().Way, ApplyBy: applyBy})
}
