package notify

import (
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"onewindow/internal/business/schema"
	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/cmpp"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/db/dbtest"
	"onewindow/internal/kit/event"
)

func TestSMSText(t *testing.T) {
	for _, x := range []struct {
		m    Outgoing
		want string
	}{
		{Outgoing{Body: "您的申请\n已受理。"}, "【一窗】您的申请 已受理。"},
		{Outgoing{Body: "已受理。", Link: "https://yc.example/q"}, "【一窗】已受理。 https://yc.example/q"},
		{Outgoing{Body: strings.Repeat("长", 400), Link: "https://yc.example/q"}, "【一窗】" + strings.Repeat("长", 335-4-21-1) + "… https://yc.example/q"},
	} {
		if got := smsText("一窗", x.m); got != x.want {
			t.Errorf("got %q, want %q", got, x.want)
		}
	}
}

// gatewayed is a channel that names its parts as told.
type gatewayed struct {
	Simulator
	parts []string
	early func() // runs while the gateway already reports
}

func (g gatewayed) Send(context.Context, Outgoing) (Sent, error) {
	if g.early != nil {
		g.early()
	}
	return Sent{Status: StatusSent, Parts: g.parts}, nil
}

// Whatever the order in which sending and reports are recorded, the delivery
// ends as the parts did.
func TestReports(t *testing.T) {
	type said struct {
		ref       string
		delivered bool
	}
	dbtest.Each(t, schema.FS, func(t *testing.T, d *db.DB, _ *clock.Moving) {
		for name, x := range map[string]struct {
			early, late []said
			want        Status
		}{
			"none":           {nil, nil, StatusSent},
			"one of two":     {nil, []said{{"1", true}}, StatusSent},
			"both":           {nil, []said{{"2", true}, {"1", true}}, StatusDelivered},
			"before sending": {[]said{{"1", true}, {"2", true}}, nil, StatusDelivered},
			"astride":        {[]said{{"2", true}}, []said{{"1", true}}, StatusDelivered},
			"one failed":     {nil, []said{{"1", true}, {"2", false}}, StatusFailed},
			"failed early":   {[]said{{"1", false}}, []said{{"2", true}}, StatusFailed},
			"twice":          {nil, []said{{"1", true}, {"1", true}, {"2", true}, {"2", true}}, StatusDelivered},
			"unknown":        {nil, []said{{"9", false}}, StatusSent},
		} {
			say := func(list []said) {
				for _, s := range list {
					if err := report(t.Context(), d, "sms", name+s.ref, s.delivered, map[bool]string{true: "DELIVRD", false: "UNDELIV"}[s.delivered]); err != nil {
						t.Fatal(err)
					}
				}
			}
			c := gatewayed{SimulatedSMS(), []string{name + "1", name + "2"}, func() { say(x.early) }}
			if got := sendOne(t, d, c, func() { say(x.late) }); got.Status != x.want || x.want == StatusFailed && got.Detail != "UNDELIV" {
				t.Errorf("%s: %+v", name, got)
			}
		}
	})
}

func sendOne(t *testing.T, d *db.DB, c Channel, afterwards func()) Delivery {
	t.Helper()
	n := New(d, "", func(context.Context, string) (Address, error) { return Address{Phone: "13812345678"}, nil }, slog.New(slog.DiscardHandler), c)
	var id string
	err := d.Act(t.Context(), func(tx *db.Tx) error { id = Put(tx, Message{RecipientID: "p"}); return nil })
	for name, deliver := range n.Reactions() {
		if name == "notify.sms" && err == nil {
			err = deliver(t.Context(), event.Event{SubjectID: id})
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	afterwards()
	var list []Delivery
	if err := d.Read(t.Context(), func(tx *db.Tx) (err error) { list, err = Deliveries(tx, id); return err }); err != nil || len(list) != 1 {
		t.Fatalf("%v, %v", list, err)
	}
	return list[0]
}

func TestSweep(t *testing.T) {
	dbtest.Each(t, schema.FS, func(t *testing.T, d *db.DB, clk *clock.Moving) {
		n := New(d, "", nil, slog.Default())
		if err := report(t.Context(), d, "sms", "old", true, ""); err != nil {
			t.Fatal(err)
		}
		clk.Advance(8 * 24 * time.Hour)
		if err := report(t.Context(), d, "sms", "new", true, ""); err != nil {
			t.Fatal(err)
		}
		if err := n.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		var left string
		err := d.Read(t.Context(), func(tx *db.Tx) error { return tx.Row(`select reference from message_receipt`).Scan(&left) })
		if err != nil || left != "new" {
			t.Errorf("%q, %v", left, err)
		}
	})
}

// A wrong number is final; a gateway that is away is not.
func TestSMSErrors(t *testing.T) {
	s := NewSMS(nil, cmpp.Config{Addr: "127.0.0.1:1", Wait: time.Millisecond}, "一窗")
	if _, err := s.Send(t.Context(), Outgoing{To: "0571-88888888"}); !IsPermanent(err) {
		t.Errorf("wrong number: %v", err)
	}
	if _, err := s.Send(t.Context(), Outgoing{To: "13812345678"}); err == nil || IsPermanent(err) || s.Connected() {
		t.Errorf("gateway away: %v", err)
	}
}
