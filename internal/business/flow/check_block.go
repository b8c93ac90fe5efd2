package flow

import (
	"slices"
	"strconv"
)

const (
	fewestBranches = 2
	mostBranches   = 8
)

// block is what holds of a parallel block: two branches or more of which one is
// always waited for, a rule of joining, and both outcomes of the join.
func (c *checker) block(i int, b *Block) {
	c.key(b.Key, b.Key)
	c.name(b.Key+".name", b.Name)
	if !slices.Contains(Rules(), b.Rule) {
		c.add(b.Key+".rule", "flow.rule_unknown", "rule", string(b.Rule))
	}
	if n := len(b.Branches); n < fewestBranches || n > mostBranches {
		c.add(b.Key+".branches", "flow.branches", "name", b.Name, "min", strconv.Itoa(fewestBranches), "max", strconv.Itoa(mostBranches))
	}
	if len(b.Branches) > 0 && !slices.ContainsFunc(b.Branches, func(x Branch) bool { return x.When == "" }) {
		c.add(b.Key+".branches", "flow.all_conditional", "name", b.Name)
	}
	c.lead(b)
	c.outcomeList(b.Key, b.Outcomes)
	c.demand(b.Key, b.Name, b.Outcomes, []string{Support, Oppose})
	if len(b.Outcomes) > 2 {
		c.add(b.Key+".outcomes", "flow.block_outcomes", "name", b.Name)
	}
	n := Node{Block: b}
	c.way(i, n)
	c.condition(i, n)
	for k := range b.Branches {
		c.branch(&b.Branches[k])
	}
}

// lead: the branch that decides is one that is always waited for.
func (c *checker) lead(b *Block) {
	i := slices.IndexFunc(b.Branches, func(x Branch) bool { return x.Key == b.Lead })
	switch {
	case b.Rule != LeadDecides && b.Lead != "":
		c.add(b.Key+".lead", "flow.lead_unused")
	case b.Rule == LeadDecides && i < 0:
		c.add(b.Key+".lead", "flow.lead_missing", "name", b.Name)
	case b.Rule == LeadDecides && b.Branches[i].When != "":
		c.add(b.Key+".lead", "flow.lead_conditional", "name", b.Branches[i].Name)
	}
}

func (c *checker) branch(b *Branch) {
	c.key(b.Key, b.Key)
	c.unique(b.Key)
	c.name(b.Key+".name", b.Name)
	c.when(b.Key+".when", b.When)
	if len(b.Steps) == 0 {
		c.add(b.Key+".steps", "flow.branch_empty", "name", b.Name)
		return
	}
	for i, s := range b.Steps {
		c.unique(s.Key)
		c.step(s)
		c.inside(b, i, s)
	}
	seen := b.reachable()
	for _, s := range b.Steps {
		if !seen[s.Key] {
			c.add(s.Key, "flow.unreachable", "step", s.Name)
		}
	}
}

// inside: a branch examines, it neither accepts nor decides; its steps lead on
// within it or to the join; and only the branch as a whole has a condition.
func (c *checker) inside(b *Branch, i int, s Step) {
	if slices.Contains(acts, s.Act) && !slices.Contains(beside, s.Act) {
		c.add(s.Key+".act", "flow.act_beside", "step", s.Name)
	}
	if s.When != "" || s.Else != "" {
		c.add(s.Key+".when", "flow.when_inside", "step", s.Name)
	}
	for _, o := range s.Outcomes {
		at := s.Key + ".outcomes." + o.Key + ".next"
		switch j := b.index(o.Next); {
		case o.Next == "":
		case j < 0:
			c.add(at, "flow.next_outside", "next", c.d.NameOf(o.Next))
		case j <= i:
			c.add(at, "flow.next_back", "next", b.Steps[j].Name)
		}
	}
}

func (b *Branch) reachable() map[string]bool {
	seen := map[string]bool{b.Steps[0].Key: true}
	for i, s := range b.Steps { // ways go forward only, so one pass is enough
		for _, o := range s.Outcomes {
			if j := b.index(o.Next); seen[s.Key] && j > i {
				seen[o.Next] = true
			}
		}
	}
	return seen
}

// returns: nobody sends back what another branch is doing at the same time.
func (c *checker) returns(s Step) {
	mine, branch := c.d.BlockOf(s.Key)
	for _, key := range s.ReturnTo {
		theirs, other := c.d.BlockOf(key)
		if mine != nil && mine == theirs && branch != other {
			c.add(s.Key+".return_to", "flow.return_beside", "key", c.d.NameOf(key))
		}
	}
}
