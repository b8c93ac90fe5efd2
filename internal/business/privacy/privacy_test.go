package privacy_test

import (
	"context"
	"strings"
	"testing"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/privacy"
	"onewindow/internal/kit/fault"
)

// 个人信息保护法第十七条、第三十条: who, how to reach them, why, how, which data, how
// long, one's rights, and of sensitive data the necessity and the effect.
func TestTheNoticeTellsWhatTheLawWantsTold(t *testing.T) {
	text := ""
	for _, p := range privacy.Current().Parts {
		text += p.Title + p.Text
	}
	for _, want := range []string{"联系方式", "为什么处理", "处理哪些信息", "保存多久", "您的权利", "敏感个人信息", "不提供的", "不以自动化方式作出不予许可"} {
		if !strings.Contains(text, want) {
			t.Errorf("the notice lacks %s", want)
		}
	}
	for i, n := range privacy.Notices() {
		if n.Version != len(privacy.Notices())-i {
			t.Errorf("version %d at place %d", n.Version, i)
		}
	}
}

func TestAssessmentsAreKept(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		ctx, s := context.Background(), privacy.New(w.DB)
		in := privacy.Assess{Title: "健康信息", Purpose: "公共场所卫生许可所必需", Risks: "泄露", Measures: "加密、遮盖、留痕", Outcome: "可以处理"}
		for login, kind := range map[string]fault.Kind{"lina": fault.KindDenied, "handler": fault.KindDenied} {
			if _, err := s.Assess(ctx, w.Actor(login), in); fault.Of(err) == nil || fault.Of(err).Kind != kind {
				t.Errorf("%s: %v", login, err)
			}
		}
		if _, err := s.Assess(ctx, w.Actor("catalog"), privacy.Assess{Title: "x"}); fault.Of(err) == nil || len(fault.Of(err).Fields) != 4 {
			t.Errorf("incomplete: %v", err)
		}
		if _, err := s.Assess(ctx, w.Actor("catalog"), in); err != nil {
			t.Fatal(err)
		}
		all, err := s.List(ctx, w.Actor("catalog"), "", 10)
		if err != nil || len(all) != 1 || all[0].KeepTo < calendar.DayOf(w.Clock.Now()).AddMonths(36) {
			t.Errorf("%+v %v", all, err)
		}
		if a, err := s.Get(ctx, w.Actor("catalog"), all[0].ID); err != nil || a != all[0] {
			t.Errorf("%+v %v", a, err)
		}
		if _, err := s.Get(ctx, w.Actor("catalog"), "none"); fault.Of(err) == nil || fault.Of(err).Kind != fault.KindMissing {
			t.Errorf("missing: %v", err)
		}
	})
}
