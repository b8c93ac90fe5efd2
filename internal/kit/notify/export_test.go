package notify

import "errors"

// IsPermanent says whether trying again cannot mend the error.
func IsPermanent(err error) bool {
	var p permanent
	return errors.As(err, &p)
}
