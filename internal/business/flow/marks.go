package flow

// mark says how far a step is in a running case.
type mark int

const (
	waiting mark = iota
	current
	done
	passed // its condition does not hold
)

// marks works out which steps are done, open or passed, blocks and branches
// too: a return opens the way again from the step it went to.
func (d Definition) marks(s *State) map[string]mark {
	m := map[string]mark{}
	if s == nil {
		return m
	}
	for _, x := range s.Done {
		m[x.Step] = done
		if x.Returned() {
			for _, key := range d.again(x.Step, x.To) {
				delete(m, key)
			}
		}
	}
	for _, t := range s.Open {
		m[t.Step] = current
		if b, branch := d.BlockOf(t.Step); b != nil {
			m[b.Key], m[branch.Key] = current, current
		}
	}
	for _, key := range s.Passed {
		m[key] = passed
	}
	d.spread(m)
	return m
}

// spread marks the branches that are done, and what a passed branch or block holds.
func (d Definition) spread(m map[string]mark) {
	for _, n := range d.Nodes {
		if n.Block == nil {
			continue
		}
		for _, b := range n.Block.Branches {
			out := m[b.Key] == passed || m[n.Block.Key] == passed
			for _, s := range b.Steps {
				if out {
					m[s.Key] = passed
				} else if m[s.Key] == done && m[b.Key] == waiting {
					m[b.Key] = done
				}
			}
		}
	}
}

// again are the keys that are to be done anew after a return: what lies behind
// the step it went to. Back into a block from outside only its own branch is.
func (d Definition) again(from, to string) []string {
	block, branch := d.BlockOf(to)
	i := d.index(to)
	var out []string
	if block != nil {
		i = d.index(block.Key)
		for _, s := range branch.Steps[branch.index(to):] {
			out = append(out, s.Key)
		}
		if was, _ := d.BlockOf(from); was == block {
			return out
		}
		out = append(out, block.Key)
		i++
	}
	for _, n := range d.Nodes[max(0, i):] {
		out = append(out, n.NodeKey())
		for _, s := range n.Steps() {
			out = append(out, s.Key)
		}
	}
	return out
}

// trail is what a running case went along.
type trail struct {
	taken    map[[2]string]bool // ways by keys of nodes or steps; "" is the end or the join
	returned map[[2]string]bool
	picked   map[string]string // node or step to the outcome it was last completed with
	ended    bool
	last     string // step at which the case ended before its last node
}

func (d Definition) trail(s *State) trail {
	t := trail{taken: map[[2]string]bool{}, returned: map[[2]string]bool{}, picked: map[string]string{}}
	if s == nil {
		return t
	}
	for _, x := range s.Done {
		if x.Returned() {
			t.returned[[2]string{d.nodeOf(x.Step), d.nodeOf(x.To)}] = true
			t.returned[[2]string{x.Step, x.To}] = true
			continue
		}
		t.taken[[2]string{x.Step, d.nextOf(x.Step, x.Outcome)}] = true
		t.picked[x.Step] = x.Outcome
	}
	t.ended = s.Ended()
	if n := len(s.Done); t.ended && n > 0 && s.Done[n-1].Step != d.Nodes[len(d.Nodes)-1].NodeKey() {
		t.last = s.Done[n-1].Step
	}
	return t
}

// nextOf is where an outcome of a step or block leads.
func (d Definition) nextOf(key, outcome string) string {
	exits := []Outcome{}
	if i := d.index(key); i >= 0 {
		exits = d.Nodes[i].Exits()
	} else if s, ok := d.Step(key); ok {
		exits = s.Outcomes
	}
	o, _ := Step{Outcomes: exits}.Outcome(outcome)
	return o.Next
}

// nodeOf is the node that a step stands in: itself, or its block.
func (d Definition) nodeOf(step string) string {
	if b, _ := d.BlockOf(step); b != nil {
		return b.Key
	}
	return step
}
