package db

import (
	"errors"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
	engine "zombiezen.com/go/sqlite"

	"onewindow/internal/kit/fault"
)

// Dialect is one of the two engines. Everything in which they differ stands in
// this file.
type Dialect string

// The two engines.
const (
	SQLite   Dialect = "sqlite"
	Postgres Dialect = "postgres"
)

// again says whether the engine asks to run the act once more.
func (x Dialect) again(err error) bool {
	switch pgCode(err) {
	case "40001", "40P01":
		return true
	}
	switch liteCode(err) & 0xff {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return true
	}
	return false
}

// fault maps an engine's error: a broken unique key is a conflict, a lost
// connection or a full disk means that nothing was done, a wrong row count is
// a stale act, and anything else is ours to mend.
func (x Dialect) fault(err error) error {
	switch {
	case pgCode(err) == "22012":
		return errRows.Because(err)
	case pgCode(err) == "23505", isUnique(liteCode(err)):
		return fault.Conflict("duplicate").Because(err)
	case pgAway(err), liteAway(err), netAway(err):
		return fault.Unavailable(err)
	}
	return fault.Of(err)
}

func pgCode(err error) string {
	var pe *pgconn.PgError
	if errors.As(err, &pe) {
		return pe.Code
	}
	return ""
}

func liteCode(err error) int {
	var se *sqlite.Error
	if errors.As(err, &se) {
		return se.Code()
	}
	if code := engine.ErrCode(err); code != engine.ResultError { // which it says of what is none of its own
		return int(code)
	}
	return 0
}

func isUnique(code int) bool {
	return code == sqlite3.SQLITE_CONSTRAINT_UNIQUE || code == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY
}

// pgAway: class 08 connection, 53 out of resources (53100 is a full disk),
// 57 the operator stopped the server, 58 the system failed.
func pgAway(err error) bool {
	code := pgCode(err)
	if len(code) != 5 {
		var ce *pgconn.ConnectError
		return errors.As(err, &ce) || pgconn.SafeToRetry(err)
	}
	return strings.Contains("08 53 57 58", code[:2])
}

func liteAway(err error) bool {
	switch liteCode(err) & 0xff {
	case sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_READONLY:
		return true
	}
	return false
}

func netAway(err error) bool {
	var ne net.Error
	return errors.As(err, &ne) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed)
}
