package catalog

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Query asks the snapshot for matters. Empty fields do not filter.
type Query struct {
	Text     string
	Theme    string // Theme.Key
	BodyID   string
	Audience Audience
	Kind     Kind
	// Open leaves out matters whose guide is not complete.
	Open  bool
	Limit int    // 20 when 0, at most 100
	After string // Page.Next of the page before
}

// Page is one page of what was found, best first.
type Page struct {
	Hits  []Hit
	Total int
	Next  string // "" on the last page
}

// Hit is one matter found and how well it matches.
type Hit struct {
	Entry  *Entry
	Points int
	place  int32
}

// Search finds matters by words, sound, initials and filters. It touches
// nothing but memory.
func (s *Snapshot) Search(q Query) Page {
	hits := s.matches(q.Text)
	hits = slices.DeleteFunc(hits, func(h Hit) bool { return !q.takes(h.Entry) })
	slices.SortFunc(hits, Hit.compare)
	return q.page(hits)
}

func (h Hit) compare(o Hit) int {
	return cmp.Or(cmp.Compare(o.Points, h.Points), cmp.Compare(h.place, o.place))
}

func (q Query) takes(e *Entry) bool {
	i := e.Impl
	switch {
	case q.Open && !e.Open(),
		q.BodyID != "" && i.Body.ID != q.BodyID,
		q.Kind != "" && i.Kind != q.Kind,
		q.Theme != "" && !slices.Contains(i.Themes, q.Theme),
		q.Audience != "" && !slices.Contains(i.Audiences, q.Audience):
		return false
	}
	return true
}

// page cuts the sorted hits behind the key of the page before.
func (q Query) page(hits []Hit) Page {
	p := Page{Total: len(hits)}
	if after, ok := parseAfter(q.After); ok {
		at, found := slices.BinarySearchFunc(hits, after, Hit.compare)
		if found {
			at++
		}
		hits = hits[at:]
	}
	limit := min(cmp.Or(q.Limit, 20), 100)
	if limit > 0 && len(hits) > limit {
		hits = hits[:limit]
		last := hits[limit-1]
		p.Next = strconv.Itoa(last.Points) + "." + strconv.Itoa(int(last.place))
	}
	p.Hits = hits
	return p
}

func parseAfter(s string) (Hit, bool) {
	a, b, ok := strings.Cut(s, ".")
	points, err1 := strconv.Atoi(a)
	place, err2 := strconv.ParseInt(b, 10, 32)
	return Hit{Points: points, place: int32(place)}, ok && err1 == nil && err2 == nil
}

// matches scores every entry that answers all words of the text, or any of
// them when none answers all.
func (s *Snapshot) matches(text string) []Hit {
	words := splitWords(text)
	if len(words) == 0 {
		return s.everything()
	}
	sum := s.index.borrow()
	defer s.index.giveBack(sum)
	most := int32(0)
	for _, w := range words {
		s.index.answer(w, func(n int32, p int32) {
			sum.points[n] += p
			sum.times[n]++
			most = max(most, sum.times[n])
		})
	}
	count := 0
	for _, n := range sum.times {
		if most > 0 && n == most {
			count++
		}
	}
	hits := make([]Hit, 0, count)
	for n, e := range s.entries {
		if most > 0 && sum.times[n] == most {
			hits = append(hits, Hit{e, int(sum.points[n]/most) + e.lift, int32(n)})
		}
	}
	return hits
}

func (s *Snapshot) everything() []Hit {
	hits := make([]Hit, len(s.entries))
	for n, e := range s.entries {
		hits[n] = Hit{e, e.lift, int32(n)}
	}
	return hits
}

// favour lifts complete guides and short names among equals.
func (e *Entry) favour() int {
	f := 15 - min(utf8.RuneCountInString(e.Impl.Name)/2, 15)
	if e.Open() {
		f += 20
	}
	return f
}

const maxWords, maxWordLen = 5, 40

// splitWords cuts a query at spaces and punctuation and folds the parts.
func splitWords(text string) []string {
	parts := strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsPunct(r) })
	var words []string
	for _, p := range parts {
		w := []rune(fold(p))
		if len(w) > 0 && len(words) < maxWords {
			words = append(words, string(w[:min(len(w), maxWordLen)]))
		}
	}
	return words
}

// answer calls fn once for every entry that answers the word.
func (x *index) answer(word string, fn func(n, points int32)) {
	s := x.borrow()
	defer x.giveBack(s)
	put := func(n int32, p int) { s.points[n] = max(s.points[n], int32(p)) }
	top := 0
	for _, w := range readings(word) {
		top = max(top, x.direct(w, put))
	}
	if top < enough {
		x.forgiving(plain(word), put)
	}
	for n, p := range s.points {
		if p > 0 {
			fn(int32(n), p)
		}
	}
}

// direct compares with what is written or the letters of the sound and gives
// the best points.
func (x *index) direct(w string, put func(int32, int)) int {
	top := x.byBody(w, put)
	if latin(w) {
		for n := range x.docs {
			p := x.docs[n].latinPoints(w)
			put(int32(n), p)
			top = max(top, p)
		}
		return top
	}
	x.share(w, func(n int32, share float64) {
		p := x.docs[n].points(w)
		if share >= leastShare {
			p = max(p, int(share*pointsShare))
		}
		put(n, p)
		top = max(top, p)
	})
	return top
}

// byBody finds the matters of a department named in the query (烟草局).
func (x *index) byBody(w string, put func(int32, int)) int {
	if utf8.RuneCountInString(w) < 3 || latin(w) {
		return 0
	}
	top := 0
	for name, list := range x.bodies {
		if !strings.Contains(name, w) {
			continue
		}
		top = pointsBody
		for _, n := range list {
			put(n, pointsBody)
		}
	}
	return top
}

// forgiving compares by sound and with one typing mistake.
func (x *index) forgiving(w string, put func(int32, int)) {
	runes := []rune(w)
	if len(runes) < 2 || len(runes) > longestCompar || latin(w) {
		return
	}
	said := speak(w).Sounds
	for n := range x.docs {
		if x.docs[n].sounds(said) {
			put(int32(n), pointsSounds)
		}
	}
	if len(runes) < shortestTypo {
		return
	}
	x.share(w, func(n int32, _ float64) {
		if oneTypo(x.docs[n].runes, runes) {
			put(n, pointsTypo)
		}
	})
}
