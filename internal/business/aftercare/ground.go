package aftercare

import "onewindow/internal/business/licence"

// Ground is why a licence may be taken away, as the law lists it.
type Ground struct {
	Code string
	Text string
	Law  string
	// Must says 应当撤销: what was got by fraud protects nobody.
	Must bool
	// Needs is where the licence must stand for this ground; empty for anywhere
	// that the procedure allows.
	Needs []licence.Status
	// Speaks is who is told and heard in the holder's place; empty where the
	// holder is.
	Speaks []Standing
}

const (
	lawRescind     = "行政许可法第六十九条"
	lawMay         = "行政许可法第六十九条第一款"
	lawMust        = "行政许可法第六十九条第二款"
	lawPublic      = "行政许可法第六十九条第三款"
	lawDamage      = "行政许可法第六十九条第四款"
	lawRecall      = "行政许可法第八条第二款"
	lawCancel      = "行政许可法第七十条"
	lawHeard       = "行政许可法第七条"
	lawPenalty     = "行政处罚法第九条"
	lawBarThree    = "行政许可法第七十九条"
	lawRegulator   = "行政许可法第二十五条、第六十一条"
	lawSeparation  = "审查与决定相分离"
	lawSixtyOneTwo = "行政许可法第六十一条第二款"
)

// grounds is the whole list, procedure by procedure. Revoking has one only: the
// regulator's penalty decision, which has its own law.
var grounds = map[Kind][]Ground{
	Rescind: {
		{Code: "abuse", Text: "行政机关工作人员滥用职权、玩忽职守作出准予行政许可决定的", Law: lawMay + "第（一）项"},
		{Code: "beyond_power", Text: "超越法定职权作出准予行政许可决定的", Law: lawMay + "第（二）项"},
		{Code: "procedure", Text: "违反法定程序作出准予行政许可决定的", Law: lawMay + "第（三）项"},
		{Code: "unqualified", Text: "对不具备申请资格或者不符合法定条件的申请人准予行政许可的", Law: lawMay + "第（四）项"},
		{Code: "other", Text: "依法可以撤销行政许可的其他情形", Law: lawMay + "第（五）项"},
		{Code: "fraud", Text: "被许可人以欺骗、贿赂等不正当手段取得行政许可的", Law: lawMust, Must: true},
	},
	Recall: {
		{Code: "law_changed", Text: "行政许可所依据的法律、法规、规章修改或者废止，为了公共利益的需要", Law: lawRecall},
		{Code: "facts_changed", Text: "准予行政许可所依据的客观情况发生重大变化，为了公共利益的需要", Law: lawRecall},
	},
	Deregister: {
		{Code: "expired", Text: "行政许可有效期届满未延续的", Law: lawCancel + "第（一）项", Needs: []licence.Status{licence.Expired}},
		{Code: "died", Text: "赋予公民特定资格的行政许可，该公民死亡或者丧失行为能力的", Law: lawCancel + "第（二）项",
			Speaks: []Standing{Heir, Administrator, Guardian}},
		{Code: "dissolved", Text: "法人或者其他组织依法终止的", Law: lawCancel + "第（三）项",
			Speaks: []Standing{Liquidator, Successor}},
		{Code: "taken_away", Text: "行政许可依法被撤销、撤回，或者行政许可证件依法被吊销的", Law: lawCancel + "第（四）项",
			Needs: []licence.Status{licence.Rescinded, licence.Retracted, licence.Revoked}},
		{Code: "force_majeure", Text: "因不可抗力导致行政许可事项无法实施的", Law: lawCancel + "第（五）项"},
		{Code: "requested", Text: "法律、法规规定的应当注销行政许可的其他情形（被许可人申请注销）", Law: lawCancel + "第（六）项"},
		{Code: "other", Text: "法律、法规规定的应当注销行政许可的其他情形", Law: lawCancel + "第（六）项"},
	},
	Revoke: {{Code: "penalty", Text: "行政处罚决定吊销许可证件", Law: lawPenalty}},
}

// Grounds are those of a procedure, in the order of the law.
func Grounds(k Kind) []Ground { return grounds[k] }

// GroundOf is the ground with the code.
func GroundOf(k Kind, code string) (Ground, bool) {
	for _, g := range grounds[k] {
		if g.Code == code {
			return g, true
		}
	}
	return Ground{}, false
}
