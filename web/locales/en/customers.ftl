# Registers: the table, one record, looking behind a mask.

register-lead = { $visible ->
    [0] There is nothing here yet that you may see.
    [one] You may see { $visible } record of { $register }. Each look behind a mask is recorded.
   *[other] You may see { $visible } records of { $register }. Each look behind a mask is recorded.
}
register-export = Ask for an export
register-new = New
register-search = Find
register-search-in = Search { $register }
register-search-by = Full { $fields }, or the last four
register-search-hint = A search is recorded in the audit; what you search for is never part of an address.
register-search-clear = Back to the list
register-filters = Filters
register-filter = Filter
register-found = { $count ->
    [0] Nothing found. Check the number: it takes the whole of it, or the last four.
    [one] One record found.
   *[other] { $count } records found.
}
register-scrolls = { $register }, scrolls sideways
register-empty = There is no record yet.
register-nothing-allowed = There are { $count } records here that you may not see. If you need them, ask your manager.
register-no-match-without = No record matches. Try without "{ $without }".
register-no-match = No record matches.
register-widen = Remove this condition
register-show-all = Show all

pager-label = Pages
pager-range = { $from } to { $to }
pager-range-of = { $from } to { $to } of { $total }
pager-newer = Previous
pager-older = Next

record-reveal-label = Show { $field } of { $record }, now { $mask }
record-seconds = masked in { $seconds } s
record-hidden = not visible
record-empty = none
record-owner = owner { $who }
record-changed = changed { $at }
record-edit = Edit
record-values = Details
record-values-hint = Masks open on request; each look is recorded
record-history = Who saw and changed what
record-history-empty = Nobody has seen or changed it yet.
record-history-earlier = Earlier entries
record-new = New: { $register }
record-new-lead = Fill in what you know. Protected values are encrypted when saved; seeing them again takes clearance.
record-create = Create
record-save = Save
record-cancel = Cancel
record-problems = { $count ->
    [one] One thing needs mending, marked in red below.
   *[other] { $count } things need mending, marked in red below.
}
record-edit-title = Edit { $record }
record-edit-lead = Only what you may change is listed. Protected fields left empty keep their value.

reveal-title = Show { $field } of { $record }
reveal-seconds = shown for { $seconds } s, then masked again
reveal-reason = Why do you need it
reveal-reason-kept = will be recorded
reveal-reason-contract = Contract
reveal-reason-identity = Identity check
reveal-reason-call = Customer call
reveal-reason-other = Other…
reveal-reason-placeholder = Say why
reveal-reason-missing = Choose a reason, or write one under "Other".
reveal-cancel = Cancel
reveal-close = Close
reveal-back = Back
reveal-do = Show for { $seconds } s
reveal-seen = { $who } can see that you looked
