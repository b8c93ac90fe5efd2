package casework

import (
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/deadline"
)

// Clocks are the two limits of a case side by side, with their derivations.
type Clocks struct {
	Statutory, Promised *Running
}

// Running is one limit of a case: what it is, since when, and when it ends.
type Running struct {
	Limit catalog.Limit
	Clock deadline.Clock
	Due   deadline.Due
}

// Clocks derives both limits day by day; a limit whose start has not happened
// yet is nil.
func (c *Case) Clocks(impl *catalog.Implementation, cal *calendar.Table) Clocks {
	return Clocks{c.running(impl.Statutory, impl, cal), c.running(promised(impl, c.Variant), impl, cal)}
}

func (c *Case) running(l *catalog.Limit, impl *catalog.Implementation, cal *calendar.Table) *Running {
	clock, ok := c.clock(l, l == impl.Statutory)
	if !ok {
		return nil
	}
	return &Running{*l, clock, deadline.Compute(cal, clock)}
}

// clock is the limit from the instant that its law lets it start at, with the
// pauses of the case. Only the statutory limit is extended: what a body promised
// beyond the law it keeps, or says why it did not (优化营商环境条例第三十六条).
func (c *Case) clock(l *catalog.Limit, statutory bool) (deadline.Clock, bool) {
	if l == nil || c.AcceptedAt.IsZero() {
		return deadline.Clock{}, false
	}
	start := c.startOf(l.Start)
	clock := deadline.Clock{Start: calendar.DayOf(start), Limit: l.Limit, Stops: c.Course.stops()}
	if statutory {
		clock.Extensions = c.Course.extensions()
	}
	return clock, !start.IsZero()
}

// startOf maps the start that the matter's law names to the case's instants.
func (c *Case) startOf(s deadline.Start) time.Time {
	switch s {
	case deadline.Received:
		return c.instant(OfReceipt)
	case deadline.AllMaterials:
		return c.CompleteAt
	case deadline.Accepted:
		return c.instant(OfAcceptance)
	case deadline.Decided:
		return c.DecidedAt
	}
	return c.instant(OfAcceptance)
}

// setDue computes the due days anew from the case's instants.
func (c *Case) setDue(impl *catalog.Implementation, cal *calendar.Table) {
	c.StatutoryDue, c.PromisedDue, c.Provisional, c.Calendar = 0, 0, false, cal.Version()
	c.StatutoryDue = c.due(impl.Statutory, true, cal)
	p := promised(impl, c.Variant)
	c.PromisedDue = c.due(p, p == impl.Statutory, cal)
}

func (c *Case) due(l *catalog.Limit, statutory bool, cal *calendar.Table) calendar.Day {
	clock, ok := c.clock(l, statutory)
	if !ok {
		return 0
	}
	day, provisional := deadline.DueDay(cal, clock)
	c.Provisional = c.Provisional || provisional
	return day
}

// promised is the promised limit of the situation, or the matter's, or the
// statutory one where the body promises nothing shorter.
func promised(impl *catalog.Implementation, variant string) *catalog.Limit {
	for _, v := range impl.Variants {
		if v.No == variant && v.Promised != nil {
			return v.Promised
		}
	}
	return impl.Decision()
}
