//! Rebuilds the crate when an embedded file comes or goes; `rust-embed` alone notices only changed contents.

fn main() {
    for folder in ["dist", "locales", "templates"] {
        println!("cargo:rerun-if-changed=../../web/{folder}");
    }
}
