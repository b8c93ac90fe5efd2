package casework

import (
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/audit"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/id"
)

// Happened is the payload of every case event.
type Happened struct {
	CaseID      string `json:"case_id"`
	Number      string `json:"number"`
	Status      Status `json:"status"`
	ItemName    string `json:"item_name"`
	BodyID      string `json:"body_id"`
	IntakeID    string `json:"intake_id"`
	ApplicantID string `json:"applicant_id"`
	AgentID     string `json:"agent_id"`
	Step        string `json:"step,omitempty"`
	Outcome     string `json:"outcome,omitempty"`
	DocumentID  string `json:"document_id,omitempty"`
}

// Note is what one act leaves in the history of its case.
type Note struct {
	Kind    string // the act, "case.accept"; the event topic too
	Step    string
	Outcome string
	Text    string // opinion or reason
	Data    any
	// DocumentID is the document that the act issued.
	DocumentID string
}

// tell writes the history line, the audit record and the event of an act.
func (c *Case) tell(tx *db.Tx, who staff.Actor, before *Case, n Note) {
	c.tellOf(tx, who, before, n, c.happened(n))
}

// tellOf is tell with an event that says more than Happened.
func (c *Case) tellOf(tx *db.Tx, who staff.Actor, before *Case, n Note, payload any) {
	data := ""
	if n.Data != nil {
		data = db.JSON(n.Data)
	}
	tx.Append(`insert into case_event (id, case_id, at, kind, step, outcome, actor_id, actor_name, org_id, note, data)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		id.New(), c.ID, db.Stamp(tx.Now), n.Kind, n.Step, n.Outcome, who.AccountID, who.Name, who.OrgID, n.Text, data)
	audit.Record(tx, entry(who, n.Kind, "case", c.ID, before.mark(), c.mark()))
	event.Publish(tx, n.Kind, c.ID, payload)
}

// Remark leaves a line in the history of a case that nothing of the case itself
// changes by: what a noun above this one did about it.
func (s *Service) Remark(tx *db.Tx, who staff.Actor, caseID, kind, note string) error {
	c, err := ByID(tx, caseID)
	if err != nil {
		return err
	}
	c.tell(tx, who, c, Note{Kind: kind, Text: note})
	return nil
}

func (c *Case) happened(n Note) Happened {
	return Happened{CaseID: c.ID, Number: c.Number, Status: c.Status, ItemName: c.ItemName, BodyID: c.BodyID, IntakeID: c.IntakeID,
		ApplicantID: c.ApplicantID, AgentID: c.AgentID, Step: n.Step, Outcome: n.Outcome, DocumentID: n.DocumentID}
}

// mark is the state of a case as the audit keeps it: no personal data.
func (c *Case) mark() any {
	if c == nil {
		return nil
	}
	return map[string]any{"status": c.Status, "steps": c.Steps(), "version": c.Version}
}

func entry(who staff.Actor, act, kind, subjectID string, before, after any) audit.Entry {
	return audit.Entry{ActorID: who.AccountID, ActorName: who.Name, Act: act, SubjectKind: kind, SubjectID: subjectID,
		Before: before, After: after, RequestID: who.RequestID}
}
