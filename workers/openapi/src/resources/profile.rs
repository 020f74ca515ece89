//! What people see and set of themselves.

use super::{MAX_PICTURE_BYTES, PICTURES};
use crate::operation::{Answer, Operation, delete, get, post, put};
use contract::problem::Code;
use contract::profile::{ChangePassword, Device, Profile, UnsubscribeQuery, UpdateProfile};
use contract::session::Items;
use domain::policy::Access::{LoggedIn, Public};

const PAGE: Answer = Answer::File {
    kinds: &["text/html"],
};

pub(super) fn operations() -> Vec<Operation> {
    vec![
        get("/api/profile", LoggedIn, "One's own profile")
            .ok::<Profile>("The profile.")
            .versioned(),
        put("/api/profile", LoggedIn, "Changes one's own profile")
            .if_match()
            .body::<UpdateProfile>()
            .ok::<Profile>("The profile as it is now.")
            .versioned(),
        post(
            "/api/profile/password",
            LoggedIn,
            "Changes one's own password",
        )
        .note("All other devices are logged out.")
        .body::<ChangePassword>()
        .done(204, "It is changed.")
        .refuses(&[Code::Changed])
        .limited(),
        get("/api/profile/devices", LoggedIn, "Where one is logged in")
            .ok::<Items<Device>>("The devices, the one used last first."),
        delete(
            "/api/profile/devices/{id}",
            LoggedIn,
            "Logs one of one's own devices out, at once",
        ),
        put("/api/profile/avatar", LoggedIn, "Sets one's own picture")
            .file(PICTURES, MAX_PICTURE_BYTES)
            .done(204, "It is set.")
            .refuses(&[Code::NotFound, Code::Changed]),
        delete(
            "/api/profile/avatar",
            LoggedIn,
            "Takes one's own picture away",
        )
        .refuses(&[Code::NotFound, Code::Changed]),
        get(
            "/api/unsubscribe",
            Public,
            "Asks whether to send no more of some mails",
        )
        .note("The link at the end of a mail. It changes nothing: programs that look for evil open every link.")
        .query::<UnsubscribeQuery>()
        .answers(200, "A page with a button.", PAGE)
        .refuses(&[Code::NotFound]),
        post(
            "/api/unsubscribe",
            Public,
            "Sends no more of some mails, at once",
        )
        .note("The button of that page, and the one of mail programs (RFC 8058): what they send besides is not read.")
        .query::<UnsubscribeQuery>()
        .answers(200, "A page that says so.", PAGE)
        .refuses(&[Code::NotFound]),
    ]
}
