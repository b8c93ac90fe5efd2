package admin

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/a-h/templ"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/org"
	"onewindow/internal/business/staff"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

const accountsPath = Base + "/accounts"

func accountPath(id, what string) string { return accountsPath + "/" + id + what }

func (p *Pages) accountRoutes() []visit.Route {
	return []visit.Route{
		p.administrators("/accounts", p.AccountList),
		p.get("/accounts/new", staff.StaffManage, p.AccountNew),
		p.post("/accounts/new", staff.StaffManage, p.AccountCreate),
		p.administrators("/accounts/{account}", p.Account),
		p.post("/accounts/{account}/active", staff.StaffManage, p.AccountActive),
		p.post("/accounts/{account}/postings", staff.StaffGrant, p.PostingAdd),
		p.post("/accounts/{account}/postings/end", staff.StaffGrant, p.PostingEnd),
		p.post("/accounts/{account}/unlock", staff.StaffGrant, p.AccountUnlock),
		p.get("/accounts/{account}/password", staff.StaffGrant, p.PasswordAsk),
		p.post("/accounts/{account}/password", staff.StaffGrant, p.PasswordReset),
		p.get("/accounts/{account}/tokens/new", staff.StaffManage, p.TokenNew),
		p.post("/accounts/{account}/tokens/new", staff.StaffManage, p.TokenIssue),
		p.post("/accounts/{account}/tokens/revoke", staff.StaffManage, p.TokenRevoke),
		p.get("/audit", staff.AuditRead, p.Trail),
		p.get("/audit.csv", staff.AuditRead, p.ExportTrail),
	}
}

// administrators is a page for both who keep accounts: who opens them and who
// grants posts.
func (p *Pages) administrators(path string, h func(*visit.Visit) error) visit.Route {
	return visit.Route{Method: http.MethodGet, Pattern: Base + path, Need: visit.Either(staff.StaffManage, staff.StaffGrant), Handler: h}
}

// accountsShown is how many accounts a page of the list holds.
const accountsShown = 50

// AccountList leads to the accounts of officers or applicants, by login name.
func (p *Pages) AccountList(v *visit.Visit) error {
	kind, prefix := staff.Kind(v.Query("kind")), v.Query("q")
	if kind != staff.Applicant {
		kind = staff.Officer
	}
	all, err := p.Staff.Accounts(v.Context(), v.Actor, kind, prefix, v.Query("after"), accountsShown+1)
	if err != nil {
		return err
	}
	filter := url.Values{"kind": {string(kind)}, "q": {prefix}}
	all, pages := visit.Cut(v, accountsPath, filter, all, accountsShown, func(a staff.Account) string { return a.Login })
	t := ui.TableData{Caption: "账号", Columns: []ui.Column{{Title: "登录名"}, {Title: "姓名"}, {Title: "状态"}, {Title: "开立时间", Tight: true}}}
	for _, a := range all {
		words, tone := state(a, v.Now())
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: a.Login, Href: accountPath(a.ID, "")}, {Text: a.Name},
			{Body: ui.Badge(words, tone)}, {Text: text.At(a.CreatedAt)}}})
	}
	return show(v, "账号", accountListView(accountList{t, pages, string(kind), prefix, v.Actor.Can(staff.StaffManage)}), ui.Link{Text: "账号", Current: true})
}

type accountList struct {
	Table  ui.TableData
	Pages  ui.Pages
	Kind   string
	Prefix string
	May    bool // open new ones
}

func kindChoices() []ui.Choice { return text.Choices(text.ActorKind, staff.Officer, staff.Applicant) }

// state is how an account stands now.
func state(a staff.Account, now time.Time) (string, ui.Tone) {
	switch {
	case !a.Active:
		return "已停用", ui.Neutral
	case now.Before(a.Locked):
		return "已锁定", ui.Bad
	case a.MustChange:
		return "待首次登录改密码", ui.Warn
	}
	return "正常", ui.OK
}

// account is the page of one account.
type account struct {
	staff.Account
	Now      time.Time
	Postings []staff.Posting
	Tokens   []staff.Token
	Places   places
	Manage   bool // open, close, issue tokens
	Grant    bool // post, unlock, reset
	Typed    map[string]string
	Problems ui.Problems
}

// places are the bodies, halls and windows at which officers are posted.
type places struct {
	Bodies  []ui.Choice
	Halls   []ui.Choice
	Windows []ui.Choice
}

// Account shows one account: who, which posts, which tokens.
func (p *Pages) Account(v *visit.Visit) error {
	a, err := p.account(v)
	if err != nil {
		return err
	}
	return v.Render(accountFrame(v, a))
}

func (p *Pages) account(v *visit.Visit) (a account, err error) {
	a = account{Now: v.Now(), Typed: map[string]string{}}
	if a.Account, a.Postings, err = p.Staff.Account(v.Context(), v.Actor, v.Path("account")); err != nil {
		return a, err
	}
	self := v.Actor.Self(a.ID)
	a.Manage, a.Grant = v.Actor.Can(staff.StaffManage) && !self, v.Actor.Can(staff.StaffGrant) && !self
	if a.Tokens, err = p.Staff.Tokens(v.Context(), v.Actor, a.ID); err != nil {
		return a, err
	}
	a.Places, err = p.places(v)
	return a, err
}

func (p *Pages) places(v *visit.Visit) (out places, err error) {
	bodies, err := p.Org.List(v.Context(), org.Filter{})
	if err != nil {
		return out, err
	}
	for _, b := range bodies {
		out.Bodies = append(out.Bodies, ui.Choice{Value: b.ID, Text: b.Name})
	}
	halls, err := p.Org.Halls(v.Context())
	if err != nil {
		return out, err
	}
	for _, h := range halls {
		out.Halls = append(out.Halls, ui.Choice{Value: h.ID, Text: h.Name})
	}
	windows, err := p.Org.AllWindows(v.Context())
	for _, w := range windows {
		out.Windows = append(out.Windows, ui.Choice{Value: w.ID, Text: name(out.Halls, w.HallID) + " " + w.Number + " " + w.Name})
	}
	return out, err
}

func accountCrumbs(a account, more ...ui.Link) []ui.Link {
	crumbs := []ui.Link{{Text: "账号", Href: accountsPath}, {Text: a.Name, Href: accountPath(a.ID, "")}}
	if len(more) == 0 {
		crumbs[1].Href, crumbs[1].Current = "", true
	}
	return append(crumbs, more...)
}

func accountFrame(v *visit.Visit, a account) templ.Component {
	return frame(v.Page("账号："+a.Name, accountCrumbs(a)...), accountView(a))
}

// again shows the account anew with what stopped an act on it.
func (p *Pages) again(v *visit.Visit, err error) error {
	a, failed := p.account(v)
	if failed != nil {
		return failed
	}
	for _, name := range []string{"body", "role", "hall", "window", "from", "to"} {
		a.Typed[name] = v.Text(name)
	}
	return v.Again(err, func(problems ui.Problems) templ.Component {
		a.Problems = problems
		return accountFrame(v, a)
	})
}

// facts are what is known of the account.
func (a account) facts() []ui.Pair {
	words, tone := state(a.Account, a.Now)
	out := []ui.Pair{{Term: "登录名", Text: a.Login}, {Term: "姓名", Text: a.Name}, {Term: "类别", Text: text.Label(text.ActorKind, string(a.Kind))},
		{Term: "状态", Body: ui.Badge(words, tone)}, {Term: "开立时间", Text: text.At(a.CreatedAt)}, {Term: "密码设置时间", Text: text.At(a.PasswordAt)}}
	if a.Now.Before(a.Locked) {
		out = append(out, ui.Pair{Term: "锁定至", Text: text.At(a.Locked)})
	}
	return out
}

// locked says whether the lock may be lifted here.
func (a account) locked() bool { return a.Grant && a.Now.Before(a.Locked) }

// name is the text of a choice by its value; the value itself when it is gone.
func name(all []ui.Choice, value string) string {
	for _, c := range all {
		if c.Value == value {
			return c.Text
		}
	}
	return value
}

// place is where a posting works.
func (a account) place(x staff.Posting) string {
	parts := []string{name(a.Places.Bodies, x.BodyID)}
	switch {
	case x.WindowID != "":
		parts = append(parts, name(a.Places.Windows, x.WindowID))
	case x.HallID != "":
		parts = append(parts, name(a.Places.Halls, x.HallID))
	}
	return strings.Join(parts, "，")
}

// term is from when to when, of stored civil days.
func term(from, to string) string {
	if to == "" {
		return dayWords(from) + "起"
	}
	return dayWords(from) + "至" + dayWords(to)
}

func dayWords(stored string) string {
	d, err := calendar.ParseDay(stored)
	if err != nil {
		return stored
	}
	return text.Day(d)
}

func roleChoices() []ui.Choice { return text.Choices(text.Role, staff.Roles()...) }
