package api

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"

	"onewindow/internal/kit/fault"
)

// filePart is the one file of an upload, read as it arrives.
type filePart struct {
	*multipart.Part
	rest *multipart.Reader
	most int64
}

// mostFraming is what a body may hold besides the file.
const mostFraming = 64 << 10

// firstFile finds the part named file; it must be the only one.
func firstFile(req *request, most int64) (*filePart, error) {
	if media, _, err := mime.ParseMediaType(req.r.Header.Get("Content-Type")); err != nil || media != "multipart/form-data" {
		return nil, refused(http.StatusUnsupportedMediaType, "api.media_type", "want", "multipart/form-data")
	}
	req.r.Body = http.MaxBytesReader(req.w, req.r.Body, most+mostFraming)
	parts, err := req.r.MultipartReader()
	if err != nil {
		return nil, refused(http.StatusBadRequest, "request.broken")
	}
	p, err := parts.NextPart()
	switch {
	case errors.Is(err, io.EOF):
		return nil, fault.Invalid("api.invalid", fault.At("file", "api.file_missing"))
	case err != nil:
		return nil, brokenUpload(err, most)
	case p.FormName() != "file":
		return nil, fault.Invalid("api.invalid", fault.At(clip(p.FormName()), "api.unknown", "name", clip(p.FormName())))
	}
	return &filePart{p, parts, most}, nil
}

// last refuses whatever follows the file.
func (p *filePart) last() error {
	_, err := p.rest.NextPart()
	switch {
	case errors.Is(err, io.EOF):
		return nil
	case err != nil:
		return brokenUpload(err, p.most)
	}
	return fault.Invalid("api.invalid", fault.At("file", "api.file_one"))
}
