package test

import "testing"

// The applicant has an officer keep out (公务员法第七十七条): the head of the body
// answers with reasons, and who watches over the bodies sees it.
func TestChallenge(t *testing.T) {
	towns(t, func(t *testing.T, w *town) {
		k := w.another()
		w.accept(k)
		l := w.lina
		l.Go("/cases")
		l.Within(k.number).Follow(food)
		l.Follow("申请工作人员回避")
		l.Unfold("填写回避申请")
		l.Fill("申请谁回避", "赵鹏（承办）")
		l.Choose("回避的情形", "涉及亲属利害关系")
		l.Fill("事实和理由", "与竞争对手是亲属。")
		l.Look("law-challenge")
		l.Press("提交回避申请")
		see(l, "待决定")
		v := w.handler
		open(v, "/desk", k)
		v.Go(at(v) + "/challenge-enter")
		v.Look("law-challenge-enter")
		d := w.decider
		d.Go("/desk/challenges")
		see(d, k.number)
		d.Look("law-challenges")
		d.Follow(food)
		see(d, "与竞争对手是亲属。")
		d.Choose("决定", "回避")
		d.Fill("理由", "情况属实。")
		d.Look("law-challenge-decide")
		d.Press("作出决定")
		see(d, "已作出决定")
		w.rest()
		l.Go("/messages")
		see(l, "回避申请已决定")
		s := w.sit()
		signIn(s, "supervisor")
		s.Go("/oversight/challenges")
		see(s, "决定回避", "情况属实。")
		s.Look("law-challenges-oversight")
	})
}
