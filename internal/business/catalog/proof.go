package catalog

import (
	"slices"
	"strings"
)

// Proof is 证明事项: a fact that the applicant must have attested by somebody
// else. Only a law, a regulation or a decision of the State Council can ask for
// it (优化营商环境条例第四十四条).
type Proof struct {
	Name     string `json:"name"`
	Issuer   string `json:"issuer"`             // 开具单位
	Material string `json:"material,omitempty"` // the material (three digits) that it is
	Law      string `json:"law"`
	// Promise says that a written promise replaces it.
	Promise bool `json:"promise,omitempty"`
}

// Payer says who pays for an intermediary service.
type Payer string

// Who pays: the applicant for what the applicant needs, the body for what the
// body entrusts (优化营商环境条例第四十三条).
const (
	PaidByApplicant Payer = "applicant"
	PaidByBody      Payer = "body"
)

// Name is the Chinese name.
func (p Payer) Name() string {
	return map[Payer]string{PaidByApplicant: "申请人", PaidByBody: "行政机关"}[p]
}

// Intermediary is 中介服务, a service of an institution without which one cannot
// apply or be decided on (优化营商环境条例第四十三条).
type Intermediary struct {
	Name     string `json:"name"`
	Material string `json:"material,omitempty"`
	Law      string `json:"law"`
	Provider string `json:"provider"` // which institutions may do it; freely chosen by who pays
	// Entrusted says that the body orders it during the procedure (技术性服务).
	Entrusted bool  `json:"entrusted,omitempty"`
	Paid      Payer `json:"paid"`
}

const (
	lawService = "优化营商环境条例第四十三条"
	lawProof   = "优化营商环境条例第四十四条"
)

// grounded says whether a citation names a law, a regulation or a decision of
// the State Council, and not a document of lower rank.
func grounded(law string) bool {
	law = strings.Trim(strings.TrimSpace(law), "《")
	return law != "" && (strings.HasPrefix(law, "国务院") && strings.Contains(law, "决定") || !regulation.MatchString(law))
}

// proofs lists what lacks of proofs and services: their own legal basis, who
// gives them, and that nobody pays for what the body ordered.
func (l *lister) proofs() {
	i := l.i
	for n, p := range i.Proofs {
		l.nth("proofs", n, "law").when(p.Name == "" || p.Issuer == "" || !grounded(p.Law), PartMaterials, "proof_basis", lawProof, "name", called(p.Name, n))
	}
	for n, s := range i.Services {
		l.nth("services", n, "law").when(s.Name == "" || s.Provider == "" || !grounded(s.Law), PartMaterials, "service_basis", lawService, "name", called(s.Name, n))
		l.nth("services", n, "paid").when(s.Paid.Name() == "" || s.Entrusted && s.Paid != PaidByBody, PartMaterials, "service_paid", lawService, "name", called(s.Name, n))
	}
	for _, m := range i.Materials {
		listed := slices.ContainsFunc(i.Services, func(s Intermediary) bool { return s.Material == m.No })
		if m.Origin == FromAgency && !listed {
			l.warn(PartMaterials, "service_unlisted", lawService, "name", m.Name)
		}
	}
}

// proofFacts tell of them in the guide.
func (i *Implementation) proofFacts() []Fact {
	var f facts
	for _, p := range i.Proofs {
		text := "由" + p.Issuer + "开具"
		if p.Promise {
			text += "；可以以书面承诺代替"
		}
		f.add("证明事项："+p.Name, joinNote(text, p.Law))
	}
	for _, s := range i.Services {
		text := "由" + s.Provider + "提供"
		if s.Entrusted {
			text = "由行政机关委托，" + s.Provider + "提供"
		}
		f.add("中介服务："+s.Name, joinNote(text+"，费用由"+s.Paid.Name()+"承担", s.Law))
	}
	if len(f) == 0 && len(i.Materials) > 0 {
		f.add("证明事项和中介服务", "无")
	}
	return f
}
