//! The inbox of Zhang Wei: twelve tasks, and the other boxes; full and empty.

use super::{Asker, Box, BulkOnly, CaseRow, Counts, Due, Group, InboxPage, Mine, Size, Tally, TaskRow};
use crate::{
    i18n::Locale,
    view::{
        Outcome, Person, Tone,
        customers::Filter,
        form::Choice,
        gallery::Samples,
        shell::samples::{at, pick},
        sign_in::samples::level,
    },
};

const fn tally(count: u64) -> Tally {
    Tally { count, more: false }
}

fn filters(locale: Locale) -> Vec<Filter> {
    let choice =
        |value: &str, chinese, english| Choice { value: value.to_owned(), label: pick(locale, chinese, english) };
    let filter = |name: &str, value: &str, options: Vec<Choice>| Filter {
        name: name.to_owned(),
        label: options[0].label.clone(),
        value: value.to_owned(),
        options,
    };
    let due = vec![
        choice("", "到期", "Due"),
        choice("overdue", "已逾期", "Overdue"),
        choice("today", "今天到期", "Due today"),
    ];
    let processes = vec![
        choice("", "流程", "Process"),
        choice("export", "客户数据导出", "Customer data export"),
        choice("handover", "客户交接审批", "Handover of customers"),
    ];
    let from =
        vec![choice("", "发起人", "Requester"), choice("li.na", "李娜", "Li Na"), choice("sun.hao", "孙浩", "Sun Hao")];
    vec![filter("process", "", processes), filter("from", "", from), filter("due", "", due)]
}

impl Samples for InboxPage {
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let text = |chinese, english| pick(locale, chinese, english);
        let counts = Counts { todo: 12, done: Tally { count: 999, more: true }, started: tally(3), copied: tally(5) };
        let todo = Self {
            open: Box::Todo,
            counts,
            overdue: 2,
            due_today: 4,
            search: String::new(),
            filters: filters(locale),
            bulk: Some(BulkOnly { on: false, count: Some(4), url: "/inbox?box=todo&bulk=1".to_owned() }),
            whole: None,
            groups: groups(locale),
            cases: Vec::new(),
            next: None,
            next_due: None,
            started: started(locale),
            handled: handled(locale),
        };
        let open = |open| Self {
            open,
            groups: Vec::new(),
            cases: cases(locale),
            next: Some("/inbox?box=done&before=01JD1".to_owned()),
            ..todo.clone()
        };
        let empty = |open| Self {
            open,
            counts: Counts { todo: 0, done: tally(0), started: tally(0), copied: tally(0) },
            overdue: 0,
            due_today: 0,
            filters: Vec::new(),
            bulk: None,
            groups: Vec::new(),
            started: Vec::new(),
            handled: Vec::new(),
            next_due: Some(at("2026-11-23T09:00:00+08:00")),
            ..todo.clone()
        };
        vec![
            ("todo", todo.clone()),
            ("done", todo.clone()),
            ("changed", todo.clone()),
            ("elsewhere", todo.clone()),
            ("refused", todo.clone()),
            ("delayed", todo.clone()),
            ("box-done", open(Box::Done)),
            ("box-started", open(Box::Started)),
            ("box-copied", open(Box::Copied)),
            ("empty", empty(Box::Todo)),
            ("empty-forever", Self { next_due: None, ..empty(Box::Todo) }),
            ("empty-done", empty(Box::Done)),
            ("empty-started", empty(Box::Started)),
            ("empty-copied", empty(Box::Copied)),
            ("no-result", Self { search: text("续约", "renewal"), groups: Vec::new(), ..todo }),
        ]
    }
}

struct Row {
    id: &'static str,
    from: Asker,
    title: String,
    process: String,
    notes: Vec<String>,
    ranks: &'static [u8],
    size: Option<(u64, String)>,
    due: Option<&'static str>,
    bulk: bool,
}

fn person(locale: Locale, chinese: &str, english: &str, department: (&str, &str)) -> Asker {
    Asker::Person {
        person: Person { name: pick(locale, chinese, english), note: Some(pick(locale, department.0, department.1)) },
    }
}

fn task(locale: Locale, row: Row) -> TaskRow {
    TaskRow {
        id: row.id.to_owned(),
        case: format!("case-{}", row.id),
        from: row.from,
        title: row.title,
        process: row.process,
        notes: row.notes,
        levels: row.ranks.iter().map(|rank| level(locale, *rank)).collect(),
        size: row.size.map(|(count, unit)| Size { count, unit }),
        due_at: row.due.map(at),
        bulk: row.bulk,
        reason: row.id == "AC-2026-0420",
        unclaimed: row.id == "AC-2026-0420",
    }
}

const SALES: (&str, &str) = ("华东销售部", "Sales East");

fn groups(locale: Locale) -> Vec<Group> {
    vec![
        Group {
            due: Due::Overdue,
            note: Some(pick(
                locale,
                "逾期满 1 个工作日转给你的上级 王芳",
                "after one working day these go to Wang Fang",
            )),
            tasks: overdue(locale),
        },
        Group { due: Due::Today, note: None, tasks: today(locale) },
        Group { due: Due::On { day: at("2026-11-23T09:00:00+08:00") }, note: None, tasks: monday(locale) },
        Group { due: Due::Later, note: None, tasks: later(locale) },
        Group { due: Due::Never, note: None, tasks: never(locale) },
    ]
}

fn overdue(locale: Locale) -> Vec<TaskRow> {
    let text = |chinese, english| pick(locale, chinese, english);
    vec![
        task(
            locale,
            Row {
                id: "HO-2026-0231",
                from: Asker::Machine { reason: text("离职触发", "on leaving") },
                title: text("离职交接：王磊 的 312 位客户交给 吴涛", "Hand over Wang Lei's 312 customers to Wu Tao"),
                process: text("客户交接审批", "Customer handover"),
                notes: Vec::new(),
                ranks: &[1],
                size: Some((312, text("位客户", "customers"))),
                due: Some("2026-11-20T13:00:00+08:00"),
                bulk: false,
            },
        ),
        task(
            locale,
            Row {
                id: "AC-2026-0418",
                from: person(locale, "陈静", "Chen Jing", ("客户服务部", "Customer service")),
                title: text("临时查看 40 位客户的身份证号，3 天", "See the ID numbers of 40 customers for 3 days"),
                process: text("临时访问", "Temporary access"),
                notes: vec![text("核实投诉", "complaints")],
                ranks: &[2],
                size: Some((40, text("条记录", "records"))),
                due: Some("2026-11-20T14:27:00+08:00"),
                bulk: false,
            },
        ),
    ]
}

fn today(locale: Locale) -> Vec<TaskRow> {
    let text = |chinese, english| pick(locale, chinese, english);
    let export = |id, from, title, notes, ranks, count, due, bulk| {
        task(
            locale,
            Row {
                id,
                from,
                title,
                process: text("客户数据导出", "Customer data export"),
                notes,
                ranks,
                size: Some((count, text("条记录", "records"))),
                due: Some(due),
                bulk,
            },
        )
    };
    vec![
        export(
            "EX-2026-1187",
            person(locale, "李娜", "Li Na", SALES),
            text("导出 5,000 条客户记录，三季度成交客户回访", "Export 5,000 customer records: third-quarter follow-up"),
            vec![text("第 2 次提交", "2nd submission")],
            &[1, 2, 3],
            5000,
            "2026-11-20T18:00:00+08:00",
            false,
        ),
        export(
            "EX-2026-1190",
            person(locale, "刘洋", "Liu Yang", SALES),
            text("导出 86 条客户记录，续约提醒", "Export 86 customer records: renewals"),
            Vec::new(),
            &[1],
            86,
            "2026-11-20T17:30:00+08:00",
            true,
        ),
        export(
            "EX-2026-1191",
            person(locale, "赵敏", "Zhao Min", SALES),
            text("导出 120 条客户记录，展会邀请", "Export 120 customer records: fair invitations"),
            Vec::new(),
            &[1],
            120,
            "2026-11-20T18:00:00+08:00",
            true,
        ),
        task(
            locale,
            Row {
                id: "DE-2026-0012",
                from: Asker::Machine { reason: text("定时发起", "by calendar") },
                title: text(
                    "销毁 1,204 条满 3 年未联系的客户记录",
                    "Destroy 1,204 records without contact for 3 years",
                ),
                process: text("到期数据销毁", "Retention"),
                notes: vec![text("会签，已同意 1 / 3", "1 of 3 have agreed")],
                ranks: &[2, 3],
                size: Some((1204, text("条记录", "records"))),
                due: Some("2026-11-20T18:00:00+08:00"),
                bulk: false,
            },
        ),
    ]
}

fn monday(locale: Locale) -> Vec<TaskRow> {
    let text = |chinese, english| pick(locale, chinese, english);
    let one = text("位客户", "customer");
    vec![
        task(
            locale,
            Row {
                id: "EX-2026-1193",
                from: person(locale, "孙浩", "Sun Hao", SALES),
                title: text("导出 52 条客户记录，电话回访", "Export 52 customer records: follow-up calls"),
                process: text("客户数据导出", "Customer data export"),
                notes: Vec::new(),
                ranks: &[1],
                size: Some((52, text("条记录", "records"))),
                due: Some("2026-11-23T11:02:00+08:00"),
                bulk: true,
            },
        ),
        task(
            locale,
            Row {
                id: "DS-2026-0067",
                from: person(locale, "黄丽", "Huang Li", ("客户服务部", "Customer service")),
                title: text(
                    "答复客户本人的查询：给出全部资料",
                    "Answer a customer's own request: hand over everything",
                ),
                process: text("个人信息请求", "Personal data request"),
                notes: vec![text("法定期限 12-04", "by law until 4 Dec")],
                ranks: &[2, 3],
                size: Some((1, one.clone())),
                due: Some("2026-11-23T14:00:00+08:00"),
                bulk: false,
            },
        ),
        task(
            locale,
            Row {
                id: "AC-2026-0420",
                from: person(locale, "高峰", "Gao Feng", ("财务部", "Finance")),
                title: text("临时查看 8 位客户的银行卡号，1 天", "See the card numbers of 8 customers for a day"),
                process: text("临时访问", "Temporary access"),
                notes: vec![text("代 何琳 处理", "for He Lin")],
                ranks: &[2],
                size: Some((8, text("条记录", "records"))),
                due: Some("2026-11-23T15:02:00+08:00"),
                bulk: false,
            },
        ),
        task(
            locale,
            Row {
                id: "UP-2026-0302",
                from: person(locale, "周婷", "Zhou Ting", SALES),
                title: text("更正 1 位客户的姓名与手机", "Correct one customer's name and mobile"),
                process: text("客户信息更正", "Correction"),
                notes: Vec::new(),
                ranks: &[1],
                size: Some((1, one)),
                due: Some("2026-11-23T15:02:00+08:00"),
                bulk: false,
            },
        ),
    ]
}

fn later(locale: Locale) -> Vec<TaskRow> {
    let text = |chinese, english| pick(locale, chinese, english);
    vec![task(
        locale,
        Row {
            id: "EX-2026-1195",
            from: person(locale, "吴涛", "Wu Tao", SALES),
            title: text("导出 15 条客户记录，全部字段遮盖", "Export 15 customer records, all fields masked"),
            process: text("客户数据导出", "Customer data export"),
            notes: Vec::new(),
            ranks: &[0],
            size: Some((15, text("条记录", "records"))),
            due: Some("2026-12-01T18:00:00+08:00"),
            bulk: true,
        },
    )]
}

fn never(locale: Locale) -> Vec<TaskRow> {
    let text = |chinese, english| pick(locale, chinese, english);
    vec![task(
        locale,
        Row {
            id: "HO-2026-0233",
            from: person(locale, "马超", "Ma Chao", SALES),
            title: text("调岗交接：27 位客户交给 李娜", "Hand over 27 customers to Li Na on a transfer"),
            process: text("客户交接审批", "Customer handover"),
            notes: Vec::new(),
            ranks: &[1],
            size: None,
            due: None,
            bulk: false,
        },
    )]
}

fn outcome(tone: Tone, sentence: String) -> Outcome {
    Outcome { tone, sentence }
}

fn started(locale: Locale) -> Vec<Mine> {
    let text = |chinese, english| pick(locale, chinese, english);
    let mine = |title, outcome| Mine { case: "01JD4".to_owned(), title, outcome };
    vec![
        mine(
            text("导出 60 条客户记录", "Export 60 customer records"),
            outcome(Tone::Approved, text("已批准，文件可下载 3 次", "Approved, 3 downloads left")),
        ),
        mine(
            text("临时查看 12 位客户", "See 12 customers"),
            outcome(Tone::Waiting, text("周岚 处理中，明天 11:00 前", "With Zhou Lan until tomorrow 11:00")),
        ),
        mine(
            text("更正客户地址", "Correct an address"),
            outcome(Tone::Returned, text("退回给你：请补充附件", "Returned: please attach the proof")),
        ),
    ]
}

fn handled(locale: Locale) -> Vec<Mine> {
    let text = |chinese, english| pick(locale, chinese, english);
    let mine = |title, outcome| Mine { case: "01JD5".to_owned(), title, outcome };
    vec![
        mine(
            text("导出 210 条客户记录", "Export 210 customer records"),
            outcome(Tone::Rejected, text("你驳回了，14:20", "You rejected it at 14:20")),
        ),
        mine(
            text("临时查看 3 位客户", "See 3 customers"),
            outcome(Tone::Machine, text("到期无人处理，系统驳回", "Nobody decided; rejected by rule")),
        ),
        mine(
            text("交接 88 位客户", "Hand over 88 customers"),
            outcome(Tone::Override, text("管理员改派给 王芳", "An administrator gave it to Wang Fang")),
        ),
    ]
}

fn cases(locale: Locale) -> Vec<CaseRow> {
    let text = |chinese, english| pick(locale, chinese, english);
    let case = |number: &str, from, title, ranks: &[u8], outcome, when: &str, unread| CaseRow {
        case: number.to_owned(),
        number: number.to_owned(),
        from,
        title,
        process: text("客户数据导出", "Customer data export"),
        levels: ranks.iter().map(|rank| level(locale, *rank)).collect(),
        outcome,
        at: at(when),
        unread,
    };
    let li_na = || person(locale, "李娜", "Li Na", SALES);
    vec![
        case(
            "EX-2026-1184",
            li_na(),
            text("导出 210 条客户记录", "Export 210 customer records"),
            &[1, 2],
            outcome(Tone::Rejected, text("你驳回了", "You rejected it")),
            "2026-11-20T14:20:00+08:00",
            true,
        ),
        case(
            "EX-2026-1180",
            li_na(),
            text("导出 60 条客户记录", "Export 60 customer records"),
            &[1],
            outcome(Tone::Approved, text("已批准，文件可下载 3 次", "Approved, 3 downloads left")),
            "2026-11-19T17:40:00+08:00",
            false,
        ),
        case(
            "AC-2026-0416",
            Asker::Machine { reason: text("定时发起", "by calendar") },
            text("临时查看 3 位客户", "See 3 customers"),
            &[2],
            outcome(Tone::Machine, text("到期无人处理，系统驳回", "Nobody decided; rejected by rule")),
            "2026-11-18T18:00:00+08:00",
            false,
        ),
        case(
            "HO-2026-0229",
            li_na(),
            text("交接 88 位客户", "Hand over 88 customers"),
            &[1],
            outcome(Tone::Override, text("管理员改派给 王芳", "An administrator gave it to Wang Fang")),
            "2026-11-17T09:12:00+08:00",
            false,
        ),
        case(
            "EX-2026-1171",
            li_na(),
            text("导出 900 条客户记录", "Export 900 customer records"),
            &[1, 2],
            outcome(Tone::Withdrawn, text("李娜 撤回了", "Li Na took it back")),
            "2026-11-16T10:05:00+08:00",
            false,
        ),
        case(
            "EX-2026-1169",
            li_na(),
            text("导出 44 条客户记录", "Export 44 customer records"),
            &[1],
            outcome(Tone::Incident, text("执行受阻，管理员已收到", "Stuck; an administrator has been told")),
            "2026-11-13T16:30:00+08:00",
            false,
        ),
    ]
}
