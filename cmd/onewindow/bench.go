package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"onewindow/internal/bench"
)

// benchCmd measures the platform on this machine.
type benchCmd struct {
	Names    []string      `arg:"" optional:"" name:"name" help:"测哪些项目；不写为全部。"`
	List     bool          `help:"列出项目及其含义。"`
	Postgres string        `env:"ONEWINDOW_BENCH_POSTGRES" placeholder:"postgres://…" help:"可以新建数据库的 PostgreSQL 服务器；不给则只测 SQLite。测完删除所建的库。"`
	Store    string        `enum:"sqlite,postgres," default:"" help:"只测一种数据库：sqlite 或 postgres。"`
	Dir      string        `placeholder:"目录" help:"临时数据放在哪里；默认为系统临时目录，须在磁盘上。"`
	Drivers  []int         `default:"1,16,64" help:"同时操作的客户端数。"`
	Preload  int           `default:"10000" help:"事先批量写入的办件数。"`
	Sizes    []int         `default:"10000,100000,1000000" help:"测增长时的办件数，从小到大。"`
	Rounds   int           `default:"3" help:"轮数，至少 3；与极限轮流测。"`
	Length   time.Duration `default:"5s" help:"每轮多久。"`
	Quick    bool          `help:"一分钟内全部走一遍，数字没有意义。"`
	JSON     bool          `help:"以 JSON 输出。"`
	Profile  string        `placeholder:"目录" help:"把服务进程的 CPU 剖析存到这里。"`
}

// Run measures and prints.
func (c *benchCmd) Run(w io.Writer) error {
	if c.List {
		for _, name := range bench.Names() {
			fmt.Fprintf(w, "%-4s %s\n", name, bench.About(name))
		}
		return nil
	}
	me, err := os.Executable()
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	report, failed := bench.Measure(ctx, bench.Options{Names: c.Names, Postgres: c.Postgres, Only: c.Store, Dir: c.Dir,
		Drivers: c.Drivers, Preload: c.Preload, Sizes: c.Sizes, Rounds: c.Rounds, Length: c.Length, Quick: c.Quick, Profile: c.Profile,
		Serve: []string{me, "serve"}, Demo: []string{me, "demo"}, Page: []string{me, "bench-pages"}, Log: os.Stderr})
	if report == nil {
		return failed
	}
	print := report.Print
	if c.JSON {
		print = report.PrintJSON
	}
	if err := print(w); err != nil {
		return err
	}
	return failed
}

// benchPagesCmd is the process that answers with the pages of the limit.
type benchPagesCmd struct{}

// Run does not return.
func (benchPagesCmd) Run(w io.Writer) error { return bench.ServePages(w) }
