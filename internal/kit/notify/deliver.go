package notify

import (
	"context"
	"errors"
	"iter"
	"log/slog"
	"slices"
	"strings"
	"time"

	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
)

// Address is how a person can be reached; empty means not that way.
type Address struct{ Phone, Mail string }

// Outgoing is a message on its way to one address.
type Outgoing struct {
	ID    string
	To    string
	Title string
	Body  string
	Link  string // a whole URL; may be empty
}

// Sent is what a channel says of a message it took.
type Sent struct {
	Status Status   // StatusSent or StatusSimulated
	Detail string   // for the administrator's page
	Parts  []string // references by which reports will follow, if any do
}

// Channel is a way to reach people: SMTP, CMPP or a Simulator.
type Channel interface {
	// Name is "sms" or "mail"; it stands in message_delivery.
	Name() string
	// Of picks the address that this channel uses.
	Of(Address) string
	// Mask hides the address for records and logs.
	Mask(to string) string
	// Send hands the message over. An error wrapped by Permanent is not tried
	// again.
	Send(context.Context, Outgoing) (Sent, error)
}

// Status is what became of a message on one channel.
type Status string

// The statuses of a delivery.
const (
	StatusSent      Status = "sent"       // the gateway took it
	StatusDelivered Status = "delivered"  // the gateway reports that it arrived
	StatusRetrying  Status = "retrying"   // failed, to be tried again
	StatusFailed    Status = "failed"     // failed for good
	StatusNoAddress Status = "no_address" // the person has none of this kind
	StatusSimulated Status = "simulated"  // kept by a simulator, sent to nobody
)

// Statuses lists them all, for the label test.
var Statuses = []Status{StatusSent, StatusDelivered, StatusRetrying, StatusFailed, StatusNoAddress, StatusSimulated}

// Permanent marks an error that trying again cannot mend.
func Permanent(err error) error { return permanent{err} }

type permanent struct{ error }

func (p permanent) Unwrap() error { return p.error }

// Notifier sends messages out.
type Notifier struct {
	db       *db.DB
	book     func(ctx context.Context, recipientID string) (Address, error)
	base     string
	log      *slog.Logger
	channels []Channel
	recent   recent
}

// New makes a notifier. The book finds a person's addresses at the time of
// sending; baseURL is put before a message's link.
func New(d *db.DB, baseURL string, book func(ctx context.Context, recipientID string) (Address, error), log *slog.Logger, channels ...Channel) *Notifier {
	return &Notifier{db: d, book: book, base: strings.TrimSuffix(baseURL, "/"), log: log, channels: channels}
}

// Reactions are the reactions to Topic, each with the name to register it
// under. They are separate, so that a gateway that is away delays no other.
func (n *Notifier) Reactions() iter.Seq2[string, func(context.Context, event.Event) error] {
	return func(yield func(string, func(context.Context, event.Event) error) bool) {
		for _, c := range n.channels {
			deliver := func(ctx context.Context, e event.Event) error { return n.deliver(ctx, c, e.SubjectID) }
			if !yield("notify."+c.Name(), deliver) {
				return
			}
		}
	}
}

// deliver sends one message through one channel unless that was done before.
// Between the gateway's taking it and our record of that lies an instant in
// which a crash makes the message go out twice; never is it lost.
func (n *Notifier) deliver(ctx context.Context, c Channel, messageID string) error {
	o, err := n.load(ctx, c, messageID)
	if err != nil || o.done(c) {
		return err
	}
	m, to := o.message, c.Of(o.address)
	if to == "" {
		return n.record(ctx, Delivery{MessageID: m.ID, Channel: c.Name(), Status: StatusNoAddress}, nil)
	}
	sent, err := c.Send(ctx, Outgoing{m.ID, to, m.Title, m.Body, n.link(m.Link)})
	d := Delivery{MessageID: m.ID, Channel: c.Name(), Address: c.Mask(to), Status: sent.Status, Detail: sent.Detail}
	if err == nil {
		return n.took(ctx, d, sent.Parts)
	}
	return n.failed(ctx, d, scrubbed{err, to, d.Address})
}

func (n *Notifier) link(path string) string {
	if path == "" {
		return ""
	}
	return n.base + path
}

// order is a message to be sent, with what became of it and where it goes.
type order struct {
	message    Message
	deliveries []Delivery
	address    Address
	read       time.Time
}

// done says that the channel is done with it.
func (o order) done(c Channel) bool {
	return slices.ContainsFunc(o.deliveries, func(d Delivery) bool { return d.Channel == c.Name() && d.Status != StatusRetrying })
}

// load reads the message, unless the first channel did so a moment ago.
func (n *Notifier) load(ctx context.Context, c Channel, messageID string) (o order, err error) {
	first := c.Name() == n.channels[0].Name()
	if o, ok := n.recent.take(messageID); ok && !first {
		return o, nil
	}
	if err := n.db.Read(ctx, func(tx *db.Tx) error {
		return tx.Together(db.AskOne(&o.message, scan, `select `+columns+` from message where id = $1`, messageID), askDeliveries(&o.deliveries, messageID))
	}); err != nil {
		return o, err
	}
	if o.message.ID == "" {
		return o, fault.Missing("message")
	}
	if o.address, err = n.book(ctx, o.message.RecipientID); err == nil && first && len(n.channels) > 1 {
		n.recent.put(o)
	}
	return o, err
}

func (n *Notifier) took(ctx context.Context, d Delivery, parts []string) error {
	if err := n.record(ctx, d, parts); err != nil || len(parts) == 0 {
		return err
	}
	return settle(ctx, n.db, d.Channel, d.MessageID)
}

// failed records the failure and says whether the job shall try again.
func (n *Notifier) failed(ctx context.Context, d Delivery, err error) error {
	var p permanent
	final := errors.As(err, &p)
	d.Status, d.Detail = StatusRetrying, err.Error()
	if final {
		d.Status = StatusFailed
	}
	n.log.WarnContext(ctx, "message not sent", "message", d.MessageID, "channel", d.Channel, "to", d.Address, "final", final, "error", err)
	if e := n.record(ctx, d, nil); e != nil || final {
		return e
	}
	return err
}

// scrubbed is an error in whose text the address is masked: gateways like to
// repeat it.
type scrubbed struct {
	err      error
	to, mask string
}

func (s scrubbed) Error() string { return strings.ReplaceAll(s.err.Error(), s.to, s.mask) }
func (s scrubbed) Unwrap() error { return s.err }
