// Package calendar knows civil days and which of them are working days (工作日)
// under the yearly holiday notices of the State Council (国务院办公厅关于部分节假日
// 安排的通知). A year whose notice has not been loaded is known by its weekends
// only: the table still counts in it and says, through Loaded, that the result
// is provisional.
//
// Table and what it counts are pure. The versions of the table, and the drafts
// from which they are published, are kept by Service.
package calendar

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"time"

	"onewindow/internal/kit/fault"
)

// Kind is what a day is for counting working days.
type Kind string

// The kinds of day.
const (
	Working Kind = "working" // 工作日: Monday to Friday without a holiday
	Weekend Kind = "weekend" // 周末
	Holiday Kind = "holiday" // 法定节假日, or a weekday off in exchange for a make-up day
	MakeUp  Kind = "make_up" // 调休上班日: a weekend day that is worked
	Assumed Kind = "assumed" // Monday to Friday of a year whose notice is not loaded
)

// Works says whether a day of this kind is a working day, an assumed one
// included (行政许可法第八十二条).
func (k Kind) Works() bool { return k == Working || k == MakeUp || k == Assumed }

// Year is one year's notice: the days off and the weekend days worked, each
// with the holiday's name. Off need not list the weekend days of a holiday. A
// notice may begin in December of the year before.
type Year struct {
	Year   int            `json:"year"`
	Number string         `json:"number,omitempty"` // 文号 of the notice
	Issued string         `json:"issued,omitempty"` // day of the notice, YYYY-MM-DD
	Notice string         `json:"notice,omitempty"` // where the notice was published
	Source string         `json:"source,omitempty"` // where the days were taken from
	Off    map[Day]string `json:"off"`
	MakeUp map[Day]string `json:"make_up"`
}

// Table is the working calendar of the loaded years. It never changes; an
// edited calendar is a new table with a higher version.
type Table struct {
	version int
	years   map[int]Year
	special map[Day]special
	shifts  []shift
}

type special struct {
	kind Kind
	name string
}

// shift is a day that departs from Monday-to-Friday; sum is how many working
// days all shifts up to and including it add.
type shift struct {
	day Day
	sum int
}

// New makes a table from the notices of some years, in any order. It refuses a
// year given twice, a day that is both off and worked, a make-up day that is no
// weekend day, a day outside its notice's reach and a day without a holiday's
// name, each as a field fault on that day.
func New(version int, years ...Year) (*Table, error) {
	t := &Table{version: version, years: map[int]Year{}, special: map[Day]special{}}
	var wrong []fault.Field
	for _, y := range years {
		if t.Loaded(y.Year) {
			wrong = append(wrong, fault.At(strconv.Itoa(y.Year), "calendar.year_twice"))
		}
		t.years[y.Year] = y.clone()
		wrong = append(wrong, t.mark(y, y.Off, Holiday)...)
		wrong = append(wrong, t.mark(y, y.MakeUp, MakeUp)...)
	}
	if len(wrong) > 0 {
		return nil, fault.Invalid("calendar.invalid", wrong...)
	}
	t.sum()
	return t, nil
}

// mark enters one list of a notice and says what is wrong with it.
func (t *Table) mark(y Year, days map[Day]string, k Kind) (wrong []fault.Field) {
	for _, d := range slices.Sorted(maps.Keys(days)) {
		if code := t.refuse(y.Year, d, k, days[d]); code != "" {
			wrong = append(wrong, fault.At(d.String(), code))
			continue
		}
		t.special[d] = special{k, days[d]}
	}
	return wrong
}

func (t *Table) refuse(year int, d Day, k Kind, name string) string {
	y, m, _ := d.Date()
	old, seen := t.special[d]
	switch {
	case y != year && !(y == year-1 && m == time.December):
		return "calendar.outside_year"
	case name == "":
		return "calendar.name"
	case k == MakeUp && weekday(d):
		return "calendar.make_up_on_weekday"
	case seen && old.kind != k:
		return "calendar.both"
	}
	return ""
}

// sum prepares the cumulative counts that make the arithmetic fast.
func (t *Table) sum() {
	for d, s := range t.special {
		switch {
		case s.kind == MakeUp:
			t.shifts = append(t.shifts, shift{d, 1})
		case weekday(d):
			t.shifts = append(t.shifts, shift{d, -1})
		}
	}
	slices.SortFunc(t.shifts, func(a, b shift) int { return cmp.Compare(a.day, b.day) })
	for i := 1; i < len(t.shifts); i++ {
		t.shifts[i].sum += t.shifts[i-1].sum
	}
}

// Version is the number of this edition of the calendar.
func (t *Table) Version() int { return t.version }

// Loaded says whether the year's notice is known. The notice of the following
// year may still move the last days of December, so that publishing a notice
// calls for computing every open deadline again, not only provisional ones.
func (t *Table) Loaded(year int) bool { _, ok := t.years[year]; return ok }

// Known says whether every year from one day to the other is loaded; an empty
// range is known.
func (t *Table) Known(from, to Day) bool {
	if from > to {
		return true
	}
	for y := from.Year(); y <= to.Year(); y++ {
		if !t.Loaded(y) {
			return false
		}
	}
	return true
}

// Years lists the loaded years in order.
func (t *Table) Years() []int { return slices.Sorted(maps.Keys(t.years)) }

// Notice is one loaded year as it was given.
func (t *Table) Notice(year int) (Year, bool) {
	y, ok := t.years[year]
	return y.clone(), ok
}

// clone shares no map with the year.
func (y Year) clone() Year {
	y.Off, y.MakeUp = maps.Clone(y.Off), maps.Clone(y.MakeUp)
	return y
}

// Kind is what the day is. Name says which holiday.
func (t *Table) Kind(d Day) Kind {
	if s, ok := t.special[d]; ok {
		return s.kind
	}
	switch {
	case !weekday(d):
		return Weekend
	case !t.Loaded(d.Year()):
		return Assumed
	}
	return Working
}

// Name is the holiday that a day off or a make-up day belongs to, otherwise "".
func (t *Table) Name(d Day) string { return t.special[d].name }

// weekday says whether the day is Monday to Friday.
func weekday(d Day) bool { return floorMod(int(d)+3, 7) < 5 }
