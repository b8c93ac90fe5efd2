package app

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"time"

	"onewindow/internal/business/aftercare"
	"onewindow/internal/business/calendar"
	"onewindow/internal/business/commitment"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/jobs"
	"onewindow/internal/kit/notify"
)

// reactPromises is what follows grants on a commitment: the verification, the
// word to the applicant, and, where the commitment was false, the procedure to
// rescind, in which the holder is heard and an officer decides.
func (s *Services) reactPromises(j *jobs.Jobs) {
	j.On("case.granted", "commitment.open", s.Commitment.OnGranted)
	for topic := range verified {
		j.On(topic, "notice."+topic, s.tellVerified)
	}
	j.On("commitment.false", "aftercare.rescind", s.rescindFalse)
}

// schedulePromises is what becomes of what was promised and did not come.
func schedulePromises(j *jobs.Jobs, s *Services, log *slog.Logger) {
	// 地方容缺受理制度: only the matters whose rule says so end by themselves.
	j.Every("case.owing", jobs.Daily(0, 20), func(ctx context.Context, _ time.Time) error {
		n, err := s.Casework.EndOverdue(ctx)
		if n > 0 {
			log.Warn("cases ended whose owed materials did not come", "cases", n)
		}
		return err
	})
}

// rescindFalse begins the procedure to rescind what a false commitment got
// (行政许可法第六十九条第二款). Where no licence was issued, or a procedure is open
// already, there is nothing to begin.
func (s *Services) rescindFalse(ctx context.Context, e event.Event) error {
	var h commitment.Untrue
	if err := e.Decode(&h); err != nil {
		return err
	}
	who := staff.Machine("系统（承诺不实）")
	l, err := s.Licence.ByCase(ctx, who, h.CaseID)
	if f := fault.Of(err); f != nil && f.Kind == fault.KindMissing {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = s.Aftercare.Open(ctx, who, aftercare.Open{LicenceID: l.ID, Kind: aftercare.Rescind, Ground: "fraud",
		Reasons: "经核查，申请人作出的承诺不实：" + h.Facts})
	if f := fault.Of(err); f != nil && (f.Kind == fault.KindConflict || f.Kind == fault.KindRefused) {
		return nil
	}
	return err
}

// tellVerified tells the applicant what a verification found, once per event: the
// applicant, because the mandate of an agent may be over by then.
func (s *Services) tellVerified(ctx context.Context, e event.Event) error {
	var h commitment.Happened
	if err := e.Decode(&h); err != nil {
		return err
	}
	err := s.DB.Act(ctx, func(tx *db.Tx) error {
		words := verified[e.Topic]
		notify.Put(tx, notify.Message{ID: e.ID, RecipientID: h.ApplicantID, SubjectID: h.CaseID, Title: words.title, Body: words.verified(h),
			Link: "/cases/" + h.CaseID})
		return nil
	})
	if errors.Is(err, fault.Conflict("duplicate")) { // the event came again
		return nil
	}
	return err
}

// verified are the words of what a verification found.
var verified = map[string]notice{
	"commitment.verified_kept": {"核查结果：与承诺一致", "“{item}”（{number}）的告知承诺已核查，与承诺一致。"},
	"commitment.verified_correct": {"核查结果：请限期整改",
		"“{item}”（{number}）的告知承诺已核查，发现与承诺不一致，请在{due}前整改。核查情况：{found}"},
	"commitment.verified_corrected": {"核查结果：整改后符合", "“{item}”（{number}）整改后符合要求，核查结束。"},
	"commitment.verified_false": {"核查结果：承诺不实",
		"“{item}”（{number}）的告知承诺经核查不实，已记入信用记录，信用修复前不再适用告知承诺和容缺受理；行政机关将依法处理已作出的决定，处理前会听取您的陈述申辩。核查情况：{found}"},
}

func (n notice) verified(h commitment.Happened) string {
	due := h.Due
	if d, err := calendar.ParseDay(due); err == nil {
		due = d.Chinese()
	}
	return strings.NewReplacer("{item}", h.ItemName, "{number}", h.Number, "{due}", due, "{found}", h.Found).Replace(n.body)
}
