package catalog

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// 行政许可法第三十条: 事项、依据、条件、数量、程序、期限、材料目录、示范文本, in this order.
func TestAGuideSaysWhatTheLawWantsShown(t *testing.T) {
	order := []Part{PartItem, PartBasis, PartConditions, PartQuantity, PartProcedure, PartLimits, PartMaterials, PartExample, PartFee, PartResult, PartOnline, PartWindow, PartPhones, PartRemedies}
	for row, i := range built(t) {
		g := i.Guide(exampleOn)
		if !i.Publishable() {
			if len(g.Lacks) == 0 || g.Open {
				t.Errorf("%s: an incomplete guide hides it", row)
			}
			continue
		}
		var keys []Part
		for _, p := range g.Parts {
			keys = append(keys, p.Key)
			if p.Provenance.Source == "" {
				t.Errorf("%s %s: part %s has no provenance", row, i.Name, p.Key)
			}
		}
		if !slices.Equal(keys[:len(order)], order) {
			t.Errorf("%s: parts %v", row, keys)
		}
		if !g.Sample {
			t.Errorf("%s: the demonstration guide is not marked as sample", row)
		}
		text, _ := json.Marshal(g)
		for _, bad := range []string{"\\u003c", "<nil>", "%!", "（）", "（；"} {
			if strings.Contains(string(text), bad) {
				t.Errorf("%s: guide contains %q", row, bad)
			}
		}
	}
}

func TestGuideOfAFoodLicence(t *testing.T) {
	i := built(t)["L001"]
	i.Status, i.From, i.Version = Published, exampleOn, 1
	g := i.Guide(exampleOn)
	if !g.Open || g.From != "2026年11月23日" || g.Kind != "行政许可" || len(g.Code) != 31 {
		t.Errorf("head %+v", g)
	}
	want := map[Part][]Fact{
		PartItem:    {{"基本编码", "130190001000"}, {"行使层级", "县级"}},
		PartLimits:  {{"法定办结时限", "自受理申请之日起20个工作日（行政许可法第四十二条第一款）"}, {"延长", "经本机关负责人批准，可以延长10个工作日，并告知理由（行政许可法第四十二条第一款）"}},
		PartExample: {{"主体业态", "餐饮服务经营者"}, {"经营项目", "热食类制售、冷食类制售"}, {"经营场所面积", "120.5平方米"}},
		PartResult:  {{"结果名称", "食品经营许可证"}, {"结果类型", "证照"}},
	}
	for key, facts := range want {
		p, ok := g.Part(key)
		for _, f := range facts {
			if !ok || !slices.Contains(p.Facts, f) {
				t.Errorf("%s: %v is missing in %v", key, f, p.Facts)
			}
		}
	}
	m, _ := g.Part(PartMaterials)
	if licence := m.Materials[1]; licence.Handed || licence.Name != "营业执照" || len(licence.Points) == 0 || len(licence.Code) != 34 {
		t.Errorf("a shared material is asked for: %+v", licence)
	}
}

// A unit that is our reading of 日 is said to be so.
func TestGuideAdmitsAnUnsureUnit(t *testing.T) {
	p, _ := built(t)["L010"].Guide(exampleOn).Part(PartLimits)
	if f := p.Facts[0].Text; !strings.Contains(f, "7个自然日") || !strings.Contains(f, "条文写作“7日”") {
		t.Errorf("limit %s", f)
	}
}

// 非必要 materials belong to the application only in their situation.
func TestMaterialsFollowTheForm(t *testing.T) {
	agent, _ := built(t)["L001"].Material("005")
	for answer, want := range map[string]bool{"true": true, "false": false, "": false} {
		if got := agent.AskedOf(map[string]string{"agent.used": answer}); got != want {
			t.Errorf("agent %q: asked %v", answer, got)
		}
	}
	licence, _ := built(t)["L001"].Material("002")
	if licence.AskedOf(nil) || !licence.Wanted(nil) {
		t.Error("a shared material is fetched, not asked for")
	}
}
