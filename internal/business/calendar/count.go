package calendar

import "sort"

// Working says whether the day is a working day (工作日). In a year that is not
// loaded every Monday to Friday is taken for one.
func (t *Table) Working(d Day) bool {
	if s, ok := t.special[d]; ok {
		return s.kind == MakeUp
	}
	return weekday(d)
}

// NextWorking is the day itself when it is a working day, otherwise the first
// working day after it (民法典第二百零三条第一款).
func (t *Table) NextWorking(d Day) Day {
	if t.Working(d) {
		return d
	}
	return t.AddWorking(d, 1)
}

// AddWorking is the nth working day after d, or before d when n is negative; d
// itself is not counted (民法典第二百零一条第一款). For n = 0 it is d, working or not.
func (t *Table) AddWorking(d Day, n int) Day {
	switch {
	case n > 0:
		return t.nth(t.through(d) + n)
	case n < 0:
		return t.nth(t.through(d-1) + n + 1)
	}
	return d
}

// WorkingBetween counts the working days after one day up to and including the
// other; it is negative when to lies before from.
func (t *Table) WorkingBetween(from, to Day) int { return t.through(to) - t.through(from) }

// through counts the working days up to and including d from an origin that
// only differences make meaningful.
func (t *Table) through(d Day) int { return weekdaysThrough(d) + t.shifted(d) }

// weekdaysThrough counts Mondays to Fridays; 1970-01-01 was a Thursday.
func weekdaysThrough(d Day) int {
	monday := int(d) + 3
	return floorDiv(monday, 7)*5 + min(floorMod(monday, 7)+1, 5)
}

// shifted is what the loaded notices add to the weekdays up to d.
func (t *Table) shifted(d Day) int {
	i := sort.Search(len(t.shifts), func(i int) bool { return t.shifts[i].day > d })
	if i == 0 {
		return 0
	}
	return t.shifts[i-1].sum
}

// nth is the first day through which k working days have passed. The shifts
// cannot move it by more than their number, which bounds the search.
func (t *Table) nth(k int) Day {
	lo := floorDiv(k-len(t.shifts), 5)*7 - 10
	hi := floorDiv(k+len(t.shifts), 5)*7 + 10
	return Day(lo + sort.Search(hi-lo, func(i int) bool { return t.through(Day(lo+i)) >= k }))
}
