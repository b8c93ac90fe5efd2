package flow

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"onewindow/internal/kit/fault"
)

const (
	maxName   = 30  // characters of a step's or outcome's name
	maxDays   = 366 // working days of one step
	maxReason = 1000
	maxSteps  = 40
	lowerDays = 20 // working days for the lower body, 行政许可法第四十三条
)

var (
	keyForm  = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)
	bodyForm = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,39}$`)
	acts     = []Act{Accept, Examine, Review, Opine, Meet, Decide, Issue, Deliver}
	// beside are the acts that may stand in a branch.
	beside = []Act{Examine, Review, Opine}
	// demanded are the outcomes that casework needs a step of this act to have.
	demanded = map[Act][]string{
		Accept: {Accepted, NotRequired, NotCompetent},
		Decide: {Grant, Refuse},
		Meet:   {Support, Oppose},
	}
)

// Acts are all acts, in the order of a case.
func Acts() []Act { return slices.Clone(acts) }

// checker gathers what is wrong with a definition; a fault's name is the path
// to the culprit, such as "review.outcomes.support".
type checker struct {
	d     Definition
	keys  map[string]bool
	found []fault.Field
}

func (c *checker) add(at, code string, kv ...string) {
	c.found = append(c.found, fault.At(at, code, kv...))
}

func (c *checker) err() error {
	if len(c.found) > 0 {
		return fault.Invalid("flow.definition", c.found...)
	}
	return nil
}

// Check says whether cases can safely run by this definition: unique keys,
// every Next a later node (so every case ends) and every end a lawful one, all
// steps reachable, ApartFrom and ReturnTo earlier steps, a role for every step,
// conditions that can be judged, and the outcomes that the acts of casework
// need. All that is wrong is reported at once as "flow.definition".
func (d Definition) Check() error {
	c := &checker{d: d, keys: map[string]bool{}}
	c.name("name", d.Name)
	if c.size(); len(c.found) > 0 && len(d.Steps()) > maxSteps {
		return c.err()
	}
	for i, n := range d.Nodes {
		c.unique(n.NodeKey())
		if n.Block != nil {
			c.block(i, n.Block)
			continue
		}
		c.step(n.Step)
		c.way(i, n)
		c.condition(i, n)
	}
	c.reach()
	return c.err()
}

func (c *checker) size() {
	switch n := len(c.d.Steps()); {
	case len(c.d.Nodes) == 0:
		c.add("nodes", "flow.empty")
	case n > maxSteps:
		c.add("nodes", "flow.too_many", "max", strconv.Itoa(maxSteps))
	case c.d.Nodes[0].Block != nil || c.d.Nodes[0].When != "":
		c.add(c.d.Nodes[0].NodeKey(), "flow.first")
	}
}

func (c *checker) unique(key string) {
	if c.keys[key] {
		c.add(key, "flow.key_twice", "key", key)
	}
	c.keys[key] = true
}

// step is what holds of every step, on the main way and in a branch.
func (c *checker) step(s Step) {
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
	c.body(s)
	c.outcomes(s)
	c.earlier(s, s.Key+".apart_from", s.ApartFrom)
	c.earlier(s, s.Key+".return_to", s.ReturnTo)
	c.returns(s)
}

// body: another body may examine, review and give its opinion. Accepting,
// deciding, making and delivering the result are the deciding body's
// (行政许可法第二十六条); the lower body has twenty working days (第四十三条).
func (c *checker) body(s Step) {
	switch {
	case s.Body == "":
	case !slices.Contains(beside, s.Act):
		c.add(s.Key+".body", "flow.body_decides", "step", s.Name)
	case !bodyForm.MatchString(s.Body):
		c.add(s.Key+".body", "flow.body_form", "step", s.Name)
	case s.Body == Lower && s.Days > lowerDays:
		c.add(s.Key+".days", "flow.lower_days", "step", s.Name, "max", strconv.Itoa(lowerDays))
	}
}

func (c *checker) outcomes(s Step) {
	if len(s.Outcomes) == 0 {
		c.add(s.Key+".outcomes", "flow.outcome_missing", "step", s.Name)
	}
	c.outcomeList(s.Key, s.Outcomes)
	c.demand(s.Key, s.Name, s.Outcomes, demanded[s.Act])
}

func (c *checker) outcomeList(key string, all []Outcome) {
	seen := map[string]bool{}
	for _, o := range all {
		at := key + ".outcomes." + o.Key
		c.key(at, o.Key)
		c.name(at+".name", o.Name)
		if seen[o.Key] {
			c.add(at, "flow.key_twice", "key", o.Key)
		}
		seen[o.Key] = true
	}
}

func (c *checker) demand(key, name string, has []Outcome, want []string) {
	for _, k := range want {
		if _, ok := (Step{Outcomes: has}).Outcome(k); !ok {
			c.add(key+".outcomes", "flow.outcome_demanded", "step", name, "outcome", k)
		}
	}
}

// way holds the exits of a node to going forward and to lawful ends.
func (c *checker) way(i int, n Node) {
	for _, o := range n.Exits() {
		c.next(i, n, n.NodeKey()+".outcomes."+o.Key+".next", o)
	}
}

// next: outcomes that refuse acceptance end the case, and so does delivery;
// nothing else does, for an application that was taken up is decided
// (行政许可法第三十八条). A refusal never reaches the making of a licence.
func (c *checker) next(i int, n Node, at string, o Outcome) {
	act := n.Act // empty for a block
	turned := act == Accept && (o.Key == NotRequired || o.Key == NotCompetent)
	switch j := c.d.index(o.Next); {
	case turned && o.Next != "":
		c.add(at, "flow.must_end", "outcome", o.Name)
	case turned:
	case o.Next == "" && act != Deliver:
		c.add(at, "flow.ends_open", "step", n.Title(), "outcome", o.Name)
	case o.Next == "":
	case j < 0:
		c.add(at, "flow.next_unknown", "next", c.d.NameOf(o.Next))
	case j <= i:
		c.add(at, "flow.next_back", "next", c.d.Nodes[j].Title())
	case act == Decide && o.Key == Refuse && c.issues(o.Next):
		c.add(at, "flow.refuse_issues", "outcome", o.Name)
	}
}

// issues says whether a step from which a licence is made can be reached.
func (c *checker) issues(from string) bool {
	for key := range c.d.reachable(from) {
		if i := c.d.index(key); c.d.Nodes[i].Act == Issue {
			return true
		}
	}
	return false
}

// condition: what may be passed says where the case goes instead.
func (c *checker) condition(i int, n Node) {
	when, otherwise := n.Condition()
	key := n.NodeKey()
	c.when(key+".when", when)
	switch j := c.d.index(otherwise); {
	case when == "" && otherwise == "":
	case when == "":
		c.add(key+".else", "flow.else_alone")
	case j < 0:
		c.add(key+".else", "flow.else_missing", "step", n.Title())
	case j <= i:
		c.add(key+".else", "flow.next_back", "next", c.d.Nodes[j].Title())
	}
}

func (c *checker) when(at, when string) {
	if when == "" {
		return
	}
	if _, wrong := compile(when); wrong != nil {
		wrong.Name = at
		c.found = append(c.found, *wrong)
	}
}

func (c *checker) earlier(s Step, at string, keys []string) {
	for k, key := range keys {
		switch j := c.d.order(key); {
		case j < 0:
			c.add(at, "flow.step_unknown", "key", key)
		case j >= c.d.order(s.Key):
			c.add(at, "flow.step_later", "key", c.d.NameOf(key))
		case slices.Contains(keys[:k], key):
			c.add(at, "flow.key_twice", "key", key)
		}
	}
}

func (c *checker) reach() {
	if len(c.d.Nodes) == 0 {
		return
	}
	seen := c.d.reachable(c.d.Nodes[0].NodeKey())
	for _, n := range c.d.Nodes {
		if !seen[n.NodeKey()] {
			c.add(n.NodeKey(), "flow.unreachable", "step", n.Title())
		}
	}
}

// reachable is the set of nodes a case can come to from a node by ways that go
// forward, itself included.
func (d Definition) reachable(from string) map[string]bool {
	seen := map[string]bool{}
	todo := []string{from}
	for len(todo) > 0 {
		key := todo[0]
		todo = todo[1:]
		i := d.index(key)
		if i < 0 || seen[key] {
			continue
		}
		seen[key] = true
		_, otherwise := d.Nodes[i].Condition()
		ways := []string{otherwise}
		for _, o := range d.Nodes[i].Exits() {
			ways = append(ways, o.Next)
		}
		for _, next := range ways {
			if d.index(next) > i {
				todo = append(todo, next)
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
