package portal

import (
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"onewindow/internal/business/casework"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// mostAtOnce is how many files one sending may carry.
const mostAtOnce = 5

// MostUpload is the largest body, in bytes, that these pages take; the door
// must let it through.
func MostUpload(l casework.Limits) int64 { return mostAtOnce*l.FileBytes + 1<<20 }

// materialCard is one material with its files and the control to add some.
type materialCard struct {
	casework.Given
	Place  int    // in the list, from 1
	Action string // where files are sent
	Files  []ui.File
	Limit  int64 // bytes of one file
	Error  string
	Asked  string // what the notice says is wrong, for a supplement
	Want   string // and what would be right
	Added  bool   // something came since the notice
	Later  bool   // may follow after acceptance
}

// Materials shows what has to be handed in and takes the files.
func (p *Pages) Materials(v *visit.Visit, d *draft) error {
	return show(v, "上传材料", materialsPage(d, p.cards(d, "", ui.Problems{}), ui.Problems{}), d.crumbs()...)
}

func (p *Pages) cards(d *draft, at string, problems ui.Problems) (out []materialCard) {
	for i, g := range d.asked() {
		c := materialCard{Given: g, Place: i + 1, Action: draftURL(d.ID) + "/materials/" + g.No, Limit: p.Limits.FileBytes, Files: p.listed(g.Files, true),
			Later: casework.Follows(g.Material, d.Mode)}
		if g.No == at {
			c.Error = problems.Message
		}
		out = append(out, c)
	}
	return out
}

// listed are files as the page lists them.
func (p *Pages) listed(files []casework.File, removable bool) (out []ui.File) {
	for _, f := range files {
		x := ui.File{Name: f.Name, Href: fileURL(f.ID), Size: f.Size, Note: text.Since(f.UploadedAt, p.Clock.Now()) + "上传"}
		if removable {
			x.Remove = f.ID
		}
		out = append(out, x)
	}
	return out
}

// AddFiles takes files for one material of a draft, or a file away.
func (p *Pages) AddFiles(v *visit.Visit, d *draft) error {
	no := v.Path("no")
	err := p.takeFiles(v, d.ID, no)
	if err == nil {
		return v.See(draftURL(d.ID) + "/materials" + backTo(v, no))
	}
	now, gone, failed := p.draft(v)
	if failed != nil || gone {
		return failed
	}
	return again(v, err, "上传材料", func(problems ui.Problems) templ.Component {
		return materialsPage(now, p.cards(now, no, problems), atCard(problems, no))
	}, now.crumbs()...)
}

// backTo leads to a material's card. The number in it makes the browser fetch
// the page anew instead of only moving to the card.
func backTo(v *visit.Visit, no string) string {
	id := v.RequestID()
	return "?r=" + id[max(0, len(id)-8):] + "#" + cardID(no)
}

// takeFiles reads what was sent for a material: files to add, or the button
// that takes one away.
func (p *Pages) takeFiles(v *visit.Visit, ownerID, material string) error {
	n := 0
	err := v.Files(visit.FileLimits{Each: p.Limits.FileBytes, Count: mostAtOnce}, func(part visit.Part) error {
		n++
		return p.attach(v, ownerID, material, part)
	})
	if err != nil {
		return err
	}
	if fileID := v.Text("remove"); fileID != "" {
		if err := p.Casework.Detach(v.Context(), v.Actor, fileID); err != nil {
			return err
		}
		v.Flash(ui.OK, "文件已删除。")
		return nil
	}
	if n == 0 {
		return fault.Invalid("form.invalid", fault.At(cardField(material), "upload.none"))
	}
	v.Flash(ui.OK, "已上传 "+strconv.Itoa(n)+" 个文件。")
	return nil
}

// attach puts the file where it can be read twice, to be examined and stored.
func (p *Pages) attach(v *visit.Visit, ownerID, material string, part visit.Part) error {
	f, err := os.CreateTemp("", "onewindow-upload-")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	defer f.Close()
	size, err := io.Copy(f, part)
	if err != nil {
		return err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	_, err = p.Casework.Attach(v.Context(), v.Actor, casework.Attach{OwnerID: ownerID, Material: material, Name: part.Name, Size: size, Content: f})
	return err
}

// atCard puts what stopped an upload at its card.
func atCard(problems ui.Problems, no string) ui.Problems {
	if len(problems.Fields) == 0 {
		problems.Fields = []ui.Problem{{Field: cardField(no), Message: problems.Message}}
		problems.Message = "文件没有上传成功"
	}
	return problems
}

func cardID(no string) string { return "m-" + no }

func cardField(no string) string { return "file-" + no }

func fileURL(id string) string { return "/files/" + id }

// takes are the kinds of files as a file control wants them: .pdf,.jpg.
func (c materialCard) takes() string {
	var out []string
	for _, k := range c.Accept {
		switch k {
		case "form":
		case "jpg":
			out = append(out, ".jpg", ".jpeg")
		default:
			out = append(out, "."+k)
		}
	}
	return strings.Join(out, ",")
}

// help says what may be sent.
func (c materialCard) help() string {
	kinds := strings.ToUpper(strings.ReplaceAll(strings.ReplaceAll(c.takes(), ".jpeg", ""), ".", ""))
	return "可以上传 " + strings.ReplaceAll(strings.ReplaceAll(kinds, ",,", ","), ",", "、") + "，每个不超过 " + ui.Bytes(c.Limit) + "，一次最多 " + strconv.Itoa(mostAtOnce) + " 个。"
}

// uploads says whether files may be added.
func (c materialCard) uploads() bool { return !c.Shared && c.takes() != "" }

// state is how the material stands, as a badge.
func (c materialCard) state() (string, ui.Tone) {
	switch {
	case c.Asked != "" && c.Added:
		return "已补正", ui.OK
	case c.Asked != "":
		return "待补正", ui.Warn
	case c.Shared:
		return "免提交", ui.OK
	case len(c.Files) > 0:
		return "已上传", ui.OK
	case c.There():
		return "系统生成", ui.OK
	case c.Later:
		return "可以后补", ui.Info
	}
	return "待上传", ui.Warn
}

func (c materialCard) stateWords() string { w, _ := c.state(); return w }

func (c materialCard) stateTone() ui.Tone { _, t := c.state(); return t }

// File opens a file of one's own draft or case.
func (p *Pages) File(v *visit.Visit) error {
	f, content, err := p.Casework.OpenFile(v.Context(), v.Actor, v.Path("file"))
	if err != nil {
		return err
	}
	defer content.Close()
	return serve(v, visit.File{Name: f.Name, Type: mediaTypes[f.Type], Changed: f.UploadedAt, Inline: true}, content)
}

// mediaTypes are the types of stored files by their kind; what is not here is
// saved and not shown.
var mediaTypes = map[string]string{"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}

// serve sends content that can only be read once by way of memory or disk.
func serve(v *visit.Visit, f visit.File, content io.Reader) error {
	if f.Type == "" {
		f.Type = "application/octet-stream"
	}
	if s, ok := content.(io.ReadSeeker); ok {
		f.Body = s
		return v.Serve(f)
	}
	spool, err := os.CreateTemp("", "onewindow-download-")
	if err != nil {
		return err
	}
	defer os.Remove(spool.Name())
	defer spool.Close()
	if _, err := io.Copy(spool, content); err != nil {
		return err
	}
	if _, err := spool.Seek(0, io.SeekStart); err != nil {
		return err
	}
	f.Body = spool
	return v.Serve(f)
}
