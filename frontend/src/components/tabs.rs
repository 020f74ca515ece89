//! Tabs: one of several views of the same thing.

use crate::browser::page::focus_id;
use yew::prelude::*;

/// Tabs over the view that is chosen; arrows go from one to the next. `name` is unique on the page.
pub fn tabs<V: Copy + PartialEq + 'static>(
    name: &'static str,
    label: &'static str,
    all: &[(V, &'static str)],
    chosen: V,
    on_choose: &Callback<V>,
    view: Html,
) -> Html {
    let at = all
        .iter()
        .position(|(value, _)| *value == chosen)
        .unwrap_or(0);
    let onkeydown = {
        let (on_choose, values) = (
            on_choose.clone(),
            all.iter().map(|(value, _)| *value).collect::<Vec<_>>(),
        );
        Callback::from(move |event: KeyboardEvent| {
            let last = values.len().saturating_sub(1);
            let to = match event.key().as_str() {
                "ArrowRight" if at == last => 0,
                "ArrowRight" => at + 1,
                "ArrowLeft" if at == 0 => last,
                "ArrowLeft" => at - 1,
                "Home" => 0,
                "End" => last,
                _ => return,
            };
            event.prevent_default();
            if let Some(value) = values.get(to) {
                on_choose.emit(*value);
                focus_id(&format!("{name}-tab-{to}"));
            }
        })
    };
    html! {
        <div class="min-w-0">
            <div role="tablist" aria-label={label} {onkeydown} class="mb-5 flex gap-1 overflow-x-auto border-b border-line print:hidden">
                for (index, (value, shown)) in all.iter().enumerate() {
                    <button type="button" role="tab" id={format!("{name}-tab-{index}")} aria-controls={format!("{name}-view")}
                        aria-selected={if index == at { "true" } else { "false" }} tabindex={if index == at { "0" } else { "-1" }}
                        onclick={ let value = *value; on_choose.reform(move |_: MouseEvent| value) }
                        class={classes!("min-h-11", "shrink-0", "border-b-3", "px-4", "font-medium", if index == at { "border-accent text-ink" } else { "border-transparent text-ink-soft hover:text-ink" })}>
                        { *shown }
                    </button>
                }
            </div>
            <div role="tabpanel" id={format!("{name}-view")} aria-labelledby={format!("{name}-tab-{at}")}>{ view }</div>
        </div>
    }
}
