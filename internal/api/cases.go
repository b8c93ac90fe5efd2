package api

import (
	"context"
	"net/http"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/deadline"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/text"
)

var reads = []staff.Permission{staff.CaseRead}

func (a *API) caseCalls() {
	on(a, call{id: "list-cases", method: http.MethodGet, path: "/cases", tag: "办件", summary: "列出办件", needs: reads,
		about: "令牌所属账号可以查看的办件，最新收件的在前。申请人看到自己的办件，工作人员看到职责范围内的办件。", done: "办件"}, a.listCases)
	on(a, call{id: "get-case", method: http.MethodGet, path: "/cases/{id}", tag: "办件", summary: "查看办件", needs: reads,
		about: "一个办件的现状：状态、环节、两个办理期限及其逐日推算、材料、补正要求、办理经过。", done: "办件", faults: []string{"404 case.missing"}}, a.getCase)
	on(a, call{id: "supplement-case", method: http.MethodPost, path: "/cases/{id}/supplement", tag: "办件", summary: "提交补正",
		needs: []staff.Permission{staff.CaseSupplement, staff.CaseRead}, key: mayKey,
		about: "补正告知书要求的材料上传齐全后提交。告知书指出申请表有误（form）的，在 values 中给出更正后的申请表。", done: "补正已提交",
		faults: []string{"404 case.missing", "409 case.stale", "412 case.stale", "422 supplement.not_asked", "422 form.invalid", "422 form.document"}}, a.supplementCase)
	on(a, call{id: "withdraw-case", method: http.MethodPost, path: "/cases/{id}/withdrawal", tag: "办件", summary: "撤回申请",
		needs: []staff.Permission{staff.CaseWithdraw, staff.CaseRead}, key: mayKey,
		about: "在作出决定以前撤回申请，办件随即终止，不能恢复。", done: "已撤回",
		faults: []string{"404 case.missing", "409 case.stale", "412 case.stale", "422 withdraw.decided", "422 form.invalid"}}, a.withdrawCase)
	on(a, call{id: "get-progress", method: http.MethodGet, path: "/progress", tag: "公众查询", summary: "凭编号和查询码查询进度", guess: everybodyGuesses,
		about: "不需要令牌。编号和查询码在收件凭证上。编号不存在与查询码不对，答复相同。", done: "进度",
		faults: []string{"404 progress.not_found", "422 case.number"}}, a.getProgress)
}

type pageInput struct {
	Limit int    `query:"limit" minimum:"1" maximum:"100" default:"20" doc:"最多几项" example:"20"`
	After string `query:"after" pattern:"^[0-9a-z]{26}$" doc:"上一页的 next"`
}

// CaseLine is a case in a list, and what is left of one after an act.
type CaseLine struct {
	ID           string `json:"id" doc:"办件标识" example:"01k6f3w9x2m8q4v7c5t1h0j6rc"`
	Number       string `json:"number" doc:"办件编号" example:"13068200012026091400001X"`
	Version      int    `json:"version" doc:"办件的版本" example:"3"`
	Status       string `json:"status" doc:"状态：received、supplement、handling、granted、refused、concluded、not_required、not_competent、withdrawn、terminated" example:"handling"`
	StatusName   string `json:"status_name" doc:"状态的名称" example:"办理中"`
	Matter       string `json:"matter" doc:"事项名称" example:"食品经营许可"`
	Applicant    Party  `json:"applicant" doc:"申请人"`
	Channel      string `json:"channel" doc:"收件渠道：online、window、api" example:"api"`
	ReceivedAt   string `json:"received_at" doc:"收件时间" example:"2026-09-14T09:00:00+08:00"`
	AcceptedAt   string `json:"accepted_at,omitempty" doc:"受理时间" example:"2026-09-15T10:30:00+08:00"`
	DecidedAt    string `json:"decided_at,omitempty" doc:"作出决定的时间" example:"2026-09-21T16:00:00+08:00"`
	ConcludedAt  string `json:"concluded_at,omitempty" doc:"办结时间" example:"2026-09-22T09:00:00+08:00"`
	StatutoryDue string `json:"statutory_due,omitempty" doc:"法定期限届满日" example:"2026-10-22"`
	PromisedDue  string `json:"promised_due,omitempty" doc:"承诺期限届满日" example:"2026-09-29"`
	Provisional  bool   `json:"provisional" doc:"届满日落在节假日安排尚未公布的年份，公布后可能调整" example:"false"`
}

func caseLine(c *casework.Case) CaseLine {
	return CaseLine{c.ID, c.Number, c.Version, string(c.Status), text.Label(text.Status, string(c.Status)), c.ItemName,
		Party{c.ApplicantID, c.ApplicantName}, string(c.Channel), at(c.ReceivedAt), at(c.AcceptedAt), at(c.DecidedAt), at(c.ConcludedAt),
		day(c.StatutoryDue), day(c.PromisedDue), c.Provisional}
}

type casesOutput struct {
	Body struct {
		Items []CaseLine `json:"items" doc:"本页办件"`
		Next  string     `json:"next,omitempty" doc:"下一页的 after；最后一页没有这一项" example:"01k6f3w9x2m8q4v7c5t1h0j6rc"`
	} `nameHint:"CaseList"`
}

func (a *API) listCases(ctx context.Context, in *pageInput) (*casesOutput, error) {
	all, err := a.Casework.Cases(ctx, by(ctx), in.After, in.Limit)
	if err != nil {
		return nil, err
	}
	out := &casesOutput{}
	out.Body.Items = []CaseLine{}
	for _, c := range all {
		out.Body.Items = append(out.Body.Items, caseLine(c))
	}
	if len(all) == in.Limit {
		out.Body.Next = all[len(all)-1].ID
	}
	return out, nil
}

// Case is the whole of a case.
type Case struct {
	Summary   CaseLine      `json:"summary" doc:"概要"`
	Matter    MatterVersion `json:"matter" doc:"事项"`
	Steps     []Step        `json:"steps" doc:"正在办理的环节"`
	Form      Answered      `json:"form" doc:"申请表"`
	Materials []Given       `json:"materials" doc:"材料"`
	Notice    *Notice       `json:"notice,omitempty" doc:"补正告知"`
	Statutory *Running      `json:"statutory,omitempty" doc:"法定期限；受理后起算"`
	Promised  *Running      `json:"promised,omitempty" doc:"承诺期限；受理后起算"`
	History   []Happening   `json:"history" doc:"办理经过，从早到晚"`
}

// Step is an open step.
type Step struct {
	Key   string `json:"key" doc:"环节标识" example:"examine"`
	Name  string `json:"name" doc:"环节名称" example:"承办"`
	Since string `json:"since" doc:"何时到达这一环节" example:"2026-09-15T10:30:00+08:00"`
}

// Given is a material and what is there of it.
type Given struct {
	No     string `json:"no" doc:"材料编号" example:"002"`
	Name   string `json:"name" doc:"材料名称" example:"营业执照"`
	Need   string `json:"need" doc:"必要性：required、optional、deferrable" example:"required"`
	Shared bool   `json:"shared" doc:"是否由平台通过数据共享取得" example:"false"`
	Paper  int    `json:"paper" doc:"已交的纸质份数" example:"0"`
	There  bool   `json:"there" doc:"是否已经齐备" example:"true"`
	Files  []File `json:"files" doc:"文件"`
}

// Notice is the one supplement notice (一次性告知) of a case.
type Notice struct {
	NotifiedAt string       `json:"notified_at" doc:"告知时间" example:"2026-09-15T10:30:00+08:00"`
	Until      string       `json:"until" doc:"补正的截止日期" example:"2026-10-15"`
	AnsweredAt string       `json:"answered_at,omitempty" doc:"补正时间" example:"2026-09-16T09:00:00+08:00"`
	Items      []NoticeItem `json:"items" doc:"需要补正的全部内容"`
}

// NoticeItem is one thing to be supplied.
type NoticeItem struct {
	Material string `json:"material" doc:"材料编号，或者 form 表示申请表" example:"002"`
	Name     string `json:"name" doc:"名称" example:"营业执照"`
	Problem  string `json:"problem" doc:"有什么问题" example:"复印件不清晰"`
	Standard string `json:"standard" doc:"怎样才对" example:"提交清晰的彩色扫描件"`
}

// Running is a limit under way.
type Running struct {
	Limit       Limit  `json:"limit" doc:"期限"`
	Start       string `json:"start" doc:"起算日，当日不计入" example:"2026-09-15"`
	Due         string `json:"due" doc:"届满日" example:"2026-10-22"`
	Provisional bool   `json:"provisional" doc:"节假日安排尚未公布，届满日可能调整" example:"false"`
	Derivation  []Span `json:"derivation" doc:"推算过程：从起算日到届满日，连续而理由相同的日子合为一段"`
}

// Span is a run of days that count, or do not, for the same reason.
type Span struct {
	From   string `json:"from" doc:"从" example:"2026-09-16"`
	To     string `json:"to" doc:"到" example:"2026-09-18"`
	Counts bool   `json:"counts" doc:"是否计入" example:"true"`
	First  int    `json:"first,omitempty" doc:"第一天是第几日" example:"1"`
	Last   int    `json:"last,omitempty" doc:"最后一天是第几日" example:"3"`
	Why    string `json:"why" doc:"理由代码" example:"working"`
	Reason string `json:"reason" doc:"理由" example:"工作日"`
}

// Happening is what was done to a case.
type Happening struct {
	At   string `json:"at" doc:"时间" example:"2026-09-15T10:30:00+08:00"`
	Kind string `json:"kind" doc:"代码" example:"case.accepted"`
	Name string `json:"name" doc:"名称" example:"受理"`
	Step string `json:"step,omitempty" doc:"环节标识" example:"accept"`
}

type caseOutput struct {
	ETag string `header:"ETag" doc:"办件的版本，用作 If-Match" example:"\"3.9f86d081\""`
	Body Case
}

func (a *API) getCase(ctx context.Context, in *idInput) (*caseOutput, error) {
	d, err := a.Casework.Dossier(ctx, by(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	out := &caseOutput{Body: Case{Summary: caseLine(d.Case), Matter: versionOf(d.Impl, d.Variant), Steps: stepsOf(d.Case, d.Impl),
		Form: answeredOf(d.Impl.Form, d.Values), Materials: []Given{}, Notice: noticeOf(d.Notice),
		Statutory: runningOf(d.Clocks.Statutory), Promised: runningOf(d.Clocks.Promised), History: historyOf(d.History)}}
	for _, g := range d.Materials {
		out.Body.Materials = append(out.Body.Materials, Given{g.No, g.Name, string(g.Need), g.Shared, g.Paper, g.There(), filesOf(g.Files)})
	}
	out.ETag = contentTag(d.Version, out.Body)
	return out, nil
}

func noticeOf(n *casework.SupplementNotice) *Notice {
	if n == nil {
		return nil
	}
	out := &Notice{at(n.NotifiedAt), day(n.Until), at(n.AnsweredAt), []NoticeItem{}}
	for _, i := range n.Items {
		out.Items = append(out.Items, NoticeItem(i))
	}
	return out
}

func runningOf(r *casework.Running) *Running {
	if r == nil {
		return nil
	}
	out := &Running{plainLimit(r.Limit.Limit), day(r.Clock.Start), day(r.Due.Day), r.Due.Provisional, []Span{}}
	for _, s := range deadline.Group(r.Due.Days) {
		reason := text.Label(text.Reason, s.Why)
		if s.Name != "" {
			reason += "：" + s.Name
		}
		out.Derivation = append(out.Derivation, Span{day(s.From), day(s.To), s.Counts, s.First, s.Last, s.Why, reason})
	}
	return out
}

// historyOf leaves out who did it and what they noted: that is for the file.
func historyOf(all []casework.Happening) []Happening {
	out := []Happening{}
	for _, h := range all {
		out = append(out, Happening{at(h.At), h.Kind, text.Label(text.Happening, h.Kind), h.Step})
	}
	return out
}

type supplementInput struct {
	ID      string `path:"id" pattern:"^[0-9a-z]{26}$" doc:"办件标识" example:"01k6f3w9x2m8q4v7c5t1h0j6rc"`
	IfMatch string `header:"If-Match" maxLength:"60" doc:"上次取得的 ETag" example:"\"3\""`
	Body    struct {
		Values answers `json:"values,omitempty" doc:"更正后的申请表；告知书没有指出申请表有误的不要带"`
	} `nameHint:"Supplement"`
}

type caseLineOutput struct {
	ETag string `header:"ETag" doc:"办件的版本" example:"\"4\""`
	Body CaseLine
}

func (a *API) supplementCase(ctx context.Context, in *supplementInput) (*caseLineOutput, error) {
	seen, err := seenVersion(in.IfMatch)
	if err != nil {
		return nil, err
	}
	act := casework.SupplementCase{Seen: casework.Seen{CaseID: in.ID, Version: seen}}
	if in.Body.Values != nil {
		d, err := a.Casework.Dossier(ctx, by(ctx), in.ID)
		if err != nil {
			return nil, err
		}
		if act.Values, err = in.Body.Values.read(d.Impl.Form, d.Values); err != nil {
			return nil, err
		}
		act.Version = d.Version
		if seen != 0 {
			act.Version = seen
		}
	}
	return a.afterwards(ctx, in.ID, seen, a.Casework.Supplement(ctx, by(ctx), act))
}

type withdrawInput struct {
	ID      string `path:"id" pattern:"^[0-9a-z]{26}$" doc:"办件标识" example:"01k6f3w9x2m8q4v7c5t1h0j6rc"`
	IfMatch string `header:"If-Match" maxLength:"60" doc:"上次取得的 ETag" example:"\"3\""`
	Body    struct {
		Reason string `json:"reason" maxLength:"500" pattern:"^[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f]*$" doc:"撤回的原因" example:"经营计划改变"`
	} `nameHint:"Withdrawal"`
}

func (a *API) withdrawCase(ctx context.Context, in *withdrawInput) (*caseLineOutput, error) {
	seen, err := seenVersion(in.IfMatch)
	if err != nil {
		return nil, err
	}
	err = a.Casework.Withdraw(ctx, by(ctx), casework.Withdraw{Seen: casework.Seen{CaseID: in.ID, Version: seen}, Reason: in.Body.Reason})
	return a.afterwards(ctx, in.ID, seen, err)
}

// afterwards is where the case stands after an act on it.
func (a *API) afterwards(ctx context.Context, caseID string, seen int, err error) (*caseLineOutput, error) {
	if err != nil {
		return nil, a.staleCase(ctx, caseID, seen, err)
	}
	d, err := a.Casework.Dossier(ctx, by(ctx), caseID)
	if err != nil {
		return nil, fault.Internal(err)
	}
	return &caseLineOutput{versionTag(d.Version), caseLine(d.Case)}, nil
}
