package org

import (
	"slices"

	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// GovernmentOf is the government (本级人民政府) under which a body acts: that of the
// body's own division, otherwise the city's. Fault org.body when there is none.
func GovernmentOf(tx *db.Tx, bodyID string) (found Body, err error) {
	all, err := bodies(tx)
	if err != nil {
		return found, err
	}
	i := slices.IndexFunc(all, func(b Body) bool { return b.ID == bodyID })
	for _, b := range all {
		if b.Kind == Government && b.Active && (found.ID == "" || i >= 0 && b.Division == all[i].Division) {
			found = b
		}
	}
	if found.ID == "" {
		return found, fault.Missing("org.body")
	}
	return found, nil
}

// Supervisor is the body that watches over the others in the name of the
// government (督查): the first active office of the government. Fault org.body
// when there is none.
func Supervisor(tx *db.Tx) (Body, error) {
	all, err := bodies(tx)
	if err != nil {
		return Body{}, err
	}
	for _, b := range all {
		if b.Kind == GovernmentOffice && b.Active {
			return b, nil
		}
	}
	return Body{}, fault.Missing("org.body")
}
