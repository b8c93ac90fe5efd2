package counter

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/web/officetest"
	"onewindow/internal/web/webtest"
)

// uscc is the demonstration company's, idNumber its legal representative's.
const (
	uscc     = "91139999MA9900028Y"
	idNumber = "13999919881212002X"
)

// An application is received for a company that is on record: what is held is
// filled in, what is sensitive is masked, nothing is asked again.
func TestReceiveForAKnownCompany(t *testing.T) {
	s := site(t)
	clerk := s.As("clerk")
	to := officetest.Location(t, clerk.Post(Base+"/new", url.Values{"kind": {"company"}, "uscc": {" " + strings.ToLower(uscc)}}))
	p := clerk.Get(to+"?q=食品经营").Want(200, "table tbody a")
	if strings.Contains(p.Body, idNumber) || !strings.Contains(p.Text("main"), "嘉禾食品") {
		t.Error(p.Text("main"))
	}
	href, _ := p.Find("table tbody a").First().Attr("href")
	p = clerk.Get(href).Want(200, "input[name=variant]", "main form")
	draft := officetest.Location(t, clerk.Post(href, officetest.Fields(p, "main form")))
	p = clerk.Get(draft).Want(200, ".ow-prefilled")
	if strings.Contains(p.Body, idNumber) {
		t.Error("the identity number stands in the clear")
	}
	p = clerk.Post(draft, officetest.Fields(p, "#application")).Want(422, "[role=alert] a", ".ow-wrong")
	form := officetest.Fields(p, "#application")
	for k, v := range s.Food().Example {
		if form.Get(k) == "" {
			form[k] = strings.Split(v, "\n")
		}
	}
	if to := officetest.Location(t, clerk.Post(draft, form)); to != draft+"/materials" {
		t.Fatalf("leads to %s", to)
	}
	receiveMaterials(t, s, clerk, draft)
}

// receiveMaterials counts the paper, takes a scan and submits.
func receiveMaterials(t *testing.T, s *officetest.Site, clerk *webtest.Client, draft string) {
	t.Helper()
	p := clerk.Get(draft+"/materials").Want(200, `input[name="paper.003"]`, `input[name="file.003"]`)
	form := officetest.Fields(p, "main form")
	clerk.Post(draft+"/materials", officetest.With(form, "paper.003", "许多")).Want(422, "#f-paper_003-error")
	upload(t, clerk, draft+"/materials", "file.003", "布局图.pdf", []byte("not a PDF")).Want(422, `[role=alert] a[href="#f-file_003"]`)
	if p := upload(t, clerk, draft+"/materials", "file.003", "布局图.pdf", casetest.PDF); p.Status != 303 {
		t.Fatalf("upload: %d %s", p.Status, p.Text("main"))
	}
	clerk.Get(draft+"/check").Want(200, ".ow-t-warn", "[data-print]")
	officetest.Location(t, clerk.Post(draft+"/materials", officetest.With(form, "paper.003", "1", "paper.004", "2", "next", "1")))
	p = clerk.Get(draft + "/check").Want(200)
	if p.Has("main .ow-t-warn") || !strings.Contains(p.Text("main"), "纸质 2 份") || !strings.Contains(p.Text("main"), "扫描件 1 个") {
		t.Error(p.Text("main"))
	}
	form = officetest.Fields(p, `form[action$="/submit"]`)
	clerk.Post(draft+"/submit", form).Want(422, "#f-declared-error")
	to := officetest.Location(t, clerk.Post(draft+"/submit", officetest.With(form, "declared", "true")))
	p = clerk.Get(to).Want(200, ".ow-paper .ow-paper-blank", "[data-print]")
	if !strings.Contains(p.Text(".ow-paper"), "申请材料接收凭证") {
		t.Error(p.Text(".ow-paper"))
	}
	// A second click gives the same case; the draft leads there from now on.
	officetest.Location(t, clerk.Post(draft+"/submit", officetest.With(form, "declared", "true")))
	path := officetest.Location(t, clerk.Get(draft))
	if c := s.Case(strings.TrimPrefix(path, Base+"/cases/")); c.Channel != casework.Window || c.IntakeID != "dz-hall" {
		t.Errorf("%+v", c)
	}
}

// upload sends one file.
func upload(t *testing.T, c *webtest.Client, path, field, name string, content []byte) *webtest.Page {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	f, err := w.CreateFormFile(field, name)
	if err != nil {
		t.Fatal(err)
	}
	f.Write(content)
	w.Close()
	r, err := http.NewRequest(http.MethodPost, c.URL+path, &b)
	if err != nil {
		t.Fatal(err)
	}
	return c.Do(r, "Content-Type", w.FormDataContentType(), "Sec-Fetch-Site", "same-origin")
}

// Who is not known yet is registered once; a wrong check character is named.
func TestReceiveForSomebodyNew(t *testing.T) {
	s := site(t)
	clerk := s.As("clerk")
	clerk.Post(Base+"/new", url.Values{"kind": {"person"}, "id_type": {"111"}, "id_number": {"139999198812120021"}}).Want(422, "#f-id_number-error")
	typed := url.Values{"kind": {"person"}, "id_type": {"111"}, "id_number": {"11010519491231002X"}}
	p := clerk.Post(Base+"/new", typed).Want(200, `form[action$="/new/party"]`)
	form := officetest.Fields(p, "main form")
	clerk.Post(Base+"/new/party", officetest.With(form, "name", "", "phone", "12")).Want(422, "#f-name-error", "#f-phone-error")
	to := officetest.Location(t, clerk.Post(Base+"/new/party", officetest.With(form, "name", "陈思远", "phone", "13900001111", "address", "定州市兴定路1号")))
	p = clerk.Get(to).Want(200)
	if text := p.Text("main"); !strings.Contains(text, "陈**") || strings.Contains(text, "11010519491231002X") || strings.Contains(text, "13900001111") {
		t.Error(text)
	}
	if again := officetest.Location(t, clerk.Post(Base+"/new", typed)); again != to {
		t.Errorf("the same person again: %s, %s", again, to)
	}
}

// The script saves what is typed; a draft can be left and thrown away.
func TestDraftIsKept(t *testing.T) {
	s := site(t)
	clerk := s.As("clerk")
	_, draft := windowDraft(s)
	form := officetest.With(officetest.Fields(clerk.Get(draft), "#application"), "premises.name", "嘉禾餐厅")
	if p := clerk.Post(draft, form, "X-Requested-With", "onewindow-autosave"); p.Status != 200 || !strings.Contains(p.Body, `"version":2`) {
		t.Fatalf("autosave: %d %s", p.Status, p.Body)
	}
	// Another tab that shows the first version overwrites nothing.
	clerk.Post(draft, form, "X-Requested-With", "onewindow-autosave").Want(409)
	p := clerk.Post(draft, officetest.With(form, "premises.name", "别处填的")).Want(409, "[role=alert]")
	if v, _ := p.Find(`[name="premises.name"]`).Attr("value"); v != "别处填的" {
		t.Errorf("typed %q", v)
	}
	if v, _ := clerk.Get(draft).Find(`[name="premises.name"]`).Attr("value"); v != "嘉禾餐厅" {
		t.Errorf("kept %q", v)
	}
	clerk.Get(Base+"/drafts").Want(200, `a[href="`+draft+`"]`)
	s.As("clerk2").Get(draft).Want(404)
	officetest.Location(t, clerk.Post(draft+"/discard", nil))
	if clerk.Get(Base + "/drafts").Has(`a[href="` + draft + `"]`) {
		t.Error("still listed")
	}
	clerk.Get(draft).Want(409)
}
