package text

// faultsGeneral are the faults that any act may meet.
var faultsGeneral = table{
	"stale":              "打开这一页以后，内容已被他人或者您的另一个页面更新，请刷新后核对再办",
	"duplicate":          "同样的内容已经有了，请核对",
	"page.applicants":    "这是申请人的页面，工作账号不能使用。工作请从您的工作页面办理；自己要办事，请退出后用个人账号登录",
	"permission":         "您没有办理这一项的权限。如确需办理，请联系本单位管理员",
	"scope":              "这不在您的办理范围内",
	"signed_out":         "请先登录。登录后会回到刚才的页面",
	"unavailable":        "系统暂时不能办理，请稍后再试。您刚才的操作没有生效",
	"internal":           "系统出了故障，已记录。您刚才的操作没有生效，请稍后再试",
	"page.missing":       "没有这个页面。网址可能有误，或者内容已经移走",
	"request.cross_site": "这次提交不是从本网站的页面发出的，已拒绝。请回到本网站重新操作",
	"request.broken":     "提交的内容不完整，没有收到。请再试一次",
	"request.size":       "提交的内容超过 {max} 的上限",
	"request.files":      "一次最多提交 {max} 个文件",
	"request.rate":       "操作过于频繁，请 {seconds} 秒后再试",
	"request.number":     "请填写整数",
	"request.method":     "这个网址不能这样使用",
	"job":                "没有找到这个后台任务",
	"blob.missing":       "没有找到这个文件",
	"blob.exists":        "同名的文件已经有了，内容不同",
	"blob.size":          "文件没有传完整，请重新上传",
	"pdf.characters":     "文书中有不能打印的字符：{characters}。请更换这些字，或联系管理员补充字库",
}

// faultsUpload are the faults of uploaded files.
var faultsUpload = table{
	"upload.none":      "请先选择要上传的文件",
	"upload.empty":     "文件是空的，请重新选择",
	"upload.type":      "不接受这种文件。可以上传：{accepted}",
	"upload.mismatch":  "文件的扩展名是 {claimed}，内容却是 {found}。请用原来的程序另存后再上传",
	"upload.broken":    "文件已损坏，打不开。请重新生成后再上传",
	"upload.macro":     "文件中含有宏，不能接收。请另存为不含宏的格式",
	"upload.bomb":      "文件解开后过大，不能接收",
	"upload.file":      "单个文件不能超过 {max} MB，请压缩或拆分",
	"upload.case":      "一个办件的文件合计不能超过 {max} MB",
	"upload.files":     "一个办件最多上传 {max} 个文件",
	"upload.not_taken": "这项材料不接受这种文件。可以上传：{types}",
}
