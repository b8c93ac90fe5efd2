package casework

import (
	"testing"

	"onewindow/internal/business/catalog"
	"onewindow/internal/business/flow"
)

// What stands in the way of a decision is known before anybody tries: the page
// and the act say the same.
func TestBarsAreWhatRefuses(t *testing.T) {
	c, impl := accepted()
	impl.SiteVisit = &catalog.SiteVisit{Always: true, Officers: 2}
	codes := func(grant bool) (out []string) {
		for _, f := range c.Bars(grant, impl) {
			out = append(out, f.Code)
		}
		return out
	}
	want := func(grant bool, codesWanted ...string) {
		t.Helper()
		got := codes(grant)
		if len(got) != len(codesWanted) {
			t.Fatalf("grant %v: %v, want %v", grant, got, codesWanted)
		}
		for i := range got {
			if got[i] != codesWanted[i] {
				t.Errorf("grant %v: %v, want %v", grant, got, codesWanted)
			}
		}
	}
	want(true, "decide.visit_lacking")
	want(false)
	c.Course.Holds = []Hold{{ID: "v", Kind: "site_visit", Code: "visit.holds", Blocks: []flow.Act{flow.Decide}}, {ID: "s", Code: "procedure.standard", Cite: "GB 1"}}
	want(true, "visit.holds", "decide.visit_lacking")
	want(false, "visit.holds")
	c.Course.Holds = c.Course.Holds[1:]
	c.Course.Findings = []Finding{{Kind: "site_visit", Outcome: "failed"}}
	want(true, "decide.visit_failed")
	if got := c.Cites(); len(got) != 1 || got[0] != "GB 1" {
		t.Errorf("%v", got)
	}
}

// 行政许可法第三十四条第三款、第五十三条、第五十四条、第五十五条: a decision follows what was
// found last.
func TestDecisionFollowsWhatWasFound(t *testing.T) {
	type f = []Finding
	for name, tc := range map[string]struct {
		found         f
		grant, refuse string // how each is refused, "" when it may be
	}{
		"nothing found":                {},
		"a visit that passed":          {f{{Kind: "site_visit", Outcome: "passed"}}, "", ""},
		"a visit that asks for repair": {f{{Kind: "site_visit", Outcome: "rectify"}}, "decide.visit_failed", ""},
		"repaired afterwards":          {f{{Kind: "site_visit", Outcome: "rectify"}, {Kind: "site_visit", Outcome: "passed"}}, "", ""},
		"a failed inspection":          {f{{Kind: "inspection", Outcome: "failed"}}, "decide.result_failed", ""},
		"a failed test":                {f{{Kind: "testing", Outcome: "failed"}}, "decide.result_failed", ""},
		"a failed quarantine":          {f{{Kind: "quarantine", Outcome: "failed"}}, "decide.result_failed", ""},
		"a passed inspection":          {f{{Kind: "inspection", Outcome: "passed"}}, "", ""},
		"experts against it":           {f{{Kind: "expert", Outcome: "failed"}}, "", ""},
		"a failed examination":         {f{{Kind: "examination", Outcome: "failed"}}, "decide.result_failed", ""},
		"a passed examination":         {f{{Kind: "examination", Outcome: "passed"}}, "", ""},
		"a tender won":                 {f{{Kind: "tender", Outcome: "passed"}}, "", "decide.must_grant"},
		"a tender lost":                {f{{Kind: "tender", Outcome: "failed"}}, "decide.result_failed", ""},
		"an auction won":               {f{{Kind: "auction", Outcome: "passed"}}, "", "decide.must_grant"},
	} {
		c := &Case{Course: Course{Findings: tc.found}}
		if got := codeOf(c.bound(true)); got != tc.grant {
			t.Errorf("%s: grant %q, want %q", name, got, tc.grant)
		}
		if got := codeOf(c.bound(false)); got != tc.refuse {
			t.Errorf("%s: refusal %q, want %q", name, got, tc.refuse)
		}
	}
}

// 行政许可法第五十七条 as arithmetic.
func TestQuotaGrants(t *testing.T) {
	for _, tc := range []struct {
		total, used, ahead int
		code               string
	}{{5, 0, 0, ""}, {5, 4, 0, ""}, {5, 4, 1, "quota.order"}, {5, 3, 1, ""}, {5, 3, 2, "quota.order"}, {5, 5, 0, "quota.exhausted"}, {5, 7, 3, "quota.exhausted"}, {0, 0, 0, "quota.exhausted"}} {
		q := Quota{Total: tc.total, Used: tc.used}
		if got := codeOf(q.grants(make([]Waiting, tc.ahead))); got != tc.code {
			t.Errorf("%+v: %q", tc, got)
		}
	}
}
