package privacy

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// Notice (个人信息处理告知) is what is told before data is taken
// (个人信息保护法第十七条、第三十条、第三十五条). A body that performs its duties
// needs no consent; it tells.
type Notice struct {
	Version  int
	Revision int // of a draft; 0 for the one that comes with the program
	Draft    bool
	From     calendar.Day
	Parts    []Part
	Review   Review
	ByName   string // who published it
}

// Part is one thing that is told. Key says which of Topics it is; "" for a
// further one.
type Part struct {
	Key   string `json:"key,omitempty"`
	Title string `json:"title"`
	Text  string `json:"text"`
}

// Topics are what every notice tells, in this order, each with its law.
func Topics() []Topic { return slices.Clone(topics) }

// Topic is one thing that the law wants told.
type Topic struct{ Key, Title, Law string }

var topics = []Topic{
	{"who", "谁处理您的个人信息", "个人信息保护法第十七条第一款第（一）项"},
	{"why", "为什么处理、怎样处理", "个人信息保护法第十七条第一款第（二）项"},
	{"what", "处理哪些信息", "个人信息保护法第十七条第一款第（二）项"},
	{"sensitive", "敏感个人信息", "个人信息保护法第三十条"},
	{"keep", "保存多久", "个人信息保护法第十七条第一款第（二）项"},
	{"given", "提供给谁", "个人信息保护法第二十三条"},
	{"rights", "您的权利和怎样行使", "个人信息保护法第十七条第一款第（三）项"},
	{"machine", "不由机器决定", "个人信息保护法第二十四条"},
}

// first is the notice that comes with the program, in force until a body
// publishes its own.
var first = Notice{Version: 1, From: calendar.MustDay("2026-09-01"), Parts: []Part{
	{"who", topics[0].Title, "受理和办理您所申请事项的行政机关（见办事指南的实施主体），以及为其提供本平台的主办单位（见每页下方）。联系方式：12345政务服务便民热线。"},
	{"why", topics[1].Title, "为履行法定职责、办理您申请的事项：核验身份、审查申请、制作和送达文书、颁发证照、通知进度、依法公开决定、接受监督和归档。处理这些信息依法不需要取得同意（个人信息保护法第十三条第一款第（三）项），但以办理该事项所必需的为限。"},
	{"what", topics[2].Title, "姓名、证件类型和号码、联系电话、地址，申请表所列的事项信息和您上传的材料；由代理人办理的，还有代理人的姓名、证件号码和联系电话。"},
	{"sensitive", topics[3].Title, "证件号码、住址、联系方式以及个别事项要求的健康等信息，只在该事项的法律、法规要求时收集，用于核实身份和审查条件；不提供的，可能无法确认您是否符合条件。这些信息加密保存，页面上遮盖显示，工作人员查看完整信息须写明理由并留下记录。"},
	{"keep", topics[4].Title, "办件结束后按照档案管理规定的期限保存，期满销毁或者移交档案机构；没有提交的草稿由您随时删除。日志保存不少于六个月。"},
	{"given", topics[5].Title, "法律、法规规定的办理、会同办理、监管、档案机构；依法公开的决定会去除商业秘密和个人隐私。不向境外提供。"},
	{"rights", topics[6].Title, "您可以在「账户」查阅和更正联系方式，可以要求复制、补充、更正您的个人信息，可以要求说明处理规则；认为处理违法的，可以投诉、举报，或者依法申请行政复议、提起诉讼。不满十四周岁的，由监护人办理。"},
	{"machine", topics[7].Title, "本平台不以自动化方式作出不予许可的决定。对任何决定有异议的，可以要求说明理由，并按文书载明的途径申请人工复核、行政复议或者提起诉讼（个人信息保护法第二十四条）。"},
}}

// Lacks are the titles of what the law wants told and the notice does not tell.
func (n Notice) Lacks() (out []string) {
	for _, t := range topics {
		if !slices.ContainsFunc(n.Parts, func(p Part) bool { return p.Key == t.Key && strings.TrimSpace(p.Text) != "" }) {
			out = append(out, t.Title)
		}
	}
	for _, p := range n.Parts {
		if p.Key == "" && (strings.TrimSpace(p.Title) == "" || strings.TrimSpace(p.Text) == "") {
			out = append(out, furtherTitle)
		}
	}
	return out
}

// furtherTitle stands for a further part that has no title or no text.
const furtherTitle = "其他要告知的内容的标题或者正文"

const noticeColumns = `select version, revision, status, from_day, parts, review, by_name from privacy_notice `

func scanNotice(r db.Scanner) (n Notice, err error) {
	var status, parts, review string
	var from sql.NullString
	if err := r.Scan(&n.Version, &n.Revision, &status, &from, &parts, &review, &n.ByName); err != nil {
		return n, err
	}
	n.Draft = status == "draft"
	if from.Valid {
		if n.From, err = calendar.ParseDay(from.String); err != nil {
			return n, err
		}
	}
	if err := json.Unmarshal([]byte(parts), &n.Parts); err != nil {
		return n, err
	}
	return n, json.Unmarshal([]byte(review), &n.Review)
}

// InForce is the notice of a day, inside another noun's act.
func InForce(tx *db.Tx, day calendar.Day) (Notice, error) {
	list, err := db.List(tx, scanNotice, noticeColumns+`where status = 'published' and from_day <= $1 order by version desc limit 1`, day.String())
	if err != nil || len(list) == 0 {
		return first, err
	}
	return list[0], nil
}

// Told is the version that an applicant is told on a day, held to the one that
// the page showed, 0 for a page that shows none. Fault privacy.changed when
// another has come into force since (个人信息保护法第十七条第二款).
func Told(tx *db.Tx, day calendar.Day, shown int) (int, error) {
	n, err := InForce(tx, day)
	if err == nil && shown != 0 && shown != n.Version {
		err = fault.Conflict("privacy.changed", "version", strconv.Itoa(n.Version))
	}
	return n.Version, err
}

// Current is the notice in force today.
func (s *Service) Current(ctx context.Context) (n Notice, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		n, err = InForce(tx, calendar.DayOf(s.db.Clock().Now()))
		return err
	})
	return n, err
}

// mostNotices bounds the list of versions; a notice changes once in years.
const mostNotices = 200

// Notices are all published versions, the newest first, those to come as well.
func (s *Service) Notices(ctx context.Context) (out []Notice, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out, err = db.List(tx, scanNotice, noticeColumns+`where status = 'published' order by version desc limit $1`, mostNotices)
		return err
	})
	return append(out, first), err
}

// NoticeDraft is the draft of the next version; nil when there is none.
func (s *Service) NoticeDraft(ctx context.Context, who staff.Actor) (n *Notice, err error) {
	if err := who.Must(staff.PrivacyManage); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		n, err = noticeDraft(tx)
		return err
	})
	return n, err
}

func noticeDraft(tx *db.Tx) (*Notice, error) {
	list, err := db.List(tx, scanNotice, noticeColumns+`where status = 'draft' limit 1`)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
}

// newest is the published version with the highest number.
func newest(tx *db.Tx) (Notice, error) {
	list, err := db.List(tx, scanNotice, noticeColumns+`where status = 'published' order by version desc limit 1`)
	if err != nil || len(list) == 0 {
		return first, err
	}
	return list[0], nil
}
