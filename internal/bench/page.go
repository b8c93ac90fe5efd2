package bench

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"onewindow/internal/web/visit"
)

// ServePages answers with pages that cost nothing to make, for the limit of
// pages: /hello, and /page/N with N bytes. It says at w where, and does not
// return.
func ServePages(w io.Writer) error {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /hello", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "hello") })
	pages := map[string][]byte{}
	mux.HandleFunc("POST /page/{n}", func(_ http.ResponseWriter, r *http.Request) {
		n, _ := strconv.Atoi(r.PathValue("n"))
		pages["/page/"+r.PathValue("n")] = []byte(strings.Repeat("x", n)) // once, before anybody asks
	})
	mux.HandleFunc("GET /page/{n}", func(w http.ResponseWriter, r *http.Request) {
		body := pages[r.URL.Path]
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		w.Write(body)
	})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "http://%s\n", l.Addr())
	return visit.Server("", mux).Serve(l)
}

// pages starts the process of ServePages.
func (r *Run) pages() (*server, error) {
	return launch(filepath.Join(r.dir, "pages.log"), r.Page)
}

// page is the address of a page of n bytes.
func (s *server) page(n int) (string, error) {
	c := newClient(s.addr)
	defer c.close()
	path := fmt.Sprintf("/page/%d", n)
	_, err := first(c.post(path, "", nil)).want(http.StatusOK)
	return path, err
}

// clients are connections, one for each driver.
type clients []*client

func (s *server) clients(n int) clients {
	out := make(clients, n)
	for i := range out {
		out[i] = newClient(s.addr)
	}
	return out
}

func (c clients) close() {
	for _, x := range c {
		x.close()
	}
}

// asking drives one request after the other; the answer must be of the status.
func (c clients) asking(ask func(*client, int) (answer, error), status int) func(context.Context, int, *counter) error {
	return func(_ context.Context, i int, n *counter) error {
		begun := time.Now()
		_, err := first(ask(c[i], i)).want(status)
		n.time(begun)
		return err
	}
}

// tried is an answer or why there is none.
type tried struct {
	answer
	err error
}

func first(a answer, err error) tried { return tried{a, err} }

// want refuses an answer with another status.
func (t tried) want(status int) (answer, error) {
	if t.err == nil && t.status != status {
		t.err = fmt.Errorf("answered %d, not %d: %s", t.status, status, plain(t.body))
	}
	return t.answer, t.err
}

// contest is a server's answers beside those of a limit.
type contest struct {
	n                                  int
	own, limit                         *server
	ask, askLimit                      func(context.Context, int, *counter) error
	ours, theirs, p50, p99, cpu, least series
}

// race measures both in turn; the first, short round warms up.
func (r *Run) race(c *contest) error {
	for round := -1; round < r.Rounds; round++ {
		length := r.Length
		if round < 0 {
			length /= 4
		}
		a, cpu, err := c.own.driven(r.Ctx, c.n, length, c.ask)
		if err != nil {
			return err
		}
		b, least, err := c.limit.driven(r.Ctx, c.n, length, c.askLimit)
		if err != nil {
			return err
		}
		if round < 0 {
			continue
		}
		c.ours, c.theirs = append(c.ours, a.perSecond(a.done)), append(c.theirs, b.perSecond(b.done))
		c.p50, c.p99 = append(c.p50, ms(a.steps.at(0.5))), append(c.p99, ms(a.steps.at(0.99)))
		c.cpu, c.least = append(c.cpu, cpu), append(c.least, least)
	}
	return nil
}

// driven is drive, and the server's processor time of one step in µs.
func (s *server) driven(ctx context.Context, n int, length time.Duration, step func(context.Context, int, *counter) error) (load, float64, error) {
	before := s.cpu()
	l, err := drive(ctx, n, length, step)
	return l, micro(s.cpu()-before) / float64(max(l.done, 1)), err
}

// figures are the rate of a thing beside that of the limit, and what it costs.
func (c *contest) figures(name, one, limit, aim string) []Figure {
	cpu := cost("server's processor time of a "+one, "µs", c.cpu)
	cpu.Limit, cpu.LimitValue = limit, c.least.median()
	return []Figure{rate(name, "/s", c.ours).against(limit, c.ours, c.theirs, aim), cost(one+" p50", "ms", c.p50), cost(one+" p99", "ms", c.p99), cpu}
}
