package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/pprof"
	"time"

	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/config"
	"onewindow/internal/kit/health"
	"onewindow/internal/kit/jobs"
	"onewindow/internal/kit/metric"
	"onewindow/internal/kit/notify"
	"onewindow/internal/web/visit"
)

// Platform is a running OneWindow: services, background work and pages.
type Platform struct {
	*Services
	Jobs     *jobs.Jobs
	Notifier *notify.Notifier
	Metrics  *metric.Registry
	Health   *health.Checks
	Log      *slog.Logger
	clock    clock.Clock
	channels []notify.Channel
}

// Open puts the platform together; nothing runs until Serve.
func Open(ctx context.Context, c *config.Config, demo bool, clk clock.Clock, log *slog.Logger) (*Platform, error) {
	s, err := OpenServices(ctx, c, demo, clk)
	if err != nil {
		return nil, err
	}
	p := &Platform{Services: s, Metrics: metric.New(), Health: health.New(clk), Log: log, clock: clk}
	if err := p.openJobs(ctx); err != nil {
		s.Close()
		return nil, err
	}
	p.watch()
	return p, nil
}

func (p *Platform) openJobs(ctx context.Context) (err error) {
	if p.channels, err = channels(p.config, p.DB); err != nil {
		return err
	}
	p.Notifier = notify.New(p.DB, p.config.BaseURL, p.addressBook, p.Log, p.channels...)
	p.Jobs, err = jobs.New(p.DB, jobs.Options{Workers: p.config.Jobs.Workers, Lease: p.config.Jobs.Lease, Log: p.Log, Observe: p.Metrics.Job})
	if err != nil {
		return err
	}
	react(p.Jobs, p.Services, p.Notifier)
	schedule(p.Jobs, p.Services, p.Notifier, p.Log)
	return p.Jobs.Migrate(ctx)
}

// watch says what health and metrics look at.
func (p *Platform) watch() {
	p.Health.Vital("store", p.DB.Ping)
	p.Health.Vital("files", func(ctx context.Context) error {
		_, err := p.Blobs.Stat(ctx, "health")
		return missingIsFine(err)
	})
	p.Metrics.Gauge("onewindow_outbox_waiting", func() float64 {
		b, err := p.Jobs.Backlog(context.Background())
		if err != nil {
			return -1
		}
		return float64(b.Events)
	})
}

// Serve answers at the configured address until the context ends, then lets
// requests and jobs under way finish.
func (p *Platform) Serve(ctx context.Context, ready func(addr string)) error {
	listener, err := net.Listen("tcp", p.config.Addr)
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	server := visit.Server(p.config.Addr, p.Handler())
	server.ErrorLog = slog.NewLogLogger(p.Log.Handler(), slog.LevelWarn)
	admin, err := p.serveAdmin()
	if err != nil {
		return err
	}
	resting, stopped := context.WithCancel(ctx)
	defer stopped()
	go keepMemory(resting)
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	ready(listener.Addr().String())
	if err := p.workBehind(ctx); err != nil { // people need not wait until it has begun
		return errors.Join(err, p.stop(server, admin))
	}
	select {
	case err = <-failed:
	case <-ctx.Done():
	}
	return errors.Join(err, p.stop(server, admin))
}

// workBehind starts the jobs and the lines to the outside.
func (p *Platform) workBehind(ctx context.Context) error {
	for _, c := range p.channels {
		if line, ok := c.(*notify.SMS); ok { // a gateway keeps a connection
			go line.Run(ctx)
		}
	}
	return p.Jobs.Start(context.WithoutCancel(ctx))
}

// patience is how long requests under way may take when the platform stops.
const patience = 20 * time.Second

func (p *Platform) stop(servers ...*http.Server) error {
	p.Health.Stopping()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	var errs []error
	for _, s := range servers {
		if s != nil {
			errs = append(errs, s.Shutdown(ctx))
		}
	}
	return errors.Join(append(errs, p.Jobs.Stop(ctx), p.Close())...)
}

// serveAdmin answers metrics and health at an address of their own.
func (p *Platform) serveAdmin() (*http.Server, error) {
	if p.config.AdminAddr == "" {
		return nil, nil
	}
	l, err := net.Listen("tcp", p.config.AdminAddr)
	if err != nil {
		p.Log.Warn("no metrics: the address is taken", "addr", p.config.AdminAddr)
		return nil, nil
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", metric.Guarded(p.config.AdminToken.Value(), p.Metrics))
	mux.Handle("GET /debug/pprof/", metric.Guarded(p.config.AdminToken.Value(), http.HandlerFunc(pprof.Index)))
	mux.Handle("GET /debug/pprof/profile", metric.Guarded(p.config.AdminToken.Value(), http.HandlerFunc(pprof.Profile)))
	mux.Handle("GET /readyz", p.Health.Ready(true))
	mux.HandleFunc("GET /healthz", health.Live)
	s := visit.Server(p.config.AdminAddr, mux)
	go s.Serve(l)
	return s, nil
}
