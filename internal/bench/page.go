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

// race measures a server's answers against a limit, in turn, and gives the
// rates of both with the waiting times of the first.
func (r *Run) race(n int, own, limit func(context.Context, int, *counter) error) (ours, theirs, p50, p99 series, err error) {
	for round := -1; round < r.Rounds; round++ {
		length := r.Length
		if round < 0 { // to warm up
			length /= 4
		}
		a, err := drive(r.Ctx, n, length, own)
		if err != nil {
			return nil, nil, nil, nil, err
		}
		b, err := drive(r.Ctx, n, length, limit)
		if err != nil {
			return nil, nil, nil, nil, err
		}
		if round < 0 {
			continue
		}
		ours, theirs = append(ours, a.perSecond(a.done)), append(theirs, b.perSecond(b.done))
		p50, p99 = append(p50, ms(a.steps.at(0.5))), append(p99, ms(a.steps.at(0.99)))
	}
	return ours, theirs, p50, p99, nil
}
