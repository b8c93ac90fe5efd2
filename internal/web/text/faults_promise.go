package text

// faultsPromise are the faults of commitments, of what is owed, of
// registrations and of credit.
var faultsPromise = table{
	"decide.machine":     "不予许可不得由系统自动作出，须由工作人员决定",
	"mode.no_commitment": "这个事项不能采用告知承诺办理",
	"mode.no_tolerance":  "这个事项或者办理情形不能容缺受理",

	"promise.nothing":  "现在的办理方式不需要签署承诺",
	"promise.changed":  "承诺书的内容已经更新，请重新阅读后签署",
	"promise.agree":    "请阅读全文，勾选已阅读并自愿承诺",
	"promise.unsigned": "还没有签署承诺书。请回到「选择办理方式」签署，或者改为一般程序",

	"owing.grant":   "申请人承诺后补的材料还没有补齐（期限 {until}），补齐之前不能作出准予决定",
	"owing.nothing": "这个办件现在没有欠交的材料",
	"owing.not_due": "补齐期限到 {due}，期限没有届满，不能终止办理",

	"commitment.none":     "这个办件没有采用告知承诺",
	"commitment.decided":  "已经作出决定，不能再撤回承诺，现在是「{status|status}」",
	"commitment.missing":  "没有找到这项核查，或者不归您查看",
	"commitment.stale":    "这项核查刚刚有了变化，请刷新后核对再办",
	"commitment.closed":   "这项核查已经办结，结果是「{status|verification}」",
	"commitment.officers": "请写明两名以上不同的核查人员，每行一名",

	"delegation.whole":    "请填写完整事项的基本编码（12位）：以事项为单位，不得拆分子项或者环节",
	"delegation.until":    "截止日期不能早于生效日期；划转没有截止日期",
	"privacy.changed":     "个人信息处理告知刚刚更新为第{version}版，请看过后再提交",
	"privacy.ready":       "草稿已经送审，退回后才能修改",
	"privacy.not_ready":   "草稿没有送审",
	"privacy.same_person": "参与编写的人不能公布，由另一个人核对公布",
	"privacy.lacks":       "还缺少应当告知的内容：{lacks}",
	"privacy.from_past":   "施行日期应为明天或者以后",
	"privacy.missing":     "没有找到这份评估报告",
	"delegation.day":      "生效日期不能早于今天",
	"delegation.self":     "委托、划转的双方不能是同一个机关",
	"delegation.body":     "只能委托、划转给行政机关",
	"delegation.onward":   "受委托的机关不得再委托其他组织或者个人",
	"delegation.already":  "这个事项已经委托，请先终止原来的委托",
	"delegation.back":     "已经划转的事项不再划回",
	"delegation.gone":     "这个事项已经划出，不再由该机关委托或者划转",
	"delegation.over":     "委托已经终止；划转不能终止",
	"delegation.missing":  "没有找到这条记录",

	"credit.barred":   "因 {day} 记录的失信情形（办件 {number}），信用修复前不适用告知承诺和容缺受理，请按一般程序办理",
	"credit.missing":  "没有找到这条信用记录",
	"credit.repaired": "这条信用记录已经修复",

	"registration.only":              "只有市场主体登记才能这样办理",
	"registration.no_supplement":     "市场主体登记的材料不齐全的，退还材料并一次性告知，由申请人补正后重新提交，不作补正告知",
	"registration.identity":          "登记所涉人员还没有全部实名核验，不能准予登记",
	"registration.identity_done":     "这名人员已经核验过",
	"registration.person":            "申请表中没有这名人员",
	"registration.objection":         "个体工商户简易注销须待有关部门的异议期届满（{until}）后办理",
	"registration.permit_over":       "批准文件已于 {until} 失效，请先向批准机关申请延续或者另行报批",
	"registration.permit_old":        "批准文件没有载明有效期，且自批准之日起已超过90日（{day}），须由批准机关确认效力或者另行报批",
	"registration.announced_running": "公示期到 {until} 届满，期满无异议后再申请注销登记",
	"registration.announced_over":    "应当在公示期届满之日起20日内（{until}前）申请，已经超过；请重新公示",
}
