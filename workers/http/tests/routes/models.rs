//! The routers' world as one that asks models.

use crate::world::World;
use captain_http::model::{Asker, Ending, Kind, Provider};
use captain_http::ports::Ports;
use captain_peers::said::chat;
use captain_peers::{Answer, ByteServer};
use coach::provider::patience::Limits;
use coach::provider::{Ask, Endpoint, Message, Output, openai};
use domain::spend::Cost;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex};
use std::time::Duration;

fn provider(server: &ByteServer) -> Provider {
    let endpoint = openai::Endpoint::compatible(&(server.url() + "/v1"), None, "llama3.2");
    Provider {
        kind: Kind::Compatible,
        endpoint: Endpoint::OpenAi(endpoint),
        limits: Limits::default(),
        price: None,
    }
}

fn question() -> Ask {
    Ask {
        system: "You are the captain.",
        messages: vec![Message::data(&"Namaste ji").unwrap()],
        output: Output::Prose,
        max_tokens: 300,
        temperature: None,
    }
}

#[tokio::test]
async fn every_call_is_heard_of_also_when_whoever_asked_goes_away() {
    let silence = Answer::stream().bytes(chat::words("Namaste")).hang();
    let server = ByteServer::saying([chat::says(&["Namaste"]), silence]);
    let world = World::new().with_models(vec![provider(&server)]);
    let heard = Arc::new(Mutex::new(Vec::new()));
    let asker = Asker {
        ports: world.clone(),
        heard: {
            let heard = heard.clone();
            move |attempt| heard.lock().unwrap().push(attempt)
        },
    };
    let outcome = world.models().ask(&asker, &question()).await;
    assert!(matches!(outcome.ending, Ending::Answered(_)), "{outcome:?}");
    let left = tokio::time::timeout(
        Duration::from_millis(300),
        // As handlers do, on any thread.
        tokio::spawn({
            let world = world.clone();
            async move {
                let ask = question();
                let on_text = |_: &str| ControlFlow::Continue(());
                let asked = world.models().ask_aloud(&asker, &ask, on_text);
                tokio::time::timeout(Duration::from_millis(100), asked).await
            }
        }),
    );
    assert!(left.await.unwrap().unwrap().is_err());
    assert!(
        server
            .client_left(1, Duration::from_secs(5))
            .await
            .is_some()
    );
    let heard = heard.lock().unwrap().clone();
    assert_eq!(heard.len(), 2);
    assert_ne!(heard[0].id, heard[1].id);
    // It may have written on; nobody knows.
    assert!(matches!(heard[1].cost(), Cost::Unknown { .. }));
}
