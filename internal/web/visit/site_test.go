package visit

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/a-h/templ"
	"github.com/alexedwards/scs/v2"
	"github.com/alexedwards/scs/v2/memstore"

	"onewindow/internal/business/staff"
	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/webtest"
)

// site is a small site behind a door.
type site struct {
	*webtest.Client
	clock *clock.Moving
	log   *buffer
	epoch int64 // sessions of another epoch are void
	must  bool  // the account must change its password
	store *store
	mux   *http.ServeMux
}

type buffer struct {
	mu sync.Mutex
	bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Buffer.Write(p)
}

// store is a session store that can be made to fail.
type store struct {
	*memstore.MemStore
	broken, full bool
}

func (s *store) Find(token string) ([]byte, bool, error) {
	if s.broken {
		return nil, false, errors.New("disk secret is away")
	}
	return s.MemStore.Find(token)
}

func (s *store) Commit(token string, b []byte, expiry time.Time) error {
	if s.full {
		return errors.New("disk secret is full")
	}
	return s.MemStore.Commit(token, b, expiry)
}

func newSite(t *testing.T, change ...func(*Options)) *site {
	t.Helper()
	s := &site{clock: clock.NewMoving(time.Date(2026, 11, 23, 6, 0, 0, 0, time.UTC)), log: &buffer{}, mux: http.NewServeMux(),
		store: &store{MemStore: memstore.NewWithCleanupInterval(0)}}
	sessions := scs.New()
	sessions.Store = s.store
	o := Options{
		Sessions: sessions, Clock: s.clock, Log: slog.New(slog.NewJSONHandler(s.log, nil)), Key: bytes.Repeat([]byte{7}, 32),
		Actor: s.actor, Password: "/password", SignOut: "/sign-out",
		Site: ui.Site{Name: "示例市政务服务", SignIn: "/sign-in", Display: "/display", Search: "/search"},
		Nav: func(*Visit) []ui.Link {
			return []ui.Link{{Text: "首页", Href: "/"}, {Text: "办件", Href: "/cases"}}
		},
		Side: func(v *Visit) []ui.Group {
			if v.Actor.Kind != staff.Officer {
				return nil
			}
			return []ui.Group{{Title: "窗口", Links: []ui.Link{{Text: "办件", Href: "/cases"}}}}
		},
	}
	for _, c := range change {
		c(&o)
	}
	s.routes()
	s.Client = webtest.NewClient(t, New(o).Wrap(s.mux))
	return s
}

func (s *site) actor(_ context.Context, id string, epoch int64) (staff.Actor, error) {
	if epoch != s.epoch || id == "closed" {
		return staff.Actor{}, fault.SignedOut()
	}
	return staff.Actor{AccountID: id, Name: "林晓", Kind: staff.Officer, Roles: []staff.Role{staff.Clerk}, MustChange: s.must}, nil
}

func (s *site) handle(pattern string, fn func(*Visit) error, rules ...Rule) {
	s.mux.Handle(pattern, Handle(fn, rules...))
}

// page is a page in the layout of the visitor.
func page(v *Visit, body string) error {
	return v.Render(templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return ui.Portal(v.Page("页")).Render(templ.WithChildren(ctx, templ.Raw(body)), w)
	}))
}

func (s *site) routes() {
	s.handle("GET /{$}", func(v *Visit) error { return page(v, "<h1>首页</h1>") })
	s.handle("GET /display", Display)
	s.handle("GET /cases/{id}", func(v *Visit) error {
		return page(v, "<h1>办件 "+v.Path("id")+"</h1><p id=who>"+v.Actor.AccountID+"</p>")
	}, Needs(staff.CaseRead))
	s.handle("GET /mine", func(v *Visit) error { return page(v, "<h1>我的</h1>") }, SignedIn())
	s.handle("GET /publish", func(v *Visit) error { return page(v, "<h1>发布</h1>") }, Needs(staff.CatalogPublish))
	s.handle("GET /sign-in", func(v *Visit) error { return page(v, "<h1>登录</h1>") }, Open())
	s.handle("POST /sign-in", func(v *Visit) error {
		if err := v.SignIn(v.Text("name"), s.epoch); err != nil {
			return err
		}
		v.Flash(ui.OK, "欢迎")
		return v.See("/")
	}, Open())
	s.handle("POST /sign-out", func(v *Visit) error {
		if err := v.SignOut(); err != nil {
			return err
		}
		return v.See("/")
	}, Open())
	s.handle("GET /password", func(v *Visit) error { return page(v, "<h1>修改密码</h1>") }, SignedIn(), Open())
	s.handle("POST /act", func(v *Visit) error { return v.See("/cases/1") }, SignedIn())
}

func (s *site) signIn(t *testing.T, name string) {
	t.Helper()
	if p := s.Post("/sign-in", map[string][]string{"name": {name}}); p.Status != 303 {
		t.Fatalf("sign-in: %d %s", p.Status, p.Text("body"))
	}
}
