package document

import (
	"slices"
	"strings"

	"onewindow/internal/business/org"
	"onewindow/internal/kit/fault"
)

// Need is something a document of a kind must state. Number, date and seal are
// not among the needs: every document has them by construction.
type Need struct {
	What  string // 复议机关与60日
	Law   string // the article that asks for it
	holds func(*Facts) bool
}

// fact is something that documents may have to state.
type fact struct {
	what  string
	holds func(*Facts) bool
}

// by names the article that asks for the fact.
func (x fact) by(law string) Need { return Need{x.what, law, x.holds} }

// when asks for the fact in some cases only.
func (x fact) when(asked func(*Facts) bool) fact {
	return fact{x.what, func(f *Facts) bool { return !asked(f) || x.holds(f) }}
}

// The facts that more than one kind asks for.
var (
	applicant = fact{"申请人", func(f *Facts) bool { return given(f.Applicant.Name) }}
	matter    = fact{"事项名称及编码", func(f *Facts) bool { return given(f.Matter.Name, f.Matter.Code) }}
	received  = fact{"收到时间", func(f *Facts) bool { return !f.ReceivedAt.IsZero() }}
	checkCode = fact{"查询码", func(f *Facts) bool { return given(f.CaseNumber, f.CheckCode) }}
	materials = fact{"材料清单及份数", func(f *Facts) bool {
		return all(f.Materials, func(m Material) bool { return given(m.Name) && m.Copies > 0 })
	}}
	reasons     = fact{"理由", func(f *Facts) bool { return texts(f.Reasons) }}
	basis       = fact{"依据", func(f *Facts) bool { return texts(f.Basis) }}
	competent   = fact{"应向何机关申请", func(f *Facts) bool { return given(f.Competent) }}
	until       = fact{"期限", func(f *Facts) bool { return f.Until != nil }}
	how         = fact{"方式", func(f *Facts) bool { return given(f.How) }}
	consequence = fact{"逾期后果", func(f *Facts) bool { return given(f.Consequence) }}
	phone       = fact{"联系人电话", func(f *Facts) bool { return given(f.Contact, f.Phone) }}
	statutory   = fact{"法定办结日期", func(f *Facts) bool { return f.Statutory != nil }}
	decision    = fact{"决定内容", func(f *Facts) bool { return given(f.Decision) }}
	validity    = fact{"有效期", func(f *Facts) bool { return f.Licence.None || f.Licence.dated() }}
	review      = fact{"复议机关与60日", func(f *Facts) bool {
		return given(f.Remedies.Review) && f.Remedies.ReviewDays >= org.ReviewDays
	}}
	court = fact{"诉讼法院与6个月", func(f *Facts) bool {
		return given(f.Remedies.Court) && f.Remedies.SuitMonths > 0 && (f.Remedies.SuitMonths == org.SuitMonths || given(f.Remedies.SuitLaw))
	}}
	online = fact{"线上复议渠道", func(f *Facts) bool { return !f.ServedOnline || given(f.Remedies.Online) }}
)

// The articles on remedies. A decision that leaves the remedies out extends
// the time for review to a year (行政复议法第二十条第三款).
const (
	reviewLaw = "行政复议法第二十条第一款"
	courtLaw  = "行政诉讼法第四十六条第一款"
	onlineLaw = "行政复议法第二十二条第二款"
)

// remedies is what every document against the applicant tells.
var remedies = []Need{review.by(reviewLaw), court.by(courtLaw), online.by(onlineLaw)}

// remediesWhen asks for the remedies in some cases only.
func remediesWhen(asked func(*Facts) bool) []Need {
	return []Need{review.when(asked).by(reviewLaw), court.when(asked).by(courtLaw), online.when(asked).by(onlineLaw)}
}

// named says that remedies are told where the law leaves it open.
func named(f *Facts) bool { return f.Remedies != Remedies{} }

// needs puts the needs of a kind together: who applies for what, and more.
func needs(law string, more ...[]Need) []Need {
	return slices.Concat([]Need{applicant.by(law), matter.by(law)}, slices.Concat(more...))
}

// Lacks lists what the facts do not state though a document of this kind must,
// in the order of the kind's needs.
func Lacks(k Kind, f *Facts) []Need {
	var out []Need
	for _, n := range k.Spec().Must {
		if !n.holds(f) {
			out = append(out, n)
		}
	}
	return out
}

// complete refuses an incomplete document with "document.lacks" and names
// everything that lacks.
func (d *Draft) complete() error {
	if !d.Kind.Known() {
		return fault.Invalid("document.kind")
	}
	if !given(d.Body.ID, d.Body.Name) {
		return fault.Refused("document.lacks", d.Kind.Spec().Law, "what", "机关名称")
	}
	lacks := Lacks(d.Kind, &d.Facts)
	if len(lacks) == 0 {
		return nil
	}
	var what []string
	for _, n := range lacks {
		what = append(what, n.What)
	}
	return fault.Refused("document.lacks", lacks[0].Law, "what", strings.Join(what, "、"))
}
