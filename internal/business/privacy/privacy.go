// Package privacy is what the platform owes to those whose personal data it
// processes: the notice, kept by version, and the assessments of impact.
package privacy

import (
	"context"
	"strings"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/audit"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/id"
)

// Notice (个人信息处理告知) is what is told before data is taken
// (个人信息保护法第十七条、第三十条、第三十五条). A body that performs its duties
// needs no consent; it tells.
type Notice struct {
	Version int
	From    calendar.Day
	Parts   []Part
}

// Part is one thing that is told.
type Part struct{ Title, Text string }

// notices are all versions, the newest last. One that was in force is never
// changed.
var notices = []Notice{{Version: 1, From: calendar.MustDay("2026-09-01"), Parts: []Part{
	{"谁处理您的个人信息", "受理和办理您所申请事项的行政机关（见办事指南的实施主体），以及为其提供本平台的定州市行政审批局。联系方式：12345政务服务便民热线。"},
	{"为什么处理、怎样处理", "为履行法定职责、办理您申请的事项：核验身份、审查申请、制作和送达文书、颁发证照、通知进度、依法公开决定、接受监督和归档。处理这些信息依法不需要取得同意（个人信息保护法第十三条第一款第（三）项），但以办理该事项所必需的为限。"},
	{"处理哪些信息", "姓名、证件类型和号码、联系电话、地址，申请表所列的事项信息和您上传的材料；由代理人办理的，还有代理人的姓名、证件号码和联系电话。"},
	{"敏感个人信息", "证件号码、住址、联系方式以及个别事项要求的健康等信息，只在该事项的法律、法规要求时收集，用于核实身份和审查条件；不提供的，可能无法确认您是否符合条件。这些信息加密保存，页面上遮盖显示，工作人员查看完整信息须写明理由并留下记录。"},
	{"保存多久", "办件结束后按照档案管理规定的期限保存，期满销毁或者移交档案机构；没有提交的草稿由您随时删除。日志保存不少于六个月。"},
	{"提供给谁", "法律、法规规定的办理、会同办理、监管、档案机构；依法公开的决定会去除商业秘密和个人隐私。不向境外提供。"},
	{"您的权利和怎样行使", "您可以在「账户」查阅和更正联系方式，可以要求复制、补充、更正您的个人信息，可以要求说明处理规则；认为处理违法的，可以投诉、举报，或者依法申请行政复议、提起诉讼。不满十四周岁的，由监护人办理。"},
	{"不由机器决定", "本平台不以自动化方式作出不予许可的决定。对任何决定有异议的，可以要求说明理由，并按文书载明的途径申请人工复核、行政复议或者提起诉讼（个人信息保护法第二十四条）。"},
}}}

// Notices are all versions, the newest first.
func Notices() []Notice {
	out := make([]Notice, 0, len(notices))
	for i := len(notices) - 1; i >= 0; i-- {
		out = append(out, notices[i])
	}
	return out
}

// Current is the version in force.
func Current() Notice { return notices[len(notices)-1] }

const (
	lawAssess = "个人信息保护法第五十五条、第五十六条"
	keepYears = 3 // 个人信息保护法第五十六条第二款
)

// Assessment (个人信息保护影响评估) is one assessment on record. There is no act that
// changes or removes one.
type Assessment struct {
	ID                                       string
	Title, Purpose, Risks, Measures, Outcome string
	KeepTo                                   calendar.Day
	ByName                                   string
	At                                       time.Time
}

// Service holds the acts of this noun.
type Service struct{ db *db.DB }

// New makes the service.
func New(d *db.DB) *Service { return &Service{d} }

// Assess records an assessment.
type Assess struct{ Title, Purpose, Risks, Measures, Outcome string }

const mostText = 5000

func (in Assess) check() error {
	var wrong []fault.Field
	for _, x := range [][2]string{{"title", in.Title}, {"purpose", in.Purpose}, {"risks", in.Risks}, {"measures", in.Measures}, {"outcome", in.Outcome}} {
		switch n := len([]rune(strings.TrimSpace(x[1]))); {
		case n == 0:
			wrong = append(wrong, fault.At(x[0], "text.required"))
		case n > mostText:
			wrong = append(wrong, fault.At(x[0], "text.too_long", "max", "5000"))
		}
	}
	if len(wrong) == 0 {
		return nil
	}
	f := fault.Invalid("form.invalid", wrong...)
	f.Law = lawAssess
	return f
}

// Assess keeps the report for three years at least.
func (s *Service) Assess(ctx context.Context, who staff.Actor, in Assess) (assessmentID string, err error) {
	err = s.db.Act(ctx, func(tx *db.Tx) error {
		if err := who.Must(staff.PrivacyManage); err != nil {
			return err
		}
		if err := in.check(); err != nil {
			return err
		}
		a := Assessment{ID: id.New(), KeepTo: calendar.DayOf(tx.Now).AddMonths(12 * keepYears)}
		tx.Write(`insert into impact_assessment (id, title, purpose, risks, measures, outcome, keep_to, by_id, by_name, at)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, a.ID, strings.TrimSpace(in.Title), strings.TrimSpace(in.Purpose), strings.TrimSpace(in.Risks),
			strings.TrimSpace(in.Measures), strings.TrimSpace(in.Outcome), a.KeepTo.String(), who.AccountID, who.Name, db.Stamp(tx.Now))
		audit.Record(tx, audit.Entry{ActorID: who.AccountID, ActorName: who.Name, Act: "privacy.assess", SubjectKind: "assessment", SubjectID: a.ID, RequestID: who.RequestID})
		assessmentID = a.ID
		return nil
	})
	return assessmentID, err
}

// List are the assessments, the newest first; after is the id of the last one of
// the page before.
func (s *Service) List(ctx context.Context, who staff.Actor, after string, limit int) (out []Assessment, err error) {
	if err := who.Must(staff.PrivacyManage); err != nil {
		return nil, err
	}
	if after == "" {
		after = "~"
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out, err = db.List(tx, scan, columns+`where id < $1 order by id desc limit $2`, after, limit)
		return err
	})
	return out, err
}

const columns = `select id, title, purpose, risks, measures, outcome, keep_to, by_name, at from impact_assessment `

func scan(r db.Scanner) (a Assessment, err error) {
	return a, r.Scan(&a.ID, &a.Title, &a.Purpose, &a.Risks, &a.Measures, &a.Outcome, &a.KeepTo, &a.ByName, db.At{Time: &a.At})
}

// Get is one assessment.
func (s *Service) Get(ctx context.Context, who staff.Actor, assessmentID string) (a Assessment, err error) {
	if err := who.Must(staff.PrivacyManage); err != nil {
		return a, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		a, err = db.One(tx, "privacy.missing", scan, columns+`where id = $1`, assessmentID)
		return err
	})
	return a, err
}
