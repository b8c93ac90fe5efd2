package procedure

import (
	"context"
	"errors"
	"strings"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/document"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// Sign is one officer's own signature on the record (签字).
type Sign struct {
	ID       string
	Revision int // of the record that they read
}

// Sign needs one of the officers who were sent, signed in with their own
// account. The last signature closes a visit and issues its record (XCHC); two
// who sign at the same instant both succeed.
func (s *Service) Sign(ctx context.Context, who staff.Actor, in Sign) error {
	return again(func() error {
		return s.act(ctx, who, Seen{ID: in.ID}, "procedure.sign", func(t *turn) error {
			o, err := t.sent()
			if err != nil {
				return err
			}
			if err := t.p.sign(o, in.Revision); err != nil {
				return err
			}
			o.SignedAt = t.tx.Now
			t.tx.Write(`update procedure_officer set signed_at = $3 where procedure_id = $1 and account_id = $2 and signed_at = ''`,
				t.p.ID, o.AccountID, stamp(t.tx.Now))
			if t.p.signed() < len(t.p.Officers) {
				return nil
			}
			return s.signed(t)
		})
	})
}

// sign is the rule: once, and only what the officer has read.
func (p *Procedure) sign(o *Officer, revision int) error {
	switch {
	case p.State != Signing:
		return fault.Conflict("procedure.not_signing", "state", string(p.State))
	case revision != p.Detail.Revision:
		return fault.Conflict("procedure.stale")
	case o.Signed():
		return fault.Conflict("procedure.signed")
	}
	return nil
}

// signed follows the last signature: an inspection can be ended, a visit is
// over.
func (s *Service) signed(t *turn) error {
	p := t.p
	if p.Kind != SiteVisit {
		p.State = Ready
		return nil
	}
	p.State, p.EndAt = Done, t.tx.Now
	return s.inCase(t, staff.CaseRead, func(c *casework.Turn) error {
		docID, err := c.Issue(document.XCHC, document.Facts{Visit: p.visit(false)})
		if err != nil {
			return err
		}
		c.Lift(p.ID)
		p.find(c, docID)
		c.Tell(casework.Note{Kind: "visit." + string(p.Detail.Conclusion), Text: p.Detail.Findings, Data: p.told(), DocumentID: docID})
		return nil
	})
}

// Reopen takes a record back that an officer cannot sign as it stands
// (退回修改): the signatures given so far are void.
type Reopen struct {
	Seen
	Reason string
}

// Reopen needs one of the officers who were sent.
func (s *Service) Reopen(ctx context.Context, who staff.Actor, in Reopen) error {
	return s.act(ctx, who, in.Seen, "procedure.reopen", func(t *turn) error {
		if _, err := t.sent(); err != nil {
			return err
		}
		if t.p.State != Signing {
			return fault.Conflict("procedure.not_signing", "state", string(t.p.State))
		}
		if err := needed("", []string{"reason", in.Reason}); err != nil {
			return err
		}
		t.p.State, t.p.Detail.Reason = Open, t.who.Name+"："+strings.TrimSpace(in.Reason)
		unsign(t.tx, t.p)
		return nil
	})
}

// tries is how often an act is done anew when others changed rows meanwhile
// that do not concern it.
const tries = 8

// again repeats an act whose own precondition does not depend on the versions
// of what it writes: fn checks it anew each time.
func again(fn func() error) (err error) {
	for range tries {
		if err = fn(); !errors.Is(err, fault.Conflict("stale")) {
			return err
		}
	}
	return err
}

var stamp = db.Stamp
