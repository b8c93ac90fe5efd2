package org

import (
	"context"

	"onewindow/internal/kit/audit"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// ImportCity brings the organisation of a city into a store. It may be run again
// with corrected tables of the same city: a row that is there is brought up to
// date, none is removed. Another city is fault org.other_city.
func (s *Service) ImportCity(ctx context.Context, c City) error {
	return s.db.Act(ctx, func(tx *db.Tx) error {
		there, err := divisions(tx)
		if err != nil {
			return err
		}
		for _, d := range there {
			if d.Parent == "" && d.Code != c.Root().Code {
				return fault.Conflict("org.other_city", "city", d.Name)
			}
		}
		c.save(tx)
		audit.Record(tx, audit.Entry{ActorID: "system", ActorName: "系统", Act: "org.seed", SubjectKind: "org", SubjectID: c.Root().Code,
			After: map[string]int{"bodies": len(c.Bodies), "halls": len(c.Halls), "windows": len(c.Windows)}})
		return nil
	})
}

// Root is the city itself among its divisions.
func (c City) Root() Division {
	for _, d := range c.Divisions {
		if d.Parent == "" {
			return d
		}
	}
	return Division{}
}

// Identity is whose platform this is: the city, and the body that runs it
// (主办单位), the first on the list; both empty in a store without a city.
func (s *Service) Identity(ctx context.Context) (city Division, operator Body, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		all, err := divisions(tx)
		if err != nil {
			return err
		}
		city = City{Divisions: all}.Root()
		list, err := bodies(tx)
		if len(list) > 0 {
			operator = list[0]
		}
		return err
	})
	return city, operator, err
}
