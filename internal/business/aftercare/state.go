package aftercare

import (
	"context"
	"slices"
	"strings"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// Seen names the procedure of an act and the version that the person saw.
type Seen struct {
	ID      string
	Version int // 0 takes the newest
}

// State (陈述申辩) is what the holder says to the notice.
type State struct {
	Seen
	Text string
}

// mostStatement bounds what is written, in characters.
const mostStatement = 5000

// State is the holder's, once, until the last day of the notice.
func (s *Service) State(ctx context.Context, who staff.Actor, in State) error {
	return s.state(ctx, who, staff.LicenceAnswer, in, Online)
}

func (s *Service) state(ctx context.Context, who staff.Actor, right staff.Permission, in State, via Via) error {
	return s.act(ctx, who, in.Seen, right, func(tx *db.Tx, p *Proceeding) error {
		if via == Announce || !slices.Contains(Vias(), via) || right == staff.LicenceProceed && via == Online {
			return fault.Invalid("form.invalid", fault.At("via", "aftercare.via"))
		}
		if err := p.state(in.Text, calendar.DayOf(tx.Now)); err != nil {
			return err
		}
		p.StatedAt, p.StatedVia = tx.Now, via
		p.tell(tx, who, "aftercare.stated", "")
		return nil
	})
}

// Record (登记陈述申辩) takes down what was said in person or came by post.
type Record struct {
	State
	Via Via
}

// Record is the officer's who handles the procedure.
func (s *Service) Record(ctx context.Context, who staff.Actor, in Record) error {
	return s.state(ctx, who, staff.LicenceProceed, in.State, in.Via)
}

// speaker is who acts with the number and code of a letter.
var speaker = staff.Machine("受告知人（凭编号和查询码）")

// Known is the procedure whose letter has the number and its check code. A
// wrong code and an unknown number are answered alike.
func (s *Service) Known(ctx context.Context, number, code string) (p *Proceeding, err error) {
	number = strings.ToUpper(strings.Join(strings.Fields(number), ""))
	right := s.o.Keys.CheckCodeMatches("proceeding:"+number, code)
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		all, err := db.List(tx, s.scan, columns+`where number = $1 and number <> '' limit 1`, number)
		if err != nil {
			return err
		}
		if len(all) == 0 || !right {
			return fault.Missing("aftercare.letter")
		}
		p = all[0]
		return nil
	})
	return p, err
}

// StateByCode is what somebody says who came with number and code.
func (s *Service) StateByCode(ctx context.Context, number, code, text string) error {
	p, err := s.Known(ctx, number, code)
	if err != nil {
		return err
	}
	return s.state(ctx, speaker, staff.LicenceProceed, State{Seen: Seen{ID: p.ID}, Text: text}, ByCode)
}

// Answer (答复陈述申辩) says whether what was said is followed, and why.
type Answer struct {
	Seen
	Text string
}

// Answer is the officer's who handles the procedure, before it is decided.
func (s *Service) Answer(ctx context.Context, who staff.Actor, in Answer) error {
	return s.act(ctx, who, in.Seen, staff.LicenceProceed, func(tx *db.Tx, p *Proceeding) error {
		if err := p.reply(in.Text); err != nil {
			return err
		}
		p.tell(tx, who, "aftercare.answered", "")
		return nil
	})
}

func (p *Proceeding) reply(text string) error {
	text = strings.TrimSpace(text)
	switch {
	case p.Status != Notified:
		return fault.Conflict("aftercare.not_open", "status", string(p.Status))
	case p.Statement == "":
		return fault.Conflict("aftercare.nothing_said")
	case p.Answer != "":
		return fault.Conflict("aftercare.answered")
	case text == "":
		return fault.Invalid("form.invalid", fault.At("reply", "form.required", "label", "答复和理由"))
	case len([]rune(text)) > mostStatement:
		return fault.Invalid("form.invalid", fault.At("reply", "form.too_long", "max", "5000", "n", ""))
	}
	p.Answer = text
	return nil
}

func (p *Proceeding) state(text string, today calendar.Day) error {
	text = strings.TrimSpace(text)
	switch {
	case p.Status != Notified:
		return fault.Conflict("aftercare.not_open", "status", string(p.Status))
	case p.Statement != "":
		return fault.Conflict("aftercare.stated")
	case today > p.Until:
		return fault.Refused("aftercare.late", lawHeard, "day", p.Until.Chinese())
	case text == "":
		return fault.Invalid("form.invalid", fault.At("text", "form.required", "label", "陈述和申辩"))
	case len([]rune(text)) > mostStatement:
		return fault.Invalid("form.invalid", fault.At("text", "form.too_long", "max", "5000", "n", ""))
	}
	p.Statement = text
	return nil
}

// Request (申请注销) is the holder's wish to give a licence up. A decider decides.
type Request struct {
	LicenceID string
	Reasons   string
}

// Request gives the id of the procedure.
func (s *Service) Request(ctx context.Context, who staff.Actor, in Request) (proceedingID string, err error) {
	if err := who.Must(staff.LicenceAnswer); err != nil {
		return "", err
	}
	var caseID string
	err = s.db.Act(ctx, func(tx *db.Tx) error {
		l, err := s.licenceFor(tx, who, staff.LicenceAnswer, in.LicenceID)
		if err != nil {
			return err
		}
		caseID = l.CaseID
		if strings.TrimSpace(in.Reasons) == "" {
			return fault.Invalid("form.invalid", fault.At("reasons", "form.required", "label", "申请注销的原因"))
		}
		p := proceedingOn(l, who, tx)
		p.Kind, p.Ground, p.Requested, p.Reasons = Deregister, "requested", true, lines(in.Reasons)
		g, _ := GroundOf(Deregister, "requested")
		if err := g.fits(Deregister, l.StatusOn(calendar.DayOf(tx.Now))); err != nil {
			return err
		}
		if l.Ended() {
			return fault.Refused("aftercare.standing", g.Law, "status", string(l.StatusOn(calendar.DayOf(tx.Now))))
		}
		proceedingID = p.ID
		return s.begin(tx, who, l, p)
	})
	s.o.Casework.KeepRefusal(ctx, who, caseID, staff.LicenceAnswer, err)
	return proceedingID, asOpen(err)
}
