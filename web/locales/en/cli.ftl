# What the command line prints.

check-error = error
check-warning = warning
check-note = note
check-help = How to mend it: { $help }
check-path = The path that shows it:
check-nothing-found = Checked: nothing was found.
check-found = Checked: { $errors ->
    [one] 1 error
   *[other] { $errors } errors
}, { $warnings ->
    [one] 1 warning
   *[other] { $warnings } warnings
}.

path-submitted = The requester submits.
path-approved = “{ $step }” is approved.
path-done = “{ $step }” is filled in.
path-timed-out = “{ $step }” times out and goes on by rule.
path-skipped = “{ $step }” is skipped.
path-rejected = “{ $step }” is rejected, and the case goes on.
path-item = “{ $step }” takes an item.
path-empty = “{ $step }” finds no item.
path-case = “{ $step }” takes the case { $detail }.
path-else = No other case of “{ $step }” holds; it takes else.
path-failed = “{ $step }” fails, however often it is tried.
path-runs = “{ $step }” runs.
path-runs-action = “{ $step }” runs { $detail }.

test-passed = { $count ->
    [one] 1 scenario passed.
   *[other] All { $count } scenarios passed.
}
test-failed = { $failed } of { $count } scenarios failed.
test-unread = { $count ->
    [one] 1 scenario
   *[other] { $count } scenarios
} passed, and there are files that cannot be used.
test-none = There are no scenarios to run.
test-differs = Line { $line }, { $key }: expected { $expected }, found { $actual }.
test-should-not = Line { $line }, { $key }: expected no { $expected }, found { $actual }.
test-nothing = nothing
test-refused = Line { $line }: what { $login } did was refused ({ $reason }), and the scenario does not say so.
test-problems = Line { $line }: the request cannot be sent like this. { $problems }
test-problem = { $field }: { $complaint }
test-backwards = Line { $line }: the clock cannot be set back.
test-no-workflow = Line { $line }: there is no such workflow, or it has errors.

bench-engine = Deciding cases in memory …
bench-raw = Writing bare rows …
bench-in-process = Cases through the operations …
bench-http = Cases through the API …
bench-debug = This is a debug build: its figures say nothing about speed.
bench-of-engine = Engine alone: { $cases } cases/s, { $transitions } transitions/s.
bench-of-process = In process, { $callers } at once: { $cases } cases/s, { $transitions } transitions/s, half within { $median } ms, 99 of 100 within { $slow } ms; bare rows { $raw } transitions/s, ratio { $ratio }.
bench-of-http = Over HTTP, { $callers } at once: { $cases } cases/s, { $transitions } transitions/s, half within { $median } ms, 99 of 100 within { $slow } ms; a server of bare rows { $bare } cases/s, ratio { $against }.
bench-bare = A server of bare rows …
bench-inbox = The inbox page with many tasks …
bench-due = Many timers due at once …
bench-timers = Many timers that wait …
bench-server = A server of its own …
bench-of-inbox = { $tasks } open tasks: half of the inbox pages within { $median } ms, { $bytes } bytes.
bench-of-due = { $timers } timers due at once: { $fired } fired a second, all within { $millis } ms.
bench-of-timers = { $timers } timers wait: the database is { $megabytes } MB larger; an empty tick takes { $micros } µs.
bench-of-server = With { $waiting } cases waiting a server listens after { $millis } ms; memory idle { $idle } MB, under load { $load } MB.
bench-met = aim met     { $goal }: { $value } (must { $must }, aim { $aim })
bench-met-must = must met    { $goal }: { $value } (must { $must }, aim { $aim })
bench-missed = missed      { $goal }: { $value } (must { $must }, aim { $aim })
bench-goal-process-1 = in process, 1 caller: transitions against bare rows
bench-goal-process-16 = in process, 16 callers: transitions against bare rows
bench-goal-process-64 = in process, 64 callers: transitions against bare rows
bench-goal-process-postgresql-16 = PostgreSQL in process, 16 callers: transitions against one statement each
bench-goal-http-1 = HTTP, 1 client: cases against a server of bare rows
bench-goal-http-16 = HTTP, 16 clients: cases against a server of bare rows
bench-goal-http-16-approve-millis = HTTP, 16 clients: 99 of 100 approvals within, ms
bench-goal-http-64 = HTTP, 64 clients: cases against 16 clients
bench-goal-http-64-approve-millis = HTTP, 64 clients: 99 of 100 approvals within, ms
bench-goal-inbox-millis = inbox page with the most tasks, ms
bench-goal-inbox-kilobytes = inbox page, kB
bench-goal-inbox-growth = inbox page with the most tasks against the fewest
bench-goal-timers-tick-micros = empty timer tick, µs
bench-goal-timers-bytes-each = each waiting timer, bytes
bench-goal-timers-fired = timers fired a second
bench-goal-timers-all-millis = ten thousand due at once all fired, ms
bench-goal-server-start-millis = from start to listening, ms
bench-goal-server-idle-megabytes = memory idle, MB
bench-goal-server-load-megabytes = memory under load, MB

# chancery audit replay: where rows of the database do not say what the events say
replay-in-case = Case { $case }: { $what }
replay-events-missing = event { $number } is missing.
replay-event-damaged = event { $number } cannot be read, or contradicts those before it.
replay-snapshot = the snapshot is not the fold of the events.
replay-column = the column { $column } does not say what the events say.
replay-task = the row of task { $task } { $how }.
replay-candidates = task { $task } does not lie in the to-do lists of exactly those it waits for.
replay-timer = the timer due { $due } { $how }.
replay-effect = an action that is to be carried out is not in the outbox.
replay-events-of-no-case = There are events of a case { $id } that is not there.
replay-task-of-no-case = Task { $task } belongs to a case that is not there.
replay-open-tasks = The counter of open tasks of { $person } says { $said }; there are { $counted }.
replay-unread = The counter of unread notifications of { $person } says { $said }; there are { $counted }.
replay-numbers = The counter of case numbers says { $said } while { $counted } is taken: numbers would be given twice.
replay-how-missing = is missing
replay-how-left-over = is left over
replay-how-differs = does not say what the events say
replay-looked = Looked at { $cases } { $cases ->
    [one] case
   *[other] cases
 }, { $events } { $events ->
    [one] event
   *[other] events
 } and { $timers } { $timers ->
    [one] timer
   *[other] timers
 }: { $differences } { $differences ->
    [one] difference
   *[other] differences
 }.
