package pdf

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var fonts = NewFonts()

var created = time.Date(2026, 9, 18, 1, 0, 0, 0, time.UTC)

// render sets a document. With ONEWINDOW_TEST_PAPERS naming a folder, the PDF
// is kept there to be looked at.
func render(t testing.TB, d Document) []byte {
	t.Helper()
	var out bytes.Buffer
	d.Created = created
	if err := fonts.Render(&out, d); err != nil {
		t.Fatal(err)
	}
	keep(t, out.Bytes())
	return out.Bytes()
}

func renderLicence(t testing.TB, l Licence) []byte {
	t.Helper()
	var out bytes.Buffer
	l.Created = created
	if err := fonts.RenderLicence(&out, l); err != nil {
		t.Fatal(err)
	}
	keep(t, out.Bytes())
	return out.Bytes()
}

func keep(t testing.TB, pdf []byte) {
	folder := os.Getenv("ONEWINDOW_TEST_PAPERS")
	if folder == "" {
		return
	}
	name := strings.ReplaceAll(t.Name(), "/", "-") + ".pdf"
	if err := os.WriteFile(filepath.Join(folder, name), pdf, 0o600); err != nil {
		t.Fatal(err)
	}
}

// textOf is the text that a reader finds on the paper, without white space.
func textOf(t testing.TB, pdf []byte, pages ...string) string {
	t.Helper()
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("pdftotext is not installed")
	}
	cmd := exec.Command("pdftotext", append(pages, "-raw", "-enc", "UTF-8", "-", "-")...)
	cmd.Stdin = bytes.NewReader(pdf)
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	return squeeze(string(out))
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }

var decision = Document{
	Body:      "定州市行政审批局",
	Title:     "准予行政许可决定书",
	Number:    "（冀定）食经许准字〔2026〕第12号",
	Watermark: "演示·无法律效力",
	Footer:    "核验网址：https://onewindow.example/verify",
	Author:    "定州市行政审批局",
	Blocks: []Block{
		Paragraph{Text: "定州市好味道餐饮服务有限公司：", Flush: true},
		Paragraph{Text: "你单位于2026年9月14日提出的食品经营许可（新办）申请，本机关于2026年9月15日依法受理（受理编号：DZ20260915000123）。经审查，申请材料齐全、符合法定形式，经营场所经现场核查符合《食品经营许可和备案管理办法》规定的条件。"},
		Paragraph{Text: "依据《中华人民共和国行政许可法》第三十八条第一款、《中华人民共和国食品安全法》第三十五条第一款的规定，本机关决定准予行政许可，许可内容如下："},
		Items{Numbering: Chinese, Texts: []string{
			"经营者名称：定州市好味道餐饮服务有限公司；统一社会信用代码：91130682MA0XXXXX1R。",
			"经营场所：河北省保定市定州市中山东路168号“中山广场”3层301—305室。",
			"经营项目：热食类食品制售、冷食类食品制售（不含生食海产品）、自制饮品制售。",
		}},
		Paragraph{Text: "如不服本决定，可以自收到本决定书之日起六十日内向定州市人民政府申请行政复议，或者自收到本决定书之日起六个月内依法向定州市人民法院提起行政诉讼。"},
		Signature{Body: "定州市行政审批局", Date: "2026年9月18日",
			Seal: &Seal{Name: "定州市行政审批局", Purpose: "行政许可专用章"},
			QR:   &QR{Payload: "https://onewindow.example/verify?n=DZ20260915000123&c=A3CDEF", Caption: "扫码核验真伪\n核验码 A3CDEF"}},
	},
}

var licence = Licence{
	Title: "食品经营许可证", Copy: "副本", Number: "许可证编号：JY21306820012345",
	Fields: []Field{
		{Label: "经营者名称", Value: "定州市好味道餐饮服务有限公司"},
		{Label: "社会信用代码", Value: "91130682MA0XXXXX1R"},
		{Label: "法定代表人", Value: "张三"},
		{Label: "住所", Value: "河北省保定市定州市中山东路168号"},
		{Label: "经营场所", Value: "河北省保定市定州市中山东路168号“中山广场”3层301—305室"},
		{Label: "主体业态", Value: "餐饮服务经营者"},
		{Label: "经营项目", Value: "热食类食品制售；冷食类食品制售（不含生食海产品）；自制饮品制售"},
		{Label: "有效期至", Value: "2031年9月17日"},
	},
	Note: "日常监督管理机构：定州市市场监督管理局。投诉举报电话：12315。",
	Body: "定州市行政审批局", Date: "2026年9月18日",
	Seal:       &Seal{Name: "定州市行政审批局"},
	QR:         &QR{Payload: "https://onewindow.example/verify?n=JY21306820012345&c=A3CDEF", Caption: "扫码核验真伪　核验码 A3CDEF"},
	Identifier: "电子证照标识：1.2.156.3005.2.11100000MB0143028R031.11130682MB0001.JY21306820012345.001.X",
	Watermark:  "演示·无法律效力",
}

func TestDecision(t *testing.T) {
	got := textOf(t, render(t, decision))
	for _, want := range []string{"准予行政许可决定书", "〔2026〕第12号", "91130682MA0XXXXX1R", "第1页共2页", "（三）经营项目", "2026年9月18日"} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is not on the paper: %s", want, got)
		}
	}
}

func TestLicence(t *testing.T) {
	for name, landscape := range map[string]bool{"portrait": false, "landscape": true} {
		t.Run(name, func(t *testing.T) {
			l := licence
			l.Landscape = landscape
			got := textOf(t, renderLicence(t, l))
			for _, f := range l.Fields {
				if !strings.Contains(got, squeeze(f.Value)) && !strings.Contains(got, squeeze(f.Value)[:12]) {
					t.Errorf("%s is not on the licence: %s", f.Value, got)
				}
			}
		})
	}
}

var receipt = Document{
	Style: Form, Body: "定州市政务服务大厅综合窗口", Title: "申请材料接收凭证", Number: "SJ20260915000123",
	Watermark: "演示·无法律效力", Author: "定州市行政审批局",
	Blocks: []Block{
		Fields{Paired: true, Fields: []Field{
			{Label: "申请人", Value: "定州市好味道餐饮服务有限公司"}, {Label: "证件号码", Value: "91130682MA0XXXXX1R"},
			{Label: "事项名称", Value: "食品经营许可（新办）", Wide: true},
			{Label: "事项编码", Value: "11130682MB0001000131030001"}, {Label: "收到时间", Value: "2026年9月15日 09:32"},
			{Label: "受理机关", Value: "定州市行政审批局"}, {Label: "经办人", Value: "李四"},
		}},
		Heading{Text: "一、收到的材料"},
		Table{
			Columns: []Column{{Title: "序号", Share: 0.9, Align: Center}, {Title: "材料名称", Share: 4}, {Title: "形式", Share: 1.4, Align: Center}, {Title: "份数", Share: 0.8, Align: Right}, {Title: "审核要点", Share: 4}},
			Rows: [][]string{
				{"1", "食品经营许可证申请书", "电子", "1", "申请人签字或者盖章；经营项目与场所布局一致"},
				{"2", "营业执照或者其他主体资格证明文件复印件", "免提交", "1", "由电子证照库调取，免于提交"},
				{"3", "与食品经营相适应的主要设备设施布局图、操作流程等文件", "电子", "1", "标明功能间名称、面积、尺寸"},
				{"4", "食品安全管理制度", "纸质", "2", "从业人员健康管理、进货查验记录、食品安全自查等制度"},
			},
		},
		Heading{Text: "二、下一步"},
		Items{Texts: []string{
			"本机关自收到申请材料之日起5个工作日内作出是否受理的决定；逾期不告知的，自收到申请材料之日起即为受理。",
			"可凭查询码在“一窗”网站、自助终端或者拨打0312-2588888查询进度（Progress can be checked online）。",
		}},
		Blanks{Labels: []string{"申请人（签字）：", "日期："}},
		Signature{Body: "定州市行政审批局", Date: "2026年9月15日", Seal: &Seal{Name: "定州市行政审批局", Purpose: "受理专用章"},
			QR: &QR{Payload: "https://onewindow.example/q/SJ20260915000123", Caption: "扫码查询进度\n查询码 K7MPAX"}},
		Note{Text: "本凭证一式两份，申请人和收件机关各执一份。窗口电话：0312-2588888。"},
	},
}

func TestReceipt(t *testing.T) {
	got := textOf(t, render(t, receipt))
	for _, want := range []string{"申请材料接收凭证", "11130682MB0001000131030001", "食品安全管理制度", "查询码K7MPAX", "（签字）"} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is not on the paper: %s", want, got)
		}
	}
}
