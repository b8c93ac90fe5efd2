package procedure

import (
	"context"
	"strings"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/document"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/id"
)

// Begin starts a special procedure (启动特别程序).
type Begin struct {
	casework.Seen
	Kind Kind
	Name string // which of the matter's own, where it has several of the kind
	// Days are the working days that it needs, as the notice tells the applicant;
	// 0 leaves the clock running.
	Days     int
	Law      string // the law that asks for it, where the matter names none
	Why      string // for the file
	Officers []Appoint
}

// Begin issues the notice of the time needed (TBCX) and stops the clock from
// today for at most the days that it names. It gives the procedure's id.
func (s *Service) Begin(ctx context.Context, who staff.Actor, in Begin) (procedureID string, err error) {
	procedureID = id.New()
	err = s.o.Casework.Act(ctx, who, in.Seen, staff.CaseSuspend, func(t *casework.Turn) error {
		p, err := s.begin(t, in, procedureID)
		if err != nil {
			return err
		}
		note := casework.Note{Kind: "procedure.started", Text: p.said(in.Why), Data: p.told()}
		if p.Stops() {
			note.Kind = "procedure.begun"
			if err := t.Case.Pause(p.pause(), t.Impl, t.Calendar()); err != nil {
				return err
			}
			t.Reproject()
			if note.DocumentID, err = t.Issue(document.TBCX, document.Facts{Procedure: p.facts()}); err != nil {
				return err
			}
		}
		insert(t.Tx, p)
		if p.Late {
			event.Publish(t.Tx, LateTopic, p.ID, p.noticed(t))
		}
		t.Hold(p.hold("procedure.holds"))
		t.Tell(note)
		return nil
	})
	return procedureID, err
}

func (p *Procedure) pause() casework.Pause {
	return casework.Pause{ID: p.ID, Kind: string(p.Kind), Law: p.Law, From: p.From, Days: p.Days}
}

// hold makes the decision wait for the result.
func (p *Procedure) hold(code string) casework.Hold {
	return casework.Hold{ID: p.ID, Kind: string(p.Kind), Law: p.Law, Code: code, Blocks: []flow.Act{flow.Decide}, Until: p.By}
}

// LateTopic is published when officers were assigned after the fifth working day
// (行政许可法第五十五条第二款); the payload is casework.Noticed.
const LateTopic = "procedure.assigned_late"

func (p *Procedure) noticed(t *casework.Turn) casework.Noticed {
	c := t.Case
	return casework.Noticed{Happened: casework.Happened{CaseID: c.ID, Number: c.Number, Status: c.Status, ItemName: c.ItemName, BodyID: c.BodyID,
		IntakeID: c.IntakeID, ApplicantID: c.ApplicantID, AgentID: c.AgentID, Step: c.Steps()}, Person: p.StartBy,
		Due: t.Calendar().AddWorking(calendar.DayOf(c.AcceptedAt), assignDays)}
}

// begin checks the case and its matter.
func (s *Service) begin(t *casework.Turn, in Begin, procedureID string) (*Procedure, error) {
	choice, err := choose(t.Impl, in.Kind, in.Name, in.Days)
	if err != nil {
		return nil, err
	}
	if err := needed(lawStop, []string{"law", choice.law(in.Law), "why", in.Why}); err != nil {
		return nil, err
	}
	all, err := ofCase(t.Tx, t.Case.ID)
	if err != nil {
		return nil, err
	}
	today := calendar.DayOf(t.Tx.Now)
	if err := mayBegin(t.Case, all, choice, in.Days, today); err != nil {
		return nil, err
	}
	p := &Procedure{ID: procedureID, CaseID: t.Case.ID, Kind: choice.Kind, State: Open, Round: rounds(all, choice.Kind) + 1,
		Name: choice.Name, Law: choice.law(strings.TrimSpace(in.Law)), Days: in.Days, From: today, Case: about(t.Case),
		StartBy: t.Who.AccountID, StartAt: t.Tx.Now}
	if p.Days > 0 {
		p.By = s.calendar().AddWorking(today.AddDays(-1), p.Days)
	}
	if p.Kind.Technical() {
		p.Late = today > s.calendar().AddWorking(calendar.DayOf(t.Case.AcceptedAt), assignDays)
		p.Officers, err = s.appoint(t, in.Officers, twoPeople, lawInspect)
	}
	return p, err
}

// assignDays is 五日 of 行政许可法第五十五条第二款: working days from acceptance within
// which two officers are assigned.
const assignDays = 5

// twoPeople is 两名以上.
const twoPeople = 2

func (s *Service) appoint(t *casework.Turn, list []Appoint, least int, law string) ([]Officer, error) {
	from, err := candidates(t.Tx, t.Case.BodyID, t.Impl.Regulator.ID)
	if err != nil {
		return nil, err
	}
	return appointed(list, from, least, law)
}

// mayBegin: only in an accepted case that is not decided, before its limit has
// passed, and not while the same procedure is going on.
func mayBegin(c *casework.Case, all []Procedure, choice Choice, days int, today calendar.Day) error {
	if c.Status != casework.StatusHandling {
		return fault.Conflict("case.not_at_step", "status", string(c.Status))
	}
	for _, p := range all {
		if p.Kind == choice.Kind && p.Name == choice.Name && !p.State.Ended() {
			return fault.Conflict("procedure.running_already", "name", p.Name)
		}
	}
	switch {
	case days > 0 && c.StatutoryDue == 0:
		return fault.Refused("procedure.no_limit", lawStop)
	case days > 0 && today > c.StatutoryDue:
		return fault.Refused("procedure.too_late", lawStop, "due", c.StatutoryDue.Chinese())
	}
	return nil
}

// rounds is how many of a kind there were already.
func rounds(all []Procedure, k Kind) (n int) {
	for _, p := range all {
		if p.Kind == k {
			n++
		}
	}
	return n
}

// facts are the procedure as its notices state it.
func (p *Procedure) facts() *document.Procedure {
	f := &document.Procedure{Name: p.Name, Law: p.Law, Needs: digits(p.Days) + "个工作日", From: &p.From}
	if p.To != 0 {
		f.To, f.Conclusion = &p.To, p.concluded()
	}
	return f
}

// said is the line of the history.
func (p *Procedure) said(why string) string {
	parts := []string{p.Name}
	if p.Days > 0 {
		parts = append(parts, "所需时间"+digits(p.Days)+"个工作日")
	}
	if p.Late {
		parts = append(parts, "指派晚于受理后第5个工作日")
	}
	return strings.Join(parts, "，") + "。" + strings.TrimSpace(why)
}

// told is what goes into the case's history as data.
func (p *Procedure) told() map[string]any {
	return map[string]any{"procedure": p.ID, "kind": p.Kind, "round": p.Round, "days": p.Days, "late": p.Late}
}
