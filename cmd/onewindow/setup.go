package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	"onewindow/internal/app"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/org"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/config"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/text"
)

// setupCmd prepares an empty store for a city.
type setupCmd struct {
	City    string `help:"本市机构表格所在的文件夹（divisions.csv、bodies.csv、halls.csv、windows.csv、sectors.csv）；不填的为定州市。"`
	Check   bool   `help:"只检查 --city 的表格，不写入。"`
	Example string `help:"把表格样例写到这个文件夹，不做别的。" type:"path"`

	config.Config `embed:""`
}

// Run prints the three administrators' first passwords, this once.
func (c *setupCmd) Run(w io.Writer) error {
	if c.Example != "" {
		return writeExample(w, c.Example)
	}
	city, sectors, err := readCity(c.City)
	if err != nil {
		return told(w, err)
	}
	if c.Check {
		fmt.Fprintf(w, "表格没有错误：%s，%d个机构，%d个大厅，%d个窗口。没有写入。\n", city.Root().Name, len(city.Bodies), len(city.Halls), len(city.Windows))
		return nil
	}
	ctx := context.Background()
	p, err := app.Open(ctx, &c.Config, false, clock.System{}, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	defer p.Close()
	name, first := "定州市", []staff.Founder(nil)
	if c.City != "" {
		name = city.Root().Name
		first, err = p.SetUpCity(ctx, city, sectors)
	} else {
		first, err = p.SetUp(ctx)
	}
	if c.City != "" && fault.Of(err) != nil && fault.Of(err).Code == "staff.founded" {
		fmt.Fprintf(w, "%s的机构、大厅和窗口已按表格更新，新的事项已建立草稿。账号早已设立，没有新的口令。\n", name)
		return nil
	}
	if err != nil {
		return told(w, err)
	}
	fmt.Fprintf(w, "已导入%s的机构、大厅和乡镇，事项清单为草稿。三员账号如下，口令只显示这一次，首次登录须修改：\n", name)
	for _, x := range first {
		fmt.Fprintf(w, "  %s　登录名 %-9s 口令 %s\n", text.Label(text.Role, string(x.Role)), x.Login, x.Password)
	}
	fmt.Fprintln(w, "接下来：onewindow serve；系统管理员开立账号，安全管理员授予岗位，清单编制人员核对草稿、送审，由另一个人发布。")
	return nil
}

// readCity reads the tables of a folder; "" gives none.
func readCity(folder string) (org.City, []org.Sector, error) {
	if folder == "" {
		return org.City{}, nil, nil
	}
	files := map[string][]byte{}
	for _, name := range org.CityFiles() {
		data, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return org.City{}, nil, err
		}
		files[name] = data
	}
	city, sectors, err := org.ReadCity(files)
	if err == nil {
		err = catalog.CheckSectors(sectors)
	}
	return city, sectors, err
}

// told prints every field of a fault on a line of its own.
func told(w io.Writer, err error) error {
	f := fault.Of(err)
	for _, x := range f.Fields {
		fmt.Fprintln(w, text.Field(x))
	}
	if len(f.Fields) > 0 {
		return errors.New(text.Fault(f))
	}
	return fmt.Errorf("%s（%w）", text.Fault(f), err)
}

// writeExample writes the tables of an invented city; nothing that is there is
// written over.
func writeExample(w io.Writer, folder string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	for _, name := range org.CityFiles() {
		path := filepath.Join(folder, name)
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if err != nil {
			return err
		}
		// the mark at the beginning lets spreadsheets see that it is UTF-8
		_, err = f.WriteString("\ufeff" + org.CityExample()[name])
		if err = errors.Join(err, f.Close()); err != nil {
			return err
		}
		fmt.Fprintln(w, path)
	}
	fmt.Fprintln(w, "样例是虚构的。改成本市的以后：onewindow setup --city "+folder+" --check，没有错误再去掉 --check。")
	return nil
}
