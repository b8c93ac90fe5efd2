package staff

import (
	"fmt"
	"slices"
	"strings"
)

// Subject is what a case says of itself: who decides it, where it was taken
// in, whose it is, and which account handles it for the applicant. Guests are
// other bodies that take a part: their officers may read it, no more.
type Subject struct {
	BodyID, IntakeID, ApplicantID, AgentID string
	Guests                                 string // ids joined by commas
}

// Scope is the set of cases an actor sees. The zero scope covers nothing.
// Empty texts in it never match, so a case without a body is nobody's by body.
type Scope struct {
	All        bool
	Bodies     []string // cases that these bodies decide
	Intakes    []string // cases taken in at these halls
	Applicants []string // cases of these parties
	Agent      string   // cases that this account handles as agent
}

// Covers says whether the case is in the scope.
func (s Scope) Covers(x Subject) bool {
	return s.All || has(s.Bodies, x.BodyID) || has(s.Intakes, x.IntakeID) || has(s.Applicants, x.ApplicantID) ||
		s.Agent != "" && s.Agent == x.AgentID
}

// hosts says whether the scope reaches one of the bodies.
func (s Scope) hosts(guests string) bool {
	return slices.ContainsFunc(strings.Split(guests, ","), func(b string) bool { return has(s.Bodies, b) })
}

func has(list []string, v string) bool { return v != "" && slices.Contains(list, v) }

// SQL is the same truth as Covers, as a predicate over the columns body_id,
// intake_id, applicant_id and agent_id. The prefix is the table's alias, with
// or without its dot, or empty; placeholders count from $n.
func (s Scope) SQL(prefix string, n int) (predicate string, args []any) {
	if s.All {
		return "1 = 1", nil
	}
	if prefix != "" && !strings.HasSuffix(prefix, ".") {
		prefix += "."
	}
	var parts []string
	add := func(column string, values ...string) {
		var marks []string
		for _, v := range values {
			if v != "" {
				args = append(args, v)
				marks = append(marks, fmt.Sprintf("$%d", n+len(args)-1))
			}
		}
		if len(marks) > 0 {
			parts = append(parts, fmt.Sprintf("%s%s in (%s)", prefix, column, strings.Join(marks, ", ")))
		}
	}
	add("body_id", s.Bodies...)
	add("intake_id", s.Intakes...)
	add("applicant_id", s.Applicants...)
	add("agent_id", s.Agent)
	if len(parts) == 0 {
		return "1 = 0", nil
	}
	return "(" + strings.Join(parts, " or ") + ")", args
}

// plus is everything that either scope covers.
func (s Scope) plus(t Scope) Scope {
	s.All = s.All || t.All
	s.Bodies = union(s.Bodies, t.Bodies)
	s.Intakes = union(s.Intakes, t.Intakes)
	s.Applicants = union(s.Applicants, t.Applicants)
	if s.Agent == "" {
		s.Agent = t.Agent
	}
	return s
}

func union[T comparable](a, b []T) []T {
	out := slices.Clone(a)
	for _, v := range b {
		if !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}
