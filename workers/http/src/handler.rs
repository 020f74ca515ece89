//! Handlers: async functions of what they ask of a call, as in axum, made with less code for each.

use crate::error::ApiError;
use crate::extract::{Call, Extract, Sent, read_body};
use crate::ports::{Ports, world_of};
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use futures::FutureExt;
use futures::future::BoxFuture;
use std::sync::Arc;

/// An async function whose parameters are extractors, and whose result is an answer.
pub(crate) trait Handler<P, Asked>: Send + Sync + 'static {
    /// How many bytes of the body are read before it runs; `None` leaves the body alone.
    const MAX_BODY_BYTES: Option<usize>;

    /// Begins to answer.
    fn begin(&self, call: &mut Call<P>) -> Result<BoxFuture<'static, Response>, ApiError>;
}

macro_rules! handlers {
    ($($asked:ident)*) => {
        impl<P, F, Answer, $($asked),*> Handler<P, ($($asked,)*)> for F
        where
            F: Fn($($asked),*) -> Answer + Send + Sync + 'static,
            Answer: Future<Output: IntoResponse> + Send + 'static,
            $($asked: Extract<P>,)*
        {
            const MAX_BODY_BYTES: Option<usize> = first(&[$($asked::MAX_BODY_BYTES),*]);

            fn begin(&self, call: &mut Call<P>) -> Result<BoxFuture<'static, Response>, ApiError> {
                let answer = self($($asked::extract(call)?),*);
                Ok(answer.map(IntoResponse::into_response).boxed())
            }
        }
    };
}
handlers!(A);
handlers!(A B);
handlers!(A B C);
handlers!(A B C D);
handlers!(A B C D E);
handlers!(A B C D E F0);

/// The one that is given: only one extractor of a handler takes the body.
const fn first(given: &[Option<usize>]) -> Option<usize> {
    let mut rest = given;
    while let [one, others @ ..] = rest {
        if one.is_some() {
            return *one;
        }
        rest = others;
    }
    None
}

/// A handler without its type. What axum and its layers make of a handler they make for each type anew: so they do it once for
/// all handlers, and the Worker's script is smaller.
pub(crate) struct Erased<P> {
    max_body_bytes: Option<usize>,
    begin: Arc<Begin<P>>,
}

type Begin<P> =
    dyn Fn(&mut Call<P>) -> Result<BoxFuture<'static, Response>, ApiError> + Send + Sync;

impl<P: Ports> Erased<P> {
    pub(crate) fn of<Asked, H: Handler<P, Asked>>(handler: H) -> Self {
        Self {
            max_body_bytes: H::MAX_BODY_BYTES,
            begin: Arc::new(move |call| handler.begin(call)),
        }
    }
}

impl<P> Clone for Erased<P> {
    fn clone(&self) -> Self {
        Self {
            max_body_bytes: self.max_body_bytes,
            begin: self.begin.clone(),
        }
    }
}

impl<P: Ports> axum::handler::Handler<(), ()> for Erased<P> {
    type Future = BoxFuture<'static, Response>;

    fn call(self, request: Request, (): ()) -> Self::Future {
        let answer = async move {
            let (parts, body) = request.into_parts();
            let ports: P = match world_of(&parts.extensions) {
                Ok(ports) => ports,
                Err(error) => return error.into_response(),
            };
            let sent = match self.max_body_bytes {
                Some(max_bytes) => Sent::Whole(read_body(body, max_bytes).await),
                None => Sent::Stream(body),
            };
            let begun = (self.begin)(&mut Call { ports, parts, sent });
            match begun {
                Ok(answer) => answer.await,
                Err(error) => error.into_response(),
            }
        };
        answer.boxed()
    }
}
