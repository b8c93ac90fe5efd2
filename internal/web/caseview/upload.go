package caseview

import (
	"io"
	"os"
	"strings"

	"onewindow/internal/business/casework"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/visit"
)

// FileField is the name of the control that takes files of a material.
func FileField(material string) string { return "file." + material }

// Attach takes one uploaded file into a draft or a case; which material it is
// for, its control says. What is wrong with it is said at that control.
func (s Source) Attach(v *visit.Visit, ownerID string, part visit.Part) error {
	material, ok := strings.CutPrefix(part.Field, "file.")
	if !ok {
		return fault.Missing("material.missing")
	}
	f, size, err := spool(part)
	if err != nil {
		return at(part.Field, err)
	}
	defer os.Remove(f.Name())
	defer f.Close()
	_, err = s.Casework.Attach(v.Context(), v.Actor, casework.Attach{OwnerID: ownerID, Material: material, Name: part.Name, Size: size, Content: f})
	return at(part.Field, err)
}

// at names the control in a fault that names none.
func at(field string, err error) error {
	f := fault.Of(err)
	if f == nil || len(f.Fields) > 0 || f.Kind == fault.KindInternal || f.Kind == fault.KindMissing {
		return err
	}
	named := *f
	named.Fields = []fault.Field{{Name: field, Code: f.Code, Args: f.Args}}
	return &named
}

// spool keeps an upload in a temporary file while it is examined.
func spool(r io.Reader) (*os.File, int64, error) {
	f, err := os.CreateTemp("", "onewindow-upload-*")
	if err != nil {
		return nil, 0, err
	}
	size, err := io.Copy(f, r)
	if err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	if err != nil {
		f.Close()
		os.Remove(f.Name())
		return nil, 0, err
	}
	return f, size, nil
}

// Spool is an upload while it is examined.
type Spool struct {
	File *os.File
	Size int64
}

// Spooled hands an uploaded file to take; what is wrong with it is said at its
// control.
func Spooled(part visit.Part, take func(Spool) error) error {
	f, size, err := spool(part)
	if err != nil {
		return at(part.Field, err)
	}
	defer os.Remove(f.Name())
	defer f.Close()
	return at(part.Field, take(Spool{f, size}))
}
