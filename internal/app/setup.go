package app

import (
	"context"

	"onewindow/internal/business/staff"
)

// bureau is the body at which the first administrators are posted: 行政审批局.
const bureau = "dz-spj"

// SetUp brings into an empty store what a city needs before the first officer
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
