//! What calls to models cost, and whether another one may be made.
//!
//! Money is in micros, millionths of a US dollar. A call that tells all its tokens, of a model whose price is set, has a known
//! cost. Any other (a stream that died, a client that left, a model without a price) has an unknown one: it is never taken for a
//! number, but it counts against a cap with the most that it can have cost, so that what breaks off can't get past the cap.

use serde::{Deserialize, Serialize};

/// What a model costs, micros for a million tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Price {
    /// Of those it reads.
    pub input: u64,
    /// Of those it writes.
    pub output: u64,
}

/// What a model without a price counts with against a cap: dearer than those that people coach with. Whoever sets a cap sets
/// prices too, also `0 0` of a model on their own machine.
pub const PRICE_IF_UNKNOWN: Price = Price {
    input: 15_000_000,
    output: 75_000_000,
};

/// No text has more tokens than one for so many of its bytes: English has one for four or five, and a letter of Devanagari has
/// three bytes.
const BYTES_PER_TOKEN: u64 = 3;

const MILLION: u64 = 1_000_000;

/// No call costs more than ten thousand dollars, and no call has more tokens than this: a provider that tells nonsense breaks no
/// sum, of which D1 can count up to 2^53.
const MOST: u64 = 10_000_000_000;

/// What a call used, as far as it was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Used {
    /// Nothing: the provider never took the call on.
    Nothing,
    /// Tokens; `None` is unknown, not zero.
    Tokens {
        /// Read by the model.
        input: Option<u64>,
        /// Written by the model.
        output: Option<u64>,
    },
}

/// The bounds of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// The length of what was sent, bytes.
    pub prompt_bytes: u64,
    /// The most tokens that could come back.
    pub max_tokens: u64,
}

/// What a call cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cost {
    /// So many micros.
    Known(u64),
    /// Not known.
    Unknown {
        /// The most it can have been, micros: what counts against a cap.
        at_most: u64,
    },
}

impl Cost {
    /// Of one call.
    pub fn of(used: Used, price: Option<Price>, bounds: Bounds) -> Self {
        let (input, output) = match used {
            Used::Nothing => return Cost::Known(0),
            Used::Tokens { input, output } => (believed(input), believed(output)),
        };
        if let (Some(input), Some(output), Some(price)) = (input, output, price) {
            return Cost::Known(price.of(input, output));
        }
        let read = input.unwrap_or(bounds.prompt_bytes.div_ceil(BYTES_PER_TOKEN));
        let written = output.unwrap_or(bounds.max_tokens);
        Cost::Unknown {
            at_most: price.unwrap_or(PRICE_IF_UNKNOWN).of(read, written),
        }
    }
}

/// Tokens told, if so many can be.
pub fn believed(tokens: Option<u64>) -> Option<u64> {
    tokens.filter(|tokens| *tokens <= MOST)
}

impl Price {
    /// Of so many tokens, rounded up.
    fn of(self, input: u64, output: u64) -> u64 {
        let read = input.saturating_mul(self.input);
        let written = output.saturating_mul(self.output);
        read.saturating_add(written).div_ceil(MILLION).min(MOST)
    }
}

/// What somebody's calls of a month came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Spent {
    /// How many there were.
    pub calls: u64,
    /// Of those whose cost is known, micros.
    pub cost_micros: u64,
    /// How many have an unknown cost.
    pub unknown_calls: u64,
    /// The most that these can have cost, micros.
    pub unknown_micros: u64,
}

impl Spent {
    /// What counts against a cap, micros.
    pub fn counted(self) -> u64 {
        self.cost_micros.saturating_add(self.unknown_micros)
    }
}

/// A company's caps for a month, micros; `None` is no cap.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Caps {
    /// For all of it together, as paid for.
    pub company: Option<u64>,
    /// For each of its reps, as its managers set.
    pub rep: Option<u64>,
}

/// Whether a call may be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Allowance {
    /// It may.
    Granted,
    /// The company has used up its month: the built-in coach speaks.
    CompanyCapReached,
    /// The rep has: likewise.
    RepCapReached,
}

impl Allowance {
    /// Decides on the next call. Calls that run at the same moment don't see each other: a cap is passed by them at most.
    pub fn of(caps: Caps, company: Spent, rep: Spent) -> Self {
        let reached =
            |cap: Option<u64>, spent: Spent| cap.is_some_and(|cap| spent.counted() >= cap);
        if reached(caps.company, company) {
            Allowance::CompanyCapReached
        } else if reached(caps.rep, rep) {
            Allowance::RepCapReached
        } else {
            Allowance::Granted
        }
    }

    /// Whether it may.
    pub fn granted(self) -> bool {
        self == Allowance::Granted
    }
}

/// What a call was for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To voice the customer.
    Customer,
    /// To correct an answer.
    Coach,
    /// To judge one.
    Judge,
    /// To answer a rep's question.
    Assistant,
    /// To draft a scenario.
    Scenario,
}

impl Purpose {
    /// The name used in SQL.
    pub fn as_str(self) -> &'static str {
        match self {
            Purpose::Customer => "customer",
            Purpose::Coach => "coach",
            Purpose::Judge => "judge",
            Purpose::Assistant => "assistant",
            Purpose::Scenario => "scenario",
        }
    }
}

/// How a call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// The model said all it had to say, a refusal too.
    Completed,
    /// Nobody waited for it any more.
    Stopped,
    /// The provider failed.
    Failed,
}

impl Ended {
    /// The name used in SQL.
    pub fn as_str(self) -> &'static str {
        match self {
            Ended::Completed => "completed",
            Ended::Stopped => "stopped",
            Ended::Failed => "failed",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINI: Price = Price {
        input: 250_000,
        output: 2_000_000,
    };
    const BOUNDS: Bounds = Bounds {
        prompt_bytes: 6_001,
        max_tokens: 1_000,
    };

    fn tokens(input: impl Into<Option<u64>>, output: impl Into<Option<u64>>) -> Used {
        Used::Tokens {
            input: input.into(),
            output: output.into(),
        }
    }

    #[test]
    fn tokens_and_a_price_make_a_cost_rounded_up() {
        let cost = |input, output| Cost::of(tokens(input, output), Some(MINI), BOUNDS);
        assert_eq!(cost(2_000, 400), Cost::Known(500 + 800));
        assert_eq!(cost(1, 0), Cost::Known(1));
        assert_eq!(cost(0, 0), Cost::Known(0));
        assert_eq!(cost(MOST, MOST), Cost::Known(MOST));
    }

    #[test]
    fn what_is_not_told_counts_with_the_most_it_can_be() {
        let cost = |used| Cost::of(used, Some(MINI), BOUNDS);
        let unknown = |at_most| Cost::Unknown { at_most };
        assert_eq!(cost(tokens(None, None)), unknown(501 + 2_000));
        assert_eq!(cost(tokens(100, None)), unknown(25 + 2_000));
        assert_eq!(cost(tokens(None, 10)), unknown(501 + 20));
        assert_eq!(cost(tokens(u64::MAX, 10)), unknown(501 + 20));
        assert_eq!(cost(Used::Nothing), Cost::Known(0));
    }

    #[test]
    fn a_model_without_a_price_has_no_known_cost_and_counts_dearly() {
        assert_eq!(
            Cost::of(tokens(1_000, 100), None, BOUNDS),
            Cost::Unknown {
                at_most: 15_000 + 7_500
            }
        );
        let free = Price {
            input: 0,
            output: 0,
        };
        assert_eq!(
            Cost::of(tokens(1_000, 100), Some(free), BOUNDS),
            Cost::Known(0)
        );
    }

    #[test]
    fn a_cap_holds_for_known_and_unknown_together() {
        let spent = |cost_micros, unknown_micros| Spent {
            cost_micros,
            unknown_micros,
            ..Spent::default()
        };
        let caps = |company: Option<u64>, rep: Option<u64>| Caps { company, rep };
        let of = Allowance::of;
        let much = spent(90, 10);
        assert_eq!(of(caps(None, None), much, much), Allowance::Granted);
        assert_eq!(
            of(caps(Some(101), Some(101)), much, much),
            Allowance::Granted
        );
        assert_eq!(
            of(caps(Some(100), None), much, much),
            Allowance::CompanyCapReached
        );
        assert_eq!(
            of(caps(Some(101), Some(100)), much, much),
            Allowance::RepCapReached
        );
        let none = Spent::default();
        assert_eq!(
            of(caps(Some(0), None), none, none),
            Allowance::CompanyCapReached
        );
        assert_eq!(
            of(caps(None, Some(0)), none, none),
            Allowance::RepCapReached
        );
    }
}
