package catalog

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/form"
	"onewindow/internal/business/org"
	"onewindow/internal/kit/audit"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/id"
)

//go:embed seed
var seedFiles embed.FS

const hotline = "12345（政务服务便民热线）"

// exampleOn is the day on which the filled examples were composed.
var exampleOn = calendar.MustDay("2026-11-23")

// sector says which body handles the matters of a line of work, and which
// supervises them afterwards.
type sector struct {
	Sector, Body, Regulator, Why, Doubt string
}

// matter completes a row: what a guide needs beyond what the law says.
type matter struct {
	Row        string            `json:"row"`
	Guide      int               `json:"guide"` // number among the collected public guides, 0 for none
	Name       string            `json:"name"`
	Procedure  string            `json:"procedure"`
	Window     string            `json:"window"`
	TypeSerial string            `json:"type_serial"` // the last three characters of a sample licence type
	TypeCode   string            `json:"type_code"`   // a real licence type
	Form       []json.RawMessage `json:"form"`        // a section, or the name of a shared one
	Example    form.Values       `json:"example"`     // where it differs from the elements' own examples
	Version    json.RawMessage   `json:"version"`     // parts of an Implementation
	Summaries  map[string]string `json:"summaries"`   // by article
	Sources    map[Part]Provenance
}

// seedData is all seed files, read.
type seedData struct {
	rows     []lawRow
	sectors  map[string]sector
	matters  map[string]matter
	sections map[string]form.Section
	flows    map[string]flow.Definition // of matters that several bodies handle together
	city     string                     // another one than the demonstration's; "" for that
	ids      map[string]string          // of its bodies, by those of the demonstration
}

func readSeed() (seedData, error) {
	d := seedData{sectors: map[string]sector{}, matters: map[string]matter{}}
	var law, extra struct{ Rows []lawRow }
	var table struct{ Sectors []sector }
	for name, into := range map[string]any{"law": &law, "extra": &extra, "sectors": &table, "sections": &d.sections, "flows": &d.flows} {
		if err := readFile("seed/"+name+".json", into); err != nil {
			return d, err
		}
	}
	d.rows = append(law.Rows, extra.Rows...)
	for _, s := range table.Sectors {
		d.sectors[s.Sector] = s
	}
	names, err := fs.Glob(seedFiles, "seed/matters/*.json")
	if err != nil {
		return d, err
	}
	for _, name := range names {
		var m matter
		if err := readFile(name, &m); err != nil {
			return d, err
		}
		d.matters[m.Row] = m
	}
	return d, nil
}

func readFile(name string, into any) error {
	data, err := seedFiles.ReadFile(name)
	if err == nil {
		err = json.Unmarshal(data, into)
	}
	if err != nil {
		return fmt.Errorf("seed of the catalogue %s: %w", name, err)
	}
	return nil
}

// build makes the version of a row, completed by its matter where there is one.
func (d seedData) build(r lawRow, p places) (*Implementation, error) {
	i := r.implementation()
	s := d.sectors[r.Sector]
	m, whole := d.matters[r.ID]
	p.settle(i, s, r, m)
	if whole {
		if err := d.complete(i, m); err != nil {
			return nil, err
		}
	}
	return d.moved(i), nil
}

// complete puts the parts of the matter over those of the row.
func (d seedData) complete(i *Implementation, m matter) (err error) {
	if err := json.Unmarshal(m.Version, i); err != nil {
		return fmt.Errorf("seed of the catalogue, matter of %s: %w", m.Row, err)
	}
	if m.Name != "" {
		i.Name = m.Name
	}
	if m.Guide > 0 {
		i.Rows = append(i.Rows, fmt.Sprintf("guide-%02d", m.Guide))
	}
	for n, b := range i.Basis {
		i.Basis[n].Summary = m.Summaries[b.Article]
	}
	if i.Form, err = d.form(m.Form); err != nil {
		return err
	}
	i.Example = filled(i.Form, m.Example)
	i.Flow = procedure(m.Procedure, i)
	if own, ok := d.flows[m.Procedure]; ok {
		i.Flow = own
		i.Sources[PartProcedure] = Provenance{Source: "按设定依据编制", Confidence: "low", Sample: true,
			Why: "环节在各部门、乡镇之间的划分为示例，启用前由实施机关核定"}
	}
	i.Result.TypeCode = m.TypeCode
	if m.TypeSerial != "" {
		i.Result.TypeCode = i.Body.USCC + m.TypeSerial
	}
	i.composed(m)
	return nil
}

// composed marks what was made up for the demonstration.
func (i *Implementation) composed(m matter) {
	i.Sources[PartForm] = Provenance{Source: "按事项要件和统一数据元编制", Confidence: "low", Sample: true, Why: "不是主管部门的格式文本"}
	i.Sources[PartExample] = Provenance{Source: "编制", Confidence: "low", Sample: true, Why: "人名、单位、证号均为虚构"}
	i.Sources[PartQuestions] = Provenance{Source: "按设定依据编写", Confidence: "medium"}
	i.Sources[PartQuantity] = i.Sources[PartConditions]
	if i.Quantity.Law == "" {
		i.Sources[PartQuantity] = Provenance{Source: "所据法律、行政法规未见数量限制规定", Confidence: "medium"}
	}
	for part, src := range m.Sources {
		i.Sources[part] = src
	}
	if limits := i.Sources[PartLimits]; i.Promised != nil && !limits.Sample {
		limits.Sample, limits.Why = true, i.Promised.Note
		i.Sources[PartLimits] = limits
	}
	if m.TypeSerial != "" {
		result := i.Sources[PartResult]
		result.Sample, result.Why = true, "证照类型代码为示例"
		i.Sources[PartResult] = result
	}
}

func (d seedData) form(sections []json.RawMessage) (form.Definition, error) {
	var out form.Definition
	for _, raw := range sections {
		var s form.Section
		var name string
		if json.Unmarshal(raw, &name) == nil {
			s = d.sections[name]
		} else if err := json.Unmarshal(raw, &s); err != nil {
			return out, fmt.Errorf("seed of the catalogue, section: %w", err)
		}
		out.Sections = append(out.Sections, s)
	}
	return out, nil
}

// filled answers every field that shows: as own says, or with the element's
// own example.
func filled(d form.Definition, own form.Values) form.Values {
	v := form.Values{}
	for _, f := range d.Fields() {
		if !f.ShowIf.Holds(v) {
			continue
		}
		if v[f.Element] = own[f.Element]; v[f.Element] == "" {
			v[f.Element] = f.Resolve().Example
		}
	}
	return d.Normalize(v)
}

// places are the bodies and windows that the seed refers to.
type places struct {
	bodies  map[string]org.Body
	windows map[string]Window
}

func loadPlaces(tx *db.Tx, sectors map[string]sector, elsewhere bool) (places, error) {
	p := places{map[string]org.Body{}, map[string]Window{}}
	for _, s := range sectors {
		for _, id := range []string{s.Body, s.Regulator} {
			if _, have := p.bodies[id]; have {
				continue
			}
			b, err := org.LoadBody(tx, id)
			if err != nil {
				return p, err
			}
			p.bodies[id] = b
		}
	}
	windows := map[string]string{"": "dz-w01", "general": "dz-w01", "start": "dz-w09", "build": "dz-w10"}
	if elsewhere {
		w, err := org.FirstWindow(tx)
		if err != nil {
			return p, err
		}
		windows = map[string]string{"": w.ID, "general": w.ID, "start": w.ID, "build": w.ID}
	}
	for key, id := range windows {
		w, err := org.LoadWindow(tx, id)
		if err != nil {
			return p, err
		}
		h, err := org.LoadHall(tx, w.HallID)
		if err != nil {
			return p, err
		}
		p.windows[key] = Window{ID: w.ID, HallID: h.ID, Hall: h.Name, Name: w.Number + "号 " + w.Name, Address: h.Address, Hours: h.Hours}
	}
	return p, nil
}

// settle names the bodies, the window and the remedies.
func (p places) settle(i *Implementation, s sector, r lawRow, m matter) {
	b, g := p.bodies[s.Body], p.bodies[s.Regulator]
	i.Body = Body{ID: b.ID, Name: b.Name, USCC: b.USCC}
	i.Regulator = Body{ID: g.ID, Name: g.Name, USCC: g.USCC}
	i.Remedies = b.Remedies
	i.Windows = []Window{p.windows[m.Window]}
	i.Power = Power{Source: "1", Note: s.Why, Doubt: s.Doubt}
	if s.Body != s.Regulator && s.Why == "" {
		i.Power.Note = "依法相对集中行使行政许可权（行政许可法第二十五条），划转范围为示例"
	}
	if strings.HasPrefix(r.LevelAsWritten, "设区的市级") || r.LevelAsWritten == "由省规定" {
		i.Power.Doubt = "条文规定的层级：" + r.LevelAsWritten + "；定州市是否有权办理以省级赋权文件为准"
	}
	i.Sources[PartWindow] = Provenance{Source: "定州市人民政府办公室《进一步规范各级政务服务大厅审批服务的实施方案》", Confidence: "medium", Sample: true, Why: "窗口号、办公时间为示例，地址未取得"}
	i.Sources[PartRemedies] = Provenance{Source: b.Remedies.Source, Confidence: b.Remedies.Confidence}
}

// Seed brings the collected matters into an empty or older store: every matter
// that is not there yet, published when nothing is lacking, otherwise as a
// draft that shows what is. It changes nothing that is there. The organisation
// must be seeded before.
func (s *Service) Seed(ctx context.Context) error { return s.seed(ctx, true) }

// SeedDrafts brings the collected matters in as drafts alone: what they lack, and
// what is an example in them, is looked at before anything is published.
func (s *Service) SeedDrafts(ctx context.Context) error { return s.seed(ctx, false) }

func (s *Service) seed(ctx context.Context, publish bool) error {
	d, err := readSeed()
	if err != nil {
		return err
	}
	return s.bring(ctx, d, publish)
}

// bring sows the matters of the seed that are not there yet.
func (s *Service) bring(ctx context.Context, d seedData, publish bool) error {
	return s.db.Act(ctx, func(tx *db.Tx) error {
		have, err := items(tx)
		if err != nil {
			return err
		}
		missing := slices.DeleteFunc(slices.Clone(d.rows), func(r lawRow) bool { _, ok := have[r.Code]; return ok })
		if len(missing) == 0 {
			return nil
		}
		p, err := loadPlaces(tx, d.sectors, d.city != "")
		if err != nil {
			return err
		}
		return s.sow(tx, d, p, missing, publish)
	})
}

// sow queues the rows of the missing matters.
func (s *Service) sow(tx *db.Tx, d seedData, p places, missing []lawRow, publish bool) error {
	published := 0
	for _, r := range missing {
		insertItem(tx, r.item())
		if r.Split {
			continue
		}
		i, err := d.build(r, p)
		if err != nil {
			return err
		}
		i.ID = id.New()
		if publish && i.Publishable() {
			i.Status, i.From = Published, calendar.DayOf(tx.Now)
			i.Change = Change{Ground: GroundFirst, Note: "演示数据", ByID: "system", ByName: "系统"}
			published++
		}
		insertSeed(tx, i)
	}
	changed(tx)
	counts := map[string]int{"matters": len(missing), "published": published}
	audit.Record(tx, audit.Entry{ActorID: "system", ActorName: "系统", Act: "catalog.seed", SubjectKind: "catalog", SubjectID: d.place(), After: counts})
	event.Publish(tx, "catalog.seeded", d.place(), counts)
	tx.AfterCommit(s.markStale)
	return nil
}
