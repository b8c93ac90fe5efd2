package desk

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"net/url"
	"strings"
	"testing"
	"time"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/procedure"
	"onewindow/internal/web/officetest"
	"onewindow/internal/web/webtest"
)

// hygiene is a case of a matter that always wants a visit, at the act.
func hygiene(s *officetest.Site, act flow.Act) (*casework.Case, string) {
	c := s.Walk(s.Submit(s.Matter("公共场所卫生许可")), act)
	return c, Base + "/cases/" + c.ID
}

func photo() []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 6))); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// upload sends a file through the form of the page.
func upload(t testing.TB, c *webtest.Client, page, name string, content []byte) *webtest.Page {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for k, v := range officetest.Fields(c.Get(page), `form[action="`+page+`/files"]`) {
		w.WriteField(k, v[0])
	}
	w.WriteField("caption", "门面")
	part, err := w.CreatePart(textproto.MIMEHeader{"Content-Disposition": {`form-data; name="files"; filename="` + name + `"`}, "Content-Type": {"image/png"}})
	if err != nil {
		t.Fatal(err)
	}
	part.Write(content)
	w.Close()
	r, err := http.NewRequest(http.MethodPost, c.URL+page+"/files", &b)
	if err != nil {
		t.Fatal(err)
	}
	return c.Do(r, "Content-Type", w.FormDataContentType(), "Sec-Fetch-Site", "same-origin")
}

// planned is the form of a visit for tomorrow, by two officers.
func planned(s *officetest.Site, to *webtest.Client, path string) *webtest.Page {
	day := s.Clock.Now().Add(24 * time.Hour).Format(time.DateOnly)
	return send(to, path+"/visit", path+"/visit", "at", day, "time", "09:30", "place", "定州市中山路1号",
		"officer1", s.Actor("handler").AccountID, "number1", "冀F-001", "officer2", s.Actor("handler2").AccountID, "number2", "冀F-002")
}

// A visit on its pages: announced, photographed, recorded, signed by each, and
// only then the licence (行政许可法第三十四条第三款).
func TestVisitOnItsPages(t *testing.T) {
	s := site(t)
	c, path := hygiene(s, flow.Decide)
	one, two, decider := s.As("handler"), s.As("handler2"), s.As("decider")
	if p := decider.Get(path).Want(200, "#procedures .ow-note"); !strings.Contains(p.Text("#procedures"), "须先现场核查") {
		t.Error(p.Text("#procedures"))
	}
	if p := decider.Get(path); !strings.Contains(p.Text("#outcomes .ow-error"), "须先现场核查") {
		t.Error(p.Text("#outcomes"))
	}
	p := send(decider, path+"/grant", path+"/grant", "opinion", "同意。").Want(422, "[role=alert] .ow-law")
	if !strings.Contains(p.Text("[role=alert]"), "现场核查") {
		t.Error(p.Text("[role=alert]"))
	}
	one.Get(path).Want(200, `#others a[href="`+path+`/visit"]`)
	send(one, path+"/visit", path+"/visit", "at", "", "time", "").Want(422, "#f-place")
	p = planned(s, one, path)
	one.Get(officetest.Location(t, p)).Want(200, ".ow-paper")
	list := two.Get(Base+"/visits").Want(200, "main table")
	at, _ := list.Find("main table a").Attr("href")
	if !strings.HasPrefix(at, Base+"/procedures/") || !strings.Contains(list.Text("main table"), "待核查") {
		t.Fatalf("%s %s", at, list.Text("main table"))
	}
	s.As("reviewer").Get(Base+"/visits").Want(200, "main .ow-panel")
	s.As("reviewer").Get(Base+"/visits?of=all").Want(200, "main table")
	s.Clock.Advance(26 * time.Hour)
	one, two, decider = s.As("handler"), s.As("handler2"), s.As("decider") // sessions end overnight
	upload(t, one, at, "页面.png", []byte("<html>")).Want(422, "[role=alert]")
	if p := upload(t, one, at, "门面.png", photo()); p.Status != 303 {
		t.Fatalf("%d %s", p.Status, p.Text("main"))
	}
	src, _ := one.Get(at).Find(".ow-photos img").Attr("src")
	if p := one.Get(src); p.Status != 200 || p.Header.Get("Content-Type") != "image/png" {
		t.Errorf("photo %s: %d", src, p.Status)
	}
	send(one, at, at+"/record", "conclusion", "passed").Want(422, "#f-present-error", "#f-findings-error")
	send(one, at, at+"/record", "conclusion", "rectify", "present", "李娜", "findings", "消毒间没有流动水").Want(422, "#f-problem1")
	officetest.Location(t, send(one, at, at+"/record", "conclusion", "passed", "present", "李娜", "findings", "与申请一致"))
	if p := two.Get(Base + "/visits"); !strings.Contains(p.Text("main table"), "等待您签字") {
		t.Error(p.Text("main table"))
	}
	s.As("reviewer").Post(at+"/sign", officetest.With(officetest.Fields(one.Get(at), "#sign form"))).Want(403)
	officetest.Location(t, send(one, at, at+"/sign"))
	if p := one.Get(at); p.Has("#sign") || !strings.Contains(p.Text("main"), "由赵鹏登录本人账号") {
		t.Error(p.Text("main"))
	}
	officetest.Location(t, send(two, at, at+"/sign"))
	if p := decider.Get(path); p.Has("#procedures .ow-note") || !strings.Contains(p.Text("#procedures table"), "符合要求") || !strings.Contains(p.Text("#procedures table"), "计入办理期限") {
		t.Error(p.Text("#procedures"))
	}
	officetest.Location(t, send(decider, path+"/grant", path+"/grant", "opinion", "同意。"))
	if s.Case(c.ID).Status != casework.StatusGranted {
		t.Error("not granted")
	}
}

// An expert review on its pages: the clock stands, and says so to everybody.
func TestExpertReviewOnItsPages(t *testing.T) {
	s := site(t)
	c := s.Walk(s.Submit(s.Matter("节能审查")), flow.Examine)
	path, h := Base+"/cases/"+c.ID, s.As("handler")
	before := c.StatutoryDue
	send(h, path+"/procedure", path+"/procedure", "kind", "expert 专家评审", "days", "16", "why", "能耗较大").Want(422, "#f-days-error")
	send(h, path+"/procedure", path+"/procedure", "kind", "inspection 检验", "days", "5", "why", "能耗较大").Want(422, "#f-law-error")
	at := officetest.Location(t, send(h, path+"/procedure", path+"/procedure", "kind", "expert 专家评审", "days", "15", "why", "能耗较大"))
	if s.Case(c.ID).StatutoryDue <= before {
		t.Error("the clock runs on")
	}
	if p := h.Get(path); !strings.Contains(p.Text("#procedures"), "停止计时，至多 15 个工作日") || !strings.Contains(p.Text("#documents"), "所需时间告知书") {
		t.Error(p.Text("#procedures"))
	}
	h.Get(at).Want(200, "#panel")
	day := s.Clock.Now().Add(24 * time.Hour).Format(time.DateOnly)
	send(h, at, at+"/panel", "at", day, "time", "09:00", "place", "三楼", "name1", "甲", "unit1", "设计院").Want(422, "[role=alert]")
	officetest.Location(t, send(h, at, at+"/panel", "at", day, "time", "09:00", "place", "三楼", "name1", "甲", "unit1", "设计院", "name2", "乙", "unit2", "大学"))
	s.Clock.Advance(48 * time.Hour)
	h = s.As("handler")
	send(h, at, at+"/record", "conclusion", "passed", "findings", "同意", "opinion1", "可行", "opinion2", "可行").Want(422, "[role=alert]")
	if p := upload(t, h, at, "记录.pdf", casetest.PDF); p.Status != 303 {
		t.Fatalf("%d %s", p.Status, p.Text("main"))
	}
	officetest.Location(t, send(h, at, at+"/record", "conclusion", "passed", "findings", "同意", "opinion1", "可行", "opinion2", "可行"))
	officetest.Location(t, send(h, at, at+"/end"))
	if p := h.Get(path); !strings.Contains(p.Text("#documents"), "特别程序结束通知书") {
		t.Error(p.Text("#documents"))
	}
	send(h, at, at+"/end").Want(422) // the form is gone
}

// Whoever acts on an old version of a procedure is told; another department
// does not learn that it exists.
func TestProcedureBattery(t *testing.T) {
	s := site(t)
	c, path := hygiene(s, flow.Examine)
	h := s.As("handler")
	officetest.Location(t, planned(s, h, path))
	all, err := s.Procedures.OfCase(context.Background(), s.Actor("handler"), c)
	if err != nil || len(all) != 1 {
		t.Fatal(err, len(all))
	}
	at := Base + "/procedures/" + all[0].ID
	other := s.As("zj-handler")
	for _, act := range []string{"record", "panel", "sign", "reopen", "reschedule", "cancel", "end"} {
		form := officetest.With(url.Values{}, "version", "9999", "revision", "9999", "reason", "这是已经写好的理由")
		if p := other.Post(at+"/"+act, form); p.Status != http.StatusNotFound {
			t.Errorf("%s by another department: %d", act, p.Status)
		}
		if p := h.Post(at+"/"+act, form); p.Status != http.StatusConflict || !p.Has("[role=alert]") {
			t.Errorf("%s, stale: %d %s", act, p.Status, p.Text("main"))
		}
		if p := h.Post(at+"/"+act, form, "Sec-Fetch-Site", "cross-site"); p.Status != http.StatusForbidden {
			t.Errorf("%s from elsewhere: %d", act, p.Status)
		}
	}
	other.Get(at).Want(http.StatusNotFound)
	s.As("lina").Get(at).Want(http.StatusForbidden)
	if now, _ := s.Procedures.Get(context.Background(), s.Actor("handler"), all[0].ID); now.State != procedure.Open || now.Version != 1 {
		t.Errorf("the trials changed it: %+v", now)
	}
}

// 行政许可法第五十七条 on its page: the figure is kept, and a case that goes before an
// earlier one is refused with the earlier one's number.
func TestQuotaOnItsPage(t *testing.T) {
	s := site(t)
	impl := s.Matter("取水许可")
	first, second := s.Walk(s.Submit(impl), flow.Decide), s.Walk(s.Submit(impl), flow.Decide)
	e := s.As("editor")
	p := e.Get(Base+"/quotas").Want(200, "main table")
	if !strings.Contains(p.Text("main"), first.Number) || !strings.Contains(p.Text("main"), "未维护") {
		t.Error(p.Text("main"))
	}
	form := officetest.With(officetest.Fields(p, "main form"), "total", "x", "note", "配置方案")
	e.Post(Base+"/quotas", form).Want(422, "#f-total-error")
	officetest.Location(t, e.Post(Base+"/quotas", officetest.With(form, "total", "1")))
	e.Post(Base+"/quotas", officetest.With(form, "total", "9")).Want(409, "[role=alert]")
	d, path := s.As("decider"), Base+"/cases/"+second.ID+"/grant"
	p = send(d, path, path, "opinion", "同意。").Want(422, "[role=alert] .ow-law")
	if !strings.Contains(p.Text("[role=alert]"), first.Number) {
		t.Error(p.Text("[role=alert]"))
	}
	s.As("handler").Get(Base + "/quotas").Want(403)
}

func TestProceduresInABrowser(t *testing.T) {
	s := site(t)
	look := func(t *testing.T, ctx context.Context, at, name string) { officetest.Look(t, ctx, at, "desk-"+name) }
	k := s.Walk(s.Submit(s.Matter("节能审查")), flow.Examine)
	energy := Base + "/cases/" + k.ID
	_, path := hygiene(s, flow.Examine)
	h := s.As("handler")
	ctx, url := s.Browser("handler")
	look(t, ctx, url+path+"/visit", "visit-plan")
	look(t, ctx, url+energy+"/procedure", "procedure-begin")
	review := officetest.Location(t, send(h, energy+"/procedure", energy+"/procedure", "kind", "expert 专家评审", "days", "15", "why", "能耗较大"))
	officetest.Location(t, planned(s, h, path))
	at, _ := h.Get(Base + "/visits").Find("main table a").Attr("href")
	day := s.Clock.Now().Add(24 * time.Hour).Format(time.DateOnly)
	officetest.Location(t, send(h, review, review+"/panel", "at", day, "time", "09:00", "place", "三楼会议室", "name1", "甲", "unit1", "设计院", "name2", "乙", "unit2", "大学"))
	look(t, ctx, url+at, "visit-open")
	look(t, ctx, url+review, "review-open")
	look(t, ctx, url+energy, "case-stopped")
	s.Clock.Advance(26 * time.Hour)
	h = s.As("handler")
	if p := upload(t, h, at, "门面.png", photo()); p.Status != 303 {
		t.Fatalf("%d", p.Status)
	}
	officetest.Location(t, send(h, at, at+"/record", "conclusion", "rectify", "present", "李娜（法定代表人）", "findings", "场所布局与图纸一致；消毒间没有流动水。",
		"problem1", "消毒间没有流动水", "demand1", "接通给水，设洗手池", "until", s.Clock.Now().Add(5*24*time.Hour).Format(time.DateOnly)))
	ctx, url = s.Browser("handler2")
	look(t, ctx, url+at, "visit-signing")
	look(t, ctx, url+Base+"/visits", "visits")
	officetest.Location(t, send(h, at, at+"/sign"))
	officetest.Location(t, send(s.As("handler2"), at, at+"/sign"))
	look(t, ctx, url+at, "visit-done")
	look(t, ctx, url+path, "case-visited")
	s.Walk(s.Submit(s.Matter("取水许可")), flow.Decide)
	ctx, url = s.Browser("editor")
	look(t, ctx, url+Base+"/quotas", "quotas")
}
