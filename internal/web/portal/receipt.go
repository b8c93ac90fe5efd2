package portal

import (
	"onewindow/internal/business/casework"
	"onewindow/internal/business/document"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// receipt is what stands on the page after an application was received.
type receipt struct {
	*casework.Dossier
	CheckCode string
	Next      next
	Paper     *document.Document // nil when it cannot be read
}

// Receipt shows the receipt (收件凭证) of a case: number, instant, check code, and
// what follows by when.
func (p *Pages) Receipt(v *visit.Visit) error {
	d, err := p.dossier(v)
	if err != nil {
		return err
	}
	r := receipt{Dossier: d, CheckCode: p.Casework.CheckCode(d.Case), Next: p.following(d.Case, d.Impl)}
	documents, err := p.Documents.ByCase(v.Context(), v.Actor, d.ID)
	if err != nil {
		return err
	}
	for i := range documents {
		if documents[i].Kind == document.SJ {
			r.Paper = &documents[i]
		}
	}
	return show(v, "收件凭证", receiptPage(r), ui.Link{Text: "我的办件", Href: "/cases"}, ui.Link{Text: d.ItemName, Href: caseURL(d.ID)})
}
