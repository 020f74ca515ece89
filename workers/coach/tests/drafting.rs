//! Drafts from a brief: valid whatever the brief, and the template's but for what the brief says.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod shelf;

use coach::builtin::{Brief, draft};
use domain::scenario::validate;

#[test]
fn every_template_gives_a_valid_draft() {
    let briefs = [
        Brief {
            text:
                "Customers of gyms who want to pay only after they see results from the messages."
                    .into(),
            ..Brief::default()
        },
        Brief {
            text: "x".repeat(400),
            document: None,
            day: Some(4),
            customer_message: Some("Sir GST ke saath kitna padega? ".repeat(15)),
            customer_name: Some("Venkatanarasimharajuvaripeta Subramaniam Iyer".into()),
            customer_business: Some("Sweets".into()),
        },
    ];
    for (name, template) in shelf::days() {
        for brief in &briefs {
            let drafted = draft(&template, brief);
            assert_eq!(validate(&drafted), Ok(()), "{name}");
            assert_eq!(drafted.day, brief.day.unwrap_or(template.day));
            assert_eq!(drafted.drills.len(), template.drills.len());
            assert_ne!(drafted.theme, template.theme);
        }
    }
}

#[test]
fn the_customer_is_called_by_the_new_name_everywhere() {
    let (_, template) = shelf::days().remove(0);
    let brief = Brief {
        text: "A furniture showroom wants a small pack of ten thousand messages first.".into(),
        customer_message: Some("Bhai 10,000 wala pack de do, showroom chhota hai.".into()),
        customer_name: Some("Imtiaz Khan".into()),
        ..Brief::default()
    };
    let drafted = draft(&template, &brief);
    let first = &drafted.drills[0];
    assert_eq!(first.id, "small_pack");
    assert_eq!(first.customer.name, "Imtiaz Khan");
    assert_eq!(
        Some(&first.customer_message),
        brief.customer_message.as_ref()
    );
    let text = serde_json::to_string(first).unwrap();
    assert!(
        text.contains("Imtiaz ji") && !text.contains("Rakesh"),
        "{text}"
    );
    // The other customers are the template's.
    assert!(template.drills.contains(&drafted.drills[1]));
}
