package text

// The kinds of slugs of the catalogue's editor.
const (
	Variant  Kind = "variant"  // catalog.Variant.Kind
	Element  Kind = "element"  // form.Type
	Op       Kind = "op"       // form.Op
	Handover Kind = "handover" // catalog.HandoverState, "editing" for the zero one
)

var (
	variants = table{"new": "首次申请", "change": "变更", "renewal": "延续", "reissue": "补证、换证", "cancel": "注销"}
	elements = table{
		"text": "单行文字", "longtext": "多行文字", "number": "数字", "money": "金额", "date": "日期", "choice": "单选", "multichoice": "多选", "boolean": "是或者否",
		"id_number": "居民身份证号码", "uscc": "统一社会信用代码", "phone": "电话", "postcode": "邮政编码", "email": "电子邮箱", "area_code": "行政区划代码",
	}
	ops = table{"equals": "是", "in": "是其中之一", "present": "填了就算", "above": "大于", "at_least": "不小于", "below": "小于", "at_most": "不大于"}

	handovers = table{"editing": "编制中", "handed_over": "已送审", "sent_back": "已退回"}
)

// catalogAudits are the acts on the catalogue that the audit trail names.
var catalogAudits = table{
	"catalog.hand_over": "送审清单草稿", "catalog.take_back": "撤回送审", "catalog.send_back": "退回清单草稿", "catalog.discard_draft": "作废清单草稿",
	"privacy.save_notice": "编写个人信息处理告知", "privacy.hand_over_notice": "送审个人信息处理告知", "privacy.send_back_notice": "退回个人信息处理告知", "privacy.publish_notice": "公布个人信息处理告知",
}
