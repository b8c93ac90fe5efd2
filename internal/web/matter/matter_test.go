package matter_test

import (
	"bytes"
	"context"
	"encoding/json"
	"maps"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"onewindow/internal/business/catalog"
	"onewindow/internal/web/matter"
	"onewindow/internal/web/officetest"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
	"onewindow/internal/web/webtest"
)

func TestMain(m *testing.M) { os.Exit(webtest.Run(m)) }

func site(t *testing.T) *officetest.Site {
	var p *matter.Pages
	return officetest.New(t, func(s *officetest.Site) []visit.Route {
		p = matter.New(matter.Deps{Catalog: s.Catalog, Org: s.Org, Hotline: "12345"})
		return p.Routes()
	}, func(o *visit.Options) { o.Side = func(v *visit.Visit) []ui.Group { return p.Side(v) } })
}

// begun is the page of a draft of the food licence's next version.
func begun(t *testing.T, s *officetest.Site, c *webtest.Client) string {
	t.Helper()
	return officetest.Location(t, c.Post("/admin/matter-drafts/"+s.Food().ID, nil))
}

// press sends a section's form with a button pressed, and gives what follows.
func press(t *testing.T, c *webtest.Client, at, button string, typed ...string) *webtest.Page {
	t.Helper()
	form := officetest.Fields(c.Get(at).Want(200), `form[action="`+at+`"]`)
	p := c.Post(at, officetest.With(officetest.With(form, "do", button), typed...))
	return c.Get(strings.Split(officetest.Location(t, p), "#")[0]).Want(200)
}

func TestBattery(t *testing.T) {
	s := site(t)
	at := begun(t, s, s.As("editor"))
	officetest.Battery{Site: s, Fill: map[string]string{"{draft}": at[strings.LastIndex(at, "/")+1:], "{part}": "materials", "{version}": s.Matter("娱乐场所").ID},
		Login: []string{"catalog"}}.Run(t)
}

// Every section draws what is held and, saved untouched, changes nothing.
func TestSectionsKeepWhatTheyShow(t *testing.T) {
	s := site(t)
	snap, err := s.Catalog.Snapshot(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	c := s.As("catalog")
	for _, e := range snap.Entries() {
		if !e.Open() {
			continue
		}
		at := officetest.Location(t, c.Post("/admin/matter-drafts/"+e.Impl.ID, nil))
		id := at[strings.LastIndex(at, "/")+1:]
		before, err := s.Catalog.Draft(context.Background(), s.Actor("catalog"), id)
		if err != nil {
			t.Fatal(err)
		}
		p := c.Get(at).Want(200)
		for _, link := range p.Find(".ow-sheet-parts a").Map(attr("href")) {
			if strings.Contains(link, "/parts/") {
				press(t, c, link, "save")
			}
		}
		after, err := s.Catalog.Draft(context.Background(), s.Actor("catalog"), id)
		if err != nil || stored(t, before) != stored(t, after) {
			a, b := stored(t, before), stored(t, after)
			at := 0
			for at < min(len(a), len(b)) && a[at] == b[at] {
				at++
			}
			t.Errorf("%s changed: %v\n%.200s\n%.200s", e.Impl.Name, err, a[max(at-60, 0):], b[max(at-60, 0):])
		}
	}
}

// Rows are added, moved and removed by buttons; removing a material is asked back
// and keeps what else was typed.
func TestRowsAreAddedMovedAndRemoved(t *testing.T) {
	s := site(t)
	c := s.As("editor")
	at := begun(t, s, c)
	materials := at + "/parts/materials"
	p := press(t, c, materials, "add:materials")
	p.Want(200, `details[open] input[name="materials.5.name"]`)
	if !strings.Contains(p.Text("main"), "材料「第6项」没有名称") {
		t.Error(p.Text("main"))
	}
	p = press(t, c, materials, "add:materials.5.points", "materials.5.name", "场所平面图", "materials.5.standard", "比例准确", "materials.5.filling", "手绘即可")
	p = press(t, c, materials, "up:materials.5", "materials.5.points.0.requirement", "标明出口", "materials.5.points.0.examined", "出口的数量和位置")
	if p.Find(`input[name="materials.4.name"]`).AttrOr("value", "") != "场所平面图" {
		t.Error("it was not moved")
	}
	p = press(t, c, materials, "drop:materials.0", "materials.1.name", "改了的名称")
	if !p.Has("#drop") || p.Find(`input[name="materials.1.name"]`).AttrOr("value", "") != "改了的名称" || !p.Has(`input[name="materials.5.name"]`) {
		t.Fatal("what was typed beside it is lost, or it was removed unasked")
	}
	p = c.Get(officetest.Location(t, c.Post(materials+"/drop", officetest.Fields(p, "#drop form"))))
	if p.Has(`input[name="materials.5.name"]`) || p.Find(`input[name="materials.0.name"]`).AttrOr("value", "") != "改了的名称" {
		t.Error(p.Text("main"))
	}
	p = press(t, c, at+"/parts/basis", "add:basis")
	if !p.Has(`.ow-wrong input[name="basis.1.article"]`) {
		t.Error("the missing article is not said at its field")
	}
	p = press(t, c, at+"/parts/basis", "drop:basis.1")
	if p.Has(`input[name="basis.1.article"]`) {
		t.Error("a small row is removed at once")
	}
}

// What cannot be read is said at its field with what was typed; nothing is kept. A
// stale page is told, and keeps what was typed.
func TestWhatIsWrongIsSaidAtItsField(t *testing.T) {
	s := site(t)
	c := s.As("editor")
	at := begun(t, s, c)
	limits := at + "/parts/limits"
	form := officetest.Fields(c.Get(limits).Want(200), `form[action="`+limits+`"]`)
	send := func(kv ...string) *webtest.Page {
		return c.Post(limits, officetest.With(officetest.With(maps.Clone(form), "do", "save"), kv...))
	}
	p := send("statutory.n", "二十", "statutory.unit", "weeks", "duty", strings.Repeat("长", 201))
	for field, value := range map[string]string{"statutory.n": "二十", "duty": strings.Repeat("长", 201)} {
		if p.Status != 422 || !p.Has(`.ow-wrong input[name="`+field+`"]`) || p.Find(`input[name="`+field+`"]`).AttrOr("value", "") != value {
			t.Errorf("%s: %d %s", field, p.Status, p.Text("[role=alert]"))
		}
	}
	if !p.Has(`.ow-wrong select[name="statutory.unit"]`) {
		t.Error("a unit that is not offered")
	}
	officetest.Location(t, send("promised", "true", "promised.n", "30", "promised.unit", "working", "promised.start", "accepted"))
	if p := c.Get(limits); !p.Has(`.ow-wrong input[name="promised.n"]`) || !strings.Contains(p.Text("main"), "长于法定期限") {
		t.Error(p.Text("main"))
	}
	p = send("duty", "这是已经写好的")
	if p.Status != 409 || p.Find(`input[name="duty"]`).AttrOr("value", "") != "这是已经写好的" {
		t.Errorf("stale: %d", p.Status)
	}
	officetest.Location(t, c.Post(limits, officetest.With(officetest.Fields(c.Get(limits), `form[action="`+limits+`"]`), "promised", "")))
	if p := c.Get(at).Want(200, `form[action="`+at+`/hand-over"]`); !strings.Contains(p.Text("main"), "齐全") {
		t.Error(p.Text("main"))
	}
}

// The application form is made of data elements by id or by name; a condition is
// written as people read it.
func TestTheFormIsEdited(t *testing.T) {
	s := site(t)
	c := s.As("editor")
	at := begun(t, s, c)
	part := at + "/parts/form"
	p := press(t, c, part, "add:sections.1.fields")
	last := p.Find(`input[name^="sections.1.fields."][name$=".element"]`).Length() - 1
	f := func(name string) string { return "sections.1.fields." + strconv.Itoa(last) + "." + name }
	press(t, c, part, "add:"+f("show_if"), f("element"), "营业时间没有这个", f("label"), "x")
	if p := c.Get(part); !strings.Contains(p.Text("main"), "申请表没有内容或者有误") || !p.Has(`.ow-wrong input[name="`+f("element")+`"]`) {
		t.Error("an unknown element is not said at its field")
	}
	press(t, c, part, "save", f("element"), "自有资金数额", f("label"), "", f("show_if.0.field"), "food.business_type", f("show_if.0.op"), "in", f("show_if.0.value"), "餐饮服务经营者、集中用餐单位食堂")
	id := at[strings.LastIndex(at, "/")+1:]
	i, err := s.Catalog.Draft(context.Background(), s.Actor("editor"), id)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%+v", i.Form.Sections[1].Fields[last])
	if got := i.Form.Sections[1].Fields[last]; len(got.ShowIf) != 1 || len(got.ShowIf[0].Values) != 2 || got.ShowIf[0].Values[0] != "catering" {
		t.Errorf("%+v", got)
	}
	// as an applicant sees it, with the same checks
	p = c.Get(at+"/form").Want(200, `input[name="premises.address"]`)
	p = c.Post(at+"/form", officetest.Fields(p, `form[action="`+at+`/form"]`)).Want(200)
	if !p.Has(".ow-wrong") {
		t.Error("an empty form passes")
	}
	p = c.Get(at + "/example").Want(200)
	values := officetest.Fields(p, `form[action="`+at+`/example"]`)
	if p := c.Post(at+"/form", values); !strings.Contains(p.Text("main"), "通过全部检查") {
		t.Error(p.Text("main"))
	}
	values.Set("premises.area", "很大")
	officetest.Location(t, c.Post(at+"/example", values))
	if p := c.Get(at + "/example"); !p.Has(`.ow-wrong input[name="premises.area"]`) {
		t.Error("the wrong example is not said at its field")
	}
}

// From the version in force to the one who publishes.
func TestADraftIsHandedOver(t *testing.T) {
	s := site(t)
	c := s.As("editor")
	c.Get("/admin/matters").Want(200, `form[action="/admin/matter-drafts/`+s.Food().ID+`"]`)
	at := begun(t, s, c)
	if p := c.Get(at+"/guide").Want(200, "#part-materials", "#part-basis"); !strings.Contains(p.Text("main"), "这是预览") {
		t.Error(p.Text("main"))
	}
	p := c.Get(at).Want(200)
	form := officetest.Fields(p, `form[action="`+at+`/hand-over"]`)
	if p := c.Post(at+"/hand-over", officetest.With(maps.Clone(form), "revision", "7", "note", "按新规定修改")); p.Status != 409 || !strings.Contains(p.Text("textarea"), "按新规定修改") {
		t.Errorf("stale: %d", p.Status)
	}
	part := officetest.Fields(c.Get(at+"/parts/basis").Want(200), `form[action="`+at+`/parts/basis"]`)
	if p := c.Post(at+"/parts/basis", officetest.With(part, "do", "save", "revision", "7", "basis.0.article", "我写的条款")); p.Status != 409 ||
		!p.Has(`a[target="_blank"][href="`+at+`/parts/basis"]`) || p.Find(`[name="basis.0.article"]`).AttrOr("value", "") != "我写的条款" {
		t.Errorf("a stale part: %d %s", p.Status, p.Text("main"))
	}
	officetest.Location(t, c.Post(at+"/hand-over", officetest.With(form, "note", "按新规定修改")))
	p = c.Get(at).Want(200, `form[action="`+at+`/take-back"]`)
	if !strings.Contains(p.Text("main"), "等待发布") || !strings.Contains(p.Text("main"), "按新规定修改") {
		t.Error(p.Text("main"))
	}
	if p := c.Get(at + "/parts/basis").Want(200); p.Has(`button[value="save"]`) {
		t.Error("a draft that was handed over offers saving")
	}
	officetest.Location(t, c.Post(at+"/take-back", officetest.Fields(p, `form[action="`+at+`/take-back"]`)))
	c.Get(at+"/parts/basis").Want(200, `button[value="save"]`)
	p = c.Get(at + "/discard").Want(200)
	officetest.Location(t, c.Post(at+"/discard", officetest.Fields(p, `form[action="`+at+`/discard"]`)))
	c.Get(at).Want(404)
}

// A long directory is read page by page; the search and the kind stay.
func TestTheDirectoryIsPaged(t *testing.T) {
	s := site(t)
	c := s.As("editor")
	at, shown := "/admin/items?kind=01", 0
	for at != "" {
		p := c.Get(at).Want(200, `#f-kind option[value="01"][selected]`)
		shown += p.Find("main tbody tr").Length()
		at = p.Find(".ow-pager a:last-child").AttrOr("href", "")
		if !strings.Contains(at, "after=") {
			break
		}
		if !strings.Contains(at, "kind=01") {
			t.Fatal("the kind is lost: " + at)
		}
	}
	if shown < 51 {
		t.Errorf("%d entries", shown)
	}
	p := c.Get("/admin/items?q=130190001").Want(200, `a[href="/admin/matters/new?item=130190001000"]`)
	if p.Find("main tbody tr").Length() != 1 {
		t.Error(p.Text("main"))
	}
	c.Get("/admin/items?q=没有的事项").Want(200, ".ow-empty")
}

// The directory gets a matter, a body begins it from a copy, and it travels as a file.
func TestANewMatter(t *testing.T) {
	s := site(t)
	a, e := s.As("catalog"), s.As("editor")
	if p := a.Post("/admin/items/new", url.Values{"code": {"12"}, "name": {""}, "kind": {"01"}}); p.Status != 422 || !p.Has("#f-code-error") || !p.Has("#f-name-error") {
		t.Errorf("%d %s", p.Status, p.Text("main"))
	}
	officetest.Location(t, a.Post("/admin/items/new", url.Values{"code": {"130190990000"}, "name": {"流动摊贩登记"}, "kind": {"01"}, "aliases": {"摆摊\n夜市"}, "listed": {"true"}}))
	if p := a.Get("/admin/items?q=流动").Want(200, `a[href="/admin/items/new?code=130190990000"]`); !strings.Contains(p.Text("main"), "夜市") {
		t.Error(p.Text("main"))
	}
	if p := e.Get("/admin/items?q=流动"); p.Has(`a[href^="/admin/items/new"]`) {
		t.Error("an editor changes the directory")
	}
	if p := a.Post("/admin/items/new", url.Values{"code": {"130190990000"}, "name": {"别的登记"}, "kind": {"01"}}); p.Status != 409 ||
		!strings.Contains(p.Text("[role=alert]"), "流动摊贩登记") || p.Find("#f-name").AttrOr("value", "") != "别的登记" {
		t.Errorf("a new entry over another: %d %s", p.Status, p.Text("main"))
	}
	entry := "/admin/items/new?code=130190990000"
	seen := officetest.Fields(a.Get(entry).Want(200), `form[action="`+entry+`"]`)
	officetest.Location(t, a.Post(entry, officetest.With(maps.Clone(seen), "aliases", "摆摊\n夜市\n早市")))
	if p := a.Post(entry, officetest.With(seen, "name", "晚到的")); p.Status != 409 || p.Find("#f-name").AttrOr("value", "") != "晚到的" {
		t.Errorf("a stale entry: %d", p.Status)
	}
	form := officetest.Fields(e.Get("/admin/matters/new?item=130190990000").Want(200, `#items option[value="130190990000"]`, `#f-item[value="130190990000"]`), `form[action="/admin/matters/new"]`)
	for field, typed := range map[string]string{"item": "没有的事项", "copy": "没有的事项"} {
		if p := e.Post("/admin/matters/new", officetest.With(maps.Clone(form), field, typed)); p.Status != 422 || p.Find("#f-"+field).AttrOr("value", "") != typed || !p.Has("#f-"+field+"-error") {
			t.Errorf("%s: %d %s", field, p.Status, p.Text("main"))
		}
	}
	form.Set("item", "")
	if p := e.Post("/admin/matters/new", form); p.Status != 422 || !p.Has("#f-item-error") {
		t.Errorf("%d", p.Status)
	}
	at := officetest.Location(t, e.Post("/admin/matters/new", officetest.With(form, "item", "流动摊贩登记", "copy", s.Food().Code())))
	if p := e.Get(at).Want(200); !strings.Contains(p.Text("main"), "流动摊贩登记") || !strings.Contains(p.Text("main"), "还缺") {
		t.Error(p.Text("main"))
	}
	file := e.Get(at + "/file").Want(200)
	send := func(body, text string) *webtest.Page {
		var b bytes.Buffer
		w := multipart.NewWriter(&b)
		_ = w.WriteField("body", body)
		part, _ := w.CreateFormFile("file", "事项.json")
		_, _ = part.Write([]byte(text))
		_ = w.Close()
		r, err := http.NewRequest(http.MethodPost, a.URL+"/admin/matters/import", &b)
		if err != nil {
			t.Fatal(err)
		}
		return a.Do(r, "Content-Type", w.FormDataContentType(), "Sec-Fetch-Site", "same-origin")
	}
	if p := send("", file.Body); p.Status != 409 {
		t.Errorf("a second draft: %d %s", p.Status, p.Text("main"))
	}
	if p := send("dz-gaj", "{\n x"); p.Status != 422 || !strings.Contains(p.Text("[role=alert]"), "第 2 行") {
		t.Errorf("%d %s", p.Status, p.Text("main"))
	}
	to := officetest.Location(t, send("dz-gaj", file.Body))
	if p := a.Get(to).Want(200); !strings.Contains(p.Text("main"), "定州市公安局") {
		t.Error(p.Text("main"))
	}
}

func TestEditorInABrowser(t *testing.T) {
	s := site(t)
	at := begun(t, s, s.As("editor"))
	ctx, base := s.Browser("editor")
	officetest.Look(t, ctx, base+"/admin/matters", "matters")
	officetest.Look(t, ctx, base+"/admin/matters/new", "matter-new")
	officetest.Look(t, ctx, base+"/admin/matters/import", "matter-import")
	officetest.Look(t, ctx, base+at, "matter")
	for _, part := range []string{"item", "basis", "limits", "procedure", "materials", "form", "result", "window", "remedies"} {
		officetest.Look(t, ctx, base+at+"/parts/"+part, "matter-"+part)
	}
	officetest.Look(t, ctx, base+at+"/parts/materials?drop=materials.1", "matter-drop")
	officetest.Look(t, ctx, base+at+"/example", "matter-example")
	officetest.Look(t, ctx, base+at+"/guide", "matter-guide")
	officetest.Look(t, ctx, base+at+"/form", "matter-form-preview")
	officetest.Look(t, ctx, base+"/admin/items", "items")
}

func attr(name string) func(int, *goquery.Selection) string {
	return func(_ int, s *goquery.Selection) string { return s.AttrOr(name, "") }
}

func stored(t *testing.T, i *catalog.Implementation) string {
	t.Helper()
	b, err := json.Marshal(i)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
