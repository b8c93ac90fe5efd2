package catalog

import (
	"math"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// doc is what can be found of one entry, folded.
type doc struct {
	name    string
	runes   []rune // of the name
	aliases []string
	result  string
	themes  []string
	spoken  spoken   // of the name
	said    []spoken // of the aliases
}

// index finds entries by words. It is built once and never changed.
type index struct {
	docs   []doc
	grams  map[gram][]int32 // neighbouring characters of names, aliases and results → docs
	bodies map[string][]int32
	pool   sync.Pool // of *scratch
}

// scratch is the working memory of one query, one place per entry.
type scratch struct {
	weights       []float64
	points, times []int32
	touched       []int32
}

func (x *index) borrow() *scratch {
	if s, ok := x.pool.Get().(*scratch); ok {
		return s
	}
	n := len(x.docs)
	return &scratch{make([]float64, n), make([]int32, n), make([]int32, n), make([]int32, 0, n)}
}

func (x *index) giveBack(s *scratch) {
	clear(s.weights)
	clear(s.points)
	clear(s.times)
	x.pool.Put(s)
}

// gram is two neighbouring characters; a single one has 0 before it.
type gram [2]rune

// known are documents of versions that were read before; only their item's
// words can have changed.
func newIndex(entries []*Entry, known map[*Implementation]doc) *index {
	x := &index{grams: map[gram][]int32{}, bodies: map[string][]int32{}}
	for n, e := range entries {
		d, ok := known[e.Impl]
		if !ok || !d.of(e.Item) {
			d = docOf(e)
		}
		x.docs = append(x.docs, d)
		for _, text := range append([]string{d.name, d.result}, d.aliases...) {
			x.add(int32(n), text)
		}
		body := fold(e.Impl.Body.Name)
		x.bodies[body] = append(x.bodies[body], int32(n))
	}
	return x
}

func docOf(e *Entry) doc {
	d := doc{name: fold(e.Impl.Name), result: fold(e.Impl.Result.Name)}
	d.runes, d.spoken = []rune(d.name), speak(d.name)
	for _, a := range e.Item.Aliases {
		d.aliases = append(d.aliases, fold(a))
		d.said = append(d.said, speak(fold(a)))
	}
	for _, t := range e.Impl.Themes {
		d.themes = append(d.themes, ThemeName(t))
	}
	return d
}

// of says whether the document has the item's words.
func (d *doc) of(i Item) bool {
	return slices.EqualFunc(d.aliases, i.Aliases, func(folded, alias string) bool { return folded == fold(alias) })
}

func (x *index) add(n int32, text string) {
	eachGram(text, true, func(g gram) {
		list := x.grams[g]
		if len(list) == 0 || list[len(list)-1] != n {
			x.grams[g] = append(list, n)
		}
	})
}

// eachGram calls fn for the neighbours in a text, and with singles also for
// every character of its own.
func eachGram(text string, singles bool, fn func(gram)) {
	before := rune(0)
	for _, r := range text {
		if singles {
			fn(gram{0, r})
		}
		if before != 0 {
			fn(gram{before, r})
		}
		before = r
	}
}

// weight is how much a gram tells: little when many entries have it (许可).
func (x *index) weight(g gram) float64 {
	return math.Log2(1 + float64(len(x.docs)+1)/float64(len(x.grams[g])+1))
}

// share gives, for every entry that has any of the query's grams, how much of
// them it has, 0 to 1.
func (x *index) share(q string, fn func(n int32, share float64)) {
	s := x.borrow()
	defer x.giveBack(s)
	found, touched, all := s.weights, s.touched, 0.0
	eachGram(q, utf8.RuneCountInString(q) == 1, func(g gram) {
		w := x.weight(g)
		all += w
		for _, n := range x.grams[g] {
			if found[n] == 0 {
				touched = append(touched, n)
			}
			found[n] += w
		}
	})
	for _, n := range touched {
		fn(n, found[n]/all)
	}
	s.touched = touched[:0]
}

// The points of a match; how they stand to each other is what the ranking is.
const (
	pointsSame    = 1000 // the name itself
	pointsInside  = 900  // the whole name inside a longer question
	pointsBegins  = 850
	pointsAlias   = 800 // the people's word for it
	pointsResult  = 780
	pointsWithin  = 750
	pointsNear    = 560 // alias inside a question, grows with its length
	pointsSounds  = 430 // right sound, wrong characters
	pointsTypo    = 380
	pointsBody    = 300
	pointsTheme   = 250
	pointsShare   = 360 // times the share of the query's characters
	enough        = 400 // below this the forgiving comparisons are tried
	leastShare    = 0.5
	shortestTypo  = 4
	longestCompar = 32
)

// points compares one entry's words with a folded query.
func (d *doc) points(q string) int {
	best := d.namePoints(q)
	if d.result != "" && best < pointsResult {
		switch {
		case d.result == q:
			best = pointsResult
		case strings.Contains(d.result, q):
			best = max(best, pointsNear)
		}
	}
	for _, a := range d.aliases {
		best = max(best, aliasPoints(a, q))
	}
	for _, t := range d.themes {
		if t == q {
			best = max(best, pointsTheme)
		}
	}
	return best
}

func (d *doc) namePoints(q string) int {
	switch at := strings.Index(d.name, q); {
	case d.name == q:
		return pointsSame
	case at == 0:
		return pointsBegins
	case at > 0:
		return pointsWithin - min(at, 60)
	case strings.Contains(q, d.name):
		return pointsInside
	}
	return 0
}

func aliasPoints(alias, q string) int {
	switch {
	case alias == q:
		return pointsAlias
	case strings.HasPrefix(alias, q):
		return pointsNear + 100
	case strings.Contains(alias, q):
		return pointsNear
	case len(alias) > 3 && strings.Contains(q, alias):
		return pointsNear + 2*min(len(alias), 60)
	}
	return 0
}

// latinPoints compares with the letters of the sound: spjy, shipin.
func (d *doc) latinPoints(q string) int {
	best := d.points(q)
	best = max(best, lettersPoints(d.spoken, q))
	for _, s := range d.said {
		best = max(best, lettersPoints(s, q)-50)
	}
	return best
}

func lettersPoints(s spoken, q string) int {
	switch {
	case s.Initials == q || s.Full == q:
		return pointsWithin
	case strings.HasPrefix(s.Initials, q) || len(q) > 2 && strings.HasPrefix(s.Full, q):
		return pointsWithin - 100
	case len(q) > 1 && strings.Contains(s.Initials, q), len(q) > 3 && strings.Contains(s.Full, q):
		return pointsNear - 100
	}
	return 0
}

// sounds says whether the query sounds like a part of the name or an alias:
// the wrong character picked from the input method is the usual mistake.
func (d *doc) sounds(said string) bool {
	if strings.Contains(d.spoken.Sounds, said) {
		return true
	}
	for _, s := range d.said {
		if strings.Contains(s.Sounds, said) {
			return true
		}
	}
	return false
}

// oneTypo says whether q is a part of the text but for one character more,
// less or other (edit distance to the best part at most one).
func oneTypo(text, q []rune) bool {
	row := make([]int, len(q)+1)
	for i := range row {
		row[i] = i
	}
	for _, c := range text {
		last := row[0]
		for i := range q {
			same := last
			if q[i] != c {
				same++
			}
			last = row[i+1]
			row[i+1] = min(same, last+1, row[i]+1)
		}
		if row[len(q)] <= 1 {
			return true
		}
	}
	return false
}
