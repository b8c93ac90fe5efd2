package flow

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
)

// Node is one element of the sequence: a step, or a block when Block is set.
type Node struct {
	Step
	Block *Block
}

// Block (并行环节) is work that several do at the same time. When the branches
// have arrived the join fires, once, with the outcome support or oppose.
type Block struct {
	Key      string    `json:"key"`
	Name     string    `json:"name"`
	When     string    `json:"when,omitempty"` // as a step's
	Else     string    `json:"else,omitempty"`
	Rule     Rule      `json:"rule"`
	Lead     string    `json:"lead,omitempty"` // the branch that decides, by the rule LeadDecides
	Branches []Branch  `json:"branches"`
	Outcomes []Outcome `json:"outcomes"`
}

// Branch is a sequence of steps inside a block. The empty Next of an outcome
// leads to the join.
type Branch struct {
	Key  string `json:"key"`
	Name string `json:"name"`
	// When is a condition; where it does not hold nobody waits for this branch.
	When  string `json:"when,omitempty"`
	Steps []Step `json:"steps"`
}

// Rule is how branches join.
type Rule string

// The rules of joining. A branch opposes when it arrives with the outcome Oppose.
const (
	All         Rule = "all"         // everybody is heard; one who opposes makes the outcome oppose
	AnyRefusal  Rule = "any_refusal" // the first who opposes ends the block
	LeadDecides Rule = "lead"        // everybody is heard; the leading branch's word is the outcome
)

// Rules are all rules of joining.
func Rules() []Rule { return []Rule{All, AnyRefusal, LeadDecides} }

// blockNode is how a block is written among the nodes.
type blockNode struct {
	Parallel *Block `json:"parallel"`
}

// MarshalJSON writes a step inline, a block under "parallel".
func (n Node) MarshalJSON() ([]byte, error) {
	if n.Block != nil {
		return json.Marshal(blockNode{n.Block})
	}
	return json.Marshal(n.Step)
}

// UnmarshalJSON reads what MarshalJSON writes and refuses keys it does not know.
func (n *Node) UnmarshalJSON(data []byte) error {
	var both struct {
		Step
		Parallel *Block `json:"parallel"`
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&both); err != nil {
		return err
	}
	if both.Parallel != nil && both.Key != "" {
		return errors.New("a node is a step or a block")
	}
	n.Step, n.Block = both.Step, both.Parallel
	return nil
}

// NodeKey is the key of the step or block.
func (n Node) NodeKey() string {
	if n.Block != nil {
		return n.Block.Key
	}
	return n.Key
}

// Title is the name of the step or block.
func (n Node) Title() string {
	if n.Block != nil {
		return n.Block.Name
	}
	return n.Name
}

// Condition is When and Else of the step or block.
func (n Node) Condition() (when, otherwise string) {
	if n.Block != nil {
		return n.Block.When, n.Block.Else
	}
	return n.When, n.Else
}

// Exits are the outcomes by which a case leaves the step or block.
func (n Node) Exits() []Outcome {
	if n.Block != nil {
		return n.Block.Outcomes
	}
	return n.Outcomes
}

// Steps are the node's own step, or those of all branches in their order.
func (n Node) Steps() []Step {
	if n.Block == nil {
		return []Step{n.Step}
	}
	var out []Step
	for _, b := range n.Block.Branches {
		out = append(out, b.Steps...)
	}
	return out
}

// Steps lists all steps in their order, those of branches one branch after the other.
func (d Definition) Steps() []Step {
	out := make([]Step, 0, len(d.Nodes))
	for s := range d.each {
		out = append(out, s)
	}
	return out
}

// each goes through Steps without making the list.
func (d Definition) each(yield func(Step) bool) {
	for _, n := range d.Nodes {
		if n.Block == nil {
			if !yield(n.Step) {
				return
			}
			continue
		}
		for _, b := range n.Block.Branches {
			for _, s := range b.Steps {
				if !yield(s) {
					return
				}
			}
		}
	}
}

// Ahead is Steps without what the case passes because a condition does not hold.
func (d Definition) Ahead(s State) []Step {
	var out []Step
	for _, n := range d.Nodes {
		switch {
		case slices.Contains(s.Passed, n.NodeKey()):
		case n.Block == nil:
			out = append(out, n.Step)
		default:
			for _, b := range n.Block.Branches {
				if !slices.Contains(s.Passed, b.Key) {
					out = append(out, b.Steps...)
				}
			}
		}
	}
	return out
}

// Step finds a step by its key, in a branch too.
func (d Definition) Step(key string) (Step, bool) {
	for s := range d.each {
		if s.Key == key {
			return s, true
		}
	}
	return Step{}, false
}

// StepOf gives the first step that the act completes.
func (d Definition) StepOf(act Act) (Step, bool) {
	for s := range d.each {
		if s.Act == act {
			return s, true
		}
	}
	return Step{}, false
}

// NameOf is the name of a step, block or branch; the key when there is none.
func (d Definition) NameOf(key string) string {
	if s, ok := d.Step(key); ok {
		return s.Name
	}
	for _, n := range d.Nodes {
		if n.Block == nil {
			continue
		}
		if n.Block.Key == key {
			return n.Block.Name
		}
		for _, b := range n.Block.Branches {
			if b.Key == key {
				return b.Name
			}
		}
	}
	return key
}

// BlockOf is the block and the branch that a step stands in; nil on the main way.
func (d Definition) BlockOf(step string) (*Block, *Branch) {
	for _, n := range d.Nodes {
		if n.Block == nil {
			continue
		}
		for i := range n.Block.Branches {
			b := &n.Block.Branches[i]
			if b.index(step) >= 0 {
				return n.Block, b
			}
		}
	}
	return nil, nil
}

// Joint says that another body than the deciding one takes a part that the
// definition lays down.
func (d Definition) Joint() bool {
	return slices.ContainsFunc(d.Steps(), func(s Step) bool { return s.Body != "" && s.Body != Lower })
}

// Outcome finds one of the block's outcomes by its key.
func (b *Block) Outcome(key string) (Outcome, bool) { return Step{Outcomes: b.Outcomes}.Outcome(key) }

func (b *Branch) index(step string) int {
	return slices.IndexFunc(b.Steps, func(s Step) bool { return s.Key == step })
}

// index is the place of a node in the order, -1 when there is none; steps
// inside a block are no nodes.
func (d Definition) index(key string) int {
	return slices.IndexFunc(d.Nodes, func(n Node) bool { return key != "" && n.NodeKey() == key })
}

// order is the place of a step among all steps, -1 when there is none.
func (d Definition) order(step string) int {
	return slices.IndexFunc(d.Steps(), func(s Step) bool { return s.Key == step })
}

// Span is how many working days the steps that count take: one after the other
// on the main way, the longest branch of a block.
func (d Definition) Span(counts func(Step) bool) int {
	days := func(steps []Step) (n int) {
		for _, s := range steps {
			if counts(s) {
				n += s.Days
			}
		}
		return n
	}
	total := 0
	for _, n := range d.Nodes {
		if n.Block == nil {
			total += days([]Step{n.Step})
			continue
		}
		longest := 0
		for _, b := range n.Block.Branches {
			longest = max(longest, days(b.Steps))
		}
		total += longest
	}
	return total
}
