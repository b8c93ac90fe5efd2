package casework

import (
	"context"
	"slices"
	"strings"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
)

// Instant names one of the two instants of a case that never move.
type Instant string

// The instants that a correction may be about.
const (
	OfReceipt    Instant = "received" // 收件
	OfAcceptance Instant = "accepted" // 受理
)

// Correction (更正记录) says that an instant was recorded wrongly. The record
// stays as it was written; the limits run from what is right.
type Correction struct {
	Of     Instant   `json:"of"`
	Was    time.Time `json:"was"`
	Is     time.Time `json:"is"`
	Reason string    `json:"reason"`
	By     string    `json:"by"`
	At     time.Time `json:"at"`
}

// Rectify (更正) records that receipt or acceptance happened earlier than was
// written down, such as paper that lay at a window overnight.
type Rectify struct {
	Seen
	Of     Instant
	Is     time.Time
	Reason string
}

// Rectify adds the correction and computes the limits anew.
func (s *Service) Rectify(ctx context.Context, who staff.Actor, in Rectify) error {
	return s.Act(ctx, who, in.Seen, staff.CaseRectify, func(t *Turn) error {
		if err := needed(lawFive, "reason", in.Reason); err != nil {
			return err
		}
		k := Correction{Of: in.Of, Is: in.Is, Reason: strings.TrimSpace(in.Reason), By: who.Name, At: t.Tx.Now}
		if err := t.Case.rectify(k); err != nil {
			return err
		}
		t.Reproject()
		t.Tell(Note{Kind: "case.rectified", Outcome: string(in.Of), Text: k.Reason, Data: k})
		return nil
	})
}

// rectify is the rule: neither instant is ever overwritten, and a correction
// only takes it back in time. A later instant would give the body days that the
// applicant has already waited, so it is refused.
func (c *Case) rectify(k Correction) error {
	k.Was = c.instant(k.Of)
	switch {
	case k.Was.IsZero() || c.Status.Ended():
		return fault.Conflict("case.not_at_step", "status", string(c.Status))
	case !k.Is.Before(k.Was):
		return rectifyField("rectify.later")
	case k.Of == OfAcceptance && k.Is.Before(c.instant(OfReceipt)):
		return rectifyField("rectify.before_receipt")
	case k.Of == OfReceipt && calendar.DayOf(k.Was)-calendar.DayOf(k.Is) > mostRectified:
		return rectifyField("rectify.too_far")
	}
	c.Course.Corrections = append(slices.Clone(c.Course.Corrections), k)
	return nil
}

func rectifyField(code string) error {
	f := fault.Invalid("form.invalid", fault.At("is", code))
	f.Law = lawFive
	return f
}

// mostRectified is how many natural days back a receipt may be corrected; what
// lay longer is no slip of the pen.
const mostRectified = 366

// instant is when something happened, as the newest correction has it.
func (c *Case) instant(of Instant) time.Time {
	for _, k := range slices.Backward(c.Course.Corrections) {
		if k.Of == of {
			return k.Is
		}
	}
	if of == OfReceipt {
		return c.ReceivedAt
	}
	return c.AcceptedAt
}
