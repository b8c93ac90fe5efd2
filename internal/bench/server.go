package bench

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"
)

// server is the program in a process of its own.
type server struct {
	cmd   *exec.Cmd
	addr  string
	admin string
	began time.Time
	log   *os.File
	gone  chan struct{}
	once  sync.Once
}

// launch starts a command and waits until it says where it answers.
func launch(log string, command []string, flags ...string) (*server, error) {
	if len(command) == 0 {
		return nil, errors.New("no command was given for this process")
	}
	out, err := os.OpenFile(log, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return nil, err
	}
	s := &server{cmd: exec.Command(command[0], append(command[1:len(command):len(command)], flags...)...), log: out, gone: make(chan struct{})}
	s.cmd.Stderr = out
	told, err := s.cmd.StdoutPipe()
	if err == nil {
		s.began = time.Now()
		err = s.cmd.Start()
	}
	if err != nil {
		out.Close()
		return nil, err
	}
	addr := make(chan string, 1)
	go s.listen(told, addr)
	select {
	case s.addr = <-addr:
		return s, nil
	case <-s.gone:
		return nil, fmt.Errorf("the server did not start: %s", tail(log))
	case <-time.After(2 * patience):
		s.kill()
		return nil, errors.New("the server did not say where it answers")
	}
}

// listen reads the address and goes on reading, so that the process never
// waits for its words to be heard.
func (s *server) listen(told io.Reader, addr chan<- string) {
	lines := bufio.NewScanner(told)
	for said := false; lines.Scan(); {
		if _, rest, ok := strings.Cut(lines.Text(), "http://"); ok && !said {
			said = true
			addr <- strings.TrimRight(strings.Fields(rest)[0], "/")
		}
	}
	s.cmd.Wait()
	close(s.gone)
}

func tail(path string) string {
	b, _ := os.ReadFile(path)
	s := strings.TrimSpace(string(b))
	return s[max(0, len(s)-600):]
}

// stop ends the process as an operator does; kill as a power cut does.
func (s *server) stop() {
	s.once.Do(func() {
		s.cmd.Process.Signal(os.Interrupt)
		select {
		case <-s.gone:
		case <-time.After(patience):
			s.cmd.Process.Kill()
			<-s.gone
		}
		s.log.Close()
	})
}

func (s *server) kill() {
	s.once.Do(func() {
		s.cmd.Process.Kill()
		<-s.gone
		s.log.Close()
	})
}

// memory is the process's resident memory now, what of it is its own (the rest
// are pages of the program's file), and its peak, in MB; zero where the system
// does not say.
func (s *server) memory() (now, own, peak float64) {
	b, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(s.cmd.Process.Pid), "status"))
	if err != nil {
		return 0, 0, 0
	}
	for line := range strings.Lines(string(b)) {
		f := strings.Fields(line)
		if len(f) < 2 {
			continue
		}
		kb, _ := strconv.ParseFloat(f[1], 64)
		switch f[0] {
		case "VmRSS:":
			now = kb / 1024
		case "RssAnon:":
			own = kb / 1024
		case "VmHWM:":
			peak = kb / 1024
		}
	}
	return now, own, peak
}

// cpu is the processor time that the process has used; zero where the system
// does not say. Unlike a rate it hardly depends on what else runs.
func (s *server) cpu() time.Duration {
	b, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(s.cmd.Process.Pid), "stat"))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(b), ") ")
	f := strings.Fields(rest)
	if len(f) < 13 {
		return 0
	}
	user, _ := strconv.Atoi(f[11])
	system, _ := strconv.Atoi(f[12])
	return time.Duration(user+system) * time.Second / 100 // of a clock tick
}

// profile keeps a processor profile of the server while what follows is
// measured; the returned function waits for it.
func (r *Run) profile(s *server, setting string, length time.Duration) func() {
	if r.Profile == "" || s.admin == "" {
		return func() {}
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := fetch(fmt.Sprintf("http://%s/debug/pprof/profile?seconds=%d", s.admin, max(1, int(length.Seconds()))),
			filepath.Join(r.Profile, r.name+"-"+r.Dialect+"-"+strings.ReplaceAll(setting, " ", "-")+".pprof")); err != nil {
			r.say("no profile: %v", err)
		}
	}()
	return func() { <-done }
}

func fetch(url, path string) error {
	res, err := http.Get(url)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", url, res.Status)
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(f, res.Body)
	return err
}

// adminAddr is a free address for the server's figures when profiles are
// wanted; otherwise there is none.
func (r *Run) adminAddr() string {
	if r.Profile == "" {
		return ""
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return ""
	}
	defer l.Close()
	return l.Addr().String()
}
