//! Text with marks.

use crate::state::marked_text::{Piece, whatsapp};
use yew::prelude::*;

/// Properties of [`RichText`].
#[derive(Properties, PartialEq, Clone)]
pub struct RichTextProps {
    /// Text with WhatsApp's marks and line breaks.
    pub text: AttrValue,
}

/// A text as WhatsApp shows it.
#[component]
pub fn RichText(props: &RichTextProps) -> Html {
    html! { <Pieces pieces={whatsapp(&props.text)} /> }
}

/// Properties of [`Pieces`].
#[derive(Properties, PartialEq, Clone)]
pub struct PiecesProps {
    /// The text.
    pub pieces: Vec<Piece>,
}

/// Pieces of text in a row; line breaks count.
#[component]
pub fn Pieces(props: &PiecesProps) -> Html {
    let piece = |piece: &Piece| match piece {
        Piece::Plain(text) => html! { { text } },
        Piece::Bold(text) => html! { <strong class="font-semibold">{ text }</strong> },
        Piece::Italic(text) => html! { <em>{ text }</em> },
        Piece::Quote(text) => html! { <mark class="marked">{ text }</mark> },
    };
    html! {
        <span class="whitespace-pre-wrap [overflow-wrap:anywhere]">
            for part in props.pieces.iter() {
                { piece(part) }
            }
        </span>
    }
}
