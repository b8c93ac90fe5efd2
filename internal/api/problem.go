package api

import (
	"encoding/json"
	"errors"
	"net/http"

	"onewindow/internal/kit/fault"
	"onewindow/internal/web/text"
	"onewindow/internal/web/visit"
)

// Problem is a refusal after RFC 9457.
type Problem struct {
	Type      string         `json:"type" doc:"问题类型的地址，即 /problems/ 加上 code" example:"/problems/draft.stale"`
	Title     string         `json:"title" doc:"这一类问题的名称" example:"内容有冲突"`
	Status    int            `json:"status" doc:"HTTP 状态码" example:"409"`
	Detail    string         `json:"detail" doc:"给人看的说明，可以直接显示给经办人" example:"这份草稿在别处改过，请刷新后再填"`
	Code      string         `json:"code" doc:"给程序看的问题代码，不会改变含义" example:"draft.stale"`
	Law       string         `json:"law,omitempty" doc:"据以拒绝的法律条款" example:"行政许可法第三十二条第一款第（四）项"`
	Errors    []ProblemField `json:"errors,omitempty" doc:"有误的各项；不含提交的原值"`
	RequestID string         `json:"request_id" doc:"请求编号，联系平台时提供" example:"01k6f3w9x2m8q4v7c5t1h0j6ra"`
	Current   *Current       `json:"current,omitempty" doc:"因版本不符而拒绝时，这份草稿或者办件现在的状态"`

	header http.Header
}

// ProblemField is what is wrong with one input.
type ProblemField struct {
	Field   string `json:"field" doc:"哪一项：参数名、正文中的位置、数据元标识，或者 material. 加材料编号" example:"company.legal_id_number"`
	Code    string `json:"code" doc:"问题代码" example:"form.id_number"`
	Message string `json:"message" doc:"给人看的说明" example:"身份证号码不对：第 18 位校验码不符，请逐位核对"`
}

// Current is where a draft or case stands.
type Current struct {
	Version int    `json:"version" doc:"现在的版本" example:"4"`
	Status  string `json:"status" doc:"现在的状态" example:"open"`
	ETag    string `json:"etag" doc:"现在的 ETag，核对后可以用作 If-Match" example:"\"4\""`
}

// GetStatus, Error, GetHeaders and ContentType make a Problem what huma takes
// for an error with an answer of its own.
func (p *Problem) GetStatus() int { return p.Status }

// Error is for logs.
func (p *Problem) Error() string { return p.Code }

// GetHeaders are what goes with the status, such as Retry-After.
func (p *Problem) GetHeaders() http.Header { return p.header }

// ContentType is that of RFC 9457, whatever the caller accepts.
func (p *Problem) ContentType(string) string { return problemType }

const problemType = "application/problem+json"

// titles name the kinds of problems.
var titles = map[fault.Kind]string{
	fault.KindInvalid: "内容有误", fault.KindRefused: "按规定不能办理", fault.KindDenied: "没有权限", fault.KindSignedOut: "需要访问令牌",
	fault.KindMissing: "没有找到", fault.KindConflict: "内容有冲突", fault.KindTooLarge: "超过大小限制", fault.KindTooMany: "请求过于频繁",
	fault.KindUnavailable: "暂时不能办理", fault.KindInternal: "系统故障",
}

// refusal is a fault that is answered with a status or a header of its own.
type refusal struct {
	*fault.Fault
	status  int
	header  http.Header
	current *Current
}

// Unwrap gives the fault.
func (r *refusal) Unwrap() error { return r.Fault }

// refused is a fault about how the request was written.
func refused(status int, code string, kv ...string) *refusal {
	f := fault.Refused(code, "", kv...)
	f.Kind = map[int]fault.Kind{401: fault.KindSignedOut, 403: fault.KindDenied, 404: fault.KindMissing,
		409: fault.KindConflict, 413: fault.KindTooLarge}[status]
	if f.Kind == "" {
		f.Kind = fault.KindInvalid
	}
	return &refusal{Fault: f, status: status, header: http.Header{}}
}

// problem makes an answer of any error, and notes it in the log when nobody
// planned for it.
func (a *API) problem(req *request, err error) *Problem {
	f, r := fault.Of(err), &refusal{}
	if !errors.As(err, &r) {
		r = &refusal{status: visit.Status(f)}
	}
	a.note(req, f)
	p := &Problem{Type: ProblemPath + f.Code, Title: titles[f.Kind], Status: r.status, Detail: text.Fault(f), Code: f.Code,
		Law: f.Law, RequestID: req.id, Current: r.current, header: http.Header{}}
	for name, values := range r.header {
		p.header[name] = values
	}
	for _, x := range f.Fields {
		p.Errors = append(p.Errors, ProblemField{clip(x.Name), x.Code, text.Field(x)})
	}
	switch f.Kind {
	case fault.KindTooMany:
		p.header.Set("Retry-After", f.Args["seconds"])
	case fault.KindUnavailable:
		p.header.Set("Retry-After", "5")
	}
	return p
}

// note logs what is ours to mend. A fault names no personal data.
func (a *API) note(req *request, f *fault.Fault) {
	if f.Kind == fault.KindInternal || f.Kind == fault.KindUnavailable {
		a.Log.ErrorContext(req.r.Context(), "fault", "err", f.Error(), "request_id", req.id)
	}
}

// refuse answers with a problem before an operation has begun.
func (a *API) refuse(req *request, err error) {
	p := a.problem(req, err)
	h := req.w.Header()
	for name, values := range p.header {
		h[name] = values
	}
	h.Set("Content-Type", problemType)
	h.Set("Cache-Control", "no-store")
	req.w.WriteHeader(p.Status)
	if req.r.Method != http.MethodHead {
		json.NewEncoder(req.w).Encode(p)
	}
}

// longestName is how much of a name that a caller made up is said back.
const longestName = 80

func clip(s string) string {
	if r := []rune(s); len(r) > longestName {
		return string(r[:longestName]) + "…"
	}
	return s
}
