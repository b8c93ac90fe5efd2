package catalog

import (
	"strconv"

	"onewindow/internal/business/calendar"
)

// Guide is 办事指南: everything that the public page, the PDF and the API say
// of a matter, made from one version and never edited by hand. It is plain
// text in the order of 行政许可法第三十条, each part with its provenance.
type Guide struct {
	ID, Code, ItemCode, Name string
	Kind, Body               string
	Version                  int
	Status                   Status
	From                     string // 2026年11月23日, "" while never published
	Open                     bool   // one can apply
	Offline                  string // why not online
	Summary                  []Fact // the handful of facts at the top
	Parts                    []GuidePart
	Lacks                    []Lack // while not complete
	Sample                   bool   // some part is a sample
}

// Fact is one line: a name and what is to be said.
type Fact struct{ Name, Text string }

// GuidePart is one part of the guide. A part uses those of its fields that it
// needs; whoever prints it prints them in this order.
type GuidePart struct {
	Key        Part
	Title      string
	Facts      []Fact
	Lines      []string
	Table      *Table
	Materials  []GuideMaterial
	Provenance Provenance
}

// Table is a small table of text.
type Table struct {
	Head []string
	Rows [][]string
}

// GuideMaterial is one material of the list.
type GuideMaterial struct {
	Code, Name, Need, Origin, Media string
	Facts                           []Fact
	Points                          []Fact // 审查要点: the requirement, what is examined and how
	Handed                          bool   // false: the platform fetches it, nothing to hand in
}

// Guide makes the guide of a version as it stands on a day.
func (i *Implementation) Guide(today calendar.Day) Guide {
	status := i.StatusOn(today)
	g := Guide{ID: i.ID, Code: i.Code(), ItemCode: i.ItemCode, Name: i.Name, Kind: i.Kind.Name(), Body: i.Body.Name,
		Version: i.Version, Status: status, Open: status == Published, Offline: i.Offline}
	if i.Status == Published {
		g.From = i.From.Chinese()
	} else {
		g.Lacks = i.Lacks()
	}
	g.Summary = i.summary()
	for _, make := range guideParts {
		p := make(i)
		p.Provenance = i.Sources[p.Key]
		g.Sample = g.Sample || p.Provenance.Sample
		if p.says() {
			g.Parts = append(g.Parts, p)
		}
	}
	return g
}

func (p GuidePart) says() bool {
	return len(p.Facts)+len(p.Lines)+len(p.Materials) > 0 || p.Table != nil
}

// Part finds a part of the guide.
func (g Guide) Part(key Part) (GuidePart, bool) {
	for _, p := range g.Parts {
		if p.Key == key {
			return p, true
		}
	}
	return GuidePart{}, false
}

// facts gathers lines that have something to say.
type facts []Fact

func (f *facts) add(name, text string) {
	if text != "" {
		*f = append(*f, Fact{name, text})
	}
}

func (i *Implementation) summary() []Fact {
	var f facts
	f.add("实施主体", i.Body.Name)
	f.add("服务对象", audienceNames(i.Audiences))
	if i.Statutory != nil {
		f.add("法定办结时限", i.Statutory.Text())
	}
	if i.Promised != nil {
		f.add("承诺办结时限", i.Promised.Text())
	}
	f.add("收费", i.Fee.text())
	f.add("审批结果", i.Result.Name)
	f.add("到现场次数", i.visits())
	f.add("办理形式", i.channels())
	return f
}

func (i *Implementation) visits() string {
	if i.Visits == 0 {
		return "0次（全程网上办理）"
	}
	return strconv.Itoa(i.Visits) + "次（" + i.VisitsWhy + "）"
}

func (i *Implementation) channels() string {
	if i.Offline != "" {
		return "窗口办理（不宜网上办理：" + i.Offline + "）"
	}
	return "网上办理、窗口办理"
}

// Text is the limit as the guide writes it.
func (l *Limit) Text() string {
	if l.OnTheSpot() {
		return "即时办结"
	}
	return l.Chinese()
}

func (f Fee) text() string {
	if !f.Charged {
		return "不收费"
	}
	return f.Name + "：" + f.Standard
}

func audienceNames(all []Audience) string {
	names := ""
	for n, a := range all {
		if n > 0 {
			names += "、"
		}
		names += a.Name()
	}
	return names
}
