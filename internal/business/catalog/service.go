package catalog

import (
	"context"
	"onewindow/internal/business/calendar"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// Service keeps the catalogue: its acts, and the published part in memory.
type Service struct {
	db       *db.DB
	versions versions
	current  atomic.Pointer[Snapshot]
	stale    atomic.Bool  // somebody here published: read again at once
	looked   atomic.Int64 // when the store was last asked whether it changed
	loading  sync.Mutex
}

// New makes the service. It reads nothing until it is first asked.
func New(d *db.DB) *Service { return &Service{db: d} }

// ByID is one version, whatever its status; fault catalog.missing. What it
// points to is shared and must not be changed.
func (s *Service) ByID(ctx context.Context, id string) (*Implementation, error) {
	var i *Implementation
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		i, err = s.Load(tx, id)
		return err
	})
	return i, err
}

// Load is ByID inside another noun's act; a published version that was read
// before costs no query.
func (s *Service) Load(tx *db.Tx, id string) (*Implementation, error) {
	if i := s.versions.get(id); i != nil {
		return i, nil
	}
	i, err := byID(tx, id)
	if err != nil {
		return nil, err
	}
	s.versions.put(i)
	return i, nil
}

// Draft is the draft of a version for who may see it: the catalogue's
// administrators, and editors of its own body.
func (s *Service) Draft(ctx context.Context, who staff.Actor, id string) (*Implementation, error) {
	if err := who.Must(staff.CatalogReadDraft); err != nil {
		return nil, err
	}
	i, err := s.ByID(ctx, id)
	if err != nil {
		return nil, err
	}
	return i, ownBody(who, i)
}

// Head is a version without its body, for lists.
type Head struct {
	ID, Code, ItemCode, BodyID, Name string
	Version, Revision                int
	Status                           Status
	From, To                         string // YYYY-MM-DD or ""
	PublishedAt, SavedAt             time.Time
	Change                           Change
	Handover                         Handover
}

// History lists the published versions of an implementation code, newest
// first: what was in force when, on what ground it was changed, by whom. It is
// public (优化营商环境条例第三十五条).
func (s *Service) History(ctx context.Context, code string) ([]Head, error) {
	return s.heads(ctx, func(tx *db.Tx) ([]Head, error) { return history(tx, code) })
}

// On is the version of a code that was in force on a day; fault catalog.missing.
func (s *Service) On(ctx context.Context, code, day string) (*Implementation, error) {
	all, err := s.History(ctx, code)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(all, func(h Head) bool { return h.From <= day && (h.To == "" || day < h.To) })
	if at < 0 {
		return nil, fault.Missing("catalog.missing")
	}
	return s.ByID(ctx, all[at].ID)
}

// InForce is the published version of a code on a day, inside another noun's
// act; fault catalog.not_in_force when there is none.
func (s *Service) InForce(tx *db.Tx, code string, day calendar.Day) (*Implementation, error) {
	versionID, err := db.One(tx, "catalog.missing", func(r db.Scanner) (v string, err error) { return v, r.Scan(&v) },
		`select id from implementation where code = $1 and status = 'published' and from_day <= $2 and (to_day is null or to_day > $2)
		order by from_day desc limit 1`, code, day.String())
	if f := fault.Of(err); f != nil && f.Kind == fault.KindMissing {
		return nil, fault.Refused("catalog.not_in_force", "行政许可法第三十条")
	}
	if err != nil {
		return nil, err
	}
	return s.Load(tx, versionID)
}

func (s *Service) heads(ctx context.Context, list func(*db.Tx) ([]Head, error)) (out []Head, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out, err = list(tx)
		return err
	})
	return out, err
}

// everyBody says that the actor looks after the whole catalogue.
func everyBody(who staff.Actor) bool { return who.Can(staff.CatalogPublish) }

// ownBody holds an editor to the versions of the editor's own body.
func ownBody(who staff.Actor, i *Implementation) error {
	if everyBody(who) || who.OrgID != "" && who.OrgID == i.Body.ID {
		return nil
	}
	return fault.Denied("scope")
}

// versions remembers published versions, which never change.
type versions struct {
	mu   sync.RWMutex
	byID map[string]*Implementation
}

// mostVersions bounds the memory: a county has about 1,300 in force, and
// running cases hold on to some older ones.
const mostVersions = 4000

func (v *versions) get(id string) *Implementation {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return v.byID[id]
}

// asOf is a remembered version whose end is still the one given.
func (v *versions) asOf(id, to string) *Implementation {
	i := v.get(id)
	if i == nil || to != i.end() {
		return nil
	}
	return i
}

// put remembers a version that can no longer change. Its To may still be set
// later, which a case that holds on to the version does not ask for.
func (v *versions) put(i *Implementation) {
	if i.Status != Published {
		return
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.byID == nil {
		v.byID = map[string]*Implementation{}
	}
	for id := range v.byID {
		if len(v.byID) < mostVersions {
			break
		}
		delete(v.byID, id)
	}
	v.byID[i.ID] = i
}
