// Command onewindow is the whole platform (一窗) in one binary.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/alecthomas/kong"

	"onewindow/internal/cli/archive"
	"onewindow/internal/cli/law"
)

// commands are what the binary does.
var commands struct {
	Serve    serveCmd        `cmd:"" help:"运行平台。"`
	Setup    setupCmd        `cmd:"" help:"为空的存储准备一个城市：机构、事项草稿、三员账号。"`
	Demo     demoCmd         `cmd:"" help:"运行演示城市（定州）：SQLite、演示账号、演示历史办件。"`
	Config   configCmd       `cmd:"" help:"显示生效的配置及其来源，密钥打码。"`
	Deadline law.DeadlineCmd `cmd:"" help:"计算期限届满日，逐日说明。"`
	Code     law.CodeCmd     `cmd:"" help:"校验统一社会信用代码、身份证号、证照标识、事项编码。"`
	Archive  archive.Cmd     `cmd:"" help:"归档信息包。"`
	Gallery  galleryCmd      `cmd:"" help:"以示例数据展示全部页面组件。"`
	Bench    benchCmd        `cmd:"" help:"测这台机器上的速度：每个数字旁边是同一次运行中这台机器的极限。"`

	BenchPages benchPagesCmd `cmd:"" hidden:"" name:"bench-pages"`
}

func main() {
	ctx := kong.Parse(&commands, kong.Name("onewindow"), kong.Description("一窗：政务服务审批平台。"),
		kong.BindTo(os.Stdout, (*io.Writer)(nil)), kong.UsageOnError())
	err := ctx.Run()
	switch {
	case errors.Is(err, law.ErrWrong):
		os.Exit(1)
	case err != nil:
		fmt.Fprintln(os.Stderr, "onewindow:", err)
		os.Exit(1)
	}
}
