package db

import (
	"context"
	"sync"
)

// liteReader reads an SQLite file over connections of its own.
type liteReader struct {
	path  string
	slots chan struct{} // one for each connection in use
	mu    sync.Mutex
	idle  []*liteConn // the one used last is used next: its cache is warm
	shut  bool
}

func newLiteReader(path string, connections int) *liteReader {
	return &liteReader{path: path, slots: make(chan struct{}, connections)}
}

// take gives a connection; whoever takes it gives it back.
func (r *liteReader) take(ctx context.Context) (*liteConn, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	select {
	case r.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	r.mu.Lock()
	shut, last := r.shut, len(r.idle)-1
	var c *liteConn
	if last >= 0 {
		c, r.idle = r.idle[last], r.idle[:last]
	}
	r.mu.Unlock()
	var err error
	switch {
	case shut:
		err = errClosing
	case c == nil:
		c, err = openLite(r.path, "temp_store = 2", "cache_size = -4000", "query_only = 1")
	}
	if err != nil {
		<-r.slots
		return nil, err
	}
	c.watch(ctx)
	return c, nil
}

// give returns a connection; one that failed is not used again.
func (r *liteReader) give(c *liteConn) {
	c.rest()
	r.mu.Lock()
	keep := !r.shut && !c.broken
	if keep {
		r.idle = append(r.idle, c)
	}
	r.mu.Unlock()
	if !keep {
		c.Close()
	}
	<-r.slots
}

func (r *liteReader) query(ctx context.Context, text string, args []any) (rows, error) {
	c, err := r.take(ctx)
	if err != nil {
		return nil, err
	}
	s, err := c.begin(text, args...)
	if err != nil {
		r.give(c)
		return nil, err
	}
	return &liteRows{liteStmt: s, from: r}, nil
}

// together asks in one transaction: what was asked together was true together,
// and the file is locked and unlocked once.
func (r *liteReader) together(ctx context.Context, asks []Ask) error {
	c, err := r.take(ctx)
	if err != nil {
		return err
	}
	defer r.give(c)
	if err := c.exec("begin"); err != nil {
		return err
	}
	defer c.exec("commit")
	for _, a := range asks {
		s, err := c.begin(a.text, a.args...)
		if err != nil {
			return err
		}
		if err := answered(&liteRows{liteStmt: s}, a.read); err != nil {
			return err
		}
	}
	return nil
}

func (r *liteReader) ping(ctx context.Context) error {
	found, err := r.query(ctx, "select 1", nil)
	if err != nil {
		return err
	}
	return found.close()
}

func (r *liteReader) close() {
	r.mu.Lock()
	idle := r.idle
	r.shut, r.idle = true, nil
	r.mu.Unlock()
	for _, c := range idle {
		c.Close()
	}
}

// liteRows is an answer of SQLite.
type liteRows struct {
	*liteStmt
	from *liteReader // to be given the connection back; nil in a transaction
	err  error
}

func (r *liteRows) next() bool {
	more, err := r.step()
	if err != nil {
		r.err = err
	}
	return more
}

// Scan reads the row's columns.
func (r *liteRows) Scan(dest ...any) error {
	if len(dest) != r.width {
		return errWidth(r.width, len(dest))
	}
	r.row.clear()
	for i := range dest {
		r.column(i)
	}
	return r.row.into(dest)
}

func (r *liteRows) close() error {
	r.Reset()
	if r.from != nil {
		r.from.give(r.conn)
	}
	return r.err
}
