package test

import "testing"

// books is a matter that may be granted on a commitment.
const books = "出版物零售业务经营许可"

// 告知承诺 (国办发〔2020〕42号): read and signed, decided at once, verified by who
// supervises. What was promised is found false: on record, no second commitment,
// and rescinded after the holder was heard.
func TestFalseCommitment(t *testing.T) {
	towns(t, func(t *testing.T, w *town) {
		k := w.promise()
		w.grantedAtOnce(k)
		w.foundFalse(k)
		w.notBelievedAgain()
		w.rescind()
		w.repair()
	})
}

// promise applies on a commitment: the text is read, and signed by name.
func (w *town) promise() kase {
	v := w.lina
	w.choosePromise(v)
	see(v, "告知承诺书", "不实承诺的后果", "作出承诺的，申请时不再提交")
	v.Look("promise")
	v.Press("签署承诺书")
	see(v, "签署人姓名")
	v.Look("promise-unsigned")
	v.Tick("我已阅读并理解全文")
	v.Fill("签署人姓名", "李娜")
	v.Press("签署承诺书")
	see(v, "承诺书已签署", "填写信息")
	w.byExample(v)
	v.Redraw()
	w.byExample(v)
	v.Fill("网站或网店地址", "https://jiahe.example.com")
	v.Tick("本人（单位）对申请材料实质内容的真实性负责")
	v.Press("保存并继续")
	see(v, "上传材料")
	v.Look("promise-materials")
	v.Follow("核对并提交")
	see(v, "告知承诺", "已签署")
	v.Look("promise-check")
	v.Tick("我已经核对以上内容")
	v.Press("提交申请")
	return receipt(v)
}

// choosePromise begins an application on a commitment.
func (w *town) choosePromise(v visitor) {
	v.Go("/matters?q=cbwls")
	v.Follow(books)
	w.example = v.Within("申请书示范文本").Facts()
	v.Go("/matters?q=cbwls")
	v.Within(books).Follow("在线办理")
	v.Choose("以谁的名义办理", "定州市嘉禾食品有限公司")
	v.Choose("办理方式", "告知承诺")
	v.Look("promise-choice")
	v.Press("开始填写")
}

// grantedAtOnce: accepted and decided on the same day, without examination.
func (w *town) grantedAtOnce(k kase) {
	w.accept(k)
	v := w.decider
	open(v, "/desk", k)
	see(v, "告知承诺")
	v.Look("promise-desk")
	v.Follow("作出准予决定")
	v.Fill("批准意见", "材料齐全，承诺已签署，当场准予。")
	v.Press("作出准予决定")
	see(v, "已作出准予决定")
	v = w.issuer
	open(v, "/desk", k)
	v.Follow("核对并制证")
	v.Press("制证")
	w.licence = read(v, `电子证照标识([0-9A-Z.]{30,80})`)
	w.rest()
	v = w.lina
	v.Go("/cases")
	v.Within(k.number).Follow(books)
	v.Follow("去领取")
	v.Tick("我同意电子送达")
	v.Press("确认收到")
	see(v, "已办结")
}

// foundFalse is the verification by the supervising department.
func (w *town) foundFalse(k kase) {
	v := w.sit()
	signIn(v, "wl-regulator")
	v.Go("/desk/verifications")
	see(v, books, "定州市嘉禾食品有限公司")
	v.Look("promise-verifications")
	v.Follow(books)
	see(v, "核查期限", "李娜", k.number)
	v.Look("promise-verification")
	v.Press("提交核查结果")
	see(v, "核查人员")
	v.Look("promise-verification-wrong")
	v.Choose("结果", "承诺不实")
	v.Fill("核查情况", "2026年11月24日现场核查：承诺的经营场所是居民住宅，申请人没有使用权。")
	v.Fill("核查人员", "姚兰\n郭峰")
	v.Press("提交核查结果")
	see(v, "已认定承诺不实", "居民住宅")
	v.Look("promise-false")
	w.rest()
}

// notBelievedAgain: a second commitment is refused, the ordinary way is open.
func (w *town) notBelievedAgain() {
	v := w.lina
	v.Go("/messages")
	see(v, "核查结果：承诺不实", "信用修复前不再适用告知承诺")
	w.choosePromise(v)
	see(v, "信用")
	unseen(v, "签署承诺书")
	v.Look("promise-refused")
	v.Choose("办理方式", "一般程序")
	v.Press("开始填写")
	see(v, "填写信息")
}

// rescind hears the holder and takes the grant back.
func (w *town) rescind() {
	v := w.lina
	v.Go("/licences")
	v.Follow("出版物经营许可证")
	see(v, "拟撤销这项许可，请陈述、申辩", "居民住宅")
	v.Look("promise-rescission")
	d := w.decider
	d.Go("/desk/proceedings")
	d.Follow("出版物经营许可证")
	see(d, "正在听取陈述申辩")
	d.Look("promise-proceeding-waits")
	v.Fill("陈述和申辩", "租赁合同是他人伪造的，我们不知情。")
	v.Press("提交陈述和申辩")
	see(v, "陈述和申辩已经提交")
	d.Go("/desk/proceedings")
	d.Follow("出版物经营许可证")
	see(d, "租赁合同是他人伪造的")
	d.Choose("结果", "撤销")
	d.Fill("对陈述申辩的答复", "承诺由申请人作出，是否知情不影响承诺不实的认定，不予采纳。")
	d.Look("promise-proceeding")
	d.Press("作出决定")
	see(d, "已经决定")
	d.Look("promise-rescinded")
	w.rest()
	g := w.guest
	g.Go("/verify")
	g.Fill("证照标识或者编号", w.licence)
	g.Press("核验")
	see(g, "已撤销")
	g.Look("promise-verified")
}

// repair ends the bar on commitments, with reasons.
func (w *town) repair() {
	v := w.decider
	v.Go("/desk/credit")
	see(v, "未修复", "居民住宅")
	v.Look("promise-credit")
	v.Fill("修复理由", "已经停止经营并公开承诺守信。")
	v.Press("登记信用修复")
	see(v, "已登记信用修复", "已修复")
	w.choosePromise(w.lina)
	see(w.lina, "签署承诺书")
}
