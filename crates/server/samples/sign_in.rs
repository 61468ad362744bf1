//! Sign-in: a demo's first page, a company's, and what goes wrong.

use super::{DemoPerson, Refusal, SignInPage, Step};
use crate::{
    i18n::Locale,
    view::{
        LevelTag, Person,
        gallery::Samples,
        shell::samples::{at, pick},
    },
};

impl Samples for SignInPage {
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let password = |refusal| Step::Password { login: "zhang.wei".to_owned(), refusal };
        let page = |step, demo_people| Self {
            organisation: pick(locale, "远山科技", "Far Hills Technology"),
            step,
            next: None,
            demo_people,
        };
        let code = |wrong, demo_code| Step::SecondFactor { login: "zhou.lan".to_owned(), wrong, demo_code };
        vec![
            ("demo", page(Step::Password { login: String::new(), refusal: None }, people(locale))),
            ("company", page(Step::Password { login: String::new(), refusal: None }, Vec::new())),
            ("wrong", page(password(Some(Refusal::Wrong)), people(locale))),
            (
                "limited",
                page(password(Some(Refusal::RateLimited { again_at: at("2026-11-20T15:07:00+08:00") })), Vec::new()),
            ),
            ("ended", page(password(Some(Refusal::SessionEnded)), Vec::new())),
            ("code", page(code(false, Some("482913".to_owned())), Vec::new())),
            ("code-wrong", page(code(true, None), Vec::new())),
        ]
    }
}

fn people(locale: Locale) -> Vec<DemoPerson> {
    let person = |login: &str, name: String, note: String, rank: u8, todo: u64, part: Option<String>| DemoPerson {
        login: login.to_owned(),
        person: Person { name, note: Some(note) },
        level: level(locale, rank),
        todo,
        part,
    };
    let text = |chinese, english| pick(locale, chinese, english);
    vec![
        person(
            "li.na",
            text("李娜", "Li Na"),
            text("员工 · 华东销售部", "Clerk · Sales East"),
            1,
            0,
            Some(text("发起申请", "asks")),
        ),
        person(
            "zhang.wei",
            text("张伟", "Zhang Wei"),
            text("销售主管 · 华东销售部", "Sales lead · Sales East"),
            2,
            12,
            None,
        ),
        person(
            "zhou.lan",
            text("周岚", "Zhou Lan"),
            text("个人信息保护负责人 · 法务部", "Data protection officer · Legal"),
            3,
            4,
            None,
        ),
        person(
            "zhou.min",
            text("周敏", "Zhou Min"),
            text("流程管理员 · 信息部", "Process administrator · IT"),
            0,
            0,
            Some(text("搭建流程", "builds")),
        ),
        person(
            "he.jing",
            text("何静", "He Jing"),
            text("审计员 · 内审部", "Auditor · Internal audit"),
            0,
            0,
            Some(text("查记录", "audits")),
        ),
    ]
}

/// The four levels of the demo company.
pub fn level(locale: Locale, rank: u8) -> LevelTag {
    let (chinese, english) = match rank {
        0 => ("公开", "Public"),
        1 => ("基础信息", "Contact"),
        2 => ("身份与账户", "Identity"),
        _ => ("交易与投诉", "Dealings"),
    };
    LevelTag { rank, title: pick(locale, chinese, english) }
}
