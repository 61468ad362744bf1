//! The catalogue, and the export request of the mock.

use super::{
    CataloguePage, Change, PathDoer, PathStop, ProcessCard, Reason, RequestPage, Section, Shorter, Side, Summary, Todo,
};
use crate::{
    i18n::Locale,
    view::{
        LevelTag,
        case::{
            Control, LevelCount, Refusal,
            samples::{person, tag},
        },
        form::{
            FieldControl, FormField,
            samples::{
                every_problem, every_shape, field, odd_record_set, option, pick_rows, preview, record_set, said,
            },
        },
        gallery::Samples,
        shell::samples::{at, pick},
    },
};

impl Samples for CataloguePage {
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let processes = vec![
            card(
                "export-approval",
                pick(locale, "客户数据导出审批", "Customer data export"),
                pick(
                    locale,
                    "说明用途，选好记录和字段。批准后由系统生成文件，没有人需要手工导出。",
                    "Say what it is for, choose the records and the fields. Once approved, the file is made for you; nobody exports by hand.",
                ),
                vec![
                    pick(locale, "直属主管审批", "Line manager"),
                    pick(locale, "个人信息保护负责人", "Data protection officer"),
                    pick(locale, "生成文件", "Make the file"),
                ],
                tag(locale, 3),
            ),
            card(
                "access-request",
                pick(locale, "临时查看", "Temporary access"),
                pick(locale, "在一段时间内查看指定客户的内容。", "See chosen customers for a while."),
                vec![pick(locale, "直属主管审批", "Line manager")],
                tag(locale, 2),
            ),
        ];
        let mut begun = processes.clone();
        begun[0].draft = Some(at("2026-11-20T13:02:00+08:00"));
        begun[0].running = 2;
        vec![
            ("usual", Self { query: String::new(), processes: begun, any: true }),
            ("not-found", Self { query: pick(locale, "请假", "holiday"), processes: Vec::new(), any: true }),
            ("nothing", Self { query: String::new(), processes: Vec::new(), any: false }),
        ]
    }
}

fn card(workflow: &str, title: String, help: String, steps: Vec<String>, level: LevelTag) -> ProcessCard {
    ProcessCard {
        workflow: workflow.to_owned(),
        title,
        help: Some(help),
        steps,
        level: Some(level),
        running: 0,
        draft: None,
    }
}

impl Samples for RequestPage {
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let usual = usual(locale);
        let mut preview_shown = usual.clone();
        preview_shown.sections[1].fields[0].control = FieldControl::Records({
            let mut set = record_set(locale);
            set.preview = Some(preview(locale));
            set
        });
        let mut other_ways = usual.clone();
        other_ways.side = other_side(locale);
        vec![
            ("usual", usual),
            ("sample", preview_shown),
            ("ways", other_ways),
            ("empty", empty(locale)),
            ("every-field", every_field(locale)),
        ]
    }
}

fn usual(locale: Locale) -> RequestPage {
    RequestPage {
        workflow: "export-approval".to_owned(),
        title: pick(locale, "申请导出客户数据", "Ask for an export of customer data"),
        help: Some(pick(
            locale,
            "说明用途，选好记录和字段。批准后由系统生成文件，没有人需要手工导出。",
            "Say what it is for, choose the records and the fields. Once approved, the file is made for you; nobody exports by hand.",
        )),
        saved: Some(at("2026-11-20T15:01:00+08:00")),
        sections: vec![
            purpose(locale),
            section(
                pick(locale, "哪些客户", "Which customers"),
                None,
                vec![field(
                    "records",
                    pick(locale, "哪些客户", "Which customers"),
                    FieldControl::Records(record_set(locale)),
                )],
            ),
            Section {
                flush: true,
                ..section(
                    pick(locale, "哪些字段", "Which fields"),
                    Some(pick(locale, "能遮盖就遮盖，审批更快", "Mask what you can; it is approved sooner")),
                    vec![field(
                        "fields",
                        pick(locale, "哪些字段", "Which fields"),
                        FieldControl::RegisterFields { rows: pick_rows(locale) },
                    )],
                )
            },
            file(locale),
        ],
        side: side(locale),
        token: "0193-token".to_owned(),
    }
}

fn section(title: String, hint: Option<String>, fields: Vec<FormField>) -> Section {
    Section { title, hint, fields, flush: false }
}

fn purpose(locale: Locale) -> Section {
    let purpose = FormField {
        problem: Some(said(
            locale,
            "太短了，审批人看不出用途。请写明做什么、谁来做，至少 8 个字，例如“三季度成交客户电话回访，客服三组”。",
            "Too short for an approver to see what it is for. Say what will be done and by whom, in at least 8 characters.",
        )),
        ..field(
            "purpose",
            pick(locale, "用来做什么", "What is it for"),
            FieldControl::Lines { value: pick(locale, "回访", "Calls"), placeholder: None, rows: 2 },
        )
    };
    let until = FormField {
        optional: true,
        help: Some(pick(locale, "最长 30 天。", "At most 30 days from today.")),
        ..field(
            "needed_until",
            pick(locale, "数据用到哪天", "Needed until"),
            FieldControl::Date {
                value: "2026-12-05".to_owned(),
                min: Some("2026-11-20".to_owned()),
                max: Some("2026-12-20".to_owned()),
            },
        )
    };
    section(pick(locale, "用途", "Purpose"), None, vec![purpose, until])
}

fn file(locale: Locale) -> Section {
    let format = field(
        "format",
        pick(locale, "格式", "Format"),
        FieldControl::Choice {
            value: "xlsx".to_owned(),
            options: vec![
                option("xlsx", pick(locale, "Excel 表格（XLSX）", "Excel workbook (XLSX)")),
                option("csv", pick(locale, "纯文本表格（CSV）", "Plain table (CSV)")),
            ],
            none: false,
        },
    );
    let protection = field(
        "protect",
        pick(locale, "保护", "Protection"),
        FieldControl::Fixed {
            text: pick(locale, "水印、口令、7 天、下载 3 次", "Watermark, password, 7 days, 3 downloads"),
        },
    );
    section(pick(locale, "文件", "File"), None, vec![format, protection])
}

fn stop(doer: PathDoer, latest: Option<&str>, because: Vec<Reason>) -> PathStop {
    PathStop { doer, latest: latest.map(at), because }
}

fn side(locale: Locale) -> Side {
    let bank_card = || pick(locale, "银行卡号", "Bank card");
    let because = vec![Reason::Clear { level: tag(locale, 2), fields: bank_card() }, Reason::Records { over: 500 }];
    let level = |rank: u8, count: u64| LevelCount { level: tag(locale, rank), count, fields: String::new() };
    Side {
        path: vec![
            stop(PathDoer::You { who: person(locale, "李娜", "Li Na") }, None, vec![]),
            stop(
                PathDoer::Person {
                    who: person(locale, "张伟", "Zhang Wei"),
                    step: pick(locale, "直属主管审批", "Line manager"),
                },
                Some("2026-11-23T15:02:00+08:00"),
                vec![],
            ),
            stop(
                PathDoer::Person {
                    who: person(locale, "周岚", "Zhou Lan"),
                    step: pick(locale, "个人信息保护负责人审批", "Data protection officer"),
                },
                Some("2026-11-24T15:02:00+08:00"),
                because,
            ),
            stop(PathDoer::Machine { step: pick(locale, "生成文件", "Make the file") }, None, vec![]),
            stop(PathDoer::Download { copies: 3, period: pick(locale, "7 天", "7 days") }, None, vec![]),
        ],
        unknown: false,
        shorter: vec![Shorter {
            change: Change::MaskAndFewer { fields: bank_card(), records: 500 },
            spares: pick(locale, "周岚", "Zhou Lan"),
            saves: Some(pick(locale, "一天", "a day")),
            action: Some("mask:bank_card".to_owned()),
        }],
        summary: Some(Summary {
            records: Some(5000),
            clear: vec![level(1, 2), level(2, 1)],
            masked: vec![level(2, 1)],
        }),
        todo: vec![Todo { field: "purpose".to_owned(), label: pick(locale, "用来做什么", "What is it for") }],
        submit: Control::Offered,
    }
}

fn other_side(locale: Locale) -> Side {
    let step = || pick(locale, "个人信息保护负责人审批", "Data protection officer");
    let officers = pick(locale, "个人信息保护负责人", "The data protection officers");
    let words = Reason::Words { text: pick(locale, "流程这样规定", "the process says so") };
    let shorter = |change: Change| Shorter { change, spares: officers.clone(), saves: None, action: None };
    Side {
        path: vec![
            stop(PathDoer::You { who: person(locale, "李娜", "Li Na") }, None, vec![]),
            stop(PathDoer::Nobody { step: pick(locale, "直属主管审批", "Line manager") }, None, vec![]),
            stop(
                PathDoer::People { who: officers.clone(), count: 2, step: step() },
                Some("2026-11-24T15:02:00+08:00"),
                vec![words],
            ),
            stop(PathDoer::Message { to: pick(locale, "李娜", "Li Na") }, None, vec![]),
        ],
        shorter: vec![
            shorter(Change::Mask { fields: pick(locale, "银行卡号", "Bank card") }),
            shorter(Change::Fewer { records: 500 }),
        ],
        summary: Some(Summary { records: None, clear: vec![], masked: vec![] }),
        todo: vec![],
        submit: Control::Refused { why: Refusal::NotInProcess },
        ..side(locale)
    }
}

fn empty(locale: Locale) -> RequestPage {
    let mut page = usual(locale);
    page.saved = None;
    page.side =
        Side { path: vec![], unknown: true, shorter: vec![], summary: None, todo: vec![], submit: Control::Offered };
    page.sections.truncate(1);
    page.sections[0].fields.truncate(1);
    page
}

fn every_field(locale: Locale) -> RequestPage {
    let records =
        field("records", pick(locale, "哪些客户", "Which customers"), FieldControl::Records(odd_record_set(locale)));
    let sections = vec![
        section(pick(locale, "各种字段", "All fields"), None, every_shape(locale)),
        section(pick(locale, "各种条件", "All conditions"), None, vec![records]),
        section(pick(locale, "各种问题", "All problems"), None, every_problem(locale)),
    ];
    RequestPage { sections, ..usual(locale) }
}
