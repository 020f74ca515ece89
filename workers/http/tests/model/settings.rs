//! Providers as they are written in variables and secrets.

use captain_http::model::{Kind, ModelSettingsError, Providers};
use coach::provider::patience::Limits;
use domain::spend::Price;
use std::collections::HashMap;
use std::time::Duration;

/// What is read from settings, one a line; those that end in `_KEY` are secrets.
fn read(settings: &str) -> Result<Providers, ModelSettingsError> {
    let settings: HashMap<&str, &str> = settings
        .lines()
        .filter_map(|line| line.trim().split_once('='))
        .collect();
    let value = |name: &str| settings.get(name).map(|value| (*value).to_owned());
    Providers::read(
        |name| value(name).filter(|_| !name.ends_with("_KEY")),
        |name| value(name).filter(|_| name.ends_with("_KEY")),
    )
}

fn fault(settings: &str) -> String {
    read(settings).expect_err(settings).to_string()
}

#[test]
fn without_a_provider_the_built_in_coach_speaks() {
    for settings in ["", "AI_PROVIDER=", "AI_PROVIDER= builtin "] {
        assert!(read(settings).unwrap().is_empty(), "{settings}");
    }
}

#[test]
fn providers_keep_the_order_they_are_listed_in() {
    let providers = read(
        "AI_PROVIDER=anthropic  openai workers-ai compatible builtin
        ANTHROPIC_MODEL=claude-haiku-4-5
        ANTHROPIC_API_KEY=sk-ant
        OPENAI_MODEL=gpt-5-mini
        OPENAI_API_KEY=sk
        WORKERS_AI_MODEL=@cf/meta/llama-3.3-70b-instruct-fp8-fast
        COMPATIBLE_MODEL=llama3.2
        COMPATIBLE_BASE_URL=http://localhost:11434/v1
        AI_PRICES=gpt-5-mini 0.25 2.00; claude-haiku-4-5 1 5;",
    )
    .unwrap();
    let listed: Vec<_> = providers
        .iter()
        .map(|one| (one.kind, one.endpoint.model(), one.price, one.limits))
        .collect();
    let price = |input, output| Some(Price { input, output });
    let limits = Limits::default();
    assert_eq!(
        listed,
        [
            (
                Kind::Anthropic,
                "claude-haiku-4-5",
                price(1_000_000, 5_000_000),
                limits
            ),
            (
                Kind::OpenAi,
                "gpt-5-mini",
                price(250_000, 2_000_000),
                limits
            ),
            (
                Kind::WorkersAi,
                "@cf/meta/llama-3.3-70b-instruct-fp8-fast",
                None,
                limits
            ),
            (Kind::Compatible, "llama3.2", None, limits),
        ]
    );
}

#[test]
fn a_fault_names_the_setting_and_the_mend() {
    for (settings, told) in [
        (
            "AI_PROVIDER=openai,anthropic",
            "AI_PROVIDER names \"openai,anthropic\"",
        ),
        (
            "AI_PROVIDER=OpenAI",
            "openai, anthropic, compatible, workers-ai",
        ),
        ("AI_PROVIDER=openai openai", "names openai twice"),
        ("AI_PROVIDER=builtin openai", "put \"builtin\" last"),
        (
            "AI_PROVIDER=openai\nOPENAI_MODEL=gpt-5-mini",
            "wrangler secret put OPENAI_API_KEY",
        ),
        (
            "AI_PROVIDER=openai\nOPENAI_API_KEY=sk",
            "OPENAI_MODEL is not set",
        ),
        (
            "AI_PROVIDER=anthropic\nANTHROPIC_MODEL=m\nANTHROPIC_API_KEY= ",
            "wrangler secret put ANTHROPIC_API_KEY",
        ),
        (
            "AI_PROVIDER=compatible\nCOMPATIBLE_MODEL=m",
            "COMPATIBLE_BASE_URL is not set",
        ),
        ("AI_PROVIDER=workers-ai", "WORKERS_AI_MODEL is not set"),
        (
            "AI_PRICES=gpt-5-mini 0.25",
            "AI_PRICES has \"gpt-5-mini 0.25\"",
        ),
        ("AI_PRICES=gpt-5-mini 0.25 -2", "AI_PRICES has"),
        ("AI_PRICES=gpt-5-mini 0.25 2 3", "AI_PRICES has"),
        ("AI_PATIENCE=10 20 15", "AI_PATIENCE is \"10 20 15\""),
        ("AI_PATIENCE=10 20 15 0", "each above 0"),
        ("AI_PATIENCE=10 20 15 601", "at most 600"),
        ("AI_PATIENCE=NaN 20 15 60", "AI_PATIENCE"),
    ] {
        let fault = fault(settings);
        assert!(fault.contains(told), "{settings}: {fault}");
    }
}

#[test]
fn an_address_that_is_none_is_named_and_not_shown() {
    for url in [
        "here",
        "ftp://models.test",
        "https://captain:pass@models.test/v1?x=1",
        "http:",
    ] {
        let settings =
            format!("AI_PROVIDER=compatible\nCOMPATIBLE_MODEL=m\nCOMPATIBLE_BASE_URL={url}");
        assert_eq!(
            fault(&settings),
            "COMPATIBLE_BASE_URL is no http(s) address"
        );
    }
}

#[test]
fn a_key_that_no_header_takes_is_named_and_not_shown() {
    let fault = fault("AI_PROVIDER=openai\nOPENAI_MODEL=m\nOPENAI_API_KEY=sk-\u{2026}cut");
    assert!(
        fault.contains("OPENAI_API_KEY") && !fault.contains("cut"),
        "{fault}"
    );
}

#[test]
fn a_compatible_server_may_be_peculiar() {
    let peculiar = |quirks: &str| {
        read(&format!(
            "AI_PROVIDER=compatible\nCOMPATIBLE_MODEL=m\nCOMPATIBLE_BASE_URL=http://localhost/v1\nCOMPATIBLE_QUIRKS={quirks}"
        ))
    };
    let providers = peculiar("no-finish-reason max-completion-tokens no-temperature").unwrap();
    match &providers[0].endpoint {
        coach::provider::Endpoint::OpenAi(endpoint) => assert!(
            endpoint.may_omit_finish && endpoint.names_limit_anew && !endpoint.takes_temperature
        ),
        other => panic!("{other:?}"),
    }
    assert!(matches!(peculiar("odd"), Err(ModelSettingsError::Quirk(_))));
}

#[test]
fn patience_can_be_set() {
    let providers = read(
        "AI_PROVIDER=compatible\nCOMPATIBLE_MODEL=m\nCOMPATIBLE_BASE_URL=http://localhost/v1\nAI_PATIENCE=60 90 0.5 600",
    )
    .unwrap();
    assert_eq!(
        providers[0].limits,
        Limits {
            head: Duration::from_secs(60),
            first_words: Duration::from_secs(90),
            between_words: Duration::from_millis(500),
            whole: Duration::from_secs(600),
        }
    );
}
