//! What a register never lets out.

use super::*;
use crate::{
    i18n::Locale,
    template::Templates,
    view::{gallery::Samples, shell::samples::shell_for},
};

#[test]
fn a_search_is_posted_and_its_words_stay_out_of_every_address() {
    let found = RegisterPage::samples(Locale::En)
        .into_iter()
        .find(|(name, _)| *name == "found")
        .expect("there is such a sample")
        .1;
    let html = Templates::embedded()
        .render(&found, &shell_for("customers.found", Locale::En))
        .expect("the page can be written");
    let addresses: Vec<&str> = ["href=\"", "action=\""]
        .iter()
        .flat_map(|attribute| html.split(attribute).skip(1))
        .filter_map(|rest| rest.split('"').next())
        .collect();
    assert!(html.contains(r#"method="post" action="/registers/customer/search""#));
    assert_eq!(addresses.iter().filter(|address| address.contains("5678")).count(), 0, "{addresses:?}");
}

#[test]
fn a_mask_that_may_not_be_looked_behind_is_no_link() {
    let mut page = RegisterPage::samples(Locale::En).swap_remove(0).1;
    let cell = RecordCell::Masked { text: "138****1234".to_owned(), reveal: None, field: "mobile".to_owned() };
    page.rows =
        vec![RecordRow { url: "/registers/customer/1".to_owned(), title: "Chen".to_owned(), cells: vec![cell] }];
    page.columns.truncate(2);
    let html = Templates::embedded()
        .render(&page, &shell_for("customers.usual", Locale::En))
        .expect("the page can be written");
    assert_eq!((html.contains("138****1234"), html.contains("data-reveals")), (true, false));
}
