package text

import "onewindow/internal/web/ui"

// The kinds of slugs of promises and registrations.
const (
	Mode         Kind = "mode"         // casework.Mode
	Verifier     Kind = "verifier"     // catalog.Verifier
	Verification Kind = "verification" // commitment.Status
	Found        Kind = "found"        // commitment.Outcome
	Identity     Kind = "identity"     // registration.Way
	Credit       Kind = "credit"       // credit.Kind
	Delegation   Kind = "delegation"   // delegation.Kind
)

var promiseHappenings = table{
	"case.committed": "签署告知承诺书", "case.commitment_taken_back": "撤回承诺，转为一般程序", "case.tolerated": "容缺受理，材料后补",
	"case.owing_complete": "补齐后补的材料", "case.owing_ended": "逾期未补齐，终止办理", "case.registration_taken": "登记材料齐全，接收审查",
	"case.papers_returned": "退还登记材料，一次性告知", "case.identity_checked": "实名核验",
}

var promiseTones = map[string]ui.Tone{
	"case.tolerated": ui.Warn, "case.owing_ended": ui.Bad, "case.papers_returned": ui.Warn, "case.owing_complete": ui.OK,
}
