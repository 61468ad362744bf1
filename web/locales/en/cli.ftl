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
path-case = “{ $step }” takes the case { $detail }.
path-else = No other case of “{ $step }” holds; it takes else.
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
bench-of-http = Over HTTP, { $callers } at once: { $cases } cases/s, { $transitions } transitions/s, half within { $median } ms, 99 of 100 within { $slow } ms; bare rows { $raw } transitions/s, ratio { $ratio }.
