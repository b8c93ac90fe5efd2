package account

// demo is one demonstration account as the sign-in page offers it.
type demo struct{ Login, Name, Does string }

// demoGroup lists accounts of one sort.
type demoGroup struct {
	Title    string
	Accounts []demo
}

// demoGroups are the accounts that the demonstration's seed opens, those by
// which a case can be taken through its whole life first.
var demoGroups = []demoGroup{
	{"申请人", []demo{
		{"wangxiaoming", "王小明", "自然人"},
		{"lina", "李娜", "企业法定代表人"},
		{"zhaomin", "赵敏", "企业的代理人"},
	}},
	{"窗口和审批", []demo{
		{"clerk", "王敏", "综合窗口受理"},
		{"handler", "李强", "承办"},
		{"reviewer", "张伟", "审核"},
		{"decider", "孙建国", "批准"},
		{"issuer", "周婷", "制证"},
		{"deliverer", "陈静", "送达发证"},
		{"town", "曹阳", "乡镇街道经办"},
	}},
	{"管理和监督", []demo{
		{"catalog", "郑芳", "清单审核发布"},
		{"legal", "方正", "法制审核"},
		{"hall", "韩梅", "大厅管理"},
		{"supervisor", "冯刚", "督查"},
		{"government", "刘振华", "本级政府负责人"},
		{"sysadmin", "系统管理员", "开立账号、维护日历"},
		{"secadmin", "安全管理员", "授予角色、解锁"},
		{"auditor", "审计管理员", "查看审计记录"},
	}},
}
