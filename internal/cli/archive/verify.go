// Package archive is the command that checks an archive package (归档信息包)
// wherever it lies: no store, no network, no configuration.
package archive

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"

	"onewindow/internal/business/archive"
	"onewindow/internal/cli/law"
)

// Cmd holds the commands on archive packages.
type Cmd struct {
	Verify VerifyCmd `cmd:"" help:"离线校验归档信息包：签名、清单和每个文件。"`
}

// VerifyCmd checks one package.
type VerifyCmd struct {
	File string `arg:"" type:"existingfile" help:"归档信息包（zip）。"`
	Root string `type:"existingfile" help:"可信的根证书（PEM）。不给时使用包内的根证书，并显示其 SM3 指纹供核对。"`
	JSON bool   `name:"json" help:"以 JSON 输出。"`
}

// words are the troubles in Chinese.
var words = map[archive.Trouble]string{
	archive.Broken: "归档信息包不完整", archive.Unsigned: "清单被改动过，或者签名不是对这份清单的", archive.Foreign: "签名证书不是由根证书签发，或者制作时不在有效期内",
	archive.OtherRoot: "根证书不是指定的根证书", archive.AlteredFile: "内容被改动过", archive.MissingFile: "清单中有，包内没有", archive.ExtraFile: "包内有，清单中没有",
	archive.Unknown: "清单的格式不认识", archive.Incomplete: "归档时没有取得", archive.Doubled: "同名文件出现两次", archive.TooLarge: "比清单所载的大",
	archive.Certificate: "证书不能读取",
}

// Run writes the answer to w; for a package that was altered it returns
// law.ErrWrong, and the program ends with status 1.
func (c *VerifyCmd) Run(w io.Writer) error {
	f, err := os.Open(c.File)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	var root []byte
	if c.Root != "" {
		if root, err = os.ReadFile(c.Root); err != nil {
			return err
		}
	}
	r, err := archive.Check(f, info.Size(), root)
	if err != nil {
		return fmt.Errorf("不是归档信息包：%w", err)
	}
	if err := c.write(w, r); err != nil {
		return err
	}
	if !r.Sound() {
		return law.ErrWrong
	}
	return nil
}

func (c *VerifyCmd) write(w io.Writer, r archive.Report) error {
	if c.JSON {
		e := json.NewEncoder(w)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		return e.Encode(struct {
			Sound bool `json:"sound"`
			archive.Report
		}{r.Sound(), r})
	}
	_, err := io.WriteString(w, text(r))
	return err
}

func text(r archive.Report) string {
	var b strings.Builder
	m := r.Manifest
	verdict := "校验通过：没有改动、增加或者缺少"
	if !r.Sound() {
		verdict = "校验不通过"
	}
	fmt.Fprintf(&b, "%s\n", verdict)
	if m.Format != "" {
		fmt.Fprintf(&b, "办件编号  %s\n事项      %s\n申请人    %s\n机关      %s\n第几包    %d\n文件      %d 个\n签名      %s\n根证书SM3 %s\n",
			m.Metadata.CaseNumber, m.Metadata.Matter, m.Metadata.Applicant, m.Metadata.Body, m.N, len(m.Files), r.Signer, r.RootSM3)
	}
	for _, f := range r.Findings {
		line := "- " + words[f.Trouble]
		if f.Path != "" {
			line += "：" + f.Path
		}
		if f.Detail != "" {
			line += "（" + f.Detail + "）"
		}
		b.WriteString(line + "\n")
	}
	if m.Demo != "" {
		fmt.Fprintf(&b, "%s\n", m.Demo)
	}
	return b.String()
}
