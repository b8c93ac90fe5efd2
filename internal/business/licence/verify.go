package licence

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/sm"
)

// CheckCode names one thing that is checked.
type CheckCode string

// The checks, in the order in which they are made.
const (
	CheckShape       CheckCode = "shape"       // 编号的校验码正确
	CheckRegistered  CheckCode = "registered"  // 本平台登记有此编号
	CheckDigest      CheckCode = "digest"      // 内容与登记的SM3摘要一致
	CheckSignature   CheckCode = "signature"   // SM2签名验证通过
	CheckCertificate CheckCode = "certificate" // 签名证书由演示机构签发，当时有效，属于所载颁发机构
	CheckContent     CheckCode = "content"     // 签名的内容就是这个编号的内容
	CheckStatus      CheckCode = "status"      // 核验当日有效
)

// Checks lists every check in order.
func Checks() []CheckCode {
	return []CheckCode{CheckShape, CheckRegistered, CheckDigest, CheckSignature, CheckCertificate, CheckContent, CheckStatus}
}

// Outcome is how a check ended.
type Outcome string

// The outcomes.
const (
	Passed  Outcome = "passed"
	Failed  Outcome = "failed"
	NotMade Outcome = "not_made" // because an earlier one failed
)

// Check is one thing that was checked and how it ended.
type Check struct {
	Code    CheckCode `json:"code"`
	Outcome Outcome   `json:"outcome"`
}

// Verification is the answer to the public. It has the same shape whatever was
// found: every check with its outcome. What a licence says is told only when
// all checks but the last passed, so that nothing forged is ever read out.
type Verification struct {
	Reference string       `json:"reference"` // as it was understood
	Day       calendar.Day `json:"day"`
	Checks    []Check      `json:"checks"`
	// Genuine says that the licence is registered and unaltered; whether it is
	// still in force, Status says.
	Genuine bool   `json:"genuine"`
	Demo    string `json:"demo"`
	Status  Status `json:"status,omitempty"`
	// StatusDay is since when a licence has been ended.
	StatusDay *calendar.Day `json:"status_day,omitempty"`
	// DeregisteredOn is when its register was closed (注销).
	DeregisteredOn *calendar.Day `json:"deregistered_on,omitempty"`
	Face           *Face         `json:"face,omitempty"`
}

// Outcome is how the named check ended.
func (v Verification) Outcome(code CheckCode) Outcome {
	for _, c := range v.Checks {
		if c.Code == code {
			return c.Outcome
		}
	}
	return NotMade
}

// Verify checks a licence by its identifier or number, as anybody may. It
// refuses with "licence.reference" what cannot be either; a number that is not
// registered is an answer and no fault.
func (s *Service) Verify(ctx context.Context, typed string) (v Verification, err error) {
	r, err := readReference(typed)
	if err != nil {
		return v, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		l, err := byReference(tx, r)
		if fault.Of(err) != nil && !isMissing(err) {
			return err
		}
		v = s.verify(l, r, tx.Now)
		return nil
	})
	return v, err
}

func isMissing(err error) bool { return errors.Is(err, fault.Missing(missing)) }

// verify makes the checks one after the other until one fails; l is nil when
// nothing is registered.
func (s *Service) verify(l *Licence, r reference, now time.Time) Verification {
	v := Verification{Reference: r.String(), Day: calendar.DayOf(now), Demo: sm.Mark}
	proven := s.proven(l)
	proofs := []func() bool{
		func() bool { return true }, // the shape was read
		func() bool { return l != nil },
		func() bool { return proven != nil || s.digestHolds(l) },
		func() bool { return proven != nil || sm.Verify(l.signer, l.signed, l.signature) == nil },
		func() bool {
			return s.o.Authority.Check(l.signer, l.IssuedAt) == nil && (proven != nil || l.signedByItsBody())
		},
		func() bool { return proven != nil || l.contentHolds() },
		func() bool { return l.inForce(v.Day) },
	}
	broken := false
	for i, code := range Checks() {
		outcome := NotMade
		if !broken {
			outcome = Passed
			if !proofs[i]() {
				outcome, broken = Failed, true
			}
		}
		v.Checks = append(v.Checks, Check{code, outcome})
	}
	if v.Outcome(CheckContent) == Passed {
		if proven == nil {
			proven = face(l)
			s.genuine.Put(l.proof(), proven)
		}
		v.Genuine, v.Status, v.StatusDay, v.Face = true, l.StatusOn(v.Day), l.StatusDay, proven
		v.DeregisteredOn = l.DeregisteredOn
	}
	return v
}

// proven is the face of a licence that was found genuine before and is
// registered with the very same bytes; nil for any other. What may change
// without them is checked each time: whether the authority stands behind the
// certificate, and where the licence stands today.
func (s *Service) proven(l *Licence) *Face {
	if l == nil {
		return nil
	}
	f, known := s.genuine.Get(l.proof())
	if known {
		l.Content.ValidTo = f.ValidTo // what its status depends on
	}
	return f
}

// proof names everything that the checks from the digest to the content look at.
func (l *Licence) proof() string {
	h := sha256.New()
	for _, part := range []string{l.number, l.identifier, l.sealed, l.Digest, string(l.signature), string(l.signer)} {
		binary.Write(h, binary.BigEndian, int64(len(part)))
		io.WriteString(h, part)
	}
	return string(h.Sum(nil))
}

// inForce says that whoever relies on the licence on that day may.
func (l *Licence) inForce(day calendar.Day) bool {
	s := l.StatusOn(day)
	return s == Valid || s == Continued
}

// digestHolds opens the content and compares its digest with the stored one.
func (s *Service) digestHolds(l *Licence) bool {
	text, err := s.o.Keys.Open(sealContent, l.sealed)
	if err != nil {
		return false
	}
	l.signed = []byte(text)
	return sm.Digest(l.signed) == l.Digest
}

// signedByItsBody: the certificate is in the name of the body that the content
// names.
func (l *Licence) signedByItsBody() bool {
	if json.Unmarshal(l.signed, &l.Content) != nil {
		return false
	}
	h, err := sm.ReadCertificate(l.signer)
	return err == nil && h.Name == l.Content.Body.Name+certificateMark
}

// certificateMark follows the body's name in certificates of the demonstration.
const certificateMark = "（演示）"

// contentHolds: what was signed is this licence and not another one.
func (l *Licence) contentHolds() bool {
	c := l.Content
	return c.Format == formatName && c.Number == l.number && c.Identifier == l.identifier
}
