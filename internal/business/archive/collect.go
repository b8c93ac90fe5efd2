package archive

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"path"
	"strings"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/licence"
	"onewindow/internal/kit/fault"
)

// records are the metadata, what happened, and what the applicant filled in.
func (k *making) records(context.Context) error {
	type answer struct {
		Element string `json:"element"`
		Label   string `json:"label"`
		Value   string `json:"value"`
	}
	var answers []answer
	for _, f := range k.d.Impl.Form.Visible(k.d.Values) {
		e := f.Resolve()
		if v := k.d.Values[e.ID]; v != "" {
			answers = append(answers, answer{e.ID, e.Label, v})
		}
	}
	for _, x := range []struct {
		kind, name, title string
		v                 any
	}{{"metadata", "metadata.json", "元数据", k.m.Metadata}, {"form", "form.json", "申请表", answers},
		{"history", "history.json", "办理过程和审批意见", k.history()}, {"history", "review-points.json", "审查要点记录", k.d.Ticks}} {
		b, err := readable(x.v)
		if err != nil {
			return err
		}
		if err := k.put(x.kind, x.name, x.title, text(b)); err != nil {
			return err
		}
	}
	return nil
}

// happened is one line of the process record.
type happened struct {
	At      string `json:"at"`
	Act     string `json:"act"`
	Step    string `json:"step,omitempty"`
	Outcome string `json:"outcome,omitempty"`
	By      string `json:"by"`
	Opinion string `json:"opinion,omitempty"`
}

func (k *making) history() (out []happened) {
	for _, h := range k.d.History {
		out = append(out, happened{instant(h.At), h.Kind, h.Step, h.Outcome, h.ActorName, h.Note})
	}
	return out
}

// materials are the files that were handed in.
func (k *making) materials(ctx context.Context) error {
	for _, m := range k.d.Materials {
		if m.Paper > 0 {
			k.m.Lacks = append(k.m.Lacks, Lack{m.Name, fmt.Sprintf("纸质 %d 份，存纸质档案", m.Paper)})
		}
		for _, f := range m.Files {
			if err := k.material(ctx, m.Name, f); err != nil {
				return err
			}
		}
	}
	return nil
}

func (k *making) material(ctx context.Context, title string, f casework.File) error {
	return k.putOr("material", "materials/"+f.Material+"-"+plain(f.Name), title+"："+f.Name, func() (io.ReadCloser, error) {
		_, rc, err := k.s.o.Casework.OpenFile(ctx, k.who, f.ID)
		return rc, err
	})
}

// documents are the papers that were issued, as signed PDF files.
func (k *making) documents(ctx context.Context) error {
	all, err := k.s.o.Documents.ByCase(ctx, k.who, k.d.ID)
	if err != nil {
		return err
	}
	for i, d := range all {
		err := k.putOr("document", fmt.Sprintf("documents/%02d-%s.pdf", i+1, d.Kind), d.Title()+" "+d.Number, func() (io.ReadCloser, error) {
			rc, _, err := k.s.o.Documents.Open(ctx, k.who, d.ID)
			return rc, err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// result is the licence: what verifies offline, and the paper.
func (k *making) result(ctx context.Context) error {
	l, err := k.s.o.Licences.ByCase(ctx, k.who, k.d.ID)
	if f := fault.Of(err); f != nil {
		if f.Kind == fault.KindMissing {
			return nil
		}
		return err
	}
	proof, err := k.s.o.Licences.Export(ctx, k.who, l.ID)
	if err != nil {
		return err
	}
	if err := k.put("result", "result/licence-proof.zip", l.Content.Name+"（离线核验包）", text(proof)); err != nil {
		return err
	}
	return k.paper(ctx, l)
}

// mostPaper bounds the PDF of a licence, which this platform made itself: it is
// fetched once, because every fetching is on record.
const mostPaper = 32 << 20

func (k *making) paper(ctx context.Context, l *licence.Licence) error {
	title := l.Content.Name + " " + l.Content.Number
	var b []byte
	_, rc, err := k.s.o.Licences.Download(ctx, k.who, l.ID)
	if err == nil {
		defer rc.Close()
		if b, err = io.ReadAll(io.LimitReader(rc, mostPaper+1)); err == nil && len(b) > mostPaper {
			err = fmt.Errorf("the licence of case %s is larger than any that is made here", k.d.ID)
		}
	}
	return k.putOr("result", "result/licence.pdf", title, func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(b)), err })
}

// plain is a file name that leads nowhere else.
func plain(name string) string {
	name = path.Base(strings.ReplaceAll(name, "\\", "/"))
	name = strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`<>:"|?*`, r) {
			return '_'
		}
		return r
	}, name)
	if name == "." || name == "/" || name == ".." {
		return "_"
	}
	return name
}
