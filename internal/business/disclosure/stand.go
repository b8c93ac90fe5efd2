package disclosure

import (
	"context"

	"onewindow/internal/business/calendar"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// Standing is what became of a published decision since: the public list does
// not go on showing as valid what was taken away.
type Standing string

// The standings; the empty one is as decided.
const (
	Rescinded    Standing = "rescinded"    // 已撤销
	Retracted    Standing = "retracted"    // 已撤回
	Revoked      Standing = "revoked"      // 已吊销
	Deregistered Standing = "deregistered" // 已注销
	Replaced     Standing = "replaced"     // 已换发新证
	Annulled     Standing = "annulled"     // 经复议或者诉讼撤销
	Changed      Standing = "changed"      // 经复议或者诉讼变更
	Unlawful     Standing = "unlawful"     // 经复议或者诉讼确认违法
)

// Standings lists them.
func Standings() []Standing {
	return []Standing{Rescinded, Retracted, Revoked, Deregistered, Replaced, Annulled, Changed, Unlawful}
}

// Stand says what became of the decision of a case on a day.
type Stand struct {
	CaseID   string
	Standing Standing
	On       calendar.Day
}

// Stand follows what happened to a decision; nothing happens where it has no
// notice. It may be told more than once.
func (s *Service) Stand(ctx context.Context, in Stand) error {
	return s.db.Act(ctx, func(tx *db.Tx) error {
		n, err := byCase(tx, in.CaseID)
		if f := fault.Of(err); f != nil && f.Kind == fault.KindMissing {
			return nil
		}
		if err != nil || !n.stand(in.Standing, in.On) {
			return err
		}
		save(tx, n)
		return nil
	})
}

// stand is the rule: closing the register (行政许可法第七十条) does not hide why the
// licence was over, and a later version does not either; it says whether
// anything changed.
func (n *Notice) stand(to Standing, on calendar.Day) bool {
	late := to == Deregistered || to == Replaced
	if n.Standing == to || late && n.Standing != "" && n.Standing != Replaced && n.Standing != Changed && n.Standing != Unlawful {
		return false
	}
	n.Standing, n.StandingOn = to, on
	return true
}
