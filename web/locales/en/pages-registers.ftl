# What the program itself writes on registers, records, the audit and the page "me"

register-filter-all = all
register-filter-me = me
register-filter-team = my team
register-filter-lately = within { $days } days
register-filter-long-ago = not for { $days } days
record-rows = { $count ->
    [one] 1 row
   *[other] { $count } rows
}
record-damaged = Cannot be opened; please tell an administrator
record-nameless = Unnamed
record-money-unit = CNY
reveal-seen-by = Auditors
reveal-seen-by-owner = The owner { $owner } and auditors
me-password-changed = Your password is changed, and you are signed out everywhere else.
me-session-browser = Browser
audit-deed-about = { $deed }: { $about }
audit-records = { $register }, { $count ->
    [one] 1 record
   *[other] { $count } records
}
audit-kind-signed-in = Signed in
audit-kind-sign-in-failed = Failed to sign in
audit-kind-signed-out = Signed out
audit-kind-password-changed = Changed a password
audit-kind-second-factor-begun = Began to set up a second factor
audit-kind-second-factor-cancelled = Gave up setting up a second factor
audit-kind-second-factor-enrolled = Turned the second factor on
audit-kind-second-factor-removed = Turned the second factor off
audit-kind-second-factor-given = Gave a second factor
audit-kind-token-made = Made a personal token
audit-kind-token-revoked = Revoked a personal token
audit-kind-records-viewed = Saw records
audit-kind-records-searched = Searched records
audit-kind-value-revealed = Looked behind a mask
audit-kind-record-created = Added a record
audit-kind-record-changed = Changed a record
audit-kind-records-imported = Imported records
audit-kind-records-exported = Made an export file
audit-kind-password-shown = Saw a file's password
audit-kind-downloaded = Downloaded a file
audit-kind-recalled = Recalled a file
audit-kind-expired = Removed an expired file
audit-kind-case-started = Submitted a request
audit-kind-event-secret-made = Secret of an event made
audit-kind-event-secret-taken-back = Secret of an event taken back
audit-kind-case-viewed = Saw a case
audit-kind-task-claimed = Claimed a task
audit-kind-task-released = Released a task
audit-kind-approved = Approved
audit-kind-rejected = Rejected
audit-kind-completed = Completed
audit-kind-transferred = Handed a task over
audit-kind-people-named = Named who acts
audit-kind-delegated = Delegated a task
audit-kind-resolved = Gave a delegated task back
audit-kind-people-added = Added people
audit-kind-person-removed = Removed somebody added
audit-kind-opinion-asked = Asked for an opinion
audit-kind-question-asked = Asked a question
audit-kind-answered = Gave an opinion or an answer
audit-kind-taken-back = Took a decision back
audit-kind-task-assigned = Assigned a task by authority
audit-kind-case-suspended = Suspended a case
audit-kind-case-resumed = Let a case go on
audit-kind-absence-changed = Changed when they are away
audit-kind-work-handed-over = Handed open work to their deputy
audit-kind-event-delivered = Went on because of an event
audit-kind-work-passed-on = Passed open work on by rule
audit-kind-case-sent-back = Sent a case back by authority
audit-kind-case-cancelled = Cancelled a case
audit-kind-withdrawn = Withdrew a request
audit-kind-incident-retried = Had an incident tried again
audit-kind-incident-skipped = Went on without a failed step
audit-kind-urged = Sent a reminder
audit-kind-commented = Took part in the discussion
audit-kind-timer-fired = Time ran out
audit-kind-action-failed = An action failed
audit-kind-definition-published = Published a process
audit-kind-definition-retired = Retired a process
audit-kind-people-imported = Imported people
audit-kind-audit-viewed = Read the audit log
