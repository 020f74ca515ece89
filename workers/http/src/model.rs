//! Models of other makers: the configured providers, the line to them, and the loop that asks until somebody answers.
//!
//! `coach` knows the wires and decides; here is what drives it. [`Models::ask`] waits for the whole answer,
//! [`Models::ask_aloud`] tells words as they come. Neither writes a log: an [`Attempt`] is handed to [`World::attempted`], with
//! nothing of anybody's words or keys in it but a provider's own explanation of a failure.
//!
//! - [`provider`]: who is asked, in which order; [`settings`]: how that is written down.
//! - [`line`]: one call over a wire.
//! - [`asking`]: the loop; [`attempt`]: what it did; [`breakers`]: whom it leaves alone.

pub mod asking;
pub mod attempt;
pub mod breakers;
pub mod line;
pub mod provider;
pub mod settings;

pub use asking::{Answer, Asker, Ending, Outcome, Why, World};
pub use attempt::{Attempt, End};
pub use breakers::Breakers;
pub use line::{Answered, Line};
pub use provider::{Kind, Provider, Providers};
pub use settings::ModelSettingsError;

/// The models that can be asked, and the way to them.
#[derive(Debug, Clone)]
pub struct Models<L> {
    /// Whom to ask, in this order. Without any the built-in coach speaks.
    pub providers: Providers,
    /// How to reach them.
    pub line: L,
    /// Who is left alone for a while.
    pub breakers: Breakers,
}

impl<L> Models<L> {
    /// The models that these settings name, asked over this line.
    pub fn new(providers: Providers, line: L, breakers: Breakers) -> Self {
        Self {
            providers,
            line,
            breakers,
        }
    }

    /// Whether there is anybody but the built-in coach.
    pub fn are_configured(&self) -> bool {
        !self.providers.is_empty()
    }

    /// Who coaches, as sessions are frozen with: the first provider's model, or `builtin`.
    pub fn name(&self) -> &str {
        let first = self.providers.iter().next();
        first.map_or("builtin", |provider| provider.endpoint.model())
    }
}
