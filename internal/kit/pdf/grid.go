package pdf

// A grid is a ruled table of rows; each row has cells of its own widths.

type cell struct {
	lines []line
	width float64
	align Align
}

const cellPad = 5.0

func (s *setter) cellLead() float64 { return s.small * 1.5 }

func (s *setter) cell(text string, width float64, align Align) cell {
	return cell{lines: s.paragraphs(text, s.small, width-2*cellPad, 0), width: width, align: align}
}

// Fields

func (f Fields) set(s *setter) {
	s.y += s.lead * 0.2
	label := s.labelWidth(f)
	for i := 0; i < len(f.Fields); i++ {
		first := f.Fields[i]
		if f.Paired && !first.Wide && i+1 < len(f.Fields) && !f.Fields[i+1].Wide {
			i++
			half := s.textWidth() / 2
			s.row(nil, s.pair(first, label, half), s.pair(f.Fields[i], label, half))
			continue
		}
		s.row(nil, s.pair(first, label, s.textWidth()))
	}
	s.y += s.lead * 0.2
}

// labelWidth is the common width of the labels: as the longest, within reason.
func (s *setter) labelWidth(f Fields) float64 {
	w := s.small * 4
	for _, x := range f.Fields {
		w = max(w, s.measure(clean(x.Label), s.small))
	}
	return min(w, s.small*8) + 2*cellPad + 2
}

func (s *setter) pair(f Field, label, width float64) []cell {
	l := s.cell(f.Label, label, Center)
	return []cell{l, s.cell(f.Value, width-label, Left)}
}

// Table

func (t Table) set(s *setter) {
	s.y += s.lead * 0.2
	widths := t.widths(s.textWidth())
	head := make([]cell, len(t.Columns))
	for i, c := range t.Columns {
		head[i] = s.cell(c.Title, widths[i], Center)
	}
	// The head does not stay behind alone.
	s.need(s.rowHeight(head) + 2*s.cellLead())
	s.row(nil, head)
	for _, values := range t.Rows {
		cells := make([]cell, len(t.Columns))
		for i, c := range t.Columns {
			text := ""
			if i < len(values) {
				text = values[i]
			}
			cells[i] = s.cell(text, widths[i], c.Align)
		}
		s.row(head, cells)
	}
	s.y += s.lead * 0.2
}

func (t Table) widths(total float64) []float64 {
	share := func(c Column) float64 {
		if c.Share <= 0 {
			return 1
		}
		return c.Share
	}
	sum := 0.0
	for _, c := range t.Columns {
		sum += share(c)
	}
	widths := make([]float64, len(t.Columns))
	for i, c := range t.Columns {
		widths[i] = total * share(c) / sum
	}
	return widths
}

// Rows

func (s *setter) rowHeight(cells []cell) float64 {
	most := 1
	for _, c := range cells {
		most = max(most, len(c.lines))
	}
	return float64(most)*s.cellLead() + 2*cellPad
}

// row sets the cells side by side. A row that does not fit goes to the next
// page, under the head; one that fits no page is cut between lines.
func (s *setter) row(head []cell, groups ...[]cell) {
	var cells []cell
	for _, g := range groups {
		cells = append(cells, g...)
	}
	page := s.bottom - s.top
	if head != nil {
		page -= s.rowHeight(head)
	}
	for {
		h := s.rowHeight(cells)
		room := s.bottom - s.y
		switch {
		case h <= room:
			s.box(cells, h)
			return
		case h <= page || room < 3*s.cellLead()+2*cellPad:
			s.turn()
			if head != nil {
				s.box(head, s.rowHeight(head))
			}
		default:
			n := int((room - 2*cellPad) / s.cellLead())
			var upper []cell
			upper, cells = split(cells, n)
			s.box(upper, s.rowHeight(upper))
		}
	}
}

// split takes the first n lines of every cell off.
func split(cells []cell, n int) (upper, lower []cell) {
	for _, c := range cells {
		u, l := c, c
		at := min(n, len(c.lines))
		u.lines, l.lines = c.lines[:at], c.lines[at:]
		upper, lower = append(upper, u), append(lower, l)
	}
	return upper, lower
}

// box draws one row with its rules.
func (s *setter) box(cells []cell, h float64) {
	x, lead := s.left, s.cellLead()
	p := s.page()
	stroke := func(x1, y1, x2, y2 float64) {
		p.rules = append(p.rules, rule{x1, y1, x2, y2, 0.6, black})
	}
	for _, c := range cells {
		y := s.y + (h-float64(len(c.lines))*lead)/2
		for _, l := range c.lines {
			switch c.align {
			case Left:
				s.fill(x+cellPad, y, s.small, lead, c.width-2*cellPad, l)
			case Center:
				s.put(x+(c.width-l.width)/2, y, s.small, lead, l.text, black)
			case Right:
				s.put(x+c.width-cellPad-l.width, y, s.small, lead, l.text, black)
			}
			y += lead
		}
		stroke(x, s.y, x, s.y+h)
		x += c.width
	}
	stroke(x, s.y, x, s.y+h)
	stroke(s.left, s.y, x, s.y)
	stroke(s.left, s.y+h, x, s.y+h)
	s.y += h
}
