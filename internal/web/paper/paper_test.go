package paper

import (
	"context"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"onewindow/internal/kit/pdf"
)

// The page says everything that the PDF says, as text, and nothing as markup.
func TestSheet(t *testing.T) {
	d := pdf.Document{Body: "定州市行政审批局", Title: "受理通知书", Number: "定审受字〔2026〕第1号", Blocks: []pdf.Block{
		pdf.Paragraph{Text: "张伟：", Flush: true}, pdf.Paragraph{Text: "第一段\n第二段 <b>粗</b>"}, pdf.Heading{Text: "一、事项"},
		pdf.Items{Numbering: pdf.Chinese, Texts: []string{"甲", "乙"}}, pdf.Items{Texts: []string{"丙"}},
		pdf.Fields{Paired: true, Fields: []pdf.Field{{Label: "甲", Value: "1"}, {Label: "乙", Value: "2"}, {Label: "丙", Value: "3", Wide: true}, {Label: "丁", Value: "4"}}},
		pdf.Table{Columns: []pdf.Column{{Title: "序号", Align: pdf.Center}, {Title: "名称"}}, Rows: [][]string{{"1", "申请书"}}},
		pdf.Blanks{Labels: []string{"签字："}}, pdf.Note{Text: "说明"},
		pdf.Signature{Body: "定州市行政审批局", Date: "2026年9月14日", Seal: &pdf.Seal{Name: "定州市行政审批局", Purpose: "受理专用章"}, QR: &pdf.QR{Payload: "http://127.0.0.1/x", Caption: "扫码\n查询"}},
	}}
	var b strings.Builder
	if err := Sheet(d).Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"定审受字〔2026〕第1号", "第二段 <b>粗</b>", "（二）乙", "1．丙", "申请书", "签字：", "说明", "2026年9月14日", "电子印章（演示）", "查询"} {
		if !strings.Contains(doc.Text(), want) {
			t.Errorf("%s is not said", want)
		}
	}
	if doc.Find("b").Length() > 0 || doc.Find("[style]").Length() > 0 {
		t.Error("markup came through")
	}
	if n := doc.Find(".ow-paper-fields tr").Length(); n != 3 {
		t.Errorf("%d rows of fields", n)
	}
	if doc.Find(".ow-paper-qr path").Length() != 1 {
		t.Error("no square code")
	}
}

func TestMarks(t *testing.T) {
	for n, want := range map[int]string{1: "（一）", 10: "（十）", 21: "（二十一）", 99: "（九十九）", 100: "100．"} {
		if got := mark(pdf.Chinese, n); got != want {
			t.Errorf("%d is %s", n, got)
		}
	}
	if mark(pdf.Circled, 20) != "⑳" || mark(pdf.Circled, 21) != "21．" || mark(pdf.Arabic, 3) != "3．" {
		t.Error("marks")
	}
}
