//! Every problem that a page can tell of.

use super::{Problem, ProblemPage};
use crate::{
    i18n::Locale,
    view::{
        gallery::Samples,
        shell::samples::{at, pick},
    },
};

impl Samples for ProblemPage {
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let page = |problem| Self { problem, number: "7F3K".to_owned() };
        let clearance = pick(
            locale,
            "查看这位客户要求 L2 权限，你的是 L1。可以向直属主管申请临时访问。",
            "This customer needs clearance L2, yours is L1. You may ask your superior for temporary access.",
        );
        let claimed =
            pick(locale, "周岚 刚刚处理了这件事，已移到“已办”。", "Zhou Lan has just decided this. It is under Done.");
        let days = pick(
            locale,
            "数据最多用 30 天；请把日期改到 12 月 20 日或之前。",
            "Data may be used for 30 days at most: choose 20 December or earlier.",
        );
        vec![
            ("malformed", page(Problem::Malformed)),
            ("forbidden", page(Problem::Forbidden { reasons: vec![clearance] })),
            ("forged", page(Problem::Forged)),
            ("missing", page(Problem::Missing)),
            ("method", page(Problem::MethodRefused)),
            ("conflict", page(Problem::Conflict { sentence: claimed, case: Some("01JD3".to_owned()) })),
            ("too-large", page(Problem::TooLarge)),
            ("invalid", page(Problem::Invalid { reasons: vec![days] })),
            ("too-often", page(Problem::TooOften { again_at: at("2026-11-20T15:04:00+08:00") })),
            ("ours", page(Problem::Ours)),
            ("busy", page(Problem::Busy)),
        ]
    }
}
