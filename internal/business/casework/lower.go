package casework

import (
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/form"
	"onewindow/internal/business/org"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
)

// placeElements are the answers that say in which township a matter lies.
var placeElements = []string{"premises.town", "project.area_code", "company.area_code", "person.area_code", "premises.address", "project.site"}

// lowerOf is the lower body that examines first (行政许可法第三十五条): the township
// whose hall took the application in, else the one that the answers name. Where
// there is none, or nobody in it who could, the deciding body examines itself.
func lowerOf(tx *db.Tx, c *Case, impl *catalog.Implementation, v form.Values) (string, error) {
	id, err := townOf(tx, c, impl, v)
	if err != nil || id == "" {
		return "", err
	}
	able, err := staff.Able(tx, staff.CaseExamine, staff.Subject{BodyID: id})
	if len(able) == 0 {
		id = ""
	}
	return id, err
}

func townOf(tx *db.Tx, c *Case, impl *catalog.Implementation, v form.Values) (string, error) {
	if !lower(impl.Flow) {
		return "", nil
	}
	if c.IntakeID != "" {
		hall, err := org.LoadHall(tx, c.IntakeID)
		if err != nil {
			return "", err
		}
		b, err := org.LoadBody(tx, hall.BodyID)
		if err != nil || b.Kind == org.Township {
			return b.ID, err
		}
	}
	for _, e := range placeElements {
		if v[e] == "" {
			continue
		}
		id, err := org.TownshipOf(tx, v[e])
		if err != nil || id != "" {
			return id, err
		}
	}
	return "", nil
}

func lower(d flow.Definition) bool {
	for _, s := range d.Steps() {
		if s.Body == flow.Lower {
			return true
		}
	}
	return false
}
