package archive

import (
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
	s     *Service
	who   staff.Actor
	d     *casework.Dossier
	body  org.Body
	event string
	now   time.Time
	m     Manifest
	names map[string]bool
	pack  *packing
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
	k.pack, err = s.pack(ctx, "archive/"+k.m.ID+".zip")
	if err == nil {
		err = k.collect(ctx)
	}
	if err == nil {
		err = k.finish(ctx)
	}
	return errors.Join(err, k.pack.abandon(err))
}

// begin loads the case; nil when the package is there already, or the case has
// not ended.
func (s *Service) begin(ctx context.Context, caseID, eventID string) (*making, error) {
	k := &making{s: s, who: staff.Machine("系统（归档）"), event: eventID, names: map[string]bool{}}
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

// content opens a file once more; it gives the same each time.
type content func() (io.ReadCloser, error)

// text is content that is held in memory: records, and no file of an applicant.
func text(b []byte) content {
	return func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(b)), nil }
}

// errUnread says that a file could not be read to its end; nothing of it was
// written.
type errUnread struct{ error }

// put adds a file to the package. It is read twice, and never held: once for
// size and digest, so that what cannot be read to its end leaves no trace, and
// once into the package.
func (k *making) put(kind, name, title string, open content) error {
	size, digest, err := digested(open)
	if err != nil {
		return errUnread{err}
	}
	for n := 2; k.names[name]; n++ { // two uploads of one name
		ext := path.Ext(name)
		name = strings.TrimSuffix(name, ext) + "-" + strconv.Itoa(n) + ext
	}
	k.names[name] = true
	rc, err := open()
	if err != nil {
		return err
	}
	defer rc.Close()
	h := sm.NewDigest()
	n, err := k.pack.entry(name, k.now, io.TeeReader(rc, h))
	if err != nil {
		return err
	}
	if n != size || fmt.Sprintf("%x", h.Sum(nil)) != digest {
		return fmt.Errorf("archive of case %s: %s changed while it was packed", k.d.ID, name)
	}
	k.m.Files = append(k.m.Files, File{Path: name, Title: title, Kind: kind, Size: size, SM3: digest})
	return nil
}

// digested reads a file to its end.
func digested(open content) (size int64, digest string, err error) {
	rc, err := open()
	if err != nil {
		return 0, "", err
	}
	defer rc.Close()
	digest, size, err = sm.DigestReader(rc)
	return size, digest, err
}

// putOr is put for what may be missing: the manifest then says what lacks. A
// store that is away is tried again later.
func (k *making) putOr(kind, name, title string, open content) error {
	err := k.put(kind, name, title, open)
	var unread errUnread
	if !errors.As(err, &unread) {
		return err
	}
	if fault.Of(unread.error).Kind == fault.KindUnavailable {
		return unread.error
	}
	k.lacks(title, unread.error)
	return nil
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
	manifest, err := k.sign()
	if err != nil {
		return err
	}
	size, digest, err := k.pack.close()
	if err != nil {
		return err
	}
	p := Package{ID: k.m.ID, CaseID: k.d.ID, N: k.m.N, Number: k.d.Number, ItemName: k.d.ItemName, Files: len(k.m.Files), Size: size,
		SM3: digest, ManifestSM3: sm.Digest(manifest), Subject: k.d.Subject(), key: k.pack.key, eventID: k.event}
	if err := k.check(ctx, p); err != nil {
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

// check reads back what was stored, as anybody would who has the package.
func (k *making) check(ctx context.Context, p Package) error {
	stored, err := k.s.open(ctx, p)
	if err != nil {
		return err
	}
	defer stored.Close()
	report, err := Check(stored, stored.Size(), nil)
	if err != nil {
		return err
	}
	if !report.Sound() {
		return fmt.Errorf("archive of case %s does not pass its own check: %+v", k.d.ID, report.Findings)
	}
	return nil
}

// sign writes the manifest with its signature and the certificates; the same
// content gives the same bytes but for the signature.
func (k *making) sign() (manifest []byte, err error) {
	signer, err := k.s.o.Authority.Signer(k.body.ID, k.body.Name)
	if err != nil {
		return nil, err
	}
	roots, err := k.s.o.Authority.Roots()
	if err != nil {
		return nil, err
	}
	if manifest, err = readable(k.m); err != nil {
		return nil, err
	}
	signature, err := signer.Sign(manifest)
	if err != nil {
		return nil, err
	}
	for _, e := range []struct {
		name string
		data []byte
	}{{manifestFile, manifest}, {signatureFile, signature}, {signerFile, certificate(signer.Certificate())}, {rootFile, certificate(roots[0])}} {
		if _, err := k.pack.entry(e.name, k.now, bytes.NewReader(e.data)); err != nil {
			return nil, err
		}
	}
	return manifest, nil
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
