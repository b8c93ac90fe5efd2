package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"reflect"
	"strconv"
)

// Pages are made of reads, so these go past database/sql, which costs as much
// as a short query: each engine has a reader of its own over few connections
// with their statements kept. Writes, migrations and jobs use database/sql.

// reader asks an engine.
type reader interface {
	query(ctx context.Context, text string, args []any) (rows, error)
	// together asks several questions in as few round trips as the engine can.
	together(ctx context.Context, asks []Ask) error
	ping(ctx context.Context) error
	close()
}

// rows are the answer to one question. They hold a connection until they are
// closed.
type rows interface {
	Scanner
	next() bool
	// close gives what went wrong, now or while the rows were read.
	close() error
}

// Scanner is a row that can be scanned.
type Scanner interface{ Scan(dest ...any) error }

// Ask is one of several questions that go to the store together.
type Ask struct {
	text string
	args []any
	read func(rows) error
}

// AskList puts every row of a query, which carries its own limit, into out; in
// the room that an empty out has, if any.
func AskList[T any](out *[]T, scan func(Scanner) (T, error), text string, args ...any) Ask {
	return Ask{text, args, func(r rows) (err error) {
		var room []T
		if len(*out) == 0 {
			room = *out
		}
		*out, err = all(r, scan, room)
		return err
	}}
}

// AskOne puts the first row into out, which is left alone when there is none.
func AskOne[T any](out *T, scan func(Scanner) (T, error), text string, args ...any) Ask {
	return Ask{text, args, func(r rows) (err error) {
		if r.next() {
			*out, err = scan(r)
		}
		return err
	}}
}

// AskCount puts into n how many rows there are, up to most: rows is what stands
// behind "from", conditions and all.
func AskCount(n *int, most int, rows string, args ...any) Ask {
	return AskOne(n, scanCount, "select count(*) from (select 1 from "+rows+" limit "+strconv.Itoa(most)+") as counted", args...)
}

func scanCount(r Scanner) (n int, err error) { return n, r.Scan(&n) }

// Together asks all the questions; on PostgreSQL in one round trip.
func (tx *Tx) Together(asks ...Ask) error {
	if len(asks) == 0 {
		return nil
	}
	return tx.db.reader.together(tx.Ctx, asks)
}

// oneByOne is together for an engine without round trips.
func oneByOne(ctx context.Context, r reader, asks []Ask) error {
	for _, a := range asks {
		found, err := r.query(ctx, a.text, a.args)
		if err != nil {
			return err
		}
		if err := answered(found, a.read); err != nil {
			return err
		}
	}
	return nil
}

// answered reads an answer and closes it, come what may: a connection that is
// not given back is lost.
func answered(found rows, read func(rows) error) (err error) {
	defer func() {
		if failed := found.close(); err == nil {
			err = failed
		}
	}()
	return read(found)
}

// List reads all rows of a query that carries its own limit. Queued writes of
// the same act are not visible to it.
func List[T any](tx *Tx, scan func(Scanner) (T, error), text string, args ...any) (out []T, err error) {
	found, err := tx.db.reader.query(tx.Ctx, text, args)
	if err != nil {
		return nil, err
	}
	if err = answered(found, func(r rows) (err error) {
		out, err = all(r, scan, nil)
		return err
	}); err != nil {
		return nil, err
	}
	return out, nil
}

func all[T any](r rows, scan func(Scanner) (T, error), out []T) ([]T, error) {
	for r.next() {
		v, err := scan(r)
		if err != nil {
			return nil, err
		}
		if out == nil {
			out = make([]T, 0, someRows)
		}
		out = append(out, v)
	}
	return out, nil
}

// someRows is the room that a list begins with.
const someRows = 8

// Row reads one row; Scan gives sql.ErrNoRows when there is none.
func (tx *Tx) Row(text string, args ...any) Scanner {
	r, err := tx.db.reader.query(tx.Ctx, text, args)
	return first{r, err}
}

// first is the first row of an answer, read and closed by its Scan.
type first struct {
	rows rows
	err  error
}

// Scan reads the row.
func (f first) Scan(dest ...any) error {
	if f.err != nil {
		return f.err
	}
	none := false
	err := answered(f.rows, func(r rows) error {
		if none = !r.next(); none {
			return nil
		}
		return r.Scan(dest...)
	})
	if err == nil && none {
		return sql.ErrNoRows
	}
	return err
}

// value is one column of one row: text, a number, or null.
type value struct {
	kind reflect.Kind // String, Int64, Float64 or, for null, Invalid
	text string
	n    int64
	f    float64
}

// row is the row being read, used anew for every row of an answer. Its short
// texts are gathered behind each other, so that they take one piece of memory
// together instead of one each. A long one, such as a matter's JSON, is often
// thrown away while a short one is kept, and stands on its own.
type row struct {
	values []value // a short text is given by n, where it ends in texts
	texts  []byte
}

// shortText is the longest text that is gathered, in bytes.
const shortText = 256

func (r *row) clear() {
	clear(r.values) // a long text is not kept by a statement at rest
	r.values, r.texts = r.values[:0], r.texts[:0]
}

func (r *row) add(v value) { r.values = append(r.values, v) }

// gathered takes a column whose text was appended to texts.
func (r *row) gathered() { r.add(value{kind: reflect.String, n: int64(len(r.texts))}) }

// into puts the columns where they belong.
func (r *row) into(dest []any) error {
	all, begin := string(r.texts), int64(0)
	for i, v := range r.values {
		if v.kind == reflect.String && v.text == "" {
			v.text, begin = all[begin:v.n], v.n
		}
		if err := v.into(dest[i]); err != nil {
			return err
		}
	}
	return nil
}

// into puts the value where it belongs. Truth is a number in both engines.
func (v value) into(dest any) error {
	switch d := dest.(type) {
	case *string:
		if v.kind == reflect.String {
			*d = v.text
			return nil
		}
	case *int:
		if v.kind == reflect.Int64 {
			*d = int(v.n)
			return nil
		}
	case *int64:
		if v.kind == reflect.Int64 {
			*d = v.n
			return nil
		}
	case *bool:
		if v.kind == reflect.Int64 {
			*d = v.n != 0
			return nil
		}
	case *[]byte:
		if v.kind == reflect.String {
			*d = []byte(v.text)
			return nil
		}
	case sql.Scanner:
		// past the interface, which would put every text on the heap once more
		if now, ok := d.(interface{ ScanText(string) error }); ok && v.kind == reflect.String {
			return now.ScanText(v.text)
		}
		return d.Scan(v.plain())
	}
	return v.reflected(reflect.ValueOf(dest).Elem())
}

// plain is the value as database/sql knows it.
func (v value) plain() driver.Value {
	switch v.kind {
	case reflect.String:
		return v.text
	case reflect.Int64:
		return v.n
	case reflect.Float64:
		return v.f
	}
	return nil
}

// reflected reaches what has a name of its own, such as a status.
func (v value) reflected(d reflect.Value) error {
	switch {
	case v.kind == reflect.String && d.Kind() == reflect.String:
		d.SetString(v.text)
	case v.kind == reflect.Int64 && d.CanInt():
		d.SetInt(v.n)
	case v.kind == reflect.Int64 && d.Kind() == reflect.Bool:
		d.SetBool(v.n != 0)
	case v.kind == reflect.Int64 && d.CanFloat():
		d.SetFloat(float64(v.n))
	case v.kind == reflect.Float64 && d.CanFloat():
		d.SetFloat(v.f)
	case v.kind == reflect.String && d.Kind() == reflect.Slice && d.Type().Elem().Kind() == reflect.Uint8:
		d.SetBytes([]byte(v.text))
	case v.kind == reflect.Int64 && d.Kind() == reflect.String:
		d.SetString(strconv.FormatInt(v.n, 10))
	default:
		return fmt.Errorf("a column of %v does not go into %v", v.plain(), d.Type())
	}
	return nil
}
