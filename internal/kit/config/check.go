package config

import (
	"errors"
	"fmt"
	"net"
	"net/mail"
	"net/netip"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"
)

// problems collects everything that is wrong, so that an operator mends it in
// one go.
type problems struct{ list []error }

// unless notes that the flag is wrong when ok is false.
func (p *problems) unless(ok bool, flag, why string, args ...any) {
	if !ok {
		p.list = append(p.list, fmt.Errorf("--%s：%s", flag, fmt.Sprintf(why, args...)))
	}
}

// Check says everything that is wrong with the configuration, a line each.
func (c *Config) Check() error {
	p := &problems{}
	p.unless(c.Data != "", "data", "不能为空")
	p.address("addr", c.Addr)
	c.checkAdmin(p)
	c.checkURL(p)
	p.unless(strings.HasPrefix(c.Database, "sqlite:") || strings.HasPrefix(c.Database, "postgres://") || strings.HasPrefix(c.Database, "postgresql://"),
		"database", "应以 sqlite: 或 postgres:// 开头")
	_, err := c.Proxies()
	p.unless(err == nil, "trusted-proxies", "%v", err)
	c.checkBlob(p)
	c.checkSMS(p)
	c.checkMail(p)
	c.checkLimits(p)
	return errors.Join(p.list...)
}

func (p *problems) address(flag, addr string) {
	_, port, err := net.SplitHostPort(addr)
	p.unless(err == nil && port != "", flag, "%q 应写作 主机:端口", addr)
}

// checkAdmin keeps the metrics to this machine or behind a token.
func (c *Config) checkAdmin(p *problems) {
	if c.AdminAddr == "" {
		return
	}
	p.address("admin-addr", c.AdminAddr)
	host, _, _ := net.SplitHostPort(c.AdminAddr)
	p.unless(loopback(host) || c.AdminToken != "", "admin-addr", "%q 不是本机回环地址，须同时设置 --admin-token", c.AdminAddr)
	p.unless(c.AdminAddr != c.Addr || strings.HasSuffix(c.Addr, ":0"), "admin-addr", "不能与 --addr 相同")
}

func loopback(host string) bool {
	a, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && a.IsLoopback()
}

func (c *Config) checkURL(p *problems) {
	u, err := url.Parse(c.BaseURL)
	ok := err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && strings.Trim(u.Path, "/") == "" && u.RawQuery == ""
	p.unless(ok, "base-url", "%q 应为 http(s)://主机[:端口]，不带路径", c.BaseURL)
}

func (c *Config) checkBlob(p *problems) {
	if c.Blob.Store != "s3" {
		return
	}
	p.unless(c.Blob.Endpoint != "" && !strings.Contains(c.Blob.Endpoint, "/"), "blob-endpoint", "应写作 主机[:端口]，不带 https://")
	p.unless(c.Blob.Bucket != "", "blob-bucket", "使用对象存储时不能为空")
	p.unless(c.Blob.AccessKey != "" && c.Blob.SecretKey != "", "blob-access-key", "使用对象存储时，访问标识与 --blob-secret-key 都不能为空")
}

func (c *Config) checkSMS(p *problems) {
	if c.SMS.Adapter != "cmpp" {
		return
	}
	p.address("sms-addr", c.SMS.Addr)
	p.unless(len(c.SMS.SPID) == 6, "sms-sp-id", "企业代码应为六位")
	p.unless(c.SMS.Secret != "", "sms-secret", "不能为空")
	p.unless(len(c.SMS.ServiceID) <= 10, "sms-service-id", "最长十位")
	p.unless(c.SMS.Access != "" && len(c.SMS.Access) <= 21, "sms-access", "应为一至二十一位")
	n := utf8.RuneCountInString(c.SMS.Signature)
	p.unless(n >= 2 && n <= 16, "sms-signature", "应为二至十六个字")
}

func (c *Config) checkMail(p *problems) {
	if c.Mail.Adapter != "smtp" {
		return
	}
	p.address("mail-addr", c.Mail.Addr)
	_, err := mail.ParseAddress(c.Mail.From)
	p.unless(err == nil, "mail-from", "%q 不是邮件地址", c.Mail.From)
	host, _, _ := net.SplitHostPort(c.Mail.Addr)
	p.unless(c.Mail.Username == "" || c.Mail.Security != "none" || loopback(host), "mail-security", "不能在没有加密的连接上登录")
}

func (c *Config) checkLimits(p *problems) {
	p.unless(c.Session.Idle >= time.Minute, "session-idle", "至少一分钟")
	p.unless(c.Session.Longest >= c.Session.Idle, "session-longest", "不能短于 --session-idle")
	p.unless(c.Rate.Lookup > 0, "rate-lookup", "应大于零")
	p.unless(c.Rate.SignIn > 0, "rate-sign-in", "应大于零")
	p.unless(c.Rate.API > 0, "rate-api", "应大于零")
	p.unless(c.Upload.File > 0, "upload-file", "应大于零")
	p.unless(c.Upload.Case >= c.Upload.File, "upload-case", "不能小于 --upload-file")
	p.unless(c.AnnounceDays > 0, "announce-days", "应大于零")
	p.unless(c.Publish.Days > 0, "publish-days", "应大于零")
	p.unless(c.Publish.Objection > 0 && c.Publish.Objection <= c.Publish.Days, "publish-objection", "应大于零，不超过 --publish-days")
	p.unless(c.Jobs.Workers > 0, "jobs-workers", "应大于零")
	p.unless(c.Watch.WarnAt >= 1 && c.Watch.WarnAt <= 99, "watch-warn-at", "应在 1 至 99 之间")
}
