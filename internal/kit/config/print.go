package config

import (
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"os"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/alecthomas/kong"
)

// Item is one setting as it is in effect, secrets hidden.
type Item struct {
	Name   string `json:"name"`   // the flag, without its dashes
	Env    string `json:"env"`    // the variable that sets it
	Value  string `json:"value"`  //
	Origin string `json:"origin"` // "flag", "env" or "default"
}

// Items lists every setting in the order of the help text.
func (c *Config) Items() []Item { return slices.Clone(c.items) }

// Unknown lists variables that look like settings and are none: misspelt ones,
// most likely.
func (c *Config) Unknown() []string { return slices.Clone(c.unknown) }

// explain notes what is in effect and where it comes from.
func (c *Config) explain(ctx *kong.Context) {
	given := map[string]bool{}
	for _, p := range ctx.Path {
		if p.Flag != nil {
			given[p.Flag.Name] = true
		}
	}
	var known []string
	c.items = nil
	mine := names()
	for _, f := range ctx.Flags() {
		known = append(known, f.Envs...)
		if mine[f.Name] {
			c.items = append(c.items, Item{f.Name, strings.Join(f.Envs, " "), shown(f), origin(f, given[f.Name])})
		}
	}
	c.unknown = unknown(known)
}

// names are the flags of the configuration, told from those of a command by
// reading the struct alone.
func names() map[string]bool {
	out := map[string]bool{}
	for _, f := range kong.Must(&Config{}).Model.Flags {
		out[f.Name] = f.Name != "help"
	}
	return out
}

func origin(f *kong.Flag, given bool) string {
	if given {
		return "flag"
	}
	for _, name := range f.Envs {
		if _, ok := os.LookupEnv(name); ok {
			return "env"
		}
	}
	return "default"
}

// shown is the value with passwords hidden.
func shown(f *kong.Flag) string {
	switch v := f.Target.Interface().(type) {
	case []string:
		return strings.Join(v, ",")
	case string:
		if u, err := url.Parse(v); err == nil && u.User != nil {
			return u.Redacted()
		}
		return v
	default:
		return fmt.Sprint(v)
	}
}

func unknown(known []string) (out []string) {
	for _, pair := range os.Environ() {
		name, _, _ := strings.Cut(pair, "=")
		if strings.HasPrefix(name, "ONEWINDOW_") && !strings.HasPrefix(name, "ONEWINDOW_TEST_") && !slices.Contains(known, name) {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

var originWords = map[string]string{"flag": "参数", "env": "环境变量", "default": "默认"}

// Print writes the settings in effect as a table in Chinese, and which
// variables mean nothing.
func (c *Config) Print(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "设置\t值\t来源\t环境变量")
	for _, i := range c.items {
		fmt.Fprintf(t, "--%s\t%s\t%s\t%s\n", i.Name, i.Value, originWords[i.Origin], i.Env)
	}
	for _, name := range c.unknown {
		fmt.Fprintf(t, "未知的环境变量 %s：请检查拼写。\n", name)
	}
	return t.Flush()
}

// PrintJSON writes the same for machines.
func (c *Config) PrintJSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(struct {
		Settings []Item   `json:"settings"`
		Unknown  []string `json:"unknown,omitempty"`
	}{c.items, c.unknown})
}
