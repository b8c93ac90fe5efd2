package casework

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/id"
)

// ChallengeStatus is where a challenge stands.
type ChallengeStatus string

// The statuses of a challenge.
const (
	ChallengeOpen    ChallengeStatus = "open"    // 待决定
	ChallengeGranted ChallengeStatus = "granted" // 决定回避
	ChallengeRefused ChallengeStatus = "refused" // 驳回申请
)

// ChallengeStatuses lists every status.
func ChallengeStatuses() []ChallengeStatus {
	return []ChallengeStatus{ChallengeOpen, ChallengeGranted, ChallengeRefused}
}

// Challenge (回避申请) is the wish of the applicant or of an interested party that
// an officer keep out of their case (公务员法第七十七条第一款).
type Challenge struct {
	ID, CaseID string
	Version    int
	PersonID   string // ByApplicant, or the id of the interested party
	AccountID  string // the officer
	Officer    string
	Status     ChallengeStatus
	AskedAt    time.Time
	AnswerBy   calendar.Day
	DecidedAt  time.Time
	DecidedBy  string
	Decided    string // name of who decided
	Number     string // of the case
	ItemName   string
	BodyID     string
	PriorID    string       // the refused one that is reconsidered (复核); empty for a wish of its own
	DocumentID string       // the answer; empty while there is none
	ReviewBy   calendar.Day // last day for asking that a refusal be reconsidered; zero where nobody may
	ChallengeData
}

// ChallengeData is what is sealed.
type ChallengeData struct {
	Name   string `json:"name"` // of who asked
	Ground Ground `json:"ground"`
	Reason string `json:"reason"`
	Paper  bool   `json:"paper,omitempty"` // handed in on paper
	Answer string `json:"answer,omitempty"`
}

// Late says that the answer did not come by its day.
func (c Challenge) Late(today calendar.Day) bool {
	return c.Status == ChallengeOpen && today > c.AnswerBy
}

// ByApplicant is the place of the applicant among those who challenge.
const ByApplicant = "applicant"

const (
	// answerDays are the working days for answering a challenge. No rule of
	// licensing gives any; a court has three (民事诉讼法第五十条).
	answerDays = 3
	// mostChallenges bounds what one person challenges in one case.
	mostChallenges = 5
)

// AskChallenge (申请回避) is what the applicant, or an officer for who handed it in on
// paper, asks for.
type AskChallenge struct {
	Seen
	PersonID, Name string // whose wish; the applicant's own is filled in
	AccountID      string // one of Challengeable
	Ground         Ground
	Reason         string
}

// Challenge is the applicant's own wish.
func (s *Service) Challenge(ctx context.Context, who staff.Actor, in AskChallenge) error {
	if who.Kind != staff.Applicant {
		return fault.Denied("permission")
	}
	in.PersonID = ByApplicant
	return s.Act(ctx, who, in.Seen, staff.CaseHear, func(t *Turn) error { return s.AskChallengeIn(t, in, false) })
}

// AskChallengeIn is the step that takes a challenge in, for nouns above this one
// whose people may challenge too. The case goes on: examining does not wait, the
// decision does, so that nobody decides under a challenge.
func (s *Service) AskChallengeIn(t *Turn, in AskChallenge, paper bool) error {
	if in.PersonID == ByApplicant {
		in.Name = t.Case.ApplicantName
	}
	if err := in.check(); err != nil {
		return err
	}
	all, err := s.challengesOf(t.Tx, t.Case.ID)
	if err != nil {
		return err
	}
	officers, err := challengeable(t.Tx, t.Case, t.Impl.Flow)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(officers, func(o Challenged) bool { return o.AccountID == in.AccountID })
	if i < 0 {
		return fault.Invalid("form.invalid", fault.At("officer", "challenge.officer"))
	}
	if err := t.Case.challengeable(in, all); err != nil {
		return err
	}
	first, err := in.prior(all, t.Today())
	if err != nil {
		return err
	}
	c := Challenge{ID: id.New(), CaseID: t.Case.ID, PersonID: in.PersonID, AccountID: in.AccountID, Officer: officers[i].Name, Status: ChallengeOpen,
		AskedAt: t.Tx.Now, AnswerBy: t.Calendar().AddWorking(t.Today(), answerDays),
		ChallengeData: ChallengeData{Name: in.Name, Ground: in.Ground, Reason: strings.TrimSpace(in.Reason), Paper: paper}}
	decided := c.AccountID
	if first != nil {
		c.PriorID, decided = first.ID, first.DecidedBy
	}
	alone, err := t.alone(c.AccountID, decided)
	if err != nil {
		return err
	}
	if alone { // nobody at the body may answer
		if err := t.admitGovernment(); err != nil {
			return err
		}
	}
	s.insertChallenge(t, c)
	t.Hold(c.hold())
	t.Tell(Note{Kind: "case.challenged", Data: map[string]string{"challenge": c.ID, "officer": c.Officer}})
	return nil
}

func (in AskChallenge) check() error {
	if !slices.Contains(Grounds(), in.Ground) {
		f := fault.Invalid("form.invalid", fault.At("ground", "recusal.ground"))
		f.Law = lawRecuse
		return f
	}
	return needed(lawRecuseApply, "reason", in.Reason)
}

// challengeable is the rule: before the decision, one wish against one officer at a
// time, and no more than somebody can mean.
func (c *Case) challengeable(in AskChallenge, all []Challenge) error {
	if c.Status.Ended() || !c.DecidedAt.IsZero() {
		return fault.Refused("challenge.decided", lawRecuseApply)
	}
	mine := 0
	for _, x := range all {
		if x.PersonID != in.PersonID {
			continue
		}
		if x.PriorID == "" {
			mine++
		}
		if x.AccountID == in.AccountID && x.Status == ChallengeOpen {
			return fault.Conflict("challenge.twice")
		}
	}
	if mine >= mostChallenges {
		return fault.Refused("challenge.many", "")
	}
	return nil
}

// hold makes the decision wait for the answer; no clock stops for it.
func (c Challenge) hold() Hold {
	return Hold{ID: "challenge:" + c.ID, Kind: "challenge", Law: lawRecuseApply, Code: "challenge.undecided", Blocks: []flow.Act{flow.Decide}, Until: c.AnswerBy}
}

// DecideChallenge (决定是否回避) is the answer of who is responsible for the body.
type DecideChallenge struct {
	Seen
	ChallengeID string
	Grant       bool
	Answer      string // the reasons, told to who asked
}

// DecideChallenge keeps the officer out for good when it grants; whoever else holds
// the role goes on, and where nobody does, who answers for the body is told.
func (s *Service) DecideChallenge(ctx context.Context, who staff.Actor, in DecideChallenge) error {
	return s.decideChallenge(ctx, who, staff.ChallengeDecide, in)
}

// GovernChallenge is the answer of the head of the government, where the only one at
// the body who could give it is challenged.
func (s *Service) GovernChallenge(ctx context.Context, who staff.Actor, in DecideChallenge) error {
	return s.decideChallenge(ctx, who, staff.ChallengeGovern, in)
}

func (s *Service) decideChallenge(ctx context.Context, who staff.Actor, right staff.Permission, in DecideChallenge) error {
	return s.Act(ctx, who, in.Seen, right, func(t *Turn) error {
		if err := needed(lawRecuseApply, "answer", in.Answer); err != nil {
			return err
		}
		c, err := s.challengeByID(t.Tx, in.ChallengeID)
		if err != nil || c.CaseID != t.Case.ID {
			return fault.Missing("challenge.missing")
		}
		before, err := s.decidedBefore(t.Tx, c)
		if err != nil {
			return err
		}
		if err := t.mayAnswer(right, c, before); err != nil {
			return err
		}
		if err := c.decide(in.Grant, strings.TrimSpace(in.Answer), who, t.Tx.Now); err != nil {
			return err
		}
		if err := t.writeAnswer(&c, right); err != nil {
			return err
		}
		s.saveChallenge(t.Tx, c)
		t.Lift(c.hold().ID)
		if in.Grant && !t.Case.Course.Out(c.AccountID) {
			if err := t.Recuse(Recused{AccountID: c.AccountID, Name: c.Officer, Ground: c.Ground, By: who.Name, On: t.Today()}); err != nil {
				return err
			}
			if err := t.warnUnmanned(); err != nil {
				return err
			}
		}
		t.answered(c)
		return nil
	})
}

// mayAnswer is the rule of who answers: neither who is challenged nor who refused
// before, nor who stands in for them; the head of the government where nobody
// else is left at the body.
func (t *Turn) mayAnswer(right staff.Permission, c Challenge, before string) error {
	mine := func(accountID string) bool {
		return accountID != "" && (accountID == t.Who.AccountID || t.Who.Substitutes(accountID))
	}
	switch {
	case c.Status != ChallengeOpen:
		return fault.Conflict("challenge.answered")
	case mine(c.AccountID):
		return fault.Refused("challenge.own", lawRecuse)
	case mine(before):
		return fault.Refused("challenge.refused_before", lawReconsider)
	case right != staff.ChallengeGovern:
		return nil
	}
	alone, err := t.alone(c.AccountID, before)
	if err == nil && !alone {
		return fault.Refused("challenge.body_first", lawRecuseApply)
	}
	return err
}

// decide answers, once.
func (c *Challenge) decide(grant bool, answer string, who staff.Actor, now time.Time) error {
	if c.Status != ChallengeOpen {
		return fault.Conflict("challenge.answered")
	}
	c.Status = ChallengeRefused
	if grant {
		c.Status = ChallengeGranted
	}
	c.Answer, c.DecidedAt, c.DecidedBy, c.Decided = answer, now, who.AccountID, who.Name
	return nil
}

// ChallengeAnswered is the payload of "case.challenge_decided": whose wish it was.
type ChallengeAnswered struct {
	Happened
	PersonID string `json:"person_id"`
}

// answered leaves the answer with the case; its words are read by who asked.
func (t *Turn) answered(c Challenge) {
	n := Note{Kind: "case.challenge_decided", Outcome: string(c.Status), Data: map[string]string{"challenge": c.ID, "officer": c.Officer}, DocumentID: c.DocumentID}
	t.Case.tellOf(t.Tx, t.Who, t.Before, n, ChallengeAnswered{t.Case.happened(n), c.PersonID})
}

// dropChallenges answers nothing any more in a case that ended.
func (t *Turn) dropChallenges() {
	if t.Case.Status.Ended() && slices.ContainsFunc(t.Before.Course.Holds, func(h Hold) bool { return h.Kind == "challenge" }) {
		t.Tx.Write(`update challenge set status = 'refused', decided_at = $2, version = version + 1 where case_id = $1 and status = 'open'`, t.Case.ID, db.Stamp(t.Tx.Now))
	}
}

// sealChallenge is the context of the sealed column.
const sealChallenge = "challenge.data"

func (s *Service) sealed(d ChallengeData) string {
	b, err := json.Marshal(d)
	if err != nil {
		panic("challenge: " + err.Error())
	}
	return s.keys.Seal(sealChallenge, string(b))
}
