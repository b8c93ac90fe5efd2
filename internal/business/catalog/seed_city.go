package catalog

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"onewindow/internal/business/flow"
	"onewindow/internal/business/org"
	"onewindow/internal/kit/fault"
)

// SeedCity brings the matters that follow from the law into the store of a city of
// its own, as drafts: those of the lines of work that the city names a body for.
// Nothing of the demonstration city is taken for its own: the source of the power
// stands in doubt until somebody has looked, so that no draft can be published
// unexamined.
func (s *Service) SeedCity(ctx context.Context, city string, sectors []org.Sector) error {
	d, err := readSeed()
	if err != nil {
		return err
	}
	d.moveTo(city, sectors)
	return s.bring(ctx, d, false)
}

// Sectors are the lines of work that the collected matters belong to.
func Sectors() ([]string, error) {
	d, err := readSeed()
	var out []string
	for name := range d.sectors {
		out = append(out, name)
	}
	slices.Sort(out)
	return out, err
}

// CheckSectors names the lines of work to which no collected matter belongs, by row,
// as fault org.city.
func CheckSectors(all []org.Sector) error {
	known, err := Sectors()
	if err != nil {
		return err
	}
	var wrong []fault.Field
	for _, x := range all {
		if !slices.Contains(known, x.Name) {
			wrong = append(wrong, fault.At(org.SectorsFile, "org.city_choice", "file", org.SectorsFile, "row", strconv.Itoa(x.Row), "column", "行业",
				"value", x.Name, "all", strings.Join(known, "、")))
		}
	}
	if len(wrong) > 0 {
		return fault.Invalid("org.city", wrong...)
	}
	return nil
}

// moveTo keeps the rows for which the city has a body.
func (d *seedData) moveTo(city string, sectors []org.Sector) {
	d.city, d.ids = city, map[string]string{}
	own := map[string]sector{}
	for _, x := range sectors {
		old, known := d.sectors[x.Name]
		if !known {
			continue
		}
		own[x.Name] = sector{Sector: x.Name, Body: x.BodyID, Regulator: x.RegulatorID, Doubt: "职权来源、划转和赋权情况尚未核对"}
		for _, pair := range [][2]string{{old.Regulator, x.RegulatorID}, {old.Body, x.BodyID}} {
			if _, has := d.ids[pair[0]]; !has {
				d.ids[pair[0]] = pair[1]
			}
		}
	}
	d.sectors = own
	d.rows = slices.DeleteFunc(d.rows, func(r lawRow) bool { _, has := own[r.Sector]; return !has })
}

// moved is the version in the words of another city. What the collected material
// says of where it comes from stays as it is.
func (d seedData) moved(i *Implementation) *Implementation {
	if d.city == "" {
		return i
	}
	words := strings.NewReplacer("河北省定州市", d.city, "定州市", d.city, "河北省基本目录", "本省基本目录")
	c := *i
	if err := json.Unmarshal([]byte(words.Replace(toJSON(i))), &c); err != nil {
		panic("catalog does not read what it wrote: " + err.Error())
	}
	for p, src := range i.Sources {
		moved := c.Sources[p]
		moved.Source = src.Source
		c.Sources[p] = moved
	}
	c.Sources[PartWindow] = Provenance{Source: "本地大厅资料", Confidence: "medium"}
	c.Power.Note = ""
	if !d.moveSteps(&c.Flow) {
		c.Flow = procedure("", &c)
	}
	return &c
}

// moveSteps gives the steps of other bodies to those of the city; false when it
// has none for one of them.
func (d seedData) moveSteps(f *flow.Definition) bool {
	var pairs []string
	for old, own := range d.ids {
		pairs = append(pairs, `"body":"`+old+`"`, `"body":"`+own+`"`)
	}
	moved := flow.Definition{}
	if err := json.Unmarshal([]byte(strings.NewReplacer(pairs...).Replace(toJSON(f))), &moved); err != nil {
		panic("catalog does not read what it wrote: " + err.Error())
	}
	*f = moved
	return !slices.ContainsFunc(f.Steps(), func(s flow.Step) bool { return strings.HasPrefix(s.Body, "dz-") && !slices.Contains(d.own(), s.Body) })
}

// place is whose matters are sown.
func (d seedData) place() string {
	if d.city == "" {
		return "dingzhou"
	}
	return d.city
}

// own are the bodies that decide or supervise in the city.
func (d seedData) own() (out []string) {
	for _, id := range d.ids {
		out = append(out, id)
	}
	return out
}
