// Package document issues official documents (文书): receipts, notices, decisions,
// records. A document of a kind states what the law asks for or is not issued;
// it gets the next number of its body, kind and year in the transaction of the
// act that issues it, and its content never changes. One text, made from the
// content, is the page people read and the sealed and signed PDF they keep.
//
// Content holds names of persons but no identity numbers, private telephones
// or addresses: Facts has no place for them, and identity numbers in free text
// are masked.
package document

import (
	"time"

	"onewindow/internal/business/staff"
	"onewindow/internal/kit/blob"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/pdf"
	"onewindow/internal/kit/sm"
)

// Document (文书) is an issued document.
type Document struct {
	ID       string
	CaseID   string // empty for a document that belongs to no case
	Kind     Kind
	Number   string // 文号
	Body     Body
	Subject  staff.Subject
	Facts    Facts
	Wording  int // which wording of the kind it was issued with, from 1
	IssuedAt time.Time
	Digest   string // SM3 of the stored content, hex
	File     *File  // nil until the PDF is made
	// Glyphs are the characters that no font had when the PDF was last tried.
	Glyphs string
}

// File is the PDF of a document. It is made once and never changes.
type File struct {
	Key    string // in the blob store
	SM3    string // hex
	Size   int64
	MadeAt time.Time
}

// Title is what stands above the text.
func (d *Document) Title() string { s := d.Kind.Spec(); return s.title(&d.Facts) }

// Text is the whole document in words: what the page shows and the PDF prints.
func (d *Document) Text() pdf.Document {
	spec := d.Kind.Spec()
	s := &sheet{Facts: &d.Facts, doc: d, spec: &spec}
	spec.texts[d.Wording-1](s)
	return pdf.Document{
		Style: spec.style(), Body: d.Body.Name, Title: spec.title(&d.Facts), Number: d.Number,
		Blocks: s.blocks, Author: d.Body.Name, Created: d.IssuedAt,
	}
}

// Service reads documents and makes their PDF files.
type Service struct {
	db *db.DB
	o  Options
}

// Options are what the service works with.
type Options struct {
	Fonts     *pdf.Fonts
	Blobs     blob.Store
	Authority *sm.Authority
	// Watermark lies across every page of the PDF, such as 演示·无法律效力; empty for
	// none. Footer stands at the foot of every page.
	Watermark, Footer string
}

// New makes the service.
func New(d *db.DB, o Options) *Service { return &Service{d, o} }
