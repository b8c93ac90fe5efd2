package api

import (
	"context"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"onewindow/internal/business/staff"
	"onewindow/internal/web/text"
)

// Whether an operation takes an Idempotency-Key.
type keyed int

const (
	noKey keyed = iota
	mayKey
	mustKey
)

// Whose tries an operation counts as guesses.
type guessed int

const (
	noGuess guessed = iota
	visitorsGuess
	everybodyGuesses
)

// call is an operation: what is asked for, who may ask, and its documentation.
type call struct {
	id, method, path    string
	tag, summary, about string
	needs               []staff.Permission // none: everybody
	status              int                // of success; 0 is 200
	done                string             // what success means
	key                 keyed
	guess               guessed
	ownKey              bool     // the handler itself looks after the key
	faults              []string // "409 draft.closed": beyond those that every operation knows
	body                *huma.RequestBody
	content             map[string]*huma.MediaType // of the answer, when it is no JSON object

	op *huma.Operation
}

// Limits of a JSON body.
const (
	mostBody    = 1 << 20
	bodyTimeout = 30 * time.Second
)

// on registers an operation. Whatever error fn returns becomes a problem.
func on[I, O any](a *API, c call, fn func(context.Context, *I) (*O, error)) {
	if c.status == 0 {
		c.status = http.StatusOK
	}
	run := fn
	if c.key != noKey && !c.ownKey {
		run = func(ctx context.Context, in *I) (*O, error) { return doOnce(ctx, &c, in, fn) }
	}
	op := huma.Operation{
		OperationID: c.id, Method: c.method, Path: c.path, Tags: []string{c.tag}, Summary: c.summary, Description: c.about,
		DefaultStatus: c.status, MaxBodyBytes: mostBody, BodyReadTimeout: bodyTimeout, RejectUnknownQueryParameters: true,
		Middlewares: huma.Middlewares{a.admit(&c)},
	}
	a.document(&c, &op, reflect.TypeFor[I]())
	huma.Register(a.huma, op, func(ctx context.Context, in *I) (*O, error) {
		out, err := run(ctx, in)
		if err != nil {
			return nil, a.problem(from(ctx), err)
		}
		return out, nil
	})
	c.op = a.operation(c.method, c.path)
	if c.body != nil {
		c.op.RequestBody = c.body
	}
	a.calls = append(a.calls, &c)
}

// operation finds a registered operation.
func (a *API) operation(method, path string) *huma.Operation {
	p := a.huma.OpenAPI().Paths[path]
	return map[string]*huma.Operation{"GET": p.Get, "POST": p.Post, "PUT": p.Put, "DELETE": p.Delete}[method]
}

// document writes what huma cannot read off the types.
func (a *API) document(c *call, op *huma.Operation, in reflect.Type) {
	op.Security = []map[string][]string{{}}
	if len(c.needs) > 0 {
		scopes := make([]string, len(c.needs))
		for i, p := range c.needs {
			scopes[i] = string(p)
		}
		op.Security = []map[string][]string{{schemeName: scopes}}
	}
	if c.key != noKey {
		op.Parameters = append(op.Parameters, keyParam(c.key == mustKey))
	}
	c.faults = append(c.faults, c.usual(in)...)
	op.Responses = map[string]*huma.Response{strconv.Itoa(c.status): {Description: c.done, Content: c.content}}
	for _, status := range c.statuses() {
		op.Responses[status] = a.problemResponse(c.codes(status))
	}
}

// usual are the faults that follow from the shape of an operation.
func (c *call) usual(in reflect.Type) []string {
	out := []string{"401 api.token_invalid", "422 api.invalid", "429 too_many", "500 internal", "503 unavailable"}
	if len(c.needs) > 0 {
		out = append(out, "401 api.token_missing", "403 permission")
	}
	if _, body := in.FieldByName("Body"); body {
		out = append(out, "400 api.body", "400 api.body_missing", "408 api.timeout", "413 request.size", "415 api.media_type")
	}
	if c.key != noKey {
		out = append(out, "422 once.key", "409 once.mismatch", "409 once.running", "409 once.unknown")
	}
	if c.key == mustKey {
		out = append(out, "400 api.key_missing")
	}
	return out
}

func (c *call) statuses() []string {
	var out []string
	for _, f := range c.faults {
		out = append(out, f[:3])
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// codes are the codes that come with a status.
func (c *call) codes(status string) (out []string) {
	for _, f := range c.faults {
		if s, code, _ := strings.Cut(f, " "); s == status && !slices.Contains(out, code) {
			out = append(out, code)
		}
	}
	return out
}

// problemResponse documents a refusal with the codes that it may carry.
func (a *API) problemResponse(codes []string) *huma.Response {
	var lines []string
	for _, c := range codes {
		lines = append(lines, "- `"+c+"`："+text.Code(c))
	}
	return &huma.Response{
		Description: strings.Join(lines, "\n"),
		Content: map[string]*huma.MediaType{problemType: {
			Schema: a.huma.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[Problem](), true, "Problem"),
		}},
	}
}

func keyParam(required bool) *huma.Param {
	most := 255
	about := "幂等键：由调用方为每一次办理另取的编号（建议用 UUID）。用同一个键重发同样的请求，得到第一次的答复；48 小时内有效"
	if required {
		about += "。必填"
	}
	return &huma.Param{Name: keyHeader, In: "header", Required: required, Description: about, Example: "6f9b2c1e-5d0a-4c8e-9d57-0f3f6a1c2b7d",
		Schema: &huma.Schema{Type: huma.TypeString, Pattern: `^[!-~]{1,255}$`, MaxLength: &most}}
}
