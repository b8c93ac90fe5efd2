package cmpp

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"regexp"
	"strings"
	"sync/atomic"
	"time"

	"onewindow/internal/kit/clock"
)

// Config is what the operator of the gateway hands out.
type Config struct {
	Addr      string // host:port of the gateway, usually port 7890
	SPID      string // 企业代码, six characters
	Secret    string
	ServiceID string        // 业务代码, up to ten characters
	Access    string        // 接入号, what the receiver sees as the sender
	Window    int           // submissions under way at once; 16
	Keepalive time.Duration // pause between signs of life; 60 s
	Wait      time.Duration // how long an answer may take; 60 s
	Clock     clock.Clock
	Log       *slog.Logger
}

// Client holds one connection to a gateway while Run runs.
type Client struct {
	cfg      Config
	sequence atomic.Uint32
	joint    atomic.Uint32 // numbers long messages
	links    chan *link    // holds the link while there is one
	up       atomic.Bool
	report   func(context.Context, Report) error
}

// New makes a client; report is told of every final status report and may be
// told twice. When it fails, the gateway is asked to report again later.
func New(cfg Config, report func(context.Context, Report) error) *Client {
	if cfg.Window <= 0 {
		cfg.Window = 16
	}
	if cfg.Keepalive <= 0 {
		cfg.Keepalive = time.Minute
	}
	if cfg.Wait <= 0 {
		cfg.Wait = time.Minute
	}
	if cfg.Clock == nil {
		cfg.Clock = clock.System{}
	}
	if cfg.Log == nil {
		cfg.Log = slog.Default()
	}
	return &Client{cfg: cfg, links: make(chan *link, 1), report: report}
}

// Run keeps the connection up until ctx ends and then says goodbye. After a
// failure it waits, longer each time, up to a minute.
func (c *Client) Run(ctx context.Context) {
	pause := time.Second
	for ctx.Err() == nil {
		l, err := c.dial(ctx)
		if err == nil {
			pause = time.Second
			c.links <- l
			c.up.Store(true)
			err = l.serve(ctx)
			c.up.Store(false)
			<-c.links
		}
		if ctx.Err() != nil {
			return
		}
		c.cfg.Log.WarnContext(ctx, "short-message gateway lost", "error", err, "again_in", pause)
		wait(ctx, pause)
		pause = min(pause*2, time.Minute)
	}
}

func wait(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
}

// Send submits a text to a phone in the mainland, in as many parts as it
// takes, and returns the gateway's reference for each part. The text must
// carry the signature (【…】) that the gateway demands. An error may leave some
// parts submitted.
func (c *Client) Send(ctx context.Context, phone, text string) ([]string, error) {
	number, err := mainland(phone)
	if err != nil {
		return nil, err
	}
	parts, err := split(text, byte(c.joint.Add(1)))
	if err != nil {
		return nil, err
	}
	l, err := c.link(ctx)
	if err != nil {
		return nil, err
	}
	var refs []string
	for i, content := range parts {
		ref, err := l.submit(ctx, submission{byte(len(parts)), byte(i + 1), c.cfg.ServiceID, c.cfg.SPID, c.cfg.Access, number, content})
		if err != nil {
			return refs, err
		}
		refs = append(refs, ref)
	}
	return refs, nil
}

// ErrAway says that there is no connection to the gateway.
var ErrAway = errors.New("cmpp: gateway not connected")

// link borrows the current link, waiting for one at most ten seconds.
func (c *Client) link(ctx context.Context) (*link, error) {
	patience := time.NewTimer(min(10*time.Second, c.cfg.Wait))
	defer patience.Stop()
	select {
	case l := <-c.links:
		c.links <- l
		return l, nil
	case <-patience.C:
		return nil, ErrAway
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Connected says whether the gateway is reachable, for the health page.
func (c *Client) Connected() bool { return c.up.Load() }

// ErrPhone says that a number is not a mobile number of the mainland.
var ErrPhone = errors.New("cmpp: not a mobile number")

var mobile = regexp.MustCompile(`^1[0-9]{10}$`)

func mainland(phone string) (string, error) {
	n := strings.NewReplacer(" ", "", "-", "").Replace(phone)
	n = strings.TrimPrefix(strings.TrimPrefix(n, "+"), "86")
	if !mobile.MatchString(n) {
		return "", ErrPhone
	}
	return n, nil
}

// Refusal is a Result other than 0 in the answer to a submission.
type Refusal struct{ Result byte }

var results = map[byte]string{1: "消息结构错", 2: "命令字错", 3: "消息序号重复", 4: "消息长度错", 5: "资费代码错", 6: "超过最大信息长",
	7: "业务代码错", 8: "流量控制错"}

// Error names the result in the protocol's words.
func (r Refusal) Error() string {
	word, ok := results[r.Result]
	if !ok {
		word = "其他错误"
	}
	return fmt.Sprintf("cmpp: submission refused: %d %s", r.Result, word)
}

// Permanent says that trying again cannot help: the message itself is wrong.
func (r Refusal) Permanent() bool { return r.Result == 4 || r.Result == 6 }
