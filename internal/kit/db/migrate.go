package db

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"github.com/pressly/goose/v3"
)

// Migrate brings the schema up to the newest file of fsys. Lines between
// "-- only: postgres" (or sqlite) and "-- end" are kept for that engine alone.
func (d *DB) Migrate(ctx context.Context, fsys fs.FS) error {
	dialect := goose.DialectSQLite3
	if d.dialect == Postgres {
		dialect = goose.DialectPostgres
	}
	p, err := goose.NewProvider(dialect, d.write, oneDialect{fsys, d.dialect})
	if err != nil {
		return fmt.Errorf("read schema: %w", err)
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate schema: %w", err)
	}
	return nil
}

// oneDialect shows the schema files with the other engine's lines left out.
type oneDialect struct {
	fs.FS
	dialect Dialect
}

// Open filters SQL files and passes everything else through.
func (o oneDialect) Open(name string) (fs.File, error) {
	f, err := o.FS.Open(name)
	if err != nil || !strings.HasSuffix(name, ".sql") {
		return f, err
	}
	defer f.Close()
	text, err := fs.ReadFile(o.FS, name)
	if err != nil {
		return nil, err
	}
	return &sqlFile{name, bytes.NewReader(filter(string(text), o.dialect))}, nil
}

// filter keeps the common lines and those of one engine.
func filter(text string, keep Dialect) []byte {
	var out bytes.Buffer
	mine := true
	for line := range strings.Lines(text) {
		switch t := strings.TrimSpace(line); {
		case strings.HasPrefix(t, "-- only:"):
			mine = strings.TrimSpace(strings.TrimPrefix(t, "-- only:")) == string(keep)
		case t == "-- end":
			mine = true
		case mine:
			out.WriteString(line)
		}
	}
	return out.Bytes()
}

// sqlFile is a filtered file in memory.
type sqlFile struct {
	name string
	*bytes.Reader
}

func (f *sqlFile) Stat() (fs.FileInfo, error) { return f, nil }
func (f *sqlFile) Close() error               { return nil }
func (f *sqlFile) Name() string               { return f.name }
func (f *sqlFile) Mode() fs.FileMode          { return 0o444 }
func (f *sqlFile) ModTime() time.Time         { return time.Time{} }
func (f *sqlFile) IsDir() bool                { return false }
func (f *sqlFile) Sys() any                   { return nil }
