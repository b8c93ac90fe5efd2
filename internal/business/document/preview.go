package document

import (
	"encoding/json"
	"time"
)

// Preview is the document as it would read if it were issued now: complete, but
// without a number. It refuses as Issue does, and writes nothing.
func (d *Draft) Preview(now time.Time) (Document, error) {
	if err := d.complete(); err != nil {
		return Document{}, err
	}
	content, err := d.content()
	if err != nil {
		return Document{}, err
	}
	spec := d.Kind.Spec()
	out := Document{CaseID: d.CaseID, Kind: d.Kind, Body: d.Body, Subject: d.Subject, Wording: spec.wording(), IssuedAt: now}
	return out, json.Unmarshal(content, &out.Facts)
}
