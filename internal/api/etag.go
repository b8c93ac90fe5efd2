package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"
	"regexp"
	"strconv"

	"onewindow/internal/business/casework"
	"onewindow/internal/kit/fault"
)

// An ETag is the version of a draft or a case, and, where the whole of it is
// shown, a digest of that: "4" or "4.9f86d081". If-Match compares versions.

func versionTag(version int) string { return `"` + strconv.Itoa(version) + `"` }

func contentTag(version int, body any) string {
	data, _ := json.Marshal(body) // our own types always marshal
	sum := sha256.Sum256(data)
	return `"` + strconv.Itoa(version) + "." + hex.EncodeToString(sum[:4]) + `"`
}

var matchForm = regexp.MustCompile(`^"([1-9][0-9]{0,8})(?:\.[0-9a-f]{8})?"$`)

// seenVersion is the version that If-Match names, 0 for any.
func seenVersion(ifMatch string) (int, error) {
	if ifMatch == "" || ifMatch == "*" {
		return 0, nil
	}
	m := matchForm.FindStringSubmatch(ifMatch)
	if m == nil {
		return 0, fault.Invalid("api.invalid", fault.At("If-Match", "api.if_match"))
	}
	return strconv.Atoi(m[1])
}

// isStale says that somebody changed the thing since it was read.
func isStale(err error) bool {
	for _, code := range []string{"stale", "draft.stale", "case.stale"} {
		if errors.Is(err, fault.Conflict(code)) {
			return true
		}
	}
	return false
}

// staleDraft adds to a refusal for an old version where the draft stands now:
// 412 when the caller named the version, 409 when somebody was faster.
func (a *API) staleDraft(ctx context.Context, draftID string, seen int, err error) error {
	if !isStale(err) {
		return err
	}
	d, _, lost := a.Casework.Draft(ctx, by(ctx), draftID)
	if lost != nil {
		return err
	}
	return stale(err, seen, d.Version, string(d.Status))
}

// staleCase is staleDraft for a case.
func (a *API) staleCase(ctx context.Context, caseID string, seen int, err error) error {
	if !isStale(err) {
		return err
	}
	var d *casework.Dossier
	d, lost := a.Casework.Dossier(ctx, by(ctx), caseID)
	if lost != nil {
		return err
	}
	return stale(err, seen, d.Version, string(d.Status))
}

func stale(err error, seen, version int, status string) error {
	r := &refusal{Fault: fault.Of(err), status: http.StatusConflict, header: http.Header{},
		current: &Current{version, status, versionTag(version)}}
	if seen != 0 {
		r.status = http.StatusPreconditionFailed
	}
	r.header.Set("ETag", versionTag(version))
	return r
}
