package org

import (
	"bytes"
	"embed"
	"encoding/csv"
	"errors"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"onewindow/internal/kit/code"
	"onewindow/internal/kit/fault"
)

// The files of a city, each a table with a first line of column names.
const (
	DivisionsFile = "divisions.csv"
	BodiesFile    = "bodies.csv"
	HallsFile     = "halls.csv"
	WindowsFile   = "windows.csv"
	SectorsFile   = "sectors.csv" // not needed
)

// Sector says which body decides and which supervises the matters of a line of
// work (行业); see the catalogue's collected matters.
type Sector struct {
	Name, BodyID, RegulatorID string
	Row                       int // in SectorsFile
}

// cityColumns are the columns of each file; those with * must be filled in every row.
var cityColumns = map[string][]string{
	DivisionsFile: {"代码*", "名称*", "类型*", "上级代码", "来源"},
	BodiesFile: {"标识*", "统一社会信用代码*", "名称*", "简称*", "类型*", "上级标识", "区划代码*", "复议机关", "复议依据", "法院", "法院依据",
		"网上复议", "来源"},
	HallsFile:   {"标识*", "运行机构*", "名称*", "区划代码*", "地址", "办公时间", "电话", "来源"},
	WindowsFile: {"大厅*", "窗口号*", "名称*", "类型*", "机构"},
	SectorsFile: {"行业*", "实施机构*", "监管部门*"},
}

// CityFiles are the files in the order in which they are filled in.
func CityFiles() []string {
	return []string{DivisionsFile, BodiesFile, HallsFile, WindowsFile, SectorsFile}
}

var (
	bodyKinds = map[string]Kind{"政府部门": Department, "大厅管理机构": HallOffice, "政府办事机构": GovernmentOffice, "乡镇街道": Township,
		"垂直管理": Vertical, "党委机构": PartyOrgan, "事业单位": Institution, "公用企业": Enterprise}
	windowKinds   = map[string]WindowKind{"综合": Comprehensive, "领域": Domain, "专区": Zone}
	divisionKinds = []string{"地级市", "县级市", "县", "自治县", "市辖区", "旗", "自治旗", "开发区", "街道", "镇", "乡", "民族乡", "苏木"}
	idShape       = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,39}$`)
	divisionShape = regexp.MustCompile(`^[1-9][0-9]{11}$`)
)

// reader reads the tables of a city and gathers what is wrong with them.
type reader struct {
	city    City
	sectors []Sector
	wrong   []fault.Field
	root    string
	ids     map[string]bool // of all bodies and halls
}

// line is one row of a table: its number as an editor counts, and its cells by column.
type line struct {
	file  string
	n     int
	cells map[string]string
}

func (r *reader) add(l line, column, code string, kv ...string) {
	r.wrong = append(r.wrong, fault.At(l.file, code, append(kv, "file", l.file, "row", strconv.Itoa(l.n), "column", column)...))
}

// ReadCity reads the tables of a city by file name. Everything that is wrong comes
// at once as fault org.city, a field each, naming file, row and column; then
// nothing of it may be kept.
func ReadCity(files map[string][]byte) (City, []Sector, error) {
	r := &reader{ids: map[string]bool{}}
	read := map[string]func(line){DivisionsFile: r.division, BodiesFile: r.body, HallsFile: r.hall, WindowsFile: r.window, SectorsFile: r.sector}
	for _, name := range CityFiles() {
		for _, l := range r.table(name, files[name]) {
			read[name](l)
		}
	}
	r.whole()
	if len(r.wrong) > 0 {
		return City{}, nil, fault.Invalid("org.city", r.wrong...)
	}
	return r.city, r.sectors, nil
}

// table reads one file into its rows; cells that must be filled and are not are
// named here.
func (r *reader) table(name string, data []byte) (out []line) {
	at := line{file: name, n: 1}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	switch {
	case len(bytes.TrimSpace(data)) == 0:
		if name != SectorsFile {
			r.add(at, "", "org.city_file")
		}
		return nil
	case !utf8.Valid(data):
		r.add(at, "", "org.city_utf8")
		return nil
	}
	return r.lines(name, data)
}

// lines reads what stands under the head; a line is counted as the file shows
// it, empty ones with it.
func (r *reader) lines(name string, data []byte) (out []line) {
	c := csv.NewReader(bytes.NewReader(data))
	c.FieldsPerRecord = -1
	var head []string
	for {
		cells, err := c.Read()
		if err == io.EOF {
			return out
		}
		var parse *csv.ParseError
		if errors.As(err, &parse) {
			r.add(line{file: name, n: parse.Line}, "", "org.city_csv")
			return nil
		}
		if head == nil {
			if head = r.head(name, cells); head == nil {
				return nil
			}
			continue
		}
		at, _ := c.FieldPos(0)
		l := line{name, at, map[string]string{}}
		for n, cell := range cells {
			cell = strings.TrimSpace(cell)
			switch {
			case n < len(head):
				l.cells[head[n]] = cell
			case cell != "":
				r.add(l, cell, "org.city_more")
			}
		}
		if r.filled(l) {
			out = append(out, l)
		}
	}
}

// head holds the column names to those of the file; nil when they are wrong.
func (r *reader) head(name string, cells []string) (head []string) {
	at, good := line{file: name, n: 1}, true
	for _, x := range cells {
		x = strings.TrimSuffix(strings.TrimSpace(x), "*")
		head = append(head, x)
		if x != "" && !slices.Contains(cityColumns[name], x) && !slices.Contains(cityColumns[name], x+"*") {
			r.add(at, x, "org.city_unknown")
			good = false
		}
	}
	for _, want := range cityColumns[name] {
		if want = strings.TrimSuffix(want, "*"); !slices.Contains(head, want) {
			r.add(at, want, "org.city_column")
			good = false
		}
	}
	if !good {
		return nil
	}
	return head
}

// filled says whether a row can be read; an empty one is passed by.
func (r *reader) filled(l line) bool {
	empty, good := true, true
	for _, v := range l.cells {
		empty = empty && v == ""
	}
	for _, c := range cityColumns[l.file] {
		if name, must := strings.CutSuffix(c, "*"); must && l.cells[name] == "" && !empty {
			r.add(l, name, "org.city_empty")
			good = false
		}
	}
	return good && !empty
}

func (r *reader) division(l line) {
	d := Division{Code: l.cells["代码"], Name: l.cells["名称"], Kind: l.cells["类型"], Parent: l.cells["上级代码"], Origin: origin(l)}
	has := func(code string) bool {
		return slices.ContainsFunc(r.city.Divisions, func(x Division) bool { return x.Code == code })
	}
	switch {
	case !divisionShape.MatchString(d.Code):
		r.add(l, "代码", "org.city_division")
	case has(d.Code):
		r.add(l, "代码", "org.city_twice", "value", d.Code)
	}
	if !slices.Contains(divisionKinds, d.Kind) {
		r.add(l, "类型", "org.city_choice", "value", d.Kind, "all", strings.Join(divisionKinds, "、"))
	}
	switch {
	case d.Parent == "" && r.root != "":
		r.add(l, "上级代码", "org.city_root")
	case d.Parent == "":
		r.root = d.Code
	case !has(d.Parent):
		r.add(l, "上级代码", "org.city_before", "value", d.Parent)
	}
	r.city.Divisions = append(r.city.Divisions, d)
}

func origin(l line) Origin {
	o := Origin{Source: l.cells["来源"], Confidence: "high"}
	if o.Source == "" {
		o.Source, o.Confidence = "本地机构资料", "medium"
	}
	return o
}

// fresh holds an id to its shape and to being the only one.
func (r *reader) fresh(l line) {
	switch id := l.cells["标识"]; {
	case !idShape.MatchString(id):
		r.add(l, "标识", "org.city_id")
	case r.ids[id]:
		r.add(l, "标识", "org.city_twice", "value", id)
	default:
		r.ids[id] = true
	}
}

// placed holds a code to the divisions of the city.
func (r *reader) placed(l line) {
	if code := l.cells["区划代码"]; !slices.ContainsFunc(r.city.Divisions, func(d Division) bool { return d.Code == code }) {
		r.add(l, "区划代码", "org.city_missing", "value", code, "where", DivisionsFile)
	}
}

func (r *reader) hasBody(id string) bool {
	return slices.ContainsFunc(r.city.Bodies, func(b Body) bool { return b.ID == id })
}

// refers holds a column to the bodies; empty is good where it may be.
func (r *reader) refers(l line, column string) {
	if id := l.cells[column]; id != "" && !r.hasBody(id) {
		r.add(l, column, "org.city_missing", "value", id, "where", BodiesFile)
	}
}

func (r *reader) body(l line) {
	b := Body{ID: l.cells["标识"], USCC: strings.ToUpper(l.cells["统一社会信用代码"]), Name: l.cells["名称"], Short: l.cells["简称"], ParentID: l.cells["上级标识"],
		Division: l.cells["区划代码"], Active: true, Position: len(r.city.Bodies) + 1, Level: LevelCounty, Origin: origin(l)}
	r.fresh(l)
	r.placed(l)
	r.refers(l, "上级标识")
	if err := code.USCC(b.USCC); err != nil {
		r.add(l, "统一社会信用代码", "org.city_uscc")
	}
	if slices.ContainsFunc(r.city.Bodies, func(x Body) bool { return x.USCC == b.USCC }) {
		r.add(l, "统一社会信用代码", "org.city_twice", "value", b.USCC)
	}
	kind, ok := bodyKinds[l.cells["类型"]]
	if !ok {
		r.add(l, "类型", "org.city_choice", "value", l.cells["类型"], "all", keys(bodyKinds))
	}
	if b.Kind = kind; kind == Township {
		b.Level = LevelTownship
		if b.Division == r.root {
			r.add(l, "区划代码", "org.city_township")
		}
	}
	b.Remedies = Remedies{Review: l.cells["复议机关"], ReviewLaw: l.cells["复议依据"], Court: l.cells["法院"], CourtLaw: l.cells["法院依据"], Online: l.cells["网上复议"],
		Source: b.Source, Confidence: b.Confidence}
	r.city.Bodies = append(r.city.Bodies, b)
}

func (r *reader) hall(l line) {
	r.fresh(l)
	r.placed(l)
	r.refers(l, "运行机构")
	r.city.Halls = append(r.city.Halls, Hall{ID: l.cells["标识"], BodyID: l.cells["运行机构"], Name: l.cells["名称"], Division: l.cells["区划代码"],
		Address: l.cells["地址"], Hours: l.cells["办公时间"], Phone: l.cells["电话"], Active: true, Position: len(r.city.Halls) + 1, Origin: origin(l)})
}

func (r *reader) window(l line) {
	w := Window{HallID: l.cells["大厅"], Number: l.cells["窗口号"], Name: l.cells["名称"], BodyID: l.cells["机构"], Active: true, Origin: origin(l)}
	w.ID = w.HallID + "-w" + w.Number
	if !slices.ContainsFunc(r.city.Halls, func(h Hall) bool { return h.ID == w.HallID }) {
		r.add(l, "大厅", "org.city_missing", "value", w.HallID, "where", HallsFile)
	}
	if slices.ContainsFunc(r.city.Windows, func(x Window) bool { return x.ID == w.ID }) {
		r.add(l, "窗口号", "org.city_twice", "value", w.Number)
	}
	r.refers(l, "机构")
	kind, ok := windowKinds[l.cells["类型"]]
	if !ok {
		r.add(l, "类型", "org.city_choice", "value", l.cells["类型"], "all", keys(windowKinds))
	}
	if w.Kind = kind; kind == Domain && w.BodyID == "" {
		r.add(l, "机构", "org.city_empty")
	}
	r.city.Windows = append(r.city.Windows, w)
}

func (r *reader) sector(l line) {
	r.refers(l, "实施机构")
	r.refers(l, "监管部门")
	r.sectors = append(r.sectors, Sector{l.cells["行业"], l.cells["实施机构"], l.cells["监管部门"], l.n})
}

// whole is what a city needs at least.
func (r *reader) whole() {
	if len(r.wrong) > 0 {
		return // the rest follows from what was named
	}
	at := line{file: BodiesFile, n: 1}
	if !slices.ContainsFunc(r.city.Bodies, func(b Body) bool { return b.Kind == GovernmentOffice }) {
		r.add(at, "类型", "org.city_supervisor")
	}
	if len(r.city.Bodies) == 0 || r.city.Bodies[0].Kind != Department {
		r.add(line{file: BodiesFile, n: 2}, "类型", "org.city_operator")
	}
	if !slices.ContainsFunc(r.city.Windows, func(w Window) bool { return w.Kind == Comprehensive }) {
		r.add(line{file: WindowsFile, n: 1}, "类型", "org.city_window")
	}
}

// keys are the words of a choice in a fixed order.
func keys[T any](m map[string]T) string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return strings.Join(out, "、")
}

//go:embed example
var example embed.FS

// CityExample are the tables of an invented county, by file name, to begin from.
func CityExample() map[string]string {
	out := map[string]string{}
	for _, name := range CityFiles() {
		data, err := example.ReadFile("example/" + name)
		if err != nil {
			panic("the example of a city: " + err.Error())
		}
		out[name] = string(data)
	}
	return out
}
