# 填写表单时每个字段可能出现的问题。不重复所填的内容。

field-required = 请填写。
field-unknown = 表单里没有这一项。
field-wrong-type = 填写的内容形式不对。
field-cannot-be-checked = 无法核对这一项，请联系流程管理员。
field-one-line = 只能写一行。
field-characters = 含有看不见的字符或改变文字方向的字符，请删除后重新输入。
field-too-short = 太短了，至少 { $limit } 个字。
field-too-long = 太长了，最多 { $limit } 个字。
field-number = 请填写数字，例如 1200 或 0.5。
field-number-digits = 数字太长，最多 { $limit } 位。
field-places = 最多 { $limit } 位小数。
field-min = 不能小于 { $limit }。
field-max = 不能大于 { $limit }。
field-date = 请填写日期，例如 2026-11-20。
field-not-an-option = 请从所列的选项中选择。
field-person = 没有找到这位在职人员。
field-mobile = 手机号有误：{ $reason ->
        [length] 应为 11 位。
        [prefix] 号段不存在。
       *[other] 只能有数字。
    }
field-resident-id = 身份证号有误：{ $reason ->
        [length] 应为 18 位。
        [prefix] 地区代码不存在。
        [date] 出生日期不存在。
        [check_digit] 校验位不符，请核对是否有一位写错。
       *[other] 只能有数字，末位可以是 X。
    }
field-bank-card = 银行卡号有误：{ $reason ->
        [length] 位数不对。
        [prefix] 卡号开头不存在。
        [check_digit] 校验位不符，请核对是否有一位写错。
       *[other] 只能有数字。
    }
field-records = 请重新选择记录。
field-pick-unknown = 所选的字段已不存在，请重新选择。
field-pick-twice = 字段“{ $name }”选了两次。
field-too-many-rows = 最多 { $limit } 行。
field-owner = 这位负责人不在您可以管理的范围内，请另选一位。
field-not-unique = 已有记录使用这个值，不能重复登记。

# 按条件选择记录时的问题。

selection-unknown-field = 没有可以这样查询的字段。
selection-impossible = 字段“{ $name }”不支持这种条件。
selection-value = 条件的值不完整或形式不对。
selection-too-many = 选中的记录太多，一次最多 { $limit } 条。请缩小范围。
selection-gone = 所选的记录中有些已不存在，或您已无权使用，请重新选择。
