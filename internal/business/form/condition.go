package form

import (
	"math/big"
	"slices"
)

// Condition is a list of tests that must all hold; an empty one always does.
type Condition []Test

// Op is how a test compares.
type Op string

// The comparisons. For a field of several choices, Equals and In ask whether
// any of them is chosen. The last four compare numbers.
const (
	Equals  Op = "equals"
	In      Op = "in"
	Present Op = "present"
	Above   Op = "above"    // >
	AtLeast Op = "at_least" // >=
	Below   Op = "below"    // <
	AtMost  Op = "at_most"  // <=
)

// Test looks at the answer to one earlier field. In uses Values, Present
// neither, the others Value.
type Test struct {
	Field  string   `json:"field"`
	Op     Op       `json:"op"`
	Value  string   `json:"value,omitempty"`
	Values []string `json:"values,omitempty"`
}

// Holds judges normalized answers.
func (c Condition) Holds(v Values) bool {
	for _, t := range c {
		if !t.holds(v[t.Field]) {
			return false
		}
	}
	return true
}

func (t Test) holds(answer string) bool {
	if answer == "" {
		return false
	}
	e, _ := Lookup(t.Field)
	switch t.Op {
	case Present:
		return true
	case Equals:
		return e.is(answer, t.Value)
	case In:
		return slices.ContainsFunc(t.Values, func(v string) bool { return e.is(answer, v) })
	}
	a, b := rational(answer), rational(t.Value)
	if a == nil || b == nil {
		return false
	}
	switch order := a.Cmp(b); t.Op {
	case Above:
		return order > 0
	case AtLeast:
		return order >= 0
	case Below:
		return order < 0
	case AtMost:
		return order <= 0
	}
	return false
}

// is says whether an answer is, or holds, the value.
func (e Element) is(answer, value string) bool {
	if e.Type == MultiChoice {
		return slices.Contains(split(answer), value)
	}
	if e.numeric() {
		a, b := rational(answer), rational(value)
		return a != nil && b != nil && a.Cmp(b) == 0
	}
	return answer == value
}

// rational reads a plain decimal; nil when it is none.
func rational(s string) *big.Rat {
	if !decimal.MatchString(s) {
		return nil
	}
	r, _ := new(big.Rat).SetString(s)
	return r
}
