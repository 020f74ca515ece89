//! The parts that pages are made of. They know the design and nothing of the server.
//!
//! What has a state of its own, or asks something of the browser, is a component. Everything else is a function: each
//! component costs the download some kilobytes.

mod avatar;
mod badge;
mod button;
mod card;
mod chart;
mod course;
mod evidence;
mod failed;
mod field;
mod form;
mod icon;
mod link;
mod menu;
mod metric_bars;
mod modal;
mod news;
mod notice;
mod page_heading;
mod rich_text;
mod score;
mod shell;
mod skeleton;
mod table;
mod tabs;
mod toasts;
mod trend_chart;

pub use avatar::avatar;
pub use badge::{Tone, badge};
pub use button::{Button, Look};
pub use card::{card, card_with, empty_state, figure, figures, page_head};
pub use chart::Chart;
pub use course::course;
pub use evidence::evidence;
pub use failed::failed;
pub use field::{Field, Kind, Standing, field};
pub use form::{
    Area, Choice, Input, Layout, PhraseField, SearchField, Sentences, Tick, Toggle, Typed, Whose,
    checkbox, conflict, form_failure, name_fields, phone_field, segments, select, sentences,
    switch, text_area, text_field, use_conflict,
};
pub use icon::{Glyph, icon};
pub use link::{IN_TEXT, link, link_to};
pub use menu::{Menu, MenuItem};
pub use metric_bars::{metric_bars, metric_name};
pub use modal::{Confirm, Modal, Place};
pub use news::News;
pub use notice::notice;
pub use page_heading::PageHeading;
pub use rich_text::{pieces, rich_text};
pub use score::{grade_colours, score_delta, score_dial};
pub use shell::{brand, shell, splash, theme_choice};
pub use skeleton::skeleton;
pub use table::{Column, ROW_LINK, Row, numbers, table, words};
pub use tabs::tabs;
pub use toasts::{Toasts, toast, toast_with_undo};
pub use trend_chart::trend_chart;
