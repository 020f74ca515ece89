//! Short lists in order.

/// Sorts as the standard library does: of equals, the first stays first. Its own sort is some kilobytes of wasm for each type
/// anew; the lists here have a dozen items.
pub(crate) fn sort_few_by_key<T, K: Ord>(few: &mut [T], key: impl Fn(&T) -> K) {
    for end in 1..few.len() {
        for at in (0..end).rev() {
            let Some([left, right]) = few.get_mut(at..at + 2) else {
                break;
            };
            if key(left) <= key(right) {
                break;
            }
            std::mem::swap(left, right);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_is_the_order_of_the_standard_library(keys in prop::collection::vec(0_u8..5, 0..20)) {
            let mut ours: Vec<(u8, usize)> = keys.into_iter().zip(0..).collect();
            let mut theirs = ours.clone();
            sort_few_by_key(&mut ours, |(key, _)| *key);
            theirs.sort_by_key(|(key, _)| *key);
            prop_assert_eq!(ours, theirs);
        }
    }
}
