# Words that the program writes into the pages of requests and cases: conditions, periods, examples, reasons, progress.

value-rows = { $count } { $count ->
    [one] row
   *[other] rows
}
unit-money = CNY
example-name = Chen Jianguo
example-person = Li Na
example-text = sample text

period-seconds = { $count } s
period-minutes = { $count } min
period-hours = { $count } h
period-days = { $count } { $count ->
    [one] day
   *[other] days
}
period-months = { $count } { $count ->
    [one] month
   *[other] months
}
period-working-hours = { $count } { $count ->
    [one] working hour
   *[other] working hours
}
period-working-days = { $count } { $count ->
    [one] working day
   *[other] working days
}

condition-created = Entered on
condition-updated = Last changed
relation-is = is
relation-is-not = is not
relation-between = is between
relation-before = is before or below
relation-after = is after or above
relation-empty = is empty
relation-last4 = ends with the 4 characters
relation-starts-with = begins with

chosen-ids = chosen one by one
chosen-everything = all that the requester may ask for
chosen-hidden = a condition that is not yours to see
chosen-and = {" "}and{" "}
chosen-also = ;{" "}
chosen-is = { $field } is { $value }
chosen-is-not = { $field } is not { $value }
chosen-in = { $field } is one of { $value }
chosen-before-day = { $field } is before { $value }
chosen-after-day = { $field } is after { $value }
chosen-below = { $field } is below { $value }
chosen-above = { $field } is above { $value }
chosen-between = { $field } is from { $value } to { $until }
chosen-empty = { $field } is empty
chosen-last4 = { $field } ends with { $value }
chosen-starts-with = { $field } begins with { $value }

start-section-first = Purpose
start-section-more = Other

because-level = { $level } or above is asked for
because-over = over { $over } records
because-otherwise = not { $conditions }
case-arm-when = taken when { $conditions }
case-arm-else = taken otherwise
case-arm-join = {" or "}
case-submit = Submit
case-each = for each of { $count ->
    [0] the items
    [one] 1 item
   *[other] { $count } items
}
case-repeat = up to { $most } times
case-machine = System
case-you = { $who } (you)
case-latest = at the latest { $at }
case-asks = { $who } asks: { $process }
case-asks-records = { $who } asks to export { $count } records of { $register }
case-demo-code = Nobody has a phone in this demo: the code is <b>{ $code }</b> now.
case-recaller = The system
case-file-kb = { $size } KB
case-file-mb = { $size } MB
case-nobody = none
case-participants = those who take part

# What became of an action that was taken back, in the diagram.
case-undoing = Being taken back
case-undone = Taken back
case-undone-late = Taken back after use
case-undone-kept = Not taken back
