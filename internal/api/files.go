package api

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"mime"
	"net/http"
	"os"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
)

var supplements = []staff.Permission{staff.CaseSupplement}

// uploadFaults are those of casework.Attach.
var uploadFaults = []string{"400 request.broken", "422 api.file_missing", "422 api.file_one", "415 api.media_type", "404 material.missing",
	"409 draft.closed", "422 upload.empty", "422 upload.type", "422 upload.mismatch", "422 upload.broken", "422 upload.bomb", "422 upload.macro",
	"422 upload.not_taken", "413 upload.file", "413 upload.case", "413 upload.files", "404 case.missing", "422 supplement.not_asked", "422 supplement.not_named"}

func (a *API) fileCalls() {
	const about = "以 multipart/form-data 上传一个文件，放在名为 file 的部分，文件名写在 filename 中。平台按内容识别文件，不接受程序、宏和与扩展名不符的内容。"
	on(a, call{id: "upload-draft-file", method: http.MethodPost, path: "/drafts/{id}/materials/{material}/files", tag: "申请", summary: "为草稿上传材料",
		needs: submits, status: http.StatusCreated, key: mayKey, ownKey: true, about: about, done: "已上传", body: uploadBody(), faults: uploadFaults},
		func(ctx context.Context, in *uploadInput) (*fileOutput, error) {
			return a.upload(ctx, "upload-draft-file", in)
		})
	on(a, call{id: "upload-case-file", method: http.MethodPost, path: "/cases/{id}/materials/{material}/files", tag: "办件", summary: "补正：上传材料",
		needs: supplements, status: http.StatusCreated, key: mayKey, ownKey: true, about: about + "只能上传补正告知书列明的材料；上传齐全后再提交补正。",
		done: "已上传", body: uploadBody(), faults: uploadFaults},
		func(ctx context.Context, in *uploadInput) (*fileOutput, error) {
			return a.upload(ctx, "upload-case-file", in)
		})
	on(a, call{id: "get-file", method: http.MethodGet, path: "/files/{id}", tag: "办件", summary: "下载材料", needs: []staff.Permission{staff.CaseRead},
		about: "下载草稿或者办件中的一个文件。", done: "文件", content: binary("application/octet-stream", "文件的内容"), faults: []string{"404 file.missing"}}, a.getFile)
	on(a, call{id: "delete-file", method: http.MethodDelete, path: "/files/{id}", tag: "申请", summary: "删除文件", needs: submits, status: http.StatusNoContent, key: mayKey,
		about: "从草稿中，或者从还没有提交的补正中删除一个文件。已经提交的文件不能删除。", done: "已删除",
		faults: []string{"404 file.missing", "404 case.missing", "409 draft.closed", "409 stale", "422 file.submitted", "422 supplement.not_asked", "422 supplement.not_named"}}, a.deleteFile)
}

func uploadBody() *huma.RequestBody {
	return &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{"multipart/form-data": {
		Schema: &huma.Schema{Type: huma.TypeObject, Required: []string{"file"}, AdditionalProperties: false, Properties: map[string]*huma.Schema{
			"file": {Type: huma.TypeString, Format: "binary", Description: "文件的内容"}}}}}}
}

func binary(mediaType, about string) map[string]*huma.MediaType {
	return map[string]*huma.MediaType{mediaType: {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary", Description: about}}}
}

type uploadInput struct {
	ID       string `path:"id" pattern:"^[0-9a-z]{26}$" doc:"草稿或者办件的标识" example:"01k6f3w9x2m8q4v7c5t1h0j6ra"`
	Material string `path:"material" pattern:"^[0-9]{3}$" doc:"材料编号，三位" example:"002"`
}

type fileOutput struct{ Body File }

// transferTime is how long one file may take on a slow line.
const transferTime = 10 * time.Minute

// upload examines the file before it is stored, so it lies in a temporary file
// first; it is never held whole in memory.
func (a *API) upload(ctx context.Context, id string, in *uploadInput) (*fileOutput, error) {
	req := from(ctx)
	c := http.NewResponseController(req.w) // connections that know no deadline need none
	c.SetReadDeadline(time.Now().Add(transferTime))
	c.SetWriteDeadline(time.Now().Add(transferTime))
	part, err := firstFile(req, a.Limits.FileBytes)
	if err != nil {
		return nil, err
	}
	s, err := spool(part, a.Limits.FileBytes)
	if err != nil {
		return nil, err
	}
	defer s.drop()
	if err := part.last(); err != nil {
		return nil, err
	}
	content := []byte(part.FileName() + "\n" + s.digest)
	return underKey(ctx, &call{id: id, key: mayKey, status: http.StatusCreated}, content, func(ctx context.Context) (*fileOutput, error) {
		f, err := a.Casework.Attach(ctx, by(ctx), casework.Attach{OwnerID: in.ID, Material: in.Material, Name: part.FileName(), Size: s.size, Content: s.file})
		return &fileOutput{fileOf(f)}, err
	})
}

// spooled is an upload in a temporary file.
type spooled struct {
	file   *os.File
	size   int64
	digest string
}

func (s *spooled) drop() {
	s.file.Close()
	os.Remove(s.file.Name())
}

// spool refuses a file as soon as it is too large.
func spool(from io.Reader, most int64) (*spooled, error) {
	file, err := os.CreateTemp("", "onewindow-upload-*")
	if err != nil {
		return nil, fault.Unavailable(err)
	}
	s, sum := &spooled{file: file}, sha256.New()
	s.size, err = io.Copy(io.MultiWriter(file, sum), io.LimitReader(from, most+1))
	switch {
	case err != nil:
		err = brokenUpload(err, most)
	case s.size > most:
		err = tooLarge(most)
	}
	if err != nil {
		s.drop()
		return nil, err
	}
	s.digest = hex.EncodeToString(sum.Sum(nil))
	return s, nil
}

func tooLarge(most int64) error {
	return fault.TooLarge("upload.file", "max", strconv.FormatInt(most>>20, 10))
}

// brokenUpload tells a body that is too large from one that did not arrive.
func brokenUpload(err error, most int64) error {
	var over *http.MaxBytesError
	switch {
	case errors.As(err, &over):
		return tooLarge(most)
	case errors.Is(err, os.ErrDeadlineExceeded):
		return refused(http.StatusRequestTimeout, "api.timeout")
	}
	return refused(http.StatusBadRequest, "request.broken")
}

func (a *API) deleteFile(ctx context.Context, in *idInput) (*struct{}, error) {
	return &struct{}{}, a.Casework.Detach(ctx, by(ctx), in.ID)
}

type streamOutput struct{ Body func(huma.Context) }

func (a *API) getFile(ctx context.Context, in *idInput) (*streamOutput, error) {
	f, content, err := a.Casework.OpenFile(ctx, by(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	return stream(content, f.Name, f.Type, f.Size), nil
}

// stream sends a file. When it ends before its time the connection is cut, so
// that nobody takes it for whole.
func stream(content io.ReadCloser, name, mediaType string, size int64) *streamOutput {
	return &streamOutput{func(ctx huma.Context) {
		defer content.Close()
		ctx.SetHeader("Content-Type", mediaType)
		ctx.SetHeader("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
		ctx.SetHeader("Content-Length", strconv.FormatInt(size, 10))
		req := from(ctx.Context())
		http.NewResponseController(req.w).SetWriteDeadline(time.Now().Add(transferTime))
		ctx.SetStatus(http.StatusOK)
		if req.r.Method == http.MethodHead {
			return
		}
		if _, err := io.Copy(ctx.BodyWriter(), content); err != nil {
			req.api.Log.Error("download", "err", err, "request_id", req.id)
			panic(http.ErrAbortHandler)
		}
	}}
}

// paper sends a PDF of ours. It is read to its end first, because only there it
// turns out whether it is the one that was signed.
func paper(content io.ReadCloser, name string) (*streamOutput, error) {
	defer content.Close()
	data, err := io.ReadAll(content)
	if err != nil {
		return nil, err
	}
	return stream(io.NopCloser(bytes.NewReader(data)), name, "application/pdf", int64(len(data))), nil
}
