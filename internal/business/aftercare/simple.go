package aftercare

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/document"
	"onewindow/internal/business/licence"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/sm"
)

// Way is which of the two simple deregistrations it is; empty for none.
type Way string

// The ways.
const (
	CompanyWay    Way = "company"    // 公示二十日，期满申请
	IndividualWay Way = "individual" // 个体工商户：推送有关部门十日
)

// Simple (简易注销) is what a simple deregistration has beside any other.
type Simple struct {
	Way       Way
	ApplyBy   calendar.Day // last day for applying after the notice; zero for an individual business
	AppliedAt time.Time
	Due       calendar.Day // by when the body decides; zero until it is asked to
	Promise
}

// Promise is the written commitment (承诺书) by all investors. It is sealed.
type Promise struct {
	Lines     []string `json:"lines"`
	Investors []string `json:"investors"`
	SignedBy  string   `json:"signed_by"` // who was signed in
	SM3       string   `json:"sm3"`       // of the lines and the investors, a line each
}

// promises is what the law wants promised: that nothing is owed, and that none
// of what excludes the simple way is there (市场主体登记管理条例第三十三条第一款、
// 第四款；市场主体登记管理条例实施细则第四十八条).
var promises = []string{
	"未发生债权债务或者已将债权债务清偿完结，未发生或者已结清清偿费用、职工工资、社会保险费用、法定补偿金、应缴纳税款（滞纳金、罚款）",
	"注销依法不须经批准；没有被吊销营业执照、责令关闭、撤销，没有被列入经营异常名录或者市场监督管理严重违法失信名单",
	"股权（财产份额）没有被冻结、出质或者动产抵押，没有对其他市场主体投资",
	"没有正在被立案调查或者采取行政强制措施，没有正在进行的诉讼或者仲裁",
	"没有尚未执行完毕的罚款等行政处罚",
	"全体投资人对上述情况的真实性承担法律责任",
}

// Promises is the text of the commitment, a promise a line.
func Promises() []string { return promises }

// decideDays are the working days for registering what was applied for
// (市场主体登记管理条例第十九条第一款).
const decideDays = 3

// Simplify (申请简易注销) is the holder's wish to end a market entity the simple
// way: the promise, then the notice.
type Simplify struct {
	LicenceID string
	Promised  []string // "1", "2" … as Promises are numbered
	Investors string   // all of them, one a line
	Reasons   string
}

// Simplify gives the id of the procedure, whose notice has begun.
func (s *Service) Simplify(ctx context.Context, who staff.Actor, in Simplify) (proceedingID string, err error) {
	if err := who.Must(staff.LicenceAnswer); err != nil {
		return "", err
	}
	var caseID string
	err = s.db.Act(ctx, func(tx *db.Tx) error {
		l, err := s.licenceFor(tx, who, staff.LicenceAnswer, in.LicenceID)
		if err != nil {
			return err
		}
		caseID = l.CaseID
		rule, err := s.simpleRule(tx, l)
		if err != nil {
			return err
		}
		p := proceedingOn(l, who, tx)
		if err := in.simplify(p, rule, who, calendar.DayOf(tx.Now)); err != nil {
			return err
		}
		if p.Simple.Way == IndividualWay {
			p.Simple.Due = s.o.Casework.Calendar().AddWorking(p.Until, decideDays)
		}
		proceedingID = p.ID
		return s.publish(tx, who, l, p)
	})
	s.o.Casework.KeepRefusal(ctx, who, caseID, staff.LicenceAnswer, err)
	return proceedingID, asOpen(err)
}

// simpleRule is the matter's own word on the simple way, of today, for a licence
// that stands and about which nothing is applied for.
func (s *Service) simpleRule(tx *db.Tx, l *licence.Licence) (*catalog.SimpleCancel, error) {
	impl, err := s.o.Catalog.InForce(tx, l.Content.Matter.Code, calendar.DayOf(tx.Now))
	if err != nil {
		return nil, err
	}
	if impl.SimpleCancel == nil {
		return nil, fault.Refused("aftercare.not_simple", catalog.LawSimple)
	}
	if st := l.StatusOn(calendar.DayOf(tx.Now)); st != licence.Valid {
		return nil, fault.Refused("aftercare.standing", catalog.LawNotSimple, "status", string(st))
	}
	open, err := s.o.Casework.OpenAbout(tx, l.ID)
	if err == nil && open != nil {
		return nil, fault.Refused("licence.application_open", "", "number", open.Number)
	}
	return impl.SimpleCancel, err
}

// SimpleFor says whether the holder may go the simple way today: the matter's
// rule, or the refusal of it.
func (s *Service) SimpleFor(ctx context.Context, who staff.Actor, licenceID string) (rule *catalog.SimpleCancel, err error) {
	if err := who.Must(staff.LicenceAnswer); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		l, err := s.licenceFor(tx, who, staff.LicenceAnswer, licenceID)
		if err == nil {
			rule, err = s.simpleRule(tx, l)
		}
		return err
	})
	return rule, err
}

// simplify is the rule: everything is promised, by all investors; from today
// whoever has a claim may object until the last day.
func (in Simplify) simplify(p *Proceeding, rule *catalog.SimpleCancel, who staff.Actor, today calendar.Day) error {
	var wrong []fault.Field
	for i := range promises {
		if !slices.Contains(in.Promised, digits(i+1)) {
			wrong = append(wrong, fault.At("promise", "aftercare.promise"))
			break
		}
	}
	investors := lines(in.Investors)
	if len(investors) == 0 {
		wrong = append(wrong, fault.At("investors", "form.required", "label", "全体投资人"))
	}
	if strings.TrimSpace(in.Reasons) == "" {
		wrong = append(wrong, fault.At("reasons", "form.required", "label", "申请注销的原因"))
	}
	if len(wrong) > 0 {
		return fault.Invalid("form.invalid", wrong...)
	}
	p.Kind, p.Ground, p.Requested, p.Reasons, p.Status = Deregister, "requested", true, lines(in.Reasons), Noticed
	p.Until = rule.Until(today)
	p.Simple = &Simple{Way: CompanyWay, ApplyBy: rule.ApplyBy(p.Until), Promise: Promise{Lines: promises, Investors: investors, SignedBy: who.Name}}
	if rule.Individual {
		p.Simple.Way = IndividualWay
	}
	p.Public = p.Simple.Way == CompanyWay
	p.Simple.SM3 = sm.Digest([]byte(strings.Join(append(promises[:len(promises):len(promises)], investors...), "\n")))
	return nil
}

// publish issues the notice.
func (s *Service) publish(tx *db.Tx, who staff.Actor, l *licence.Licence, p *Proceeding) error {
	docID, err := s.issue(tx, who, l, document.JYGS, document.Facts{Commitment: &document.Commitment{Promises: p.Simple.Lines}, Until: &p.Until, How: howPublic})
	if err != nil {
		return err
	}
	s.insert(tx, p)
	p.tell(tx, who, "aftercare.opened", docID)
	return nil
}

// Apply (公示期满申请注销) asks for the registration after a notice to which nobody
// objected.
type Apply struct{ Seen }

// Apply is the holder's, within the time of the law.
func (s *Service) Apply(ctx context.Context, who staff.Actor, in Apply) error {
	return s.act(ctx, who, in.Seen, staff.LicenceAnswer, func(tx *db.Tx, p *Proceeding) error {
		today := calendar.DayOf(tx.Now)
		if err := p.apply(today); err != nil {
			return err
		}
		p.Simple.AppliedAt, p.Simple.Due = tx.Now, s.o.Casework.Calendar().AddWorking(today, decideDays)
		p.tell(tx, who, "aftercare.applied", "")
		return nil
	})
}

// apply is the rule: after the last day of the notice, within twenty days of it
// (市场主体登记管理条例第三十三条第二款).
func (p *Proceeding) apply(today calendar.Day) error {
	switch {
	case p.Status != Noticed || p.Simple.Way != CompanyWay:
		return fault.Conflict("aftercare.not_open", "status", string(p.Status))
	case today <= p.Until:
		return fault.Refused("aftercare.simple_running", catalog.LawNotice, "day", p.Until.Chinese())
	case today > p.Simple.ApplyBy:
		return fault.Refused("aftercare.simple_over", catalog.LawNotice, "day", p.Simple.ApplyBy.Chinese())
	}
	p.Status = Proposed
	return nil
}

// Watch reminds holders whose notice is over, and ends what was not applied for
// in time, so that another procedure may begin. It gives how many were ended.
func (s *Service) Watch(ctx context.Context) (ended int, err error) {
	var over []*Proceeding
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		today := calendar.DayOf(tx.Now).String()
		over, err = db.List(tx, s.scan, columns+`where status = 'noticed' and until_day < $1 and (reminded = 0 or apply_by <> '' and apply_by < $1)
			order by until_day, id limit $2`, today, most)
		return err
	})
	for _, p := range over {
		if err == nil {
			err = s.watch(ctx, Seen{p.ID, p.Version}, &ended)
		}
	}
	return ended, err
}

func (s *Service) watch(ctx context.Context, seen Seen, ended *int) error {
	err := s.act(ctx, staff.Machine("系统（简易注销期限）"), seen, staff.LicenceEnd, func(tx *db.Tx, p *Proceeding) error {
		if x := p.Simple; x.ApplyBy == 0 || calendar.DayOf(tx.Now) <= x.ApplyBy {
			tx.Write(`update proceeding set reminded = 1 where id = $1`, p.ID)
			p.tell(tx, staff.Machine("系统（简易注销期限）"), "aftercare.notice_over", "")
			return nil
		}
		p.drop(Lapsed, "公示期满后未在"+p.Simple.ApplyBy.Chinese()+"前申请注销登记，简易注销程序终止。", tx.Now)
		p.tell(tx, staff.Machine("系统（简易注销期限）"), "aftercare.decided", "")
		*ended++
		return nil
	})
	if f := fault.Of(err); f != nil && f.Kind == fault.KindConflict { // somebody was faster
		return nil
	}
	return err
}

// drop ends a procedure by itself, without anybody's decision.
func (p *Proceeding) drop(as Outcome, why string, now time.Time) {
	p.Status, p.Outcome, p.Answer, p.DecidedAt, p.DecidedName = Dropped, as, why, now, "依法终止"
}

// simple is what a simple deregistration has, or nothing.
func (p *Proceeding) simple() Simple {
	if p.Simple == nil {
		return Simple{}
	}
	return *p.Simple
}

// sealPromise is the context of the sealed column.
const sealPromise = "aftercare.promise"

func (s *Service) sealedPromise(p *Proceeding) string {
	if p.Simple == nil {
		return ""
	}
	b, err := json.Marshal(p.Simple.Promise)
	if err != nil {
		panic("aftercare: " + err.Error())
	}
	return s.o.Keys.Seal(sealPromise, string(b))
}

func (s *Service) openPromise(x *Simple, sealed string) error {
	text, err := s.o.Keys.Open(sealPromise, sealed)
	if err != nil {
		return err
	}
	return json.Unmarshal([]byte(text), &x.Promise)
}
