package casework

import (
	"slices"

	"onewindow/internal/business/catalog"
	"onewindow/internal/business/flow"
	"onewindow/internal/kit/fault"
)

// foundPassed is the outcome of a finding on which a grant can rest.
const foundPassed = "passed"

// bound refuses a decision that does not follow what the procedures of the case
// found. A licence rests on the result of inspection, testing or quarantine
// (行政许可法第五十五条第一款) and on that of an examination (第五十四条第一款); who won
// the tender or the auction gets it, and nobody else does (第五十三条第三款); and
// nobody gets one on the strength of a visit that found the facts otherwise
// (第三十四条第三款).
func (c *Case) bound(grant bool) error {
	for _, r := range binding {
		found, ok := c.Course.Found(r.Kind)
		switch {
		case !ok:
		case grant && found.Outcome != foundPassed:
			return fault.Refused(r.Code, r.Law, "name", r.Name)
		case !grant && r.Wins && found.Outcome == foundPassed:
			return fault.Refused("decide.must_grant", r.Law, "name", r.Name)
		}
	}
	return nil
}

// result is a kind of finding that binds the decision.
type result struct {
	Kind, Name string
	Code, Law  string // how a grant against it is refused
	Wins       bool   // a good result must lead to the grant
}

var binding = []result{
	{Kind: "site_visit", Name: "现场核查", Code: "decide.visit_failed", Law: lawVisit},
	{Kind: "inspection", Name: "检验", Code: "decide.result_failed", Law: lawResult},
	{Kind: "testing", Name: "检测", Code: "decide.result_failed", Law: lawResult},
	{Kind: "quarantine", Name: "检疫", Code: "decide.result_failed", Law: lawResult},
	{Kind: "examination", Name: "考试、考核", Code: "decide.result_failed", Law: lawExamine},
	{Kind: "tender", Name: "招标", Code: "decide.result_failed", Law: lawCompete, Wins: true},
	{Kind: "auction", Name: "拍卖", Code: "decide.result_failed", Law: lawCompete, Wins: true},
}

// Bars are the rules by which a decision would be refused as the case stands
// now, for the page that offers it: each open procedure, what the matter demands
// first, what was found.
func (c *Case) Bars(grant bool, impl *catalog.Implementation) (out []*fault.Fault) {
	for _, h := range c.Course.Holds {
		if slices.Contains(h.Blocks, flow.Decide) || grant && h.Grants {
			out = append(out, h.Fault())
		}
	}
	for _, err := range []error{c.demanded(grant, impl), c.bound(grant)} {
		if err != nil {
			out = append(out, fault.Of(err))
		}
	}
	return out
}

// Cites are the texts that the reasons or the basis of a decision must contain.
func (c *Case) Cites() (out []string) {
	for _, h := range c.Course.Holds {
		if h.Cite != "" {
			out = append(out, h.Cite)
		}
	}
	return out
}
