# 待办、已办、我发起的、抄送我的；通知。

inbox-title = 待办
inbox-summary = { $day } { $clock }，{ $overdue ->
    [0] 没有逾期
   *[other] { $overdue } 件已逾期
}，{ $today ->
    [0] 今天没有到期的
   *[other] { $today } 件今天到期
}
inbox-keys = 键盘操作
inbox-key-move = 上下
inbox-boxes = 我的事项
inbox-todo = 待办
inbox-done = 已办
inbox-started = 我发起的
inbox-copied = 抄送我的
inbox-list = 事项列表
inbox-caption = 待我处理的 { $count } 件事，按到期时间分组
inbox-cases-caption = 事项，最近的在前
inbox-who = 谁
inbox-what = 要什么
inbox-levels = 涉及级别
inbox-size = 数量
inbox-due = 到期
inbox-outcome = 结果
inbox-when = 时间
inbox-machine = 系统
inbox-due-overdue = 已逾期
inbox-due-today = 今天到期
inbox-due-tomorrow = 明天到期
inbox-due-later = 以后
inbox-due-never = 不限时
inbox-unclaimed = 还没有人领取
inbox-unread = 未读
inbox-select = 选择 { $title }
inbox-one-by-one = （须逐件处理）
inbox-live = 别处办完的会自动移走
inbox-new-tasks = 有 { $count } 件新的待办
inbox-show-new = 显示
inbox-bulk = 批量处理
inbox-selected = 已选 { $count } 件
inbox-bulk-why = 流程允许这些一起处理
inbox-approve-some = 批准 { $count } 件
inbox-reject-some = 驳回…
inbox-reject-title = 驳回选中的事项
inbox-reject-confirm = 驳回
inbox-reason = 理由
inbox-reason-hint = 必填，每位申请人都能看到
inbox-reason-open = 选填，写明了申请人才知道怎样修改
inbox-reason-missing = 请写明为什么驳回，申请人才知道怎样改，例如“住址与用途无关，请去掉”。
inbox-cancel = 取消
inbox-found = “<b>{ $words }</b>”：找到 { $count } 件
inbox-all = 看全部
inbox-filters = 筛选
inbox-filter = 筛选
inbox-filter-process = 流程
inbox-filter-from = 发起人
inbox-filter-due = 到期
inbox-filter-due-overdue = 已逾期
inbox-filter-due-today = 今天到期
inbox-filter-due-soon = 7 天内到期
inbox-filter-bulk = 只看可批量处理
inbox-filter-all = { $label }：全部
inbox-filter-clear = 清除筛选
inbox-narrowed-hint = 去掉一个筛选条件试试。
inbox-no-result = 没有符合条件的事项
inbox-no-result-hint = 换个说法，或只写编号的后几位。
inbox-empty = 都处理完了
inbox-empty-next = 下一件预计 { $moment } 到期。
inbox-empty-hint = 有新的会自动出现在这里。
inbox-empty-done = 还没有处理过什么
inbox-empty-done-hint = 你批准、驳回或退回的，都会留在这里。
inbox-empty-started = 你还没有发起过申请
inbox-empty-started-hint = 发起以后，在这里看它走到哪一步、由谁处理。
inbox-empty-copied = 没有抄送给你的
inbox-empty-copied-hint = 流程通知你的结果会出现在这里。
inbox-start = 发起申请
inbox-rail = 与我有关
inbox-rail-no-started = 没有进行中的申请。
inbox-rail-no-handled = 最近没有处理过。
inbox-handled = 最近处理
inbox-pages = 翻页
inbox-older = 更早的

notifications-title = 通知
notifications-unread = { $count ->
    [0] 全部已读
   *[other] { $count } 条未读
}
notifications-read-all = 全部标为已读
notifications-empty = 还没有通知
notifications-empty-hint = 提醒、转办、审批结果和 @ 你的讨论会出现在这里。
began-api = 由程序发起
began-schedule = 定时发起
began-event = 外部事件触发
began-record = 记录变动触发
began-person = 人员变动触发
began-rule = 按规则发起
