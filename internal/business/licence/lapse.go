package licence

import (
	"context"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
)

// Lapsed is the payload of the event "licence.continued": a red mark for who
// left the renewal undecided.
type Lapsed struct {
	LicenceID   string `json:"licence_id"`
	CaseID      string `json:"case_id"`
	Name        string `json:"name"`
	Number      string `json:"number"`
	BodyID      string `json:"body_id"`
	ApplicantID string `json:"applicant_id"`
	ValidTo     string `json:"valid_to"`
}

// Lapse (视为准予延续) renews, in the name of the law, every licence that ended
// while its renewal, applied for in time, was undecided. It gives how many.
func (s *Service) Lapse(ctx context.Context) (int, error) {
	cases, err := s.o.Casework.Lapsing(ctx)
	if err != nil {
		return 0, err
	}
	who, n := staff.Machine("系统（视为准予延续）"), 0
	for _, caseID := range cases {
		err := s.db.Act(ctx, func(tx *db.Tx) error { return s.lapse(tx, who, caseID) })
		switch f := fault.Of(err); {
		case err == nil:
			n++
		case f.Kind == fault.KindConflict || f.Kind == fault.KindRefused: // decided meanwhile, or applied for too late
		default:
			return n, err
		}
	}
	return n, nil
}

func (s *Service) lapse(tx *db.Tx, who staff.Actor, caseID string) error {
	h, err := s.o.Casework.RenewBySilence(tx, who, caseID)
	if err != nil {
		return err
	}
	l, err := s.byID(tx, h.LicenceID)
	if err != nil {
		return err
	}
	if l.Ended() {
		return l.over(lawSilence)
	}
	day := *l.Content.ValidTo
	tx.Write(`update licence set continued_on = $2 where id = $1 and status = 'valid'`, l.ID, day.String())
	tell(tx, who, "licence.continue", l, map[string]string{"case": caseID, "valid_to": day.String()})
	event.Publish(tx, "licence.continued", l.ID, Lapsed{LicenceID: l.ID, CaseID: caseID, Name: l.Content.Name, Number: l.Content.Number,
		BodyID: l.Subject.BodyID, ApplicantID: l.Subject.ApplicantID, ValidTo: day.String()})
	return nil
}

// Due is the payload of the event "licence.renewal_due".
type Due struct {
	LicenceID   string `json:"licence_id"`
	Name        string `json:"name"`
	Number      string `json:"number"`
	ApplicantID string `json:"applicant_id"`
	AgentID     string `json:"agent_id"`
	ValidTo     string `json:"valid_to"`
	Last        string `json:"last"`
	BodyID      string `json:"body_id"`
}

// remindDays are how many days before the last day for renewal the holder is
// reminded, the first time and the second.
var remindDays = []int{30, 7}

// ahead bounds how far a licence's end may be for a reminder: the longest lead
// that a law lays down is six months, and the first reminder comes before it.
const ahead = 260

// Remind tells the holders of licences whose renewal is soon due, twice at most,
// and gives how many it told. after is the last licence of the batch before.
func (s *Service) Remind(ctx context.Context) (n int, err error) {
	for after := ""; ; {
		ids, err := s.ending(ctx, after)
		if err != nil || len(ids) == 0 {
			return n, err
		}
		for _, licenceID := range ids {
			err := s.db.Act(ctx, func(tx *db.Tx) error {
				told, err := s.remind(tx, licenceID)
				if told {
					n++
				}
				return err
			})
			if err != nil && fault.Of(err).Kind != fault.KindConflict && fault.Of(err).Kind != fault.KindMissing {
				return n, err
			}
		}
		after = ids[len(ids)-1]
	}
}

func (s *Service) ending(ctx context.Context, after string) (ids []string, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		today := calendar.DayOf(tx.Now)
		ids, err = db.List(tx, func(r db.Scanner) (v string, err error) { return v, r.Scan(&v) },
			`select id from licence where status = 'valid' and valid_to is not null and valid_to >= $1 and valid_to <= $2
			and reminded < $3 and id > $4 order by id limit 200`,
			today.String(), today.AddDays(ahead).String(), len(remindDays), after)
		return err
	})
	return ids, err
}

func (s *Service) remind(tx *db.Tx, licenceID string) (bool, error) {
	l, err := db.One(tx, missing, s.opened, columns+`where l.id = $1`, licenceID)
	if err != nil {
		return false, err
	}
	impl, err := s.matter(tx, l)
	if err != nil {
		return false, err
	}
	open, err := s.o.Casework.OpenAbout(tx, l.ID)
	if err != nil || open != nil {
		return false, err
	}
	w := l.Window(impl.Result.RenewalRule(), s.o.Casework.Calendar())
	stage := w.reminder(calendar.DayOf(tx.Now))
	if stage == 0 || stage <= l.Reminded {
		return false, nil
	}
	tx.Write(`update licence set reminded = $2 where id = $1 and reminded = $3`, l.ID, stage, l.Reminded)
	event.Publish(tx, "licence.renewal_due", l.ID, Due{LicenceID: l.ID, Name: l.Content.Name, Number: l.Content.Number,
		ApplicantID: l.Subject.ApplicantID, AgentID: l.Subject.AgentID, BodyID: l.Subject.BodyID,
		ValidTo: l.Content.ValidTo.Chinese(), Last: w.Last.Chinese()})
	return true, nil
}

// reminder is which reminder is due on a day: 0 for none yet, and none any more
// once the last day has passed.
func (w Window) reminder(today calendar.Day) (stage int) {
	if w.Last == 0 || today > w.Last || today < w.First {
		return 0
	}
	for i, days := range remindDays {
		if today >= w.Last.AddDays(-days) {
			stage = i + 1
		}
	}
	return stage
}
