package db

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"
)

// A query that nobody waits for any more ends, however long it would take, and
// the connection goes on.
func TestAbandonedQueryEnds(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	d := &DB{core: &core{}}
	if err := d.openSQLite(path); err != nil {
		t.Fatal(err)
	}
	defer d.closePools()
	c, err := openLite(path)
	if err != nil {
		t.Fatal(err)
	}
	defer c.end()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	const endless = `with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n where i < $1`
	s, err := c.begin(ctx, endless, 0)
	if err == nil {
		_, err = s.step()
		s.reset()
	}
	if !errors.Is(err, context.DeadlineExceeded) || c.broken {
		t.Fatalf("%v, broken %v", err, c.broken)
	}
	if s, err = c.begin(t.Context(), `select $2 || $1`, "b", "a"); err != nil {
		t.Fatal(err)
	}
	defer s.reset()
	if more, err := s.step(); !more || err != nil || s.column(0).text != "ab" {
		t.Fatalf("%v %v %q", more, err, s.column(0).text)
	}
}
