# The sign-in page. Whether a login exists is not told.

sign-in-title = Sign in
sign-in-verse = Nothing leaves without its person, nothing is done without its seal
sign-in-purpose = Customer data: requested, approved, on record
sign-in-login = Login
sign-in-password = Password
sign-in-submit = Sign in
sign-in-wrong = Login and password do not match; please try again. If you forgot the password, ask your administrator for a new one.
sign-in-limited = Too many tries. You may try again { $moment } ({ $left }).
sign-in-ended = Your session has ended; please sign in again. Nothing that was not sent has taken effect.
sign-in-demo = Demo: choose a colleague to be
sign-in-own = Sign in with login and password
sign-in-demo-note = All data in this demo is made up.
sign-in-todo = { $count ->
    [one] { $count } task
   *[other] { $count } tasks
}
sign-in-nothing = no tasks
sign-in-code-title = Second factor
sign-in-code-hint = { $login }, open your authenticator and type the 6 digits that it shows now.
sign-in-code = Code
sign-in-code-wrong = This code is wrong or was used before. Type the 6 digits shown now; if they never work, check the clock of your phone.
sign-in-code-submit = Continue
sign-in-demo-code = Demo: the code right now is <b>{ $code }</b>
sign-in-other = Use another account
