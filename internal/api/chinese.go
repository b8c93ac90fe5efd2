package api

import (
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/validation"

	"onewindow/internal/kit/fault"
)

// huma checks parameters and bodies against their schemas. Its messages are
// variables; they are made into codes with arguments here, "code|name=value",
// and become Chinese in the one place where every fault does. What it would say
// of the rejected value is dropped. The variables belong to the whole program,
// which has one API.
func init() {
	for message, code := range map[*string]string{
		&validation.MsgUnexpectedProperty:                "api.unknown",
		&validation.MsgExpectedRequiredProperty:          "api.required|name=%s",
		&validation.MsgExpectedDependentRequiredProperty: "api.required|name=%s%.0s",
		&validation.MsgExpectedString:                    "api.type|want=文本",
		&validation.MsgExpectedBoolean:                   "api.type|want=布尔值",
		&validation.MsgExpectedNumber:                    "api.type|want=数字",
		&validation.MsgExpectedInteger:                   "api.type|want=整数",
		&validation.MsgExpectedArray:                     "api.type|want=数组",
		&validation.MsgExpectedObject:                    "api.type|want=对象",
		&validation.MsgExpectedOneOf:                     "api.one_of|values=%s",
		&validation.MsgExpectedMinimumNumber:             "api.min|min=%v",
		&validation.MsgExpectedMaximumNumber:             "api.max|max=%v",
		&validation.MsgExpectedMinLength:                 "api.min_length|min=%d",
		&validation.MsgExpectedMaxLength:                 "api.max_length|max=%d",
		&validation.MsgExpectedMinItems:                  "api.min_items|min=%d",
		&validation.MsgExpectedMaxItems:                  "api.max_items|max=%d",
		&validation.MsgExpectedMatchPattern:              "api.pattern|pattern=%s",
		&validation.MsgExpectedBePattern:                 "api.pattern|pattern=%s",
	} {
		*message = code
	}
	huma.ValidateStrictCasing = true
	huma.DefaultArrayNullable = false
	huma.NewError = func(status int, _ string, _ ...error) huma.StatusError { return &Problem{Status: status} }
	huma.NewErrorWithContext = func(ctx huma.Context, status int, message string, errs ...error) huma.StatusError {
		req := from(ctx.Context())
		p := req.api.problem(req, ofHuma(status, message, errs))
		for name, values := range p.header {
			ctx.SetHeader(name, values[0])
		}
		return p
	}
}

// said are the messages that huma has no variable for.
var said = map[string]string{
	"unknown query parameter": "api.unknown",
	"invalid integer":         "api.type|want=整数",
	"invalid float":           "api.type|want=数字",
	"invalid boolean":         "api.type|want=true 或者 false",
}

// ofHuma is what huma found wrong with a request, as a fault.
func ofHuma(status int, message string, errs []error) error {
	switch status {
	case http.StatusRequestEntityTooLarge:
		return refused(status, "request.size", "max", "1 MB")
	case http.StatusUnsupportedMediaType:
		return refused(status, "api.media_type", "want", "application/json")
	case http.StatusRequestTimeout:
		return refused(status, "api.timeout")
	case http.StatusBadRequest:
		if message == "request body is required" {
			return refused(status, "api.body_missing")
		}
		return refused(status, "api.body")
	case http.StatusUnprocessableEntity:
		return fault.Invalid("api.invalid", fields(errs)...)
	}
	if len(errs) > 0 {
		return errs[0]
	}
	return fault.Internal(nil)
}

func fields(errs []error) (out []fault.Field) {
	for _, err := range errs {
		d, ok := err.(huma.ErrorDetailer)
		if !ok {
			out = append(out, fault.At("", "api.value"))
			continue
		}
		out = append(out, field(d.ErrorDetail()))
	}
	return out
}

// field reads the code and its arguments out of a message.
func field(d *huma.ErrorDetail) fault.Field {
	name, message := place(d.Location), d.Message
	if strings.HasPrefix(message, "required ") { // required query parameter is missing
		return fault.At(name, "api.required", "name", name)
	}
	if code, ok := said[message]; ok {
		message = code
	}
	code, arg, _ := strings.Cut(message, "|")
	if !strings.HasPrefix(code, "api.") {
		return fault.At(name, "api.value")
	}
	key, value, _ := strings.Cut(arg, "=")
	switch code {
	case "api.unknown":
		key, value = "name", last(name)
	case "api.required":
		name = strings.TrimPrefix(name+"."+value, ".")
	}
	return fault.At(name, code, key, clip(value))
}

// place is where something is wrong, without saying "body" or "query".
func place(location string) string {
	_, name, _ := strings.Cut(location, ".")
	return name
}

func last(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }
