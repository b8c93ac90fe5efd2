// Package formview draws the application form of a matter: the questions with
// what is known already filled in, and the answers as they are read afterwards.
// The portal and the window use the same drawing, so that a form looks and
// behaves alike wherever it is filled in.
package formview

import (
	"strings"

	"onewindow/internal/business/form"
	"onewindow/internal/web/ui"
)

// Form is a form with its present answers.
type Form struct {
	Def      form.Definition
	Values   form.Values
	Problems ui.Problems
	// Known names the elements that were filled in from what is held already,
	// From says where it is held, such as 「登记信息」.
	Known []string
	From  string
	// Held are answers that are not shown to whoever fills in the form, by
	// element: the page shows them masked, and an empty box keeps them. At a
	// window the clerk need not see a number that is on record.
	Held form.Values
	// Frozen names the elements that cannot be changed here.
	Frozen []string
}

// Read takes the answers of a form out of what was posted, as Visit.Answers
// gives it. Names that the form does not ask are left out.
func Read(def form.Definition, answers map[string]string) form.Values {
	v := form.Values{}
	for _, f := range def.Fields() {
		if s, sent := answers[f.Element]; sent {
			v[f.Element] = s
		}
	}
	return v
}

// ReadKeeping is Read for a form that was drawn with Held answers: what was left
// empty there stays as it is held.
func ReadKeeping(def form.Definition, answers map[string]string, held form.Values) form.Values {
	v := Read(def, answers)
	for id, kept := range held {
		if strings.TrimSpace(v[id]) == "" {
			v[id] = kept
		}
	}
	return v
}

// HeldOf are the sensitive answers among the values: those to be kept masked.
func HeldOf(def form.Definition, v form.Values) form.Values {
	held := form.Values{}
	for _, id := range def.Sensitive() {
		if v[id] != "" {
			held[id] = v[id]
		}
	}
	return held
}

// Open are the values without those that are held.
func Open(v, held form.Values) form.Values {
	out := form.Values{}
	for id, s := range v {
		if held[id] == "" {
			out[id] = s
		}
	}
	return out
}

// all are the answers with the held ones: what conditions look at.
func (f Form) all() form.Values {
	v := form.Values{}
	for id, s := range f.Values {
		v[id] = s
	}
	for id, s := range f.Held {
		if strings.TrimSpace(v[id]) == "" {
			v[id] = s
		}
	}
	return v
}
