//! The customers of the mock, and every state of the table.

use super::{Empty, Filter, Head, NewRecordPage, Pager, RecordCell, RecordRow, RegisterPage, RevealPage, RevealReason};
use crate::{
    i18n::Locale,
    view::{
        LevelTag,
        case::{Refusal, SecondFactor, samples::tag},
        form::{
            FieldControl, FormField, Keys, Problem,
            samples::{every_shape, field, option, said},
        },
        gallery::Samples,
        shell::samples::pick,
    },
};

/// Name in Chinese and English, mobile, identity number, card, owner, last contact.
type Row =
    (&'static str, &'static str, &'static str, &'static str, &'static str, (&'static str, &'static str), &'static str);

const ROWS: [Row; 13] = [
    ("陈建国", "Chen Jianguo", "138****1234", "310***********1234", "6222 **** **** 0123", ("李娜", "Li Na"), "11-20"),
    ("王秀英", "Wang Xiuying", "139****5678", "320***********0826", "6217 **** **** 7741", ("李娜", "Li Na"), "11-19"),
    (
        "刘志强",
        "Liu Zhiqiang",
        "186****0092",
        "310***********4417",
        "6228 **** **** 3305",
        ("刘洋", "Liu Yang"),
        "11-19",
    ),
    (
        "上官婉",
        "Shangguan Wan",
        "150****3310",
        "330***********2048",
        "6225 **** **** 9012",
        ("赵敏", "Zhao Min"),
        "11-18",
    ),
    ("杨丽华", "Yang Lihua", "137****4421", "310***********6629", "6214 **** **** 1188", ("孙浩", "Sun Hao"), "11-18"),
    ("黄志远", "Huang Zhiyuan", "159****7810", "340***********1530", "6222 **** **** 4096", ("李娜", "Li Na"), "11-17"),
    ("周雪梅", "Zhou Xuemei", "133****2206", "310***********8804", "6230 **** **** 5527", ("吴涛", "Wu Tao"), "11-16"),
    ("徐国栋", "Xu Guodong", "188****6543", "320***********3912", "6217 **** **** 2280", ("刘洋", "Liu Yang"), "11-13"),
    ("孙雅琴", "Sun Yaqin", "135****9017", "310***********0741", "6228 **** **** 6674", ("赵敏", "Zhao Min"), "11-12"),
    ("马俊杰", "Ma Junjie", "177****1145", "330***********5526", "6222 **** **** 8831", ("孙浩", "Sun Hao"), "11-12"),
    ("朱玉兰", "Zhu Yulan", "136****8080", "310***********7213", "6225 **** **** 1402", ("李娜", "Li Na"), "11-10"),
    ("胡晓峰", "Hu Xiaofeng", "131****3579", "340***********9908", "6214 **** **** 7719", ("吴涛", "Wu Tao"), "11-09"),
    (
        "郭美玲",
        "Guo Meiling",
        "158****2468",
        "310***********1167",
        "6230 **** **** 3046",
        ("赵敏", "Zhao Min"),
        "11-06",
    ),
];

impl Samples for RegisterPage {
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let usual = usual(locale);
        let none = |empty: Empty, visible: u64| Self { rows: Vec::new(), empty: Some(empty), visible, ..usual.clone() };
        let base = || "/registers/customer".to_owned();
        let mut filtered =
            none(Empty::NoMatch { without: Some(pick(locale, "最近联系", "Last contact")), url: base() }, 12_840);
        "90".clone_into(&mut filtered.filters[1].value);
        let mut found = Self { search: "5678".to_owned(), ..usual.clone() };
        found.rows.truncate(1);
        found.pager = Pager { from: 1, to: 1, total: None, newer: None, older: None };
        let allowed_nothing = Self {
            may_create: false,
            request_export: None,
            filters: vec![],
            searchable: vec![],
            ..none(Empty::NothingAllowed { count: 312 }, 0)
        };
        vec![
            ("usual", usual.clone()),
            ("found", found),
            (
                "not-found",
                Self { search: "5679".to_owned(), ..none(Empty::NoMatch { without: None, url: base() }, 12_840) },
            ),
            ("filtered", filtered),
            ("nothing-yet", none(Empty::NoRecords, 0)),
            ("nothing-allowed", allowed_nothing),
        ]
    }
}

fn usual(locale: Locale) -> RegisterPage {
    let head = |label: String, level: Option<LevelTag>| Head { label, level, right: false, sorted: false };
    let level = |rank: u8| Some(tag(locale, rank));
    RegisterPage {
        form: "customer".to_owned(),
        title: pick(locale, "客户档案", "Customers"),
        visible: 12_840,
        may_create: true,
        request_export: Some("/start/export-approval".to_owned()),
        search: String::new(),
        searchable: vec![pick(locale, "手机", "mobile"), pick(locale, "身份证号", "ID number")],
        filters: vec![
            Filter {
                name: "owner".to_owned(),
                label: pick(locale, "负责人", "Owner"),
                value: "team".to_owned(),
                options: vec![
                    option("", pick(locale, "全部", "all")),
                    option("me", pick(locale, "我", "me")),
                    option("team", pick(locale, "我的团队", "my team")),
                ],
            },
            Filter {
                name: "last_contact".to_owned(),
                label: pick(locale, "最近联系", "Last contact"),
                value: String::new(),
                options: vec![
                    option("", pick(locale, "不限", "any time")),
                    option("30", pick(locale, "30 天以内", "within 30 days")),
                    option("90", pick(locale, "90 天没有联系", "not for 90 days")),
                ],
            },
        ],
        columns: vec![
            head(pick(locale, "姓名", "Name"), level(1)),
            head(pick(locale, "手机", "Mobile"), level(1)),
            head(pick(locale, "身份证号", "ID number"), level(2)),
            head(pick(locale, "银行卡号", "Bank card"), level(2)),
            head(pick(locale, "交易明细", "Dealings"), level(3)),
            head(pick(locale, "负责人", "Owner"), None),
            Head { right: true, sorted: true, ..head(pick(locale, "最近联系", "Last contact"), None) },
        ],
        rows: (1..).zip(ROWS).map(|(place, row)| record_row(locale, place, row)).collect(),
        pager: Pager {
            from: 1,
            to: 13,
            total: Some(12_840),
            newer: None,
            older: Some("/registers/customer?after=0193-13".to_owned()),
        },
        empty: None,
        watermark: Some(pick(locale, "张伟 zhang.wei 2026-11-20 15:02", "Zhang Wei zhang.wei 2026-11-20 15:02")),
    }
}

fn record_row(locale: Locale, place: u32, row: Row) -> RecordRow {
    let (chinese, english, mobile, id_number, bank_card, owner, contact) = row;
    let url = format!("/registers/customer/0193-{place}");
    let masked = |field: &str, label: String, mask: &str| RecordCell::Masked {
        text: mask.to_owned(),
        reveal: Some(format!("{url}/reveal/{field}")),
        field: label,
    };
    let mobile = if place == 2 {
        RecordCell::Shown { text: "139 1702 5678".to_owned(), seconds: 48, mask: mobile.to_owned() }
    } else {
        masked("mobile", pick(locale, "手机", "mobile"), mobile)
    };
    let cells = vec![
        mobile,
        masked("id_number", pick(locale, "身份证号", "ID number"), id_number),
        masked("bank_card", pick(locale, "银行卡号", "bank card"), bank_card),
        RecordCell::Hidden,
        RecordCell::Clear { text: pick(locale, owner.0, owner.1) },
        RecordCell::Clear { text: contact.to_owned() },
    ];
    RecordRow { title: pick(locale, chinese, english), cells, url }
}

impl Samples for NewRecordPage {
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let mut fields = every_shape(locale);
        fields.insert(
            0,
            FormField {
                level: Some(tag(locale, 1)),
                ..field(
                    "name",
                    pick(locale, "姓名", "Name"),
                    FieldControl::Line {
                        value: String::new(),
                        placeholder: None,
                        keys: Keys::Text,
                        length_max: Some(100),
                    },
                )
            },
        );
        let page = Self {
            form: "customer".to_owned(),
            title: pick(locale, "客户档案", "Customers"),
            fields,
            problems: 0,
            token: "0193-token".to_owned(),
        };
        let mut wrong = page.clone();
        wrong.fields[0].problem = Some(said(locale, "请填写。", "Please fill this in."));
        wrong.fields[1].problem = Some(Problem::Taken);
        wrong.problems = 2;
        vec![("usual", page), ("problems", wrong)]
    }
}

impl Samples for RevealPage {
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let page = Self {
            action: "/registers/customer/0193-3/reveal/id_number".to_owned(),
            back: "/registers/customer".to_owned(),
            record: pick(locale, "刘志强", "Liu Zhiqiang"),
            field: pick(locale, "身份证号", "ID number"),
            level: tag(locale, 2),
            seconds: 60,
            reason: Some(RevealReason { value: pick(locale, "合同办理", "Contract"), missing: false }),
            second_factor: Some(SecondFactor { wrong: false, demo: None }),
            seen_by: pick(
                locale,
                "负责人 刘洋 和个人信息保护负责人",
                "Their owner Liu Yang and the data protection officers",
            ),
            refused: None,
        };
        let other = RevealReason { value: pick(locale, "核对保单", "Checking a policy"), missing: false };
        let unreasoned = RevealReason { value: String::new(), missing: true };
        vec![
            ("usual", page.clone()),
            ("other", Self { reason: Some(other), second_factor: None, ..page.clone() }),
            (
                "wrong",
                Self {
                    reason: Some(unreasoned),
                    second_factor: Some(SecondFactor { wrong: true, demo: None }),
                    ..page.clone()
                },
            ),
            ("plain", Self { reason: None, second_factor: None, ..page.clone() }),
            ("not-set-up", Self { refused: Some(Refusal::NoSecondFactor), ..page }),
        ]
    }
}
