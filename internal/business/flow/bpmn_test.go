package flow

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

func roundTrip(d Definition) (string, error) {
	back, notes, err := ParseBPMN(d.BPMN())
	if err != nil {
		return "", errors.New(codes(err))
	}
	if len(notes) > 0 {
		return "", fmt.Errorf("notes %v", notes)
	}
	return cmp.Diff(d, back, cmpopts.EquateEmpty()), nil
}

func TestDefinitionsSurviveBPMN(t *testing.T) {
	long := parallel()
	long.Nodes[2].Block.When, long.Nodes[2].Block.Else = "agent.used\n&& premises.town != \"<&>\"", "decide"
	long.Nodes[2].Block.Branches[1].When = ""
	for _, key := range Builtins() {
		d, _ := Builtin(key)
		if diff, err := roundTrip(d); diff != "" || err != nil {
			t.Errorf("%s: %v %s", key, err, diff)
		}
	}
	for _, d := range []Definition{parallel(), long} {
		if diff, err := roundTrip(d); diff != "" || err != nil {
			t.Errorf("%s: %v %s", d.Name, err, diff)
		}
	}
}

// mostInBlock is how many steps anyBlock draws at most.
const mostInBlock = 4 * 3

// anyWhole draws a sound definition with blocks, branches and conditions.
func anyWhole(t *rapid.T) Definition {
	n := rapid.IntRange(2, 7).Draw(t, "nodes")
	d := Definition{Name: anyName(t)}
	next := func(i int) string { return fmt.Sprintf("n%d", rapid.IntRange(i+1, n).Draw(t, "next")) }
	for i := range n {
		node := Node{}
		when, otherwise := "", ""
		if i > 0 && rapid.IntRange(0, 3).Draw(t, "conditional") == 0 {
			when, otherwise = anyWhen(t), next(i)
		}
		if i > 0 && rapid.Bool().Draw(t, "block") && len(d.Steps())+mostInBlock+n <= maxSteps {
			node.Block = anyBlock(t, i, next)
			node.Block.When, node.Block.Else = when, otherwise
			node.Block.Outcomes[0].Next = fmt.Sprintf("n%d", i+1)
		} else {
			node.Step = Step{Key: fmt.Sprintf("n%d", i), Name: anyName(t), Role: "handler", Act: Examine, Days: rapid.IntRange(0, 9).Draw(t, "days"), When: when, Else: otherwise}
			for k := range rapid.IntRange(1, 3).Draw(t, "outcomes") {
				node.Outcomes = append(node.Outcomes, Outcome{Key: fmt.Sprintf("o%d", k), Name: anyName(t), Next: next(i)})
			}
			node.Outcomes[0].Next = fmt.Sprintf("n%d", i+1)
		}
		d.Nodes = append(d.Nodes, node)
	}
	d.Nodes = append(d.Nodes, Node{Step: Step{Key: fmt.Sprintf("n%d", n), Name: "送达", Role: "deliverer", Act: Deliver, Outcomes: []Outcome{{Key: "delivered", Name: "已送达"}}}})
	for i := range d.Steps()[1:] {
		if rapid.IntRange(0, 2).Draw(t, "apart") == 0 {
			setApart(&d, d.Steps()[i+1].Key, d.Steps()[i].Key)
		}
	}
	if err := d.Check(); err != nil {
		t.Fatalf("the generator makes unsound definitions: %s", codes(err))
	}
	return d
}

func setApart(d *Definition, step, other string) {
	for i := range d.Nodes {
		if d.Nodes[i].Block == nil && d.Nodes[i].Key == step {
			d.Nodes[i].ApartFrom = []string{other}
		}
	}
}

func anyBlock(t *rapid.T, i int, next func(int) string) *Block {
	b := &Block{Key: fmt.Sprintf("n%d", i), Name: anyName(t), Rule: rapid.SampledFrom(Rules()).Draw(t, "rule"),
		Outcomes: []Outcome{{Key: Support, Name: anyName(t)}, {Key: Oppose, Name: anyName(t), Next: next(i)}}}
	for k := range rapid.IntRange(2, 4).Draw(t, "branches") {
		x := Branch{Key: fmt.Sprintf("b%d_%d", i, k), Name: anyName(t)}
		if k > 0 && rapid.Bool().Draw(t, "when") {
			x.When = anyWhen(t)
		}
		steps := rapid.IntRange(1, 3).Draw(t, "steps")
		for j := range steps {
			s := Step{Key: fmt.Sprintf("s%d_%d_%d", i, k, j), Name: anyName(t), Role: "handler", Act: rapid.SampledFrom(beside).Draw(t, "act"),
				Body: rapid.SampledFrom([]string{"", Lower, "dz-zjj"}).Draw(t, "body")}
			to := ""
			if j+1 < steps {
				to = fmt.Sprintf("s%d_%d_%d", i, k, j+1)
			}
			s.Outcomes = []Outcome{{Key: Support, Name: anyName(t), Next: to}}
			if rapid.Bool().Draw(t, "two ways") {
				s.Outcomes = append(s.Outcomes, Outcome{Key: Oppose, Name: anyName(t)})
			}
			if j > 0 && rapid.Bool().Draw(t, "back") {
				s.ReturnTo = []string{x.Steps[0].Key}
			}
			x.Steps = append(x.Steps, s)
		}
		b.Branches = append(b.Branches, x)
	}
	if b.Rule == LeadDecides {
		b.Lead = b.Branches[0].Key
	}
	return b
}

func anyName(t *rapid.T) string {
	return rapid.SampledFrom([]string{"审查", "复核意见", `<b>&"'`, "a  b", "现场核查（两人）", "🙂", "]]>"}).Draw(t, "name")
}

func anyWhen(t *rapid.T) string {
	return rapid.SampledFrom([]string{"agent.used", "premises.area > 300 && !agent.used", `premises.town in ["甲", "<乙>"]`, "premises.area\n<= 3"}).Draw(t, "when")
}

// Definition → BPMN → definition is the identity.
func TestAnyDefinitionSurvivesBPMN(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyWhole(t)
		if diff, err := roundTrip(d); diff != "" || err != nil {
			t.Fatalf("%v %s\n%s", err, diff, d.BPMN())
		}
		if err := wellFormed(d.SVG(nil)); err != nil {
			t.Fatal(err)
		}
	})
}

// Every flow node and flow has its place in the picture, and refers to what is there.
func TestThePictureOfBPMNIsWhole(t *testing.T) {
	dec := xml.NewDecoder(strings.NewReader(string(parallel().BPMN())))
	ids, drawn, refs := map[string]bool{}, map[string]bool{}, []string{}
	for {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		x, ok := tok.(xml.StartElement)
		if !ok {
			continue
		}
		if id := attr(x, "id"); x.Name.Space == nsModel && id != "" {
			if ids[id] {
				t.Errorf("id %s stands twice", id)
			}
			ids[id] = true
		}
		if e := attr(x, "bpmnElement"); e != "" {
			drawn[e] = true
		}
		for _, name := range []string{"sourceRef", "targetRef", "default", "bpmnElement"} {
			if r := attr(x, name); r != "" {
				refs = append(refs, r)
			}
		}
	}
	for id := range ids {
		if !drawn[id] && id != "Definitions_1" {
			t.Errorf("%s is not drawn", id)
		}
	}
	for _, r := range refs {
		if !ids[r] {
			t.Errorf("%s refers to nothing", r)
		}
	}
}

func foreign(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// Diagrams of bpmn.io and Camunda Modeler open: other prefixes, no attributes of
// ours, pools and lanes, elements in any order.
func TestDiagramsOfOtherToolsOpen(t *testing.T) {
	d, notes, err := ParseBPMN(foreign(t, "bpmn-io.bpmn"))
	if err != nil {
		t.Fatal(codes(err))
	}
	if err := d.Check(); err != nil {
		t.Errorf("bpmn.io: %s", codes(err))
	}
	if got := open(run(t, d, "activity_08k10q2 accepted 甲", "activity_fire support 乙", "activity_plan support 丙")); got != "activity_decide" {
		t.Errorf("bpmn.io: at %s", got)
	}
	if len(notes) == 0 || notes[0].Code != "bpmn.guessed" {
		t.Errorf("nothing is said to be guessed: %v", notes)
	}
	d, notes, err = ParseBPMN(foreign(t, "camunda.bpmn"))
	if err != nil {
		t.Fatal(codes(err))
	}
	if err := d.Check(); err != nil {
		t.Errorf("camunda: %s", codes(err))
	}
	var order []string
	for _, s := range d.Steps() {
		order = append(order, s.Key+"/"+string(s.Act)+"/"+s.Role)
	}
	if got := strings.Join(order, " "); got != "accept/accept/clerk decide/decide/decider deliver/deliver/deliverer" {
		t.Error(got)
	}
	if notes[0].Code != "bpmn.left_out" || notes[0].Name != "LaneSet_1" {
		t.Errorf("the lanes are left out unsaid: %v", notes)
	}
}

func TestWhatLiesOutsideIsRefusedByName(t *testing.T) {
	text := string(foreign(t, "bpmn-io.bpmn"))
	swap := func(old, new string) string {
		if !strings.Contains(text, old) {
			t.Fatalf("no %s", old)
		}
		return strings.Replace(text, old, new, 1)
	}
	for name, c := range map[string]struct{ file, want string }{
		"a sub-process":           {swap("<textAnnotation", `<subProcess id="Sub_1"><startEvent id="x"/></subProcess><textAnnotation`), "Sub_1 bpmn.element"},
		"a script":                {swap(`<userTask id="Activity_issue"`, `<scriptTask id="Script_1"/><userTask id="Activity_issue"`), "Script_1 bpmn.element"},
		"an inclusive gateway":    {swap("<textAnnotation", `<inclusiveGateway id="Or_1"/><textAnnotation`), "Or_1 bpmn.element"},
		"a boundary event":        {swap("<textAnnotation", `<boundaryEvent id="Timer_1" attachedToRef="Activity_issue"/><textAnnotation`), "Timer_1 bpmn.element"},
		"a timer start":           {swap("<outgoing>Flow_00wnhjx</outgoing></startEvent>", "<timerEventDefinition/></startEvent>"), "StartEvent_1y45yut bpmn.element"},
		"many instances":          {swap("<incoming>Flow_8</incoming>", "<multiInstanceLoopCharacteristics/>"), "Activity_issue bpmn.element"},
		"a way back":              {swap(`id="Flow_9" name="不同意" sourceRef="Gateway_x" targetRef="Activity_deliver"`, `id="Flow_9" sourceRef="Gateway_x" targetRef="Activity_decide"`), "Flow_9 bpmn.loop"},
		"two ways from a task":    {swap(`id="Flow_1" sourceRef="Activity_08k10q2" targetRef="Gateway_fork"`, `id="Flow_1" sourceRef="Activity_08k10q2" targetRef="Gateway_fork"/><sequenceFlow id="Flow_side" sourceRef="Activity_08k10q2" targetRef="Activity_plan"`), "Activity_08k10q2 bpmn.implicit"},
		"into a branch":           {swap(`id="Flow_1" sourceRef="Activity_08k10q2" targetRef="Gateway_fork"`, `id="Flow_1" sourceRef="Activity_08k10q2" targetRef="GX"/><exclusiveGateway id="GX"/><sequenceFlow id="Fa" sourceRef="GX" targetRef="Gateway_fork"/><sequenceFlow id="Fb" sourceRef="GX" targetRef="Activity_plan"`), "Fb bpmn.crossing"},
		"out of a branch":         {swap(`id="Flow_4" sourceRef="Activity_fire" targetRef="Gateway_join"`, `id="Flow_4" sourceRef="Activity_fire" targetRef="Event_end"`), "Event_end bpmn.end_inside"},
		"two ways into the join":  {swap(`id="Flow_4" sourceRef="Activity_fire" targetRef="Gateway_join"`, `id="Flow_4" sourceRef="Activity_fire" targetRef="X1"/><exclusiveGateway id="X1"/><sequenceFlow id="Fa" sourceRef="X1" targetRef="Gateway_join"/><sequenceFlow id="Fb" sourceRef="X1" targetRef="Gateway_join"`), "Gateway_join bpmn.join_ways"},
		"no start":                {swap("startEvent", "endEvent"), "xml"},
		"a flow to nothing":       {swap(`targetRef="Event_end"`, `targetRef="nowhere"`), "Flow_11 bpmn.dangling"},
		"an island":               {swap("<textAnnotation", `<userTask id="Lost" name="孤岛"/><textAnnotation`), "Lost bpmn.unreached"},
		"a second process":        {swap("</process>", `</process><process id="P2"/>`), "P2 bpmn.second_process"},
		"no process":              {`<definitions xmlns="` + nsModel + `"/>`, "bpmn.no_process"},
		"another kind of file":    {"<svg/>", "bpmn.not_bpmn"},
		"no XML":                  {"name,act\n受理,accept", "bpmn.not_bpmn"},
		"cut off":                 {text[:1500], "bpmn.xml"},
		"a message to elsewhere":  {swap("<process ", `<collaboration id="c"><messageFlow id="Msg_1"/></collaboration><process `), "Msg_1 bpmn.element"},
		"a parallel in a branch":  {swap(`id="Flow_2" sourceRef="Gateway_fork" targetRef="Activity_fire"`, `id="Flow_2" sourceRef="Gateway_fork" targetRef="P9"/><parallelGateway id="P9"/><sequenceFlow id="Fa" sourceRef="P9" targetRef="Activity_fire"/><sequenceFlow id="Fb" sourceRef="P9" targetRef="Activity_plan"`), "P9 bpmn.nested"},
		"the same id twice":       {swap(`<userTask id="Activity_issue"`, `<userTask id="Activity_fire"/><userTask id="Activity_issue"`), "Activity_fire bpmn.id"},
		"a gateway in mid-air":    {swap(`id="Flow_00wnhjx" sourceRef="StartEvent_1y45yut" targetRef="Activity_08k10q2"`, `id="Flow_00wnhjx" sourceRef="StartEvent_1y45yut" targetRef="G7"/><exclusiveGateway id="G7"/><sequenceFlow id="Fa" sourceRef="G7" targetRef="Activity_08k10q2"/><sequenceFlow id="Fb" sourceRef="G7" targetRef="Activity_decide"`), "G7 bpmn.condition"},
		"a document type":         {"<!DOCTYPE x>" + text, "bpmn.doctype"},
		"expansion of entities":   {`<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;">]><definitions xmlns="` + nsModel + `">&lol2;</definitions>`, "bpmn.doctype"},
		"an entity from outside":  {`<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>`, "bpmn.doctype"},
		"an unknown entity":       {swap("县里画的流程", "&xxe;"), "bpmn.xml"},
		"fifty megabytes":         {text + strings.Repeat(" ", 50<<20), "bpmn.large"},
		"a very deep one":         {swap("<documentation>", strings.Repeat("<documentation>", 100)), "bpmn.deep"},
		"very many":               {swap("<textAnnotation", strings.Repeat("<task id='a'/>", 6000)+"<textAnnotation"), "bpmn.many"},
		"another character table": {`<?xml version="1.0" encoding="GBK"?>` + "<definitions/>", "bpmn.xml"},
	} {
		_, _, err := ParseBPMN([]byte(c.file))
		got := codes(err)
		if got == "" {
			got = code(err)
		}
		if got != c.want && !slices.Contains(strings.Split(got, "; "), c.want) && !(c.want == "xml" && err != nil) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func FuzzParseBPMN(f *testing.F) {
	f.Add(parallel().BPMN())
	f.Add(Standard().BPMN())
	f.Fuzz(func(t *testing.T, data []byte) {
		d, _, err := ParseBPMN(data)
		if err == nil {
			_ = d.Check() // any definition that is read can be checked
		}
	})
}
