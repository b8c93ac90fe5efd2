package flow

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// anyDefinition draws a sound process of up to eight steps: outcomes lead to
// any later step or to the end, and every step is some earlier one's next.
func anyDefinition(t *rapid.T) Definition {
	n := rapid.IntRange(1, 8).Draw(t, "steps")
	d := Definition{Name: "随机程序"}
	for i := range n {
		s := Step{Key: fmt.Sprintf("s%d", i), Name: fmt.Sprintf("环节%d", i), Role: "handler", Act: Deliver}
		if i+1 < n {
			s.Outcomes = append(s.Outcomes, Outcome{Key: "on", Name: "继续", Next: fmt.Sprintf("s%d", i+1)})
		}
		for k := range rapid.IntRange(0, 2).Draw(t, "more outcomes") {
			s.Outcomes = append(s.Outcomes, Outcome{Key: fmt.Sprintf("o%d", k), Name: "其他", Next: anyNext(t, i, n)})
		}
		if len(s.Outcomes) == 0 {
			s.Outcomes = []Outcome{{Key: "end", Name: "结束"}}
		}
		for j := range i {
			if rapid.IntRange(0, 2).Draw(t, "apart") == 0 {
				s.ApartFrom = append(s.ApartFrom, fmt.Sprintf("s%d", j))
			}
			if rapid.Bool().Draw(t, "return") {
				s.ReturnTo = append(s.ReturnTo, fmt.Sprintf("s%d", j))
			}
		}
		d.Nodes = append(d.Nodes, Node{Step: s})
	}
	if err := d.Check(); err != nil {
		t.Fatalf("the generator makes unsound definitions: %v", err)
	}
	return d
}

func anyNext(t *rapid.T, i, n int) string {
	j := rapid.IntRange(i+1, n).Draw(t, "next")
	if j == n {
		return ""
	}
	return fmt.Sprintf("s%d", j)
}

// sound are the invariants of every state.
func sound(t *rapid.T, d Definition, s State) {
	seen := map[string]bool{}
	for _, tok := range s.Open {
		if _, ok := d.Step(tok.Step); !ok || seen[tok.Step] {
			t.Fatalf("open tokens %v", s.Open)
		}
		seen[tok.Step] = true
	}
	for _, a := range s.Done {
		for _, b := range s.Done {
			st, _ := d.Step(a.Step)
			if a.Actor == b.Actor && slices.Contains(st.ApartFrom, b.Step) {
				t.Fatalf("%s did both %s and %s", a.Actor, a.Step, b.Step)
			}
		}
	}
}

// A random walk keeps the invariants, grows its history by one move at a time,
// and can always be finished by people who have not yet touched the case.
func TestRandomWalks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyDefinition(t)
		s := d.Start(nine)
		at := nine
		for range rapid.IntRange(0, 30).Draw(t, "moves") {
			if s.Ended() {
				break
			}
			at = at.Add(time.Minute)
			next, err := anyMove(t, d, s, at)
			if err == nil && len(next.Done) != len(s.Done)+1 {
				t.Fatalf("a move changed the history from %d to %d entries", len(s.Done), len(next.Done))
			}
			s = next
			sound(t, d, s)
		}
		for i := 0; !s.Ended(); i++ {
			if i > len(d.Nodes) {
				t.Fatal("the case does not end")
			}
			st, _ := d.Step(s.Open[0].Step)
			var err error
			s, err = d.Complete(s, st.Key, st.Outcomes[0].Key, fmt.Sprintf("新人%d", i), at)
			if err != nil {
				t.Fatalf("a fresh person cannot go on: %v", err)
			}
			sound(t, d, s)
		}
	})
}

func anyMove(t *rapid.T, d Definition, s State, at time.Time) (State, error) {
	step := rapid.SampledFrom(d.Steps()).Draw(t, "step")
	if rapid.IntRange(0, 3).Draw(t, "sensible") > 0 {
		step, _ = d.Step(s.Open[0].Step)
	}
	actor := rapid.SampledFrom([]string{"甲", "乙", "丙", "丁"}).Draw(t, "actor")
	if rapid.IntRange(0, 2).Draw(t, "return") == 0 {
		to := rapid.SampledFrom(d.Steps()).Draw(t, "to")
		return d.Return(s, step.Key, to.Key, actor, "理由", at)
	}
	return d.Complete(s, step.Key, rapid.SampledFrom(step.Outcomes).Draw(t, "outcome").Key, actor, at)
}

// Every picture of every state is well formed and tells all steps.
func TestAnyPicture(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyDefinition(t)
		s := d.Start(nine)
		for range rapid.IntRange(0, 8).Draw(t, "moves") {
			if !s.Ended() {
				s, _ = anyMove(t, d, s, nine)
			}
		}
		if err := wellFormed(d.SVG(&s)); err != nil {
			t.Fatal(err)
		}
		if err := wellFormed(d.SVG(nil)); err != nil {
			t.Fatal(err)
		}
	})
}
