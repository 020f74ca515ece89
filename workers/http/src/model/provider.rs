//! Who is asked: the configured providers in their order, and what their tokens cost.

use coach::provider::Endpoint;
use coach::provider::patience::Limits;
use domain::spend::Price;
use std::fmt;
use std::ops::Deref;

/// A provider of models, by the name it has in settings and in the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// OpenAI.
    OpenAi,
    /// Anthropic.
    Anthropic,
    /// Another server that speaks Chat Completions.
    Compatible,
    /// Cloudflare's own models.
    WorkersAi,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::OpenAi,
        Self::Anthropic,
        Self::Compatible,
        Self::WorkersAi,
    ];

    /// `openai`, `anthropic`, `compatible`, `workers-ai`.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::OpenAi => "openai",
            Kind::Anthropic => "anthropic",
            Kind::Compatible => "compatible",
            Kind::WorkersAi => "workers-ai",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One configured provider.
#[derive(Debug, Clone)]
pub struct Provider {
    /// Which one.
    pub kind: Kind,
    /// Its address, model and key.
    pub endpoint: Endpoint,
    /// How long it is waited for.
    pub limits: Limits,
    /// What its tokens cost; `None` is unknown, not free.
    pub price: Option<Price>,
}

/// The configured providers, in the order in which they are asked. Usually one, often none.
#[derive(Debug, Clone, Default)]
pub struct Providers(Vec<Provider>);

impl From<Vec<Provider>> for Providers {
    fn from(providers: Vec<Provider>) -> Self {
        Self(providers)
    }
}

impl Deref for Providers {
    type Target = [Provider];
    fn deref(&self) -> &[Provider] {
        &self.0
    }
}
