package staff

import (
	"context"

	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// ActorOf is the actor behind an account as of now; fault signed_out when the
// account is unknown or closed. It is remembered for a short while, so that a
// page view costs no query. The caller sets RequestID on its copy.
func (s *Service) ActorOf(ctx context.Context, accountID string) (Actor, error) {
	now := s.db.Clock().Now()
	if a, ok := s.actors.get(accountID, now, fresh); ok {
		return a, nil
	}
	mark := s.actors.mark()
	a, err := s.readActor(ctx, accountID)
	if err == nil {
		s.actors.put(accountID, a, now, mark)
	}
	return a, err
}

// SessionActor is ActorOf for a session that was begun in the given epoch;
// fault signed_out when the sessions of that epoch are void.
func (s *Service) SessionActor(ctx context.Context, accountID string, epoch int64) (Actor, error) {
	a, err := s.ActorOf(ctx, accountID)
	if err == nil && a.Epoch != epoch {
		return Actor{}, fault.SignedOut()
	}
	return a, err
}

func (s *Service) readActor(ctx context.Context, accountID string) (out Actor, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		a, err := accountByID(tx, accountID)
		if fault.Of(err) != nil && fault.Of(err).Kind == fault.KindMissing || err == nil && !a.Active {
			return fault.SignedOut()
		}
		if err != nil {
			return err
		}
		var postings []Posting
		var parties []string
		if a.Kind == Officer {
			postings, err = postingsOf(tx, a.ID)
		} else {
			parties, err = s.parties(tx, a.ID)
		}
		out = a.actor(postings, parties, tx.Now)
		if err == nil && a.Kind == Officer && len(out.Grants) > 0 {
			err = standIns(tx, &out)
		}
		return err
	})
	return out, err
}

// standIns adds the work of those for whom the officer stands in today.
func standIns(tx *db.Tx, a *Actor) error {
	day := today(tx.Now)
	all, err := substitutions(tx, `s.substitute_id = $1 and s.from_day <= $2 and s.to_day >= $3`, a.AccountID, day, day)
	if err != nil {
		return err
	}
	for _, x := range all {
		postings, err := working(tx, x.AccountID)
		if f := fault.Of(err); f != nil && f.Code == "staff.not_officer" {
			continue // closed meanwhile
		}
		if err != nil {
			return err
		}
		a.standIn(x.AccountID, postings, day)
	}
	return nil
}
