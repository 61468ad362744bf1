# 事项页：申请、进度、影响、决定、交付、经过。

case-crumbs = 位置
case-inbox = 待办
case-place = 第 { $position } 件，共 { $total } 件
case-previous = 上一件
case-next = 下一件
case-submission = 第 { $times } 次提交
case-version = 流程第 { $version } 版
case-progress = 流程进度
case-side = 影响与决定

case-due = { $at } 到期
case-due-reminder = { $at } 到期，{ $reminder } 提醒你
case-waiting = 等待 { $on }
case-executing = 已批准，正在执行
case-stopped = 已批准，执行中断
case-stopped-hint = 已通知管理员处理
case-ended-approved = 已批准
case-ended-rejected = 已驳回
case-ended-cancelled = 已撤回

case-trail-done = 已完成
case-trail-now = 当前步骤
case-trail-stuck = 执行中断
case-trail-refused = 已驳回
case-trail-next = 尚未开始
case-trail-who-when = { $who }，{ $when }
case-trail-because = 预计 { $who }，因为{ $because }

case-request = 申请内容
case-records = { $register }中 <b>{ $count }</b> 条
case-records-where = ：{ $chosen }
case-records-join = ，
case-join = 、
case-frozen = 提交时已冻结，批准什么就导出什么。摘要
case-empty = 未填写
case-hidden = 你无权查看
case-picked = 申请的字段
case-picked-field = 字段
case-picked-level = 级别
case-picked-delivered = 交付
case-picked-sample = 第 1 条的样子
case-delivered-clear = 明文
case-delivered-masked = 遮盖

case-history = 经过
case-comments = 讨论
case-reply = 写一条讨论
case-reply-placeholder = 说点什么，@ 提到同事
case-reply-send = 发送

case-why-clearance = 这件事要求 <b>{ $role }</b> 的权限（{ $needed }），你的是 { $yours }。
case-why-own-request = 这是你自己的申请，须由别人决定。
case-why-claimed-by = <b>{ $who }</b> 已认领，由对方决定。对方释放后你可以认领。
case-why-no-second-factor = 这一步要求动态口令，你还没有设置。请先到 <a href="/me">我的账户</a> 设置。
case-why-action-began = 系统已开始执行，不能再撤回。
case-why-already-decided = 已有人作出决定，不能再撤回。
case-why-not-in-process = 这个流程不允许。
case-why-too-soon = 刚刚催办过，{ $again } 以后可以再催。
case-why-nobody-else = 没有其他有权处理的人。
case-why-ended = 这件事已经结束。

case-code = 动态口令
case-code-hint = 打开验证器应用，输入 6 位数字。5 分钟内不必再次输入。
case-code-wrong = 口令不对或已过期。请等验证器换出新的 6 位数字再输入。
case-pool-open = { $people } 人可处理，谁先决定算谁的
case-pool-yours = 你已认领，其他人暂时不能处理
case-pool-taken = <b>{ $who }</b> 已认领
case-claim = 认领
case-release = 释放

more-title = 更多操作
more-target-requester = 申请人（{ $who }）
more-target = { $step }（{ $who }）
more-who-hint = 输入姓名、账号或部门
more-said = 说明
more-said-required = 必填，参与的人都能看到
more-said-optional = 选填，参与的人都能看到
more-said-missing = 请写清楚，对方才知道该怎么做。
more-return = 退回
more-return-choice = 退回到
more-return-hint = 从那一步起重新走，之后已经批准的要再批准一次。
more-return-comes-back = 改好以后直接回到你这里；已经批准的，只有改动过的内容要再批准一次。
more-return-do = 退回
more-transfer = 转交
more-transfer-to = 转交给
more-transfer-hint = 交出后由对方处理，不再回到你这里。到期时间不变。
more-transfer-do = 转交
more-delegate = 委派
more-delegate-to = 委派给
more-delegate-hint = 对方看过以后交回，由你做最后的决定；你随时可以收回。
more-delegate-do = 委派
more-add = 加签
more-add-choice = 什么时候
more-add-before = 在我之前，他批准后再回到我这里
more-add-after = 在我之后，他批准后才往下走
more-add-alongside = 和我一起
more-add-to = 请谁
more-add-hint = 加签的人和你一样做决定，他驳回就是驳回。
more-add-do = 加签
more-remove = 减签
more-remove-choice = 减去
more-remove-hint = 只能减去你请来、还没有处理的人。
more-remove-do = 减签
more-opinion = 征求意见
more-opinion-to = 请谁
more-opinion-hint = 对方只说看法，不做决定，流程也不等他。
more-opinion-do = 征求意见
more-ask = 提问
more-ask-to = 问谁
more-ask-said = 问题
more-ask-hint = 这件事仍在你这里，对方回答后会通知你。
more-ask-do = 提问
more-call-back = 收回委派
more-call-back-hint = 收回后由你直接处理。
more-call-back-do = 收回
more-take-back = 拿回决定
more-take-back-hint = 后面还没有人处理，可以拿回重新决定。
more-take-back-do = 拿回

say-from = <b>{ $who }</b>：
say-label = 你的话
say-opinion = 请说说你的看法
say-opinion-hint = 你的看法会留在经过里，做决定的仍是 { $who }。
say-opinion-do = 发送看法
say-answer = 请你回答
say-answer-hint = 回答会通知 { $who }。
say-answer-do = 回答
say-delegated = 请你看一看
say-delegated-hint = 看过以后交回，由 { $who } 做最后的决定。
say-delegated-do = 交回

name-title = 指定办理人
name-hint = “{ $step }”没有找到可以办理的人，指定后流程才会继续。
name-to = 办理人
name-do = 指定

decide-title = 你的决定
decide-deputy = 你在代 <b>{ $who }</b> 处理，记录里会写明。
decide-comment = 意见
decide-comment-optional = 选填，{ $reader }能看到
decide-comment-required = 必填，{ $reader }能看到
decide-comment-on-reject = 驳回时必填，{ $reader }能看到
decide-comment-hint = 驳回时请写明理由，{ $reader }才知道怎样修改
decide-comment-missing = 请写明理由，{ $reader }才知道怎样修改，例如“回访用不到住址，请去掉”。
decide-approve = 批准
decide-reject = 驳回
decide-comment-only = 只留意见

fill-title = 请你填写
fill-comment-missing = 请写一句意见，{ $reader }能看到。
fill-again-title = 请改好后重新提交
fill-again = 重新提交
fill-returned = <b>{ $who }</b> 退回给你：
fill-complete = 完成

own-title = 我的申请
own-urge = 催办
own-withdraw = 撤回
own-withdraw-hint = 撤回后这件事即告结束，需要时可以重新发起。

delivery-title = 文件
delivery-making = 正在生成文件：{ $done } / { $total }。可以离开本页，好了会通知你。
delivery-making-left = 正在生成文件：{ $done } / { $total }，约剩 { $seconds } 秒。可以离开本页，好了会通知你。
delivery-again = 刚才中断过，正在从头重新生成。
delivery-password-waiting = 文件凭口令打开。口令<b>只显示一次</b>，请准备好再看。
delivery-password-show = 显示口令
delivery-password-told = 请现在记下口令，离开本页后<b>不再显示</b>。
delivery-password-gone = 口令已于 { $at } 显示过。忘记了就需要重新申请。
delivery-copy = 复制
delivery-copied = 已复制
delivery-download = 下载文件
delivery-left = 还可下载 { $left } 次，共 { $copies } 次；{ $until } 失效。每次下载都有记录。
delivery-spent = 已下载 { $copies } 次，达到批准的次数。仍然需要请重新申请。
delivery-expired = 文件已于 { $at } 失效并删除。仍然需要请重新申请。
delivery-recalled = <b>{ $who }</b> 已于 { $at } 收回文件。
delivery-delayed = 已批准，执行延迟：已尝试 { $attempts } 次，{ $next } 再试。不需要你做什么。
delivery-incident = 已批准，但系统没能生成文件，已通知管理员。编号 <b>{ $number }</b>。

impact-title = 批准会发生什么
impact-records-alone = { $records ->
   *[other] 条{ $register }记录
}
impact-records = { $records ->
   *[other] 条{ $register }记录
}将交给 <strong>{ $who }</strong>
impact-receiver = { $role }，{ $department }，本人权限 { $clearance }
impact-fields = <b>{ $count }</b> 个字段
impact-masked = 遮盖
impact-compare = 与平时相比
impact-compare-label = 这次 { $now } 条；近 { $months } 个月 { $requests } 次，中位 { $median } 条，最多 { $most } 条
impact-usual = 平时 { $median } 条，最多 { $most } 条
impact-now = 这次 { $now } 条
impact-times = 是近 { $months } 个月中位数的 <b>{ $times } 倍</b>（共 { $requests } 次）。
impact-as-usual = 与近 { $months } 个月的 { $requests } 次相近。
impact-first-level = <b>第一次</b>要 { $level } 数据。
impact-first-request = 这是此人近 12 个月的第一次申请，没有可比的。
impact-fact-also-needs = 批准后还要 <b>{ $who }</b>（{ $role }）批准，才会生成文件。
impact-fact-last = 你批准后立即生成文件，不再有人审批。
impact-fact-grants = { $approvals ->
    [1] 你一人批准即授权
   *[other] { $approvals } 人批准即授权
}：只限这 { $records } 条、这 { $fields } 个字段、{ $period }、下载 { $downloads } 次。
impact-undo-until-download = <b>不能撤销：</b>文件下载以后收不回来。
impact-undo-never = <b>不能撤销：</b>执行以后收不回来。

timeline-today = 今天
timeline-now = 现在
timeline-override = 管理员干预
timeline-deputy = 代 { $who } 处理

did-begun-by-rule = 系统按规则发起了这个流程。
did-begun-late = 系统补发了这个流程：原定 { $at }，当时服务没有运行。
did-submitted = <b>{ $who }</b> 提交了申请。
did-submitted-records = <b>{ $who }</b> 提交了申请，要 { $records } 条。
did-resubmitted = <b>{ $who }</b> 改后再次提交：{ $changes }。
did-assigned = 系统把“{ $step }”交给 <b>{ $to }</b>。
did-offered = 系统把“{ $step }”交给 <b>{ $to }</b>，{ $people } 人中一人处理即可。
did-skipped = “{ $step }”没有合适的人，按流程略过。
did-claimed = <b>{ $who }</b> 认领了“{ $step }”。
did-released = <b>{ $who }</b> 释放了“{ $step }”。
did-approved = <b>{ $who }</b> 批准了“{ $step }”。
did-rejected = <b>{ $who }</b> 驳回了“{ $step }”。
did-returned = <b>{ $who }</b> 退回给 { $to }。
did-completed = <b>{ $who }</b> 完成了“{ $step }”。
did-transferred = <b>{ $who }</b> 转交给 <b>{ $to }</b>。
did-delegated = <b>{ $who }</b> 委派 <b>{ $to }</b> 查看，最后由自己决定。
did-resolved = <b>{ $who }</b> 交回委派：最后由 <b>{ $to }</b> 决定。
did-added = <b>{ $who }</b> 在“{ $step }”{ $place ->
    [before] 前加签
    [after] 后加签
   *[alongside] 并加签
}了 <b>{ $to }</b>。
did-removed = <b>{ $who }</b> 减签了 <b>{ $to }</b>。
did-opinion-asked = <b>{ $who }</b> 请 <b>{ $to }</b> 协办，提供意见。
did-asked = <b>{ $who }</b> 向 <b>{ $to }</b> 提问。
did-answered = <b>{ $who }</b> 作了答复；答复不是决定。
did-taken-back = <b>{ $who }</b> 拿回了对“{ $step }”的决定。
did-gave-up = “{ $step }”多次尝试后仍然失败，流程按规定继续。
did-turned-to = “{ $step }”多次尝试后仍然失败，转入规定的后续步骤。
did-unwinding = 正在撤销已经做的事。
did-undone = “{ $step }”已撤销。
did-undone-too-late = “{ $step }”撤销前已被使用，现在不能再使用。
did-kept = “{ $step }”没有撤销。
did-stood-in = { $from } 缺席，“{ $step }”由 <b>{ $to }</b> 代理。
did-suspended = <b>{ $who }</b> 暂停了这件申请。
did-resumed = <b>{ $who }</b> 恢复了这件申请。
did-cancelled = <b>{ $who }</b> 取消了这件申请。
did-reassigned = <b>{ $who }</b> 把处理人从 { $from } 改为 { $to }。
did-named = <b>{ $who }</b> 指定 <b>{ $to }</b> 处理“{ $step }”。
did-urged = <b>{ $who }</b> 催办了一次。
did-reminded = 系统提醒了 <b>{ $to }</b>。
did-escalated = 逾期无人处理，系统从 { $from } 转给 <b>{ $to }</b>。
did-alarmed = 已逾期，系统告知了 <b>{ $to }</b>。
did-timed-out = “{ $step }”到期无人处理，系统按流程{ $verdict ->
    [approved] 放行，不算批准
    [rejected] 驳回
   *[skipped] 略过，不算批准
}。
did-branched = “{ $step }”：{ $because }。
did-began = 系统开始“{ $step }”。
did-finished = 系统完成了“{ $step }”。
did-failed = “{ $step }”没有成功，系统 { $again } 再试。
did-stopped = “{ $step }”多次没有成功，已通知管理员。
did-retried = <b>{ $who }</b> 让系统重试“{ $step }”。
did-notified = 系统通知了 <b>{ $to }</b>。
did-downloaded = <b>{ $who }</b> 下载了文件，还可下载 { $left } 次。
did-password-told = <b>{ $who }</b> 查看了文件口令。
did-sent-back = <b>{ $who }</b> 把流程退回到“{ $to }”。
did-repeated = “{ $step }”第 { $round } 次进行。
did-arrived = “{ $step }”：等的消息到了。
did-paused-until = “{ $step }”最晚等到 { $until }。
did-paused = “{ $step }”在等外部的消息。
did-withdrawn = <b>{ $who }</b> 撤回了申请。
did-ended-approved = 流程结束：已批准。
did-ended-rejected = 流程结束：已驳回。
did-ended-cancelled = 流程结束：已撤回。
did-waiting = 等待 <b>{ $on }</b>。
did-waiting-then = 等待 <b>{ $on }</b>。{ $until } 仍未处理，将转给 { $to }。
did-working = 系统正在处理“{ $step }”。
did-record-created = <b>{ $who }</b> 建立了这条记录。
did-record-imported = <b>{ $who }</b> 导入了这条记录。
did-record-changed = <b>{ $who }</b> 把 { $field } 从 { $from } 改为 { $to }。
did-record-edited = <b>{ $who }</b> 改了 { $fields }。
did-record-seen = <b>{ $who }</b> 看了 { $fields }。
did-record-seeing = <b>你</b> 正在看 { $field }。
did-record-exported = <b>{ $who }</b> 的导出 { $number } 包含这条记录：{ $fields }。
impact-any-of = { $names } 中的任一位
