package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
)

// docsView is everything that the documentation page shows.
type docsView struct {
	Title, Version, Server string
	About                  [][]span // by paragraph
	Groups                 []docsGroup
	Schemas                []docsSchema
	Problems               []ui.Pair
}

type docsGroup struct {
	Name, About string
	Calls       []docsCall
}

// docsCall is one operation.
type docsCall struct {
	ID, Method, Path, Summary string
	About                     [][]span
	Needs                     []string // permissions in words; none: everybody
	Params                    []docsField
	Body                      *docsBody
	Answers                   []docsAnswer
	Curl                      string
	Try                       []ui.Field
	Upload                    bool
}

// docsField is a parameter or a property.
type docsField struct {
	Name, Where, Type, Ref, About string
	Required                      bool
}

type docsBody struct {
	Media, Example, Ref string
	Fields              []docsField
}

type docsAnswer struct {
	Status, About, Media, Ref, Example string
	Problems                           []ui.Pair // code and words
}

type docsSchema struct {
	Name   string
	Fields []docsField
}

// span is a piece of a sentence.
type span struct {
	Text         string
	Code, Strong bool
}

func (a *API) docsView() docsView {
	o := a.huma.OpenAPI()
	v := docsView{Title: o.Info.Title, Version: o.Info.Version, Server: o.Servers[0].URL, About: paragraphs(o.Info.Description)}
	for _, t := range o.Tags {
		g := docsGroup{Name: t.Name, About: t.Description}
		for _, c := range a.calls {
			if c.tag == t.Name {
				g.Calls = append(g.Calls, a.docsCall(c))
			}
		}
		v.Groups = append(v.Groups, g)
	}
	for _, name := range slices.Sorted(maps.Keys(o.Components.Schemas.Map())) {
		v.Schemas = append(v.Schemas, docsSchema{name, properties(o.Components.Schemas.Map()[name])})
	}
	v.Problems = a.docsProblems()
	return v
}

// fieldCodes are the families of codes that are said of single fields.
var fieldCodes = []string{"api.", "form.", "code.", "material.", "submit.", "supplement."}

// docsProblems are the codes that callers can meet, with their messages.
func (a *API) docsProblems() (out []ui.Pair) {
	met := map[string]bool{}
	for _, c := range a.calls {
		for _, f := range c.faults {
			met[f[4:]] = true
		}
	}
	words := text.Codes()
	for _, code := range slices.Sorted(maps.Keys(words)) {
		ofField := slices.ContainsFunc(fieldCodes, func(p string) bool { return strings.HasPrefix(code, p) })
		if met[code] || ofField {
			out = append(out, ui.Pair{Term: code, Text: words[code]})
		}
	}
	return out
}

func (a *API) docsCall(c *call) docsCall {
	d := docsCall{ID: c.id, Method: c.method, Path: c.path, Summary: c.summary, About: paragraphs(c.about), Upload: c.body != nil}
	for _, p := range c.needs {
		d.Needs = append(d.Needs, text.Label(text.Permission, string(p))+"（"+string(p)+"）")
	}
	for _, p := range c.op.Parameters {
		d.Params = append(d.Params, docsField{p.Name, places[p.In], typeName(p.Schema), "", p.Description, p.Required})
		d.Try = append(d.Try, tryField(c.id, p))
	}
	if c.op.RequestBody != nil {
		d.Body = docsBodyOf(c.op.RequestBody)
	}
	for _, status := range slices.Sorted(maps.Keys(c.op.Responses)) {
		d.Answers = append(d.Answers, docsAnswerOf(c, status))
	}
	d.Curl = a.curl(c)
	return d
}

var places = map[string]string{"path": "路径", "query": "查询参数", "header": "请求头"}

func tryField(id string, p *huma.Param) ui.Field {
	f := ui.Field{Name: id + ":" + p.In + ":" + p.Name, Label: p.Name, Help: p.Description, Required: p.Required}
	if p.Required && p.Example != nil {
		f.Placeholder = fmt.Sprint(p.Example)
	}
	return f
}

func docsBodyOf(b *huma.RequestBody) *docsBody {
	for _, media := range slices.Sorted(maps.Keys(b.Content)) {
		m := b.Content[media]
		out := &docsBody{Media: media, Ref: refName(m.Schema), Fields: properties(m.Schema)}
		if m.Example != nil {
			out.Example = pretty(m.Example)
		}
		return out
	}
	return nil
}

func docsAnswerOf(c *call, status string) docsAnswer {
	r := c.op.Responses[status]
	out := docsAnswer{Status: status, About: r.Description}
	if status >= "400" {
		out.About = http.StatusText(atoi(status))
		for _, code := range c.codes(status) {
			out.Problems = append(out.Problems, ui.Pair{Term: code, Text: text.Code(code)})
		}
	}
	for media, m := range r.Content {
		out.Media = media
		if m.Schema != nil {
			out.Ref = refName(m.Schema)
		}
		if m.Example != nil {
			out.Example = pretty(m.Example)
		}
	}
	return out
}

func atoi(s string) (n int) {
	fmt.Sscan(s, &n)
	return n
}

// refName is the schema that is referred to, "" for one that stands in place.
func refName(s *huma.Schema) string {
	if s.Items != nil {
		s = s.Items
	}
	return strings.TrimPrefix(s.Ref, "#/components/schemas/")
}

// properties are the fields of an object, the required ones first.
func properties(s *huma.Schema) (out []docsField) {
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		p := s.Properties[name]
		out = append(out, docsField{name, "", typeName(p), refName(p), p.Description, slices.Contains(s.Required, name)})
	}
	slices.SortStableFunc(out, func(a, b docsField) int {
		switch {
		case a.Required == b.Required:
			return 0
		case a.Required:
			return -1
		}
		return 1
	})
	return out
}

var typeNames = map[string]string{"string": "文本", "integer": "整数", "number": "数字", "boolean": "布尔值", "object": "对象"}

// typeName says in words what a value is.
func typeName(s *huma.Schema) string {
	switch {
	case s.Ref != "":
		return refName(s)
	case s.Type == huma.TypeArray:
		return typeName(s.Items) + "的数组"
	}
	words := []string{typeNames[s.Type]}
	if len(s.Enum) > 0 {
		words = append(words, "取值 "+strings.Trim(fmt.Sprint(s.Enum), "[]"))
	}
	if s.MaxLength != nil {
		words = append(words, fmt.Sprintf("最多 %d 个字符", *s.MaxLength))
	}
	if s.Minimum != nil && s.Maximum != nil {
		words = append(words, fmt.Sprintf("%v 至 %v", *s.Minimum, *s.Maximum))
	}
	if s.Default != nil {
		words = append(words, fmt.Sprintf("默认 %v", s.Default))
	}
	return strings.Join(words, "，")
}

func pretty(v any) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return ""
	}
	return strings.TrimSpace(b.String())
}

// curl is the operation as a command, with the examples filled in.
func (a *API) curl(c *call) string {
	path, query := c.path, url.Values{}
	headers := []string{}
	if len(c.needs) > 0 {
		headers = append(headers, "Authorization: Bearer $TOKEN")
	}
	for _, p := range c.op.Parameters {
		switch {
		case p.In == "path":
			path = strings.ReplaceAll(path, "{"+p.Name+"}", fmt.Sprint(p.Example))
		case p.In == "query" && (p.Required || p.Name == "q"):
			query.Set(p.Name, fmt.Sprint(p.Example))
		case p.In == "header" && (p.Required || p.Name == keyHeader):
			headers = append(headers, p.Name+": "+fmt.Sprint(p.Example))
		}
	}
	if len(query) > 0 {
		path += "?" + query.Encode()
	}
	lines := []string{"curl '" + a.BaseURL + Prefix + path + "'"}
	if c.method != http.MethodGet {
		lines[0] = "curl -X " + c.method + strings.TrimPrefix(lines[0], "curl")
	}
	for _, h := range headers {
		lines = append(lines, "  -H '"+h+"'")
	}
	switch b := c.op.RequestBody; {
	case c.body != nil:
		lines = append(lines, "  -F 'file=@营业执照.pdf'")
	case b != nil:
		data, _ := json.Marshal(b.Content["application/json"].Example) // made of plain values
		lines = append(lines, "  -H 'Content-Type: application/json'", "  -d '"+string(data)+"'")
	}
	return strings.Join(lines, " \\\n")
}

// paragraphs reads the little markdown of descriptions: blank lines, **strong**
// and `code`.
func paragraphs(md string) (out [][]span) {
	for _, p := range strings.Split(md, "\n\n") {
		var line []span
		for i, piece := range strings.Split(p, "`") {
			if i%2 == 1 {
				line = append(line, span{Text: piece, Code: true})
				continue
			}
			for j, words := range strings.Split(piece, "**") {
				if words != "" {
					line = append(line, span{Text: words, Strong: j%2 == 1})
				}
			}
		}
		out = append(out, line)
	}
	return out
}
