package blob

import (
	"context"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/minio/minio-go/v7"

	"onewindow/internal/kit/fault"
)

// server starts the S3 server that ONEWINDOW_TEST_S3_SERVER names, a versitygw
// binary, over a fresh folder with one bucket.
func server(t *testing.T) S3Config {
	t.Helper()
	binary := os.Getenv("ONEWINDOW_TEST_S3_SERVER")
	if binary == "" {
		t.Skip("ONEWINDOW_TEST_S3_SERVER names no versitygw binary")
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	l.Close()
	data, notes := t.TempDir(), t.TempDir()
	if err := os.Mkdir(filepath.Join(data, "papers"), 0o700); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(binary, "--port", address, "--access", "tester", "--secret", "testing-only", "posix", "--sidecar", notes, data)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	c := S3Config{Endpoint: address, Bucket: "papers", Prefix: "ow", AccessKey: "tester", SecretKey: "testing-only", Region: "us-east-1"}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	var d net.Dialer
	for {
		conn, err := d.DialContext(ctx, "tcp", address)
		if err == nil {
			conn.Close()
			return c
		}
		if ctx.Err() != nil {
			t.Fatal("the S3 server does not start")
		}
	}
}

func s3(t *testing.T, c S3Config) *S3 {
	t.Helper()
	s, err := NewS3(c)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestS3(t *testing.T) {
	c := server(t)
	s := s3(t, c)
	t.Setenv("TMPDIR", t.TempDir())
	battery(t, s)
	if left := files(t, os.TempDir()); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	put(t, s, "plain", []byte("x"))
	if _, err := s.client.StatObject(t.Context(), c.Bucket, "ow/plain", minio.StatObjectOptions{}); err != nil {
		t.Errorf("not under its prefix: %v", err)
	}
	wrong := c
	wrong.Bucket = "elsewhere"
	if _, err := s3(t, wrong).Put(t.Context(), "a", strings.NewReader("x"), 1); fault.Of(err).Kind != fault.KindUnavailable {
		t.Errorf("no bucket: %v", err)
	}
	wrong = c
	wrong.SecretKey = "guessed"
	if _, err := s3(t, wrong).Stat(t.Context(), "plain"); fault.Of(err).Kind != fault.KindUnavailable {
		t.Errorf("wrong secret: %v", err)
	}
}

func TestS3AwayIsUnavailable(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close() // nobody listens there now
	s := s3(t, S3Config{Endpoint: l.Addr().String(), Bucket: "papers", Region: "us-east-1", AccessKey: "a", SecretKey: "b"})
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	if _, err := s.Put(ctx, "a", strings.NewReader("x"), 1); fault.Of(err).Kind != fault.KindUnavailable {
		t.Errorf("Put: %v", err)
	}
	if _, _, err := s.Open(ctx, "a"); fault.Of(err).Kind != fault.KindUnavailable {
		t.Errorf("Open: %v", err)
	}
	if err := s.Delete(ctx, "a"); fault.Of(err).Kind != fault.KindUnavailable {
		t.Errorf("Delete: %v", err)
	}
}
