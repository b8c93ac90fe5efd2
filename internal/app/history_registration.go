package app

import (
	"context"
	"errors"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/registration"
	"onewindow/internal/kit/fault"
)

// see has the persons whom a registration names come to the window before it is
// decided. It says that the case waits for them today.
func (h *history) see(ctx context.Context, c *casework.Case, impl *catalog.Implementation, step flow.Step) (bool, error) {
	if !impl.Registration || step.Act != flow.Decide || h.chance.IntN(100) < 15 {
		return false, nil
	}
	clerk := h.actors["clerk"]
	d, err := h.Casework.Dossier(ctx, clerk, c.ID)
	if err != nil {
		return false, err
	}
	persons, err := h.Register.Persons(ctx, d)
	if err != nil {
		return false, err
	}
	for _, p := range persons.Lacks {
		err := h.Register.CheckIdentity(ctx, clerk, registration.CheckIdentity{Seen: casework.Seen{CaseID: c.ID}, Person: p.Key,
			Way: registration.InPerson, Receipt: "查验居民身份证原件（示例）"})
		if err != nil && !errors.Is(err, fault.Conflict("registration.identity_done")) {
			return false, err
		}
	}
	return len(persons.Lacks) > 0, nil
}
