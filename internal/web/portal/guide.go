package portal

import (
	"context"
	"strconv"

	"github.com/a-h/templ"

	"onewindow/internal/business/catalog"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/guideview"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// Guide shows a matter: everything that 行政许可法第三十条 wants shown, and, with
// ?version=, how it was before.
func (p *Pages) Guide(v *visit.Visit) error {
	impl, err := p.shown(v)
	if err != nil {
		return err
	}
	history, err := p.Catalog.History(v.Context(), impl.Code())
	if err != nil {
		return err
	}
	g := guideview.Of(impl, impl.Guide(p.today()))
	g.History, g.PDF, g.Hotline = history, g.Current+"/guide.pdf", p.Hotline
	if v.Query("version") != "" {
		g.PDF += "?version=" + strconv.Itoa(impl.Version)
		g.Old = !g.Open
	}
	if g.Open && impl.Offline == "" && !officer(v) {
		g.Apply = applyURL(impl.Code())
	}
	return show(v, impl.Name, guideview.Page(g), ui.Link{Text: "办事指南", Href: "/matters"})
}

// shown is the version that the address asks for: the one in force, or, while
// there is none, the draft of a listed matter; with ?version= a published one.
func (p *Pages) shown(v *visit.Visit) (*catalog.Implementation, error) {
	code := v.Path("code")
	if n := v.Query("version"); n != "" {
		return p.published(v.Context(), code, n)
	}
	snap, err := p.Catalog.Snapshot(v.Context())
	if err != nil {
		return nil, err
	}
	e, ok := snap.ByCode(code)
	if !ok {
		return nil, fault.Missing("catalog.missing")
	}
	return e.Impl, nil
}

func (p *Pages) published(ctx context.Context, code, version string) (*catalog.Implementation, error) {
	heads, err := p.Catalog.History(ctx, code)
	if err != nil {
		return nil, err
	}
	for _, h := range heads {
		if strconv.Itoa(h.Version) == version {
			return p.Catalog.ByID(ctx, h.ID)
		}
	}
	return nil, fault.Missing("catalog.missing")
}

// escape is text made safe for markup that is written by hand.
func escape(s string) string { return templ.EscapeString(s) }
