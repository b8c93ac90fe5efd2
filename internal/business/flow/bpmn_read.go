package flow

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"onewindow/internal/kit/fault"
)

const (
	largestBPMN  = 1 << 20 // bytes
	deepestBPMN  = 40
	mostElements = 5000
	mostRefusals = 20
)

// vertex is a flow node that was read, edge a sequence flow.
type vertex struct {
	id, element, name string
	attrs             map[string]string // of nsFlow
	otherwise         string
	place             int // in the file
	in, out           []*edge
}

type edge struct {
	id, name, when string
	source, target string
	attrs          map[string]string
	from, to       *vertex
}

// reading is a diagram on its way in.
type reading struct {
	name     string
	process  bool // one was read
	vertices []*vertex
	edges    []*edge
	elements int
	wrong    []fault.Field
	notes    []fault.Field
}

func (r *reading) refuse(id, code string, kv ...string) {
	if len(r.wrong) < mostRefusals {
		r.wrong = append(r.wrong, fault.At(id, code, append(kv, "id", id)...))
	}
}

func (r *reading) note(id, code string, kv ...string) {
	if len(r.notes) < mostRefusals {
		r.notes = append(r.notes, fault.At(id, code, append(kv, "id", id)...))
	}
}

func (r *reading) err() error {
	if len(r.wrong) > 0 {
		return fault.Invalid("bpmn.refused", r.wrong...)
	}
	return nil
}

// readBPMN reads the process of a file. Nothing is expanded and nothing fetched:
// a document type is refused, whatever it declares.
func readBPMN(data []byte) (*reading, error) {
	if len(data) > largestBPMN {
		return nil, fault.TooLarge("bpmn.large", "max", strconv.Itoa(largestBPMN>>20))
	}
	r := &reading{}
	dec := xml.NewDecoder(bytes.NewReader(data))
	root := true
	for {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fault.Invalid("bpmn.xml").Because(err)
		}
		switch x := tok.(type) {
		case xml.Directive:
			return nil, fault.Invalid("bpmn.doctype")
		case xml.StartElement:
			if root && (x.Name.Local != "definitions" || x.Name.Space != nsModel) {
				return nil, fault.Invalid("bpmn.not_bpmn")
			}
			if root {
				root = false
				continue
			}
			if err := r.top(dec, x); err != nil {
				return nil, err
			}
		}
	}
	if root {
		return nil, fault.Invalid("bpmn.not_bpmn")
	}
	if !r.process {
		return nil, fault.Invalid("bpmn.no_process")
	}
	r.connect()
	return r, r.err()
}

// top is an element below definitions.
func (r *reading) top(dec *xml.Decoder, x xml.StartElement) error {
	switch {
	case x.Name.Space != nsModel: // the picture, other tools' own
		return r.skip(dec, 1)
	case x.Name.Local == "process":
		if r.process {
			r.refuse(attr(x, "id"), "bpmn.second_process")
			return r.skip(dec, 1)
		}
		r.process, r.name = true, attr(x, "name")
		return r.children(dec, 1, r.inProcess)
	case x.Name.Local == "collaboration":
		return r.children(dec, 1, func(dec *xml.Decoder, y xml.StartElement, depth int) error {
			if y.Name.Local == "messageFlow" {
				r.refuse(attr(y, "id"), "bpmn.element", "element", y.Name.Local)
			}
			return r.skip(dec, depth)
		})
	}
	return r.skip(dec, 1) // messages, signals, categories: nothing in the subset refers to them
}

// children hands every child element to fn, which reads to its end.
func (r *reading) children(dec *xml.Decoder, depth int, fn func(*xml.Decoder, xml.StartElement, int) error) error {
	if depth > deepestBPMN {
		return fault.Invalid("bpmn.deep")
	}
	for {
		tok, err := dec.Token()
		if err != nil {
			return fault.Invalid("bpmn.xml").Because(err)
		}
		switch x := tok.(type) {
		case xml.Directive:
			return fault.Invalid("bpmn.doctype")
		case xml.EndElement:
			return nil
		case xml.StartElement:
			if r.elements++; r.elements > mostElements {
				return fault.TooLarge("bpmn.many", "max", strconv.Itoa(mostElements))
			}
			if err := fn(dec, x, depth+1); err != nil {
				return err
			}
		}
	}
}

func (r *reading) skip(dec *xml.Decoder, depth int) error {
	return r.children(dec, depth, func(dec *xml.Decoder, _ xml.StartElement, depth int) error { return r.skip(dec, depth) })
}

var (
	taken   = []string{"startEvent", "endEvent", "userTask", "task", "manualTask", "exclusiveGateway", "parallelGateway"}
	leftOut = []string{"documentation", "extensionElements", "textAnnotation", "association", "group"}
	// noted are left out too, and it is said.
	noted = []string{"laneSet", "dataObject", "dataObjectReference", "dataStoreReference", "property", "ioSpecification"}
)

// inProcess is an element of the process.
func (r *reading) inProcess(dec *xml.Decoder, x xml.StartElement, depth int) error {
	id, name := attr(x, "id"), x.Name.Local
	switch {
	case x.Name.Space != nsModel || slices.Contains(leftOut, name):
		return r.skip(dec, depth)
	case slices.Contains(noted, name):
		r.note(id, "bpmn.left_out", "element", name)
		return r.skip(dec, depth)
	case name == "sequenceFlow":
		return r.sequenceFlow(dec, x, depth)
	case !slices.Contains(taken, name):
		r.refuse(id, "bpmn.element", "element", name)
		return r.skip(dec, depth)
	}
	v := &vertex{id: id, element: name, name: strings.TrimSpace(attr(x, "name")), attrs: own(x), otherwise: attr(x, "default"), place: r.elements}
	if id == "" || r.vertex(id) != nil {
		r.refuse(id, "bpmn.id", "element", name)
	}
	r.vertices = append(r.vertices, v)
	return r.children(dec, depth, func(dec *xml.Decoder, y xml.StartElement, depth int) error {
		if s := y.Name.Local; y.Name.Space == nsModel && (strings.HasSuffix(s, "EventDefinition") || strings.HasSuffix(s, "LoopCharacteristics")) {
			r.refuse(id, "bpmn.element", "element", s)
		}
		return r.skip(dec, depth)
	})
}

func (r *reading) sequenceFlow(dec *xml.Decoder, x xml.StartElement, depth int) error {
	e := &edge{id: attr(x, "id"), name: strings.TrimSpace(attr(x, "name")), source: attr(x, "sourceRef"), target: attr(x, "targetRef"), attrs: own(x)}
	r.edges = append(r.edges, e)
	return r.children(dec, depth, func(dec *xml.Decoder, y xml.StartElement, depth int) error {
		if y.Name.Local != "conditionExpression" {
			return r.skip(dec, depth)
		}
		for {
			tok, err := dec.Token()
			if err != nil {
				return fault.Invalid("bpmn.xml").Because(err)
			}
			switch t := tok.(type) {
			case xml.CharData:
				e.when += string(t)
			case xml.EndElement:
				return nil
			case xml.StartElement:
				if err := r.skip(dec, depth+1); err != nil {
					return err
				}
			}
		}
	})
}

// connect joins flows and nodes by their ids.
func (r *reading) connect() {
	for _, e := range r.edges {
		e.from, e.to = r.vertex(e.source), r.vertex(e.target)
		if e.from == nil || e.to == nil {
			if len(r.wrong) == 0 { // otherwise it leads to what was refused already
				r.refuse(e.id, "bpmn.dangling")
			}
			continue
		}
		e.from.out = append(e.from.out, e)
		e.to.in = append(e.to.in, e)
	}
}

func (r *reading) vertex(id string) *vertex {
	i := slices.IndexFunc(r.vertices, func(v *vertex) bool { return v.id == id })
	if i < 0 {
		return nil
	}
	return r.vertices[i]
}

func attr(x xml.StartElement, name string) string {
	for _, a := range x.Attr {
		if a.Name.Space == "" && a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// own are the attributes of our namespace.
func own(x xml.StartElement) map[string]string {
	out := map[string]string{}
	for _, a := range x.Attr {
		if a.Name.Space == nsFlow {
			out[a.Name.Local] = a.Value
		}
	}
	return out
}
