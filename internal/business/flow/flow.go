// Package flow is the process of an item (办理流程): its definition as data and
// the pure engine that moves one case through it. It knows no store, no clock
// and no user accounts: actors are ids, instants come in as parameters.
//
// A definition is a sequence of nodes. Outcomes lead forward only, so every
// case ends; going back is a return (退回), which needs a reason and is kept in
// the history. Where a case stands is a set of open tokens: completing a step
// closes its token and opens those of its successors.
package flow

import (
	"bytes"
	"encoding/json"
	"slices"
	"time"

	"onewindow/internal/kit/fault"
)

// Act says which act of casework completes a step.
type Act string

// The acts, in the order of 行政许可法第四章: 受理, 承办, 审核, 决定, 制证, 送达.
const (
	Accept  Act = "accept"
	Examine Act = "examine"
	Review  Act = "review"
	Decide  Act = "decide"
	Issue   Act = "issue"
	Deliver Act = "deliver"
)

// Outcome keys that casework relies on. Accept steps have the first three
// (行政许可法第三十二条第一款), decide steps have Grant and Refuse (第三十八条);
// Check holds definitions to that. The others are those of the standard flows.
const (
	Accepted     = "accepted"      // 受理
	NotRequired  = "not_required"  // 不需要取得行政许可，不受理
	NotCompetent = "not_competent" // 不属于本机关职权范围，不予受理
	Grant        = "grant"         // 准予
	Refuse       = "refuse"        // 不予
	Support      = "support"       // 建议准予
	Oppose       = "oppose"        // 建议不予
	Issued       = "issued"        // 已制证
	Delivered    = "delivered"     // 已送达
)

// Definition is one process. The first step of the first node is where a case
// starts.
type Definition struct {
	Name  string `json:"name"`
	Nodes []Node `json:"nodes"`
}

// Node is one element of the sequence; today that is a step, written inline.
// Callers go through Steps and Step and never look into a node, and State
// holds a set of tokens, so that another kind of node changes neither.
type Node struct {
	Step
}

// Step is one piece of work by one role.
type Step struct {
	Key  string `json:"key"`
	Name string `json:"name"`
	Role string `json:"role"` // role key; who holds it is package staff's affair
	Act  Act    `json:"act"`
	// Days is this step's own limit in working days; 0 means none of its own.
	Days     int       `json:"days,omitempty"`
	Outcomes []Outcome `json:"outcomes"`
	// ApartFrom names earlier steps whose actors may not act here. It binds both
	// ways: who acted here may not act there either when the case comes back.
	ApartFrom []string `json:"apart_from,omitempty"`
	// ReturnTo names earlier steps this one may send the case back to.
	ReturnTo []string `json:"return_to,omitempty"`
}

// Outcome is one way to complete a step. An empty Next ends the process.
type Outcome struct {
	Key  string `json:"key"`
	Name string `json:"name"`
	Next string `json:"next,omitempty"`
}

// State is where one case stands and how it came there. It is stored as JSON.
type State struct {
	Open []Token `json:"open"`
	Done []Done  `json:"done"`
}

// Token marks a step that waits for somebody, and since when.
type Token struct {
	Step  string    `json:"step"`
	Since time.Time `json:"since"`
}

// Done is one completion or return; the list is only ever appended to.
type Done struct {
	Step    string    `json:"step"`
	Outcome string    `json:"outcome,omitempty"` // empty for a return
	To      string    `json:"to,omitempty"`      // where a return went
	Reason  string    `json:"reason,omitempty"`  // why it was returned
	Actor   string    `json:"actor"`
	Since   time.Time `json:"since"`
	At      time.Time `json:"at"`
}

// Returned says whether the entry is a return rather than a completion.
func (d Done) Returned() bool { return d.To != "" }

// Ended says that nothing waits any more.
func (s State) Ended() bool { return len(s.Open) == 0 }

// Token gives the open token of a step.
func (s State) Token(step string) (Token, bool) {
	i := slices.IndexFunc(s.Open, func(t Token) bool { return t.Step == step })
	if i < 0 {
		return Token{}, false
	}
	return s.Open[i], true
}

// Last gives the newest completion of a step, returns left out.
func (s State) Last(step string) (Done, bool) {
	for _, d := range slices.Backward(s.Done) {
		if d.Step == step && !d.Returned() {
			return d, true
		}
	}
	return Done{}, false
}

// Steps lists all steps in their order.
func (d Definition) Steps() []Step {
	steps := make([]Step, len(d.Nodes))
	for i, n := range d.Nodes {
		steps[i] = n.Step
	}
	return steps
}

// Step finds a step by its key.
func (d Definition) Step(key string) (Step, bool) {
	i := d.index(key)
	if i < 0 {
		return Step{}, false
	}
	return d.Nodes[i].Step, true
}

// StepOf gives the first step that the act completes.
func (d Definition) StepOf(act Act) (Step, bool) {
	for _, n := range d.Nodes {
		if n.Act == act {
			return n.Step, true
		}
	}
	return Step{}, false
}

// Outcome finds one of the step's outcomes by its key.
func (s Step) Outcome(key string) (Outcome, bool) {
	for _, o := range s.Outcomes {
		if o.Key == key {
			return o, true
		}
	}
	return Outcome{}, false
}

// index is the place of a step in the order, -1 when there is none.
func (d Definition) index(key string) int {
	return slices.IndexFunc(d.Nodes, func(n Node) bool { return n.Key == key })
}

// Parse reads a definition, refusing unknown keys and whatever Check refuses.
func Parse(data []byte) (Definition, error) {
	var d Definition
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&d); err != nil {
		return Definition{}, fault.Invalid("flow.json").Because(err)
	}
	return d, d.Check()
}
