use std::net::{IpAddr, Ipv4Addr};

use chrono::TimeDelta;
use definition::id::Login;
use zeroize::Zeroizing;

use super::{ATTEMPTS_PER_LOGIN_MAX, PASSWORD_BYTES_MAX};
use crate::{
    error::{Error, Refusal},
    records::arena::Arena,
    viewer::Origin,
};

fn password(text: &str) -> Zeroizing<String> {
    Zeroizing::new(text.to_owned())
}

async fn with_a_password() -> (Arena, Origin) {
    let arena = Arena::open().await;
    arena.application.set_password(&Login::from("li.na"), &password("correct horse")).await.unwrap();
    (arena, Origin { address: Some(IpAddr::V4(Ipv4Addr::LOCALHOST)) })
}

#[tokio::test]
async fn whoever_signs_in_often_is_not_taken_for_a_guesser() {
    let (arena, origin) = with_a_password().await;
    for _ in 0..=ATTEMPTS_PER_LOGIN_MAX {
        arena.application.sign_in("li.na", &password("correct horse"), &origin).await.unwrap();
    }
}

#[tokio::test]
async fn guesses_at_the_door_end_after_a_few_and_keep_nobody_inside_from_confirming() {
    let (arena, origin) = with_a_password().await;
    let mut wrong = 0;
    let refusal = loop {
        match arena.application.sign_in("li.na", &password("wrong horse"), &origin).await {
            Err(Error::Refused(Refusal::WrongCredentials)) => wrong += 1,
            Err(Error::Refused(refusal)) => break refusal,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(
        (wrong, refusal),
        (ATTEMPTS_PER_LOGIN_MAX, Refusal::TooMany { again_at: arena.now() + TimeDelta::minutes(15) },)
    );
    let viewer = arena.viewer("li.na");
    arena.application.check_password_again(&viewer, Some(&password("correct horse"))).await.unwrap();
    arena.wait(TimeDelta::minutes(16));
    arena.application.sign_in("li.na", &password("correct horse"), &origin).await.unwrap();
}

#[tokio::test]
async fn a_password_that_could_never_be_given_again_is_not_taken() {
    let (arena, _) = with_a_password().await;
    let viewer = arena.viewer("li.na");
    let long = password(&"x".repeat(PASSWORD_BYTES_MAX + 1));
    let changed = arena.application.change_password(&viewer, &password("correct horse"), &long).await;
    assert!(matches!(changed, Err(Error::Refused(Refusal::TooLarge { limit: 1_024 }))));
}
