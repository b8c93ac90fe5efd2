package app

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/png"
	"slices"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/procedure"
	"onewindow/internal/business/staff"
)

// proceed takes the site visit that a matter always wants, or the expert review
// of one that has it, a step further. It says that the case has to wait for it
// today.
func (h *history) proceed(ctx context.Context, c *casework.Case, impl *catalog.Implementation, step flow.Step) (busy bool, err error) {
	if c.Status != casework.StatusHandling || step.Act != flow.Examine && step.Act != flow.Decide {
		return false, nil
	}
	who := h.handlerOf(c)
	if who.AccountID == "" {
		return false, nil
	}
	all, err := h.Procedure.OfCase(ctx, who, c)
	if err != nil {
		return false, err
	}
	if v := impl.SiteVisit; v != nil && v.Always {
		return h.visit(ctx, who, c, impl, procedure.Latest(all, procedure.SiteVisit))
	}
	if i := slices.IndexFunc(impl.Special, func(s catalog.SpecialProcedure) bool { return s.Kind == string(procedure.ExpertReview) }); i >= 0 {
		return h.review(ctx, who, c, impl.Special[i], procedure.Latest(all, procedure.ExpertReview))
	}
	return false, nil
}

// handlerOf is the demonstration handler of the body that decides.
func (h *history) handlerOf(c *casework.Case) staff.Actor {
	return h.actors[officersOf[c.BodyID]+"handler"]
}

// visit plans the visit, goes there, and lets each officer sign.
func (h *history) visit(ctx context.Context, who staff.Actor, c *casework.Case, impl *catalog.Implementation, last *procedure.Procedure) (bool, error) {
	now := h.clock.Now()
	switch {
	case last != nil && last.State == procedure.Open && last.At.After(now):
		return true, nil
	case last != nil && last.State == procedure.Open:
		return true, h.inspect(ctx, last)
	case last != nil && last.State == procedure.Signing:
		return true, h.signAll(ctx, last)
	case last != nil && last.Detail.Conclusion == procedure.Passed:
		return false, nil
	case last != nil && last.Detail.Conclusion == procedure.Rectify && calendar.DayOf(now) < last.Detail.Until:
		return true, nil
	case last != nil && last.Detail.Conclusion == procedure.Failed:
		return false, nil
	}
	from, err := h.Procedure.Candidates(ctx, who, c, impl)
	own := slices.DeleteFunc(from, func(x procedure.Candidate) bool { return x.Regulator })
	if err != nil || len(own) < 2 {
		return false, err
	}
	_, err = h.Procedure.Plan(ctx, who, procedure.Plan{Seen: casework.Seen{CaseID: c.ID}, At: h.cal.AddWorking(calendar.DayOf(now), 1).Time().Add(8*time.Hour + 30*time.Minute),
		Place: "申请人的场所（示例）", Organiser: procedure.ByBureau, Why: impl.SiteVisit.Text, Officers: []procedure.Appoint{
			{AccountID: own[0].AccountID, Number: "冀F执（示例）" + own[0].Name}, {AccountID: own[1].AccountID, Number: "冀F执（示例）" + own[1].Name}}})
	return true, err
}

// inspect writes the record of a visit; one in six asks for something to be put
// right.
func (h *history) inspect(ctx context.Context, p *procedure.Procedure) error {
	who, err := h.Staff.ActorOf(ctx, p.Officers[0].AccountID)
	if err != nil {
		return err
	}
	for _, what := range []string{"门面", "场所内部"} {
		picture := samplePicture(sum(p.ID + what))
		if _, err := h.Procedure.AddFile(ctx, who, procedure.AddFile{Seen: procedure.Seen{ID: p.ID}, Name: what + "（示例）.png", Caption: what + "（示例）",
			Size: int64(len(picture)), Content: bytes.NewReader(picture)}); err != nil {
			return err
		}
	}
	in := procedure.Record{Seen: procedure.Seen{ID: p.ID}, HeldAt: p.At, Findings: "场所、设施与申请材料一致，符合规定条件。", Present: "申请人（示例）", Conclusion: procedure.Passed}
	if p.Round == 1 && h.chance.IntN(6) == 0 {
		in.Conclusion, in.Findings = procedure.Rectify, "场所布局与图纸基本一致，个别设施需要整改。"
		in.Items = []procedure.Item{{Problem: "操作间没有设置独立的洗手池", Demand: "增设洗手池并接通给排水"}}
		in.Until = h.cal.AddWorking(calendar.DayOf(h.clock.Now()), 3)
	}
	if err := h.Procedure.Record(ctx, who, in); err != nil || h.chance.IntN(5) == 0 { // sometimes the signatures wait
		return err
	}
	p.Detail.Revision++
	return h.signAll(ctx, p)
}

func (h *history) signAll(ctx context.Context, p *procedure.Procedure) error {
	for _, o := range p.Officers {
		who, err := h.Staff.ActorOf(ctx, o.AccountID)
		if err == nil && !o.Signed() {
			err = h.Procedure.Sign(ctx, who, procedure.Sign{ID: p.ID, Revision: p.Detail.Revision})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// review begins the expert review with its notice, holds it some days later,
// and lets the clock run again.
func (h *history) review(ctx context.Context, who staff.Actor, c *casework.Case, s catalog.SpecialProcedure, last *procedure.Procedure) (bool, error) {
	now := h.clock.Now()
	switch {
	case last == nil:
		_, err := h.Procedure.Begin(ctx, who, procedure.Begin{Seen: casework.Seen{CaseID: c.ID}, Kind: procedure.ExpertReview, Days: max(s.Days, 10), Why: "项目技术复杂，需要专家评审（示例）"})
		return true, err
	case last.State.Ended():
		return false, nil
	case h.cal.WorkingBetween(last.From, calendar.DayOf(now)) < 4:
		return true, nil
	}
	seen := procedure.Seen{ID: last.ID}
	if err := h.Procedure.SetPanel(ctx, who, procedure.SetPanel{Seen: seen, At: now, Place: "市民服务中心会议室（示例）", Panel: []procedure.Expert{
		{Name: "专家甲（示例）", Unit: "省级设计院（示例）"}, {Name: "专家乙（示例）", Unit: "高等学校（示例）"}, {Name: "专家丙（示例）", Unit: "行业协会（示例）"}}}); err != nil {
		return true, err
	}
	page := samplePage("评审记录")
	if _, err := h.Procedure.AddFile(ctx, who, procedure.AddFile{Seen: seen, Name: "评审记录（示例）.pdf", Caption: "专家签字的评审记录（示例）", Size: int64(len(page)), Content: bytes.NewReader(page)}); err != nil {
		return true, err
	}
	yes := procedure.Opinion{Text: "方案可行，结论可信。", Supports: true}
	if err := h.Procedure.Record(ctx, who, procedure.Record{Seen: seen, HeldAt: now, Findings: "专家组一致认为方案可行。", Conclusion: procedure.Passed,
		Opinions: []procedure.Opinion{yes, yes, yes}}); err != nil {
		return true, err
	}
	return true, h.Procedure.End(ctx, who, procedure.End{Seen: seen})
}

// samplePicture is a small picture that shows nothing, for the photographs of
// the demonstration's past.
func samplePicture(seed uint32) []byte {
	img := image.NewRGBA(image.Rect(0, 0, 320, 240))
	for y := range 240 {
		for x := range 320 {
			img.Set(x, y, color.RGBA{uint8(90 + (uint32(x)+seed)%90), uint8(110 + (uint32(y)+seed>>8)%90), uint8(120 + (seed>>16)%90), 255})
		}
	}
	var b bytes.Buffer
	_ = png.Encode(&b, img) // into memory, of a picture that is sound
	return b.Bytes()
}
