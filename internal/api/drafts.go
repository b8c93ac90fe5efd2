package api

import (
	"context"
	"net/http"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/text"
)

var submits = []staff.Permission{staff.CaseSubmit}

func (a *API) draftCalls() {
	on(a, call{id: "list-parties", method: http.MethodGet, path: "/parties", tag: "申请", summary: "列出可以代表的申请人", needs: submits,
		about: "令牌所属账号现在可以代表的申请人：本人、担任法定代表人的单位、受委托代理的申请人。个人信息已经遮盖。", done: "申请人"}, a.listParties)
	on(a, call{id: "create-draft", method: http.MethodPost, path: "/drafts", tag: "申请", summary: "新建草稿", needs: submits, status: http.StatusCreated, key: mayKey,
		about: "为一个申请人起草一个事项的申请。平台已经掌握的内容会先填好。草稿对任何人都没有约束力，提交后才成为办件。", done: "草稿已建立",
		faults: []string{"404 catalog.missing", "403 party.not_yours", "422 catalog.not_in_force", "422 catalog.offline", "422 draft.audience",
			"422 mode.no_commitment", "422 mode.no_tolerance", "422 credit.barred"}}, a.createDraft)
	on(a, call{id: "list-drafts", method: http.MethodGet, path: "/drafts", tag: "申请", summary: "列出草稿", needs: submits,
		about: "令牌所属账号没有提交的草稿，最近改过的在前，最多 50 份；在网站上起草的也在其中。", done: "草稿"}, a.listDrafts)
	on(a, call{id: "get-draft", method: http.MethodGet, path: "/drafts/{id}", tag: "申请", summary: "查看草稿", needs: submits,
		about: "草稿的内容和已上传的文件。敏感个人信息只给出遮盖后的样子。", done: "草稿", faults: []string{"404 draft.missing"}}, a.getDraft)
	on(a, call{id: "put-values", method: http.MethodPut, path: "/drafts/{id}/values", tag: "申请", summary: "保存申请表", needs: submits, key: mayKey,
		about: "以正文替换申请表的全部内容，敏感个人信息除外：不带的保持不变，写 null 的清除。草稿可以不完整，答复中的 problems 列出提交前还要更正什么。\n\n" +
			"带 If-Match 时，只有草稿还是那个版本才会保存。", done: "已保存",
		faults: []string{"404 draft.missing", "409 draft.stale", "412 draft.stale", "409 draft.closed", "422 form.invalid", "422 form.document"}}, a.putValues)
	on(a, call{id: "discard-draft", method: http.MethodDelete, path: "/drafts/{id}", tag: "申请", summary: "作废草稿", needs: submits, status: http.StatusNoContent, key: mayKey,
		about: "作废草稿，上传的文件一并删除。", done: "已作废", faults: []string{"404 draft.missing", "409 draft.closed", "409 stale"}}, a.discardDraft)
	on(a, call{id: "submit-draft", method: http.MethodPost, path: "/drafts/{id}/submission", tag: "申请", summary: "提交申请", needs: submits,
		status: http.StatusCreated, key: mustKey, ownKey: true,
		about: "提交后即为收件，并出具收件凭证（电子签名法第十一条）。一份草稿只会成为一个办件：重复提交得到同一个办件，again 为 true。\n\n" +
			"内容或者材料有误时答复 422，errors 一次列出全部问题，草稿保持不变。", done: "已收件",
		faults: []string{"404 draft.missing", "409 draft.stale", "412 draft.stale", "409 draft.closed", "422 form.invalid", "403 party.not_yours",
			"422 catalog.not_in_force", "422 catalog.offline"}}, a.submitDraft)
}

// Applicant is a party that the caller may act for.
type Applicant struct {
	ID       string   `json:"id" doc:"申请人标识，新建草稿时用" example:"01k6f3w9x2m8q4v7c5t1h0j6rb"`
	Kind     string   `json:"kind" doc:"person 自然人，company 法人和非法人组织" example:"company"`
	Name     string   `json:"name" doc:"名称；自然人的姓名已遮盖" example:"定州市示例餐饮有限公司"`
	USCC     string   `json:"uscc,omitempty" doc:"统一社会信用代码" example:"91130682MA0F000012"`
	IDNumber string   `json:"id_number,omitempty" doc:"自然人的证件号码，已遮盖" example:"130***********1234"`
	Relation string   `json:"relation" doc:"为什么可以代表：self 本人，legal 法定代表人，agent 代理人" example:"legal"`
	Items    []string `json:"items" doc:"代理人只能办理的事项的基本编码；空为不限" example:"[]"`
	Until    string   `json:"until,omitempty" doc:"代理截止日期" example:"2026-12-31"`
}

type applicantsOutput struct {
	Body struct {
		Items []Applicant `json:"items" doc:"申请人"`
	} `nameHint:"ApplicantList"`
}

func (a *API) listParties(ctx context.Context, _ *struct{}) (*applicantsOutput, error) {
	mine, err := a.Party.Mine(ctx, by(ctx))
	out := &applicantsOutput{}
	out.Body.Items = []Applicant{}
	for _, m := range mine {
		out.Body.Items = append(out.Body.Items, Applicant{m.ID, string(m.Kind), m.Name, m.USCC, m.IDNumber,
			string(m.Mandate.Relation), list(m.Mandate.Items), m.Mandate.To})
	}
	return out, err
}

type createDraftInput struct {
	Body struct {
		Matter    string `json:"matter" pattern:"^[0-9A-Z]{12,40}$" doc:"事项的实施编码" example:"11130682MB990001354130190001000"`
		Variant   string `json:"variant,omitempty" pattern:"^[0-9]{2}$" doc:"业务办理项，两位；不带时为第一项" example:"01"`
		Mode      string `json:"mode,omitempty" enum:",commitment,tolerance" doc:"办理方式，见办事指南的 ways；不带时为一般程序。告知承诺和容缺受理在提交前要签署承诺书" example:"commitment"`
		Applicant string `json:"applicant" pattern:"^[0-9a-z]{26}$" doc:"申请人标识，见 list-parties" example:"01k6f3w9x2m8q4v7c5t1h0j6rb"`
	} `nameHint:"NewDraft"`
}

// Saved is a draft after it was made or changed.
type Saved struct {
	ID       string         `json:"id" doc:"草稿标识" example:"01k6f3w9x2m8q4v7c5t1h0j6ra"`
	Version  int            `json:"version" doc:"草稿的版本" example:"2"`
	Problems []ProblemField `json:"problems" doc:"提交前还要更正的内容，材料除外"`
}

type savedOutput struct {
	ETag     string `header:"ETag" doc:"草稿的版本" example:"\"2\""`
	Location string `header:"Location" doc:"草稿的地址" example:"/api/v1/drafts/01k6f3w9x2m8q4v7c5t1h0j6ra"`
	Body     Saved
}

func (a *API) createDraft(ctx context.Context, in *createDraftInput) (*savedOutput, error) {
	impl, err := a.implementation(ctx, &matterInput{Code: in.Body.Matter})
	if err != nil {
		return nil, err
	}
	if _, ok := impl.Variant(in.Body.Variant); !ok && in.Body.Variant != "" {
		return nil, fault.Invalid("api.invalid", fault.At("variant", "api.value"))
	}
	draftID, err := a.Casework.StartDraft(ctx, by(ctx), casework.StartDraft{ImplementationID: impl.ID, Variant: in.Body.Variant,
		ApplicantID: in.Body.Applicant, Channel: casework.API, About: casework.About{Mode: casework.Mode(in.Body.Mode)}})
	if err != nil {
		return nil, err
	}
	d, _, err := a.Casework.Draft(ctx, by(ctx), draftID)
	if err != nil {
		return nil, err
	}
	out := &savedOutput{ETag: versionTag(d.Version), Location: Prefix + "/drafts/" + draftID}
	out.Body = Saved{draftID, d.Version, check(impl.Form, d.Values, a.today())}
	return out, nil
}

// DraftLine is a draft in a list.
type DraftLine struct {
	ID        string `json:"id" doc:"草稿标识" example:"01k6f3w9x2m8q4v7c5t1h0j6ra"`
	Version   int    `json:"version" doc:"草稿的版本" example:"2"`
	Matter    string `json:"matter" doc:"事项名称" example:"食品经营许可"`
	Applicant Party  `json:"applicant" doc:"申请人"`
	Channel   string `json:"channel" doc:"在哪里起草：online 网站，api 部门系统" example:"api"`
	UpdatedAt string `json:"updated_at" doc:"最后修改时间" example:"2026-09-14T09:00:00+08:00"`
}

type draftsOutput struct {
	Body struct {
		Items []DraftLine `json:"items" doc:"草稿"`
	} `nameHint:"DraftList"`
}

func (a *API) listDrafts(ctx context.Context, _ *struct{}) (*draftsOutput, error) {
	all, err := a.Casework.Drafts(ctx, by(ctx))
	out := &draftsOutput{}
	out.Body.Items = []DraftLine{}
	for _, d := range all {
		out.Body.Items = append(out.Body.Items, DraftLine{d.ID, d.Version, d.ItemName, Party{d.ApplicantID, d.ApplicantName},
			string(d.Channel), at(d.UpdatedAt)})
	}
	return out, err
}

type idInput struct {
	ID string `path:"id" pattern:"^[0-9a-z]{26}$" doc:"标识" example:"01k6f3w9x2m8q4v7c5t1h0j6ra"`
}

// Draft is an application being prepared.
type Draft struct {
	ID         string        `json:"id" doc:"草稿标识" example:"01k6f3w9x2m8q4v7c5t1h0j6ra"`
	Version    int           `json:"version" doc:"草稿的版本" example:"2"`
	Status     string        `json:"status" doc:"open 草稿，submitted 已提交，discarded 已作废" example:"open"`
	StatusName string        `json:"status_name" doc:"状态的名称" example:"草稿"`
	Matter     MatterVersion `json:"matter" doc:"事项"`
	Applicant  Party         `json:"applicant" doc:"申请人"`
	Way        Way           `json:"way" doc:"办理方式"`
	Form       Answered      `json:"form" doc:"申请表"`
	Files      []File        `json:"files" doc:"已上传的文件"`
	CaseID     string        `json:"case_id,omitempty" doc:"提交后的办件标识" example:"01k6f3w9x2m8q4v7c5t1h0j6rc"`
	CreatedAt  string        `json:"created_at" doc:"建立时间" example:"2026-09-14T09:00:00+08:00"`
	UpdatedAt  string        `json:"updated_at" doc:"最后修改时间" example:"2026-09-14T09:00:00+08:00"`
}

type draftOutput struct {
	ETag string `header:"ETag" doc:"草稿的版本，用作 If-Match" example:"\"2.9f86d081\""`
	Body Draft
}

func (a *API) getDraft(ctx context.Context, in *idInput) (*draftOutput, error) {
	d, impl, files, err := a.draft(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	out := &draftOutput{Body: Draft{ID: d.ID, Version: d.Version, Status: string(d.Status), StatusName: text.Label(text.Draft, string(d.Status)),
		Matter: versionOf(impl, d.Variant), Applicant: Party{d.ApplicantID, d.ApplicantName}, Way: wayOf(d.Mode), Form: answeredOf(impl.Form, d.Values),
		Files: filesOf(files), CaseID: d.CaseID, CreatedAt: at(d.CreatedAt), UpdatedAt: at(d.UpdatedAt)}}
	out.ETag = contentTag(d.Version, out.Body)
	return out, nil
}

// draft is the caller's draft with its matter and files.
func (a *API) draft(ctx context.Context, draftID string) (d *casework.Draft, impl *catalog.Implementation, files []casework.File, err error) {
	if d, files, err = a.Casework.Draft(ctx, by(ctx), draftID); err == nil {
		impl, err = a.Catalog.ByID(ctx, d.ImplementationID)
	}
	return d, impl, files, err
}

type valuesInput struct {
	ID      string `path:"id" pattern:"^[0-9a-z]{26}$" doc:"草稿标识" example:"01k6f3w9x2m8q4v7c5t1h0j6ra"`
	IfMatch string `header:"If-Match" maxLength:"60" doc:"上次取得的 ETag" example:"\"2\""`
	Body    answers
}

func (a *API) putValues(ctx context.Context, in *valuesInput) (*savedOutput, error) {
	seen, err := seenVersion(in.IfMatch)
	if err != nil {
		return nil, err
	}
	d, impl, _, err := a.draft(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	values, err := in.Body.read(impl.Form, d.Values)
	if err != nil {
		return nil, err
	}
	save := casework.SaveDraft{DraftID: d.ID, Version: d.Version, Values: values}
	if seen != 0 {
		save.Version = seen
	}
	version, err := a.Casework.SaveDraft(ctx, by(ctx), save)
	if err != nil {
		return nil, a.staleDraft(ctx, d.ID, seen, err)
	}
	return &savedOutput{ETag: versionTag(version), Body: Saved{d.ID, version, check(impl.Form, values, a.today())}}, nil
}

func (a *API) discardDraft(ctx context.Context, in *idInput) (*struct{}, error) {
	return &struct{}{}, a.Casework.DiscardDraft(ctx, by(ctx), in.ID)
}

type submitInput struct {
	ID      string `path:"id" pattern:"^[0-9a-z]{26}$" doc:"草稿标识" example:"01k6f3w9x2m8q4v7c5t1h0j6ra"`
	IfMatch string `header:"If-Match" maxLength:"60" doc:"最后核对时的 ETag" example:"\"2\""`
	Body    struct {
		Declared bool `json:"declared" doc:"申请人声明所填内容和材料真实有效（行政许可法第三十一条），须为 true" example:"true"`
	} `nameHint:"Submission"`
}

// Receipt is what the applicant goes away with.
type Receipt struct {
	CaseID    string `json:"case_id" doc:"办件标识" example:"01k6f3w9x2m8q4v7c5t1h0j6rc"`
	Number    string `json:"number" doc:"办件编号" example:"13068200012026091400001X"`
	CheckCode string `json:"check_code" doc:"查询码；任何人凭编号和查询码都可以查询进度" example:"7K3M9P"`
	Again     bool   `json:"again" doc:"这份草稿以前已经提交，得到的是同一个办件" example:"false"`
}

type receiptOutput struct {
	Location string `header:"Location" doc:"办件的地址" example:"/api/v1/cases/01k6f3w9x2m8q4v7c5t1h0j6rc"`
	Body     Receipt
}

// submitDraft keeps the receipt under the key without the check code, which is
// derived and never stored.
func (a *API) submitDraft(ctx context.Context, in *submitInput) (*receiptOutput, error) {
	seen, err := seenVersion(in.IfMatch)
	if err != nil {
		return nil, err
	}
	out, err := doOnce(ctx, &call{id: "submit-draft", key: mustKey, status: http.StatusCreated}, in,
		func(ctx context.Context, in *submitInput) (*receiptOutput, error) {
			r, err := a.Casework.Submit(ctx, by(ctx), casework.Submit{DraftID: in.ID, Version: seen, Declared: in.Body.Declared})
			if err != nil {
				return nil, a.staleDraft(ctx, in.ID, seen, err)
			}
			return &receiptOutput{Prefix + "/cases/" + r.CaseID, Receipt{CaseID: r.CaseID, Number: r.Number, Again: r.Again}}, nil
		})
	if err == nil {
		out.Body.CheckCode = a.Casework.CheckCode(&casework.Case{Number: out.Body.Number})
	}
	return out, err
}
