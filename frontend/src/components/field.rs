//! The fields of the log-in form, made so that password managers know them.

use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Properties of [`PasswordField`].
#[derive(Properties, PartialEq, Clone)]
pub struct PasswordFieldProps {
    /// The field's input.
    pub input: NodeRef,
    /// What is wrong with it.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// Something was typed.
    #[prop_or_default]
    pub ontyped: Callback<()>,
}

const INPUT: &str = "w-full min-h-12 rounded-md border border-line-strong bg-raised px-4 text-base text-ink aria-invalid:border-bad aria-invalid:ring-1 aria-invalid:ring-bad";

/// An e-mail address. The browser owns what is typed: a value given by us would come back with every rendering.
pub fn email_field(input: &NodeRef, error: Option<AttrValue>, ontyped: &Callback<()>) -> Html {
    let ontyped = ontyped.reform(|_: InputEvent| ());
    html! {
        <div>
            <label class="mb-1.5 block font-medium" for="email">{ "E-mail" }</label>
            // No browser check of its own: the messages are ours, and the same on every device.
            <input ref={input.clone()} class={INPUT} id="email" name="email" type="email" inputmode="email"
                autocomplete="username" autocapitalize="none" spellcheck="false" required=true
                oninput={ontyped} aria-invalid={error.is_some().then_some("true")}
                aria-describedby={error.is_some().then_some("email-error")} />
            { error_line("email-error", error.as_ref()) }
        </div>
    }
}

/// A password that can be shown.
#[component]
pub fn PasswordField(props: &PasswordFieldProps) -> Html {
    let shown = use_state(|| false);
    let toggle = {
        let shown = shown.clone();
        Callback::from(move |_: MouseEvent| shown.set(!*shown))
    };
    let ontyped = props.ontyped.reform(|_: InputEvent| ());
    html! {
        <div>
            <label class="mb-1.5 block font-medium" for="password">{ "Password" }</label>
            <div class="relative">
                <input ref={props.input.clone()} class={classes!(INPUT, "pr-20")} id="password" name="password"
                    type={if *shown { "text" } else { "password" }} autocomplete="current-password" autocapitalize="none"
                    spellcheck="false" required=true oninput={ontyped}
                    aria-invalid={props.error.is_some().then_some("true")}
                    aria-describedby={props.error.is_some().then_some("password-error")} />
                <button type="button" onclick={toggle} aria-pressed={if *shown { "true" } else { "false" }} aria-label="Show password"
                    class="absolute inset-y-0.5 right-0.5 min-w-16 rounded-md px-3 text-sm font-semibold text-brand">
                    { if *shown { "Hide" } else { "Show" } }
                </button>
            </div>
            { error_line("password-error", props.error.as_ref()) }
        </div>
    }
}

fn error_line(id: &'static str, error: Option<&AttrValue>) -> Html {
    match error {
        Some(error) => html! { <p {id} class="mt-1.5 text-sm font-medium text-bad">{ error }</p> },
        None => Html::default(),
    }
}

/// What a field holds now.
pub fn value_of(input: &NodeRef) -> String {
    input
        .cast::<HtmlInputElement>()
        .map(|input| input.value())
        .unwrap_or_default()
}
