package document

import (
	"testing"
	"time"

	"onewindow/internal/kit/fault"
)

// A preview says what the document will say, and refuses what would not be
// issued (行政许可法第三十八条第二款).
func TestPreview(t *testing.T) {
	now := time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)
	for _, k := range []Kind{SJ, BZ, SL, ZYXK, BYXK} {
		d := draft(k)
		p, err := d.Preview(now)
		if err != nil || len(p.Text().Blocks) == 0 || p.Number != "" {
			t.Errorf("%s: %v, number %q", k, err, p.Number)
		}
	}
	d := draft(BYXK)
	d.Facts.Reasons = nil
	if _, err := d.Preview(now); fault.Of(err).Code != "document.lacks" {
		t.Error(err)
	}
}
