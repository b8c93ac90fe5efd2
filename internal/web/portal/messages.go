package portal

import (
	"strings"

	"onewindow/internal/kit/db"
	"onewindow/internal/kit/notify"
	"onewindow/internal/web/text"
	"onewindow/internal/web/visit"
)

// messageLine is a message in the list.
type messageLine struct {
	Title, Body, At, Href string
	Unread                bool
}

// recipients are whom a message may be addressed to so that the visitor reads
// it: the account, and the parties it acts for.
func recipients(v *visit.Visit) []string {
	return append([]string{v.Actor.AccountID}, v.Actor.PartyIDs...)
}

// unread counts the messages not read yet, up to notify.MostUnread.
func (p *Pages) unread(v *visit.Visit) (n int, err error) {
	err = p.DB.Read(v.Context(), func(tx *db.Tx) error {
		n, err = notify.Unread(tx, recipients(v)...)
		return err
	})
	return n, err
}

const messagesPage = 20 // lines of a page

// Messages lists what the visitor was told, the newest first.
func (p *Pages) Messages(v *visit.Visit) error {
	var all []notify.Message
	unread := 0
	err := p.DB.Read(v.Context(), func(tx *db.Tx) (err error) {
		if all, err = notify.List(tx, recipients(v), keyOf(v.Query("after")), messagesPage+1); err != nil {
			return err
		}
		unread, err = notify.Unread(tx, recipients(v)...)
		return err
	})
	if err != nil {
		return err
	}
	all, pages := visit.Cut(v, "/messages", nil, all, messagesPage, func(m notify.Message) string { return keyText(m.Key()) })
	lines := make([]messageLine, len(all))
	for i, m := range all {
		lines[i] = messageLine{Title: m.Title, Body: m.Body, At: text.Since(m.At, p.Clock.Now()), Unread: m.ReadAt.IsZero(), Href: "/messages/" + m.ID}
	}
	return show(v, "我的消息", messagesView(lines, unread, pages, officer(v)))
}

// OpenMessage marks a message as read and leads to what it is about.
func (p *Pages) OpenMessage(v *visit.Visit) error {
	var m notify.Message
	err := p.DB.Act(v.Context(), func(tx *db.Tx) (err error) {
		m, err = notify.Open(tx, recipients(v), v.Path("message"))
		return err
	})
	if err != nil {
		return err
	}
	if m.Link == "" {
		return v.See("/messages")
	}
	return v.See(m.Link)
}

// ReadMessages marks everything as read.
func (p *Pages) ReadMessages(v *visit.Visit) error {
	err := p.DB.Act(v.Context(), func(tx *db.Tx) error {
		notify.MarkAllRead(tx, recipients(v)...)
		return nil
	})
	if err != nil {
		return err
	}
	return v.See("/messages")
}

// keyText is a place in the list as an address carries it.
func keyText(k notify.Key) string { return db.Stamp(k.At) + "." + k.ID }

// keyOf reads what keyText wrote; anything else is the beginning.
func keyOf(s string) notify.Key {
	at := strings.LastIndex(s, ".")
	if at < 0 {
		return notify.Key{}
	}
	t, err := db.ParseStamp(s[:at])
	if err != nil {
		return notify.Key{}
	}
	return notify.Key{At: t, ID: s[at+1:]}
}
