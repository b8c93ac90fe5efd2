package api

import (
	"context"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/catalog"
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
	History    []Happening `json:"history" doc:"办理经过，从早到晚"`
}

type progressOutput struct{ Body Progress }

func (a *API) getProgress(ctx context.Context, in *progressInput) (*progressOutput, error) {
	p, err := a.Casework.Progress(ctx, in.Number, in.Code)
	if err != nil {
		return nil, err
	}
	return &progressOutput{Progress{Number: p.Number, Matter: p.ItemName, Body: p.Impl.Body.Name, Status: string(p.Status),
		StatusName: text.Label(text.Status, string(p.Status)), Steps: stepsOf(p.Case, p.Impl), ReceivedAt: at(p.ReceivedAt),
		AcceptedAt: at(p.AcceptedAt), Statutory: runningOf(p.Clocks.Statutory), Promised: runningOf(p.Clocks.Promised),
		Notice: noticeOf(p.Notice), History: historyOf(p.History)}}, nil
}

func stepsOf(c *casework.Case, impl *catalog.Implementation) []Step {
	out := []Step{}
	for _, t := range c.Flow.Open {
		s, _ := impl.Flow.Step(t.Step)
		out = append(out, Step{t.Step, s.Name, at(t.Since)})
	}
	return out
}
