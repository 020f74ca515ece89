//! What reps of every skill write: pieces of what a drill asks for, more of them the more practised they are.

use domain::scenario::Drill;
use fastrand::Rng;

/// A first answer and its repeat.
#[derive(Debug, PartialEq, Eq)]
pub struct Answers {
    /// What comes to mind.
    pub first: String,
    /// What is said after the correction.
    pub again: String,
}

/// How somebody begins who is not sure.
const UNSURE: [&str; 5] = [
    "Sir actually",
    "Haan sir, basically",
    "Ok sir, I think",
    "Sir woh kya hai ki, maybe",
    "Ji sir, try karte hain,",
];

/// What somebody says who does not know what to say.
const AT_A_LOSS: [&str; 6] = [
    "1 lakh is our minimum pack sir, usse kam nahi hota.",
    "Sir hamara service bahut achha hai, aap ek baar lekar dekho.",
    "Main aapko details bhej deta hoon, aap dekh lena.",
    "Sab log le rahe hain sir, aap bhi le lo.",
    "Sir rate best hai market mein, aur kya chahiye.",
    "Theek hai sir, jab mann ho tab bata dena.",
];

/// Writes both answers. `share` is how much of the drill the rep has at first, 0 to 1; `gain` what the correction adds.
pub fn write(drill: &Drill, share: f64, gain: f64, chance: &mut Rng) -> Answers {
    let mut order: Vec<usize> = (0..drill.criteria.len()).collect();
    chance.shuffle(&mut order);
    let known = count(share, order.len());
    let learnt = count(share + gain, order.len()).max(known);
    let mut first = say(drill, &order, known);
    if share < 0.5 {
        let unsure = chance.choice(UNSURE).unwrap_or_default();
        let lost = chance.choice(AT_A_LOSS).unwrap_or_default();
        first = if first.is_empty() {
            format!("{unsure} {lost}")
        } else {
            format!("{unsure} {first} {lost}")
        };
    }
    if first.is_empty() {
        first = chance.choice(AT_A_LOSS).unwrap_or_default().to_owned();
    }
    let mut again = say(drill, &order, learnt);
    if again.is_empty() {
        again = chance.choice(AT_A_LOSS).unwrap_or_default().to_owned();
    }
    Answers { first, again }
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss
)]
fn count(share: f64, of: usize) -> usize {
    ((share.clamp(0.0, 1.0) * of as f64).round() as usize).min(of)
}

/// The sentences of the first `known` criteria in `order`, as the drill orders them.
fn say(drill: &Drill, order: &[usize], known: usize) -> String {
    let mut said: Vec<usize> = order.iter().copied().take(known).collect();
    said.sort_unstable();
    let sentences: Vec<&str> = said
        .iter()
        .filter_map(|&index| drill.criteria.get(index))
        .map(|criterion| criterion.example.as_str())
        .collect();
    sentences.join(" ")
}
