package desk

import (
	"slices"

	"github.com/a-h/templ"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/complaint"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/licence"
	"onewindow/internal/business/registration"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/caseview"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// opened is the page of a case at the desk.
type opened struct {
	caseview.View
	Marks   caseview.Marks
	Persons registration.Persons
	Appeals []*complaint.Appeal
	Licence *licence.Licence // nil while none is issued, or not for this reader
	Turn    turn
	Handed  []flow.Step    // what the reader may hand over
	Reader  []string       // the bodies for which the reader examines
	Others  []caseview.Act // what else the reader may do
	Heard   []caseview.Act // what of it concerns hearing people
}

// turn is whether and how the reader may act at the step that waits.
type turn struct {
	Step flow.Step
	Open bool
	// Mine says that the step's right is the reader's; Bar is the rule that
	// keeps the reader from it all the same.
	Mine bool
	Bar  *ui.Problems
	Acts []caseview.Act // what can be done, the main one first
	Back *caseview.Act  // return to an earlier step
}

// Case shows a case with what the reader can do with it.
func (p *Pages) Case(v *visit.Visit) error {
	view, err := p.cases.Load(v)
	if err != nil {
		return err
	}
	return p.show(v, view)
}

// Unmask shows the case with the applicant's data in the clear.
func (p *Pages) Unmask(v *visit.Visit) error {
	view, err := p.cases.Unmask(v)
	if err != nil && view.Dossier == nil {
		return err
	}
	if err == nil {
		return p.show(v, view)
	}
	page, failed := p.page(v, view)
	if failed != nil {
		return failed
	}
	return v.Again(err, func(problems ui.Problems) templ.Component {
		page.Problems = problems
		return p.frame(v, page)
	})
}

func (p *Pages) show(v *visit.Visit, view caseview.View) error {
	page, err := p.page(v, view)
	if err != nil {
		return err
	}
	return v.Render(p.frame(v, page))
}

func (p *Pages) frame(v *visit.Visit, o opened) templ.Component {
	return frame(v, o.ItemName, casePage(o), p.cases.Crumbs(o.View, "")...)
}

func (p *Pages) page(v *visit.Visit, view caseview.View) (opened, error) {
	o := opened{View: view, Marks: caseview.MarksOf(view.Dossier), Turn: p.turn(v.Actor, view),
		Others: p.possible(p.beside(), v.Actor, view), Heard: p.possible(p.heardDeeds(), v.Actor, view),
		Handed: handed(v.Actor, view), Reader: v.Actor.ScopeFor(staff.CaseExamine).Bodies}
	persons, err := p.Identity.Persons(v.Context(), view.Dossier)
	if err != nil {
		return o, err
	}
	o.Persons = persons
	if o.Appeals, err = p.Grievances.Appeals(v.Context(), v.Actor, view.Case); err != nil {
		return o, err
	}
	if v.Actor.Can(staff.LicenceRead) {
		l, err := p.Licences.ByCase(v.Context(), v.Actor, view.ID)
		if err != nil && fault.Of(err).Kind != fault.KindMissing {
			return o, err
		}
		if err == nil {
			o.Licence = l
		}
	}
	return o, nil
}

// turn finds out what the reader may do: the right of the open step, the scope,
// and that one person does not do two steps that are kept apart.
func (p *Pages) turn(who staff.Actor, view caseview.View) turn {
	var t turn
	if len(view.Flow.Open) > 0 && view.Status != casework.StatusSupplement {
		t.Step, _ = view.Impl.Flow.Step(view.Flow.Open[0].Step)
		t.Open = true
	}
	for _, step := range view.Mine {
		if view.Status == casework.StatusSupplement || step.Act == flow.Accept || step.Act == flow.Deliver {
			continue
		}
		t.Step, t.Mine = step, true
		if err := barred(who, view, step); err != nil {
			problems := text.Problems(fault.Of(err))
			t.Bar = &problems
			continue // another branch may be the reader's
		}
		t.Bar = nil
		t.Acts, t.Back = p.actsAt(step, view)
		return t
	}
	return t
}

// barred is the rule that keeps the reader from a step that is theirs by right:
// separation of duties, or that it was handed to somebody else.
func barred(who staff.Actor, view caseview.View, step flow.Step) error {
	token, _ := view.Flow.Token(step.Key)
	if token.Officer != "" && token.Officer != who.AccountID && !who.Substitutes(token.Officer) {
		return fault.Refused("case.handed_over", "", "step", step.Name)
	}
	if err := view.Barred(who); err != nil {
		return err
	}
	return view.Impl.Flow.May(view.Flow, step.Key, who.AccountID)
}

// actsAt are the acts of a step.
func (p *Pages) actsAt(step flow.Step, view caseview.View) (acts []caseview.Act, back *caseview.Act) {
	act := func(d *caseview.Deed) caseview.Act {
		return caseview.Act{View: view, Deed: d, Marks: caseview.MarksOf(view.Dossier), Typed: map[string]string{}}
	}
	switch step.Act {
	case flow.Examine, flow.Review, flow.Opine:
		acts = append(acts, act(p.advance(step.Act)))
	case flow.Meet:
		acts = append(acts, act(p.meet()))
	case flow.Decide:
		acts = append(acts, act(p.grant()), act(p.refuse()))
	case flow.Issue:
		if view.HeldBack() == nil {
			acts = append(acts, act(p.issue()))
		}
	}
	if len(view.Impl.Flow.Returns(view.Flow, step.Key)) > 0 && slices.Contains(returning, step.Act) {
		a := act(p.sendBack(step.Act))
		back = &a
	}
	return acts, back
}

// beside are the acts beside the process.
func (p *Pages) beside() []deed {
	return append(p.others(), deed{p.plan(nil), staff.CaseExamine}, deed{p.begin(nil), staff.CaseSuspend})
}

// possible are the acts beside the process that the reader may do now.
func (p *Pages) possible(all []deed, who staff.Actor, view caseview.View) (out []caseview.Act) {
	if view.Barred(who) != nil && !who.Can(staff.HearingHost) {
		return nil
	}
	for _, d := range all {
		if who.May(d.need, view.Subject()) == nil && d.Possible(view) {
			out = append(out, caseview.Act{View: view, Deed: d.Deed, Marks: caseview.MarksOf(view.Dossier), Typed: map[string]string{}})
		}
	}
	return out
}

// at says whether the case waits at a step of the act.
func at(view caseview.View, act flow.Act, status casework.Status) bool {
	_, open := view.At(act, "")
	return open && view.Status == status
}

// waits says who has the case when the reader has not.
func (o opened) waits() string {
	switch {
	case o.Status == casework.StatusSupplement:
		return "等待申请人补正。"
	case !o.Turn.Open:
		return "这个办件已经办结。"
	}
	if len(o.Flow.Open) == 1 && o.Flow.Open[0].Body == "" {
		return "现在等待「" + o.Turn.Step.Name + "」环节办理，由「" + text.Label(text.Role, o.Turn.Step.Role) + "」承担。"
	}
	return "现在等待" + o.Waiting() + "办理。"
}
