package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"

	"onewindow/internal/app"
	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/config"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/text"
)

// setupCmd prepares an empty store for a city.
type setupCmd struct {
	config.Config `embed:""`
}

// Run prints the three administrators' first passwords, this once.
func (c *setupCmd) Run(w io.Writer) error {
	ctx := context.Background()
	p, err := app.Open(ctx, &c.Config, false, clock.System{}, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	defer p.Close()
	first, err := p.SetUp(ctx)
	if err != nil {
		return fmt.Errorf("%s（%w）", text.Fault(fault.Of(err)), err)
	}
	fmt.Fprintln(w, "已导入定州市的机构、大厅和乡镇，事项清单为草稿。三员账号如下，口令只显示这一次，首次登录须修改：")
	for _, x := range first {
		fmt.Fprintf(w, "  %s　登录名 %-9s 口令 %s\n", text.Label(text.Role, string(x.Role)), x.Login, x.Password)
	}
	fmt.Fprintln(w, "接下来：onewindow serve；系统管理员开立账号，安全管理员授予岗位，清单管理人员核对草稿后发布。")
	return nil
}
