package org

// What every decision must tell about remedies (行政复议法第二十条第一款,
// 行政诉讼法第四十六条第一款).
const (
	ReviewDays = 60 // natural days from knowing of the decision
	SuitMonths = 6  // months from knowing of the decision
)

// Remedies (救济途径) is where a person turns against this body's decisions.
// It is data of the body and never derived from its name: bodies under
// vertical leadership (税务、烟草、消防) do not answer to the city's government
// (行政复议法第二十四条、第二十七条).
type Remedies struct {
	Review    string `json:"review"`     // 行政复议机关
	ReviewLaw string `json:"review_law"` // the article that makes it so
	Court     string `json:"court"`      // 有管辖权的人民法院
	CourtLaw  string `json:"court_law"`
	// Online is the channel for applying for review over the internet, which a
	// decision served online must name (行政复议法第二十二条).
	Online     string `json:"online"`
	Note       string `json:"note,omitempty"`
	Source     string `json:"source"`
	Confidence string `json:"confidence"`
}

// Lacks names what is still unknown: "review", "court", "online". A decision
// against the applicant may not be issued while anything is lacking
// (行政许可法第三十八条第二款).
func (r Remedies) Lacks() []string {
	var out []string
	for _, x := range []struct{ name, value string }{{"review", r.Review}, {"court", r.Court}, {"online", r.Online}} {
		if x.value == "" {
			out = append(out, x.name)
		}
	}
	return out
}
