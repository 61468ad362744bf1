# 发起与事项页里由程序写出的词语：条件、期限、示例、原因、进度。

value-rows = { $count } 行
unit-money = 元
example-name = 陈建国
example-person = 李娜
example-text = 示例内容

period-seconds = { $count } 秒
period-minutes = { $count } 分钟
period-hours = { $count } 小时
period-days = { $count } 天
period-months = { $count } 个月
period-working-hours = { $count } 个工作小时
period-working-days = { $count } 个工作日

condition-created = 建立日期
condition-updated = 最近改动
relation-is = 是
relation-is-not = 不是
relation-between = 介于
relation-before = 早于或小于
relation-after = 晚于或大于
relation-empty = 没有填写
relation-last4 = 末四位是
relation-starts-with = 开头是

chosen-ids = 逐条选定
chosen-everything = 申请人可以申请的全部
chosen-hidden = 一个你无权查看的条件
chosen-and = {" "}且{" "}
chosen-also = ；
chosen-is = { $field } 是 { $value }
chosen-is-not = { $field } 不是 { $value }
chosen-in = { $field } 是 { $value } 之一
chosen-before-day = { $field } 早于 { $value }
chosen-after-day = { $field } 晚于 { $value }
chosen-below = { $field } 小于 { $value }
chosen-above = { $field } 大于 { $value }
chosen-between = { $field } 在 { $value } 至 { $until } 之间
chosen-empty = { $field } 没有填写
chosen-last4 = { $field } 末四位是 { $value }
chosen-starts-with = { $field } 开头是 { $value }

start-section-first = 用途
start-section-more = 其他

because-level = 含 { $level } 及以上
because-over = 超过 { $over } 条
because-otherwise = 没有{ $conditions }
case-arm-when = { $conditions }时走这里
case-arm-else = 其他情况走这里
case-arm-join = 或
case-submit = 提交
case-each = { $count ->
    [0] 逐项进行
   *[other] 共 { $count } 项，逐项进行
}
case-repeat = 最多 { $most } 次
case-machine = 系统
case-you = { $who }（你）
case-latest = 最晚 { $at }
case-asks = { $who }申请：{ $process }
case-asks-records = { $who }申请导出 { $count } 条{ $register }记录
case-demo-code = 演示环境没有手机，此刻的口令是 <b>{ $code }</b>。
case-recaller = 系统
case-file-kb = { $size } KB
case-file-mb = { $size } MB
case-nobody = 无
case-participants = 参与人

# What became of an action that was taken back, in the diagram.
case-undoing = 正在撤销
case-undone = 已撤销
case-undone-late = 使用后才撤销
case-undone-kept = 没有撤销
