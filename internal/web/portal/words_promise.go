package portal

// promiseWords say the same of promises and registrations.
var promiseWords = map[string]string{
	"case.committed":             "您签署了告知承诺书。",
	"case.commitment_taken_back": "您撤回了承诺，改按一般程序办理。",
	"case.tolerated":             "主要材料齐全，先行受理；还欠的材料请按期补交。",
	"case.owing_complete":        "后补的材料已经交齐。",
	"case.owing_ended":           "承诺后补的材料逾期没有补齐，本件终止。",
	"case.registration_taken":    "登记材料齐全，正在审查登记。",
	"case.papers_returned":       "登记材料需要补正，已经退还并一次性告知。",
	"case.identity_checked":      "完成了一名人员的实名核验。",
}

// meaning is what an act means for the applicant; "" where the title says it.
func meaning(kind string) string {
	if s := happened[kind]; s != "" {
		return s
	}
	if s := courseWords[kind]; s != "" {
		return s
	}
	return promiseWords[kind]
}
