package flow

import (
	"slices"
	"strconv"
	"strings"
)

// Diagrams of other tools say in words what ours say in attributes.

// actWords say which act a task's name speaks of, the first that fits.
var actWords = []struct {
	act   Act
	words []string
}{
	{Meet, []string{"联审会", "会审", "会议"}}, {Deliver, []string{"送达", "发证", "领取", "颁发"}}, {Issue, []string{"制证", "制作", "打印证"}},
	{Opine, []string{"征求", "意见"}}, {Decide, []string{"决定", "批准", "审批", "签发", "审定"}}, {Review, []string{"审核", "复核", "复审"}},
	{Accept, []string{"受理", "收件", "接件"}}, {Examine, []string{"承办", "审查", "初审", "核查", "勘验", "踏勘"}},
}

// actRole is who does an act where nothing else is said.
var actRole = map[Act]string{Accept: "clerk", Examine: "handler", Review: "reviewer", Opine: "handler", Meet: "reviewer", Decide: "decider",
	Issue: "issuer", Deliver: "deliverer"}

func actOf(name string) Act {
	for _, a := range actWords {
		if slices.ContainsFunc(a.words, func(w string) bool { return strings.Contains(name, w) }) {
			return a.act
		}
	}
	return Examine
}

var against = []string{"不予", "不同意", "不通过", "不符合", "驳回", "拒绝", "反对", "否"}

// outcomeOf names the outcome of an act that a flow's words speak of.
func outcomeOf(act Act, words string, n, of int) Outcome {
	refuses := slices.ContainsFunc(against, func(w string) bool { return strings.Contains(words, w) })
	pick := func(yes, no Outcome) Outcome {
		o := yes
		if refuses {
			o = no
		}
		if words != "" {
			o.Name = words
		}
		return o
	}
	switch act {
	case Accept:
		switch {
		case strings.Contains(words, "不予受理"):
			return Outcome{Key: NotCompetent, Name: words}
		case strings.Contains(words, "不受理") || refuses:
			return Outcome{Key: NotRequired, Name: words}
		}
		return pick(Outcome{Key: Accepted, Name: "受理"}, Outcome{})
	case Decide:
		return pick(Outcome{Key: Grant, Name: "准予"}, Outcome{Key: Refuse, Name: "不予"})
	case Issue:
		return pick(Outcome{Key: Issued, Name: "已制证"}, Outcome{Key: Oppose, Name: "不予制证"})
	case Deliver:
		return pick(Outcome{Key: Delivered, Name: "已送达"}, Outcome{Key: Oppose, Name: "未送达"})
	}
	if words == "" && of > 1 {
		return Outcome{Key: "way_" + strconv.Itoa(n+1), Name: "结果" + strconv.Itoa(n+1)}
	}
	return pick(Outcome{Key: Support, Name: "建议准予"}, Outcome{Key: Oppose, Name: "建议不予"})
}

// clip keeps a name within its length.
func clip(s string) string {
	if r := []rune(s); len(r) > maxName {
		return string(r[:maxName])
	}
	return s
}

// keys makes keys of ids; an id that is a key already stays as it is.
type keys struct {
	byID map[string]string
	used map[string]bool
}

func (k keys) of(id string) string {
	if key, ok := k.byID[id]; ok {
		return key
	}
	key := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '_' {
			return r
		}
		return '_'
	}, strings.ToLower(id))
	if key == "" || key[0] < 'a' || key[0] > 'z' {
		key = "n" + key
	}
	if len(key) > 36 {
		key = key[:36]
	}
	for n, first := 2, key; k.used[key]; n++ {
		key = first + "_" + strconv.Itoa(n)
	}
	k.used[key], k.byID[id] = true, key
	return key
}
