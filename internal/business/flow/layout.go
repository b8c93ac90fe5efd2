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

// cell is one step drawn as a box; y is its top, from the middle line.
type cell struct {
	step    Step
	name    []string // wrapped
	x, y, h float64
	mark    mark
}

func newCell(s Step, x, h float64, m mark) cell {
	return cell{step: s, name: wrap(s.Name, 7), x: x, y: -h / 2, h: h, mark: m}
}

func (c cell) mid() float64    { return c.x + boxW/2 }
func (c cell) right() float64  { return c.x + boxW }
func (c cell) middle() float64 { return c.y + c.h/2 }

// box is a node in the picture: one cell, or the rows of a block.
type box struct {
	key   string
	node  Node
	x, w  float64
	h     float64
	cell  cell
	rows  []row
	mark  mark
	exits []Outcome // outcomes that end here although nodes follow
}

func (b box) mid() float64   { return b.x + b.w/2 }
func (b box) right() float64 { return b.x + b.w }

// exitAt is where the way to an early end leaves: aside when arcs leave too.
func (l *layout) exitAt(i int) (x float64, chars int) {
	if slices.ContainsFunc(l.skips, func(a arc) bool { return a.from == i }) {
		return l.boxes[i].x + 14, 5
	}
	return l.boxes[i].mid(), 8
}

// arc is a line above the boxes (skipping nodes) or below them (a return).
type arc struct {
	from, to int // boxes; to == len(boxes) is the end mark
	outcomes []Outcome
	words    string // of a return, or of a condition that does not hold
	taken    bool
	x1, x2   float64 // where it leaves and where it arrives
	lane     int
}

// layout is the picture before it is drawn.
type layout struct {
	trail
	boxes          []box
	high           float64 // of the highest box
	skips, returns []arc
	straight       [][]Outcome // by box: outcomes to the very next box or the end
	width          float64
	above, below   int // lanes in use
	endX           float64
}

func (d Definition) layout(s *State) *layout {
	l := &layout{trail: d.trail(s)}
	marks := d.marks(s)
	h := d.cellHeight()
	x := margin + 2*ring + 34
	for _, n := range d.Nodes {
		b := box{key: n.NodeKey(), node: n, x: x, w: boxW, h: h, mark: marks[n.NodeKey()]}
		if n.Block != nil {
			b.block(n.Block, h, marks)
		} else {
			b.cell = newCell(n.Step, x, h, b.mark)
		}
		l.high = max(l.high, b.h)
		l.boxes = append(l.boxes, b)
		x += b.w + gap
	}
	l.endX = x
	l.width = l.endX + 2*ring + margin
	l.edges(d)
	l.ports()
	return l
}

// cellHeight is the height of every step's box.
func (d Definition) cellHeight() float64 {
	lines := 1
	for _, s := range d.Steps() {
		lines = max(lines, len(wrap(s.Name, 7)))
	}
	return nameH*float64(lines) + lineH + 26
}

// edges sorts every outcome into straight arrows, exits and arcs above, and
// every allowed return into arcs below.
func (l *layout) edges(d Definition) {
	l.straight = make([][]Outcome, len(l.boxes))
	for i := range l.boxes {
		b := &l.boxes[i]
		for _, o := range b.node.Exits() {
			switch j := d.index(o.Next); {
			case o.Next == "" && i < len(l.boxes)-1:
				b.exits = append(b.exits, o)
			case o.Next == "" || j == i+1:
				l.straight[i] = append(l.straight[i], o)
			default:
				l.skip(i, j, o)
			}
		}
		if _, otherwise := b.node.Condition(); otherwise != "" {
			l.skips = append(l.skips, arc{from: i, to: d.index(otherwise), words: "不符合条件时", taken: b.mark == passed})
		}
		l.backs(d, i)
	}
}

// backs are the returns that leave a box; those inside a branch are the block's
// own affair.
func (l *layout) backs(d Definition, i int) {
	words := map[int][]string{}
	var order []int
	for _, s := range l.boxes[i].node.Steps() {
		for _, key := range s.ReturnTo {
			to := d.index(d.nodeOf(key))
			if to == i {
				continue
			}
			if !slices.Contains(order, to) {
				order = append(order, to)
			}
			if l.boxes[to].node.Block != nil {
				words[to] = append(words[to], d.NameOf(key))
			}
		}
	}
	for _, to := range order {
		a := arc{from: i, to: to, words: "退回", taken: l.returned[[2]string{l.boxes[i].key, l.boxes[to].key}]}
		if a.taken {
			a.words = "已退回"
		}
		if w := words[to]; len(w) == 1 {
			a.words += w[0]
		}
		l.returns = append(l.returns, a)
	}
}

func (l *layout) skip(from, to int, o Outcome) {
	for k := range l.skips {
		if l.skips[k].from == from && l.skips[k].to == to {
			l.skips[k].outcomes = append(l.skips[k].outcomes, o)
			return
		}
	}
	taken := l.taken[[2]string{l.boxes[from].key, o.Next}]
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
	off := 12 + width*(float64(n-1-k)+0.5) + (b.w-boxW)/2
	if rightHalf {
		return b.mid() + off
	}
	return b.mid() - off
}

func (a *arc) length() int { return max(a.from-a.to, a.to-a.from) }

// labels is how many lines stand above the arc.
func (a *arc) labels() int { return max(1, len(a.outcomes)) }

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
		high := max(1, lanesFor(a.labels()))
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
