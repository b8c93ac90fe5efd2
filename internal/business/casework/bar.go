package casework

import (
	"onewindow/internal/business/calendar"
	"onewindow/internal/business/catalog"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/id"
)

// Bar (不得再次申请) keeps who deceived from applying for the matter for a time: one
// year for an application (行政许可法第七十八条), three for a licence got by fraud
// (第七十九条), and only where the matter directly concerns public safety, health,
// life or property.
type Bar struct {
	ApplicantID, ItemCode, CaseID, Law string
	From, Until                        calendar.Day // Until is the last day of it
}

// barYear is the one year of 行政许可法第七十八条.
const barYear = 1

// BarFor bars the applicant of a case from its matter for years from today.
func BarFor(tx *db.Tx, c *Case, impl *catalog.Implementation, years int, law string) Bar {
	today := calendar.DayOf(tx.Now)
	b := Bar{ApplicantID: c.ApplicantID, ItemCode: impl.ItemCode, CaseID: c.ID, Law: law, From: today, Until: today.AddYears(years)}
	tx.Write(`insert into bar (id, applicant_id, item_code, case_id, law, from_day, until_day, at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
		id.New(), b.ApplicantID, b.ItemCode, b.CaseID, b.Law, b.From.String(), b.Until.String(), db.Stamp(tx.Now))
	return b
}

// unbarred refuses an application for a matter during a bar and says until when.
func unbarred(tx *db.Tx, applicantID string, impl *catalog.Implementation) error {
	today := calendar.DayOf(tx.Now)
	all, err := db.List(tx, func(r db.Scanner) (b Bar, err error) { return b, r.Scan(&b.Law, &b.Until) },
		`select law, until_day from bar where applicant_id = $1 and item_code = $2 and until_day >= $3 order by until_day desc limit 1`,
		applicantID, impl.ItemCode, today.String())
	if err != nil || len(all) == 0 {
		return err
	}
	return fault.Refused("submit.barred", all[0].Law, "day", all[0].Until.Chinese())
}
