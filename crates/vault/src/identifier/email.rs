//! E-mail addresses: the dot-atom form of RFC 5322 under a domain with a dot. Quoted local parts and address literals,
//! which no customer has, are refused.

use super::Error;
use crate::fold;

const ADDRESS_MAX: usize = 254;
const LOCAL_MAX: usize = 64;
const LABEL_MAX: usize = 63;
const LOCAL_SIGNS: &str = "!#$%&'*+-/=?^_`{|}~";

/// Accepts `Li.Na@Example.com`; gives it with its domain in small letters, for the local part belongs to its host.
pub fn parse(text: &str) -> Result<String, Error> {
    let address = fold::to_ascii_width(text);
    if address.len() > ADDRESS_MAX {
        return Err(Error::Length);
    }
    let (local, domain) = address.split_once('@').ok_or(Error::Character)?;
    if local.len() > LOCAL_MAX || !local.split('.').all(is_atom) || !is_domain(domain) {
        return Err(Error::Character);
    }
    Ok(format!("{local}@{}", domain.to_lowercase()))
}

fn is_atom(atom: &str) -> bool {
    !atom.is_empty()
        && !fold::has_invisible(atom)
        && atom.chars().all(|c| c.is_alphanumeric() || LOCAL_SIGNS.contains(c))
}

fn is_domain(domain: &str) -> bool {
    let is_label = |label: &str| {
        (1..=LABEL_MAX).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    domain.contains('.') && domain.split('.').all(is_label)
}
