package flow

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// The subset of BPMN 2.0 that definitions are exchanged in: one start, user
// tasks, exclusive gateways for outcomes and conditions, parallel gateways for
// blocks, ends. What BPMN has no word for stands in attributes of nsFlow.
const (
	nsModel = "http://www.omg.org/spec/BPMN/20100524/MODEL"
	nsDI    = "http://www.omg.org/spec/BPMN/20100524/DI"
	nsDC    = "http://www.omg.org/spec/DD/20100524/DC"
	nsDD    = "http://www.omg.org/spec/DD/20100524/DI"
	nsXSI   = "http://www.w3.org/2001/XMLSchema-instance"
	nsFlow  = "urn:onewindow:flow:1"
)

// What an exclusive gateway is for, as attribute kind of nsFlow.
const (
	forOutcomes  = "outcomes"
	forCondition = "condition"
	forMerge     = "merge"
)

// shape is a flow node of the diagram.
type shape struct {
	id, element, name string
	attrs             []string // pairs of nsFlow attributes
	otherwise         string   // id of the default flow
	x, y              float64  // centre
}

// link is a sequence flow of the diagram.
type link struct {
	id, from, to, name string
	attrs              []string
	when               string
}

// diagram is a definition as BPMN sees it.
type diagram struct {
	d      Definition
	shapes []*shape
	links  []link
	lanes  int // ways above the main line
}

// BPMN writes the definition as BPMN 2.0 XML with its picture. ParseBPMN reads
// it back as it was.
func (d Definition) BPMN() []byte {
	g := &diagram{d: d}
	g.build()
	var b bytes.Buffer
	b.WriteString(xml.Header)
	fmt.Fprintf(&b, `<bpmn:definitions xmlns:bpmn="%s" xmlns:bpmndi="%s" xmlns:dc="%s" xmlns:di="%s" xmlns:xsi="%s" xmlns:ow="%s" id="Definitions_1" targetNamespace="%s" exporter="OneWindow">`,
		nsModel, nsDI, nsDC, nsDD, nsXSI, nsFlow, nsFlow)
	fmt.Fprintf(&b, "\n  <bpmn:process id=\"Process_1\" name=\"%s\" isExecutable=\"false\">\n", esc(d.Name))
	for _, s := range g.shapes {
		g.writeShape(&b, s)
	}
	for _, l := range g.links {
		writeLink(&b, l)
	}
	b.WriteString("  </bpmn:process>\n")
	g.writePicture(&b)
	b.WriteString("</bpmn:definitions>\n")
	return b.Bytes()
}

func (g *diagram) writeShape(b *bytes.Buffer, s *shape) {
	fmt.Fprintf(b, `    <bpmn:%s id="%s"`, s.element, s.id)
	if s.name != "" {
		fmt.Fprintf(b, ` name="%s"`, esc(s.name))
	}
	if s.otherwise != "" {
		fmt.Fprintf(b, ` default="%s"`, s.otherwise)
	}
	writeAttrs(b, s.attrs)
	b.WriteString(">\n")
	for _, l := range g.links {
		if l.to == s.id {
			fmt.Fprintf(b, "      <bpmn:incoming>%s</bpmn:incoming>\n", l.id)
		}
	}
	for _, l := range g.links {
		if l.from == s.id {
			fmt.Fprintf(b, "      <bpmn:outgoing>%s</bpmn:outgoing>\n", l.id)
		}
	}
	fmt.Fprintf(b, "    </bpmn:%s>\n", s.element)
}

func writeLink(b *bytes.Buffer, l link) {
	fmt.Fprintf(b, `    <bpmn:sequenceFlow id="%s"`, l.id)
	if l.name != "" {
		fmt.Fprintf(b, ` name="%s"`, esc(l.name))
	}
	fmt.Fprintf(b, ` sourceRef="%s" targetRef="%s"`, l.from, l.to)
	writeAttrs(b, l.attrs)
	if l.when == "" {
		b.WriteString("/>\n")
		return
	}
	fmt.Fprintf(b, ">\n      <bpmn:conditionExpression xsi:type=\"bpmn:tFormalExpression\" language=\"CEL\">%s</bpmn:conditionExpression>\n    </bpmn:sequenceFlow>\n", esc(l.when))
}

func writeAttrs(b *bytes.Buffer, pairs []string) {
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			fmt.Fprintf(b, ` ow:%s="%s"`, pairs[i], esc(pairs[i+1]))
		}
	}
}

func (g *diagram) shape(id, element, name string, attrs ...string) *shape {
	s := &shape{id: id, element: element, name: name, attrs: attrs}
	g.shapes = append(g.shapes, s)
	return s
}

// link adds a flow and gives its id.
func (g *diagram) link(from, to, name, when string, attrs ...string) string {
	id := "Flow_" + strconv.Itoa(len(g.links)+1)
	g.links = append(g.links, link{id, from, to, name, attrs, when})
	return id
}

// build turns the nodes into shapes and links, in the order of the definition.
func (g *diagram) build() {
	g.shape("Start", "startEvent", "申请")
	if len(g.d.Nodes) == 0 {
		return
	}
	g.link("Start", g.way(g.d.Nodes[0].NodeKey()), "", "")
	for i, n := range g.d.Nodes {
		when, otherwise := n.Condition()
		if when != "" {
			gate := g.shape("When_"+n.NodeKey(), "exclusiveGateway", "", "kind", forCondition)
			g.link(gate.id, g.real(n), Readable(when), when)
			gate.otherwise = g.link(gate.id, g.way(otherwise), "不符合条件", "")
		}
		if n.Block != nil {
			g.block(n.Block)
			g.exits(i, "Join_"+n.Block.Key, n)
			continue
		}
		g.task(n.Step)
		g.exits(i, n.Key, n)
	}
	g.shape("End", "endEvent", "办结")
}

// way is the shape that a way to a node leads to, real the node's own.
func (g *diagram) way(key string) string {
	i := g.d.index(key)
	if i < 0 {
		return "End"
	}
	if when, _ := g.d.Nodes[i].Condition(); when != "" {
		return "When_" + key
	}
	return g.real(g.d.Nodes[i])
}

func (g *diagram) real(n Node) string {
	if n.Block != nil {
		return "Fork_" + n.Block.Key
	}
	return n.Key
}

func (g *diagram) task(s Step) {
	days := ""
	if s.Days > 0 {
		days = strconv.Itoa(s.Days)
	}
	g.shape(s.Key, "userTask", s.Name, "role", s.Role, "act", string(s.Act), "body", s.Body, "days", days,
		"apartFrom", strings.Join(s.ApartFrom, " "), "returnTo", strings.Join(s.ReturnTo, " "))
}

// exits are the outcomes of a node: one flow, or a gateway of flows. A way that
// ends the case early has an end of its own.
func (g *diagram) exits(i int, from string, n Node) {
	outs := n.Exits()
	if len(outs) > 1 {
		gate := g.shape("Out_"+n.NodeKey(), "exclusiveGateway", "", "kind", forOutcomes)
		g.link(from, gate.id, "", "")
		from = gate.id
	}
	for _, o := range outs {
		to := g.way(o.Next)
		if to == "End" && i < len(g.d.Nodes)-1 {
			to = g.shape("End_"+n.NodeKey()+"_"+o.Key, "endEvent", o.Name).id
		}
		g.link(from, to, o.Name, "", "outcome", o.Key)
	}
}

func (g *diagram) block(b *Block) {
	fork := g.shape("Fork_"+b.Key, "parallelGateway", b.Name, "block", b.Key, "rule", string(b.Rule), "lead", b.Lead)
	for _, x := range b.Branches {
		g.branch(fork.id, "Join_"+b.Key, x)
	}
	g.shape("Join_"+b.Key, "parallelGateway", "")
}

// branch leads to the join by one flow; where several ways end, they merge first.
func (g *diagram) branch(fork, join string, x Branch) {
	ends := 0
	if x.When != "" {
		ends++
	}
	for _, s := range x.Steps {
		for _, o := range s.Outcomes {
			if o.Next == "" {
				ends++
			}
		}
	}
	end, entry := join, x.Steps[0].Key
	if ends > 1 {
		end = "Merge_" + x.Key
	}
	if x.When != "" {
		entry = "When_" + x.Key
	}
	g.link(fork, entry, x.Name, "", "branch", x.Key)
	if x.When != "" {
		gate := g.shape(entry, "exclusiveGateway", "", "kind", forCondition)
		g.link(entry, x.Steps[0].Key, Readable(x.When), x.When)
		gate.otherwise = g.link(entry, end, "不符合条件", "")
	}
	for _, s := range x.Steps {
		g.task(s)
		from := s.Key
		if len(s.Outcomes) > 1 {
			from = g.shape("Out_"+s.Key, "exclusiveGateway", "", "kind", forOutcomes).id
			g.link(s.Key, from, "", "")
		}
		for _, o := range s.Outcomes {
			to := o.Next
			if to == "" {
				to = end
			}
			g.link(from, to, o.Name, "", "outcome", o.Key)
		}
	}
	if end != join {
		g.shape(end, "exclusiveGateway", "", "kind", forMerge)
		g.link(end, join, "", "")
	}
}

// find is a shape by its id.
func (g *diagram) find(id string) *shape {
	i := slices.IndexFunc(g.shapes, func(s *shape) bool { return s.id == id })
	if i < 0 {
		return nil
	}
	return g.shapes[i]
}
