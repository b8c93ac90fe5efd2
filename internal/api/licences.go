package api

import (
	"bytes"
	"context"
	"io"
	"net/http"

	"onewindow/internal/business/form"
	"onewindow/internal/business/licence"
	"onewindow/internal/business/staff"
	"onewindow/internal/web/formview"
)

var licenceReads = []staff.Permission{staff.LicenceRead}

func (a *API) licenceCalls() {
	on(a, call{id: "list-licences", method: http.MethodGet, path: "/licences", tag: "证照", summary: "列出证照", needs: licenceReads,
		about: "令牌所属账号可以查看的证照和批准文件，最新的在前。", done: "证照"}, a.listLicences)
	on(a, call{id: "get-licence", method: http.MethodGet, path: "/licences/{id}", tag: "证照", summary: "查看证照", needs: licenceReads,
		about: "一份证照的照面信息和现在的状态。敏感个人信息已遮盖，完整内容见 PDF。", done: "证照", faults: []string{"404 licence.missing"}}, a.getLicence)
	on(a, call{id: "get-licence-pdf", method: http.MethodGet, path: "/licences/{id}/pdf", tag: "证照", summary: "下载证照", needs: licenceReads,
		about: "盖章并签名的 PDF 证照。其中可能有完整的个人信息，每次下载都有记录。", done: "PDF 文件", content: binary("application/pdf", "PDF 文件"),
		faults: []string{"404 licence.missing", "422 licence.glyph"}}, a.getLicencePDF)
	on(a, call{id: "export-licence", method: http.MethodGet, path: "/licences/{id}/export", tag: "证照", summary: "导出证照的签名数据", needs: licenceReads,
		about: "ZIP 文件：签名的原文、SM2 签名、证书和验证方法，可以脱离本平台验证。每次导出都有记录。", done: "ZIP 文件",
		content: binary("application/zip", "ZIP 文件"), faults: []string{"404 licence.missing"}}, a.exportLicence)
	on(a, call{id: "verify-licence", method: http.MethodGet, path: "/verification", tag: "公众查询", summary: "核验证照", guess: visitorsGuess,
		about: "凭证照标识、证照编号或者证照上的核验网址，核对证照的真伪和状态。不需要令牌。没有登记的编号也是一种答复，genuine 为 false。",
		done:  "核验结果", faults: []string{"422 licence.reference"}}, a.verifyLicence)
}

// Licence is a licence as its holder and officers see it.
type Licence struct {
	ID         string `json:"id" doc:"证照在本平台的标识" example:"01k6f3w9x2m8q4v7c5t1h0j6re"`
	CaseID     string `json:"case_id" doc:"办件标识" example:"01k6f3w9x2m8q4v7c5t1h0j6rc"`
	Name       string `json:"name" doc:"名称" example:"食品经营许可证"`
	Kind       string `json:"kind" doc:"licence 证照，approval 批准文件，other 其他" example:"licence"`
	Number     string `json:"number" doc:"编号" example:"Z13068200012026091400001X"`
	Identifier string `json:"identifier,omitempty" doc:"证照标识（GB/T 36904-2018）" example:"1.2.156.3005.2.11100000000013127D001.11130682MB99000135.20260914000001.001.X"`
	Reference  string `json:"reference" doc:"核验时使用的标识或者编号" example:"Z13068200012026091400001X"`
	Holder     string `json:"holder" doc:"持证主体" example:"定州市示例餐饮有限公司"`
	Body       string `json:"body" doc:"颁发机构" example:"定州市行政审批局"`
	Status     string `json:"status" doc:"现在的状态：valid、expired、rescinded、retracted、cancelled、revoked、replaced" example:"valid"`
	IssuedOn   string `json:"issued_on" doc:"颁发日期" example:"2026-09-22"`
	ValidFrom  string `json:"valid_from" doc:"有效期自" example:"2026-09-22"`
	ValidTo    string `json:"valid_to,omitempty" doc:"有效期至；没有规定期限的没有这一项" example:"2031-09-21"`
	Prints     []Line `json:"prints" doc:"照面信息，敏感个人信息已遮盖"`
	SM3        string `json:"sm3" doc:"签名内容的 SM3 摘要，十六进制" example:"66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"`
}

func (a *API) licenceOf(l *licence.Licence) Licence {
	c := l.Content
	out := Licence{ID: l.ID, CaseID: l.CaseID, Name: c.Name, Kind: string(c.Kind), Number: c.Number, Identifier: c.Identifier,
		Reference: l.Reference(), Holder: c.Holder.Name, Body: c.Body.Name, Status: string(l.StatusOn(a.today())), IssuedOn: day(c.IssuedOn),
		ValidFrom: day(c.ValidFrom), ValidTo: dayOf(c.ValidTo), Prints: []Line{}, SM3: l.Digest}
	for _, p := range c.Prints {
		value := p.Value
		if p.Sensitive {
			e, _ := form.Lookup(p.Element)
			e.Sensitive = true
			value = formview.Mask(e, value)
		}
		out.Prints = append(out.Prints, Line{p.Label, value})
	}
	return out
}

type licencesOutput struct {
	Body struct {
		Items []Licence `json:"items" doc:"本页证照"`
		Next  string    `json:"next,omitempty" doc:"下一页的 after；最后一页没有这一项" example:"01k6f3w9x2m8q4v7c5t1h0j6re"`
	} `nameHint:"LicenceList"`
}

func (a *API) listLicences(ctx context.Context, in *pageInput) (*licencesOutput, error) {
	all, err := a.Licences.Mine(ctx, by(ctx), in.After, in.Limit)
	if err != nil {
		return nil, err
	}
	out := &licencesOutput{}
	out.Body.Items = []Licence{}
	for _, l := range all {
		out.Body.Items = append(out.Body.Items, a.licenceOf(l))
	}
	if len(all) == in.Limit {
		out.Body.Next = all[len(all)-1].ID
	}
	return out, nil
}

type licenceOutput struct{ Body Licence }

func (a *API) getLicence(ctx context.Context, in *idInput) (*licenceOutput, error) {
	l, err := a.Licences.Get(ctx, by(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	return &licenceOutput{a.licenceOf(l)}, nil
}

func (a *API) getLicencePDF(ctx context.Context, in *idInput) (*streamOutput, error) {
	l, err := a.Licences.Get(ctx, by(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	_, content, err := a.Licences.Download(ctx, by(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	return paper(content, l.Content.Name+" "+l.Content.Number+".pdf")
}

func (a *API) exportLicence(ctx context.Context, in *idInput) (*streamOutput, error) {
	data, err := a.Licences.Export(ctx, by(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	return stream(io.NopCloser(bytes.NewReader(data)), in.ID+".zip", "application/zip", int64(len(data))), nil
}

type verifyInput struct {
	Reference string `query:"reference" required:"true" maxLength:"300" doc:"证照标识、编号，或者证照上二维码的网址" example:"Z13068200012026091400001X"`
}

// Verification is whether a licence is genuine and in force.
type Verification struct {
	Reference string  `json:"reference" doc:"按什么核验" example:"Z13068200012026091400001X"`
	Day       string  `json:"day" doc:"核验日" example:"2026-09-23"`
	Genuine   bool    `json:"genuine" doc:"确由本平台颁发且未被改动；是否仍然有效，见 status" example:"true"`
	Status    string  `json:"status,omitempty" doc:"真实的证照现在的状态" example:"valid"`
	Since     string  `json:"since,omitempty" doc:"已经终止的，自哪一天起" example:"2026-09-22"`
	Notice    string  `json:"notice" doc:"签名的法律效力说明" example:"演示·无法律效力"`
	Checks    []Check `json:"checks" doc:"依次做了哪些核对"`
	Face      *Face   `json:"face,omitempty" doc:"照面信息；只有真实的证照才有，个人信息已遮盖"`
}

// Check is one thing that was checked.
type Check struct {
	Code    string `json:"code" doc:"shape 编号的校验码，registered 登记，digest 内容摘要，signature 签名，certificate 证书，content 签名内容，status 有效" example:"signature"`
	Outcome string `json:"outcome" doc:"passed 通过，failed 不通过，not_made 因前一项不通过而没有做" example:"passed"`
}

// Face is what the public may know of a licence.
type Face struct {
	Name       string `json:"name" doc:"名称" example:"食品经营许可证"`
	Number     string `json:"number" doc:"编号" example:"Z13068200012026091400001X"`
	Identifier string `json:"identifier,omitempty" doc:"证照标识" example:"1.2.156.3005.2.11100000000013127D001.11130682MB99000135.20260914000001.001.X"`
	Holder     string `json:"holder" doc:"持证主体；自然人的姓名已遮盖" example:"定州市示例餐饮有限公司"`
	Code       string `json:"code,omitempty" doc:"持证单位的统一社会信用代码" example:"91130682MA0F000012"`
	Body       string `json:"body" doc:"颁发机构" example:"定州市行政审批局"`
	IssuedOn   string `json:"issued_on" doc:"颁发日期" example:"2026-09-22"`
	Validity   string `json:"validity" doc:"有效期" example:"2026年9月22日至2031年9月21日"`
	Prints     []Line `json:"prints" doc:"照面信息"`
	SM3        string `json:"sm3" doc:"签名内容的 SM3 摘要，十六进制" example:"66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"`
}

type verifyOutput struct{ Body Verification }

func (a *API) verifyLicence(ctx context.Context, in *verifyInput) (*verifyOutput, error) {
	v, err := a.Licences.Verify(ctx, in.Reference)
	if err != nil {
		return nil, err
	}
	out := Verification{Reference: v.Reference, Day: day(v.Day), Genuine: v.Genuine, Status: string(v.Status), Since: dayOf(v.StatusDay),
		Notice: v.Demo, Checks: []Check{}}
	for _, c := range v.Checks {
		out.Checks = append(out.Checks, Check{string(c.Code), string(c.Outcome)})
	}
	if f := v.Face; f != nil {
		out.Face = &Face{f.Name, f.Number, f.Identifier, f.Holder.Name, f.Holder.Code, f.Body, day(f.IssuedOn), f.Validity, []Line{}, f.Digest}
		for _, p := range f.Prints {
			out.Face.Prints = append(out.Face.Prints, Line{p.Label, p.Value})
		}
	}
	return &verifyOutput{out}, nil
}
