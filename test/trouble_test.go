package test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// ready brings 李娜 to the page where everything is checked, n times, each in a
// browser of its own: only the last press is missing.
func ready(t testing.TB, c *cast, n int) []*plain {
	t.Helper()
	var out []*plain
	for range n {
		p := newPlain(t, c.s.URL)
		signIn(p, "lina")
		c.begin(p)
		c.fillRest(p)
		p.Press("保存并继续")
		c.attach(p)
		p.Tick("我已经核对以上内容")
		out = append(out, p)
	}
	return out
}

// newCast reads the published example that the forms are filled with.
func newCast(t testing.TB, s *server) *cast {
	t.Helper()
	c := &cast{t: t, s: s, sit: func() visitor { return newPlain(t, s.URL) }}
	v := c.sit()
	v.Go("/matters?q=spjy")
	v.Follow(food)
	c.example = v.Within("申请书示范文本").Facts()
	return c
}

// try sends a request and gives where its answer leads, "" when there was none.
func (p *plain) try(r *http.Request) string {
	hc := *p.http
	hc.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	res, err := hc.Do(r)
	if err != nil {
		return ""
	}
	defer res.Body.Close()
	io.Copy(io.Discard, res.Body)
	if res.StatusCode != http.StatusSeeOther {
		return ""
	}
	return res.Header.Get("Location")
}

// press makes the request of a button without sending it.
func (p *plain) press(words string) *http.Request {
	p.t.Helper()
	return p.form(p.must(pick(p.find("button"), words, said), "button", words))
}

// acked are answers that were heard; many is closed once there are twenty.
type acked struct {
	sync.Mutex
	paths []string
	many  chan struct{}
}

func (a *acked) note(path string) {
	if path == "" {
		return
	}
	a.Lock()
	defer a.Unlock()
	if a.paths = append(a.paths, path); len(a.paths) == 20 {
		close(a.many)
	}
}

func (a *acked) len() int {
	a.Lock()
	defer a.Unlock()
	return len(a.paths)
}

// A program that is killed in the middle of its work loses nothing that it has
// said yes to, and what it did not say yes to can be done again, once.
func TestKilledUnderLoad(t *testing.T) {
	stores(t, func(t *testing.T, database string) {
		s := start(t, t.TempDir(), database)
		c := newCast(t, s)
		people := ready(t, c, 6)
		begun, sent := acked{many: make(chan struct{})}, acked{many: make(chan struct{})}
		var stop atomic.Bool
		var work sync.WaitGroup
		for _, p := range people[:3] {
			work.Go(func() { begin(p, &begun, &stop) })
		}
		for _, p := range people {
			work.Go(func() {
				<-begun.many
				sent.note(p.try(p.press("提交申请")))
			})
		}
		s.until("under load", func() bool { return begun.len() >= 30 && sent.len() >= 2 })
		s.kill()
		stop.Store(true)
		work.Wait()
		s.run()
		for _, path := range append(begun.paths, sent.paths...) {
			res, err := people[0].http.Get(s.URL + path)
			if err != nil {
				t.Fatal(err)
			}
			res.Body.Close()
			if res.StatusCode != http.StatusOK {
				t.Errorf("%s was answered with yes, and is gone: %s", path, res.Status)
			}
		}
		t.Logf("%d drafts and %d cases were answered with yes before the kill", len(begun.paths), len(sent.paths))
		for _, p := range people {
			p.ask(p.press("提交申请")) // again, where it was done already
			see(p, "申请已提交")
		}
		cases(t, people[0], len(people))
	})
}

// begin starts one application after the other.
func begin(p *plain, heard *acked, stop *atomic.Bool) {
	page := newPlain(p.t, p.base)
	page.http = p.http
	page.Go("/matters?q=spjy")
	page.Follow("在线办理")
	page.Choose("以谁的名义办理", "定州市嘉禾食品有限公司")
	for !stop.Load() {
		heard.note(page.try(page.press("开始填写")))
	}
}

// cases counts the cases of who looks.
func cases(t testing.TB, p *plain, want int) {
	t.Helper()
	numbers := map[string]bool{}
	for at := "/cases"; at != ""; {
		p.Go(at)
		p.page.doc.Find("main a[href^='/cases/']").Each(func(_ int, a *goquery.Selection) {
			numbers[strings.Split(a.AttrOr("href", ""), "/")[2]] = true
		})
		at = p.page.doc.Find("main a[rel=next]").AttrOr("href", "")
	}
	if len(numbers) != want {
		t.Errorf("%d cases, want %d", len(numbers), want)
	}
}

// The database goes away in the middle of a submission: before it hears of it,
// or after it did it and before the answer came. The visitor is told so in
// Chinese, nothing is half done, and pressing again makes one case.
func TestDatabaseGoesAway(t *testing.T) {
	walk(t)
	if os.Getenv("ONEWINDOW_TEST_POSTGRES") == "" {
		t.Skip("needs ONEWINDOW_TEST_POSTGRES")
	}
	t.Parallel()
	for name, late := range map[string]bool{"before the act": false, "after the act": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			direct := newDatabase(t)
			db, err := url.Parse(direct)
			if err != nil {
				t.Fatal(err)
			}
			line := newProxy(t, db.Host)
			db.Host = line.Addr().String()
			s := start(t, t.TempDir(), db.String())
			c := newCast(t, s)
			p := ready(t, c, 1)[0]
			// The statement is made known first, then its values travel with the
			// commit.
			line.set(late, "insert into cases", food)
			again := p.press("提交申请")
			p.ask(p.press("提交申请"))
			if p.status < 500 {
				t.Fatalf("the answer is %d", p.status)
			}
			see(p, "请稍后再试", "没有生效")
			s.until("not ready", func() bool { return s.ready() == http.StatusServiceUnavailable })
			p.Go("/cases")
			see(p, "请稍后再试")
			want := map[bool]int{false: 0, true: 1}[late]
			for _, table := range []string{"cases", "case_event", "document"} {
				if n := rows(t, direct, table); n != want {
					t.Errorf("%s has %d rows while nobody knows, want %d", table, n, want)
				}
			}
			line.mend()
			s.until("ready", func() bool { return s.ready() == http.StatusOK })
			p.ask(again)
			see(p, "申请已提交", "收件凭证")
			cases(t, p, 1)
		})
	}
}

// A full disk: an upload and a form are refused in Chinese, what was done
// before is there, and both succeed once there is room.
func TestDiskFull(t *testing.T) {
	walk(t)
	t.Parallel()
	disk := filepath.Join(t.TempDir(), "disk")
	if err := os.Mkdir(disk, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=64m"); err != nil {
		t.Skipf("a small file system cannot be mounted here: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(disk, 0); err != nil {
			t.Error(err)
		}
	})
	s := start(t, disk, "")
	c := newCast(t, s)
	p := newPlain(t, s.URL)
	signIn(p, "lina")
	c.begin(p)
	c.fillRest(p)
	p.Press("存为草稿")
	see(p, "已保存草稿")
	s.stop() // empties the log of the database, which would have room for a while
	s.run()
	full := fill(t, disk)
	for i := 0; p.status < 500; i++ {
		if i == 200 {
			t.Fatal("the disk is full and every form is still taken")
		}
		p.Fill("场所名称（字号）", fmt.Sprintf("第%d家餐厅", i))
		p.Press("存为草稿")
	}
	see(p, "请稍后再试", "没有生效")
	if err := os.Remove(full); err != nil {
		t.Fatal(err)
	}
	p.Go("/drafts")
	p.Follow("接着填")
	if got := p.Value("场所名称（字号）"); !strings.HasPrefix(got, "嘉禾餐厅") && !strings.HasPrefix(got, "第") {
		t.Errorf("the draft lost what was saved: 「%s」", got)
	}
	p.Press("保存并继续")
	see(p, "上传材料")
	full = fill(t, disk)
	big := filepath.Join(t.TempDir(), "大文件.pdf")
	if err := os.WriteFile(big, bytes.Replace(onePage, []byte("startxref"), append(bytes.Repeat([]byte("%\n"), 1<<20), "startxref"...), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	m := p.Within(layout)
	m.Attach("选择文件", big)
	m.Press("上传")
	see(p, "请稍后再试")
	if err := os.Remove(full); err != nil {
		t.Fatal(err)
	}
	p.Go("/drafts")
	p.Follow("接着填")
	p.Press("保存并继续")
	c.attach(p)
	p.Tick("我已经核对以上内容")
	p.Press("提交申请")
	see(p, "申请已提交")
}

// fill leaves no room on a disk.
func fill(t testing.TB, disk string) string {
	t.Helper()
	name := filepath.Join(disk, "full")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	chunk := make([]byte, 4096)
	for {
		if _, err := f.Write(chunk); err != nil {
			return name
		}
	}
}
