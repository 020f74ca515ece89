//! Tables: on a phone each row is a card that names its cells.

use yew::prelude::*;

/// A column.
#[derive(Debug, Clone, Default)]
pub struct Column {
    /// Its name.
    pub name: AttrValue,
    /// Numbers: to the right, one below the other.
    pub is_number: bool,
}

/// A column of words.
pub fn words(name: impl Into<AttrValue>) -> Column {
    Column {
        name: name.into(),
        is_number: false,
    }
}

/// A column of numbers.
pub fn numbers(name: impl Into<AttrValue>) -> Column {
    Column {
        name: name.into(),
        is_number: true,
    }
}

/// One row: what it is about first, then its cells.
pub struct Row {
    /// What makes it this row, such as an id.
    pub key: String,
    /// One for each column.
    pub cells: Vec<Html>,
}

/// What makes a link in the first cell take a press anywhere in its row.
pub const ROW_LINK: &str = "font-semibold text-ink after:absolute after:inset-0 hover:text-brand hover:underline underline-offset-4";

/// A table. `caption` names it to screen readers.
pub fn table(caption: &str, columns: &[Column], rows: Vec<Row>) -> Html {
    html! {
        <div class="overflow-x-auto rounded-lg border border-line bg-surface max-sm:border-0 max-sm:bg-transparent">
            <table role="table" class="w-full text-left max-sm:block">
                <caption class="sr-only">{ caption }</caption>
                <thead role="rowgroup" class="border-b border-line text-sm text-ink-soft max-sm:sr-only">
                    <tr role="row">
                        for column in columns.iter() {
                            <th role="columnheader" scope="col" class={classes!("px-4", "py-2.5", "font-medium", "whitespace-nowrap", column.is_number.then_some("text-right"))}>{ &column.name }</th>
                        }
                    </tr>
                </thead>
                <tbody role="rowgroup" class="max-sm:grid max-sm:grid-cols-1 max-sm:gap-3">
                    for row in rows {
                        <tr role="row" key={row.key} class="relative border-line not-last:border-b has-[a:hover]:bg-sunken/60 max-sm:block max-sm:rounded-lg max-sm:border max-sm:bg-surface max-sm:p-4 max-sm:not-last:border">
                            for (index, (column, cell)) in columns.iter().zip(row.cells).enumerate() {
                                { one(index == 0, column, cell) }
                            }
                        </tr>
                    }
                </tbody>
            </table>
        </div>
    }
}

fn one(is_first: bool, column: &Column, cell: Html) -> Html {
    let number = column.is_number.then_some("numerals sm:text-right");
    if is_first {
        return html! { <th role="rowheader" scope="row" class={classes!("px-4", "py-3", "font-normal", "max-sm:block", "max-sm:px-0", "max-sm:pt-0", number)}>{ cell }</th> };
    }
    html! {
        <td role="cell" data-label={column.name.clone()}
            class={classes!("px-4", "py-3", "max-sm:flex", "max-sm:items-center", "max-sm:justify-between", "max-sm:gap-4", "max-sm:px-0", "max-sm:py-1", "max-sm:empty:hidden", "max-sm:before:text-sm", "max-sm:before:text-ink-soft", "max-sm:before:content-[attr(data-label)]", number)}>
            { cell }
        </td>
    }
}
