package catalog

import (
	"context"
	"errors"
	"slices"

	"onewindow/internal/business/flow"
	"onewindow/internal/business/org"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

var actNeeds = map[flow.Act]staff.Permission{flow.Accept: staff.CaseAccept, flow.Examine: staff.CaseExamine, flow.Review: staff.CaseReview,
	flow.Decide: staff.CaseDecide, flow.Issue: staff.CaseIssue, flow.Deliver: staff.CaseDeliver}

// ActNeed is the permission that a step's act needs; "" for giving an opinion
// and holding a meeting, which are the work of the role that the step names.
func ActNeed(act flow.Act) staff.Permission { return actNeeds[act] }

// StepNeed is the permission that a step needs.
func StepNeed(step flow.Step) staff.Permission {
	if p, ok := actNeeds[step.Act]; ok {
		return p
	}
	if p, ok := staff.Role(step.Role).Work(); ok {
		return p
	}
	return staff.CaseExamine
}

// CheckFlow is everything that is wrong with the process of a version: what the
// definition says of itself, what it asks of a form that does not ask it, and
// steps that nobody could do. It is fault flow.definition with a field each.
func (s *Service) CheckFlow(ctx context.Context, i *Implementation) error {
	var wrong []fault.Field
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		wrong, err = wrongFlow(tx, i)
		return err
	})
	if err == nil && len(wrong) > 0 {
		err = fault.Invalid("flow.definition", wrong...)
	}
	return err
}

// wrongFlow is CheckFlow inside another act.
func wrongFlow(tx *db.Tx, i *Implementation) (wrong []fault.Field, err error) {
	for _, err := range []error{i.Flow.Check(), i.Flow.CheckForm(i.Form)} {
		var f *fault.Fault
		switch {
		case err == nil:
		case errors.As(err, &f) && f.Code == "flow.definition":
			wrong = append(wrong, f.Fields...)
		default:
			return nil, err
		}
	}
	who := map[string][]staff.Colleague{}
	for _, step := range i.Flow.Steps() {
		x, err := hands(tx, i, step)
		if err != nil {
			return nil, err
		}
		wrong = append(wrong, x.wrong...)
		who[step.Key] = x.people
	}
	return append(wrong, alone(i.Flow, who)...), nil
}

// alone are the steps that only one and the same person could do who must not do both.
func alone(d flow.Definition, who map[string][]staff.Colleague) (wrong []fault.Field) {
	for _, step := range d.Steps() {
		for _, key := range step.ApartFrom {
			if mine := who[step.Key]; len(mine) == 1 && slices.Equal(mine, who[key]) {
				wrong = append(wrong, fault.At(step.Key+".apart_from", "flow.alone", "step", step.Name, "other", d.NameOf(key), "person", mine[0].Name))
			}
		}
	}
	return wrong
}

// manned is who can do a step, and what is wrong where nobody can.
type manned struct {
	people []staff.Colleague
	wrong  []fault.Field
}

// place is where a step's work waits, and what it is called.
type place struct {
	subject staff.Subject
	name    string
}

// hands finds who can do a step wherever it waits. Which township a step of the
// lower body waits at, the case says: there it is enough that one has somebody,
// see Unmanned.
func hands(tx *db.Tx, i *Implementation, step flow.Step) (m manned, err error) {
	places, err := i.places(tx, step)
	if f := fault.Of(err); f != nil && f.Kind == fault.KindMissing {
		return manned{wrong: []fault.Field{fault.At(step.Key+".body", "flow.body_unknown", "step", step.Name)}}, nil
	}
	if err != nil {
		return m, err
	}
	lower := step.Body == flow.Lower
	for _, p := range places {
		people, err := able(tx, step, p.subject)
		switch {
		case err != nil:
			return m, err
		case len(people) == 0 && !lower:
			m.wrong = append(m.wrong, nobody(step, p.name))
		}
		m.people = append(m.people, people...)
	}
	if lower && len(m.people) == 0 {
		m.wrong = append(m.wrong, nobody(step, "各乡镇、街道"))
	}
	return m, nil
}

func nobody(step flow.Step, where string) fault.Field {
	return fault.At(step.Key+".role", "flow.nobody", "step", step.Name, "body", where, "role", step.Role)
}

// able are those who hold both what the step's act needs and what puts it on
// their work list.
func able(tx *db.Tx, step flow.Step, x staff.Subject) ([]staff.Colleague, error) {
	need := StepNeed(step)
	people, err := staff.Able(tx, need, x)
	seen, ok := staff.Role(step.Role).Work()
	if err != nil || !ok || seen == need {
		return people, err
	}
	others, err := staff.Able(tx, seen, x)
	return slices.DeleteFunc(people, func(c staff.Colleague) bool { return !slices.Contains(others, c) }), err
}

// places are where a step's work waits: the halls that take the matter in for
// accepting and delivering (行政许可法第二十六条), else the step's body. Fault
// org.body when that is gone.
func (i *Implementation) places(tx *db.Tx, step flow.Step) (out []place, err error) {
	switch {
	case step.Act == flow.Accept || step.Act == flow.Deliver:
		for _, w := range i.Windows {
			p := place{staff.Subject{BodyID: i.Body.ID, IntakeID: w.HallID}, w.Hall}
			if !slices.Contains(out, p) {
				out = append(out, p)
			}
		}
		if len(out) == 0 {
			out = []place{{staff.Subject{BodyID: i.Body.ID}, i.Body.Name}}
		}
		return out, nil
	case step.Body == flow.Lower:
		return townships(tx)
	}
	id := step.Body
	if id == "" {
		id = i.Body.ID
	}
	b, err := org.LoadBody(tx, id)
	if err == nil && !b.Active {
		err = fault.Missing("org.body")
	}
	return []place{{staff.Subject{BodyID: b.ID}, b.Name}}, err
}

func townships(tx *db.Tx) (out []place, err error) {
	all, err := org.Bodies(tx)
	for _, b := range all {
		if b.Active && b.Kind == org.Township {
			out = append(out, place{staff.Subject{BodyID: b.ID}, b.Name})
		}
	}
	return out, err
}

// unmanned names the townships in which nobody could do the steps of the lower
// body. Cases from there are examined by the deciding body itself; see
// casework's lowerOf.
func unmanned(tx *db.Tx, i *Implementation) (names []string, err error) {
	for _, step := range i.Flow.Steps() {
		if step.Body != flow.Lower {
			continue
		}
		all, err := townships(tx)
		if err != nil {
			return nil, err
		}
		for _, p := range all {
			people, err := able(tx, step, p.subject)
			if err != nil {
				return nil, err
			}
			if len(people) == 0 && !slices.Contains(names, p.name) {
				names = append(names, p.name)
			}
		}
	}
	return names, nil
}
