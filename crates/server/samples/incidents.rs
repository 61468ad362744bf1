//! Two incidents, of which one may have taken effect.

use super::{AttemptShown, IncidentFilters, IncidentPage, IncidentRow, IncidentShown, IncidentsPage};
use crate::{
    i18n::Locale,
    view::{
        case::samples::person,
        customers::Pager,
        form::samples::option,
        gallery::Samples,
        inbox::Asker,
        shell::samples::{at, pick},
    },
};

fn asker(locale: Locale) -> Asker {
    Asker::Person { person: person(locale, "李娜", "Li Na") }
}

impl Samples for IncidentsPage {
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let text = |chinese, english| pick(locale, chinese, english);
        let filters = IncidentFilters {
            process: String::new(),
            processes: vec![option("export-approval", text("客户数据导出审批", "Export of customer data"))],
            cause: String::new(),
            causes: vec![
                option("action_failed", text("动作失败", "The action failed")),
                option("interrupted", text("动作中断，结果不明", "Interrupted, outcome unknown")),
            ],
        };
        let row = |number: &str, cause: String, since: &str, attempts| IncidentRow {
            url: "/incidents/0193-1187".to_owned(),
            number: number.to_owned(),
            process: text("客户数据导出审批", "Export of customer data"),
            step: text("生成文件", "Make the file"),
            cause,
            since: at(since),
            attempts,
            requester: asker(locale),
        };
        let rows = vec![
            row(
                "EA-2026-1187",
                text(
                    "动作没有成功：存储或外部系统不可用。",
                    "The action failed: storage or another system was not there.",
                ),
                "2026-11-20T13:20:00+08:00",
                6,
            ),
            row(
                "EA-2026-1191",
                text(
                    "动作中途中断，不知道是否已经生效。",
                    "The action was interrupted; nobody knows whether it took effect.",
                ),
                "2026-11-20T14:41:00+08:00",
                1,
            ),
        ];
        let usual = Self {
            filters: filters.clone(),
            rows,
            pager: Pager {
                from: 1,
                to: 2,
                total: None,
                newer: None,
                older: Some("/incidents?after=0193-a".to_owned()),
            },
            filtered: false,
        };
        let none = Self { rows: Vec::new(), ..usual.clone() };
        let narrowed = Self {
            filters: IncidentFilters { cause: "interrupted".to_owned(), ..filters },
            filtered: true,
            ..none.clone()
        };
        vec![("usual", usual), ("none", none), ("not-found", narrowed)]
    }
}

impl Samples for IncidentPage {
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let text = |chinese, english| pick(locale, chinese, english);
        let why = text("存储或外部系统不可用。", "Storage or another system was not there.");
        let attempt = |moment: &str, number| AttemptShown { at: at(moment), number, why: why.clone() };
        let shown = IncidentShown {
            run: "0193-run".to_owned(),
            step: text("生成文件", "Make the file"),
            cause: text(
                "动作没有成功：存储或外部系统不可用。",
                "The action failed: storage or another system was not there.",
            ),
            since: at("2026-11-20T13:20:00+08:00"),
            attempts: 2,
            failed: vec![attempt("2026-11-20T13:19:00+08:00", 1), attempt("2026-11-20T13:20:00+08:00", 2)],
            retry: Some(text("系统马上再执行一次“生成文件”。", "“Make the file” is carried out once more, at once.")),
            skip: Some(text(
                "不执行“生成文件”，流程继续；申请人拿不到它的结果。",
                "The case goes on without “Make the file”; the requester does not get what it makes.",
            )),
            refused: None,
            reason: String::new(),
            reason_missing: false,
        };
        let usual = Self {
            id: "0193-1187".to_owned(),
            number: "EA-2026-1187".to_owned(),
            process: text("客户数据导出审批", "Export of customer data"),
            requester: asker(locale),
            told: text("已批准，执行延迟，管理员正在处理", "Approved, delayed; an administrator is on it"),
            incidents: vec![shown.clone()],
        };
        let person_step = IncidentShown {
            step: text("直属主管", "Line manager"),
            cause: text(
                "没有人可以处理，也没有管理员指定。",
                "Nobody can do it, and no administrator can name somebody.",
            ),
            attempts: 0,
            failed: Vec::new(),
            retry: Some(text("系统重新为“直属主管”找人。", "People are sought again for “Line manager”.")),
            skip: None,
            refused: Some(text("需要人决定的步骤不能跳过。", "A step that people must decide cannot be skipped.")),
            ..shown.clone()
        };
        let missing = IncidentShown { reason_missing: true, ..shown };
        vec![
            ("usual", usual.clone()),
            ("person", Self { incidents: vec![person_step], ..usual.clone() }),
            ("missing", Self { incidents: vec![missing], ..usual.clone() }),
            ("done", Self { incidents: Vec::new(), ..usual }),
        ]
    }
}
