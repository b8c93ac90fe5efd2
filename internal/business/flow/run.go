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
	s := State{Open: []Token{}, Done: []Done{}}
	d.enter(&s, d.Nodes[0].NodeKey(), at)
	return s
}

// May says whether the actor may act at an open step: flow.not_open when the
// step does not wait for anybody (any more), flow.same_person when the actor
// has acted, by completing or by returning, in person or by a substitute, at a
// step that this one is kept apart from. Earlier rounds count: nobody escapes by
// a return.
func (d Definition) May(s State, step, actor string) error {
	st, ok := d.Step(step)
	if _, open := s.Token(step); !ok || !open {
		return fault.Conflict("flow.not_open", "step", nameOr(st, step))
	}
	for _, done := range s.Done {
		if (done.Actor == actor || done.For == actor) && d.apart(st, done.Step) {
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

// Complete closes the step's token with an outcome and opens what follows; the
// branch that a join waits for fires it. It refuses as May does, and with
// flow.outcome_unknown. s itself stays as it is.
func (d Definition) Complete(s State, step, outcome, actor string, at time.Time) (State, error) {
	if err := d.May(s, step, actor); err != nil {
		return s, err
	}
	st, _ := d.Step(step)
	o, ok := st.Outcome(outcome)
	if !ok {
		return s, fault.Refused("flow.outcome_unknown", "", "step", st.Name, "outcome", outcome)
	}
	out := s.close(Done{Step: step, Outcome: outcome, Actor: actor, At: at})
	switch block, branch := d.BlockOf(step); {
	case block == nil:
		d.enter(&out, o.Next, at)
	case o.Next != "":
		next, _ := d.Step(o.Next)
		out.open(next, at)
	default:
		out.Arrived = append(out.Arrived, Arrival{branch.Key, outcome})
		d.join(&out, block, at)
	}
	return out, nil
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
	out := s.close(Done{Step: from, To: to, Reason: reason, Actor: actor, At: at})
	d.back(&out, from, to, at)
	return out, nil
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

// close closes the token of done.Step and writes the history; the result shares
// nothing with s.
func (s State) close(done Done) State {
	t, _ := s.Token(done.Step)
	done.Since, done.Body = t.Since, t.Body
	out := s
	out.Open, out.Done, out.Arrived = []Token{}, append(slices.Clone(s.Done), done), slices.Clone(s.Arrived)
	for _, open := range s.Open {
		if open.Step != done.Step {
			out.Open = append(out.Open, open)
		}
	}
	return out
}

// open lets a step wait unless it does already.
func (s *State) open(step Step, at time.Time) {
	if _, already := s.Token(step.Key); already {
		return
	}
	t := Token{Step: step.Key, Since: at, Body: step.Body}
	if step.Body == Lower {
		t.Body = s.LowerID
	}
	s.Open = append(s.Open, t)
}

func nameOr(s Step, key string) string {
	if s.Name != "" {
		return s.Name
	}
	return key
}
