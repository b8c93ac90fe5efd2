package visit

import (
	"maps"
	"net/url"

	"onewindow/internal/web/ui"
)

// Address is a path with the query behind it, if there is any.
func Address(path string, q url.Values) string {
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

// Pages are the ways on from a page of the list at path: to the first page,
// unless this is it, and to the one after the key next, "" for none. Both keep
// the filter, which may be nil. A page's own key is in the query as "after".
func (v *Visit) Pages(path string, filter url.Values, next string) ui.Pages {
	return v.pages(path, filter, "after", next)
}

func (v *Visit) pages(path string, filter url.Values, name, next string) (p ui.Pages) {
	if v.Query(name) != "" {
		p.First = Address(path, filter)
	}
	if next != "" {
		on := url.Values{}
		maps.Copy(on, filter)
		on.Set(name, next)
		p.Next = Address(path, on)
	}
	return p
}

// Cut cuts a list that was asked for with one line more than a page shows, and
// gives the ways on.
func Cut[T any](v *Visit, path string, filter url.Values, all []T, size int, key func(T) string) ([]T, ui.Pages) {
	return CutBy(v, path, filter, "after", all, size, key)
}

// CutBy is Cut for the second list of a page, whose key is in the query under
// another name.
func CutBy[T any](v *Visit, path string, filter url.Values, name string, all []T, size int, key func(T) string) ([]T, ui.Pages) {
	next := ""
	if len(all) > size {
		all = all[:size]
		next = key(all[size-1])
	}
	return all, v.pages(path, filter, name, next)
}

// Asked are the fields of a filter that are filled, as they stand in the address.
func (v *Visit) Asked(names ...string) url.Values {
	out := url.Values{}
	for _, name := range names {
		if s := v.Query(name); s != "" {
			out.Set(name, s)
		}
	}
	return out
}

// ShowAll is the filter of a list that shows what is open unless it is asked
// for all.
func ShowAll(all bool) url.Values {
	if !all {
		return nil
	}
	return url.Values{"show": {"all"}}
}
