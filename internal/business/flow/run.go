package flow

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"onewindow/internal/kit/fault"
)

// separation is cited when one person would do two separated steps. It is the
// internal-control principle of approval work; no single article states it.
const separation = "审查与决定相分离"

// Start opens the first step. The definition must have passed Check.
func (d Definition) Start(at time.Time) State {
	return State{Open: []Token{{Step: d.Nodes[0].Key, Since: at}}, Done: []Done{}}
}

// May says whether the actor may act at an open step: flow.not_open when the
// step does not wait for anybody (any more), flow.same_person when the actor
// has acted, by completing or by returning, at a step that this one is kept
// apart from. Earlier rounds count: nobody escapes by a return.
func (d Definition) May(s State, step, actor string) error {
	st, ok := d.Step(step)
	if _, open := s.Token(step); !ok || !open {
		return fault.Conflict("flow.not_open", "step", nameOr(st, step))
	}
	for _, done := range s.Done {
		if done.Actor == actor && d.apart(st, done.Step) {
			other, _ := d.Step(done.Step)
			return fault.Refused("flow.same_person", separation, "step", st.Name, "other", other.Name)
		}
	}
	return nil
}

// apart says whether two steps are kept apart, whichever of them says so.
func (d Definition) apart(a Step, key string) bool {
	b, _ := d.Step(key)
	return slices.Contains(a.ApartFrom, key) || slices.Contains(b.ApartFrom, a.Key)
}

// Complete closes the step's token with an outcome and opens what follows. It
// refuses as May does, and with flow.outcome_unknown. s itself stays as it is.
func (d Definition) Complete(s State, step, outcome, actor string, at time.Time) (State, error) {
	if err := d.May(s, step, actor); err != nil {
		return s, err
	}
	st, _ := d.Step(step)
	o, ok := st.Outcome(outcome)
	if !ok {
		return s, fault.Refused("flow.outcome_unknown", "", "step", st.Name, "outcome", outcome)
	}
	return s.move(Done{Step: step, Outcome: outcome, Actor: actor, At: at}, o.Next), nil
}

// Return sends the case back to an earlier step that it has been through. It
// refuses as May does, with flow.no_return when this way back is not allowed
// and flow.return_reason when no reason is given. s itself stays as it is.
func (d Definition) Return(s State, from, to, actor, reason string, at time.Time) (State, error) {
	if err := d.May(s, from, actor); err != nil {
		return s, err
	}
	st, _ := d.Step(from)
	if _, been := s.Last(to); !been || !slices.Contains(st.ReturnTo, to) {
		target, _ := d.Step(to)
		return s, fault.Refused("flow.no_return", "", "step", st.Name, "to", nameOr(target, to))
	}
	reason = strings.TrimSpace(reason)
	if err := checkReason(reason); err != nil {
		return s, err
	}
	return s.move(Done{Step: from, To: to, Reason: reason, Actor: actor, At: at}, to), nil
}

func checkReason(reason string) error {
	if reason == "" {
		return fault.Invalid("flow.return_reason", fault.At("reason", "flow.return_reason"))
	}
	if n := utf8.RuneCountInString(reason); n > maxReason {
		long := fault.At("reason", "flow.return_reason_long", "max", strconv.Itoa(maxReason), "length", strconv.Itoa(n))
		return fault.Invalid("flow.return_reason_long", long)
	}
	return nil
}

// Returns lists the steps that the open step may send this case back to now.
func (d Definition) Returns(s State, step string) []Step {
	st, _ := d.Step(step)
	var out []Step
	for _, key := range st.ReturnTo {
		if _, been := s.Last(key); been {
			to, _ := d.Step(key)
			out = append(out, to)
		}
	}
	return out
}

// move closes the token of done.Step, writes the history and opens the next
// step unless it is open already.
func (s State) move(done Done, next string) State {
	t, _ := s.Token(done.Step)
	done.Since = t.Since
	out := State{Open: []Token{}, Done: append(slices.Clone(s.Done), done)}
	for _, open := range s.Open {
		if open.Step != done.Step {
			out.Open = append(out.Open, open)
		}
	}
	if _, already := out.Token(next); next != "" && !already {
		out.Open = append(out.Open, Token{Step: next, Since: done.At})
	}
	return out
}

func nameOr(s Step, key string) string {
	if s.Name != "" {
		return s.Name
	}
	return key
}
