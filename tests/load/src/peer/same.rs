//! Both sides answer the same: the same fields with the same values, but for ids and moments that each makes anew.

use serde_json::Value;

use super::calls::{self, Call};
use super::sides::Side;

/// Made anew for each answer.
const OWN: [&str; 8] = [
    "accessToken",
    "createdAt",
    "id",
    "lastLoginAt",
    "messageId",
    "now",
    "requestId",
    "turnId",
];

/// Fails at the first difference.
pub async fn check(ours: &Side, peer: &Side) {
    for call in Call::ALL {
        let (of_ours, of_peer) = (answers(call, ours).await, answers(call, peer).await);
        assert_eq!(
            of_ours.len(),
            of_peer.len(),
            "{}: {of_ours:#?} {of_peer:#?}",
            call.name()
        );
        for (ours, peer) in of_ours.iter().zip(&of_peer) {
            if let Err(difference) = compare(call, "", ours, peer) {
                panic!("{} differs at {difference}", call.name());
            }
        }
        eprintln!("  {:<12} answers the same", call.name());
    }
}

async fn answers(call: Call, side: &Side) -> Vec<Value> {
    match call {
        Call::LogIn => {
            let request = side.log_in_request(&calls::past_rep(0));
            vec![request.send().await.unwrap().json().await.unwrap()]
        }
        Call::Turn => {
            let token = side.log_in(side.owner()).await;
            let session = calls::started(side, &token).await;
            let frames = calls::turn(side, &token, session).await.rest().await;
            frames
                .iter()
                .map(|seen| serde_json::from_str(&seen.json).unwrap())
                // A session of its own, and so a log of its own.
                .map(without_place)
                .collect()
        }
        _ => {
            let (path, reader) = call.reading().expect("all others read");
            let token = side.log_in(reader).await;
            let response = side.get(path, &token).send().await.unwrap();
            assert_eq!(response.status(), 200, "{}", call.name());
            vec![response.json().await.unwrap()]
        }
    }
}

fn without_place(mut frame: Value) -> Value {
    if frame["type"] == "connected"
        && let Some(frame) = frame.as_object_mut()
    {
        frame.remove("after");
        frame.remove("sessionId");
    }
    frame
}

/// Ids of lists are compared, those of a turn are its own.
fn is_own(call: Call, name: &str) -> bool {
    OWN.contains(&name) && (call == Call::Turn || !matches!(name, "id" | "createdAt"))
}

fn compare(call: Call, at: &str, ours: &Value, peer: &Value) -> Result<(), String> {
    match (ours, peer) {
        (Value::Object(ours), Value::Object(peer)) => {
            let names = |object: &serde_json::Map<String, Value>| {
                let mut names: Vec<String> = object.keys().cloned().collect();
                names.sort();
                names
            };
            if names(ours) != names(peer) {
                return Err(format!("{at}: {:?} and {:?}", names(ours), names(peer)));
            }
            ours.iter().try_for_each(|(name, value)| {
                let at = format!("{at}.{name}");
                if is_own(call, name) && kind(value) == kind(&peer[name]) {
                    return Ok(());
                }
                compare(call, &at, value, &peer[name])
            })
        }
        (Value::Array(ours), Value::Array(peer)) => {
            if ours.len() != peer.len() {
                return Err(format!("{at}: {} and {} of them", ours.len(), peer.len()));
            }
            ours.iter()
                .zip(peer)
                .enumerate()
                .try_for_each(|(place, (ours, peer))| {
                    compare(call, &format!("{at}[{place}]"), ours, peer)
                })
        }
        // 12.0 and 12 are one number.
        (Value::Number(ours), Value::Number(peer)) if ours.as_f64() == peer.as_f64() => Ok(()),
        (ours, peer) if ours == peer => Ok(()),
        (ours, peer) => Err(format!("{at}: {ours} and {peer}")),
    }
}

fn kind(value: &Value) -> std::mem::Discriminant<Value> {
    std::mem::discriminant(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_field_counts_but_those_made_anew() {
        let same = |ours: Value, peer: Value| compare(Call::Me, "", &ours, &peer).is_ok();
        assert!(same(json!({"a": [1.0, null]}), json!({"a": [1, null]})));
        assert!(same(json!({"now": 1}), json!({"now": 2})));
        assert!(!same(json!({"now": 1}), json!({"now": "2"})));
        assert!(!same(json!({"id": "a"}), json!({"id": "b"})));
        assert!(!same(json!({"a": 1}), json!({"a": 1, "b": null})));
        assert!(!same(json!({"a": [1, 2]}), json!({"a": [1]})));
        assert!(compare(Call::Turn, "", &json!({"id": "a"}), &json!({"id": "b"})).is_ok());
    }
}
