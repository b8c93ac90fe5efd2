package calendar

import (
	"context"
	"encoding/json"
	"sync"
	"sync/atomic"
	"time"

	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// Service keeps the versions of the calendar and hands out the one in force.
type Service struct {
	db      *db.DB
	current atomic.Pointer[Table]
	stale   atomic.Bool  // somebody here published: read again at once
	looked  atomic.Int64 // when the store was last asked whether it changed
	loading sync.Mutex
}

// NewService makes the service. It reads nothing until it is first asked.
func NewService(d *db.DB) *Service { return &Service{db: d} }

// lookEvery is how old the answer may be whether another process published.
const lookEvery = 2 * time.Second

// Table is the calendar in force: what this process published at once, what
// another published within seconds. While the store cannot be asked it is the
// last one known, in the end the one inside the program.
func (s *Service) Table() *Table {
	now := s.db.Clock().Now()
	have := s.current.Load()
	if have != nil && !s.stale.Load() && !s.due(now) {
		return have
	}
	if fresh, err := s.renew(context.Background(), now); err == nil {
		return fresh
	}
	if have == nil {
		return Builtin()
	}
	return have
}

// Refresh makes sure that Table is the newest version.
func (s *Service) Refresh(ctx context.Context) error {
	_, err := s.renew(ctx, s.db.Clock().Now())
	return err
}

// due says, to one caller in every lookEvery, that it is time to look again.
func (s *Service) due(now time.Time) bool {
	last := s.looked.Load()
	away := now.UnixNano() - last
	if away >= 0 && away < int64(lookEvery) {
		return false
	}
	return s.looked.CompareAndSwap(last, now.UnixNano())
}

// renew reads the newest version unless it is the one known.
func (s *Service) renew(ctx context.Context, now time.Time) (*Table, error) {
	s.loading.Lock()
	defer s.loading.Unlock()
	s.stale.Store(false)
	fresh := s.current.Load()
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		n, err := newest(tx)
		if err != nil || fresh != nil && fresh.version == n {
			return err
		}
		fresh, err = load(tx, n)
		return err
	})
	if err != nil {
		s.stale.Store(true)
		return nil, err
	}
	s.current.Store(fresh)
	s.looked.Store(now.UnixNano())
	return fresh, nil
}

// Edition (日历版本) is one published version and how it came about.
type Edition struct {
	Version     int
	Year        int // the year that it brought or changed; 0 for the table inside the program
	Reason      string
	ByName      string
	PublishedAt time.Time
}

// mostEditions bounds the list of versions: one or two a year are usual.
const mostEditions = 200

// Editions lists the published versions, the newest first; the last is the
// table inside the program. They are public: a deadline names its version.
func (s *Service) Editions(ctx context.Context) (out []Edition, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out, err = editions(tx)
		return err
	})
	return append(out, Edition{Version: BuiltinVersion}), err
}

// Edition is one version with its table; fault calendar.version.
func (s *Service) Edition(ctx context.Context, version int) (e Edition, t *Table, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if t, err = load(tx, version); err != nil || version == BuiltinVersion {
			e.Version = BuiltinVersion
			return err
		}
		e, err = editionOf(tx, version)
		return err
	})
	return e, t, err
}

// load is the table of a version.
func load(tx *db.Tx, version int) (*Table, error) {
	if version == BuiltinVersion {
		return Builtin(), nil
	}
	years, err := db.One(tx, "calendar.version", func(r db.Scanner) (y []Year, err error) {
		var data string
		if err := r.Scan(&data); err != nil {
			return nil, err
		}
		return y, json.Unmarshal([]byte(data), &y)
	}, `select years from calendar_version where version = $1`, version)
	if err != nil {
		return nil, err
	}
	t, err := New(version, years...)
	if err != nil { // it was published by this very check
		return nil, fault.Internal(err)
	}
	return t, nil
}
