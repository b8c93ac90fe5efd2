package casework

import (
	"slices"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/deadline"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
)

// Task is one open step of a case: a line of a work list.
type Task struct {
	CaseID, Step, Role string
	Due                calendar.Day // the first of the step's, the promised and the statutory day
	Number             string
	ItemName           string
	ApplicantName      string
	Channel            Channel
	Status             Status
	Subject            staff.Subject
	OpenedAt           time.Time
	Officer            string // the account it was handed over to, empty for none
}

// acceptDays is 五日: the working days for the five outcomes of 行政许可法第三十二条.
const acceptDays = 5

// task makes the line of a work list for an open step.
func (c *Case) task(t flow.Token, step flow.Step, cal *calendar.Table) Task {
	return Task{CaseID: c.ID, Step: step.Key, Role: step.Role, Due: c.taskDue(t, step, cal), Number: c.Number,
		ItemName: c.ItemName, ApplicantName: c.ApplicantName, Channel: c.Channel, Status: c.Status,
		Subject: c.taskSubject(t), OpenedAt: t.Since, Officer: t.Officer}
}

// taskSubject is whose work list the step stands on.
func (c *Case) taskSubject(t flow.Token) staff.Subject {
	x := c.SubjectAt(t)
	x.Guests = ""
	return x
}

// taskDue is the day by which the step should be done: its own limit, which
// stands still when the case's clock does, and
// never later than the case's promised or statutory day while it is undecided.
func (c *Case) taskDue(t flow.Token, step flow.Step, cal *calendar.Table) calendar.Day {
	since := calendar.DayOf(t.Since)
	var days []calendar.Day
	if step.Body == flow.Lower && !c.AcceptedAt.IsZero() {
		days = append(days, cal.AddWorking(calendar.DayOf(c.AcceptedAt), lowerDays))
	}
	switch {
	case step.Act == flow.Accept:
		days = append(days, cal.AddWorking(calendar.DayOf(c.CompleteAt), acceptDays))
	case step.Days > 0:
		own := deadline.Clock{Start: since, Limit: deadline.Limit{N: step.Days, Unit: deadline.Working}, Stops: c.Course.stops()}
		day, _ := deadline.DueDay(cal, own)
		days = append(days, day)
	}
	if c.DecidedAt.IsZero() {
		for _, d := range []calendar.Day{c.PromisedDue, c.StatutoryDue} {
			if d != 0 {
				days = append(days, d)
			}
		}
	}
	if len(days) == 0 {
		return cal.AddWorking(since, deliveryDays)
	}
	return slices.Min(days)
}

// lowerDays is 二十日, from acceptance, for the lower body that examines before a
// higher one decides (行政许可法第四十三条).
const lowerDays = 20

// deliveryDays is 十日 for issuing and delivering (行政许可法第四十四条).
const deliveryDays = 10

// moveTasks closes the lines of steps that are no longer open, opens those of
// the new ones, and moves the due days of the others. A case that waits for its applicant, or has ended, has none.
func (c *Case) moveTasks(tx *db.Tx, before *Case, impl *catalog.Implementation, cal *calendar.Table) {
	if c.Status.Ended() && len(c.Flow.Asked) > 0 {
		deleteConsultTasks(tx, c.ID)
	}
	had, has := before.working(), c.working()
	for _, t := range had {
		if !slices.Contains(has, t) {
			deleteTask(tx, c.ID, t.Step)
		}
	}
	for _, t := range has {
		step, _ := impl.Flow.Step(t.Step)
		switch {
		case !slices.Contains(had, t):
			insertTask(tx, c.task(t, step, cal))
		case c.taskDue(t, step, cal) != before.taskDue(t, step, cal):
			updateTaskDue(tx, c.ID, t.Step, c.taskDue(t, step, cal))
		}
	}
}

// working are the open steps that wait for an officer.
func (c *Case) working() []flow.Token {
	if c.Status == StatusSupplement || c.Status.Ended() {
		return nil
	}
	return c.Flow.Open
}
