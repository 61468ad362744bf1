use super::{Period, Unit};

#[test]
fn durations_are_read_in_english_in_chinese_and_as_iso() {
    let check = |text: &str, amount, unit| assert_eq!(Period::parse(text), Some(Period { amount, unit }), "{text}");
    check("30 seconds", 30, Unit::Seconds);
    check("30 minutes", 30, Unit::Minutes);
    check("1 hour", 1, Unit::Hours);
    check("4 hours", 4, Unit::Hours);
    check(" 2  days ", 2, Unit::Days);
    check("1 week", 7, Unit::Days);
    check("6 months", 6, Unit::Months);
    check("3 years", 36, Unit::Months);
    check("8 working hours", 8, Unit::WorkingHours);
    check("1 working day", 1, Unit::WorkingDays);
    check("30 秒", 30, Unit::Seconds);
    check("30 分钟", 30, Unit::Minutes);
    check("4 小时", 4, Unit::Hours);
    check("4 个小时", 4, Unit::Hours);
    check("2 天", 2, Unit::Days);
    check("2天", 2, Unit::Days);
    check("6 个月", 6, Unit::Months);
    check("8 工作小时", 8, Unit::WorkingHours);
    check("8 个工作小时", 8, Unit::WorkingHours);
    check("3 个工作日", 3, Unit::WorkingDays);
    check("3个工作日", 3, Unit::WorkingDays);
    check("PT4H", 4, Unit::Hours);
    check("PT1H30M", 90, Unit::Minutes);
    check("PT30S", 30, Unit::Seconds);
    check("P2D", 2, Unit::Days);
    check("P1W", 7, Unit::Days);
    check("P1Y6M", 18, Unit::Months);
    check("P3Y", 36, Unit::Months);
    check("0 minutes", 0, Unit::Minutes);
    check("30 years", 360, Unit::Months);
}

#[test]
fn what_is_no_duration_is_not_guessed_at() {
    for text in [
        "",
        "8",
        "hours",
        "eight hours",
        "-1 day",
        "1.5 hours",
        "1 fortnight",
        "4hours",
        "P",
        "PT",
        "P1DT4H",
        "PTH",
        "PT30M1H",
        "p2d",
        "31 years",
        "4294967295 weeks",
        "99999999999 days",
        "1 working month",
        "2 working",
        "１ 天",
    ] {
        assert_eq!(Period::parse(text), None, "{text}");
    }
}

#[test]
fn a_duration_is_shown_as_it_may_be_written() {
    for text in ["1 working day", "3 working days", "30 seconds", "1 month", "8 working hours", "0 minutes"] {
        let period = Period::parse(text).unwrap();
        assert_eq!(period.to_string(), text);
    }
}
