package formview

import (
	"onewindow/internal/business/calendar"
	"onewindow/internal/business/form"
	"onewindow/internal/web/ui"
)

// Part is a titled part of the answers.
type Part struct {
	Title string
	Pairs []ui.Pair
}

// Answers are what was answered, by section; questions that were not asked
// are left out. Sensitive answers are masked unless open is set.
func Answers(def form.Definition, v form.Values, open bool) []Part {
	var out []Part
	for _, s := range def.VisibleSections(v) {
		p := Part{Title: s.Title}
		for _, f := range s.Fields {
			e := f.Resolve()
			p.Pairs = append(p.Pairs, ui.Pair{Term: e.Label, Text: say(e, v[e.ID], open)})
		}
		out = append(out, p)
	}
	return out
}

func say(e form.Element, value string, open bool) string {
	if value == "" {
		return ""
	}
	if e.Sensitive && !open {
		return Mask(e, value)
	}
	words := e.LabelOf(value)
	if day, err := calendar.ParseDay(value); e.Type == form.Date && err == nil {
		words = day.Chinese()
	}
	if e.Unit != "" {
		words += " " + e.Unit
	}
	return words
}
