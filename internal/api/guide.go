package api

import (
	"context"

	"onewindow/internal/business/catalog"
	"onewindow/internal/business/deadline"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/text"
)

// Guide is a service guide (办事指南): the whole text, and beside it what a
// program needs to apply.
type Guide struct {
	Code      string          `json:"code" doc:"实施编码" example:"11130682MB990001354130190001000"`
	ItemCode  string          `json:"item_code" doc:"基本编码" example:"000131004001"`
	Name      string          `json:"name" doc:"事项名称" example:"食品经营许可"`
	Kind      string          `json:"kind" doc:"事项类型" example:"行政许可"`
	Body      Party           `json:"body" doc:"实施主体"`
	Version   int             `json:"version" doc:"第几版" example:"1"`
	Status    string          `json:"status" doc:"这一版的状态：draft、published、scheduled、retired" example:"published"`
	From      string          `json:"from,omitempty" doc:"施行日期" example:"2026年9月14日"`
	Open      bool            `json:"open" doc:"现在是否可以申请" example:"true"`
	Offline   string          `json:"offline,omitempty" doc:"不能网上申请的原因" example:"需要当面核对原件"`
	Sample    bool            `json:"sample" doc:"是否有演示用的内容，见各部分的来源" example:"false"`
	Summary   []Line          `json:"summary" doc:"要点"`
	Parts     []GuidePart     `json:"parts" doc:"指南全文，按行政许可法第三十条的顺序"`
	Variants  []Variant       `json:"variants" doc:"业务办理项；新建草稿时选一个"`
	Materials []GuideMaterial `json:"materials" doc:"申请材料"`
	Statutory *Limit          `json:"statutory,omitempty" doc:"法定办结时限"`
	Promised  *Limit          `json:"promised,omitempty" doc:"承诺办结时限"`
	Lacks     []Lack          `json:"lacks" doc:"还缺什么，因此没有开放；已开放的为空"`
}

// Line is a name with what is to be said.
type Line struct {
	Name string `json:"name" doc:"名称" example:"承诺办结时限"`
	Text string `json:"text" doc:"内容" example:"10个工作日"`
}

// GuidePart is one part of the text.
type GuidePart struct {
	Key        string      `json:"key" doc:"哪一部分" example:"conditions"`
	Title      string      `json:"title" doc:"标题" example:"受理条件"`
	Facts      []Line      `json:"facts,omitempty" doc:"逐项内容"`
	Lines      []string    `json:"lines,omitempty" doc:"逐条内容" example:"[\"有与经营的食品品种、数量相适应的场所\"]"`
	Table      *Table      `json:"table,omitempty" doc:"表格"`
	Provenance *Provenance `json:"provenance" doc:"来源"`
}

// Table is a small table of text.
type Table struct {
	Head []string   `json:"head" doc:"表头" example:"环节,本环节时限"`
	Rows [][]string `json:"rows" doc:"各行" example:"[[\"受理\",\"1个工作日\"]]"`
}

// Provenance says where a part comes from.
type Provenance struct {
	Source     string `json:"source" doc:"出处" example:"《中华人民共和国食品安全法》"`
	Confidence string `json:"confidence,omitempty" doc:"把握：high、medium、low" example:"high"`
	Sample     bool   `json:"sample" doc:"是否演示用的内容" example:"false"`
	Why        string `json:"why,omitempty" doc:"为什么用演示内容" example:"公开资料没有写明"`
}

// Variant is a situation (业务办理项).
type Variant struct {
	No   string `json:"no" doc:"编号，两位" example:"01"`
	Name string `json:"name" doc:"名称" example:"首次申请"`
	Note string `json:"note,omitempty" doc:"说明" example:"第一次申请食品经营许可"`
	Ways []Way  `json:"ways" doc:"可以选择的办理方式，一般程序在前"`
}

// GuideMaterial is one material (申请材料).
type GuideMaterial struct {
	No      string   `json:"no" doc:"材料编号，三位；上传文件时用" example:"002"`
	Code    string   `json:"code" doc:"材料编码" example:"11130682MB990001354130190001000002"`
	Name    string   `json:"name" doc:"材料名称" example:"营业执照"`
	Need    string   `json:"need" doc:"必要性：required 必要，optional 在 when 所写的情形下需要，deferrable 可以容缺后补" example:"required"`
	When    string   `json:"when,omitempty" doc:"在什么情形下需要" example:"委托他人办理的"`
	If      []Test   `json:"if,omitempty" doc:"when 写成的条件，各项都满足时需要"`
	Shared  bool     `json:"shared" doc:"是否由平台通过数据共享取得，不必提交" example:"false"`
	Accept  []string `json:"accept" doc:"接受的文件类型；form 表示由平台根据申请表生成" example:"pdf,jpg"`
	Copies  int      `json:"copies" doc:"纸质份数" example:"0"`
	Details []Line   `json:"details" doc:"受理标准、填报须知等"`
	Points  []Line   `json:"points" doc:"审查要点"`
}

// Limit is a time limit.
type Limit struct {
	N     int    `json:"n" doc:"数目；0 表示当日" example:"20"`
	Unit  string `json:"unit" doc:"单位：working 工作日，natural 自然日，month 月，year 年" example:"working"`
	Start string `json:"start,omitempty" doc:"自何时起算：received、accepted、all_materials、decided、notified、expiry" example:"accepted"`
	Law   string `json:"law,omitempty" doc:"依据" example:"行政许可法第四十二条第一款"`
	Text  string `json:"text" doc:"怎么写" example:"20个工作日"`
}

// Lack is something that a version needs before it may be published.
type Lack struct {
	Code    string `json:"code" doc:"代码" example:"catalog.lack.basis"`
	Part    string `json:"part" doc:"哪一部分" example:"basis"`
	Message string `json:"message" doc:"说明" example:"没有设定依据"`
	Law     string `json:"law,omitempty" doc:"依据" example:"行政许可法第三十条"`
	Warning bool   `json:"warning" doc:"只是建议，不妨碍开放" example:"false"`
}

type guideOutput struct{ Body Guide }

func (a *API) getGuide(ctx context.Context, in *matterInput) (*guideOutput, error) {
	impl, err := a.implementation(ctx, in)
	if err != nil {
		return nil, err
	}
	public(ctx)
	return &guideOutput{guideOf(impl, impl.Guide(a.today()))}, nil
}

func guideOf(impl *catalog.Implementation, g catalog.Guide) Guide {
	out := Guide{Code: g.Code, ItemCode: g.ItemCode, Name: g.Name, Kind: g.Kind, Body: Party{impl.Body.ID, g.Body}, Version: g.Version,
		Status: string(g.Status), From: g.From, Open: g.Open, Offline: g.Offline, Sample: g.Sample, Summary: linesOf(g.Summary),
		Parts: []GuidePart{}, Variants: []Variant{}, Materials: []GuideMaterial{}, Lacks: []Lack{},
		Statutory: limitOf(impl.Statutory), Promised: limitOf(impl.Promised)}
	for _, p := range g.Parts {
		out.Parts = append(out.Parts, partOf(p))
		for n, m := range p.Materials {
			out.Materials = append(out.Materials, materialOf(impl.Materials[n], m))
		}
	}
	for _, v := range impl.Variants {
		out.Variants = append(out.Variants, Variant{v.No, v.Name, v.Note, waysOf(impl, v.No)})
	}
	for _, l := range g.Lacks {
		out.Lacks = append(out.Lacks, Lack{l.Code, string(l.Part), text.Field(fault.Field{Code: l.Code, Args: l.Args}), l.Law, l.Warning})
	}
	return out
}

func partOf(p catalog.GuidePart) GuidePart {
	out := GuidePart{Key: string(p.Key), Title: p.Title, Lines: p.Lines,
		Provenance: &Provenance{p.Provenance.Source, p.Provenance.Confidence, p.Provenance.Sample, p.Provenance.Why}}
	if len(p.Facts) > 0 {
		out.Facts = linesOf(p.Facts)
	}
	if p.Table != nil {
		out.Table = &Table{p.Table.Head, list(p.Table.Rows)}
	}
	return out
}

func materialOf(m catalog.Material, g catalog.GuideMaterial) GuideMaterial {
	return GuideMaterial{No: m.No, Code: g.Code, Name: g.Name, Need: string(m.Need), When: m.When, If: conditionOf(m.If), Shared: m.Shared,
		Accept: list(m.Accept), Copies: m.Copies, Details: linesOf(g.Facts), Points: linesOf(g.Points)}
}

func linesOf(all []catalog.Fact) []Line {
	out := make([]Line, len(all))
	for n, f := range all {
		out[n] = Line(f)
	}
	return out
}

func limitOf(l *catalog.Limit) *Limit {
	if l == nil {
		return nil
	}
	return &Limit{l.N, string(l.Unit), string(l.Start), l.Law, l.Text()}
}

func plainLimit(l deadline.Limit) Limit {
	return Limit{l.N, string(l.Unit), string(l.Start), l.Law, l.Chinese()}
}
