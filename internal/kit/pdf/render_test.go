package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"

	"onewindow/internal/kit/fault"
)

var pageNumber = regexp.MustCompile(`第\d+页共\d+页`)

// TestNoCharacterIsLost reads a long paper back. A widespread PDF library drops
// one character at each line break; 国, 定 and 个 went missing from decisions.
func TestNoCharacterIsLost(t *testing.T) {
	const part = "依照国家有关规定，你单位应当在六十个工作日内办理；个体工商户（individual business）适用GB/T 9704—2012，" +
		"国定个国定个。地址：中山东路168号“国定”大厦A座3层301—305室，电话0312-2588888，网址https://onewindow.example/verify?n=20260915。"
	for _, style := range []Style{Letter, Form} {
		var want strings.Builder
		d := Document{Style: style}
		for i := range 60 {
			text := fmt.Sprintf("第%d段：%s%s", i, strings.Repeat("国", i), part)
			d.Blocks = append(d.Blocks, Paragraph{Text: text})
			want.WriteString(text)
		}
		got := pageNumber.ReplaceAllString(textOf(t, render(t, d)), "")
		compare(t, got, squeeze(want.String()))
	}
}

func compare(t *testing.T, got, want string) {
	t.Helper()
	g, w := []rune(got), []rune(want)
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			t.Fatalf("at %d the paper reads %s, the text %s", i, string(g[i:min(i+30, len(g))]), string(w[i:min(i+30, len(w))]))
		}
	}
	if len(g) != len(w) {
		t.Fatalf("%d characters of %d", len(g), len(w))
	}
}

// TestEveryCharacterOfTheFontReadsBack sets all of GB 2312's signs and more.
func TestEveryCharacterOfTheFontReadsBack(t *testing.T) {
	types, err := fonts.load()
	if err != nil {
		t.Fatal(err)
	}
	var want strings.Builder
	for r := rune('!'); r < 0xffff; r++ {
		if types.faceOf(r) != nil && r != 0xa0 && r != 0xad && r != '　' {
			want.WriteRune(r)
		}
	}
	if n := len([]rune(want.String())); n < 8800 {
		t.Errorf("the font has %d characters", n)
	}
	for _, must := range "※〔〕［］①⑳—…“”《》℃㎡堃喆玥镕" {
		if !strings.ContainsRune(want.String(), must) {
			t.Errorf("the font lacks %c", must)
		}
	}
	got := pageNumber.ReplaceAllString(textOf(t, render(t, Document{Style: Form, Blocks: []Block{Paragraph{Text: want.String()}}})), "")
	compare(t, got, want.String())
}

func TestTableRunsOverPages(t *testing.T) {
	tall := strings.Repeat("本格文字很长，一页放不下，须在行间分到下一页。", 120)
	table := Table{Columns: []Column{{Title: "序号"}, {Title: "内容", Share: 6}, {Title: "备注", Share: 2}}}
	for i := range 80 {
		table.Rows = append(table.Rows, []string{fmt.Sprint(i + 1), fmt.Sprintf("第%d项材料", i+1), "原件"})
	}
	table.Rows[40][1] = tall
	out := render(t, Document{Style: Form, Title: "材料清单", Blocks: []Block{table}})
	all := textOf(t, out)
	pages := len(pageNumber.FindAllString(all, -1))
	if pages < 4 || strings.Count(all, "序号内容备注") != pages {
		t.Errorf("%d pages, %d heads", pages, strings.Count(all, "序号内容备注"))
	}
	for i := range 80 {
		if i != 40 && strings.Count(all, fmt.Sprintf("第%d项材料", i+1)) != 1 {
			t.Errorf("row %d", i+1)
		}
	}
	left := strings.NewReplacer("序号", "", "内容", "", "备注", "").Replace(pageNumber.ReplaceAllString(all, ""))
	if n := strings.Count(left, "本格文字很长，"); n < 110 {
		t.Errorf("the tall cell shows %d of 120 sentences whole", n)
	}
}

// TestNothingLeavesThePage sets every kind of block until pages turn.
func TestNothingLeavesThePage(t *testing.T) {
	types, err := fonts.load()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range []Document{decision, receipt} {
		for lines := range 40 {
			s := newSetter(types, d.Style)
			s.head(d)
			blocks := append([]Block{Paragraph{Text: strings.Repeat("字\n", lines)}}, d.Blocks...)
			for i, b := range blocks {
				s.reserve = s.follows(blocks[i+1:])
				b.set(s)
			}
			for n, p := range s.pages {
				if len(p.runs) == 0 {
					t.Fatalf("page %d is empty", n+1)
				}
				for _, r := range p.runs {
					if r.y > s.bottom+1 || r.y < s.top || r.x < s.left-1 || r.x+s.measure(r.text, r.size) > s.right+r.size {
						t.Fatalf("%s stands at %f, %f", r.text, r.x, r.y)
					}
				}
			}
		}
	}
}

// TestSignatureIsNotAlone: name and date never stand on a page without text.
func TestSignatureIsNotAlone(t *testing.T) {
	types, err := fonts.load()
	if err != nil {
		t.Fatal(err)
	}
	for lines := 1; lines < 60; lines++ {
		blocks := []Block{
			Paragraph{Text: strings.TrimSpace(strings.Repeat("字\n", lines))},
			Paragraph{Text: strings.Repeat("最后一段的文字。", 12)},
			Signature{Body: "定州市行政审批局", Date: "2026年9月18日", Seal: &Seal{Name: "定州市行政审批局"}},
		}
		s := newSetter(types, Letter)
		for i, b := range blocks {
			s.reserve = s.follows(blocks[i+1:])
			b.set(s)
		}
		if last := s.page(); len(last.runs) < 4 {
			t.Fatalf("with %d lines the last page has only %d runs", lines, len(last.runs))
		}
	}
}

func TestMissingCharactersFailTheRendering(t *testing.T) {
	var out bytes.Buffer
	err := fonts.Render(&out, Document{Title: "决定书", Blocks: []Block{
		Paragraph{Text: "申请人：𠮷田䶮、䶮𠮷"}, Table{Columns: []Column{{Title: "甲"}}, Rows: [][]string{{"\ue000"}}},
	}})
	var missing *MissingError
	if !errors.As(err, &missing) || string(missing.Characters) != "䶮\ue000𠮷" {
		t.Fatalf("error %v", err)
	}
	if out.Len() != 0 {
		t.Error("something was written")
	}
	if f := fault.Of(err); f.Code != "pdf.characters" || f.Args["characters"] != "䶮\ue000𠮷" {
		t.Errorf("fault %v", f)
	}
	l := licence
	l.Body = "䶮"
	if err := fonts.RenderLicence(&out, l); !errors.As(err, &missing) {
		t.Errorf("licence: %v", err)
	}
	if got, err := fonts.Missing("张䶮\n𠮷𠮷三"); err != nil || string(got) != "䶮𠮷" {
		t.Errorf("Missing = %q, %v", string(got), err)
	}
}

func TestLicenceShrinksAndThenRefuses(t *testing.T) {
	l := licence
	l.Fields = append([]Field{{Label: "许可范围", Value: strings.Repeat("经营项目说明文字", 60)}}, l.Fields...)
	if got := textOf(t, renderLicence(t, l)); strings.Count(got, "经营项目说明文字") < 40 {
		t.Error("the text is not on the licence")
	}
	l.Fields[0].Value = strings.Repeat("经营项目说明文字", 600)
	if err := fonts.RenderLicence(&bytes.Buffer{}, l); !errors.Is(err, ErrTooLong) {
		t.Errorf("error %v", err)
	}
}

func TestQRPayloadIsASCII(t *testing.T) {
	d := Document{Blocks: []Block{Signature{Body: "局", Date: "日", QR: &QR{Payload: "核验"}}}}
	if err := fonts.Render(&bytes.Buffer{}, d); err == nil {
		t.Error("a Chinese payload is accepted")
	}
}

func TestSameDocumentSameBytes(t *testing.T) {
	want := render(t, decision)
	shared := NewFonts()
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			var out bytes.Buffer
			d := decision
			d.Created = created
			if err := shared.Render(&out, d); err != nil || !bytes.Equal(out.Bytes(), want) {
				t.Errorf("another rendering differs: %v", err)
			}
		})
	}
	wg.Wait()
}

// TestExternalFont reads Debian's collection: its characters come first, and
// the embedded font fills in.
func TestExternalFont(t *testing.T) {
	const path = "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"
	if _, err := os.Stat(path); err != nil {
		t.Skip("the font is not installed")
	}
	full := NewFonts(path)
	if err := full.Check(); err != nil {
		t.Fatal(err)
	}
	const rare = "龘靐齉爩繁體"
	if missing, err := full.Missing(rare); err != nil || len(missing) != 0 {
		t.Fatalf("missing %q, %v", string(missing), err)
	}
	if missing, _ := fonts.Missing(rare); len(missing) == 0 {
		t.Error("the embedded font has them too; the test shows nothing")
	}
	var out bytes.Buffer
	if err := full.Render(&out, Document{Title: rare, Created: created}); err != nil {
		t.Fatal(err)
	}
	if got := textOf(t, out.Bytes()); !strings.Contains(got, rare) {
		t.Errorf("the paper reads %s", got)
	}
}

func TestBrokenFontsAreRefused(t *testing.T) {
	path := t.TempDir() + "/x.ttf"
	for name, content := range map[string]string{
		"empty": "", "text": strings.Repeat("no font at all ", 20), "collection": "ttcf\x00\x01\x00\x00\x00\x00\x00\x01\x00\xff\x00\x00",
		"CFF": "OTTO" + strings.Repeat("\x00", 64),
	} {
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if NewFonts(path).Check() == nil {
			t.Errorf("%s is taken for a font", name)
		}
	}
	if NewFonts(path+"x").Check() == nil {
		t.Error("a font that is not there is accepted")
	}
}

func BenchmarkDecision(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if err := fonts.Render(&bytes.Buffer{}, decision); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLoadFonts(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if err := NewFonts().Check(); err != nil {
			b.Fatal(err)
		}
	}
}
