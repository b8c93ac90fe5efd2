package test

import (
	"fmt"
	"os"
	"testing"

	"onewindow/internal/web/webtest"
)

// cast are the people of a walk, each in front of a screen of their own, and
// what they tell each other.
type cast struct {
	t   testing.TB
	s   *server
	sit func() visitor // another person

	guest, lina                                          visitor
	clerk, handler, reviewer, decider, issuer, deliverer visitor

	example map[string]string // the published example of the form
	online  kase              // applied for on the website
	paper   kase              // applied for at the window
	licence string            // the identifier of the licence that was issued
	file    string            // and where its PDF was saved
}

// kase is what a person knows of a case.
type kase struct{ number, code string }

// stores are the databases that the walks run on, beside each other and beside
// the other walks: each has a city of its own.
func stores(t *testing.T, run func(t *testing.T, database string)) {
	walk(t)
	t.Parallel()
	t.Run("sqlite", func(t *testing.T) { t.Parallel(); run(t, "") })
	if os.Getenv("ONEWINDOW_TEST_POSTGRES") != "" {
		t.Run("postgres", func(t *testing.T) { t.Parallel(); run(t, newDatabase(t)) })
	}
}

// TestWalk goes the whole way of a case in Chromium: finding, applying, the
// window, the decision, receiving, following, rating. The pages are looked at
// once, and then everybody follows all links, so that every page of the route
// table is looked at.
func TestWalk(t *testing.T) {
	stores(t, func(t *testing.T, database string) {
		s := start(t, t.TempDir(), database)
		chrome := webtest.Chromium(t)
		var shots *album
		if database == "" {
			shots = openAlbum(t)
		}
		c := &cast{t: t, s: s, sit: func() visitor { return sit(t, chrome, s.URL, shots, "") }}
		c.whole()
		if shots != nil {
			c.leaveUndone()
			roam(t, s.URL, shots, func() *browser { return sit(t, chrome, s.URL, shots, "") })
			shots.reached(t)
		}
		s.calm()
	})
}

// leaveUndone leaves drafts behind, on the website and at the window, and a
// case of a person, so that there is something to find.
func (c *cast) leaveUndone() {
	v := visitor(newPlain(c.t, c.s.URL))
	signIn(v, "lina")
	c.begin(v)
	v = newPlain(c.t, c.s.URL)
	signIn(v, "clerk")
	v.Go("/counter/new")
	v.Fill("统一社会信用代码", "91139999MA9900028Y")
	v.Press("查找单位")
	v.Fill("事项名称、关键词或拼音首字母", "spjy")
	v.Press("查询")
	v.Follow(food)
	v.Press("开始填写")
	c.another()
	k := c.another()
	open(c.clerk, "/counter", k)
	c.tick(c.clerk, layout, fault)
	c.clerk.Press("一次性告知补正")
	c.clerk.Press("预览告知书")
	c.clerk.Press("发出告知书")
	open(c.clerk, "/counter", k)
	c.clerk.Follow("接收补正材料")
	c.clerk.Look("counter-supplemented")
}

// TestWalkWithoutScripts goes the same way by links and forms alone.
func TestWalkWithoutScripts(t *testing.T) {
	stores(t, func(t *testing.T, database string) {
		s := start(t, t.TempDir(), database)
		c := &cast{t: t, s: s, sit: func() visitor { return newPlain(t, s.URL) }}
		c.whole()
		s.calm()
	})
}

// whole is the walk, in the order of the plan.
func (c *cast) whole() {
	c.enter()
	for _, part := range []struct {
		name string
		go_  func()
	}{
		{"find", c.find}, {"apply", c.apply}, {"walk in", c.walkIn}, {"decide", c.decide}, {"receive", c.receive},
		{"follow", c.follow}, {"rate", c.rate},
	} {
		if c.t.Failed() && os.Getenv("ONEWINDOW_TEST_SHOTS") == "" {
			return
		}
		c.t.Log(part.name)
		part.go_()
	}
}

// enter shows everybody to their screens: they sit down when they are needed.
func (c *cast) enter() {
	c.guest = &later{t: c.t, sit: func() visitor {
		v := c.sit()
		v.Go("/sign-in")
		v.Look("sign-in")
		return v
	}}
	for _, p := range []struct {
		who   *visitor
		login string
	}{{&c.lina, "lina"}, {&c.clerk, "clerk"}, {&c.handler, "handler"}, {&c.reviewer, "reviewer"}, {&c.decider, "decider"},
		{&c.issuer, "issuer"}, {&c.deliverer, "deliverer"}} {
		*p.who = &later{t: c.t, sit: func() visitor {
			v := c.sit()
			signIn(v, p.login)
			return v
		}}
	}
}

func (k kase) String() string { return fmt.Sprintf("case %s", k.number) }
