package bench

import (
	"fmt"
	"path/filepath"
	"time"
)

var _ = register(Workload{"g3", "启动：从执行到第一张工作列表（库表已在），空闲内存；演示城市从空库到首页。", runStart})

func runStart(r *Run) error {
	x, err := r.city(openFirst)
	if err != nil {
		return err
	}
	defer r.cities.drop(x)
	cookie, err := r.earlier(x)
	if err != nil {
		return err
	}
	var answers, lists, idle, own series
	for range r.Rounds {
		s, err := x.serve()
		if err != nil {
			return err
		}
		answers = append(answers, ms(time.Since(s.began)))
		c := newClient(s.addr)
		_, err = first(c.get("/desk/work/handler", cookie)).want(200)
		lists = append(lists, ms(time.Since(s.began)))
		c.close()
		now, mine, _ := s.memory()
		idle, own = append(idle, now), append(own, mine)
		s.stop()
		if err != nil {
			return err
		}
	}
	r.tell("schema in place", cost("listening", "ms", answers), cost("first work list", "ms", lists).aim("≤ 100"), cost("memory then", "MB", idle).aim("≤ 40"),
		cost("of that not the program's file", "MB", own))
	if r.Dialect == "sqlite" {
		return r.demo()
	}
	return nil
}

// earlier signs in before the start that is measured: sessions outlive it.
func (r *Run) earlier(x *city) (string, error) {
	s, err := x.serve()
	if err != nil {
		return "", err
	}
	defer s.stop()
	return signIn(s, "handler")
}

// demo is the demonstration from nothing to its front page.
func (r *Run) demo() error {
	var starts series
	rounds := r.Rounds
	if r.Quick {
		rounds = 1
	}
	for i := range rounds {
		dir := filepath.Join(r.dir, fmt.Sprintf("demo-%d", i))
		s, err := launch(filepath.Join(r.dir, "demo.log"), r.Demo, "--data", dir, "--addr", "127.0.0.1:0", "--admin-addr", "")
		if err != nil {
			return err
		}
		c := newClient(s.addr)
		_, err = first(c.get("/", "")).want(200)
		starts = append(starts, ms(time.Since(s.began)))
		c.close()
		s.kill()
		if err != nil {
			return err
		}
	}
	r.tell("demonstration, empty database", cost("first page", "ms", starts).aim("≤ 3000"))
	return nil
}
