package casework

import (
	"time"

	"onewindow/internal/kit/db"
)

// Happening is one line of a case's history.
type Happening struct {
	ID                 string
	At                 time.Time
	Kind               string // "case.accepted"
	Step, Outcome      string
	ActorID, ActorName string
	OrgID              string
	Note               string // for officers and the file, not for the public
	Data               string // JSON, by kind
}

// mostHappenings bounds a history; a case with more has gone wrong.
const mostHappenings = 500

// askPublicHistory leaves out who acted, and what was said.
func askPublicHistory(out *[]Happening, of Ref) db.Ask {
	return db.AskList(out, func(r db.Scanner) (h Happening, err error) {
		return h, r.Scan(&h.ID, db.At{Time: &h.At}, &h.Kind, &h.Step, &h.Outcome, &h.OrgID)
	}, `select id, at, kind, step, outcome, org_id from case_event where case_id = `+of.ID+` order by id limit $2`, of.Arg, mostHappenings)
}

func askHistory(out *[]Happening, caseID string) db.Ask {
	return db.AskList(out, func(r db.Scanner) (h Happening, err error) {
		return h, r.Scan(&h.ID, db.At{Time: &h.At}, &h.Kind, &h.Step, &h.Outcome, &h.ActorID, &h.ActorName, &h.OrgID, &h.Note, &h.Data)
	}, `select id, at, kind, step, outcome, actor_id, actor_name, org_id, note, data from case_event
		where case_id = $1 order by id limit $2`, caseID, mostHappenings)
}
