package commitment

import (
	"context"
	"strings"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/credit"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/id"
)

// Outcome is what a look at the place or the papers came to.
type Outcome string

// The outcomes. At the first look the first three are possible, after the time
// for putting right the last two.
const (
	FoundKept    Outcome = "kept"      // 与承诺一致
	FoundCorrect Outcome = "correct"   // 不一致，限期整改
	FoundFalse   Outcome = "false"     // 虚假承诺，或者逾期不整改
	FoundRight   Outcome = "corrected" // 整改后符合
)

// Outcomes are those that the status allows (国办发〔2020〕42号: 核查发现不符合的，
// 责令限期整改；逾期拒不整改或者整改后仍不符合的，撤销决定).
func (s Status) Outcomes() []Outcome {
	switch s {
	case Open:
		return []Outcome{FoundKept, FoundCorrect, FoundFalse}
	case Correcting:
		return []Outcome{FoundRight, FoundFalse}
	}
	return nil
}

// Seen names the verification and the version that the person saw.
type Seen struct {
	CaseID  string
	Version int
}

// Verify (核查) says what was found.
type Verify struct {
	Seen
	Outcome  Outcome
	Found    string // 核查情况
	Officers string // who went, one a line; at least two
}

// Verify closes the verification, or gives the time for putting right. A false
// commitment is put on record and told to the noun that rescinds.
func (s *Service) Verify(ctx context.Context, who staff.Actor, in Verify) error {
	return s.act(ctx, who, in.Seen, func(tx *db.Tx, v *Verification) error {
		before := v.Status
		f, err := v.verify(in, calendar.DayOf(tx.Now), s.casework.Calendar())
		if err != nil {
			return err
		}
		f.ID, f.At, f.ActorName = id.New(), tx.Now, who.Name
		if v.Status.Ended() {
			v.ClosedAt = tx.Now
		}
		insertFinding(tx, v.CaseID, who, f)
		if v.Status == False {
			credit.Put(tx, who, credit.Record{PartyID: v.ApplicantID, Kind: credit.FalseCommitment, CaseID: v.CaseID, Number: v.Number,
				ItemName: v.ItemName, BodyID: v.DeciderID, Facts: f.Found})
		}
		h := Happened{Outcome: string(in.Outcome), Found: f.Found}
		if f.Until != 0 {
			h.Due = f.Until.String()
		}
		v.tell(tx, who, "commitment.verified_"+string(in.Outcome), before, h)
		if v.Status == False {
			if _, err := s.casework.HoldBack(tx, staff.Machine("系统（承诺不实）"), v.CaseID, f.Found); err != nil {
				return err
			}
			event.Publish(tx, "commitment.false", v.CaseID, Untrue{v.CaseID, f.Found})
		}
		return nil
	})
}

// verify is the rule: an outcome that the status allows, what was found, and two
// officers who looked (行政许可法第三十四条第三款).
func (v *Verification) verify(in Verify, today calendar.Day, cal *calendar.Table) (Finding, error) {
	allowed := false
	for _, o := range v.Status.Outcomes() {
		allowed = allowed || o == in.Outcome
	}
	if v.Status.Ended() {
		return Finding{}, fault.Refused("commitment.closed", lawVerify, "status", string(v.Status))
	}
	var wrong []fault.Field
	if !allowed {
		wrong = append(wrong, fault.At("outcome", "form.choice", "label", "核查结果"))
	}
	switch n := len([]rune(strings.TrimSpace(in.Found))); {
	case n == 0:
		wrong = append(wrong, fault.At("found", "text.required"))
	case n > mostText:
		wrong = append(wrong, fault.At("found", "text.too_long", "max", "2000"))
	}
	names := officers(in.Officers)
	if len(names) < 2 || len([]rune(in.Officers)) > mostText {
		wrong = append(wrong, fault.At("officers", "commitment.officers"))
	}
	if len(wrong) > 0 {
		f := fault.Invalid("form.invalid", wrong...)
		f.Law = lawVerify
		return Finding{}, f
	}
	f := Finding{Outcome: in.Outcome, Found: strings.TrimSpace(in.Found), Officers: strings.Join(names, "\n")}
	switch in.Outcome {
	case FoundKept:
		v.Status = Kept
	case FoundRight:
		v.Status = Corrected
	case FoundFalse:
		v.Status = False
	case FoundCorrect:
		v.Status, v.Due = Correcting, cal.AddWorking(today, v.CorrectDays)
		f.Until = v.Due
	}
	return f, nil
}

const mostText = 2000

// officers are the different names that were given.
func officers(text string) (out []string) {
	seen := map[string]bool{}
	for _, name := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("\n\r,，、；;", r) }) {
		if name = strings.TrimSpace(name); name != "" && !seen[name] {
			seen[name] = true
			out = append(out, name)
		}
	}
	return out
}

// act loads the verification, checks the right and the version, lets fn apply
// its rule and saves. What a rule refused is kept with the case.
func (s *Service) act(ctx context.Context, who staff.Actor, seen Seen, fn func(*db.Tx, *Verification) error) error {
	var caseID string
	err := s.db.Act(ctx, func(tx *db.Tx) error {
		if err := who.Must(staff.CommitmentVerify); err != nil {
			return err
		}
		v, err := byCase(tx, seen.CaseID)
		if err != nil {
			return err
		}
		switch {
		case !v.seen(who):
			return fault.Missing("commitment.missing")
		case !v.mine(who):
			return fault.Denied("scope")
		case seen.Version != 0 && seen.Version != v.Version:
			return fault.Conflict("commitment.stale")
		}
		caseID = v.CaseID
		if err := fn(tx, v); err != nil {
			return err
		}
		save(tx, v)
		return nil
	})
	s.casework.KeepRefusal(ctx, who, caseID, staff.CommitmentVerify, err)
	return err
}
