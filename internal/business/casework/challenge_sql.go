package casework

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/document"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
)

// Challenged is an officer who may be challenged in a case, with what they do in it.
type Challenged struct {
	AccountID, Name string
	Steps           []string // names of steps
}

// challengeable are the officers who examined, reviewed or decided in the case, and
// those of the deciding body who may at a step that is open or to come. Who keeps
// out already is left out.
func challengeable(tx *db.Tx, c *Case, def flow.Definition) (out []Challenged, err error) {
	add := func(accountID, step string) error {
		if accountID == "" || c.Course.Out(accountID) {
			return nil
		}
		i := slices.IndexFunc(out, func(o Challenged) bool { return o.AccountID == accountID })
		if i < 0 {
			name, err := staff.NameOf(tx, accountID)
			if err != nil {
				return err
			}
			out, i = append(out, Challenged{AccountID: accountID, Name: name}), len(out)
		}
		if !slices.Contains(out[i].Steps, step) {
			out[i].Steps = append(out[i].Steps, step)
		}
		return nil
	}
	for _, step := range def.Steps() {
		if !slices.Contains([]flow.Act{flow.Examine, flow.Review, flow.Decide}, step.Act) {
			continue
		}
		if d, done := c.Flow.Last(step.Key); done {
			if err := add(d.Actor, step.Name); err != nil {
				return nil, err
			}
			if _, open := c.Flow.Token(step.Key); !open {
				continue
			}
		}
		body := c.BodyID
		if token, open := c.Flow.Token(step.Key); open {
			body = c.SubjectAt(token).BodyID
		}
		holders, err := staff.Holders(tx, body, staff.Role(step.Role))
		if err != nil {
			return nil, err
		}
		for _, h := range holders {
			if err := add(h, step.Name); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// Challengeable are the officers whom who may see the case may challenge; nobody
// once it is decided.
func (s *Service) Challengeable(ctx context.Context, c *Case) (out []Challenged, err error) {
	if c.Status.Ended() || !c.DecidedAt.IsZero() {
		return nil, nil
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		impl, err := s.catalog.Load(tx, c.ImplementationID)
		if err != nil {
			return err
		}
		out, err = challengeable(tx, c, c.In(impl).Flow)
		return err
	})
	return out, err
}

const challengeColumns = `select id, version, case_id, person_id, account_id, officer_name, status, data_sealed, asked_at, answer_by, decided_at,
	decided_by, decided_name, number, item_name, body_id, prior_id, document_id, review_by from challenge`

func (s *Service) scanChallenge(r db.Scanner) (c Challenge, err error) {
	var data, by string
	if err := r.Scan(&c.ID, &c.Version, &c.CaseID, &c.PersonID, &c.AccountID, &c.Officer, &c.Status, &data, db.At{Time: &c.AskedAt}, &by,
		db.At{Time: &c.DecidedAt}, &c.DecidedBy, &c.Decided, &c.Number, &c.ItemName, &c.BodyID, &c.PriorID, &c.DocumentID, calendar.Optional{Day: &c.ReviewBy}); err != nil {
		return c, err
	}
	if c.AnswerBy, err = calendar.ParseDay(by); err != nil {
		return c, err
	}
	plain, err := s.keys.Open(sealChallenge, data)
	if err != nil {
		return c, err
	}
	return c, json.Unmarshal([]byte(plain), &c.ChallengeData)
}

func (s *Service) challengeByID(tx *db.Tx, challengeID string) (Challenge, error) {
	return db.One(tx, "challenge.missing", s.scanChallenge, challengeColumns+` where id = $1`, challengeID)
}

func (s *Service) challengesOf(tx *db.Tx, caseID string) ([]Challenge, error) {
	return db.List(tx, s.scanChallenge, challengeColumns+` where case_id = $1 order by id limit 100`, caseID)
}

func (s *Service) insertChallenge(t *Turn, c Challenge) {
	x := t.Case
	t.Tx.Write(`insert into challenge (id, version, case_id, person_id, account_id, officer_name, status, data_sealed, asked_at, answer_by, number,
		item_name, body_id, intake_id, applicant_id, agent_id, prior_id) values ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
		c.ID, c.CaseID, c.PersonID, c.AccountID, c.Officer, string(c.Status), s.sealed(c.ChallengeData), db.Stamp(c.AskedAt), c.AnswerBy.String(),
		x.Number, x.ItemName, x.BodyID, x.IntakeID, x.ApplicantID, x.AgentID, c.PriorID)
}

func (s *Service) saveChallenge(tx *db.Tx, c Challenge) {
	tx.Write(`update challenge set version = version + 1, status = $3, data_sealed = $4, decided_at = $5, decided_by = $6, decided_name = $7,
		document_id = $8, review_by = $9
		where id = $1 and version = $2`, c.ID, c.Version, string(c.Status), s.sealed(c.ChallengeData), db.Stamp(c.DecidedAt), c.DecidedBy, c.Decided, c.DocumentID, c.ReviewBy.Text())
}

// Challenges are those of a case that the actor may see: officers all of them,
// applicants their own.
func (s *Service) Challenges(ctx context.Context, who staff.Actor, caseID string) (out []Challenge, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if _, err := visible(tx, who, caseID); err != nil {
			return err
		}
		out, err = s.challengesOf(tx, caseID)
		return err
	})
	if who.Kind == staff.Applicant {
		out = slices.DeleteFunc(out, func(c Challenge) bool { return c.PersonID != ByApplicant })
	}
	return out, err
}

// ChallengesBy are those of one person, for nouns above this one that know who asks.
func (s *Service) ChallengesBy(tx *db.Tx, caseID, personID string) ([]Challenge, error) {
	all, err := s.challengesOf(tx, caseID)
	return slices.DeleteFunc(all, func(c Challenge) bool { return c.PersonID != personID }), err
}

// challengeScope is whose challenges a right reaches; the head of the government has
// those of heads of bodies that were laid before it.
func challengeScope(who staff.Actor, right staff.Permission, n int) (predicate string, args []any, err error) {
	if right == staff.ChallengeDecide && who.Can(staff.ChallengeGovern) && !who.Can(right) {
		predicate, args = document.Admitted("challenge.case_id", who.ScopeFor(staff.ChallengeGovern), n)
		return predicate + ` and (challenge.prior_id <> '' or
			exists (select 1 from posting p where p.account_id = challenge.account_id and p.role = 'decider' and p.ended_at is null))`, args, nil
	}
	predicate, args = who.ScopeFor(right).SQL("", n)
	return predicate, args, who.Must(right)
}

// AskChallenges counts those that wait for the actor's decision, up to
// mostCounted; it asks nothing for who decides none.
func (s *Service) AskChallenges(who staff.Actor, n *int) []db.Ask {
	scope, args, err := challengeScope(who, staff.ChallengeDecide, 2)
	if err != nil {
		return nil
	}
	return []db.Ask{db.AskCount(n, mostCounted, `challenge where status = 'open' and account_id <> $1 and
		not exists (select 1 from challenge f where f.id = challenge.prior_id and f.decided_by = $1) and `+scope, append([]any{who.AccountID}, args...)...)}
}

// ChallengeFilter narrows the list of challenges.
type ChallengeFilter struct {
	Open  bool
	After string // "asked_at id" of the last line of the page before
	Limit int
}

// ChallengeList are the challenges in the scope of a right, the newest first; for
// who decides (staff.ChallengeDecide) and for who supervises (staff.SupervisionRead).
func (s *Service) ChallengeList(ctx context.Context, who staff.Actor, right staff.Permission, f ChallengeFilter) (out []Challenge, next string, err error) {
	scope, args, err := challengeScope(who, right, 1)
	if err != nil {
		return nil, "", err
	}
	where := ` where ` + scope
	arg := func(v any) string { args = append(args, v); return "$" + strconv.Itoa(len(args)) }
	if f.Open {
		where += ` and status = 'open'`
	}
	if i := strings.LastIndexByte(f.After, '.'); i > 0 {
		at, challengeID := f.After[:i], f.After[i+1:]
		where += ` and (asked_at, id) < (` + arg(at) + `, ` + arg(challengeID) + `)`
	}
	limit := f.Limit
	if limit <= 0 || limit > mostLines {
		limit = pageSize
	}
	where += ` order by asked_at desc, id desc limit ` + arg(limit+1)
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out, err = db.List(tx, s.scanChallenge, challengeColumns+where, args...)
		return err
	})
	if len(out) > limit {
		out = out[:limit]
		last := out[limit-1]
		next = db.Stamp(last.AskedAt) + "." + last.ID
	}
	return out, next, err
}
