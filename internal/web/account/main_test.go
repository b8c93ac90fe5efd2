package account

import (
	"os"
	"testing"

	"onewindow/internal/web/webtest"
)

func TestMain(m *testing.M) { os.Exit(webtest.Run(m)) }
