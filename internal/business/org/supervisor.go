package org

import (
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

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
