package portal

import (
	"net/url"

	"github.com/a-h/templ"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/document"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/licence"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// receiving is what the page shows where a result is received (送达).
type receiving struct {
	*casework.Dossier
	Licence  *licence.Licence
	Decision *document.Document // the decision itself
	Ready    bool               // waits to be received
	Done     bool               // was received
	Code     string             // for the window, while it waits
	Problems ui.Problems
}

func (p *Pages) receiving(v *visit.Visit) (*receiving, error) {
	d, err := p.dossier(v)
	if err != nil {
		return nil, err
	}
	r := &receiving{Dossier: d, Done: d.Status == casework.StatusConcluded}
	if step, open := openStep(d.Case, d.Impl); open && step.Act == flow.Deliver {
		r.Ready, r.Code = true, p.Casework.PickupCode(d.Case)
	}
	if r.Licence, err = p.result(v, d.ID); err != nil {
		return nil, err
	}
	documents, err := p.Documents.ByCase(v.Context(), v.Actor, d.ID)
	if err != nil {
		return nil, err
	}
	for i := range documents {
		if k := documents[i].Kind; k == document.ZYXK || k == document.BYXK {
			r.Decision = &documents[i]
		}
	}
	return r, nil
}

// Receive shows how the result can be received.
func (p *Pages) Receive(v *visit.Visit) error {
	r, err := p.receiving(v)
	if err != nil {
		return err
	}
	return show(v, "领取结果", receivePage(r), caseCrumbs(r.Dossier)...)
}

// ConfirmReceipt is the delivery by download (电子送达): the applicant says that
// the result has reached them, and the case is concluded.
func (p *Pages) ConfirmReceipt(v *visit.Visit) error {
	version, err := v.Int("version")
	if err != nil {
		return err
	}
	err = p.Casework.Deliver(v.Context(), v.Actor, casework.Deliver{Seen: casework.Seen{CaseID: v.Path("id"), Version: version}, Way: casework.ByDownload, Consent: v.Text("consent") != ""})
	if err == nil {
		v.Flash(ui.OK, "已经确认收到，本件办结。请在下面下载保存。")
		return v.See(caseURL(v.Path("id")) + "/receive")
	}
	r, failed := p.receiving(v)
	if failed != nil {
		return failed
	}
	return again(v, err, "领取结果", func(problems ui.Problems) templ.Component {
		r.Problems = problems
		return receivePage(r)
	}, caseCrumbs(r.Dossier)...)
}

// Licences lists the results of the visitor's parties.
func (p *Pages) MyLicences(v *visit.Visit) error {
	const size = 20
	all, err := p.Licences.Mine(v.Context(), v.Actor, v.Query("after"), size+1)
	if err != nil {
		return err
	}
	all, pages := visit.Cut(v, "/licences", nil, all, size, func(l *licence.Licence) string { return l.ID })
	return show(v, "我的证照", licencesPage(all, p.today(), pages), ui.Link{Text: "我的办件", Href: "/cases"})
}

// LicenceFile is the result as PDF. While it waits to be received, it is
// received first.
func (p *Pages) LicenceFile(v *visit.Visit) error {
	l, err := p.Licences.Get(v.Context(), v.Actor, v.Path("licence"))
	if err != nil {
		return err
	}
	d, err := p.Casework.Dossier(v.Context(), v.Actor, l.CaseID)
	if err != nil {
		return err
	}
	if d.Status == casework.StatusGranted {
		return v.See(caseURL(d.ID) + "/receive")
	}
	file, content, err := p.Licences.Download(v.Context(), v.Actor, l.ID)
	if err != nil {
		return err
	}
	defer content.Close()
	return serve(v, visit.File{Name: l.Content.Name + " " + l.Content.Number + ".pdf", Type: "application/pdf", Changed: file.MadeAt, Inline: true}, content)
}

func licencePairs(l *licence.Licence, today calendar.Day) []ui.Pair {
	c := l.Content
	pairs := []ui.Pair{{Term: "名称", Text: c.Name}, {Term: "编号", Text: c.Number}}
	if c.Identifier != "" {
		pairs = append(pairs, ui.Pair{Term: "证照标识", Text: c.Identifier})
	}
	return append(pairs, ui.Pair{Term: "持证主体", Text: c.Holder.Name}, ui.Pair{Term: "有效期", Text: c.Validity()},
		ui.Pair{Term: "颁发机关", Text: c.Body.Name}, ui.Pair{Term: "颁发日期", Text: c.IssuedOn.Chinese()},
		ui.Pair{Term: "状态", Text: text.Label(text.LicenceStatus, string(l.StatusOn(today)))})
}

func licenceURL(id string) string { return "/licences/" + url.PathEscape(id) }

func verifyURL(reference string) string { return "/verify/" + url.PathEscape(reference) }
