package counter

import (
	"strings"

	"github.com/a-h/templ"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/registration"
	"onewindow/internal/web/caseview"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// opened is the page of a case at the window.
type opened struct {
	caseview.View
	Marks caseview.Marks
	Can   map[string]bool // acts that are this actor's and possible now
	Late  bool
	// promises are the acts on promises and registrations; Persons whom a
	// registration names.
	promises []*caseview.Deed
	Persons  registration.Persons
}

// Case shows a case with what can be done with it at the window.
func (p *Pages) Case(v *visit.Visit) error {
	view, err := p.cases.Load(v)
	if err != nil {
		return err
	}
	return v.Render(p.casePage(v, view))
}

func (p *Pages) casePage(v *visit.Visit, view caseview.View) templ.Component {
	o := opened{View: view, Marks: caseview.MarksOf(view.Dossier), Can: map[string]bool{}, Late: silent(view)}
	o.promises = p.promiseDeeds()
	for _, d := range append(p.deeds(), o.promises...) {
		o.Can[d.Key] = v.Actor.May(rightTo(d.Key), view.Subject()) == nil && d.Possible(view)
	}
	if persons, err := p.Identity.Persons(v.Context(), view.Dossier); err == nil {
		o.Persons = persons
		o.Can["identity"] = o.Can["identity"] && len(persons.Lacks) > 0
	}
	return frame(v, view.ItemName, casePage(o), p.cases.Crumbs(view, "")...)
}

// Unmask shows the case with the applicant's data in the clear.
func (p *Pages) Unmask(v *visit.Visit) error {
	view, err := p.cases.Unmask(v)
	if err != nil && view.Dossier == nil {
		return err
	}
	if err != nil {
		return v.Again(err, func(problems ui.Problems) templ.Component {
			view.Problems = problems
			return p.casePage(v, view)
		})
	}
	return v.Render(p.casePage(v, view))
}

// Review takes the ticked review points to the outcome that was chosen.
func (p *Pages) Review(v *visit.Visit) error {
	view, err := p.cases.Load(v)
	if err != nil {
		return err
	}
	d := p.accept()
	if v.Text("go") == "supplement" {
		d = p.supplement()
	}
	a := caseview.Act{View: view, Deed: d, Marks: caseview.ReadMarks(view.Impl, v.Text), Typed: map[string]string{}}
	return v.Render(p.cases.Page(v, a))
}

// awaiting says that the case waits for one of the five outcomes.
func awaiting(v caseview.View) bool { return v.Status == casework.StatusReceived }

// silent says that five working days have passed without word: the application
// is accepted by silence (行政许可法第三十二条第一款第（四）项).
func silent(v caseview.View) bool {
	return awaiting(v) && !v.CompleteAt.After(v.ReceivedAt) && v.Today > v.AnswerDue()
}

// atDelivery says that the result waits to be handed over.
func atDelivery(v caseview.View) bool {
	_, ok := v.Case.Open(v.Impl.Flow, flow.Deliver)
	return ok && (v.Status == casework.StatusGranted || v.Status == casework.StatusRefused)
}

func undecided(v caseview.View) bool {
	switch v.Status {
	case casework.StatusReceived, casework.StatusSupplement, casework.StatusHandling:
		return true
	}
	return false
}

// waits says who has the case when the window has not.
func (o opened) waits() string {
	if o.Status == casework.StatusSupplement {
		return "等待申请人补正。"
	}
	var names []string
	for _, t := range o.Flow.Open {
		names = append(names, "「"+o.Impl.Flow.NameOf(t.Step)+"」")
	}
	if len(names) == 0 {
		return "这个办件已经办结。"
	}
	return "现在由" + o.Impl.Body.Name + "办理" + strings.Join(names, "、") + "环节。"
}

// any says whether the window can do anything with the case.
func (o opened) any() bool {
	for _, can := range o.Can {
		if can {
			return true
		}
	}
	return false
}

// link is the way to the page of an act.
func (o opened) link(key string) string { return o.Path("/" + key) }
