package document

import (
	"testing"

	"onewindow/internal/business/schema"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/db/dbtest"
	"onewindow/internal/kit/fault"
)

func officer(role staff.Role, scope staff.Scope) staff.Actor {
	return staff.Actor{AccountID: "o", Kind: staff.Officer, Roles: []staff.Role{role}, Scope: scope}
}

func citizen(scope staff.Scope) staff.Actor {
	return staff.Actor{AccountID: "c", Kind: staff.Applicant, Roles: []staff.Role{staff.ApplicantRole}, Scope: scope}
}

// Who may see the case may see its documents; applicants only what is written
// to them.
func TestReadingFollowsTheScope(t *testing.T) {
	dbtest.Each(t, schema.FS, func(t *testing.T, d *db.DB, clk *clock.Moving) {
		s := service(t, d, clk)
		interested := draft(LHGZ)
		interested.Facts.Addressee = "李四"
		other := draft(SL)
		other.CaseID = "case-2"
		ids := issue(t, d, draft(SJ), draft(SL), interested, draft(JCYJ), other)
		for name, x := range map[string]struct {
			who  staff.Actor
			sees int
		}{
			"the body's handler":     {officer(staff.Handler, staff.Scope{Bodies: []string{"dz-spj"}}), 4},
			"the hall's clerk":       {officer(staff.Clerk, staff.Scope{Intakes: []string{"dz-hall"}}), 4},
			"another body's handler": {officer(staff.Handler, staff.Scope{Bodies: []string{"dz-rsj"}}), 0},
			"the applicant":          {citizen(staff.Scope{Applicants: []string{"party-1"}}), 2},
			"the agent":              {citizen(staff.Scope{Agent: "account-1"}), 2},
			"another applicant":      {citizen(staff.Scope{Applicants: []string{"party-2"}, Agent: "c"}), 0},
		} {
			list, err := s.ByCase(ctx, x.who, "case-1")
			if err != nil || len(list) != x.sees {
				t.Errorf("%s sees %d, not %d: %v", name, len(list), x.sees, err)
			}
			if got, err := s.Get(ctx, x.who, ids[1]); (err == nil) != (x.sees > 0) || err == nil && got.Kind != SL {
				t.Errorf("%s: %v %v", name, got.Kind, err)
			}
			if _, err := s.Get(ctx, x.who, ids[3]); (err == nil) != (x.sees == 4) {
				t.Errorf("%s and the supervision's paper: %v", name, err)
			}
		}
		checkRefusals(t, s, ids[0])
	})
}

func checkRefusals(t *testing.T, s *Service, documentID string) {
	t.Helper()
	if _, err := s.ByCase(ctx, staff.Actor{}, "case-1"); fault.Of(err).Kind != fault.KindSignedOut {
		t.Errorf("a visitor lists documents: %v", err)
	}
	if _, err := s.Get(ctx, officer(staff.SystemAdmin, staff.Scope{All: true}), documentID); fault.Of(err).Kind != fault.KindDenied {
		t.Errorf("a system administrator reads documents: %v", err)
	}
	if _, _, err := s.Open(ctx, citizen(staff.Scope{Agent: "c"}), documentID); fault.Of(err).Code != "document.missing" {
		t.Errorf("a stranger opens a file: %v", err)
	}
}

func TestOfCaseIsInOrder(t *testing.T) {
	dbtest.Each(t, schema.FS, func(t *testing.T, d *db.DB, clk *clock.Moving) {
		issue(t, d, draft(SJ), draft(SL))
		clk.Advance(1)
		issue(t, d, draft(ZYXK))
		var list []Document
		err := d.Read(ctx, func(tx *db.Tx) (err error) { list, err = OfCase(tx, "case-1"); return err })
		if err != nil || len(list) != 3 || list[0].Kind != SJ || list[1].Kind != SL || list[2].Kind != ZYXK {
			t.Errorf("%+v %v", list, err)
		}
	})
}
