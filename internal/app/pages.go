package app

import (
	"context"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"time"

	"onewindow/internal/api"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/guard"
	"onewindow/internal/kit/health"
	"onewindow/internal/web"
	"onewindow/internal/web/account"
	"onewindow/internal/web/admin"
	"onewindow/internal/web/counter"
	"onewindow/internal/web/desk"
	"onewindow/internal/web/matter"
	"onewindow/internal/web/oversight"
	"onewindow/internal/web/portal"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// Handler is everything the public address answers.
func (p *Platform) Handler() http.Handler {
	mux := http.NewServeMux()
	pages := p.pages()
	mux.Handle("/", pages.Handler(p.door(officePages{pages.Counter, pages.Desk, pages.Oversight, pages.Matter, pages.Admin})))
	mux.HandleFunc("GET /healthz", health.Live)
	mux.Handle("GET /readyz", p.Health.Ready(false))
	return mux
}

// Routes is the table of all pages.
func (p *Platform) Routes() []visit.Route { return p.pages().Routes() }

// guesses limits what could be found out by trying: per visitor and minute.
func (p *Platform) guesses(perMinute int) *visit.Limiter {
	return visit.NewLimiter(float64(perMinute)/60, perMinute, mostVisitors, p.clock)
}

// mostVisitors bounds the memory of the limiters.
const mostVisitors = 100_000

func (p *Platform) pages() web.Pages {
	c := p.config
	password := ""
	if p.demo {
		password = DemoPassword
	}
	limits := Limits(c)
	return web.Pages{
		Account: account.New(account.Deps{Staff: p.Staff, Party: p.Party, Register: "/register", DemoPassword: password,
			Guesses: p.guesses(c.Rate.SignIn)}),
		Portal: portal.New(portal.Deps{Staff: p.Staff, DB: p.DB, Clock: p.clock, Catalog: p.Catalog, Casework: p.Casework, Party: p.Party,
			Documents: p.Document, Licences: p.Licence, Aftercare: p.Aftercare, Complaints: p.Complaint, Ratings: p.Evaluation, Interest: p.Interest, Hearing: p.Hearing, Disclosure: p.Disclosure, Procedures: p.Procedure, Promises: p.Commitment, Identity: p.Register, Delegation: p.Delegation, PrivacyNotices: p.Privacy, Keys: p.Keys, Fonts: p.Fonts, Limits: limits,
			City: p.city(), Hotline: "12345", SignIn: account.SignInPath, Notices: p.siteNotices(), Guesses: p.guesses(c.Rate.Lookup)}),
		Counter: counter.New(counter.Deps{Catalog: p.Catalog, Casework: p.Casework, Party: p.Party, Documents: p.Document, Licences: p.Licence, Procedures: p.Procedure, Identity: p.Register, Limits: limits}),
		Desk: desk.New(desk.Deps{Casework: p.Casework, Party: p.Party, Documents: p.Document, Licences: p.Licence, Org: p.Org, Aftercare: p.Aftercare, Archive: p.Archive, Grievances: p.Complaint, Staff: p.Staff, Clock: p.clock,
			Procedures: p.Procedure, Interest: p.Interest, Hearing: p.Hearing, FileBytes: limits.FileBytes,
			Disclosure: p.Disclosure,
			Promises:   p.Commitment, Credit: p.Credit, Identity: p.Register}),
		Oversight: oversight.New(oversight.Deps{Supervision: p.Supervision, Org: p.Org, Casework: p.Casework, Grievances: p.Complaint}),
		Admin: admin.New(admin.Deps{Calendar: p.Calendar, Casework: p.Casework, Catalog: p.Catalog, Org: p.Org, Staff: p.Staff, Delegation: p.Delegation,
			Privacy: p.Privacy}),
		Matter: matter.New(matter.Deps{Catalog: p.Catalog, Org: p.Org, Hotline: "12345"}),
		API:    onFirstCall(func() http.Handler { return p.api().Handler() }),
	}
}

// onFirstCall makes a handler when it is first asked: to describe the API takes
// longer than all pages together, and many an office has no machine that calls.
func onFirstCall(build func() http.Handler) http.Handler {
	h := sync.OnceValue(build)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { h().ServeHTTP(w, r) })
}

// api is what machines call.
func (p *Platform) api() *api.API {
	c := p.config
	each := func(perMinute int) *guard.Limiter { return guard.New(p.clock, perMinute) }
	return api.New(api.Deps{DB: p.DB, Staff: p.Staff, Party: p.Party, Catalog: p.Catalog, Casework: p.Casework,
		Documents: p.Document, Licences: p.Licence, Procedures: p.Procedure, Limits: Limits(c), BaseURL: c.BaseURL, Proxies: guard.Proxies(proxies(c.TrustedProxies)),
		Callers: each(c.Rate.API), Visitors: each(c.Rate.API), Guesses: each(c.Rate.Lookup), Log: p.Log, Site: p.site(), Nav: portal.Nav(nil)})
}

// site is how the pages present themselves: under the name of the city that the
// store holds, and of the body that runs the platform there.
func (p *Platform) site() ui.Site {
	s := site
	city, operator, err := p.Org.Identity(context.Background())
	if err != nil { // the pages are there all the same, under a general name
		p.Log.Error("whose platform this is", "err", err)
	}
	s.Name, s.Owner = city.Name+"政务服务", operator.Name
	return s
}

// city is the name of the city; "" in a store without one.
func (p *Platform) city() string { return strings.TrimSuffix(p.site().Name, "政务服务") }

// site is the same for every city.
var site = ui.Site{Links: []ui.Link{{Text: "行政许可决定公开", Href: "/decisions"}, {Text: "听证公告", Href: "/hearings"}, {Text: "注销公告", Href: "/cancellations"}, {Text: "利害关系人陈述", Href: "/interest"},
	{Text: "委托和划转公告", Href: "/delegations"}, {Text: "个人信息处理告知", Href: "/privacy"}},
	Contact: "政务服务便民热线 12345", Search: "/matters",
	Hint: "搜索事项，如 食品经营、spjy", SignIn: account.SignInPath, Display: "/display"}

// siteNotices stand on the front page.
func (p *Platform) siteNotices() []ui.Message {
	if !p.demo {
		return nil
	}
	return []ui.Message{{Tone: ui.Warn, Text: "这是演示系统：标有“示例”的内容不是定州市的正式数据，电子印章为演示章，文书和证照没有法律效力。"}}
}

// door is what every page request passes.
func (p *Platform) door(pages officePages) *visit.Door {
	c := p.config
	return visit.New(visit.Options{
		Sessions: p.Staff.Sessions().Manager(c.Session.Idle, c.Session.Longest), Actor: p.Staff.SessionActor,
		Key: []byte(p.Keys.Index("flash", "key"))[:32], TLS: strings.HasPrefix(c.BaseURL, "https://"), Clock: p.clock, Log: p.Log,
		Proxies: proxies(c.TrustedProxies), MaxUpload: int64(c.Upload.File) + 1<<20,
		Site: p.site(), Nav: portal.Nav, Side: pages.side, Links: links, SignOut: account.SignOutPath, Password: account.PasswordPath,
		Observe: func(pattern string, status int, took time.Duration) { p.Metrics.Request(pattern, status, took) },
	})
}

func links(v *visit.Visit) []ui.Link {
	switch v.Actor.Kind {
	case staff.Applicant:
		return portal.Links(v)
	case staff.Officer:
		out := []ui.Link{{Text: "我的消息", Href: "/messages", Icon: "bell"}}
		if v.Actor.Can(staff.CaseRead) {
			out = append(out, ui.Link{Text: "我的代岗", Href: desk.SubstitutePath, Icon: "user"})
		}
		return out
	}
	return nil
}

// officePages are the page sets that have a work navigation.
type officePages struct {
	counter   *counter.Pages
	desk      *desk.Pages
	oversight *oversight.Pages
	matter    *matter.Pages
	admin     *admin.Pages
}

// side is the work navigation of officers; applicants have none.
func (o officePages) side(v *visit.Visit) (groups []ui.Group) {
	if v.Actor.Kind != staff.Officer {
		return nil
	}
	return slices.Concat(o.counter.Side(v), o.desk.Side(v), o.oversight.Side(v), o.matter.Side(v), o.admin.Side(v))
}

// proxies are the addresses and networks whose word on the visitor is taken;
// the configuration has checked them.
func proxies(list []string) (out []netip.Prefix) {
	for _, s := range list {
		if p, err := netip.ParsePrefix(s); err == nil {
			out = append(out, p)
		} else if a, err := netip.ParseAddr(s); err == nil {
			out = append(out, netip.PrefixFrom(a, a.BitLen()))
		}
	}
	return out
}
