package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"
	"time"

	"onewindow/internal/app"
	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/config"
	"onewindow/internal/kit/logs"
	"onewindow/internal/web/gallery"
	"onewindow/internal/web/visit"
)

// serveCmd runs the platform as it is configured.
type serveCmd struct {
	config.Config `embed:""`
}

// Run serves until it is interrupted.
func (c *serveCmd) Run(w io.Writer) error {
	return serve(w, &c.Config, false, func(context.Context, *app.Platform, string) error { return nil })
}

// demoCmd runs the demonstration city.
type demoCmd struct {
	config.Config `embed:""`
	PerDay        int `default:"10" help:"演示历史中每个工作日的新办件数，0 为不生成。"`
}

// Run seeds the city, serves it, and lives through its past weeks behind that.
func (c *demoCmd) Run(w io.Writer) error {
	return serve(w, &c.Config, true, func(ctx context.Context, p *app.Platform, url string) error {
		printAccounts(w, url)
		if c.PerDay == 0 {
			return nil
		}
		begun := time.Now()
		n, err := p.MakeHistory(ctx, begun, c.PerDay, progress(w))
		if n > 0 && err == nil {
			fmt.Fprintf(w, "\r演示历史已生成：%d 个办件，用时 %.1f 秒。\n", n, time.Since(begun).Seconds())
		}
		return err
	})
}

// progress overwrites one line of a terminal; in a file only the end is told.
func progress(w io.Writer) func(done, days int) {
	f, ok := w.(*os.File)
	if !ok {
		return func(int, int) {}
	}
	if info, err := f.Stat(); err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return func(int, int) {}
	}
	return func(done, days int) { fmt.Fprintf(w, "\r正在生成演示历史：%d/%d 天", done, days) }
}

// collectAt is by how many percent the memory in use may grow before garbage is
// collected: little is in use, so that room costs little and saves processor time
// under load.
const collectAt = 200

// serve opens the platform, serves it, and runs behind once it answers. What
// happens by itself waits until behind is done: a past has its own clock.
func serve(w io.Writer, c *config.Config, demo bool, behind func(context.Context, *app.Platform, string) error) error {
	log, err := logs.New(os.Stderr, c.Log.Level, c.Log.Format)
	if err != nil {
		return err
	}
	slog.SetDefault(log)
	follow(c)
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(collectAt)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	p, err := app.Open(ctx, c, demo, clock.System{}, log)
	if err != nil {
		return err
	}
	if demo {
		if err := p.SeedDemo(ctx, time.Now()); err != nil {
			return err
		}
	}
	letGo := p.Jobs.HoldSchedule()
	return p.Serve(ctx, func(addr string) {
		fmt.Fprintf(w, "一窗已启动：http://%s\n", addr)
		go func() {
			defer letGo()
			if err := behind(ctx, p, "http://"+addr); err != nil && ctx.Err() == nil {
				log.Error("behind the service", "err", err)
			}
		}()
	})
}

// follow lets the printed links lead to the address that is served, unless a
// public address was configured.
func follow(c *config.Config) {
	if c.BaseURL != "http://localhost:8080" {
		return
	}
	if host, port, err := net.SplitHostPort(c.Addr); err == nil && host != "" && !strings.HasPrefix(host, "0.") {
		c.BaseURL = "http://" + net.JoinHostPort(host, port)
	}
}

func printAccounts(w io.Writer, url string) {
	fmt.Fprintf(w, `
演示账号（口令均为 %s）：
  申请人    wangxiaoming 王小明（个人）   lina 李娜（企业法定代表人）   zhaomin 赵敏（企业经办人）
  窗口受理  clerk   送达发证  deliverer
  承办      handler   审核  reviewer   批准  decider   制证  issuer
  清单编制  editor    清单发布  catalog、catalog2   法制  legal
  乡镇      town、town-decider   大厅管理  hall   督查  supervisor   本级政府负责人  government
  三员      sysadmin  secadmin  auditor
地址：
  网站 %s/   窗口 %[2]s/counter   审批 %[2]s/desk   登录 %[2]s/sign-in   接口文档 %[2]s/api/docs

`, app.DemoPassword, url)
}

// configCmd prints the effective configuration.
type configCmd struct {
	config.Config `embed:""`
	JSON          bool `help:"以 JSON 输出。"`
}

// Run prints each value and where it comes from, secrets masked.
func (c *configCmd) Run(w io.Writer) error {
	if c.JSON {
		return c.Config.PrintJSON(w)
	}
	return c.Config.Print(w)
}

// galleryCmd shows the components.
type galleryCmd struct {
	Addr string `default:"127.0.0.1:8090" help:"监听地址。"`
}

// Run serves the gallery until it is interrupted.
func (c *galleryCmd) Run(w io.Writer) error {
	fmt.Fprintf(w, "组件展示：http://%s\n", c.Addr)
	return visit.Server(c.Addr, gallery.Handler()).ListenAndServe()
}
