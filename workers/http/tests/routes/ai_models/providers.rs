//! Who is asked, and what it cost.

use super::*;

#[tokio::test]
async fn who_runs_it_sees_the_providers_and_managers_their_spend() {
    let down = Says::json(
        401,
        &chat::error("authentication_error", "invalid_api_key", "no"),
    );
    let server = ByteServer::start(move |asked| match asked.nth {
        0 => chat::says(&[&verdict()]),
        _ => down.clone(),
    });
    let world = with(&server);
    let path = "/api/ai/evaluate-response";
    for _ in 0..2 {
        assert_eq!(
            world.post_as(Person::Rep, path, about(WORDS)).await.status,
            200
        );
    }
    world.after_answers().await;
    world
        .db
        .script(&format!("UPDATE companies SET spend_cap_micros = 5000, rep_spend_cap_micros = 900 WHERE id = '{TROIKA}'"))
        .unwrap();

    let whole: Providers = world
        .get_as(Person::SuperAdmin, "/api/ai/providers")
        .await
        .json();
    let [provider] = &whole.providers.unwrap()[..] else {
        panic!("one provider");
    };
    assert_eq!(
        (provider.provider.as_str(), provider.model.as_str()),
        ("compatible", MODEL)
    );
    assert_eq!(provider.price.unwrap().output_micros, 2_000_000);
    assert!(matches!(provider.breaker, BreakerView::Open { until } if until > world.now()));
    assert_eq!(whole.spend.items.len(), 2);

    let own: Providers = world
        .get_as(Person::Manager, "/api/ai/providers")
        .await
        .json();
    assert_eq!(own.providers, None);
    let [month] = &own.spend.items[..] else {
        panic!("one company");
    };
    assert_eq!(
        (month.company_id.to_string().as_str(), month.calls),
        (TROIKA, 2)
    );
    // What was turned down costs nothing.
    assert_eq!((month.cost_micros, month.unknown_calls), (22, 0));
    assert_eq!(
        (month.cap_micros, month.rep_cap_micros),
        (Some(5_000), Some(900))
    );

    let page: Providers = world
        .get_as(Person::SuperAdmin, "/api/ai/providers?limit=1")
        .await
        .json();
    let next = format!(
        "/api/ai/providers?limit=1&cursor={}",
        page.spend.next_cursor.unwrap()
    );
    let rest: Providers = world.get_as(Person::SuperAdmin, &next).await.json();
    assert_eq!((rest.spend.items.len(), rest.spend.next_cursor), (1, None));
    assert_ne!(rest.spend.items[0].company_id.to_string(), TROIKA);
}
