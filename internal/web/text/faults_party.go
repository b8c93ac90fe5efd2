package text

// faultsParty are the faults of applicants and those who act for them.
var faultsParty = table{
	"party":               "填写的内容有误，请按提示更正",
	"party.name":          "请填写姓名或名称",
	"party.phone":         "请填写可以联系到您的电话，例如：13800138000",
	"party.address":       "地址过长，请缩短",
	"party.id_number":     "证件号码不对，请核对",
	"party.id_type":       "请选择证件类型",
	"party.name_mismatch": "姓名或名称与证件号码登记的不一致，请核对",
	"party.registered":    "这个证件号码已经注册，请直接登录；忘记密码可到窗口重置",
	"party.check_needed":  "系统中已有您的办事记录，为保护您的信息，请携带证件到窗口核验后开通账号",
	"party.not_legal":     "只有登记的法定代表人可以为单位开通",
	"party.not_yours":     "您不能代表这个申请人办理。需要代办的，请由对方先授权",
	"party.no_person":     "请先完成个人实名信息",
	"party.agent":         "没有找到可以授权的账号，请核对登录名",
	"party.not_agent":     "只能终止代理授权",
	"party.authorised":    "已经授权给这个账号，不必重复授权",
	"party.days":          "授权的结束日期有误",
	"party.mandate":       "没有找到这项授权",
	"party.party":         "没有找到这个申请人",
	"party.reason":        "请写明查看完整个人信息的理由",
}
