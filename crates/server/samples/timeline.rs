//! What happened to the sample case and to a sample record; together every sentence there is.

use super::{Added, Day, Doer, Entry, Happened, TimeVerdict};
use crate::{
    i18n::Locale,
    view::{
        case::samples::person,
        shell::samples::{at, pick},
    },
};

fn entry(moment: &str, doer: Doer, what: Happened) -> Entry {
    Entry { at: at(moment), doer, what, quote: None, deputy_for: None }
}

fn quoted(entry: Entry, quote: String) -> Entry {
    Entry { quote: Some(quote), ..entry }
}

/// The history of the mock's case.
pub fn case_history(locale: Locale) -> Vec<Day> {
    let (li_na, zhang_wei) = (pick(locale, "李娜", "Li Na"), pick(locale, "张伟", "Zhang Wei"));
    let wang_lei = pick(locale, "王磊", "Wang Lei");
    let step = pick(locale, "直属主管审批", "Line manager");
    let by_li_na = || Doer::Person { who: person(locale, "李娜", "Li Na") };
    let by_zhang_wei = || Doer::Person { who: person(locale, "张伟", "Zhang Wei") };
    let thursday = vec![
        entry(
            "2026-11-19T15:10:00+08:00",
            by_li_na(),
            Happened::SubmittedRecords { who: li_na.clone(), records: 5280 },
        ),
        entry("2026-11-19T15:10:00+08:00", Doer::Machine, Happened::Assigned { step, to: wang_lei.clone() }),
        quoted(
            entry(
                "2026-11-19T16:40:00+08:00",
                Doer::Administrator { who: person(locale, "周敏", "Zhou Min") },
                Happened::Reassigned { who: pick(locale, "周敏", "Zhou Min"), from: wang_lei, to: zhang_wei.clone() },
            ),
            pick(locale, "王磊 11 月 18 日已离职。", "Wang Lei left on 18 November."),
        ),
        quoted(
            entry(
                "2026-11-19T17:05:00+08:00",
                by_zhang_wei(),
                Happened::Returned { who: zhang_wei.clone(), to: li_na.clone() },
            ),
            pick(
                locale,
                "回访用不到住址，请去掉；已注销的客户也不要。",
                "A call-back needs no address, and leave out closed accounts.",
            ),
        ),
    ];
    let changes = pick(locale, "去掉了 住址；记录从 5,280 条变为 5,000 条", "address removed, 5,280 records now 5,000");
    let today = vec![
        entry("2026-11-20T09:00:00+08:00", by_li_na(), Happened::Resubmitted { who: li_na.clone(), changes }),
        entry("2026-11-20T14:10:00+08:00", by_li_na(), Happened::Urged { who: li_na }),
        entry(
            "2026-11-20T15:02:00+08:00",
            Doer::Now,
            Happened::WaitingThen {
                on: zhang_wei,
                until: at("2026-11-23T18:00:00+08:00"),
                to: pick(locale, "王芳", "Wang Fang"),
            },
        ),
    ];
    vec![
        Day { at: at("2026-11-19T15:10:00+08:00"), today: false, entries: thursday },
        Day { at: at("2026-11-20T09:00:00+08:00"), today: true, entries: today },
    ]
}

/// The history of the mock's record.
pub fn record_history(locale: Locale) -> Vec<Day> {
    let by = |chinese: &str, english: &str| Doer::Person { who: person(locale, chinese, english) };
    let today = vec![
        entry(
            "2026-11-20T09:41:00+08:00",
            by("李娜", "Li Na"),
            Happened::RecordChanged {
                who: pick(locale, "李娜", "Li Na"),
                field: pick(locale, "最近联系", "Last contact"),
                from: "11-02".to_owned(),
                to: "11-19".to_owned(),
            },
        ),
        quoted(
            entry(
                "2026-11-20T15:02:00+08:00",
                Doer::Now,
                Happened::RecordSeeing { field: pick(locale, "手机", "Mobile") },
            ),
            pick(locale, "客户来电", "Customer call"),
        ),
    ];
    let thursday = vec![
        entry(
            "2026-11-19T10:12:00+08:00",
            by("刘洋", "Liu Yang"),
            Happened::RecordExported {
                who: pick(locale, "刘洋", "Liu Yang"),
                number: "EX-2026-1160".to_owned(),
                fields: pick(locale, "姓名，手机（遮盖）", "Name, Mobile (masked)"),
            },
        ),
        quoted(
            entry(
                "2026-11-19T16:20:00+08:00",
                by("陈静", "Chen Jing"),
                Happened::RecordSeen {
                    who: pick(locale, "陈静", "Chen Jing"),
                    fields: pick(locale, "身份证号", "ID number"),
                },
            ),
            pick(locale, "核实投诉，AC-2026-0410", "Checking a complaint, AC-2026-0410"),
        ),
    ];
    vec![
        Day { at: at("2026-11-19T10:12:00+08:00"), today: false, entries: thursday },
        Day { at: at("2026-11-20T09:41:00+08:00"), today: true, entries: today },
    ]
}

/// Every sentence once, so that each is written in a test.
pub fn every_sentence(locale: Locale) -> Vec<Day> {
    let who = || pick(locale, "李娜", "Li Na");
    let to = || pick(locale, "张伟", "Zhang Wei");
    let step = || pick(locale, "直属主管审批", "Line manager");
    let again = at("2026-11-20T15:02:30+08:00");
    let sentences = vec![
        Happened::Submitted { who: who() },
        Happened::Offered { step: step(), to: to(), people: 2 },
        Happened::Skipped { step: step() },
        Happened::Claimed { who: who(), step: step() },
        Happened::Released { who: who(), step: step() },
        Happened::Approved { who: who(), step: step() },
        Happened::Rejected { who: who(), step: step() },
        Happened::Completed { who: who(), step: step() },
        Happened::Transferred { who: who(), to: to() },
        Happened::Delegated { who: who(), to: to() },
        Happened::Resolved { who: to(), to: who() },
        Happened::Added { who: who(), to: to(), step: step(), place: Added::Before },
        Happened::Added { who: who(), to: to(), step: step(), place: Added::After },
        Happened::Added { who: who(), to: to(), step: step(), place: Added::Alongside },
        Happened::Removed { who: who(), to: to() },
        Happened::OpinionAsked { who: who(), to: to() },
        Happened::Asked { who: who(), to: to() },
        Happened::Answered { who: to() },
        Happened::TakenBack { who: who(), step: step() },
        Happened::Named { who: who(), step: step(), to: to() },
        Happened::Suspended { who: who() },
        Happened::Resumed { who: who() },
        Happened::Cancelled { who: who() },
        Happened::StoodIn { step: step(), to: to(), from: who() },
        Happened::GaveUp { step: step() },
        Happened::TurnedTo { step: step() },
        Happened::Unwinding,
        Happened::Undone { step: step() },
        Happened::UndoneTooLate { step: step() },
        Happened::Kept { step: step() },
        Happened::Reminded { to: to() },
        Happened::Escalated { from: who(), to: to() },
        Happened::Alarmed { to: to() },
        Happened::TimedOut { step: step(), verdict: TimeVerdict::Approved },
        Happened::TimedOut { step: step(), verdict: TimeVerdict::Rejected },
        Happened::TimedOut { step: step(), verdict: TimeVerdict::Skipped },
        Happened::Branched { step: step(), because: pick(locale, "超过 500 条", "more than 500 records") },
        Happened::Began { step: step() },
        Happened::Finished { step: step() },
        Happened::Failed { step: step(), again },
        Happened::Stopped { step: step() },
        Happened::Retried { who: who(), step: step() },
        Happened::Notified { to: to() },
        Happened::Downloaded { who: who(), left: 2 },
        Happened::PasswordTold { who: who() },
        Happened::Withdrawn { who: who() },
        Happened::SentBack { who: who(), to: step() },
        Happened::Repeated { step: step(), round: 2 },
        Happened::Arrived { step: step() },
        Happened::PausedUntil { step: step(), until: at("2026-11-22T10:00:00Z") },
        Happened::Paused { step: step() },
        Happened::EndedApproved,
        Happened::EndedRejected,
        Happened::EndedCancelled,
        Happened::Waiting { on: to() },
        Happened::Working { step: step() },
        Happened::RecordCreated { who: who() },
        Happened::RecordImported { who: who() },
        Happened::RecordEdited { who: who(), fields: pick(locale, "银行卡号", "Bank card") },
    ];
    let entries = sentences
        .into_iter()
        .map(|what| Entry { deputy_for: Some(to()), ..entry("2026-11-20T10:00:00+08:00", Doer::Machine, what) })
        .collect();
    vec![Day { at: again, today: true, entries }]
}
