//! What the impact card works out, and what a password never does.

use super::*;

fn numbers(comparison: &Comparison) -> (u64, u64, Option<u64>) {
    (comparison.median, comparison.most, comparison.times)
}

fn widths(comparison: &Comparison) -> (u64, u64, u64) {
    (comparison.median_width, comparison.most_width, comparison.now_width)
}

#[test]
fn a_request_is_compared_with_the_median_and_the_largest_of_the_earlier_ones() {
    let comparison = Comparison::new(5000, &[340, 100, 120], 12, None).expect("there are earlier ones");
    assert_eq!(numbers(&comparison), (120, 340, Some(42)));
    assert_eq!(widths(&comparison), (8, 15, 352));
}

#[test]
fn an_even_number_of_requests_has_its_median_between_the_middle_two() {
    let comparison = Comparison::new(90, &[100, 60], 12, None).expect("there are earlier ones");
    assert_eq!(numbers(&comparison), (80, 100, None));
}

#[test]
fn a_usual_request_is_not_called_so_many_times_the_usual() {
    let told = |now| Comparison::new(now, &[100], 12, None).expect("there is an earlier one").times;
    assert_eq!([told(149), told(150), told(349)], [None, Some(2), Some(3)]);
}

#[test]
fn a_smaller_request_than_ever_keeps_a_visible_bar() {
    let comparison = Comparison::new(1, &[10_000], 12, None).expect("there is an earlier one");
    assert_eq!(widths(&comparison), (352, 0, 3));
}

#[test]
fn a_first_request_has_nothing_to_be_compared_with() {
    assert_eq!(Comparison::new(5000, &[], 12, None), None);
}

#[test]
fn earlier_requests_for_nothing_divide_nothing() {
    let comparison = Comparison::new(10, &[0, 0], 12, None).expect("there are earlier ones");
    assert_eq!((numbers(&comparison), widths(&comparison)), ((0, 0, None), (0, 0, 352)));
}

#[test]
fn a_password_is_never_written_to_a_log() {
    assert_eq!(format!("{:?}", Password::Told { value: "7pQm-Xw4k".to_owned() }), "Told");
}
