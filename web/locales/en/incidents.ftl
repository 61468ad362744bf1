# Incidents: where a case cannot go on alone, and what an operator does about it.

incidents-title = Incidents
incidents-lead = Steps that cannot go on alone and wait for an operator. Nothing of a request is shown here.
incidents-process = Process
incidents-cause = Cause
incidents-since = Since
incidents-case = Case
incidents-step = Step
incidents-attempts = Attempts
incidents-requester = Requester
incidents-clear = Show all incidents
incidents-none = No incidents
incidents-none-hint = When an action fails, or a step finds nobody, it appears here.
incidents-no-match = No incident matches.

incident-title = Incident · { $number }
incident-case = Open the case
incident-none = Nothing of this case waits for an operator
incident-none-hint = It was seen to, or the case went on.
incident-attempt = Attempt { $number }
incident-told = The requester sees: { $told }
incident-reason = Reason
incident-reason-kept = required; kept in the case's history, where participants read it
incident-reason-missing = Say why.
incident-retry = Try again
incident-skip = Go on without it
incident-retry-action = “{ $step }” is carried out once more, at once.
incident-retry-unknown = The last attempt may have taken effect. “{ $step }” is carried out once more: make sure first that twice does no harm.
incident-retry-step = The case enters “{ $step }” once more.
incident-skip-does = The case goes on without “{ $step }”; the requester does not get what it makes.
incident-cannot-skip = A step that people must decide cannot be skipped.

incident-kind-failed = The action failed
incident-kind-interrupted = Interrupted, outcome unknown
incident-kind-process = The process cannot go on
incident-failure-unavailable = Storage or another system was not there.
incident-failure-records-changed = The records that were approved are gone, or have changed.
incident-failure-not-as-approved = What would be done is not what was approved.
incident-failure-too-large = A limit was exceeded.
incident-failure-timed-out = It took too long.
incident-failure-interrupted = The action was interrupted; nobody knows whether it took effect.
incident-failure-internal = A mistake of the program.
incident-cause-nobody = Nobody can do it, and no administrator can name somebody.
incident-cause-expression = An expression had no result.
incident-cause-message = A message could not be rendered.
incident-cause-limit = A limit of the process was reached.
incident-cause-undo = The steps that take the action back came to nothing.
