package form

import (
	"slices"

	"onewindow/internal/business/calendar"
)

// Prefill is what known facts of a party answer beforehand, by the Fact of the
// elements this form asks. Hidden fields are filled too, so that they are
// complete when they come to show. A fact that the element would not accept is
// left out: a record that is wrong elsewhere must not block an application
// here. today is the day in Beijing.
func (d Definition) Prefill(facts map[string]string, today calendar.Day) Values {
	v := Values{}
	for _, f := range d.Fields() {
		e, ok := Lookup(f.Element)
		if !ok || e.Fact == "" {
			continue
		}
		s := e.normalize(facts[e.Fact])
		if s == "" {
			continue
		}
		if _, ok := e.judge(s, today); ok {
			v[e.ID] = s
		}
	}
	return v
}

// Prefilled lists the elements whose answers are, still, what the facts say:
// the fields that pages mark 已自动填写.
func (d Definition) Prefilled(v Values, facts map[string]string, today calendar.Day) []string {
	clean, _ := d.walk(v)
	var ids []string
	for id, s := range d.Prefill(facts, today) {
		if clean[id] == s {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// Facts lists the names of all facts that elements are filled from.
func Facts() []string {
	var names []string
	for _, e := range registry {
		if e.Fact != "" {
			names = append(names, e.Fact)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}
