package calendar

import (
	_ "embed"
	"encoding/json"
	"sync"
)

// The holidays of 2021 to 2026 as published; each year names its notice and
// the data set that it was taken from. 2027 had not been published.
//
//go:embed holidays.json
var holidays []byte

// BuiltinVersion is the version of the table inside the program; edited tables
// count on from it.
const BuiltinVersion = 1

// Builtin is the table inside the program: 2021 to 2026. Later years are not
// loaded, and everything counted in them is provisional.
func Builtin() *Table { return builtin() }

var builtin = sync.OnceValue(func() *Table {
	var data struct{ Years []Year }
	if err := json.Unmarshal(holidays, &data); err != nil {
		panic("calendar: the built-in table cannot be read: " + err.Error())
	}
	t, err := New(BuiltinVersion, data.Years...)
	if err != nil {
		panic("calendar: the built-in table is wrong: " + err.Error())
	}
	return t
})
