package app

import (
	"testing"

	"onewindow/internal/business/statute"
)

// untold are the acts of which the applicant gets no message, each with the
// reason.
var untold = map[string]string{
	"case.extension_asked": "asked within the body", "case.extension_declined": "the limit stays", "case.advanced": "a step within the body",
	"case.promise_late": "its reason is told when it is given", "case.overdue": "told to who answers for the body; the page shows it", "case.delivery_late": "the same",
	"case.opined": "between bodies", "case.consulted": "between bodies", "case.met": "between bodies", "case.handed_over": "within the body",
	"case.returned": "within the body", "case.recused": "within the body", "case.reported_up": "between bodies", "case.challenged": "the applicant's own act, or somebody else's secret",
	"case.challenge_decided": "told to who asked alone", "case.corrected": "done with the applicant on the spot", "case.identity_checked": "done with the person on the spot",
	"procedure.started": "what does not stop the clock needs no notice", "procedure.finished": "what did not stop the clock",
	"hearing.waived": "own act", "hearing.signed": "own act", "hearing.challenged": "own act",
	"interest.joined": "of another", "interest.served": "of another", "interest.silent": "of another", "interest.stated": "answered first, then told",
	"disclosure.marked": "told when it waits for an objection", "disclosure.objected": "own act", "disclosure.published": "announced before",
}

// Whatever the law has done in a case is told to the applicant, or it is said
// here why not (行政许可法第四十二条 and others want the reasons told).
func TestTheApplicantIsToldOfEveryAct(t *testing.T) {
	for _, act := range statute.Acts() {
		_, told := notices[act]
		switch _, quiet := untold[act]; {
		case told == quiet:
			t.Errorf("%s: told %v, listed as untold %v", act, told, quiet)
		}
	}
}
