package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/once"
)

const (
	keyHeader      = "Idempotency-Key"
	replayedHeader = "Idempotency-Replayed"
)

// How long, and how often, a request waits for its twin that is under way.
const (
	twinWait = 3 * time.Second
	twinLook = 50 * time.Millisecond
)

// doOnce runs an operation under the caller's key. What makes a request another
// one is its path, its conditions and its body as it was understood, so that
// blanks in the JSON do not count.
func doOnce[I, O any](ctx context.Context, c *call, in *I, fn func(context.Context, *I) (*O, error)) (*O, error) {
	body, err := json.Marshal(in)
	if err != nil {
		return nil, err
	}
	return underKey(ctx, c, body, func(ctx context.Context) (*O, error) { return fn(ctx, in) })
}

// underKey gives the first answer again to whoever sends the same key with the
// same content. Only successes are kept: after a refusal nothing was done, and
// the key may be used for the mended request. Answers are kept as they are, so
// an operation with a key must not answer with personal data.
func underKey[O any](ctx context.Context, c *call, content []byte, fn func(context.Context) (*O, error)) (*O, error) {
	req := from(ctx)
	key := req.r.Header.Get(keyHeader)
	switch {
	case key == "" && c.key == mustKey:
		return nil, refused(http.StatusBadRequest, "api.key_missing")
	case key == "":
		return fn(ctx)
	}
	digest := once.Digest([]byte(c.id), []byte(req.r.URL.Path), content)
	_, kept, replayed, err := waitForTwin(ctx, func() (int, []byte, bool, error) {
		return once.Do(ctx, req.api.DB, req.who.AccountID, key, digest, func(ctx context.Context) (int, []byte, error) {
			out, err := fn(ctx)
			if err != nil {
				return 0, nil, err
			}
			kept, err := json.Marshal(out)
			return c.status, kept, err
		})
	})
	if err != nil {
		return nil, err
	}
	if replayed {
		req.w.Header().Set(replayedHeader, "true")
	}
	out := new(O)
	return out, json.Unmarshal(kept, out)
}

// waitForTwin tries again for a while as long as the same request is under way:
// a caller that gave up waiting and sent it anew wants its answer.
func waitForTwin(ctx context.Context, try func() (int, []byte, bool, error)) (status int, kept []byte, replayed bool, err error) {
	over := time.After(twinWait)
	for {
		status, kept, replayed, err = try()
		if !errors.Is(err, fault.Conflict("once.running")) {
			return status, kept, replayed, err
		}
		select {
		case <-over:
			return status, kept, replayed, err
		case <-ctx.Done():
			return status, kept, replayed, ctx.Err()
		case <-time.After(twinLook):
		}
	}
}
