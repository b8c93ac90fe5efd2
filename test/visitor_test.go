package test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"
)

// visitor is a person in front of a page, who finds things by the words that
// stand there: in Chromium, or with a browser that has no scripts.
type visitor interface {
	Go(path string)                   // opens an address of the site
	Follow(link string)               // follows a link
	Press(button string)              // sends a form and waits for the answer
	Twice(button string)              // presses twice at once
	Fill(label, text string)          // a text, a date, a list
	Choose(question, answer string)   // one of several answers
	Tick(label string)                // a single answer
	Attach(label string, file string) // a file
	Redraw()                          // without scripts: the form anew, for the answers so far
	Unfold(summary string)            // opens what is folded
	Within(heading string) visitor    // the same page, only the part under a heading or the row with these words
	Words() string                    // what stands there, without white space
	Value(label string) string        // what a field holds
	Questions(answer string) []string // the questions that have this answer
	Kind(label string) string         // the sort of control: "text", "radio" …; "" for none
	Facts() map[string]string         // terms and what is said of them
	Path() string                     // the address without the host
	Fetch(link string) []byte         // what a link leads to, to be kept
	Look(name string)                 // accessibility, fit and photographs
	Fatal(format string, args ...any) // ends the test, with what stands there
	Test() testing.TB                 //
}

// see waits until all these words stand on the page.
func see(v visitor, words ...string) {
	v.Test().Helper()
	for _, w := range words {
		if !await(v, func() bool { return strings.Contains(v.Words(), bare(w)) }) {
			v.Fatal("「%s」 is not on the page", w)
		}
	}
}

// unseen makes sure that none of these words stands on the page.
func unseen(v visitor, words ...string) {
	v.Test().Helper()
	for _, w := range words {
		if strings.Contains(v.Words(), bare(w)) {
			v.Fatal("「%s」 should not be on the page", w)
		}
	}
}

// read finds what a pattern with one group matches on the page.
func read(v visitor, pattern string) string {
	v.Test().Helper()
	m := regexp.MustCompile(pattern).FindStringSubmatch(v.Words())
	if m == nil {
		v.Fatal("nothing like %s is on the page", pattern)
	}
	return m[1]
}

// has says whether the words stand on the page now.
func has(v visitor, words string) bool { return strings.Contains(v.Words(), bare(words)) }

// answer gives an answer in whatever control stands for the question.
func answer(v visitor, label, text string) {
	v.Test().Helper()
	switch v.Kind(label) {
	case "radio":
		v.Choose(label, text)
	case "checkbox":
		for _, a := range strings.Split(text, "、") {
			v.Choose(label, a)
		}
	case "":
		v.Fatal("nothing asks for 「%s」", label)
	default:
		v.Fill(label, text)
	}
}

// signIn passes the sign-in page with the account's name and the password.
func signIn(v visitor, login string) {
	v.Test().Helper()
	v.Go("/sign-in")
	v.Fill("登录名、身份证号码或手机号码", login)
	v.Fill("密码", password)
	v.Press("登录")
	unseen(v, "密码不正确")
}

// password opens every demonstration account.
const password = "Yichuang-2026"

// bare is a text without white space: where lines break is not looked at.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '\u200b' {
			return -1
		}
		return r
	}, s)
}

// paper is a one-page PDF to hand in.
func paper(t testing.TB, name string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name+".pdf")
	if err := os.WriteFile(path, onePage, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// onePage is a PDF that says nothing.
var onePage = []byte(`%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj
xref
0 4
0000000000 65535 f 
0000000009 00000 n 
0000000052 00000 n 
0000000101 00000 n 
trailer<</Size 4/Root 1 0 R>>
startxref
164
%%EOF
`)
