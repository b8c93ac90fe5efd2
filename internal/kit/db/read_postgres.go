package db

import (
	"context"
	"encoding/binary"
	"fmt"
	"reflect"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/pgxpool"
)

// pgReader reads over PostgreSQL's own protocol.
type pgReader struct{ pool *pgxpool.Pool }

// tries is how often a question is put again because the connection turned out
// to be dead before the server had seen it.
const tries = 3

func (r pgReader) query(ctx context.Context, text string, args []any) (rows, error) {
	for i := 1; ; i++ {
		c, err := r.pool.Acquire(ctx)
		if err != nil {
			return nil, err
		}
		found, err := c.Query(ctx, text, args...)
		if err == nil {
			return &pgRows{found: found, conn: c}, nil
		}
		c.Release()
		if i == tries || !pgconn.SafeToRetry(err) {
			return nil, err
		}
	}
}

// together sends the questions as one pipeline.
func (r pgReader) together(ctx context.Context, asks []Ask) error {
	batch := &pgx.Batch{}
	for _, a := range asks {
		batch.Queue(a.text, a.args...)
	}
	c, err := r.pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer c.Release()
	answers := c.SendBatch(ctx, batch)
	defer answers.Close()
	for _, a := range asks {
		found, err := answers.Query()
		if err != nil {
			return err
		}
		if err := answered(&pgRows{found: found}, a.read); err != nil {
			return err
		}
	}
	return answers.Close()
}

func (r pgReader) ping(ctx context.Context) error { return r.pool.Ping(ctx) }

func (r pgReader) close() { r.pool.Close() }

// pgRows is an answer of PostgreSQL.
type pgRows struct {
	found pgx.Rows
	conn  *pgxpool.Conn // to be given back; nil in a pipeline
	row   row           // being read
}

func (r *pgRows) next() bool { return r.found.Next() }

// Scan reads the row's columns.
func (r *pgRows) Scan(dest ...any) error {
	columns, raw := r.found.FieldDescriptions(), r.found.RawValues()
	if len(dest) != len(raw) {
		return errWidth(len(raw), len(dest))
	}
	r.row.clear()
	for i := range dest {
		if err := r.column(columns[i], raw[i]); err != nil {
			return err
		}
	}
	return r.row.into(dest)
}

func (r *pgRows) close() error {
	r.found.Close()
	if r.conn != nil {
		r.conn.Release()
	}
	return r.found.Err()
}

// column takes a column into the row as it came over the wire. The schema knows
// text and whole numbers; what else a query computes goes the long way.
func (r *pgRows) column(c pgconn.FieldDescription, raw []byte) (err error) {
	var v value
	switch {
	case raw == nil:
	case c.Format == pgx.TextFormatCode, c.DataTypeOID == pgtype.TextOID, c.DataTypeOID == pgtype.VarcharOID, c.DataTypeOID == pgtype.UnknownOID:
		if len(raw) <= shortText {
			r.row.texts = append(r.row.texts, raw...)
			r.row.gathered()
			return nil
		}
		v = value{kind: reflect.String, text: string(raw)}
	case c.DataTypeOID == pgtype.Int8OID:
		v = value{kind: reflect.Int64, n: int64(binary.BigEndian.Uint64(raw))}
	case c.DataTypeOID == pgtype.Int4OID:
		v = value{kind: reflect.Int64, n: int64(int32(binary.BigEndian.Uint32(raw)))}
	case c.DataTypeOID == pgtype.BoolOID:
		v = value{kind: reflect.Int64, n: int64(raw[0])}
	case c.DataTypeOID == pgtype.NumericOID:
		v, err = pgNumeric(r.found, c, raw)
	case c.DataTypeOID == pgtype.Float8OID:
		v.kind = reflect.Float64
		v.f, err = decoded[float64](r.found, c, raw)
	default:
		return r.other(c, raw)
	}
	r.row.add(v)
	return err
}

// other is a column of a type that the schema does not know, as text.
func (r *pgRows) other(c pgconn.FieldDescription, raw []byte) error {
	s, err := decoded[string](r.found, c, raw)
	r.row.texts = append(r.row.texts, s...)
	r.row.gathered()
	return err
}

// pgNumeric reads what sum and avg give: a whole number when it is one.
func pgNumeric(r pgx.Rows, c pgconn.FieldDescription, raw []byte) (value, error) {
	if n, err := decoded[int64](r, c, raw); err == nil {
		return value{kind: reflect.Int64, n: n}, nil
	}
	f, err := decoded[float64](r, c, raw)
	return value{kind: reflect.Float64, f: f}, err
}

func decoded[T any](r pgx.Rows, c pgconn.FieldDescription, raw []byte) (out T, err error) {
	err = r.Conn().TypeMap().Scan(c.DataTypeOID, c.Format, raw, &out)
	return out, err
}

func errWidth(have, want int) error {
	return fmt.Errorf("a row of %d columns was read into %d places", have, want)
}
