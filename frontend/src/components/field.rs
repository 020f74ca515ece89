//! Fields of forms, made so that password managers know them.

use contract::checks::MIN_PASSWORD_CHARS;
use yew::prelude::*;

/// What a form asks for.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its id on the page, and its name in the JSON, so that an error of the server finds it.
    pub name: &'static str,
    /// What stands above it.
    pub label: fn() -> &'static str,
    /// What is typed into it.
    pub kind: Kind,
    /// What the browser knows it by: a token of HTML's `autocomplete`.
    pub autocomplete: &'static str,
}

/// What is typed into a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A name of somebody or something.
    Name,
    /// An e-mail address.
    Email,
    /// An e-mail address that is settled already: it is shown, and tells password managers whose password this is.
    SettledEmail,
    /// A password that was set once.
    Password,
    /// A password to be set: its rule is said before anything is typed.
    NewPassword,
}

/// How a field stands; a form keeps it.
#[derive(Debug)]
pub struct Standing<'a> {
    /// What is wrong with it.
    pub error: Option<&'a str>,
    /// Passwords can be read.
    pub shown: bool,
    /// Shows and hides passwords.
    pub toggle: &'a Callback<MouseEvent>,
    /// Something was typed.
    pub ontyped: &'a Callback<InputEvent>,
}

const INPUT: &str = "w-full min-h-12 rounded-md border border-line-strong bg-raised px-4 text-base text-ellipsis text-ink aria-invalid:border-bad aria-invalid:ring-1 aria-invalid:ring-bad read-only:border-line read-only:bg-sunken";

/// A field with its label, its rule and its error. The browser owns what is typed: a value given by us would come back with
/// every rendering. It checks nothing either: the messages are ours, and the same on every device.
pub fn field(field: Field, standing: &Standing<'_>) -> Html {
    let Field { name, kind, .. } = field;
    let is_password = matches!(kind, Kind::Password | Kind::NewPassword);
    let kind_of_input = match kind {
        Kind::Name => "text",
        Kind::Email | Kind::SettledEmail => "email",
        Kind::Password | Kind::NewPassword if standing.shown => "text",
        Kind::Password | Kind::NewPassword => "password",
    };
    let rule = (kind == Kind::NewPassword).then(|| format!("{name}-rule"));
    let error = standing.error.map(|_| format!("{name}-error"));
    let described_by = [rule.as_deref(), error.as_deref()]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ");
    html! {
        <div>
            <label class="mb-1.5 block font-medium" for={name}>{ (field.label)() }</label>
            if let Some(id) = rule {
                <p {id} class="-mt-1 mb-1.5 text-sm text-ink-soft">
                    { tr!("At least {} characters; a short sentence is good.", MIN_PASSWORD_CHARS) }
                </p>
            }
            <div class="relative">
                <input class={classes!(INPUT, is_password.then_some("pr-20"))} id={name} {name} type={kind_of_input}
                    autocomplete={field.autocomplete} autocapitalize={if kind == Kind::Name { "words" } else { "none" }}
                    spellcheck="false" required=true readonly={kind == Kind::SettledEmail}
                    oninput={standing.ontyped.clone()} aria-invalid={error.is_some().then_some("true")}
                    aria-describedby={(!described_by.is_empty()).then_some(described_by)} />
                if is_password {
                    <button type="button" onclick={standing.toggle.clone()} aria-label={tr!("Show password")}
                        aria-pressed={if standing.shown { "true" } else { "false" }}
                        class="absolute inset-y-0.5 right-0.5 min-w-16 rounded-md px-3 text-sm font-semibold text-brand">
                        { if standing.shown { tr!("Hide") } else { tr!("Show") } }
                    </button>
                }
            </div>
            if let (Some(id), Some(error)) = (error, standing.error) {
                <p {id} class="mt-1.5 text-sm font-medium text-bad">{ error }</p>
            }
        </div>
    }
}
