package db_test

import (
	"testing"

	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/db"
)

// One process at a time holds a baton; who drops it lets the next one have it.
func TestBaton(t *testing.T) {
	stores.Each(t, func(t *testing.T, d *db.DB, _ *clock.Moving) {
		first, err := d.Seize(ctx, 7)
		if err != nil || first == nil || !first.Held(ctx) {
			t.Fatal(first, err)
		}
		defer first.Drop()
		if d.Dialect() == db.SQLite { // which has one process
			return
		}
		if second, err := d.Seize(ctx, 7); second != nil || err != nil {
			t.Fatal("two hold it", err)
		}
		other, err := d.Seize(ctx, 8)
		if err != nil || other == nil {
			t.Fatal("another baton is not free", err)
		}
		other.Drop()
		first.Drop()
		if first.Held(ctx) {
			t.Error("held after it was dropped")
		}
		second, err := d.Seize(ctx, 7)
		if err != nil || second == nil {
			t.Fatal("not free after it was dropped", err)
		}
		second.Drop()
	})
}
