package app

import (
	"context"

	"onewindow/internal/business/aftercare"
	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/complaint"
	"onewindow/internal/business/disclosure"
	"onewindow/internal/business/licence"
	"onewindow/internal/business/staff"
	"onewindow/internal/business/supervision"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/jobs"
)

// reactStanding: the public list follows what becomes of decisions; a licence
// that fell with an annulled grant is deregistered by a procedure of its own;
// a renewal granted by silence is a fault of who left it undecided.
func (s *Services) reactStanding(j *jobs.Jobs) {
	j.On("aftercare.decided", "disclosure.standing", s.standingOfProcedure)
	j.On("appeal.ended", "disclosure.appeal", s.standingOfAppeal)
	j.On("case.grant_rescinded", "disclosure.rescinded", s.standingOfRescission)
	j.On("licence.issued", "disclosure.replaced", s.standingOfVersion)
	j.On("appeal.ended", "aftercare.annulled", s.deregisterAnnulled)
	j.On("licence.continued", "fault.licence.continued", s.raiseLapsed)
}

// ended is how the list calls the end of a licence by each procedure.
var ended = map[aftercare.Kind]disclosure.Standing{aftercare.Rescind: disclosure.Rescinded, aftercare.Recall: disclosure.Retracted,
	aftercare.Deregister: disclosure.Deregistered, aftercare.Revoke: disclosure.Revoked}

func (s *Services) standingOfProcedure(ctx context.Context, e event.Event) error {
	var h aftercare.Happened
	if err := e.Decode(&h); err != nil || h.Outcome != aftercare.Ended {
		return err
	}
	return s.Disclosure.Stand(ctx, disclosure.Stand{CaseID: h.CaseID, Standing: ended[h.Kind], On: calendar.DayOf(e.At)})
}

func (s *Services) standingOfAppeal(ctx context.Context, e event.Event) error {
	var h casework.Happened
	if err := e.Decode(&h); err != nil {
		return err
	}
	to, touched := map[string]disclosure.Standing{complaint.Annulled: disclosure.Annulled, complaint.Changed: disclosure.Changed,
		complaint.Unlawful: disclosure.Unlawful}[h.Outcome]
	if !touched {
		return nil
	}
	return s.Disclosure.Stand(ctx, disclosure.Stand{CaseID: h.CaseID, Standing: to, On: calendar.DayOf(e.At)})
}

func (s *Services) standingOfRescission(ctx context.Context, e event.Event) error {
	return s.Disclosure.Stand(ctx, disclosure.Stand{CaseID: e.SubjectID, Standing: disclosure.Rescinded, On: calendar.DayOf(e.At)})
}

// standingOfVersion marks the decision whose licence a new version replaced.
func (s *Services) standingOfVersion(ctx context.Context, e event.Event) error {
	var i licence.Issued
	if err := e.Decode(&i); err != nil || i.Replaces == "" {
		return err
	}
	old, err := s.Licence.Prior(ctx, i.ID)
	if err != nil || old == "" {
		return err
	}
	return s.Disclosure.Stand(ctx, disclosure.Stand{CaseID: old, Standing: disclosure.Replaced, On: calendar.DayOf(e.At)})
}

// deregisterAnnulled opens the procedure that closes the register of a licence
// which fell with the grant (行政许可法第七十条第（四）项); an officer decides it.
func (s *Services) deregisterAnnulled(ctx context.Context, e event.Event) error {
	var h casework.Happened
	if err := e.Decode(&h); err != nil || h.Outcome != complaint.Annulled {
		return err
	}
	who := staff.Machine("系统（复议、诉讼结果）")
	l, err := s.Licence.ByCase(ctx, who, h.CaseID)
	if f := fault.Of(err); f != nil && f.Kind == fault.KindMissing {
		return nil
	}
	if err != nil || l.StatusOn(calendar.DayOf(e.At)) != licence.Rescinded {
		return err
	}
	_, err = s.Aftercare.Open(ctx, who, aftercare.Open{LicenceID: l.ID, Kind: aftercare.Deregister, Ground: "taken_away",
		Reasons: "准予决定经行政复议或者行政诉讼被撤销"})
	if f := fault.Of(err); f != nil && (f.Kind == fault.KindConflict || f.Kind == fault.KindRefused) {
		return nil
	}
	return err
}

// raiseLapsed puts on record that a renewal was left undecided until the licence
// ended (行政许可法第五十条第二款、第七十四条).
func (s *Services) raiseLapsed(ctx context.Context, e event.Event) error {
	var l licence.Lapsed
	if err := e.Decode(&l); err != nil {
		return err
	}
	return s.Supervision.Raise(ctx, supervision.Raise{Kind: supervision.RenewalLapsed, CaseID: l.CaseID,
		What: "“" + l.Name + "”（" + l.Number + "）有效期至" + l.ValidTo + "，按期提出的延续申请届满没有作出决定，视为准予延续"})
}
