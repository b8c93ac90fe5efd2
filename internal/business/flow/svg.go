package flow

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"slices"
	"strings"
)

// Colours of the picture. State is never told by colour alone: done steps
// carry a tick, the current one says so, returns are dashed.
const (
	ink       = "#1f2937"
	soft      = "#4b5563"
	line      = "#64748b"
	paper     = "#ffffff"
	stillFill = "#f8fafc"
	nowFill   = "#0b5cad"
	nowInk    = "#ffffff"
	doneLine  = "#15803d"
	doneFill  = "#f0fdf4"
	backLine  = "#b45309"
	face      = "system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans SC', 'WenQuanYi Micro Hei', sans-serif"
)

// canvas writes the picture; y coordinates follow from the layout.
type canvas struct {
	bytes.Buffer
	*layout
	top, middle, bottom float64
}

// SVG draws the definition (流程图); with s the running case is marked: done
// steps ticked, open ones highlighted, the way it went in green. It uses
// presentation attributes only, so it may stand inline under a strict content
// security policy, and its title and description tell a screen reader the same.
// An empty definition gives an empty picture.
func (d Definition) SVG(s *State) []byte {
	if len(d.Nodes) == 0 {
		return []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1" width="1" height="1"></svg>`)
	}
	c := &canvas{layout: d.layout(s)}
	c.top = margin + float64(c.above)*lane
	c.middle = c.top + c.height/2
	c.bottom = c.top + c.height
	high := max(c.bottom+float64(c.below)*lane, c.middle+ring+2*lineH) + margin
	fmt.Fprintf(c, `<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 %.0f %.0f" width="%.0f" height="%.0f" font-family="%s">`,
		c.width, high, c.width, high, face)
	fmt.Fprintf(c, "<title>%s流程图</title><desc>%s</desc>", esc(d.Name), esc(d.describe(s)))
	fmt.Fprintf(c, `<rect width="%.0f" height="%.0f" fill="%s"/>`, c.width, high, paper)
	c.start(s)
	for i := range c.boxes {
		c.straightArrow(i)
		c.exit(i)
	}
	for _, a := range c.skips {
		c.arcAbove(a)
	}
	for _, a := range c.returns {
		c.arcBelow(a)
	}
	for _, b := range c.boxes {
		c.box(b)
	}
	c.end(c.endX+ring, c.middle, c.ended && !c.exitTaken)
	c.text(c.endX+ring, c.middle+ring+lineH+2, noteSize, soft, "middle", "办结")
	c.WriteString("</svg>")
	return c.Bytes()
}

func (c *canvas) start(s *State) {
	x := margin + ring
	colour := line
	if s != nil {
		colour = doneLine
	}
	fmt.Fprintf(c, `<circle cx="%.1f" cy="%.1f" r="%.0f" fill="%s"/>`, x, c.middle, ring-2, colour)
	c.text(x, c.middle+ring+lineH+2, noteSize, soft, "middle", "申请")
	c.arrow(x+ring, c.middle, c.boxes[0].x, c.middle, colour)
}

// straightArrow leads to the next box or, from the last one, to the end.
func (c *canvas) straightArrow(i int) {
	outs := c.straight[i]
	if len(outs) == 0 {
		return
	}
	b, to := c.boxes[i], c.endX
	if i+1 < len(c.boxes) {
		to = c.boxes[i+1].x
	}
	c.arrow(b.right(), c.middle, to, c.middle, c.went(b.step.Key, outs[0].Next))
	upper := len(outs)
	if countLines(outs, gapChars) > 2 { // two lines fit beside the box; more go on both sides of the arrow
		upper = (len(outs) + 1) / 2
	}
	x, under := (b.right()+to)/2-3, outs[upper:]
	c.outcomes(x, c.middle-8, "middle", gapChars, b.step, outs[:upper])
	c.outcomes(x, c.middle+2+lineH*float64(countLines(under, gapChars)), "middle", gapChars, b.step, under)
}

func countLines(outs []Outcome, chars int) int {
	n := 0
	for _, o := range outs {
		n += len(wrap(o.Name, chars))
	}
	return n
}

// outcomes stacks labels upward from y; the outcome that the case took is bold.
func (c *canvas) outcomes(x, y float64, anchor string, chars int, s Step, outs []Outcome) {
	for _, o := range slices.Backward(outs) {
		for _, t := range slices.Backward(wrap(o.Name, chars)) {
			if c.picked[s.Key] == o.Key {
				c.bold(x, y, noteSize, doneLine, anchor, t)
			} else {
				c.text(x, y, noteSize, soft, anchor, t)
			}
			y -= lineH
		}
	}
}

// exit is a short way up from a box to an end of its own.
func (c *canvas) exit(i int) {
	b := c.boxes[i]
	if len(b.exits) == 0 {
		return
	}
	x, chars := c.exitAt(i)
	y := c.top - lane
	went := c.exitTaken && c.lastExit == b.step.Key
	colour := line
	if went {
		colour = doneLine
	}
	c.arrow(x, c.top, x, y+ring, colour)
	c.end(x, y, went)
	c.outcomes(x+ring+7, y+4, "start", chars, b.step, b.exits)
}

// arcAbove skips steps; arcBelow returns to an earlier one.
func (c *canvas) arcAbove(a arc) {
	from := c.boxes[a.from]
	colour := c.went(from.step.Key, c.boxes[a.to].step.Key)
	y := c.top - lane*float64(a.lane+1) + 6
	fmt.Fprintf(c, `<path d="M%.1f %.1fV%.1fQ%.1f %.1f %.1f %.1fH%.1fQ%.1f %.1f %.1f %.1fV%.1f" fill="none" stroke="%s" stroke-width="%s"/>`,
		a.x1, c.top, y+8, a.x1, y, a.x1+8, y, a.x2-8, a.x2, y, a.x2, y+8, c.top-7, colour, weight(a.taken))
	c.head(a.x2, c.top, 0, 1, colour)
	c.outcomes((a.x1+a.x2)/2, y-6, "middle", 20, from.step, a.outcomes)
}

func (c *canvas) arcBelow(a arc) {
	y := c.bottom + lane*float64(a.lane+1) - 8
	fmt.Fprintf(c, `<path d="M%.1f %.1fV%.1fQ%.1f %.1f %.1f %.1fH%.1fQ%.1f %.1f %.1f %.1fV%.1f" fill="none" stroke="%s" stroke-width="%s" stroke-dasharray="5 4"/>`,
		a.x1, c.bottom, y-8, a.x1, y, a.x1-8, y, a.x2+8, a.x2, y, a.x2, y-8, c.bottom+7, backLine, weight(a.taken))
	c.head(a.x2, c.bottom, 0, -1, backLine)
	label := "退回"
	if a.taken {
		label = "已退回"
	}
	c.text((a.x1+a.x2)/2, y-5, noteSize, backLine, "middle", label)
}

func (c *canvas) box(b box) {
	fill, stroke, colour, note := stillFill, line, ink, soft
	switch b.mark {
	case current:
		fill, stroke, colour, note = nowFill, nowFill, nowInk, nowInk
	case done:
		fill, stroke = doneFill, doneLine
	}
	fmt.Fprintf(c, `<rect x="%.1f" y="%.1f" width="%.0f" height="%.1f" rx="8" fill="%s" stroke="%s" stroke-width="1.5"/>`,
		b.x, c.top, boxW, c.height, fill, stroke)
	notes := b.note()
	y := c.middle + 6 - nameH*float64(len(b.name)-1)/2
	if notes != "" {
		y -= (lineH + 2) / 2
	}
	for k, t := range b.name {
		c.bold(b.mid(), y+nameH*float64(k), nameSize, colour, "middle", t)
	}
	if notes != "" {
		c.text(b.mid(), y+nameH*float64(len(b.name)-1)+lineH+4, noteSize, note, "middle", notes)
	}
	if b.mark == done {
		c.tick(b.right()-3, c.top+3)
	}
}

// note is the small line under a step's name.
func (b box) note() string {
	var parts []string
	if b.mark == current {
		parts = append(parts, "办理中")
	}
	if b.step.Days > 0 {
		parts = append(parts, fmt.Sprintf("%d 个工作日", b.step.Days))
	}
	return strings.Join(parts, " · ")
}

func (c *canvas) tick(x, y float64) {
	fmt.Fprintf(c, `<circle cx="%.1f" cy="%.1f" r="%.0f" fill="%s" stroke="%s" stroke-width="1.5"/>`, x, y, ring, doneLine, paper)
	fmt.Fprintf(c, `<path d="M%.1f %.1fl3 3.2l5.4 -6.4" fill="none" stroke="%s" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/>`,
		x-4.3, y+0.4, paper)
}

func (c *canvas) end(x, y float64, reached bool) {
	colour := line
	if reached {
		colour = doneLine
	}
	fmt.Fprintf(c, `<circle cx="%.1f" cy="%.1f" r="%.0f" fill="%s" stroke="%s" stroke-width="1.5"/>`, x, y, ring, paper, colour)
	fmt.Fprintf(c, `<circle cx="%.1f" cy="%.1f" r="%.0f" fill="%s"/>`, x, y, ring-4, colour)
}

// arrow is a straight line with its head at the second point.
func (c *canvas) arrow(x1, y1, x2, y2 float64, colour string) {
	dx, dy := sign(x2-x1), sign(y2-y1)
	fmt.Fprintf(c, `<path d="M%.1f %.1fL%.1f %.1f" stroke="%s" stroke-width="%s"/>`,
		x1, y1, x2-7*dx, y2-7*dy, colour, weight(colour == doneLine))
	c.head(x2, y2, dx, dy, colour)
}

func (c *canvas) head(x, y, dx, dy float64, colour string) {
	bx, by := x-9*dx, y-9*dy
	fmt.Fprintf(c, `<path d="M%.1f %.1fL%.1f %.1fL%.1f %.1fZ" fill="%s"/>`,
		x, y, bx+4.5*dy, by+4.5*dx, bx-4.5*dy, by-4.5*dx, colour)
}

func (c *canvas) text(x, y, size float64, colour, anchor, s string) {
	fmt.Fprintf(c, `<text x="%.1f" y="%.1f" font-size="%.0f" fill="%s" text-anchor="%s">%s</text>`, x, y, size, colour, anchor, esc(s))
}

func (c *canvas) bold(x, y, size float64, colour, anchor, s string) {
	fmt.Fprintf(c, `<text x="%.1f" y="%.1f" font-size="%.0f" font-weight="600" fill="%s" text-anchor="%s">%s</text>`, x, y, size, colour, anchor, esc(s))
}

// went is the colour of an edge: green when the case took it.
func (c *canvas) went(from, to string) string {
	if c.taken[[2]string{from, to}] {
		return doneLine
	}
	return line
}

// describe tells the picture in words, for screen readers.
func (d Definition) describe(s *State) string {
	marks := d.marks(s)
	var b strings.Builder
	fmt.Fprintf(&b, "共%d个环节。", len(d.Nodes))
	for i, st := range d.Steps() {
		fmt.Fprintf(&b, "%d.%s", i+1, st.Name)
		if st.Days > 0 {
			fmt.Fprintf(&b, "（%d个工作日）", st.Days)
		}
		b.WriteString([]string{"", "：办理中", "：已完成"}[marks[st.Key]])
		for _, o := range st.Outcomes {
			next, ok := d.Step(o.Next)
			if !ok {
				next.Name = "办结"
			}
			fmt.Fprintf(&b, "，%s转%s", o.Name, next.Name)
		}
		for _, key := range st.ReturnTo {
			to, _ := d.Step(key)
			fmt.Fprintf(&b, "，可退回%s", to.Name)
		}
		b.WriteString("。")
	}
	return b.String()
}

func weight(strong bool) string {
	if strong {
		return "2"
	}
	return "1.5"
}

func sign(f float64) float64 {
	switch {
	case f > 0:
		return 1
	case f < 0:
		return -1
	}
	return 0
}

func esc(s string) string {
	var b bytes.Buffer
	xml.EscapeText(&b, []byte(s)) // a buffer never fails
	return b.String()
}
