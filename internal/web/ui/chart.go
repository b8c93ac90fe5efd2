package ui

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Bar is one value of a bar chart or a ring.
type Bar struct {
	Label string
	Value float64 // not negative
	Text  string  // the value in words; "" writes the number
	Tone  Tone    // "" takes the next colour of the row
}

// Chart is a bar chart or a ring; the numbers stand beside the drawing.
type Chart struct {
	Title string
	Unit  string // such as 件
	Bars  []Bar
}

// Series is one line of a line chart; values that are NaN are gaps.
type Series struct {
	Name   string
	Values []float64
}

// Lines is a line chart over equal steps, with at most three series.
type Lines struct {
	Title  string
	Unit   string
	Labels []string // one for each step
	Series []Series
}

func (b Bar) text() string {
	if b.Text != "" {
		return b.Text
	}
	return number(b.Value)
}

func number(v float64) string {
	if math.IsNaN(v) {
		return "—"
	}
	return strconv.FormatFloat(math.Round(v*100)/100, 'f', -1, 64)
}

// fill is the colour class of the nth bar.
func (b Bar) fill(n int) string {
	if b.Tone != "" {
		return "ow-f-" + string(b.Tone)
	}
	return "ow-f" + strconv.Itoa(n%6+1)
}

func (c Chart) most() float64 {
	most := 0.0
	for _, b := range c.Bars {
		most = max(most, b.Value)
	}
	return most
}

func (c Chart) sum() float64 {
	sum := 0.0
	for _, b := range c.Bars {
		sum += max(b.Value, 0)
	}
	return sum
}

// share is the length of a bar in hundredths of the longest.
func (c Chart) share(b Bar) string {
	if c.most() == 0 {
		return "0"
	}
	return fmt.Sprintf("%.1f", 100*max(b.Value, 0)/c.most())
}

func (c Chart) percent(b Bar) string {
	if c.sum() == 0 {
		return "0%"
	}
	return fmt.Sprintf("%.1f%%", 100*max(b.Value, 0)/c.sum())
}

// ring gives the outline of each sector of a ring of radius 20 around (25,25).
func (c Chart) ring() []string {
	const outer, inner = 22.0, 14.5
	sum, at := c.sum(), 0.0
	paths := make([]string, len(c.Bars))
	for i, b := range c.Bars {
		if sum == 0 || b.Value <= 0 {
			continue
		}
		to := at + b.Value/sum
		paths[i] = sector(at, min(to, at+0.99999), outer, inner)
		at = to
	}
	return paths
}

func sector(from, to, outer, inner float64) string {
	large := 0
	if to-from > 0.5 {
		large = 1
	}
	x1, y1 := onCircle(from, outer)
	x2, y2 := onCircle(to, outer)
	x3, y3 := onCircle(to, inner)
	x4, y4 := onCircle(from, inner)
	return fmt.Sprintf("M%.2f %.2fA%.1f %.1f 0 %d 1 %.2f %.2fL%.2f %.2fA%.1f %.1f 0 %d 0 %.2f %.2fZ",
		x1, y1, outer, outer, large, x2, y2, x3, y3, inner, inner, large, x4, y4)
}

// onCircle is the point at a part of the turn, clockwise from the top.
func onCircle(part, radius float64) (x, y float64) {
	a := 2*math.Pi*part - math.Pi/2
	return 25 + radius*math.Cos(a), 25 + radius*math.Sin(a)
}

// top is a round number not below any value.
func (l Lines) top() float64 {
	most := 0.0
	for _, s := range l.Series {
		for _, v := range s.Values {
			if !math.IsNaN(v) {
				most = max(most, v)
			}
		}
	}
	if most == 0 {
		return 1
	}
	unit := math.Pow(10, math.Floor(math.Log10(most)))
	for _, k := range []float64{1, 1.5, 2, 3, 4, 5, 6, 8, 10} {
		if most <= k*unit {
			return k * unit
		}
	}
	return 10 * unit
}

// path draws a series in a box of 100 by 100; gaps lift the pen.
func (l Lines) path(s Series) string {
	var b strings.Builder
	steps := max(len(l.Labels)-1, 1)
	pen := "M"
	for i, v := range s.Values {
		if math.IsNaN(v) {
			pen = "M"
			continue
		}
		fmt.Fprintf(&b, "%s%.2f %.2f", pen, 100*float64(i)/float64(steps), 98-96*v/l.top())
		pen = "L"
	}
	return b.String()
}

// axis picks at most seven labels that stand at equal distances, the first and
// the last among them.
func (l Lines) axis() []string {
	last := len(l.Labels) - 1
	if last < 7 {
		return l.Labels
	}
	parts := 6
	for last%parts != 0 {
		parts--
	}
	var out []string
	for i := 0; i <= last; i += last / parts {
		out = append(out, l.Labels[i])
	}
	return out
}

func (l Lines) value(s Series, i int) string {
	if i >= len(s.Values) {
		return "—"
	}
	return number(s.Values[i])
}

// summary says in a sentence what the drawing shows.
func (l Lines) summary() string {
	if len(l.Labels) == 0 {
		return l.Title
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s，%s至%s", l.Title, l.Labels[0], l.Labels[len(l.Labels)-1])
	for _, s := range l.Series {
		fmt.Fprintf(&b, "；%s末值%s%s", s.Name, l.value(s, len(l.Labels)-1), l.Unit)
	}
	return b.String()
}
