package flow

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
)

// wellFormed reads the picture as XML and refuses what a strict content
// security policy would block or a screen reader would stumble over.
func wellFormed(svg []byte) error {
	dec := xml.NewDecoder(bytes.NewReader(svg))
	for {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		el, ok := tok.(xml.StartElement)
		if !ok {
			continue
		}
		if strings.Contains("style script foreignObject image a use", el.Name.Local) {
			return fmt.Errorf("element %s", el.Name.Local)
		}
		for _, a := range el.Attr {
			if n := a.Name.Local; n == "style" || n == "id" || n == "class" || strings.HasPrefix(n, "on") {
				return fmt.Errorf("attribute %s", n)
			}
			if strings.Contains(a.Value, "NaN") || strings.Contains(a.Value, "Inf") {
				return fmt.Errorf("%s=%q", a.Name.Local, a.Value)
			}
		}
	}
}

func TestPictureOfTheDefinition(t *testing.T) {
	svg := string(Standard().SVG(nil))
	for _, want := range []string{
		`role="img"`, "<title>一般程序流程图</title>", ">承办<", ">10 个工作日<", ">建议不予<", ">退回<", ">办结<",
		"4.决定（5个工作日），准予转制证，不予转送达，可退回承办，可退回审核。",
	} {
		if !strings.Contains(svg, want) {
			t.Errorf("the picture lacks %s", want)
		}
	}
	if strings.Contains(svg, nowFill) || strings.Contains(svg, doneLine) {
		t.Error("a definition alone has nothing done")
	}
	if n := strings.Count(svg, "stroke-dasharray"); n != 3 {
		t.Errorf("%d dashed returns, want 3", n)
	}
}

func TestPictureOfARunningCase(t *testing.T) {
	d := Standard()
	s := run(t, d, "accept accepted 甲", "examine support 乙", "review support 丙", "decide <review 丁")
	svg := string(d.SVG(&s))
	ticks := strings.Count(svg, `fill="`+doneLine+`" stroke="`+paper+`"`)
	if ticks != 2 { // 审核 is to be done again
		t.Errorf("%d ticks, want 2", ticks)
	}
	for _, want := range []string{">办理中 · 5 个工作日<", ">已退回<", "3.审核（5个工作日）：办理中", "1.受理（5个工作日）：已完成"} {
		if !strings.Contains(svg, want) {
			t.Errorf("the picture lacks %s", want)
		}
	}
}

func TestPictureOfAnEarlyEnd(t *testing.T) {
	d := OnTheSpot()
	s := run(t, d, "accept not_required 甲")
	svg := string(d.SVG(&s))
	if !strings.Contains(svg, `font-weight="600" fill="`+doneLine+`" text-anchor="start">不受理<`) {
		t.Error("the end that was taken does not stand out")
	}
}

func TestPictureEscapesAndWraps(t *testing.T) {
	d := Simple()
	d.Name = `<b>&"`
	d.Nodes[1].Name = "公共场所卫生许可现场核查（2人以上）"
	svg := d.SVG(nil)
	if err := wellFormed(svg); err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(svg, []byte(">公共场所卫生许<")) || !bytes.Contains(svg, []byte("&lt;b&gt;&amp;")) {
		t.Errorf("%s", svg)
	}
	if err := wellFormed(Definition{}.SVG(nil)); err != nil {
		t.Error(err)
	}
}

func TestWrap(t *testing.T) {
	for in, want := range map[string]string{
		"受理":                "受理",
		"现场核查意见（两人）":        "现场核查意见（|两人）",
		"一二三四五六七）":          "一二三四五六七）",
		"ABC Review report": "ABC Review|report",
	} {
		if got := strings.Join(wrap(in, 7), "|"); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}

func TestPictureOfABlock(t *testing.T) {
	d := parallel()
	s := d.Judge(d.Start(nine), map[string]string{"premises.area": "80"})
	for _, m := range []string{"accept accepted 甲", "examine support 乙", "plan_examine support 丙"} {
		f := strings.Fields(m)
		var err error
		if s, err = d.Complete(s, f[0], f[1], f[2], nine); err != nil {
			t.Fatal(err)
		}
	}
	svg := d.SVG(&s)
	if err := wellFormed(svg); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{">联合审查：意见到齐后汇合<", ">消防（不符合条件，不办理）<", ">不办理<", ">办理中 · 2 个工作日<", ">退回<",
		"以下3个分支并行，意见到齐后汇合：分支规划：3.规划审查（5个工作日）：已完成", "分支消防（条件：经营场所面积 &gt; 300）：5.消防意见（5个工作日）：不办理",
		"并行结束，建议准予转决定，建议不予转决定。"} {
		if !strings.Contains(string(svg), want) {
			t.Errorf("the picture lacks %s", want)
		}
	}
	if n := strings.Count(string(svg), `fill="`+nowFill+`"`); n != 2 {
		t.Errorf("%d open steps, want 2", n)
	}
}
