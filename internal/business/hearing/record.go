package hearing

import (
	"context"
	"strings"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/document"
	"onewindow/internal/business/interest"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
)

// Record (听证笔录) is what was put forward, by whom, and who was there.
type Record struct {
	casework.Seen
	Examiner string            // who put the examination forward, by name
	Evidence string            // the opinion with its evidence and reasons
	Said     map[string]string // by person: statement, defence, what was said to the evidence
	Absent   map[string]bool   // by person
}

// Record issues the record by who presided; it is then laid before everybody.
func (s *Service) Record(ctx context.Context, who staff.Actor, in Record) error {
	return s.on(ctx, who, in.Seen, staff.HearingHost, func(t *turn) error {
		if err := t.h.recordable(who.AccountID, t.Tx.Now); err != nil {
			return err
		}
		if err := in.check(t.h); err != nil {
			return err
		}
		facts := in.facts(t.h)
		for i := range t.h.People {
			t.h.People[i].Absent = in.Absent[t.h.People[i].ID] || t.h.People[i].Waived != 0
		}
		docID, err := t.Issue(document.TZBL, facts)
		if err != nil {
			return err
		}
		t.h.Status, t.h.RecordID = Recorded, docID
		t.Hold(t.h.hold(""))
		t.Tell(casework.Note{Kind: "hearing.recorded", DocumentID: docID})
		return nil
	})
}

// check wants the evidence, and a word from everybody who was there.
func (in Record) check(h *Hearing) error {
	pairs := []string{"examiner", in.Examiner, "evidence", in.Evidence}
	for _, p := range h.People {
		if p.Waived == 0 && !in.Absent[p.ID] {
			pairs = append(pairs, "said."+p.ID, in.Said[p.ID])
		}
	}
	if err := wanted(lawEvidence, pairs...); err != nil {
		return err
	}
	if strings.TrimSpace(in.Examiner) == h.Chair {
		return fault.Refused("hearing.chair_acted", lawPreside, "name", h.Chair)
	}
	return nil
}

func (in Record) facts(h *Hearing) document.Facts {
	r := &document.Hearing{At: h.HeldAt, Place: h.Place, Host: h.Chair, Examiners: []string{strings.TrimSpace(in.Examiner)},
		Evidence: []document.Statement{{Who: strings.TrimSpace(in.Examiner), Text: strings.TrimSpace(in.Evidence)}}}
	for _, p := range h.People {
		if p.Waived != 0 {
			continue
		}
		text := strings.TrimSpace(in.Said[p.ID])
		if in.Absent[p.ID] {
			text = "经通知未到场，未作陈述"
		} else {
			r.Attendees = append(r.Attendees, p.Name)
		}
		r.Defence = append(r.Defence, document.Statement{Who: p.Name, Text: text})
	}
	r.Attendees = append(r.Attendees, "记录人："+h.Writer)
	return document.Facts{Hearing: r}
}

// Confirm (笔录确认) is what somebody does with the record laid before them.
type Confirm struct {
	casework.Seen
	PersonID string
	How      SignKind
	Note     string
}

// Confirm is the applicant's own signature or objection.
func (s *Service) Confirm(ctx context.Context, who staff.Actor, in Confirm) error {
	if who.Kind != staff.Applicant || in.How == Refused {
		return fault.Denied("permission")
	}
	in.PersonID = applicantID
	return s.confirm(ctx, who, staff.CaseHear, in)
}

// EnterConfirm takes down a signature on paper, or that it was refused.
func (s *Service) EnterConfirm(ctx context.Context, who staff.Actor, in Confirm) error {
	return s.confirm(ctx, who, staff.HearingHost, in)
}

// ConfirmAs is the word of an interested party who is here.
func (s *Service) ConfirmAs(ctx context.Context, at interest.Present, in Confirm) error {
	if in.How == Refused {
		return fault.Denied("permission")
	}
	in.Seen, in.PersonID = casework.Seen{CaseID: at.CaseID}, at.ID
	return s.confirm(ctx, at.Actor(), staff.HearingHost, in)
}

func (s *Service) confirm(ctx context.Context, who staff.Actor, right staff.Permission, in Confirm) error {
	return s.on(ctx, who, in.Seen, right, func(t *turn) error {
		switch in.How {
		case Signed, Objected, Refused:
		default:
			return fault.Invalid("form.invalid", fault.At("how", "hearing.sign"))
		}
		if err := t.h.sign(in.PersonID, Sign{How: in.How, Note: strings.TrimSpace(in.Note), At: t.Tx.Now, By: who.Name}); err != nil {
			return err
		}
		t.Tell(casework.Note{Kind: "hearing.signed", Outcome: string(in.How), Data: map[string]string{"person": in.PersonID}})
		return nil
	})
}

// Close (听证结束) ends the hearing: the clock runs on, and the decision rests on
// the record.
type Close struct{ casework.Seen }

// Close is done by who presided, when the record is signed by all who were there.
func (s *Service) Close(ctx context.Context, who staff.Actor, in Close) error {
	return s.on(ctx, who, in.Seen, staff.HearingHost, func(t *turn) error {
		if err := t.h.close(who.AccountID); err != nil {
			return err
		}
		number, err := document.NumberOf(t.Tx, t.h.RecordID)
		if err != nil {
			return err
		}
		t.Hold(t.h.hold(number))
		t.Find(casework.Finding{ID: t.h.ID, Kind: "hearing", Outcome: "held", DocumentID: t.h.RecordID, On: t.Today()})
		t.Tell(casework.Note{Kind: "hearing.closed", Data: map[string]string{"record": number}})
		return t.run("听证已依法举行，笔录为" + number)
	})
}
