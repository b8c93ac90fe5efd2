package casework

// MoveAtOnce sets how many cases a new calendar computes in one commit.
func (s *Service) MoveAtOnce(n int) { s.atOnce = n }
