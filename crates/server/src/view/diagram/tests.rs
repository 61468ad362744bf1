//! What the drawing promises: one line for the way taken, arcs and lanes for the rest, nothing on top of anything.

use super::*;

fn stop(id: &str, state: State) -> Node {
    Node::Stop(Stop { id: id.into(), title: id.into(), who: None, when: None, work: Work::Person, state })
}

fn arm(taken: bool, nodes: Vec<Node>) -> Arm {
    Arm { label: Some("otherwise".into()), taken, nodes }
}

fn fork(state: State, arms: Vec<Arm>) -> Node {
    Node::Fork(Fork { title: "risk".into(), reason: Some("more than 500".into()), state, arms })
}

fn places(diagram: &Diagram) -> Vec<(&str, u32, u32)> {
    diagram.marks.iter().map(|mark| (mark.title.as_str(), mark.x, mark.y)).collect()
}

#[test]
fn steps_stand_one_behind_the_other_on_one_line() {
    let diagram = draw(&[stop("submit", State::Done), stop("manager", State::Now), stop("file", State::Next)], &[]);
    assert_eq!(places(&diagram), [("submit", 116, 54), ("manager", 348, 54), ("file", 580, 54)]);
    assert_eq!(
        diagram.ways,
        [
            Way { kind: WayKind::Done, path: "M134 54H330".into() },
            Way { kind: WayKind::Next, path: "M366 54H562".into() },
        ]
    );
    assert_eq!((diagram.width, diagram.height, diagram.scrolls), (928, 132, false));
}

#[test]
fn an_empty_arm_that_is_not_taken_is_an_arc_over_the_line() {
    let nodes = [
        stop("manager", State::Now),
        fork(State::Next, vec![arm(true, vec![stop("protection", State::Next)]), arm(false, vec![])]),
        stop("file", State::Next),
    ];
    let diagram = draw(&nodes, &[]);
    assert!(diagram.marks.iter().all(|mark| mark.y == MAIN_Y), "{:?}", diagram.marks);
    let others: Vec<_> = diagram.ways.iter().filter(|way| way.kind == WayKind::Other).collect();
    assert_eq!(others.len(), 1);
    assert_eq!(diagram.labels, [Label { x: 578, y: 14, text: "otherwise".into() }]);
    assert_eq!(diagram.height, 132);
}

#[test]
fn an_arm_with_steps_that_is_not_taken_gets_a_lane_below_and_is_left_out_of_the_list() {
    let nodes = [
        fork(State::Done, vec![arm(false, vec![stop("protection", State::Next)]), arm(true, vec![])]),
        stop("file", State::Done),
    ];
    let diagram = draw(&nodes, &[]);
    let protection = diagram.marks.iter().find(|mark| mark.title == "protection").expect("it is drawn");
    assert_eq!((protection.y, protection.state), (MAIN_Y + LANE_HEIGHT, State::Not));
    assert_eq!(diagram.trail.iter().map(|stop| stop.title.as_str()).collect::<Vec<_>>(), ["file"]);
    assert_eq!(diagram.ways.iter().filter(|way| way.kind == WayKind::Other).count(), 2);
    assert_eq!(diagram.height, 132 + LANE_HEIGHT);
}

#[test]
fn the_list_says_why_the_case_goes_through_an_arm() {
    let diagram = draw(&[fork(State::Next, vec![arm(true, vec![stop("protection", State::Next)])])], &[]);
    assert_eq!(
        diagram.trail,
        [TrailStop {
            title: "protection".into(),
            who: None,
            when: None,
            because: Some("more than 500".into()),
            work: Work::Person,
            state: State::Next,
        }]
    );
}

#[test]
fn a_return_is_an_arrow_from_right_to_left_above_the_line() {
    let back = Return { from: "manager".into(), to: "submit".into(), label: "returned once".into() };
    let diagram = draw(&[stop("submit", State::Done), stop("manager", State::Now)], &[back]);
    assert_eq!(
        diagram.ways[1..],
        [
            Way { kind: WayKind::Back, path: "M340 36C308 10 156 10 126 35".into() },
            Way { kind: WayKind::Head, path: "M124 27l1.5 9.5 9-3.5".into() },
        ]
    );
    assert_eq!(diagram.labels, [Label { x: 232, y: 11, text: "returned once".into() }]);
}

#[test]
fn a_return_to_a_step_that_is_not_drawn_draws_nothing() {
    let back = Return { from: "manager".into(), to: "gone".into(), label: "returned once".into() };
    let diagram = draw(&[stop("manager", State::Now)], &[back]);
    assert_eq!((diagram.ways, diagram.labels), (vec![], vec![]));
}

#[test]
fn texts_of_neighbours_never_touch_however_long_they_are() {
    let long = |id: &str| {
        Node::Stop(Stop {
            id: id.into(),
            title: "个人信息保护负责人与法务负责人共同审批".into(),
            who: Some("周岚".into()),
            when: None,
            work: Work::Person,
            state: State::Next,
        })
    };
    let diagram = draw(&[long("a"), long("b"), long("c"), long("d"), long("e"), long("f")], &[]);
    let text = text_width("个人信息保护负责人与法务负责人共同审批");
    for pair in diagram.marks.windows(2) {
        assert!(pair[1].x - pair[0].x >= text + GUTTER, "{} and {}", pair[0].x, pair[1].x);
    }
    let last = diagram.marks.last().expect("six were drawn");
    assert!(last.x + text / 2 <= diagram.width);
    assert!(diagram.scrolls);
}

#[test]
fn a_case_that_is_stuck_was_reached_by_a_walked_line() {
    let diagram = draw(&[stop("manager", State::Done), stop("file", State::Stuck)], &[]);
    assert_eq!(diagram.ways[0].kind, WayKind::Done);
}

#[test]
fn what_a_refused_case_will_not_reach_is_faint_and_left_out_of_the_list() {
    let diagram = draw(&[stop("manager", State::Refused), stop("file", State::Not)], &[]);
    assert_eq!(diagram.ways[0].kind, WayKind::Other);
    assert_eq!(diagram.trail.iter().map(|stop| stop.title.as_str()).collect::<Vec<_>>(), ["manager"]);
}

#[test]
fn nothing_to_draw_is_an_empty_picture() {
    let diagram = draw(&[], &[]);
    assert_eq!((diagram.marks, diagram.ways, diagram.trail), (vec![], vec![], vec![]));
}
