//! Passwords that people copy or type once: long enough to guess for ever, without characters that look alike.

use zeroize::Zeroizing;

/// Letters and digits that are not taken for one another.
const ALPHABET: &[u8] = b"abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/// Characters of a password: 115 bits.
const CHARACTERS: usize = 20;

/// Characters between hyphens.
const GROUP: usize = 5;

/// Values of a byte that are spread evenly over the alphabet; the others are drawn again.
const EVEN: usize = 256 - 256 % ALPHABET.len();

/// A fresh password: `h7Kfm-…`.
pub fn fresh() -> Zeroizing<String> {
    let mut password = Zeroizing::new(String::with_capacity(CHARACTERS + CHARACTERS / GROUP));
    let mut drawn = 0;
    while drawn < CHARACTERS {
        let [byte] = crate::payload::fresh::<1>().map(usize::from);
        if byte >= EVEN {
            continue;
        }
        if drawn > 0 && drawn % GROUP == 0 {
            password.push('-');
        }
        password.push(char::from(ALPHABET[byte % ALPHABET.len()]));
        drawn += 1;
    }
    password
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_has_twenty_characters_in_groups_and_none_that_look_alike() {
        let password = fresh();
        assert_eq!(password.len(), 23);
        assert_eq!(password.split('-').map(str::len).collect::<Vec<_>>(), [5, 5, 5, 5]);
        assert!(!password.contains(['i', 'l', 'o', 'I', 'O', '0', '1']));
        assert_ne!(*password, *fresh());
    }
}
