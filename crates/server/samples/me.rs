//! Zhang Wei's own page, in each state of password, second factor and tokens.

use super::{
    Absence, Absences, DemoCode, MePage, NewToken, Password, PasswordAgain, PasswordError, QrCode, SecondFactor,
    Session, Token,
};
use crate::{
    i18n::Locale,
    view::{
        Person,
        form::Choice,
        gallery::Samples,
        shell::samples::{at, pick},
        sign_in::samples::level,
    },
};

impl Samples for MePage {
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let usual = usual(locale);
        let enrolling = |wrong| SecondFactor::Enrolling {
            qr: qr(),
            secret: "JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP".to_owned(),
            wrong,
            demo_code: Some("482913".to_owned()),
        };
        let active = |wrong| SecondFactor::Active {
            since: at("2026-11-02T10:00:00+08:00"),
            wrong,
            demo_code: Some(DemoCode { code: "482913".to_owned(), seconds: 18 }),
        };
        let wrong = PasswordAgain { wrong: true, demo: Some("chancery-demo".to_owned()) };
        let errors = vec![PasswordError::CurrentWrong, PasswordError::TooShort, PasswordError::AgainDiffers];
        vec![
            ("enrolling", Self { second_factor: enrolling(false), ..usual.clone() }),
            ("enrolling-wrong", Self { second_factor: enrolling(true), ..usual.clone() }),
            ("usual", Self { second_factor: active(false), ..usual.clone() }),
            (
                "new-token",
                Self {
                    second_factor: active(true),
                    new_token: Some(NewToken {
                        name: pick(locale, "月报脚本", "Monthly report"),
                        secret: "chy_5h2Qk9vXw7LrT3mZp8NcB4".to_owned(),
                    }),
                    ..usual.clone()
                },
            ),
            (
                "errors",
                Self {
                    password: Password { length_min: 12, errors },
                    second_factor: SecondFactor::Absent { password: wrong.clone() },
                    token_name_missing: true,
                    token_password: wrong,
                    ..usual.clone()
                },
            ),
            (
                "common",
                Self {
                    password: Password { length_min: 12, errors: vec![PasswordError::TooCommon] },
                    roles: Vec::new(),
                    superior: None,
                    tokens: Vec::new(),
                    ..usual
                },
            ),
        ]
    }
}

fn usual(locale: Locale) -> MePage {
    let token = Token {
        id: "t1".to_owned(),
        name: pick(locale, "月报脚本", "Monthly report"),
        created_at: at("2026-10-08T09:30:00+08:00"),
        used_at: Some(at("2026-11-20T08:00:00+08:00")),
        expires_at: Some(at("2027-01-06T09:30:00+08:00")),
    };
    MePage {
        person: Person {
            name: pick(locale, "张伟", "Zhang Wei"),
            note: Some(pick(locale, "华东销售部", "Sales East")),
        },
        login: "zhang.wei".to_owned(),
        clearance: level(locale, 2),
        roles: vec![pick(locale, "销售主管", "Sales lead")],
        superior: Some(Person { name: pick(locale, "王芳", "Wang Fang"), note: None }),
        password: Password { length_min: 12, errors: Vec::new() },
        second_factor: SecondFactor::Absent { password: PasswordAgain::default() },
        tokens: vec![
            token.clone(),
            Token {
                id: "t2".to_owned(),
                name: pick(locale, "测试", "Trial"),
                used_at: None,
                expires_at: None,
                ..token
            },
        ],
        new_token: None,
        token_name_missing: false,
        token_password: PasswordAgain::default(),
        absence: Absences {
            said: vec![Absence {
                place: 0,
                from: "2026-12-01".parse().unwrap_or_default(),
                until: "2026-12-05".parse().unwrap_or_default(),
                deputy: Person { name: pick(locale, "吴涛", "Wu Tao"), note: None },
                narrowed: vec![pick(locale, "客户数据导出审批", "Customer data export")],
                over: false,
            }],
            processes: vec![Choice {
                value: "export-approval".to_owned(),
                label: pick(locale, "客户数据导出审批", "Customer data export"),
            }],
            levels: ["L0", "L1", "L2", "L3"]
                .map(|level| Choice { value: level.to_owned(), label: level.to_owned() })
                .into(),
            ..Absences::default()
        },
        sessions: vec![
            Session {
                id: "s1".to_owned(),
                device: "Chrome · Windows".to_owned(),
                address: "10.2.14.31".to_owned(),
                since: at("2026-11-20T08:41:00+08:00"),
                seen_at: at("2026-11-20T15:02:00+08:00"),
                current: true,
            },
            Session {
                id: "s2".to_owned(),
                device: "Safari · iPhone".to_owned(),
                address: "10.2.80.7".to_owned(),
                since: at("2026-11-18T19:12:00+08:00"),
                seen_at: at("2026-11-19T21:30:00+08:00"),
                current: false,
            },
        ],
    }
}

/// A pattern that looks like a code; the real one is drawn by whoever keeps the secret.
fn qr() -> QrCode {
    const WIDTH: usize = 29;
    const FINDER: usize = 7;
    let finder = |x: usize, y: usize| {
        let ring = x.abs_diff(3).max(y.abs_diff(3));
        ring != 2
    };
    let modules = (0..WIDTH * WIDTH).map(|index| {
        let (x, y) = (index % WIDTH, index / WIDTH);
        match (x < FINDER, x >= WIDTH - FINDER, y < FINDER, y >= WIDTH - FINDER) {
            (true, _, true, _) => finder(x, y),
            (_, true, true, _) => finder(x - (WIDTH - FINDER), y),
            (true, _, _, true) => finder(x, y - (WIDTH - FINDER)),
            _ if (x <= FINDER || x >= WIDTH - FINDER - 1) && (y <= FINDER || y >= WIDTH - FINDER - 1) => false,
            _ => (x * 7 + y * 13 + x * y * 5 + (x ^ y)).is_multiple_of(3) ^ (x + y).is_multiple_of(2),
        }
    });
    QrCode::draw(modules, WIDTH)
}
