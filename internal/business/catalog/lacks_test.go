package catalog

import (
	"slices"
	"strings"
	"testing"

	"onewindow/internal/business/deadline"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/form"
	"onewindow/internal/business/org"
)

func working(n int, start deadline.Start) *Limit {
	return &Limit{Limit: deadline.Limit{N: n, Unit: deadline.Working, Start: start, Law: "x"}}
}

func natural(n int, start deadline.Start) *Limit {
	return &Limit{Limit: deadline.Limit{N: n, Unit: deadline.Natural, Start: start, Law: "x"}}
}

// Each line spoils one thing of a complete version (食品经营许可, 20 working days
// from acceptance) and names the lack and the provision that forbids it.
func TestLacks(t *testing.T) {
	cases := []struct {
		name  string
		spoil func(*Implementation)
		code  string
		law   string
	}{
		// 行政许可法第三十条: 事项、依据、条件、数量、程序、期限、材料目录、示范文本
		{"no name", func(i *Implementation) { i.Name = "" }, "item", lawShown},
		{"no audience", func(i *Implementation) { i.Audiences = nil }, "audience", lawShown},
		{"no basis", func(i *Implementation) { i.Basis = nil }, "basis", lawShown},
		{"no article", func(i *Implementation) { i.Basis[0].Article = "" }, "basis_article", lawShown},
		{"no conditions", func(i *Implementation) { i.Conditions = nil }, "conditions", lawShown},
		{"quantity untold", func(i *Implementation) { i.Quantity = Quantity{} }, "quantity", lawShown},
		{"no flow", func(i *Implementation) { i.Flow = flow.Definition{} }, "procedure", lawShown},
		{"no limit", func(i *Implementation) { i.Statutory = nil }, "limit", lawShown},
		{"no materials", func(i *Implementation) { i.Materials = nil }, "materials", lawShown},
		{"no form", func(i *Implementation) { i.Form = form.Definition{} }, "form", lawShown},
		{"broken form", func(i *Implementation) { i.Form.Sections[0].Fields[0].Element = "no.such" }, "form", lawShown},
		{"no example", func(i *Implementation) { i.Example = nil }, "example", lawShown},
		{"wrong example", func(i *Implementation) { i.Example["company.uscc"] = "1" }, "example_wrong", lawShown},
		// the same for what is no licence
		{"no basis of a filing", func(i *Implementation) { i.Kind, i.Basis = OtherPower, nil }, "basis", lawMatters},
		// 行政许可法第二十二条
		{"power in doubt", func(i *Implementation) { i.Power.Doubt = "设区的市级" }, "power_doubt", lawPower},
		// 优化营商环境条例第三十五条, 第三十六条
		{"catch-all material", func(i *Implementation) { i.Materials[0].Name = "法律法规规定的其他材料" }, "material_catchall", lawMatters},
		{"catch-all condition", func(i *Implementation) { i.Conditions[0].Text = "法律、法规规定的其他条件" }, "condition_catchall", lawMatters},
		{"no review point", func(i *Implementation) { i.Materials[0].Points = nil }, "material_points", lawMatters},
		{"no theme", func(i *Implementation) { i.Themes = []string{"nothing"} }, "theme", lawMatters},
		{"promise above the law", func(i *Implementation) { i.Promised = working(21, deadline.Accepted) }, "promise_longer", lawPromise},
		{"promise in other days", func(i *Implementation) { i.Promised = natural(29, deadline.Accepted) }, "promise_longer", lawPromise},
		{"promise from a later day", func(i *Implementation) { i.Promised = working(5, deadline.AllMaterials) }, "promise_start", lawPromise},
		{"a condition on what is not asked", func(i *Implementation) {
			i.Flow.Nodes[2].When, i.Flow.Nodes[2].Else = "water.wells > 3", i.Flow.Nodes[3].Key
		}, "flow_form", lawShown},
		{"handled together in 46 days", func(i *Implementation) {
			i.Joint, i.Statutory = []string{"定州市住房和城乡建设局"}, working(46, deadline.Accepted)
			i.Statutory.Law = "x"
		}, "joint_limit", lawJointly},
		{"extension by another than the government", func(i *Implementation) {
			i.Joint, i.ExtendedBy = []string{"定州市公安局"}, "本机关负责人"
			i.Statutory = working(45, i.Statutory.Start)
			i.Statutory.Law = lawJointly
		}, "extension_authority", lawJointly},
		{"steps beyond the promise", func(i *Implementation) { i.Promised = working(5, deadline.Accepted) }, "flow_days", lawPromise},
		// 行政许可法第四十四条, 第四十五条, 第三十四条, 第五十八条
		{"no delivery limit", func(i *Implementation) { i.Delivery = nil }, "delivery", lawDelivery},
		{"delivery in 11 days", func(i *Implementation) { i.Delivery = working(11, deadline.Decided) }, "delivery", lawDelivery},
		{"site visit stops the clock", func(i *Implementation) {
			i.Special = []SpecialProcedure{{Kind: "site_visit", Name: "现场核查", StopsClock: true, Law: "x"}}
		}, "special_kind", lawSpecial},
		{"stop without a law", func(i *Implementation) {
			i.Special = []SpecialProcedure{{Kind: "expert", Name: "专家评审", StopsClock: true}}
		}, "special_kind", lawSpecial},
		{"one officer on site", func(i *Implementation) { i.SiteVisit.Officers = 1 }, "site_officers", lawSiteVisit},
		{"fee without basis", func(i *Implementation) { i.Fee = Fee{Charged: true, Standard: "10元"} }, "fee_basis", lawFee},
		{"fee by a department's rule", func(i *Implementation) { i.Fee = Fee{Charged: true, Standard: "10元", Law: "某某管理办法"} }, "fee_basis", lawFee},
		// others
		{"commitment without a law", func(i *Implementation) { i.Commitment = &Commitment{Text: "x", VerifyBy: "y"} }, "commitment", lawCommit},
		{"condition on an unasked element", func(i *Implementation) {
			i.Materials[4].If = form.Condition{{Field: "vehicle.mass", Op: form.Present}}
		}, "material_when", lawShown},
		{"optional without situation", func(i *Implementation) { i.Materials[4].When = "" }, "material_when", lawShown},
		{"number twice", func(i *Implementation) { i.Materials[1].No = "001" }, "material_number", ""},
		{"wrong code", func(i *Implementation) { i.Body.USCC = "11130682MB99000136" }, "code", ""},
		{"a type that cannot number a licence", func(i *Implementation) { i.Result.TypeCode = "111306820007884412399" }, "result_type", lawIdentifier},
		{"an approval with a wrong type", func(i *Implementation) { i.Result.Form, i.Result.TypeCode = "approval", "12" }, "result_type", lawIdentifier},
		{"emoji in the name", func(i *Implementation) { i.Name += "😀" }, "characters", ""},
		{"emoji in the result", func(i *Implementation) { i.Result.Name += "😀" }, "characters", ""},
		{"licence without type", func(i *Implementation) { i.Result.TypeCode = "" }, "result_type", lawIdentifier},
		{"no provenance", func(i *Implementation) { delete(i.Sources, PartMaterials) }, "source", ""},
		{"visits unexplained", func(i *Implementation) { i.Visits = 1 }, "visits", lawChannel},
	}
	whole := built(t)["L001"]
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			i := whole.Clone()
			if !i.Publishable() {
				t.Fatalf("not complete at first: %v", i.Lacks())
			}
			c.spoil(i)
			at := slices.IndexFunc(i.Lacks(), func(l Lack) bool { return l.Code == "catalog.lack."+c.code })
			if at < 0 {
				t.Fatalf("lacks %v, want %s", i.Lacks(), c.code)
			}
			if l := i.Lacks()[at]; l.Law != c.law || l.Warning || i.Publishable() {
				t.Errorf("%+v, want law %s", l, c.law)
			}
		})
	}
}

// 国务院令第716号第七条: asking again for what another department issued is
// pointed out; that a promise is shorter than the law is no lack.
func TestWarningsDoNotHinder(t *testing.T) {
	i := built(t)["L001"].Clone()
	i.Materials[1].Shared = false
	i.Materials[0].Law = ""
	i.Remedies = org.Remedies{}
	i.Promised = working(20, deadline.Accepted)
	var codes []string
	for _, l := range i.Lacks() {
		codes = append(codes, strings.TrimPrefix(l.Code, "catalog.lack."))
		if !l.Warning {
			t.Errorf("%+v hinders", l)
		}
	}
	for _, want := range []string{"material_again", "material_basis", "remedies"} {
		if !slices.Contains(codes, want) {
			t.Errorf("no warning %s in %v", want, codes)
		}
	}
	if !i.Publishable() {
		t.Error("warnings hinder publication")
	}
}

// Every code that a lack can carry is on the list that the labels are held to.
func TestLackCodesAreComplete(t *testing.T) {
	seen := map[string]bool{}
	for _, i := range built(t) {
		broken := &Implementation{Materials: []Material{{}}, Basis: []Basis{{}}, Statutory: &Limit{}}
		for _, l := range append(i.Lacks(), broken.Lacks()...) {
			seen[strings.TrimPrefix(l.Code, "catalog.lack.")] = true
		}
	}
	for c := range seen {
		if !slices.Contains(LackCodes, c) {
			t.Errorf("%s is not listed", c)
		}
	}
}

func TestCatchAllIsRecognised(t *testing.T) {
	cases := map[string]bool{
		"其他材料": true, "法律、法规规定的其他材料": true, "审批机关要求的其他资料": true, "等相关材料": true, "身份证、户口簿等": true, "其它": true,
		"营业执照": false, "等级证书": false, "与其他商品有效隔离": false, "污染源以及其他污染源": false, "平等协商材料": false,
	}
	for text, want := range cases {
		if catchAll.MatchString(text) != want {
			t.Errorf("%s: %v", text, !want)
		}
	}
}
