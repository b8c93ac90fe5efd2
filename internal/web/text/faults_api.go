package text

// faultsAPI are the faults that only machines meet: how a request must be
// written, how often it may be sent.
var faultsAPI = table{
	"api.invalid":       "请求有误，请按 errors 逐项更正",
	"api.body":          "请求正文不是有效的 JSON",
	"api.body_missing":  "请求没有正文",
	"api.media_type":    "不支持这种正文格式，请使用 {want}",
	"api.timeout":       "请求正文没有在限定的时间内传完",
	"api.path":          "没有这个接口地址，请对照接口文档核对",
	"api.method":        "这个接口地址不支持这种方法，可以使用：{allow}",
	"api.token_missing": "请在 Authorization 请求头中提供访问令牌（Bearer）",
	"api.token_invalid": "访问令牌无效、已过期或者已吊销",
	"api.if_match":      "If-Match 应原样写上次取得的 ETag，例如 \"3\"",
	"api.key_missing":   "这个操作必须带 Idempotency-Key 请求头",
	"api.file_missing":  "请在名为 file 的部分上传一个文件",
	"api.file_one":      "一次只能上传一个文件",

	"api.required":   "缺少「{name}」",
	"api.unknown":    "没有「{name}」这一项，请去掉",
	"api.type":       "类型不对，应为{want}",
	"api.min":        "不能小于 {min}",
	"api.max":        "不能大于 {max}",
	"api.min_length": "不能少于 {min} 个字符",
	"api.max_length": "不能超过 {max} 个字符",
	"api.min_items":  "不能少于 {min} 项",
	"api.max_items":  "不能超过 {max} 项",
	"api.one_of":     "只能是：{values}",
	"api.pattern":    "格式不对，应符合 {pattern}",
	"api.value":      "内容不符合要求，请对照接口文档核对",

	"too_many":      "请求过于频繁，请 {seconds} 秒后再试",
	"once.key":      "Idempotency-Key 应为 1 至 255 个可见的 ASCII 字符，不含空格",
	"once.mismatch": "这个 Idempotency-Key 已用于另一个请求。内容不同的请求请换一个",
	"once.running":  "同一个请求正在处理，请稍后再试",
	"once.unknown":  "同一个请求上次没有处理完，结果不明。请先查询是否已经办成，再换一个 Idempotency-Key",
}
