//! Steps that run several lists at once: what surely happened in all of them together once they are joined.
//!
//! A lane is walked with nothing but what was there before: whatever happens beside it may come later. A `fill` beside it
//! may come at any moment, so only those approvals count that the engine would ask for again.

use super::{Left, TooMany, WAYS_MAX, Walker, Way};
use crate::{
    diagnostic::PathStep,
    model::{Branch, Each, Parallel, StepIndex},
};

impl Walker<'_, '_> {
    /// All branches begin; as many as the join needs have arrived, the others may be anywhere.
    pub(super) fn parallel(&mut self, index: StepIndex, way: &Way, parallel: &Parallel) -> Result<Left, TooMany> {
        let step = self.process.step(index);
        let lists: Vec<_> = parallel.branches.iter().map(|branch| branch.first).collect();
        let begin = |place: usize| {
            let name = parallel.branches[place].name.to_string();
            Some(way.clone().told(step, "case", Some(name)))
        };
        let lanes = self.lanes(&lists, begin)?;
        let mut joined = Vec::new();
        for arrived in subsets(lanes.len(), parallel.needed())? {
            let mut ways = vec![way.clone()];
            for lane in arrived {
                ways = combine(&ways, &lanes[lane].off, way)?;
            }
            joined.extend(ways);
        }
        self.settle(&lists, &mut joined);
        Ok(Left::off(joined))
    }

    /// Each case that holds, at once; all of them arrive.
    pub(super) fn every(&mut self, index: StepIndex, way: &Way, branch: &Branch) -> Result<Left, TooMany> {
        let step = self.process.step(index);
        let conditions = self.conditions[usize::from(index.0)].clone();
        let lists: Vec<_> = branch.cases.iter().map(|case| case.first).collect();
        let begin = |place: usize| {
            let (case, condition) = (&branch.cases[place], conditions[place].as_ref());
            let known = match condition {
                Some(condition) => way.known.and(condition, true),
                None => conditions.iter().flatten().fold(way.known.clone(), |known, other| known.and(other, false)),
            };
            let detail = case.condition.as_ref().map(|condition| condition.source.to_string());
            let happens = if condition.is_some() { "case" } else { "else" };
            known.is_possible().then(|| Way { known, ..way.clone() }.told(step, happens, detail))
        };
        let lanes = self.lanes(&lists, begin)?;
        let mut ways = vec![(way.clone(), false)];
        for (lane, condition) in lanes.iter().zip(&conditions) {
            let mut next = Vec::new();
            for (way_so_far, any) in ways {
                let one = std::slice::from_ref(&way_so_far);
                match condition {
                    Some(condition) => {
                        let known = way_so_far.known.and(condition, false);
                        next.extend(combine(one, &lane.off, way)?.into_iter().map(|way| (way, true)));
                        if known.is_possible() {
                            next.push((Way { known, ..way_so_far }, any));
                        }
                    }
                    None if any => next.push((way_so_far, any)),
                    None => next.extend(combine(one, &lane.off, way)?.into_iter().map(|way| (way, true))),
                }
            }
            ways = limited(next)?;
        }
        let mut joined = ways.into_iter().map(|(way, _)| way).collect();
        self.settle(&lists, &mut joined);
        Ok(Left::off(joined))
    }

    /// No item, or at least one: its ways stand for those of all. What happened to single items is not known afterwards.
    pub(super) fn each(&mut self, index: StepIndex, way: Way, each: &Each) -> Result<Left, TooMany> {
        let step = self.process.step(index);
        let fills = self.fills(&[each.first]);
        let mark = self.beside.len();
        self.beside.extend(fills);
        let mut item = way.clone().told(step, "item", None);
        item.approved.retain(|step| self.settled(*step));
        let left = self.list(each.first, vec![item])?;
        self.beside.truncate(mark);
        let mut ways = vec![way.told(step, "empty", None)];
        ways.extend(left.off.into_iter().chain(left.ended));
        self.settle(&[each.first], &mut ways);
        let inside = self.nested_in(each.first);
        for way in &mut ways {
            way.known = self.without_outcomes(&way.known, &inside);
        }
        Ok(Left::off(ways))
    }

    /// Walks each lane by itself; one that cannot begin has no ways.
    fn lanes(
        &mut self,
        lists: &[Option<StepIndex>],
        begin: impl Fn(usize) -> Option<Way>,
    ) -> Result<Vec<Left>, TooMany> {
        let mut lanes = Vec::new();
        for (place, first) in lists.iter().enumerate() {
            let others: Vec<_> = lists.iter().enumerate().filter(|(other, _)| *other != place).collect();
            let others: Vec<_> = others.into_iter().map(|(_, first)| *first).collect();
            let fills = self.fills(&others);
            let mark = self.beside.len();
            self.beside.extend(fills);
            let mut ways: Vec<Way> = begin(place).into_iter().collect();
            for way in &mut ways {
                way.approved.retain(|step| self.settled(*step));
            }
            lanes.push(self.list(*first, ways)?);
            self.beside.truncate(mark);
        }
        Ok(lanes)
    }

    /// Of the approvals given before or within lanes those count which hold whatever the lanes' `fill` steps did later.
    fn settle(&mut self, lists: &[Option<StepIndex>], ways: &mut Vec<Way>) {
        let fills = self.fills(lists);
        let mark = self.beside.len();
        self.beside.extend(fills);
        for way in ways {
            way.approved.retain(|step| self.settled(*step));
        }
        self.beside.truncate(mark);
    }

    fn fills(&self, lists: &[Option<StepIndex>]) -> Vec<StepIndex> {
        let inside = lists.iter().flat_map(|first| self.nested_in(*first));
        inside.filter(|index| self.process.step(*index).kind.fill().is_some()).collect()
    }
}

/// Each way of a lane together with each way so far; both began at `before`.
fn combine(so_far: &[Way], lane: &[Way], before: &Way) -> Result<Vec<Way>, TooMany> {
    let mut combined = Vec::new();
    for way in so_far {
        for other in lane {
            let known = way.known.joined(&other.known);
            if !known.is_possible() {
                continue;
            }
            let mut both = Way { known, ..way.clone() };
            both.approved.extend(other.approved.iter().copied());
            both.approved.sort_unstable();
            both.approved.dedup();
            let happened: Vec<PathStep> = other.path_since(Some(&before.trail));
            combined.push(happened.into_iter().fold(both, Way::then));
            if combined.len() > WAYS_MAX {
                return Err(TooMany);
            }
        }
    }
    Ok(combined)
}

fn limited<T>(ways: Vec<T>) -> Result<Vec<T>, TooMany> {
    if ways.len() > WAYS_MAX { Err(TooMany) } else { Ok(ways) }
}

/// Every choice of so many lanes.
fn subsets(lanes: usize, size: usize) -> Result<Vec<Vec<usize>>, TooMany> {
    let mut found: Vec<Vec<usize>> = vec![Vec::new()];
    for _ in 0..size {
        let longer = found.iter().flat_map(|chosen| {
            let next = chosen.last().map_or(0, |last| last + 1);
            (next..lanes).map(|lane| chosen.iter().copied().chain([lane]).collect())
        });
        found = limited(longer.collect())?;
    }
    Ok(found)
}
