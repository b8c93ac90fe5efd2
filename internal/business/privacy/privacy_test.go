package privacy_test

import (
	"context"
	"strings"
	"testing"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/privacy"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// 个人信息保护法第十七条、第三十条: who, how to reach them, why, how, which data, how
// long, one's rights, and of sensitive data the necessity and the effect.
func TestTheNoticeTellsWhatTheLawWantsTold(t *testing.T) {
	w := casetest.SQLite(t)
	now, err := privacy.New(w.DB).Current(context.Background())
	if err != nil || now.Version != 1 || len(now.Lacks()) > 0 {
		t.Fatalf("%+v %v", now, err)
	}
	text := ""
	for _, p := range now.Parts {
		text += p.Title + p.Text
	}
	for _, want := range []string{"联系方式", "为什么处理", "处理哪些信息", "保存多久", "您的权利", "敏感个人信息", "不提供的", "不以自动化方式作出不予许可"} {
		if !strings.Contains(text, want) {
			t.Errorf("the notice lacks %s", want)
		}
	}
}

// A new version is written by one and published by another, for a day to come; the
// earlier one stays as it was, and a page that showed it is told.
func TestANoticeIsPublished(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		ctx, s := context.Background(), privacy.New(w.DB)
		a, b, today := w.Actor("catalog"), w.Actor("catalog2"), calendar.DayOf(w.Clock.Now())
		refuses := func(what string, err error, code string) {
			t.Helper()
			if f := fault.Of(err); f == nil || f.Code != code && (len(f.Fields) == 0 || f.Fields[0].Code != code) {
				t.Errorf("%s: %v, want %s", what, err, code)
			}
		}
		old, err := s.Current(ctx)
		if err != nil {
			t.Fatal(err)
		}
		parts := append([]privacy.Part{}, old.Parts...)
		refuses("a handler", s.SaveNotice(ctx, w.Actor("handler"), privacy.SaveNotice{Parts: parts}), "permission")
		refuses("nothing to hand over", s.HandOverNotice(ctx, a, 0), "privacy.lacks")
		if err := s.SaveNotice(ctx, a, privacy.SaveNotice{Parts: parts[1:]}); err != nil {
			t.Fatal(err)
		}
		refuses("what the law wants told", s.HandOverNotice(ctx, a, 1), "privacy.lacks")
		refuses("stale", s.SaveNotice(ctx, b, privacy.SaveNotice{Parts: parts}), "stale")
		parts[0].Text += "另有新的机关。"
		refuses("too long", s.SaveNotice(ctx, a, privacy.SaveNotice{Revision: 1, Parts: []privacy.Part{{Key: "who", Text: strings.Repeat("长", 5001)}}}), "text.too_long")
		if err := s.SaveNotice(ctx, a, privacy.SaveNotice{Revision: 1, Parts: parts}); err != nil {
			t.Fatal(err)
		}
		refuses("not handed over", s.PublishNotice(ctx, b, 2, today+1), "privacy.not_ready")
		if err := s.HandOverNotice(ctx, a, 2); err != nil {
			t.Fatal(err)
		}
		refuses("locked", s.SaveNotice(ctx, a, privacy.SaveNotice{Revision: 3, Parts: parts}), "privacy.ready")
		refuses("who wrote it", s.PublishNotice(ctx, a, 3, today+1), "privacy.same_person")
		refuses("today", s.PublishNotice(ctx, b, 3, today), "privacy.from_past")
		refuses("no reasons", s.SendBackNotice(ctx, b, 3, ""), "text.required")
		if err := s.SendBackNotice(ctx, b, 3, "写清楚联系方式"); err != nil {
			t.Fatal(err)
		}
		if err := s.HandOverNotice(ctx, a, 4); err != nil {
			t.Fatal(err)
		}
		if err := s.PublishNotice(ctx, b, 5, today+2); err != nil {
			t.Fatal(err)
		}
		all, err := s.Notices(ctx)
		if err != nil || len(all) != 2 || all[0].Version != 2 || all[0].ByName != b.Name || all[1].Parts[0] != old.Parts[0] {
			t.Errorf("%+v %v", all, err)
		}
		if now, err := s.Current(ctx); err != nil || now.Version != 1 {
			t.Errorf("in force before its day: %d %v", now.Version, err)
		}
		err = w.DB.Read(ctx, func(tx *db.Tx) error {
			if n, err := privacy.Told(tx, today+2, 2); n != 2 || err != nil {
				t.Errorf("%d %v", n, err)
			}
			_, err := privacy.Told(tx, today+2, 1)
			refuses("a page of before", err, "privacy.changed")
			return nil
		})
		if err != nil {
			t.Error(err)
		}
		if d, err := s.NoticeDraft(ctx, a); d != nil || err != nil {
			t.Errorf("%v %v", d, err)
		}
	})
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
