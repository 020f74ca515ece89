//! What earlier answers told, so that a page that is opened again is painted at once. It is memory alone: a reload begins
//! with nothing, and so does the next person on the device.

use std::any::Any;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::{Rc, Weak};
use yew::Callback;

/// Answers by key. Keys are paths of words and ids, `people/0198…`: forgetting `people` forgets all below it.
#[derive(Clone, Default)]
pub struct Cache(Rc<RefCell<Known>>);

#[derive(Default)]
struct Known {
    values: HashMap<String, Rc<dyn Any>>,
    watchers: Vec<Weak<Watcher>>,
}

struct Watcher {
    key: String,
    tell: Callback<()>,
}

/// Hears of changes as long as it lives.
pub struct Watching {
    _watcher: Rc<Watcher>,
}

impl std::fmt::Debug for Cache {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Cache").finish_non_exhaustive()
    }
}

impl Cache {
    /// What is known under a key.
    pub fn get(&self, key: &str) -> Option<Rc<dyn Any>> {
        self.0.borrow().values.get(key).cloned()
    }

    /// Keeps an answer.
    pub fn put(&self, key: &str, value: Rc<dyn Any>) {
        self.0.borrow_mut().values.insert(key.to_owned(), value);
    }

    /// Keeps a newer state of a thing, and tells whoever shows it.
    pub fn show(&self, key: &str, value: Rc<dyn Any>) {
        self.put(key, value);
        self.tell(|watched| watched == key);
    }

    /// Something changed: what is known under these keys and below them is out of date, and pages that show it ask anew.
    pub fn changed(&self, roots: &[&str]) {
        let is_meant = |key: &str| roots.iter().any(|root| is_below(key, root));
        self.0.borrow_mut().values.retain(|key, _| !is_meant(key));
        self.tell(is_meant);
    }

    fn tell(&self, is_meant: impl Fn(&str) -> bool) {
        let watchers = {
            let mut known = self.0.borrow_mut();
            known.watchers.retain(|watcher| watcher.strong_count() > 0);
            known.watchers.clone()
        };
        // Whoever is told may look into the cache, or watch something else.
        for watcher in watchers.iter().filter_map(Weak::upgrade) {
            if is_meant(&watcher.key) {
                watcher.tell.emit(());
            }
        }
    }

    /// Tells when what stands under this key is out of date.
    pub fn watch(&self, key: &str, tell: Callback<()>) -> Watching {
        let watcher = Rc::new(Watcher {
            key: key.to_owned(),
            tell,
        });
        self.0.borrow_mut().watchers.push(Rc::downgrade(&watcher));
        Watching { _watcher: watcher }
    }

    /// Forgets everything.
    pub fn clear(&self) {
        self.0.borrow_mut().values.clear();
    }
}

/// Whether `key` is `root` or stands below it: `people/7` and `people?role=…` stand below `people`.
fn is_below(key: &str, root: &str) -> bool {
    key.strip_prefix(root)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    #[test]
    fn what_changed_is_forgotten_with_all_below_it_and_nothing_else() {
        let cache = Cache::default();
        for key in [
            "people",
            "people/7",
            "people?role=manager",
            "peoples",
            "teams",
        ] {
            cache.put(key, Rc::new(1));
        }
        cache.changed(&["people"]);
        let left = |key| cache.get(key).is_some();
        assert!(!left("people") && !left("people/7") && !left("people?role=manager"));
        assert!(left("peoples") && left("teams"));
        cache.clear();
        assert!(!left("teams"));
    }

    #[test]
    fn who_watches_hears_of_changes_until_they_leave() {
        let cache = Cache::default();
        let heard = Rc::new(Cell::new(0));
        let count = heard.clone();
        let watching = cache.watch(
            "teams/7",
            Callback::from(move |()| count.set(count.get() + 1)),
        );
        cache.changed(&["teams"]);
        cache.changed(&["people"]);
        assert_eq!(heard.get(), 1);
        drop(watching);
        cache.changed(&["teams"]);
        assert_eq!(heard.get(), 1);
    }
}
