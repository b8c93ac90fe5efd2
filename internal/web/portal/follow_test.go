package portal

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/flow"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/notify"
)

// The page of a case says where it stands, until when, and counts the days.
func TestCasePage(t *testing.T) {
	s := newSite(t)
	c := s.As("lina")
	o := tell(t, s, c)
	p := c.Get(o.received).Want(200)
	if words := p.Text("main"); !strings.Contains(words, "等待受理") || !strings.Contains(words, "定州市政务服务大厅") || p.Has(".ow-month") {
		t.Error(words)
	}
	s.Clock.Advance(48 * time.Hour)
	p = c.Get(o.handling).Want(200, ".ow-step-now", ".ow-month .ow-day-due", `a[href$="/withdraw"]`, `a[href^="/documents/"]`, ".ow-timeline")
	words := p.Text("main")
	for _, want := range []string{"审核", "法定期限", "2026年10月16日", "还剩18个工作日", "定州市行政审批局（审核环节）", "国庆节"} {
		if !strings.Contains(words, want) {
			t.Errorf("%s is not said in: %s", want, words)
		}
	}
	if strings.Contains(p.Body, "建议准予") {
		t.Error("an officer's opinion is shown")
	}
	c.Get(o.concluded).Want(200, `a[href$="/rate"]`)
	document, _ := p.Find(`a[href^="/documents/"]`).First().Attr("href")
	c.Get(document).Want(200, ".ow-paper")
	if d := c.Get(document + "/file").Want(200); !strings.HasPrefix(d.Body, "%PDF-") {
		t.Error("the document is no PDF")
	}
}

// While the licence is being made, the applicant reads until when.
func TestTheLicenceIsPromisedByADay(t *testing.T) {
	s := newSite(t)
	made := s.Walk(s.Submit(s.Food()), flow.Issue)
	want := made.DeliveryDue(s.Casework.Calendar()).Chinese() + "前"
	if words := s.As("lina").Get(caseURL(made.ID)).Want(200).Text("main"); !strings.Contains(words, "正在制证") || !strings.Contains(words, want) {
		t.Errorf("%s is not said in: %s", want, words)
	}
}

// Number and code together open the progress; one alone opens nothing, and the
// answer does not say which was wrong.
func TestProgress(t *testing.T) {
	s := newSite(t)
	o := tell(t, s, s.As("lina"))
	guest := s.Visitor()
	guest.Get("/progress?number="+o.number).Want(200, `input[name=number][value="`+o.number+`"]`)
	p := guest.Post("/progress", url.Values{"number": {" " + strings.ToLower(o.number)}, "code": {strings.ToLower(o.code)}}).Want(200, ".ow-step-now", ".ow-month")
	for _, private := range []string{"李娜", "嘉禾", "材料.pdf", "/files/", "/documents/"} {
		if strings.Contains(p.Body, private) {
			t.Errorf("the public sees %s", private)
		}
	}
	wrong := guest.Post("/progress", url.Values{"number": {o.number}, "code": {"AAAAAA"}}).Want(422, ".ow-note[role=alert]")
	absent := unusedNumber(o.number)
	unknown := guest.Post("/progress", url.Values{"number": {absent}, "code": {"AAAAAA"}}).Want(422)
	if a, b := strings.ReplaceAll(wrong.Text("main"), o.number, ""), strings.ReplaceAll(unknown.Text("main"), absent, ""); a != b {
		t.Errorf("%s\n%s", a, b)
	}
	guest.Post("/progress", url.Values{"number": {o.number[:24] + "#"}, "code": {o.code}}).Want(422, "#f-number-error")
	for range 20 {
		wrong = guest.Post("/progress", url.Values{"number": {o.number}, "code": {"AAAAAA"}})
	}
	wrong.Want(429, "input[name=number]")
}

// unusedNumber is a well-formed number that no case has.
func unusedNumber(number string) string {
	for _, last := range "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ" {
		n := number[:18] + "999999" + string(last)
		if _, err := casework.CleanNumber(n); err == nil {
			return n
		}
	}
	return ""
}

// 行政许可法第三十二条第一款第（四）项: only what was named is asked for.
func TestSupplement(t *testing.T) {
	s := newSite(t)
	c := s.As("lina")
	o := tell(t, s, c)
	s.Clock.Advance(time.Hour)
	page := o.supplement + "/supplement"
	p := c.Get(page).Want(200, "#m-003", "input[name=form]", `[name="premises.area"]`)
	if p.Has("#m-004") || !strings.Contains(p.Text("main"), "布局图没有标明清洗消毒区域") || !strings.Contains(p.Text("main"), "待补正") {
		t.Error(p.Text("main"))
	}
	v := other(example(p, s), "form", "1", "version", version(p))
	p = c.Post(page, other(v, "premises.area", "很大")).Want(422, `a[href="#f-file-003"]`)
	if got := p.Find(`[name="premises.area"]`).AttrOr("value", ""); got != "很大" {
		t.Errorf("what was typed became %q", got)
	}
	upload(t, c, page+"/004", "材料.pdf", casetest.PDF).Want(422)
	upload(t, c, page+"/003", "程序.pdf", []byte("MZ")).Want(422, "#m-003 .ow-error")
	upload(t, c, page+"/003", "新图.pdf", casetest.PDF).Want(303)
	p = c.Get(page).Want(200, "#m-003 button[name=remove]")
	if !strings.Contains(p.Text("#m-003"), "已补正") || p.Find("#m-003 button[name=remove]").Length() != 1 {
		t.Error(p.Text("#m-003"))
	}
	c.Post(page, other(v, "premises.area", "很大")).Want(422, "#f-premises_area-error")
	c.Post(page, other(v, "version", "1")).Want(409, `[name="premises.area"]`)
	c.Post(page, v).Want(303)
	if p := c.Get(page).Want(303); p.Header.Get("Location") != o.supplement {
		t.Error(p.Header.Get("Location"))
	}
	if words := c.Get(o.supplement).Text("main"); !strings.Contains(words, "等待受理") {
		t.Error(words)
	}
}

func TestWithdraw(t *testing.T) {
	s := newSite(t)
	c := s.As("lina")
	waiting := s.Submit(s.Food())
	page := caseURL(waiting.ID) + "/withdraw"
	v := url.Values{"version": {version(c.Get(page).Want(200, ".ow-t-warn", "textarea[name=reason]"))}}
	c.Post(page, v).Want(422, "#f-reason-error")
	s.Walk(waiting, flow.Examine) // a clerk is faster
	p := c.Post(page, other(v, "reason", "不开店了")).Want(409, ".ow-note[role=alert]")
	if got := p.Text("textarea[name=reason]"); got != "不开店了" {
		t.Errorf("the reason became %q", got)
	}
	c.Post(page, other(v, "reason", "不开店了", "version", version(p))).Want(303)
	c.Get(caseURL(waiting.ID)).Want(200, ".ow-step-halt")
	c.Get(page).Want(303)
}

// The result is received once, online or with the code at the window.
func TestReceive(t *testing.T) {
	s := newSite(t)
	c := s.As("lina")
	o := tell(t, s, c)
	l, err := s.Licences.ByCase(context.Background(), s.Actor("lina"), strings.TrimPrefix(o.granted, "/cases/"))
	if err != nil {
		t.Fatal(err)
	}
	file := licenceURL(l.ID) + "/file"
	if p := c.Get(file).Want(303); p.Header.Get("Location") != o.granted+"/receive" {
		t.Error(p.Header.Get("Location"))
	}
	p := c.Get(o.granted+"/receive").Want(200, ".ow-big-code", `a[href^="/documents/"]`)
	if got := p.Text(".ow-big-code"); got != s.Casework.PickupCode(s.Case(strings.TrimPrefix(o.granted, "/cases/"))) {
		t.Error(got)
	}
	v := url.Values{"version": {version(p)}}
	c.Post(o.granted+"/receive", other(v, "version", "1")).Want(409)
	c.Post(o.granted+"/receive", v).Want(422, "#f-consent-error")
	v.Set("consent", "true")
	c.Post(o.granted+"/receive", v).Want(303)
	p = c.Get(o.granted+"/receive").Want(200, `a[href="`+file+`"]`, `a[href$="/rate"]`)
	if p.Has(".ow-big-code") {
		t.Error("the code is still shown")
	}
	paper := c.Get(file).Want(200)
	if !strings.HasPrefix(paper.Body, "%PDF-") {
		t.Error("the licence is no PDF")
	}
	c.Get("/licences").Want(200, `a[href="`+file+`"]`)

	guest := s.Visitor()
	words := upload(t, guest, "/verify/file", "证照.pdf", []byte(paper.Body)).Want(200).Text("main")
	if !strings.Contains(words, "完全一致") {
		t.Error(words)
	}
	forged := strings.Replace(paper.Body, "/Type", "/Tpye", 1)
	if words := upload(t, guest, "/verify/file", "证照.pdf", []byte(forged)).Want(200).Text("main"); !strings.Contains(words, "改动") {
		t.Error(words)
	}
	if words := upload(t, guest, "/verify/file", "别的.pdf", casetest.PDF).Want(200).Text("main"); !strings.Contains(words, "不是本平台签发的文件") {
		t.Error(words)
	}
	guest.Post("/verify/file", url.Values{}).Want(422, "#f-file-error")
}

// Anybody may verify; a private name is never shown in full, and an unknown
// number gets the same kind of answer.
func TestVerify(t *testing.T) {
	s := newSite(t)
	o := tell(t, s, s.As("lina"))
	guest := s.Visitor()
	p := guest.Get("/verify?id=" + url.QueryEscape(o.reference)).Want(303)
	p = guest.Get(p.Header.Get("Location")).Want(200, ".ow-t-ok", "table")
	if words := p.Text("main"); !strings.Contains(words, "真实，有效") || strings.Contains(words, s.Food().Example["contact.phone"]) || !strings.Contains(words, "无法律效力") {
		t.Error(words)
	}
	last := o.reference[:len(o.reference)-1]
	for _, x := range "0123456789X" {
		if p := guest.Get(verifyURL(last + string(x))); strings.Contains(p.Text("main"), "真实，有效") && last+string(x) != o.reference {
			t.Errorf("%s%c verifies", last, x)
		}
	}
}

// 国办发〔2019〕51号: once, freely, with reasons that belong to the grade.
func TestRate(t *testing.T) {
	s := newSite(t)
	c := s.As("lina")
	o := tell(t, s, c)
	page := o.concluded + "/rate"
	c.Get(o.handling+"/rate").Want(200, ".ow-t-info")
	c.Post(o.handling+"/rate", url.Values{"grade": {"1"}}).Want(422, ".ow-note[role=alert]")
	p := c.Get(page).Want(200, "input[name=grade]", `[data-show-if] input[name="reasons-4"]`, "button[name=refresh]")
	if p.Find("input[name=grade]").Length() != 5 || !strings.Contains(p.Text("main"), "匿名") {
		t.Error(p.Text("main"))
	}
	c.Post(page, url.Values{}).Want(422, "#f-grade-error")
	p = c.Post(page, url.Values{"grade": {"4"}, "text": {"慢"}, "refresh": {"1"}}).Want(200, `input[name=grade][value="4"][checked]`)
	if p.Find(`fieldset:not([hidden]) input[name="reasons-4"]`).Length() == 0 || p.Text("textarea") != "慢" {
		t.Error("the reasons of the grade are not asked")
	}
	c.Post(page, url.Values{"grade": {"4"}, "text": {strings.Repeat("慢", 501)}}).Want(422, "#f-text-error")
	c.Post(page, url.Values{"grade": {"4"}, "reasons-4": {"999"}}).Want(422)
	c.Post(page, url.Values{"grade": {"4"}, "reasons-4": {"209", "214"}, "reasons-1": {"510"}, "text": {markup}}).Want(303)
	p = c.Get(page).Want(200)
	if words := p.Text("main"); !strings.Contains(words, "未在承诺时间内办结") || p.Has("input[name=grade]") || p.Has("script:not([src])") {
		t.Error(words)
	}
	c.Post(page, url.Values{"grade": {"1"}}).Want(409)
}

func TestMessages(t *testing.T) {
	s := newSite(t)
	c := s.As("lina")
	put := func(to, link string) (id string) {
		err := s.DB.Act(context.Background(), func(tx *db.Tx) error {
			id = notify.Put(tx, notify.Message{RecipientID: to, Title: "申请已受理", Body: "请查看" + markup, Link: link, Quiet: true})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		s.Clock.Advance(time.Second)
		return id
	}
	lina := s.Actor("lina")
	first := put(lina.AccountID, "/cases")
	foreign := put(s.Actor("wangxiaoming").AccountID, "/cases")
	for range 25 {
		put(lina.PartyIDs[0], "")
	}
	p := c.Get("/messages").Want(200, "a[rel=next]", ".ow-unread")
	if p.Has("script:not([src])") || p.Find(".ow-list > li").Length() != 20 {
		t.Error(p.Text("main"))
	}
	next, _ := p.Find("a[rel=next]").Attr("href")
	if n := c.Get(next).Want(200).Find(".ow-list > li").Length(); n != 6 {
		t.Errorf("%d messages on the second page", n)
	}
	if p := c.Get("/messages/" + first).Want(303); p.Header.Get("Location") != "/cases" {
		t.Error(p.Header.Get("Location"))
	}
	c.Get("/messages/" + foreign).Want(404)
	c.Post("/messages/read", nil).Want(303)
	if c.Get("/messages").Want(200).Has(".ow-unread") {
		t.Error("something is still unread")
	}
}

func TestFilterOfCases(t *testing.T) {
	s := newSite(t)
	c := s.As("lina")
	for range 12 {
		s.Submit(s.Food())
	}
	p := c.Get("/cases").Want(200, "a[rel=next]")
	if n := p.Find(".ow-list .ow-code").Length(); n != casesPage {
		t.Errorf("%d cases on a page", n)
	}
	next, _ := p.Find("a[rel=next]").Attr("href")
	if n := c.Get(next).Find(".ow-list .ow-code").Length(); n != 2 {
		t.Errorf("%d cases on the second page", n)
	}
	number := p.Find(".ow-list .ow-code").First().Text()
	if n := c.Get("/cases?q=" + strings.ToLower(number)).Find(".ow-list .ow-code").Length(); n != 1 {
		t.Errorf("the number finds %d cases", n)
	}
	c.Get("/cases?show=ended").Want(200, ".ow-empty")
}
