package archive

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"
	"time"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/org"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/audit"
	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/id"
	"onewindow/internal/kit/sm"
)

// Topics are the events after which a case is archived: those that end it, and
// what happens to its licence later.
func Topics() []string {
	return []string{"case.delivered", "case.withdrawn", "case.terminated", "case.not_required", "case.not_competent", "aftercare.decided"}
}

// sealPackage is the context of a sealed package.
const sealPackage = "archive.package"

// making is a package under way.
type making struct {
	s       *Service
	who     staff.Actor
	d       *casework.Dossier
	body    org.Body
	event   string
	now     time.Time
	m       Manifest
	content map[string][]byte
}

// OnConcluded is the reaction to the Topics: it makes the package of the case
// that the event names, once.
func (s *Service) OnConcluded(ctx context.Context, e event.Event) error {
	var of struct {
		CaseID string `json:"case_id"`
	}
	if err := e.Decode(&of); err != nil {
		return err
	}
	if of.CaseID == "" {
		return nil
	}
	k, err := s.begin(ctx, of.CaseID, e.ID)
	if err != nil || k == nil {
		return err
	}
	if err := k.collect(ctx); err != nil {
		return err
	}
	return k.finish(ctx)
}

// begin loads the case; nil when the package is there already, or the case has
// not ended.
func (s *Service) begin(ctx context.Context, caseID, eventID string) (*making, error) {
	k := &making{s: s, who: staff.Machine("系统（归档）"), event: eventID, content: map[string][]byte{}}
	var err error
	if k.d, err = s.o.Casework.Dossier(ctx, k.who, caseID); err != nil {
		return nil, err
	}
	if !k.d.Status.Ended() {
		return nil, nil
	}
	there := false
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		k.now = tx.Now
		if k.body, err = org.LoadBody(tx, k.d.BodyID); err != nil {
			return err
		}
		if there, err = made(tx, eventID); err != nil {
			return err
		}
		k.m.N, err = next(tx, caseID)
		return err
	})
	if err != nil || there {
		return nil, err
	}
	k.m.Format, k.m.Standard, k.m.Demo = formatName, "GB/T 42727-2023", sm.Mark
	k.m.ID, k.m.MadeAt, k.m.Metadata = id.New(), k.now, k.metadata()
	return k, nil
}

func (k *making) metadata() Metadata {
	c := k.d.Case
	return Metadata{CaseNumber: c.Number, Matter: c.ItemName, MatterCode: k.d.Impl.Code(), Applicant: c.ApplicantName, Body: k.body.Name,
		BodyCode: k.body.USCC, Channel: string(c.Channel), Purpose: string(c.Purpose), Status: string(c.Status), ReceivedAt: instant(c.ReceivedAt),
		AcceptedAt: instant(c.AcceptedAt), DecidedAt: instant(c.DecidedAt), ConcludedAt: instant(c.ConcludedAt), Prior: c.PriorID,
		Retention: k.s.o.Retention}
}

func instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(clock.Beijing).Format(time.RFC3339)
}

// step notes that one of the standard's steps is done.
func (k *making) step(name, note string) {
	k.m.Steps = append(k.m.Steps, Step{Name: name, At: k.now, Note: note})
}

// put adds a file to the package.
func (k *making) put(kind, name, title string, content []byte) {
	for n := 2; k.content[name] != nil; n++ { // two uploads of one name
		ext := path.Ext(name)
		name = strings.TrimSuffix(name, ext) + "-" + strconv.Itoa(n) + ext
	}
	k.content[name] = content
	k.m.Files = append(k.m.Files, File{Path: name, Title: title, Kind: kind, Size: int64(len(content)), SM3: sm.Digest(content)})
}

func (k *making) lacks(title string, err error) {
	reason := "不能取得"
	if f := fault.Of(err); f != nil && f.Kind != fault.KindInternal {
		reason = f.Code
	}
	k.m.Lacks = append(k.m.Lacks, Lack{title, reason})
}

// collect is 收集、整理、清点.
func (k *making) collect(ctx context.Context) error {
	for _, part := range []func(context.Context) error{k.records, k.materials, k.documents, k.result} {
		if err := part(ctx); err != nil {
			return err
		}
	}
	k.step("收集", "申请材料、申请表、过程记录、文书、审批结果")
	k.step("整理", "按申请表、材料、文书、结果分类编目")
	k.step("清点", fmt.Sprintf("%d 个文件，未取得 %d 个", len(k.m.Files), len(k.m.Lacks)))
	return nil
}

// finish is 形成归档信息包、生成校验信息、归档检测、登记、入库.
func (k *making) finish(ctx context.Context) error {
	k.step("形成归档信息包", "zip")
	k.step("生成校验信息", "每个文件的 SM3 摘要，清单的 SM2 签名")
	k.step("归档检测", "签名、清单与全部文件逐一核对一致")
	packed, manifest, err := k.pack()
	if err != nil {
		return err
	}
	report, err := Check(bytes.NewReader(packed), int64(len(packed)), nil)
	if err != nil {
		return err
	}
	if !report.Sound() {
		return fmt.Errorf("archive of case %s does not pass its own check: %+v", k.d.ID, report.Findings)
	}
	p := Package{ID: k.m.ID, CaseID: k.d.ID, N: k.m.N, Number: k.d.Number, ItemName: k.d.ItemName, Files: len(k.m.Files), Size: int64(len(packed)),
		SM3: sm.Digest(packed), ManifestSM3: sm.Digest(manifest), Subject: k.d.Subject(), key: "archive/" + k.m.ID + ".zip", eventID: k.event}
	if err := k.s.store(ctx, p.key, packed); err != nil {
		return err
	}
	err = k.s.db.Act(ctx, func(tx *db.Tx) error {
		insert(tx, p)
		audit.Record(tx, audit.Entry{ActorID: k.who.AccountID, ActorName: k.who.Name, Act: "archive.make", SubjectKind: "case", SubjectID: p.CaseID,
			After: map[string]any{"package": p.ID, "n": p.N, "sm3": p.SM3, "files": p.Files}})
		return nil
	})
	if errors.Is(err, fault.Conflict("duplicate")) { // the event came again, and faster
		return k.s.o.Blobs.Delete(ctx, p.key)
	}
	return err
}

// pack writes the zip file; the same content gives the same bytes but for the
// signature.
func (k *making) pack() (packed, manifest []byte, err error) {
	signer, err := k.s.o.Authority.Signer(k.body.ID, k.body.Name)
	if err != nil {
		return nil, nil, err
	}
	roots, err := k.s.o.Authority.Roots()
	if err != nil {
		return nil, nil, err
	}
	if manifest, err = readable(k.m); err != nil {
		return nil, nil, err
	}
	signature, err := signer.Sign(manifest)
	if err != nil {
		return nil, nil, err
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, f := range k.m.Files {
		if err := k.entry(z, f.Path, k.content[f.Path]); err != nil {
			return nil, nil, err
		}
	}
	for _, e := range []struct {
		name string
		data []byte
	}{{manifestFile, manifest}, {signatureFile, signature}, {signerFile, certificate(signer.Certificate())}, {rootFile, certificate(roots[0])}} {
		if err := k.entry(z, e.name, e.data); err != nil {
			return nil, nil, err
		}
	}
	err = z.Close()
	return out.Bytes(), manifest, err
}

func (k *making) entry(z *zip.Writer, name string, data []byte) error {
	method := zip.Deflate
	switch strings.ToLower(path.Ext(name)) {
	case ".pdf", ".jpg", ".jpeg", ".png": // packed already
		method = zip.Store
	}
	w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: method, Modified: k.now})
	if err == nil {
		_, err = w.Write(data)
	}
	return err
}

func certificate(der []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
}

// readable is JSON that people can read too.
func readable(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	err := e.Encode(v)
	return b.Bytes(), err
}

// store seals a package and keeps it.
func (s *Service) store(ctx context.Context, key string, packed []byte) error {
	var out bytes.Buffer
	w, err := s.o.Keys.SealStream(sealPackage, &out)
	if err != nil {
		return err
	}
	if _, err := w.Write(packed); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	_, err = s.o.Blobs.Put(ctx, key, &out, int64(out.Len()))
	return err
}

// readAll reads and closes.
func readAll(rc io.ReadCloser) ([]byte, error) {
	defer rc.Close()
	return io.ReadAll(rc)
}
