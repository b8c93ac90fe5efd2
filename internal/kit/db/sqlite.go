package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"net/url"
	"runtime"

	"modernc.org/sqlite" // the pure-Go engine
)

// openSQLite opens one writer and several readers over one file in WAL mode.
// synchronous=FULL: a commit that returned survives a power cut.
func (d *DB) openSQLite(path string) error {
	d.dialect = SQLite
	write, err := sqliteConnector(path, "cache_size(-24000)")
	if err != nil {
		return err
	}
	d.write = sql.OpenDB(write)
	d.write.SetMaxOpenConns(1)
	d.write.SetMaxIdleConns(1)
	d.reader = newLiteReader(path, max(4, runtime.NumCPU()*2))
	return d.write.Ping() // creates the file before a reader looks for it
}

func sqliteConnector(path string, pragmas ...string) (driver.Connector, error) {
	q := url.Values{"_txlock": {"immediate"}, "_time_format": {"sqlite"}}
	all := append([]string{"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)",
		"temp_store(2)", "journal_size_limit(67108864)"}, pragmas...)
	for _, p := range all {
		q.Add("_pragma", p)
	}
	return sqlite.NewConnector("file:" + (&url.URL{Path: path}).EscapedPath() + "?" + q.Encode())
}

// groupSQLite runs each act in a savepoint of one transaction: a conflict
// undoes that act alone. It answers false when the group as a whole failed.
func (d *DB) groupSQLite(ctx context.Context, group []*pending) bool {
	for _, p := range group {
		if d.prepareWrites(ctx, p.writes) != nil {
			return false
		}
	}
	tx, err := d.write.BeginTx(ctx, nil)
	if err != nil {
		return false
	}
	defer tx.Rollback()
	errs := make([]error, len(group))
	for i, p := range group {
		if errs[i], err = d.savepoint(ctx, tx, p.writes); err != nil {
			return false
		}
	}
	if tx.Commit() != nil {
		return false
	}
	for i, p := range group {
		p.done <- errs[i]
	}
	return true
}

// savepoint gives the act's own error first and the transaction's second.
func (d *DB) savepoint(ctx context.Context, tx *sql.Tx, writes []write) (own, whole error) {
	if _, whole = tx.ExecContext(ctx, "savepoint act"); whole != nil {
		return nil, whole
	}
	if own = d.execAll(ctx, tx, writes); own != nil {
		if _, whole = tx.ExecContext(ctx, "rollback to act"); whole != nil {
			return own, whole
		}
	}
	_, whole = tx.ExecContext(ctx, "release act")
	return own, whole
}

func (d *DB) aloneSQLite(ctx context.Context, writes []write) error {
	if err := d.prepareWrites(ctx, writes); err != nil {
		return err
	}
	tx, err := d.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := d.execAll(ctx, tx, writes); err != nil {
		return err
	}
	return tx.Commit()
}

func (d *DB) execAll(ctx context.Context, tx *sql.Tx, writes []write) error {
	for _, w := range writes {
		s, err := d.stmt(ctx, w.text)
		if err != nil {
			return err
		}
		res, err := tx.StmtContext(ctx, s).ExecContext(ctx, w.args...)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || w.rows != Any && n != int64(w.rows) {
			if err != nil {
				return err
			}
			return errRows
		}
	}
	return nil
}

// prepareWrites prepares what is new before the transaction takes the only
// connection of the writing pool.
func (d *DB) prepareWrites(ctx context.Context, writes []write) error {
	for _, w := range writes {
		if _, err := d.stmt(ctx, w.text); err != nil {
			return err
		}
	}
	return nil
}
