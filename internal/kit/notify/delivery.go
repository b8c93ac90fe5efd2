package notify

import (
	"context"
	"time"

	"onewindow/internal/kit/db"
)

// Delivery is what became of a message on one channel.
type Delivery struct {
	MessageID string
	Channel   string
	Address   string // masked
	Status    Status
	Detail    string
	At        time.Time
	Title     string // of the message; only from ByStatus
}

// Key is the delivery's place in a list.
func (d Delivery) Key() Key { return Key{d.At, d.MessageID} }

// Deliveries lists what became of a message, by channel.
func Deliveries(tx *db.Tx, messageID string) (list []Delivery, err error) {
	err = tx.Together(askDeliveries(&list, messageID))
	return list, err
}

func askDeliveries(list *[]Delivery, messageID string) db.Ask {
	return db.AskList(list, func(r db.Scanner) (d Delivery, err error) {
		err = r.Scan(&d.MessageID, &d.Channel, &d.Address, &d.Status, &d.Detail, db.At{Time: &d.At})
		return d, err
	}, `select message_id, channel, address, status, detail, at from message_delivery where message_id = $1 order by channel limit 10`, messageID)
}

// ByStatus lists deliveries with their titles, newest first, from after the
// key: the simulator's page and the list of failures.
func ByStatus(tx *db.Tx, s Status, after Key, limit int) ([]Delivery, error) {
	at, id := after.values()
	return db.List(tx, func(r db.Scanner) (d Delivery, err error) {
		err = r.Scan(&d.MessageID, &d.Channel, &d.Address, &d.Status, &d.Detail, db.At{Time: &d.At}, &d.Title)
		return d, err
	}, `select d.message_id, d.channel, d.address, d.status, d.detail, d.at, m.title
		from message_delivery d join message m on m.id = d.message_id
		where d.status = $1 and (d.at, d.message_id) < ($2, $3) order by d.at desc, d.message_id desc, d.channel limit $4`, string(s), at, id, limit)
}

// record writes the delivery and, for each part, whose part it is.
func (n *Notifier) record(ctx context.Context, d Delivery, parts []string) error {
	return n.db.Act(ctx, func(tx *db.Tx) error {
		at := db.Stamp(tx.Now)
		tx.Write(`insert into message_delivery (message_id, channel, address, status, detail, at) values ($1, $2, $3, $4, $5, $6)
			on conflict (message_id, channel) do update set address = excluded.address, status = excluded.status, detail = excluded.detail, at = excluded.at`,
			d.MessageID, d.Channel, d.Address, string(d.Status), d.Detail, at)
		for _, ref := range parts {
			tx.Write(`insert into message_receipt (channel, reference, message_id, status, at) values ($1, $2, $3, $4, $5)
				on conflict (channel, reference) do update set message_id = excluded.message_id`, d.Channel, ref, d.MessageID, string(StatusSent), at)
		}
		return nil
	})
}

// report keeps what the gateway says of one part. It may come before the
// sending is recorded, and it may come twice: whichever of the two is later
// settles the delivery.
func report(ctx context.Context, d *db.DB, channel, reference string, delivered bool, detail string) error {
	status := StatusFailed
	if delivered {
		status = StatusDelivered
	}
	err := d.Act(ctx, func(tx *db.Tx) error {
		tx.Write(`insert into message_receipt (channel, reference, message_id, status, detail, at) values ($1, $2, '', $3, $4, $5)
			on conflict (channel, reference) do update set status = excluded.status, detail = excluded.detail`,
			channel, reference, string(status), detail, db.Stamp(tx.Now))
		return nil
	})
	if err != nil {
		return err
	}
	var owner string
	err = d.Read(ctx, func(tx *db.Tx) error {
		return tx.Row(`select message_id from message_receipt where channel = $1 and reference = $2`, channel, reference).Scan(&owner)
	})
	if err != nil || owner == "" {
		return err
	}
	return settle(ctx, d, channel, owner)
}

type receipt struct {
	status Status
	detail string
}

// settle draws the conclusion from the receipts of all parts: one that failed
// fails the message; all that arrived deliver it.
func settle(ctx context.Context, d *db.DB, channel, messageID string) error {
	return d.Act(ctx, func(tx *db.Tx) error {
		parts, err := db.List(tx, func(r db.Scanner) (p receipt, err error) { err = r.Scan(&p.status, &p.detail); return },
			`select status, detail from message_receipt where message_id = $1 and channel = $2 limit 255`, messageID, channel)
		if err != nil {
			return err
		}
		if end := conclude(parts); end.status != StatusSent {
			tx.WriteN(db.Any, `update message_delivery set status = $1, detail = $2, at = $3 where message_id = $4 and channel = $5 and status = $6`,
				string(end.status), end.detail, db.Stamp(tx.Now), messageID, channel, string(StatusSent))
		}
		return nil
	})
}

func conclude(parts []receipt) receipt {
	end := receipt{status: StatusDelivered}
	for _, p := range parts {
		switch p.status {
		case StatusFailed:
			return p
		case StatusSent:
			end = receipt{status: StatusSent}
		}
	}
	return end
}

// keep is how long receipts are kept: gateways report within three days.
const keep = 7 * 24 * time.Hour

// Sweep forgets receipts of messages long settled.
func (n *Notifier) Sweep(ctx context.Context) error {
	return n.db.Act(ctx, func(tx *db.Tx) error {
		tx.WriteN(db.Any, `delete from message_receipt where at < $1`, db.Stamp(tx.Now.Add(-keep)))
		return nil
	})
}
