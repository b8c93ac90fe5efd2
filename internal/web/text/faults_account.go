package text

// faultsAccount are the faults of accounts, postings and sign-in.
var faultsAccount = table{
	"signin.wrong":  "登录名或密码不对",
	"signin.locked": "连续输错次数过多，账号已临时锁定，请 {minutes} 分钟后再试",
	"login.form":    "登录名应以字母开头，为 3 至 32 个字母、数字、点、横线或下划线",
	"login.taken":   "这个登录名已被使用，请换一个",

	"password":        "密码不符合要求",
	"password.short":  "密码至少 {min} 个字符",
	"password.long":   "密码过长，请缩短",
	"password.login":  "密码中不能含有登录名",
	"password.simple": "密码应包含大写字母、小写字母、数字、符号中的至少三种",
	"password.old":    "原密码不对",
	"password.used":   "新密码不能与最近用过的密码相同",

	"staff.account":           "没有找到这个账号",
	"staff.name":              "请填写姓名",
	"staff.role":              "没有这个角色",
	"staff.three_officers":    "系统管理员、安全管理员、审计管理员须由不同的人担任，并且不能兼任其他角色",
	"staff.founded":           "已经有工作人员账号，不能再设立三员",
	"staff.own_account":       "不能对自己的账号这样操作，请由其他管理员办理",
	"staff.not_officer":       "只能给工作人员的账号任职",
	"staff.posted_already":    "这个人已有同样的任职",
	"staff.posting":           "没有找到这项任职",
	"staff.days":              "任职结束日期不能早于开始日期",
	"staff.window":            "这个窗口不属于所选的大厅",
	"staff.substitution":      "没有找到这项代岗",
	"staff.substitute_self":   "请选择另一个人代岗",
	"staff.substitute_body":   "只能由同一机关的人员代岗",
	"staff.substitute_from":   "开始日期应为今天或者以后",
	"staff.substitute_long":   "一次代岗最长 90 天；更长的请调整任职",
	"staff.substitute_reason": "请写明离岗原因，最多 200 个字",
	"staff.substitute_twice":  "这段时间已经指定了代岗人员",
	"staff.substitute_away":   "这个人这段时间自己也离岗",
	"staff.session":           "登录已失效，请重新登录",
	"staff.token":             "没有找到这个访问令牌",

	"token":             "访问令牌的内容有误，请按提示更正",
	"token.name":        "请填写访问令牌的用途",
	"token.issued":      "这个令牌已经签发，只显示一次。没有记下的，请吊销后重新签发",
	"token.days":        "有效天数超出范围",
	"token.permissions": "请选择访问令牌可用的权限，且不能超出账号的权限",

	"org.body":   "没有找到这个机构",
	"org.hall":   "没有找到这个大厅",
	"org.window": "没有找到这个窗口",
}
