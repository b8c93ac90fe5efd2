package procedure

import (
	"time"

	"onewindow/internal/business/calendar"
)

// Organiser says who organises a site visit (定州方案: 划转事项的现场核查由行政审批局组织;
// 暂不具备条件的，与监管部门联合组织). What was promised in a 告知承诺 the supervising
// department verifies after the decision, which is the noun commitment's affair.
type Organiser string

// The organisers.
const (
	ByBureau Organiser = "bureau" // 审批机关组织
	Jointly  Organiser = "joint"  // 与监管部门联合组织
)

// Organisers lists them.
func Organisers() []Organiser { return []Organiser{ByBureau, Jointly} }

// Conclusion is what a procedure found.
type Conclusion string

// The conclusions.
const (
	Passed  Conclusion = "passed"  // 符合、合格、中标
	Rectify Conclusion = "rectify" // 需要整改后复查: of a site visit only
	Failed  Conclusion = "failed"  // 不符合、不合格、未中标
)

// Detail is what is written down about a procedure; kept as JSON.
type Detail struct {
	// Revision counts the records: who signs names the one they read.
	Revision int       `json:"revision,omitempty"`
	HeldAt   time.Time `json:"held_at,omitzero"` // when it really was
	// Findings are the facts found, Conclusion what follows.
	Findings   string     `json:"findings,omitempty"`
	Conclusion Conclusion `json:"conclusion,omitempty"`
	// Present is who was there for the applicant, or why nobody was.
	Present    string `json:"present,omitempty"`
	RecordedBy string `json:"recorded_by,omitempty"`
	// Standard is the technical standard, with its number, that the result
	// relies on (行政许可法第五十五条).
	Standard string `json:"standard,omitempty"`
	// Items are what is to be put right before the next visit.
	Items []Item       `json:"items,omitempty"`
	Until calendar.Day `json:"until,omitempty"` // by when

	Agency string `json:"agency,omitempty"` // who appraised or tested for the body
	Report string `json:"report,omitempty"` // number of its report

	Panel   []Expert `json:"panel,omitempty"`
	Contest *Contest `json:"contest,omitempty"`
	Reason  string   `json:"reason,omitempty"` // why it was cancelled or the record reopened
}

// Item is one thing to be put right (整改).
type Item struct {
	Problem string `json:"problem"`
	Demand  string `json:"demand"`
	// Fixed says that a later visit found it put right.
	Fixed bool `json:"fixed,omitempty"`
}

// Expert is a member of the panel.
type Expert struct {
	Name     string `json:"name"`
	Unit     string `json:"unit"`
	Title    string `json:"title,omitempty"`
	Recused  string `json:"recused,omitempty"` // why they take no part (回避)
	Opinion  string `json:"opinion,omitempty"`
	Supports bool   `json:"supports,omitempty"`
}

// Contest is how a tender, an auction or an examination was held.
type Contest struct {
	Announced calendar.Day `json:"announced"` // when it was announced
	Where     string       `json:"where"`     // where it was announced
	Held      calendar.Day `json:"held"`
	Entrants  []string     `json:"entrants"` // who took part
	// Winner is who won the tender or the auction; Score the applicant's score
	// in an examination or what the assessment found.
	Winner string `json:"winner,omitempty"`
	Score  string `json:"score,omitempty"`
	Paper  string `json:"paper"` // 中标通知书、成交确认书、成绩单 with its number
}

// File is a photograph, a report or a signed record.
type File struct {
	ID, ProcedureID string
	Name, Type      string
	Size            int64
	SM3             string
	BlobKey         string
	Caption         string
	ByID            string
	At              time.Time
}
