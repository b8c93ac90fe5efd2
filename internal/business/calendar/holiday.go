package calendar

import (
	"maps"
	"slices"
)

// Rest (放假安排) is one holiday of a year's arrangement as the notice tells it.
type Rest struct {
	Name   string
	Off    []Day // weekend days inside may or may not be listed
	MakeUp []Day
}

// Holidays are the holidays of the arrangement by their first day off.
func (y Year) Holidays() []Rest {
	var out []Rest
	at := func(name string) *Rest {
		i := slices.IndexFunc(out, func(r Rest) bool { return r.Name == name })
		if i < 0 {
			out = append(out, Rest{Name: name})
			i = len(out) - 1
		}
		return &out[i]
	}
	for _, d := range slices.Sorted(maps.Keys(y.Off)) {
		r := at(y.Off[d])
		r.Off = append(r.Off, d)
	}
	for _, d := range slices.Sorted(maps.Keys(y.MakeUp)) {
		r := at(y.MakeUp[d])
		r.MakeUp = append(r.MakeUp, d)
	}
	return out
}

// WorkingDays counts the working days of a year.
func (t *Table) WorkingDays(year int) int {
	return t.WorkingBetween(Date(year-1, 12, 31), Date(year, 12, 31))
}
