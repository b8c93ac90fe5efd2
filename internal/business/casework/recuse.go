package casework

import (
	"context"
	"slices"
	"strings"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// Citations of recusal. 行政许可法 speaks of who presides over a hearing alone; the
// general duty stands in the civil servants' law.
const (
	lawRecuse      = "公务员法第七十六条"
	lawRecuseApply = "公务员法第七十七条"
	lawPreside     = "行政许可法第四十八条第一款第（三）项"
)

// Ground is why somebody keeps out of a case (公务员法第七十六条).
type Ground string

// The grounds of recusal.
const (
	GroundOwn     Ground = "own"     // 涉及本人利害关系
	GroundKin     Ground = "kin"     // 涉及亲属利害关系
	GroundOther   Ground = "other"   // 其他可能影响公正的情形
	GroundPreside Ground = "preside" // 主持听证的人不审查、不决定
)

// Grounds are those that an officer may give.
func Grounds() []Ground { return []Ground{GroundOwn, GroundKin, GroundOther} }

// Recused is an officer who keeps out of the case.
type Recused struct {
	AccountID string       `json:"account_id"`
	Name      string       `json:"name"`
	Ground    Ground       `json:"ground"`
	By        string       `json:"by"` // the name of who decided it; the officer's own for their own wish
	On        calendar.Day `json:"on"`
}

// Recuse (回避) keeps an officer out of a case for good.
type Recuse struct {
	Seen
	// Login names the officer; empty for oneself.
	Login  string
	Ground Ground
	Reason string
}

// Recuse takes effect at once: who has told an interest does not act on until
// somebody finds time to decide. Another officer is recused by who decides in
// the case; what that officer did before stays and is seen.
func (s *Service) Recuse(ctx context.Context, who staff.Actor, in Recuse) error {
	right := staff.CaseRead
	if in.Login != "" {
		right = staff.CaseDecide
	}
	return s.Act(ctx, who, in.Seen, right, func(t *Turn) error {
		if who.Kind != staff.Officer {
			return fault.Denied("permission")
		}
		if err := in.check(); err != nil {
			return err
		}
		r := Recused{AccountID: who.AccountID, Name: who.Name, Ground: in.Ground, By: who.Name, On: t.Today()}
		if err := in.other(t, &r); err != nil {
			return err
		}
		if err := t.Recuse(r); err != nil {
			return err
		}
		t.Tell(Note{Kind: "case.recused", Outcome: string(in.Ground), Text: r.Name + "：" + strings.TrimSpace(in.Reason)})
		return t.warnUnmanned()
	})
}

func (in Recuse) check() error {
	if !slices.Contains(Grounds(), in.Ground) {
		f := fault.Invalid("form.invalid", fault.At("ground", "recusal.ground"))
		f.Law = lawRecuse
		return f
	}
	return needed(lawRecuse, "reason", in.Reason)
}

// other puts the officer who is named by login in the place of oneself.
func (in Recuse) other(t *Turn, r *Recused) error {
	if in.Login == "" {
		return nil
	}
	accountID, err := staff.IDOfLogin(t.Tx, in.Login)
	if err != nil {
		return fault.Invalid("form.invalid", fault.At("login", "recusal.nobody"))
	}
	r.AccountID = accountID
	r.Name, err = staff.NameOf(t.Tx, accountID)
	return err
}

// Recuse keeps an officer out of the case: an act of theirs is refused from now
// on, and the lines of the case leave their work lists.
func (t *Turn) Recuse(r Recused) error {
	if t.Case.Status.Ended() {
		return fault.Conflict("case.not_at_step", "status", string(t.Case.Status))
	}
	if t.Case.Course.Out(r.AccountID) {
		return fault.Conflict("recusal.twice", "name", r.Name)
	}
	t.Case.Course.Recused = append(slices.Clone(t.Case.Course.Recused), r)
	for _, token := range t.Case.Flow.Open {
		if token.Officer == r.AccountID { // what was handed to them is anybody's of the role again
			t.Case.Flow = t.Case.Flow.Assign(token.Step, "")
		}
	}
	t.Tx.Append(`insert into recusal (case_id, account_id, ground, at) values ($1, $2, $3, $4)`,
		t.Case.ID, r.AccountID, string(r.Ground), db.Stamp(t.Tx.Now))
	return nil
}

// Out says whether the officer keeps out of the case.
func (c Course) Out(accountID string) bool {
	return slices.ContainsFunc(c.Recused, func(r Recused) bool { return r.AccountID == accountID })
}

// Barred is why an officer may do nothing more in the case, nil when they may.
func (c *Case) Barred(who staff.Actor) error { return c.out(who, staff.CaseRead) }

// out refuses every act of an officer who was recused (公务员法第七十六条), and of
// who presides over its hearing (行政许可法第四十八条第一款第（三）项).
func (c *Case) out(who staff.Actor, p staff.Permission) error {
	for _, r := range c.Course.Recused {
		if r.AccountID != who.AccountID {
			continue
		}
		if r.Ground == GroundPreside && p == staff.HearingHost {
			return nil
		}
		if r.Ground == GroundPreside {
			return fault.Refused("recusal.presides", lawPreside)
		}
		return fault.Refused("recusal.recused", lawRecuseApply, "on", r.On.Chinese(), "by", r.By)
	}
	return nil
}
