//! Every page, with every sample, in both languages: written, well formed, escaped, and usable without script.

mod html;

use std::collections::BTreeSet;

use super::*;
use crate::{
    i18n::Locale,
    view::{gallery, gallery::Samples, inbox::InboxPage, shell},
};

/// Each picture of the gallery with its elements.
fn each_page(check: impl Fn(&str, &[html::Element]) -> Vec<String>) -> Vec<String> {
    let templates = Templates::embedded();
    let mut complaints = Vec::new();
    for locale in Locale::ALL {
        for picture in gallery::pages(&templates, locale) {
            let picture =
                picture.unwrap_or_else(|error| panic!("{} {}: {:#}", locale.tag(), error.template, error.source));
            let name = format!("{} {}", locale.tag(), picture.name);
            match html::parse(&picture.html) {
                Ok(elements) => complaints.extend(check(&name, &elements)),
                Err(problem) => complaints.push(format!("{name}: {problem}")),
            }
        }
    }
    complaints
}

#[test]
fn every_page_is_written_and_well_formed_with_each_sample_in_each_language() {
    assert_eq!(each_page(|_, _| Vec::new()), Vec::<String>::new());
}

#[test]
fn every_form_that_changes_something_carries_the_csrf_token() {
    let complaints = each_page(|name, elements| {
        let posts =
            elements.iter().filter(|element| element.name == "form" && element.attribute("method") == Some("post"));
        posts
            .filter(|form| {
                !elements.iter().any(|field| {
                    field.within == Some(form.number)
                        && field.attribute("name") == Some("csrf_token")
                        && field.attribute("value") == Some("q3Yt0pXc5hB8")
                })
            })
            .map(|form| format!("{name}: {}", form.attribute("action").unwrap_or_default()))
            .collect()
    });
    assert_eq!(complaints, Vec::<String>::new());
}

#[test]
fn nothing_on_a_page_is_inline_script_or_style() {
    let complaints = each_page(|name, elements| {
        let inline = |element: &html::Element| {
            element.name == "style"
                || (element.name == "script" && element.attribute("src").is_none())
                || element.attributes.iter().any(|(attribute, value)| {
                    attribute == "style"
                        || attribute.starts_with("on")
                        || attribute.starts_with("hx-on")
                        || value.trim_start().starts_with("javascript:")
                })
        };
        elements.iter().filter(|element| inline(element)).map(|element| format!("{name}: {}", element.name)).collect()
    });
    assert_eq!(complaints, Vec::<String>::new());
}

#[test]
fn ids_are_unique_and_what_refers_to_one_finds_it() {
    const REFERENCES: &[&str] = &["for", "aria-labelledby", "aria-describedby", "commandfor", "form", "data-copies"];
    let complaints = each_page(|name, elements| {
        let ids: Vec<&str> = elements.iter().filter_map(|element| element.attribute("id")).collect();
        let unique: BTreeSet<&str> = ids.iter().copied().collect();
        let mut complaints = Vec::new();
        if unique.len() < ids.len() {
            complaints.push(format!("{name}: an id stands twice"));
        }
        for element in elements {
            for (attribute, value) in
                element.attributes.iter().filter(|(attribute, _)| REFERENCES.contains(&attribute.as_str()))
            {
                complaints.extend(
                    value
                        .split_whitespace()
                        .filter(|id| !unique.contains(id))
                        .map(|id| format!("{name}: {attribute} names {id}")),
                );
            }
        }
        complaints
    });
    assert_eq!(complaints, Vec::<String>::new());
}

#[test]
fn what_people_wrote_cannot_become_markup() {
    let hostile = r#"<img src=x onerror=alert(1)>"'&"#;
    let (_, mut page) = InboxPage::samples(Locale::En).remove(0);
    page.groups[0].tasks[0].title = hostile.to_owned();
    page.search = hostile.to_owned();
    let mut shell = shell::samples::shell_for("inbox.elsewhere", Locale::En);
    shell.banner = Some(shell::Banner::DoneElsewhere { by: hostile.to_owned() });
    let html = Templates::embedded().render(&page, &shell).expect("the inbox renders");
    assert_eq!((html.contains("<img"), html.matches("&lt;img src=x onerror=alert(1)&gt;").count() >= 3), (false, true));
}

#[test]
fn a_block_of_a_page_can_be_written_alone() {
    let (_, page) = InboxPage::samples(Locale::En).remove(0);
    let shell = shell::samples::shell_for("inbox.todo", Locale::En);
    let title = Templates::embedded().render_block(&page, &shell, "title").expect("the block renders");
    assert_eq!(title, "Inbox (12)");
}

#[test]
fn no_template_turns_escaping_off() {
    let mut complaints = Vec::new();
    for name in Files::iter() {
        let file = Files::get(&name).expect("a listed file exists");
        let source = String::from_utf8_lossy(&file.data).into_owned();
        for (number, line) in source.lines().enumerate() {
            if line.contains("|safe") || line.contains("| safe") || line.contains("autoescape") {
                complaints.push(format!("{name}:{}: {}", number + 1, line.trim()));
            }
        }
    }
    assert_eq!(complaints, Vec::<String>::new());
}
