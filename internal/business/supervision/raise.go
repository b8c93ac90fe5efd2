package supervision

import (
	"context"
	"errors"
	"strings"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/document"
	"onewindow/internal/business/org"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/audit"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/id"
)

// RaisedTopic is published with every record; the payload is Raised.
const RaisedTopic = "fault.raised"

// Raised is what the event of a record says.
type Raised struct {
	ID, Number, CaseNumber, ItemName, BodyID, PersonID string
	Kind                                               Kind
	Colour                                             Colour
	ReplyBy                                            calendar.Day
}

// Raise (立线索) puts a fault on record that the platform noticed.
type Raise struct {
	Kind   Kind
	CaseID string
	// Ref tells two faults of a kind in one case apart; the same one is put on
	// record once, however often it is noticed.
	Ref    string
	What   string
	Step   string
	Person string // the account that had it in hand
}

// Raise is idempotent: reactions run at least once.
func (s *Service) Raise(ctx context.Context, in Raise) error {
	r, known := in.Kind.rule()
	if !known {
		return fault.Invalid("fault.kind")
	}
	who := staff.Machine("系统（电子监察）")
	err := s.db.Act(ctx, func(tx *db.Tx) error { return s.raise(tx, who, r, in) })
	if errors.Is(err, fault.Conflict("duplicate")) {
		return nil
	}
	return err
}

// Record (登记线索) is a supervisor's own: what no sweep can notice.
type Record struct {
	CaseNumber string
	Kind       Kind
	What       string
}

// Record refuses a kind that the platform notices by itself.
func (s *Service) Record(ctx context.Context, who staff.Actor, in Record) (faultID string, err error) {
	err = s.db.Act(ctx, func(tx *db.Tx) error {
		if err := who.Must(staff.FaultHandle); err != nil {
			return err
		}
		r, _ := in.Kind.rule()
		if err := in.check(r); err != nil {
			return err
		}
		c, err := casework.ByNumberIn(tx, in.CaseNumber)
		if err != nil {
			return fault.Invalid("form.invalid", fault.At("number", "fault.no_case"))
		}
		faultID = id.New()
		return s.put(tx, who, r, c, &Fault{ID: faultID, What: strings.TrimSpace(in.What)}, faultID)
	})
	return faultID, err
}

func (in Record) check(r rule) error {
	var wrong []fault.Field
	if !r.manual {
		wrong = append(wrong, fault.At("kind", "fault.kind"))
	}
	wrong = append(wrong, words("what", in.What)...)
	if len(wrong) > 0 {
		return fault.Invalid("form.invalid", wrong...)
	}
	return nil
}

func (s *Service) raise(tx *db.Tx, who staff.Actor, r rule, in Raise) error {
	c, err := casework.ByID(tx, in.CaseID)
	if err != nil {
		return err
	}
	f := &Fault{ID: id.New(), What: in.What, Step: in.Step, PersonID: in.Person}
	if in.Person != "" {
		if f.PersonName, err = staff.NameOf(tx, in.Person); err != nil {
			return err
		}
	}
	return s.put(tx, who, r, c, f, in.Ref)
}

// put writes the record, its notice (督办单) unless it is a mere warning, and
// tells the body.
func (s *Service) put(tx *db.Tx, who staff.Actor, r rule, c *casework.Case, f *Fault, ref string) error {
	today := calendar.DayOf(tx.Now)
	f.Number, f.Version, f.Kind, f.Colour, f.Status, f.Law = number(f.ID, today), 1, r.kind, r.colour, Open, r.law
	f.CaseID, f.CaseNumber, f.ItemName, f.RaisedAt, f.Subject = c.ID, c.Number, c.ItemName, tx.Now, c.Subject()
	f.ReplyBy = s.calendar().AddWorking(today, replyDays)
	if f.Colour != Notice {
		docID, err := s.notice(tx, who, f)
		if err != nil {
			return err
		}
		f.DocumentID = docID
	}
	insert(tx, f, ref)
	audit.Record(tx, audit.Entry{ActorID: who.AccountID, ActorName: who.Name, Act: "fault.raise", SubjectKind: "fault", SubjectID: f.ID,
		After: map[string]any{"kind": f.Kind, "case": f.CaseID}, RequestID: who.RequestID})
	event.Publish(tx, RaisedTopic, f.ID, Raised{f.ID, f.Number, f.CaseNumber, f.ItemName, f.Subject.BodyID, f.PersonID, f.Kind, f.Colour, f.ReplyBy})
	return nil
}

// number is what people call the record by.
func number(id string, on calendar.Day) string {
	return "JC" + strings.ReplaceAll(on.String(), "-", "") + "-" + strings.ToUpper(id[len(id)-6:])
}

// notice issues 电子监察预警（督办）单 in the name of who supervises.
func (s *Service) notice(tx *db.Tx, who staff.Actor, f *Fault) (string, error) {
	body, err := org.LoadBody(tx, f.Subject.BodyID)
	if err != nil {
		return "", err
	}
	issuer, err := org.Supervisor(tx)
	if err != nil {
		return "", err
	}
	facts := document.Facts{CaseNumber: f.CaseNumber, Matter: document.Matter{Name: f.ItemName}, Alert: &document.Alert{Number: f.Number,
		Rule: f.Law, Unit: body.Name, Person: f.PersonName, Type: colourName[f.Colour], Finding: f.What, ReplyBy: &f.ReplyBy}}
	return document.Issue(tx, document.Draft{Kind: document.JCYJ, CaseID: f.CaseID, Body: document.BodyOf(issuer), Subject: f.Subject, Actor: who, Facts: facts})
}

// colourName is how the notice calls the colours.
var colourName = map[Colour]string{Notice: "预警", Yellow: "黄牌", Red: "红牌"}

// mostWords bounds what is written into a record, in characters.
const mostWords = 2000

func words(field, text string) []fault.Field {
	switch n := len([]rune(strings.TrimSpace(text))); {
	case n == 0:
		return []fault.Field{fault.At(field, "text.required")}
	case n > mostWords:
		return []fault.Field{fault.At(field, "text.too_long", "max", "2000")}
	}
	return nil
}
