// Package registration is 市场主体登记 where it goes beyond a case: papers that are
// given back instead of supplemented, and the identity of the persons whom a
// registration names. The clock, the receipt and the notice of a registration
// are package casework's.
package registration

import (
	"context"
	"time"

	"onewindow/internal/business/casework"
	"onewindow/internal/kit/db"
)

// The rules of the regulation that refuse here.
const (
	lawReturn   = "市场主体登记管理条例实施细则第十八条"
	lawIdentity = "市场主体登记管理条例实施细则第十六条"
)

// Verifier checks online that a person is who they say (实名认证): the national
// service of identity authentication in production, Simulated while it is not
// connected. The number is "" where the form asks none.
type Verifier func(ctx context.Context, name, number string) (Checked, error)

// Checked is the answer of a Verifier.
type Checked struct {
	Receipt   string
	Simulated bool
}

// Simulated is the Verifier of an installation that is not connected to the
// national service. It believes everybody, and its receipt says so.
func Simulated(_ context.Context, _, _ string) (Checked, error) {
	return Checked{Receipt: "模拟核验（未连接国家网络身份认证公共服务）", Simulated: true}, nil
}

// Service holds the acts of this noun.
type Service struct {
	db       *db.DB
	casework *casework.Service
	verify   Verifier
}

// New makes the service.
func New(d *db.DB, c *casework.Service, v Verifier) *Service { return &Service{d, c, v} }

// Way is how a person's identity was checked.
type Way string

// The ways: who cannot be checked online comes to the window or has it notarised
// (实施细则第十六条).
const (
	Online    Way = "online"    // 线上实名认证
	InPerson  Way = "in_person" // 到场核验
	Notarised Way = "notarised" // 公证
)

// Ways is every way.
func Ways() []Way { return []Way{Online, InPerson, Notarised} }

// Identity is the check of one person.
type Identity struct {
	Person, Name, Role string
	Way                Way
	Receipt            string
	Simulated          bool
	ByName             string
	At                 time.Time
}
