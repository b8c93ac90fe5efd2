package api

import (
	"context"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"onewindow/internal/business/catalog"
	"onewindow/internal/business/form"
	"onewindow/internal/kit/fault"
)

func (a *API) matterCalls() {
	on(a, call{id: "search-matters", method: http.MethodGet, path: "/matters", tag: "事项", summary: "查找事项",
		about: "按词语、拼音、首字母查找政务服务事项，最相关的在前。不带条件时列出全部事项。", done: "找到的事项"}, a.searchMatters)
	on(a, call{id: "get-guide", method: http.MethodGet, path: "/matters/{code}", tag: "事项", summary: "查看办事指南",
		about: "一个事项的完整办事指南：条件、材料、期限、收费、依据、救济途径，每一部分都注明来源。带 version 时为那一版，供核对办理中的办件。",
		done:  "办事指南", faults: []string{"404 catalog.missing"}}, a.getGuide)
	on(a, call{id: "get-form", method: http.MethodGet, path: "/matters/{code}/form", tag: "事项", summary: "取得申请表的 JSON Schema",
		about: "申请表的 JSON Schema（2020-12）。按它填写的 JSON 文档就是保存草稿时的正文。\n\n" +
			"除标准 format 外还使用 `uscc`（统一社会信用代码）、`id_number`（公民身份号码）、`past-date`、`future-date`，不认识它们的校验器会忽略。",
		done: "申请表的 JSON Schema", faults: []string{"404 catalog.missing"},
		content: map[string]*huma.MediaType{"application/schema+json": {Schema: &huma.Schema{Type: huma.TypeObject, AdditionalProperties: true,
			Description: "JSON Schema 2020-12 文档"}}}}, a.getForm)
}

type searchInput struct {
	Q        string   `query:"q" maxLength:"100" doc:"要找的词：名称、俗称、拼音或者首字母" example:"开饭店"`
	Theme    theme    `query:"theme"`
	BodyID   string   `query:"body" maxLength:"100" doc:"只要这个实施主体的，填机构标识" example:"dz-spj"`
	Audience audience `query:"audience" doc:"只要这类申请人可以申请的：person 自然人，enterprise 法人和非法人组织"`
	Open     bool     `query:"open" doc:"只要现在可以申请的" example:"true"`
	Limit    int      `query:"limit" minimum:"1" maximum:"100" default:"20" doc:"最多几项" example:"20"`
	After    string   `query:"after" maxLength:"40" pattern:"^[0-9-]+\\.[0-9]+$" doc:"上一页的 next"`
}

// theme is a parameter whose values the catalogue knows.
type theme string

// Schema lists the themes.
func (theme) Schema(huma.Registry) *huma.Schema {
	s := &huma.Schema{Type: huma.TypeString, Examples: []any{"food"}}
	var words []string
	for _, t := range catalog.Themes() {
		s.Enum = append(s.Enum, t.Key)
		words = append(words, t.Key+" "+t.Name)
	}
	s.Description = "只要这个主题的：" + strings.Join(words, "，")
	return s
}

type audience string

// Schema lists the audiences.
func (audience) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Enum: []any{string(catalog.Person), string(catalog.Enterprise)}, Examples: []any{string(catalog.Enterprise)}}
}

// Matter is one matter in a list.
type Matter struct {
	Code     string   `json:"code" doc:"实施编码，31 位" example:"11130682MB990001354130190001000"`
	ItemCode string   `json:"item_code" doc:"基本编码，12 位" example:"000131004001"`
	Name     string   `json:"name" doc:"事项名称" example:"食品经营许可"`
	Aliases  []string `json:"aliases" doc:"俗称" example:"开饭店,开餐馆"`
	Kind     string   `json:"kind" doc:"事项类型代码（GB/T 39046-2020）" example:"01"`
	KindName string   `json:"kind_name" doc:"事项类型" example:"行政许可"`
	Body     Party    `json:"body" doc:"实施主体"`
	Open     bool     `json:"open" doc:"现在是否可以申请" example:"true"`
	Offline  string   `json:"offline,omitempty" doc:"不能网上申请的原因；可以时没有这一项" example:"需要当面核对原件"`
	Limit    string   `json:"limit,omitempty" doc:"办结时限" example:"10个工作日"`
	Charged  bool     `json:"charged" doc:"是否收费" example:"false"`
}

// Party names a body or an applicant.
type Party struct {
	ID   string `json:"id" doc:"标识" example:"dz-spj"`
	Name string `json:"name" doc:"名称" example:"定州市行政审批局"`
}

// MatterList is one page of matters.
type MatterList struct {
	Items []Matter `json:"items" doc:"本页事项"`
	Total int      `json:"total" doc:"一共找到几项" example:"1"`
	Next  string   `json:"next,omitempty" doc:"下一页的 after；最后一页没有这一项" example:"120.7"`
}

type matterListOutput struct{ Body MatterList }

func (a *API) searchMatters(ctx context.Context, in *searchInput) (*matterListOutput, error) {
	snap, err := a.Catalog.Snapshot(ctx)
	if err != nil {
		return nil, err
	}
	found := snap.Search(catalog.Query{Text: in.Q, Theme: string(in.Theme), BodyID: in.BodyID, Audience: catalog.Audience(in.Audience),
		Open: in.Open, Limit: in.Limit, After: in.After})
	out := &matterListOutput{MatterList{Items: []Matter{}, Total: found.Total, Next: found.Next}}
	for _, h := range found.Hits {
		out.Body.Items = append(out.Body.Items, matterOf(h.Entry))
	}
	public(ctx)
	return out, nil
}

// public lets anybody keep an answer for a minute.
func public(ctx context.Context) { from(ctx).w.Header().Set("Cache-Control", "public, max-age=60") }

func matterOf(e *catalog.Entry) Matter {
	i := e.Impl
	m := Matter{Code: i.Code(), ItemCode: i.ItemCode, Name: i.Name, Aliases: list(e.Item.Aliases), Kind: string(i.Kind), KindName: i.Kind.Name(),
		Body: Party{i.Body.ID, i.Body.Name}, Open: e.Open(), Offline: i.Offline, Charged: i.Fee.Charged}
	if d := i.Decision(); d != nil {
		m.Limit = d.Text()
	}
	return m
}

// list is never null in JSON.
func list[T any](all []T) []T {
	if all == nil {
		return []T{}
	}
	return all
}

type matterInput struct {
	Code    string `path:"code" pattern:"^[0-9A-Z]{12,40}$" doc:"实施编码，31 位" example:"11130682MB990001354130190001000"`
	Version int    `query:"version" minimum:"1" maximum:"100000" doc:"第几版；不带时为现行的一版" example:"1"`
}

// implementation is the version that is asked for: the one in force, or the
// draft of a listed matter that was never published.
func (a *API) implementation(ctx context.Context, in *matterInput) (*catalog.Implementation, error) {
	if in.Version == 0 {
		snap, err := a.Catalog.Snapshot(ctx)
		if err != nil {
			return nil, err
		}
		if e, ok := snap.ByCode(in.Code); ok {
			return e.Impl, nil
		}
		return nil, fault.Missing("catalog.missing")
	}
	heads, err := a.Catalog.History(ctx, in.Code)
	if err != nil {
		return nil, err
	}
	for _, h := range heads {
		if h.Version == in.Version {
			return a.Catalog.ByID(ctx, h.ID)
		}
	}
	return nil, fault.Missing("catalog.missing")
}

type formOutput struct {
	ContentType string `header:"Content-Type" hidden:"true"`
	Body        []byte
}

func (a *API) getForm(ctx context.Context, in *matterInput) (*formOutput, error) {
	impl, err := a.implementation(ctx, in)
	if err != nil {
		return nil, err
	}
	schema, err := impl.Form.JSONSchema()
	if err != nil {
		return nil, err
	}
	public(ctx)
	return &formOutput{"application/schema+json", schema}, nil
}

// Condition is a list of tests over the answers, all of which must hold.
func conditionOf(c form.Condition) []Test {
	var out []Test
	for _, t := range c {
		out = append(out, Test{t.Field, string(t.Op), t.Value, t.Values})
	}
	return out
}

// Test looks at one answer.
type Test struct {
	Field  string   `json:"field" doc:"数据元标识" example:"company.type"`
	Op     string   `json:"op" doc:"比较方式：equals、in、present、above、at_least、below、at_most" example:"equals"`
	Value  string   `json:"value,omitempty" doc:"与之比较的值" example:"company"`
	Values []string `json:"values,omitempty" doc:"in 时的几个值" example:"company"`
}
