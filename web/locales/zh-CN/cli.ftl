# 命令行的输出。

check-error = 错误
check-warning = 提醒
check-note = 说明
check-help = 怎样改：{ $help }
check-path = 这条路径会出问题：
check-nothing-found = 检查完毕，没有发现问题。
check-found = 检查完毕：{ $errors } 个错误，{ $warnings } 个提醒。

path-submitted = 申请人提交申请。
path-approved = “{ $step }”批准。
path-done = “{ $step }”填写完成。
path-timed-out = “{ $step }”超时，按规定继续。
path-skipped = “{ $step }”被跳过。
path-rejected = “{ $step }”被驳回，流程继续。
path-item = “{ $step }”处理其中一项。
path-empty = “{ $step }”没有可处理的项。
path-case = “{ $step }”走这一支：{ $detail }。
path-else = “{ $step }”的其他条件都不成立，走 else。
path-runs = “{ $step }”执行。
path-runs-action = “{ $step }”执行 { $detail }。

test-passed = { $count } 个场景，全部通过。
test-failed = { $count } 个场景，{ $failed } 个没有通过。
test-unread = 通过 { $count } 个场景，另有文件不能用。
test-none = 没有可运行的场景。
test-differs = 第 { $line } 行 { $key }：应当是 { $expected }，实际是 { $actual }。
test-should-not = 第 { $line } 行 { $key }：不应当有 { $expected }，实际是 { $actual }。
test-nothing = （无）
test-refused = 第 { $line } 行：{ $login } 的操作被拒绝（{ $reason }），而场景没有写会被拒绝。
test-problems = 第 { $line } 行：申请不能这样提交。{ $problems }
test-problem = { $field }：{ $complaint }
test-backwards = 第 { $line } 行：时间不能倒退。
test-no-workflow = 第 { $line } 行：没有这个流程，或流程有错误。

bench-engine = 在内存中推进流程……
bench-raw = 直接写入同样的行……
bench-in-process = 在进程内办理……
bench-http = 经接口办理……
bench-debug = 这是调试版本，数字不代表速度。
bench-of-engine = 仅引擎：每秒 { $cases } 件，{ $transitions } 次变更。
bench-of-process = 进程内，{ $callers } 路并发：每秒 { $cases } 件，{ $transitions } 次变更；半数在 { $median } 毫秒内，百分之九十九在 { $slow } 毫秒内；直接写入每秒 { $raw } 次，比值 { $ratio }。
bench-of-http = 经接口，{ $callers } 路并发：每秒 { $cases } 件，{ $transitions } 次变更；半数在 { $median } 毫秒内，百分之九十九在 { $slow } 毫秒内；直接写入每秒 { $raw } 次，比值 { $ratio }。

# chancery audit replay：数据库里的行与事件不符之处
replay-in-case = 流程 { $case }：{ $what }
replay-events-missing = 缺少第 { $number } 个事件。
replay-event-damaged = 第 { $number } 个事件无法读取，或与之前的事件矛盾。
replay-snapshot = 快照不是事件推演的结果。
replay-column = 列 { $column } 与事件不符。
replay-task = 任务 { $task } 的行{ $how }。
replay-candidates = 任务 { $task } 不在应有的待办列表里，或在不该有的列表里。
replay-timer = { $due } 到期的定时器{ $how }。
replay-effect = 应执行的动作不在待执行列表里。
replay-events-of-no-case = 有事件属于不存在的流程 { $id }。
replay-task-of-no-case = 任务 { $task } 属于不存在的流程。
replay-open-tasks = { $person } 的待办计数是 { $said }，实际有 { $counted } 个。
replay-unread = { $person } 的未读通知计数是 { $said }，实际有 { $counted } 条。
replay-numbers = 流程编号计数器是 { $said }，已用到 { $counted }：编号会重复。
replay-how-missing = 缺失
replay-how-left-over = 多余
replay-how-differs = 不符
replay-looked = 已核对 { $cases } 件流程、{ $events } 个事件、{ $timers } 个定时器：{ $differences } 处不符。
