package bench

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/url"
	"strings"

	"onewindow/internal/kit/db"
)

var _ = register(Workload{"w6", "公众查询进度：编号加查询码，九成热门、一成冷门，百分之五查询码错误；对照只答一个词的页面。", runProgress})

// lookUps are the cases that the public asks for: a few of them often.
type lookUps struct{ hot, cold []lookUp }

type lookUp struct{ right, wrong string } // forms

const (
	hotCases    = 100
	coldCases   = 20_000
	hotPercent  = 90
	wrongInCent = 5
)

// lookUps takes cases from all over the store.
func (x *city) lookUps(ctx context.Context) (l lookUps, err error) {
	err = x.store(ctx, func(d *db.DB) error {
		return d.Read(ctx, func(tx *db.Tx) error {
			numbers, err := db.List(tx, func(r db.Scanner) (n string, err error) { return n, r.Scan(&n) },
				`select number from cases order by substr(id, 20, 6) limit $1`, coldCases)
			for i, n := range numbers {
				f := lookUp{form(n, x.keys.CheckCode(n)), form(n, "ZZZZZZ")}
				if l.cold = append(l.cold, f); i < hotCases {
					l.hot = append(l.hot, f)
				}
			}
			return err
		})
	})
	if err == nil && len(l.hot) == 0 {
		err = fmt.Errorf("no case to look up")
	}
	return l, err
}

func form(number, code string) string { return url.Values{"number": {number}, "code": {code}}.Encode() }

// pick is a look-up as the public makes it, and the answer it should get.
func (l lookUps) pick() (form string, status int) {
	from := l.cold
	if rand.IntN(100) < hotPercent {
		from = l.hot
	}
	f := from[rand.IntN(len(from))]
	if rand.IntN(100) < wrongInCent {
		return f.wrong, 422
	}
	return f.right, 200
}

// ask makes one look-up; a wrong code must be told from a right one.
func (l lookUps) ask(c *client, _ int) (answer, error) {
	form, status := l.pick()
	a, err := first(c.postBody("/progress", "", form)).want(status)
	a.status = 200
	return a, err
}

func runProgress(r *Run) error {
	x, err := r.city(max(r.Preload, 1))
	if err != nil {
		return err
	}
	defer r.cities.drop(x)
	l, err := x.lookUps(r.Ctx)
	if err != nil {
		return err
	}
	return r.serving(x, func(s, pages *server) error {
		if err := l.tells(s); err != nil {
			return err
		}
		conns, others := s.clients(r.pageClients()), pages.clients(r.pageClients())
		defer conns.close()
		defer others.close()
		c := &contest{n: r.pageClients(), own: s, limit: pages, ask: conns.asking(l.ask, 200),
			askLimit: others.asking(func(c *client, _ int) (answer, error) { return c.get("/hello", "") }, 200)}
		wait := r.profile(s, "progress", r.Length)
		err := r.race(c)
		wait()
		r.tell(fmt.Sprintf("%d connections, %d cases", c.n, r.Preload), c.figures("look-ups", "look-up", "hello", "≥ 0.4")...)
		return err
	})
}

// tells checks that a look-up shows the history.
func (l lookUps) tells(s *server) error {
	c := newClient(s.addr)
	defer c.close()
	a, err := first(c.postBody("/progress", "", l.hot[0].right)).want(200)
	if err == nil && !strings.Contains(string(a.body), "办理经过") {
		err = fmt.Errorf("the page does not tell the history")
	}
	return err
}
