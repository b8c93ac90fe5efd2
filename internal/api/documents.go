package api

import (
	"context"
	"net/http"

	"onewindow/internal/business/document"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/pdf"
)

func (a *API) documentCalls() {
	on(a, call{id: "list-documents", method: http.MethodGet, path: "/cases/{id}/documents", tag: "文书", summary: "列出办件的文书", needs: reads,
		about: "一个办件中可以查看的文书，从早到晚。", done: "文书", faults: []string{"404 case.missing"}}, a.listDocuments)
	on(a, call{id: "get-document", method: http.MethodGet, path: "/documents/{id}", tag: "文书", summary: "查看文书的文字", needs: reads,
		about: "一份文书的全文，与盖章的 PDF 文字相同。", done: "文书", faults: []string{"404 document.missing"}}, a.getDocument)
	on(a, call{id: "get-document-pdf", method: http.MethodGet, path: "/documents/{id}/pdf", tag: "文书", summary: "下载文书", needs: reads,
		about: "盖章并签名的 PDF 文书。", done: "PDF 文件", content: binary("application/pdf", "PDF 文件"),
		faults: []string{"404 document.missing", "422 document.glyph"}}, a.getDocumentPDF)
}

// DocumentLine is a document in a list.
type DocumentLine struct {
	ID       string `json:"id" doc:"文书标识" example:"01k6f3w9x2m8q4v7c5t1h0j6rd"`
	CaseID   string `json:"case_id" doc:"办件标识" example:"01k6f3w9x2m8q4v7c5t1h0j6rc"`
	Kind     string `json:"kind" doc:"文种代码" example:"SL"`
	Name     string `json:"name" doc:"文种" example:"受理通知书"`
	Title    string `json:"title" doc:"标题" example:"行政许可申请受理通知书"`
	Number   string `json:"number" doc:"文号" example:"定审受字〔2026〕第1号"`
	Body     string `json:"body" doc:"出具机关" example:"定州市行政审批局"`
	IssuedAt string `json:"issued_at" doc:"出具时间" example:"2026-09-15T10:30:00+08:00"`
	SM3      string `json:"sm3" doc:"文书内容的 SM3 摘要，十六进制" example:"66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"`
}

func documentLine(d document.Document) DocumentLine {
	return DocumentLine{d.ID, d.CaseID, string(d.Kind), d.Kind.Spec().Name, d.Title(), d.Number, d.Body.Name, at(d.IssuedAt), d.Digest}
}

type documentsOutput struct {
	Body struct {
		Items []DocumentLine `json:"items" doc:"文书"`
	} `nameHint:"DocumentList"`
}

// listDocuments takes a case without any for one that is not the caller's to
// see: every case has its receipt.
func (a *API) listDocuments(ctx context.Context, in *idInput) (*documentsOutput, error) {
	all, err := a.Documents.ByCase(ctx, by(ctx), in.ID)
	if err == nil && len(all) == 0 {
		err = fault.Missing("case.missing")
	}
	out := &documentsOutput{}
	for _, d := range all {
		out.Body.Items = append(out.Body.Items, documentLine(d))
	}
	return out, err
}

// DocumentText is a document with its whole text.
type DocumentText struct {
	Summary DocumentLine `json:"summary" doc:"概要"`
	Blocks  []Block      `json:"blocks" doc:"正文，依次排列"`
}

// Block is a part of a document's text; which of its fields are there, its kind
// says.
type Block struct {
	Kind   string     `json:"kind" doc:"paragraph 段落，heading 小标题，items 列表，fields 表项，table 表格，signature 落款，blanks 手写栏，note 附注" example:"paragraph"`
	Text   string     `json:"text,omitempty" doc:"段落、小标题、附注的文字" example:"你单位提出的申请材料齐全，符合法定形式，决定予以受理。"`
	Items  []string   `json:"items,omitempty" doc:"列表的各项；手写栏的名称" example:"[\"营业执照\"]"`
	Fields []Line     `json:"fields,omitempty" doc:"表项"`
	Head   []string   `json:"head,omitempty" doc:"表头" example:"[\"材料名称\",\"份数\"]"`
	Rows   [][]string `json:"rows,omitempty" doc:"表格各行" example:"[[\"营业执照\",\"1\"]]"`
	Body   string     `json:"body,omitempty" doc:"落款机关" example:"定州市行政审批局"`
	Date   string     `json:"date,omitempty" doc:"落款日期" example:"2026年9月15日"`
}

func blockOf(b pdf.Block) Block {
	switch b := b.(type) {
	case pdf.Paragraph:
		return Block{Kind: "paragraph", Text: b.Text}
	case pdf.Heading:
		return Block{Kind: "heading", Text: b.Text}
	case pdf.Items:
		return Block{Kind: "items", Items: b.Texts}
	case pdf.Fields:
		out := Block{Kind: "fields"}
		for _, f := range b.Fields {
			out.Fields = append(out.Fields, Line{f.Label, f.Value})
		}
		return out
	case pdf.Table:
		out := Block{Kind: "table", Rows: b.Rows}
		for _, c := range b.Columns {
			out.Head = append(out.Head, c.Title)
		}
		return out
	case pdf.Signature:
		return Block{Kind: "signature", Body: b.Body, Date: b.Date}
	case pdf.Blanks:
		return Block{Kind: "blanks", Items: b.Labels}
	case pdf.Note:
		return Block{Kind: "note", Text: b.Text}
	}
	return Block{Kind: "note"}
}

type documentOutput struct{ Body DocumentText }

func (a *API) getDocument(ctx context.Context, in *idInput) (*documentOutput, error) {
	d, err := a.Documents.Get(ctx, by(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	out := &documentOutput{DocumentText{Summary: documentLine(d), Blocks: []Block{}}}
	for _, b := range d.Text().Blocks {
		out.Body.Blocks = append(out.Body.Blocks, blockOf(b))
	}
	return out, nil
}

func (a *API) getDocumentPDF(ctx context.Context, in *idInput) (*streamOutput, error) {
	d, err := a.Documents.Get(ctx, by(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	content, _, err := a.Documents.Open(ctx, by(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	return paper(content, d.Kind.Spec().Name+" "+d.Number+".pdf")
}
