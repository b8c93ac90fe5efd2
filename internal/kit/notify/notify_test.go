package notify_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"testing"
	"time"

	"onewindow/internal/business/schema"
	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/db/dbtest"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/notify"
)

var ctx = context.Background()

// put writes a message and gives its id.
func put(t *testing.T, d *db.DB, m notify.Message) (id string) {
	t.Helper()
	err := d.Act(ctx, func(tx *db.Tx) error {
		id = notify.Put(tx, m)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func read[T any](t *testing.T, d *db.DB, fn func(*db.Tx) (T, error)) T {
	t.Helper()
	var v T
	err := d.Read(ctx, func(tx *db.Tx) (err error) {
		v, err = fn(tx)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func unread(t *testing.T, d *db.DB, recipients ...string) int {
	t.Helper()
	return read(t, d, func(tx *db.Tx) (int, error) { return notify.Unread(tx, recipients...) })
}

func TestInbox(t *testing.T) {
	dbtest.Each(t, schema.FS, func(t *testing.T, d *db.DB, clk *clock.Moving) {
		var ids []string
		for i := range 7 {
			ids = append(ids, put(t, d, notify.Message{RecipientID: []string{"p1", "p2"}[i%2], Title: fmt.Sprint(i), Body: "正文", Link: "/my/cases/1"}))
			if i > 2 { // the first three stand at the same instant
				clk.Advance(time.Minute)
			}
		}
		if n := unread(t, d, "p1", "p2"); n != 7 {
			t.Fatalf("%d unread", n)
		}
		var titles []string
		var key notify.Key
		for {
			page := read(t, d, func(tx *db.Tx) ([]notify.Message, error) { return notify.List(tx, []string{"p1", "p2"}, key, 3) })
			if len(page) == 0 {
				break
			}
			for _, m := range page {
				titles = append(titles, m.Title)
			}
			key = page[len(page)-1].Key()
		}
		if got := strings.Join(titles, ""); got != "6543210" {
			t.Errorf("listed %s", got)
		}
		open(t, d, clk, ids[0])
		if n := unread(t, d, "p1"); n != 3 {
			t.Errorf("%d unread", n)
		}
		if err := d.Act(ctx, func(tx *db.Tx) error { notify.MarkAllRead(tx, "p1"); return nil }); err != nil {
			t.Fatal(err)
		}
		if a, b, c := unread(t, d, "p1"), unread(t, d, "p2"), unread(t, d); a != 0 || b != 3 || c != 0 {
			t.Errorf("unread: %d, %d, %d", a, b, c)
		}
	})
}

// open reads message id as its recipient twice and as a stranger.
func open(t *testing.T, d *db.DB, clk *clock.Moving, id string) {
	t.Helper()
	var first time.Time
	for range 2 {
		clk.Advance(time.Hour)
		err := d.Act(ctx, func(tx *db.Tx) error {
			m, err := notify.Open(tx, []string{"x", "p1"}, id)
			if first.IsZero() {
				first = tx.Now
			} else if !m.ReadAt.Equal(first) {
				t.Errorf("read at %v, want %v", m.ReadAt, first)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, who := range [][]string{{"p2"}, nil} {
		err := d.Act(ctx, func(tx *db.Tx) error { _, err := notify.Open(tx, who, id); return err })
		if !errors.Is(err, fault.Missing("message")) {
			t.Errorf("%v opened it: %v", who, err)
		}
	}
}

// A message becomes an event unless it is quiet.
func TestPutPublishes(t *testing.T) {
	d, _ := dbtest.SQLite(t, schema.FS)
	loud := put(t, d, notify.Message{RecipientID: "p"})
	put(t, d, notify.Message{RecipientID: "p", Quiet: true})
	events := read(t, d, func(tx *db.Tx) ([]event.Event, error) { return event.Waiting(tx, 9) })
	if len(events) != 1 || events[0].Topic != notify.Topic || events[0].SubjectID != loud {
		t.Errorf("%+v", events)
	}
}

// A message caused by an event can carry its id: it is put once, however often
// the event comes.
func TestPutOnce(t *testing.T) {
	dbtest.Each(t, schema.FS, func(t *testing.T, d *db.DB, _ *clock.Moving) {
		m := notify.Message{ID: "e1", RecipientID: "p", Title: "受理通知"}
		if id := put(t, d, m); id != "e1" {
			t.Errorf("put as %s", id)
		}
		err := d.Act(ctx, func(tx *db.Tx) error { notify.Put(tx, m); return nil })
		if !errors.Is(err, fault.Conflict("duplicate")) || unread(t, d, "p") != 1 {
			t.Errorf("again: %v, %d unread", err, unread(t, d, "p"))
		}
	})
}

// fake is a channel that does as told.
type fake struct {
	notify.Simulator
	errs []error // of the next sendings
	sent []notify.Outgoing
}

func (f *fake) Send(_ context.Context, m notify.Outgoing) (notify.Sent, error) {
	f.sent = append(f.sent, m)
	if len(f.errs) > 0 {
		err := f.errs[0]
		f.errs = f.errs[1:]
		return notify.Sent{}, err
	}
	return notify.Sent{Status: notify.StatusSent}, nil
}

// send runs the reaction of the only channel to the message.
func send(n *notify.Notifier, id string) error {
	for _, react := range n.Reactions() {
		return react(ctx, event.Event{Topic: notify.Topic, SubjectID: id})
	}
	return errors.New("no channel")
}

func book(a notify.Address) func(context.Context, string) (notify.Address, error) {
	return func(context.Context, string) (notify.Address, error) { return a, nil }
}

func delivery(t *testing.T, d *db.DB, id string) notify.Delivery {
	t.Helper()
	list := read(t, d, func(tx *db.Tx) ([]notify.Delivery, error) { return notify.Deliveries(tx, id) })
	if len(list) != 1 {
		t.Fatalf("%d deliveries", len(list))
	}
	return list[0]
}

// A failure is tried again until the gateway takes the message, and then never
// again; no record and no error holds the number.
func TestDeliveryRetries(t *testing.T) {
	dbtest.Each(t, schema.FS, func(t *testing.T, d *db.DB, clk *clock.Moving) {
		var log strings.Builder
		c := &fake{Simulator: notify.SimulatedSMS(), errs: []error{errors.New("13812345678 busy")}}
		n := notify.New(d, "https://yc.example/", book(notify.Address{Phone: "13812345678"}), slog.New(slog.NewTextHandler(&log, nil)), c)
		id := put(t, d, notify.Message{RecipientID: "p", Title: "受理通知", Body: "已受理", Link: "/my/cases/1"})
		err := send(n, id)
		if err == nil || strings.Contains(err.Error()+log.String(), "13812345678") {
			t.Fatalf("error %v, log %s", err, log.String())
		}
		if got := delivery(t, d, id); got.Status != notify.StatusRetrying || got.Address != "138****5678" || got.Detail != "138****5678 busy" {
			t.Errorf("%+v", got)
		}
		clk.Advance(time.Minute)
		if err := errors.Join(send(n, id), send(n, id)); err != nil || len(c.sent) != 2 {
			t.Fatalf("%v after %d sendings", err, len(c.sent))
		}
		if got := delivery(t, d, id); got.Status != notify.StatusSent || !got.At.Equal(clk.Now()) {
			t.Errorf("%+v", got)
		}
		want := notify.Outgoing{ID: id, To: "13812345678", Title: "受理通知", Body: "已受理", Link: "https://yc.example/my/cases/1"}
		if c.sent[1] != want {
			t.Errorf("sent %+v", c.sent[1])
		}
	})
}

// The second channel goes by what the first one read, once: whoever tries again
// later asks anew where the person is reached by then.
func TestChannelsReadOnce(t *testing.T) {
	d, _ := dbtest.SQLite(t, schema.FS)
	asked, mails := 0, []string{}
	where := func(context.Context, string) (notify.Address, error) {
		asked++
		return notify.Address{Phone: "13812345678", Mail: fmt.Sprintf("m%d@b.cn", asked)}, nil
	}
	mail := &fake{Simulator: notify.SimulatedMail(), errs: []error{errors.New("busy")}}
	n := notify.New(d, "", where, slog.New(slog.DiscardHandler), notify.SimulatedSMS(), mail)
	id := put(t, d, notify.Message{RecipientID: "p", Title: "t"})
	failed := 0
	for range 2 {
		for _, react := range n.Reactions() {
			if react(ctx, event.Event{Topic: notify.Topic, SubjectID: id}) != nil {
				failed++
			}
		}
	}
	for _, m := range mail.sent {
		mails = append(mails, m.To)
	}
	if failed != 1 || asked != 2 || strings.Join(mails, " ") != "m1@b.cn m2@b.cn" {
		t.Errorf("failed %d, asked %d times, to %v", failed, asked, mails)
	}
}

// What cannot be mended is recorded and not tried again.
func TestDeliveryEnds(t *testing.T) {
	d, _ := dbtest.SQLite(t, schema.FS)
	for name, x := range map[string]struct {
		channel notify.Channel
		address notify.Address
		want    notify.Status
	}{
		"permanent":  {&fake{Simulator: notify.SimulatedSMS(), errs: []error{fmt.Errorf("no: %w", notify.Permanent(io.EOF))}}, notify.Address{Phone: "13812345678"}, notify.StatusFailed},
		"no phone":   {notify.SimulatedSMS(), notify.Address{Mail: "a@b.cn"}, notify.StatusNoAddress},
		"simulated":  {notify.SimulatedMail(), notify.Address{Mail: "a@b.cn"}, notify.StatusSimulated},
		"no mailbox": {notify.SimulatedMail(), notify.Address{Phone: "13812345678"}, notify.StatusNoAddress},
	} {
		n := notify.New(d, "", book(x.address), slog.New(slog.DiscardHandler), x.channel)
		id := put(t, d, notify.Message{RecipientID: "p", Title: name})
		if err := errors.Join(send(n, id), send(n, id)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if got := delivery(t, d, id); got.Status != x.want {
			t.Errorf("%s: %+v", name, got)
		}
	}
	list := read(t, d, func(tx *db.Tx) ([]notify.Delivery, error) {
		return notify.ByStatus(tx, notify.StatusSimulated, notify.Key{}, 10)
	})
	if len(list) != 1 || list[0].Title != "simulated" || list[0].Detail != notify.SimulatorNotice || list[0].Address != "a***@b.cn" {
		t.Errorf("simulated: %+v", list)
	}
}
