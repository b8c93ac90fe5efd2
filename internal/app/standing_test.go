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
