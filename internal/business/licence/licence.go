// Package licence is 电子证照: what a granted case results in, a licence with the
// national identifier (证照标识, GB/T 36904-2018) or an approval (批文), signed when
// it is issued and never changed afterwards.
//
// The signed thing is a JSON text, the content. It is made once, kept byte by
// byte, signed with SM2 over SM3 in the act of issuing, and stored with the
// signature and the certificate of that moment, so that it verifies after keys
// and names have changed, here and with a third party's tools (see Export). The
// PDF that people keep is a rendition of it, made afterwards and signed in the
// way that PDF readers check.
//
// Whoever holds the number of a licence may verify it. A natural person's name
// and everything that a data element calls sensitive are masked there and rest
// sealed in the store. Signatures and seals are those of the demonstration
// authority and have no legal effect (国务院令第716号第九条).
package licence

import (
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/blob"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/pdf"
	"onewindow/internal/kit/sm"
)

// Kind is the form of a result, as the catalogue names it.
type Kind string

// The kinds.
const (
	Certificate Kind = "licence"  // 证照
	Approval    Kind = "approval" // 批文
	Other       Kind = "other"    // 其他结果
)

// Status is where a licence stands on a day. Ending a licence before its time
// has five different grounds, which are never mixed up.
type Status string

// The statuses. Expired and Continued are not stored: they follow from the day.
const (
	Valid     Status = "valid"     // 有效
	Expired   Status = "expired"   // 已过期
	Continued Status = "continued" // 视为准予延续 (行政许可法第五十条第二款), its certificate still to come
	Rescinded Status = "rescinded" // 撤销 (行政许可法第六十九条)
	Retracted Status = "retracted" // 撤回 (行政许可法第八条)
	Cancelled Status = "cancelled" // 注销 (行政许可法第七十条)
	Revoked   Status = "revoked"   // 吊销, a penalty
	Replaced  Status = "replaced"  // 变更、延续后换发新版本
)

// Statuses lists every status.
func Statuses() []Status {
	return []Status{Valid, Expired, Continued, Rescinded, Retracted, Cancelled, Revoked, Replaced}
}

// Licence (证照) is one issued result.
type Licence struct {
	ID      string
	CaseID  string
	Content Content
	// StatusDay is since when the licence has been ended; nil while it is not.
	StatusDay *calendar.Day
	// ContinuedOn is the day on which silence renewed it; nil otherwise.
	ContinuedOn *calendar.Day
	// DeregisteredOn is the day of its 注销, whatever ended it before.
	DeregisteredOn *calendar.Day
	Version        int    // 1 for the first; a renewal, change or replacement makes the next
	PriorID        string // the version before
	Reminded       int    // how many reminders of its renewal went out
	IssuedAt       time.Time
	Digest         string // SM3 of the signed bytes, hex
	File           *File  // nil until the PDF is made
	// Glyphs are the characters that no font had when the PDF was last tried.
	Glyphs  string
	Subject staff.Subject

	status             Status
	number, identifier string // as the row is found by
	sealed             string
	signed             []byte // the content's bytes
	signature, signer  []byte // SM2 in DER, certificate in DER
}

// File is the PDF of a licence. It is made once and never changes.
type File struct {
	Key    string // in the blob store, sealed
	SM3    string // of the PDF, hex
	Size   int64
	MadeAt time.Time
}

// StatusOn is where the licence stands on a day.
func (l *Licence) StatusOn(day calendar.Day) Status {
	if l.status == Valid && l.Content.ValidTo != nil && day > *l.Content.ValidTo {
		if l.ContinuedOn != nil {
			return Continued
		}
		return Expired
	}
	return l.status
}

// Reference is what the licence is verified by: the identifier, or the number
// of a result that has none.
func (l *Licence) Reference() string {
	if l.Content.Identifier != "" {
		return l.Content.Identifier
	}
	return l.Content.Number
}

// Service issues, renders and verifies licences.
type Service struct {
	db      *db.DB
	o       Options
	genuine sm.Remembered[*Face] // by Licence.proof
}

// Options are what the service works with.
type Options struct {
	Casework  *casework.Service
	Catalog   *catalog.Service
	Keys      *sm.Keyring
	Authority *sm.Authority
	Fonts     *pdf.Fonts
	Blobs     blob.Store
	BaseURL   string // the public address, ASCII, for the codes that are printed
}

// New makes the service, which from then on answers casework's questions about
// licences.
func New(d *db.DB, o Options) *Service {
	s := &Service{db: d, o: o}
	if o.Casework != nil {
		o.Casework.Ask(s.held)
	}
	return s
}
