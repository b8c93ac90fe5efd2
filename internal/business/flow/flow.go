// Package flow is the process of an item (办理流程): its definition as data and
// the pure engine that moves one case through it. It knows no store, no clock
// and no user accounts: actors are ids, instants come in as parameters.
//
// A definition is a sequence of nodes: steps, and blocks whose branches run side
// by side until they join. Outcomes lead forward only, so every case ends; going
// back is a return (退回), which needs a reason and is kept in the history. Where
// a case stands is a set of open tokens: completing a step closes its token and
// opens those of its successors; the branch that arrives last fires the join.
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

// The acts, in the order of 行政许可法第四章: 受理, 承办, 审核, 决定, 制证, 送达; in
// between another body may be asked (征求意见), and those concerned may meet (联审会议).
const (
	Accept  Act = "accept"
	Examine Act = "examine"
	Review  Act = "review"
	Opine   Act = "opine"
	Meet    Act = "meet"
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

// Step is one piece of work by one role.
type Step struct {
	Key  string `json:"key"`
	Name string `json:"name"`
	Role string `json:"role"` // role key; who holds it is package staff's affair
	Act  Act    `json:"act"`
	// Body is whose officers do it: empty for the body that decides the case,
	// Lower for the lower body that examines first, else another body's id.
	Body string `json:"body,omitempty"`
	// Days is this step's own limit in working days; 0 means none of its own.
	Days int `json:"days,omitempty"`
	// When is a condition on the form's facts; where it does not hold the case
	// passes this step and goes on to Else. Empty always holds.
	When     string    `json:"when,omitempty"`
	Else     string    `json:"else,omitempty"`
	Outcomes []Outcome `json:"outcomes"`
	// ApartFrom names earlier steps whose actors may not act here. It binds both
	// ways: who acted here may not act there either when the case comes back.
	ApartFrom []string `json:"apart_from,omitempty"`
	// ReturnTo names earlier steps this one may send the case back to.
	ReturnTo []string `json:"return_to,omitempty"`
}

// Lower as a step's Body is the lower body that examines before the higher one
// decides (下级初审, 行政许可法第三十五条): the township where the matter lies.
const Lower = "lower"

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
	// Arrived are the branches of the running block that came to its join.
	Arrived []Arrival `json:"arrived,omitempty"`
	// Passed are the steps, blocks and branches whose condition did not hold when
	// it was judged; see Judge.
	Passed []string `json:"passed,omitempty"`
	// LowerID is the body that Lower stands for; empty where there is none, and
	// the deciding body examines itself.
	LowerID string `json:"lower_id,omitempty"`
	// Asked are the bodies that were consulted outside of any step.
	Asked []string `json:"asked,omitempty"`
}

// Token marks a step that waits for somebody, and since when.
type Token struct {
	Step  string    `json:"step"`
	Since time.Time `json:"since"`
	// Body is whose step it is; empty for the body that decides.
	Body string `json:"body,omitempty"`
	// Officer is the account it was handed over to; empty for whoever holds the role.
	Officer string `json:"officer,omitempty"`
}

// Arrival is a branch at its join, with the outcome that it brought.
type Arrival struct {
	Branch  string `json:"branch"`
	Outcome string `json:"outcome"`
}

// Done is one completion or return, or a join that fired: then Step is the
// block's key and nobody is the actor. The list is only ever appended to.
type Done struct {
	Step    string    `json:"step"`
	Outcome string    `json:"outcome,omitempty"` // empty for a return
	To      string    `json:"to,omitempty"`      // where a return went
	Reason  string    `json:"reason,omitempty"`  // why it was returned
	Actor   string    `json:"actor"`
	For     string    `json:"for,omitempty"`  // the account for whom a substitute acted
	Body    string    `json:"body,omitempty"` // another body's step
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

// Bodies are the other bodies that have, had or were asked to take a part.
func (s State) Bodies() []string {
	var out []string
	add := func(body string) {
		if body != "" && !slices.Contains(out, body) {
			out = append(out, body)
		}
	}
	for _, t := range s.Open {
		add(t.Body)
	}
	for _, d := range s.Done {
		add(d.Body)
	}
	for _, body := range s.Asked {
		add(body)
	}
	return out
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
