# 异常：流程自己走不下去的地方，以及管理员怎样处理。

incidents-title = 异常
incidents-lead = 流程自己走不下去、等管理员处理的步骤。这里不含申请的内容。
incidents-process = 流程
incidents-cause = 原因
incidents-since = 开始于
incidents-case = 事项
incidents-step = 步骤
incidents-attempts = 已尝试
incidents-requester = 申请人
incidents-clear = 看全部异常
incidents-none = 没有异常
incidents-none-hint = 动作失败或步骤找不到人时，会出现在这里。
incidents-no-match = 没有符合条件的异常。

incident-title = 异常 · { $number }
incident-case = 打开事项
incident-none = 这件事没有未处理的异常
incident-none-hint = 已经处理过了，或者流程已经继续。
incident-attempt = 第 { $number } 次
incident-told = 申请人看到：{ $told }
incident-reason = 理由
incident-reason-kept = 必填，写入事项的过程，参与者可见
incident-reason-missing = 请写明理由。
incident-retry = 再试一次
incident-skip = 跳过这一步
incident-retry-action = 系统马上再执行一次“{ $step }”。
incident-retry-unknown = 上一次可能已经生效。系统会再执行一次“{ $step }”：请先确认不会造成重复。
incident-retry-step = 系统重新进入“{ $step }”。
incident-skip-does = 不再执行“{ $step }”，流程继续；申请人拿不到它的结果。
incident-cannot-skip = 需要人决定的步骤不能跳过。

incident-kind-failed = 动作失败
incident-kind-interrupted = 动作中断，结果不明
incident-kind-process = 流程走不下去
incident-failure-unavailable = 存储或外部系统不可用。
incident-failure-records-changed = 批准的记录已经不在，或已经改变。
incident-failure-not-as-approved = 将要执行的与批准的不一致。
incident-failure-too-large = 超过了上限。
incident-failure-timed-out = 用时过长。
incident-failure-interrupted = 动作中途中断，不知道是否已经生效。
incident-failure-internal = 程序出错。
incident-cause-nobody = 没有人可以处理，也没有管理员指定。
incident-cause-expression = 一个表达式没有结果。
incident-cause-message = 一条消息无法生成。
incident-cause-limit = 达到了流程的上限。
incident-cause-undo = 撤销动作的步骤没有完成。
