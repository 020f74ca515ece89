//! Ids and chances.

use super::clock::now_ms;
use domain::ids::uuid_v7;
use domain::session::RequestId;
use js_sys::Math;

/// A fresh id for one send. `crypto.randomUUID` is missing on plain-http pages, so the bytes are drawn one by one: they
/// have to differ between one rep's sends, not to be secret.
pub fn request_id() -> RequestId {
    let bytes: [u8; 10] = std::array::from_fn(|_| (Math::random() * 256.0) as u8);
    RequestId::from(uuid_v7(now_ms(), &bytes))
}

/// A fresh key for one create, which is then made once however often it is sent.
pub fn key() -> String {
    request_id().as_str().to_owned()
}

/// Any number.
pub fn chance() -> u32 {
    (Math::random() * f64::from(u32::MAX)) as u32
}
