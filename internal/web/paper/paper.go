// Package paper shows an official document (文书) as a page: the same text that
// is set as PDF, to be read on screen and printed from the browser.
package paper

import (
	"fmt"
	"strings"

	"rsc.io/qr"

	"onewindow/internal/kit/pdf"
)

// lines splits a text at its line ends.
func lines(s string) []string { return strings.Split(s, "\n") }

// mark is what stands before the n-th item.
func mark(k pdf.Numbering, n int) string {
	switch {
	case k == pdf.Chinese && n <= 99:
		return "（" + chinese(n) + "）"
	case k == pdf.Circled && n <= 20:
		return string(rune('①' + n - 1))
	}
	return fmt.Sprintf("%d．", n)
}

// chinese writes 1 to 99 as 一 to 九十九.
func chinese(n int) string {
	digits := []string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	switch {
	case n >= 20:
		return digits[n/10] + "十" + digits[n%10]
	case n >= 10:
		return "十" + digits[n%10]
	}
	return digits[n]
}

// pairs lays fields out two in a row where they stand in pairs; a wide one has
// a row of its own.
func pairs(f pdf.Fields) [][]pdf.Field {
	var rows [][]pdf.Field
	for i := 0; i < len(f.Fields); i++ {
		x := f.Fields[i]
		if f.Paired && !x.Wide && i+1 < len(f.Fields) && !f.Fields[i+1].Wide {
			rows = append(rows, []pdf.Field{x, f.Fields[i+1]})
			i++
			continue
		}
		rows = append(rows, []pdf.Field{x})
	}
	return rows
}

// code is a square code as one path of unit squares, and its side. It is empty
// when the payload is too long for any.
func code(payload string) (path string, side int) {
	c, err := qr.Encode(payload, qr.M)
	if err != nil {
		return "", 0
	}
	var b strings.Builder
	for y := range c.Size {
		for x := range c.Size {
			if c.Black(x, y) {
				fmt.Fprintf(&b, "M%d %dh1v1h-1z", x, y)
			}
		}
	}
	return b.String(), c.Size
}

func align(a pdf.Align) string {
	switch a {
	case pdf.Center:
		return "ow-center"
	case pdf.Right:
		return "ow-num"
	}
	return ""
}

func column(t pdf.Table, i int) pdf.Align {
	if i < len(t.Columns) {
		return t.Columns[i].Align
	}
	return pdf.Left
}
