package api

import (
	"encoding/json"
	"net/http"
	"sync"

	"github.com/danielgtaylor/huma/v2"
)

// schemeName is the security scheme of tokens.
const schemeName = "token"

// about introduces the API to people who will call it.
const about = `一窗平台的数据接口，供部门自建系统和第三方使用。经接口提交的申请与网站、窗口收件的申请存放在一起，适用同样的规则。

**令牌**　除公众查询外，每个请求都要带 ` + "`Authorization: Bearer <令牌>`" + `（RFC 6750）。令牌由系统管理员签发，可以做什么由令牌的权限决定，看到什么由所属账号决定。网站的登录状态在这里无效。

**数据**　正文是 UTF-8 编码的 JSON。时间用 RFC 3339（北京时间），日期用 YYYY-MM-DD。没有的内容不出现。请求中有不认识的字段或者参数一律拒绝。

**个人信息**　答复中没有公民身份号码、电话等敏感个人信息的原文，只有遮盖后的样子。

**版本**　草稿和办件有版本，在 ETag 中给出。修改时带 If-Match，版本不符的答复 412，并给出现在的状态。

**重试**　不安全的操作接受 Idempotency-Key：网络中断后用同一个键重发，得到第一次的答复（带 ` + "`Idempotency-Replayed: true`" + `），不会办两次。提交申请必须带。

**频率**　超过频率的请求答复 429，Retry-After 给出要等的秒数。

**错误**　按 RFC 9457 以 ` + "`application/problem+json`" + ` 答复：code 给程序判断，detail 和 errors 中的 message 可以直接给人看，law 是据以拒绝的条款。`

func (a *API) config() huma.Config {
	return huma.Config{
		OpenAPI: &huma.OpenAPI{
			OpenAPI: "3.1.0",
			Info:    &huma.Info{Title: "一窗政务服务接口", Version: "1.0.0", Description: about},
			Servers: []*huma.Server{{URL: a.BaseURL + Prefix}},
			Tags: []*huma.Tag{
				{Name: "事项", Description: "查找事项，查看办事指南和申请表。不需要令牌。"},
				{Name: "申请", Description: "起草、上传材料、提交。"},
				{Name: "办件", Description: "查看办件，补正，撤回。"},
				{Name: "文书", Description: "受理通知书、决定书等文书。"},
				{Name: "证照", Description: "证照和批准文件。"},
				{Name: "公众查询", Description: "任何人都可以查询进度、核验证照。不需要令牌。"},
			},
			Components: &huma.Components{
				Schemas: huma.NewMapRegistry("#/components/schemas/", huma.DefaultSchemaNamer),
				SecuritySchemes: map[string]*huma.SecurityScheme{schemeName: {Type: "http", Scheme: "bearer",
					Description: "系统管理员签发的访问令牌。括号中是操作需要的权限。"}},
			},
		},
		Formats:       map[string]huma.Format{"application/json": huma.DefaultJSONFormat, "json": huma.DefaultJSONFormat},
		DefaultFormat: "application/json",
	}
}

// finishSpec gives every body an example, made of the examples of its fields.
func (a *API) finishSpec() {
	for _, c := range a.calls {
		if c.op.RequestBody != nil {
			a.exemplify(c.op.RequestBody.Content["application/json"])
		}
		for _, r := range c.op.Responses {
			a.exemplify(r.Content["application/json"])
		}
		for _, p := range c.op.Parameters {
			if p.Example == nil && p.Schema != nil && len(p.Schema.Examples) > 0 {
				p.Example = p.Schema.Examples[0]
			}
		}
	}
}

func (a *API) exemplify(m *huma.MediaType) {
	if m != nil && m.Schema != nil {
		m.Example = a.example(m.Schema)
	}
}

// example is a value that the schema describes.
func (a *API) example(s *huma.Schema) any {
	if s.Ref != "" {
		s = a.huma.OpenAPI().Components.Schemas.SchemaFromRef(s.Ref)
	}
	switch {
	case len(s.Examples) > 0:
		return s.Examples[0]
	case s.Type == huma.TypeArray:
		return []any{a.example(s.Items)}
	case s.Type == huma.TypeObject:
		out := map[string]any{}
		for name, p := range s.Properties {
			out[name] = a.example(p)
		}
		return out
	}
	return nil
}

// serveSpec answers /openapi.json; the document is written once.
func (a *API) serveSpec() {
	spec := sync.OnceValue(func() []byte {
		b, err := json.Marshal(a.huma.OpenAPI())
		if err != nil {
			panic(err) // our own types always marshal
		}
		return b
	})
	a.mux.HandleFunc("GET "+Prefix+"/openapi.json", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/openapi+json")
		w.Header().Set("Cache-Control", "public, max-age=60")
		w.Write(spec())
	})
}
