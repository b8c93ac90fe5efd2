package catalog

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"onewindow/internal/business/deadline"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/form"
	"onewindow/internal/kit/code"
	"onewindow/internal/kit/fault"
)

// The provisions that a version must satisfy before it is published.
const (
	lawShown     = "行政许可法第三十条第一款"
	lawMatters   = "优化营商环境条例第三十五条" // the same for matters that are no licences
	lawPower     = "行政许可法第二十二条"
	lawPromise   = "优化营商环境条例第三十六条第二款"
	lawJointly   = "行政许可法第四十二条第二款"
	lawDelivery  = "行政许可法第四十四条"
	lawSpecial   = "行政许可法第四十五条"
	lawSiteVisit = "行政许可法第三十四条第三款"
	lawFee       = "行政许可法第五十八条"
	lawShared    = "国务院关于在线政务服务的若干规定第七条"
	lawRemedies  = "行政许可法第三十八条第二款"
	lawChannel   = "优化营商环境条例第三十七条"
	// without a right type a licence that was granted cannot be numbered
	lawIdentifier = "GB/T 36904-2018"
	lawCommit     = "优化营商环境条例第四十条"
)

// Lack is something that a version needs before it may be published, or, as a
// Warning, something that ought to be better.
type Lack struct {
	Code    string // "catalog.lack.basis"; the Chinese text stands in web/text
	Part    Part
	Law     string
	Args    map[string]string
	Warning bool
	// Field is where it is to be mended in the editor of the version, such as
	// "materials.2.standard"; "" for the part as a whole.
	Field string
}

// LackCodes are all codes that a Lack can carry, without "catalog.lack.".
var LackCodes = []string{
	"characters", "item", "audience", "theme", "code", "power", "power_doubt", "basis", "basis_article", "conditions", "condition_catchall", "quantity",
	"procedure", "flow_days", "flow_form", "joint_limit", "limit", "limit_basis", "limit_form", "extension_authority", "promise_longer", "promise_start", "delivery",
	"special_kind", "site_officers", "commitment", "commitment_risk", "commitment_material", "tolerance", "registration_limit",
	"registration_precondition", "simple_cancel", "proof_basis", "service_basis", "service_paid", "service_unlisted",
	"materials", "material_number", "material_catchall", "material_when",
	"material_points", "material_basis", "material_again", "material_standard", "form", "example", "example_wrong",
	"fee_basis", "result", "result_type", "variants", "window", "phones", "remedies", "visits", "source",
}

// lister gathers lacks.
type lister struct {
	i   *Implementation
	out []Lack
	at  string // the field that the next lack stands at
}

// on says at which field the next check looks.
func (l *lister) on(field string) *lister {
	l.at = field
	return l
}

// nth is a field of one row of a list.
func (l *lister) nth(list string, n int, field string) *lister {
	return l.on(list + "." + strconv.Itoa(n) + "." + field)
}

func (l *lister) lack(part Part, code, law string, kv ...string) {
	l.out = append(l.out, Lack{Code: "catalog.lack." + code, Part: part, Law: law, Args: fault.At("", "", kv...).Args, Field: l.at})
	l.at = ""
}

func (l *lister) warn(part Part, code, law string, kv ...string) {
	l.lack(part, code, law, kv...)
	l.out[len(l.out)-1].Warning = true
}

// when adds a lack if it is true.
func (l *lister) when(lacking bool, part Part, code, law string, kv ...string) {
	if lacking {
		l.lack(part, code, law, kv...)
	}
	l.at = ""
}

// shown is the rule that the guide must show everything: the article of the
// licensing law for licences, the regulation for all other matters.
func (l *lister) shown() string {
	if l.i.Kind == Licensing {
		return lawShown
	}
	return lawMatters
}

// Lacks is what stands between this version and its publication: the eight things that 行政许可法第三十条 wants shown (事项、依据、条件、
// 数量、程序、期限、材料目录、示范文本), and what other provisions add. Warnings
// come last and do not stand in the way.
func (i *Implementation) Lacks() []Lack {
	l := &lister{i: i}
	for _, check := range []func(){l.item, l.basis, l.conditions, l.procedure, l.limits, l.special, l.materials, l.proofs, l.form, l.rest} {
		check()
	}
	var must, may []Lack
	for _, x := range l.out {
		if x.Warning {
			may = append(may, x)
		} else {
			must = append(must, x)
		}
	}
	return append(must, may...)
}

// Publishable says whether nothing but warnings is lacking.
func (i *Implementation) Publishable() bool {
	l := i.Lacks()
	return len(l) == 0 || l[0].Warning
}

func (l *lister) item() {
	i := l.i
	l.on("name").when(unprintable(i.Name) != "", PartItem, "characters", "", "text", i.Name, "characters", unprintable(i.Name))
	l.on("name").when(i.Name == "" || i.Kind.Name() == "" || i.Level.Name() == "", PartItem, "item", l.shown())
	l.on("audiences").when(len(i.Audiences) == 0, PartItem, "audience", l.shown())
	known := 0
	for _, t := range i.Themes {
		if ThemeName(t) != "" {
			known++
		}
	}
	l.on("themes").when(known == 0 || known < len(i.Themes), PartItem, "theme", lawMatters)
	l.when(!implementationCode(i.Code()), PartItem, "code", "", "code", i.Code())
	l.on("power").when(i.Power.Name() == "", PartItem, "power", lawPower)
	l.on("doubt").when(i.Power.Doubt != "", PartItem, "power_doubt", lawPower, "doubt", i.Power.Doubt)
	l.on("variants").when(len(i.Variants) == 0 || !numbered(i.Variants), PartItem, "variants", "")
}

// unprintable are the characters of a name that the papers of a case cannot be
// printed with: signs beyond the basic plane that are no Chinese characters
// (emoji), and characters for private use.
func unprintable(s string) string {
	return strings.Map(func(r rune) rune {
		if r > 0xFFFF && !unicode.Is(unicode.Han, r) || unicode.Is(unicode.Co, r) {
			return r
		}
		return -1
	}, s)
}

func numbered(all []Variant) bool {
	seen := map[string]bool{}
	for _, v := range all {
		if len(v.No) != 2 || v.Name == "" || seen[v.No] {
			return false
		}
		seen[v.No] = true
	}
	return true
}

func (l *lister) basis() {
	l.on("basis").when(len(l.i.Basis) == 0, PartBasis, "basis", l.shown())
	for n, b := range l.i.Basis {
		l.nth("basis", n, "article").when(b.Law == "" || b.Article == "", PartBasis, "basis_article", l.shown(), "law", called(b.Law, n))
	}
}

func (l *lister) conditions() {
	i := l.i
	l.on("conditions").when(len(i.Conditions) == 0, PartConditions, "conditions", l.shown())
	for n, c := range i.Conditions {
		l.nth("conditions", n, "text").when(catchAll.MatchString(c.Text), PartConditions, "condition_catchall", lawMatters, "text", c.Text)
	}
	l.on("quantity.text").when(i.Quantity.Text == "", PartQuantity, "quantity", l.shown())
}

func (l *lister) procedure() {
	i := l.i
	if err := i.Flow.Check(); err != nil {
		l.lack(PartProcedure, "procedure", l.shown())
		return
	}
	l.when(i.Flow.CheckForm(i.Form) != nil, PartProcedure, "flow_form", l.shown())
	d := i.Decision()
	if d == nil || d.OnTheSpot() {
		return
	}
	if days := d.stepDays(i.Flow); days > workingDays(d.Limit) {
		l.lack(PartProcedure, "flow_days", lawPromise, "days", strconv.Itoa(days), "limit", d.Chinese())
	}
}

// stepDays is what the own limits of the steps that run within the limit come
// to: up to the decision, and from the receipt where the limit runs from there.
func (l Limit) stepDays(f flow.Definition) int {
	return f.Span(func(s flow.Step) bool {
		switch s.Act {
		case flow.Accept:
			return !l.afterAcceptance()
		case flow.Issue, flow.Deliver:
			return false
		}
		return true
	})
}

func (l *lister) limits() {
	i := l.i
	s := i.Statutory
	l.on("statutory").when(s == nil, PartLimits, "limit", l.shown())
	for n, x := range []*Limit{i.Statutory, i.Promised, i.Delivery} {
		l.on([]string{"statutory", "promised", "delivery"}[n]+".n").when(x != nil && x.Check() != nil, PartLimits, "limit_form", "")
	}
	if s != nil {
		l.on("statutory.law").when(s.Law == "", PartLimits, "limit_basis", l.shown())
		if p := i.Promised; p != nil {
			l.on("promised.n").when(longer(p.Limit, s.Limit), PartLimits, "promise_longer", lawPromise, "promised", p.Chinese(), "statutory", s.Chinese())
			l.on("promised.start").when(p.Start != s.Start && p.Start != deadline.Received, PartLimits, "promise_start", lawPromise)
		}
	}
	l.on("extended_by").when(i.Jointly() && !strings.Contains(i.ExtensionAuthority(), "政府"), PartLimits, "extension_authority", lawJointly, "authority", i.ExtensionAuthority())
	most := deadline.Limit{N: mostJoint, Unit: deadline.Working}
	l.on("statutory.n").when(i.Kind == Licensing && len(i.Joint) > 0 && s != nil && longer(s.Limit, most), PartLimits, "joint_limit", lawJointly)
	ten := deadline.Limit{N: 10, Unit: deadline.Working}
	if i.Kind == Licensing {
		l.on("delivery.n").when(i.Delivery == nil || longer(i.Delivery.Limit, ten), PartLimits, "delivery", lawDelivery)
	}
}

func (l *lister) special() {
	i := l.i
	for n, s := range i.Special {
		l.nth("special", n, "kind").when(s.StopsClock && (!s.known() || s.Law == ""), PartProcedure, "special_kind", lawSpecial, "name", called(s.Name, n))
	}
	if v := i.SiteVisit; v != nil {
		l.on("site_visit.officers").when(v.Officers < 2, PartProcedure, "site_officers", lawSiteVisit)
	}
	l.commitment()
	l.tolerance()
	l.registration()
}

// catchAll are the words behind which anything can be asked for (兜底条款).
var catchAll = regexp.MustCompile(`其他(材料|资料|文件|证明|有关|相关|条件|情形|要求)|其它|(规定|要求|需要)的其他|等(相关|有关)(材料|资料|证明)|等$|等[）)]$`)

func (l *lister) materials() {
	i := l.i
	l.on("materials").when(len(i.Materials) == 0, PartMaterials, "materials", l.shown())
	seen := map[string]bool{}
	for n, m := range i.Materials {
		l.material(n, m)
		l.nth("materials", n, "no").when(len(m.No) != 3 || seen[m.No], PartMaterials, "material_number", "", "name", called(m.Name, n))
		seen[m.No] = true
	}
}

func (l *lister) material(n int, m Material) {
	name := []string{"name", called(m.Name, n)}
	at := func(field string) *lister { return l.nth("materials", n, field) }
	at("name").when(m.Name == "" || catchAll.MatchString(m.Name), PartMaterials, "material_catchall", lawMatters, name...)
	at("when").when(m.Need.Name() == "" || m.Need == Optional && m.When == "" || !l.asks(m.If), PartMaterials, "material_when", l.shown(), name...)
	at(m.unsaid()).when(m.Origin.Name() == "" || len(m.Media) == 0 || m.Standard == "" || m.Filling == "", PartMaterials, "material_standard", l.shown(), name...)
	at("points").when(len(m.Points) == 0, PartMaterials, "material_points", lawMatters, name...)
	if m.Law == "" {
		at("law").warn(PartMaterials, "material_basis", lawMatters, name...)
	}
	if m.Origin == FromGovernment && !m.Shared {
		at("shared").warn(PartMaterials, "material_again", lawShared, name...)
	}
}

// called is what a row of a list is called: by its place while it has no name.
func called(name string, n int) string {
	if name == "" {
		return "第" + strconv.Itoa(n+1) + "项"
	}
	return name
}

// unsaid is the first of the things that every material says and this does not.
func (m Material) unsaid() string {
	switch {
	case m.Origin.Name() == "":
		return "origin"
	case len(m.Media) == 0:
		return "media"
	case m.Standard == "":
		return "standard"
	}
	return "filling"
}

// asks says whether the form asks everything that a condition looks at.
func (l *lister) asks(c form.Condition) bool {
	fields := l.i.Form.Fields()
	for _, t := range c {
		if !slices.ContainsFunc(fields, func(f form.Field) bool { return f.Element == t.Field }) {
			return false
		}
	}
	return true
}

func (l *lister) form() {
	i := l.i
	if len(i.Form.Sections) == 0 || i.Form.Check() != nil {
		l.on("form").lack(PartForm, "form", l.shown())
		return
	}
	if len(i.Example) == 0 {
		l.lack(PartExample, "example", l.shown())
		return
	}
	for _, f := range i.Form.Validate(i.Form.Normalize(i.Example), i.ExampleOn) {
		l.on(f.Name).lack(PartExample, "example_wrong", l.shown(), "field", labelOf(i.Form, f.Name))
	}
}

// labelOf is what people read for an element of the form.
func labelOf(d form.Definition, element string) string {
	for _, f := range d.Fields() {
		if f.Element == element {
			return f.Resolve().Label
		}
	}
	return element
}

// regulation are documents that cannot lay down a fee: only a law or an
// administrative regulation can.
var regulation = regexp.MustCompile(`办法|规定|通知|细则|意见|公告`)

func (l *lister) rest() {
	i := l.i
	f := i.Fee
	l.on("fee.law").when(f.Charged && (f.Law == "" || f.Standard == "" || regulation.MatchString(f.Law)), PartFee, "fee_basis", lawFee)
	l.on("result.name").when(i.Result.Name == "" || i.Result.FormName() == "", PartResult, "result", l.shown())
	l.on("result.name").when(unprintable(i.Result.Name) != "", PartResult, "characters", "", "text", i.Result.Name, "characters", unprintable(i.Result.Name))
	typed := i.Result.TypeCode
	l.on("result.type_code").when((i.Result.Form == "licence" || typed != "") && code.CheckLicenceType(typed) != nil, PartResult, "result_type", lawIdentifier)
	l.on("windows").when(len(i.Windows) == 0 && i.Offline != "", PartWindow, "window", lawChannel)
	l.on("consult").when(i.Phones.Consult == "" || i.Phones.Complain == "", PartPhones, "phones", lawMatters)
	l.on("visits_why").when(i.Visits > 0 && i.VisitsWhy == "", PartWindow, "visits", lawChannel)
	for _, unknown := range i.Remedies.Lacks() {
		l.warn(PartRemedies, "remedies", lawRemedies, "unknown", unknown)
	}
	there := map[Part]bool{PartBasis: len(i.Basis) > 0, PartConditions: len(i.Conditions) > 0, PartLimits: i.Statutory != nil,
		PartMaterials: len(i.Materials) > 0, PartForm: len(i.Form.Sections) > 0, PartResult: i.Result.Name != ""}
	for _, p := range []Part{PartBasis, PartConditions, PartLimits, PartMaterials, PartForm, PartResult} {
		l.on("sources."+string(p)+".source").when(there[p] && i.Sources[p].Source == "", p, "source", "", "part", string(p))
	}
}
