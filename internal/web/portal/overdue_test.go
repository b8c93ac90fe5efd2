package portal

import (
	"testing"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
)

// On the last day nothing is overdue; the day after, an undecided case is,
// unless it is a renewal, which has a rule of its own.
func TestOverdue(t *testing.T) {
	due := calendar.MustDay("2026-11-20")
	c := casework.Case{Status: casework.StatusHandling, StatutoryDue: due}
	if overdue(&c, due) || !overdue(&c, due+1) {
		t.Error("the day")
	}
	c.Purpose = casework.PurposeRenew
	if overdue(&c, due+1) {
		t.Error("a renewal")
	}
	c.Purpose, c.Status = casework.PurposeNew, casework.StatusGranted
	if overdue(&c, due+9) {
		t.Error("a decided case")
	}
}
