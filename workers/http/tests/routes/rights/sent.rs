//! What the walk sends: for every line of `access.md` a call that is right in everything but, perhaps, who makes it. So a
//! refusal is never hidden behind a fault of the body.

use super::table::{Place, Row, Target};
use super::things::{PNG, Things, WAV, scenario, with_file};
use crate::world::{Call, HOUR, PASSWORD, Person};
use serde_json::{Value, json};

const NEW_PASSWORD: &str = "A short sentence is good";

/// One cell's call, without the asker's token.
pub fn call(things: &Things, row: &Row, asker: Option<Person>, target: Target) -> Call {
    let named = row.named.as_ref();
    let named = named.map_or("", |named| things.id(&named.thing, target));
    call_naming(things, row, asker, target, named)
}

/// The same with another text for the id of what is named.
pub fn call_naming(
    things: &Things,
    row: &Row,
    asker: Option<Person>,
    target: Target,
    named: &str,
) -> Call {
    let sent = Sent {
        things,
        row,
        asker,
        target,
        named,
    };
    let call = Call::new(row.method.clone(), &sent.address());
    let call = match sent.header() {
        Some((name, value)) => call.header(name, &value),
        None => call,
    };
    match row.call.as_str() {
        "PUT /api/profile/avatar" | "PUT /api/companies/{id}/logo" => {
            with_file(call, "image/png", PNG)
        }
        "POST /api/voice/upload" => with_file(call, "audio/wav", WAV),
        _ => match sent.body() {
            Some(body) => call.json(body),
            None => call,
        },
    }
}

/// The id of the thing that a path names first, whether or not it is what has targets.
pub fn thing_in_path(
    things: &Things,
    row: &Row,
    asker: Option<Person>,
    target: Target,
) -> Option<String> {
    let of = row.of.as_str();
    let id = match &row.named {
        Some(named) if matches!(named.place, Place::Path) => things.id(&named.thing, target),
        _ if of == "the manager's address" => things.id("manager", Target::Own),
        _ if of == "the super admin" => return Some(Person::SuperAdmin.id().to_string()),
        _ if of.starts_with("oneself") => {
            return Some(asker.unwrap_or(Person::Rep).id().to_string());
        }
        _ if row.path.starts_with("/api/teams/") => things.id("team", Target::Own),
        _ if row.path.starts_with("/api/groups/") => things.id("group", Target::Own),
        _ if row.path.starts_with("/api/sessions/{id}") => {
            things.id("waiting session", Target::Own)
        }
        _ if row.path.starts_with("/api/scenarios/{id}") => {
            things.id("scenario", Target::OtherTeam)
        }
        _ => return None,
    };
    Some(id.to_owned())
}

struct Sent<'a> {
    things: &'a Things,
    row: &'a Row,
    asker: Option<Person>,
    target: Target,
    named: &'a str,
}

impl Sent<'_> {
    fn place(&self) -> Option<&Place> {
        self.row.named.as_ref().map(|named| &named.place)
    }

    fn address(&self) -> String {
        let thing = match self.place() {
            Some(Place::Path) => Some(self.named.to_owned()),
            _ => thing_in_path(self.things, self.row, self.asker, self.target),
        };
        let mut path = self.row.path.clone();
        if let Some((start, end)) = path.find('{').zip(path.find('}')) {
            path.replace_range(start..=end, &thing.unwrap_or_else(|| "1".to_owned()));
        }
        let part = match self.place() {
            Some(Place::SecondInPath) => self.named,
            _ => self.things.id("rep", self.target),
        };
        path = path
            .replace("{userId}", part)
            .replace("{number}", "1")
            .replace("{drill}", "drill_0");
        match self.query() {
            Some(query) => format!("{path}?{query}"),
            None => path,
        }
    }

    fn query(&self) -> Option<String> {
        let mut pairs = Vec::new();
        if let Some(Place::Query(key)) = self.place() {
            pairs.push(format!("{key}={}", self.named));
        }
        if self.row.of == "the stock" {
            pairs.push("stock=true".to_owned());
        }
        if self.row.path.ends_with("/search") {
            pairs.push("q=pack".to_owned());
        }
        (!pairs.is_empty()).then(|| pairs.join("&"))
    }

    fn header(&self) -> Option<(&'static str, String)> {
        let version = match self.row.call.as_str() {
            "POST /api/auth/logout" | "POST /api/auth/refresh-token" => {
                return Some(("cookie", self.things.cookie.clone()));
            }
            "PUT /api/tone-guidelines" if self.row.of == "the stock" => 1,
            "PUT /api/tone-guidelines" => 0,
            call if call.contains(" /api/scenarios/{id}") => 3,
            _ => 1,
        };
        Some(("if-match", format!("\"{version}\"")))
    }

    fn body(&self) -> Option<Value> {
        let mut body = self.form()?;
        if let Some(Place::Body(key)) = self.place() {
            let named = self.named;
            body[key] = match key.as_str() {
                "userIds" => json!([named]),
                "practised" => json!({"scenarioId": named}),
                _ => json!(named),
            };
        }
        Some(body)
    }

    /// The body, before the thing that has targets is put into it.
    fn form(&self) -> Option<Value> {
        let (things, of) = (self.things, self.row.of.as_str());
        let schedule = json!({"weekdays": ["monday"], "slotMinute": 900, "zone": "Asia/Kolkata"});
        let answer = json!({"drill": "drill_0", "answer": "I have a word for you, sir."});
        Some(match self.row.call.as_str() {
            "POST /api/auth/login" => json!({"email": Person::Rep.email(), "password": PASSWORD}),
            "POST /api/auth/register" if of == "a new company" => {
                json!({"companyName": "Ganga", "email": "new@ganga.test"})
            }
            "POST /api/auth/register" => {
                json!({"firstName": "Nila", "lastName": "Rao", "password": NEW_PASSWORD})
            }
            "POST /api/auth/forgot-password" => json!({"email": Person::Rep.email()}),
            "POST /api/auth/reset-password" => {
                json!({"token": things.reset_token, "password": NEW_PASSWORD})
            }

            "PUT /api/profile" => {
                json!({"firstName": "Nila", "lastName": "Rao", "language": "en", "onLeaderboard": false,
                       "mailReminders": true, "mailDigest": true})
            }
            "POST /api/profile/password" => {
                json!({"oldPassword": PASSWORD, "newPassword": NEW_PASSWORD})
            }

            "POST /api/users" => {
                json!({"email": "new@new.test", "role": self.role(), "firstName": "Nila", "lastName": "Rao"})
            }
            "PUT /api/users/{id}" => {
                json!({"email": self.email(), "role": self.role(), "firstName": "Nila", "lastName": "Rao", "language": "hi"})
            }
            "PATCH /api/users/{id}/activate" => json!({"active": false}),

            "POST /api/teams" => json!({"name": "East", "managerId": self.manager()}),
            "PUT /api/teams/{id}" => json!({"name": "West", "managerId": self.manager()}),
            "POST /api/teams/{id}/members" => {
                json!({"userIds": [things.id("rep without a team", self.target)]})
            }
            "POST /api/groups" => json!({"name": "Group B", "schedule": schedule}),
            "PUT /api/groups/{id}" => {
                json!({"name": "Group A", "schedule": schedule, "isActive": true})
            }
            "POST /api/groups/{id}/members" => {
                json!({"userIds": [things.id("rep without a group", self.target)]})
            }

            "POST /api/companies" => json!({"name": "Ganga"}),
            "PUT /api/companies/{id}" if of == "company, with a larger plan" => {
                let plan =
                    json!({"plan": "premium", "startsAt": 0, "isActive": true, "maxUsers": 500});
                json!({"name": "Ganga", "settings": {}, "subscription": plan})
            }
            "PUT /api/companies/{id}" => {
                json!({"name": "Ganga", "settings": {"graceMinutes": 45}})
            }
            "POST /api/invites/offer" => json!({}),
            "POST /api/invites" => json!({"email": "new@new.test", "role": self.role()}),

            "POST /api/sessions" => {
                json!({"userId": self.rep().id(), "slotAt": things.world.now() + 2 * HOUR, "practised": {"day": 1}})
            }
            "POST /api/sessions/practice" => json!({}),
            "PUT /api/sessions/{id}" => json!({"slotAt": things.world.now() + 2 * HOUR}),
            "PUT /api/sessions/{id}/notes" => json!({"text": "Well done"}),
            "POST /api/sessions/{id}/overrides" => {
                json!({"drill": "drill_0", "score": 90, "reason": "The price was named rightly"})
            }
            "POST /api/chat/start" => json!({}),
            "POST /api/chat/{id}/message" => {
                json!({"requestId": "more", "content": "Once more", "advance": false})
            }
            "POST /api/chat/{id}/correction" | "POST /api/chat/{id}/next" => {
                json!({"requestId": "more"})
            }

            "POST /api/scenarios" | "PUT /api/scenarios/{id}" => scenario(self.target),
            "PATCH /api/scenarios/{id}/activate" => json!({"active": false}),
            "PUT /api/tone-guidelines" => {
                let rules = [rule("length"), rule("mix")];
                json!({"phrasesToUse": [], "phrasesToAvoid": [], "blockers": [], "toneRules": rules})
            }

            "POST /api/ai/generate-response" | "POST /api/ai/objections/stream" => {
                json!({"drill": "drill_0"})
            }
            "POST /api/ai/evaluate-response"
            | "POST /api/ai/provide-correction"
            | "POST /api/ai/corrections/stream" => answer,
            "POST /api/ai/generate-scenario" => json!({"brief": "A shopkeeper wants a small pack"}),
            "POST /api/ai/assistant/stream" => json!({"question": "Where did I lose points?"}),
            _ => return None,
        })
    }

    /// The role that is given.
    fn role(&self) -> &'static str {
        match self.row.of.as_str() {
            "a new manager" | "rep, made a manager" | "the manager's address" => "manager",
            "a new super admin"
            | "rep, made a super admin"
            | "oneself, made a super admin"
            | "the super admin" => "super_admin",
            _ => "sales_rep",
        }
    }

    /// An address that nobody else has: the person's own, unless it is to be changed.
    fn email(&self) -> &'static str {
        let person = match (self.row.of.as_str(), self.target) {
            ("the manager's address", _) => return "moved@new.test",
            ("the super admin", _) => Person::SuperAdmin,
            (of, _) if of.starts_with("oneself") => self.asker.unwrap_or(Person::Rep),
            (_, Target::Own | Target::Missing) => Person::Rep,
            (_, Target::OtherTeam) => Person::OtherTeamsRep,
            (_, Target::OtherCompany) => Person::SagarRep,
        };
        person.email()
    }

    /// Who leads the target's team, or may.
    fn manager(&self) -> &str {
        match self.target {
            Target::Missing => self.things.id("manager", Target::Own),
            target => self.things.id("manager", target),
        }
    }

    /// For whom a session is scheduled: a rep of the company that is named; else one whom the asker leads.
    fn rep(&self) -> Person {
        match (self.row.thing(), self.target, self.asker) {
            ("company", Target::OtherCompany, _) => Person::SagarRep,
            (_, _, Some(Person::OtherManager)) => Person::OtherTeamsRep,
            (_, _, Some(Person::SagarManager)) => Person::SagarRep,
            _ => Person::Rep,
        }
    }
}

fn rule(id: &str) -> Value {
    let check = match id {
        "length" => json!({"kind": "length_words", "min": 10, "max": 90}),
        _ => json!({"kind": "language_mix", "minHindiPercent": 10, "maxHindiPercent": 50}),
    };
    json!({"id": id, "text": "Stay short", "explanation": "Phones are small", "examples": [], "metric": "clarity",
           "weight": 1, "check": check})
}
