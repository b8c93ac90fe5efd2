package matter

import (
	"strconv"
	"strings"

	"onewindow/internal/business/catalog"
	"onewindow/internal/business/org"
	"onewindow/internal/web/sheet"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
)

// part is one section of the editor of a matter.
type part struct {
	Key, Title, Lead string
	Of               []catalog.Part // what it is about, for what is lacking and for the sources
	describe         func(*sheet.Sheet, *catalog.Implementation, places)
}

// parts are the sections in the order of a guide. The process has an editor of
// its own, the filled example is the application form itself.
var parts = []part{
	{"item", "基本信息", "名称、服务对象、主题、职权来源和办理情形。类型、编码、实施主体建立草稿后不能改。", []catalog.Part{catalog.PartItem}, itemPart},
	{"basis", "设定依据", "设定这个事项的法律、法规，写到条。", []catalog.Part{catalog.PartBasis}, basisPart},
	{"conditions", "条件和数量", "准予的条件，每条都具体；有没有数量限制都要写。", []catalog.Part{catalog.PartConditions, catalog.PartQuantity}, conditionsPart},
	{"limits", "期限", "法定和承诺的办理期限、延长、送达。", []catalog.Part{catalog.PartLimits}, limitsPart},
	{"procedure", "程序", "特别程序、现场核查、告知承诺、容缺受理。环节在“办理流程”里改。", []catalog.Part{catalog.PartProcedure}, procedurePart},
	{"materials", "材料", "每份材料的必要性、来源、形式、受理标准、填报须知和审查要点；证明事项和中介服务。", []catalog.Part{catalog.PartMaterials}, materialsPart},
	{"form", "申请表", "申请表由统一的数据元组成，同一个事实在每张表里名称、格式、检查相同。", []catalog.Part{catalog.PartForm}, formPart},
	{"fee", "收费", "默认不收费；收费的依据只能是法律、行政法规。", []catalog.Part{catalog.PartFee}, feePart},
	{"result", "审批结果", "结果的名称、形式、有效期和证面内容。", []catalog.Part{catalog.PartResult}, resultPart},
	{"window", "窗口、电话和网上办理", "在哪里办、问谁、要不要到现场。", []catalog.Part{catalog.PartWindow, catalog.PartPhones, catalog.PartOnline}, windowPart},
	{"remedies", "救济途径", "对决定不服的，向谁申请复议、向哪个法院起诉。不完整的，用实施主体登记的。", []catalog.Part{catalog.PartRemedies}, remediesPart},
	{"questions", "常见问题和说明", "公众常问的和需要特别说明的。", []catalog.Part{catalog.PartQuestions}, questionsPart},
}

func partByKey(key string) (part, bool) {
	for _, p := range parts {
		if p.Key == key {
			return p, true
		}
	}
	return part{}, false
}

// partOf is the section that mends what is lacking in a part of a version: the
// key of a section, "example" or "flow".
func partOf(l catalog.Lack) string {
	for _, p := range parts {
		for _, of := range p.Of {
			if of == l.Part && !(l.Part == catalog.PartProcedure && l.Field == "") {
				return p.Key
			}
		}
	}
	if l.Part == catalog.PartExample {
		return "example"
	}
	return "flow"
}

// whole describes the section and the sources of what it is about.
func (p part) whole(i *catalog.Implementation, pl places) func(*sheet.Sheet) {
	return func(s *sheet.Sheet) {
		p.describe(s, i, pl)
		sources(s, i, p.Of)
	}
}

// sources say of each part where it comes from and how sure that is.
func sources(s *sheet.Sheet, i *catalog.Implementation, of []catalog.Part) {
	if i.Sources == nil {
		i.Sources = map[catalog.Part]catalog.Provenance{}
	}
	for _, p := range of {
		x := i.Sources[p]
		s.Group("资料来源："+text.Label(text.Part, string(p)), func() {
			s.In("sources."+string(p), func() {
				s.Text("source", &x.Source, sheet.F{Label: "来源", Max: 300, Help: "文件名称、文号或者网址。公众在指南上能看到。"})
				sheet.Pick(s, "confidence", &x.Confidence, sheet.F{Label: "可靠程度"}, confidences())
				s.Bool("sample", &x.Sample, sheet.F{Label: "示例，正式启用前要换成公布的文本"})
				s.Text("why", &x.Why, sheet.F{Label: "为什么是示例", Max: 300})
			})
		})
		i.Sources[p] = x
		if x == (catalog.Provenance{}) {
			delete(i.Sources, p)
		}
	}
}

func confidences() (out []ui.Choice) {
	for _, c := range []string{"high", "medium", "low"} {
		out = append(out, ui.Choice{Value: c, Text: text.Label(text.Confidence, c)})
	}
	return out
}

// choicesOf are slugs with their labels.
func choicesOf(k text.Kind, slugs ...string) (out []ui.Choice) {
	for _, s := range slugs {
		out = append(out, ui.Choice{Value: s, Text: text.Label(k, s)})
	}
	return out
}

// places are the bodies and windows that a version may name.
type places struct {
	Bodies  []org.Body
	Windows []placed
}

// placed is a window with its hall.
type placed struct {
	org.Window
	Hall org.Hall
}

func (p places) bodies() (out []ui.Choice) {
	for _, b := range p.Bodies {
		out = append(out, ui.Choice{Value: b.ID, Text: b.Name})
	}
	return out
}

func (p places) body(id string) catalog.Body {
	for _, b := range p.Bodies {
		if b.ID == id {
			return catalog.Body{ID: b.ID, Name: b.Name, USCC: b.USCC}
		}
	}
	return catalog.Body{}
}

func (p places) windows() (out []ui.Choice) {
	for _, w := range p.Windows {
		out = append(out, ui.Choice{Value: w.ID, Text: w.Hall.Name + "　" + w.title()})
	}
	return out
}

func (w placed) title() string { return strings.TrimSpace(w.Number + "号 " + w.Name) }

// taken are the chosen windows as the version keeps them.
func (p places) taken(ids []string) (out []catalog.Window) {
	for _, id := range ids {
		for _, w := range p.Windows {
			if w.ID == id {
				out = append(out, catalog.Window{ID: w.ID, HallID: w.HallID, Hall: w.Hall.Name, Name: w.title(), Address: w.Hall.Address, Hours: w.Hall.Hours})
			}
		}
	}
	return out
}

// nth heads a row by its number and name.
func nth(what string, n int, name string) string {
	if name == "" {
		return what + strconv.Itoa(n+1)
	}
	return what + strconv.Itoa(n+1) + "：" + name
}

// short is a text cut to what a heading holds.
func short(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}
