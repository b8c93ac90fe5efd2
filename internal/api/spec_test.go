package api

import (
	"bytes"
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// spec is the published document.
func (s *site) spec() map[string]any {
	s.t.Helper()
	r := s.call("GET", "/api/v1/openapi.json", "", nil).want(200)
	if r.Header.Get("Content-Type") != "application/openapi+json" {
		s.t.Errorf("%v", r.Header)
	}
	return into[map[string]any](r)
}

// The document is one of OpenAPI 3.1 by the published schema of that standard
// (testdata, Apache-2.0).
func TestDocumentIsOpenAPI(t *testing.T) {
	f, err := os.Open("testdata/openapi-3.1-schema-2022-10-07.json")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	standard, err := jsonschema.UnmarshalJSON(f)
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("https://spec.openapis.org/oas/3.1/schema/2022-10-07", standard); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("https://spec.openapis.org/oas/3.1/schema/2022-10-07")
	if err != nil {
		t.Fatal(err)
	}
	data, _ := json.Marshal(sqlite(t).spec())
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(doc); err != nil {
		t.Error(err)
	}
}

var han = regexp.MustCompile(`\p{Han}`)

// Everything is said in Chinese: each operation, parameter, property, answer.
func TestDocumentIsWhole(t *testing.T) {
	s := sqlite(t)
	if len(s.api.calls) != 29 {
		t.Errorf("%d operations", len(s.api.calls))
	}
	ids := map[string]bool{}
	for _, c := range s.api.calls {
		if ids[c.id] || !han.MatchString(c.op.Summary) || !han.MatchString(c.op.Description) {
			t.Errorf("%s: %q %q", c.id, c.op.Summary, c.op.Description)
		}
		ids[c.id] = true
		for _, p := range c.op.Parameters {
			if !han.MatchString(p.Description) || p.Required && p.Example == nil {
				t.Errorf("%s: parameter %s", c.id, p.Name)
			}
		}
		for status, r := range c.op.Responses {
			if !han.MatchString(r.Description) {
				t.Errorf("%s: answer %s", c.id, status)
			}
		}
	}
	for name, schema := range s.api.huma.OpenAPI().Components.Schemas.Map() {
		for field, p := range schema.Properties {
			if !han.MatchString(p.Description) {
				t.Errorf("%s.%s has no description", name, field)
			}
		}
	}
	s.everyRefResolves(s.spec())
}

func (s *site) everyRefResolves(doc map[string]any) {
	s.t.Helper()
	found := 0
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			if ref, ok := v["$ref"].(string); ok {
				found++
				at := any(doc)
				for _, part := range strings.Split(strings.TrimPrefix(ref, "#/"), "/") {
					m, _ := at.(map[string]any)
					at = m[part]
				}
				if at == nil {
					s.t.Errorf("%s leads nowhere", ref)
				}
			}
			for _, x := range v {
				walk(x)
			}
		case []any:
			for _, x := range v {
				walk(x)
			}
		}
	}
	walk(doc)
	if found < 50 {
		s.t.Errorf("only %d references", found)
	}
}

// The examples are what the schemas describe.
func TestExamplesAreRight(t *testing.T) {
	s := sqlite(t)
	for _, c := range s.api.calls {
		for status, r := range c.op.Responses {
			if m := r.Content["application/json"]; m != nil && status < "300" {
				s.rightExample(s.rules.schemas[c.id+" "+status], c.id, m.Example)
			}
		}
		if b := c.op.RequestBody; b != nil && b.Content["application/json"] != nil {
			s.rightExample(s.rules.schemas[c.id+" body"], c.id, b.Content["application/json"].Example)
		}
	}
}

func (s *site) rightExample(schema *jsonschema.Schema, id string, example any) {
	s.t.Helper()
	data, err := json.Marshal(example)
	if err != nil || example == nil {
		s.t.Errorf("%s: %v %v", id, example, err)
		return
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err == nil {
		err = schema.Validate(doc)
	}
	if err != nil {
		s.t.Errorf("%s: %v\n%s", id, err, data)
	}
}
