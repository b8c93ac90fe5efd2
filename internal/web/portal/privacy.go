package portal

import (
	"strconv"

	"onewindow/internal/business/delegation"
	"onewindow/internal/business/privacy"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// Privacy shows the notice of what personal data is processed, and the earlier
// versions (个人信息保护法第十七条).
func (p *Pages) Privacy(v *visit.Visit) error {
	all, err := p.PrivacyNotices.Notices(v.Context())
	if err != nil {
		return err
	}
	now, err := p.PrivacyNotices.Current(v.Context())
	if err != nil {
		return err
	}
	return show(v, "个人信息处理告知", privacyPage(now, all))
}

// told is the version of the notice that a page tells.
func (p *Pages) told(v *visit.Visit) (int, error) {
	n, err := p.PrivacyNotices.Current(v.Context())
	return n.Version, err
}

// noticeTitle heads a version that is not in force: one to come, or one of before.
func noticeTitle(n privacy.Notice, now int) string {
	when := "以前的版本"
	if n.Version > now {
		when = "即将施行的版本"
	}
	return when + "：第 " + strconv.Itoa(n.Version) + " 版，自 " + text.Day(n.From) + "起"
}

const delegationLines = 20

// Delegations announces what is entrusted and what was transferred
// (行政许可法第二十四条第一款).
func (p *Pages) Delegations(v *visit.Visit) error {
	after := clip(v.Query("after"), 60)
	all, err := p.Delegation.List(v.Context(), after, delegationLines+1)
	if err != nil {
		return err
	}
	all, pages := visit.Cut(v, "/delegations", nil, all, delegationLines, func(d delegation.Delegation) string { return d.ID })
	return show(v, "委托和划转公告", publicDelegations(all, pages))
}

func entrusted(d delegation.Delegation) []ui.Pair {
	out := []ui.Pair{{Term: "事项", Text: d.ItemName, Note: d.ItemCode}, {Term: "由", Text: d.FromName}, {Term: "到", Text: d.ToName}, {Term: "依据", Text: d.Basis},
		{Term: "内容", Text: d.Content}, {Term: "文书", Text: d.Instrument}, {Term: "生效", Text: text.Day(d.From)}}
	if d.Until != 0 {
		out = append(out, ui.Pair{Term: "截止", Text: text.Day(d.Until)})
	}
	if !d.Open() {
		out = append(out, ui.Pair{Term: "终止", Text: text.At(d.EndedAt)})
	}
	return out
}
