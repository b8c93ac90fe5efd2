package flow

import (
	"slices"
	"strconv"
	"strings"

	"onewindow/internal/kit/fault"
)

// ParseBPMN reads a definition from BPMN 2.0 XML: what BPMN writes, and diagrams
// of other tools within the same subset. What lies outside is refused as
// "bpmn.refused" with the element and its id; notes say what was left out or
// guessed. Whether cases can run by the definition, Check says.
func ParseBPMN(data []byte) (d Definition, notes []fault.Field, err error) {
	r, err := readBPMN(data)
	if err != nil {
		return d, nil, err
	}
	p := &parsing{reading: r, keys: keys{map[string]string{}, map[string]bool{}}}
	p.reserve()
	p.parse()
	if err := p.err(); err != nil {
		return d, nil, err
	}
	d = Definition{Name: clip(r.name), Nodes: p.ordered()}
	if d.Name == "" {
		d.Name = "导入的流程"
	}
	return d, p.notes, nil
}

// parsing turns the graph into nodes.
type parsing struct {
	*reading
	keys  keys
	nodes []placed
	seen  map[*vertex]bool
}

type placed struct {
	Node
	place int
}

// reserve keeps keys that ids are already, so that they stay as they are.
func (p *parsing) reserve() {
	for _, v := range p.vertices {
		if isTask(v) && keyForm.MatchString(v.id) {
			p.keys.byID[v.id], p.keys.used[v.id] = v.id, true
		}
		for _, key := range []string{v.attrs["block"]} {
			if keyForm.MatchString(key) {
				p.keys.byID["Block "+v.id], p.keys.used[key] = key, true
			}
		}
	}
	for _, e := range p.edges {
		if key := e.attrs["branch"]; keyForm.MatchString(key) {
			p.keys.byID["Branch "+e.id], p.keys.used[key] = key, true
		}
	}
}

func isTask(v *vertex) bool { return strings.HasSuffix(strings.ToLower(v.element), "task") }

func (p *parsing) parse() {
	var starts []*vertex
	for _, v := range p.vertices {
		if v.element == "startEvent" {
			starts = append(starts, v)
		}
	}
	switch {
	case len(starts) == 0:
		p.refuse("", "bpmn.no_start")
	case len(starts) > 1:
		p.refuse(starts[1].id, "bpmn.second_start")
	case len(starts[0].in) > 0 || len(starts[0].out) != 1:
		p.refuse(starts[0].id, "bpmn.start_ways")
	}
	if p.loops(); len(p.wrong) > 0 {
		return
	}
	p.seen = map[*vertex]bool{starts[0]: true}
	p.walk(starts[0].out[0].to)
	for _, v := range p.vertices {
		if !p.seen[v] && len(p.wrong) == 0 {
			p.refuse(v.id, "bpmn.unreached", "element", v.element)
		}
	}
}

// loops refuses ways that lead back: going back is a return, not a flow.
func (p *parsing) loops() {
	state := map[*vertex]int{} // 1 on the way, 2 done
	var visit func(v *vertex)
	visit = func(v *vertex) {
		state[v] = 1
		for _, e := range v.out {
			switch state[e.to] {
			case 0:
				visit(e.to)
			case 1:
				p.refuse(e.id, "bpmn.loop")
			}
		}
		state[v] = 2
	}
	for _, v := range p.vertices {
		if state[v] == 0 {
			visit(v)
		}
	}
}

// walk reads the main way from a vertex on.
func (p *parsing) walk(v *vertex) {
	if p.seen[v] || len(p.wrong) > 0 {
		return
	}
	p.seen[v] = true
	switch {
	case v.element == "endEvent":
	case isTask(v):
		n := Node{Step: p.step(v)}
		n.When, n.Else = p.guard(v)
		p.nodes = append(p.nodes, placed{n, v.place})
		p.onward(v)
	case v.element == "exclusiveGateway":
		p.gate(v)
		for _, e := range v.out {
			p.walk(e.to)
		}
	case len(v.out) > 1:
		p.block(v)
	default:
		p.refuse(v.id, "bpmn.lone_join")
	}
}

// onward walks from what a task or join leads to.
func (p *parsing) onward(v *vertex) {
	for _, e := range v.out {
		p.walk(e.to)
	}
}

// gate holds an exclusive gateway to one of its three uses.
func (p *parsing) gate(v *vertex) {
	switch kind := p.kind(v); {
	case len(v.out) == 0:
		p.refuse(v.id, "bpmn.dead_end")
	case kind == forCondition && p.guarded(v) == nil:
		p.refuse(v.id, "bpmn.condition")
	}
}

// kind is what a gateway is for: it merges, it follows a task or a join and
// sorts outcomes, or it stands before a node and holds its condition.
func (p *parsing) kind(v *vertex) string {
	switch k := v.attrs["kind"]; {
	case k == forOutcomes || k == forCondition || k == forMerge:
		return k
	case len(v.out) == 1:
		return forMerge
	case len(v.in) == 1 && len(v.in[0].from.out) == 1 && (isTask(v.in[0].from) || v.in[0].from.element == "parallelGateway"):
		return forOutcomes
	}
	return forCondition
}

// guarded is the flow to the node whose condition the gateway holds.
func (p *parsing) guarded(v *vertex) *edge {
	if len(v.out) != 2 {
		return nil
	}
	for i, e := range v.out {
		to := e.to
		if strings.TrimSpace(e.when) != "" && v.out[1-i].id == v.otherwise && (isTask(to) || to.element == "parallelGateway" && len(to.out) > 1) {
			return e
		}
	}
	return nil
}

// guard is the condition before a vertex and where the case goes otherwise.
func (p *parsing) guard(v *vertex) (when, otherwise string) {
	for _, e := range v.in {
		g := e.from
		if g.element != "exclusiveGateway" || p.kind(g) != forCondition || p.guarded(g) != e {
			continue
		}
		if len(v.in) > 1 {
			p.refuse(v.id, "bpmn.beside_condition", "gateway", g.id)
		}
		for _, other := range g.out {
			if other != e {
				return e.when, p.key(p.real(other.to))
			}
		}
	}
	return "", ""
}

// real is the node that a way leads to: past merges, and into what a condition
// guards. It is an end or a closing gateway where the way ends.
func (p *parsing) real(v *vertex) *vertex {
	for v.element == "exclusiveGateway" {
		switch e := p.guarded(v); {
		case p.kind(v) == forCondition && e != nil:
			v = e.to
		case p.kind(v) == forMerge && len(v.out) == 1:
			v = v.out[0].to
		default:
			p.refuse(v.id, "bpmn.gateway")
			return v
		}
	}
	return v
}

// key is the key of a real vertex; empty for an end or a join.
func (p *parsing) key(v *vertex) string {
	switch {
	case isTask(v):
		return p.keys.of(v.id)
	case v.element == "parallelGateway" && len(v.out) > 1:
		return p.keys.of("Block " + v.id)
	}
	return ""
}

// ordered sorts the nodes so that ways lead forward, as in the file where it
// does so already.
func (p *parsing) ordered() []Node {
	sorted := sortPlaced(p.nodes, func(n Node) []string {
		_, otherwise := n.Condition()
		ways := []string{otherwise}
		for _, o := range n.Exits() {
			ways = append(ways, o.Next)
		}
		return ways
	})
	out := make([]Node, len(sorted))
	for i, n := range sorted {
		out[i] = n.Node
	}
	return out
}

// sortPlaced is a topological order: of what nothing leads to any more, the
// first in the file.
func sortPlaced(all []placed, ways func(Node) []string) []placed {
	var out []placed
	rest := slices.Clone(all)
	for len(rest) > 0 {
		best := -1
		for i, n := range rest {
			led := slices.ContainsFunc(rest, func(m placed) bool { return slices.Contains(ways(m.Node), n.NodeKey()) })
			if !led && (best < 0 || n.place < rest[best].place) {
				best = i
			}
		}
		if best < 0 {
			return append(out, rest...) // a loop, which was refused before
		}
		out = append(out, rest[best])
		rest = slices.Delete(rest, best, best+1)
	}
	return out
}

// step reads a task.
func (p *parsing) step(v *vertex) Step {
	s := Step{Key: p.keys.of(v.id), Name: clip(v.name), Role: v.attrs["role"], Act: Act(v.attrs["act"]), Body: v.attrs["body"],
		ApartFrom: p.refs(v.attrs["apartFrom"]), ReturnTo: p.refs(v.attrs["returnTo"])}
	if s.Name == "" {
		s.Name = "未命名环节"
	}
	s.Days, _ = strconv.Atoi(v.attrs["days"])
	if s.Act == "" {
		s.Act = actOf(s.Name)
		p.note(v.id, "bpmn.guessed", "name", s.Name)
	}
	if s.Role == "" {
		s.Role = actRole[s.Act]
	}
	s.Outcomes = p.outcomes(v, s.Act)
	if _, ok := s.Outcome(NotRequired); s.Act == Accept && !ok && v.attrs["act"] == "" {
		s.Outcomes = append(s.Outcomes, Outcome{Key: NotRequired, Name: "不受理"})
	}
	if _, ok := s.Outcome(NotCompetent); s.Act == Accept && !ok && v.attrs["act"] == "" {
		s.Outcomes = append(s.Outcomes, Outcome{Key: NotCompetent, Name: "不予受理"})
	}
	return s
}

func (p *parsing) refs(list string) (out []string) {
	for _, id := range strings.Fields(list) {
		if p.vertex(id) != nil {
			id = p.keys.of(id)
		}
		out = append(out, id)
	}
	return out
}

// outcomes are the ways out of a task or join.
func (p *parsing) outcomes(v *vertex, act Act) (out []Outcome) {
	flows := v.out
	switch {
	case len(flows) == 0:
		p.refuse(v.id, "bpmn.dead_end")
	case len(flows) > 1:
		p.refuse(v.id, "bpmn.implicit")
	default:
		if g := flows[0].to; g.element == "exclusiveGateway" && p.kind(g) == forOutcomes {
			flows = g.out
		}
	}
	for i, e := range flows {
		o := outcomeOf(act, e.name, i, len(flows))
		if key := e.attrs["outcome"]; key != "" {
			o = Outcome{Key: key, Name: e.name}
		}
		o.Name = clip(o.Name)
		for n, first := 2, o.Key; slices.ContainsFunc(out, func(x Outcome) bool { return x.Key == o.Key }) && e.attrs["outcome"] == ""; n++ {
			o.Key = first + "_" + strconv.Itoa(n)
		}
		o.Next = p.key(p.real(e.to))
		out = append(out, o)
	}
	return out
}
