//! What may be done beside deciding, as the case of the mock offers it.

use super::{More, MoreForm, Picker, Said};
use crate::{
    i18n::Locale,
    view::{form::Choice, shell::samples::pick},
};

pub fn picker(locale: Locale) -> Picker {
    let option =
        |value: &str, chinese, english| Choice { value: value.to_owned(), label: pick(locale, chinese, english) };
    Picker {
        text: String::new(),
        listed: vec![
            option("周岚 zhou.lan", "法务部", "Legal"),
            option("韩雪 han.xue", "法务部", "Legal"),
            option("王芳 wang.fang", "销售部", "Sales"),
        ],
    }
}

pub fn more_form(kind: More, word: &str) -> MoreForm {
    MoreForm {
        kind,
        url: format!("/tasks/0193-t1/{word}"),
        open: false,
        choices: Vec::new(),
        choice: String::new(),
        who: None,
        said: Some(Said { text: String::new(), required: false, missing: false }),
        second_factor: None,
        comes_back: false,
        revision: 14,
    }
}

pub fn more(locale: Locale, opened: Option<More>) -> Vec<MoreForm> {
    let choice =
        |value: &str, chinese, english| Choice { value: value.to_owned(), label: pick(locale, chinese, english) };
    let targets = vec![
        choice("requester", "申请人（李娜）", "Requester (Li Na)"),
        choice("manager", "直属主管审批（张伟）", "Line manager (Zhang Wei)"),
    ];
    let places = vec![
        choice("before", "在我之前，他批准后再回到我这里", "before me: they approve first, then it comes back to me"),
        choice("alongside", "和我一起", "together with me"),
    ];
    let with = |kind, word| MoreForm { who: Some(picker(locale)), ..more_form(kind, word) };
    let missing = Some(Said { text: String::new(), required: true, missing: opened == Some(More::Return) });
    let mut forms = vec![
        MoreForm {
            choices: targets,
            choice: "requester".to_owned(),
            said: missing,
            comes_back: opened.is_none(),
            ..more_form(More::Return, "return")
        },
        with(More::Transfer, "transfer"),
        with(More::Delegate, "delegate"),
        MoreForm { choices: places, choice: "before".to_owned(), ..with(More::Add, "add") },
        with(More::Opinion, "opinion"),
        with(More::Ask, "ask"),
        MoreForm {
            choices: vec![choice("han.xue", "韩雪", "Han Xue")],
            choice: "han.xue".to_owned(),
            said: None,
            ..more_form(More::Remove, "remove")
        },
    ];
    for form in &mut forms {
        form.open = Some(form.kind) == opened;
    }
    forms
}
