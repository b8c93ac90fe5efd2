package portal

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"onewindow/internal/business/casework/casetest"
)

const markup = `<script>alert(1)</script>'; drop table cases; --`

// What people type is text: it is kept, or refused in words, and never run.
func TestHostileAnswers(t *testing.T) {
	s := newSite(t)
	c := s.As("lina")
	draft := draftOf(t, s, c)
	for name, bad := range map[string][2]string{
		"long name":         {"premises.name", strings.Repeat("店", 10_000)},
		"far too long":      {"premises.name", strings.Repeat("店", 30_000)},
		"wrong check digit": {"company.uscc", "91139999MA9900028X"},
		"impossible area":   {"premises.area", "-1e999"},
		"broken UTF-8":      {"premises.name", "\xff\xfe店"},
		"no such choice":    {"company.type", "emperor"},
		"foreign phone":     {"contact.phone", "🍜🍜🍜"},
	} {
		form := c.Get(draft)
		p := c.Post(draft, other(example(form, s), bad[0], bad[1]))
		p.Want(http.StatusUnprocessableEntity, ".ow-error")
		if t.Failed() {
			t.Fatal(name)
		}
	}
	for _, text := range []string{markup, "嘉禾🍜餐厅", "张三\u202e李四", "𠮷野家"} {
		form := c.Get(draft)
		p := c.Post(draft, other(example(form, s), "premises.name", text, "do", "save"))
		p.Want(303)
		page := c.Get(draft).Want(200)
		if page.Has("script:not([src])") {
			t.Errorf("%q is run", text)
		}
		c.Get(draft + "/check").Want(200)
		if got := page.Find("#f-premises_name").AttrOr("value", ""); text == markup && got != text {
			t.Errorf("%q became %q", text, got)
		}
	}
	c.Get("/cases").Want(200)
}

// Addresses that nobody made by a link are answered calmly.
func TestHostileAddresses(t *testing.T) {
	s := newSite(t)
	lina, guest := s.As("lina"), s.Visitor()
	odd := url.QueryEscape(markup + strings.Repeat("长", 500))
	for _, path := range []string{"/matters?q=" + odd, "/matters?after=" + odd, "/matters?theme=" + odd + "&body=x&audience=y", "/progress?number=" + odd,
		"/matters?q=%00%ff%fe", "/verify?id="} {
		if p := guest.Get(path).Want(200); p.Has("script:not([src])") {
			t.Errorf("%s runs what was typed", path)
		}
	}
	for _, path := range []string{"/matters/nothing", "/matters/nothing/guide.pdf", "/matters/" + s.Food().Code() + "?version=99", "/matters/" + odd} {
		guest.Get(path).Want(404)
	}
	guest.Get("/verify/"+url.PathEscape(markup)).Want(422, ".ow-error")
	for _, path := range []string{"/cases/x", "/cases/x/receipt", "/drafts/x", "/drafts/x/check", "/files/x", "/documents/x", "/documents/x/file", "/licences/x/file", "/licences/x", "/licences/x/cancel",
		"/messages/x", "/account/x/contact", "/apply/x", "/cases/x/rate", "/cases/x/withdraw", "/cases/x/receive", "/cases/x/supplement"} {
		lina.Get(path).Want(404)
	}
	for _, path := range []string{"/cases?after=" + odd + "&q=" + odd, "/messages?after=" + odd, "/licences?after=" + odd} {
		lina.Get(path).Want(200)
	}
	for _, path := range []string{"/cases/x/withdraw", "/cases/x/receive", "/drafts/x/submit"} {
		lina.Post(path, url.Values{"version": {"many"}}).Want(422)
	}
}

func TestHostileFiles(t *testing.T) {
	s := newSite(t)
	c := s.As("lina")
	draft := draftOf(t, s, c)
	at := draft + "/materials/003"
	windows := append([]byte("MZ\x90\x00"), make([]byte, 200)...)
	for name, content := range map[string][]byte{"程序.exe": windows, "改名.pdf": windows, "空.pdf": nil, "照片.jpg": casetest.PDF, "页面.pdf": []byte("<html><script>alert(1)</script>")} {
		p := upload(t, c, at, name, content).Want(422, "#m-003 .ow-error", `.ow-note[role=alert] a[href="#f-file-003"]`)
		if p.Has("#m-003 .ow-files") {
			t.Errorf("%s was taken", name)
		}
	}
	send(t, c, at, "multipart/form-data; boundary=x", strings.NewReader("--x--\r\n")).Want(422, "#m-003 .ow-error")
	send(t, c, at, "multipart/form-data; boundary=x", strings.NewReader("--x\r\nbroken")).Want(422)
	upload(t, c, draft+"/materials/999", "材料.pdf", casetest.PDF).Want(404)
	upload(t, c, at, "../../etc/passwd<b>.pdf", casetest.PDF).Want(303)
	if name := c.Get(draft + "/materials").Text("#m-003 .ow-files a"); name != "passwd<b>.pdf" {
		t.Errorf("the file is called %q", name)
	}
}

// A file of 200 MB is refused while it is being sent.
func TestHugeFile(t *testing.T) {
	s := newSite(t)
	c := s.As("lina")
	draft := draftOf(t, s, c)
	head := "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"大.pdf\"\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.4\n"
	body := io.MultiReader(strings.NewReader(head), io.LimitReader(zeros{}, 200<<20), strings.NewReader("\r\n--x--\r\n"))
	p := send(t, c, draft+"/materials/003", "multipart/form-data; boundary=x", body)
	p.Want(http.StatusRequestEntityTooLarge, "#m-003 .ow-error")
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// What belongs to somebody else is not there: 404, as if the number were wrong.
func TestOthersThings(t *testing.T) {
	s := newSite(t)
	lina := s.As("lina")
	o := tell(t, s, lina)
	other := s.As("wangxiaoming")
	paths := []string{o.draft, o.draft + "/materials", o.draft + "/check", o.draft + "/discard", o.received, o.received + "/receipt",
		o.supplement + "/supplement", o.handling + "/withdraw", o.granted + "/receive", o.concluded + "/rate", o.licence + "/file"}
	lina.Get(o.received).Find(`a[href^="/documents/"],a[href^="/files/"]`).Each(func(_ int, a *goquery.Selection) {
		paths = append(paths, a.AttrOr("href", ""))
	})
	for _, path := range paths {
		lina.Get(path).Want(200)
		other.Get(path).Want(404)
	}
	for _, path := range []string{o.draft, o.draft + "/submit", o.draft + "/discard", o.received + "/withdraw", o.supplement + "/supplement", o.granted + "/receive", o.concluded + "/rate"} {
		other.Post(path, url.Values{"version": {"1"}, "declared": {"true"}, "reason": {"x"}, "grade": {"1"}}).Want(404)
	}
	upload(t, other, o.draft+"/materials/003", "材料.pdf", casetest.PDF).Want(404)
	upload(t, other, o.supplement+"/supplement/003", "材料.pdf", casetest.PDF).Want(404)
}

// Every page of one's own leads a visitor to the sign-in page, and every act
// refuses one.
func TestSignedOut(t *testing.T) {
	s := newSite(t)
	guest := s.Visitor()
	for _, r := range s.Routes {
		if !r.Need.SignedIn {
			continue
		}
		path := strings.NewReplacer("{id}", "x", "{code}", s.Food().Code(), "{no}", "003", "{file}", "x", "{document}", "x", "{licence}", "x",
			"{message}", "x", "{party}", "x", "{mandate}", "x", "{token}", "x").Replace(r.Pattern)
		switch {
		case r.Method == get:
			if p := guest.Get(path).Want(303); !strings.HasPrefix(p.Header.Get("Location"), "/sign-in?to=") {
				t.Errorf("%s leads to %s", path, p.Header.Get("Location"))
			}
		case r.Need.Typed:
			guest.Post(path, url.Values{"x": {"y"}}).Want(303)
		default:
			guest.Post(path, url.Values{"x": {"y"}}).Want(401)
		}
	}
}
