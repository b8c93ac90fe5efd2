package casework

import (
	"slices"

	"onewindow/internal/business/flow"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/event"
)

// UnmannedTopic is published when somebody kept out of a case leaves a role with
// nobody who could do its steps; the payload is Unmanned.
const UnmannedTopic = "case.unmanned"

// Unmanned says which roles nobody is left for (公务员法第七十七条: 依法回避). Somebody
// must be posted or named as a substitute; the clock does not stop for it.
type Unmanned struct {
	Happened
	Roles []string
}

// warnUnmanned tells of the roles of the deciding body that nobody is left for.
func (t *Turn) warnUnmanned() error {
	var roles []string
	for _, step := range t.Impl.Flow.Steps() {
		if !slices.Contains([]flow.Act{flow.Examine, flow.Review, flow.Decide, flow.Issue}, step.Act) || slices.Contains(roles, step.Role) {
			continue
		}
		holders, err := staff.Holders(t.Tx, t.Case.BodyID, staff.Role(step.Role))
		if err != nil {
			return err
		}
		if len(holders) > 0 && !slices.ContainsFunc(holders, func(id string) bool { return !t.Case.Course.Out(id) }) {
			roles = append(roles, step.Role)
		}
	}
	if len(roles) > 0 {
		event.Publish(t.Tx, UnmannedTopic, t.Case.ID, Unmanned{t.Case.happened(Note{Step: t.Case.Steps()}), roles})
	}
	return nil
}
