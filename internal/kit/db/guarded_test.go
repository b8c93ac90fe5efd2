package db

import (
	"strings"
	"testing"
)

// Only an insert that inserts its row or fails goes unguarded, however its
// text is laid out.
func TestGuarded(t *testing.T) {
	for text, guard := range map[string]bool{
		"insert into a (x) values ($1)":                                                                  false,
		"insert into a (x)\n\t\tvalues ($1)":                                                             true, // not recognised, and safe
		"insert into a (x) values ($1) on conflict (x) do nothing":                                       true,
		"insert into a (x) values ($1)\n\t\ton conflict (x) do update set y = excluded.y where a.y < $2": true,
		"insert into a (x) values ($1), ($2)":                                                            true,
		"insert into a (x) select n from counter":                                                        true,
		"update a set x = $1 where id = $2 and version = $3":                                             true,
	} {
		if got := strings.HasPrefix(guarded(write{text: text, rows: 1}), "with touched"); got != guard {
			t.Errorf("guarded %v: %s", got, text)
		}
	}
}
