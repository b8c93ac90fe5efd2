package logs_test

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"onewindow/internal/kit/id"
	"onewindow/internal/kit/logs"
)

func TestScrub(t *testing.T) {
	for in, want := range map[string]string{
		"call 13812345678 now":     "call 138****5678 now",
		"+8613812345678":           "+86138****5678",
		"(13812345678)":            "(138****5678)",
		"id 11010519491231002X ok": "id 110***********002X ok",
		"id 11010519491231002x":    "id 110***********002x",
		"mail to li.si@example.cn": "mail to l***@example.cn",
		"张三@例子.中国":                 "张***@例子.中国",
		// what only looks alike stays
		"110105194912310021":         "110105194912310021",
		"330100260914000001":         "330100260914000001",
		"12345678901":                "12345678901",
		"138123456789":               "138123456789",
		"a13812345678":               "a13812345678",
		"91330106MA2B0XXXX3":         "91330106MA2B0XXXX3",
		"2026-09-14T01:00:00.000Z":   "2026-09-14T01:00:00.000Z",
		"06cn4m8kq2y13812345678zz00": "06cn4m8kq2y13812345678zz00",
		"张三":                         "张三",
		"":                           "",
	} {
		if got := logs.Scrub(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

// Scrubbing twice changes nothing more, and no identifier of ours is touched.
func TestScrubProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		once := logs.Scrub(rapid.String().Draw(t, "text"))
		if again := logs.Scrub(once); again != once {
			t.Fatalf("%q became %q", once, again)
		}
		if own := id.New(); logs.Scrub(own) != own {
			t.Fatalf("id %s was masked", own)
		}
	})
}

func TestLines(t *testing.T) {
	for _, format := range []string{"text", "json"} {
		var b strings.Builder
		log, err := logs.New(&b, "info", format)
		if err != nil {
			t.Fatal(err)
		}
		ctx := logs.WithRequest(context.Background(), "r1")
		log.DebugContext(ctx, "hidden")
		log.With("phone", "13812345678").WithGroup("g").InfoContext(ctx, "to 13912345678",
			"error", errors.New("13712345678 busy"), "who", stringer{}, slog.Group("in", "mail", "li@example.cn"), "n", 7)
		line := b.String()
		for _, s := range []string{"138****5678", "139****5678", "137****5678", "136****5678", "l***@example.cn", "r1"} {
			if !strings.Contains(line, s) {
				t.Errorf("%s: %s is missing in %s", format, s, line)
			}
		}
		if strings.Count(line, "12345678") > 0 || strings.Contains(line, "hidden") || strings.Count(line, "\n") != 1 {
			t.Errorf("%s: %s", format, line)
		}
		if format == "json" && !json.Valid([]byte(line)) {
			t.Errorf("not JSON: %s", line)
		}
	}
}

type stringer struct{}

func (stringer) String() string { return "13612345678" }

func TestNewRefuses(t *testing.T) {
	for _, x := range [][2]string{{"loud", "text"}, {"info", "xml"}} {
		if _, err := logs.New(nil, x[0], x[1]); err == nil {
			t.Errorf("took %v", x)
		}
	}
}

func TestRequestID(t *testing.T) {
	const trace = "4bf92f3577b34da6a3ce929d0e0e4736"
	for header, want := range map[string]string{
		"00-" + trace + "-00f067aa0ba902b7-01":                        trace,
		"ff-" + trace + "-00f067aa0ba902b7-01":                        "",
		"00-00000000000000000000000000000000-00f067aa0ba902b7-01":     "",
		"00-" + strings.ToUpper(trace) + "-00f067aa0ba902b7-01":       "",
		"00-<script>alert(1)</script>aaaaaaaaaaa-00f067aa0ba902b7-01": "",
		"": "",
	} {
		got := logs.NewRequestID(http.Header{"Traceparent": {header}})
		if want == "" && !id.Valid(got) || want != "" && got != want {
			t.Errorf("%q gave %q", header, got)
		}
	}
	if logs.RequestID(context.Background()) != "" {
		t.Error("an id from nowhere")
	}
}
