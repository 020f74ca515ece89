//! Our requests by OpenAI's own description of its API, which `@stdy/cli` (npm) holds them against.

use crate::case::Case;
use crate::peer::{Server, Wire};
use captain_http::model::Line;
use captain_peers::Sockets;
use coach::provider::{Ask, Call, Message};
use serde_json::{Value, json};

const DESCRIPTION: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/openai/chat-completions.json");

/// What is done to the body of a request that is right.
type Fault<'a> = (&'a Ask, &'a dyn Fn(&mut Value));

async fn validator() -> Server {
    let arguments = |port: u16| {
        let fixed = ["--host", "127.0.0.1", "--quiet", "--port"].map(str::to_owned);
        let of_now = [port.to_string(), DESCRIPTION.to_owned()];
        fixed.into_iter().chain(of_now).collect()
    };
    Server::start("STEADY", arguments).await
}

/// Whether the request is taken, after `change` was made to its body.
async fn is_taken(server: &Server, ask: &Ask, change: impl FnOnce(&mut Value)) -> bool {
    let provider = Wire::OpenAi.at(server.url(), Case::Prose);
    let Call::Http(mut call) = provider.endpoint.call(ask).unwrap() else {
        panic!("not over HTTP")
    };
    let mut body: Value = serde_json::from_str(&call.body).unwrap();
    change(&mut body);
    call.body = body.to_string();
    let answered = Sockets::default().call(&Call::Http(call)).await.unwrap();
    answered.head.is_success()
}

#[tokio::test]
async fn requests_are_as_openai_describes_them() {
    let server = validator().await;
    let prose = Case::Prose.ask();
    let mut again = Case::Structured.ask();
    again.messages.push(Message::said("{\"items\": ["));
    again
        .messages
        .push(Message::data(&json!({"wanted": "The whole JSON again."})).unwrap());
    let warm = Ask {
        temperature: Some(0.2),
        ..Case::Prose.ask()
    };
    for (what, ask) in [
        ("prose", &prose),
        ("a schema", &Case::Structured.ask()),
        ("a second ask", &again),
        ("temperature", &warm),
    ] {
        assert!(is_taken(&server, ask, |_| {}).await, "{what}");
    }
    // The validator sees what is wrong; otherwise the above says nothing.
    let without = |object: &mut Value, name: &str| {
        object.as_object_mut().unwrap().remove(name).unwrap();
    };
    let structured = Case::Structured.ask();
    let faults: [Fault<'_>; 4] = [
        (&prose, &|body| without(body, "messages")),
        (&prose, &|body| {
            body["messages"][0]["role"] = "captain".into();
        }),
        (&prose, &|body| body["max_completion_tokens"] = "300".into()),
        (&structured, &|body| {
            without(&mut body["response_format"]["json_schema"], "name");
        }),
    ];
    for (nth, (ask, fault)) in faults.into_iter().enumerate() {
        assert!(!is_taken(&server, ask, fault).await, "fault {nth}");
    }
}
