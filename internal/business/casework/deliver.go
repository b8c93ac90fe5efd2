package casework

import (
	"context"
	"strings"

	"onewindow/internal/business/document"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
)

// Way is how a result reaches the applicant (送达方式).
type Way string

// The ways of delivery.
const (
	ByDownload Way = "online" // 网上下载，电子送达
	ByWindow   Way = "window" // 窗口领取，凭取件码签收
)

// Deliver (送达) hands the result or the decision over and concludes the case.
type Deliver struct {
	Seen
	Way      Way
	Code     string // the pick-up code, at a window
	SignedBy string // who signed, at a window
}

// Deliver at a window needs the code that only the applicant was sent.
func (s *Service) Deliver(ctx context.Context, who staff.Actor, in Deliver) error {
	permission := staff.CaseDeliver
	if in.Way == ByDownload && who.Kind == staff.Applicant {
		permission = staff.CaseRead
	}
	return s.Act(ctx, who, in.Seen, permission, func(t *Turn) error {
		if err := s.deliverable(t, in); err != nil {
			return err
		}
		step, err := t.Complete(flow.Deliver, flow.Delivered)
		if err != nil {
			return err
		}
		t.Case.Status, t.Case.ConcludedAt = StatusConcluded, t.Tx.Now
		docID, err := t.Issue(document.SDHZ, serviceFacts(t.Case, in, t.Who.Name, t.Tx.Now))
		if err != nil {
			return err
		}
		t.Tell(Note{Kind: "case.delivered", Step: step.Key, Outcome: flow.Delivered, DocumentID: docID,
			Data: map[string]any{"way": in.Way, "signed_by": strings.TrimSpace(in.SignedBy)}})
		return nil
	})
}

func (s *Service) deliverable(t *Turn, in Deliver) error {
	if t.Case.Status != StatusGranted && t.Case.Status != StatusRefused {
		return fault.Conflict("case.not_at_step", "status", string(t.Case.Status))
	}
	switch in.Way {
	case ByDownload:
		if t.Who.Kind != staff.Applicant {
			return fault.Refused("deliver.own_download", lawDelivery)
		}
		return nil
	case ByWindow:
		if err := needed(lawDelivery, "signed_by", in.SignedBy); err != nil {
			return err
		}
		if !s.keys.CheckCodeMatches(pickup(t.Case), in.Code) {
			return fault.Invalid("form.invalid", fault.At("code", "deliver.code"))
		}
		return nil
	}
	return fault.Invalid("form.invalid", fault.At("way", "deliver.way"))
}

// pickup is what the pick-up code is derived from: it is another code than the
// one on the receipt, so that who follows a case cannot fetch its result.
func pickup(c *Case) string { return "pickup " + c.ID }

// PickupCode is the code with which the applicant fetches the result.
func (s *Service) PickupCode(c *Case) string { return s.keys.CheckCode(pickup(c)) }

// CheckCode is the code on the receipt with which anybody may follow the case.
func (s *Service) CheckCode(c *Case) string { return s.keys.CheckCode(c.Number) }
