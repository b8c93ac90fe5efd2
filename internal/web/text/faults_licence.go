package text

// faultsLicence are the faults of licences, ratings and messages.
var faultsLicence = table{
	"licence.missing":    "没有找到这份证照",
	"licence.identifier": "不能生成证照标识：证照类型代码 {type} 或者颁发机构代码 {issuer} 有误，请联系清单管理人员更正",
	"licence.reference":  "证照编号不对，请核对后再查",
	"licence.glyph":      "证照中有不能打印的字符：{characters}。请更换这些字，或联系管理员补充字库",

	"rating":           "评价内容有误，请按提示更正",
	"rating.grade":     "请选择满意程度",
	"rating.reason":    "请从给出的选项中选择原因",
	"rating.twice":     "这个办件已经评价过",
	"rating.too_early": "办件办结后才能评价，现在是「{status|status}」",
	"rating.missing":   "没有找到这条评价",
	"rating.cell":      "没有这一项统计，或者评价太少，不便公开",

	"message": "没有找到这条消息",

	"password.again": "两次输入的密码不一致",
}
