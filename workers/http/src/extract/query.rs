//! The query of a list: which page, which filters.

use super::json_body::{field, named, what};
use super::{Call, Extract};
use crate::error::ApiError;
use captain_json::Fault;
use contract::checks::check;
use contract::problem::FieldError;
use garde::Validate;
use serde::de::DeserializeOwned;

/// The longest message of a parser that is passed on, characters.
const MAX_MESSAGE_CHARS: usize = 160;

/// A query that passed its own checks. Types refuse unknown names where they can, so that a misspelt filter is no silence.
#[derive(Debug)]
pub(crate) struct Query<T>(pub T);

impl<T, P> Extract<P> for Query<T>
where
    T: DeserializeOwned + Validate<Context = ()>,
{
    fn extract(call: &mut Call<P>) -> Result<Self, ApiError> {
        let query = call.parts.uri.query().unwrap_or_default();
        let query: T = captain_json::from_query(query).map_err(|fault| problem(&fault))?;
        let errors = check(&query);
        if errors.is_empty() {
            Ok(Self(query))
        } else {
            Err(ApiError::fields(errors))
        }
    }
}

fn problem(fault: &Fault) -> ApiError {
    let field = field(fault).unwrap_or_else(|| "query".to_owned());
    let message = fault.message();
    // What else the parser says may hold the caller's own words: a little of it is enough.
    let message = match named(message) {
        Some(_) => what(message).to_owned(),
        None => message.chars().take(MAX_MESSAGE_CHARS).collect(),
    };
    ApiError::fields(vec![FieldError::new(field, message)])
}
