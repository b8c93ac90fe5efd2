package portal

import (
	"slices"

	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/visit"
)

// What one must be able to do for the pages that are one's own.
var (
	mayRead       = visit.Permission(staff.CaseRead)
	maySubmit     = visit.Permission(staff.CaseSubmit)
	maySupplement = visit.Permission(staff.CaseSupplement)
	mayWithdraw   = visit.Permission(staff.CaseWithdraw)
	mayBeHeard    = visit.Permission(staff.CaseHear)
	mayRate       = visit.Permission(staff.CaseRate)
	mayLicences   = visit.Permission(staff.LicenceRead)
	mayComplain   = visit.Permission(staff.ComplaintFile)
	mayAnswer     = visit.Permission(staff.LicenceAnswer)
)

// Routes is the table of the portal's pages. Forms that take longer to fill in
// are Keeping: what was typed outlives the session.
func (p *Pages) Routes() []visit.Route {
	return slices.Concat(p.publicRoutes(), applicants(p.draftRoutes()), applicants(p.caseRoutes()), applicants(p.licenceRoutes()), p.accountRoutes())
}

// applicants keeps officers out. They may read a case, but on their own pages:
// here the answers stand unmasked, with the codes that only the applicant knows.
func applicants(routes []visit.Route) []visit.Route {
	for i, r := range routes {
		routes[i].Handler = func(v *visit.Visit) error {
			if officer(v) {
				return fault.Denied("page.applicants")
			}
			return r.Handler(v)
		}
	}
	return routes
}

func officer(v *visit.Visit) bool { return v.Actor.Kind == staff.Officer }

func (p *Pages) publicRoutes() []visit.Route {
	return []visit.Route{
		{Method: get, Pattern: "/{$}", Need: visit.Public, Handler: p.Home},
		{Method: get, Pattern: "/matters", Need: visit.Public, Handler: p.Matters},
		{Method: get, Pattern: "/matters/{code}", Need: visit.Public, Handler: p.Guide},
		{Method: get, Pattern: "/matters/{code}/guide.pdf", Need: visit.Public, Handler: p.GuidePDF},
		{Method: get, Pattern: "/progress", Need: visit.Public, Handler: p.ProgressPage},
		{Method: post, Pattern: "/progress", Need: visit.Public, Handler: p.Progress},
		{Method: get, Pattern: "/complain", Need: visit.Public, Handler: p.ComplainPage},
		{Method: post, Pattern: "/complain", Need: visit.Public, Handler: p.ComplainByCode},
		{Method: post, Pattern: "/complain/answer", Need: visit.Public, Handler: p.ComplaintAnswer},
		{Method: get, Pattern: "/interest", Need: visit.Public, Handler: p.InterestPage},
		{Method: post, Pattern: "/interest", Need: visit.Public, Handler: p.InterestSpeak},
		{Method: get, Pattern: "/hearings", Need: visit.Public, Handler: p.Announcements},
		{Method: get, Pattern: "/hearings/{hearing}", Need: visit.Public, Handler: p.Announcement},
		{Method: get, Pattern: "/decisions", Need: visit.Public, Handler: p.Decisions},
		{Method: get, Pattern: "/decisions/{decision}", Need: visit.Public, Handler: p.Decision},
		{Method: get, Pattern: "/cancellations", Need: visit.Public, Handler: p.Cancellations},
		{Method: get, Pattern: "/cancellations/letter", Need: visit.Public, Handler: p.LetterPage},
		{Method: post, Pattern: "/cancellations/letter", Need: visit.Public, Handler: p.Letter},
		{Method: get, Pattern: "/cancellations/{proceeding}", Need: visit.Public, Handler: p.Cancellation},
		{Method: get, Pattern: "/privacy", Need: visit.Public, Handler: p.Privacy},
		{Method: get, Pattern: "/delegations", Need: visit.Public, Handler: p.Delegations},
		{Method: get, Pattern: "/verify", Need: visit.Public, Handler: p.VerifyPage},
		{Method: get, Pattern: "/verify/{identifier}", Need: visit.Public, Handler: p.Verify},
		{Method: post, Pattern: "/verify/file", Need: visit.Public, Handler: p.VerifyFile, Rules: []visit.Rule{visit.Upload(mostLicence + 1<<20)}},
		{Method: get, Pattern: RegisterPath, Need: visit.Public, Handler: p.RegisterPage},
		{Method: post, Pattern: RegisterPath, Need: visit.Public, Handler: p.Register},
	}
}

func (p *Pages) draftRoutes() []visit.Route {
	files := []visit.Rule{visit.Upload(MostUpload(p.Limits))}
	return []visit.Route{
		{Method: get, Pattern: "/apply/{code}", Need: maySubmit, Handler: p.Apply},
		{Method: post, Pattern: "/apply/{code}", Need: maySubmit.Keeping(), Handler: p.signedIn(p.StartDraft)},
		{Method: get, Pattern: "/drafts", Need: maySubmit, Handler: p.Drafts},
		{Method: get, Pattern: "/drafts/{id}", Need: maySubmit, Handler: p.onDraft(p.Fill)},
		{Method: post, Pattern: "/drafts/{id}", Need: maySubmit.Keeping(), Handler: p.signedIn(p.onDraft(p.Save))},
		{Method: post, Pattern: "/drafts/{id}/autosave", Need: maySubmit, Handler: p.Autosave},
		{Method: get, Pattern: "/drafts/{id}/materials", Need: maySubmit, Handler: p.onDraft(p.Materials)},
		{Method: post, Pattern: "/drafts/{id}/materials/{no}", Need: maySubmit, Handler: p.onDraft(p.AddFiles), Rules: files},
		{Method: get, Pattern: "/drafts/{id}/promise", Need: maySubmit, Handler: p.onDraft(p.PromisePage)},
		{Method: post, Pattern: "/drafts/{id}/promise", Need: maySubmit, Handler: p.onDraft(p.SignPromise)},
		{Method: post, Pattern: "/drafts/{id}/mode", Need: maySubmit, Handler: p.onDraft(p.ChooseMode)},
		{Method: get, Pattern: "/drafts/{id}/check", Need: maySubmit, Handler: p.onDraft(p.Check)},
		{Method: post, Pattern: "/drafts/{id}/submit", Need: maySubmit, Handler: p.Submit},
		{Method: get, Pattern: "/drafts/{id}/discard", Need: maySubmit, Handler: p.onDraft(p.AskDiscard)},
		{Method: post, Pattern: "/drafts/{id}/discard", Need: maySubmit, Handler: p.onDraft(p.Discard)},
	}
}

func (p *Pages) caseRoutes() []visit.Route {
	files := []visit.Rule{visit.Upload(MostUpload(p.Limits))}
	return []visit.Route{
		{Method: get, Pattern: "/cases", Need: mayRead, Handler: p.Cases},
		{Method: get, Pattern: "/cases/{id}", Need: mayRead, Handler: p.Case},
		{Method: get, Pattern: "/cases/{id}/receipt", Need: mayRead, Handler: p.Receipt},
		{Method: get, Pattern: "/cases/{id}/supplement", Need: maySupplement, Handler: p.Supplement},
		{Method: post, Pattern: "/cases/{id}/supplement", Need: maySupplement.Keeping(), Handler: p.signedIn(p.SendSupplement)},
		{Method: post, Pattern: "/cases/{id}/supplement/{no}", Need: maySupplement, Handler: p.AddSupplement, Rules: files},
		{Method: get, Pattern: "/cases/{id}/owing", Need: maySupplement, Handler: p.OwingPage},
		{Method: post, Pattern: "/cases/{id}/owing", Need: maySupplement, Handler: p.HandInOwed},
		{Method: post, Pattern: "/cases/{id}/owing/{no}", Need: maySupplement, Handler: p.AddOwed, Rules: files},
		{Method: get, Pattern: "/cases/{id}/take-back", Need: mayWithdraw, Handler: p.AskTakeBack},
		{Method: post, Pattern: "/cases/{id}/take-back", Need: mayWithdraw.Keeping(), Handler: p.signedIn(p.TakeBack)},
		{Method: post, Pattern: "/cases/{id}/identity", Need: maySupplement, Handler: p.CheckIdentity},
		{Method: get, Pattern: "/cases/{id}/withdraw", Need: mayWithdraw, Handler: p.AskWithdraw},
		{Method: post, Pattern: "/cases/{id}/withdraw", Need: mayWithdraw.Keeping(), Handler: p.signedIn(p.Withdraw)},
		{Method: get, Pattern: "/cases/{id}/law", Need: mayRead, Handler: p.Law},
		{Method: get, Pattern: "/cases/{id}/heard", Need: mayBeHeard, Handler: p.Heard},
		{Method: post, Pattern: "/cases/{id}/heard/{act}", Need: mayBeHeard, Handler: p.Say},
		{Method: get, Pattern: "/heard", Need: mayBeHeard, Handler: p.Interested},
		{Method: get, Pattern: "/heard/{party}", Need: mayBeHeard, Handler: p.AsInterested},
		{Method: post, Pattern: "/heard/{party}/{act}", Need: mayBeHeard, Handler: p.SayInterested},
		{Method: get, Pattern: "/heard/{party}/documents/{document}", Need: mayBeHeard, Handler: p.InterestedLetter},
		{Method: get, Pattern: "/cases/{id}/complain", Need: mayComplain, Handler: p.AskComplain},
		{Method: post, Pattern: "/cases/{id}/complain", Need: mayComplain.Keeping(), Handler: p.signedIn(p.Complain)},
		{Method: get, Pattern: "/complaints/{complaint}", Need: mayComplain, Handler: p.MyComplaint},
		{Method: post, Pattern: "/complaints/{complaint}/again", Need: mayComplain, Handler: p.Unsatisfied},
		{Method: get, Pattern: "/cases/{id}/receive", Need: mayRead, Handler: p.Receive},
		{Method: post, Pattern: "/cases/{id}/receive", Need: mayRead, Handler: p.ConfirmReceipt},
		{Method: get, Pattern: "/cases/{id}/rate", Need: mayRate, Handler: p.RatePage},
		{Method: post, Pattern: "/cases/{id}/rate", Need: mayRate.Keeping(), Handler: p.signedIn(p.Rate)},
		{Method: get, Pattern: "/files/{file}", Need: mayRead, Handler: p.File},
		{Method: get, Pattern: "/documents/{document}", Need: mayRead, Handler: p.Document},
		{Method: get, Pattern: "/documents/{document}/file", Need: mayRead, Handler: p.DocumentFile},
	}
}

func (p *Pages) licenceRoutes() []visit.Route {
	return []visit.Route{
		{Method: get, Pattern: "/licences", Need: mayLicences, Handler: p.MyLicences},
		{Method: get, Pattern: "/licences/{licence}", Need: mayLicences, Handler: p.LicenceLife},
		{Method: post, Pattern: "/licences/{licence}/apply", Need: maySubmit, Handler: p.ApplyAbout},
		{Method: post, Pattern: "/licences/{licence}/statement", Need: mayAnswer.Keeping(), Handler: p.signedIn(p.Speak)},
		{Method: get, Pattern: "/licences/{licence}/cancel", Need: mayAnswer, Handler: p.AskCancel},
		{Method: post, Pattern: "/licences/{licence}/cancel", Need: mayAnswer, Handler: p.Cancel},
		{Method: get, Pattern: "/licences/{licence}/cancel/withdraw", Need: mayAnswer, Handler: p.AskWithdrawCancel},
		{Method: post, Pattern: "/licences/{licence}/cancel/withdraw", Need: mayAnswer, Handler: p.WithdrawCancel},
		{Method: get, Pattern: "/licences/{licence}/simple", Need: mayAnswer, Handler: p.AskSimplify},
		{Method: post, Pattern: "/licences/{licence}/simple", Need: mayAnswer.Keeping(), Handler: p.signedIn(p.Simplify)},
		{Method: post, Pattern: "/licences/{licence}/simple/apply", Need: mayAnswer, Handler: p.ApplySimple},
		{Method: get, Pattern: "/cancellations/{proceeding}/object", Need: mayAnswer, Handler: p.Objecting},
		{Method: post, Pattern: "/cancellations/{proceeding}/object", Need: mayAnswer.Keeping(), Handler: p.signedIn(p.Objected)},
		{Method: get, Pattern: "/licences/{licence}/file", Need: mayLicences, Handler: p.LicenceFile},
	}
}

func (p *Pages) accountRoutes() []visit.Route {
	return []visit.Route{
		{Method: get, Pattern: "/messages", Need: visit.Account, Handler: p.Messages},
		{Method: get, Pattern: "/messages/{message}", Need: visit.Account, Handler: p.OpenMessage},
		{Method: post, Pattern: "/messages/read", Need: visit.Account, Handler: p.ReadMessages},
		{Method: get, Pattern: "/account", Need: visit.Account, Handler: p.Account},
		{Method: post, Pattern: "/account/tokens/{token}/revoke", Need: visit.Account, Handler: p.RevokeMyToken},
		{Method: get, Pattern: "/account/company", Need: visit.Account, Handler: p.CompanyPage},
		{Method: post, Pattern: "/account/company", Need: visit.Account, Handler: p.Company},
		{Method: get, Pattern: "/account/{party}/contact", Need: visit.Account, Handler: p.ContactPage},
		{Method: post, Pattern: "/account/{party}/contact", Need: visit.Account, Handler: p.Contact},
		{Method: get, Pattern: "/account/{party}/agents", Need: visit.Account, Handler: p.AuthorisePage},
		{Method: post, Pattern: "/account/{party}/agents", Need: visit.Account, Handler: p.Authorise},
		{Method: post, Pattern: "/account/mandates/{mandate}/end", Need: visit.Account, Handler: p.EndMandate},
	}
}
