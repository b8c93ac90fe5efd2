package flow

import (
	"bytes"
	"fmt"
)

// Measures of the BPMN picture: what other editors draw with.
const (
	columnW = 150.0
	rowH    = 120.0
	mainY   = 420.0
)

// size is how large editors draw an element.
func (s *shape) size() (w, h float64) {
	switch s.element {
	case "userTask":
		return 100, 80
	case "startEvent", "endEvent":
		return 36, 36
	}
	return 50, 50
}

// place gives every shape its centre: the main line from left to right, the
// branches of a block below each other, early ends above their gateway.
func (g *diagram) place() {
	x := 180.0
	put := func(id string, y float64) {
		if s := g.find(id); s != nil {
			s.x, s.y = x, y
			x += columnW
		}
	}
	put("Start", mainY)
	for _, n := range g.d.Nodes {
		put("When_"+n.NodeKey(), mainY)
		if n.Block == nil {
			put(n.Key, mainY)
		} else {
			x = g.placeBlock(n.Block, x)
		}
		put("Out_"+n.NodeKey(), mainY)
		k := 0.0
		for _, o := range n.Exits() {
			if s := g.find("End_" + n.NodeKey() + "_" + o.Key); s != nil {
				s.x, s.y = x-columnW+k*70, mainY-150
				k++
			}
		}
	}
	put("End", mainY)
}

func (g *diagram) placeBlock(b *Block, x float64) float64 {
	fork, join := g.find("Fork_"+b.Key), g.find("Join_"+b.Key)
	fork.x, fork.y = x, mainY
	x += columnW
	end := x
	for i, br := range b.Branches {
		at, y := x, mainY+float64(i)*rowH
		put := func(id string) {
			if s := g.find(id); s != nil {
				s.x, s.y = at, y
				at += columnW
			}
		}
		put("When_" + br.Key)
		for _, s := range br.Steps {
			put(s.Key)
			put("Out_" + s.Key)
		}
		put("Merge_" + br.Key)
		end = max(end, at)
	}
	join.x, join.y = end, mainY
	return end + columnW
}

func (g *diagram) writePicture(b *bytes.Buffer) {
	g.place()
	b.WriteString("  <bpmndi:BPMNDiagram id=\"Diagram_1\">\n    <bpmndi:BPMNPlane id=\"Plane_1\" bpmnElement=\"Process_1\">\n")
	for _, s := range g.shapes {
		w, h := s.size()
		fmt.Fprintf(b, "      <bpmndi:BPMNShape id=\"%s_di\" bpmnElement=\"%s\">\n        <dc:Bounds x=\"%.0f\" y=\"%.0f\" width=\"%.0f\" height=\"%.0f\"/>\n      </bpmndi:BPMNShape>\n",
			s.id, s.id, s.x-w/2, s.y-h/2, w, h)
	}
	for _, l := range g.links {
		fmt.Fprintf(b, "      <bpmndi:BPMNEdge id=\"%s_di\" bpmnElement=\"%s\">\n", l.id, l.id)
		for _, p := range g.route(l) {
			fmt.Fprintf(b, "        <di:waypoint x=\"%.0f\" y=\"%.0f\"/>\n", p[0], p[1])
		}
		b.WriteString("      </bpmndi:BPMNEdge>\n")
	}
	b.WriteString("    </bpmndi:BPMNPlane>\n  </bpmndi:BPMNDiagram>\n")
}

// route is where a flow is drawn: straight to the neighbour, up to an early
// end, down and along a branch, or above the main line over what it skips.
func (g *diagram) route(l link) [][2]float64 {
	a, z := g.find(l.from), g.find(l.to)
	aw, ah := a.size()
	zw, zh := z.size()
	right, left := [2]float64{a.x + aw/2, a.y}, [2]float64{z.x - zw/2, z.y}
	switch {
	case a.y == z.y && z.x-a.x <= columnW:
		return [][2]float64{right, left}
	case z.y < a.y && z.element == "endEvent":
		return [][2]float64{{a.x, a.y - ah/2}, {a.x, z.y + 40}, {z.x, z.y + 40}, {z.x, z.y + zh/2}}
	case a.element == "parallelGateway" && z.y > a.y:
		return [][2]float64{{a.x, a.y + ah/2}, {a.x, z.y}, left}
	case z.element == "parallelGateway" && z.y < a.y:
		return [][2]float64{right, {z.x, a.y}, {z.x, z.y + zh/2}}
	case a.y == z.y && a.y > mainY, a.y == z.y && z.element == "parallelGateway":
		return [][2]float64{{a.x, a.y - ah/2}, {a.x, a.y - 52}, {z.x, a.y - 52}, {z.x, z.y - zh/2}}
	case a.y == z.y:
		g.lanes++
		y := mainY - 200 - 24*float64(g.lanes)
		return [][2]float64{{a.x, a.y - ah/2}, {a.x, y}, {z.x, y}, {z.x, z.y - zh/2}}
	}
	return [][2]float64{right, left}
}
