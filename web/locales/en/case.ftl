# The page of a case: request, progress, impact, decision, delivery, history.

case-crumbs = Position
case-inbox = Inbox
case-place = { $position } of { $total }
case-previous = Previous
case-next = Next
case-submission = submission { $times }
case-version = process version { $version }
case-progress = Progress
case-side = Impact and decision

case-due = due { $at }
case-due-reminder = due { $at }, reminder at { $reminder }
case-waiting = Waiting for { $on }
case-executing = Approved, being carried out
case-stopped = Approved, stopped
case-stopped-hint = an administrator has been told
case-ended-approved = Approved
case-ended-rejected = Rejected
case-ended-cancelled = Withdrawn

case-trail-done = done
case-trail-now = current step
case-trail-stuck = stopped
case-trail-refused = rejected
case-trail-next = not begun
case-trail-who-when = { $who }, { $when }
case-trail-because = expected: { $who }, because { $because }

case-request = The request
case-records = <b>{ $count }</b> { $count ->
    [one] record
   *[other] records
} of { $register }
case-records-where = : { $chosen }
case-records-join = , {""}
case-join = , {""}
case-frozen = Frozen at submission: what you approve is what is exported. Digest
case-empty = left empty
case-hidden = not yours to see
case-picked = Fields asked for
case-picked-field = Field
case-picked-level = Level
case-picked-delivered = Delivered
case-picked-sample = First record
case-delivered-clear = in clear
case-delivered-masked = masked

case-history = History
case-comments = Comments
case-reply = Write a comment
case-reply-placeholder = Say something, @ to mention
case-reply-send = Send

case-why-clearance = This needs the clearance of a <b>{ $role }</b> ({ $needed }); yours is { $yours }.
case-why-own-request = This is your own request; somebody else decides.
case-why-claimed-by = <b>{ $who }</b> has claimed it and decides. You may claim it once it is released.
case-why-no-second-factor = This step asks for a second factor and you have none yet. Set one up in <a href="/me">your account</a>.
case-why-action-began = It is being carried out; it can no longer be withdrawn.
case-why-already-decided = Somebody has decided; it can no longer be withdrawn.
case-why-not-in-process = This process does not allow it.
case-why-too-soon = You nudged a moment ago; again from { $again }.
case-why-nobody-else = There is nobody else who may handle it.
case-why-ended = This case has ended.

case-code = Second factor
case-code-hint = Open your authenticator and enter the 6 digits. They count for 5 minutes.
case-code-wrong = Wrong or out of date. Wait for the next 6 digits and enter those.
case-pool-open = { $people ->
    [one] { $people } person can handle it
   *[other] { $people } people can handle it; the first to decide does
}
case-pool-yours = You have claimed it; others cannot act for now
case-pool-taken = <b>{ $who }</b> has claimed it
case-claim = Claim
case-release = Release

more-title = More
more-target-requester = Requester ({ $who })
more-target = { $step } ({ $who })
more-who-hint = Type a name, a login or a department
more-said = Note
more-said-required = required; those who take part see it
more-said-optional = optional; those who take part see it
more-said-missing = Say what you mean, so that they know what to do.
more-return = Return
more-return-choice = Return it to
more-return-hint = Everything from there on runs again: what was approved since is asked for anew.
more-return-comes-back = Once it is done it comes straight back to you; of what was approved, only what was changed is asked for again.
more-return-do = Return
more-transfer = Transfer
more-transfer-to = Transfer it to
more-transfer-hint = They answer for it from then on, and it does not come back. The due time stays.
more-transfer-do = Transfer
more-delegate = Delegate
more-delegate-to = Delegate it to
more-delegate-hint = They look at it and give it back; you have the last word, and may call it back at any time.
more-delegate-do = Delegate
more-add = Add an approver
more-add-choice = When
more-add-before = before me: they approve first, then it comes back to me
more-add-after = after me: it goes on once they approve as well
more-add-alongside = together with me
more-add-to = Who
more-add-hint = They decide as you do: their rejection is a rejection.
more-add-do = Add
more-remove = Do without
more-remove-choice = Do without
more-remove-hint = Only whom you brought in yourself, as long as they have not acted.
more-remove-do = Remove
more-opinion = Ask for an opinion
more-opinion-to = Who
more-opinion-hint = They say what they think and decide nothing; nobody waits for it.
more-opinion-do = Ask for it
more-ask = Ask a question
more-ask-to = Who
more-ask-said = Question
more-ask-hint = The task stays with you; you are told when they answer.
more-ask-do = Ask
more-call-back = Call it back
more-call-back-hint = You decide it yourself again.
more-call-back-do = Call back
more-take-back = Take the decision back
more-take-back-hint = Nobody has acted after you yet: you may decide again.
more-take-back-do = Take back

say-from = <b>{ $who }</b>:{" "}
say-label = What you say
say-opinion = Say what you think
say-opinion-hint = It is kept in the history; { $who } decides all the same.
say-opinion-do = Send
say-answer = Please answer
say-answer-hint = { $who } is told of your answer.
say-answer-do = Answer
say-delegated = Please have a look
say-delegated-hint = Give it back when you have looked; { $who } has the last word.
say-delegated-do = Give back

name-title = Name who is asked
name-hint = The step “{ $step }” found nobody who may handle it. It waits until you name somebody.
name-to = Handled by
name-do = Name

decide-title = Your decision
decide-deputy = You act for <b>{ $who }</b>, and the record says so.
decide-comment = Comment
decide-comment-optional = optional; { $reader } sees it
decide-comment-required = required; { $reader } sees it
decide-comment-on-reject = required to reject; { $reader } sees it
decide-comment-hint = When you reject, say why, so that { $reader } knows what to change
decide-comment-missing = Say why, so that { $reader } knows what to change, for example "A call-back needs no address, please remove it".
decide-approve = Approve
decide-reject = Reject
decide-comment-only = Comment only

fill-title = For you to fill in
fill-comment-missing = Say a word about it; { $reader } will read it.
fill-again-title = Change it and send it again
fill-again = Send again
fill-returned = <b>{ $who }</b> sent it back to you:
fill-complete = Complete

own-title = Your request
own-urge = Nudge
own-withdraw = Withdraw
own-withdraw-hint = Withdrawing ends this case. You may start another one.

delivery-title = The file
delivery-making = Making the file: { $done } of { $total }. You may leave; we will tell you.
delivery-making-left = Making the file: { $done } of { $total }, about { $seconds } s left. You may leave; we will tell you.
delivery-again = It was interrupted, and the file is being made anew from its beginning.
delivery-password-waiting = The file opens with a password. It is shown <b>once only</b>: be ready to note it.
delivery-password-show = Show the password
delivery-password-told = Note the password now. It is <b>not shown again</b> once you leave.
delivery-password-gone = The password was shown { $at }. If it is lost, ask again.
delivery-copy = Copy
delivery-copied = Copied
delivery-download = Download the file
delivery-left = { $left } of { $copies } downloads left, until { $until }. Each download is recorded.
delivery-spent = Downloaded { $copies ->
    [one] once
   *[other] { $copies } times
}, as approved. If you still need it, ask again.
delivery-expired = The file expired { $at } and was deleted. If you still need it, ask again.
delivery-recalled = <b>{ $who }</b> recalled the file { $at }.
delivery-delayed = Approved, delayed: tried { $attempts ->
    [one] once
   *[other] { $attempts } times
}, next attempt { $next }. There is nothing for you to do.
delivery-incident = Approved, but the file could not be made. An administrator has been told. Number <b>{ $number }</b>.

impact-title = What approving does
impact-records-alone = { $register } { $records ->
    [one] record
   *[other] records
}
impact-records = { $register } { $records ->
    [one] record goes
   *[other] records go
} to <strong>{ $who }</strong>
impact-receiver = { $role }, { $department }, cleared for { $clearance }
impact-fields = <b>{ $count }</b> { $count ->
    [one] field
   *[other] fields
}
impact-masked = masked
impact-compare = Compared with usual
impact-compare-label = this time { $now }; { $requests } requests in { $months } months, median { $median }, at most { $most }
impact-usual = usually { $median }, at most { $most }
impact-now = this time { $now }
impact-times = <b>{ $times } times</b> their median over { $months } months ({ $requests } requests).{" "}
impact-as-usual = Much like their { $requests } requests of the past { $months } months.{" "}
impact-first-level = It is the <b>first time</b> they ask for { $level }.
impact-first-request = Their first request in 12 months; there is nothing to compare with.
impact-fact-also-needs = <b>{ $who }</b> ({ $role }) must also approve before a file is made.
impact-fact-last = Once you approve, the file is made at once; nobody else is asked.
impact-fact-grants = { $approvals ->
    [1] Your approval grants
   *[other] { $approvals } approvals grant
} exactly this: these { $records } records, these { $fields } fields, { $period }, { $downloads } downloads.
impact-undo-until-download = <b>Cannot be undone:</b> once downloaded, the file cannot be recalled.
impact-undo-never = <b>Cannot be undone:</b> once carried out, it stays so.

timeline-today = Today
timeline-now = Now
timeline-override = Administrator override
timeline-deputy = acting for { $who }

did-begun-by-rule = A rule began this case.
did-begun-late = A rule began this case late: it was to begin { $at }, when the server was not running.
did-submitted = <b>{ $who }</b> submitted the request.
did-submitted-records = <b>{ $who }</b> submitted the request for { $records } records.
did-resubmitted = <b>{ $who }</b> changed it and submitted again: { $changes }.
did-assigned = The system gave "{ $step }" to <b>{ $to }</b>.
did-offered = The system offered "{ $step }" to <b>{ $to }</b>; one of { $people } decides.
did-skipped = Nobody was found for "{ $step }"; the process passes it by.
did-claimed = <b>{ $who }</b> claimed "{ $step }".
did-released = <b>{ $who }</b> released "{ $step }".
did-approved = <b>{ $who }</b> approved "{ $step }".
did-rejected = <b>{ $who }</b> rejected "{ $step }".
did-returned = <b>{ $who }</b> returned it to { $to }.
did-completed = <b>{ $who }</b> completed "{ $step }".
did-transferred = <b>{ $who }</b> transferred it to <b>{ $to }</b>.
did-delegated = <b>{ $who }</b> asked <b>{ $to }</b> to look at it, and has the last word.
did-resolved = <b>{ $who }</b> gave it back: <b>{ $to }</b> has the last word.
did-added = <b>{ $who }</b> added <b>{ $to }</b> to "{ $step }", to decide { $place ->
    [before] first
    [after] afterwards
   *[alongside] as well
}.
did-removed = <b>{ $who }</b> removed <b>{ $to }</b> again.
did-opinion-asked = <b>{ $who }</b> asked <b>{ $to }</b> for an opinion.
did-asked = <b>{ $who }</b> asked <b>{ $to }</b> a question.
did-answered = <b>{ $who }</b> answered. An answer decides nothing.
did-taken-back = <b>{ $who }</b> took their decision on "{ $step }" back.
did-gave-up = "{ $step }" failed for good; the process goes on without it.
did-turned-to = "{ $step }" failed for good; what the process foresees for that follows.
did-unwinding = What this case did is being taken back.
did-undone = "{ $step }" was taken back.
did-undone-too-late = "{ $step }" had been used already before it could be taken back; nobody can use it any more.
did-kept = "{ $step }" was not taken back.
did-stood-in = "{ $step }": <b>{ $to }</b> does it while { $from } is away.
did-suspended = <b>{ $who }</b> suspended the case.
did-resumed = <b>{ $who }</b> let the case go on.
did-cancelled = <b>{ $who }</b> cancelled the case.
did-reassigned = <b>{ $who }</b> moved the task from { $from } to { $to }.
did-named = <b>{ $who }</b> named <b>{ $to }</b> for "{ $step }".
did-urged = <b>{ $who }</b> sent a nudge.
did-reminded = The system reminded <b>{ $to }</b>.
did-escalated = Overdue: the system moved it from { $from } to <b>{ $to }</b>.
did-alarmed = Overdue: the system told <b>{ $to }</b>.
did-timed-out = Nobody decided "{ $step }" in time; the system { $verdict ->
    [approved] let it pass, which is no approval
    [rejected] rejected it
   *[skipped] passed it by, which is no approval
}.
did-branched = "{ $step }": { $because }.
did-began = The system began "{ $step }".
did-finished = The system finished "{ $step }".
did-failed = "{ $step }" did not succeed; the system tries again { $again }.
did-stopped = "{ $step }" did not succeed after several attempts; an administrator has been told.
did-retried = <b>{ $who }</b> had "{ $step }" tried again.
did-notified = The system told <b>{ $to }</b>.
did-downloaded = <b>{ $who }</b> downloaded the file; { $left } downloads left.
did-password-told = <b>{ $who }</b> saw the password of the file.
did-sent-back = <b>{ $who }</b> sent the case back to "{ $to }".
did-repeated = "{ $step }" runs for the { NUMBER($round, type: "ordinal") ->
    [one] { $round }st
    [two] { $round }nd
    [few] { $round }rd
   *[other] { $round }th
} time.
did-arrived = "{ $step }": what was waited for has come.
did-paused-until = "{ $step }" waits until { $until } at the latest.
did-paused = "{ $step }" waits for something from outside.
did-withdrawn = <b>{ $who }</b> withdrew the request.
did-ended-approved = The case ended: approved.
did-ended-rejected = The case ended: rejected.
did-ended-cancelled = The case ended: withdrawn.
did-waiting = Waiting for <b>{ $on }</b>.
did-waiting-then = Waiting for <b>{ $on }</b>. If nothing happens by { $until } it moves to { $to }.
did-working = The system is at "{ $step }".
did-record-created = <b>{ $who }</b> made this record.
did-record-imported = <b>{ $who }</b> imported this record.
did-record-changed = <b>{ $who }</b> changed { $field } from { $from } to { $to }.
did-record-edited = <b>{ $who }</b> changed { $fields }.
did-record-seen = <b>{ $who }</b> saw { $fields }.
did-record-seeing = <b>You</b> are looking at { $field }.
did-record-exported = <b>{ $who }</b>'s export { $number } holds this record: { $fields }.
impact-any-of = any one of { $names }
