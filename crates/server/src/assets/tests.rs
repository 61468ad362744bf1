use super::*;

#[test]
fn an_asset_that_was_not_built_keeps_its_plain_name() {
    assert_eq!(url("no-such-thing.css"), "/assets/no-such-thing.css");
}

#[test]
fn content_types_follow_the_suffix() {
    let types: Vec<_> = ["app-1.css", "app-1.js", "icons-1.svg", "manifest.json", "unknown"].map(content_type).to_vec();
    assert_eq!(
        types,
        [
            "text/css; charset=utf-8",
            "text/javascript; charset=utf-8",
            "image/svg+xml",
            "application/json",
            "application/octet-stream"
        ]
    );
}

#[tokio::test]
async fn a_path_outside_the_folder_is_not_found() {
    let response = serve(Path("../package.json".to_owned()), HeaderMap::new()).await;
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
}
