# Cases as lists name them, and what notifications say
case-title = { $process }: { $count ->
    [one] one record
   *[other] { $count } records
}
case-size-unit = { $count ->
    [one] record
   *[other] records
}
case-outcome-approved = Approved and done
case-outcome-rejected = Rejected
case-outcome-cancelled = Withdrawn by the requester
case-outcome-other = Ended: { $outcome }
case-outcome-incident = Approved, delayed; an administrator is on it
case-outcome-machine = The system is working on it
case-outcome-waiting = { $people } has it now
notice-task = Something waits for you: { $step }
notice-reminder = Due soon: { $step }, { $left }
notice-overdue = Overdue: { $step } was due { $due }
notice-escalated = Not answered in time: { $step } was due { $due }
notice-urged = The requester asks you to act: { $step }
notice-delayed = Approved, delayed: { $step } did not succeed yet and is being tried again
notice-incident = This needs you: { $step } failed again and again
notice-withdrawn = The request was withdrawn
notice-commented = Somebody commented
notice-answered = Somebody answered what you asked about "{ $step }"
notice-taken-back = The decision on "{ $step }" was taken back; your task is gone
notice-approved = Your request was approved
notice-rejected = Your request was rejected
notice-ended = Your request ended: { $outcome }
notice-definition-refused = The definition files changed but have { $errors } problems, so they were not published; what was live stays live. Run chancery check to see them.
