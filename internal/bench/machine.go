package bench

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
)

// Machine is where the figures were taken: they mean nothing elsewhere.
type Machine struct {
	Processor  string `json:"processor,omitempty"`
	Processors int    `json:"processors"`
	System     string `json:"system"`
	Disk       string `json:"disk,omitempty"` // the file system of the stores
	Go         string `json:"go"`
	Version    string `json:"version,omitempty"`
	Postgres   string `json:"postgres,omitempty"`
}

func machine(dir string) Machine {
	m := Machine{Processors: runtime.NumCPU(), System: runtime.GOOS + "/" + runtime.GOARCH, Go: runtime.Version()}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				m.Version = s.Value
			}
		}
	}
	if b, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		if _, rest, ok := strings.Cut(string(b), "model name"); ok {
			name, _, _ := strings.Cut(rest, "\n")
			m.Processor = strings.Trim(name, " \t:")
		}
	}
	m.Disk = fileSystem(dir)
	return m
}

// String is the line above the table.
func (m Machine) String() string {
	s := fmt.Sprintf("%d × %s, %s, files on %s, %s", m.Processors, or(m.Processor, "processor"), m.System, or(m.Disk, "an unknown file system"), m.Go)
	if m.Postgres != "" {
		s += ", PostgreSQL " + m.Postgres
	}
	return s
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// fileSystem is the kind of the file system on which a folder lies, where the
// system tells.
func fileSystem(dir string) string {
	b, err := os.ReadFile("/proc/mounts")
	if err != nil {
		return ""
	}
	if dir, err = filepath.EvalSymlinks(dir); err != nil {
		return ""
	}
	best, kind := "", ""
	for line := range strings.Lines(string(b)) {
		f := strings.Fields(line)
		if len(f) > 2 && len(f[1]) >= len(best) && (dir == f[1] || strings.HasPrefix(dir, strings.TrimRight(f[1], "/")+"/")) {
			best, kind = f[1], f[2]
		}
	}
	return kind
}

// durable refuses a folder in memory: nothing there survives a power cut.
func (m Machine) durable(quick bool) error {
	if (m.Disk == "tmpfs" || m.Disk == "ramfs") && !quick {
		return fmt.Errorf("the stores would lie in memory (%s): name a folder on a disk", m.Disk)
	}
	return nil
}
