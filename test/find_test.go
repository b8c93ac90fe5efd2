package test

// statutory are the parts that 行政许可法第三十条 wants to be public.
var statutory = []string{"事项信息", "设定依据", "受理条件", "数量限制", "办理程序", "办理期限", "申请材料", "申请书示范文本"}

// find (寻找): by words, by initials, by theme; then the guide with all its
// statutory parts, which nobody has to sign in for.
func (c *cast) find() {
	v := c.guest
	v.Go("/")
	see(v, "您要办什么事？", "按主题找", "按部门找")
	v.Look("home")
	v.Within("您要办什么事？").Fill("输入要办的事", "食品经营")
	v.Within("您要办什么事？").Press("搜索")
	see(v, "食品经营许可")
	v.Look("matters")
	v.Within("筛选事项").Fill("要办的事", "spjy")
	v.Press("查询")
	see(v, "食品经营许可")
	v.Fill("要办的事", "没有这样的事情")
	v.Press("查询")
	see(v, "换一个说法试试")
	v.Look("matters-none")
	v.Go("/")
	v.Within("按主题找").Follow("餐饮食品")
	v.Follow("食品经营许可")
	see(v, append([]string{"办事指南", "定州市行政审批局", "在线办理"}, statutory...)...)
	see(v, "食品安全法第三十五条", "法定办结时限自受理申请之日起20个工作日", "无数量限制")
	v.Look("guide")
	c.example = v.Within("申请书示范文本").Facts()
	if len(c.example) < 10 {
		v.Fatal("the published example has %d answers", len(c.example))
	}
	isPDF(v, v.Fetch("下载PDF"), "食品经营许可", "申请材料")
}
