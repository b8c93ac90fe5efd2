package bench

import (
	"context"
	"crypto/rand"
	"fmt"
	"runtime"
	"sync"
	"time"

	"github.com/emmansun/gmsm/sm2"

	"onewindow/internal/business/flow"
	"onewindow/internal/kit/db"
)

var _ = register(Workload{"w9", "制证与核验：经网页制证（国密签名、落盘），公众凭证照标识核验；对照纯 SM2 签名和验签。", runLicence})

func runLicence(r *Run) error {
	x, err := r.city(0)
	if err != nil {
		return err
	}
	defer r.cities.drop(x)
	return r.serving(x, func(s, _ *server) error {
		l, err := x.life(s)
		if err != nil {
			return err
		}
		if err := r.issuing(x, l); err != nil {
			return err
		}
		return r.verifying(x, s)
	})
}

// licences are how many are issued in a round.
func (o Options) licences() int {
	if o.Quick {
		return 8
	}
	return 200
}

// issuing makes licences of cases that wait for it, against the signature alone.
func (r *Run) issuing(x *city, l *life) error {
	key, err := sm2.GenerateKey(rand.Reader)
	if err != nil {
		return err
	}
	content := make([]byte, 2048)
	clients := min(16, r.licences())
	conns := l.s.clients(clients)
	defer conns.close()
	var ours, best, p99 series
	for range r.Rounds {
		waiting, err := l.waiting(r.Ctx, conns, r.licences())
		if err != nil {
			return err
		}
		step, _ := x.impl.Flow.StepOf(flow.Issue)
		a, err := each(r.Ctx, clients, waiting, func(client int, caseID string) error {
			return l.step(conns[client], caseID, step, len(wholeLife)-1)
		})
		if err != nil {
			return err
		}
		raw := rawRate(r.Length/2, func() {
			_, _ = key.Sign(rand.Reader, content, sm2.DefaultSM2SignerOpts)
		})
		ours, best, p99 = append(ours, a.perSecond(a.done)), append(best, raw), append(p99, ms(a.steps.at(0.99)))
	}
	n := r.Rounds * r.licences()
	if err := x.store(r.Ctx, func(d *db.DB) error {
		have, err := count(r.Ctx, d, `select count(*) from licence`)
		if err == nil && have != n {
			err = fmt.Errorf("%d licences are in the store, %d were confirmed", have, n)
		}
		return err
	}); err != nil {
		return err
	}
	r.tell(fmt.Sprintf("issue, %d clients", clients), rate("licences issued", "/s", ours).against("raw SM2 signatures", ours, best, ""),
		cost("issue p99", "ms", p99))
	return nil
}

// waiting drives n cases up to the issuing.
func (l *life) waiting(ctx context.Context, conns clients, n int) ([]string, error) {
	ids := make([]string, n)
	places := make([]int, n)
	for i := range places {
		places[i] = i
	}
	_, err := each(ctx, len(conns), places, func(client, i int) (err error) {
		ids[i], err = l.until(conns[client], client, &counter{}, flow.Issue)
		return err
	})
	return ids, err
}

// each lets clients share a list of things to do.
func each[T any](ctx context.Context, clients int, list []T, do func(client int, t T) error) (load, error) {
	todo := make(chan T, len(list))
	for _, t := range list {
		todo <- t
	}
	close(todo)
	return drive(ctx, clients, time.Hour, func(_ context.Context, client int, c *counter) error {
		t, more := <-todo
		if !more {
			return errDone
		}
		begun := time.Now()
		err := do(client, t)
		c.time(begun)
		return err
	})
}

// rawRate is how often something is done a second on all processors together.
func rawRate(length time.Duration, do func()) float64 {
	var wg sync.WaitGroup
	counts := make([]int, runtime.NumCPU())
	begun := time.Now()
	for i := range counts {
		wg.Go(func() {
			for time.Since(begun) < length {
				do()
				counts[i]++
			}
		})
	}
	wg.Wait()
	took, n := time.Since(begun), 0
	for _, c := range counts {
		n += c
	}
	return float64(n) / took.Seconds()
}

// verifying asks for the pages that verify licences, against the verification
// of a signature alone.
func (r *Run) verifying(x *city, s *server) error {
	paths, err := x.licencePaths(r.Ctx)
	if err != nil {
		return err
	}
	signature, content, key, err := signed()
	if err != nil {
		return err
	}
	conns := s.clients(r.pageClients())
	defer conns.close()
	ask := conns.asking(func(c *client, i int) (answer, error) { return c.get(paths[i%len(paths)], "") }, 200)
	wait := r.profile(s, "verify", r.Length)
	defer wait()
	var ours, best, p50, p99 series
	for range r.Rounds {
		a, err := drive(r.Ctx, r.pageClients(), r.Length, ask)
		if err != nil {
			return err
		}
		raw := rawRate(r.Length/2, func() { sm2.VerifyASN1WithSM2(&key.PublicKey, nil, content, signature) })
		ours, best = append(ours, a.perSecond(a.done)), append(best, raw)
		p50, p99 = append(p50, ms(a.steps.at(0.5))), append(p99, ms(a.steps.at(0.99)))
	}
	r.tell(fmt.Sprintf("verify, %d connections", r.pageClients()), rate("verify pages", "/s", ours).against("raw SM2 verifications", ours, best, "≥ 0.6"),
		cost("verify p50", "ms", p50), cost("verify p99", "ms", p99))
	return nil
}

func signed() (signature, content []byte, key *sm2.PrivateKey, err error) {
	content = make([]byte, 2048)
	if key, err = sm2.GenerateKey(rand.Reader); err == nil {
		signature, err = key.Sign(rand.Reader, content, sm2.DefaultSM2SignerOpts)
	}
	return signature, content, key, err
}

// licencePaths are the pages that verify what was issued.
func (x *city) licencePaths(ctx context.Context) (paths []string, err error) {
	err = x.store(ctx, func(d *db.DB) error {
		return d.Read(ctx, func(tx *db.Tx) error {
			paths, err = db.List(tx, func(r db.Scanner) (p string, err error) {
				err = r.Scan(&p)
				return "/verify/" + p, err
			}, `select coalesce(identifier, number) from licence order by id limit 500`)
			return err
		})
	})
	if err == nil && len(paths) == 0 {
		err = fmt.Errorf("no licence to verify")
	}
	return paths, err
}
