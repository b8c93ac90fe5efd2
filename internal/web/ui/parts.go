package ui

import "github.com/a-h/templ"

// Column is one column of a table.
type Column struct {
	Title string
	Num   bool // numbers, to the right
	Tight bool // never broken into lines
}

// Cell is one cell: a text, perhaps with a link and a smaller second line, or
// any component.
type Cell struct {
	Text string
	Href string
	Note string
	Body templ.Component // instead of Text
}

// Row is one row; its first cell names it.
type Row struct {
	Cells []Cell
	Tone  Tone // Warn and Bad mark the row at its edge; a cell must say why
}

// TableData is a table. On a phone each row becomes a card, unless Grid is set:
// then the table scrolls sideways.
type TableData struct {
	Caption     string // says what the table holds; always there for screen readers
	ShowCaption bool
	Columns     []Column
	Rows        []Row
	Grid        bool
}

func (t TableData) column(i int) Column {
	if i < len(t.Columns) {
		return t.Columns[i]
	}
	return Column{}
}

func (c Column) class() string {
	switch {
	case c.Num && c.Tight:
		return "ow-num ow-tight"
	case c.Num:
		return "ow-num"
	case c.Tight:
		return "ow-tight"
	}
	return ""
}

func (r Row) class() string {
	switch r.Tone {
	case Bad:
		return "ow-row-bad"
	case Warn:
		return "ow-row-warn"
	}
	return ""
}

// Pair is one line of a key-value list.
type Pair struct {
	Term string
	Text string
	Href string
	Note string          // a smaller second line
	Body templ.Component // instead of Text
}

func (p Pair) cell() Cell { return Cell{Text: p.Text, Href: p.Href, Note: p.Note, Body: p.Body} }

// Pages are the ways on from a list that is paged by key: "" for no way.
type Pages struct {
	First, Next string // the beginning of the list, what follows
	Shown       string // such as 「本页 20 条」
}

// Event is one entry of a timeline, newest or oldest first as the caller likes.
type Event struct {
	At    string // in words
	Title string
	Who   string
	Text  string
	Tone  Tone
	Body  templ.Component // further content
}

// StepState is how far a step is.
type StepState string

// The states of a step.
const (
	StepTodo StepState = ""
	StepNow  StepState = "now"
	StepDone StepState = "done"
	StepHalt StepState = "halt" // stopped here: refused, supplement wanted
)

// Step is one step of the way.
type Step struct {
	Name, Note string
	State      StepState
}

func (s Step) class() string {
	if s.State == StepTodo {
		return ""
	}
	return "ow-step-" + string(s.State)
}

// words say what the look of the step says.
func (s Step) words() string {
	switch s.State {
	case StepDone:
		return "已完成："
	case StepNow:
		return "当前："
	case StepHalt:
		return "停在此处："
	}
	return "未开始："
}

// Stat is one number to know.
type Stat struct {
	Label string
	Value string
	Unit  string
	Hint  string
	Href  string
	Tone  Tone
}

// Confirmation is the page that asks once more before an act.
type Confirmation struct {
	Title  string
	Lead   string
	Facts  []Pair
	Warn   string // what cannot be undone; "" for none
	Action string
	Hidden []Pair // Term is the name, Text the value
	Button Button
	Back   string // path of the way back
}
