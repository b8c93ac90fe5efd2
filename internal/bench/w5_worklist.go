package bench

import (
	"fmt"
	"strings"
)

var _ = register(Workload{"w5", "工作列表页：完整网页，20 行，64 个连接；对照同样大小的静态页。", runWorkList})

// pageClients ask for pages at a time.
const pageClients = 64

func (o Options) pageClients() int {
	if o.Quick {
		return 4
	}
	return pageClients
}

func runWorkList(r *Run) error {
	x, err := r.city(max(r.Preload, openFirst))
	if err != nil {
		return err
	}
	defer r.cities.drop(x)
	return r.serving(x, func(s, pages *server) error {
		list, size, err := x.workList(s)
		if err != nil {
			return err
		}
		conns, others := s.clients(r.pageClients()), pages.clients(r.pageClients())
		defer conns.close()
		defer others.close()
		static, err := pages.page(size)
		if err != nil {
			return err
		}
		c := &contest{n: r.pageClients(), own: s, limit: pages, ask: conns.asking(list, 200),
			askLimit: others.asking(func(c *client, _ int) (answer, error) { return c.get(static, "") }, 200)}
		wait := r.profile(s, "worklist", r.Length)
		err = r.race(c)
		wait()
		r.tell(fmt.Sprintf("%d connections, %d cases, %d KB", c.n, r.Preload, size>>10), c.figures("pages", "page", "static page", "≥ 0.25")...)
		return err
	})
}

// serving runs fn with a server on the city and the process of plain pages.
func (r *Run) serving(x *city, fn func(s, pages *server) error) error {
	admin := r.adminAddr()
	s, err := x.serve("--admin-addr", admin)
	if err != nil {
		return err
	}
	defer s.stop()
	s.admin = admin
	pages, err := r.pages()
	if err != nil {
		return err
	}
	defer pages.kill()
	return fn(s, pages)
}

// workList is the handler's list as a request, and the size of its page. It
// must be full.
func (x *city) workList(s *server) (ask func(*client, int) (answer, error), size int, err error) {
	cookie, err := signIn(s, "handler")
	if err != nil {
		return nil, 0, err
	}
	ask = func(c *client, _ int) (answer, error) { return c.get("/desk/work/handler", cookie) }
	c := newClient(s.addr)
	defer c.close()
	a, err := first(ask(c, 0)).want(200)
	if err != nil {
		return nil, 0, err
	}
	if n := strings.Count(string(a.body), `href="/desk/cases/`); n < 20 {
		return nil, 0, fmt.Errorf("the work list has %d lines, not 20", n)
	}
	return ask, len(a.body), nil
}
