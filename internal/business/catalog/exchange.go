package catalog

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"

	"onewindow/internal/business/org"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// Exchange (事项文件) is a matter as a file: its entry in the directory and one
// version, in the names that the seed files use.
type Exchange struct {
	Item    Item            `json:"item"`
	Version *Implementation `json:"version"`
}

// Export writes the version as a file that Import reads; fault catalog.missing
// for a draft that the reader may not see.
func (s *Service) Export(ctx context.Context, who staff.Actor, id string) (name string, file []byte, err error) {
	i, err := s.Draft(ctx, who, id)
	if err != nil {
		return "", nil, err
	}
	x := Exchange{Version: i}
	err = s.db.Read(ctx, func(tx *db.Tx) (err error) {
		x.Item, err = itemByCode(tx, i.ItemCode)
		return err
	})
	if err != nil {
		return "", nil, err
	}
	var out bytes.Buffer
	err = json.Indent(&out, []byte(toJSON(x)), "", " ")
	return i.Name, append(out.Bytes(), '\n'), err
}

// Import (导入事项) makes a draft of what a file says, for a body: the first one of
// the matter, or of its next version.
type Import struct {
	File   []byte
	BodyID string // who will implement it; "" for the body that the file names by its code
}

// Import gives the id of the draft. A matter that the directory does not have is
// entered by those who keep the directory; for others it is fault
// catalog.item_missing. What is lacking does not hinder.
func (s *Service) Import(ctx context.Context, who staff.Actor, in Import) (string, error) {
	if err := who.Must(staff.CatalogEdit); err != nil {
		return "", err
	}
	x, err := readExchange(in.File)
	if err != nil {
		return "", err
	}
	var b org.Body
	known := false
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if b, err = importBody(tx, in.BodyID, x.Version.Body.USCC); err != nil {
			return err
		}
		all, err := items(tx)
		_, known = all[x.Item.Code]
		return err
	})
	if err != nil {
		return "", err
	}
	if !known {
		if !everyBody(who) {
			return "", fault.Missing("catalog.item_missing")
		}
		x.Item.Listed = true
		if err := s.SaveItem(ctx, who, SaveItem{x.Item}); err != nil {
			return "", err
		}
	}
	draft := x.Version.adopted(x.Item.Code, b.ID)
	draft.ItemCode, draft.Body.ID, draft.Rows = x.Item.Code, b.ID, x.Version.Rows
	draft.Name = x.Version.Name
	if err := s.db.Read(ctx, func(tx *db.Tx) error {
		return noDraft(tx, b.USCC+string(draft.Level)+draft.ItemCode)
	}); err != nil {
		return "", err
	}
	return s.SaveDraft(ctx, who, SaveDraft{Body: draft})
}

// importBody is the body that was chosen, or the one of the city that has the code.
func importBody(tx *db.Tx, id, uscc string) (org.Body, error) {
	if id != "" {
		return org.LoadBody(tx, id)
	}
	b, err := org.LoadBodyByUSCC(tx, uscc)
	if f := fault.Of(err); f != nil && f.Kind == fault.KindMissing {
		err = fault.Invalid("form.invalid", fault.At("body", "catalog.import_body"))
	}
	return b, err
}

// readExchange reads a file, refusing what it does not know by name and line.
func readExchange(file []byte) (x Exchange, err error) {
	wrong := func(code string, kv ...string) error {
		return fault.Invalid("form.invalid", fault.At("file", code, kv...))
	}
	if len(file) > largestBody {
		return x, fault.TooLarge("catalog.too_large")
	}
	dec := json.NewDecoder(bytes.NewReader(file))
	dec.DisallowUnknownFields()
	if err = dec.Decode(&x); err == nil && dec.Decode(&struct{}{}) != io.EOF {
		return x, wrong("catalog.import_json", "line", lineAt(file, dec.InputOffset()))
	}
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case err == nil && x.Version == nil:
		return x, wrong("catalog.import_empty")
	case err == nil:
		return x, nil
	case errors.As(err, &syntax):
		return x, wrong("catalog.import_json", "line", lineAt(file, syntax.Offset))
	case errors.Is(err, io.ErrUnexpectedEOF):
		return x, wrong("catalog.import_json", "line", lineAt(file, int64(len(bytes.TrimSpace(file)))))
	case errors.As(err, &kind) && kind.Field == "":
		return x, wrong("catalog.import_shape")
	case errors.As(err, &kind):
		return x, wrong("catalog.import_type", "line", lineAt(file, kind.Offset), "field", kind.Field)
	}
	if _, name, ok := strings.Cut(err.Error(), "unknown field "); ok {
		return x, wrong("catalog.import_field", "field", strings.Trim(name, `"`))
	}
	return x, wrong("catalog.import_json", "line", lineAt(file, dec.InputOffset()))
}

func lineAt(file []byte, offset int64) string {
	offset = min(max(offset, 0), int64(len(file)))
	return strconv.Itoa(bytes.Count(file[:offset], []byte("\n")) + 1)
}
