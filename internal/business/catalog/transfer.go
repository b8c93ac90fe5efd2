package catalog

import (
	"onewindow/internal/business/calendar"
	"onewindow/internal/business/org"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/audit"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
)

// Transfer (划转) is a whole matter that another body implements from a day on.
type Transfer struct {
	VersionID string // the version in force of who gives it away
	To        org.Body
	From      calendar.Day
	Note      string
}

// Transfer ends the version of who gives the matter away on the day and makes
// the draft of who takes it over, handed over for publishing, which is published
// for the same day; who gave it away goes on to supervise. Cases that run keep the version they began with.
// Package delegation calls it in its own act.
func (s *Service) Transfer(tx *db.Tx, who staff.Actor, in Transfer) (draftID string, err error) {
	old, err := byID(tx, in.VersionID)
	if err != nil {
		return "", err
	}
	if err := old.mayRetire(Retire{From: in.From, Ground: GroundFunctions, Note: in.Note}, calendar.DayOf(tx.Now)); err != nil {
		return "", err
	}
	draft := old.Clone()
	draft.Body.ID, draft.Remedies = in.To.ID, org.Remedies{}
	if draft.Regulator.ID == "" || draft.Regulator.ID == in.To.ID {
		draft.Regulator = old.Body
	}
	saving, _, err := draftToSave(tx, staff.Machine("系统（事项划转）"), SaveDraft{Body: draft})
	if err != nil {
		return "", err
	}
	saving.Handover = saving.Handover.passed(HandedOver, staff.Machine("系统（事项划转）"), in.Note, tx.Now)
	insertDraft(tx, saving)
	setEnd(tx, old.ID, in.From)
	changed(tx)
	tx.AfterCommit(s.markStale)
	audit.Record(tx, audit.Entry{ActorID: who.AccountID, ActorName: who.Name, Act: "catalog.transfer", SubjectKind: "implementation", SubjectID: old.ID,
		After: map[string]string{"to": in.To.ID, "from_day": in.From.String(), "draft": saving.ID}, RequestID: who.RequestID})
	event.Publish(tx, "catalog.retired", old.ID, map[string]any{"code": old.Code(), "name": old.Name, "from": in.From, "ground": GroundFunctions, "note": in.Note})
	return saving.ID, nil
}
