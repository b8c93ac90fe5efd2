package hearing

import (
	"context"
	"strconv"
	"strings"
	"time"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/document"
	"onewindow/internal/business/interest"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
)

// Notify (听证通知) fixes when, where and under whom the hearing is held, and tells
// everybody.
type Notify struct {
	casework.Seen
	At         time.Time
	Place      string
	ChairLogin string
	Writer     string // 记录人, by name
	// Closed is why it is not held in public: 国家秘密、商业秘密 or 个人隐私.
	Closed string
	Late   string // why after the twentieth day
}

// Notify issues the notices, and the announcement for a hearing on motion. Who
// presides keeps out of the case's own steps from now on.
func (s *Service) Notify(ctx context.Context, who staff.Actor, in Notify) error {
	return s.on(ctx, who, in.Seen, staff.CaseExamine, func(t *turn) error {
		if err := in.check(); err != nil {
			return err
		}
		f := fixing{at: in.At, place: in.Place, writer: in.Writer, closedWhy: in.Closed, late: in.Late}
		if err := t.chair(in.ChairLogin, &f); err != nil {
			return err
		}
		if err := t.h.fix(f, t.Today(), t.Case.Flow, t.Calendar()); err != nil {
			return err
		}
		if err := t.preside(f); err != nil {
			return err
		}
		if err := t.notices(); err != nil {
			return err
		}
		t.Hold(t.h.hold(""))
		t.Tell(casework.Note{Kind: "hearing.noticed", Data: map[string]string{"at": t.h.HeldAt.Format(time.RFC3339)}, DocumentID: t.h.NoticeID})
		return nil
	})
}

func (in Notify) check() error {
	if in.At.IsZero() {
		f := fault.Invalid("form.invalid", fault.At("at", "text.required"))
		f.Law = lawNotice
		return f
	}
	return wanted(lawNotice, "place", in.Place, "chair", in.ChairLogin, "writer", in.Writer)
}

// chair finds who presides: an officer of the body whose role it is.
func (t *turn) chair(login string, f *fixing) error {
	hosts, err := staff.Colleagues(t.Tx, t.Case.BodyID, staff.HearingHost)
	for _, h := range hosts {
		if h.Login == strings.TrimSpace(login) {
			f.chairID, f.chair = h.AccountID, h.Name
		}
	}
	if err == nil && f.chairID == "" {
		return fault.Invalid("form.invalid", fault.At("chair", "hearing.no_host"))
	}
	return err
}

// preside keeps who presides out of the steps, and refuses who was recused.
func (t *turn) preside(f fixing) error {
	for _, r := range t.Case.Course.Recused {
		if r.AccountID == f.chairID && r.Ground == casework.GroundPreside {
			return nil
		}
		if r.AccountID == f.chairID {
			return fault.Refused("hearing.chair_recused", lawPreside, "name", f.chair)
		}
	}
	return t.Recuse(casework.Recused{AccountID: f.chairID, Name: f.chair, Ground: casework.GroundPreside, By: t.Who.Name, On: t.Today()})
}

// notices writes to everybody, and to the public on the body's own motion.
func (t *turn) notices() (err error) {
	facts := document.Facts{Hearing: &document.Hearing{At: t.h.HeldAt, Place: t.h.Place, Host: t.h.Chair, Private: t.h.ClosedWhy, Attendees: t.h.names()}}
	if t.h.NoticeID, err = t.Issue(document.TZTZ, facts); err != nil {
		return err
	}
	for _, p := range t.h.People {
		if p.Role != interest.Interested || p.Waived != 0 {
			continue
		}
		facts.Addressee = p.Name
		if _, err := t.Issue(document.TZTZ, facts); err != nil {
			return err
		}
	}
	if t.h.Kind != OnMotion {
		return nil
	}
	t.h.Announced = true
	public := *facts.Hearing
	public.Public = true
	_, err = t.Issue(document.TZTZ, document.Facts{Hearing: &public})
	return err
}

// names are those who take part.
func (h *Hearing) names() (out []string) {
	for _, p := range h.People {
		if p.Waived == 0 {
			out = append(out, p.Name)
		}
	}
	return out
}

// Postpone (延期举行) puts the hearing off; it is noticed anew, seven days before.
type Postpone struct {
	casework.Seen
	Why    MoveKind
	Reason string
}

// Postpone tells everybody with the new notice that follows.
func (s *Service) Postpone(ctx context.Context, who staff.Actor, in Postpone) error {
	return s.on(ctx, who, in.Seen, staff.CaseExamine, func(t *turn) error {
		if !in.Why.valid() {
			return fault.Invalid("form.invalid", fault.At("why", "hearing.move"))
		}
		if err := wanted(lawNotice, "reason", in.Reason); err != nil {
			return err
		}
		if err := t.h.postpone(Move{Why: in.Why, Reason: strings.TrimSpace(in.Reason), On: t.Today()}); err != nil {
			return err
		}
		t.Hold(t.h.hold(""))
		t.Tell(casework.Note{Kind: "hearing.postponed", Outcome: string(in.Why), Text: strings.TrimSpace(in.Reason)})
		return nil
	})
}

func (k MoveKind) valid() bool {
	for _, m := range MoveKinds() {
		if m == k {
			return true
		}
	}
	return false
}

// mostText bounds what is written, in characters.
const mostText = 6000

// wanted refuses empty and endless texts at their fields, given in pairs.
func wanted(law string, kv ...string) error {
	var wrong []fault.Field
	for i := 0; i+1 < len(kv); i += 2 {
		switch n := len([]rune(strings.TrimSpace(kv[i+1]))); {
		case n == 0:
			wrong = append(wrong, fault.At(kv[i], "text.required"))
		case n > mostText:
			wrong = append(wrong, fault.At(kv[i], "text.too_long", "max", num(mostText)))
		}
	}
	if len(wrong) == 0 {
		return nil
	}
	f := fault.Invalid("form.invalid", wrong...)
	f.Law = law
	return f
}

func num(n int) string { return strconv.Itoa(n) }
