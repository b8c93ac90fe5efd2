package org

import (
	"context"

	"onewindow/internal/kit/db"
)

// Filter narrows List; the zero value lists every active body.
type Filter struct {
	Kind     Kind
	Division string
	Inactive bool // also bodies that were dissolved
}

// ByID is one body; fault org.body when there is none.
func (s *Service) ByID(ctx context.Context, id string) (Body, error) {
	return read(ctx, s.db, func(tx *db.Tx) (Body, error) { return LoadBody(tx, id) })
}

// ByUSCC is the body with this unified social credit code.
func (s *Service) ByUSCC(ctx context.Context, uscc string) (Body, error) {
	return read(ctx, s.db, func(tx *db.Tx) (Body, error) { return LoadBodyByUSCC(tx, uscc) })
}

// List is the bodies in their fixed order, at most 1000.
func (s *Service) List(ctx context.Context, f Filter) ([]Body, error) {
	all, err := read(ctx, s.db, bodies)
	if err != nil {
		return nil, err
	}
	out := all[:0]
	for _, b := range all {
		if f.keeps(b) {
			out = append(out, b)
		}
	}
	return out, nil
}

func (f Filter) keeps(b Body) bool {
	return (f.Kind == "" || b.Kind == f.Kind) &&
		(f.Division == "" || b.Division == f.Division) &&
		(f.Inactive || b.Active)
}

// HallByID is one hall; fault org.hall when there is none.
func (s *Service) HallByID(ctx context.Context, id string) (Hall, error) {
	return read(ctx, s.db, func(tx *db.Tx) (Hall, error) { return LoadHall(tx, id) })
}

// Halls is every hall in its fixed order, the city's first.
func (s *Service) Halls(ctx context.Context) ([]Hall, error) {
	return read(ctx, s.db, halls)
}

// WindowByID is one window; fault org.window when there is none.
func (s *Service) WindowByID(ctx context.Context, id string) (Window, error) {
	return read(ctx, s.db, func(tx *db.Tx) (Window, error) { return LoadWindow(tx, id) })
}

// Windows is the windows of one hall.
func (s *Service) Windows(ctx context.Context, hallID string) ([]Window, error) {
	return read(ctx, s.db, func(tx *db.Tx) ([]Window, error) { return windows(tx, hallID) })
}

// AllWindows is the windows of all halls, hall by hall.
func (s *Service) AllWindows(ctx context.Context) ([]Window, error) {
	return read(ctx, s.db, allWindows)
}

// Divisions is the city and its townships by code.
func (s *Service) Divisions(ctx context.Context) ([]Division, error) {
	return read(ctx, s.db, divisions)
}

func read[T any](ctx context.Context, d *db.DB, fn func(*db.Tx) (T, error)) (out T, err error) {
	err = d.Read(ctx, func(tx *db.Tx) error {
		out, err = fn(tx)
		return err
	})
	return out, err
}
