//! Bounds that a derive can't see: those of `contract::checks`, and of scenarios and tone in `domain`. A test compares each of
//! them with what the forms really take, at the bound and just beyond.

use contract::checks::{MAX_EMAIL_BYTES, MAX_PASSWORD_BYTES, MAX_TOKEN_CHARS, MIN_PASSWORD_CHARS};
use contract::session::MAX_REASON_CHARS;
use domain::session::MAX_MESSAGE_CHARS;
use domain::voice::MAX_DURATION_MS;
use serde_json::{Value, json};

/// What is no blank, somewhere.
const SOME: &str = r"\S";
/// One line, not blank.
const LINE: &str = r"^[^\u0000-\u001f\u007f-\u009f]*[^\s\u0000-\u001f\u007f-\u009f][^\u0000-\u001f\u007f-\u009f]*$";
/// The year 9999 ends with it, Unix ms.
const LAST_MOMENT: u64 = 253_402_300_799_999;

/// A bound of one field.
#[derive(Clone, Copy)]
enum Limit {
    Email,
    Password,
    NewPassword,
    Token,
    /// A name, or what is searched.
    Name,
    Phone,
    Host,
    Zone,
    Moment,
    Date,
    Answer,
    RequestId,
    DurationMs,
    Invited,
    /// Characters of a text that is not blank.
    Text(usize, usize),
    NotBlank,
    Slug,
    Between(u64, u64),
    /// Entries of a list, and characters of each.
    Texts(usize, usize),
    /// Lower-case words or phrases.
    Signals,
    /// Lists of such.
    SignalGroups,
    Entries(usize, usize),
}

use Limit::{
    Answer, Between, Date, DurationMs, Email, Entries, Host, Invited, Moment, Name, NewPassword,
    NotBlank, Password, Phone, RequestId, SignalGroups, Signals, Slug, Text, Texts, Token, Zone,
};

/// Fields that mean the same in every form. Those that a type has of its own come first.
const FIELDS: &[(&str, &str, Limit)] = &[
    ("LoginRequest", "password", Password),
    ("ChangePassword", "oldPassword", Password),
    ("NewInvite", "role", Invited),
    ("SpanQuery", "from", Date),
    ("SpanQuery", "to", Date),
    ("ExportQuery", "from", Date),
    ("ExportQuery", "to", Date),
    ("OverrideForm", "reason", Text(10, MAX_REASON_CHARS)),
    ("ScenarioSearch", "q", NotBlank),
    ("Practised", "day", Between(1, 10)),
    ("BriefForm", "brief", NotBlank),
    ("BriefForm", "customerMessage", NotBlank),
    ("BriefForm", "customerName", NotBlank),
    ("BriefForm", "customerBusiness", NotBlank),
    ("QuestionForm", "question", NotBlank),
    ("*", "email", Email),
    ("*", "password", NewPassword),
    ("*", "newPassword", NewPassword),
    ("*", "token", Token),
    ("*", "name", Name),
    ("*", "firstName", Name),
    ("*", "lastName", Name),
    ("*", "companyName", Name),
    ("*", "search", Name),
    ("*", "phone", Phone),
    ("*", "domain", Host),
    ("*", "from", Moment),
    ("*", "to", Moment),
    ("*", "slotAt", Moment),
    ("*", "answer", Answer),
    ("*", "content", Answer),
    ("*", "requestId", RequestId),
    ("*", "durationMs", DurationMs),
];

/// Fields of types that are asked for and answered alike, and of what they are made of.
const SHARED: &[(&str, &str, Limit)] = &[
    ("Schedule", "zone", Zone),
    ("Subscription", "startsAt", Moment),
    ("Subscription", "endsAt", Moment),
    ("ScenarioText", "day", Between(1, 10)),
    ("ScenarioText", "theme", Text(1, 120)),
    ("ScenarioText", "description", Text(1, 400)),
    ("ScenarioText", "drills", Entries(1, 5)),
    ("VoiceDrill", "text", Text(1, 1_000)),
    ("VoiceDrill", "instructions", Text(1, 600)),
    ("DrillText", "id", Slug),
    ("DrillText", "title", Text(1, 80)),
    ("DrillText", "customerMessage", Text(1, 600)),
    ("DrillText", "idealResponse", Text(1, 1_200)),
    ("DrillText", "coachingNotes", Texts(1, 400)),
    ("DrillText", "toneGuidelines", Texts(1, 400)),
    ("DrillText", "commonMistakes", Texts(1, 400)),
    ("DrillText", "criteria", Entries(3, 8)),
    ("Customer", "name", Text(1, 60)),
    ("Customer", "business", Text(1, 100)),
    ("Customer", "stance", Text(1, 300)),
    ("Customer", "facts", Texts(2, 300)),
    ("Reactions", "open", Texts(1, 400)),
    ("Reactions", "softened", Texts(1, 400)),
    ("Reactions", "resolved", Texts(1, 400)),
    ("Criterion", "id", Slug),
    ("Criterion", "weight", Between(1, 5)),
    ("Criterion", "text", Text(1, 200)),
    ("Criterion", "levels", Texts(4, 300)),
    ("Criterion", "advice", Text(1, 400)),
    ("Criterion", "example", Text(1, 400)),
    ("Criterion", "signals", SignalGroups),
    ("Blocker", "id", Slug),
    ("Blocker", "text", Text(1, 300)),
    ("Blocker", "signals", Signals),
    ("Phrase", "text", Text(1, 120)),
    ("Phrase", "explanation", Text(1, 300)),
    ("Phrase", "signals", Signals),
    ("AvoidedPhrase", "text", Text(1, 120)),
    ("AvoidedPhrase", "explanation", Text(1, 300)),
    ("AvoidedPhrase", "signals", Signals),
    ("ToneRuleText", "id", Slug),
    ("ToneRuleText", "text", Text(1, 160)),
    ("ToneRuleText", "weight", Between(1, 5)),
    ("CheckText", "kinds", Entries(1, 5)),
    ("CheckText", "reasons", Signals),
    ("CheckText", "recommendations", Signals),
];

/// Writes the bounds of a type into its schema.
pub(crate) fn set(name: &str, schema: &mut Value, is_form: bool) {
    let shared = SHARED.iter().any(|(owner, ..)| *owner == name);
    if !is_form && !shared {
        return;
    }
    if let Some(Value::Object(fields)) = schema.get_mut("properties") {
        for (field, schema) in fields {
            if let Some(limit) = limit_of(name, field, shared) {
                limit.set(schema);
            }
        }
    }
    for several in ["oneOf", "anyOf"] {
        if let Some(Value::Array(variants)) = schema.get_mut(several) {
            variants
                .iter_mut()
                .for_each(|variant| set(name, variant, is_form));
        }
    }
}

fn limit_of(name: &str, field: &str, shared: bool) -> Option<Limit> {
    let of = |owner: &str| {
        let all = FIELDS.iter().chain(SHARED);
        all.filter(|(of, its, _)| *of == owner && *its == field)
            .map(|(.., limit)| *limit)
            .next()
    };
    of(name).or_else(|| if shared { None } else { of("*") })
}

impl Limit {
    fn set(self, schema: &mut Value) {
        let bounds = self.bounds();
        if let (Value::Object(schema), Value::Object(bounds)) = (schema, bounds) {
            for (key, bound) in bounds {
                match (key.as_str(), schema.get_mut("items")) {
                    ("items", Some(Value::Object(items))) => {
                        if let Value::Object(bound) = bound {
                            items.extend(bound);
                        }
                    }
                    _ => {
                        schema.insert(key, bound);
                    }
                }
            }
        }
    }

    /// The keywords of JSON Schema.
    fn bounds(self) -> Value {
        let text = |min: usize, max: usize, pattern: &str| json!({"minLength": min, "maxLength": max, "pattern": pattern});
        match self {
            // Wider than the format `email`: a mail tells whether an address is one.
            Email => text(
                3,
                MAX_EMAIL_BYTES,
                r"^[^@\s\u0000-\u001f\u007f-\u009f]+@[^@\s\u0000-\u001f\u007f-\u009f]+$",
            ),
            Password => json!({"minLength": 1, "maxLength": MAX_PASSWORD_BYTES}),
            NewPassword => {
                json!({"minLength": MIN_PASSWORD_CHARS, "maxLength": MAX_PASSWORD_BYTES})
            }
            Token => text(1, MAX_TOKEN_CHARS, "^[A-Za-z0-9._-]+$"),
            Name => text(1, 80, LINE),
            Phone => text(5, 32, "^[0-9+() ./-]+$"),
            Host => text(3, 253, r"^[^\s.]{1,63}(\.[^\s.]{1,63})+$"),
            Zone => text(1, 40, "^[A-Za-z0-9_+/-]+$"),
            Moment => json!({"minimum": 0, "maximum": LAST_MOMENT}),
            Date => {
                json!({"format": "date", "minLength": 10, "maxLength": 10, "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"})
            }
            Answer => text(1, MAX_MESSAGE_CHARS, SOME),
            RequestId => text(1, 64, "^[!-~]+$"),
            DurationMs => json!({"minimum": 1, "maximum": MAX_DURATION_MS}),
            Invited => json!({"enum": ["manager", "sales_rep"]}),
            Text(min, max) => text(min, max, SOME),
            NotBlank => json!({"pattern": SOME}),
            Slug => text(1, 40, "^[a-z0-9_]+$"),
            Between(min, max) => json!({"minimum": min, "maximum": max}),
            Texts(min, max) => json!({"minItems": min, "items": text(1, max, SOME)}),
            Signals => json!({"minItems": 1, "items": signal()}),
            SignalGroups => {
                json!({"minItems": 1, "maxItems": 3, "items": {"minItems": 1, "items": signal(), "type": "array"}})
            }
            Entries(min, max) => json!({"minItems": min, "maxItems": max}),
        }
    }
}

fn signal() -> Value {
    json!({"type": "string", "minLength": 1, "maxLength": 60, "pattern": r"^[^\sA-Z]([^A-Z]*[^\sA-Z])?$"})
}
