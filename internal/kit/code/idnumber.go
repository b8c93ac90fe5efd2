package code

import "time"

var idWeights = [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}

// IDNumber checks a citizen identity number (公民身份号码, GB 11643-1999): 18
// characters, six digits of a division whose province exists, a real date of
// birth not before 1800, and the check character of ISO 7064 MOD 11-2. Numbers
// of residence permits for Hong Kong, Macao and Taiwan residents follow the
// same rule. Whether the date lies in the future is the caller's question: this
// package has no clock.
func IDNumber(s string) error {
	if err := length(s, 18, 0); err != nil {
		return err
	}
	r := []rune(s)
	if err := first(
		chars(string(r[:17]), digits, 0),
		chars(string(r[17:]), digits+"X", 17),
	); err != nil {
		return err
	}
	if !province(s[:2]) {
		return span(WrongArea, 1, 6)
	}
	if born, err := time.Parse("20060102", s[6:14]); err != nil || born.Year() < 1800 {
		return span(WrongDate, 7, 14)
	}
	return check(s[17], idCheck(s), 18)
}

// idCheck is the check character of the first 17 digits.
func idCheck(s string) byte {
	sum := 0
	for i, w := range idWeights {
		sum += w * int(s[i]-'0')
	}
	return "10X98765432"[sum%11]
}
