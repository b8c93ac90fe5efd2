package casework

import (
	"slices"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/document"
	"onewindow/internal/business/org"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// lawReconsider is followed by analogy: the civil servants' law says of no remedy
// against the refusal of a challenge, the laws of procedure give one
// reconsideration.
const lawReconsider = "民事诉讼法第五十条"

// reviewDays are the working days for asking that a refusal be reconsidered. A
// court's party asks on the spot; here the answer comes in writing.
const reviewDays = 5

// prior is the refused challenge that a wish asks to have reconsidered (复核): of
// the same person, the same officer and the same ground, once and in time; nil
// for a wish of its own.
func (in AskChallenge) prior(all []Challenge, today calendar.Day) (*Challenge, error) {
	i := slices.IndexFunc(all, func(x Challenge) bool {
		return x.PersonID == in.PersonID && x.AccountID == in.AccountID && x.Ground == in.Ground && x.Status == ChallengeRefused && x.DocumentID != ""
	})
	if i < 0 {
		return nil, nil
	}
	first := &all[i]
	again := slices.ContainsFunc(all, func(x Challenge) bool { return x.PriorID == first.ID && x.Status != ChallengeOpen })
	switch {
	case again:
		return nil, fault.Refused("challenge.final", lawReconsider)
	case today > first.ReviewBy:
		return nil, fault.Refused("challenge.review_over", lawReconsider, "day", first.ReviewBy.Chinese())
	}
	return first, nil
}

// decidedBefore is who refused what is to be reconsidered; empty for none.
func (s *Service) decidedBefore(tx *db.Tx, c Challenge) (accountID string, err error) {
	if c.PriorID == "" {
		return "", nil
	}
	first, err := s.challengeByID(tx, c.PriorID)
	return first.DecidedBy, err
}

// alone says that nobody of the body but these may answer a challenge.
func (t *Turn) alone(accountIDs ...string) (bool, error) {
	able, err := staff.Able(t.Tx, staff.ChallengeDecide, t.Case.Subject())
	return !slices.ContainsFunc(able, func(c staff.Colleague) bool { return !slices.Contains(accountIDs, c.AccountID) }), err
}

// writeAnswer issues the document of the answer (回避申请决定书), to who asked.
func (t *Turn) writeAnswer(c *Challenge, right staff.Permission) (err error) {
	f := document.Facts{Approver: "本机关负责人" + t.Who.Name, Reasons: lines(c.Answer), Recusal: &document.Recusal{Officer: c.Officer, Ground: c.Ground.words(),
		On: calendar.DayOf(c.AskedAt), Granted: c.Status == ChallengeGranted, Again: c.PriorID != ""}}
	if c.PersonID != ByApplicant {
		f.Addressee = c.Name
	}
	if right == staff.ChallengeGovern {
		g, err := org.GovernmentOf(t.Tx, t.Case.BodyID)
		if err != nil {
			return err
		}
		f.Approver = g.Name + "负责人" + t.Who.Name
	}
	if c.Status == ChallengeRefused && c.PriorID == "" {
		c.ReviewBy = t.Calendar().AddWorking(t.Today(), reviewDays)
		f.Until, f.How = &c.ReviewBy, "在本平台原申请回避的页面，或者向本机关书面提出"
	}
	c.DocumentID, err = t.Issue(document.HBJD, f)
	return err
}

// words are the ground as a document says it.
func (g Ground) words() string {
	return map[Ground]string{GroundOwn: "涉及本人利害关系", GroundKin: "涉及亲属利害关系", GroundOther: "其他可能影响公正的情形"}[g]
}
