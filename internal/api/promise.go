package api

import (
	"context"
	"net/http"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/catalog"
	"onewindow/internal/kit/sm"
	"onewindow/internal/web/text"
)

// promiseCalls are the reading and signing of what an applicant promises who
// chose 告知承诺 or 容缺受理 for a draft.
func (a *API) promiseCalls() {
	on(a, call{id: "get-promise", method: http.MethodGet, path: "/drafts/{id}/promise", tag: "申请", summary: "查看承诺书", needs: submits,
		about: "草稿选择告知承诺或者容缺受理时，申请人要承诺的全文和它的摘要，以及是否已经签署。请让申请人读完全文再签署。一般程序没有承诺，words 为空。",
		done:  "承诺书", faults: []string{"404 draft.missing"}}, a.getPromise)
	on(a, call{id: "sign-promise", method: http.MethodPut, path: "/drafts/{id}/promise", tag: "申请", summary: "签署承诺书", needs: submits, key: mayKey,
		about: "以申请人的姓名或者名称签署所示的全文。sm3 须是所读全文的摘要：全文在此期间变了的，答复 409，请重读。再次签署代替上一次。", done: "已签署",
		faults: []string{"404 draft.missing", "409 draft.stale", "409 draft.closed", "409 promise.changed", "422 promise.nothing", "422 form.invalid",
			"422 credit.barred"}}, a.signPromise)
}

// Way is a way in which a matter may be handled.
type Way struct {
	Mode string `json:"mode" doc:"新建草稿时的 mode：空为一般程序，commitment 告知承诺，tolerance 容缺受理" example:"commitment"`
	Name string `json:"name" doc:"办理方式的名称" example:"告知承诺"`
}

func wayOf(m casework.Mode) Way { return Way{string(m), text.Label(text.Mode, string(m))} }

// waysOf are the ways that the matter offers in a situation.
func waysOf(impl *catalog.Implementation, variant string) []Way {
	out := []Way{}
	for _, m := range casework.Modes(impl, variant) {
		out = append(out, wayOf(m))
	}
	return out
}

// Promise is the text that an applicant promises, and whether it is signed.
type Promise struct {
	Way    Way    `json:"way" doc:"办理方式"`
	Words  string `json:"words" doc:"承诺的全文；一般程序为空" example:"本人已知晓告知的全部内容……"`
	SM3    string `json:"sm3" doc:"全文（UTF-8）的 SM3 摘要，十六进制" example:"66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"`
	Signed bool   `json:"signed" doc:"现行全文是否已经签署；没有承诺的为 true" example:"false"`
	By     string `json:"by,omitempty" doc:"签署人" example:"李娜"`
	At     string `json:"at,omitempty" doc:"签署时间" example:"2026-09-14T09:00:00+08:00"`
}

type promiseOutput struct{ Body Promise }

func (a *API) getPromise(ctx context.Context, in *idInput) (*promiseOutput, error) {
	d, impl, _, err := a.draft(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	p, err := a.Casework.Promise(ctx, by(ctx), d.ID)
	if err != nil {
		return nil, err
	}
	words := casework.Words(impl, d.Variant, d.Mode)
	out := Promise{Way: wayOf(d.Mode), Words: words, SM3: sm.Digest([]byte(words)), Signed: d.Signed(p, impl)}
	if out.Signed && p != nil {
		out.By, out.At = p.SignedName, at(p.SignedAt)
	}
	return &promiseOutput{out}, nil
}

type signInput struct {
	ID   string `path:"id" pattern:"^[0-9a-z]{26}$" doc:"标识" example:"01k6f3w9x2m8q4v7c5t1h0j6ra"`
	Body struct {
		SM3    string `json:"sm3" pattern:"^[0-9a-f]{64}$" doc:"所读全文的摘要" example:"66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"`
		Agreed bool   `json:"agreed" doc:"已阅读并同意，须为 true" example:"true"`
		Name   string `json:"name" maxLength:"100" doc:"签署人的姓名" example:"李娜"`
	} `nameHint:"Signature"`
}

func (a *API) signPromise(ctx context.Context, in *signInput) (*promiseOutput, error) {
	err := a.Casework.SignPromise(ctx, by(ctx), casework.SignPromise{DraftID: in.ID, SM3: in.Body.SM3, Agreed: in.Body.Agreed, Name: in.Body.Name})
	if err != nil {
		return nil, err
	}
	return a.getPromise(ctx, &idInput{in.ID})
}
