//! The shell around sample pages: Zhang Wei of Sales East, a Friday afternoon.

use chrono::{DateTime, Utc};

use super::{Account, Banner, Register, Shell, Theme};
use crate::{i18n::Locale, view::Person};

/// Friday 20 November 2026, 15:02 in Shanghai.
pub fn now() -> DateTime<Utc> {
    at("2026-11-20T15:02:00+08:00")
}

/// A moment, written with its offset.
pub fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("a moment of a sample")
}

/// The text for a reader of `locale`.
pub fn pick(locale: Locale, chinese: &str, english: &str) -> String {
    match locale {
        Locale::ZhCn => chinese,
        Locale::En => english,
    }
    .to_owned()
}

/// The shell for one sample; `.changed`, `.elsewhere` and others in its name bring their banner, `sign-in.` has no account.
pub fn shell_for(name: &str, locale: Locale) -> Shell {
    let (page, sample) = name.split_once('.').expect("a sample is named page.sample");
    Shell {
        locale,
        theme: Theme::System,
        zone: chrono_tz::Asia::Shanghai,
        now: now(),
        csrf_token: "q3Yt0pXc5hB8".to_owned(),
        path: format!("/{page}"),
        account: (page != "sign-in").then(|| account(locale)),
        banner: banner(sample, locale),
    }
}

fn account(locale: Locale) -> Account {
    Account {
        person: Person {
            name: pick(locale, "张伟", "Zhang Wei"),
            note: Some(pick(locale, "华东销售部", "Sales East")),
        },
        todo: 12,
        unread: 2,
        registers: vec![Register { form: "customer".to_owned(), title: pick(locale, "客户档案", "Customers") }],
        incidents: true,
        audit: true,
    }
}

fn banner(sample: &str, locale: Locale) -> Option<Banner> {
    match sample {
        "changed" => {
            Some(Banner::ChangedMeanwhile { by: pick(locale, "李娜", "Li Na"), at: at("2026-11-20T15:01:50+08:00") })
        }
        "elsewhere" => Some(Banner::DoneElsewhere { by: pick(locale, "周岚", "Zhou Lan") }),
        "done" => Some(Banner::Done { sentence: pick(locale, "已批准 3 件。", "3 requests approved.") }),
        "refused" => Some(Banner::Refused {
            sentence: pick(
                locale,
                "不能批准：这件事要求个人信息保护负责人的权限（L3），你的是 L2。",
                "You cannot approve: it needs clearance L3, yours is L2.",
            ),
        }),
        "delayed" => Some(Banner::Delayed {
            sentence: pick(
                locale,
                "已批准，执行延迟：文件服务暂不可用，系统每 30 秒重试。",
                "Approved, delayed: the file service is down; retrying every 30 s.",
            ),
        }),
        _ => None,
    }
}
