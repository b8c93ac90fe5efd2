package bench

import (
	"context"
	"fmt"
	"sync"
	"time"

	"onewindow/internal/kit/db"
)

var _ = register(Workload{"g4", "断电：办件最忙时 kill -9 服务进程；凡是答复过的都在，没有一步做了两次，事后的通知和文书补齐；多久恢复服务。", runCrash})

// confirmed is the highest version of each case that a client was told of.
type confirmed struct {
	mu       sync.Mutex
	versions map[string]int
	acts     int
	heard    chan struct{} // closed with the first act after expect
}

// expect gives a channel that is closed with the next act, and how many there
// were.
func (c *confirmed) expect() (<-chan struct{}, int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.heard = make(chan struct{})
	return c.heard, c.acts
}

func (c *confirmed) note(_ int, caseID string, version int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.versions[caseID] = max(c.versions[caseID], version)
	c.acts++
	if c.heard != nil {
		close(c.heard)
		c.heard = nil
	}
}

// runCrash kills the server in the middle of W1, once per round, starts it
// again, and compares what was confirmed with what is there.
func runCrash(r *Run) error {
	x, err := r.city(0)
	if err != nil {
		return err
	}
	defer r.cities.drop(x)
	told := &confirmed{versions: map[string]int{}}
	var back series
	s, err := x.serve(r.lease()...)
	if err != nil {
		return err
	}
	for range r.crashes() {
		if err := r.crash(x, s, told); err != nil {
			s.kill()
			return err
		}
		begun := time.Now()
		if s, err = x.serve(r.lease()...); err != nil {
			return fmt.Errorf("start after the crash: %w", err)
		}
		c := newClient(s.addr)
		_, err := first(c.get("/", "")).want(200)
		c.close()
		if err != nil {
			s.kill()
			return err
		}
		back = append(back, time.Since(begun).Seconds())
	}
	defer s.stop()
	lost, twice, torn, papers, err := x.afterCrash(r.Ctx, told)
	if err != nil {
		return err
	}
	r.tell(fmt.Sprintf("%d crashes, %d confirmed acts on %d cases", r.crashes(), told.acts, len(told.versions)),
		Figure{Name: "confirmed acts lost", Median: float64(lost), Aim: "0"}, Figure{Name: "steps done twice", Median: float64(twice), Aim: "0"},
		Figure{Name: "cases torn", Median: float64(torn), Aim: "0"}, Figure{Name: "papers and messages missing", Median: float64(papers), Aim: "0"},
		cost("back in service", "s", back).aim("≤ 5"))
	if lost+twice+torn+papers > 0 {
		return fmt.Errorf("%d confirmed acts lost, %d steps twice, %d cases torn, %d papers or messages missing", lost, twice, torn, papers)
	}
	return nil
}

// crashes are as many as rounds; a quick run has no time for the papers of more
// than one.
func (r *Run) crashes() int {
	if r.Quick {
		return 1
	}
	return r.Rounds
}

// lease shortens, in a quick run, how long the events of a dead process wait.
func (r *Run) lease() []string {
	if r.Quick {
		return []string{"--jobs-lease", "1s"}
	}
	return nil
}

// crash drives cases and kills the server after a while, but not before it
// confirmed anything. Errors of the clients are what a crash brings; those before
// it are not.
func (r *Run) crash(x *city, s *server, told *confirmed) error {
	l, err := x.life(s)
	if err != nil {
		return err
	}
	l.acked = told.note
	n := min(16, r.Drivers[len(r.Drivers)-1])
	conns := s.clients(n)
	defer conns.close()
	heard, before := told.expect()
	killed, over := make(chan struct{}), make(chan struct{})
	timer := time.AfterFunc(max(r.Length/2, 300*time.Millisecond), func() {
		select {
		case <-heard:
			close(killed)
			s.kill()
		case <-over: // the clients gave up before
		}
	})
	defer timer.Stop()
	_, err = drive(r.Ctx, n, time.Minute, l.driver(conns))
	close(over)
	select {
	case <-killed:
	default:
		return fmt.Errorf("before the crash: %w", err)
	}
	if told.acts == before {
		return fmt.Errorf("nothing was confirmed before the crash")
	}
	return r.Ctx.Err()
}

// afterCrash waits until what follows the acts is done, and compares.
func (x *city) afterCrash(ctx context.Context, told *confirmed) (lost, twice, torn, papers int, err error) {
	err = x.store(ctx, func(d *db.DB) error {
		if err := empty(ctx, d); err != nil {
			return err
		}
		have, err := x.versions(ctx, d)
		if err != nil {
			return err
		}
		for caseID, version := range told.versions {
			if have[caseID] < version {
				lost += version - have[caseID]
			}
		}
		for text, into := range map[string]*int{
			`select count(*) from (select case_id from case_event where kind in (` + moves + `) group by case_id, step, outcome having count(*) > 1) as again`: &twice,
			// A case of version n has n happenings, n audit records, and as many open lines as open steps.
			`select count(*) from cases c where version <> (select count(*) from case_event e where e.case_id = c.id and e.kind in (` + moves + `))
				or version <> (select count(*) from audit a where a.subject_kind = 'case' and a.subject_id = c.id and a.act in (` + moves + `))
				or (case when status = 'concluded' then 0 else 1 end) <> (select count(*) from task t where t.case_id = c.id)`: &torn,
			`select (select count(*) from document where id not in (select document_id from document_file))
				+ (select count(*) from cases where id not in (select subject_id from message))`: &papers,
		} {
			if *into, err = count(ctx, d, text); err != nil {
				return err
			}
		}
		return nil
	})
	return lost, twice, torn, papers, err
}

func (x *city) versions(ctx context.Context, d *db.DB) (map[string]int, error) {
	out := map[string]int{}
	return out, d.Read(ctx, func(tx *db.Tx) error {
		_, err := db.List(tx, func(r db.Scanner) (n int, err error) {
			var caseID string
			if err = r.Scan(&caseID, &n); err == nil {
				out[caseID] = n
			}
			return n, err
		}, `select id, version from cases`)
		return err
	})
}
