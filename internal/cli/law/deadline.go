// Package law holds the commands that answer a question of law without a
// database: how a limit is counted, and what is wrong with a code. The command
// structs are read by kong; their output is Chinese.
package law

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/deadline"
)

// DeadlineCmd prints the due day of a limit and its derivation by the calendar
// inside the program.
type DeadlineCmd struct {
	Start  string   `required:"" placeholder:"日期" help:"起算日，如 2026-09-18；当日不计入。"`
	Limit  int      `required:"" placeholder:"N" help:"时限的数目，0 为当日。"`
	Unit   string   `enum:"working,natural,month,year" default:"working" help:"单位：working 工作日，natural 自然日，month 月，year 年。"`
	Stop   []string `sep:"none" placeholder:"起..止[:事由]" help:"停止计时的期间，首尾两日均不计入，可以多次给出，如 2026-09-21..2026-09-24:听证。"`
	Extend int      `placeholder:"N" help:"延长的数目，单位与时限相同。"`
	Brief  bool     `help:"理由相同的连续日期合并为一行。"`
	JSON   bool     `name:"json" help:"以 JSON 输出。"`
}

// Run computes the due day and writes it to w. Input that cannot be computed
// with is an error with a Chinese message.
func (c *DeadlineCmd) Run(w io.Writer) error {
	clock, err := c.clock()
	if err != nil {
		return err
	}
	table := calendar.Builtin()
	due := deadline.Compute(table, clock)
	if c.JSON {
		return writeJSON(w, struct {
			Calendar int            `json:"calendar"`
			Clock    deadline.Clock `json:"clock"`
			deadline.Due
		}{table.Version(), clock, due})
	}
	var b strings.Builder
	writeHead(&b, table, clock, due)
	if c.Brief {
		writeSpans(&b, due)
	} else {
		writeDays(&b, due)
	}
	_, err = io.WriteString(w, b.String())
	return err
}

// clock reads the flags.
func (c *DeadlineCmd) clock() (deadline.Clock, error) {
	start, err := readDay("起算日", c.Start)
	if err != nil {
		return deadline.Clock{}, err
	}
	out := deadline.Clock{Start: start, Limit: deadline.Limit{N: c.Limit, Unit: deadline.Unit(c.Unit)}}
	if err := checkLimit("时限", out.Limit); err != nil {
		return deadline.Clock{}, err
	}
	if c.Extend != 0 {
		if err := checkLimit("延长", deadline.Limit{N: c.Extend, Unit: out.Limit.Unit}); err != nil {
			return deadline.Clock{}, err
		}
		out.Extensions = []deadline.Extension{{N: c.Extend}}
	}
	for _, text := range c.Stop {
		s, err := readStop(text)
		if err != nil {
			return deadline.Clock{}, err
		}
		out.Stops = append(out.Stops, s)
	}
	return out, nil
}

func checkLimit(what string, l deadline.Limit) error {
	switch {
	case l.Unit.Max() == 0:
		return fmt.Errorf("没有“%s”这个单位，应为 working、natural、month 或 year", l.Unit)
	case l.Check() != nil:
		return fmt.Errorf("%s应在0至%d%s之间", what, l.Unit.Max(), l.Unit.Chinese())
	}
	return nil
}

func readDay(what, text string) (calendar.Day, error) {
	d, err := calendar.ParseDay(text)
	if err != nil {
		return 0, fmt.Errorf("%s“%s”不是真实日期，应写成 2026-09-18 的样式", what, text)
	}
	return d, nil
}

// readStop reads FROM..TO[:KIND].
func readStop(text string) (deadline.Stop, error) {
	days, kind, _ := strings.Cut(text, ":")
	first, last, ok := strings.Cut(days, "..")
	if !ok {
		return deadline.Stop{}, fmt.Errorf("停止计时“%s”应写成 2026-09-21..2026-09-24:听证 的样式", text)
	}
	from, err := readDay("停止计时的首日", first)
	if err != nil {
		return deadline.Stop{}, err
	}
	to, err := readDay("停止计时的末日", last)
	if err == nil && to < from {
		err = fmt.Errorf("停止计时“%s”的末日早于首日", text)
	}
	return deadline.Stop{From: from, To: to, Kind: kind}, err
}

func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(v)
}
