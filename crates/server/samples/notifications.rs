//! Two days of notifications, and none.

use super::{Day, Kind, Notification, NotificationsPage};
use crate::{
    i18n::Locale,
    view::{
        gallery::Samples,
        shell::samples::{at, pick},
    },
};

impl Samples for NotificationsPage {
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let usual = Self {
            unread: 2,
            days: vec![
                Day { at: at("2026-11-20T12:00:00+08:00"), notifications: today(locale) },
                Day { at: at("2026-11-19T12:00:00+08:00"), notifications: yesterday(locale) },
            ],
            next: Some("/notifications?before=01JD0".to_owned()),
        };
        vec![("usual", usual), ("empty", Self { unread: 0, days: Vec::new(), next: None })]
    }
}

fn notification(kind: Kind, clock: &str, unread: bool, title: String, body: Option<String>) -> Notification {
    Notification {
        id: format!("n{}", clock.replace(['T', ':'], "-")),
        kind,
        title,
        body,
        case: Some("01JD3".to_owned()),
        at: at(&format!("2026-11-{clock}:00+08:00")),
        unread,
    }
}

fn today(locale: Locale) -> Vec<Notification> {
    let text = |chinese, english| pick(locale, chinese, english);
    vec![
        notification(
            Kind::Reminder,
            "20T14:58",
            true,
            text(
                "李娜的申请“导出 5,000 条客户记录”今天 18:00 到期",
                "Li Na's request “Export 5,000 customer records” is due today at 18:00",
            ),
            Some(text(
                "下周一 18:00 仍未处理，将转给 王芳。",
                "If nobody decides by Monday 18:00, it goes to Wang Fang.",
            )),
        ),
        notification(
            Kind::Escalation,
            "20T13:00",
            true,
            text(
                "“离职交接：王磊 的 312 位客户交给 吴涛”已逾期，转给你处理",
                "“Wang Lei's 312 customers go to Wu Tao” was overdue and is yours now",
            ),
            None,
        ),
        notification(
            Kind::Comment,
            "20T09:02",
            false,
            text("李娜 在“导出 5,000 条客户记录”里提到了你", "Li Na mentioned you in “Export 5,000 customer records”"),
            Some(text(
                "住址已去掉。交易明细是客服核对成交金额用的。",
                "The address is gone. The dealings are needed to check amounts.",
            )),
        ),
        notification(
            Kind::Task,
            "20T09:00",
            false,
            text(
                "李娜 改后再次提交“导出 5,000 条客户记录”，等你审批",
                "Li Na has submitted “Export 5,000 customer records” again; it waits for you",
            ),
            None,
        ),
    ]
}

fn yesterday(locale: Locale) -> Vec<Notification> {
    let text = |chinese, english| pick(locale, chinese, english);
    vec![
        notification(
            Kind::File,
            "19T17:40",
            false,
            text("你申请的文件已生成，可在 7 天内下载 3 次", "Your file is ready: 3 downloads within 7 days"),
            None,
        ),
        notification(
            Kind::Approved,
            "19T17:38",
            false,
            text(
                "周岚 批准了你的申请“导出 60 条客户记录”",
                "Zhou Lan approved your request “Export 60 customer records”",
            ),
            None,
        ),
        notification(
            Kind::Returned,
            "19T11:20",
            false,
            text("周岚 退回了你的申请“更正客户地址”", "Zhou Lan returned your request “Correct a customer's address”"),
            Some(text("请补充附件。", "Please attach the proof.")),
        ),
        notification(
            Kind::Rejected,
            "19T10:05",
            false,
            text(
                "周岚 驳回了你的申请“临时查看 300 位客户”",
                "Zhou Lan rejected your request “See 300 customers for a while”",
            ),
            None,
        ),
        notification(
            Kind::Notice,
            "19T09:00",
            false,
            text("流程“客户数据导出”发布了第 7 版", "Version 7 of “Customer data export” is live"),
            None,
        ),
        notification(
            Kind::Incident,
            "19T08:12",
            false,
            text("“生成文件”连续失败 5 次，需要人工处理", "“Make the file” has failed 5 times and needs an operator"),
            None,
        ),
    ]
}
