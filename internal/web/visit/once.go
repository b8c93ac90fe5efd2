package visit

// Once gives what fn found the first time in this request: a page and its
// navigation often ask for the same thing.
func Once[T any](v *Visit, key string, fn func() (T, error)) (T, error) {
	if known, ok := v.once[key].(T); ok {
		return known, nil
	}
	x, err := fn()
	if err == nil {
		Known(v, key, x)
	}
	return x, err
}

// Known gives Once what was found on the way.
func Known[T any](v *Visit, key string, x T) {
	if v.once == nil {
		v.once = map[string]any{}
	}
	v.once[key] = x
}
