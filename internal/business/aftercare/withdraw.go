package aftercare

import (
	"context"
	"strings"

	"onewindow/internal/business/document"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// Withdraw (撤回注销申请) takes back what the holder asked for, a simple
// deregistration or an ordinary one, as long as nothing is decided.
type Withdraw struct {
	Seen
	Reason string // need not be given
}

// Withdraw is the holder's. The licence goes on as it was; a notice that ran ends
// with it, and of its days none counts for a later one. To withdraw again what
// is withdrawn changes nothing.
func (s *Service) Withdraw(ctx context.Context, who staff.Actor, in Withdraw) error {
	err := s.act(ctx, who, in.Seen, staff.LicenceAnswer, func(tx *db.Tx, p *Proceeding) error {
		if err := p.withdraw(in.Reason); err != nil {
			return err
		}
		p.DecidedAt = tx.Now
		l, err := s.o.Licences.Load(tx, p.LicenceID)
		if err != nil {
			return err
		}
		docID, err := s.issue(tx, who, l, document.ZZSQ, document.Facts{ReceivedAt: p.OpenedAt, Withdrawn: true, Ground: p.asked(), Reasons: lines(in.Reason)})
		if err != nil {
			return err
		}
		p.tell(tx, who, "aftercare.decided", docID)
		return nil
	})
	if f := fault.Of(err); f != nil && f.Kind == fault.KindConflict && s.withdrawn(ctx, who, in.ID) {
		return nil
	}
	return err
}

// withdrawn says that the procedure was withdrawn before.
func (s *Service) withdrawn(ctx context.Context, who staff.Actor, id string) bool {
	p, err := s.Get(ctx, who, id)
	return err == nil && p.Outcome == Withdrawn
}

// withdraw is the rule: what begins by an application goes on by the applicant's
// will alone until it is decided; what the body began is not the holder's to end
// (行政许可法第七十条).
func (p *Proceeding) withdraw(reason string) error {
	switch {
	case !p.Open():
		return fault.Conflict("aftercare.not_open", "status", string(p.Status))
	case !p.Requested:
		return fault.Refused("aftercare.not_asked", lawCancel)
	case len([]rune(reason)) > mostStatement:
		return fault.Invalid("form.invalid", fault.At("reason", "form.too_long", "max", "5000", "n", ""))
	}
	p.Status, p.Outcome, p.DecidedName = Dropped, Withdrawn, p.Holder
	p.Answer = strings.TrimSpace("持有人撤回申请，" + p.asked() + "程序终止，证照的效力不变。" + strings.TrimSpace(reason))
	return nil
}

// asked is what the holder asked for, in words.
func (p *Proceeding) asked() string {
	if p.Simple != nil {
		return "简易注销"
	}
	return "注销"
}
