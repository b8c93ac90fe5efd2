package app

import (
	"context"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/registration"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/sm"
)

// giveBack gives the papers of a registration back with what is wrong.
func (h *history) giveBack(ctx context.Context, impl *catalog.Implementation, seen casework.Seen) error {
	m := impl.Materials[1]
	return h.Register.ReturnPapers(ctx, h.actors["clerk"], registration.ReturnPapers{Seen: seen, Items: []casework.Item{{Material: m.No,
		Name: m.Name, Problem: "缺少股东签字", Standard: "全体股东签字、注明日期"}}})
}

// checkPersons checks those whom a registration names, as they stand at the
// window.
func (h *history) checkPersons(ctx context.Context, c *casework.Case) error {
	d, err := h.Casework.Dossier(ctx, h.actors["clerk"], c.ID)
	if err != nil {
		return err
	}
	p, err := h.Register.Persons(ctx, d)
	if err != nil {
		return err
	}
	for _, n := range p.Lacks {
		if err := h.Register.CheckIdentity(ctx, h.actors["clerk"], registration.CheckIdentity{Seen: casework.Seen{CaseID: c.ID}, Person: n.Key,
			Way: registration.InPerson, Receipt: "核对居民身份证原件，人证一致"}); err != nil {
			return err
		}
	}
	return nil
}

// choose is the way of handling that an applicant of the story chooses.
func (h *history) choose(impl *catalog.Implementation) casework.Mode {
	modes := casework.Modes(impl, impl.Variants[0].No)
	if len(modes) == 1 || h.chance.IntN(100) < 40 {
		return casework.ModeOrdinary
	}
	return modes[1+h.chance.IntN(len(modes)-1)]
}

// sign signs what is promised.
func (h *history) sign(ctx context.Context, who staff.Actor, draftID string, impl *catalog.Implementation, m casework.Mode, name string) error {
	words := casework.Words(impl, impl.Variants[0].No, m)
	if words == "" {
		return nil
	}
	return h.Casework.SignPromise(ctx, who, casework.SignPromise{DraftID: draftID, SM3: sm.Digest([]byte(words)), Agreed: true, Name: name})
}

// handIn brings to the window, sooner or later, what a case owes.
func (h *history) handIn(ctx context.Context, c *casework.Case) error {
	if c.Mode != casework.ModeTolerance || c.Status != casework.StatusHandling || h.chance.IntN(100) < 50 {
		return nil
	}
	d, err := h.Casework.Dossier(ctx, h.actors["clerk"], c.ID)
	if err != nil || !d.Owing.Open() {
		return err
	}
	paper := map[string]int{}
	for _, i := range d.Owing.Items {
		paper[i.Material] = 1
	}
	if err := h.Casework.HandInOwed(ctx, h.actors["clerk"], casework.HandInOwed{Seen: casework.Seen{CaseID: c.ID}, Paper: paper}); err != nil {
		return err
	}
	c.Version++
	return nil
}
