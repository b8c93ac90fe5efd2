package staff

import (
	"encoding/json"
	"fmt"
	"time"
)

// sessionCodec writes sessions as JSON: equal sessions are equal bytes, so the
// store sees when nothing changed.
type sessionCodec struct{}

type sessionJSON struct {
	Deadline time.Time      `json:"deadline"`
	Values   map[string]any `json:"values"`
}

// Encode refuses values that would come back as another type.
func (sessionCodec) Encode(deadline time.Time, values map[string]any) ([]byte, error) {
	for key, v := range values {
		switch v.(type) {
		case string, bool, int64:
		default:
			return nil, fmt.Errorf("session value %s is a %T; only string, bool and int64 are kept", key, v)
		}
	}
	return json.Marshal(sessionJSON{deadline, values})
}

// Decode reads what Encode wrote.
func (sessionCodec) Decode(data []byte) (time.Time, map[string]any, error) {
	var raw struct {
		Deadline time.Time                  `json:"deadline"`
		Values   map[string]json.RawMessage `json:"values"`
	}
	if err := json.Unmarshal(data, &raw); err != nil {
		return time.Time{}, nil, fmt.Errorf("read session: %w", err)
	}
	values := make(map[string]any, len(raw.Values))
	for key, text := range raw.Values {
		v, err := sessionValue(text)
		if err != nil {
			return time.Time{}, nil, fmt.Errorf("read session value %s: %w", key, err)
		}
		values[key] = v
	}
	return raw.Deadline, values, nil
}

func sessionValue(text json.RawMessage) (any, error) {
	switch text[0] {
	case '"':
		var s string
		err := json.Unmarshal(text, &s)
		return s, err
	case 't', 'f':
		return text[0] == 't', nil
	}
	var n int64
	err := json.Unmarshal(text, &n)
	return n, err
}

// owner is the account and epoch that the session's data name.
func owner(data []byte) (account string, epoch int64, err error) {
	_, values, err := sessionCodec{}.Decode(data)
	account, _ = values[SessionAccount].(string)
	epoch, _ = values[SessionEpoch].(int64)
	return account, epoch, err
}
