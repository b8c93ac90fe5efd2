package flow

import "fmt"

// Measures of a block.
const (
	innerGap = 78.0 // between two boxes of a branch
	bar      = 46.0 // from the frame to the first box: room for the fork
	titleH   = 30.0
	labelH   = 20.0 // above a branch
	rowGap   = 22.0
	backH    = 30.0 // below a branch, for returns inside it
)

// row is a branch of a block in the picture.
type row struct {
	branch Branch
	label  []string
	y      float64 // top of the label, from the middle line
	cells  []cell
	mark   mark
}

// block lays the branches out, one below the other.
func (b *box) block(x *Block, cellH float64, marks map[string]mark) {
	longest := 0
	for _, br := range x.Branches {
		longest = max(longest, len(br.Steps))
	}
	title := x.Name + "：" + x.ruleWords()
	b.w = max(2*bar+float64(longest)*boxW+float64(longest-1)*innerGap, 15*float64(len([]rune(title)))+16)
	b.h = titleH + 6
	var tops []float64
	for _, br := range x.Branches {
		tops = append(tops, b.h)
		r := row{branch: br, label: branchLabel(br, marks[br.Key], int((b.w-bar-30)/noteSize)), mark: marks[br.Key]}
		for k, s := range br.Steps {
			c := newCell(s, b.x+bar+float64(k)*(boxW+innerGap), cellH, marks[s.Key])
			c.y = labelH*float64(len(r.label)) + 4
			r.cells = append(r.cells, c)
		}
		b.h += labelH*float64(len(r.label)) + 4 + cellH + rowGap
		if br.backs() {
			b.h += backH
		}
		b.rows = append(b.rows, r)
	}
	for i := range b.rows {
		b.rows[i].y = tops[i] - b.h/2
		for k := range b.rows[i].cells {
			b.rows[i].cells[k].y += b.rows[i].y
		}
	}
}

// backs says that a step sends back within the branch.
func (b Branch) backs() bool {
	for _, s := range b.Steps {
		for _, key := range s.ReturnTo {
			if b.index(key) >= 0 {
				return true
			}
		}
	}
	return false
}

func branchLabel(b Branch, m mark, chars int) []string {
	words := b.Name
	switch {
	case m == passed:
		words += "（不符合条件，不办理）"
	case b.When != "":
		words += "（" + Readable(b.When) + "）"
	}
	return wrap(words, chars)
}

// ruleWords says how a block joins.
func (b *Block) ruleWords() string {
	switch b.Rule {
	case AnyRefusal:
		return "一方不同意即汇合"
	case LeadDecides:
		for _, x := range b.Branches {
			if x.Key == b.Lead {
				return x.Name + "牵头决定"
			}
		}
	}
	return "意见到齐后汇合"
}

// block draws the frame, the fork, the branches and the join.
func (c *canvas) block(b box) {
	stroke := map[mark]string{waiting: line, current: nowFill, done: doneLine, passed: line}[b.mark]
	top := c.middle - b.h/2
	dash := ""
	if b.mark == passed {
		dash = ` stroke-dasharray="3 4"`
	}
	fmt.Fprintf(c, `<rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" rx="10" fill="%s" stroke="%s" stroke-width="1.5"%s/>`,
		b.x, top, b.w, b.h, frameFill, stroke, dash)
	title := b.node.Block.Name + "：" + b.node.Block.ruleWords()
	if b.mark == passed {
		title = b.node.Block.Name + "（不符合条件，不办理）"
	}
	c.bold(b.mid(), top+21, 14, ink, "middle", title)
	first, last := b.rows[0].cells[0].middle(), b.rows[len(b.rows)-1].cells[0].middle()
	for _, x := range []float64{b.x + 14, b.right() - 14} {
		fmt.Fprintf(c, `<path d="M%.1f %.1fV%.1f" stroke="%s" stroke-width="4" stroke-linecap="round"/>`, x, c.middle+first, c.middle+last, ink)
	}
	for _, r := range b.rows {
		c.row(b, r)
	}
}

func (c *canvas) row(b box, r row) {
	for i, t := range r.label {
		c.text(b.x+bar, c.middle+r.y+labelH*float64(i+1)-5, noteSize, soft, "start", t)
	}
	y := c.middle + r.cells[0].middle()
	entered := line
	if r.mark == current || r.mark == done {
		entered = doneLine
	}
	c.arrow(b.x+16, y, r.cells[0].x, y, entered)
	for i, x := range r.cells {
		c.inner(b, r, i)
		c.cell(x)
		c.innerReturns(r, x)
	}
}

// inner draws the ways that leave a step of a branch: to the next one, over
// some, or to the join.
func (c *canvas) inner(b box, r row, i int) {
	x, y := r.cells[i], c.middle+r.cells[i].middle()
	to := b.right() - 16
	if i+1 < len(r.cells) {
		to = r.cells[i+1].x
	}
	next := ""
	if i+1 < len(r.cells) {
		next = r.cells[i+1].step.Key
	}
	straight, over := []Outcome{}, []Outcome{}
	for _, o := range x.step.Outcomes {
		if o.Next == next {
			straight = append(straight, o)
		} else {
			over = append(over, o)
		}
	}
	if len(straight) > 0 {
		c.arrow(x.right(), y, to, y, c.went(x.step.Key, next))
		if i+1 < len(r.cells) {
			c.outcomes((x.right()+to)/2-3, y-6, "middle", 5, x.step.Key, straight)
		}
	}
	for _, o := range over { // below the line, with its words: where it leads
		words := o.Name + "→汇合"
		if k := r.branch.index(o.Next); k >= 0 {
			words = o.Name + "→" + r.branch.Steps[k].Name
		}
		c.text(x.right()+6, y+lineH, noteSize, soft, "start", words)
		y += lineH
	}
}

// innerReturns are dashed lines below the branch.
func (c *canvas) innerReturns(r row, x cell) {
	for _, key := range x.step.ReturnTo {
		k := r.branch.index(key)
		if k < 0 {
			continue
		}
		to := r.cells[k]
		y := c.middle + x.y + x.h
		fmt.Fprintf(c, `<path d="M%.1f %.1fV%.1fH%.1fV%.1f" fill="none" stroke="%s" stroke-width="1.5" stroke-dasharray="5 4"/>`,
			x.mid()-14, y, y+16, to.mid()+14, y+7, backLine)
		c.head(to.mid()+14, y, 0, -1, backLine)
		words := "退回"
		if c.returned[[2]string{x.step.Key, key}] {
			words = "已退回"
		}
		c.text((x.mid()+to.mid())/2, y+12, noteSize, backLine, "middle", words)
	}
}
