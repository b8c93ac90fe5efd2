package ui

import "strings"

// Message is one thing to say: a flash, a warning, a hint.
type Message struct {
	Tone  Tone
	Title string // optional
	Text  string
}

// Problem is what is wrong with one field, in words.
type Problem struct {
	Field, Message string
}

// Problems is what stopped a form: shown at the top with links to the fields,
// and again at each field.
type Problems struct {
	Message string // what stopped it as a whole
	Law     string // citation of the rule; "" when no law is concerned
	Fields  []Problem
}

// Any reports whether there is anything to show.
func (p Problems) Any() bool { return p.Message != "" || len(p.Fields) > 0 }

// At gives what is wrong with one field, "" when nothing is.
func (p Problems) At(field string) string {
	var all []string
	for _, f := range p.Fields {
		if f.Field == field {
			all = append(all, f.Message)
		}
	}
	return strings.Join(all, "；")
}

// controlID is the id of the control of a field; error links point at it.
func controlID(name string) string {
	return "f-" + strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '-', r == '_', r > 127:
			return r
		}
		return '_'
	}, name)
}
