package ui

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"

	"github.com/a-h/templ"
)

// Width is how wide a control is: as wide as what it holds.
type Width string

// The widths; the zero value fills the form.
const (
	XS Width = "ow-w-xs" // a few digits
	SM Width = "ow-w-sm" // a date, a telephone number
	MD Width = "ow-w-md" // an identity number, a name
)

// Field is one question of a form and its answer.
//
// ShowIf marshals to a list of tests that must all hold, the JSON of
// form.Condition: [{"field":"kind","op":"equals","value":"company"}] with the
// ops equals, in (values), present, above, at_least, below and at_most. The
// browser shows and hides by it; the server decides by the same condition in
// Hidden, and again when the form comes.
type Field struct {
	Name  string
	Label string
	Value string // several choices are joined by "\n"
	Help  string
	Error string // what is wrong with Value; Problems.At gives it

	Required bool
	ReadOnly bool
	Hidden   bool // not asked under the present answers; still in the page for ShowIf
	Private  bool // never kept in the browser
	Inline   bool // choices beside each other

	Type         string // "text" when empty; "tel", "email", "search", "password"
	Autocomplete string
	InputMode    string // "numeric", "decimal"
	Placeholder  string
	Unit         string // behind the control, such as 平方米
	Max          int    // characters; 0 for no limit
	Width        Width
	Prefilled    string           // where the value came from, such as 「电子营业执照」
	ShowIf       any              // condition for the browser, see below; nil for always
	Attrs        templ.Attributes // further attributes of the control, such as hx-*
}

// Choice is one answer that may be chosen.
type Choice struct {
	Value, Text string
	Help        string
	Disabled    bool
}

// condition is ShowIf as JSON, "" when the field is always asked. It panics on
// a condition that cannot be JSON: that is a mistake in a page.
func (f Field) condition() string {
	if v := reflect.ValueOf(f.ShowIf); !v.IsValid() || v.Kind() == reflect.Slice && v.Len() == 0 {
		return ""
	}
	b, err := json.Marshal(f.ShowIf)
	if err != nil {
		panic(err)
	}
	return string(b)
}

func (f Field) id() string { return controlID(f.Name) }

// describedBy names the elements that explain the control.
func (f Field) describedBy() string {
	var ids []string
	if f.Help != "" {
		ids = append(ids, f.id()+"-help")
	}
	if f.Error != "" {
		ids = append(ids, f.id()+"-error")
	}
	return strings.Join(ids, " ")
}

func (f Field) chosen(value string) bool {
	return slices.Contains(strings.Split(f.Value, "\n"), value)
}

// attrs are the attributes that every control carries.
func (f Field) attrs() templ.Attributes {
	a := templ.Attributes{}
	for k, v := range f.Attrs {
		a[k] = v
	}
	if d := f.describedBy(); d != "" {
		a["aria-describedby"] = d
	}
	if f.Error != "" {
		a["aria-invalid"] = "true"
	}
	if f.Autocomplete != "" {
		a["autocomplete"] = f.Autocomplete
	}
	if f.Private {
		a["data-no-keep"] = true
	}
	return a
}

// typed are the attributes of controls that are typed into.
func (f Field) typed() templ.Attributes {
	a := f.attrs()
	if f.Required {
		a["aria-required"] = "true"
	}
	if f.ReadOnly {
		a["readonly"] = true
	}
	for k, v := range map[string]string{"inputmode": f.InputMode, "placeholder": f.Placeholder} {
		if v != "" {
			a[k] = v
		}
	}
	return a
}

func (f Field) inputType() string {
	if f.Type == "" {
		return "text"
	}
	return f.Type
}

// FileField is a question answered by files.
type FileField struct {
	Field
	Accept   string // such as ".pdf,.jpg,.png"
	MaxBytes int64  // of one file; 0 for no limit in the browser
	Multiple bool
	Files    []File // already there
}

// File is one file that is already there.
type File struct {
	Name   string
	Href   string // opens or downloads it; "" for no link
	Size   int64  // bytes
	Note   string
	Remove string // value that the button 「删除」 submits under the name "remove"; "" for no button
}

// Form is how a form is sent.
type Form struct {
	ID       string
	Action   string
	Get      bool   // GET instead of POST
	Upload   bool   // carries files: multipart, with progress
	Autosave string // path that takes drafts; "" for none
	Dirty    bool   // ask before what was typed is thrown away
	Wide     bool
	Attrs    templ.Attributes
}

func (f Form) attrs() templ.Attributes {
	a := templ.Attributes{"method": "post", "novalidate": true}
	for k, v := range f.Attrs {
		a[k] = v
	}
	if f.Get {
		a["method"] = "get"
	}
	if f.ID != "" {
		a["id"] = f.ID
	}
	if f.Upload {
		a["enctype"] = "multipart/form-data"
		a["data-upload"] = true
	}
	if f.Autosave != "" {
		a["data-autosave"] = f.Autosave
	}
	if f.Dirty {
		a["data-dirty"] = true
	}
	return a
}

// Button submits a form.
type Button struct {
	Text  string
	Name  string // with Value: which of several buttons was pressed
	Value string
	Wait  string // shown while the answer is awaited; "" keeps the text
	Tone  Tone   // Bad for what cannot be undone, Neutral for second choices, else primary
	Icon  string
	Attrs templ.Attributes // such as formaction
}

func (b Button) class() string {
	switch b.Tone {
	case Bad:
		return "btn-danger"
	case Neutral:
		return "btn-secondary"
	}
	return "btn-primary"
}

func (b Button) attrs() templ.Attributes {
	a := templ.Attributes{}
	for k, v := range b.Attrs {
		a[k] = v
	}
	if b.Name != "" {
		a["name"], a["value"] = b.Name, b.Value
	}
	if b.Wait != "" {
		a["data-wait"] = b.Wait
	}
	return a
}
