package db

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"
)

// A query that nobody waits for any more ends, however long it would take, and
// the next one gets a connection that works.
func TestAbandonedQueryEnds(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	d := &DB{core: &core{}}
	if err := d.openSQLite(path); err != nil {
		t.Fatal(err)
	}
	defer d.closePools()
	r := newLiteReader(path, 1)
	defer r.close()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	const endless = `with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n where i < $1`
	found, err := r.query(ctx, endless, []any{0})
	if err != nil {
		t.Fatal(err)
	}
	if found.next() {
		t.Fatal("it has an end")
	}
	if err := found.close(); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatal(err)
	}
	if found, err = r.query(t.Context(), `select $2 || $1`, []any{"b", "a"}); err != nil {
		t.Fatal(err)
	}
	defer found.close()
	var text string
	if !found.next() || found.Scan(&text) != nil || text != "ab" {
		t.Fatal(text)
	}
}
