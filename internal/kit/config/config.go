// Package config is everything an operator can set, as one struct filled from
// flags and from the environment (ONEWINDOW_…). A flag wins over the
// environment, the environment over the default. Print says where each value
// comes from.
package config

import (
	"path/filepath"
	"time"

	"github.com/alecthomas/kong"
)

// Config is embedded in the command line (kong). It is complete and checked
// after parsing.
type Config struct {
	Data           string   `default:"data" env:"ONEWINDOW_DATA" placeholder:"目录" help:"数据目录：数据库、文件、密钥的默认位置。"`
	Addr           string   `default:"127.0.0.1:8080" env:"ONEWINDOW_ADDR" help:"网站与接口的监听地址。"`
	AdminAddr      string   `default:"127.0.0.1:8081" env:"ONEWINDOW_ADMIN_ADDR" help:"运行指标与健康检查的监听地址；留空则不监听。"`
	AdminToken     Secret   `env:"ONEWINDOW_ADMIN_TOKEN" help:"读取运行指标的令牌；监听地址不是本机回环地址时必须设置。"`
	BaseURL        string   `name:"base-url" default:"http://localhost:8080" env:"ONEWINDOW_BASE_URL" help:"对外网址，用于短信、邮件、二维码中的链接；https 时会话 Cookie 只经加密连接发送。"`
	Database       string   `env:"ONEWINDOW_DATABASE" help:"数据库：sqlite:/路径/文件.db 或 postgres://…；默认为数据目录下的 onewindow.db。"`
	KeyFile        string   `env:"ONEWINDOW_KEY_FILE" help:"数据加密密钥文件；默认为数据目录下的 key。不存在时自动生成，必须单独备份。"`
	Fonts          []string `name:"font" env:"ONEWINDOW_FONT" placeholder:"文件" help:"打印文书使用的外部 TrueType 字体，可以多次给出；用于内置字体没有的生僻字。"`
	TrustedProxies []string `env:"ONEWINDOW_TRUSTED_PROXIES" placeholder:"网段" help:"可信反向代理的地址或网段；只有它们的 X-Forwarded-For 才被采信。"`

	AnnounceDays int `default:"30" env:"ONEWINDOW_ANNOUNCE_DAYS" help:"公告送达的日数，自公告之日起经过这些日视为送达（民事诉讼法第九十五条）。"`

	Blob    Blob    `embed:"" prefix:"blob-" envprefix:"ONEWINDOW_BLOB_"`
	Session Session `embed:"" prefix:"session-" envprefix:"ONEWINDOW_SESSION_"`
	SMS     SMS     `embed:"" prefix:"sms-" envprefix:"ONEWINDOW_SMS_"`
	Mail    Mail    `embed:"" prefix:"mail-" envprefix:"ONEWINDOW_MAIL_"`
	Log     Log     `embed:"" prefix:"log-" envprefix:"ONEWINDOW_LOG_"`
	Rate    Rate    `embed:"" prefix:"rate-" envprefix:"ONEWINDOW_RATE_"`
	Upload  Upload  `embed:"" prefix:"upload-" envprefix:"ONEWINDOW_UPLOAD_"`
	Publish Publish `embed:"" prefix:"publish-" envprefix:"ONEWINDOW_PUBLISH_"`
	Jobs    Jobs    `embed:"" prefix:"jobs-" envprefix:"ONEWINDOW_JOBS_"`
	Watch   Watch   `embed:"" prefix:"watch-" envprefix:"ONEWINDOW_WATCH_"`

	items   []Item
	unknown []string
}

// Blob says where uploaded and made files are kept.
type Blob struct {
	Store     string `enum:"folder,s3" default:"folder" env:"STORE" help:"文件存储：folder 本地目录，s3 对象存储。"`
	Folder    string `env:"FOLDER" help:"本地目录；默认为数据目录下的 files。"`
	Endpoint  string `env:"ENDPOINT" placeholder:"主机[:端口]" help:"对象存储的地址。"`
	Bucket    string `env:"BUCKET" help:"对象存储的桶。"`
	Prefix    string `env:"PREFIX" help:"桶内的前缀。"`
	Region    string `env:"REGION" help:"对象存储的区域。"`
	AccessKey string `env:"ACCESS_KEY" help:"对象存储的访问标识。"`
	SecretKey Secret `env:"SECRET_KEY" help:"对象存储的访问密钥。"`
	TLS       bool   `name:"tls" default:"true" negatable:"" env:"TLS" help:"以加密连接访问对象存储。"`
}

// Session says how long somebody stays signed in.
type Session struct {
	Idle    time.Duration `default:"30m" env:"IDLE" help:"无操作多久后须重新登录。"`
	Longest time.Duration `default:"12h" env:"LONGEST" help:"一次登录最长的有效时间。"`
}

// SMS is the short-message gateway.
type SMS struct {
	Adapter   string `enum:"simulator,cmpp,none" default:"simulator" env:"ADAPTER" help:"短信：simulator 模拟，cmpp 短信网关（CMPP 2.0），none 不发。"`
	Addr      string `env:"ADDR" placeholder:"主机:端口" help:"短信网关的地址，端口通常为 7890。"`
	SPID      string `name:"sp-id" env:"SP_ID" help:"企业代码，六位。"`
	Secret    Secret `env:"SECRET" help:"网关分配的共享密钥。"`
	ServiceID string `name:"service-id" env:"SERVICE_ID" help:"业务代码，最长十位。"`
	Access    string `env:"ACCESS" help:"接入号，即收信人看到的发送号码。"`
	Signature string `default:"一窗政务服务" env:"SIGNATURE" help:"短信签名，发送时加在【】内。"`
}

// Mail is the mail server.
type Mail struct {
	Adapter  string `enum:"simulator,smtp,none" default:"simulator" env:"ADAPTER" help:"邮件：simulator 模拟，smtp 邮件服务器，none 不发。"`
	Addr     string `env:"ADDR" placeholder:"主机:端口" help:"邮件服务器的地址。"`
	Security string `enum:"starttls,tls,none" default:"starttls" env:"SECURITY" help:"连接保护：starttls，tls，none（仅限本机或内网中继）。"`
	Username string `env:"USERNAME" help:"登录名；留空则不登录。"`
	Password Secret `env:"PASSWORD" help:"登录密码。"`
	From     string `env:"FROM" help:"发件地址。"`
	FromName string `default:"一窗政务服务" env:"FROM_NAME" help:"发件人名称。"`
}

// Log is what is logged and how.
type Log struct {
	Level  string `enum:"debug,info,warn,error" default:"info" env:"LEVEL" help:"日志级别：debug、info、warn、error。"`
	Format string `enum:"text,json" default:"text" env:"FORMAT" help:"日志格式：text、json。"`
}

// Rate bounds what one address or one account may ask.
type Rate struct {
	Lookup int `default:"30" env:"LOOKUP" help:"每个地址每分钟的公众查询次数。"`
	SignIn int `name:"sign-in" default:"10" env:"SIGN_IN" help:"每个地址每分钟的登录次数。"`
	API    int `name:"api" default:"1200" env:"API" help:"每个接口令牌每分钟的请求数。"`
}

// Upload bounds what may be uploaded.
type Upload struct {
	File Bytes `default:"20MB" env:"FILE" help:"单个文件的上限。"`
	Case Bytes `default:"200MB" env:"CASE" help:"一个办件全部文件的上限。"`
}

// Publish says when decisions are published. The seven working days are a practice
// of credit policy and no article, so they are a setting.
type Publish struct {
	Days       int  `default:"7" env:"DAYS" help:"准予决定作出后多少个工作日内公开。"`
	Objection  int  `default:"3" env:"OBJECTION" help:"公开前申请人可以提出异议的工作日数。"`
	GrantsOnly bool `env:"GRANTS_ONLY" help:"只公开准予决定，不公开不予许可的结果。"`
}

// Watch tunes the watch over limits (时限监察). No law names the share.
type Watch struct {
	WarnAt int `default:"90" env:"WARN_AT" help:"承诺办结期限用去百分之多少时预警，1 至 99。"`
}

// Jobs tunes the background work.
type Jobs struct {
	Workers int           `default:"64" env:"WORKERS" help:"同时执行的后台任务数。"`
	Lease   time.Duration `default:"30s" env:"LEASE" help:"多个进程共用 PostgreSQL 时，一个进程失去联系多久后，它正在制作的文书等由别的进程接办。"`
}

// AfterApply completes, checks and explains the configuration; kong calls it
// once everything is parsed.
func (c *Config) AfterApply(ctx *kong.Context) error {
	if err := c.readSecrets(); err != nil {
		return err
	}
	c.fill()
	c.explain(ctx)
	return c.Check()
}

// fill derives the places that stand under the data folder.
func (c *Config) fill() {
	under := func(value *string, prefix, name string) {
		if *value == "" {
			*value = prefix + filepath.Join(c.Data, name)
		}
	}
	under(&c.Database, "sqlite:", "onewindow.db")
	under(&c.KeyFile, "", "key")
	under(&c.Blob.Folder, "", "files")
}

// Parse reads a configuration alone, without commands; args are the flags.
func Parse(args []string) (*Config, error) {
	var c Config
	p, err := kong.New(&c, kong.Exit(func(int) {}))
	if err != nil {
		return nil, err
	}
	if _, err := p.Parse(args); err != nil {
		return nil, err
	}
	return &c, nil
}
