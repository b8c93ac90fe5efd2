package desk

import (
	"slices"

	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// waits is how much waits behind the ways of the navigation.
type waits struct {
	byRole                                                     map[staff.Role]int
	extensions, challenges, proceedings, pushes, verifications int
}

// asks are the questions for what may be shown to the actor, besides byRole.
func (p *Pages) asks(a staff.Actor, n *waits) (out []db.Ask) {
	out = append(p.Casework.AskExtensions(a, &n.extensions), p.Casework.AskChallenges(a, &n.challenges)...)
	if ends(a) {
		out = append(out, p.Aftercare.AskOpen(a, &n.proceedings)...)
	}
	return slices.Concat(out, p.Aftercare.AskInbox(a, &n.pushes), p.Promises.AskWaiting(a, &n.verifications))
}

// ends says that the actor withdraws, revokes or ends licences.
func ends(a staff.Actor) bool { return a.Can(staff.LicenceProceed) || a.Can(staff.LicenceEnd) }

// waitsKey is what waits are known by within a request.
const waitsKey = "desk waits"

// waits asks once in a request, for everything in one round trip.
func (p *Pages) waits(v *visit.Visit) (*waits, error) {
	return visit.Once(v, waitsKey, func() (n *waits, err error) {
		n = &waits{}
		n.byRole, err = p.Casework.Waiting(v.Context(), v.Actor, p.asks(v.Actor, n)...)
		return n, err
	})
}

// Side is the part of the work navigation that leads to these pages, with what
// waits; nil for who has no work here.
func (p *Pages) Side(v *visit.Visit) []ui.Group {
	n, err := p.waits(v)
	if err != nil { // the navigation is no reason to fail
		n = &waits{}
	}
	return slices.Concat(p.caseSide(v, n), afterSide(v.Actor, n), promiseSide(v.Actor, n))
}

// The ways that many have.
var (
	hearingLink = ui.Link{Text: "听证", Href: Base + "/hearings", Icon: "people"}
	findLink    = ui.Link{Text: "查找办件", Href: Base + "/find", Icon: "search"}
	visitsLink  = ui.Link{Text: "现场核查", Href: Base + "/visits", Icon: "calendar"}
)

func (p *Pages) caseSide(v *visit.Visit, n *waits) []ui.Group {
	roles := mine(v.Actor)
	switch {
	case len(roles) > 0:
	case v.Actor.Can(staff.CaseRead) && !v.Actor.Can(staff.CaseAccept) && !v.Actor.Can(staff.CaseDeliver):
		links := []ui.Link{findLink, visitsLink}
		if v.Actor.Can(staff.HearingHost) {
			links = []ui.Link{hearingLink, findLink}
		}
		if v.Actor.Can(staff.CaseExtendJoint) {
			links = []ui.Link{{Text: "待政府批准", Href: governmentPath, Icon: "clock", Count: n.extensions + n.challenges}, findLink}
		}
		return []ui.Group{{Title: "办件", Links: links}} // who looks on
	case v.Actor.Can(staff.CatalogEdit):
		return []ui.Group{{Title: "事项", Links: []ui.Link{{Text: "数量限制", Href: Base + "/quotas", Icon: "list"}}}}
	default:
		return nil
	}
	var links []ui.Link
	for _, r := range roles {
		links = append(links, ui.Link{Text: "待" + text.Label(text.Role, string(r)), Href: listOf(r), Icon: "inbox", Count: n.byRole[r]})
	}
	if v.Actor.Can(staff.CaseExtend) {
		links = append(links, ui.Link{Text: "待批延长", Href: Base + "/extensions", Icon: "clock", Count: n.extensions})
	}
	if v.Actor.Can(staff.ChallengeDecide) {
		links = append(links, ui.Link{Text: "回避申请", Href: challengesPath, Icon: "people", Count: n.challenges})
	}
	links = append(links, ui.Link{Text: "我的代岗", Href: SubstitutePath, Icon: "user"})
	links = append(links, p.appealSide(v)...)
	if v.Actor.Can(staff.CaseDecide) {
		links = append(links, ui.Link{Text: "决定公开", Href: Base + "/publishing", Icon: "eye"})
	}
	return []ui.Group{{Title: "审批", Links: append(links, hearingLink, visitsLink, findLink)}}
}

// afterSide is the part of the work navigation for licences and regulators.
func afterSide(a staff.Actor, n *waits) (out []ui.Group) {
	if ends(a) {
		out = append(out, ui.Group{Title: "证照", Links: []ui.Link{{Text: "证照", Href: Base + "/licences", Icon: "seal"},
			{Text: "证照程序", Href: Base + "/proceedings", Icon: "list", Count: n.proceedings}}})
	}
	if a.Can(staff.ArchiveRead) {
		out = append(out, ui.Group{Title: "档案", Links: []ui.Link{{Text: "归档信息包", Href: Base + "/archive", Icon: "file"}}})
	}
	if a.Can(staff.RegulatorAct) {
		out = append(out, ui.Group{Title: "监管", Links: []ui.Link{{Text: "审管联动", Href: regulatorPath, Icon: "inbox", Count: n.pushes}}})
	}
	return out
}

// promiseSide is the part of the work navigation for commitments.
func promiseSide(a staff.Actor, n *waits) []ui.Group {
	var links []ui.Link
	if a.Can(staff.CommitmentVerify) {
		links = append(links, ui.Link{Text: "告知承诺核查", Href: verifyPath, Icon: "check", Count: n.verifications})
	}
	if a.Can(staff.CreditRepair) {
		links = append(links, ui.Link{Text: "信用记录", Href: creditPath, Icon: "list"})
	}
	if len(links) == 0 {
		return nil
	}
	return []ui.Group{{Title: "承诺", Links: links}}
}
