package catalog

import (
	"context"
	"slices"
	"strings"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/kit/db"
)

// Entry is one matter of the public directory: the version in force, or, while
// none was ever published, the draft that shows what is still lacking.
type Entry struct {
	Item  Item
	Impl  *Implementation
	Lacks []Lack // of a matter that is not open
	lift  int    // see favour
}

// Open says that one can apply: the version is published and in force.
func (e *Entry) Open() bool { return e.Impl.Status == Published }

// Snapshot is the public directory of one day. It never changes; a publication
// makes a new one.
type Snapshot struct {
	Day     calendar.Day
	number  int64 // of catalog_state when it was read
	entries []*Entry
	byID    map[string]*Entry
	byCode  map[string]*Entry
	index   *index
}

// newSnapshot orders and indexes the entries; what did not change is taken from
// the snapshot before, if there is one.
func newSnapshot(day calendar.Day, number int64, entries []*Entry, before *Snapshot) *Snapshot {
	slices.SortFunc(entries, func(a, b *Entry) int { return strings.Compare(a.Impl.Code(), b.Impl.Code()) })
	s := &Snapshot{Day: day, number: number, entries: entries, byID: map[string]*Entry{}, byCode: map[string]*Entry{}}
	for _, e := range entries {
		e.lift = e.favour()
		s.byID[e.Impl.ID] = e
		s.byCode[e.Impl.Code()] = e
	}
	s.index = newIndex(entries, before.docs())
	return s
}

// docs are the entries as the index has read them; nil has none.
func (s *Snapshot) docs() map[*Implementation]doc {
	if s == nil {
		return nil
	}
	out := make(map[*Implementation]doc, len(s.entries))
	for n, e := range s.entries {
		out[e.Impl] = s.index.docs[n]
	}
	return out
}

// Entries are all matters by code. The slice is shared.
func (s *Snapshot) Entries() []*Entry { return s.entries }

// ByCode finds a matter by its implementation code.
func (s *Snapshot) ByCode(code string) (*Entry, bool) {
	e, ok := s.byCode[code]
	return e, ok
}

// ByID finds a matter by the id of the version in force (or of its draft).
func (s *Snapshot) ByID(id string) (*Entry, bool) {
	e, ok := s.byID[id]
	return e, ok
}

// ByItem lists the implementations of a basic code.
func (s *Snapshot) ByItem(code string) []*Entry {
	var out []*Entry
	for _, e := range s.entries {
		if e.Impl.ItemCode == code {
			out = append(out, e)
		}
	}
	return out
}

// Count is how many matters a theme or a body has, open ones apart.
type Count struct {
	Key, Name   string
	Total, Open int
}

// ByTheme counts the matters of each theme that has any, in the order of Themes.
func (s *Snapshot) ByTheme() []Count {
	var out []Count
	for _, t := range themes {
		c := Count{Key: t.Key, Name: t.Name}
		for _, e := range s.entries {
			c.add(e, slices.Contains(e.Impl.Themes, t.Key))
		}
		if c.Total > 0 {
			out = append(out, c)
		}
	}
	return out
}

// ByBody counts the matters of each body, those with most first.
func (s *Snapshot) ByBody() []Count {
	var out []Count
	for _, e := range s.entries {
		b := e.Impl.Body
		at := slices.IndexFunc(out, func(c Count) bool { return c.Key == b.ID })
		if at < 0 {
			at = len(out)
			out = append(out, Count{Key: b.ID, Name: b.Name})
		}
		out[at].add(e, true)
	}
	slices.SortStableFunc(out, func(a, b Count) int { return b.Total - a.Total })
	return out
}

func (c *Count) add(e *Entry, has bool) {
	if !has {
		return
	}
	c.Total++
	if e.Open() {
		c.Open++
	}
}

// lookEvery is how old the answer may be whether another process published.
const lookEvery = 2 * time.Second

// Snapshot is the public directory of today. What this process published is in
// it at once, what another published within seconds.
func (s *Service) Snapshot(ctx context.Context) (*Snapshot, error) {
	now := s.db.Clock().Now()
	have := s.current.Load()
	if have != nil && !s.stale.Load() && have.Day == calendar.DayOf(now) && !s.due(now) {
		return have, nil
	}
	return s.renew(ctx, now)
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

// renew reads the directory again unless nothing changed.
func (s *Service) renew(ctx context.Context, now time.Time) (*Snapshot, error) {
	s.loading.Lock()
	defer s.loading.Unlock()
	day := calendar.DayOf(now)
	s.stale.Store(false)
	fresh := s.current.Load()
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		n, err := number(tx)
		if err != nil || fresh != nil && fresh.number == n && fresh.Day == day {
			return err
		}
		entries, err := s.directory(tx, day)
		if err == nil {
			fresh = newSnapshot(day, n, entries, fresh)
		}
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

// directory reads the entries of one day.
func (s *Service) directory(tx *db.Tx, day calendar.Day) ([]*Entry, error) {
	all, err := items(tx)
	if err != nil {
		return nil, err
	}
	versions, err := inForce(tx, day, s.versions.asOf)
	if err != nil {
		return nil, err
	}
	for _, i := range versions {
		s.versions.put(i)
	}
	first, err := firstDrafts(tx)
	if err != nil {
		return nil, err
	}
	var out []*Entry
	for _, i := range append(versions, first...) {
		item, ok := all[i.ItemCode]
		if !ok || !item.Listed || item.Split {
			continue
		}
		e := &Entry{Item: item, Impl: i}
		if i.Status == Draft {
			e.Lacks = i.Lacks()
		}
		out = append(out, e)
	}
	return out, nil
}
