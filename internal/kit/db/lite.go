package db

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	engine "zombiezen.com/go/sqlite"
)

// liteConn is one reading connection to an SQLite file, which one goroutine at a
// time has to itself. It goes past database/sql, whose driver names and types
// every column of every answer anew and watches every step from a goroutine;
// that costs more than a short query.
type liteConn struct {
	*engine.Conn
	known   map[string]*liteStmt // the texts are the program's own, so there are only so many
	ctx     context.Context      // of whoever has it
	unwatch func() bool
	stop    chan struct{} // closed when nobody waits for the answer any more
	broken  bool          // not to be used again
}

// liteStmt is a prepared text.
type liteStmt struct {
	*engine.Stmt
	conn   *liteConn
	width  int   // columns
	places []int // the argument that each parameter takes: the engine counts $2 first when it stands first
	row    row   // being read
}

// openLite opens a file that exists.
func openLite(path string, pragmas ...string) (*liteConn, error) {
	ec, err := engine.OpenConn(path, engine.OpenReadWrite)
	if err != nil {
		return nil, err
	}
	ec.SetBusyTimeout(10 * time.Second)
	c := &liteConn{Conn: ec, known: map[string]*liteStmt{}, stop: make(chan struct{})}
	ec.SetInterrupt(c.stop)
	for _, p := range pragmas {
		if err := c.exec("pragma " + p); err != nil {
			return nil, errors.Join(err, ec.Close())
		}
	}
	return c, nil
}

// watch ends what the connection is asked when the context ends; such a
// connection is not used again.
func (c *liteConn) watch(ctx context.Context) {
	c.ctx = ctx
	c.unwatch = context.AfterFunc(ctx, func() { close(c.stop) })
}

// rest ends watch.
func (c *liteConn) rest() {
	if !c.unwatch() {
		c.broken = true
	}
}

// failed is why a call gave the error. A query that was stopped tells why.
func (c *liteConn) failed(err error) error {
	if err == nil {
		return nil
	}
	c.broken = true // it may be the file that fails; a new connection looks again
	if c.ctx != nil && c.ctx.Err() != nil {
		return c.ctx.Err()
	}
	return err
}

// stmt prepares each text once.
func (c *liteConn) stmt(text string) (*liteStmt, error) {
	if s, ok := c.known[text]; ok {
		return s, nil
	}
	es, err := c.Prepare(text)
	if err != nil {
		return nil, c.failed(err)
	}
	s := &liteStmt{Stmt: es, conn: c, width: es.ColumnCount()}
	for i := range es.BindParamCount() {
		name := es.BindParamName(i + 1)
		n, err := strconv.Atoi(strings.TrimPrefix(name, "$"))
		if err != nil {
			return nil, fmt.Errorf("a parameter %q, not $1", name)
		}
		s.places = append(s.places, n-1)
	}
	c.known[text] = s
	return s, nil
}

// exec runs a text that gives no rows of interest.
func (c *liteConn) exec(text string) error {
	s, err := c.begin(text)
	if err != nil {
		return err
	}
	defer s.Reset()
	for {
		if more, err := s.step(); !more || err != nil {
			return err
		}
	}
}

// begin readies a query; its rows come by step, and Reset ends it.
func (c *liteConn) begin(text string, args ...any) (*liteStmt, error) {
	s, err := c.stmt(text)
	if err == nil {
		err = s.bind(args)
	}
	return s, err
}

func (s *liteStmt) bind(args []any) error {
	for i, place := range s.places {
		if place >= len(args) {
			return fmt.Errorf("%d arguments, none for $%d", len(args), place+1)
		}
		switch a := plainArg(args[place]).(type) {
		case nil:
			s.BindNull(i + 1)
		case int64:
			s.BindInt64(i+1, a)
		case float64:
			s.BindFloat(i+1, a)
		case string:
			s.BindText(i+1, a)
		default:
			return fmt.Errorf("an argument of type %T", a)
		}
	}
	return nil
}

// plainArg is an argument as one of the engine's types.
func plainArg(a any) any {
	switch a := a.(type) {
	case nil, string, int64, float64:
		return a
	case int:
		return int64(a)
	}
	switch v := reflect.ValueOf(a); {
	case v.Kind() == reflect.String:
		return v.String()
	case v.CanInt():
		return v.Int()
	case v.Kind() == reflect.Bool && v.Bool():
		return int64(1)
	case v.Kind() == reflect.Bool:
		return int64(0)
	}
	return a
}

// step reports whether there is another row.
func (s *liteStmt) step() (bool, error) {
	more, err := s.Step()
	return more, s.conn.failed(err)
}

// column takes a column of the answer into the row.
func (s *liteStmt) column(i int) {
	switch s.ColumnType(i) {
	case engine.TypeInteger:
		s.row.add(value{kind: reflect.Int64, n: s.ColumnInt64(i)})
	case engine.TypeFloat:
		s.row.add(value{kind: reflect.Float64, f: s.ColumnFloat(i)})
	case engine.TypeNull:
		s.row.add(value{})
	default:
		n := s.ColumnLen(i)
		if n > shortText {
			s.row.add(value{kind: reflect.String, text: s.ColumnText(i)})
			return
		}
		begin := len(s.row.texts)
		s.row.texts = slices.Grow(s.row.texts, n)[:begin+n]
		s.ColumnBytes(i, s.row.texts[begin:])
		s.row.gathered()
	}
}
