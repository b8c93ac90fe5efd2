package casework

import (
	"strings"
	"sync"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/document"
	"onewindow/internal/business/form"
	"onewindow/internal/business/org"
	"onewindow/internal/business/party"
	"onewindow/internal/kit/db"
)

// common fills in what the case itself knows.
func (s *Service) common(c *Case, impl *catalog.Implementation, body org.Body, f document.Facts) document.Facts {
	f.Applicant = document.Applicant{Name: c.ApplicantName, Company: c.Company}
	f.Matter = document.Matter{Name: c.ItemName, Code: impl.Code(), Kind: string(impl.Kind)}
	f.CaseNumber, f.CheckCode, f.QueryURL = c.Number, s.CheckCode(c), s.baseURL+"/progress?number="+c.Number
	f.Contact, f.Phone, f.Supervision = contact(impl), impl.Phones.Consult, impl.Phones.Complain
	f.ReceivedAt = c.ReceivedAt
	f.AcceptedOn = dayOf(c.AcceptedAt)
	f.DecidedOn = dayOf(c.DecidedAt)
	f.Statutory, f.Promised = c.dueOf(impl.Statutory, c.StatutoryDue), c.dueOf(promised(impl, c.Variant), c.PromisedDue)
	f.Remedies = document.RemediesOf(body)
	f.ServedOnline = c.Channel != Window
	return f
}

// contact is the window that answers questions about the matter.
func contact(impl *catalog.Implementation) string {
	if len(impl.Windows) == 0 {
		return impl.Body.Name
	}
	return impl.Windows[0].Hall + impl.Windows[0].Name
}

func (c *Case) dueOf(l *catalog.Limit, day calendar.Day) *document.Due {
	if l == nil || day == 0 {
		return nil
	}
	return &document.Due{Day: day, Limit: l.Limit, Provisional: c.Provisional}
}

func dayOf(t time.Time) *calendar.Day {
	if t.IsZero() {
		return nil
	}
	d := calendar.DayOf(t)
	return &d
}

// receiptFacts lists what was handed in. The application form that the platform
// makes from the answers counts as one electronic copy.
func receiptFacts(d *Draft, impl *catalog.Implementation, files []File) document.Facts {
	var list []document.Material
	for _, m := range d.materials(impl) {
		switch n := len(filesFor(files, m.No)); {
		case d.Paper[m.No] > 0:
			list = append(list, document.Material{Name: m.Name, Form: "纸质", Copies: d.Paper[m.No]})
		case n > 0:
			list = append(list, document.Material{Name: m.Name, Form: "电子件", Copies: n})
		case fromForm(m):
			list = append(list, document.Material{Name: m.Name, Form: "电子件（在线填报）", Copies: 1})
		}
	}
	if len(list) == 0 {
		list = append(list, document.Material{Name: "申请表（在线填报）", Form: "电子件", Copies: 1})
	}
	return document.Facts{Materials: list}
}

// supplementFacts are the items of the notice and what the applicant does now.
func supplementFacts(items []Item, until calendar.Day) document.Facts {
	f := document.Facts{Until: &until, How: "登录政务服务网在“我的办件”中补正，或者到受理窗口提交",
		Consequence: "逾期未补正的，本机关可以终止办理；材料齐全后可以重新提出申请"}
	for _, i := range items {
		f.Supplements = append(f.Supplements, document.Supplement{Name: i.Name, Problem: strings.TrimSpace(i.Problem),
			Standard: strings.TrimSpace(i.Standard), Basis: "《中华人民共和国行政许可法》第三十二条第一款第（四）项"})
	}
	return f
}

// correctionFacts name what was corrected. Values of sensitive elements are not
// printed.
func correctionFacts(def form.Definition, changed []string, before, after form.Values) document.Facts {
	var f document.Facts
	hidden := map[string]bool{}
	for _, id := range def.Sensitive() {
		hidden[id] = true
	}
	for _, id := range changed {
		e, _ := form.Lookup(id)
		c := document.Change{Where: e.Label, Before: e.LabelOf(before[id]), After: e.LabelOf(after[id])}
		if hidden[id] {
			c.Before, c.After = "（个人信息，从略）", "（已更正）"
		}
		if c.Before == "" {
			c.Before = "（未填）"
		}
		if c.After == "" {
			c.After = "（删除）"
		}
		f.Corrections = append(f.Corrections, c)
	}
	return f
}

// grantFacts say what is granted and by when the certificate follows.
func grantFacts(c *Case, impl *catalog.Implementation, basis []string, cal *calendar.Table) document.Facts {
	by := cal.AddWorking(calendar.DayOf(c.DecidedAt), deliveryDays)
	f := document.Facts{Basis: basis, Decision: "准予" + c.ItemName, Licence: document.Licence{Name: impl.Result.Name, IssueBy: &by}}
	if len(f.Basis) == 0 {
		f.Basis = BasisOf(impl)
	}
	switch {
	case impl.Result.Form != "licence":
		f.Licence.None = true
	case impl.Result.Months == 0:
		f.Licence.LongTerm = true
	default:
		from := calendar.DayOf(c.DecidedAt)
		to := from.AddMonths(impl.Result.Months).AddDays(-1)
		f.Licence.ValidFrom, f.Licence.ValidTo = &from, &to
	}
	return f
}

// BasisOf are the matter's legal grounds as citations, to begin a decision with.
func BasisOf(impl *catalog.Implementation) (out []string) {
	for _, b := range impl.Basis {
		out = append(out, "《"+strings.Trim(b.Law, "《》")+"》"+b.Article)
	}
	return out
}

// bodies keeps the bodies that documents name for a short while: they change
// by reorganisation, not by the minute.
type bodies struct{ byID sync.Map }

type heldBody struct {
	body org.Body
	at   time.Time
}

// bodyAge is how long a body may be read from memory.
const bodyAge = 30 * time.Second

func (b *bodies) load(tx *db.Tx, bodyID string) (org.Body, error) {
	if v, ok := b.byID.Load(bodyID); ok && tx.Now.Sub(v.(heldBody).at).Abs() < bodyAge {
		return v.(heldBody).body, nil
	}
	body, err := org.LoadBody(tx, bodyID)
	if err != nil {
		return body, err
	}
	b.byID.Store(bodyID, heldBody{body, tx.Now})
	return body, nil
}

// isCompany says how documents address the applicant.
func isCompany(p party.Party) bool { return p.Kind == party.Company }
