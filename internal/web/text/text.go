// Package text holds the Chinese for what the platform says by code: faults,
// statuses, permissions, roles, units, days. Everything else that people read
// stands in the templates.
//
// The tables are split by subject into files named faults_*.go and labels.go;
// a new code gets a line in one of them. A test finds every code in the source
// and fails when one has no line.
package text

import (
	"log/slog"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"onewindow/internal/kit/fault"
	"onewindow/internal/web/ui"
)

// table maps a code to its message. {arg} is replaced by the argument of that
// name, {arg|kind} by the label of the argument under that kind, and
// {arg|fault} by the message of the code that the argument holds.
type table map[string]string

// faults is every message by code.
var faults = join(faultsGeneral, faultsForm, faultsAccount, faultsParty, faultsCase, faultsUpload, faultsCatalog, faultsFlow, faultsCode, faultsLicence, faultsAfter, faultsClock, faultsProcedure, faultsAPI, faultsHearing, faultsPromise)

// join puts tables together; the same code in two is a mistake.
func join(all ...table) table {
	out := table{}
	for _, t := range all {
		for code := range t {
			if _, twice := out[code]; twice {
				panic("text: two messages for " + code)
			}
		}
		maps.Copy(out, t)
	}
	return out
}

// byKind is what is said when a code has no message.
var byKind = map[fault.Kind]string{
	fault.KindInvalid:     "填写的内容有误，请核对后再试",
	fault.KindRefused:     "按规定现在不能这样办理",
	fault.KindDenied:      "您没有办理这一项的权限",
	fault.KindSignedOut:   "请先登录",
	fault.KindMissing:     "没有找到您要的内容",
	fault.KindConflict:    "内容刚刚有变化，请刷新后再办",
	fault.KindTooLarge:    "内容超过了允许的大小",
	fault.KindTooMany:     "操作过于频繁，请稍后再试",
	fault.KindUnavailable: "系统暂时不能办理，请稍后再试。您刚才的操作没有生效",
	fault.KindInternal:    "系统出了故障，已记录。您刚才的操作没有生效，请稍后再试",
}

// Fault is what to say of a fault as a whole. An unplanned error never shows
// its own words.
func Fault(f *fault.Fault) string {
	if f.Kind == fault.KindInternal || f.Kind == fault.KindUnavailable {
		return byKind[f.Kind]
	}
	if s, ok := message(f.Code, f.Args); ok {
		return s
	}
	if n := len(f.Fields); n > 0 {
		return "有 " + strconv.Itoa(n) + " 处需要更正"
	}
	return byKind[f.Kind]
}

// Field is what to say of one wrong field.
func Field(x fault.Field) string {
	if s, ok := message(x.Code, x.Args); ok {
		return s
	}
	return "填写的内容有误，请核对"
}

// Problems is a fault in words, for ui.Summary and beside the fields.
func Problems(f *fault.Fault) ui.Problems {
	p := ui.Problems{Message: Fault(f), Law: f.Law}
	for _, x := range f.Fields {
		p.Fields = append(p.Fields, ui.Problem{Field: x.Name, Message: Field(x)})
	}
	return p
}

// Say is the message of a code that is no fault, such as catalog.Lack.
func Say(code string, args map[string]string) string {
	return Field(fault.Field{Code: code, Args: args})
}

// Codes is every fault code with its message, the placeholders unfilled: for
// the documentation of the API.
func Codes() map[string]string { return maps.Clone(faults) }

// Code is the message of one fault code, the placeholders unfilled; "" when there
// is none.
func Code(code string) string { return faults[code] }

func message(code string, args map[string]string) (string, bool) {
	m, ok := faults[code]
	if !ok {
		missing("fault", code)
		return "", false
	}
	return fill(m, args), true
}

// fill replaces the placeholders of a message. An argument that is absent
// leaves nothing behind.
func fill(m string, args map[string]string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(m, "{")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		name, after, _ := strings.Cut(rest, "}")
		name, kind, labelled := strings.Cut(name, "|")
		switch {
		case kind == "fault":
			b.WriteString(Field(fault.Field{Code: args[name], Args: args}))
		case labelled:
			b.WriteString(Label(Kind(kind), args[name]))
		default:
			b.WriteString(args[name])
		}
		m = after
	}
}

// Slugs are all that have a label of the kind, in order.
func Slugs(k Kind) []string { return slices.Sorted(maps.Keys(labels[k])) }

// Label is the Chinese word for a slug of a kind. A slug without a word is
// shown as it is, and logged.
func Label(k Kind, slug string) string {
	if s, ok := labels[k][slug]; ok {
		return s
	}
	if slug != "" {
		missing(string(k), slug)
	}
	return slug
}

// Choices are the labels of a kind as answers of a form, in the order given.
func Choices[S ~string](k Kind, slugs ...S) []ui.Choice {
	out := make([]ui.Choice, len(slugs))
	for i, s := range slugs {
		out[i] = ui.Choice{Value: string(s), Text: Label(k, string(s))}
	}
	return out
}

var told sync.Map

// missing logs a code without words, once.
func missing(kind, code string) {
	if _, before := told.LoadOrStore(kind+" "+code, true); !before {
		slog.Warn("no Chinese text", "kind", kind, "code", code)
	}
}
