package flow

import "strconv"

// block reads a fork with its branches up to the join, and goes on behind it.
func (p *parsing) block(fork *vertex) {
	b := &Block{Key: p.keys.of("Block " + fork.id), Name: clip(fork.name), Rule: Rule(fork.attrs["rule"]), Lead: fork.attrs["lead"]}
	if b.Name == "" {
		b.Name = "并行办理"
	}
	if b.Rule == "" {
		b.Rule = All
		p.note(fork.id, "bpmn.guessed_rule", "name", b.Name)
	}
	var join *vertex
	for _, e := range fork.out {
		x, end := p.branch(fork, e)
		if end == nil || len(p.wrong) > 0 {
			return
		}
		if join == nil {
			join = end
		}
		if end != join {
			p.refuse(end.id, "bpmn.two_joins", "fork", fork.id)
			return
		}
		b.Branches = append(b.Branches, x)
	}
	if len(join.in) != len(fork.out) {
		p.refuse(join.id, "bpmn.join_ways", "in", strconv.Itoa(len(join.in)), "branches", strconv.Itoa(len(fork.out)))
		return
	}
	p.seen[join] = true
	b.Outcomes = p.outcomes(join, "")
	if len(b.Outcomes) == 1 && join.out[0].attrs["outcome"] == "" {
		next := b.Outcomes[0].Next
		b.Outcomes = []Outcome{{Key: Support, Name: "同意", Next: next}, {Key: Oppose, Name: "不同意", Next: next}}
	}
	n := Node{Block: b}
	b.When, b.Else = p.guard(fork)
	p.nodes = append(p.nodes, placed{n, fork.place})
	p.onward(join)
}

// branch reads from a flow of the fork to the join.
func (p *parsing) branch(fork *vertex, e *edge) (x Branch, join *vertex) {
	x = Branch{Key: p.keys.of("Branch " + e.id), Name: clip(e.name)}
	in := &inside{p: p, fork: fork, set: map[*vertex]bool{}}
	entry := e.to
	if g := p.guarded(entry); entry.element == "exclusiveGateway" && p.kind(entry) == forCondition && g != nil {
		for _, other := range entry.out {
			if end := p.real(other.to); other != g && !closing(end) {
				p.refuse(other.id, "bpmn.branch_condition")
				return x, nil
			}
		}
		x.When = g.when
	}
	in.walk(entry)
	if in.join == nil && len(p.wrong) == 0 {
		p.refuse(e.id, "bpmn.no_join", "fork", fork.id)
	}
	in.closed()
	if len(p.wrong) > 0 {
		return x, nil
	}
	for _, n := range sortPlaced(in.steps, func(n Node) (ways []string) {
		for _, o := range n.Outcomes {
			ways = append(ways, o.Next)
		}
		return ways
	}) {
		x.Steps = append(x.Steps, n.Step)
	}
	if len(x.Steps) == 0 {
		p.refuse(e.id, "bpmn.empty_branch")
	} else if x.Name == "" {
		x.Name = x.Steps[0].Name
	}
	return x, in.join
}

// closing says that a vertex is the join of a block.
func closing(v *vertex) bool { return v.element == "parallelGateway" && len(v.out) <= 1 }

// inside is what lies between a fork and its join along one branch.
type inside struct {
	p     *parsing
	fork  *vertex
	join  *vertex
	set   map[*vertex]bool
	steps []placed
}

func (in *inside) walk(v *vertex) {
	p := in.p
	if in.set[v] || len(p.wrong) > 0 {
		return
	}
	switch {
	case closing(v):
		if in.join != nil && in.join != v {
			p.refuse(v.id, "bpmn.two_joins", "fork", in.fork.id)
		}
		in.join = v
		return
	case v.element == "parallelGateway":
		p.refuse(v.id, "bpmn.nested", "fork", in.fork.id)
		return
	case v.element == "endEvent":
		p.refuse(v.id, "bpmn.end_inside", "fork", in.fork.id)
		return
	}
	in.set[v], p.seen[v] = true, true
	switch {
	case isTask(v):
		in.steps = append(in.steps, placed{Node{Step: p.step(v)}, v.place})
	case v.element == "exclusiveGateway":
		p.gate(v)
	}
	for _, e := range v.out {
		in.walk(e.to)
	}
}

// closed refuses ways that come in from outside the branch.
func (in *inside) closed() {
	for v := range in.set {
		for _, e := range v.in {
			if !in.set[e.from] && e.from != in.fork {
				in.p.refuse(e.id, "bpmn.crossing", "fork", in.fork.id)
			}
		}
	}
}
