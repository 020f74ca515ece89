//! A person's initials on a colour that is always the same for the same name.

use yew::prelude::*;

/// Properties of [`Avatar`].
#[derive(Properties, PartialEq, Clone)]
pub struct AvatarProps {
    /// Whose.
    pub name: AttrValue,
    /// Its size; 44 px if nothing is said.
    #[prop_or_else(|| classes!("size-11", "text-base"))]
    pub class: Classes,
}

/// A decoration beside the name itself.
#[component]
pub fn Avatar(props: &AvatarProps) -> Html {
    let class = classes!(
        "inline-flex",
        "shrink-0",
        "items-center",
        "justify-center",
        "rounded-full",
        "font-display",
        "font-semibold",
        colours(&props.name),
        props.class.clone()
    );
    html! { <span {class} aria-hidden="true">{ initials(&props.name) }</span> }
}

fn initials(name: &str) -> String {
    let mut words = name.split_whitespace();
    let first = words.next().and_then(|word| word.chars().next());
    let last = words.next_back().and_then(|word| word.chars().next());
    first
        .into_iter()
        .chain(last)
        .flat_map(char::to_uppercase)
        .collect()
}

fn colours(name: &str) -> &'static str {
    let sum: u32 = name.chars().map(u32::from).fold(0, u32::wrapping_add);
    match sum % 4 {
        0 => "bg-accent-wash text-accent-strong",
        1 => "bg-brand-wash text-brand-strong",
        2 => "bg-good-wash text-good",
        _ => "bg-sunken text-ink",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_those_of_first_and_last_name() {
        assert_eq!(initials("Rakesh Kumar Sharma"), "RS");
        assert_eq!(initials("priya"), "P");
        assert_eq!(initials(""), "");
    }
}
