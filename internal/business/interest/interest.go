// Package interest is 利害关系人 (行政许可法第三十六条): whom a decision touches
// directly is found, told, and heard before it is made. From the first one told
// the applicant is heard beside them for as long. While somebody's time runs,
// and until what was said has been answered, the decision waits (casework.Hold).
//
// A party has a number and a check code, both printed on the letter, by which
// they speak on a public page without an account, or join what concerns them to
// their account. A neighbour need not be known by any code: a name and where
// letters reach them is enough. How they are reached, what they say and what they
// are answered is sealed at rest.
package interest

import (
	"strings"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/party"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/sm"
)

// lawInterest is the article that has them told and heard.
const lawInterest = "行政许可法第三十六条"

// Role says in what place somebody is heard.
type Role string

// The places.
const (
	Interested Role = "interested" // 利害关系人
	Applicant  Role = "applicant"  // 申请人
)

// Status is how far the hearing of one party has come.
type Status string

// The statuses of a party, in their order.
const (
	Told     Status = "told"     // 已告知，待陈述
	Stated   Status = "stated"   // 已陈述，待答复
	Silent   Status = "silent"   // 逾期未陈述
	Answered Status = "answered" // 已答复
)

// Statuses lists every status.
func Statuses() []Status { return []Status{Told, Stated, Silent, Answered} }

// Heard says that the decision need not wait for this party any longer.
func (s Status) Heard() bool { return s == Silent || s == Answered }

// Via is how a letter or a statement went.
type Via string

// The ways.
const (
	ByHand Via = "hand"   // 当面
	ByPost Via = "post"   // 邮寄
	Online Via = "online" // 网上
)

// Vias lists every way.
func Vias() []Via { return []Via{ByHand, ByPost, Online} }

// Party is one who is heard.
type Party struct {
	ID, CaseID string
	Number     string
	Version    int
	Role       Role
	Name       string
	Company    bool
	Status     Status
	Until      calendar.Day // last day for the statement
	DocumentID string       // the letter; empty for the applicant
	PartyID    string       // the party behind the name, once known; empty before
	CreatedAt  time.Time
	Data
}

// Data is what is sealed.
type Data struct {
	Address   string       `json:"address,omitempty"` // 送达地址
	Phone     string       `json:"phone,omitempty"`
	Contact   string       `json:"contact,omitempty"`  // letters before there were the two above
	Interest  string       `json:"interest,omitempty"` // in what the decision touches them
	ToldOn    calendar.Day `json:"told_on,omitempty"`
	ToldBy    Via          `json:"told_by,omitempty"`
	ServedOn  calendar.Day `json:"served_on,omitempty"` // when the letter came, once that is known
	Statement string       `json:"statement,omitempty"`
	StatedAt  time.Time    `json:"stated_at,omitzero"`
	StatedBy  Via          `json:"stated_by,omitempty"`
	Adopted   bool         `json:"adopted,omitempty"`
	Answer    string       `json:"answer,omitempty"`
	AnswerBy  string       `json:"answer_by,omitempty"`
	AnswerAt  time.Time    `json:"answer_at,omitzero"`
}

// The times of this package, in days.
const (
	// LeastDays is the shortest time for a statement. No article gives one; five
	// working days is what article 47 gives for asking for a hearing.
	LeastDays = 5
	// MostDays bounds it, so that hearing people does not become a way to wait.
	MostDays = 15
	// PostDays are the natural days that a letter is given to arrive.
	PostDays = 7
)

// until is the last day for a statement: so many working days after the letter
// is told, or after a posted letter has had time to arrive. The day on which
// it came is not counted (民法典第二百零一条第一款).
func until(told calendar.Day, via Via, days int, cal *calendar.Table) calendar.Day {
	if via == ByPost {
		told = told.AddDays(PostDays)
	}
	return cal.AddWorking(told, days)
}

// served moves the end when the letter came later than it was given to: the
// party has the whole time from the day it came.
func (p *Party) served(on calendar.Day, days int, cal *calendar.Table) {
	p.ServedOn, p.Until = on, max(p.Until, cal.AddWorking(on, days))
}

// hold is what makes the decision wait for the party.
func (p *Party) hold() casework.Hold {
	h := casework.Hold{ID: "interest:" + p.ID, Kind: "interest", Law: lawInterest, Code: "interest.period",
		Blocks: []flow.Act{flow.Decide}, Until: p.Until}
	if p.Status == Stated {
		h.Code, h.Until = "interest.unanswered", 0
	}
	return h
}

// state is the rule of a statement: once told, within the time.
func (p *Party) state(text string, via Via, now time.Time) error {
	switch {
	case p.Status != Told:
		return fault.Conflict("interest.stated", "status", string(p.Status))
	case calendar.DayOf(now) > p.Until:
		return fault.Refused("interest.late", lawInterest, "until", p.Until.Chinese())
	}
	p.Status, p.Statement, p.StatedAt, p.StatedBy = Stated, text, now, via
	return nil
}

// answer is the rule of an answer: what was said is adopted or not, with the
// reasons either way.
func (p *Party) answer(adopted bool, text, by string, now time.Time) error {
	if p.Status != Stated {
		return fault.Conflict("interest.nothing_said", "status", string(p.Status))
	}
	p.Status, p.Adopted, p.Answer, p.AnswerBy, p.AnswerAt = Answered, adopted, text, by, now
	return nil
}

// Service hears.
type Service struct {
	db      *db.DB
	cases   *casework.Service
	people  *party.Service
	keys    *sm.Keyring
	baseURL string
}

// New makes the service.
func New(d *db.DB, cases *casework.Service, people *party.Service, keys *sm.Keyring, baseURL string) *Service {
	return &Service{d, cases, people, keys, baseURL}
}

// Code is the check code on the letter.
func (s *Service) Code(p Party) string { return s.keys.CheckCode("interest:" + p.Number) }

// mostText bounds what is written, in characters; the store is not a mailbox.
const mostText = 4000

// wanted refuses empty and endless texts at their fields, given in pairs.
func wanted(kv ...string) error {
	var wrong []fault.Field
	for i := 0; i+1 < len(kv); i += 2 {
		switch n := len([]rune(strings.TrimSpace(kv[i+1]))); {
		case n == 0:
			wrong = append(wrong, fault.At(kv[i], "text.required"))
		case n > mostText:
			wrong = append(wrong, fault.At(kv[i], "text.too_long", "max", "4000"))
		}
	}
	if len(wrong) == 0 {
		return nil
	}
	f := fault.Invalid("form.invalid", wrong...)
	f.Law = lawInterest
	return f
}
