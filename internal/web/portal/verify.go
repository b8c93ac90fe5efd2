package portal

import (
	"github.com/a-h/templ"

	"onewindow/internal/business/licence"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// mostLicence bounds, in bytes, a file that is compared.
const mostLicence = 20 << 20

// VerifyPage asks for the number of a licence or its file.
func (p *Pages) VerifyPage(v *visit.Visit) error {
	if id := v.Query("id"); id != "" {
		return v.See(verifyURL(clip(id, 200)))
	}
	return show(v, "证照核验", verifyPage("", ui.Problems{}, ui.Problems{}))
}

// Verify shows what anybody may know of a licence. The answer has the same
// shape whatever was found.
func (p *Pages) Verify(v *visit.Visit) error {
	typed := v.Path("identifier")
	found, err := p.verify(v, typed)
	if err != nil {
		return again(v, err, "证照核验", func(problems ui.Problems) templ.Component {
			return verifyPage(typed, atField(problems, "id"), ui.Problems{})
		})
	}
	return show(v, "核验结果", verifiedPage(found), ui.Link{Text: "证照核验", Href: "/verify"})
}

func (p *Pages) verify(v *visit.Visit, typed string) (licence.Verification, error) {
	if err := v.Limit(p.Guesses, "verify"); err != nil {
		return licence.Verification{}, err
	}
	return p.Licences.Verify(v.Context(), typed)
}

// VerifyFile compares an uploaded file with what was issued. Nothing of it is
// kept.
func (p *Pages) VerifyFile(v *visit.Visit) error {
	var found *licence.FileVerification
	err := v.Limit(p.Guesses, "verify")
	if err == nil {
		err = v.Files(visit.FileLimits{Each: mostLicence, Count: 1}, func(part visit.Part) error {
			f, err := p.Licences.VerifyFile(v.Context(), part)
			found = &f
			return err
		})
	}
	if err == nil && found == nil {
		err = fault.Invalid("form.invalid", fault.At("file", "upload.none"))
	}
	if err != nil {
		return again(v, err, "证照核验", func(problems ui.Problems) templ.Component {
			return verifyPage("", ui.Problems{}, atField(problems, "file"))
		})
	}
	return show(v, "文件核验结果", verifiedFilePage(*found), ui.Link{Text: "证照核验", Href: "/verify"})
}

// atField says at the one field of a form what stopped it.
func atField(problems ui.Problems, field string) ui.Problems {
	out := ui.Problems{Message: problems.Message, Law: problems.Law}
	for _, f := range problems.Fields {
		out.Fields = append(out.Fields, ui.Problem{Field: field, Message: f.Message})
	}
	if len(out.Fields) == 0 {
		out.Message, out.Fields = "请更正以下内容", []ui.Problem{{Field: field, Message: problems.Message}}
	}
	return out
}

// verdict says a verification in a word.
func verdict(v licence.Verification) (string, ui.Tone) {
	switch {
	case v.Genuine && v.Status == licence.Valid:
		return "真实，有效", ui.OK
	case v.Genuine:
		return "真实，但" + text.Label(text.LicenceStatus, string(v.Status)), ui.Warn
	case v.Outcome(licence.CheckRegistered) == licence.Failed:
		return "本平台没有登记这个编号", ui.Bad
	}
	return "核验没有通过，内容可能被改动", ui.Bad
}

func verdictWords(v licence.Verification) string { w, _ := verdict(v); return w }

func verdictTone(v licence.Verification) ui.Tone { _, t := verdict(v); return t }

func checkTable(v licence.Verification) ui.TableData {
	t := ui.TableData{Caption: "核验项目", Columns: []ui.Column{{Title: "核验项目"}, {Title: "结果"}}}
	for _, c := range v.Checks {
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: text.Label(text.LicenceCheck, string(c.Code))},
			{Body: text.Badge(text.Checked, string(c.Outcome))}}})
	}
	return t
}

func facePairs(f *licence.Face) []ui.Pair {
	pairs := []ui.Pair{{Term: "名称", Text: f.Name}, {Term: "编号", Text: f.Number}}
	if f.Identifier != "" {
		pairs = append(pairs, ui.Pair{Term: "证照标识", Text: f.Identifier})
	}
	pairs = append(pairs, ui.Pair{Term: "持证主体", Text: f.Holder.Name, Note: f.Holder.Code}, ui.Pair{Term: "有效期", Text: f.Validity},
		ui.Pair{Term: "颁发机关", Text: f.Body}, ui.Pair{Term: "颁发日期", Text: f.IssuedOn.Chinese()})
	for _, l := range f.Prints {
		pairs = append(pairs, ui.Pair{Term: l.Label, Text: l.Value})
	}
	return append(pairs, ui.Pair{Term: "内容摘要（SM3）", Text: f.Digest}, ui.Pair{Term: "签名证书序列号", Text: f.Certificate})
}

// fileVerdict says a file's verification in a word.
func fileVerdict(f licence.FileVerification) (string, ui.Tone) {
	switch {
	case f.Identical && f.Licence != nil && f.Licence.Genuine:
		return "与本平台签发的文件完全一致", ui.OK
	case f.Signature == licence.SignatureAltered:
		return "文件在签发后被改动过", ui.Bad
	case f.Signature == licence.SignatureValid:
		return "由本平台签名，但不是签发的证照文件", ui.Warn
	}
	return "不是本平台签发的文件", ui.Bad
}

func fileWords(f licence.FileVerification) string { w, _ := fileVerdict(f); return w }

func fileTone(f licence.FileVerification) ui.Tone { _, t := fileVerdict(f); return t }
