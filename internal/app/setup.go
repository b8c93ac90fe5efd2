package app

import (
	"context"

	"onewindow/internal/business/catalog"
	"onewindow/internal/business/org"
	"onewindow/internal/business/staff"
)

// bureau is the body at which the first administrators of Dingzhou are posted:
// 行政审批局.
const bureau = "dz-spj"

// SetUp brings into an empty store what Dingzhou needs before the first officer
// can sign in: its bodies, halls and townships, the collected matters as drafts,
// and the three administrators with their first passwords.
func (s *Services) SetUp(ctx context.Context) ([]staff.Founder, error) {
	if err := s.Org.Seed(ctx); err != nil {
		return nil, err
	}
	if err := s.Catalog.SeedDrafts(ctx); err != nil {
		return nil, err
	}
	return s.Staff.Found(ctx, bureau) // last: the passwords are known this once
}

// SetUpCity is SetUp for any other city, from its own tables: its matters are those
// that follow from the law in the lines of work that it names a body for.
func (s *Services) SetUpCity(ctx context.Context, c org.City, sectors []org.Sector) ([]staff.Founder, error) {
	if err := catalog.CheckSectors(sectors); err != nil {
		return nil, err
	}
	if err := s.Org.ImportCity(ctx, c); err != nil {
		return nil, err
	}
	if err := s.Catalog.SeedCity(ctx, c.Root().Name, sectors); err != nil {
		return nil, err
	}
	return s.Staff.Found(ctx, c.Bodies[0].ID)
}
