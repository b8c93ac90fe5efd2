package sheet

import (
	"slices"
	"strconv"
	"strings"

	"onewindow/internal/kit/fault"
)

// L is how a list of rows looks.
type L struct {
	Title, Lead string
	What        string // what one row is called, such as 材料
	// Fold hides each row behind its name.
	Fold bool
	// Ask lets the page ask back before a row is removed: Read removes nothing,
	// and Asked tells which row it is.
	Ask bool
}

// Rows binds a list. name says what stands at the head of a row; fresh makes a
// row that is added.
func Rows[T any](s *Sheet, key string, p *[]T, l L, name func(int, T) string, fresh func([]T) T, describe func(*T)) {
	full := s.prefix + key
	if s.typed != nil {
		*p = sized(*p, s.typed(full+".n"))
	}
	n := node{kind: list, key: full, title: l.Title, lead: l.Lead, what: l.What, fold: l.Fold, add: "增加" + l.What}
	n.field.Error = s.found.At(full)
	for i := range *p {
		n.inside = append(n.inside, s.row(full, i, len(*p), l, func() { describe(&(*p)[i]) }))
	}
	for i := range *p {
		n.inside[i].title = name(i, (*p)[i])
	}
	s.put(n)
	act, i := s.turn(full, len(*p), l.Ask)
	*p = changed(*p, act, i, fresh)
}

// row describes one row and gives its node.
func (s *Sheet) row(full string, i, of int, l L, describe func()) node {
	outer, prefix, wrong := s.nodes, s.prefix, len(s.wrong)
	key := full + "." + strconv.Itoa(i)
	s.nodes, s.prefix = nil, key+"."
	describe()
	r := node{kind: row, key: key, what: l.What, fold: l.Fold, ask: l.Ask, first: i == 0, last: i == of-1, inside: s.nodes}
	s.nodes, s.prefix = outer, prefix
	r.field.Required = len(s.wrong) > wrong || s.opened(key) || s.lacking(key) // stands open
	return r
}

// opened says whether the row, or something in it, is what the reader came for.
func (s *Sheet) opened(key string) bool {
	return s.open == key || strings.HasPrefix(s.open, key+".")
}

func (s *Sheet) lacking(key string) bool {
	for _, x := range s.found.Fields {
		if strings.HasPrefix(x.Field, key+".") {
			return true
		}
	}
	return false
}

// sized is a list with as many rows as the form had.
func sized[T any](have []T, typed []string) []T {
	n := 0
	if len(typed) > 0 {
		n, _ = strconv.Atoi(typed[0])
	}
	n = min(max(n, 0), MostRows)
	out := slices.Clone(have[:min(n, len(have))])
	for len(out) < n {
		var zero T
		out = append(out, zero)
	}
	return out
}

// changed is a list after a button; "" changes nothing.
func changed[T any](list []T, act string, i int, fresh func([]T) T) []T {
	all := slices.Clone(list)
	switch {
	case act == "add":
		all = append(all, fresh(all))
	case act == "up" && i > 0:
		all[i-1], all[i] = all[i], all[i-1]
	case act == "down" && i+1 < len(all):
		all[i+1], all[i] = all[i], all[i+1]
	case act == "drop":
		all = slices.Delete(all, i, i+1)
	}
	return all
}

// turn is what the pressed button wants of this list, and of which row of it.
func (s *Sheet) turn(full string, have int, ask bool) (act string, i int) {
	if s.act == "add" && s.target == full {
		if have >= MostRows {
			s.wrong = append(s.wrong, fault.At(full, "sheet.rows", "max", strconv.Itoa(MostRows)))
			return "", 0
		}
		s.open = full + "." + strconv.Itoa(have)
		return s.act, 0
	}
	index, at := strings.CutPrefix(s.target, full+".")
	i, err := strconv.Atoi(index)
	if !at || err != nil || i < 0 || i >= have || ask && s.act == "drop" && s.typed != nil {
		return "", 0
	}
	switch s.act {
	case "up":
		s.open = full + "." + strconv.Itoa(max(i-1, 0))
	case "down":
		s.open = full + "." + strconv.Itoa(min(i+1, have-1))
	}
	return s.act, i
}

// Asked is the key of a row that the pressed button wants removed; the
// page asks back and then calls Do. "" when there is none.
func (s *Sheet) Asked() string {
	if s.act != "drop" {
		return ""
	}
	if r := find(s.nodes, s.target); r != nil && r.ask {
		return s.target
	}
	return ""
}

// TitleOf is the head of a row; "" when there is none of that key.
func (s *Sheet) TitleOf(key string) string {
	if r := find(s.nodes, key); r != nil && r.kind == row {
		return r.title
	}
	return ""
}

// Open is the key of the row that the page should lead to; "" for none.
func (s *Sheet) Open() string {
	if s.act == "drop" {
		return ""
	}
	return s.open
}

func find(all []node, key string) *node {
	for i := range all {
		if all[i].key == key && key != "" {
			return &all[i]
		}
		if n := find(all[i].inside, key); n != nil {
			return n
		}
	}
	return nil
}

// ID is the id on the page of a row or list.
func ID(key string) string { return "at-" + strings.ReplaceAll(key, ".", "-") }
