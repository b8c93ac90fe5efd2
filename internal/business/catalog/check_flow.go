package catalog

import (
	"context"
	"errors"

	"onewindow/internal/business/flow"
	"onewindow/internal/business/org"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// stepNeeds is what an officer must be able to do at a step of the body's own.
// Accepting and delivering are the hall's.
var stepNeeds = map[flow.Act]staff.Permission{flow.Examine: staff.CaseExamine, flow.Review: staff.CaseReview, flow.Opine: staff.CaseExamine,
	flow.Meet: staff.CaseReview, flow.Decide: staff.CaseDecide, flow.Issue: staff.CaseIssue}

// CheckFlow is everything that is wrong with the process of a version: what the
// definition says of itself, what it asks of a form that does not ask it, and
// steps that nobody could do. It is fault flow.definition with a field each.
func (s *Service) CheckFlow(ctx context.Context, i *Implementation) error {
	var wrong []fault.Field
	for _, err := range []error{i.Flow.Check(), i.Flow.CheckForm(i.Form), s.peopled(ctx, i)} {
		var f *fault.Fault
		switch {
		case err == nil:
		case errors.As(err, &f) && f.Code == "flow.definition":
			wrong = append(wrong, f.Fields...)
		default:
			return err
		}
	}
	if len(wrong) > 0 {
		return fault.Invalid("flow.definition", wrong...)
	}
	return nil
}

// peopled: every step has a body that is there, and somebody in it.
func (s *Service) peopled(ctx context.Context, i *Implementation) error {
	var wrong []fault.Field
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		for _, step := range i.Flow.Steps() {
			need, asked := stepNeeds[step.Act]
			if !asked || step.Body == flow.Lower { // which township it is, the case says
				continue
			}
			id := step.Body
			if id == "" {
				id = i.Body.ID
			}
			body, err := org.LoadBody(tx, id)
			if f := fault.Of(err); f != nil && f.Kind == fault.KindMissing || err == nil && !body.Active {
				wrong = append(wrong, fault.At(step.Key+".body", "flow.body_unknown", "step", step.Name))
				continue
			}
			if err != nil {
				return err
			}
			all, err := staff.Colleagues(tx, id, need)
			if err != nil {
				return err
			}
			if len(all) == 0 {
				wrong = append(wrong, fault.At(step.Key+".role", "flow.nobody", "step", step.Name, "body", body.Name, "role", step.Role))
			}
		}
		return nil
	})
	if err == nil && len(wrong) > 0 {
		err = fault.Invalid("flow.definition", wrong...)
	}
	return err
}
