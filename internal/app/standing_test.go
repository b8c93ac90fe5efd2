package app

import (
	"testing"

	"onewindow/internal/business/calendar"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
)

// The public list follows the end of a licence; a renewal granted by silence is
// on record, once (行政许可法第五十条第二款、第七十四条).
func TestWhatFollowsDecisions(t *testing.T) {
	p, _ := withPast(t)
	caseID := text1(t, p, `select min(case_id) from decision_notice where outcome = 'granted'`)
	at := calendar.MustDay("2026-11-20").Time()
	decided := event.Event{ID: "e1", At: at, Topic: "aftercare.decided", Payload: []byte(`{"kind":"rescind","outcome":"ended","case_id":"` + caseID + `"}`)}
	dropped := event.Event{ID: "e2", At: at, Topic: "aftercare.decided", Payload: []byte(`{"kind":"deregister","outcome":"not_found","case_id":"` + caseID + `"}`)}
	for _, e := range []event.Event{decided, dropped, decided} {
		if err := p.standingOfProcedure(ctx, e); err != nil {
			t.Fatal(err)
		}
	}
	if got := text1(t, p, `select standing from decision_notice where case_id = $1`, caseID); got != "rescinded" {
		t.Errorf("it stands as %q", got)
	}
	lapsed := event.Event{ID: "e3", Topic: "licence.continued", Payload: []byte(`{"case_id":"` + caseID + `","name":"许可证","number":"1","valid_to":"2026-11-19"}`)}
	for range 2 {
		if err := p.raiseLapsed(ctx, lapsed); err != nil {
			t.Fatal(err)
		}
	}
	if n := number(t, p, `select count(*) from fault_record where case_id = $1 and kind = 'renewal_lapsed'`, caseID); n != 1 {
		t.Errorf("%d records", n)
	}
}

func text1(t *testing.T, p *Platform, query string, args ...any) (s string) {
	t.Helper()
	if err := p.DB.Read(ctx, func(tx *db.Tx) error { return tx.Row(query, args...).Scan(&s) }); err != nil {
		t.Fatal(err)
	}
	return s
}

// What happens to a licence is told to its holder, also when somebody else
// applied for it, whose mandate may be over.
func TestTheHolderIsTold(t *testing.T) {
	p, _ := withPast(t)
	payload := []byte(`{"kind":"rescind","licence_id":"l","licence":"许可证","number":"1","until":"2026年12月1日","applicant_id":"holder","agent_id":"agent",
		"name":"许可证","valid_to":"2026-12-31","last":"2026-12-01"}`)
	for id, tell := range map[string]func(event.Event) error{
		"aftercare.opened":         func(e event.Event) error { return p.tellHolder(ctx, e) },
		"licence.renewal_due":      func(e event.Event) error { return p.remindHolder(ctx, e) },
		"commitment.verified_kept": func(e event.Event) error { return p.tellVerified(ctx, e) },
	} {
		for range 2 { // an event may come again
			if err := tell(event.Event{ID: id, Topic: id, Payload: payload}); err != nil {
				t.Fatal(err)
			}
		}
		if to := text1(t, p, `select recipient_id from message where id = $1`, id); to != "holder" {
			t.Errorf("%s goes to %s", id, to)
		}
	}
}
