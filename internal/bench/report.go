package bench

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

// Report is what a run found.
type Report struct {
	Machine Machine  `json:"machine"`
	Quick   bool     `json:"quick,omitempty"` // the figures prove nothing
	Results []Result `json:"results"`
}

// Result is what one workload found in one setting.
type Result struct {
	Workload string   `json:"workload"`
	Store    string   `json:"store"`
	Setting  string   `json:"setting,omitempty"` // "16 drivers, 10000 cases"
	Figures  []Figure `json:"figures,omitempty"`
	Error    string   `json:"error,omitempty"`
}

// Figure is one number: the median of the rounds and the worst of them. Limit
// is what the machine could do in the same run, Ratio the median of the rounds'
// own ratios; Aim is what is reached for, with its sign: "≥ 0.6".
type Figure struct {
	Name       string  `json:"name"`
	Unit       string  `json:"unit"`
	Median     float64 `json:"median"`
	Worst      float64 `json:"worst,omitempty"`
	Limit      string  `json:"limit_name,omitempty"`
	LimitValue float64 `json:"limit,omitempty"`
	Ratio      float64 `json:"ratio,omitempty"`
	WorstRatio float64 `json:"worst_ratio,omitempty"`
	Aim        string  `json:"aim,omitempty"`
}

func (p *Report) add(r Result) { p.Results = append(p.Results, r) }

func (p *Report) failed() error {
	var errs []error
	for _, r := range p.Results {
		if r.Error != "" {
			errs = append(errs, fmt.Errorf("%s on %s: %s", r.Workload, r.Store, r.Error))
		}
	}
	return errors.Join(errs...)
}

// PrintJSON writes the report for machines.
func (p *Report) PrintJSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(p)
}

// Print writes the report as a table.
func (p *Report) Print(w io.Writer) error {
	fmt.Fprintln(w, p.Machine)
	if p.Quick {
		fmt.Fprintln(w, "A quick run: it shows that everything works; its figures prove nothing.")
	}
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	fmt.Fprintln(t, "\nworkload\tstore\tsetting\tfigure\tmedian\tworst\tlimit\t\tratio\tworst\taim")
	for _, r := range p.Results {
		if r.Error != "" {
			fmt.Fprintf(t, "%s\t%s\t%s\tFAILED: %s\n", r.Workload, r.Store, r.Setting, r.Error)
		}
		for _, f := range r.Figures {
			fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s %s\t%s\t%s\t%s\t%s\t%s\t%s\n", r.Workload, r.Store, r.Setting, f.Name,
				or(short(f.Median), "0"), f.Unit, short(f.Worst), f.Limit, short(f.LimitValue), short(f.Ratio), short(f.WorstRatio), f.Aim)
		}
	}
	return t.Flush()
}

// short writes three figures that count; nothing for zero.
func short(v float64) string {
	switch a := math.Abs(v); {
	case v == 0:
		return ""
	case a >= 1000:
		return fmt.Sprintf("%.0f", v)
	case a >= 100:
		return fmt.Sprintf("%.0f", v)
	case a >= 10:
		return fmt.Sprintf("%.1f", v)
	case a >= 1:
		return fmt.Sprintf("%.2f", v)
	}
	return strings.TrimRight(fmt.Sprintf("%.3f", v), "0")
}

// series are the rounds of something measured.
type series []float64

func (s series) median() float64 {
	if len(s) == 0 {
		return 0
	}
	x := slices.Sorted(slices.Values(s))
	if n := len(x); n%2 == 0 {
		return (x[n/2-1] + x[n/2]) / 2
	}
	return x[len(x)/2]
}

func (s series) least() float64 { return slices.Min(append(series{math.Inf(1)}, s...)) }
func (s series) most() float64  { return slices.Max(append(series{0}, s...)) }

// rate is a figure of which more is better, against nothing.
func rate(name, unit string, s series) Figure {
	return Figure{Name: name, Unit: unit, Median: s.median(), Worst: s.least()}
}

// cost is a figure of which less is better.
func cost(name, unit string, s series) Figure {
	return Figure{Name: name, Unit: unit, Median: s.median(), Worst: s.most()}
}

// against sets rounds beside those of the limit, round by round.
func (f Figure) against(limit string, own, best series, aim string) Figure {
	var ratios series
	for i := range own {
		if i < len(best) && best[i] > 0 {
			ratios = append(ratios, own[i]/best[i])
		}
	}
	f.Limit, f.LimitValue, f.Ratio, f.WorstRatio, f.Aim = limit, best.median(), ratios.median(), ratios.least(), aim
	return f
}

// aim adds what is reached for.
func (f Figure) aim(s string) Figure {
	f.Aim = s
	return f
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
