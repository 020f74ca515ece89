//! The circuit breakers, one for each provider.
//!
//! Their home is the isolate, which the Worker's requests and the session objects in it share: what one rep had to wait for,
//! the next one need not. Every isolate learns for itself and forgets when it ends. That costs a dead provider's silence once
//! for each isolate, and needs no storage that could itself be slow just then.

use coach::provider::breaker::Breaker;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

/// The state of all providers, by their places in the list. Clones share it.
#[derive(Debug, Clone, Default)]
pub struct Breakers(Arc<Mutex<Vec<Breaker>>>);

static ISOLATE: LazyLock<Breakers> = LazyLock::new(Breakers::default);

impl Breakers {
    /// Those of this isolate. A place in the list is the same provider for as long as its settings are; where the runtime goes on with
    /// others, what was learnt of the one before is over within minutes.
    pub fn of_isolate() -> Self {
        ISOLATE.clone()
    }

    /// Looks at them or changes them: one for each of so many providers.
    pub fn with<T>(&self, providers: usize, look: impl FnOnce(&mut [Breaker]) -> T) -> T {
        let mut breakers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        breakers.resize(providers, Breaker::default());
        look(&mut breakers)
    }
}
