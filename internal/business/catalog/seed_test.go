package catalog

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"onewindow/internal/business/deadline"
	"onewindow/internal/business/org"
	"onewindow/internal/business/schema"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/code"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/db/dbtest"
	"onewindow/internal/kit/secret"
)

var ctx = context.Background()

// seeded gives a service over a store with the seeds of org and catalogue.
func seeded(t testing.TB, d *db.DB) *Service {
	t.Helper()
	if err := org.New(d).Seed(ctx); err != nil {
		t.Fatal(err)
	}
	s := New(d)
	if err := s.Seed(ctx); err != nil {
		t.Fatal(err)
	}
	return s
}

// staffed is seeded with the demonstration officers, so that steps have people.
func staffed(t testing.TB, d *db.DB) (*Service, *staff.Service) {
	t.Helper()
	s := seeded(t, d)
	people := staff.New(d, staff.Options{Hasher: secret.New(64, 1)})
	if err := people.SeedDemo(ctx, "Yichuang-2026", time.Time{}); err != nil {
		t.Fatal(err)
	}
	return s, people
}

// built is every seed row's version by row id, without a store; all bodies
// carry one credit code.
func built(t testing.TB) map[string]*Implementation {
	t.Helper()
	d, err := readSeed()
	if err != nil {
		t.Fatal(err)
	}
	p := places{map[string]org.Body{}, map[string]Window{"": {ID: "w", Hall: "定州市政务服务大厅", Name: "1号"}}}
	for _, s := range d.sectors {
		for _, id := range []string{s.Body, s.Regulator} {
			p.bodies[id] = org.Body{ID: id, Name: "定州市行政审批局", USCC: "11130682MB99000135",
				Remedies: org.Remedies{Review: "定州市人民政府", Court: "定州市人民法院", Online: "https://xzfy.moj.gov.cn", Source: "行政复议法"}}
		}
	}
	out := map[string]*Implementation{}
	for _, r := range d.rows {
		if out[r.ID], err = d.build(r, p); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func TestEveryRowKeepsWhatTheLawSaysAndItsSource(t *testing.T) {
	d, err := readSeed()
	if err != nil {
		t.Fatal(err)
	}
	all := built(t)
	law := 0
	for _, r := range d.rows {
		i := all[r.ID]
		if strings.HasPrefix(r.ID, "L") {
			law++
		}
		if r.Source == "" || r.Confidence == "" || i.Sources[PartBasis].Source != r.Source || i.Rows[0] != r.ID {
			t.Errorf("%s %s lost its source", r.ID, r.Name)
		}
		if len(i.Basis) != len(r.Articles) || i.Basis[0].Law != r.Law {
			t.Errorf("%s %s lost its basis", r.ID, r.Name)
		}
		if !r.CodeReal && !i.Sources[PartItem].Sample {
			t.Errorf("%s %s: a demonstration code is not marked as sample", r.ID, r.Name)
		}
		if _, known := d.sectors[r.Sector]; !known {
			t.Errorf("%s: sector %s has no body", r.ID, r.Sector)
		}
	}
	if law != 90 {
		t.Errorf("law-derived rows: %d, want 90", law)
	}
	for row, m := range d.matters {
		if all[row] == nil {
			t.Errorf("matter %s completes no row", row)
		}
		if len(m.Summaries) == 0 {
			t.Errorf("matter %s says nothing of its basis", row)
		}
	}
}

// What is published must satisfy 行政许可法第三十条, hold a form that can be
// asked, a flow that can run and a filled example that is accepted.
func TestEveryCompleteMatterIsPublishable(t *testing.T) {
	d, err := readSeed()
	if err != nil {
		t.Fatal(err)
	}
	published := 0
	for row, i := range built(t) {
		m, whole := d.matters[row]
		for _, l := range i.Lacks() {
			if whole && !l.Warning && !(l.Code == "catalog.lack.power_doubt" && m.Row == "L060") {
				t.Errorf("%s %s lacks %s %v", row, i.Name, l.Code, l.Args)
			}
		}
		if i.Publishable() != (whole && row != "L060") {
			t.Errorf("%s %s: publishable %v", row, i.Name, i.Publishable())
		}
		if i.Publishable() {
			published++
			checkPublished(t, i)
		}
	}
	if published < 20 {
		t.Errorf("only %d matters are complete", published)
	}
}

func checkPublished(t *testing.T, i *Implementation) {
	t.Helper()
	if err := i.Form.Check(); err != nil {
		t.Errorf("%s form: %v", i.Name, err)
	}
	if err := i.Flow.Check(); err != nil {
		t.Errorf("%s flow: %v", i.Name, err)
	}
	if n := len(i.Form.Fields()); n < 8 || n > 45 {
		t.Errorf("%s asks %d fields", i.Name, n)
	}
	conditional := 0
	for _, f := range i.Form.Fields() {
		if len(f.ShowIf) > 0 {
			conditional++
		}
	}
	if conditional == 0 {
		t.Errorf("%s has no conditional field", i.Name)
	}
	c, err := code.ParseItemCode(i.MaterialCode(i.Materials[0].No))
	if err != nil || c.Level != 4 || c.Type() != string(i.Kind) || c.Material != "001" {
		t.Errorf("%s code %s: %v", i.Name, i.Code(), err)
	}
	if i.Result.TypeCode != "" {
		if _, err := code.NewLicenceID(i.Result.TypeCode, i.Body.USCC, "1", 1); err != nil {
			t.Errorf("%s licence type %s: %v", i.Name, i.Result.TypeCode, err)
		}
	}
	for _, f := range i.Result.Prints {
		if _, asked := i.Example[f.Element]; !asked && f.Element != "premises.storage_address" {
			t.Errorf("%s prints %s, which the form does not ask", i.Name, f.Element)
		}
	}
}

// 单行法只写“日”的不得自动当工作日: the unit is read as the rows say.
func TestLimitsAreReadAsWritten(t *testing.T) {
	cases := []struct {
		row    string
		limit  deadline.Limit
		unsure bool
		extend int
	}{
		{"L001", deadline.Limit{N: 20, Unit: deadline.Working, Start: deadline.Accepted, Law: lawLicensing}, false, 10}, // 许可法第四十二条、第八十二条
		{"L004", deadline.Limit{N: 20, Unit: deadline.Working, Start: deadline.Accepted, Law: lawLicensing}, false, 10}, // 条例未定
		{"L022", deadline.Limit{N: 20, Unit: deadline.Working, Start: deadline.Accepted, Law: lawLicensing}, false, 10}, // 规章 does not replace the law
		{"L005", deadline.Limit{N: 20, Unit: deadline.Natural, Start: deadline.Accepted, Law: "道路运输条例第二十四条"}, true, 0},
		{"L010", deadline.Limit{N: 7, Unit: deadline.Natural, Start: deadline.Received, Law: "建筑法第八条第二款"}, true, 0},
		{"L019", deadline.Limit{N: 45, Unit: deadline.Working, Start: deadline.Accepted, Law: "取水许可和水资源费征收管理条例第十九条"}, false, 0},
		{"L032", deadline.Limit{N: 20, Unit: deadline.Working, Start: deadline.Received, Law: "互联网上网服务营业场所管理条例第十一条"}, false, 0},
		{"L036", deadline.Limit{N: 3, Unit: deadline.Month, Start: deadline.Accepted, Law: "民办教育促进法第十五条、第十六条、第十七条、第十八条"}, false, 0},
		{"L048", deadline.Limit{N: 30, Unit: deadline.Natural, Start: deadline.Received, Law: "危险化学品安全管理条例第三十五条"}, true, 0},
		{"L076", deadline.Limit{N: 60, Unit: deadline.Natural, Start: deadline.AllMaterials, Law: "民办非企业单位登记管理暂行条例第十一条"}, true, 0},
		{"G17", deadline.Limit{N: 3, Unit: deadline.Working, Start: deadline.Received, Law: "市场主体登记管理条例第十九条"}, false, 3},
		{"L002", deadline.Limit{N: 0, Unit: deadline.Working, Start: deadline.Received, Law: "食品安全法第三十五条"}, false, 0},
	}
	all := built(t)
	for _, c := range cases {
		i := all[c.row]
		if i.Statutory == nil || i.Statutory.Limit != c.limit || i.Statutory.Unsure != c.unsure {
			t.Errorf("%s %s: %+v", c.row, i.Name, i.Statutory)
		}
		if n := 0; i.Extension != nil {
			if n = i.Extension.N; n != c.extend {
				t.Errorf("%s extension %d, want %d", c.row, n, c.extend)
			}
		}
	}
	if i := all["L014"]; i.Statutory != nil || i.Duty == "" {
		t.Errorf("an applicant's duty became the body's limit: %+v", i.Statutory)
	}
}

// 已承诺的时限只取有来源的, and what is borrowed from elsewhere is marked.
func TestPromisesAreSourcedAndMarked(t *testing.T) {
	for row, i := range built(t) {
		if i.Promised == nil {
			continue
		}
		if !strings.Contains(i.Promised.Note, "非定州市承诺") || !i.Sources[PartLimits].Sample {
			t.Errorf("%s %s: promise without its origin", row, i.Name)
		}
	}
}

func TestSeedIsIdempotent(t *testing.T) {
	dbtest.Each(t, schema.FS, func(t *testing.T, d *db.DB, _ *clock.Moving) {
		s := seeded(t, d)
		first, err := s.Snapshot(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Seed(ctx); err != nil {
			t.Fatal(err)
		}
		again, err := New(d).Snapshot(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if len(first.Entries()) != 93 || len(again.Entries()) != 93 || first.Entries()[0].Impl.ID != again.Entries()[0].Impl.ID {
			t.Errorf("%d then %d matters", len(first.Entries()), len(again.Entries()))
		}
		for _, e := range again.Entries() {
			if e.Open() == (len(e.Lacks) > 0) {
				t.Errorf("%s: open %v with %d lacks", e.Impl.Name, e.Open(), len(e.Lacks))
			}
		}
	})
}

func TestVersionsSurviveTheirJSON(t *testing.T) {
	for row, i := range built(t) {
		a, _ := json.Marshal(i)
		b, _ := json.Marshal(i.Clone())
		if string(a) != string(b) {
			t.Errorf("%s changes when it is written and read", row)
		}
	}
}
