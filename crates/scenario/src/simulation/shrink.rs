//! Cuts what broke a promise down to what still breaks it.

use super::{grammar::Step, promises::Broken, trial::Trial};

/// How many smaller trials are tried.
const TRIALS_MAX: usize = 2_000;

/// What a person needs to understand what went wrong with a seed.
pub fn tell(seed: u64, trial: &Trial, broken: &Broken) -> String {
    let (trial, broken) = shrink(trial, broken);
    let Broken { promise, how } = broken;
    let told = trial.told().join("\n");
    let (people, workflow) = (&trial.people, trial.workflow.yaml());
    format!(
        "seed {seed} breaks a promise: {promise}\n{how}\n\n{people}\n{workflow}\n{told}\n\n{promise}: {how}\n\nSEED={seed} cargo test -p scenario simulation\n"
    )
}

/// The smallest trial that was found to break the same promise.
fn shrink(trial: &Trial, broken: &Broken) -> (Trial, Broken) {
    let (mut smallest, mut why) = (trial.clone(), broken.clone());
    let mut tried = 0;
    loop {
        let mut found = false;
        for smaller in smaller(&smallest) {
            tried += 1;
            if tried > TRIALS_MAX {
                return (smallest, why);
            }
            if let Err(broken) = smaller.play()
                && broken.promise == why.promise
            {
                (smallest, why) = (smaller, broken);
                found = true;
                break;
            }
        }
        if !found {
            return (smallest, why);
        }
    }
}

/// Trials that are a little smaller: with fewer things happening, with a step or a key less.
fn smaller(trial: &Trial) -> impl Iterator<Item = Trial> + use<> {
    let trial = trial.clone();
    let whole = trial.clone();
    let moves = trial.moves.len();
    let halves = [moves / 2, moves / 4, moves / 8, 1].into_iter().filter(|size| *size > 0);
    let cuts = halves.flat_map(move |size| (0..moves.div_ceil(size)).map(move |place| (place * size, size)));
    let fewer = cuts.map(move |(from, size)| {
        let mut fewer = whole.clone();
        fewer.moves.drain(from..(from + size).min(moves));
        fewer
    });
    let simpler = (0..).map_while(move |place| {
        let mut place = place;
        let steps = simplified(&trial.workflow.steps, &mut place)?;
        let mut simpler = trial.clone();
        simpler.workflow.steps = steps;
        Some(simpler)
    });
    fewer.chain(simpler)
}

/// The steps with one thing less, counted through all of them; nothing where there are not so many.
fn simplified(steps: &[Step], place: &mut usize) -> Option<Vec<Step>> {
    let mut take = || {
        let here = *place == 0;
        *place = place.wrapping_sub(1);
        here
    };
    for (number, step) in steps.iter().enumerate() {
        let with = |others: Vec<Step>| [&steps[..number], &others, &steps[number + 1..]].concat();
        if take() {
            return Some(with(Vec::new()));
        }
        for list in &step.lists {
            if take() {
                return Some(with(list.steps.clone()));
            }
        }
        for key in 0..step.keys.len() {
            if take() {
                let mut simpler = step.clone();
                simpler.keys.remove(key);
                return Some(with(vec![simpler]));
            }
        }
    }
    for (number, step) in steps.iter().enumerate() {
        for (which, list) in step.lists.iter().enumerate() {
            if let Some(inside) = simplified(&list.steps, place) {
                let mut simpler = step.clone();
                simpler.lists[which].steps = inside;
                return Some([&steps[..number], &[simpler], &steps[number + 1..]].concat());
            }
        }
    }
    None
}
