package api

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/form"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/formview"
	"onewindow/internal/web/text"
)

// answers are the answers to a form as the JSON document that its schema
// describes, by data element. Numbers keep every digit.
type answers map[string]any

// Schema says no more than that it is an object: which one, the matter's form
// says.
func (answers) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeObject, AdditionalProperties: true,
		Description: "申请表的内容，以数据元标识为名，须符合这个事项的申请表 JSON Schema（见 get-form）",
		Examples:    []any{map[string]any{"company.name": "定州市示例餐饮有限公司", "staff.total": 12}}}
}

// UnmarshalJSON reads numbers as they are written.
func (v *answers) UnmarshalJSON(data []byte) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	return d.Decode((*map[string]any)(v))
}

// read makes form answers of the document. Elements that the form does not ask
// are refused by name. Sensitive answers are never sent out, so one that is
// absent here stays as it is held; null clears it.
func (v answers) read(def form.Definition, held form.Values) (form.Values, error) {
	asked := map[string]bool{}
	for _, f := range def.Fields() {
		asked[f.Element] = true
	}
	var wrong []fault.Field
	for _, id := range slices.Sorted(maps.Keys(v)) {
		if !asked[id] {
			wrong = append(wrong, fault.At(id, "api.unknown", "name", clip(id)))
		}
	}
	if len(wrong) > 0 {
		return nil, fault.Invalid("api.invalid", wrong...)
	}
	values, err := form.FromDocument(v)
	if err != nil {
		return nil, err
	}
	for id, kept := range formview.HeldOf(def, held) {
		if _, sent := v[id]; !sent {
			values[id] = kept
		}
	}
	return values, nil
}

// Answered is a form as it is shown: what is sensitive only masked.
type Answered struct {
	Values answers           `json:"values" doc:"申请表的内容，不含敏感个人信息"`
	Held   map[string]string `json:"held" doc:"平台已经持有的敏感个人信息，遮盖后的样子；保存时不带这些项即保持不变，写 null 即清除"`
}

// answeredOf leaves sensitive answers out, also those that the caller sent.
func answeredOf(def form.Definition, v form.Values) Answered {
	sensitive := formview.HeldOf(def, v)
	out := Answered{Values: answers{}, Held: map[string]string{}}
	for id, value := range def.Document(v) {
		kept, hidden := sensitive[id]
		switch {
		case hidden:
			e, _ := form.Lookup(id)
			out.Held[id] = formview.Mask(e, kept)
		case value != nil:
			out.Values[id] = value
		}
	}
	return out
}

// check is what would stop these answers from being submitted today.
func check(def form.Definition, v form.Values, today calendar.Day) []ProblemField {
	out := []ProblemField{}
	for _, f := range def.Validate(def.Normalize(v), today) {
		out = append(out, ProblemField{f.Name, f.Code, text.Field(f)})
	}
	return out
}

// File is an uploaded file.
type File struct {
	ID         string `json:"id" doc:"文件标识" example:"01k6f3w9x2m8q4v7c5t1h0j6ra"`
	Material   string `json:"material" doc:"材料编号" example:"002"`
	Name       string `json:"name" doc:"文件名" example:"营业执照.pdf"`
	Type       string `json:"type" doc:"内容的媒体类型，由平台识别" example:"application/pdf"`
	Size       int64  `json:"size" doc:"字节数" example:"182044"`
	SM3        string `json:"sm3" doc:"内容的 SM3 摘要，十六进制" example:"66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"`
	UploadedAt string `json:"uploaded_at" doc:"上传时间" example:"2026-09-14T09:00:00+08:00"`
}

func filesOf(all []casework.File) []File {
	out := []File{}
	for _, f := range all {
		out = append(out, fileOf(f))
	}
	return out
}

func fileOf(f casework.File) File {
	return File{f.ID, f.Material, f.Name, f.Type, f.Size, f.SM3, at(f.UploadedAt)}
}

// MatterVersion is the matter of a draft or case, in the version it began with.
type MatterVersion struct {
	Code    string `json:"code" doc:"实施编码" example:"11130682MB990001354130190001000"`
	Name    string `json:"name" doc:"事项名称" example:"食品经营许可"`
	Version int    `json:"version" doc:"第几版；申请表和材料以这一版为准" example:"1"`
	Variant string `json:"variant,omitempty" doc:"业务办理项" example:"01"`
}

func versionOf(i *catalog.Implementation, variant string) MatterVersion {
	return MatterVersion{i.Code(), i.Name, i.Version, variant}
}
