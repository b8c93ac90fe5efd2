package document

import (
	"encoding/json"

	"onewindow/internal/business/staff"
	"onewindow/internal/kit/audit"
	"onewindow/internal/kit/code"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/id"
	"onewindow/internal/kit/sm"
)

// Draft is a document about to be issued. Who may issue it is the caller's
// question; Actor is for the audit trail.
type Draft struct {
	Kind    Kind
	CaseID  string // may be empty
	Body    Body   // who issues it; see BodyOf
	Subject staff.Subject
	Facts   Facts
	Actor   staff.Actor
}

// Issued is the payload of the event "document.issued".
type Issued struct {
	ID          string `json:"id"`
	CaseID      string `json:"case_id,omitempty"`
	Kind        Kind   `json:"kind"`
	BodyID      string `json:"body_id"`
	ApplicantID string `json:"applicant_id,omitempty"`
}

// Issue queues the document with the act's writes; its number is assigned when
// they are committed. It refuses with "document.lacks" (args: what) while
// anything is missing that a document of this kind must state.
func Issue(tx *db.Tx, in Draft) (documentID string, err error) {
	if err := in.complete(); err != nil {
		return "", err
	}
	content, err := in.content()
	if err != nil {
		return "", err
	}
	documentID = id.New()
	digest := sm.Digest(content)
	in.save(tx, documentID, string(content), digest)
	event.Publish(tx, "document.issued", documentID, Issued{documentID, in.CaseID, in.Kind, in.Subject.BodyID, in.Subject.ApplicantID})
	audit.Record(tx, audit.Entry{
		ActorID: in.Actor.AccountID, ActorName: in.Actor.Name, RequestID: in.Actor.RequestID, Act: "document.issue",
		SubjectKind: "document", SubjectID: documentID,
		After: map[string]string{"kind": string(in.Kind), "case_id": in.CaseID, "body_id": in.Body.ID, "content_sm3": digest},
	})
	return documentID, nil
}

// content is the facts as they are stored.
func (d *Draft) content() ([]byte, error) {
	text, err := json.Marshal(d.Facts)
	if err != nil {
		return nil, err
	}
	maskIDs(text)
	return text, nil
}

// maskIDs hides the citizens' identity numbers in JSON text, in place. Codes
// that are longer, such as those of matters and cases, are not touched.
func maskIDs(text []byte) {
	for i := 0; i < len(text); {
		if !letter(text[i]) {
			i++
			continue
		}
		from := i
		for i < len(text) && letter(text[i]) {
			i++
		}
		from += escape(text, from)
		if i-from == 18 && code.IDNumber(upper(text[from:i])) == nil {
			copy(text[from:i], code.MaskID(string(text[from:i])))
		}
	}
}

func letter(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
}

// escape is how many of the letters at i belong to a JSON escape such as \n.
func escape(text []byte, i int) int {
	slashes := 0
	for i-1-slashes >= 0 && text[i-1-slashes] == '\\' {
		slashes++
	}
	switch {
	case slashes%2 == 0:
		return 0
	case text[i] == 'u':
		return 5
	}
	return 1
}

func upper(b []byte) string {
	s := []byte(string(b))
	if last := len(s) - 1; s[last] == 'x' {
		s[last] = 'X'
	}
	return string(s)
}
