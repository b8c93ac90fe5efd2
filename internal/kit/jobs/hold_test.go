package jobs

import (
	"context"
	"testing"
	"time"

	"onewindow/internal/business/schema"
	"onewindow/internal/kit/db/dbtest"
)

// While somebody holds the schedule nothing is taken; what was due is taken
// once when the last lets go.
func TestHeldScheduleTakesNothing(t *testing.T) {
	d, _ := dbtest.SQLite(t, schema.FS)
	j, err := New(d, Options{})
	if err != nil {
		t.Fatal(err)
	}
	j.Every("sweep", Interval(time.Hour), func(context.Context, time.Time) error { return nil })
	first, second := j.HoldSchedule(), j.HoldSchedule()
	taken := func() bool {
		if err := j.takeDue(context.Background()); err != nil {
			t.Fatal(err)
		}
		return !j.schedules[0].last.IsZero()
	}
	if taken() {
		t.Error("taken while two hold it")
	}
	first()
	first() // letting go twice is letting go once
	if taken() {
		t.Error("taken while one holds it")
	}
	second()
	if !taken() {
		t.Error("not taken when let go")
	}
}
