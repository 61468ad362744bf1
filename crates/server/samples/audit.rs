//! A morning of the audit log; together every deed there is.

use super::{AuditFilters, AuditPage, AuditRow, CaseLink, Deed};
use crate::{
    i18n::Locale,
    view::{
        case::samples::person,
        customers::Pager,
        form::samples::option,
        gallery::Samples,
        shell::samples::{at, pick},
    },
};

impl Samples for AuditPage {
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let filters = AuditFilters {
            person: String::new(),
            kind: String::new(),
            kinds: vec![
                option("revealed", pick(locale, "查看明文", "Seen in clear")),
                option("downloaded", pick(locale, "下载", "Downloads")),
                option("approved", pick(locale, "决定", "Decisions")),
            ],
            from: String::new(),
            until: String::new(),
            case: String::new(),
        };
        let rows: Vec<AuditRow> = (0..).zip(deeds(locale)).map(|(place, deed)| row(locale, place, deed)).collect();
        let to = u64::try_from(rows.len()).unwrap_or(u64::MAX);
        let usual = Self {
            filters: filters.clone(),
            rows,
            pager: Pager { from: 1, to, total: None, newer: None, older: Some("/audit?after=0193-a".to_owned()) },
            filtered: false,
        };
        let none = Self { rows: Vec::new(), ..usual.clone() };
        let narrowed = Self {
            filters: AuditFilters { person: "zhang.wei".to_owned(), ..filters },
            filtered: true,
            ..none.clone()
        };
        vec![("usual", usual), ("nothing-yet", none), ("not-found", narrowed)]
    }
}

fn row(locale: Locale, place: u32, what: Deed) -> AuditRow {
    let machine = matches!(what, Deed::Exported { .. } | Deed::Published { .. });
    let in_case = matches!(
        what,
        Deed::Approved { .. }
            | Deed::Rejected { .. }
            | Deed::Submitted
            | Deed::Exported { .. }
            | Deed::Downloaded { .. }
    );
    let url = (place.is_multiple_of(2)).then(|| "/cases/0193-1187".to_owned());
    AuditRow {
        at: at("2026-11-20T14:58:07+08:00"),
        clock: format!("14:{:02}:07", 58 - place),
        who: (!machine).then(|| {
            if place.is_multiple_of(3) {
                person(locale, "李娜", "Li Na")
            } else {
                person(locale, "张伟", "Zhang Wei")
            }
        }),
        on_behalf: matches!(what, Deed::Approved { .. }).then(|| pick(locale, "王芳", "Wang Fang")),
        case: in_case.then(|| CaseLink { number: "EX-2026-1187".to_owned(), url }),
        from: if machine { String::new() } else { "10.2.14.33".to_owned() },
        digest: in_case.then(|| "8f3a 02d1 … c21e".to_owned()),
        what,
    }
}

fn deeds(locale: Locale) -> Vec<Deed> {
    let register = || pick(locale, "客户档案", "Customers");
    let step = || pick(locale, "直属主管审批", "Line manager");
    let fields = || pick(locale, "姓名、手机", "Name, Mobile");
    vec![
        Deed::Downloaded { records: 5000 },
        Deed::PasswordTold,
        Deed::Exported { records: 5000, fields: fields() },
        Deed::Approved { step: step() },
        Deed::Rejected { step: step() },
        Deed::Submitted,
        Deed::Withdrew,
        Deed::Revealed { register: register(), field: pick(locale, "身份证号", "ID number") },
        Deed::Searched { register: register(), found: 1 },
        Deed::Listed { register: register(), records: 50 },
        Deed::Viewed { register: register(), fields: fields() },
        Deed::Created { register: register() },
        Deed::Edited { register: register(), fields: fields() },
        Deed::Reassigned { to: pick(locale, "张伟", "Zhang Wei") },
        Deed::Published {
            definition: pick(locale, "客户数据导出审批", "Customer data export"),
            version: "7".to_owned(),
        },
        Deed::SignedIn,
        Deed::SignInFailed { login: "li.na".to_owned() },
        Deed::SignedOut,
        Deed::TokenMade,
        Deed::SecondFactorChanged,
        Deed::Other { name: "workspace.settings".to_owned() },
    ]
}
