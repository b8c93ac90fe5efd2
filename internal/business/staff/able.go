package staff

import (
	"slices"

	"onewindow/internal/kit/db"
)

// works is which permission makes a line on the work list of a role one's own.
var works = map[Role]Permission{Clerk: CaseAccept, Handler: CaseExamine, Reviewer: CaseReview, Decider: CaseDecide, Issuer: CaseIssue,
	Deliverer: CaseDeliver}

// Work is the permission by which one works off what waits for the role; false
// for a role that nothing waits for.
func (r Role) Work() (Permission, bool) {
	p, ok := works[r]
	return p, ok
}

// Able are the officers who may do p to a case that says this of itself, by a
// posting that they hold today. Substitutes are left out: they are there for days.
func Able(tx *db.Tx, p Permission, x Subject) (out []Colleague, err error) {
	for _, role := range Roles() {
		if !role.Permits(p) {
			continue
		}
		postings, err := postingsNear(tx, x, role)
		if err != nil {
			return nil, err
		}
		for _, post := range postings {
			if !post.holds(today(tx.Now)) || !post.scope().Covers(x) {
				continue
			}
			a, err := accountByID(tx, post.AccountID)
			if err != nil {
				return nil, err
			}
			if c := (Colleague{a.ID, a.Login, a.Name}); a.Active && !slices.Contains(out, c) {
				out = append(out, c)
			}
		}
	}
	return out, nil
}
