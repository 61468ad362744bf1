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
