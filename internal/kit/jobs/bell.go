package jobs

import (
	"context"
	"database/sql"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
)

// rung is a river driver whose "something was inserted" arrives in memory. The
// SQLite driver would poll a table on the only writing connection twenty times
// a second, and the database/sql driver for PostgreSQL cannot listen at all;
// here the dispatcher, which inserts every job, rings instead. What other
// processes insert is found at the next poll.
type rung struct {
	riverdriver.Driver[*sql.Tx]
	bell *bell
}

// GetListener gives the bell.
func (r rung) GetListener(*riverdriver.GetListenenerParams) riverdriver.Listener { return r.bell }

// SupportsListener says that the bell can be listened to.
func (r rung) SupportsListener() bool { return true }

// SupportsListenNotify says that nothing need be written to be heard.
func (r rung) SupportsListenNotify() bool { return false }

// bell wakes the workers of this process.
type bell struct{ rings chan struct{} }

func newBell() *bell { return &bell{make(chan struct{}, 1)} }

// ring says that jobs were committed.
func (b *bell) ring() {
	select {
	case b.rings <- struct{}{}:
	default:
	}
}

// inserted is what river calls the insertion of a job into the default queue.
var inserted = riverdriver.Notification{Topic: "river_insert", Payload: `{"queue":"` + river.QueueDefault + `"}`}

// WaitForNotification blocks until somebody rings.
func (b *bell) WaitForNotification(ctx context.Context) (*riverdriver.Notification, error) {
	select {
	case <-b.rings:
		n := inserted
		return &n, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// The rest of a listener needs nothing: there is no connection.

func (b *bell) Close(context.Context) error            { return nil }
func (b *bell) Connect(context.Context) error          { return nil }
func (b *bell) Listen(context.Context, string) error   { return nil }
func (b *bell) Unlisten(context.Context, string) error { return nil }
func (b *bell) Ping(context.Context) error             { return nil }
func (b *bell) Schema() string                         { return "" }
func (b *bell) SetAfterConnectExec(string)             {}
