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
	frameFill = "#fbfcfe"
	passedInk = "#6b7280"
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
	c.middle = c.top + c.high/2
	c.bottom = c.top + c.high
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
		if b.node.Block != nil {
			c.block(b)
		} else {
			c.cell(b.cell)
		}
	}
	c.end(c.endX+ring, c.middle, c.ended && c.last == "")
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
	c.arrow(b.right(), c.middle, to, c.middle, c.went(b.key, outs[0].Next))
	upper := len(outs)
	if countLines(outs, gapChars) > 2 { // two lines fit beside the box; more go on both sides of the arrow
		upper = (len(outs) + 1) / 2
	}
	x, under := (b.right()+to)/2-3, outs[upper:]
	c.outcomes(x, c.middle-8, "middle", gapChars, b.key, outs[:upper])
	c.outcomes(x, c.middle+2+lineH*float64(countLines(under, gapChars)), "middle", gapChars, b.key, under)
}

func countLines(outs []Outcome, chars int) int {
	n := 0
	for _, o := range outs {
		n += len(wrap(o.Name, chars))
	}
	return n
}

// outcomes stacks labels upward from y; the outcome that the case took is bold.
func (c *canvas) outcomes(x, y float64, anchor string, chars int, key string, outs []Outcome) {
	for _, o := range slices.Backward(outs) {
		for _, t := range slices.Backward(wrap(o.Name, chars)) {
			if c.picked[key] == o.Key {
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
	went := c.last == b.key
	colour := line
	if went {
		colour = doneLine
	}
	c.arrow(x, c.topOf(i), x, y+ring, colour)
	c.end(x, y, went)
	c.outcomes(x+ring+7, y+4, "start", chars, b.key, b.exits)
}

// topOf is the upper edge of a box; the end mark has its own.
func (c *canvas) topOf(i int) float64 { return c.middle - c.boxes[i].h/2 }

// arcAbove skips nodes; arcBelow returns to an earlier one.
func (c *canvas) arcAbove(a arc) {
	from := c.boxes[a.from]
	colour := line
	if a.taken {
		colour = doneLine
	}
	y := c.top - lane*float64(a.lane+1) + 6
	dash := ""
	if len(a.outcomes) == 0 {
		dash = ` stroke-dasharray="2 3"`
	}
	fmt.Fprintf(c, `<path d="M%.1f %.1fV%.1fQ%.1f %.1f %.1f %.1fH%.1fQ%.1f %.1f %.1f %.1fV%.1f" fill="none" stroke="%s" stroke-width="%s"%s/>`,
		a.x1, c.topOf(a.from), y+8, a.x1, y, a.x1+8, y, a.x2-8, a.x2, y, a.x2, y+8, c.topOf(a.to)-7, colour, weight(a.taken), dash)
	c.head(a.x2, c.topOf(a.to), 0, 1, colour)
	if a.words != "" {
		c.text((a.x1+a.x2)/2, y-6-lineH*float64(len(a.outcomes)), noteSize, soft, "middle", a.words)
	}
	c.outcomes((a.x1+a.x2)/2, y-6, "middle", 20, from.key, a.outcomes)
}

func (c *canvas) arcBelow(a arc) {
	y := c.bottom + lane*float64(a.lane+1) - 8
	y1, y2 := c.middle+c.boxes[a.from].h/2, c.middle+c.boxes[a.to].h/2
	fmt.Fprintf(c, `<path d="M%.1f %.1fV%.1fQ%.1f %.1f %.1f %.1fH%.1fQ%.1f %.1f %.1f %.1fV%.1f" fill="none" stroke="%s" stroke-width="%s" stroke-dasharray="5 4"/>`,
		a.x1, y1, y-8, a.x1, y, a.x1-8, y, a.x2+8, a.x2, y, a.x2, y-8, y2+7, backLine, weight(a.taken))
	c.head(a.x2, y2, 0, -1, backLine)
	c.text((a.x1+a.x2)/2, y-5, noteSize, backLine, "middle", a.words)
}

func (c *canvas) cell(b cell) {
	fill, stroke, colour, note, dash := stillFill, line, ink, soft, ""
	switch b.mark {
	case current:
		fill, stroke, colour, note = nowFill, nowFill, nowInk, nowInk
	case done:
		fill, stroke = doneFill, doneLine
	case passed:
		fill, colour, note, dash = paper, passedInk, passedInk, ` stroke-dasharray="3 4"`
	}
	top := c.middle + b.y
	fmt.Fprintf(c, `<rect x="%.1f" y="%.1f" width="%.0f" height="%.1f" rx="8" fill="%s" stroke="%s" stroke-width="1.5"%s/>`,
		b.x, top, boxW, b.h, fill, stroke, dash)
	notes := b.note()
	y := top + b.h/2 + 6 - nameH*float64(len(b.name)-1)/2
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
		c.tick(b.right()-3, top+3)
	}
}

// note is the small line under a step's name.
func (b cell) note() string {
	var parts []string
	switch {
	case b.mark == passed:
		return "不办理"
	case b.mark == current:
		parts = append(parts, "办理中")
	case b.step.When != "":
		parts = append(parts, "有条件")
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
	fmt.Fprintf(&b, "共%d个环节。", len(d.Steps()))
	count := 0
	for _, n := range d.Nodes {
		if when, otherwise := n.Condition(); when != "" {
			fmt.Fprintf(&b, "符合条件“%s”时办理%s，否则转%s。", Readable(when), n.Title(), d.NameOf(otherwise))
		}
		if n.Block == nil {
			count++
			d.describeStep(&b, count, n.Step, marks, "办结")
			continue
		}
		fmt.Fprintf(&b, "以下%d个分支并行，%s：", len(n.Block.Branches), n.Block.ruleWords())
		for _, x := range n.Block.Branches {
			fmt.Fprintf(&b, "分支%s", x.Name)
			if x.When != "" {
				fmt.Fprintf(&b, "（条件：%s）", Readable(x.When))
			}
			b.WriteString("：")
			for _, st := range x.Steps {
				count++
				d.describeStep(&b, count, st, marks, "汇合")
			}
		}
		b.WriteString("并行结束")
		for _, o := range n.Block.Outcomes {
			fmt.Fprintf(&b, "，%s转%s", o.Name, d.NameOf(o.Next))
		}
		b.WriteString("。")
	}
	return b.String()
}

func (d Definition) describeStep(b *strings.Builder, n int, st Step, marks map[string]mark, end string) {
	fmt.Fprintf(b, "%d.%s", n, st.Name)
	if st.Days > 0 {
		fmt.Fprintf(b, "（%d个工作日）", st.Days)
	}
	b.WriteString([]string{"", "：办理中", "：已完成", "：不办理"}[marks[st.Key]])
	for _, o := range st.Outcomes {
		next := end
		if o.Next != "" {
			next = d.NameOf(o.Next)
		}
		fmt.Fprintf(b, "，%s转%s", o.Name, next)
	}
	for _, key := range st.ReturnTo {
		fmt.Fprintf(b, "，可退回%s", d.NameOf(key))
	}
	b.WriteString("。")
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
