package api

import (
	"context"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/procedure"
	"onewindow/internal/web/text"
)

type progressInput struct {
	Number string `query:"number" required:"true" maxLength:"60" doc:"办件编号" example:"13068200012026091400001X"`
	Code   string `query:"code" required:"true" maxLength:"40" doc:"查询码" example:"7K3M9P"`
}

// Progress is what the public may know of a case: nothing of the applicant,
// the form or the materials.
type Progress struct {
	Number     string      `json:"number" doc:"办件编号" example:"13068200012026091400001X"`
	Matter     string      `json:"matter" doc:"事项名称" example:"食品经营许可"`
	Body       string      `json:"body" doc:"实施主体" example:"定州市行政审批局"`
	Status     string      `json:"status" doc:"状态" example:"handling"`
	StatusName string      `json:"status_name" doc:"状态的名称" example:"办理中"`
	Steps      []Step      `json:"steps" doc:"正在办理的环节"`
	ReceivedAt string      `json:"received_at" doc:"收件时间" example:"2026-09-14T09:00:00+08:00"`
	AcceptedAt string      `json:"accepted_at,omitempty" doc:"受理时间" example:"2026-09-15T10:30:00+08:00"`
	Statutory  *Running    `json:"statutory,omitempty" doc:"法定期限；受理后起算"`
	Promised   *Running    `json:"promised,omitempty" doc:"承诺期限；受理后起算"`
	Notice     *Notice     `json:"notice,omitempty" doc:"等待补正时：补正告知"`
	Procedures []Procedure `json:"procedures,omitempty" doc:"特别程序和现场核查，从早到晚"`
	History    []Happening `json:"history" doc:"办理经过，从早到晚"`
}

type progressOutput struct{ Body Progress }

func (a *API) getProgress(ctx context.Context, in *progressInput) (*progressOutput, error) {
	p, err := a.Casework.Progress(ctx, in.Number, in.Code)
	if err != nil {
		return nil, err
	}
	procedures, err := a.proceduresOf(ctx, p.Case)
	if err != nil {
		return nil, err
	}
	return &progressOutput{Progress{Number: p.Number, Matter: p.ItemName, Body: p.Impl.Body.Name, Status: string(p.Status),
		StatusName: text.Label(text.Status, string(p.Status)), Steps: stepsOf(p.Case, p.Impl), ReceivedAt: at(p.ReceivedAt),
		AcceptedAt: at(p.AcceptedAt), Statutory: runningOf(p.Clocks.Statutory), Promised: runningOf(p.Clocks.Promised),
		Notice: noticeOf(p.Notice), Procedures: procedures, History: historyOf(p.History)}}, nil
}

func stepsOf(c *casework.Case, impl *catalog.Implementation) []Step {
	out := []Step{}
	for _, t := range c.Flow.Open {
		s, _ := impl.Flow.Step(t.Step)
		out = append(out, Step{t.Step, s.Name, at(t.Since)})
	}
	return out
}

// Procedure is one special procedure or site visit as the public may know it.
type Procedure struct {
	Kind        string `json:"kind" doc:"种类" example:"expert"`
	Name        string `json:"name" doc:"名称" example:"专家评审"`
	State       string `json:"state" doc:"状态：open 进行中、signing 待签字、ready 有结果、done 已结束、cancelled 已取消" example:"open"`
	StateName   string `json:"state_name" doc:"状态的名称" example:"进行中"`
	Law         string `json:"law" doc:"依据" example:"行政许可法第四十五条"`
	StoppedDays int    `json:"stopped_days" doc:"告知的所需时间（工作日），不计算在办理期限内；0 表示计入期限" example:"15"`
	From        string `json:"from" doc:"开始或者约定的日期" example:"2026-09-16"`
	By          string `json:"by,omitempty" doc:"最迟日期" example:"2026-10-14"`
	To          string `json:"to,omitempty" doc:"结束日期" example:"2026-09-25"`
	Outcome     string `json:"outcome,omitempty" doc:"现场核查的结论：passed、rectify、failed" example:"passed"`
}

func (a *API) proceduresOf(ctx context.Context, c *casework.Case) (out []Procedure, err error) {
	all, err := a.Procedures.Stages(ctx, c)
	for _, s := range all {
		x := Procedure{Kind: string(s.Kind), Name: s.Name, State: string(s.State), StateName: text.Label(text.ProcedureState, string(s.State)),
			Law: s.Law, StoppedDays: s.Days, From: s.From.String()}
		if s.By != 0 {
			x.By = s.By.String()
		}
		if s.To != 0 {
			x.To = s.To.String()
		}
		if s.Kind == procedure.SiteVisit {
			x.Outcome = string(s.Outcome)
		}
		out = append(out, x)
	}
	return out, err
}
