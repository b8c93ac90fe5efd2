package db

import (
	"context"
	"database/sql/driver"
	"errors"
	"io"
	"reflect"
	"sync"
)

// liteReader reads an SQLite file over connections of its own.
type liteReader struct {
	connector driver.Connector
	slots     chan struct{} // one for each connection in use
	mu        sync.Mutex
	idle      []*liteConn // the one used last is used next: its cache is warm
	closed    bool
}

// liteConn is one connection with the statements it has seen. The texts are
// the program's own, so there are only so many.
type liteConn struct {
	driver.Conn
	known map[string]driver.StmtQueryContext
	row   []driver.Value
}

func newLiteReader(c driver.Connector, connections int) *liteReader {
	return &liteReader{connector: c, slots: make(chan struct{}, connections)}
}

// take gives a connection; whoever takes it gives it back.
func (r *liteReader) take(ctx context.Context) (*liteConn, error) {
	select {
	case r.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	r.mu.Lock()
	closed, last := r.closed, len(r.idle)-1
	var c *liteConn
	if last >= 0 {
		c, r.idle = r.idle[last], r.idle[:last]
	}
	r.mu.Unlock()
	var err error
	switch {
	case closed:
		err = errClosing
	case c == nil:
		c, err = r.open(ctx)
	}
	if err != nil {
		<-r.slots
	}
	return c, err
}

func (r *liteReader) open(ctx context.Context) (*liteConn, error) {
	c, err := r.connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return &liteConn{Conn: c, known: map[string]driver.StmtQueryContext{}}, nil
}

// give returns a connection; one that was interrupted is not used again.
func (r *liteReader) give(c *liteConn) {
	v, ok := c.Conn.(driver.Validator)
	r.mu.Lock()
	keep := !r.closed && (!ok || v.IsValid())
	if keep {
		r.idle = append(r.idle, c)
	}
	r.mu.Unlock()
	if !keep {
		c.end()
	}
	<-r.slots
}

func (c *liteConn) end() {
	for _, s := range c.known {
		s.(driver.Stmt).Close()
	}
	c.Close()
}

func (c *liteConn) stmt(ctx context.Context, text string) (driver.StmtQueryContext, error) {
	if s, ok := c.known[text]; ok {
		return s, nil
	}
	s, err := c.Conn.(driver.ConnPrepareContext).PrepareContext(ctx, text)
	if err != nil {
		return nil, err
	}
	c.known[text] = s.(driver.StmtQueryContext)
	return c.known[text], nil
}

func (r *liteReader) query(ctx context.Context, text string, args []any) (rows, error) {
	given, err := liteArgs(args)
	if err != nil {
		return nil, err
	}
	c, err := r.take(ctx)
	if err != nil {
		return nil, err
	}
	s, err := c.stmt(ctx, text)
	if err == nil {
		var found driver.Rows
		if found, err = s.QueryContext(ctx, given); err == nil {
			return &liteRows{found: found, from: r, conn: c, width: len(found.Columns())}, nil
		}
	}
	r.give(c)
	return nil, err
}

func (r *liteReader) together(ctx context.Context, asks []Ask) error { return oneByOne(ctx, r, asks) }

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
	r.closed, r.idle = true, nil
	r.mu.Unlock()
	for _, c := range idle {
		c.end()
	}
}

// liteArgs are the arguments as the driver takes them.
func liteArgs(args []any) ([]driver.NamedValue, error) {
	out := make([]driver.NamedValue, len(args))
	for i, a := range args {
		out[i].Ordinal = i + 1
		switch a := a.(type) {
		case string:
			out[i].Value = a
		case int:
			out[i].Value = int64(a)
		default:
			v, err := driver.DefaultParameterConverter.ConvertValue(a)
			if err != nil {
				return nil, err
			}
			out[i].Value = v
		}
	}
	return out, nil
}

// liteRows is an answer of SQLite.
type liteRows struct {
	found driver.Rows
	from  *liteReader
	conn  *liteConn
	width int
	err   error
}

func (r *liteRows) next() bool {
	if cap(r.conn.row) < r.width {
		r.conn.row = make([]driver.Value, r.width)
	}
	err := r.found.Next(r.conn.row[:r.width])
	if err != nil && !errors.Is(err, io.EOF) {
		r.err = err
	}
	return err == nil
}

// Scan reads the row's columns.
func (r *liteRows) Scan(dest ...any) error {
	if len(dest) != r.width {
		return errWidth(r.width, len(dest))
	}
	for i, d := range dest {
		if err := liteValue(r.conn.row[i]).into(d); err != nil {
			return err
		}
	}
	return nil
}

func (r *liteRows) close() error {
	err := r.found.Close()
	r.from.give(r.conn)
	if r.err != nil {
		return r.err
	}
	return err
}

func liteValue(v driver.Value) value {
	switch v := v.(type) {
	case string:
		return value{kind: reflect.String, text: v}
	case int64:
		return value{kind: reflect.Int64, n: v}
	case float64:
		return value{kind: reflect.Float64, f: v}
	case []byte:
		return value{kind: reflect.String, text: string(v)}
	}
	return value{}
}
