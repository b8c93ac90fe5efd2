package flow

import (
	"slices"
	"time"
)

// enter opens a node: its step, or the first step of every branch. A node whose
// condition does not hold is passed.
func (d Definition) enter(s *State, key string, at time.Time) {
	i := d.index(key)
	if i < 0 {
		return // the end
	}
	n := d.Nodes[i]
	if slices.Contains(s.Passed, key) {
		_, otherwise := n.Condition()
		d.enter(s, otherwise, at)
		return
	}
	if n.Block == nil {
		s.open(n.Step, at)
		return
	}
	s.Arrived = nil
	for _, b := range n.Block.Branches {
		if !slices.Contains(s.Passed, b.Key) {
			s.open(b.Steps[0], at)
		}
	}
}

// join fires when the rule is satisfied: what is still open in the block is
// closed, and the case goes on. A join that fired has no open step that could
// fire it again.
func (d Definition) join(s *State, b *Block, at time.Time) {
	outcome, fires := b.result(*s)
	if !fires {
		return
	}
	s.leave(b)
	s.Done = append(s.Done, Done{Step: b.Key, Outcome: outcome, Since: at, At: at})
	o, _ := b.Outcome(outcome)
	d.enter(s, o.Next, at)
}

// leave closes every open step of the block.
func (s *State) leave(b *Block) {
	s.Open = slices.DeleteFunc(s.Open, func(t Token) bool {
		return slices.ContainsFunc(b.Branches, func(x Branch) bool { return x.index(t.Step) >= 0 })
	})
}

// result is the outcome of the join, once there is one.
func (b *Block) result(s State) (outcome string, fires bool) {
	opposed, waiting := false, false
	for _, x := range b.Branches {
		said, arrived := s.arrival(x.Key)
		opposed = opposed || said == Oppose
		waiting = waiting || !arrived && !slices.Contains(s.Passed, x.Key)
	}
	switch {
	case opposed && b.Rule == AnyRefusal:
		return Oppose, true
	case waiting:
		return "", false
	case b.Rule == LeadDecides:
		said, _ := s.arrival(b.Lead)
		opposed = said == Oppose
	}
	if opposed {
		return Oppose, true
	}
	return Support, true
}

// arrival is what a branch brought to the join.
func (s State) arrival(branch string) (outcome string, arrived bool) {
	for _, a := range s.Arrived {
		if a.Branch == branch {
			return a.Outcome, true
		}
	}
	return "", false
}

// back opens the step that a return goes to. Leaving a block closes its other
// branches: their work begins anew when the case comes to the block again.
// Coming back into a block opens that branch, and those that a refusal had cut
// short; what the others said still stands.
func (d Definition) back(s *State, from, to string, at time.Time) {
	was, _ := d.BlockOf(from)
	is, branch := d.BlockOf(to)
	if was != nil && was != is {
		s.leave(was)
	}
	step, _ := d.Step(to)
	s.open(step, at)
	if is == nil || is == was {
		return
	}
	s.Arrived = slices.DeleteFunc(s.Arrived, func(a Arrival) bool {
		return a.Branch == branch.Key || !slices.ContainsFunc(is.Branches, func(b Branch) bool { return b.Key == a.Branch })
	})
	for _, b := range is.Branches {
		if _, arrived := s.arrival(b.Key); !arrived && b.Key != branch.Key && !slices.Contains(s.Passed, b.Key) {
			s.open(b.Steps[0], at)
		}
	}
}

// Opposed is the joint outcome that stands against a grant: the last word of a
// block joined by All or AnyRefusal, or of a joint review meeting, was oppose.
// Bodies that handle an application together (行政许可法第二十六条第二款) each bring
// their own competence; one alone does not grant over another's refusal. It is
// the name of that block or meeting, empty when nothing stands against it.
func (d Definition) Opposed(s State) string {
	for _, n := range d.Nodes {
		binds := n.Block == nil && n.Act == Meet || n.Block != nil && n.Block.Rule != LeadDecides
		if last, ok := s.Last(n.NodeKey()); ok && binds && last.Outcome == Oppose {
			return n.Title()
		}
	}
	return ""
}

// Assign hands an open step over to one officer; s itself stays as it is.
func (s State) Assign(step, officer string) State {
	s.Open = slices.Clone(s.Open)
	for i := range s.Open {
		if s.Open[i].Step == step {
			s.Open[i].Officer = officer
		}
	}
	return s
}
