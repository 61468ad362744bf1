//! Every diagnostic's code, in order of number. A page in `diagnostics/` and a message in each locale go with it.
//!
//! D001–D099 syntax, D100–D199 reference, D200–D299 type, D300–D399 expression, D400–D499 not yet, D510–D519 answers,
//! D520–D529 four-eyes, D530–D539 cleared, D540–D549 completes, D590–D599 advice.

use super::{Code, Kind};

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $number:literal $kind:ident;)*) => {
        $($(#[$doc])* pub const $name: Code = Code { number: $number, kind: Kind::$kind };)*

        /// All of them, in order of number.
        pub const ALL: &[Code] = &[$($name),*];
    };
}

codes! {
    /// The YAML cannot be read from here on.
    UNREADABLE = 1 Syntax;
    /// The file is not UTF-8. Arguments: `found`.
    NOT_UTF8 = 2 Syntax;
    /// The file is too large. Arguments: `size`, `limit`, in bytes.
    TOO_LARGE = 3 Syntax;
    /// The file is nested too deeply. Arguments: `limit`.
    TOO_DEEP = 4 Syntax;
    /// More than one document in a file.
    SECOND_DOCUMENT = 5 Syntax;
    /// The file says nothing.
    EMPTY_FILE = 6 Syntax;
    /// A tag such as `!x`; the value needs quotes. Arguments: `found`.
    TAG = 7 Syntax;
    /// An anchor such as `&x`.
    ANCHOR = 8 Syntax;
    /// An alias such as `*x`.
    ALIAS = 9 Syntax;
    /// A key stands twice. Arguments: `key`, `first`, the first one's line.
    DUPLICATE_KEY = 10 Syntax;
    /// A key that the language does not have here. Arguments: `key`, `suggestion` or empty, `known`.
    UNKNOWN_KEY = 11 Syntax;
    /// A tab where spaces are meant.
    TAB = 12 Syntax;
    /// Full-width punctuation where ASCII is meant. Arguments: `found`, `meant`.
    FULL_WIDTH = 13 Syntax;
    /// An invisible or bidirectional character in a name. Arguments: `character` as `U+200B`.
    INVISIBLE = 14 Syntax;
    /// A text that begins with `{{` needs quotes.
    TEMPLATE_NEEDS_QUOTES = 15 Syntax;
    /// A key that is not a plain word.
    COMPLEX_KEY = 16 Syntax;
    /// A value that begins with a character YAML gives a meaning of its own. Arguments: `found`.
    NEEDS_QUOTES = 17 Syntax;
    /// A key is missing. Arguments: `key`.
    MISSING_KEY = 18 Syntax;
    /// Something of another shape stands here. Arguments: `expected`, `found`.
    WRONG_SHAPE = 19 Syntax;
    /// A key without a value. Arguments: `expected`.
    EMPTY_VALUE = 20 Syntax;
    /// A word that is not among those allowed. Arguments: `found`, `suggestion` or empty, `known`.
    UNKNOWN_WORD = 21 Syntax;
    /// A name that expressions use must be `snake_case`. Arguments: `found`.
    NOT_SNAKE_CASE = 22 Syntax;
    /// This name must be `kebab-case`. Arguments: `found`.
    NOT_KEBAB_CASE = 23 Syntax;
    /// A word that expressions reserve. Arguments: `found`.
    RESERVED_WORD = 24 Syntax;
    /// A name that is not that of its file. Arguments: `found`, `stem`.
    NOT_FILE_STEM = 25 Syntax;
    /// A sign-in name with characters it may not have. Arguments: `found`.
    BAD_LOGIN = 26 Syntax;
    /// A language that does not ship. Arguments: `found`.
    UNKNOWN_LOCALE = 27 Syntax;
    /// A duration that cannot be read. Arguments: `found`.
    BAD_PERIOD = 28 Syntax;
    /// A day that cannot be read. Arguments: `found`.
    BAD_DATE = 29 Syntax;
    /// Opening hours that cannot be read. Arguments: `found`.
    BAD_HOURS = 30 Syntax;
    /// A number outside its bounds. Arguments: `found`, `least`, `most`.
    OUT_OF_BOUNDS = 31 Syntax;
    /// More was found than is listed. Arguments: `limit`.
    MORE_FOUND = 32 Syntax;
    /// A control character. Arguments: `character` as `U+0000`.
    CONTROL_CHARACTER = 33 Syntax;
    /// A list longer than it may be. Arguments: `limit`.
    TOO_MANY = 34 Syntax;
    /// A file whose place says nothing about what it is. Arguments: `file`.
    STRAY_FILE = 35 Syntax;
    /// A time zone that does not exist. Arguments: `found`.
    UNKNOWN_TIMEZONE = 36 Syntax;
    /// A calendar file that cannot be read. Arguments: `found`.
    BAD_CALENDAR_FILE = 37 Syntax;
    /// A mask rule that cannot be read. Arguments: `found`.
    BAD_MASK = 38 Syntax;

    /// No such form. Arguments: `name`, `suggestion` or empty.
    UNKNOWN_FORM = 100 Reference;
    /// No such role. Arguments: `name`, `suggestion` or empty.
    UNKNOWN_ROLE = 101 Reference;
    /// No such field. Arguments: `name`, `suggestion` or empty.
    UNKNOWN_FIELD = 102 Reference;
    /// No such department. Arguments: `name`, `suggestion` or empty.
    UNKNOWN_DEPARTMENT = 103 Reference;
    /// No such person. Arguments: `name`, `suggestion` or empty.
    UNKNOWN_PERSON = 104 Reference;
    /// A form that is no register. Arguments: `name`.
    NOT_A_REGISTER = 105 Reference;
    /// A name that is taken. Arguments: `name`, `first`, where.
    DUPLICATE_NAME = 106 Reference;
    /// A file that is not there. Arguments: `path`, `suggestion` or empty.
    MISSING_FILE = 107 Reference;
    /// Managers who lead back to themselves. Arguments: `chain`.
    MANAGER_CYCLE = 108 Reference;
    /// Departments that lead back to themselves. Arguments: `chain`.
    DEPARTMENT_CYCLE = 109 Reference;
    /// A deputy whose own deputies lead back. Arguments: `login`, `deputy`.
    DEPUTY_LEADS_BACK = 110 Reference;
    /// An absence whose last day lies before its first.
    ABSENCE_ENDS_BEFORE_IT_BEGINS = 111 Reference;

    /// No such name in an expression. Arguments: `name`, `suggestion` or empty, `near`.
    UNKNOWN_NAME = 150 Reference;
    /// A name that holds several values. Arguments: `name`, `known`, `near`.
    NAME_IS_GROUP = 151 Reference;
    /// No such function. Arguments: `name`, `suggestion` or empty, `near`.
    UNKNOWN_FUNCTION = 152 Reference;
    /// A form that starts no workflow: a register. Arguments: `name`.
    NOT_A_REQUEST = 153 Reference;
    /// No such outcome. Arguments: `name`, `suggestion` or empty, `known`.
    UNKNOWN_OUTCOME = 154 Reference;
    /// No earlier approve step of this name. Arguments: `name`, `suggestion` or empty.
    NO_EARLIER_APPROVE = 155 Reference;
    /// A step to return to that does not stand before. Arguments: `name`, `suggestion` or empty.
    NO_EARLIER_STEP = 156 Reference;

    /// A personal field must say its level. Arguments: `type`.
    SENSITIVITY_MISSING = 200 Type;
    /// A key that this field type does not have. Arguments: `key`, `type`.
    KEY_NOT_FOR_TYPE = 201 Type;
    /// A field of another type is needed. Arguments: `name`, `expected`.
    WRONG_FIELD_TYPE = 202 Type;
    /// A smallest value above the largest. Arguments: `least`, `most`.
    BOUNDS_CROSSED = 203 Type;
    /// A level whose values others see in clear. Arguments: `level`.
    LEVEL_OPEN = 204 Type;
    /// An encrypted field that cannot be searched like this. Arguments: `search`, `type`.
    SEARCH_NOT_POSSIBLE = 205 Type;
    /// A register key on a form that is none. Arguments: `key`.
    REGISTER_KEYS_ON_REQUEST = 206 Type;

    /// Values of two types compared. Arguments: `left`, `right`, `near`.
    MIXED_COMPARISON = 250 Type;
    /// An operator that does not take these. Arguments: `operator`, `left`, `right`, `near`.
    OPERATOR_TYPES = 251 Type;
    /// An operator that takes another type. Arguments: `operator`, `expected`, `found`, `near`.
    OPERAND_TYPE = 252 Type;
    /// A value that may be empty needs `??`. Arguments: `name`.
    MAY_BE_EMPTY = 253 Type;
    /// An expression that yields another type than is needed. Arguments: `expected`, `found`.
    WRONG_RESULT = 254 Type;
    /// An argument of the wrong type. Arguments: `name`, `expected`, an example, `found`, types with commas, `near`.
    ARGUMENT_TYPE = 255 Type;
    /// Too many arguments, or too few. Arguments: `name`, `expected`, `found`, `near`.
    ARGUMENT_COUNT = 256 Type;
    /// Both sides of `??` must be alike. Arguments: `left`, `right`, `near`.
    OTHERWISE_MIXED = 257 Type;
    /// Both branches of `if` must be alike. Arguments: `left`, `right`, `near`.
    IF_MIXED = 258 Type;
    /// All items of a list must be alike. Arguments: `left`, `right`, `near`.
    LIST_MIXED = 259 Type;
    /// What is looked for is of another type than the list's items. Arguments: `left`, `right`, `near`.
    IN_MIXED = 260 Type;
    /// `in` needs a list. Arguments: `left`, `right`, `near`.
    IN_NEEDS_LIST = 261 Type;
    /// A step without a kind. Arguments: `suggestion` or empty, `known`.
    STEP_OF_NO_KIND = 270 Type;
    /// A step of two kinds. Arguments: `first`, `second`.
    STEP_OF_TWO_KINDS = 271 Type;
    /// A key that belongs to another kind of step. Arguments: `key`, `kind`, `kinds`, those that have it.
    KEY_OF_OTHER_KIND = 272 Type;
    /// A branch without `else`.
    ELSE_MISSING = 273 Type;
    /// An `else` before the last case.
    ELSE_NOT_LAST = 274 Type;
    /// `else` is written `else: true`.
    ELSE_NOT_TRUE = 275 Type;
    /// A case with both `if` and `else`.
    IF_AND_ELSE = 276 Type;
    /// A reminder or an escalation without `due`. Arguments: `key`.
    NEEDS_DUE = 277 Type;
    /// A rung that comes before the one above it. Arguments: `after`, `earlier`.
    RUNGS_NOT_INCREASING = 278 Type;
    /// A rung after one that ends the step.
    RUNG_AFTER_END = 279 Type;
    /// A rung does exactly one thing. Arguments: `known`.
    RUNG_NEEDS_ONE_ACT = 280 Type;
    /// A field that must be filled in and cannot be. Arguments: `name`.
    REQUIRED_NOT_EDITABLE = 281 Type;
    /// A people selector that cannot be read. Arguments: `found`.
    SELECTOR_UNREADABLE = 282 Type;
    /// A people selector that means nobody at this place. Arguments: `found`.
    SELECTOR_NOT_HERE = 283 Type;
    /// A format that an export cannot write. Arguments: `found`, `known`.
    EXPORT_FORMAT = 284 Type;
    /// Records and fields of two registers. Arguments: `records`, `fields`.
    REGISTERS_DIFFER = 285 Type;
    /// A share of the votes that cannot be read. Arguments: `found`.
    BAD_SHARE = 286 Type;
    /// A vote in a step that asks for no verdict.
    NOTHING_TO_VOTE_ON = 287 Type;
    /// A step that asks for a verdict and allows none in favour.
    NOBODY_MAY_APPROVE = 288 Type;
    /// A workflow starts in exactly one way. Arguments: `known`.
    START_NEEDS_ONE_KIND = 290 Type;
    /// A cron line that cannot be read. Arguments: `found`.
    BAD_CRON = 291 Type;
    /// A time of day that cannot be read. Arguments: `found`.
    BAD_TIME = 292 Type;

    /// A rejection that should end its branch stands in none.
    NO_BRANCH_TO_END = 293 Type;
    /// A `wait` waits for one thing: `for`, `until` or `event`.
    WAITS_FOR_ONE = 294 Type;
    /// A key of a `wait` that goes with `event`. Arguments: `key`.
    WAITS_FOR_NO_EVENT = 295 Type;
    /// A case variable that had a value of another type before. Arguments: `name`, `expected`, `found`.
    VARIABLE_OF_OTHER_TYPE = 296 Type;
    /// A variable or an item that is called as something else already. Arguments: `name`.
    NAME_IN_USE = 297 Type;
    /// An argument of an action that nobody approved as it is: a case variable or an item. Arguments: `name`.
    ARGUMENT_NOT_APPROVED = 298 Type;
    /// A step that decides, acts or ends, where an action is taken back: nobody would have approved it. Arguments: `found`.
    NO_STEP_OF_AN_UNDO = 299 Type;

    /// There is no expression.
    EXPRESSION_EMPTY = 350 Expression;
    /// The expression is too long. Arguments: `limit`.
    EXPRESSION_TOO_LONG = 351 Expression;
    /// The expression is nested too deeply, or a text in it is too long. Arguments: `near`.
    EXPRESSION_TOO_DEEP = 352 Expression;
    /// The expression cannot be read from here. Arguments: `near`.
    EXPRESSION_UNREADABLE = 353 Expression;
    /// The expression stops in the middle. Arguments: `near`.
    EXPRESSION_UNFINISHED = 354 Expression;
    /// Another language's word or sign. Arguments: `found`, `instead`.
    WRITE_INSTEAD = 355 Expression;
    /// Text stands in double quotes.
    SINGLE_QUOTES = 356 Expression;
    /// `c ? x : y` is written `if c { x } else { y }`.
    QUESTION_MARK = 357 Expression;
    /// `a < b < c` is written `a < b && b < c`. Arguments: `near`.
    CHAINED_COMPARISON = 358 Expression;
    /// Rhai has it, expressions here do not. Arguments: `near`.
    CONSTRUCT = 359 Expression;
    /// An `if` without `else`. Arguments: `near`.
    IF_NEEDS_ELSE = 360 Expression;
    /// `date` takes a literal text. Arguments: `near`.
    DATE_NEEDS_LITERAL = 361 Expression;
    /// A day that does not exist. Arguments: `found`, `near`.
    DATE_UNREADABLE = 362 Expression;
    /// The template is too long. Arguments: `limit`.
    TEMPLATE_TOO_LONG = 370 Expression;
    /// The template cannot be read. Arguments: `near`.
    TEMPLATE_UNREADABLE = 371 Expression;
    /// Templates do not calculate; a `let` does. Arguments: `near`.
    TEMPLATE_CALCULATES = 372 Expression;
    /// A word that does not begin a `{% %}`. Arguments: `found`, `known`, `near`.
    TEMPLATE_WORD = 373 Expression;
    /// No such filter. Arguments: `name`, `suggestion` or empty, `known`, `near`.
    UNKNOWN_FILTER = 374 Expression;
    /// A value that has no text of its own. Arguments: `name`, `found`.
    TEMPLATE_CANNOT_SHOW = 375 Expression;

    /// The language has this key, this build does not. Arguments: `key`.
    KEY_NOT_YET = 400 NotYet;
    /// The language has this word, this build does not. Arguments: `found`.
    WORD_NOT_YET = 401 NotYet;
    /// The language has this field type, this build does not. Arguments: `type`.
    FIELD_TYPE_NOT_YET = 402 NotYet;
    /// Expressions of the language have this, those of this build do not. Arguments: `name`, `near`.
    NAME_NOT_YET = 450 NotYet;
    /// The language has this kind of step, this build does not. Arguments: `found`.
    STEP_KIND_NOT_YET = 451 NotYet;
    /// The language has this people selector, this build does not. Arguments: `found`.
    SELECTOR_NOT_YET = 452 NotYet;

    /// A step that nobody can answer, for some requesters. Arguments: `step`, `people`, some of them, `count`.
    NOBODY_ANSWERS = 510 Answers;
    /// A step for which an administrator must name somebody, for some requesters. Arguments: `step`, `people`, `count`.
    SOMEBODY_MUST_BE_NAMED = 511 Answers;
    /// Nobody in the directory may start the workflow.
    NOBODY_MAY_START = 512 Answers;
    /// A rung that hands the work to people who had it already. Arguments: `step`, `rung`, `people`, a requester, `count`.
    LADDER_LEADS_BACK = 513 Answers;
    /// Whether somebody answers was not checked: no directory was given.
    ANSWERS_NOT_CHECKED = 514 Answers;
    /// A step that nobody can answer where no person asks. Arguments: `step`.
    NOBODY_ANSWERS_A_RULE = 515 Answers;
    /// A step for which an administrator must name somebody where no person asks. Arguments: `step`.
    SOMEBODY_MUST_BE_NAMED_FOR_A_RULE = 516 Answers;

    /// A path to a guarded action without a second person. Arguments: `step`, `action`, `level`.
    NO_SECOND_PERSON = 520 FourEyes;
    /// A path to a guarded action on which no approver is surely cleared. Arguments: `step`, `action`, `level`, `clearance`.
    APPROVER_NOT_CLEARED = 521 FourEyes;
    /// More ways than are walked. Arguments: `limit`.
    FOUR_EYES_UNDECIDED = 529 FourEyes;

    /// A step shows a field to people below its level. Arguments: `step`, `field`, `level`, `clearance`.
    SHOWN_ABOVE_CLEARANCE = 530 Cleared;
    /// A message with a value of L1 or above. Arguments: `step`, `level`.
    MESSAGE_CARRIES_PERSONAL_DATA = 531 Cleared;

    /// A step for people without a due time. Arguments: `step`.
    NO_DUE_DATE = 590 Advice;
    /// A due time that nobody is reminded of. Arguments: `step`.
    NO_REMINDER = 591 Advice;
    /// One and the same person decides at every step.
    ONE_PERSON_DECIDES = 592 Advice;
    /// A protected field that nobody is shown and nothing uses. Arguments: `field`, `level`.
    FIELD_NOBODY_NEEDS = 593 Advice;
}
