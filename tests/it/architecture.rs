//! The dependency rules of `crates/README.md`, read from `cargo metadata`.

use std::{
    collections::{BTreeMap, BTreeSet},
    process::Command,
};

use serde_json::Value;

/// What each crate may use of ours. Nothing points up.
const MAY_USE: &[(&str, &[&str])] = &[
    ("vault", &[]),
    ("definition", &["vault"]),
    ("policy", &["definition"]),
    ("engine", &["definition", "policy", "vault"]),
    ("scenario", &["definition", "engine", "policy", "vault"]),
    ("store", &["definition", "engine", "policy", "vault"]),
    ("runtime", &["definition", "engine", "policy", "scenario", "store", "vault"]),
    ("server", &["definition", "engine", "policy", "runtime", "scenario", "vault"]),
    ("chancery", &["definition", "engine", "policy", "runtime", "scenario", "server", "store", "vault"]),
    ("tests", &["chancery", "definition", "engine", "policy", "runtime", "scenario", "server", "store", "vault"]),
];

/// What the core builds without, at any depth.
const NOT_IN_THE_CORE: &[&str] = &["tokio", "sea-orm", "sqlx", "axum", "hyper", "reqwest"];

/// Libraries that one crate alone names.
const NAMED_ONLY_BY: &[(&str, &[&str])] = &[
    ("rhai", &["definition"]),
    ("sea-orm", &["store"]),
    ("sea-orm-migration", &["store"]),
    ("axum", &["server", "tests"]),
    ("clap", &["chancery"]),
    ("fluent-bundle", &["server"]),
];

fn metadata() -> Value {
    // Without the filter cargo would fetch what only other systems build.
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--filter-platform", &host()])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("cargo prints JSON")
}

/// The system that this is built on, as rustc names it.
fn host() -> String {
    let output = Command::new("rustc").arg("-vV").output().expect("rustc runs");
    let version = String::from_utf8(output.stdout).expect("rustc prints text");
    version.lines().find_map(|line| line.strip_prefix("host: ")).expect("rustc names its host").to_owned()
}

/// Normal and build dependencies of each workspace member, by name.
fn declared(metadata: &Value) -> BTreeMap<String, BTreeSet<String>> {
    let members: BTreeSet<&str> =
        metadata["workspace_members"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
    metadata["packages"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|package| members.contains(package["id"].as_str().unwrap()))
        .map(|package| {
            let names = package["dependencies"]
                .as_array()
                .unwrap()
                .iter()
                .filter(|dependency| dependency["kind"].as_str() != Some("dev"))
                .map(|dependency| dependency["name"].as_str().unwrap().to_owned())
                .collect();
            (package["name"].as_str().unwrap().to_owned(), names)
        })
        .collect()
}

#[test]
fn each_crate_uses_only_what_lies_below_it() {
    let declared = declared(&metadata());
    let ours: BTreeSet<&String> = declared.keys().collect();
    let expected: BTreeSet<&str> = MAY_USE.iter().map(|(name, _)| *name).collect();
    assert_eq!(ours.iter().map(|name| name.as_str()).collect::<BTreeSet<_>>(), expected);
    let mut breaches = Vec::new();
    for (name, allowed) in MAY_USE {
        for used in &declared[*name] {
            if ours.contains(used) && !allowed.contains(&used.as_str()) {
                breaches.push(format!("{name} uses {used}"));
            }
        }
    }
    assert_eq!(breaches, Vec::<String>::new());
}

#[test]
fn each_library_is_named_only_where_it_belongs() {
    let declared = declared(&metadata());
    let mut breaches = Vec::new();
    for (library, owners) in NAMED_ONLY_BY {
        for (name, used) in &declared {
            if used.contains(*library) && !owners.contains(&name.as_str()) {
                breaches.push(format!("{name} names {library}"));
            }
        }
    }
    assert_eq!(breaches, Vec::<String>::new());
}

#[test]
fn the_core_builds_without_a_runtime_a_database_or_a_network() {
    let metadata = metadata();
    let names: BTreeMap<&str, &str> = metadata["packages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|package| (package["id"].as_str().unwrap(), package["name"].as_str().unwrap()))
        .collect();
    let uses: BTreeMap<&str, Vec<&str>> = metadata["resolve"]["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|node| {
            let normal = node["deps"].as_array().unwrap().iter().filter(|dependency| {
                dependency["dep_kinds"].as_array().unwrap().iter().any(|kind| kind["kind"].is_null())
            });
            (node["id"].as_str().unwrap(), normal.map(|dependency| dependency["pkg"].as_str().unwrap()).collect())
        })
        .collect();
    let mut breaches = Vec::new();
    for core in ["vault", "definition", "policy", "engine", "scenario"] {
        let root = names.iter().find(|(_, name)| **name == core).map(|(id, _)| *id).unwrap();
        let (mut seen, mut open) = (BTreeSet::new(), vec![root]);
        while let Some(id) = open.pop() {
            if seen.insert(id) {
                open.extend(&uses[id]);
            }
        }
        let reached: BTreeSet<&str> = seen.iter().map(|id| names[id]).collect();
        breaches
            .extend(NOT_IN_THE_CORE.iter().filter(|banned| reached.contains(*banned)).map(|b| format!("{core}: {b}")));
    }
    assert_eq!(breaches, Vec::<String>::new());
}
