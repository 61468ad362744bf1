//! What a request being written answers a change with.

use super::*;
use crate::{
    i18n::Locale,
    template::Templates,
    view::{gallery::Samples, shell::samples::shell_for},
};

#[test]
fn a_change_is_answered_with_the_form_and_the_path_and_not_with_a_whole_page() {
    let (name, page) = RequestPage::samples(Locale::En).swap_remove(0);
    let shell = shell_for(&format!("start-form.{name}"), Locale::En);
    let html = Templates::embedded().render_block(&page, &shell, "preview").expect("the block can be written");
    let has = |text: &str| html.contains(text);
    assert_eq!(
        [
            has("<html"),
            has(r#"id="start-main""#),
            has(r#"id="start-side""#),
            has(r#"id="count-records""#),
            has("csrf_token")
        ],
        [false, true, true, true, false]
    );
}

#[test]
fn every_control_of_a_record_set_and_of_a_choice_of_fields_has_the_name_that_is_read_back() {
    let (name, page) = RequestPage::samples(Locale::ZhCn).swap_remove(0);
    let html = Templates::embedded()
        .render(&page, &shell_for(&format!("start-form.{name}"), Locale::ZhCn))
        .expect("the page can be written");
    let mut names: Vec<&str> = html.split(" name=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    names.retain(|name| name.contains('.'));
    names.dedup();
    assert_eq!(
        names,
        [
            "records.where.0.field",
            "records.where.0.op",
            "records.where.0.value",
            "records.where.1.field",
            "records.where.1.op",
            "records.where.1.value",
            "records.where.1.value2",
            "records.where.2.field",
            "records.where.2.op",
            "records.where.2.value",
            "fields.name",
            "fields.mobile",
            "fields.id_number",
            "fields.bank_card",
            "fields.dealings",
            "fields.owner",
            "fields.last_contact",
        ]
    );
}
