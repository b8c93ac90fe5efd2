// Package party knows the applicants (申请人): natural persons and
// organisations, who may act for whom, and how much of a person is shown to
// whom. What identifies or reaches a person is sealed in the store, masked on
// pages, and opened in the clear only by an audited act.
package party

import (
	"log/slog"
	"time"

	"onewindow/internal/business/staff"
	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/sm"
)

// Kind says what a party is.
type Kind string

// The kinds of party.
const (
	Person  Kind = "person"  // 自然人
	Company Kind = "company" // 法人、非法人组织
)

// Kinds of identity document (GA/T 2000.156).
const (
	IDCard      = "111" // 居民身份证
	Passport    = "414" // 普通护照
	TaiwanPass  = "511" // 台湾居民来往大陆通行证
	HongKong    = "516" // 港澳居民来往内地通行证
	ForeignCard = "553" // 外国人永久居留身份证
)

// Party is an applicant in the clear. It must not be logged, audited or stored
// as it is: String and LogValue name it by its id alone.
type Party struct {
	ID       string
	Kind     Kind
	Name     string
	IDType   string // persons only
	IDNumber string
	Phone    string
	Address  string
	USCC     string // companies only, public
	// The legal representative (法定代表人) of a company.
	LegalName     string
	LegalIDType   string
	LegalIDNumber string
	// Checked is the receipt of the real-person or registry check; empty when
	// what stands here was only stated.
	Checked   string
	CreatedAt time.Time
	Version   int64
}

// String names the party by its id.
func (p Party) String() string { return string(p.Kind) + " " + p.ID }

// LogValue keeps personal data out of logs.
func (p Party) LogValue() slog.Value { return slog.StringValue(p.String()) }

// Service holds the acts of this noun.
type Service struct {
	db    *db.DB
	keys  *sm.Keyring
	staff *staff.Service
}

// New makes the service.
func New(d *db.DB, keys *sm.Keyring, accounts *staff.Service) *Service {
	return &Service{d, keys, accounts}
}

// Load is the step that opens a party for another noun's act, which has
// decided who may; fault party.party when there is none.
func (s *Service) Load(tx *db.Tx, partyID string) (Party, error) {
	return s.one(tx, `where id = $1`, partyID)
}

// today is the civil day in Beijing, YYYY-MM-DD.
func today(now time.Time) string { return now.In(clock.Beijing).Format(time.DateOnly) }
