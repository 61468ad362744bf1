# What may be wrong with a field of a form. No message repeats what was entered.

field-required = Please fill this in.
field-unknown = The form has no such field.
field-wrong-type = This cannot be read.
field-cannot-be-checked = This could not be checked. Please tell the process administrator.
field-one-line = One line only.
field-characters = It holds an invisible character, or one that changes the direction of text. Delete it and type it again.
field-too-short = Too short: at least { $limit } characters.
field-too-long = Too long: at most { $limit } characters.
field-number = Enter a number, such as 1200 or 0.5.
field-number-digits = The number is too long: at most { $limit } digits.
field-places = At most { $limit } decimal places.
field-min = Not below { $limit }.
field-max = Not above { $limit }.
field-date = Enter a day, such as 2026-11-20.
field-not-an-option = Choose one of the options.
field-person = Nobody who works here has this name.
field-mobile = This is not a mobile number: { $reason ->
        [length] it has 11 digits.
        [prefix] no number begins like this.
       *[other] it has digits only.
    }
field-resident-id = This is not an identity number: { $reason ->
        [length] it has 18 characters.
        [prefix] there is no such region.
        [date] the date of birth does not exist.
        [check_digit] its check digit does not fit. Look for a slip in one place.
       *[other] it has digits only, and perhaps X at the end.
    }
field-bank-card = This is not a card number: { $reason ->
        [length] it has the wrong length.
        [prefix] no card begins like this.
        [check_digit] its check digit does not fit. Look for a slip in one place.
       *[other] it has digits only.
    }
field-records = Choose the records again.
field-pick-unknown = A field that was chosen is gone. Choose again.
field-pick-twice = The field “{ $name }” was chosen twice.
field-too-many-rows = At most { $limit } rows.
field-owner = You cannot give records to this person. Choose another.
field-not-unique = Another record already has this value.

# Choosing records by conditions.

selection-unknown-field = There is no such field to ask for.
selection-impossible = The field “{ $name }” cannot be asked in this way.
selection-value = The value of this condition is incomplete or has the wrong form.
selection-too-many = These are too many records; at most { $limit } at once. Narrow the selection.
selection-gone = Some of the chosen records no longer exist or are out of your reach. Choose again.
