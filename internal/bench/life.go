package bench

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/flow"
)

// life drives cases through the pages of the people whose work it is: a clerk
// receives the application, and each officer acts on it in turn.
type life struct {
	x       *city
	s       *server
	cookies map[string]string
	// acked, when set, is told of every act that was confirmed.
	acked func(client int, caseID string, version int)
}

// transitions are the changes of one whole case: submitted, and each step.
var transitions = 1 + len(wholeLife)

func (x *city) life(s *server) (*life, error) {
	cookies, err := sessions(s, people...)
	return &life{x: x, s: s, cookies: cookies}, err
}

// whole drives one case from the application to the delivery.
func (l *life) whole(c *client, client int, n *counter) error {
	caseID, err := l.until(c, client, n, "")
	if err != nil {
		return fmt.Errorf("case %s: %w", caseID, err)
	}
	return nil
}

// until stops before the act.
func (l *life) until(c *client, client int, n *counter, stop flow.Act) (caseID string, err error) {
	begun := time.Now()
	draft, err := l.draft(c)
	if err != nil {
		return "", err
	}
	if caseID, err = l.submit(c, draft); err != nil {
		return "", err
	}
	n.time(begun)
	l.ack(client, caseID, 1)
	for i, step := range l.x.impl.Flow.Steps() {
		if step.Act == stop {
			return caseID, nil
		}
		begun := time.Now()
		if err := l.step(c, caseID, step, i+1); err != nil {
			return caseID, fmt.Errorf("%s: %w", step.Act, err)
		}
		n.time(begun)
		l.ack(client, caseID, i+2)
	}
	return caseID, nil
}

func (l *life) ack(client int, caseID string, version int) {
	if l.acked != nil {
		l.acked(client, caseID, version)
	}
}

// draft receives an application as the clerk does: the matter is chosen, the
// form filled in, the paper counted.
func (l *life) draft(c *client) (path string, err error) {
	clerk := l.cookies["clerk"]
	a, err := first(c.post("/counter/new/"+l.x.party+"/"+l.x.impl.ID, clerk, url.Values{"variant": {l.variant()}})).want(303)
	if err != nil {
		return "", fmt.Errorf("draft: %w", err)
	}
	path = a.location
	form := url.Values{"version": {"1"}}
	for element, v := range l.x.impl.Example {
		form[element] = strings.Split(v, "\n")
	}
	if _, err := first(c.post(path, clerk, form)).want(303); err != nil {
		return "", fmt.Errorf("form: %w", err)
	}
	if paper := asked(l.x.impl); len(paper) > 0 {
		form := url.Values{"next": {"1"}}
		for _, m := range paper {
			form.Set("paper."+m.No, "1")
		}
		if _, err := first(c.post(path+"/materials", clerk, form)).want(303); err != nil {
			return "", fmt.Errorf("materials: %w", err)
		}
	}
	return path, nil
}

func (l *life) variant() string {
	if v := l.x.impl.Variants; len(v) > 0 {
		return v[0].No
	}
	return ""
}

// submit hands the draft in and follows it to its case.
func (l *life) submit(c *client, draft string) (caseID string, err error) {
	version := 2
	if len(asked(l.x.impl)) > 0 {
		version++
	}
	form := url.Values{"version": {strconv.Itoa(version)}, "declared": {"true"}}
	if _, err = first(c.post(draft+"/submit", l.cookies["clerk"], form)).want(303); err != nil {
		return "", fmt.Errorf("submit: %w", err)
	}
	a, err := first(c.get(draft, l.cookies["clerk"])).want(303)
	if err != nil {
		return "", err
	}
	caseID, ok := strings.CutPrefix(a.location, "/counter/cases/")
	if !ok {
		return "", errors.New("the draft does not lead to its case but to " + a.location)
	}
	return caseID, nil
}

// step posts the form of a step as the person of its role.
func (l *life) step(c *client, caseID string, step flow.Step, version int) error {
	form, base, deed := url.Values{"version": {strconv.Itoa(version)}}, "/desk/cases/", string(step.Act)
	switch step.Act {
	case flow.Accept:
		base = "/counter/cases/"
	case flow.Examine, flow.Review:
		form.Set("outcome", flow.Support)
		form.Set("opinion", "经审查，申请材料齐全、符合法定形式，符合规定条件，建议准予。")
	case flow.Decide:
		deed = "grant"
		form.Set("opinion", "同意。")
	case flow.Deliver:
		base = "/counter/cases/"
		form.Set("code", l.x.casework.PickupCode(&casework.Case{ID: caseID}))
		form.Set("signed_by", "李娜")
	}
	_, err := first(c.post(base+caseID+"/"+deed, l.cookies[step.Role], form)).want(303)
	return err
}

// driver is life for drive.
func (l *life) driver(conns clients) func(context.Context, int, *counter) error {
	return func(_ context.Context, i int, n *counter) error { return l.whole(conns[i], i, n) }
}
