package staff

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/id"
	"onewindow/internal/kit/secret"
	"onewindow/internal/kit/sm"
)

// longestToken is how many days a bearer token may last.
const longestToken = 366

// IssueToken (签发接口令牌) lets a department's own system call the API as an
// account, with no more than the named permissions.
type IssueToken struct {
	// ID is chosen by who asks, so that asking twice issues one; empty for any.
	ID          string
	AccountID   string
	Name        string // which system it is for
	Permissions []Permission
	Days        int
}

// apiToken is a bearer token as stored: its digest, never itself.
type apiToken struct {
	ID          string
	AccountID   string
	Permissions []Permission
	Expires     time.Time
	Revoked     time.Time
}

// IssueToken gives the token's id and the token. The token is shown this once
// and cannot be shown again.
func (s *Service) IssueToken(ctx context.Context, who Actor, in IssueToken) (tokenID, token string, err error) {
	if err := who.Must(StaffManage); err != nil {
		return "", "", err
	}
	if who.Self(in.AccountID) {
		return "", "", fault.Denied("staff.own_account")
	}
	if wrong := in.check(); len(wrong) > 0 {
		return "", "", fault.Invalid("token", wrong...)
	}
	tokenID, token = cmp.Or(in.ID, id.New()), "ow_"+secret.Token()
	return tokenID, token, s.db.Act(ctx, func(tx *db.Tx) error {
		if _, err := accountByID(tx, in.AccountID); err != nil {
			return err
		}
		if err := unissued(tx, tokenID); err != nil {
			return err
		}
		t := apiToken{ID: tokenID, AccountID: in.AccountID, Permissions: in.Permissions, Expires: tx.Now.AddDate(0, 0, in.Days)}
		insertToken(tx, t, sm.Digest([]byte(token)), in.Name, who.AccountID)
		tell(tx, who, "staff.issue_token", in.AccountID, nil,
			map[string]any{"token": tokenID, "name": in.Name, "permissions": in.Permissions, "expires": db.Stamp(t.Expires)})
		event.Publish(tx, "token.issued", in.AccountID, map[string]string{"token_id": tokenID})
		return nil
	})
}

// unissued refuses a token that was issued already: it was shown then, and is not
// known any more.
func unissued(tx *db.Tx, tokenID string) error {
	switch _, err := tokenByID(tx, tokenID); {
	case err == nil:
		return fault.Conflict("token.issued")
	case fault.Of(err).Kind != fault.KindMissing:
		return err
	}
	return nil
}

func (in IssueToken) check() (wrong []fault.Field) {
	if strings.TrimSpace(in.Name) == "" {
		wrong = append(wrong, fault.At("name", "token.name"))
	}
	if in.Days < 1 || in.Days > longestToken {
		wrong = append(wrong, fault.At("days", "token.days"))
	}
	if len(in.Permissions) == 0 {
		wrong = append(wrong, fault.At("permissions", "token.permissions"))
	}
	for _, p := range in.Permissions {
		if !slices.Contains(Permissions(), p) {
			return append(wrong, fault.At("permissions", "token.permissions"))
		}
	}
	return wrong
}
