//! `chancery bench` on the real binary.

use std::process::Command;

use serde_json::Value;

#[test]
fn the_reference_case_is_measured_and_nothing_of_it_is_left() {
    let data = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_chancery"))
        .args([
            "bench",
            "--json",
            "--seconds",
            "1",
            "--callers",
            "1,2",
            "--tasks",
            "200",
            "--timers",
            "2000",
            "--due",
            "100",
            "--data",
        ])
        .arg(data.path())
        .env_remove("CHANCERY_DATABASE")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let figures: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&figures["database"], &figures["seconds"]), (&Value::from("sqlite"), &Value::from(1)));
    let is_positive = |figure: &Value| figure.as_f64().is_some_and(|figure| figure > 0.0);
    assert!(is_positive(&figures["engine"]["cases_per_second"]), "{figures}");
    for way in ["in_process", "http"] {
        let callers: Vec<&Value> = figures[way].as_array().unwrap().iter().map(|one| &one["callers"]).collect();
        assert_eq!(callers, [1, 2], "{way}");
        for one in figures[way].as_array().unwrap() {
            assert!(one.as_object().unwrap().values().all(is_positive), "{way}: {one}");
            // Half of the cases take three changes, the other half four.
            let changes = one["transitions_per_second"].as_f64().unwrap() / one["cases_per_second"].as_f64().unwrap();
            assert!((3.0..=4.0).contains(&changes), "{way}: {one}");
        }
    }
    for figure in [&figures["inbox"][0], &figures["timers"][0], &figures["due"], &figures["server"]] {
        assert!(figure.as_object().unwrap().values().all(is_positive), "{figures}");
    }
    let judged: Vec<&str> =
        figures["goals"].as_array().unwrap().iter().map(|goal| goal["name"].as_str().unwrap()).collect();
    let expected = [
        "process-1",
        "http-1",
        "inbox-millis",
        "inbox-kilobytes",
        "timers-tick-micros",
        "timers-bytes-each",
        "timers-fired",
        "timers-all-millis",
        "server-start-millis",
        "server-idle-megabytes",
        "server-load-megabytes",
    ];
    assert_eq!(judged, expected);
    assert_eq!(std::fs::read_dir(data.path()).unwrap().count(), 0, "the folder is removed");
}
