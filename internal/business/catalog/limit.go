package catalog

import "onewindow/internal/business/deadline"

// Limit is a time limit together with how the law writes it.
type Limit struct {
	deadline.Limit
	// Written is the wording of the law (二十日), kept because the unit that is
	// counted may be our reading of it.
	Written string `json:"written,omitempty"`
	// Unsure says that the unit must be confirmed by the legal department: the
	// text says 日 without saying whether working days are meant. Until then
	// natural days are counted, the reading that is better for the applicant.
	Unsure bool `json:"unsure,omitempty"`
	// Confirmed is the legal department's word on the unit; nil without one.
	Confirmed *UnitConfirmed `json:"confirmed,omitempty"`
	Note      string         `json:"note,omitempty"`
}

// OnTheSpot says that the limit leaves no day: 即时办结.
func (l Limit) OnTheSpot() bool { return l.N == 0 }

// afterAcceptance says that the time until acceptance is not part of the limit.
func (l Limit) afterAcceptance() bool { return l.Start == deadline.Accepted }

// Decision is the limit that the body answers for: the promised one, or the
// statutory one where nothing shorter is promised. It is nil while neither is set.
func (i *Implementation) Decision() *Limit {
	if i.Promised != nil {
		return i.Promised
	}
	return i.Statutory
}

// mostJoint is the most working days in which several bodies decide together.
const mostJoint = 45

// Jointly says that several bodies decide the matter together within 45 working
// days (行政许可法第四十二条第二款): the level's government extends, by 15.
func (i *Implementation) Jointly() bool {
	return len(i.Joint) > 0 && i.Statutory != nil && i.Statutory.Unit == deadline.Working && i.Statutory.N == mostJoint
}

// ExtensionAuthority is the office that approves an extension: the one that the
// version names, else the head of the level's government for joint handling and
// the head of the body for everything else (行政许可法第四十二条).
func (i *Implementation) ExtensionAuthority() string {
	switch {
	case i.ExtendedBy != "":
		return i.ExtendedBy
	case i.Jointly():
		return "本级人民政府负责人"
	}
	return "本机关负责人"
}

// span is the ordinary length of a limit in hundredths of a natural day, for
// comparing limits of different units; holidays are left out on both sides.
func span(l deadline.Limit) int {
	switch l.Unit {
	case deadline.Natural:
		return l.N * 100
	case deadline.Month:
		return l.N * 3000
	case deadline.Year:
		return l.N * 36500
	}
	return l.N * 140 // five working days are a week
}

// workingDays is the ordinary number of working days in a limit.
func workingDays(l deadline.Limit) int { return span(l) / 140 }

// longer says whether limit a lets the body take longer than limit b.
func longer(a, b deadline.Limit) bool { return span(a) > span(b) }
