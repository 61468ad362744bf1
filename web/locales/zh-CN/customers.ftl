# 台账：列表、单条记录、查看遮盖的内容。

register-lead = { $visible ->
    [0] 这里还没有你能看到的记录。
   *[other] 你能看到 { $visible } 条{ $register }。遮盖的内容每次查看都有记录。
}
register-export = 申请导出
register-new = 新建
register-search = 查找
register-search-in = 在{ $register }中查找
register-search-by = 完整的{ $fields }，或末四位
register-search-hint = 查找会写入审计记录，查找的内容不会出现在网址里。
register-search-clear = 回到列表
register-filters = 筛选
register-filter = 筛选
register-found = { $count ->
    [0] 没有找到。请核对号码，要填完整的号码或末四位。
   *[other] 找到 { $count } 条。
}
register-scrolls = { $register }列表，可左右滚动
register-empty = 还没有记录。
register-nothing-allowed = 这里有 { $count } 条记录，你目前都无权查看。需要的话请联系你的主管。
register-no-match-without = 没有符合条件的记录。去掉“{ $without }”试试。
register-no-match = 没有符合条件的记录。
register-widen = 去掉这个条件
register-show-all = 看全部

pager-label = 翻页
pager-range = 第 { $from } 至 { $to } 条
pager-range-of = 第 { $from } 至 { $to } 条，共 { $total } 条
pager-newer = 上一页
pager-older = 下一页

record-reveal-label = 查看 { $record } 的{ $field }，现在显示 { $mask }
record-seconds = { $seconds } 秒后遮盖
record-hidden = 不可见
record-empty = 无
record-owner = 负责人 { $who }
record-changed = 更新于 { $at }
record-edit = 修改
record-values = 资料
record-values-hint = 遮盖的内容点开才看得到，每次都有记录
record-history = 谁在何时看过、改过什么
record-history-empty = 还没有人看过或改过。
record-history-earlier = 更早的记录
record-new = 新建{ $register }
record-new-lead = 只填你知道的。敏感内容保存后即加密，再看需要权限。
record-create = 建立
record-save = 保存
record-cancel = 取消
record-problems = 有 { $count } 处需要修改，见下面红字。
record-edit-title = 修改 { $record }
record-edit-lead = 只列出你可以修改的内容。留空的敏感字段保持原值。

reveal-title = 查看 { $record } 的{ $field }
reveal-seconds = 显示 { $seconds } 秒，之后自动遮盖
reveal-reason = 为什么要看
reveal-reason-kept = 会写入记录
reveal-reason-contract = 合同办理
reveal-reason-identity = 核实身份
reveal-reason-call = 客户来电
reveal-reason-other = 其他…
reveal-reason-placeholder = 写明原因
reveal-reason-missing = 请选一个原因，或在“其他”里写明。
reveal-cancel = 取消
reveal-close = 关闭
reveal-back = 返回
reveal-do = 查看 { $seconds } 秒
reveal-seen = { $who }能看到这次查看
