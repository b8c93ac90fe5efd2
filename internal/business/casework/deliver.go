package casework

import (
	"context"
	"strings"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/document"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
)

// Way is how a result reaches the applicant (送达方式).
type Way string

// The ways of delivery.
const (
	ByDownload     Way = "online"   // 网上下载，电子送达
	ByWindow       Way = "window"   // 窗口领取，凭取件码签收
	ByPost         Way = "post"     // 邮寄送达
	ByLeaving      Way = "leave"    // 留置送达
	ByAnnouncement Way = "announce" // 公告送达
)

// Ways lists them, the ordinary ones first.
func Ways() []Way { return []Way{ByDownload, ByWindow, ByPost, ByLeaving, ByAnnouncement} }

// Deliver (送达) hands the result or the decision over and concludes the case.
type Deliver struct {
	Seen
	Way      Way
	Code     string       // the pick-up code, at a window
	SignedBy string       // who signed, at a window or for a letter
	On       calendar.Day // the day on which a letter was signed for; zero: today
	Witness  string       // of leaving it (留置)
	Why      string       // why it was left: the recipient refuses to sign
	// Consent says that the recipient agrees to be served electronically.
	Consent bool
}

// Deliver at a window needs the code that only the applicant was sent, by
// download the applicant's consent, by post a letter that was sent before, by
// leaving a witness. An announcement is served when its days are over.
func (s *Service) Deliver(ctx context.Context, who staff.Actor, in Deliver) error {
	permission := staff.CaseDeliver
	if in.Way == ByDownload && who.Kind == staff.Applicant {
		permission = staff.CaseRead
	}
	return s.Act(ctx, who, in.Seen, permission, func(t *Turn) error {
		going, err := underWay(t.Tx, t.Case.ID)
		if err != nil {
			return err
		}
		if err := s.deliverable(t, in, going); err != nil {
			return err
		}
		step, err := t.Complete(flow.Deliver, flow.Delivered)
		if err != nil {
			return err
		}
		if going != nil {
			t.end(going, going.endedBy(in.Way), "")
		}
		t.Case.Status, t.Case.ConcludedAt = StatusConcluded, t.Tx.Now
		docID, err := t.Issue(document.SDHZ, serviceFacts(t.Case, in, going, t.Who.Name, t.Tx.Now))
		if err != nil {
			return err
		}
		t.Tell(Note{Kind: "case.delivered", Step: step.Key, Outcome: flow.Delivered, DocumentID: docID,
			Data: map[string]any{"way": in.Way, "signed_by": strings.TrimSpace(in.SignedBy), "consent": in.Consent}})
		return nil
	})
}

func (a *Attempt) endedBy(w Way) string {
	if a.Way == w {
		return Served
	}
	return Superseded
}

func (s *Service) deliverable(t *Turn, in Deliver, going *Attempt) error {
	if t.Case.Status != StatusGranted && t.Case.Status != StatusRefused {
		return fault.Conflict("case.not_at_step", "status", string(t.Case.Status))
	}
	switch in.Way {
	case ByDownload:
		return in.online(t.Who)
	case ByWindow:
		if err := needed(lawDelivery, "signed_by", in.SignedBy); err != nil {
			return err
		}
		if !s.keys.CheckCodeMatches(pickup(t.Case), in.Code) {
			return fault.Invalid("form.invalid", fault.At("code", "deliver.code"))
		}
		return nil
	case ByPost:
		return in.signedFor(going, t.Today())
	case ByLeaving:
		return needed(lawLeave, "witness", in.Witness, "why", in.Why)
	case ByAnnouncement:
		return announced(t.Who, going, t.Today())
	}
	return fault.Invalid("form.invalid", fault.At("way", "deliver.way"))
}

// online: the applicant receives it in person and agrees to be served so.
func (in Deliver) online(who staff.Actor) error {
	switch {
	case who.Kind != staff.Applicant:
		return fault.Refused("deliver.own_download", lawDelivery)
	case !in.Consent:
		f := fault.Invalid("form.invalid", fault.At("consent", "deliver.consent"))
		f.Law = lawElectronic
		return f
	}
	return nil
}

// signedFor: a letter is on its way and was signed for, no sooner than it was
// sent and no later than today.
func (in Deliver) signedFor(going *Attempt, today calendar.Day) error {
	if going == nil || going.Way != ByPost {
		return fault.Conflict("deliver.not_posted")
	}
	if err := needed(lawPost, "signed_by", in.SignedBy); err != nil {
		return err
	}
	if in.On != 0 && (in.On > today || in.On < calendar.DayOf(going.At)) {
		return fault.Invalid("form.invalid", fault.At("on", "deliver.on"))
	}
	return nil
}

// announced: only the days of the announcement serve, and all of them.
func announced(who staff.Actor, going *Attempt, today calendar.Day) error {
	switch {
	case going == nil || going.Way != ByAnnouncement:
		return fault.Conflict("deliver.not_announced")
	case who.Kind != staff.System || today <= going.Due:
		return fault.Refused("deliver.announcing", lawAnnounce, "day", going.Due.Chinese())
	}
	return nil
}

// serviceFacts are who received what, how and when.
func serviceFacts(c *Case, in Deliver, going *Attempt, who string, now time.Time) document.Facts {
	name := "准予决定及审批结果"
	if !c.Granted {
		name = "不予许可决定书"
	}
	d := &document.Delivery{Documents: []document.Served{{Name: name, Number: c.Number}}, Recipient: c.ApplicantName,
		Method: "电子送达", ReceivedBy: c.ApplicantName, ReceivedAt: now, Server: who, Proof: "受送达人同意电子送达，登录下载，系统记录"}
	signed := strings.TrimSpace(in.SignedBy)
	switch in.Way {
	case ByWindow:
		d.Method, d.ReceivedBy, d.Proof = "直接送达", signed, "凭取件码签收"
	case ByPost:
		d.Method, d.ReceivedBy, d.Proof = "邮寄送达", signed, going.Carrier+"，邮件号"+going.Tracking
		if in.On != 0 {
			d.ReceivedAt = in.On.Time()
		}
	case ByLeaving:
		d.Method, d.ReceivedBy, d.Witness = "留置送达", "（拒绝签收）", strings.TrimSpace(in.Witness)
		d.Proof = strings.TrimSpace(in.Why)
	case ByAnnouncement:
		d.Method, d.ReceivedBy = "公告送达", "（公告期满，视为送达）"
		d.Proof = "自" + calendar.DayOf(going.At).Chinese() + "起在" + going.Place + "公告，至" + going.Due.Chinese() + "期满；" + going.Why
	}
	return document.Facts{Delivery: d}
}

// pickup is what the pick-up code is derived from: it is another code than the
// one on the receipt, so that who follows a case cannot fetch its result.
func pickup(c *Case) string { return "pickup " + c.ID }

// PickupCode is the code with which the applicant fetches the result.
func (s *Service) PickupCode(c *Case) string { return s.keys.CheckCode(pickup(c)) }

// CheckCode is the code on the receipt with which anybody may follow the case.
func (s *Service) CheckCode(c *Case) string { return s.keys.CheckCode(c.Number) }
