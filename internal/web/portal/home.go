package portal

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/staff"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// tile is a way on with a line under it.
type tile struct {
	ui.Link
	Note string
}

// home is what the front page shows.
type home struct {
	Lead    string
	Common  []ui.Link // matters that people ask for most
	Mine    *homeMineView
	Doors   []tile
	Themes  []tile
	Bodies  []tile
	Notices []ui.Message
}

// homeMineView is what waits for whoever is signed in.
type homeMineView struct {
	Drafts []draftLine
	Cases  []caseLine
	Unread int
}

// Home is the front page.
func (p *Pages) Home(v *visit.Visit) error {
	snap, err := p.Catalog.Snapshot(v.Context())
	if err != nil {
		return err
	}
	h := home{Lead: lead(p.City, snap), Common: common(snap), Doors: doors, Notices: p.Notices}
	for _, c := range snap.ByTheme() {
		h.Themes = append(h.Themes, countOf(c, "theme"))
	}
	for _, c := range snap.ByBody() {
		h.Bodies = append(h.Bodies, countOf(c, "body"))
	}
	if officer(v) {
		h.Doors = slices.DeleteFunc(slices.Clone(doors), func(t tile) bool { return strings.HasPrefix(t.Href, "/cases") })
	}
	if v.Actor.Kind == staff.Applicant {
		if h.Mine, err = p.homeMine(v); err != nil {
			return err
		}
	}
	return show(v, "首页", homePage(h))
}

func lead(city string, s *catalog.Snapshot) string {
	open := 0
	for _, e := range s.Entries() {
		if e.Open() {
			open++
		}
	}
	return fmt.Sprintf("%s政务服务事项 %d 项，其中 %d 项可以办理。网上、窗口同一个系统，填过一次的不用再填。", city, len(s.Entries()), open)
}

var doors = []tile{
	{ui.Link{Text: "看办事指南", Href: "/matters", Icon: "search"}, "条件、材料、期限、收费，办之前先看清"},
	{ui.Link{Text: "在线申请", Href: "/matters?open=true", Icon: "edit"}, "边填边存，材料上传，随时接着办"},
	{ui.Link{Text: "补正和领取", Href: "/cases", Icon: "case"}, "补正材料、查看文书、下载证照"},
	{ui.Link{Text: "个人办事", Href: "/matters?audience=person", Icon: "user"}, "自然人可以申请的事项"},
	{ui.Link{Text: "企业办事", Href: "/matters?audience=enterprise", Icon: "building"}, "法人和其他组织可以申请的事项"},
	{ui.Link{Text: "评价服务", Href: "/cases?show=ended", Icon: "star"}, "每个办件评价一次，匿名处理"},
	{ui.Link{Text: "听证公告", Href: "/hearings", Icon: "people"}, "将要举行的听证，公众可以旁听"},
	{ui.Link{Text: "许可决定公开", Href: "/decisions", Icon: "list"}, "准予许可的决定，公众可以查阅"},
	{ui.Link{Text: "注销公告", Href: "/cancellations", Icon: "list"}, "简易注销的公示，债权人等可以提出异议"},
	{ui.Link{Text: "陈述申辩", Href: "/interest", Icon: "edit"}, "收到告知书的利害关系人从这里提出意见"},
}

// asked are the words that most people come with.
var asked = []string{"开饭店", "办营业执照", "开书店", "卖烟", "理发店", "跑货运"}

// common are those of them that lead somewhere today.
func common(s *catalog.Snapshot) (out []ui.Link) {
	for _, w := range asked {
		if s.Search(catalog.Query{Text: w, Open: true, Limit: 1}).Total > 0 {
			out = append(out, ui.Link{Text: w, Href: mattersURL(catalog.Query{Text: w})})
		}
	}
	return out
}

func countOf(c catalog.Count, by string) tile {
	q := catalog.Query{Theme: c.Key}
	if by == "body" {
		q = catalog.Query{BodyID: c.Key}
	}
	note := strconv.Itoa(c.Total) + " 项"
	if c.Open > 0 {
		note += "，可办 " + strconv.Itoa(c.Open) + " 项"
	}
	return tile{ui.Link{Text: c.Name, Href: mattersURL(q)}, note}
}

// few is how many of one's own things stand on the front page.
const few = 3

func (p *Pages) homeMine(v *visit.Visit) (*homeMineView, error) {
	drafts, err := p.Casework.Drafts(v.Context(), v.Actor)
	if err != nil {
		return nil, err
	}
	cases, err := p.Casework.Mine(v.Context(), v.Actor, "", casesRead)
	if err != nil {
		return nil, err
	}
	// What waits for the applicant stands first, then the newest.
	slices.SortStableFunc(cases, func(a, b *casework.Case) int { return cmp.Compare(urgency(a), urgency(b)) })
	cases = cases[:min(few, len(cases))]
	m := &homeMineView{Drafts: p.draftLines(drafts[:min(few, len(drafts))])}
	for _, c := range cases {
		m.Cases = append(m.Cases, p.caseLine(c))
	}
	m.Unread, err = p.unread(v)
	return m, err
}

// urgency orders cases by what the applicant has to do about them.
func urgency(c *casework.Case) int {
	switch {
	case !nothingWaits(c):
		return 0
	case !c.Status.Ended():
		return 1
	}
	return 2
}

// nothingWaits says that no act of the applicant is awaited.
func nothingWaits(c *casework.Case) bool {
	switch c.Status {
	case casework.StatusSupplement, casework.StatusGranted, casework.StatusRefused:
		return false
	}
	return true
}
