package app

import (
	"context"
	"fmt"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/form"
	"onewindow/internal/business/licence"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
)

// A renewing is a licence that was granted years ago, ends in the past weeks,
// and is to be renewed: in time, late, or in time and left undecided.
type renewing struct {
	code      string // basic code of the matter
	holder    string // login
	ends      int    // about how many days before the story's end it ends
	asks      int    // days before its end on which its renewal is asked for
	undecided bool   // the body lets it lie

	licenceID, caseID string
	end               calendar.Day
}

// renewals are the ways of 行政许可法第五十条: asked for in time and granted before
// the end; asked for after the last day, examined, and not renewed by silence;
// asked for in time and renewed by silence; asked for when it had ended, refused,
// and applied for anew.
func renewals() []*renewing {
	return []*renewing{
		{code: "130190001000", holder: "lina", ends: 12, asks: 32},
		{code: "130190004000", holder: "wangxiaoming", ends: 16, asks: 11, undecided: true},
		{code: "130190001000", holder: "wangxiaoming", ends: 8, asks: 33, undecided: true},
		{code: "130190004000", holder: "lina", ends: 25, asks: -3},
	}
}

// earlier lives through the days, years ago, on which those licences were
// granted.
func (h *history) earlier(ctx context.Context) error {
	h.renewing = renewals()
	for _, r := range h.renewing {
		impl := h.matter(r.code)
		if impl == nil {
			continue
		}
		begun := h.cal.AddWorking(h.today.AddDays(-r.ends).AddMonths(-impl.Result.Months), -8)
		h.clock.Set(begun.Time().Add(9*time.Hour + 20*time.Minute))
		caseID, err := h.applyFor(ctx, impl, h.actors[r.holder], casework.About{}, false)
		if err != nil {
			return err
		}
		if err := h.finish(ctx, caseID); err != nil {
			return fmt.Errorf("%s: %w", impl.Name, err)
		}
		h.made++
		if r.licenceID, err = h.one(ctx, `select id from licence where case_id = $1`, caseID); err != nil {
			return err
		}
		end, err := h.one(ctx, `select valid_to from licence where case_id = $1`, caseID)
		if err != nil {
			return err
		}
		if r.end, err = calendar.ParseDay(end); err != nil {
			return err
		}
	}
	return nil
}

// finish takes a case to its end, a step a day.
func (h *history) finish(ctx context.Context, caseID string) error {
	for range 30 {
		h.clock.Set(h.cal.AddWorking(calendar.DayOf(h.clock.Now()), 1).Time().Add(9*time.Hour + 40*time.Minute))
		if ended, err := h.onward(ctx, caseID); err != nil || ended {
			return err
		}
	}
	return nil
}

// renew asks for the renewals on their days and takes those forward that the
// body does not let lie.
func (h *history) renew(ctx context.Context, today calendar.Day) error {
	for _, r := range h.renewing {
		var err error
		switch {
		case r.licenceID == "" || today < r.end.AddDays(-r.asks):
		case r.caseID == "":
			err = h.ask(ctx, r)
		case !r.undecided || today > r.end:
			_, err = h.onward(ctx, r.caseID)
		}
		if err := lawful(err); err != nil {
			return err
		}
	}
	return nil
}

// ask applies for the renewal; whose licence has ended is refused and applies
// anew.
func (h *history) ask(ctx context.Context, r *renewing) error {
	who := h.actors[r.holder]
	h.made++
	draftID, err := h.Licence.Apply(ctx, who, licence.Apply{LicenceID: r.licenceID, Purpose: casework.PurposeRenew})
	if f := fault.Of(err); f != nil && f.Code == "licence.expired" {
		r.caseID, err = h.applyFor(ctx, h.matter(r.code), who, casework.About{}, false)
		return err
	}
	if err != nil {
		return err
	}
	r.caseID, err = h.complete(ctx, who, draftID, func(form.Values) {})
	return err
}

// onward takes a case one step on, without luck.
func (h *history) onward(ctx context.Context, caseID string) (ended bool, err error) {
	c, err := h.caseOf(ctx, caseID)
	if err != nil || c.Status.Ended() || len(c.Flow.Open) == 0 {
		return true, err
	}
	impl, err := h.Catalog.ByID(ctx, c.ImplementationID)
	if err != nil {
		return false, err
	}
	impl = c.In(impl)
	step, _ := impl.Flow.Step(c.Flow.Open[0].Step)
	if busy, err := h.proceed(ctx, c, impl, step); busy || err != nil {
		return false, err
	}
	seen := casework.Seen{CaseID: c.ID, Version: c.Version}
	switch step.Act {
	case flow.Accept:
		return false, h.Casework.Accept(ctx, h.actors["clerk"], casework.Accept{Seen: seen})
	case flow.Decide:
		return false, h.Casework.Decide(ctx, h.officer(c, step), casework.Decide{Seen: seen, Grant: true, Opinion: "同意。", Late: "申请临近届满才提出，审查需要时间"})
	}
	return false, h.step(ctx, c, impl, step)
}

// matter is the version in force of a matter of the bureau; nil where the city
// has none.
func (h *history) matter(code string) *catalog.Implementation {
	for _, m := range h.matters {
		if m.ItemCode == code {
			return m
		}
	}
	return nil
}

// complete fills a draft about a licence in, edits it and hands it in.
func (h *history) complete(ctx context.Context, who staff.Actor, draftID string, edit func(form.Values)) (caseID string, err error) {
	d, _, err := h.Casework.Draft(ctx, who, draftID)
	if err != nil {
		return "", err
	}
	impl, err := h.Catalog.ByID(ctx, d.ImplementationID)
	if err != nil {
		return "", err
	}
	if err := h.fill(ctx, who, draftID, casework.StartDraft{Variant: d.Variant, About: d.About}.In(impl)); err != nil {
		return "", err
	}
	if d, _, err = h.Casework.Draft(ctx, who, draftID); err != nil {
		return "", err
	}
	edit(d.Values)
	if _, err := h.Casework.SaveDraft(ctx, who, casework.SaveDraft{DraftID: draftID, Values: d.Values, Paper: d.Paper}); err != nil {
		return "", err
	}
	r, err := h.Casework.Submit(ctx, who, casework.Submit{DraftID: draftID, Declared: true})
	return r.CaseID, err
}
