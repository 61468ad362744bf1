//! Fields in every shape and with every problem.

use super::{
    Cell, Choice, Column, Condition, ConditionValue, Count, FieldControl, FormField, Keys, Pick, PickRow, Preview,
    Problem, RecordSet,
};
use crate::{
    i18n::Locale,
    view::{case::samples::tag, shell::samples::pick},
};

/// A field without help, level or problem.
pub fn field(name: &str, label: String, control: FieldControl) -> FormField {
    FormField { name: name.to_owned(), label, help: None, level: None, optional: false, problem: None, control }
}

/// An option.
pub fn option(value: &str, label: String) -> Choice {
    Choice { value: value.to_owned(), label }
}

/// The record set of the mock: Sales East, last deal in the third quarter, not closed.
pub fn record_set(locale: Locale) -> RecordSet {
    let fields = vec![
        option("department", pick(locale, "部门", "Department")),
        option("last_deal", pick(locale, "最近成交", "Last deal")),
        option("status", pick(locale, "客户状态", "Status")),
    ];
    let ops = vec![
        option("is", pick(locale, "是", "is")),
        option("is_not", pick(locale, "不是", "is not")),
        option("between", pick(locale, "介于", "between")),
    ];
    let condition = |place: u32, field: usize, op: &str, value: ConditionValue| Condition {
        place,
        label: fields[field].label.clone(),
        field: fields[field].value.clone(),
        fields: fields.clone(),
        op: op.to_owned(),
        ops: ops.clone(),
        value,
        problem: None,
    };
    let one_of = |value: &str, label: String| ConditionValue::Choice {
        value: value.to_owned(),
        options: vec![option(value, label)],
    };
    let conditions = vec![
        condition(0, 0, "is", one_of("sales-east", pick(locale, "华东销售部", "Sales East"))),
        condition(
            1,
            1,
            "between",
            ConditionValue::Dates { from: "2026-07-01".to_owned(), until: "2026-09-30".to_owned() },
        ),
        condition(2, 2, "is_not", one_of("closed", pick(locale, "已注销", "closed"))),
    ];
    RecordSet {
        register: pick(locale, "客户档案", "Customer"),
        conditions,
        count: Count::Counted { count: 5000, of: 6120 },
        preview: None,
    }
}

/// The same with one wrong condition of each other shape, and the first records.
pub fn odd_record_set(locale: Locale) -> RecordSet {
    let mut set = record_set(locale);
    let shapes = [
        ConditionValue::Date { value: String::new() },
        ConditionValue::Number { value: "x".to_owned() },
        ConditionValue::Numbers { from: "9".to_owned(), until: "1".to_owned() },
        ConditionValue::Text { value: String::new() },
        ConditionValue::Nothing,
    ];
    let template = set.conditions[0].clone();
    set.conditions = (0..)
        .zip(shapes)
        .map(|(place, value)| Condition { place, value, problem: Some(Problem::Reversed), ..template.clone() })
        .collect();
    set.count = Count::Unknown;
    set.preview = Some(preview(locale));
    set
}

/// The first records of a set.
pub fn preview(locale: Locale) -> Preview {
    let row = |name: String, mobile: &str| vec![Some(name), Some(mobile.to_owned()), None];
    Preview {
        columns: vec![
            pick(locale, "姓名", "Name"),
            pick(locale, "手机", "Mobile"),
            pick(locale, "交易明细", "Dealings"),
        ],
        rows: vec![
            row(pick(locale, "陈建国", "Chen Jianguo"), "138****1234"),
            row(pick(locale, "王秀英", "Wang Xiuying"), "139****5678"),
        ],
    }
}

/// The fields of the customer register, as the mock picks them.
pub fn pick_rows(locale: Locale) -> Vec<PickRow> {
    let row = |name: &str, label: String, rank: u8, choice: Pick, masked: &str, clear: &str| PickRow {
        name: name.to_owned(),
        label,
        level: tag(locale, rank),
        choice,
        maskable: rank > 0,
        example_masked: masked.to_owned(),
        example_clear: clear.to_owned(),
    };
    let name = pick(locale, "陈建国", "Chen Jianguo");
    let amounts = pick(locale, "2026-09-12 12,800.00 等", "2026-09-12 12,800.00 …");
    vec![
        row("name", pick(locale, "姓名", "Name"), 1, Pick::Clear, &pick(locale, "陈**", "C***"), &name),
        row("mobile", pick(locale, "手机", "Mobile"), 1, Pick::Clear, "138****0000", "138 0000 0000"),
        row(
            "id_number",
            pick(locale, "身份证号", "ID number"),
            2,
            Pick::Masked,
            "310***********1234",
            "310101199001011234",
        ),
        row(
            "bank_card",
            pick(locale, "银行卡号", "Bank card"),
            2,
            Pick::Clear,
            "6222 **** **** 0000",
            "6222 0000 0000 0000",
        ),
        row("dealings", pick(locale, "交易明细", "Dealings"), 3, Pick::None, "****", &amounts),
        row("owner", pick(locale, "负责人", "Owner"), 0, Pick::Clear, "", &pick(locale, "李娜", "Li Na")),
        row("last_contact", pick(locale, "最近联系", "Last contact"), 0, Pick::None, "", "2026-11-19"),
    ]
}

/// What a definition says of a value.
pub fn said(locale: Locale, chinese: &str, english: &str) -> Problem {
    Problem::Said { text: pick(locale, chinese, english) }
}

/// Every problem once, each on a field of its own.
pub fn every_problem(locale: Locale) -> Vec<FormField> {
    let problems = vec![
        said(locale, "请填写。", "Please fill this in."),
        Problem::Reversed,
        Problem::NoRecords,
        Problem::NoFields,
        Problem::Taken,
    ];
    (1..)
        .zip(problems)
        .map(|(place, problem)| FormField {
            problem: Some(problem),
            ..field(
                &format!("field_{place}"),
                pick(locale, "字段", "Field"),
                FieldControl::Line { value: String::new(), placeholder: None, keys: Keys::Text, length_max: None },
            )
        })
        .collect()
}

/// Every other shape of field.
pub fn every_shape(locale: Locale) -> Vec<FormField> {
    let line = |keys: Keys| FieldControl::Line { value: String::new(), placeholder: None, keys, length_max: Some(18) };
    let cell = |name: &str, value: &str, problem: Option<Problem>| Cell {
        name: name.to_owned(),
        value: value.to_owned(),
        problem,
    };
    let table = FieldControl::Table {
        columns: vec![
            Column { label: pick(locale, "日期", "Day"), number: false, date: true },
            Column { label: pick(locale, "金额", "Amount"), number: true, date: false },
        ],
        rows: vec![vec![
            cell("dealings.0.day", "2026-09-12", None),
            cell(
                "dealings.0.amount",
                "12,8oo",
                Some(said(locale, "请填写数字，例如 1200 或 0.5。", "Digits only, for example 1200 or 0.5.")),
            ),
        ]],
    };
    let labelled = |name: &str, chinese: &str, english: &str, control: FieldControl| {
        field(name, pick(locale, chinese, english), control)
    };
    vec![
        FormField { level: Some(tag(locale, 1)), ..labelled("mobile", "手机", "Mobile", line(Keys::Mobile)) },
        FormField {
            level: Some(tag(locale, 2)),
            ..labelled("id_number", "身份证号", "ID number", line(Keys::Identity))
        },
        FormField {
            level: Some(tag(locale, 2)), ..labelled("bank_card", "银行卡号", "Bank card", line(Keys::Card))
        },
        FormField {
            help: Some(pick(
                locale,
                "负责人和其上级能看到这位客户。",
                "The owner and their managers see this customer.",
            )),
            ..labelled(
                "owner",
                "负责人",
                "Owner",
                FieldControl::Choice {
                    value: "li.na".to_owned(),
                    options: vec![option("li.na", pick(locale, "李娜，华东销售部", "Li Na, Sales East"))],
                    none: true,
                },
            )
        },
        labelled("vip", "重点客户", "Key customer", FieldControl::YesNo { value: Some(true) }),
        labelled("number", "编号", "Number", FieldControl::Fixed { text: "C-018842".to_owned() }),
        FormField {
            level: Some(tag(locale, 3)),
            optional: true,
            ..labelled("dealings", "交易明细", "Dealings", table)
        },
    ]
}
