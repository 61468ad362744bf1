//! One customer of the mock.

use super::{EditRecordPage, RecordField, RecordPage};
use crate::{
    i18n::Locale,
    view::{
        case::{
            Control, Refusal,
            samples::{person, tag},
        },
        customers::RecordCell,
        form::samples::every_shape,
        gallery::Samples,
        shell::samples::{at, pick},
        timeline::samples::record_history,
    },
};

impl Samples for RecordPage {
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let usual = usual(locale);
        let other = Self {
            edit: Control::Refused { why: Refusal::NotInProcess },
            history: Vec::new(),
            history_earlier: None,
            owner: None,
            ..usual.clone()
        };
        vec![("usual", usual), ("read-only", other)]
    }
}

fn usual(locale: Locale) -> RecordPage {
    let field = |chinese: &str, english: &str, rank: Option<u8>, value: RecordCell| RecordField {
        label: pick(locale, chinese, english),
        level: rank.map(|rank| tag(locale, rank)),
        value,
    };
    let masked = |name: &str, mask: &str, label: String| RecordCell::Masked {
        text: mask.to_owned(),
        reveal: Some(format!("/registers/customer/0193-2/reveal/{name}")),
        field: label,
    };
    RecordPage {
        form: "customer".to_owned(),
        register: pick(locale, "客户档案", "Customers"),
        id: "0193-2".to_owned(),
        title: pick(locale, "王秀英", "Wang Xiuying"),
        owner: Some(person(locale, "李娜", "Li Na")),
        created: at("2023-03-02T10:00:00+08:00"),
        changed: at("2026-11-20T09:41:00+08:00"),
        fields: vec![
            field("姓名", "Name", Some(1), RecordCell::Clear { text: pick(locale, "王秀英", "Wang Xiuying") }),
            field(
                "手机",
                "Mobile",
                Some(1),
                RecordCell::Shown { text: "139 1702 5678".to_owned(), seconds: 48, mask: "139****5678".to_owned() },
            ),
            field(
                "身份证号",
                "ID number",
                Some(2),
                masked("id_number", "320***********0826", pick(locale, "身份证号", "ID number")),
            ),
            field(
                "银行卡号",
                "Bank card",
                Some(2),
                RecordCell::Masked {
                    text: "6217 **** **** 7741".to_owned(),
                    reveal: None,
                    field: pick(locale, "银行卡号", "bank card"),
                },
            ),
            field("负责人", "Owner", None, RecordCell::Clear { text: pick(locale, "李娜", "Li Na") }),
            field("最近联系", "Last contact", None, RecordCell::Clear { text: "2026-11-19".to_owned() }),
            field("备注", "Remark", Some(1), RecordCell::Empty),
            field(
                "回访",
                "Calls",
                None,
                RecordCell::Rows {
                    columns: vec![pick(locale, "日期", "Day"), pick(locale, "分钟", "Minutes")],
                    rows: vec![
                        vec!["2026-09-12".to_owned(), "12".to_owned()],
                        vec!["2026-11-19".to_owned(), "4".to_owned()],
                    ],
                },
            ),
            field("交易明细", "Dealings", Some(3), RecordCell::Hidden),
        ],
        edit: Control::Offered,
        history: record_history(locale),
        history_earlier: Some("/registers/customer/0193-2?history=all".to_owned()),
        watermark: Some(pick(locale, "张伟 zhang.wei 2026-11-20 15:02", "Zhang Wei zhang.wei 2026-11-20 15:02")),
    }
}

impl Samples for EditRecordPage {
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let page = Self {
            form: "customer".to_owned(),
            register: pick(locale, "客户档案", "Customers"),
            id: "0193-2".to_owned(),
            title: pick(locale, "王秀英", "Wang Xiuying"),
            revision: 4,
            fields: every_shape(locale),
            problems: 1,
        };
        vec![("usual", Self { problems: 0, ..page.clone() }), ("problems", page)]
    }
}
