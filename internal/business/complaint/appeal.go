package complaint

import (
	"strings"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/deadline"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
)

// Citations of the rules on reviews and suits.
const (
	lawReviewAnswer = "行政复议法第四十八条、第五十四条、第八十八条"
	lawSuitAnswer   = "行政诉讼法第六十七条第一款"
	lawReviewTime   = "行政复议法第六十二条"
	lawSuitTime     = "行政诉讼法第八十一条、第八十三条"
	lawOneComplaint = "投诉一事一办"
	lawOneAtATime   = "行政复议法第二十九条"
	lawReviewFirst  = "行政复议法第二十三条"
	lawAnew         = "行政复议法第六十四条、行政诉讼法第七十条"
	lawOrdered      = "行政复议法第六十六条、行政诉讼法第七十二条"
	lawAppealable   = "行政复议法第十一条、行政诉讼法第十二条"
)

// The two ways to contest (行政复议、行政诉讼).
const (
	Review = "review" // 行政复议
	Suit   = "suit"   // 行政诉讼
)

// What is contested.
const (
	OfDecision = "decision" // the decision, or another act that ended the case
	OfSilence  = "silence"  // 在法定期限内不予答复
)

// Who contests.
const (
	ByApplicant  = "applicant"  // 申请人
	ByInterested = "interested" // 利害关系人
)

// How a review or a suit may end.
const (
	Upheld    = "upheld"    // 维持
	Dismissed = "dismissed" // 驳回请求
	Annulled  = "annulled"  // 撤销
	Changed   = "changed"   // 变更
	Unlawful  = "unlawful"  // 确认违法
	Ordered   = "ordered"   // 责令（判令）履行
	Withdrawn = "withdrawn" // 撤回申请、撤诉
)

// Results are how what is contested may end: where nothing was decided, nothing
// can be upheld, annulled or changed.
func Results(against string) []string {
	if against == OfSilence {
		return []string{Ordered, Unlawful, Dismissed, Withdrawn}
	}
	return []string{Upheld, Dismissed, Annulled, Changed, Unlawful, Ordered, Withdrawn}
}

// Appeal (复议、诉讼) is a review or a suit against the decision of a case, or
// against its silence, as the body that should answer records it.
type Appeal struct {
	ID                   string
	Version              int
	Kind, Against, By    string
	Simple               bool   // 简易程序
	Status               string // pending ended
	CaseID               string
	CaseNumber, ItemName string
	Organ, Reference     string
	Asked                string       // what is asked for
	FiledOn              calendar.Day // taken up by the organ (受理、立案)
	ReceivedOn           calendar.Day // the copy reached the body
	AnswerDue, OrganDue  calendar.Day
	AnsweredOn           calendar.Day
	AnsweredBy           string
	Result               string
	ResultOn             calendar.Day
	Note                 string
	ActBy                calendar.Day // by when the body acts as ordered
	RedoID               string       // the case in which it is decided anew
	LicenceID            string       // the licence that ended with the decision
	Subject              staff.Subject
	told                 int
}

// Pending says that it has not ended.
func (a *Appeal) Pending() bool { return a.Status == "pending" }

// AnswerDue is the last day for the body's answer from the day on which the copy
// reached it: in a review ten working days, in its simple procedure five
// (行政复议法第四十八条、第五十四条、第八十八条); in a suit fifteen days (行政诉讼法第六十七条第一款).
func AnswerDue(cal *calendar.Table, kind string, simple bool, received calendar.Day) calendar.Day {
	l := deadline.Limit{N: 10, Unit: deadline.Working}
	switch {
	case kind == Suit:
		l = deadline.Limit{N: 15, Unit: deadline.Natural}
	case simple:
		l.N = 5
	}
	return after(cal, received, l)
}

// OrganDue is the organ's own last day from the day on which it took the matter
// up: sixty days for a review, thirty in the simple procedure (行政复议法第六十二条);
// six months for a suit, forty-five days in the simple procedure
// (行政诉讼法第八十一条、第八十三条). The organ may extend it; that is not known here.
func OrganDue(cal *calendar.Table, kind string, simple bool, filed calendar.Day) calendar.Day {
	l := deadline.Limit{N: 60, Unit: deadline.Natural}
	switch {
	case kind == Suit && simple:
		l.N = 45
	case kind == Suit:
		l = deadline.Limit{N: 6, Unit: deadline.Month}
	case simple:
		l.N = 30
	}
	return after(cal, filed, l)
}

func after(cal *calendar.Table, from calendar.Day, l deadline.Limit) calendar.Day {
	day, _ := deadline.DueDay(cal, deadline.Clock{Start: from, Limit: l})
	return day
}

// Contestable says whether the case has what is contested on a day: an act that
// decided or ended it, or a statutory limit that passed without one. What the
// applicant withdrew was not done by the body.
func Contestable(c *casework.Case, against string, on calendar.Day) error {
	acted := !c.DecidedAt.IsZero() || c.Status.Ended() && c.Status != casework.StatusWithdrawn
	switch {
	case against == OfSilence && (acted || c.StatutoryDue == 0 || on <= c.StatutoryDue):
		return fault.Refused("appeal.not_overdue", lawAppealable)
	case against != OfSilence && !acted:
		return fault.Refused("appeal.undecided", "行政复议法第二十条")
	}
	return nil
}

// beside is the rule on several ways at once: while one is open there is no
// other (行政复议法第二十九条), and who was left without an answer asks for a review
// before going to court (第二十三条).
func beside(earlier []*Appeal, kind, against string) error {
	reviewed := false
	for _, a := range earlier {
		switch {
		case a.Pending() && a.Kind == kind:
			return fault.Conflict("appeal.pending")
		case a.Pending():
			return fault.Refused("appeal.other_pending", lawOneAtATime)
		}
		reviewed = reviewed || a.Kind == Review && a.Against == OfSilence && a.Result != Withdrawn
	}
	if kind == Suit && against == OfSilence && !reviewed {
		return fault.Refused("appeal.review_first", lawReviewFirst)
	}
	return nil
}

// actOn is the day on which the body acted that is contested.
func actOn(c *casework.Case) calendar.Day {
	switch {
	case !c.DecidedAt.IsZero():
		return calendar.DayOf(c.DecidedAt)
	case !c.ConcludedAt.IsZero():
		return calendar.DayOf(c.ConcludedAt)
	}
	return calendar.DayOf(c.ReceivedAt)
}

// needed notes a text that lacks.
func needed(wrong []fault.Field, name, value string) []fault.Field {
	if strings.TrimSpace(value) == "" {
		return append(wrong, fault.At(name, "text.required"))
	}
	return wrong
}
