package code

import "strings"

var creditWeights = [17]int{1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28}

// USCC checks a unified social credit code (统一社会信用代码, GB 32100-2015): 18
// characters, six digits of the registering division in the third to eighth
// place, and the check character modulo 31 at the end.
func USCC(s string) error { return uscc(s, 0) }

func uscc(s string, before int) error {
	if err := length(s, 18, before); err != nil {
		return err
	}
	// Cut by characters, so that a full-width letter is named where it stands.
	r := []rune(s)
	if err := first(
		chars(string(r[:2]), credit, before),
		chars(string(r[2:8]), digits, before+2),
		chars(string(r[8:]), credit, before+8),
	); err != nil {
		return err
	}
	return check(s[17], creditCheck(s), before+18)
}

// creditCheck is the check character of the first 17 characters.
func creditCheck(s string) byte {
	sum := 0
	for i, w := range creditWeights {
		sum += w * strings.IndexByte(credit, s[i])
	}
	return credit[(31-sum%31)%31]
}
