# Starting something: the catalogue, a request being written, the path after sending; and the fields that all forms share.

start-title = Start
start-lead = Choose a process. What you send goes to whoever has to decide.
start-search = Find a process
start-search-do = Find
start-steps = Who handles it
start-draft = draft, saved { $ago }
start-running = { $count } running
start-none-found = No process matches. Try another word.
start-show-all = Show all processes
start-none = There is no process you may start. If you need one, ask a process administrator.
start-all = All processes
start-saved = Draft saved, { $at }
start-after = After you submit
start-submit = Submit the request
start-check = Check
start-todo = { $count ->
    [one] One thing is missing:{" "}
   *[other] { $count } things are missing:{" "}
}

path-title = After you submit
path-unknown = Choose records and fields to see who decides, and when at the latest.
path-you = <b>You</b> submit
path-person = <b>{ $who }</b>: { $step }
path-people = <b>{ $who }</b> (any of { $count }): { $step }
path-machine = <b>The system</b>: { $step }
path-message = <b>The system</b> tells { $to }
path-download = <b>You</b> download
path-download-terms = { $copies } times within { $period }
path-nobody = <b>To be named</b>: { $step }
path-nobody-hint = nobody fits now; a process administrator names somebody once you submit
path-latest = by { $at } at the latest
path-frozen = the request is frozen then
path-because = Because{" "}
path-and = , and{" "}
path-because-clear = { $fields } in clear
path-because-records = more than { $over } records
path-faster = In a hurry?{" "}
path-faster-by = Want it { $saves } sooner?{" "}
path-shorter-mask = Ask for { $fields } masked, and { $spares } is not needed.
path-shorter-fewer = Ask for at most { $records } records, and { $spares } is not needed.
path-shorter-mask-and-fewer = Ask for { $fields } masked and for at most { $records } records, and { $spares } is not needed.
path-shorter-do = Mask it

sum-title = This request
sum-records = Records
sum-count = <b>{ $count }</b>
sum-unknown = not known yet
sum-clear = Clear
sum-masked = Masked
sum-fields = { $count ->
    [one] { $count } field
   *[other] { $count } fields
}
sum-nothing = none

field-optional = optional
field-none = none
field-yes = Yes
field-no = No
field-row-add = Add a row
field-row-remove = Remove this row

conditions = Conditions; all must hold
condition-field = Field
condition-op = Relation
condition-value = Value
condition-from = From
condition-to = to
condition-until = Until
condition-add = Add a condition
condition-remove = Remove the condition: { $field }
condition-refresh = Update
count-match = { $register } { $count ->
    [one] record matches
   *[other] records match
}
count-of = of { $of } that you may ask for. Frozen when you submit; later ones are not included
count-unknown = Not counted yet
count-unknown-hint = mend the conditions marked above
count-sample = Show the first 20
count-sample-caption = The first { $shown }, as your clearance shows them

pick-caption = Choose fields and how they are delivered
pick-field = Field
pick-level = Level
pick-delivery = Delivered
pick-sample = In the file (example)
pick-legend = How { $field } is delivered
pick-none = No
pick-masked = Masked
pick-clear = Clear
pick-wanted = Yes
pick-nothing = not included

problem-reversed = The wrong way round: the first may not lie behind the second.
problem-no-records = No record matches. Widen a condition or remove one.
problem-no-fields = No field is chosen. Choose at least one.
problem-taken = Another record has the same value. Search for it first rather than adding it twice.
