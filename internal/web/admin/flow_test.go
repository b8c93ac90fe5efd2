package admin_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"os"
	"strings"
	"testing"

	"onewindow/internal/business/flow"
	"onewindow/internal/web/officetest"
	"onewindow/internal/web/webtest"
)

// drafted begins a draft of the food licence's process and gives its page.
func drafted(t *testing.T, s *officetest.Site, c *webtest.Client) string {
	t.Helper()
	return officetest.Location(t, c.Post("/admin/flow-drafts/"+s.Food().ID, nil))
}

// press sends the form of the page as a browser does, with a button pressed.
func press(t *testing.T, c *webtest.Client, at, button string, typed ...string) *webtest.Page {
	t.Helper()
	at, _, _ = strings.Cut(at, "#")
	form := officetest.Fields(c.Get(at).Want(200), `form[action="`+at+`"]`)
	form.Set("do", button)
	p := c.Post(at, officetest.With(form, typed...))
	return c.Get(strings.Split(officetest.Location(t, p), "#")[0]).Want(200)
}

// An editor makes a parallel process of a standard one without JavaScript: adds
// a block, a branch, a condition, sees what is wrong at the field and the
// picture when nothing is.
func TestAProcessIsEdited(t *testing.T) {
	s := site(t)
	c := s.As("catalog")
	c.Get("/admin/flows").Want(200, `form[action="/admin/flow-drafts/`+s.Food().ID+`"]`)
	at := drafted(t, s, c)
	p := c.Get(at).Want(200, "#flow svg", `input[name="examine.name"]`)
	if !strings.Contains(p.Text("main"), "检查通过") {
		t.Error(p.Text("main"))
	}
	press(t, c, at, "block:examine", "examine.outcomes.support.next", "decide", "examine.outcomes.oppose.next", "decide")
	p = press(t, c, at, "save", "examine.outcomes.support.next", "block_1", "examine.outcomes.oppose.next", "block_1",
		"branch_1.name", "消防", "branch_1_step.body", "dz-xfj", "branch_1.when", "premises.aera > 300")
	if !strings.Contains(p.Text("main"), "「premises.aera」不是数据元") || p.Has("#flow svg") {
		t.Error("the misspelt fact is not found: " + p.Text("main"))
	}
	p.Want(200, `[id="f-branch_1_when-error"]`)
	p = press(t, c, at, "save", "branch_1.when", "premises.area > 300", "branch_2.name", "住建", "branch_2_step.body", "dz-sfj")
	if !strings.Contains(p.Text("main"), "没有人能办理：定州市司法局") {
		t.Error("nobody is there: " + p.Text("main"))
	}
	p = press(t, c, at, "save", "branch_2_step.body", "dz-zjj")
	if !strings.Contains(p.Text("main"), "检查通过") || !strings.Contains(p.Text("#flow svg"), "消防") {
		t.Error(p.Text("main"))
	}
	// deleting asks back, keeps what else was typed, and does nothing until it is confirmed
	p = press(t, c, at, "drop:block_1", "name", "改了的名称")
	form := officetest.Fields(p, `form[action="`+at+`/drop"]`)
	if !strings.Contains(p.Text("#drop"), "删除「并行办理」？") || !strings.Contains(p.Text("#drop"), "2个环节") || !p.Has("#at-block_1") ||
		!p.Has(`input[name="name"][value="改了的名称"]`) {
		t.Error(p.Text("main"))
	}
	officetest.Location(t, c.Post(at+"/drop", form))
	p = c.Get(at).Want(200)
	if strings.Contains(p.Text("main"), "检查通过") || p.Has("#at-block_1") {
		t.Error("what leads to nothing is not found")
	}
	c.Post(at+"/drop", form).Want(409)
}

func TestStaleAndStandard(t *testing.T) {
	s := site(t)
	one := s.As("catalog")
	at := drafted(t, s, one)
	old := officetest.Fields(one.Get(at), `form[action="`+at+`"]`)
	press(t, one, at, "save", "name", "新的程序")
	if p := one.Post(at, officetest.With(old, "do", "save", "name", "旧的程序")); p.Status != 409 || !strings.Contains(p.Body, "旧的程序") {
		t.Errorf("%d", p.Status)
	}
	form := officetest.Fields(one.Get(at), `form[action="`+at+`/standard"]`)
	if p := one.Post(at+"/standard", officetest.With(form, "key", "joint")); p.Status != 422 || !strings.Contains(p.Text("[role=alert]"), "现在的6个环节会被替换") {
		t.Errorf("replaced without confirmation: %d", p.Status)
	}
	officetest.Location(t, one.Post(at+"/standard", officetest.With(form, "key", "joint", "replace", "true")))
	if p := one.Get(at); !strings.Contains(p.Text("#flow svg"), "联合审查") {
		t.Error(p.Text("main"))
	}
	one.Post(at+"/standard", officetest.With(form, "key", "nothing")).Want(422)
	s.As("editor").Get(at).Want(200)
	s.As("handler").Get(at).Want(403)
}

// upload sends a diagram as a browser does.
func upload(c *webtest.Client, at, revision string, data []byte) *webtest.Page {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	w.WriteField("revision", revision)
	w.WriteField("replace_all", "true")
	f, _ := w.CreateFormFile("file", "流程.bpmn")
	f.Write(data)
	w.Close()
	r, err := http.NewRequest(http.MethodPost, c.URL+at+"/import", &b)
	if err != nil {
		panic(err)
	}
	return c.Do(r, "Content-Type", w.FormDataContentType(), "Sec-Fetch-Site", "same-origin")
}

// What is exported comes in again as it was; what other tools draw comes in with
// its guesses named; what lies outside is refused by element and id.
func TestBPMNOutAndIn(t *testing.T) {
	s := site(t)
	c := s.As("catalog")
	at := drafted(t, s, c)
	file := c.Get(at + "/bpmn")
	if file.Status != 200 || !strings.Contains(file.Body, "<bpmn:process") {
		t.Fatalf("%d", file.Status)
	}
	revision := func() string { return officetest.Fields(c.Get(at), `form[action="`+at+`"]`).Get("revision") }
	officetest.Location(t, upload(c, at, revision(), []byte(file.Body)))
	if again := c.Get(at + "/bpmn"); again.Body != file.Body {
		t.Error("it came back another")
	}
	foreign, err := os.ReadFile("../../business/flow/testdata/bpmn-io.bpmn")
	if err != nil {
		t.Fatal(err)
	}
	officetest.Location(t, upload(c, at, revision(), foreign))
	if text := c.Get(at).Text("body"); !strings.Contains(text, "按名称推定") {
		t.Error(text)
	}
	bad := bytes.Replace(flow.Standard().BPMN(), []byte("<bpmn:userTask id=\"review\""), []byte("<bpmn:scriptTask id=\"S1\"/><bpmn:userTask id=\"review\""), 1)
	if p := upload(c, at, revision(), bad); p.Status != 422 || !strings.Contains(p.Text("[role=alert]"), "scriptTask（S1）") {
		t.Errorf("%d %s", p.Status, p.Text("main"))
	}
	if p := upload(c, at, revision(), []byte("<!DOCTYPE x>")); p.Status != 422 {
		t.Error(p.Status)
	}
	if p := upload(c, at, revision(), bytes.Repeat([]byte("x"), 3<<20)); p.Status != 413 {
		t.Errorf("three megabytes: %d", p.Status)
	}
	if p := upload(c, at, revision(), nil); p.Status != 422 {
		t.Error(p.Status)
	}
}

func TestFlowsInABrowser(t *testing.T) {
	s := site(t)
	at := officetest.Location(t, s.As("catalog").Post("/admin/flow-drafts/"+s.Matter("娱乐场所").ID, nil))
	ctx, base := s.Browser("catalog")
	officetest.Look(t, ctx, base+"/admin/flows", "admin-flows")
	officetest.Look(t, ctx, base+at, "admin-flow")
}
