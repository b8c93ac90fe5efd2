// Package staff knows who may do what (人员): accounts and how they sign in,
// the postings of officers, roles and permissions as data, and the scope of
// cases that an actor sees.
package staff

import (
	"time"

	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/secret"
)

// fresh is how long a process may go on believing what it read about an
// account, token or session. A change made by this process is seen at once; a
// change made by another is seen after this time at the latest.
const fresh = 30 * time.Second

// Service holds the acts of this noun.
type Service struct {
	db       *db.DB
	parties  func(tx *db.Tx, accountID string) ([]string, error)
	hasher   *secret.Hasher
	actors   *cache[Actor]
	tokens   *cache[apiToken]
	guesses  *cache[attempts]
	sessions *SessionStore
}

// Options are what the service needs from others.
type Options struct {
	// PartiesOf lists the parties an account may act for today. The noun above
	// answers it (party.OfAccount); without it applicants see only the cases
	// that they handle as agents.
	PartiesOf func(tx *db.Tx, accountID string) ([]string, error)
	// Hasher hashes passwords; nil is secret.Standard().
	Hasher *secret.Hasher
}

// New makes the service.
func New(d *db.DB, o Options) *Service {
	if o.Hasher == nil {
		o.Hasher = secret.Standard()
	}
	if o.PartiesOf == nil {
		o.PartiesOf = func(*db.Tx, string) ([]string, error) { return nil, nil }
	}
	return &Service{
		db: d, parties: o.PartiesOf, hasher: o.Hasher,
		actors: newCache[Actor](20_000), tokens: newCache[apiToken](5_000), guesses: newCache[attempts](10_000),
		sessions: newSessionStore(d),
	}
}

// Sessions is the store of signed-in sessions.
func (s *Service) Sessions() *SessionStore { return s.sessions }

// Forget drops what is remembered about an account once the act is durable.
// Every act that changes what an account may do calls it.
func (s *Service) Forget(tx *db.Tx, accountID string) {
	tx.AfterCommit(func() { s.actors.drop(accountID) })
}

// today is the civil day in Beijing, YYYY-MM-DD.
func today(now time.Time) string { return now.In(clock.Beijing).Format(time.DateOnly) }
