package admin

import (
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"onewindow/internal/business/staff"
	"onewindow/internal/kit/id"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// usualDays is how long a token lasts unless something else is chosen, in
// natural days.
const usualDays = 180

// newToken is the form of a new token, and once it is issued the page that shows
// it.
type newToken struct {
	account
	ID          string
	Name, Days  string
	Permissions []string
	Issued      string // the token, shown this once
}

func tokenFrame(v *visit.Visit, t newToken) templ.Component {
	return frame(v.Page("签发接口令牌", accountCrumbs(t.account, ui.Link{Text: "签发接口令牌", Current: true})...), tokenView(t))
}

// TokenNew asks for which system the token is, and what it may do.
func (p *Pages) TokenNew(v *visit.Visit) error {
	a, err := p.account(v)
	if err != nil {
		return err
	}
	return v.Render(tokenFrame(v, newToken{account: a, ID: id.New(), Days: strconv.Itoa(usualDays)}))
}

// TokenIssue issues the token and shows it, this once.
func (p *Pages) TokenIssue(v *visit.Visit) error {
	t := newToken{ID: v.Text("id"), Name: v.Text("name"), Days: v.Text("days"), Permissions: v.Texts("permissions")}
	in := staff.IssueToken{ID: t.ID, AccountID: v.Path("account"), Name: t.Name}
	in.Days, _ = strconv.Atoi(t.Days) // what is no number is out of range
	for _, x := range t.Permissions {
		in.Permissions = append(in.Permissions, staff.Permission(x))
	}
	_, issued, err := p.Staff.IssueToken(v.Context(), v.Actor, in)
	var failed error
	if t.account, failed = p.account(v); failed != nil {
		return failed
	}
	if err != nil {
		return v.Again(err, func(problems ui.Problems) templ.Component {
			t.Problems = problems
			return tokenFrame(v, t)
		})
	}
	t.Issued = issued
	return v.Render(tokenFrame(v, t))
}

// TokenRevoke voids a token for good.
func (p *Pages) TokenRevoke(v *visit.Visit) error {
	return p.done(v, p.Staff.RevokeToken(v.Context(), v.Actor, staff.RevokeToken{TokenID: v.Text("token")}), "令牌已吊销，立即失效。")
}

// forSystems are what a token can be of use for: what the API offers.
var forSystems = []staff.Permission{staff.CaseRead, staff.CaseSubmit, staff.CaseSupplement, staff.CaseWithdraw, staff.LicenceRead}

func permissionChoices() []ui.Choice { return text.Choices(text.Permission, forSystems...) }

func permissionNames(all []staff.Permission) string {
	var names []string
	for _, p := range all {
		names = append(names, text.Label(text.Permission, string(p)))
	}
	return strings.Join(names, "、")
}

// tokenState is how a token stands now.
func (a account) tokenState(t staff.Token) string {
	switch {
	case !t.Revoked.IsZero():
		return "已吊销 " + text.At(t.Revoked)
	case !t.Open(a.Now):
		return "已到期"
	}
	return "有效"
}
