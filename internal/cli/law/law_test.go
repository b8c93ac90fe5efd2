package law

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/deadline"
	"onewindow/internal/kit/code"

	"github.com/alecthomas/kong"
)

// run parses a command line as the program does and gives what it prints.
func run(t *testing.T, args ...string) (string, error) {
	t.Helper()
	var cli struct {
		Deadline DeadlineCmd `cmd:""`
		Code     CodeCmd     `cmd:""`
	}
	var out bytes.Buffer
	p, err := kong.New(&cli, kong.BindTo(io.Writer(&out), (*io.Writer)(nil)))
	if err != nil {
		t.Fatal(err)
	}
	ctx, err := p.Parse(args)
	if err != nil {
		return "", err
	}
	err = ctx.Run()
	return out.String(), err
}

// 行政许可法第四十五条, 第八十二条; 民法典第二百零一条第一款.
func TestDeadlineDayByDay(t *testing.T) {
	got, err := run(t, "deadline", "--start", "2026-09-18", "--limit", "6", "--stop", "2026-09-28..2026-09-29:听证")
	if err != nil {
		t.Fatal(err)
	}
	want := `起算日      2026年9月18日 星期五
时限        6个工作日
停止计时    2026年9月28日至2026年9月29日 听证
届满日      2026年9月30日 星期三
节假日表    第1版，已录入2021年至2026年

日期        星期    计数   说明
2026-09-18  星期五  —      首日不计（民法典第二百零一条第一款）
2026-09-19  星期六  —      周末，不计入（行政许可法第八十二条）
2026-09-20  星期日  1      国庆节：调休上班，计入
2026-09-21  星期一  2      工作日
2026-09-22  星期二  3      工作日
2026-09-23  星期三  4      工作日
2026-09-24  星期四  5      工作日
2026-09-25  星期五  —      中秋节：法定节假日或者调休放假，不计入（行政许可法第八十二条）
2026-09-26  星期六  —      中秋节：法定节假日或者调休放假，不计入（行政许可法第八十二条）
2026-09-27  星期日  —      中秋节：法定节假日或者调休放假，不计入（行政许可法第八十二条）
2026-09-28  星期一  —      听证：停止计时，不计入
2026-09-29  星期二  —      听证：停止计时，不计入
2026-09-30  星期三  6      工作日
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// 民法典第二百零三条第一款; a year that is not loaded is said to be missing.
func TestDeadlineBrief(t *testing.T) {
	for _, c := range []struct {
		args string
		want []string
	}{
		{"--start 2026-09-29 --limit 4 --unit natural", []string{
			"时限        4个自然日\n",
			"届满日      2026年10月8日 星期四\n",
			"2026-10-01 至 2026-10-03    3     2—4      国庆节：计入\n",
			"2026-10-04 至 2026-10-07    4     —        国庆节：末日为休假日，顺延（民法典第二百零三条第一款）\n",
		}},
		{"--start 2026-12-18 --limit 20 --extend 2", []string{
			"延长        2个工作日\n",
			"届满日      2027年1月19日 星期二（暂定：2027年的节假日安排尚未录入）\n",
			"2027-01-01                  1     10       工作日（节假日安排尚未录入，暂按工作日计）\n",
		}},
		{"--start 2026-10-01 --limit 0", []string{"时限        当日\n", "届满日      2026年10月8日 星期四\n"}},
	} {
		got, err := run(t, append([]string{"deadline", "--brief"}, strings.Fields(c.args)...)...)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range c.want {
			if !strings.Contains(got, want) {
				t.Errorf("%s: no %q in\n%s", c.args, want, got)
			}
		}
	}
}

func TestDeadlineJSON(t *testing.T) {
	out, err := run(t, "deadline", "--start=2026-09-18", "--limit=20", "--json",
		"--stop=2026-09-21..2026-09-22", "--stop=2026-09-23..2026-09-24:专家评审")
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Calendar int
		Clock    deadline.Clock
		deadline.Due
	}
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatal(err)
	}
	want := deadline.Compute(calendar.Builtin(), got.Clock)
	if got.Day != calendar.MustDay("2026-10-28") || len(got.Days) != len(want.Days) || got.Calendar != calendar.BuiltinVersion {
		t.Errorf("due %s with %d days, table %d", got.Day, len(got.Days), got.Calendar)
	}
	if s := got.Clock.Stops; len(s) != 2 || s[1].Kind != "专家评审" {
		t.Errorf("stops %v", s)
	}
}

func TestDeadlineRefuses(t *testing.T) {
	for args, want := range map[string]string{
		"--start 2026-02-29 --limit 5":                                      "起算日“2026-02-29”不是真实日期",
		"--start 2026-09-18 --limit=-1":                                     "时限应在0至3660个工作日之间",
		"--start 2026-09-18 --limit 21 --unit year":                         "时限应在0至20年之间",
		"--start 2026-09-18 --limit 20 --extend=-1":                         "延长应在0至3660个工作日之间",
		"--start 2026-09-18 --limit 20 --stop 2026-09-21":                   "样式",
		"--start 2026-09-18 --limit 20 --stop x..2026-09-21":                "停止计时的首日“x”不是真实日期",
		"--start 2026-09-18 --limit 20 --stop 2026-09-21..y":                "停止计时的末日“y”不是真实日期",
		"--start 2026-09-18 --limit 20 --stop 2026-09-21..2026-09-18:早于首日的": "末日早于首日",
	} {
		out, err := run(t, append([]string{"deadline"}, strings.Fields(args)...)...)
		if err == nil || !strings.Contains(err.Error(), want) || out != "" {
			t.Errorf("%s: %v %q, want %q", args, err, out, want)
		}
	}
	if err := (&DeadlineCmd{Start: "2026-09-18", Limit: 1, Unit: "day"}).Run(io.Discard); err == nil {
		t.Error("an unknown unit was accepted")
	}
}

func TestCodes(t *testing.T) {
	for args, want := range map[string]string{
		"uscc 11370830004335078g":          "统一社会信用代码 11370830004335078G：正确\n",
		"uscc 11370830004335078H":          "统一社会信用代码 11370830004335078H：不正确。第18位校验码应为“G”，请核对各位是否录入有误。\n",
		"uscc 1137083000433507":            "统一社会信用代码 1137083000433507：不正确。应为18位，现为16位。\n",
		"uscc 1137O830004335078G":          "统一社会信用代码 1137O830004335078G：不正确。第5位不能是“O”。\n",
		"id 11010519491231002x":            "公民身份号码 110***********002X：正确\n",
		"id 110105194913310021":            "公民身份号码 110***********0021：不正确。第7至14位不是真实的出生日期。\n",
		"id 990105194912310021":            "公民身份号码 990***********0021：不正确。第1至6位不是行政区划代码。\n",
		"item 11450721MB155808110000":      "事项编码 11450721MB155808110000：不正确。应为12、31、33、34、36位，现为22位。\n",
		"licence 1.2.156.3005.2.1.2":       "证照标识 1.2.156.3005.2.1.2：不正确。前缀之后应有5段，现为2段。\n",
		"licence 1.2.156.3005.2.1.2.3.4.5": "证照标识 1.2.156.3005.2.1.2.3.4.5：不正确。自第16位起的一段应为21位，现为1位。\n",
		"item 11370830004335078G400011513100301012": `事项编码 11370830004335078G400011513100301012：正确
  实施主体          11370830004335078G
  行使层级          4
  基本编码          000115131003
  业务办理项        01
  材料序号          012
`,
		"licence 1.2.156.3005.2.11100000MB03271699022.340100.000000016.001.9": `证照标识 1.2.156.3005.2.11100000MB03271699022.340100.000000016.001.9：正确
  证照类型代码      11100000MB03271699022
  颁发机构代码      340100
  流水号            000000016
  版本号            001
`,
	} {
		got, err := run(t, append([]string{"code"}, strings.Fields(args)...)...)
		if got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", args, got, want)
		}
		if wrong := strings.Contains(want, "不正确"); errors.Is(err, ErrWrong) != wrong || (err != nil) != wrong {
			t.Errorf("%s ends with %v", args, err)
		}
	}
}

func TestCodeJSON(t *testing.T) {
	out, err := run(t, "code", "id", "110105194912310021", "--json")
	var got finding
	if jerr := json.Unmarshal([]byte(out), &got); jerr != nil || !errors.Is(err, ErrWrong) {
		t.Fatal(jerr, err)
	}
	if got.OK || got.Wrong != code.WrongCheck || got.Args["want"] != "X" || strings.Contains(out, "19491231") {
		t.Errorf("%s", out)
	}
	if _, err := run(t, "code", "passport", "E12345678"); err == nil || errors.Is(err, ErrWrong) {
		t.Errorf("an unknown kind gives %v", err)
	}
}

// Every code that package code can return has a message, and the message
// leaves no argument unfilled.
func TestEveryFindingHasAMessage(t *testing.T) {
	args := map[string]string{"want": "1", "got": "2", "pos": "3", "char": "4", "from": "5", "to": "6"}
	for _, c := range []string{code.WrongLength, code.WrongPart, code.WrongChar, code.WrongCheck, code.WrongDate,
		code.WrongArea, code.WrongPrefix, code.WrongSegments, code.WrongVersion, code.WrongLevel} {
		if text := say(code.Field("x", &code.Error{Code: c, Args: args})); text == "" || strings.Contains(text, "{") {
			t.Errorf("%s says %q", c, text)
		}
	}
}
