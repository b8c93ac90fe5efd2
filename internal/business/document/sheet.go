package document

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/deadline"
	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/pdf"
)

// sheet is a document's text while it is put together.
type sheet struct {
	*Facts
	doc    *Document
	spec   *Spec
	blocks []pdf.Block
}

func (s *sheet) add(b pdf.Block) { s.blocks = append(s.blocks, b) }

// letter begins a letter: the small print that names matter and case, and the
// reader.
func (s *sheet) letter(name string) {
	second := strings.TrimSpace(labelled("办件编号：", s.CaseNumber) + labelled("　代理人：", s.Agent))
	s.note("事项编码：%s", s.Matter.Code+labelled("\n", second))
	s.to(name)
}

// letterOther is letter for others than the applicant.
func (s *sheet) letterOther(name string) {
	s.note("事项编码：%s", s.Matter.Code)
	s.to(name)
}

func (s *sheet) to(name string) { s.add(pdf.Paragraph{Text: name + "：", Flush: true}) }

// say is a paragraph.
func (s *sheet) say(format string, args ...any) {
	s.add(pdf.Paragraph{Text: fmt.Sprintf(format, args...)})
}

// list counts items （一）（二）; a single one stands as a paragraph.
func (s *sheet) list(items []string) {
	if len(items) == 1 {
		s.say("%s", items[0])
		return
	}
	s.add(pdf.Items{Numbering: pdf.Chinese, Texts: items})
}

func (s *sheet) heading(text string) { s.add(pdf.Heading{Text: text}) }

func (s *sheet) note(format string, args ...any) {
	s.add(pdf.Note{Text: fmt.Sprintf(format, args...)})
}

// table is a numbered table; the first column counts the rows.
func (s *sheet) table(columns []pdf.Column, rows [][]string) {
	columns = append([]pdf.Column{{Title: "序号", Share: 0.85, Align: pdf.Center}}, columns...)
	for i, r := range rows {
		rows[i] = append([]string{strconv.Itoa(i + 1)}, r...)
	}
	s.add(pdf.Table{Columns: columns, Rows: rows})
}

// box is a ruled table of labels and values in pairs; values that are not
// given are left out.
func (s *sheet) box(fields ...pdf.Field) {
	kept := fields[:0]
	for _, f := range fields {
		if f.Value != "" {
			kept = append(kept, f)
		}
	}
	s.add(pdf.Fields{Fields: kept, Paired: true})
}

// about is the rows that say whose case a form belongs to.
func (s *sheet) about(more ...pdf.Field) {
	s.box(append([]pdf.Field{
		{Label: "申请人", Value: s.Applicant.Name},
		{Label: "代理人", Value: s.Agent},
		wide("事项名称", s.Matter.Name),
		wide("事项编码", s.Matter.Code),
		wide("办件编号", s.CaseNumber),
	}, more...)...)
}

// sign closes the applicant's document with body, date, seal and square code.
func (s *sheet) sign() {
	sign := s.signature()
	if s.QueryURL != "" && !s.spec.Internal {
		sign.QR = &pdf.QR{Payload: s.QueryURL, Caption: strings.TrimSpace("扫码查询办理情况\n" + labelled("查询码 ", s.CheckCode))}
	}
	s.add(sign)
}

// signOther closes a document that others than the applicant read: nothing on
// it opens the applicant's case.
func (s *sheet) signOther() { s.add(s.signature()) }

func (s *sheet) signature() pdf.Signature {
	sign := pdf.Signature{Body: s.doc.Body.Name, Date: day(s.doc.IssuedAt)}
	if s.spec.decides && s.DecidedOn != nil {
		sign.Date = date(s.DecidedOn)
	}
	switch seal := s.spec.Seal; {
	case seal == Unsealed:
	case seal == BodySeal:
		sign.Seal = &pdf.Seal{Name: s.doc.Body.Name}
	case seal == LicensingSeal && !s.Matter.licensing():
		sign.Seal = &pdf.Seal{Name: s.doc.Body.Name, Purpose: string(AcceptSeal)}
	default:
		sign.Seal = &pdf.Seal{Name: s.doc.Body.Name, Purpose: string(seal)}
	}
	return sign
}

func (s *sheet) blanks(labels ...string) { s.add(pdf.Blanks{Labels: labels}) }

// applied is how a letter begins: 你单位于2026年9月14日向本机关提出“…”申请.
func (s *sheet) applied() string {
	when := ""
	if !s.ReceivedAt.IsZero() {
		when = "于" + day(s.ReceivedAt)
	}
	return s.you() + when + "向本机关提出“" + s.Matter.Name + "”申请"
}

// under cites the Licensing Act, which other matters follow by analogy (参照).
func (s *sheet) under(article string) string {
	if s.Matter.licensing() {
		return "根据《中华人民共和国行政许可法》" + article + "的规定"
	}
	return "参照《中华人民共和国行政许可法》" + article + "的规定"
}

// resting cites the matter's own basis and then the Licensing Act.
func (s *sheet) resting(article string) string {
	if len(s.Basis) == 0 {
		return s.under(article)
	}
	own := "根据" + strings.Join(s.Basis, "、")
	if s.Matter.licensing() {
		return own + "和《中华人民共和国行政许可法》" + article + "的规定"
	}
	return own + "的规定，" + s.under(article)
}

// act is what the body grants or refuses.
func (s *sheet) act() string {
	if s.Matter.licensing() {
		return "行政许可"
	}
	return "办理"
}

// remedies tells where to turn against the document (paper is 决定书, 通知书 …).
func (s *sheet) remedies(paper string) {
	r := s.Facts.Remedies
	law := ""
	if r.SuitLaw != "" {
		law = "根据" + r.SuitLaw + "的规定，"
	}
	s.say("如不服本%[8]s，%[2]s可以自收到本%[1]s之日起%[3]d日内向%[4]s申请行政复议；也可以%[7]s自收到本%[1]s之日起%[5]d个月内，依法向%[6]s提起行政诉讼。",
		paper, s.you(), r.ReviewDays, r.Review, r.SuitMonths, r.Court, law, strings.TrimSuffix(paper, "书"))
	if s.ServedOnline {
		s.say("本%s通过互联网渠道送达。根据《中华人民共和国行政复议法》第二十二条第二款的规定，%s可以通过以下互联网渠道提交行政复议申请书：%s。",
			paper, s.you(), r.Online)
	}
}

// ask names the telephones.
func (s *sheet) ask() {
	var parts []string
	for _, p := range []struct{ label, value string }{
		{"联系人：", s.Contact}, {"咨询电话：", s.Phone}, {"监督投诉电话：", s.Supervision},
	} {
		if p.value != "" {
			parts = append(parts, p.label+p.value)
		}
	}
	if len(parts) > 0 {
		s.say("%s。", strings.Join(parts, "；"))
	}
}

// before is the last day for something: 2026年9月30日前（含当日）.
func (s *sheet) before() string { return date(s.Until) + "前（含当日）" }

func wide(label, value string) pdf.Field { return pdf.Field{Label: label, Value: value, Wide: true} }

func labelled(label, value string) string {
	if value == "" {
		return ""
	}
	return label + value
}

// day is the civil day of an instant: 2026年9月14日.
func day(t time.Time) string { return calendar.DayOf(t).Chinese() }

// date is a day that may not be set.
func date(d *calendar.Day) string {
	if d == nil {
		return ""
	}
	return d.Chinese()
}

// minute is an instant to the minute: 2026年9月14日9时05分.
func minute(t time.Time) string {
	t = t.In(clock.Beijing)
	return fmt.Sprintf("%s%d时%02d分", day(t), t.Hour(), t.Minute())
}

var units = map[deadline.Unit]string{
	deadline.Working: "个工作日", deadline.Natural: "日", deadline.Month: "个月", deadline.Year: "年",
}

var starts = map[deadline.Start]string{
	deadline.Received: "收到申请之日", deadline.Accepted: "受理之日", deadline.AllMaterials: "收到全部有效文件之日",
	deadline.Decided: "作出决定之日", deadline.Notified: "告知之日", deadline.Expiry: "有效期届满之日",
}

// length is a limit in words: 20个工作日（自受理之日起算，当日不计入）.
func length(l deadline.Limit) string {
	if l.Unit == "" {
		return ""
	}
	if l.N == 0 {
		return "当日办结"
	}
	text := strconv.Itoa(l.N) + units[l.Unit]
	if from := starts[l.Start]; from != "" {
		text += "（自" + from + "起算，当日不计入）"
	}
	return text
}

// limit is a limit with its due day: 20个工作日（…），截止日期为2026年10月21日.
func limit(d Due) string {
	if n := length(d.Limit); n != "" {
		return n + "，" + end(d)
	}
	return end(d)
}

// end is the due day alone.
func end(d Due) string {
	text := "截止日期为" + d.Day.Chinese()
	if d.Provisional {
		text += "（暂定，待国家公布相应年度节假日安排后确定）"
	}
	return text
}

// stop ends a text with a full stop unless it has one.
func stop(text string) string {
	text = strings.TrimSpace(text)
	if strings.HasSuffix(text, "。") {
		return text
	}
	return strings.TrimRight(text, "；;，,.") + "。"
}

// stops ends every text of a list with a full stop.
func stops(list []string) []string {
	out := make([]string, len(list))
	for i, t := range list {
		out[i] = stop(t)
	}
	return out
}

func yes(b *bool) string {
	if b != nil && *b {
		return "是"
	}
	return "否"
}

func join(list []string) string { return strings.Join(list, "、") }

// orNone writes 无 where nothing is given.
func orNone(text string) string {
	if !given(text) {
		return "无"
	}
	return text
}
