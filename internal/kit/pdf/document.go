package pdf

import (
	"fmt"
	"io"
	"time"
)

// Style is how a paper is set.
type Style int

const (
	// Letter is the layout of formal decisions and notices: size and margins after
	// GB/T 9704-2012 (16 pt, 28 signs on a line, 22 lines on a page).
	Letter Style = iota
	// Form is the tighter layout of receipts, guides and lists (11 pt).
	Form
)

// Document is one paper in A4.
type Document struct {
	Style  Style
	Body   string // the issuing body, above the title; may be empty
	Title  string
	Number string // 文号, under the title; may be empty
	Blocks []Block
	// Watermark lies light across every page; empty for none.
	Watermark string
	// Footer stands at the foot of every page, above "page x of y"; may be empty.
	Footer  string
	Author  string
	Created time.Time
}

// Block is a part of a document's text: Paragraph, Heading, Items, Fields,
// Table, Signature, Blanks or Note.
type Block interface{ set(s *setter) }

// Paragraph is running text, indented by two signs and set to both edges. Line
// ends in the text begin a new paragraph.
type Paragraph struct {
	Text string
	// Flush leaves the indent out, as for the line that addresses the reader.
	Flush bool
}

// Heading is a line that begins a part.
type Heading struct{ Text string }

// Numbering is how items are counted.
type Numbering int

// The ways of counting.
const (
	Arabic  Numbering = iota // 1．
	Chinese                  // （一）
	Circled                  // ① to ⑳, from then on as Arabic
)

// Items is a counted list.
type Items struct {
	Numbering Numbering
	Texts     []string
}

// Field is a label with its value.
type Field struct {
	Label, Value string
	// Wide gives the field a row of its own where fields stand in pairs.
	Wide bool
}

// Fields is a ruled table of labels and values.
type Fields struct {
	Fields []Field
	// Paired sets two fields in one row.
	Paired bool
}

// Column is a column of a Table.
type Column struct {
	Title string
	Share float64 // of the width, relative to the other columns; 0 counts as 1
	Align Align
}

// Align is where a cell's text stands.
type Align int

// The alignments.
const (
	Left Align = iota
	Center
	Right
)

// Table is a ruled table; its head is repeated on every page it runs over.
type Table struct {
	Columns []Column
	Rows    [][]string
}

// Signature closes a paper: the body's name over the date at the right, the
// seal over both, the check code at the left.
type Signature struct {
	Body, Date string
	Seal       *Seal
	QR         *QR
}

// Blanks are lines to be filled in by hand, such as "申请人（签字）：".
type Blanks struct{ Labels []string }

// Note is small print.
type Note struct{ Text string }

// Render sets the document and writes it as PDF. It fails with *MissingError
// when no font has some of its characters, and then writes nothing. The same
// document always gives the same bytes.
func (f *Fonts) Render(w io.Writer, d Document) error {
	types, err := f.load()
	if err != nil {
		return err
	}
	s := newSetter(types, d.Style)
	s.head(d)
	for i, b := range d.Blocks {
		s.reserve = s.follows(d.Blocks[i+1:])
		b.set(s)
	}
	for i, p := range s.pages {
		s.foot(p, d.Footer, fmt.Sprintf("第 %d 页　共 %d 页", i+1, len(s.pages)))
		s.watermark(p, d.Watermark)
	}
	return s.write(w, about{title: d.Title, author: d.Author, created: d.Created})
}
