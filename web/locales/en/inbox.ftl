# To do, done, started, copied; notifications.

inbox-title = Inbox
inbox-summary = { $day }, { $clock }: { $overdue ->
    [0] nothing overdue
   *[other] { $overdue } overdue
}, { $today ->
    [0] nothing due today
   *[other] { $today } due today
}
inbox-keys = Keys
inbox-key-move = move
inbox-boxes = My cases
inbox-todo = To do
inbox-done = Done
inbox-started = Started by me
inbox-copied = Copied to me
inbox-list = List of cases
inbox-caption = { $count ->
    [one] { $count } task for me, by due date
   *[other] { $count } tasks for me, by due date
}
inbox-cases-caption = Cases, newest first
inbox-who = Who
inbox-what = Wants what
inbox-levels = Levels
inbox-size = Size
inbox-due = Due
inbox-outcome = Outcome
inbox-when = When
inbox-machine = System
inbox-due-overdue = Overdue
inbox-due-today = Due today
inbox-due-tomorrow = Due tomorrow
inbox-due-later = Later
inbox-due-never = No time limit
inbox-unclaimed = not claimed yet
inbox-unread = Not read
inbox-select = Select { $title }
inbox-one-by-one = (one at a time)
inbox-live = What is done elsewhere leaves by itself
inbox-new-tasks = New tasks: { $count }
inbox-show-new = Show
inbox-bulk = Several at once
inbox-selected = { $count } selected
inbox-bulk-why = their steps allow deciding them together
inbox-approve-some = Approve { $count }
inbox-reject-some = Reject…
inbox-reject-title = Reject the selected requests
inbox-reject-confirm = Reject
inbox-reason = Reason
inbox-reason-hint = required; each requester reads it
inbox-reason-open = optional; it tells the requesters what to change
inbox-reason-missing = Say why, so that they know what to change, for example “The address is not needed for this purpose: leave it out”.
inbox-cancel = Cancel
inbox-found = “<b>{ $words }</b>”: { $count } found
inbox-all = Show all
inbox-filters = Filters
inbox-filter = Filter
inbox-filter-process = Process
inbox-filter-from = Requester
inbox-filter-due = Due
inbox-filter-due-overdue = Overdue
inbox-filter-due-today = Due today
inbox-filter-due-soon = Due within 7 days
inbox-filter-bulk = Only what can be decided together
inbox-filter-all = { $label }: all
inbox-filter-clear = Clear filters
inbox-narrowed-hint = Try without one of the filters.
inbox-no-result = Nothing matches
inbox-no-result-hint = Try other words, or the last digits of a number.
inbox-empty = All done
inbox-empty-next = The next one is due { $moment }.
inbox-empty-hint = New tasks appear here by themselves.
inbox-empty-done = You have decided nothing yet
inbox-empty-done-hint = What you approve, reject or return stays here.
inbox-empty-started = You have asked for nothing yet
inbox-empty-started-hint = Once you do, see here how far it is and who has it.
inbox-empty-copied = Nothing was copied to you
inbox-empty-copied-hint = Outcomes that a process tells you of appear here.
inbox-start = Start a request
inbox-rail = About me
inbox-rail-no-started = No request of yours is running.
inbox-rail-no-handled = You have decided nothing lately.
inbox-handled = Decided lately
inbox-pages = Pages
inbox-older = Older

notifications-title = Notifications
notifications-unread = { $count ->
    [0] All read
   *[other] { $count } not read
}
notifications-read-all = Mark all as read
notifications-empty = No notifications yet
notifications-empty-hint = Reminders, handovers, outcomes and mentions appear here.
began-api = by a program
began-schedule = by schedule
began-event = by an event
began-record = by a record
began-person = by a change of staff
began-rule = by rule
