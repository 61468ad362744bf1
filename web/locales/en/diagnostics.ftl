# Diagnostics of definition files: one message per code; .help says how to mend it.

D001 = From here on the file is not YAML.
    .help = Usual causes: a bracket or quote that is not closed, uneven indentation, a colon without a space behind it. Look at this line and the one before.

D002 = The file is not UTF-8{ $found ->
        [unknown] { "" }
        *[other] ; it looks like { $found }
    }.
    .help = Save it as UTF-8 in your editor.

D003 = The file has { $size } bytes; at most { $limit } are read.
    .help = Split it into several forms or workflows.

D004 = It is nested more than { $limit } levels deep.
    .help = Look for brackets written twice, or move inner steps outwards.

D005 = A second document begins in the same file.
    .help = A file holds one definition. Remove the separator, or move what follows into a file of its own.

D006 = The file says nothing.
    .help = Write the definition, or delete the file.

D007 = YAML takes “{ $found }” for a tag, which changes the meaning.
    .help = Put the whole value in double quotes.

D008 = An anchor (&) stands here; definitions do not use them.
    .help = If the value itself begins with &, put it in double quotes; otherwise write the content out.

D009 = An alias (*) stands here; definitions do not use them.
    .help = If the value itself begins with *, put it in double quotes; otherwise write the content out.

D010 = “{ $key }” stands twice, first in line { $first }.
    .help = Keep one of them.

D011 = There is no key “{ $key }” here.{ $guess ->
        [yes] { " " }Did you mean “{ $suggestion }”?
        *[no] { "" }
    }
    .help = These keys may stand here: { $known }.

D012 = A tab is used for indentation.
    .help = Use spaces instead; most editors can turn the Tab key into spaces.

D013 = The “{ $found }” here is full-width; YAML reads “{ $meant }” only.
    .help = Type it in ASCII. If it belongs to a text, put the whole text in double quotes.

D014 = An invisible character, or one that changes the direction of text, stands here ({ $character }).
    .help = It usually comes with copied text. Delete this part and type it again.

D015 = A text that begins with two braces is not quoted.
    .help = Put the whole text in double quotes, or YAML takes the braces for structure.

D016 = A key must be a single word.
    .help = Write the key as one word, followed by a colon and a space.

D017 = A value that begins with “{ $found }” has a meaning of its own in YAML.
    .help = Put the whole value in double quotes.

D018 = “{ $key }” is missing here.
    .help = Add the key.

D019 = This should be { $expected ->
        [list] a list
        [keys] keys with values
        [number] a number
        [yes_no] true or false
        [nothing] nothing
        *[text] text
    }, but it is { $found ->
        [list] a list
        [keys] keys with values
        [number] a number
        [yes_no] true or false
        [nothing] nothing
        *[text] text
    }.
    .help = A list is written [a, b], keys with values a: b; write true and false for yes and no.

D020 = Nothing stands here yet; it should be { $expected ->
        [list] a list
        [keys] keys with values
        [number] a number
        [yes_no] true or false
        [nothing] nothing
        *[text] text
    }.
    .help = Write the value, or remove the key.

D021 = “{ $found }” cannot stand here.{ $guess ->
        [yes] { " " }Did you mean “{ $suggestion }”?
        *[no] { "" }
    }
    .help = These may stand here: { $known }.

D022 = “{ $found }” cannot be a name that expressions use.
    .help = Begin with a small letter and use small letters, digits and underscores, at most 64 characters: first_name.

D023 = “{ $found }” cannot name a form, workflow, role or department.
    .help = Begin with a small letter and use small letters, digits and hyphens, at most 64 characters: export-request.

D024 = Expressions give “{ $found }” a meaning of their own; it cannot be a name.
    .help = Choose another name, for example with a word added: case_type.

D025 = This says “{ $found }”, the file is called “{ $stem }”.
    .help = Make them equal, so that a reference can be followed by its name.

D026 = “{ $found }” cannot be a sign-in name.
    .help = Begin with a small letter, as in li.na, at most 64 characters.

D027 = There is no language “{ $found }”.
    .help = Write zh (which is zh-CN) or en.

D028 = “{ $found }” is no duration.
    .help = Write 30 minutes, 4 hours, 2 days, 6 months, 8 working hours, 3 working days, or PT4H.

D029 = There is no day “{ $found }”.
    .help = Write year, month and day: 2026-11-20.

D030 = The opening hours “{ $found }” cannot be read, or overlap others.
    .help = Write mon-fri: ["09:00-12:00", "13:00-18:00"]: weekdays from mon to sun, each named once, the day's stretches in order without overlap, and at least one open day.

D031 = “{ $found }” is out of bounds: from { $least } to { $most }.
    .help = Write a whole number within the bounds.

D032 = More than { $limit } problems were found in this file; the rest is not listed.
    .help = Mend those that are listed, then check again.

D033 = A control character stands here ({ $character }).
    .help = Remove it. It is often invisible: delete this part and type it again.

D034 = At most { $limit } may stand here.
    .help = Use fewer, or split them up.

D035 = “{ $file }” is not read: files of forms and workflows end in .yaml.
    .help = Rename it so that it ends in .yaml, or move it elsewhere.

D036 = There is no time zone “{ $found }”.
    .help = Write continent and city: Asia/Shanghai.

D037 = This line of the calendar file cannot be read: “{ $found }”.
    .help = Use an iCalendar file (.ics) with all-day events (DTSTART, DTEND) and no recurrence rules (RRULE).

D038 = There is no mask “{ $found }”.
    .help = Write name, mobile, id, card, email, address, all, or 3*4 (the first three and last four stay, at most nine on each side).

D100 = There is no form “{ $name }”.{ $guess ->
        [yes] { " " }Did you mean “{ $suggestion }”?
        *[no] { "" }
    }
    .help = Forms stand in forms/, one to a file.

D101 = There is no role “{ $name }”.{ $guess ->
        [yes] { " " }Did you mean “{ $suggestion }”?
        *[no] { "" }
    }
    .help = Roles are defined under roles in chancery.yaml.

D102 = There is no field “{ $name }”.{ $guess ->
        [yes] { " " }Did you mean “{ $suggestion }”?
        *[no] { "" }
    }
    .help = Only fields of the form may stand here.

D103 = There is no department “{ $name }”.{ $guess ->
        [yes] { " " }Did you mean “{ $suggestion }”?
        *[no] { "" }
    }
    .help = Check the spelling.

D104 = There is no person “{ $name }”.{ $guess ->
        [yes] { " " }Did you mean “{ $suggestion }”?
        *[no] { "" }
    }
    .help = Check the spelling.

D105 = “{ $name }” is no register: it keeps no records.
    .help = Name a form with kind: register.

D106 = “{ $name }” is taken, in line { $first }.
    .help = Choose another name.

D107 = There is no file “{ $path }”.{ $guess ->
        [yes] { " " }Did you mean “{ $suggestion }”?
        *[no] { "" }
    }
    .help = Paths begin at the workspace's folder and use /.

D108 = Managers lead back to themselves: { $chain }.
    .help = Mend the manager of one of them; whoever is at the top has none.

D109 = Departments lead back to themselves: { $chain }.
    .help = Mend the parent of one of them; the topmost has none.

D110 = “{ $login }” is represented by { $deputy }, whose own deputies lead back to them in the same days.
    .help = Choose another deputy, or other days.

D111 = The last day of the absence lies before its first.
    .help = `until` is the last day; it is `from` or later.

D150 = There is no “{ $name }”.{ $guess ->
        [yes] { " " }Did you mean “{ $suggestion }”?
        *[no] { "" }
    }
    .help = You may use request.FIELD, requester, the names under let, and steps.STEP.outcome of earlier steps; in a form, the fields by name.

D151 = “{ $name }” holds several values; say which one.
    .help = You may write: { $known }.

D152 = There is no function “{ $name }”.{ $guess ->
        [yes] { " " }Did you mean “{ $suggestion }”?
        *[no] { "" }
    }
    .help = Functions: max_level count date days len contains starts_with min max round is_empty.

D153 = “{ $name }” is a register; nobody starts a workflow with it.
    .help = Name a request form, one without kind: register.

D154 = There is no outcome “{ $name }”.{ $guess ->
        [yes] { " " }Did you mean “{ $suggestion }”?
        *[no] { "" }
    }
    .help = You may write: { $known }. List your own under outcomes first.

D155 = No approve step “{ $name }” comes before this one.{ $guess ->
        [yes] { " " }Did you mean “{ $suggestion }”?
        *[no] { "" }
    }
    .help = Name an approve step that comes earlier on the same way.

D156 = No step “{ $name }” to return to comes before this one.{ $guess ->
        [yes] { " " }Did you mean “{ $suggestion }”?
        *[no] { "" }
    }
    .help = Name an approve or fill step before it in the same or an enclosing list, or write requester, previous or any.

D200 = A field of type “{ $type }” holds personal data and must say its sensitivity.
    .help = Add sensitivity: L1 or a higher level; a table says it for all its columns.

D201 = A field of type “{ $type }” has no “{ $key }”.
    .help = Remove the key, or choose another type.

D202 = “{ $name }” cannot stand here; it takes { $expected ->
        [person] a person field
        [text] a text, mobile, identity or card field
        [records] a records field
        [fields] a register_fields field
        *[other] { $expected }
    }.
    .help = Name another field, or change its type.

D203 = The smallest value, { $least }, is above the largest, { $most }.
    .help = Swap or mend them.

D204 = Values of { $level } cannot be shown to everybody.
    .help = Write others_see: masked or others_see: nothing.

D205 = A field of type “{ $type }” cannot be searched by “{ $search }”.
    .help = Encrypted values are found by exact (the whole), last4 (numbers) and prefix (text) only.

D206 = “{ $key }” is for forms with kind: register only.
    .help = Add kind: register, or remove this part.

D250 = The two sides differ and cannot be compared: { $left ->
        [bool] yes or no
        [number] a number
        [text] text
        [date] a date
        [moment] a moment
        [span] a length of time
        [level] a level
        [person] a person
        [department] a department
        [records] a set of records
        [fields] a choice of fields
        [list] a list
        *[map] several values
    } and { $right ->
        [bool] yes or no
        [number] a number
        [text] text
        [date] a date
        [moment] a moment
        [span] a length of time
        [level] a level
        [person] a person
        [department] a department
        [records] a set of records
        [fields] a choice of fields
        [list] a list
        *[map] several values
    }.
    .help = Make both sides alike: numbers without quotes, text in double quotes, days as date("2026-11-20"), levels as L0 to L3.

D251 = “{ $operator }” cannot be used here: { $left ->
        [bool] yes or no
        [number] a number
        [text] text
        [date] a date
        [moment] a moment
        [span] a length of time
        [level] a level
        [person] a person
        [department] a department
        [records] a set of records
        [fields] a choice of fields
        [list] a list
        *[map] several values
    } and { $right ->
        [bool] yes or no
        [number] a number
        [text] text
        [date] a date
        [moment] a moment
        [span] a length of time
        [level] a level
        [person] a person
        [department] a department
        [records] a set of records
        [fields] a choice of fields
        [list] a list
        *[map] several values
    }.
    .help = Text can only be equal or not; add days to a date with days(3); turn records and fields into count or max_level first.

D252 = “{ $operator }” takes { $expected ->
        [bool] yes or no
        [number] a number
        [text] text
        [date] a date
        [moment] a moment
        [span] a length of time
        [level] a level
        [person] a person
        [department] a department
        [records] a set of records
        [fields] a choice of fields
        [list] a list
        *[map] several values
    }; this is { $found ->
        [bool] yes or no
        [number] a number
        [text] text
        [date] a date
        [moment] a moment
        [span] a length of time
        [level] a level
        [person] a person
        [department] a department
        [records] a set of records
        [fields] a choice of fields
        [list] a list
        *[map] several values
    }.
    .help = Make it a comparison, for example rows > 0.

D253 = “{ $name }” may be empty; say what counts then.
    .help = Write a value for that case with ??, for example ({ $name } ?? 0), or make the field required: true.

D254 = This needs { $expected ->
        [bool] yes or no
        [number] a number
        [text] text
        [date] a date
        [moment] a moment
        [span] a length of time
        [level] a level
        [person] a person
        [department] a department
        [records] a set of records
        [fields] a choice of fields
        [list] a list
        *[map] several values
    }, but it is { $found ->
        [bool] yes or no
        [number] a number
        [text] text
        [date] a date
        [moment] a moment
        [span] a length of time
        [level] a level
        [person] a person
        [department] a department
        [records] a set of records
        [fields] a choice of fields
        [list] a list
        *[map] several values
    }.
    .help = A condition is a comparison that can be answered yes or no; an argument of an action names a field of its type.

D255 = “{ $name }” does not take this.
    .help = For example: { $expected }.

D256 = “{ $name }” takes { $expected }, but { $found } are given.
    .help = Add what is missing, or remove what is too much.

D257 = The two sides of ?? differ: { $left ->
        [bool] yes or no
        [number] a number
        [text] text
        [date] a date
        [moment] a moment
        [span] a length of time
        [level] a level
        [person] a person
        [department] a department
        [records] a set of records
        [fields] a choice of fields
        [list] a list
        *[map] several values
    } and { $right ->
        [bool] yes or no
        [number] a number
        [text] text
        [date] a date
        [moment] a moment
        [span] a length of time
        [level] a level
        [person] a person
        [department] a department
        [records] a set of records
        [fields] a choice of fields
        [list] a list
        *[map] several values
    }.
    .help = The value that stands in must be of the same type.

D258 = The two results of if differ: { $left ->
        [bool] yes or no
        [number] a number
        [text] text
        [date] a date
        [moment] a moment
        [span] a length of time
        [level] a level
        [person] a person
        [department] a department
        [records] a set of records
        [fields] a choice of fields
        [list] a list
        *[map] several values
    } and { $right ->
        [bool] yes or no
        [number] a number
        [text] text
        [date] a date
        [moment] a moment
        [span] a length of time
        [level] a level
        [person] a person
        [department] a department
        [records] a set of records
        [fields] a choice of fields
        [list] a list
        *[map] several values
    }.
    .help = Both results must be of the same type.

D259 = The list mixes { $left ->
        [bool] yes or no
        [number] a number
        [text] text
        [date] a date
        [moment] a moment
        [span] a length of time
        [level] a level
        [person] a person
        [department] a department
        [records] a set of records
        [fields] a choice of fields
        [list] a list
        *[map] several values
    } and { $right ->
        [bool] yes or no
        [number] a number
        [text] text
        [date] a date
        [moment] a moment
        [span] a length of time
        [level] a level
        [person] a person
        [department] a department
        [records] a set of records
        [fields] a choice of fields
        [list] a list
        *[map] several values
    }.
    .help = Keep the values of a list alike.

D260 = It looks for { $left ->
        [bool] yes or no
        [number] a number
        [text] text
        [date] a date
        [moment] a moment
        [span] a length of time
        [level] a level
        [person] a person
        [department] a department
        [records] a set of records
        [fields] a choice of fields
        [list] a list
        *[map] several values
    } in a list of { $right ->
        [bool] yes or no
        [number] a number
        [text] text
        [date] a date
        [moment] a moment
        [span] a length of time
        [level] a level
        [person] a person
        [department] a department
        [records] a set of records
        [fields] a choice of fields
        [list] a list
        *[map] several values
    } and would never find it.
    .help = Make them alike.

D261 = in needs a list on its right; this is { $right ->
        [bool] yes or no
        [number] a number
        [text] text
        [date] a date
        [moment] a moment
        [span] a length of time
        [level] a level
        [person] a person
        [department] a department
        [records] a set of records
        [fields] a choice of fields
        [list] a list
        *[map] several values
    } (on the left: { $left ->
        [bool] yes or no
        [number] a number
        [text] text
        [date] a date
        [moment] a moment
        [span] a length of time
        [level] a level
        [person] a person
        [department] a department
        [records] a set of records
        [fields] a choice of fields
        [list] a list
        *[map] several values
    }).
    .help = Write a list as ["a", "b"]; to look inside a text use contains(text, part).

D270 = This step does not say what kind it is.{ $guess ->
        [yes] { " " }Did you mean “{ $suggestion }”?
        *[no] { "" }
    }
    .help = Every step has one key that names its kind, with the id as its value: { $known }.

D271 = A step cannot be both { $first } and { $second }.
    .help = Make two steps of it.

D272 = A { $kind } step has no “{ $key }”; it belongs to { $kinds }.
    .help = Remove it, or use a step of the other kind.

D273 = The branch does not say what happens otherwise.
    .help = Add { "{" } else: true, steps: [] { "}" } as its last case.

D274 = Cases after else are never reached.
    .help = Move else to the end.

D275 = else is written else: true.
    .help = Put a condition into an if before it.

D276 = A case has either if or else.
    .help = Make two cases of it.

D277 = “{ $key }” needs a due time.
    .help = Add one, for example due: 1 working day.

D278 = This rung ({ $after }) comes before the one above it ({ $earlier }).
    .help = Put the rungs in order of time.

D279 = The rung above ends the step; this one is never reached.
    .help = Let do be the last rung.

D280 = A rung does exactly one thing.
    .help = Choose one of: { $known }.

D281 = “{ $name }” must be filled in but cannot be.
    .help = Name it in edit as well.

D282 = It is unclear whom “{ $found }” means.
    .help = For example: requester.manager, role:dpo, department:legal.head, person:li.na, request.FIELD.

D283 = “{ $found }” means nobody at this place.
    .help = assignee is for reminders and escalation; who may start is a role:, department: or person:.

D284 = An export cannot be written as “{ $found }”.
    .help = Formats: { $known }.

D285 = The records are of “{ $records }”, the fields of “{ $fields }”.
    .help = Take both from one register.

D286 = The share of votes “{ $found }” cannot be read.
    .help = Write a percentage above 0 and up to 100 with at most two decimal places, or a number of votes.

D287 = A fill step asks for no verdict to vote on.
    .help = Use any, all or in_order here, or an approve step to vote.

D288 = Nobody could agree: allow has no approve.
    .help = Add approve to allow.

D290 = A workflow starts in exactly one way.
    .help = Give exactly one of these under start: { $known }.

D291 = The cron line “{ $found }” cannot be read.
    .help = Write five fields: minute, hour, day, month, weekday, as in 0 2 * * 1.

D292 = “{ $found }” is no time of day.
    .help = Write it as 02:00.

D293 = There is no branch here that could end alone.
    .help = on_reject: branch stands inside a branch, a parallel or an each; elsewhere write end or continue.

D294 = A wait waits for one thing.
    .help = Write exactly one of for, until and event.

D295 = “{ $key }” only goes with an event.
    .help = Take it out, or wait for an event.

D296 = “{ $name }” held { $expected } before and would hold { $found } now.
    .help = A variable keeps its type: use another name.

D297 = The name “{ $name }” is in use already.
    .help = A let, a variable and the item of an each need names of their own.

D298 = An argument of the action uses “{ $name }”, which nobody approved as it is.
    .help = Use fields of the request and let values: approvals are bound to them, variables and items may change.

D299 = “{ $found }” cannot take an action back: the case has been decided, and nobody would approve what follows.
    .help = In undo use fill, notify, set and the steps that nest them.

D350 = An expression belongs here.
    .help = For example rows > 500; a text is written '"call"'.

D351 = The expression has more than { $limit } characters.
    .help = Split it with let.

D352 = The expression is nested too deeply, or a chain or a text in it is too long.
    .help = Split it with let; a row of || may become in [1, 2, 3].

D353 = From here on the expression cannot be read: “{ $near }”.
    .help = Check that brackets and quotes are closed and that no operator is missing or doubled.

D354 = The expression stops in the middle.
    .help = Write the rest, or close the bracket or quote.

D355 = “{ $found }” is written “{ $instead }” here.
    .help = And is &&, or is ||, not is !, equal is ==, unequal is !=, and is_empty(…) asks whether nothing was entered.

D356 = Text stands in double quotes, not single ones.
    .help = Write "…"; where the whole expression is a text, write '"call"'.

D357 = “c ? a : b” is not used here.
    .help = Write if c { "{" } a { "}" } else { "{" } b { "}" }; a value for what may be empty is written with ??.

D358 = Comparisons cannot be chained.
    .help = Split them and join them with &&: 1 < rows && rows < 5.

D359 = Expressions do not have this: “{ $near }”.
    .help = They have comparisons, arithmetic, && || !, in, ??, if else, and the functions that are listed.

D360 = This if has no else.
    .help = Say what it is otherwise.

D361 = date(…) takes a day that is written out.
    .help = For example date("2026-11-20"); a date field needs no date(…).

D362 = There is no day “{ $found }”.
    .help = Write year, month and day: date("2026-11-20").

D370 = The template has more than { $limit } characters.
    .help = Make it shorter.

D371 = The template cannot be read: “{ $near }”.
    .help = Check that the double braces are closed, and that every if and for has its endif and endfor.

D372 = Messages do not calculate: “{ $near }”.
    .help = Work it out in a let and name that here.

D373 = Messages have no “{ $found }”.
    .help = You may write: { $known }.

D374 = There is no filter “{ $name }”.{ $guess ->
        [yes] { " " }Did you mean “{ $suggestion }”?
        *[no] { "" }
    }
    .help = Filters: { $known }.

D375 = “{ $name }” has no text of its own: it is { $found ->
        [bool] yes or no
        [number] a number
        [text] text
        [date] a date
        [moment] a moment
        [span] a length of time
        [level] a level
        [person] a person
        [department] a department
        [records] a set of records
        [fields] a choice of fields
        [list] a list
        *[map] several values
    }.
    .help = Make a value of it in a let first, with count or max_level.

D400 = “{ $key }” is not built yet.
    .help = Remove it for now: left standing it would seem to work.

D401 = “{ $found }” is not built yet.
    .help = Write it another way for now.

D402 = The field type “{ $type }” is not built yet.
    .help = Use another type for now, for example text.

D450 = “{ $name }” in expressions is not built yet.
    .help = Write it another way for now.

D451 = Steps of kind { $found } are not built yet.
    .help = Use approve, fill, notify, run, branch and end for now.

D452 = This way of naming people is not built yet: “{ $found }”.
    .help = Name a role, a department or a person for now.

D510 = When { $count } of the possible requesters ask, nobody can answer at “{ $step }” and no active administrator can name somebody: { $people }.
    .help = Choose the people in another way, or say with if_nobody what happens without them. An active administrator would do as well.

D511 = When { $count } of the possible requesters ask, “{ $step }” finds nobody who may answer, and an administrator is asked to name somebody: { $people }.
    .help = If this is not what you mean, give these people a manager or the role, or say with if_nobody what happens.

D512 = Nobody may start this workflow at present.
    .help = Look at “by” under start, or give its role to those who should start it.

D513 = Rung { $rung } of “{ $step }” hands the work to people who had it already, for { $count } of the possible requesters: { $people }.
    .help = Let this rung hand it further up, as in “to: assignee.manager”, or use notify or do.

D514 = Without a list of people it was not checked whether somebody answers at each step.
    .help = Check again with --people and a file of people.

D515 = A rule begins the case, nobody can answer at “{ $step }”, and no active administrator can name somebody.
    .help = Choose the people in another way, or say with if_nobody what happens without them.

D516 = A rule begins the case, “{ $step }” finds nobody who may answer, and an administrator is asked to name somebody.
    .help = If this is not what you mean, give somebody the role, or say with if_nobody what happens.

D520 = On this path { $action } may touch { $level }, and nobody but the requester has approved.
    .help = Let somebody approve before “{ $step }”. A time-out, a skip and a fill are no approvals.

D521 = On this path { $action } may touch { $level }, and those who approve are surely cleared for { $clearance } only.
    .help = Before “{ $step }” let a role approve that is cleared for { $level }, and let the conditions lead all such requests there. A place such as a manager promises no clearance.

D529 = There are more than { $limit } possible paths, too many to prove that a second person approves on each.
    .help = Split the workflow, or have fewer steps that can be skipped or go on after a time-out.

D530 = “{ $step }” lists the field { $field }, which is { $level }; its people are surely cleared for { $clearance } only.
    .help = Take it out of see and edit, or let a role with a higher clearance do this.

D531 = The message of “{ $step }” carries a value of { $level }. Messages carry no personal data.
    .help = Take it out. Whoever is told can open the request and sees what they are cleared for.

D590 = “{ $step }” has no due time.
    .help = Write due, as in “due: 8 working hours”. Work without a due time is easily forgotten.

D591 = “{ $step }” has a due time, but neither a reminder nor an escalation.
    .help = Write remind or escalate, so that somebody asks after work that is due.

D592 = One and the same person decides at every step.
    .help = If one decision is enough, one step is enough; otherwise give one of them to somebody else.

D593 = The field { $field } is { $level }, and no step uses it.
    .help = Do not ask for personal data that nobody needs: remove the field, or list it under see where it is needed.
