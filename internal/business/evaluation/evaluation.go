// Package evaluation is 好差评 (国办发〔2019〕51号): the applicant rates how a case was
// handled, once, when it is over. Nobody is made to, and nothing depends on it.
//
// Whoever was rated must not learn who rated how (不得泄露评价人信息，不得打击报复).
// So a rating does not say who made it; the case is in the row alone, so that
// there is no second rating and a bad one can be answered. Everything that
// officers or the public read is made of cells: the ratings of one matter at
// one body over whole months that are past, as many months as it takes until
// at least five ratings are together, within one year. Cells do not overlap and
// never change once they are released, so no two figures differ by fewer than
// five people. What has not come together by the end of a year is counted and
// never shown. A cell in which all say the same still tells what each said;
// no rule over numbers alone can prevent that.
//
// Supervisors with staff.RatingHandle see bad ratings at once and with the
// case, because a bad rating is looked into and its author called back; they do
// not see those of cases in which they acted themselves, and each look is
// audited.
package evaluation

import (
	_ "embed"
	"encoding/json"
	"slices"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/catalog"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/sm"
)

// Grade is 满意度 by its code (GB/T 39046-2020 A.8): 1 is the best.
type Grade int

// The grades.
const (
	VerySatisfied    Grade = 1 // 非常满意
	Satisfied        Grade = 2 // 满意
	FairlySatisfied  Grade = 3 // 基本满意
	Dissatisfied     Grade = 4 // 不满意
	VeryDissatisfied Grade = 5 // 非常不满意
)

// Grades is every grade, the best first.
func Grades() []Grade {
	return []Grade{VerySatisfied, Satisfied, FairlySatisfied, Dissatisfied, VeryDissatisfied}
}

// Valid says whether there is such a grade.
func (g Grade) Valid() bool { return g >= VerySatisfied && g <= VeryDissatisfied }

// Stars is how many stars stand for the grade: five for the best.
func (g Grade) Stars() int { return 6 - int(g) }

// Bad says 差评: it is looked into and its author called back.
func (g Grade) Bad() bool { return g >= Dissatisfied }

// Name is the Chinese name of the grade, "" for an unknown one.
func (g Grade) Name() string { return g.data().Name }

// Reasons are the standard reasons one may tick with the grade.
func (g Grade) Reasons() []Reason { return slices.Clone(g.data().Reasons) }

// Reason is 评价指标.
type Reason struct {
	Code  string `json:"code"`
	Label string `json:"label"`
}

// reason finds one of the grade's reasons.
func (g Grade) reason(code string) (Reason, bool) {
	all := g.data().Reasons
	i := slices.IndexFunc(all, func(r Reason) bool { return r.Code == code })
	if i < 0 {
		return Reason{}, false
	}
	return all[i], true
}

type gradeData struct {
	Name    string
	Reasons []Reason
}

func (g Grade) data() gradeData {
	if !g.Valid() {
		return gradeData{}
	}
	return grades[g-1]
}

//go:embed reasons.json
var reasonsFile []byte

var grades = func() []gradeData {
	var file struct{ Grades []gradeData }
	if err := json.Unmarshal(reasonsFile, &file); err != nil {
		panic("evaluation: reasons.json: " + err.Error())
	}
	return file.Grades
}()

// Rating is a rating as its author sees it again.
type Rating struct {
	Grade   Grade
	Reasons []Reason
	Text    string
	At      time.Time
}

// Rateable says whether the case may be rated: it is over, however it ended.
func Rateable(c *casework.Case) bool { return c.Status.Ended() }

// monthOf is the month in Beijing, YYYY-MM.
func monthOf(t time.Time) string { return calendar.DayOf(t).String()[:len("2006-01")] }

// Service takes ratings and tells what may be told of them.
type Service struct {
	db      *db.DB
	catalog *catalog.Service
	keys    *sm.Keyring
}

// New makes the service.
func New(d *db.DB, c *catalog.Service, keys *sm.Keyring) *Service { return &Service{d, c, keys} }
