package document

import (
	"fmt"
	"strings"

	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
)

// Admit lets the officers of other bodies that take a part in a case read its
// file: what was told to the applicant, and what the bodies said together. It
// is a step of the act by which they come to take that part.
func Admit(tx *db.Tx, caseID string, bodyIDs ...string) {
	for _, b := range bodyIDs {
		tx.WriteN(db.Any, `insert into case_reader (case_id, body_id, since) values ($1, $2, $3) on conflict (case_id, body_id) do nothing`,
			caseID, b, db.Stamp(tx.Now))
	}
}

// Admitted is the cases to which the bodies of the scope were admitted, as a
// predicate over a column with the case's id; placeholders count from $n.
func Admitted(column string, s staff.Scope, n int) (predicate string, args []any) {
	var marks []string
	for _, b := range s.Bodies {
		args = append(args, b)
		marks = append(marks, fmt.Sprintf("$%d", n+len(args)-1))
	}
	if len(marks) == 0 {
		return "1 = 0", nil
	}
	return fmt.Sprintf("exists (select 1 from case_reader r where r.case_id = %s and r.body_id in (%s))", column, strings.Join(marks, ", ")), args
}

// joint are the kinds that bodies with a part in the case read though they are
// internal, as a list of SQL.
var joint = func() string {
	var kinds []string
	for _, s := range specs {
		if s.Joint {
			kinds = append(kinds, "'"+string(s.Kind)+"'")
		}
	}
	return strings.Join(kinds, ", ")
}()
