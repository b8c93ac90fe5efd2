package flow

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"onewindow/internal/kit/fault"
)

const (
	maxName   = 30  // characters of a step's or outcome's name
	maxDays   = 366 // working days of one step
	maxReason = 1000
)

var (
	keyForm = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)
	acts    = []Act{Accept, Examine, Review, Decide, Issue, Deliver}
	// demanded are the outcomes that casework needs a step of this act to have.
	demanded = map[Act][]string{
		Accept: {Accepted, NotRequired, NotCompetent},
		Decide: {Grant, Refuse},
	}
)

// checker gathers what is wrong with a definition; a fault's name is the path
// to the culprit, such as "review.outcomes.support".
type checker struct {
	d     Definition
	found []fault.Field
}

func (c *checker) add(at, code string, kv ...string) {
	c.found = append(c.found, fault.At(at, code, kv...))
}

// Check says whether cases can safely run by this definition: unique keys,
// every Next a later step (so every case ends), all steps reachable, ApartFrom
// and ReturnTo earlier steps, a role for every step, and the outcomes that the
// acts of casework need. All that is wrong is reported at once as
// "flow.definition".
func (d Definition) Check() error {
	c := &checker{d: d}
	if len(d.Nodes) == 0 {
		c.add("nodes", "flow.empty")
	}
	c.name("name", d.Name)
	seen := map[string]bool{}
	for i, s := range d.Steps() {
		if seen[s.Key] {
			c.add(s.Key, "flow.key_twice", "key", s.Key)
		}
		seen[s.Key] = true
		c.step(i, s)
	}
	c.reach()
	if len(c.found) > 0 {
		return fault.Invalid("flow.definition", c.found...)
	}
	return nil
}

func (c *checker) step(i int, s Step) {
	c.key(s.Key, s.Key)
	c.name(s.Key+".name", s.Name)
	if strings.TrimSpace(s.Role) == "" {
		c.add(s.Key+".role", "flow.role_missing", "step", s.Name)
	}
	if !slices.Contains(acts, s.Act) {
		c.add(s.Key+".act", "flow.act_unknown", "act", string(s.Act))
	}
	if s.Days < 0 || s.Days > maxDays {
		c.add(s.Key+".days", "flow.days", "step", s.Name)
	}
	c.outcomes(i, s)
	c.earlier(i, s.Key+".apart_from", s.ApartFrom)
	c.earlier(i, s.Key+".return_to", s.ReturnTo)
}

func (c *checker) outcomes(i int, s Step) {
	if len(s.Outcomes) == 0 {
		c.add(s.Key+".outcomes", "flow.outcome_missing", "step", s.Name)
	}
	seen := map[string]bool{}
	for _, o := range s.Outcomes {
		at := s.Key + ".outcomes." + o.Key
		c.key(at, o.Key)
		c.name(at+".name", o.Name)
		if seen[o.Key] {
			c.add(at, "flow.key_twice", "key", o.Key)
		}
		seen[o.Key] = true
		c.next(i, at+".next", o)
	}
	for _, key := range demanded[s.Act] {
		if !seen[key] {
			c.add(s.Key+".outcomes", "flow.outcome_demanded", "step", s.Name, "outcome", key)
		}
	}
}

// next holds outcomes to going forward, those that refuse acceptance to ending
// the case, and a refusal to never reaching the making of a licence.
func (c *checker) next(i int, at string, o Outcome) {
	act := c.d.Nodes[i].Act
	if act == Accept && (o.Key == NotRequired || o.Key == NotCompetent) && o.Next != "" {
		c.add(at, "flow.must_end", "outcome", o.Name)
	}
	if o.Next == "" {
		return
	}
	switch j := c.d.index(o.Next); {
	case j < 0:
		c.add(at, "flow.next_unknown", "next", o.Next)
	case j <= i:
		c.add(at, "flow.next_back", "next", o.Next)
	case act == Decide && o.Key == Refuse && c.issues(o.Next):
		c.add(at, "flow.refuse_issues", "outcome", o.Name)
	}
}

// issues says whether a step from which a licence is made can be reached.
func (c *checker) issues(from string) bool {
	for key := range c.d.reachable(from) {
		if s, _ := c.d.Step(key); s.Act == Issue {
			return true
		}
	}
	return false
}

func (c *checker) earlier(i int, at string, keys []string) {
	for k, key := range keys {
		switch j := c.d.index(key); {
		case j < 0:
			c.add(at, "flow.step_unknown", "key", key)
		case j >= i:
			c.add(at, "flow.step_later", "key", key)
		case slices.Contains(keys[:k], key):
			c.add(at, "flow.key_twice", "key", key)
		}
	}
}

func (c *checker) reach() {
	if len(c.d.Nodes) == 0 {
		return
	}
	seen := c.d.reachable(c.d.Nodes[0].Key)
	for _, s := range c.d.Steps() {
		if !seen[s.Key] {
			c.add(s.Key, "flow.unreachable", "step", s.Name)
		}
	}
}

// reachable is the set of steps a case can come to from a step by outcomes that
// go forward, itself included.
func (d Definition) reachable(from string) map[string]bool {
	seen := map[string]bool{}
	todo := []string{from}
	for len(todo) > 0 {
		key := todo[0]
		todo = todo[1:]
		s, ok := d.Step(key)
		if !ok || seen[key] {
			continue
		}
		seen[key] = true
		for _, o := range s.Outcomes {
			if d.index(o.Next) > d.index(key) {
				todo = append(todo, o.Next)
			}
		}
	}
	return seen
}

func (c *checker) key(at, key string) {
	if !keyForm.MatchString(key) {
		c.add(at, "flow.key_form", "key", key)
	}
}

func (c *checker) name(at, name string) {
	bad := func(r rune) bool { return unicode.IsControl(r) || r == utf8.RuneError }
	if strings.TrimSpace(name) == "" || utf8.RuneCountInString(name) > maxName || strings.ContainsFunc(name, bad) {
		c.add(at, "flow.name")
	}
}
