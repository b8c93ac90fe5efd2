package hearing

import "onewindow/internal/business/calendar"

// The days of a hearing. The article writes 日; 第八十二条 makes working days of the
// body's own limits. Whether that holds for the applicant's five days is open:
// working days are counted, the reading that gives more time, and the last day
// is written out in the letter (docs/decisions/0100).
const (
	AskDays    = 5  // 自被告知之日起五日内
	HoldDays   = 20 // 二十日内组织听证
	NoticeDays = 7  // 举行听证的七日前
	// RecordDays are given for the record to be laid before all and closed; the
	// notice of the stopped clock names them together with the days before.
	RecordDays = 5
)

// AskUntil is the last day for asking, five working days after being told.
func AskUntil(told calendar.Day, cal *calendar.Table) calendar.Day {
	return cal.AddWorking(told, AskDays)
}

// HoldBy is the last day for holding a hearing that was asked for on a day.
func HoldBy(asked calendar.Day, cal *calendar.Table) calendar.Day {
	return cal.AddWorking(asked, HoldDays)
}

// Earliest is the first day for which a notice given on a day is early enough:
// seven whole working days lie between the two. The narrow reading, one day
// fewer, is not used; and a hearing is held on a working day.
func Earliest(notice calendar.Day, cal *calendar.Table) calendar.Day {
	return cal.AddWorking(notice, NoticeDays+1)
}

// between counts the whole working days that lie between two days.
func between(notice, held calendar.Day, cal *calendar.Table) int {
	return cal.WorkingBetween(notice, held.AddDays(-1))
}
