package text

// faultsCase are the faults of cases and what belongs to them.
var faultsCase = table{
	"case.missing":                 "没有找到这个办件。可能编号有误，或者不归您查看",
	"case.stale":                   "这个办件刚刚有了变化，现在是「{status|status}」。请刷新后核对再办",
	"case.not_awaiting_acceptance": "这个办件不在待受理状态，现在是「{status|status}」",
	"case.not_at_step":             "这个办件不在您要办的环节，现在是「{status|status}」",
	"case.not_silent":              "这个办件没有逾期未告知的情形",
	"case.act_unknown":             "这个环节不能这样办理",
	"case.number":                  "办件编号不对，请核对",
	"case.number_length":           "办件编号的位数不对",
	"case.number_check":            "办件编号的校验位不符，请逐位核对",
	"progress.not_found":           "没有查到。请核对办件编号和查询信息",

	"draft.missing":  "没有找到这份草稿",
	"draft.closed":   "这份草稿已经提交或作废，不能再改",
	"draft.stale":    "这份草稿在别处改过，请刷新后再填",
	"submit.declare": "请确认所填内容和材料真实有效",

	"material.missing": "没有这项材料",
	"material.lacking": "请上传：{name}",
	"file.missing":     "没有找到这个文件",
	"file.submitted":   "已经提交的文件不能删除；需要更换的，按补正要求重新提交",

	"accept.incomplete":   "材料还不齐全，不能受理。请先一次告知补正",
	"accept.point_failed": "有审查要点没有通过",
	"accept.deemed":       "逾期没有告知补正，自收到申请材料之日起即为受理，不能再不予受理",

	"supplement.once":         "补正已经一次告知过，不能再次要求补正",
	"supplement.late":         "告知补正的期限已过（{due}），自收到申请材料之日起即为受理",
	"supplement.no_items":     "请列明需要补正的全部内容",
	"supplement.not_in_list":  "这项材料不在已公布的清单中，不能要求提交",
	"supplement.days":         "补正期限应为 1 至 {max} 天",
	"supplement.not_asked":    "现在没有补正要求",
	"supplement.not_named":    "补正告知书没有列明这项材料，不必提交",
	"supplement.form_lacking": "请先更正申请表中被指出的内容",

	"rectify.instant":        "请填写实际日期和时间",
	"rectify.later":          "更正只能改早，不能改晚：改晚会让申请人多等",
	"rectify.before_receipt": "受理不能早于收件",
	"rectify.too_far":        "改早超过一年，不能按更正处理",

	"pause.kind":        "现场核查、征求意见、公示、缴费等不停止计时；只有听证、招标、拍卖、检验、检测、检疫、鉴定、专家评审或者本事项法律明文规定的程序可以",
	"pause.days":        "请写明所需时间（工作日），并书面告知申请人",
	"pause.again":       "这项程序已经在计时之外",
	"pause.not_running": "这项程序没有停止计时，或者已经恢复计时",
	"extend.once":       "办理期限只能延长一次",
	"extend.late":       "期限已于{due}届满，届满后不能延长",
	"extend.days":       "最多延长 {max} 个工作日",

	"decide.procedure_lacking": "本事项依法须先办理「{name}」，有结果后才能作出决定",
	"decide.visit_lacking":     "本事项须先现场核查，由两名以上工作人员签字后才能准予",

	"withdraw.decided": "已作出决定的办件不能撤回，现在是「{status|status}」",
	"correct.nothing":  "没有需要当场更正的内容",

	"deliver.code":         "取件码不对，请核对",
	"deliver.way":          "请选择领取方式",
	"deliver.own_download": "电子送达须由申请人本人下载",

	"document.missing": "没有找到这份文书",
	"document.glyph":   "文书中有不能打印的字符：{characters}。请更换这些字，或联系管理员补充字库",
	"document.kind":    "没有这种文书",
	"document.lacks":   "文书缺少{what}，不能出具",
}
