package sniff

import (
	"archive/zip"
	"errors"
	"io"
	"path"
	"strings"
)

// Limits of a package (docx, xlsx, ofd). Honest sheets shrink to a fiftieth
// at most; what is smaller than freeSize may shrink as it likes.
const (
	maxEntries   = 5000
	maxDirectory = 4 << 20 // bytes read for the list of entries
	maxUnpacked  = 400 << 20
	maxRatio     = 150
	freeSize     = 8 << 20
)

// checkPackage tells the three kinds of zip apart and unpacks the package to
// nowhere, because the sizes in its directory may lie.
func checkPackage(r *medium, size int64, claimed Kind) error {
	r.budget = maxDirectory
	z, err := zip.NewReader(r, size)
	r.budget = 0
	switch {
	case errors.Is(err, errBudget):
		return refuse("upload.bomb")
	case err != nil:
		return broken(err)
	}
	if len(z.File) > maxEntries {
		return refuse("upload.bomb")
	}
	if err := checkNames(z, claimed); err != nil {
		return err
	}
	left := min(int64(maxUnpacked), max(freeSize, size*maxRatio))
	for _, f := range z.File {
		if f.UncompressedSize64 > uint64(left) {
			return refuse("upload.bomb")
		}
		n, err := unpack(f, left)
		if err != nil {
			return err
		}
		left -= n
	}
	return nil
}

// checkNames judges the package by what is in it.
func checkNames(z *zip.Reader, claimed Kind) error {
	var types, word, sheet, ofd bool
	for _, f := range z.File {
		name := strings.ToLower(f.Name)
		switch {
		case unsafe(f):
			return broken(errors.New("a path that leaves the package"))
		case path.Base(name) == "vbaproject.bin", strings.Contains(name, "macrosheets/"):
			return refuse("upload.macro")
		}
		types = types || f.Name == "[Content_Types].xml"
		word = word || strings.HasPrefix(name, "word/")
		sheet = sheet || strings.HasPrefix(name, "xl/")
		ofd = ofd || f.Name == "OFD.xml"
	}
	found := "zip"
	switch {
	case types && word:
		found = DOCX.Ext
	case types && sheet:
		found = XLSX.Ext
	case ofd && !types:
		found = OFD.Ext
	}
	if found != claimed.Ext {
		return mismatch(claimed, found)
	}
	return nil
}

func unsafe(f *zip.File) bool {
	const encrypted = 1
	return f.Flags&encrypted != 0 || strings.HasPrefix(f.Name, "/") || strings.Contains(f.Name, `\`) ||
		strings.Contains("/"+f.Name+"/", "/../")
}

// unpack counts what an entry unpacks to, at most limit.
func unpack(f *zip.File, limit int64) (int64, error) {
	in, err := f.Open()
	if err != nil {
		return 0, broken(err)
	}
	defer in.Close()
	var out io.Writer = io.Discard
	scan := &macroScan{}
	if f.Name == "[Content_Types].xml" {
		out = scan
	}
	n, err := io.Copy(out, io.LimitReader(in, limit+1))
	switch {
	case n > limit:
		return 0, refuse("upload.bomb")
	case err != nil:
		return 0, broken(err)
	case scan.found:
		return 0, refuse("upload.macro")
	}
	return n, nil
}

// macroScan looks for the content types of documents with macros.
type macroScan struct {
	found bool
	rest  string
}

func (s *macroScan) Write(p []byte) (int, error) {
	const word = "macroenabled"
	text := s.rest + strings.ToLower(string(p))
	s.found = s.found || strings.Contains(text, word) || strings.Contains(text, "vbaproject")
	s.rest = text[max(0, len(text)-len(word)):]
	return len(p), nil
}

func broken(err error) error { return refuse("upload.broken").Because(err) }
