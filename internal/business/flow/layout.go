package flow

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
)

// Measures of the picture, in pixels at its natural size.
const (
	boxW     = 124.0
	gap      = 92.0
	margin   = 28.0
	lane     = 34.0 // between two arcs above or below
	nameSize = 16.0
	noteSize = 12.0
	lineH    = 16.0 // of notes
	nameH    = 21.0 // of names
	ring     = 9.0  // radius of the start and end marks
	gapChars = 6    // characters of a label between two boxes
)

// mark says how far a step is in a running case.
type mark int

const (
	waiting mark = iota
	current
	done
)

// box is a step in the picture.
type box struct {
	step  Step
	name  []string // wrapped
	x     float64
	mark  mark
	exits []Outcome // outcomes that end here although steps follow
}

func (b box) mid() float64   { return b.x + boxW/2 }
func (b box) right() float64 { return b.x + boxW }

// exitAt is where the way to an early end leaves: aside when arcs leave too.
func (l *layout) exitAt(i int) (x float64, chars int) {
	if slices.ContainsFunc(l.skips, func(a arc) bool { return a.from == i }) {
		return l.boxes[i].x + 14, 5
	}
	return l.boxes[i].mid(), 8
}

// arc is a line above the boxes (skipping steps) or below them (a return).
type arc struct {
	from, to int // boxes; to == len(boxes) is the end mark
	outcomes []Outcome
	taken    bool
	x1, x2   float64 // where it leaves and where it arrives
	lane     int
}

// layout is the picture before it is drawn.
type layout struct {
	boxes            []box
	height           float64 // of every box
	skips, returns   []arc
	straight         [][]Outcome // by box: outcomes to the very next box or the end
	width            float64
	above, below     int // lanes in use
	endX             float64
	taken            map[[2]string]bool // edges the case went along, by step keys
	returned         map[[2]string]bool
	picked           map[string]string // step to the outcome it was last completed with
	ended, exitTaken bool
	lastExit         string // step at which the case ended early
}

func (d Definition) layout(s *State) *layout {
	l := &layout{taken: map[[2]string]bool{}, returned: map[[2]string]bool{}, picked: map[string]string{}}
	marks := d.marks(s)
	lines := 1
	for i, st := range d.Steps() {
		b := box{step: st, name: wrap(st.Name, 7), x: margin + 2*ring + 34 + float64(i)*(boxW+gap), mark: marks[st.Key]}
		lines = max(lines, len(b.name))
		l.boxes = append(l.boxes, b)
	}
	l.height = nameH*float64(lines) + lineH + 26
	l.endX = l.boxes[len(l.boxes)-1].right() + gap
	l.width = l.endX + 2*ring + margin
	l.history(d, s)
	l.edges(d)
	l.ports()
	return l
}

// marks works out which steps are done and which are open: a return opens the
// way again from the step it went to.
func (d Definition) marks(s *State) map[string]mark {
	m := map[string]mark{}
	if s == nil {
		return m
	}
	for _, x := range s.Done {
		m[x.Step] = done
		if x.Returned() {
			for _, n := range d.Nodes[max(0, d.index(x.To)):] {
				delete(m, n.Key)
			}
		}
	}
	for _, t := range s.Open {
		m[t.Step] = current
	}
	return m
}

func (l *layout) history(d Definition, s *State) {
	if s == nil {
		return
	}
	for _, x := range s.Done {
		if x.Returned() {
			l.returned[[2]string{x.Step, x.To}] = true
			continue
		}
		st, _ := d.Step(x.Step)
		o, _ := st.Outcome(x.Outcome)
		l.taken[[2]string{x.Step, o.Next}] = true
		l.picked[x.Step] = x.Outcome
	}
	l.ended = s.Ended()
	if n := len(s.Done); l.ended && n > 0 && s.Done[n-1].Step != l.boxes[len(l.boxes)-1].step.Key {
		l.exitTaken, l.lastExit = true, s.Done[n-1].Step
	}
}

// edges sorts every outcome into straight arrows, exits and arcs above, and
// every allowed return into arcs below.
func (l *layout) edges(d Definition) {
	l.straight = make([][]Outcome, len(l.boxes))
	for i := range l.boxes {
		b := &l.boxes[i]
		for _, o := range b.step.Outcomes {
			switch j := d.index(o.Next); {
			case o.Next == "" && i < len(l.boxes)-1:
				b.exits = append(b.exits, o)
			case o.Next == "" || j == i+1:
				l.straight[i] = append(l.straight[i], o)
			default:
				l.skip(i, j, o)
			}
		}
		for _, key := range b.step.ReturnTo {
			l.returns = append(l.returns, arc{from: i, to: d.index(key), taken: l.returned[[2]string{b.step.Key, key}]})
		}
	}
}

func (l *layout) skip(from, to int, o Outcome) {
	for k := range l.skips {
		if l.skips[k].from == from && l.skips[k].to == to {
			l.skips[k].outcomes = append(l.skips[k].outcomes, o)
			return
		}
	}
	taken := l.taken[[2]string{l.boxes[from].step.Key, o.Next}]
	l.skips = append(l.skips, arc{from: from, to: to, outcomes: []Outcome{o}, taken: taken})
}

// ports spreads the ends of arcs along the boxes and gives each arc a lane.
func (l *layout) ports() {
	var busy []span
	for i, b := range l.boxes {
		_, chars := l.exitAt(i)
		high := 1 + lanesFor(countLines(b.exits, chars))
		for k := 0; k < high && len(b.exits) > 0; k++ {
			busy = append(busy, span{b.mid() - 20, b.mid() + 110, k})
			l.above = max(l.above, high)
		}
	}
	l.spread(l.skips, true)
	l.above = max(l.above, assign(l.skips, busy))
	l.spread(l.returns, false)
	l.below = assign(l.returns, nil)
}

// spread places arc ends: forward arcs leave on the right of a box and arrive
// on the left of another, returns the other way round, so that neighbouring
// arcs do not overlap. A longer arc takes the outer place.
func (l *layout) spread(arcs []arc, forward bool) {
	byLength := func(a, b *arc) int { return cmp.Compare(a.length(), b.length()) }
	for i, b := range l.boxes {
		var out, in []*arc
		for k := range arcs {
			if arcs[k].from == i {
				out = append(out, &arcs[k])
			}
			if arcs[k].to == i {
				in = append(in, &arcs[k])
			}
		}
		slices.SortStableFunc(out, byLength)
		slices.SortStableFunc(in, byLength)
		for k, a := range out {
			a.x1 = port(b, k, len(out), forward)
		}
		for k, a := range in {
			a.x2 = port(b, k, len(in), !forward)
		}
	}
}

// port is the k-th of n places on one half of a box. The shortest arc gets the
// place nearest to where its other end lies.
func port(b box, k, n int, rightHalf bool) float64 {
	width := (boxW/2 - 26) / float64(n)
	off := 12 + width*(float64(n-1-k)+0.5)
	if rightHalf {
		return b.mid() + off
	}
	return b.mid() - off
}

func (a *arc) length() int { return max(a.from-a.to, a.to-a.from) }

// span is a stretch of a lane that is taken.
type span struct {
	from, to float64
	lane     int
}

// assign gives every arc, shorter ones first, the lowest free lane, and
// returns the number of lanes.
func assign(arcs []arc, busy []span) int {
	order := make([]*arc, len(arcs))
	for i := range arcs {
		order[i] = &arcs[i]
	}
	slices.SortStableFunc(order, func(a, b *arc) int { return cmp.Compare(a.length(), b.length()) })
	lanes := 0
	for _, a := range order {
		lo, hi := min(a.x1, a.x2)-6, max(a.x1, a.x2)+6
		high := max(1, lanesFor(len(a.outcomes)))
		for slices.ContainsFunc(busy, func(s span) bool {
			return s.lane >= a.lane && s.lane < a.lane+high && s.from < hi && lo < s.to
		}) {
			a.lane++
		}
		for k := range high {
			busy = append(busy, span{lo, hi, a.lane + k})
		}
		lanes = max(lanes, a.lane+high)
	}
	return lanes
}

// lanesFor is the room that n stacked labels need.
func lanesFor(n int) int { return int(math.Ceil((lineH*float64(n) + 2) / lane)) }

// wrap breaks a text into lines of at most n Chinese characters. Latin letters
// take less room; closing marks stay on the line they close.
func wrap(s string, n int) []string {
	var lines []string
	var line strings.Builder
	room := 0
	for _, r := range s {
		w := width(r)
		if room+w > 10*n && !strings.ContainsRune("）》」、，。；", r) {
			lines = append(lines, strings.TrimSpace(line.String()))
			line.Reset()
			room = 0
		}
		line.WriteRune(r)
		room += w
	}
	return append(lines, strings.TrimSpace(line.String()))
}

// width is in tenths of a Chinese character.
func width(r rune) int {
	switch {
	case unicode.IsUpper(r):
		return 8
	case r < 0x2000:
		return 6
	}
	return 10
}
