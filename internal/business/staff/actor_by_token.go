package staff

import (
	"context"

	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/sm"
)

// ActorByToken is the actor behind a bearer token, limited to what the token
// brings; fault signed_out for a token that is unknown, expired or revoked.
func (s *Service) ActorByToken(ctx context.Context, token string) (Actor, error) {
	now := s.db.Clock().Now()
	t, err := s.tokenByDigest(ctx, sm.Digest([]byte(token)))
	switch {
	case err != nil && fault.Of(err).Kind == fault.KindMissing:
		return Actor{}, fault.SignedOut()
	case err != nil:
		return Actor{}, err
	case !t.Revoked.IsZero() || !now.Before(t.Expires):
		return Actor{}, fault.SignedOut()
	}
	a, err := s.ActorOf(ctx, t.AccountID)
	if err != nil {
		return Actor{}, err
	}
	a.TokenID, a.Limit, a.MustChange = t.ID, t.Permissions, false
	return a, nil
}

func (s *Service) tokenByDigest(ctx context.Context, digest string) (t apiToken, err error) {
	now := s.db.Clock().Now()
	if t, ok := s.tokens.get(digest, now, fresh); ok {
		return t, nil
	}
	mark := s.tokens.mark()
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		t, err = tokenByDigest(tx, digest)
		return err
	})
	if err == nil {
		s.tokens.put(digest, t, now, mark)
	}
	return t, err
}
