package jobs

import "context"

// DispatchOnce makes one pass over the outbox and says how many events it took.
func (j *Jobs) DispatchOnce() (int, error) { return j.dispatch(context.Background()) }
