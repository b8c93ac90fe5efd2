package org

import (
	"context"
	"strings"
	"testing"

	"onewindow/internal/business/schema"
	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/db/dbtest"
	"onewindow/internal/kit/fault"
)

// spoilt is the example with one text of one file replaced.
func spoilt(file, old, new string) map[string][]byte {
	out := map[string][]byte{}
	for name, text := range CityExample() {
		if name == file {
			if old != "" && !strings.Contains(text, old) {
				panic(file + " does not hold " + old)
			}
			text = strings.Replace(text, old, new, 1)
		}
		out[name] = []byte("\xef\xbb\xbf" + strings.ReplaceAll(text, "\n", "\r\n")) // as a spreadsheet saves it
	}
	return out
}

func TestTheExampleOfACityIsRight(t *testing.T) {
	c, sectors, err := ReadCity(spoilt("", "", ""))
	if err != nil {
		t.Fatal(fault.Of(err).Fields)
	}
	if c.Root().Name != "云岭县" || len(c.Divisions) != 4 || len(c.Bodies) != 9 || len(c.Halls) != 2 || len(c.Windows) != 4 || len(sectors) != 3 {
		t.Errorf("%+v", c)
	}
	if b := c.Bodies[7]; b.Kind != Township || b.Level != LevelTownship || b.Remedies.Court != "云岭县人民法院" || b.Position != 8 || b.Sample || b.USCCSample {
		t.Errorf("%+v", b)
	}
	if w := c.Windows[1]; w.ID != "yl-hall-w2" || w.Kind != Domain || w.BodyID != "yl-xfj" {
		t.Errorf("%+v", w)
	}
}

// What is wrong is named by file, row and column, all at once.
func TestWhatIsWrongInACityIsNamed(t *testing.T) {
	for name, x := range map[string]struct{ file, old, new, code, row, column string }{
		"no file":               {HallsFile, CityExample()[HallsFile], "", "org.city_file", "1", ""},
		"no UTF-8":              {BodiesFile, "云岭县行政审批局", "\xd4\xc6", "org.city_utf8", "1", ""},
		"a quote":               {WindowsFile, "消防救援窗口", "消防\"救援", "org.city_csv", "3", ""},
		"a cell too many":       {WindowsFile, "yl-hall,2,消防救援窗口,领域,yl-xfj", "yl-hall,2,消防救援窗口,领域,yl-xfj,多的", "org.city_more", "3", "多的"},
		"behind an empty line":  {WindowsFile, "yl-hall,2", "\nyl-hall,1", "org.city_twice", "4", "窗口号"},
		"an unknown column":     {DivisionsFile, "来源", "出处", "org.city_unknown", "1", "出处"},
		"a column missing":      {WindowsFile, "窗口号*,", "", "org.city_column", "1", "窗口号"},
		"an empty cell":         {BodiesFile, "yl-scjg,11990000MB9900048E,云岭县市场监督管理局", "yl-scjg,11990000MB9900048E,", "org.city_empty", "5", "名称"},
		"a short division":      {DivisionsFile, "990000100000,石桥镇", "990000100,石桥镇", "org.city_division", "4", "代码"},
		"a division twice":      {DivisionsFile, "990000200000,柳林乡", "990000100000,柳林乡", "org.city_twice", "5", "代码"},
		"two cities":            {DivisionsFile, "石桥镇,镇,990000000000", "石桥镇,镇,", "org.city_root", "4", "上级代码"},
		"an unknown parent":     {DivisionsFile, "石桥镇,镇,990000000000", "石桥镇,镇,990000009000", "org.city_before", "4", "上级代码"},
		"a kind of division":    {DivisionsFile, "石桥镇,镇", "石桥镇,村", "org.city_choice", "4", "类型"},
		"an id":                 {BodiesFile, "yl-dcs,", "YL 督查,", "org.city_id", "4", "标识"},
		"an id twice":           {BodiesFile, "yl-dcs,", "yl-spj,", "org.city_twice", "4", "标识"},
		"a credit code":         {BodiesFile, "11990000MB9900013U", "11990000MB9900013V", "org.city_uscc", "2", "统一社会信用代码"},
		"a credit code twice":   {BodiesFile, "11990000MB9900021N", "11990000MB9900013U", "org.city_twice", "3", "统一社会信用代码"},
		"a kind of body":        {BodiesFile, "政府办事机构", "办公室", "org.city_choice", "4", "类型"},
		"a place":               {BodiesFile, "乡镇街道,,990000100000", "乡镇街道,,990000999000", "org.city_missing", "9", "区划代码"},
		"a township everywhere": {BodiesFile, "乡镇街道,,990000100000", "乡镇街道,,990000000000", "org.city_township", "9", "区划代码"},
		"a hall of nobody":      {HallsFile, "yl-sq-hall,yl-sq,", "yl-sq-hall,yl-x,", "org.city_missing", "3", "运行机构"},
		"a window nowhere":      {WindowsFile, "yl-sq-hall,1", "yl-x-hall,1", "org.city_missing", "5", "大厅"},
		"a window twice":        {WindowsFile, "yl-hall,2", "yl-hall,1", "org.city_twice", "3", "窗口号"},
		"a domain of nobody":    {WindowsFile, "领域,yl-xfj", "领域,", "org.city_empty", "3", "机构"},
		"a kind of window":      {WindowsFile, "领域,yl-xfj", "普通,yl-xfj", "org.city_choice", "3", "类型"},
		"a sector of nobody":    {SectorsFile, "卫生健康,yl-spj", "卫生健康,yl-x", "org.city_missing", "3", "实施机构"},
		"nobody who watches":    {BodiesFile, "政府办事机构", "政府部门", "org.city_supervisor", "1", "类型"},
		"no operator":           {BodiesFile, "县行政审批局,政府部门", "县行政审批局,公用企业", "org.city_operator", "2", "类型"},
	} {
		_, _, err := ReadCity(spoilt(x.file, x.old, x.new))
		f := fault.Of(err)
		if f == nil || len(f.Fields) == 0 {
			t.Errorf("%s: nothing is wrong", name)
			continue
		}
		if got := f.Fields[0]; got.Code != x.code || got.Args["file"] != x.file || got.Args["row"] != x.row || got.Args["column"] != x.column {
			t.Errorf("%s: %+v", name, f.Fields)
		}
	}
	files := spoilt(BodiesFile, "11990000MB9900013U", "1")
	files[WindowsFile] = []byte("大厅,窗口号,名称,类型,机构\nx,1,名,综合,\n")
	if _, _, err := ReadCity(files); len(fault.Of(err).Fields) != 2 {
		t.Errorf("not all at once: %v", fault.Of(err).Fields)
	}
	files = spoilt("", "", "")
	delete(files, SectorsFile)
	if _, sectors, err := ReadCity(files); err != nil || len(sectors) != 0 {
		t.Errorf("without sectors: %v", err)
	}
}

func TestACityIsImportedAgain(t *testing.T) {
	dbtest.Each(t, schema.FS, func(t *testing.T, d *db.DB, _ *clock.Moving) {
		ctx, s := context.Background(), New(d)
		c, _, err := ReadCity(spoilt("", "", ""))
		if err != nil {
			t.Fatal(err)
		}
		if root, b, err := s.Identity(ctx); err != nil || root.Name != "" || b.Name != "" {
			t.Errorf("an empty store: %+v %+v %v", root, b, err)
		}
		for range 2 {
			if err := s.ImportCity(ctx, c); err != nil {
				t.Fatal(err)
			}
		}
		root, operator, err := s.Identity(ctx)
		if err != nil || root.Name != "云岭县" || operator.Name != "云岭县行政审批局" {
			t.Errorf("%+v %+v %v", root, operator, err)
		}
		err = d.Read(ctx, func(tx *db.Tx) error {
			for text, want := range map[string]string{"云岭县石桥镇大街1号": "yl-sq", "990000200000": "yl-ll", "别处": ""} {
				if id, err := TownshipOf(tx, text); id != want || err != nil {
					t.Errorf("%s: %s %v", text, id, err)
				}
			}
			w, err := FirstWindow(tx)
			if w.ID != "yl-hall-w1" {
				t.Error(w.ID)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
		c.Divisions[0].Code = "990001000000"
		if err := s.ImportCity(ctx, c); fault.Of(err) == nil || fault.Of(err).Code != "org.other_city" {
			t.Errorf("another city: %v", err)
		}
	})
}
