package casework

import (
	"slices"
	"strings"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/deadline"
	"onewindow/internal/business/flow"
)

// Course (经过) is what happened to a case besides its steps: when its clock
// stood, by how much its limit was extended, what must be waited for, what was
// found. It is stored with the case, so that its deadlines are a pure function
// of the case, the matter's version and the calendar. Nouns above casework
// change it by the rules of this package, inside one act.
type Course struct {
	Pauses     []Pause     `json:"pauses,omitempty"`
	Extensions []Extension `json:"extensions,omitempty"`
	Holds      []Hold      `json:"holds,omitempty"`
	Findings   []Finding   `json:"findings,omitempty"`
	// Corrections say that receipt or acceptance was recorded wrongly.
	Corrections []Correction `json:"corrections,omitempty"`
	Recused     []Recused    `json:"recused,omitempty"`
	// Government is the body whose head was asked for more time; it reads the case.
	Government string `json:"government,omitempty"`
}

// Pause is a time in which the clock stands (行政许可法第四十五条).
type Pause struct {
	ID   string       `json:"id"`   // of the procedure that stops the clock
	Kind string       `json:"kind"` // a kind of catalog.SpecialProcedure
	Law  string       `json:"law"`
	From calendar.Day `json:"from"`
	To   calendar.Day `json:"to,omitempty"` // zero while it goes on
	// Days is the time needed that the notice names, in working days; the clock
	// stands no longer, however long the procedure takes.
	Days int          `json:"days"`
	Cap  calendar.Day `json:"cap"` // the last of those days, From being the first
}

// Extension is one lengthening of the limit (行政许可法第四十二条).
type Extension struct {
	N          int           `json:"n"`
	Unit       deadline.Unit `json:"unit"`
	Law        string        `json:"law"`
	ApprovedBy string        `json:"approved_by"` // the name of who approved it
	On         calendar.Day  `json:"on"`
	Reason     string        `json:"reason"`
	DocumentID string        `json:"document_id,omitempty"`
}

// Hold makes acts wait for a procedure of a noun above this one: a hearing that
// is open, a party not heard yet, a material owed.
type Hold struct {
	ID     string       `json:"id"` // of the procedure that holds
	Kind   string       `json:"kind"`
	Law    string       `json:"law"`
	Code   string       `json:"code"` // the fault that refuses a blocked act
	Blocks []flow.Act   `json:"blocks,omitempty"`
	Until  calendar.Day `json:"until,omitempty"` // when it is expected to end, for people
	// Cite is a text that the decision's basis must contain, such as the number
	// of the hearing's record (行政许可法第四十八条第二款). Such a hold blocks nothing else.
	Cite string `json:"cite,omitempty"`
	// Grants says that a grant alone must wait, and a refusal need not.
	Grants bool `json:"grants,omitempty"`
}

// Finding is a result that the decision can rest on.
type Finding struct {
	ID         string       `json:"id"`
	Kind       string       `json:"kind"` // site_visit, or a kind of catalog.SpecialProcedure
	Outcome    string       `json:"outcome"`
	DocumentID string       `json:"document_id,omitempty"`
	On         calendar.Day `json:"on"`
}

// same compares by value; an act never changes a course in place.
func (c Course) same(d Course) bool {
	return slices.Equal(c.Pauses, d.Pauses) && slices.Equal(c.Extensions, d.Extensions)
}

// Paused says whether the clock stands for an open procedure.
func (c Course) Paused() bool {
	return slices.ContainsFunc(c.Pauses, func(p Pause) bool { return p.To == 0 })
}

// Found is the newest finding of a kind.
func (c Course) Found(kind string) (Finding, bool) {
	for _, f := range slices.Backward(c.Findings) {
		if f.Kind == kind {
			return f, true
		}
	}
	return Finding{}, false
}

// Stop is the pause as the clock sees it: while it goes on it projects to the
// day that the notice names, and it never counts beyond that day.
func (p Pause) Stop() deadline.Stop {
	to := p.Cap
	if p.To != 0 && p.To < to {
		to = p.To
	}
	return deadline.Stop{From: p.From, To: to, Kind: p.Kind, Law: p.Law}
}

// stops and extensions are the course as package deadline takes it.
func (c Course) stops() []deadline.Stop {
	out := make([]deadline.Stop, 0, len(c.Pauses))
	for _, p := range c.Pauses {
		out = append(out, p.Stop())
	}
	return out
}

func (c Course) extensions() []deadline.Extension {
	out := make([]deadline.Extension, 0, len(c.Extensions))
	for _, e := range c.Extensions {
		out = append(out, deadline.Extension{N: e.N, Unit: e.Unit, Law: e.Law})
	}
	return out
}

// Hold puts a hold on the case; one with the same id is replaced.
func (t *Turn) Hold(h Hold) {
	t.Lift(h.ID)
	t.Case.Course.Holds = append(slices.Clone(t.Case.Course.Holds), h)
}

// Lift takes a hold away; there may be none.
func (t *Turn) Lift(id string) {
	t.Case.Course.Holds = slices.DeleteFunc(slices.Clone(t.Case.Course.Holds), func(h Hold) bool { return h.ID == id })
}

// Find adds a finding.
func (t *Turn) Find(f Finding) {
	t.Case.Course.Findings = append(slices.Clone(t.Case.Course.Findings), f)
}

// free refuses an act that a hold makes wait, by the rule of the hold.
func (c *Case) free(act flow.Act) error {
	for _, h := range c.Course.Holds {
		if slices.Contains(h.Blocks, act) {
			return h.Fault()
		}
	}
	return nil
}

// grantable refuses a grant that must wait for what lacks.
func (c *Case) grantable() error {
	for _, h := range c.Course.Holds {
		if h.Grants {
			return h.Fault()
		}
	}
	return nil
}

// cites refuses a decision whose basis lacks what it must rest on.
func (c *Case) cites(basis string) error {
	for _, h := range c.Course.Holds {
		if h.Cite != "" && !strings.Contains(basis, h.Cite) {
			return h.Fault()
		}
	}
	return nil
}
