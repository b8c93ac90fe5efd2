package catalog

import "onewindow/internal/kit/code"

// implementationCode says whether s is a right implementation code (31).
func implementationCode(s string) bool {
	c, err := code.ParseItemCode(s)
	return err == nil && c.Body != "" && c.Implementation() == s
}

// basicCode says whether s is a right basic code (12).
func basicCode(s string) bool {
	c, err := code.ParseItemCode(s)
	return err == nil && c.Body == ""
}

// VariantCode is the code of a variant (业务办理项编码, 33 characters).
func (i *Implementation) VariantCode(no string) string { return i.Code() + no }

// MaterialCode is the code of a material: the implementation code and the
// material's three digits.
func (i *Implementation) MaterialCode(no string) string { return i.Code() + no }

// Variant finds a variant by its two digits or its whole code.
func (i *Implementation) Variant(no string) (Variant, bool) {
	for _, v := range i.Variants {
		if v.No == no || i.VariantCode(v.No) == no {
			return v, true
		}
	}
	return Variant{}, false
}

// Material finds a material by its three digits.
func (i *Implementation) Material(no string) (Material, bool) {
	for _, m := range i.Materials {
		if m.No == no {
			return m, true
		}
	}
	return Material{}, false
}
