package archive

import (
	"archive/zip"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"onewindow/internal/kit/sm"
)

// Trouble is what is wrong with a package.
type Trouble string

// The troubles.
const (
	Broken      Trouble = "broken"      // 不是完整的归档信息包
	Unsigned    Trouble = "unsigned"    // 清单的签名验证不通过: the manifest was altered
	Foreign     Trouble = "foreign"     // 签名证书不是由包内根证书签发
	OtherRoot   Trouble = "other_root"  // 根证书不是指定的根证书
	AlteredFile Trouble = "altered"     // 文件内容与清单不一致
	MissingFile Trouble = "missing"     // 清单中的文件不在包内
	ExtraFile   Trouble = "extra"       // 包内有清单以外的文件
	Unknown     Trouble = "unknown"     // 不认识的格式
	Incomplete  Trouble = "incomplete"  // 应归档的文件没有取得, and the manifest says so
	Doubled     Trouble = "doubled"     // 同名文件出现两次
	TooLarge    Trouble = "too_large"   // 文件大于清单所载
	Certificate Trouble = "certificate" // 证书不能读取
)

// Finding is one trouble at one file; Path is empty for the package as a whole.
type Finding struct {
	Path    string  `json:"path,omitempty"`
	Trouble Trouble `json:"trouble"`
	Detail  string  `json:"detail,omitempty"`
}

// Report is the answer of a check.
type Report struct {
	Manifest Manifest  `json:"manifest"`
	Signer   string    `json:"signer"`
	RootSM3  string    `json:"root_sm3"` // of the root in the package, to compare with a published one
	Findings []Finding `json:"findings"`
}

// Sound says that nothing was altered, added or taken away.
func (r Report) Sound() bool {
	return !slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.Trouble != Incomplete })
}

// mostManifest bounds what is read before the signature is known to be right.
const mostManifest = 32 << 20

// Check reads a package and says what was altered. It needs no store, no
// network and no clock: the signature holds everything together. root, in PEM,
// is the root that the archive knows; empty takes the one in the package and
// only reports it.
func Check(r io.ReaderAt, size int64, root []byte) (Report, error) {
	var out Report
	z, err := zip.NewReader(r, size)
	if err != nil {
		return out, fmt.Errorf("read the package: %w", err)
	}
	byName := map[string]*zip.File{}
	for _, f := range z.File {
		if byName[f.Name] != nil {
			out.add(f.Name, Doubled, "")
		}
		byName[f.Name] = f
	}
	if err := out.signed(byName, root); err != nil {
		return out, err
	}
	out.files(byName)
	return out, nil
}

func (r *Report) add(path string, t Trouble, detail string) {
	r.Findings = append(r.Findings, Finding{path, t, detail})
}

// signed checks manifest, signature and certificates.
func (r *Report) signed(byName map[string]*zip.File, known []byte) error {
	parts := map[string][]byte{}
	for _, name := range []string{manifestFile, signatureFile, signerFile, rootFile} {
		b, err := whole(byName[name])
		if err != nil {
			r.add(name, Broken, err.Error())
			return nil
		}
		parts[name] = b
	}
	signer, root := der(parts[signerFile]), der(parts[rootFile])
	if signer == nil || root == nil {
		r.add("", Certificate, "")
		return nil
	}
	r.RootSM3 = sm.Digest(root)
	if k := der(known); known != nil && (k == nil || sm.Digest(k) != r.RootSM3) {
		r.add(rootFile, OtherRoot, "")
	}
	if err := sm.Verify(signer, parts[manifestFile], parts[signatureFile]); err != nil {
		r.add(manifestFile, Unsigned, "")
	}
	if err := json.Unmarshal(parts[manifestFile], &r.Manifest); err != nil || r.Manifest.Format != formatName {
		r.add(manifestFile, Unknown, r.Manifest.Format)
		return nil
	}
	if err := sm.IssuedBy(signer, root, r.Manifest.MadeAt); err != nil {
		r.add(signerFile, Foreign, "")
	}
	if h, err := sm.ReadCertificate(signer); err == nil {
		r.Signer = h.Name
	}
	return nil
}

// files compares every file with the manifest, both ways.
func (r *Report) files(byName map[string]*zip.File) {
	listed := map[string]bool{manifestFile: true, signatureFile: true, signerFile: true, rootFile: true}
	for _, f := range r.Manifest.Files {
		listed[f.Path] = true
		z := byName[f.Path]
		if z == nil {
			r.add(f.Path, MissingFile, f.Title)
			continue
		}
		if t := compare(z, f); t != "" {
			r.add(f.Path, t, f.Title)
		}
	}
	for name := range byName {
		if !listed[name] {
			r.add(name, ExtraFile, "")
		}
	}
	for _, l := range r.Manifest.Lacks {
		r.add("", Incomplete, l.Title+"："+l.Reason)
	}
	slices.SortStableFunc(r.Findings, func(a, b Finding) int { return strings.Compare(a.Path, b.Path) })
}

func compare(z *zip.File, f File) Trouble {
	rc, err := z.Open()
	if err != nil {
		return AlteredFile
	}
	defer rc.Close()
	h := sm.NewDigest()
	n, err := io.Copy(h, io.LimitReader(rc, f.Size+1))
	switch {
	case n > f.Size:
		return TooLarge
	case err != nil, n != f.Size, fmt.Sprintf("%x", h.Sum(nil)) != f.SM3:
		return AlteredFile
	}
	return ""
}

func whole(f *zip.File) ([]byte, error) {
	if f == nil {
		return nil, errors.New("not there")
	}
	rc, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer rc.Close()
	b, err := io.ReadAll(io.LimitReader(rc, mostManifest+1))
	if err == nil && len(b) > mostManifest {
		err = errors.New("too large")
	}
	return b, err
}

func der(text []byte) []byte {
	b, _ := pem.Decode(text)
	if b == nil {
		return nil
	}
	return b.Bytes
}
