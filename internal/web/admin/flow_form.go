package admin

import (
	"slices"
	"strconv"
	"strings"

	"onewindow/internal/business/flow"
)

// The form of a process names its fields by the path that a finding names: the
// key of a step, block or branch, a dot, and what it is of it.

// typedFlow lays what was typed over a definition.
func typedFlow(d flow.Definition, get func(string) string) flow.Definition {
	d.Name = get("name")
	d.Nodes = slices.Clone(d.Nodes)
	for i := range d.Nodes {
		n := &d.Nodes[i]
		if n.Block == nil {
			n.Step = typedStep(n.Step, get)
			continue
		}
		b := *n.Block
		at := func(what string) string { return get(b.Key + "." + what) }
		b.Name, b.When, b.Else, b.Rule, b.Lead = at("name"), at("when"), at("else"), flow.Rule(at("rule")), at("lead")
		if b.Rule != flow.LeadDecides {
			b.Lead = ""
		}
		b.Outcomes = typedOutcomes(b.Key, b.Outcomes, get)
		b.Branches = slices.Clone(b.Branches)
		for k := range b.Branches {
			x := &b.Branches[k]
			x.Name, x.When = get(x.Key+".name"), get(x.Key+".when")
			x.Steps = slices.Clone(x.Steps)
			for j := range x.Steps {
				x.Steps[j] = typedStep(x.Steps[j], get)
			}
		}
		n.Block = &b
	}
	return d
}

func typedStep(s flow.Step, get func(string) string) flow.Step {
	at := func(what string) string { return get(s.Key + "." + what) }
	s.Name, s.Role, s.Act, s.Body, s.When, s.Else = at("name"), at("role"), flow.Act(at("act")), at("body"), at("when"), at("else")
	s.Days, _ = strconv.Atoi(at("days")) // what is no number is no limit of its own
	s.ApartFrom, s.ReturnTo = lines(at("apart_from")), lines(at("return_to"))
	s.Outcomes = typedOutcomes(s.Key, s.Outcomes, get)
	return s
}

func lines(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == '\n' })
}

// typedOutcomes keeps the outcomes that still have a name, and adds the one
// that was typed into the empty line.
func typedOutcomes(key string, all []flow.Outcome, get func(string) string) (out []flow.Outcome) {
	for _, o := range all {
		at := key + ".outcomes." + o.Key
		if o.Name, o.Next = get(at+".name"), get(at+".next"); o.Name != "" {
			out = append(out, o)
		}
	}
	fresh := key + ".outcomes.+"
	if name := get(fresh + ".name"); name != "" {
		out = append(out, flow.Outcome{Key: freshOutcome(out, get(fresh+".key")), Name: name, Next: get(fresh + ".next")})
	}
	return out
}

// freshOutcome is the key that was chosen, or one that is not taken.
func freshOutcome(all []flow.Outcome, key string) string {
	taken := func(k string) bool { return slices.ContainsFunc(all, func(o flow.Outcome) bool { return o.Key == k }) }
	if key != "" && !taken(key) {
		return key
	}
	for n := 1; ; n++ {
		if k := "way_" + strconv.Itoa(n); !taken(k) {
			return k
		}
	}
}

// change carries out a button: what, and the key of what it stands at.
func change(d flow.Definition, what, key string) flow.Definition {
	i := slices.IndexFunc(d.Nodes, func(n flow.Node) bool { return n.NodeKey() == key })
	switch {
	case what == "add" && i >= 0:
		return insert(d, i+1, flow.Node{Step: freshStep(d, nextOf(d, i))})
	case what == "block" && i >= 0:
		return insert(d, i+1, flow.Node{Block: freshBlock(d, nextOf(d, i))})
	case what == "up" && i > 0:
		d.Nodes[i-1], d.Nodes[i] = d.Nodes[i], d.Nodes[i-1]
	case what == "down" && i >= 0 && i+1 < len(d.Nodes):
		d.Nodes[i+1], d.Nodes[i] = d.Nodes[i], d.Nodes[i+1]
	case what == "drop" && i >= 0:
		d.Nodes = slices.Delete(d.Nodes, i, i+1)
	default:
		changeInside(d, what, key)
	}
	return d
}

// changeInside is change for what stands in a block.
func changeInside(d flow.Definition, what, key string) {
	for i := range d.Nodes {
		b := d.Nodes[i].Block
		if b == nil {
			continue
		}
		if what == "branch" && b.Key == key {
			b.Branches = append(b.Branches, freshBranch(d, len(b.Branches)))
			return
		}
		for k := range b.Branches {
			if b.Branches[k].Key == key {
				switch what {
				case "step":
					s := freshStep(d, "")
					s.Act = flow.Examine
					b.Branches[k].Steps = append(b.Branches[k].Steps, s)
				case "drop":
					b.Branches = slices.Delete(b.Branches, k, k+1)
				}
				return
			}
			x := &b.Branches[k]
			j := slices.IndexFunc(x.Steps, func(s flow.Step) bool { return s.Key == key })
			switch {
			case j < 0:
				continue
			case what == "drop":
				x.Steps = slices.Delete(x.Steps, j, j+1)
			case what == "up" && j > 0:
				x.Steps[j-1], x.Steps[j] = x.Steps[j], x.Steps[j-1]
			case what == "down" && j+1 < len(x.Steps):
				x.Steps[j+1], x.Steps[j] = x.Steps[j], x.Steps[j+1]
			}
			return
		}
	}
}

func insert(d flow.Definition, at int, n flow.Node) flow.Definition {
	d.Nodes = slices.Insert(d.Nodes, at, n)
	return d
}

// nextOf is the node after a place; empty behind the last.
func nextOf(d flow.Definition, i int) string {
	if i+1 < len(d.Nodes) {
		return d.Nodes[i+1].NodeKey()
	}
	return ""
}

func support(next string) []flow.Outcome {
	return []flow.Outcome{{Key: flow.Support, Name: "建议准予", Next: next}, {Key: flow.Oppose, Name: "建议不予", Next: next}}
}

func freshStep(d flow.Definition, next string) flow.Step {
	return flow.Step{Key: freshKey(d, "step"), Name: "新环节", Role: "handler", Act: flow.Examine, Outcomes: support(next)}
}

func freshBranch(d flow.Definition, n int) flow.Branch {
	key := freshKey(d, "branch")
	s := flow.Step{Key: key + "_step", Name: "提出意见", Role: "handler", Act: flow.Opine, Outcomes: support("")}
	return flow.Branch{Key: key, Name: "分支" + strconv.Itoa(n+1), Steps: []flow.Step{s}}
}

func freshBlock(d flow.Definition, next string) *flow.Block {
	b := &flow.Block{Key: freshKey(d, "block"), Name: "并行办理", Rule: flow.All, Outcomes: support(next)}
	d.Nodes = append(slices.Clone(d.Nodes), flow.Node{Block: b})
	for n := range 2 {
		b.Branches = append(b.Branches, freshBranch(d, n))
	}
	return b
}

// freshKey is a key that nothing in the definition has.
func freshKey(d flow.Definition, stem string) string {
	for n := 1; ; n++ {
		key := stem + "_" + strconv.Itoa(n)
		if _, step := d.Step(key); !step && d.NameOf(key) == key {
			return key
		}
	}
}
