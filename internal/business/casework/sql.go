package casework

import (
	"slices"

	"encoding/json"
	"onewindow/internal/business/document"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/form"
	"onewindow/internal/kit/db"
)

const caseColumns = `id, number, version, status, flow, channel, implementation_id, variant, item_name, body_id,
	intake_id, applicant_id, agent_id, applicant_name, company, received_at, complete_at, accepted_at, deemed, decided_at,
	granted, concluded_at, statutory_due, promised_due, provisional, purpose, mode, licence_id, prior_id, course,
	calendar, alarm_on, marks`

// caseTables are what a case is read from.
const caseTables = `cases join case_clock on case_clock.case_id = cases.id`

func scanCase(r db.Scanner) (*Case, error) {
	c := &Case{}
	var state, course string
	var company, deemed, granted, provisional int
	err := r.Scan(&c.ID, &c.Number, &c.Version, &c.Status, &state, &c.Channel, &c.ImplementationID, &c.Variant,
		&c.ItemName, &c.BodyID, &c.IntakeID, &c.ApplicantID, &c.AgentID, &c.ApplicantName, &company, db.At{Time: &c.ReceivedAt},
		db.At{Time: &c.CompleteAt}, db.At{Time: &c.AcceptedAt}, &deemed, db.At{Time: &c.DecidedAt}, &granted,
		db.At{Time: &c.ConcludedAt}, calendar.Optional{Day: &c.StatutoryDue}, calendar.Optional{Day: &c.PromisedDue}, &provisional,
		&c.Purpose, &c.Mode, &c.LicenceID, &c.PriorID, &course, &c.Calendar, calendar.Optional{Day: &c.AlarmOn}, &c.Marks)
	if err != nil {
		return nil, err
	}
	c.Company, c.Deemed, c.Granted, c.Provisional = company == 1, deemed == 1, granted == 1, provisional == 1
	if course != "" {
		if err := json.Unmarshal([]byte(course), &c.Course); err != nil {
			return nil, err
		}
	}
	return c, json.Unmarshal([]byte(state), &c.Flow)
}

// ByID loads a case without a rights check, for acts of this and upper nouns.
func ByID(tx *db.Tx, caseID string) (*Case, error) {
	return db.One(tx, "case.missing", scanCase, `select `+caseColumns+` from `+caseTables+` where id = $1`, caseID)
}

// ByNumberIn is the case with a number as a person typed it, without a rights
// check, for acts of upper nouns.
func ByNumberIn(tx *db.Tx, number string) (*Case, error) {
	clean, err := CleanNumber(number)
	if err != nil {
		return nil, err
	}
	return byNumber(tx, clean)
}

func askCase(c **Case, of Ref) db.Ask {
	return db.AskOne(c, scanCase, `select `+caseColumns+` from `+caseTables+` where id = `+of.ID, of.Arg)
}

func byNumber(tx *db.Tx, number string) (*Case, error) {
	return db.One(tx, "case.missing", scanCase, `select `+caseColumns+` from `+caseTables+` where number = $1`, number)
}

func insertCase(tx *db.Tx, c *Case) {
	document.Admit(tx, c.ID, c.Flow.Bodies()...)
	tx.Write(`insert into cases (id, number, version, status, steps, flow, channel, implementation_id, variant,
		item_name, body_id, intake_id, applicant_id, agent_id, applicant_name, company, received_at, complete_at, accepted_at,
		deemed, decided_at, granted, concluded_at, purpose, mode, licence_id, prior_id, course)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28)`,
		c.ID, c.Number, c.Version, string(c.Status), c.Steps(), db.JSON(c.Flow), string(c.Channel), c.ImplementationID,
		c.Variant, c.ItemName, c.BodyID, c.IntakeID, c.ApplicantID, c.AgentID, c.ApplicantName, db.Flag(c.Company),
		db.Stamp(c.ReceivedAt),
		db.Stamp(c.CompleteAt), db.Stamp(c.AcceptedAt), db.Flag(c.Deemed), db.Stamp(c.DecidedAt), db.Flag(c.Granted),
		db.Stamp(c.ConcludedAt), string(c.Purpose), string(c.Mode), c.LicenceID, c.PriorID, c.Course.text())
	tx.Write(`insert into case_clock (case_id, case_version, running, calendar, statutory_due, promised_due, provisional, alarm_on, marks)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, c.ID, c.Version, c.ticking(), c.Calendar, c.StatutoryDue.Text(), c.PromisedDue.Text(),
		db.Flag(c.Provisional), c.AlarmOn.Text(), int(c.Marks))
}

// ticking is whether a new calendar concerns the case.
func (c *Case) ticking() int { return db.Flag(c.ConcludedAt.IsZero()) }

// saveCase writes the case if it is still the version that was loaded; a case
// that somebody else changed meanwhile makes the whole act fail as stale.
// received_at is not among what it writes: it never moves. A case whose days
// were computed anew meanwhile, by a new calendar, makes it fail likewise.
func saveCase(tx *db.Tx, c, before *Case) {
	was := before.guests()
	for _, b := range c.guests() {
		if !slices.Contains(was, b) {
			document.Admit(tx, c.ID, b)
		}
	}
	tx.Write(`update cases set version = version + 1, status = $3, steps = $4, flow = $5, complete_at = $6,
		accepted_at = $7, deemed = $8, decided_at = $9, granted = $10, concluded_at = $11, mode = $12, course = $13
		where id = $1 and version = $2`,
		c.ID, c.Version, string(c.Status), c.Steps(), db.JSON(c.Flow), db.Stamp(c.CompleteAt), db.Stamp(c.AcceptedAt),
		db.Flag(c.Deemed), db.Stamp(c.DecidedAt), db.Flag(c.Granted), db.Stamp(c.ConcludedAt), string(c.Mode), c.Course.text())
	tx.Write(`update case_clock set case_version = case_version + 1, running = $3, calendar = $4, statutory_due = $5, promised_due = $6,
		provisional = $7, alarm_on = $8, marks = marks | $9 where case_id = $1 and case_version = $2 and calendar = $10`,
		c.ID, c.Version, c.ticking(), c.Calendar, c.StatutoryDue.Text(), c.PromisedDue.Text(), db.Flag(c.Provisional), c.AlarmOn.Text(),
		int(c.Marks), before.Calendar)
}

// saveMarks writes what the watch noticed and when it looks again. It is no new
// version of the case: nothing that a person decides on changed, so a page that
// is open stays good. It fails when somebody acted or noticed meanwhile.
func saveMarks(tx *db.Tx, c, before *Case) {
	tx.Write(`update case_clock set marks = $2, alarm_on = $3 where case_id = $1 and case_version = $4 and calendar = $5 and marks = $6`,
		c.ID, int(c.Marks), c.AlarmOn.Text(), c.Version, before.Calendar, int(before.Marks))
}

// text is the course as it is stored; most cases have none.
func (c Course) text() string {
	if s := db.JSON(c); s != "{}" {
		return s
	}
	return ""
}

func insertTask(tx *db.Tx, t Task) {
	tx.Write(`insert into task (case_id, step, role, due, number, item_name, applicant_name, channel, status, body_id,
		intake_id, applicant_id, agent_id, opened_at, officer)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
		t.CaseID, t.Step, t.Role, t.Due.Text(), t.Number, t.ItemName, t.ApplicantName, string(t.Channel),
		string(t.Status), t.Subject.BodyID, t.Subject.IntakeID, t.Subject.ApplicantID, t.Subject.AgentID, db.Stamp(t.OpenedAt), t.Officer)
}

func updateTaskDue(tx *db.Tx, caseID, step string, due calendar.Day) {
	tx.Write(`update task set due = $3 where case_id = $1 and step = $2`, caseID, step, due.Text())
}

func deleteTask(tx *db.Tx, caseID, step string) {
	tx.Write(`delete from task where case_id = $1 and step = $2`, caseID, step)
}

// deleteConsultTasks closes the questions that a case which ended left open.
func deleteConsultTasks(tx *db.Tx, caseID string) {
	tx.WriteN(db.Any, `delete from task where case_id = $1 and step like 'consult:%'`, caseID)
}

const taskColumns = `case_id, step, role, due, number, item_name, applicant_name, channel, status, body_id, intake_id,
	applicant_id, agent_id, opened_at, officer`

func scanTask(r db.Scanner) (Task, error) {
	var t Task
	err := r.Scan(&t.CaseID, &t.Step, &t.Role, calendar.Optional{Day: &t.Due}, &t.Number, &t.ItemName, &t.ApplicantName, &t.Channel,
		&t.Status, &t.Subject.BodyID, &t.Subject.IntakeID, &t.Subject.ApplicantID, &t.Subject.AgentID, db.At{Time: &t.OpenedAt}, &t.Officer)
	return t, err
}

func (s *Service) insertForm(tx *db.Tx, caseID string, v form.Values) {
	tx.Write(`insert into case_form (case_id, values_sealed) values ($1, $2)`, caseID, s.seal("case.form", v))
}

func (s *Service) updateForm(tx *db.Tx, caseID string, v form.Values) {
	tx.Write(`update case_form set values_sealed = $2 where case_id = $1`, caseID, s.seal("case.form", v))
}

// formOf opens what the applicant filled in.
func (s *Service) formOf(tx *db.Tx, caseID string) (form.Values, error) {
	return db.One(tx, "case.missing", func(r db.Scanner) (form.Values, error) {
		var sealed string
		if err := r.Scan(&sealed); err != nil {
			return nil, err
		}
		return s.open("case.form", sealed)
	}, `select values_sealed from case_form where case_id = $1`, caseID)
}

func (s *Service) seal(context string, v form.Values) string { return s.keys.Seal(context, db.JSON(v)) }

func (s *Service) open(context, sealed string) (form.Values, error) {
	plain, err := s.keys.Open(context, sealed)
	if err != nil {
		return nil, err
	}
	v := form.Values{}
	return v, json.Unmarshal([]byte(plain), &v)
}
