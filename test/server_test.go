package test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// server is a running demonstration city without a past.
type server struct {
	URL   string
	args  []string
	cmd   *exec.Cmd
	ended chan error
	log   log
	t     testing.TB
	dead  bool
}

// log collects what the program writes.
type log struct {
	sync.Mutex
	b bytes.Buffer
}

func (l *log) Write(p []byte) (int, error) {
	l.Lock()
	defer l.Unlock()
	return l.b.Write(p)
}

func (l *log) String() string {
	l.Lock()
	defer l.Unlock()
	return l.b.String()
}

// start runs the demonstration for the length of the test on a database ("" is
// SQLite in the data folder), with flags of its own.
func start(t testing.TB, data, database string, flags ...string) *server {
	t.Helper()
	addr := free(t)
	s := &server{t: t, URL: "http://" + addr}
	s.args = append([]string{"demo", "--per-day", "0", "--addr", addr, "--admin-addr", "", "--data", data,
		"--rate-sign-in", "100000", "--rate-lookup", "100000"}, flags...)
	if database != "" {
		s.args = append(s.args, "--database", database)
	}
	s.run()
	t.Cleanup(s.stop)
	return s
}

// handed counts the addresses that free gave away.
var handed atomic.Int32

// free is a loopback address that nobody listens at, and that no connection
// takes by chance: its port lies below those that the system hands out.
func free(t testing.TB) string {
	t.Helper()
	for range 1000 {
		port := 20_000 + (os.Getpid()*101+int(handed.Add(1)))%12_000
		if l, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port))); err == nil {
			defer l.Close()
			return l.Addr().String()
		}
	}
	t.Fatal("no port is free")
	return ""
}

// run starts the program, again after kill, and waits until it is ready.
func (s *server) run() {
	s.t.Helper()
	s.cmd, s.ended, s.dead = exec.Command(bin, s.args...), make(chan error, 1), false
	s.cmd.Stdout, s.cmd.Stderr = &s.log, &s.log
	s.cmd.Env = append(os.Environ(), "TZ=UTC")
	if err := s.cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	cmd, ended := s.cmd, s.ended
	go func() { ended <- cmd.Wait() }()
	s.until("ready", func() bool { return s.ready() == http.StatusOK })
}

// ready is what the program says of itself; 0 when it does not answer.
func (s *server) ready() int {
	res, err := http.Get(s.URL + "/readyz")
	if err != nil {
		return 0
	}
	defer res.Body.Close()
	io.Copy(io.Discard, res.Body)
	return res.StatusCode
}

// until waits, at most two minutes, for something to become true while the
// program runs.
func (s *server) until(what string, is func() bool) {
	s.t.Helper()
	tick, late := time.NewTicker(30*time.Millisecond), time.After(2*time.Minute)
	defer tick.Stop()
	for !is() {
		select {
		case err := <-s.ended:
			s.t.Fatalf("the program ended: %v\n%s", err, s.log.String())
		case <-late:
			s.t.Fatalf("never %s\n%s", what, s.log.String())
		case <-tick.C:
		}
	}
}

// kill ends the program as a power cut does.
func (s *server) kill() {
	s.t.Helper()
	if err := s.cmd.Process.Kill(); err != nil {
		s.t.Fatal(err)
	}
	<-s.ended
	s.dead = true
}

// stop asks the program to end and holds it to a clean exit.
func (s *server) stop() {
	if s.dead {
		return
	}
	s.dead = true
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		s.t.Error(err)
	}
	select {
	case err := <-s.ended:
		if err != nil {
			s.t.Errorf("the program did not end well: %v\n%s", err, s.log.String())
		}
	case <-time.After(30 * time.Second):
		s.t.Errorf("the program does not end\n%s", s.log.String())
		s.cmd.Process.Kill()
	}
	if dir := os.Getenv("ONEWINDOW_TEST_LOGS"); dir != "" {
		name := strings.NewReplacer("/", "-").Replace(s.t.Name())
		os.WriteFile(fmt.Sprintf("%s/%s.log", dir, name), []byte(s.log.String()), 0o644)
	}
}

// calm fails the test for every error in the program's log.
func (s *server) calm() {
	s.t.Helper()
	for _, line := range strings.Split(s.log.String(), "\n") {
		if strings.Contains(line, "level=ERROR") || strings.Contains(line, "panic") {
			s.t.Error("log: " + line)
		}
	}
}

// proxy stands between the program and its database, so that the connection
// can be lost at will.
type proxy struct {
	net.Listener
	to string
	mu sync.Mutex
	// cut is set while nothing comes through; the traps cut when the last of
	// these texts is about to be sent, one after the other, or after it was when
	// late.
	cut   bool
	traps []string
	late  bool
	conns map[net.Conn]bool
}

func newProxy(t testing.TB, to string) *proxy {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &proxy{Listener: l, to: to, conns: map[net.Conn]bool{}}
	t.Cleanup(func() { l.Close(); p.sever() })
	go p.serve()
	return p
}

func (p *proxy) serve() {
	for {
		c, err := p.Accept()
		if err != nil {
			return
		}
		server, err := net.Dial("tcp", p.to)
		if err != nil || !p.keep(c, server) {
			c.Close()
			if server != nil {
				server.Close()
			}
			continue
		}
		go p.pass(server, c, true)
		go p.pass(c, server, false)
	}
}

func (p *proxy) keep(cs ...net.Conn) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.cut {
		return false
	}
	for _, c := range cs {
		p.conns[c] = true
	}
	return true
}

// pass copies one direction; asking is the one from the program.
func (p *proxy) pass(to, from net.Conn, asking bool) {
	defer to.Close()
	defer from.Close()
	buf := make([]byte, 64<<10)
	for {
		n, err := from.Read(buf)
		if !asking && err == nil && p.deaf() {
			continue // the answer is lost on its way
		}
		caught := asking && p.caught(buf[:n])
		if caught && !p.late {
			p.sever()
			return
		}
		if _, wrong := to.Write(buf[:n]); err != nil || wrong != nil {
			return
		}
		if caught {
			p.settle(from, to)
			p.sever()
			return
		}
	}
}

// settle hands the rest of what the program sends on and lets the database
// answer once, so that what was sent is done although nobody hears of it.
func (p *proxy) settle(from, to net.Conn) {
	buf := make([]byte, 64<<10)
	for {
		from.SetReadDeadline(time.Now().Add(200 * time.Millisecond))
		n, err := from.Read(buf)
		if n > 0 {
			to.Write(buf[:n])
		}
		var slow net.Error
		if errors.As(err, &slow) && slow.Timeout() || err != nil {
			return
		}
	}
}

// deaf says whether answers are lost.
func (p *proxy) deaf() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.cut
}

func (p *proxy) caught(b []byte) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	for len(p.traps) > 0 {
		i := bytes.Index(b, []byte(p.traps[0]))
		if i < 0 {
			return false
		}
		b, p.traps = b[i+len(p.traps[0]):], p.traps[1:]
		p.cut = len(p.traps) == 0
	}
	return p.cut
}

// set arms the traps.
func (p *proxy) set(late bool, traps ...string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.traps, p.late = traps, late
}

// sever ends every connection and lets no new one through.
func (p *proxy) sever() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.cut = true
	for c := range p.conns {
		c.Close()
		delete(p.conns, c)
	}
}

// mend lets new connections through.
func (p *proxy) mend() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.cut = false
}
