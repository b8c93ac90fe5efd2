package caseview

import (
	"strconv"
	"strings"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/catalog"
	"onewindow/internal/web/ui"
)

// Mark is a review point (审查要点) as somebody ticked it.
type Mark struct {
	Verdict string // Right, Wrong or ""
	Note    string
	By      string // who, when it is on record
}

// The verdicts on a review point.
const (
	Right = "ok"
	Wrong = "no"
)

// Marks are the ticked points by pointKey.
type Marks map[string]Mark

// pointKey names a point of a material: "001.0".
func pointKey(material string, point int) string { return material + "." + strconv.Itoa(point) }

// ticked begins the names of the controls that tick a point.
const ticked = "t."

// mostNote bounds a note, in characters.
const mostNote = 500

// ReadMarks takes the ticked points out of what was posted, which text reads by
// name; points that the matter does not have are left out. Without a matter there
// are none.
func ReadMarks(impl *catalog.Implementation, text func(name string) string) Marks {
	out := Marks{}
	if impl == nil { // no point was ticked
		return out
	}
	for _, m := range impl.Materials {
		for i := range m.Points {
			key := pointKey(m.No, i)
			x := Mark{Verdict: text(ticked + key), Note: text("n." + key)}
			if r := []rune(x.Note); len(r) > mostNote {
				x.Note = string(r[:mostNote])
			}
			if x.Verdict == Right || x.Verdict == Wrong {
				out[key] = x
			}
		}
	}
	return out
}

// MarksOf are the points as they are on record, the last word on each.
func MarksOf(d *casework.Dossier) Marks {
	out := Marks{}
	for _, k := range d.Ticks {
		x := Mark{Verdict: Wrong, Note: k.Note, By: k.ByName}
		if k.OK {
			x.Verdict = Right
		}
		out[pointKey(k.Material, k.Point)] = x
	}
	return out
}

// Ticks are the marks as casework takes them, in the order of the matter.
func (m Marks) Ticks(impl *catalog.Implementation) []casework.Tick {
	if len(m) == 0 {
		return nil
	}
	var out []casework.Tick
	for _, material := range impl.Materials {
		for i := range material.Points {
			if x, ok := m[pointKey(material.No, i)]; ok {
				out = append(out, casework.Tick{Material: material.No, Point: i, OK: x.Verdict == Right, Note: x.Note})
			}
		}
	}
	return out
}

// Count is how many points were found right, wrong, and not looked at among
// those of the given materials.
func (m Marks) Count(given []casework.Given) (right, wrong, open int) {
	for _, g := range given {
		for i := range g.Points {
			switch m[pointKey(g.No, i)].Verdict {
			case Right:
				right++
			case Wrong:
				wrong++
			default:
				open++
			}
		}
	}
	return right, wrong, open
}

// Failed says what was found wrong with a material, one a line.
func (m Marks) Failed(g casework.Given) string {
	var lines []string
	for i, p := range g.Points {
		if x := m[pointKey(g.No, i)]; x.Verdict == Wrong {
			line := "不符合要求：" + strings.TrimSuffix(p.Requirement, "。")
			if x.Note != "" {
				line += "（" + x.Note + "）"
			}
			lines = append(lines, line+"。")
		}
	}
	return strings.Join(lines, "\n")
}

// carried are the marks as hidden fields.
func (m Marks) carried() []ui.Pair {
	var out []ui.Pair
	for key, x := range m {
		out = append(out, ui.Pair{Term: "t." + key, Text: x.Verdict})
		if x.Note != "" {
			out = append(out, ui.Pair{Term: "n." + key, Text: x.Note})
		}
	}
	return out
}
