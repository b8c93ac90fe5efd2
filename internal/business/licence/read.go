package licence

import (
	"context"
	"io"

	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
)

// pageSize is the licences of a page unless asked otherwise; most bounds it.
const (
	pageSize = 20
	most     = 100
)

// seen is the licences that the actor may read, as a predicate with
// placeholders from $n.
func seen(who staff.Actor, n int) (predicate string, args []any) {
	return who.ScopeFor(staff.LicenceRead).SQL("l", n)
}

// ByCase is the result of a case that the actor may read; fault
// licence.missing when there is none.
func (s *Service) ByCase(ctx context.Context, who staff.Actor, caseID string) (*Licence, error) {
	return s.one(ctx, who, `l.case_id = $1`, caseID)
}

// Get is one licence that the actor may read; fault licence.missing when there
// is none.
func (s *Service) Get(ctx context.Context, who staff.Actor, licenceID string) (*Licence, error) {
	return s.one(ctx, who, `l.id = $1`, licenceID)
}

func (s *Service) one(ctx context.Context, who staff.Actor, where, key string) (l *Licence, err error) {
	if err := who.Must(staff.LicenceRead); err != nil {
		return nil, err
	}
	scope, args := seen(who, 2)
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		l, err = db.One(tx, missing, s.opened, columns+`where `+where+` and `+scope, append([]any{key}, args...)...)
		return err
	})
	return l, err
}

// Mine are the licences of the actor's parties, the newest first; for an
// officer they are those in the officer's scope. after is the id of the last
// one of the page before.
func (s *Service) Mine(ctx context.Context, who staff.Actor, after string, limit int) (out []*Licence, err error) {
	if err := who.Must(staff.LicenceRead); err != nil {
		return nil, err
	}
	if limit <= 0 || limit > most {
		limit = pageSize
	}
	if after == "" {
		after = "~"
	}
	scope, args := seen(who, 3)
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out, err = db.List(tx, s.opened, columns+`where l.id < $1 and `+scope+` order by l.id desc limit $2`,
			append([]any{after, limit}, args...)...)
		return err
	})
	return out, err
}

// Download is the PDF of a licence that the actor may read, made first where it
// is not there yet. The caller closes it. Because it may hold personal data in
// the clear, every download is audited.
func (s *Service) Download(ctx context.Context, who staff.Actor, licenceID string) (File, io.ReadCloser, error) {
	l, err := s.Get(ctx, who, licenceID)
	if err != nil {
		return File{}, nil, err
	}
	f, err := s.make(ctx, l)
	if err != nil {
		return File{}, nil, err
	}
	content, err := s.read(ctx, f)
	if err != nil {
		return File{}, nil, err
	}
	return f, content, s.record(ctx, who, l, "licence.download")
}

// record leaves the audit record of a reading.
func (s *Service) record(ctx context.Context, who staff.Actor, l *Licence, act string) error {
	return s.db.Act(ctx, func(tx *db.Tx) error {
		tell(tx, who, act, l, nil)
		return nil
	})
}

// Unprinted lists licences whose PDF waits for a font that has all their
// characters, oldest first: set an external font and render them again.
func (s *Service) Unprinted(ctx context.Context, limit int) (out []*Licence, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out, err = db.List(tx, s.opened, columns+`where l.glyphs <> '' order by l.id limit $1`, limit)
		return err
	})
	return out, err
}

// Find is the licence with an identifier or a number, for who may read it.
func (s *Service) Find(ctx context.Context, who staff.Actor, typed string) (*Licence, error) {
	r, err := readReference(typed)
	if err != nil {
		return nil, err
	}
	if r.identifier != "" {
		return s.one(ctx, who, `l.identifier = $1`, r.identifier)
	}
	return s.one(ctx, who, `l.number = $1`, r.number)
}
