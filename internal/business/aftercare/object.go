package aftercare

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/id"
)

// Claim is why somebody may object.
type Claim string

// The claims (市场主体登记管理条例第三十三条第二款).
const (
	Department Claim = "department" // 相关部门
	Creditor   Claim = "creditor"   // 债权人
	Employee   Claim = "employee"   // 职工
	OtherClaim Claim = "other"      // 其他利害关系人
)

// Claims lists them.
func Claims() []Claim { return []Claim{Department, Creditor, Employee, OtherClaim} }

// Objection (异议) is what somebody objected to a simple deregistration. Name,
// contact and text are sealed at rest.
type Objection struct {
	ID, ProceedingID string
	Claim            Claim
	Via              Via
	AccountID        string // who objected online, or took it down
	At               time.Time
	Said
}

// Said is what was objected, and by whom.
type Said struct {
	Name    string `json:"name"`
	Contact string `json:"contact"`
	Text    string `json:"text"`
}

// Object (提出异议) is open to everybody who is signed in, and at the desk for
// what came by hand or by post.
type Object struct {
	Seen
	Claim Claim
	Via   Via
	Said
}

// Object takes an objection to what is announced to everybody. It ends the simple
// way at once; to another notice it is the statement that must be answered.
func (s *Service) Object(ctx context.Context, who staff.Actor, in Object) error {
	if err := who.Must(staff.LicenceAnswer); err != nil {
		return err
	}
	var caseID string
	in.Via = Online
	err := s.db.Act(ctx, func(tx *db.Tx) error {
		p, err := s.byID(tx, in.ID)
		if err != nil || !p.Public {
			return fault.Missing(missing)
		}
		caseID = p.CaseID
		if who.Self(p.OpenedBy) || p.Subject.AgentID == who.AccountID {
			return fault.Refused("aftercare.own_notice", catalog.LawNotice)
		}
		if err := s.object(tx, who, p, in); err != nil {
			return err
		}
		s.update(tx, p)
		return nil
	})
	s.o.Casework.KeepRefusal(ctx, who, caseID, staff.LicenceAnswer, err)
	return err
}

// RecordObjection takes down what came by hand or by post, or from another
// department, which has no account of an applicant.
func (s *Service) RecordObjection(ctx context.Context, who staff.Actor, in Object) error {
	return s.act(ctx, who, in.Seen, staff.LicenceProceed, func(tx *db.Tx, p *Proceeding) error {
		if in.Via != ByHand && in.Via != ByPost {
			return fault.Invalid("form.invalid", fault.At("via", "aftercare.via"))
		}
		return s.object(tx, who, p, in)
	})
}

func (s *Service) object(tx *db.Tx, who staff.Actor, p *Proceeding, in Object) error {
	in.Name, in.Contact, in.Text = strings.TrimSpace(in.Name), strings.TrimSpace(in.Contact), strings.TrimSpace(in.Text)
	if err := p.object(in, calendar.DayOf(tx.Now)); err != nil {
		return err
	}
	if p.Simple == nil {
		p.StatedAt, p.StatedVia = tx.Now, in.Via
		p.tell(tx, who, "aftercare.stated", "")
		return nil
	}
	s.putObjection(tx, Objection{id.New(), p.ID, in.Claim, in.Via, who.AccountID, tx.Now, in.Said})
	p.drop(Objected, "公示期内有人提出异议，简易注销程序终止。可以依法清算后按一般程序申请注销。", tx.Now)
	p.tell(tx, who, "aftercare.decided", "")
	return nil
}

// object is the rule: while the notice runs, by somebody who says who they are,
// what they claim, and why.
func (p *Proceeding) object(in Object, today calendar.Day) error {
	if p.Status != Noticed && (p.Status != Notified || !p.Public) {
		return fault.Conflict("aftercare.not_open", "status", string(p.Status))
	}
	if p.Simple != nil && today > p.Until {
		return fault.Refused("aftercare.late_objection", catalog.LawNotice, "day", p.Until.Chinese())
	}
	if wrong := in.lacks(); len(wrong) > 0 {
		return fault.Invalid("form.invalid", wrong...)
	}
	if p.Simple == nil {
		return p.state(in.Name+"（"+in.Contact+"）："+in.Text, today)
	}
	return nil
}

func (in Object) lacks() (wrong []fault.Field) {
	switch in.Claim {
	case Department, Creditor, Employee, OtherClaim:
	default:
		wrong = append(wrong, fault.At("claim", "aftercare.claim"))
	}
	for _, f := range []struct{ name, value, label string }{{"name", in.Name, "姓名或者名称"}, {"contact", in.Contact, "联系方式"}, {"text", in.Text, "异议的事实和理由"}} {
		switch n := len([]rune(f.value)); {
		case n == 0:
			wrong = append(wrong, fault.At(f.name, "form.required", "label", f.label))
		case n > mostStatement:
			wrong = append(wrong, fault.At(f.name, "form.too_long", "max", "5000", "n", ""))
		}
	}
	return wrong
}

// Objections are those to a procedure, for the officers in whose scope it is;
// the holder is told that there was one, not by whom.
func (s *Service) Objections(ctx context.Context, who staff.Actor, proceedingID string) (out []Objection, err error) {
	if who.Kind == staff.Applicant {
		return nil, fault.Denied("permission")
	}
	if _, err := s.Get(ctx, who, proceedingID); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out, err = db.List(tx, s.scanObjection, `select id, proceeding_id, kind, sealed, via, account_id, at from proceeding_objection
			where proceeding_id = $1 order by id limit $2`, proceedingID, most)
		return err
	})
	return out, err
}

// sealObjection is the context of the sealed column.
const sealObjection = "aftercare.objection"

func (s *Service) putObjection(tx *db.Tx, o Objection) {
	b, err := json.Marshal(o.Said)
	if err != nil {
		panic("aftercare: " + err.Error())
	}
	tx.Write(`insert into proceeding_objection (id, proceeding_id, kind, sealed, via, account_id, at) values ($1, $2, $3, $4, $5, $6, $7)`,
		o.ID, o.ProceedingID, string(o.Claim), s.o.Keys.Seal(sealObjection, string(b)), string(o.Via), o.AccountID, db.Stamp(o.At))
}

func (s *Service) scanObjection(r db.Scanner) (o Objection, err error) {
	var sealed string
	if err := r.Scan(&o.ID, &o.ProceedingID, &o.Claim, &sealed, &o.Via, &o.AccountID, db.At{Time: &o.At}); err != nil {
		return o, err
	}
	text, err := s.o.Keys.Open(sealObjection, sealed)
	if err != nil {
		return o, err
	}
	return o, json.Unmarshal([]byte(text), &o.Said)
}

// Announced are the procedures that everybody may read of, the newest first:
// simple deregistrations and notices to who is not known. after is the id of
// the last one of the page before. What is decided stays for keepDays.
func (s *Service) Announced(ctx context.Context, after string, limit int) (out []*Proceeding, err error) {
	if after == "" {
		after = "~"
	}
	if limit <= 0 || limit > most {
		limit = most
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out, err = db.List(tx, s.scan, columns+`where id in (
			select id from proceeding where public = 1 and `+underWay+` and id < $1
			union select id from proceeding where public = 1 and decided_at > $2 and id < $1) order by id desc limit $3`,
			after, db.Stamp(tx.Now.AddDate(0, 0, -keepDays)), limit)
		return err
	})
	return out, err
}

// keepDays is how long the page still says what became of a notice.
const keepDays = 90

// Announcement is one of them.
func (s *Service) Announcement(ctx context.Context, proceedingID string) (p *Proceeding, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		p, err = s.byID(tx, proceedingID)
		if err == nil && (!p.Public || !p.Open() && p.DecidedAt.Before(tx.Now.AddDate(0, 0, -keepDays))) {
			return fault.Missing(missing)
		}
		return err
	})
	return p, err
}
