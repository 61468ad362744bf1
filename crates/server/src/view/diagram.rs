//! Where a case stands, drawn: a block-structured list of stops becomes positions, lines and a list to read.
//!
//! The way a case takes is one horizontal line. At a fork the arm that is taken continues on that line, an empty arm
//! that is not taken is an arc above it, and any other arm is a lane of its own below, which joins again behind the
//! fork. Everything here is arithmetic on the nodes: the same nodes always make the same picture.

use serde::Serialize;

#[cfg(test)]
mod tests;

/// The picture is at least this wide, so that short processes keep the size of their text.
const WIDTH_MIN: u32 = 928;
/// Beyond this width the picture keeps its size and scrolls.
const WIDTH_SCROLLS: u32 = 1120;
/// Room for one stop, whatever its text.
const COLUMN_MIN: u32 = 108;
/// The widest a stop may become when there is room to spare.
const COLUMN_MAX: u32 = 232;
/// Free space between the texts of two neighbours.
const GUTTER: u32 = 18;
/// Vertical position of the main line.
const MAIN_Y: u32 = 54;
/// From one lane to the next.
const LANE_HEIGHT: u32 = 112;
/// From the main line to the lower edge, texts included.
const FOOT: u32 = 78;
/// Radius of a stop.
const RADIUS: u32 = 16;
/// Space from a stop's centre to where a line begins.
const CLEARANCE: u32 = 18;
/// Width of a Chinese character and of a Latin one, in the diagram's 13-pixel type, in tenths of a pixel.
const WIDE_TENTHS: u32 = 130;
const NARROW_TENTHS: u32 = 72;

/// One element of a process as it is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// A step, or where the request was sent.
    Stop(Stop),
    /// A branch.
    Fork(Fork),
}

/// A step on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop {
    /// The step's id, by which a return names it.
    pub id: String,
    /// Its name.
    pub title: String,
    /// Who did it, does it, or is expected to do it.
    pub who: Option<String>,
    /// When it was done, is due, or is expected.
    pub when: Option<String>,
    /// What kind of step it is.
    pub work: Work,
    /// Whether it has happened.
    pub state: State,
}

/// What kind of work a stop is; it picks the mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Work {
    /// People decide or fill in.
    Person,
    /// The machine acts.
    Machine,
    /// A message goes out.
    Message,
}

/// Whether a stop has happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It is behind us.
    Done,
    /// The case stands here.
    Now,
    /// The case stands here and cannot go on by itself.
    Stuck,
    /// The case ended here against the requester.
    Refused,
    /// It is expected.
    Next,
    /// The case will not come here.
    Not,
}

/// A branch and its arms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fork {
    /// Its name.
    pub title: String,
    /// Why the taken arm is the one.
    pub reason: Option<String>,
    /// Whether the case has passed it, will come to it, or will not.
    pub state: State,
    /// Its arms, in order.
    pub arms: Vec<Arm>,
}

/// One arm of a fork.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arm {
    /// When this arm is taken, in words.
    pub label: Option<String>,
    /// Whether it is taken, or expected to be.
    pub taken: bool,
    /// What it leads through.
    pub nodes: Vec<Node>,
}

/// A way back that was walked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Return {
    /// The step that sent the case back.
    pub from: String,
    /// The step it went back to.
    pub to: String,
    /// How often, in words.
    pub label: String,
}

/// The finished drawing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagram {
    /// Width of the view box.
    pub width: u32,
    /// Height of the view box.
    pub height: u32,
    /// Too wide to be fitted: it keeps its size and scrolls.
    pub scrolls: bool,
    /// Lines, drawn first.
    pub ways: Vec<Way>,
    /// Texts beside lines.
    pub labels: Vec<Label>,
    /// Stops and forks.
    pub marks: Vec<Mark>,
    /// The same for phones and readers: the way that was or will be taken.
    pub trail: Vec<TrailStop>,
}

/// A line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Way {
    /// What it says.
    pub kind: WayKind,
    /// Its path.
    pub path: String,
}

/// What a line says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WayKind {
    /// Walked.
    Done,
    /// Expected.
    Next,
    /// Not taken.
    Other,
    /// Walked backwards.
    Back,
    /// The head of the arrow of a way back.
    Head,
}

/// A text beside a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Label {
    /// Its middle.
    pub x: u32,
    /// Its base line.
    pub y: u32,
    /// What it says.
    pub text: String,
}

/// A stop or fork in its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mark {
    /// Its centre.
    pub x: u32,
    /// Its centre.
    pub y: u32,
    /// What is drawn there.
    pub shape: Shape,
    /// Whether it has happened.
    pub state: State,
    /// Its name.
    pub title: String,
    /// The second line: who, or why.
    pub who: Option<String>,
    /// The third line.
    pub when: Option<String>,
}

/// What is drawn at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// A round stop where people work.
    Person,
    /// A round stop where the machine works.
    Machine,
    /// A round stop where a message goes out.
    Message,
    /// The diamond of a fork.
    Fork,
}

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TrailStop {
    /// The step's name.
    pub title: String,
    /// Who and when, where known.
    pub who: Option<String>,
    /// When it was done or is due.
    pub when: Option<String>,
    /// Why the case comes here, if a fork decided it.
    pub because: Option<String>,
    /// What kind of step it is.
    pub work: Work,
    /// Whether it has happened.
    pub state: State,
}

/// Draws a process.
pub fn draw(nodes: &[Node], returns: &[Return]) -> Diagram {
    let mut plan = Plan::default();
    plan.place(nodes, 0, Walk::Taken);
    let columns = plan.columns();
    let height = MAIN_Y + plan.lane_last * LANE_HEIGHT + FOOT;
    let width = columns.width;
    let mut trail = Vec::new();
    read(nodes, None, &mut trail);
    let mut diagram = Diagram {
        width,
        height,
        scrolls: width > WIDTH_SCROLLS,
        ways: Vec::new(),
        labels: Vec::new(),
        marks: Vec::new(),
        trail,
    };
    for link in &plan.links {
        plan.draw_link(link, &columns, &mut diagram);
    }
    for back in returns {
        plan.draw_return(back, &columns, &mut diagram);
    }
    diagram.marks = plan.spots.into_iter().map(|spot| spot.mark(&columns)).collect();
    diagram
}

/// The list to read: only what was or will be walked.
fn read(nodes: &[Node], because: Option<&str>, trail: &mut Vec<TrailStop>) {
    for node in nodes {
        match node {
            Node::Stop(stop) if stop.state == State::Not => {}
            Node::Stop(stop) => trail.push(TrailStop {
                title: stop.title.clone(),
                who: stop.who.clone(),
                when: stop.when.clone(),
                because: because.map(str::to_owned),
                work: stop.work,
                state: stop.state,
            }),
            Node::Fork(fork) => {
                for arm in fork.arms.iter().filter(|arm| arm.taken) {
                    read(&arm.nodes, fork.reason.as_deref(), trail);
                }
            }
        }
    }
}

/// Whether the list being placed lies on the way of the case.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Walk {
    Taken,
    Other,
}

/// A stop or fork that has its column and lane.
struct Spot {
    id: Option<String>,
    column: usize,
    lane: u32,
    shape: Shape,
    state: State,
    title: String,
    who: Option<String>,
    when: Option<String>,
}

impl Spot {
    fn mark(self, columns: &Columns) -> Mark {
        Mark {
            x: columns.centre(self.column),
            y: lane_y(self.lane),
            shape: self.shape,
            state: self.state,
            title: self.title,
            who: self.who,
            when: self.when,
        }
    }

    fn text_width(&self) -> u32 {
        [Some(&self.title), self.who.as_ref(), self.when.as_ref()]
            .into_iter()
            .flatten()
            .map(|text| text_width(text))
            .max()
            .unwrap_or(0)
    }
}

/// A line between two spots, by their places in the plan.
struct Link {
    from: usize,
    to: usize,
    walk: Walk,
    /// Says when this way is taken; only on ways not taken.
    label: Option<String>,
}

/// A line that has begun and not yet reached its next spot.
#[derive(Clone)]
struct Open {
    from: usize,
    walk: Walk,
    label: Option<String>,
}

#[derive(Default)]
struct Plan {
    spots: Vec<Spot>,
    links: Vec<Link>,
    open: Vec<Open>,
    column_next: usize,
    lane_last: u32,
}

impl Plan {
    /// Places a list of nodes one behind the other on a lane.
    fn place(&mut self, nodes: &[Node], lane: u32, walk: Walk) {
        for node in nodes {
            match node {
                Node::Stop(stop) => self.place_stop(stop, lane, walk),
                Node::Fork(fork) => self.place_fork(fork, lane, walk),
            }
        }
    }

    fn place_stop(&mut self, stop: &Stop, lane: u32, walk: Walk) {
        let shape = match stop.work {
            Work::Person => Shape::Person,
            Work::Machine => Shape::Machine,
            Work::Message => Shape::Message,
        };
        self.add(
            Spot {
                id: Some(stop.id.clone()),
                column: self.column_next,
                lane,
                shape,
                state: if walk == Walk::Taken { stop.state } else { State::Not },
                title: stop.title.clone(),
                who: stop.who.clone(),
                when: stop.when.clone(),
            },
            walk,
        );
    }

    fn place_fork(&mut self, fork: &Fork, lane: u32, walk: Walk) {
        let state = if walk == Walk::Taken { fork.state } else { State::Not };
        let at = self.add(
            Spot {
                id: None,
                column: self.column_next,
                lane,
                shape: Shape::Fork,
                state,
                title: fork.title.clone(),
                who: fork.reason.clone(),
                when: None,
            },
            walk,
        );
        let column_first = self.column_next;
        let mut column_last = column_first;
        let mut joined = Vec::new();
        let mut main_lane_used = false;
        for arm in &fork.arms {
            let arm_walk = if arm.taken { walk } else { Walk::Other };
            let arm_lane = if (arm.taken && !main_lane_used) || arm.nodes.is_empty() { lane } else { self.new_lane() };
            main_lane_used |= arm.taken;
            self.column_next = column_first;
            let label = if arm_walk == Walk::Other { arm.label.clone() } else { None };
            self.open = vec![Open { from: at, walk: arm_walk, label }];
            self.place(&arm.nodes, arm_lane, arm_walk);
            column_last = column_last.max(self.column_next);
            joined.append(&mut self.open);
        }
        self.column_next = column_last;
        self.open = joined;
    }

    fn new_lane(&mut self) -> u32 {
        self.lane_last += 1;
        self.lane_last
    }

    /// Puts a spot into the next column and closes the lines that were waiting for it.
    fn add(&mut self, spot: Spot, walk: Walk) -> usize {
        let to = self.spots.len();
        self.links.extend(self.open.drain(..).map(|open| Link {
            from: open.from,
            to,
            walk: open.walk,
            label: open.label,
        }));
        self.column_next = spot.column + 1;
        self.spots.push(spot);
        self.open = vec![Open { from: to, walk, label: None }];
        to
    }

    /// Gives every column the room its texts need, and spreads what is left over.
    fn columns(&self) -> Columns {
        let count = self.spots.iter().map(|spot| spot.column + 1).max().unwrap_or(0);
        let mut widths = vec![COLUMN_MIN; count];
        for spot in &self.spots {
            widths[spot.column] = widths[spot.column].max(spot.text_width() + GUTTER);
        }
        let needed: u32 = widths.iter().sum();
        let columns = u32::try_from(count).unwrap_or(u32::MAX).max(1);
        let spare = WIDTH_MIN.saturating_sub(needed) / columns;
        for width in &mut widths {
            *width = (*width + spare).min((*width).max(COLUMN_MAX));
        }
        let mut edge = 0;
        let centres = widths
            .iter()
            .map(|width| {
                edge += width;
                edge - width / 2
            })
            .collect();
        Columns { centres, width: edge.max(WIDTH_MIN) }
    }

    fn draw_link(&self, link: &Link, columns: &Columns, diagram: &mut Diagram) {
        let (from, to) = (&self.spots[link.from], &self.spots[link.to]);
        let (left, right) = (columns.centre(from.column), columns.centre(to.column));
        let kind = match (link.walk, from.state, to.state) {
            (Walk::Other, _, _) | (Walk::Taken, _, State::Not) => WayKind::Other,
            (Walk::Taken, State::Done, State::Done | State::Now | State::Stuck | State::Refused) => WayKind::Done,
            (Walk::Taken, _, _) => WayKind::Next,
        };
        let (start, end) = (left + CLEARANCE, right - CLEARANCE);
        let path = if from.lane == to.lane && link.walk == Walk::Taken {
            format!("M{start} {y}H{end}", y = lane_y(from.lane))
        } else if from.lane == to.lane && to.column > from.column + 1 && from.shape == Shape::Fork {
            let (y, top) = (lane_y(from.lane), lane_y(from.lane) - 40);
            format!(
                "M{x} {low}C{a} {top} {b} {top} {z} {low}",
                x = left + 9,
                low = y - 13,
                a = left + 50,
                b = right - 50,
                z = right - 12
            )
        } else if from.lane == to.lane {
            format!("M{start} {y}H{end}", y = lane_y(from.lane))
        } else if to.lane > from.lane {
            let (y, z) = (lane_y(from.lane) + CLEARANCE, lane_y(to.lane));
            let bend = left + (right - left) / 4;
            format!("M{left} {y}C{left} {z} {bend} {z} {end} {z}")
        } else {
            let (y, z) = (lane_y(from.lane), lane_y(to.lane) + CLEARANCE);
            let bend = right - (right - left) / 4;
            format!("M{start} {y}C{bend} {y} {right} {y} {right} {z}")
        };
        diagram.ways.push(Way { kind, path });
        if let Some(text) = &link.label {
            let x = u32::midpoint(left, right);
            let y = if to.lane == from.lane { lane_y(from.lane) - 40 } else { lane_y(to.lane) - 26 };
            diagram.labels.push(Label { x, y, text: text.clone() });
        }
    }

    fn draw_return(&self, back: &Return, columns: &Columns, diagram: &mut Diagram) {
        let find = |id: &str| self.spots.iter().find(|spot| spot.id.as_deref() == Some(id));
        let (Some(from), Some(to)) = (find(&back.from), find(&back.to)) else { return };
        let (right, left) = (columns.centre(from.column), columns.centre(to.column));
        if left >= right {
            return;
        }
        let top = lane_y(to.lane).min(lane_y(from.lane)) - 44;
        let (low_from, low_to) = (lane_y(from.lane) - 18, lane_y(to.lane) - 19);
        diagram.ways.push(Way {
            kind: WayKind::Back,
            path: format!(
                "M{x} {low_from}C{a} {top} {b} {top} {z} {low_to}",
                x = right - 8,
                a = right - 40,
                b = left + 40,
                z = left + 10
            ),
        });
        diagram
            .ways
            .push(Way { kind: WayKind::Head, path: format!("M{x} {y}l1.5 9.5 9-3.5", x = left + 8, y = low_to - 8) });
        diagram.labels.push(Label { x: u32::midpoint(left, right), y: top + 1, text: back.label.clone() });
    }
}

/// Where the columns are.
struct Columns {
    centres: Vec<u32>,
    width: u32,
}

impl Columns {
    fn centre(&self, column: usize) -> u32 {
        self.centres[column]
    }
}

const fn lane_y(lane: u32) -> u32 {
    MAIN_Y + lane * LANE_HEIGHT
}

/// How wide a text will be, near enough to keep neighbours apart.
fn text_width(text: &str) -> u32 {
    let tenths: u32 =
        text.chars().map(|character| if character < '\u{2e80}' { NARROW_TENTHS } else { WIDE_TENTHS }).sum();
    tenths.div_ceil(10)
}

const _: () = assert!(RADIUS < CLEARANCE);
