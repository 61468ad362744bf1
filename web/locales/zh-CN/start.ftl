# 发起：流程目录、填写申请、提交以后的路径；所有表单共用的字段。

start-title = 发起
start-lead = 选一个流程，填写后由系统交给该处理的人。
start-search = 查找流程
start-search-do = 查找
start-steps = 由谁处理
start-draft = 草稿，{ $ago }保存
start-running = { $count } 件进行中
start-none-found = 没有符合的流程。换个词试试。
start-show-all = 看全部流程
start-none = 现在没有你可以发起的流程。需要的话请联系流程管理员。
start-all = 全部流程
start-saved = 草稿已保存，{ $at }
start-after = 提交以后
start-submit = 提交申请
start-check = 检查
start-todo = 还差 { $count } 处：

path-title = 提交以后
path-unknown = 填好记录和字段，就能看到要经过谁、最晚什么时候。
path-you = <b>你</b>提交
path-person = <b>{ $who }</b> { $step }
path-people = <b>{ $who }</b>（{ $count } 人中任一人）{ $step }
path-machine = <b>系统</b> { $step }
path-message = <b>系统</b> 通知 { $to }
path-download = <b>你</b> 下载
path-download-terms = { $period }内 { $copies } 次
path-nobody = <b>待指定</b> { $step }
path-nobody-hint = 现在没有合适的人，提交后由流程管理员指定
path-latest = 最晚 { $at }
path-frozen = 申请内容就此冻结
path-because = 因为：
path-and = ，而且
path-because-clear = { $fields } 要明文
path-because-records = 超过 { $over } 条
path-faster = 想快一点？
path-faster-by = 想快{ $saves }？
path-shorter-mask = 把 { $fields } 改为遮盖，就不需要{ $spares }这一步。
path-shorter-fewer = 缩到 { $records } 条以内，就不需要{ $spares }这一步。
path-shorter-mask-and-fewer = 把 { $fields } 改为遮盖，并缩到 { $records } 条以内，就不需要{ $spares }这一步。
path-shorter-do = 改为遮盖

sum-title = 这份申请
sum-records = 记录
sum-count = <b>{ $count }</b> 条
sum-unknown = 还不知道
sum-clear = 明文
sum-masked = 遮盖
sum-fields = { $count } 项
sum-nothing = 无

field-optional = 选填
field-none = 不选
field-yes = 是
field-no = 否
field-row-add = 加一行
field-row-remove = 删除这一行

conditions = 条件，须同时满足
condition-field = 字段
condition-op = 关系
condition-value = 值
condition-from = 从
condition-to = 至
condition-until = 到
condition-add = 加一个条件
condition-remove = 删除条件：{ $field }
condition-refresh = 更新
count-match = { $count ->
   *[other] 条{ $register }记录符合
}
count-of = 你能申请的共 { $of } 条。提交时冻结，之后新增的不会混进来
count-unknown = 还数不出来
count-unknown-hint = 先改好上面标出的条件
count-sample = 看前 20 条
count-sample-caption = 前 { $shown } 条，按你的权限显示

pick-caption = 选择字段和交付方式
pick-field = 字段
pick-level = 级别
pick-delivery = 交付方式
pick-sample = 文件里的样子（示例）
pick-legend = { $field } 怎样交付
pick-none = 不要
pick-masked = 遮盖
pick-clear = 明文
pick-wanted = 要
pick-nothing = 不要

problem-reversed = 先后颠倒了。前一个不能大于后一个。
problem-no-records = 没有符合条件的记录。请放宽或去掉一个条件。
problem-no-fields = 一个字段也没有选。请至少选一个。
problem-taken = 已有一条记录用了同样的内容。请先查找，不要重复建立。
