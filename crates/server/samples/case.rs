//! The case of the mock: Li Na asks for 5,000 customer records; and every other state that a case can be in.

use super::{
    Addition, CasePage, Comment, CommentPart, CommentRule, Comparison, Control, Decision, Delivered, Delivery, Fact,
    Fill, Frozen, Header, Impact, InboxPlace, LevelCount, More, MoreForm, Naming, Outcome, Own, Panel, Password,
    PickedField, Pool, Receiver, Refusal, RequestRow, RequestValue, Returned, Said, Sample, Saying, SayingKind,
    SecondFactor, Standing, Undo, more::samples as more,
};
use crate::{
    i18n::Locale,
    view::{
        LevelTag, Person,
        diagram::{Arm, Diagram, Fork, Node, Return, State, Stop, Work, draw},
        form::{FieldControl, FormField, samples::said},
        gallery::Samples,
        inbox::Asker,
        shell::samples::{at, pick},
        timeline::samples::{case_history, every_sentence},
    },
};

impl Samples for CasePage {
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let usual = usual(locale);
        let mut all = vec![
            ("usual", usual.clone()),
            ("changed", usual.clone()),
            (
                "elsewhere",
                CasePage { panel: Panel::Nothing, impact: None, place: None, more: Vec::new(), ..usual.clone() },
            ),
            ("clearance", CasePage { panel: Panel::Decide(refused(locale)), ..usual.clone() }),
            ("pool", pool(locale)),
            ("fill", filling(locale)),
            ("name", naming(locale)),
            ("return", opened(locale, More::Return)),
            ("add", opened(locale, More::Add)),
            ("ask", opened(locale, More::Ask)),
            ("remove", opened(locale, More::Remove)),
            ("opinion", saying(locale, SayingKind::Opinion)),
            ("answer", saying(locale, SayingKind::Answer)),
            ("delegated", saying(locale, SayingKind::Delegated)),
            ("undo", undoing(locale)),
            ("own", own(locale)),
            ("rejected", rejected(locale)),
            ("sentences", CasePage { history: every_sentence(locale), ..usual.clone() }),
        ];
        let states = [
            ("making", Delivery::Making { done: 3200, total: 5000, again: true }),
            ("ready", ready(Password::Waiting, 3)),
            ("told", ready(Password::Told { value: "7pQm-Xw4k-2TzR".to_owned() }, 3)),
            ("downloaded", ready(Password::Gone { at: at("2026-11-24T10:12:00+08:00") }, 2)),
            ("spent", Delivery::Spent { copies: 3 }),
            ("expired", Delivery::Expired { at: at("2026-12-01T10:10:00+08:00") }),
            (
                "recalled",
                Delivery::Recalled { who: pick(locale, "张伟", "Zhang Wei"), at: at("2026-11-20T14:40:00+08:00") },
            ),
            ("delayed", Delivery::Delayed { next: at("2026-11-20T15:02:30+08:00"), attempts: 3 }),
            ("incident", Delivery::Incident { number: "7F3K".to_owned() }),
        ];
        all.extend(states.map(|(name, delivery)| (name, delivered(locale, delivery))));
        all
    }
}

/// The tags of the demo company, by rank.
pub fn tag(locale: Locale, rank: u8) -> LevelTag {
    let title = match rank {
        0 => pick(locale, "公开", "Public"),
        1 => pick(locale, "基础信息", "Basic"),
        2 => pick(locale, "身份与账户", "Identity"),
        _ => pick(locale, "交易与投诉", "Dealings"),
    };
    LevelTag { rank, title }
}

/// Somebody of the demo company.
pub fn person(locale: Locale, chinese: &str, english: &str) -> Person {
    Person { name: pick(locale, chinese, english), note: Some(pick(locale, "华东销售部", "Sales East")) }
}

fn usual(locale: Locale) -> CasePage {
    CasePage {
        id: "0193-1187".to_owned(),
        header: Header {
            from: Asker::Person { person: person(locale, "李娜", "Li Na") },
            title: pick(locale, "李娜申请导出 5,000 条客户记录", "Li Na asks to export 5,000 customer records"),
            process: pick(locale, "客户数据导出", "Customer data export"),
            number: "EX-2026-1187".to_owned(),
            submission: 2,
            version: 7,
            standing: Standing::Due {
                at: at("2026-11-20T18:00:00+08:00"),
                reminder: Some(at("2026-11-20T16:00:00+08:00")),
                late: false,
            },
        },
        place: Some(InboxPlace {
            position: 3,
            total: 12,
            previous: Some("/cases/0193-1186".to_owned()),
            next: Some("/cases/0193-1188".to_owned()),
        }),
        diagram: diagram(locale, State::Now, State::Next, State::Next),
        request: request(locale),
        picked: picked(locale),
        additions: Vec::new(),
        impact: Some(impact(locale)),
        panel: Panel::Decide(decision(locale)),
        delivery: None,
        own: None,
        more: more::more(locale, None),
        history: case_history(locale),
        comments: comments(locale),
        reply: Control::Offered,
    }
}

/// How far a fork is, by the step before it.
fn after(before: State) -> State {
    match before {
        State::Done => State::Done,
        State::Now | State::Next | State::Stuck => State::Next,
        State::Refused | State::Not => State::Not,
    }
}

fn diagram(locale: Locale, manager: State, protection: State, file: State) -> Diagram {
    let stop = |id: &str, title: String, who: Option<String>, when: Option<String>, work: Work, state: State| {
        Node::Stop(Stop { id: id.to_owned(), title, who, when, work, state })
    };
    let zhou_lan = stop(
        "protection",
        pick(locale, "保护负责人审批", "Data protection officer"),
        Some(pick(locale, "周岚", "Zhou Lan")),
        Some(pick(locale, "预计 11-23 下午", "expected Mon afternoon")),
        Work::Person,
        protection,
    );
    let fork = Node::Fork(Fork {
        title: pick(locale, "按风险分支", "Risk"),
        reason: Some(pick(locale, "含 L3、超过 500 条", "L3, over 500 records")),
        state: after(manager),
        arms: vec![
            Arm { label: None, taken: true, nodes: vec![zhou_lan] },
            Arm {
                label: Some(pick(
                    locale,
                    "不含 L2、L3 且不超过 500 条时走这里",
                    "taken when no L2 or L3, and at most 500 records",
                )),
                taken: false,
                nodes: Vec::new(),
            },
        ],
    });
    let nodes = [
        stop(
            "submit",
            pick(locale, "提交", "Submit"),
            Some(pick(locale, "李娜", "Li Na")),
            Some(pick(locale, "今天 09:00", "today 09:00")),
            Work::Person,
            State::Done,
        ),
        stop(
            "manager",
            pick(locale, "直属主管审批", "Line manager"),
            Some(pick(locale, "张伟（你）", "Zhang Wei (you)")),
            Some(pick(locale, "18:00 到期", "due 18:00")),
            Work::Person,
            manager,
        ),
        fork,
        stop(
            "produce",
            pick(locale, "生成文件", "Make the file"),
            Some(pick(locale, "系统", "system")),
            Some(pick(locale, "约 1 分钟", "about a minute")),
            Work::Machine,
            file,
        ),
        stop(
            "ready",
            pick(locale, "通知", "Notify"),
            Some(pick(locale, "李娜", "Li Na")),
            Some(pick(locale, "可下载 7 天", "7 days to download")),
            Work::Message,
            if matches!(file, State::Done | State::Not) { file } else { State::Next },
        ),
    ];
    let back = Return {
        from: "manager".to_owned(),
        to: "submit".to_owned(),
        label: pick(locale, "退回过 1 次", "returned once"),
    };
    draw(&nodes, &[back])
}

fn request(locale: Locale) -> Vec<RequestRow> {
    let text = |value: String| RequestValue::Text { text: value };
    vec![
        RequestRow {
            label: pick(locale, "用途", "Purpose"),
            level: None,
            value: text(pick(
                locale,
                "三季度成交客户电话回访，由客服三组在 12 月 5 日前完成。",
                "Call back the customers who bought in Q3; service group 3, by 5 December.",
            )),
        },
        RequestRow {
            label: pick(locale, "记录", "Records"),
            level: None,
            value: RequestValue::Records {
                count: 5000,
                register: pick(locale, "客户档案", "Customer"),
                chosen: Some(chosen(locale)),
                frozen: Some(Frozen { at: at("2026-11-20T09:00:00+08:00"), digest: "8f3a 02d1 … c21e".to_owned() }),
            },
        },
        RequestRow {
            label: pick(locale, "文件", "File"),
            level: None,
            value: text(pick(
                locale,
                "XLSX，加水印，凭口令打开，7 天内下载 3 次",
                "XLSX, watermarked, password, 3 downloads in 7 days",
            )),
        },
    ]
}

fn picked(locale: Locale) -> Vec<PickedField> {
    let row = |label: String, rank: u8, delivered: Delivered, sample: Sample| PickedField {
        label,
        level: tag(locale, rank),
        delivered,
        sample,
    };
    let shown = |text: &str| Sample::Shown { text: text.to_owned() };
    vec![
        row(
            pick(locale, "姓名", "Name"),
            1,
            Delivered::Clear,
            Sample::Shown { text: pick(locale, "陈建国", "Chen Jianguo") },
        ),
        row(pick(locale, "手机", "Mobile"), 1, Delivered::Clear, shown("138****1234")),
        row(pick(locale, "身份证号", "ID number"), 2, Delivered::Clear, shown("310***********1234")),
        row(pick(locale, "银行卡号", "Bank card"), 2, Delivered::Clear, shown("6222 **** **** 0123")),
        row(pick(locale, "交易明细", "Dealings"), 3, Delivered::Clear, Sample::Hidden),
    ]
}

fn chosen(locale: Locale) -> String {
    pick(
        locale,
        "负责人 是 李娜 且 最近联系 在 2026-07-01 至 2026-09-30 之间",
        "Owner is Li Na and Last contact is from 2026-07-01 to 2026-09-30",
    )
}

fn impact(locale: Locale) -> Impact {
    let level = |rank: u8, count: u64, fields: String| LevelCount { level: tag(locale, rank), count, fields };
    Impact {
        records: 5000,
        register: pick(locale, "客户", "customer"),
        chosen: Some(chosen(locale)),
        receiver: Some(Receiver {
            name: pick(locale, "李娜", "Li Na"),
            role: pick(locale, "员工", "staff"),
            department: pick(locale, "华东销售部", "Sales East"),
            clearance: "L1".to_owned(),
        }),
        levels: vec![
            level(3, 1, pick(locale, "交易明细", "Dealings")),
            level(2, 2, pick(locale, "身份证号、银行卡号", "ID number, bank card")),
            level(1, 2, pick(locale, "姓名、手机", "Name, mobile")),
        ],
        masked: None,
        comparison: Comparison::new(5000, &[80, 100, 110, 118, 120, 140, 200, 260, 340], 12, Some("L3".to_owned())),
        facts: vec![
            Fact::AlsoNeeds {
                who: pick(locale, "周岚", "Zhou Lan"),
                role: pick(locale, "个人信息保护负责人", "data protection officer"),
            },
            Fact::Grants {
                approvals: 2,
                records: 5000,
                fields: 5,
                period: pick(locale, "7 天", "7 days"),
                downloads: 3,
            },
        ],
        undo: Some(Undo::UntilDownload),
    }
}

fn decision(locale: Locale) -> Decision {
    Decision {
        task: "0193-t1".to_owned(),
        revision: 12,
        reader: pick(locale, "李娜", "Li Na"),
        comment_rule: CommentRule::OnReject,
        comment: String::new(),
        comment_missing: false,
        approve: Control::Offered,
        reject: Control::Offered,
        second_factor: None,
        pool: None,
        deputy_for: None,
    }
}

fn opened(locale: Locale, kind: More) -> CasePage {
    CasePage { more: more::more(locale, Some(kind)), ..usual(locale) }
}

fn undoing(locale: Locale) -> CasePage {
    let plain = |kind, word| MoreForm { said: None, ..more::more_form(kind, word) };
    let more = vec![plain(More::CallBack, "resolve"), plain(More::TakeBack, "take-back")];
    CasePage { panel: Panel::Nothing, impact: None, more, ..usual(locale) }
}

fn saying(locale: Locale, kind: SayingKind) -> CasePage {
    let panel = Saying {
        task: "0193-t4".to_owned(),
        asked: kind,
        from: pick(locale, "张伟", "Zhang Wei"),
        question: (kind != SayingKind::Delegated)
            .then(|| pick(locale, "银行卡号一定要吗？", "Is the card number needed?")),
        said: Said {
            text: String::new(),
            required: kind != SayingKind::Delegated,
            missing: kind == SayingKind::Answer,
        },
    };
    CasePage { panel: Panel::Say(panel), impact: None, more: Vec::new(), ..usual(locale) }
}

fn refused(locale: Locale) -> Decision {
    let why = Refusal::Clearance {
        needed: "L3".to_owned(),
        role: pick(locale, "个人信息保护负责人", "data protection officer"),
        yours: "L2".to_owned(),
    };
    Decision {
        approve: Control::Refused { why },
        comment_missing: true,
        deputy_for: Some(pick(locale, "何琳", "He Lin")),
        ..decision(locale)
    }
}

fn pool(locale: Locale) -> CasePage {
    let panel = Decision {
        second_factor: Some(SecondFactor { wrong: true, demo: Some("123456".to_owned()) }),
        pool: Some(Pool::Open { people: 2 }),
        comment_rule: CommentRule::Optional,
        comment: pick(locale, "只核对金额，可以。", "To check amounts only: fine."),
        ..decision(locale)
    };
    let mut page = CasePage {
        panel: Panel::Decide(panel),
        diagram: diagram(locale, State::Done, State::Now, State::Next),
        ..usual(locale)
    };
    page.header.standing = Standing::Due { at: at("2026-11-20T14:27:00+08:00"), reminder: None, late: true };
    page.impact = Some(Impact {
        comparison: None,
        masked: Some(LevelCount { level: tag(locale, 0), count: 1, fields: pick(locale, "手机", "Mobile") }),
        facts: vec![Fact::Last],
        undo: Some(Undo::Never),
        ..impact(locale)
    });
    page
}

fn filling(locale: Locale) -> CasePage {
    let amount = FormField {
        name: "amount".to_owned(),
        label: pick(locale, "核实的金额", "Amount found"),
        help: Some(pick(locale, "从账务系统抄录。", "As the ledger has it.")),
        level: Some(tag(locale, 3)),
        optional: false,
        problem: Some(said(locale, "请填写数字，例如 1200 或 0.5。", "Digits only, for example 1200 or 0.5.")),
        control: FieldControl::Number {
            value: pick(locale, "一千二", "twelve hundred"),
            unit: Some(pick(locale, "元", "CNY")),
            decimals: true,
        },
    };
    let panel = Fill {
        task: "0193-t2".to_owned(),
        revision: 14,
        returned: Some(Returned {
            who: pick(locale, "张伟", "Zhang Wei"),
            reason: Some(pick(locale, "请核实成交金额", "Please check the amount")),
        }),
        help: Some(pick(locale, "核对成交金额，填在这里。", "Check the amount and enter it here.")),
        fields: vec![amount],
        comment_required: true,
        reader: pick(locale, "李娜", "Li Na"),
        comment: String::new(),
        comment_missing: true,
        second_factor: None,
        complete: Control::Offered,
        pool: Some(Pool::Yours),
    };
    CasePage { panel: Panel::Fill(panel), impact: None, ..usual(locale) }
}

fn naming(locale: Locale) -> CasePage {
    let panel = Naming {
        task: "0193-t3".to_owned(),
        step: pick(locale, "直属主管审批", "Line manager"),
        who: more::picker(locale),
        control: Control::Offered,
    };
    CasePage { panel: Panel::Name(panel), impact: None, more: Vec::new(), ..usual(locale) }
}

fn own(locale: Locale) -> CasePage {
    let mut page = usual(locale);
    page.header.standing =
        Standing::Waiting { on: pick(locale, "张伟", "Zhang Wei"), until: Some(at("2026-11-20T18:00:00+08:00")) };
    page.own = Some(Own {
        withdraw: Control::Offered,
        urge: Control::Refused { why: Refusal::TooSoon { again: at("2026-11-20T18:10:00+08:00") } },
    });
    CasePage { panel: Panel::Nothing, impact: None, place: None, more: Vec::new(), ..page }
}

fn rejected(locale: Locale) -> CasePage {
    let mut page = CasePage { diagram: diagram(locale, State::Refused, State::Not, State::Not), ..own(locale) };
    page.header.standing = Standing::Ended { outcome: Outcome::Rejected, at: at("2026-11-20T14:20:00+08:00") };
    page.own = Some(Own { withdraw: Control::Refused { why: Refusal::Ended }, urge: Control::Absent });
    page.reply = Control::Absent;
    page.additions = vec![Addition {
        step: pick(locale, "核实", "Check"),
        who: person(locale, "陈静", "Chen Jing"),
        at: at("2026-11-20T11:00:00+08:00"),
        rows: vec![
            RequestRow {
                label: pick(locale, "客户原话", "Customer's words"),
                level: Some(tag(locale, 1)),
                value: RequestValue::Masked { text: "****".to_owned() },
            },
            RequestRow { label: pick(locale, "备注", "Remark"), level: None, value: RequestValue::Empty },
            RequestRow {
                label: pick(locale, "流水", "Ledger"),
                level: Some(tag(locale, 3)),
                value: RequestValue::Hidden,
            },
            RequestRow {
                label: pick(locale, "分期", "Instalments"),
                level: None,
                value: RequestValue::Table {
                    columns: vec![pick(locale, "日期", "Day"), pick(locale, "金额", "Amount")],
                    rows: vec![vec!["2026-12-01".to_owned(), "1,200.00".to_owned()]],
                },
            },
        ],
    }];
    page
}

fn delivered(locale: Locale, delivery: Delivery) -> CasePage {
    let file = match &delivery {
        Delivery::Making { .. } | Delivery::Delayed { .. } => State::Now,
        Delivery::Incident { .. } => State::Stuck,
        Delivery::Ready { .. } | Delivery::Spent { .. } | Delivery::Expired { .. } | Delivery::Recalled { .. } => {
            State::Done
        }
    };
    let mut page = CasePage { diagram: diagram(locale, State::Done, State::Done, file), ..own(locale) };
    page.header.standing = match file {
        State::Now => Standing::Executing,
        State::Stuck => Standing::Stopped,
        State::Done | State::Refused | State::Next | State::Not => {
            Standing::Ended { outcome: Outcome::Approved, at: at("2026-11-20T14:10:00+08:00") }
        }
    };
    page.own = Some(Own { withdraw: Control::Refused { why: Refusal::ActionBegan }, urge: Control::Absent });
    page.delivery = Some(delivery);
    page
}

fn ready(password: Password, copies_left: u32) -> Delivery {
    Delivery::Ready {
        artifact: "0193-a1".to_owned(),
        name: "EX-2026-1187.zip".to_owned(),
        size: "412 KB".to_owned(),
        password,
        copies_left,
        copies: 3,
        expires: at("2026-11-27T14:10:00+08:00"),
        download: Control::Offered,
    }
}

fn comments(locale: Locale) -> Vec<Comment> {
    let text = |text: String| CommentPart::Text { text };
    vec![
        Comment {
            who: person(locale, "李娜", "Li Na"),
            role: None,
            at: at("2026-11-20T09:02:00+08:00"),
            parts: vec![
                CommentPart::Mention { name: pick(locale, "张伟", "Zhang Wei") },
                text(pick(
                    locale,
                    " 住址已去掉。交易明细是客服核对成交金额用的。",
                    " Address removed. Service needs the dealings to check the amounts.",
                )),
            ],
        },
        Comment {
            who: person(locale, "周岚", "Zhou Lan"),
            role: Some(pick(locale, "个人信息保护负责人", "Data protection officer")),
            at: at("2026-11-20T13:20:00+08:00"),
            parts: vec![text(pick(
                locale,
                "只核对金额的话，可以只给合计，不必给逐笔明细。",
                "To check amounts a total would do; the single dealings are not needed.",
            ))],
        },
    ]
}
