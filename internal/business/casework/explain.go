package casework

import (
	"onewindow/internal/business/calendar"
	"onewindow/internal/business/statute"
)

// Laws are the articles on which the step rests, in the text that was in force
// on its day.
func (h Happening) Laws() (out []statute.Text) {
	day := calendar.DayOf(h.At)
	for _, citation := range statute.OfAct(h.Kind) {
		texts, _ := statute.Find(citation, day)
		out = append(out, texts...)
	}
	return out
}

// Laws are the articles of the rule that refused, in the text of that day.
func (r Refusal) Laws() []statute.Text {
	texts, _ := statute.Find(r.Law, calendar.DayOf(r.At))
	return texts
}
