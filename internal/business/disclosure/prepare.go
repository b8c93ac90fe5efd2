package disclosure

import (
	"context"
	"errors"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/document"
	"onewindow/internal/business/party"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/id"
)

const refusedTopic = "case.refused"

// OnDecided prepares the notice of a decision: masked, and waiting for an
// objection. It may run again for the same decision without harm.
func (s *Service) OnDecided(ctx context.Context, e event.Event) error {
	var h casework.Happened
	if err := e.Decode(&h); err != nil {
		return err
	}
	if h.DocumentID == "" || e.Topic == refusedTopic && s.o.GrantsOnly {
		return nil
	}
	d, err := s.o.Documents.Get(ctx, staff.Machine("决定公开"), h.DocumentID)
	if err != nil {
		return err
	}
	err = s.db.Act(ctx, func(tx *db.Tx) error {
		c, err := casework.ByID(tx, h.CaseID)
		if err != nil {
			return err
		}
		n := s.notice(c, d, calendar.DayOf(tx.Now))
		insert(tx, n)
		event.Publish(tx, "disclosure.waiting", n.ID, h)
		return nil
	})
	if errors.Is(err, fault.Conflict("duplicate")) {
		return nil
	}
	return err
}

// notice is the line as it will read, persons masked.
func (s *Service) notice(c *casework.Case, d document.Document, today calendar.Day) Notice {
	cal := s.o.Cases.Calendar()
	n := Notice{ID: id.New(), CaseID: c.ID, CaseNumber: c.Number, Number: d.Number, ItemName: c.ItemName, ItemCode: d.Facts.Matter.Code,
		BodyID: c.BodyID, BodyName: d.Body.Name, Subject: c.ApplicantName, DecidedOn: calendar.DayOf(c.DecidedAt), Status: Waiting, Outcome: Refused, Owner: c.Subject()}
	if c.Granted {
		n.Outcome = Granted
	}
	if !c.Company {
		n.Subject = party.MaskName(c.ApplicantName)
	}
	if from := d.Facts.Licence.ValidFrom; from != nil {
		n.ValidFrom = *from
	}
	if to := d.Facts.Licence.ValidTo; to != nil {
		n.ValidTo = *to
	}
	n.Due = cal.AddWorking(n.DecidedOn, s.o.Days)
	n.ObjectUntil = min(cal.AddWorking(today, s.o.Objection), n.Due)
	return n
}

// most is how many notices one run publishes.
const most = 500

// Publish publishes what waited long enough without an objection. It gives how
// many.
func (s *Service) Publish(ctx context.Context) (n int, err error) {
	err = s.db.Act(ctx, func(tx *db.Tx) error {
		today := calendar.DayOf(tx.Now)
		list, err := db.List(tx, scan, columns+` where status = 'waiting' and object_until < $1 order by due, id limit $2`, today.String(), most)
		if err != nil {
			return err
		}
		n = 0
		for _, x := range list {
			if !x.ripe(today) {
				continue
			}
			x.Status, x.PublishedAt = Published, tx.Now
			save(tx, x)
			if err := s.o.Cases.Remark(tx, staff.Machine("系统（决定公开）"), x.CaseID, "disclosure.published", ""); err != nil {
				return err
			}
			n++
		}
		return nil
	})
	return n, err
}
