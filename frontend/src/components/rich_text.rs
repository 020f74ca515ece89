//! Text with marks.

use crate::state::marked_text::{Piece, whatsapp};
use yew::prelude::*;

/// A text as WhatsApp shows it: its marks, and its line breaks.
pub fn rich_text(text: &str) -> Html {
    pieces(&whatsapp(text))
}

/// Pieces of text in a row; line breaks count.
pub fn pieces(pieces: &[Piece]) -> Html {
    let piece = |piece: &Piece| match piece {
        Piece::Plain(text) => html! { { text } },
        Piece::Bold(text) => html! { <strong class="font-semibold">{ text }</strong> },
        Piece::Italic(text) => html! { <em>{ text }</em> },
        Piece::Quote(text) => html! { <mark class="marked">{ text }</mark> },
    };
    html! {
        <span class="whitespace-pre-wrap [overflow-wrap:anywhere]">{ pieces.iter().map(piece).collect::<Html>() }</span>
    }
}
