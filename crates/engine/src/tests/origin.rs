//! What made a case begin, as events and snapshots write it.

use definition::id::{FormId, Login};
use serde_json::json;

use crate::{Origin, origin::Cause};

fn check(origin: &Origin, written: &serde_json::Value) {
    assert_eq!(&serde_json::to_value(origin).unwrap(), written);
    assert_eq!(&serde_json::from_value::<Origin>(written.clone()).unwrap(), origin);
}

#[test]
fn a_form_is_written_as_it_always_was_and_every_other_start_as_a_cause() {
    let (form, asker) = (FormId::from("request"), Login::from("asker"));
    let request = Origin::Request { form, requester: asker.clone() };
    check(&request, &json!({ "form": "request", "requester": "asker" }));
    check(&Origin::Cause(Cause::Api { by: asker }), &json!({ "cause": { "kind": "api", "by": "asker" } }));
    let nothing = serde_json::from_value::<Origin>(json!({ "form": "request" })).unwrap_err();
    assert_eq!(nothing.to_string(), "a case that nothing made begin");
}
