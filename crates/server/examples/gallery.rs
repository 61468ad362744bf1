//! Writes every page with its samples to a folder: `cargo run -p server --features samples --example gallery -- OUT`.

use std::{fs, path::PathBuf, process::ExitCode};

use server::{i18n::Locale, template::Templates, view::gallery};

#[expect(clippy::print_stderr, reason = "a tool for those who work on the pages")]
fn main() -> ExitCode {
    let Some(out) = std::env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("usage: gallery OUT");
        return ExitCode::FAILURE;
    };
    let templates = Templates::embedded();
    let mut failed = false;
    for locale in Locale::ALL {
        let folder = out.join(locale.tag());
        fs::create_dir_all(&folder).expect("the folder can be made");
        for picture in gallery::pages(&templates, locale) {
            match picture {
                Ok(picture) => fs::write(folder.join(format!("{}.html", picture.name)), picture.html)
                    .expect("the folder can be written"),
                Err(error) => {
                    failed = true;
                    eprintln!("{} {}: {:#}", locale.tag(), error.template, error.source);
                }
            }
        }
    }
    if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
