package text

import (
	"strings"
	"testing"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/deadline"
	"onewindow/internal/kit/clock"
	"onewindow/internal/web/ui"
)

func at(s string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04:05", s, clock.Beijing)
	if err != nil {
		panic(err)
	}
	return t
}

func TestInstants(t *testing.T) {
	now := at("2026-11-23 14:05:00")
	if got := At(now.UTC()); got != "2026年11月23日 14:05" {
		t.Error(got)
	}
	if At(time.Time{}) != "" || Day(0) != "" {
		t.Error("none is nothing")
	}
	for when, want := range map[string]string{
		"2026-11-23 14:04:30": "刚刚",
		"2026-11-23 14:00:00": "5分钟前",
		"2026-11-23 00:10:00": "13小时前",
		"2026-11-22 23:59:00": "昨天 23:59",
		"2026-11-03 09:07:00": "11月3日 09:07",
		"2025-11-03 09:07:00": "2025年11月3日 09:07",
		"2026-11-23 15:00:00": "2026年11月23日 15:00", // not yet: another machine's clock
	} {
		if got := Since(at(when), now); got != want {
			t.Errorf("%s: %s, want %s", when, got, want)
		}
	}
}

func TestLeft(t *testing.T) {
	for n, want := range map[int]string{3: "还剩3个工作日", 0: "今天到期", -2: "已超期2个工作日"} {
		if got := Left(n, deadline.Working); got != want {
			t.Error(got)
		}
	}
	if got := Left(2, deadline.Month); got != "还剩2个月" {
		t.Error(got)
	}
}

func TestYuan(t *testing.T) {
	for cents, want := range map[int64]string{0: "0.00元", 5: "0.05元", 128000: "1,280.00元", 123456789: "1,234,567.89元", -100: "-1.00元"} {
		if got := Yuan(cents); got != want {
			t.Errorf("%d: %s", cents, got)
		}
	}
}

// 2026-09-18 and 20 working days end on 2026-10-22, over two holidays and two
// make-up days (行政许可法第八十二条).
func TestDerivation(t *testing.T) {
	l := deadline.Limit{N: 20, Unit: deadline.Working, Law: "行政许可法第四十二条第一款"}
	due := deadline.Compute(calendar.Builtin(), deadline.Clock{Start: calendar.MustDay("2026-09-18"), Limit: l})
	c := Derivation("法定期限", l, due)
	last := c.Days[len(c.Days)-1]
	if last.Month != 10 || last.Day != 22 || !last.Due || last.N != 20 || last.Kind != ui.DayCounted {
		t.Errorf("%+v", last)
	}
	if c.Days[0].Kind != ui.DayFirst || !c.Days[2].MakeUp {
		t.Errorf("%+v", c.Days[:3])
	}
	if c.Summary != "自2026年9月18日起（当日不计）20个工作日，2026年10月22日到期。" || c.Law != l.Law {
		t.Error(c.Summary)
	}
	longer := l
	longer.N = 30
	if c = Derivation("法定期限", l, deadline.Compute(calendar.Builtin(), deadline.Clock{Start: calendar.MustDay("2026-09-18"), Limit: longer})); !strings.Contains(c.Summary, "20个工作日，连同经批准延长的期限共30个工作日，") {
		t.Error(c.Summary)
	}
	for _, d := range c.Days {
		if d.Kind == ui.DayOutside {
			t.Errorf("a day without a look: %+v", d)
		}
	}
}
