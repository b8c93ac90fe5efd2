package law

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"onewindow/internal/kit/code"
	"onewindow/internal/kit/fault"
)

// ErrWrong is what CodeCmd returns for a wrong code after it has said what is
// wrong: the program ends with status 1 and prints nothing more.
var ErrWrong = errors.New("the code is wrong; the output says how")

// CodeCmd checks one code.
type CodeCmd struct {
	Kind string `arg:"" enum:"uscc,id,licence,item" help:"种类：uscc 统一社会信用代码，id 公民身份号码，licence 证照标识，item 事项编码。"`
	Code string `arg:"" help:"要校验的代码；首尾空格不计，小写字母按大写校验。"`
	JSON bool   `name:"json" help:"以 JSON 输出。"`
}

// finding is the answer. Code is the checked text, masked when it is personal.
type finding struct {
	Kind    string            `json:"kind"`
	Code    string            `json:"code"`
	OK      bool              `json:"ok"`
	Wrong   string            `json:"wrong,omitempty"`
	Args    map[string]string `json:"args,omitempty"`
	Message string            `json:"message"`
	Parts   []part            `json:"parts,omitempty"`
}

type part struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

var kinds = map[string]string{
	"uscc":    "统一社会信用代码",
	"id":      "公民身份号码",
	"licence": "证照标识",
	"item":    "事项编码",
}

// Run checks the code and writes the answer to w; for a wrong code it returns
// ErrWrong.
func (c *CodeCmd) Run(w io.Writer) error {
	f, err := c.check()
	if err != nil {
		return err
	}
	if c.JSON {
		err = writeJSON(w, f)
	} else {
		_, err = io.WriteString(w, f.text())
	}
	if err == nil && !f.OK {
		return ErrWrong
	}
	return err
}

func (c *CodeCmd) check() (finding, error) {
	text := strings.ToUpper(strings.TrimSpace(c.Code))
	f := finding{Kind: c.Kind, Code: text, OK: true, Message: "正确"}
	var err error
	switch c.Kind {
	case "uscc":
		err = code.USCC(text)
	case "id":
		f.Code, err = code.MaskID(text), code.IDNumber(text)
	case "licence":
		f.Parts, err = licenceParts(text)
	case "item":
		f.Parts, err = itemParts(text)
	default:
		return f, fmt.Errorf("没有“%s”这种代码，应为 uscc、id、licence 或 item", c.Kind)
	}
	if err != nil {
		x := code.Field("code", err)
		f.OK, f.Parts, f.Wrong, f.Args, f.Message = false, nil, x.Code, x.Args, say(x)
	}
	return f, nil
}

func (f finding) text() string {
	var b strings.Builder
	verdict := f.Message
	if !f.OK {
		verdict = "不正确。" + f.Message
	}
	fmt.Fprintf(&b, "%s %s：%s\n", kinds[f.Kind], f.Code, verdict)
	for _, p := range f.Parts {
		fmt.Fprintf(&b, "  %s%s%s\n", p.Name, strings.Repeat(" ", max(1, 18-width(p.Name))), p.Value)
	}
	return b.String()
}

func licenceParts(s string) ([]part, error) {
	id, err := code.ParseLicenceID(s)
	return []part{
		{"证照类型代码", id.Type},
		{"颁发机构代码", id.Authority},
		{"流水号", id.Serial},
		{"版本号", fmt.Sprintf("%03d", id.Version)},
	}, err
}

func itemParts(s string) ([]part, error) {
	c, err := code.ParseItemCode(s)
	if err != nil {
		return nil, err
	}
	out := []part{{"基本编码", c.Basic}}
	if c.Body != "" {
		out = append([]part{{"实施主体", c.Body}, {"行使层级", strconv.Itoa(c.Level)}}, out...)
	}
	for _, p := range []part{{"业务办理项", c.Variant}, {"材料序号", c.Material}} {
		if p.Value != "" {
			out = append(out, p)
		}
	}
	return out, nil
}

// messages say what is wrong; {name} stands for an argument.
var messages = map[string]string{
	code.WrongLength:   "应为{want}位，现为{got}位。",
	code.WrongPart:     "自第{from}位起的一段应为{want}位，现为{got}位。",
	code.WrongChar:     "第{pos}位不能是“{char}”。",
	code.WrongCheck:    "第{pos}位校验码应为“{want}”，请核对各位是否录入有误。",
	code.WrongDate:     "第{from}至{to}位不是真实的出生日期。",
	code.WrongArea:     "第{from}至{to}位不是行政区划代码。",
	code.WrongPrefix:   "应以“{want}”开头。",
	code.WrongSegments: "前缀之后应有{want}段，现为{got}段。",
	code.WrongVersion:  "第{from}至{to}位版本号应在001至999之间。",
	code.WrongLevel:    "第{pos}位行使层级应在1至7之间。",
}

// say fills the arguments into the message.
func say(f fault.Field) string {
	text := messages[f.Code]
	for k, v := range f.Args {
		text = strings.ReplaceAll(text, "{"+k+"}", v)
	}
	return text
}
