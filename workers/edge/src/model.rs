//! The line to providers of models: `fetch`, and the AI binding.
//!
//! Not reqwest, as for mail: its `fetch` follows redirects, and would take a provider's key along to wherever they lead.

use crate::settings::{self, SettingsError};
use axum::body::Bytes;
use captain_http::model::{Answered, Breakers, Kind, Line, Models};
use coach::provider::{Call, Failure, FailureKind, Head, HttpCall};
use futures::StreamExt;
use futures::stream::{BoxStream, empty, unfold};
use std::future::Future;
use std::sync::Arc;
use worker::js_sys::{Function, JSON, Object, Promise, Reflect};
use worker::send::{SendFuture, SendWrapper};
use worker::wasm_bindgen::{JsCast, JsValue};
use worker::wasm_bindgen_futures::JsFuture;
use worker::web_sys::{self, AbortController};
use worker::{
    AbortSignal, Ai, ByteStream, Date, Env, Fetch, Method, Request, RequestInit, RequestRedirect,
    Response,
};

/// The AI binding's name in `wrangler.toml`.
const BINDING: &str = "AI";

/// The models that the settings name.
pub fn models(env: &Env) -> Result<Models<EdgeLine>, SettingsError> {
    let providers = settings::providers(env)?;
    let ai = env.ai(BINDING).ok().map(Arc::new);
    if ai.is_none() && providers.iter().any(|one| one.kind == Kind::WorkersAi) {
        return Err(SettingsError::Binding(BINDING));
    }
    Ok(Models::new(
        providers,
        EdgeLine { ai },
        Breakers::of_isolate(),
    ))
}

/// The Worker's line.
#[derive(Clone)]
pub struct EdgeLine {
    ai: Option<Arc<Ai>>,
}

impl Line for EdgeLine {
    fn call(&self, call: &Call) -> impl Future<Output = Result<Answered, Failure>> + Send {
        SendFuture::new(async move {
            // Dropped with this future, or later with the bytes: either way the call ends.
            let abort = Abort::new()?;
            let mut response = match call {
                Call::Http(call) => fetched(call, &abort).await,
                Call::Binding { model, input } => {
                    run(self.ai.as_deref(), model, input, &abort).await
                }
            }?;
            let headers = response.headers();
            let header = |name: &str| headers.get(name).ok().flatten();
            let head = Head::read(response.status_code(), header, Date::now().as_millis());
            Ok(Answered {
                head,
                // There are answers without a body.
                bytes: response
                    .stream()
                    .map_or_else(|_| empty().boxed(), |stream| bytes(stream, abort)),
            })
        })
    }
}

/// A redirect is not followed: it comes back as it is.
async fn fetched(call: &HttpCall, abort: &Abort) -> Result<Response, Failure> {
    let mut init = RequestInit::new();
    init.with_method(Method::from(call.method.to_owned()))
        .with_redirect(RequestRedirect::Manual)
        .with_body(Some(JsValue::from_str(&call.body)));
    for (name, value) in &call.headers {
        // The runtime's words would show the value.
        init.headers
            .set(name, value)
            .map_err(|_| Failure::new(FailureKind::Rejected, "a header can't be sent"))?;
    }
    let request = Request::new_with_init(&call.url, &init)
        .map_err(|_| Failure::new(FailureKind::Rejected, "the address can't be called"))?;
    let request = Fetch::Request(request);
    let sent = request.send_with_signal(&abort.signal()).await;
    sent.map_err(|_| Failure::new(FailureKind::Unreachable, "no connection"))
}

/// `env.AI.run(model, input, {returnRawResponse: true, signal})`: the answer with its status and headers, like any other. The
/// `worker` crate's own `run` knows neither option, and would read the whole answer first.
async fn run(
    ai: Option<&Ai>,
    model: &str,
    input: &str,
    abort: &Abort,
) -> Result<Response, Failure> {
    let Some(ai) = ai else {
        return Err(thrown(JsValue::from("there is no AI binding")));
    };
    let asked = || -> Result<Promise, JsValue> {
        let options = Object::new();
        Reflect::set(&options, &"returnRawResponse".into(), &JsValue::TRUE)?;
        Reflect::set(&options, &"signal".into(), &abort.0.signal())?;
        let run: Function = Reflect::get(ai.as_ref(), &"run".into())?.dyn_into()?;
        run.call3(ai.as_ref(), &model.into(), &JSON::parse(input)?, &options)?
            .dyn_into()
    };
    let answered = match asked() {
        Ok(promise) => JsFuture::from(promise).await,
        Err(error) => Err(error),
    };
    let response: web_sys::Response = answered.and_then(JsCast::dyn_into).map_err(thrown)?;
    Ok(response.into())
}

fn thrown(error: JsValue) -> Failure {
    Failure::thrown(&worker::Error::from(error).to_string())
}

/// Ends a call when it is dropped.
struct Abort(AbortController);

impl Abort {
    fn new() -> Result<Self, Failure> {
        AbortController::new().map(Self).map_err(thrown)
    }

    fn signal(&self) -> AbortSignal {
        self.0.signal().into()
    }
}

impl Drop for Abort {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// The bytes of an answer; whoever drops them ends the call.
fn bytes(stream: ByteStream, abort: Abort) -> BoxStream<'static, Result<Bytes, Failure>> {
    let held = SendWrapper::new((stream, abort));
    unfold(held, |mut held| {
        SendFuture::new(async move {
            let next = held.0.0.next().await?;
            let next = next
                .map(Bytes::from)
                .map_err(|_| Failure::new(FailureKind::Interrupted, "the connection broke"));
            Some((next, held))
        })
    })
    .boxed()
}
