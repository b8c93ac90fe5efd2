package db

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"unsafe"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// liteConn is one reading connection to an SQLite file. It speaks to the engine
// itself: the driver names and types every column of every answer anew, watches
// every step from a goroutine, and locks what one reader has to itself, which
// together cost more than a short query. What the engine is given and what it
// gives lies outside Go's memory; nothing of that leaves this file but columns,
// which are valid until the next row.
type liteConn struct {
	tls    *libc.TLS
	handle uintptr
	known  map[string]*liteStmt // the texts are the program's own, so there are only so many
	ctx    context.Context      // of the query under way
	broken bool                 // not to be used again
}

// liteStmt is a prepared text.
type liteStmt struct {
	conn   *liteConn
	handle uintptr
	width  int     // columns
	places []int   // the argument that each parameter takes: the engine counts $2 first when it stands first
	room   uintptr // where arguments lie while it runs
	size   int
}

// liteError is the engine's error.
type liteError struct {
	code int
	text string
}

func (e *liteError) Error() string { return fmt.Sprintf("sqlite: %s (%d)", e.text, e.code) }

// open opens a file that exists. No other goroutine may use the connection at
// the same time.
func openLite(path string, pragmas ...string) (*liteConn, error) {
	c := &liteConn{tls: libc.NewTLS(), known: map[string]*liteStmt{}}
	name, err := libc.CString(path)
	if err != nil {
		return nil, err
	}
	defer libc.Xfree(c.tls, name)
	at := c.tls.Alloc(int(unsafe.Sizeof(uintptr(0))))
	defer c.tls.Free(int(unsafe.Sizeof(uintptr(0))))
	code := sqlite3.Xsqlite3_open_v2(c.tls, name, at, sqlite3.SQLITE_OPEN_READWRITE|sqlite3.SQLITE_OPEN_NOMUTEX, 0)
	c.handle = pointerAt(at)
	if code != sqlite3.SQLITE_OK {
		err = c.failed(code)
		c.end()
		return nil, err
	}
	sqlite3.Xsqlite3_extended_result_codes(c.tls, c.handle, 1)
	lites.Store(c.handle, c)
	sqlite3.Xsqlite3_progress_handler(c.tls, c.handle, lookUpEvery, watching, c.handle)
	for _, p := range pragmas {
		if err := c.exec(context.Background(), "pragma "+p); err != nil {
			c.end()
			return nil, err
		}
	}
	return c, nil
}

// lookUpEvery is after how many steps of its machine the engine asks whether
// somebody still waits for the answer: some tenths of a millisecond.
const lookUpEvery = 10_000

// lites are the open connections, for watch.
var lites sync.Map

// watching is watch as the engine calls it.
var watching = *(*uintptr)(unsafe.Pointer(&struct {
	f func(*libc.TLS, uintptr) int32
}{watch}))

// watch stops a query that nobody waits for any more.
func watch(_ *libc.TLS, handle uintptr) int32 {
	if c, ok := lites.Load(handle); ok && c.(*liteConn).ctx.Err() != nil {
		return 1
	}
	return 0
}

func (c *liteConn) end() {
	for _, s := range c.known {
		sqlite3.Xsqlite3_finalize(c.tls, s.handle)
		libc.Xfree(c.tls, s.room)
	}
	lites.Delete(c.handle)
	sqlite3.Xsqlite3_close_v2(c.tls, c.handle)
	c.tls.Close()
}

// failed is why a call gave the code. A query that was stopped tells why.
func (c *liteConn) failed(code int32) error {
	if code&0xff == sqlite3.SQLITE_INTERRUPT && c.ctx.Err() != nil {
		return c.ctx.Err()
	}
	c.broken = true // it may be the file that fails; a new connection looks again
	return &liteError{int(code), libc.GoString(sqlite3.Xsqlite3_errmsg(c.tls, c.handle))}
}

// stmt prepares each text once.
func (c *liteConn) stmt(text string) (*liteStmt, error) {
	if s, ok := c.known[text]; ok {
		return s, nil
	}
	written, err := libc.CString(text)
	if err != nil {
		return nil, err
	}
	defer libc.Xfree(c.tls, written)
	at := c.tls.Alloc(int(unsafe.Sizeof(uintptr(0))))
	defer c.tls.Free(int(unsafe.Sizeof(uintptr(0))))
	if code := sqlite3.Xsqlite3_prepare_v3(c.tls, c.handle, written, -1, sqlite3.SQLITE_PREPARE_PERSISTENT, at, 0); code != sqlite3.SQLITE_OK {
		return nil, c.failed(code)
	}
	s := &liteStmt{conn: c, handle: pointerAt(at)}
	s.width = int(sqlite3.Xsqlite3_column_count(c.tls, s.handle))
	for i := range sqlite3.Xsqlite3_bind_parameter_count(c.tls, s.handle) {
		name := libc.GoString(sqlite3.Xsqlite3_bind_parameter_name(c.tls, s.handle, i+1))
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
func (c *liteConn) exec(ctx context.Context, text string) error {
	s, err := c.begin(ctx, text)
	if err != nil {
		return err
	}
	defer s.reset()
	for {
		if more, err := s.step(); !more || err != nil {
			return err
		}
	}
}

// begin readies a query; its rows come by step, and reset ends it.
func (c *liteConn) begin(ctx context.Context, text string, args ...any) (*liteStmt, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	c.ctx = ctx
	s, err := c.stmt(text)
	if err == nil {
		err = s.bind(args)
	}
	return s, err
}

// bind lays the arguments down for the engine.
func (s *liteStmt) bind(args []any) error {
	if err := s.makeRoom(args); err != nil {
		return err
	}
	used := 0
	for i, place := range s.places {
		if place >= len(args) {
			return fmt.Errorf("%d arguments, none for $%d", len(args), place+1)
		}
		at, code := int32(i+1), int32(0)
		switch a := plainArg(args[place]).(type) {
		case nil:
			code = sqlite3.Xsqlite3_bind_null(s.conn.tls, s.handle, at)
		case int64:
			code = sqlite3.Xsqlite3_bind_int64(s.conn.tls, s.handle, at, a)
		case float64:
			code = sqlite3.Xsqlite3_bind_double(s.conn.tls, s.handle, at, a)
		case string:
			copy(memory(s.room, s.size)[used:], a)
			code = sqlite3.Xsqlite3_bind_text(s.conn.tls, s.handle, at, s.room+uintptr(used), int32(len(a)), 0)
			used += len(a)
		default:
			return fmt.Errorf("an argument of type %T", a)
		}
		if code != sqlite3.SQLITE_OK {
			return s.conn.failed(code)
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

// makeRoom sees to it that all texts have a place outside Go's memory; an empty
// text has one as well, or it would be null.
func (s *liteStmt) makeRoom(args []any) error {
	need := 1
	for _, a := range args {
		if t, ok := plainArg(a).(string); ok {
			need += len(t)
		}
	}
	if need <= s.size {
		return nil
	}
	room := libc.Xrealloc(s.conn.tls, s.room, libc.Tsize_t(need))
	if room == 0 {
		return errors.New("sqlite: no memory for the arguments")
	}
	s.room, s.size = room, need
	return nil
}

// step reports whether there is another row.
func (s *liteStmt) step() (bool, error) {
	switch code := sqlite3.Xsqlite3_step(s.conn.tls, s.handle); code {
	case sqlite3.SQLITE_ROW:
		return true, nil
	case sqlite3.SQLITE_DONE:
		return false, nil
	default:
		return false, s.conn.failed(code)
	}
}

// reset ends the query; why it failed, step has told.
func (s *liteStmt) reset() { sqlite3.Xsqlite3_reset(s.conn.tls, s.handle) }

// column is a column of the row; its text is valid until the next step.
func (s *liteStmt) column(i int) value {
	tls, at := s.conn.tls, int32(i)
	switch sqlite3.Xsqlite3_column_type(tls, s.handle, at) {
	case sqlite3.SQLITE_INTEGER:
		return value{kind: reflect.Int64, n: sqlite3.Xsqlite3_column_int64(tls, s.handle, at)}
	case sqlite3.SQLITE_FLOAT:
		return value{kind: reflect.Float64, f: sqlite3.Xsqlite3_column_double(tls, s.handle, at)}
	case sqlite3.SQLITE_NULL:
		return value{}
	}
	from := sqlite3.Xsqlite3_column_text(tls, s.handle, at) // before the length, which depends on the encoding
	n := int(sqlite3.Xsqlite3_column_bytes(tls, s.handle, at))
	if n == 0 {
		return value{kind: reflect.String}
	}
	return value{kind: reflect.String, text: unsafe.String(unsafe.SliceData(memory(from, n)), n)}
}

// memory is n bytes of the engine's memory.
func memory(at uintptr, n int) []byte { return unsafe.Slice(*(**byte)(unsafe.Pointer(&at)), n) }

// pointerAt reads a pointer that the engine wrote.
func pointerAt(at uintptr) uintptr { return **(**uintptr)(unsafe.Pointer(&at)) }
