//! The `Live` port: one Durable Object per running session, named `company/session`.

use crate::answer::PassedOn;
use axum::body::Body;
use captain_http::live::{EVENT_STREAM, Live, LiveAddress, LiveAnswer, LiveError, LiveRequest};
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Response};
use std::future::Future;
use std::sync::Arc;
use worker::send::{SendFuture, SendWrapper};
use worker::wasm_bindgen::JsValue;
use worker::{Env, Method, ObjectNamespace, Request, RequestInit, ResponseBody};

/// The objects behind the binding `CHAT_SESSION`.
#[derive(Clone)]
pub struct SessionObjects(Arc<ObjectNamespace>);

impl SessionObjects {
    /// The binding of this environment.
    pub fn of(env: &Env) -> worker::Result<Self> {
        Ok(Self(Arc::new(env.durable_object("CHAT_SESSION")?)))
    }

    async fn forward(
        &self,
        at: LiveAddress,
        request: &LiveRequest,
    ) -> worker::Result<worker::Response> {
        let body = serde_json::to_string(request)?;
        let init = RequestInit {
            method: Method::Post,
            body: Some(JsValue::from_str(&body)),
            ..RequestInit::default()
        };
        // The object looks at the body alone; the host is never resolved.
        let request = Request::new_with_init("https://chat-session/", &init)?;
        self.0
            .get_by_name(&at.to_string())?
            .fetch_with_request(request)
            .await
    }
}

impl Live for SessionObjects {
    fn ask(
        &self,
        at: LiveAddress,
        request: LiveRequest,
    ) -> impl Future<Output = Result<LiveAnswer, LiveError>> + Send {
        let objects = self.clone();
        SendFuture::new(async move {
            let response = objects
                .forward(at, &request)
                .await
                .map_err(|error| LiveError::Failed(error.to_string()))?;
            LiveAnswer::read(request.ask.answer_kind(), passed_on(response)).await
        })
    }
}

/// The object's answer. What streams is left to the runtime: nobody here reads it.
fn passed_on(answer: worker::Response) -> Response<Body> {
    let kind = answer.headers().get(CONTENT_TYPE.as_str()).ok().flatten();
    let (ResponseBody::Stream(stream), Some(EVENT_STREAM)) = (answer.body(), kind.as_deref())
    else {
        return answer.into();
    };
    let carried = PassedOn(SendWrapper::new(stream.clone()));
    let mut passed_on = Response::new(Body::empty());
    passed_on.extensions_mut().insert(carried);
    let kind = HeaderValue::from_static(EVENT_STREAM);
    passed_on.headers_mut().insert(CONTENT_TYPE, kind);
    passed_on
}
