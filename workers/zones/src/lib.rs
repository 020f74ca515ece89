//! Clocks of the world's zones, from the runtime's own database: shipping one would weigh more than the rest of the rules.

use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use std::cell::RefCell;
use std::collections::HashMap;
use wasm_bindgen::{JsCast, JsValue};

thread_local! {
    /// Making a clock takes the runtime twenty times as long as reading it. There are some hundred zones.
    static CLOCKS: RefCell<HashMap<String, Function>> = RefCell::default();
}

/// Minutes that a zone's clocks are ahead of UTC at a moment (Unix ms); `None` of a zone that the runtime doesn't know.
pub fn utc_offset_minutes(zone: &str, at_ms: u64) -> Option<i32> {
    let known = CLOCKS.with_borrow(|clocks| clocks.get(zone).cloned());
    let clock = match known {
        Some(clock) => clock,
        None => {
            let clock = clock_of(zone)?;
            CLOCKS.with_borrow_mut(|clocks| clocks.insert(zone.to_owned(), clock.clone()));
            clock
        }
    };
    // Moments of the next centuries are whole numbers as floats too.
    let at = Date::new(&JsValue::from_f64(at_ms as f64));
    let text = clock.call1(&JsValue::UNDEFINED, &at).ok()?;
    offset_in(&text.as_string()?)
}

/// Writes moments as the zone's clocks show them.
fn clock_of(zone: &str) -> Option<Function> {
    let options = Object::new();
    for (key, value) in [("timeZone", zone), ("timeZoneName", "longOffset")] {
        Reflect::set(&options, &key.into(), &value.into()).ok()?;
    }
    let arguments = Array::of2(&"en-US".into(), &options);
    // An unknown zone throws: only this way of calling gives the error back.
    let format = Reflect::construct(&formatter()?, &arguments).ok()?;
    let format: Intl::DateTimeFormat = format.unchecked_into();
    Some(format.format())
}

fn formatter() -> Option<Function> {
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    Reflect::get(&intl, &"DateTimeFormat".into())
        .ok()?
        .dyn_into()
        .ok()
}

/// `11/20/2026, GMT+05:30`; UTC itself is a bare `GMT`.
fn offset_in(text: &str) -> Option<i32> {
    let (_, offset) = text.rsplit_once("GMT")?;
    if offset.is_empty() {
        return Some(0);
    }
    let (sign, clock) = match offset.split_at_checked(1)? {
        ("+", clock) => (1, clock),
        ("-" | "−", clock) => (-1, clock),
        _ => return None,
    };
    let mut parts = clock.split(':');
    let hours: i32 = parts.next()?.parse().ok()?;
    let minutes: i32 = parts.next().unwrap_or("0").parse().ok()?;
    Some(sign * (hours * 60 + minutes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_are_read_from_the_formatted_moment() {
        assert_eq!(offset_in("11/20/2026, GMT+05:30"), Some(330));
        assert_eq!(offset_in("11/20/2026, GMT-03:00"), Some(-180));
        assert_eq!(offset_in("11/20/2026, GMT"), Some(0));
        // Local mean times of the nineteenth century have seconds, which no slot needs.
        assert_eq!(offset_in("1/1/1880, GMT+05:53:28"), Some(353));
        assert_eq!(offset_in("11/20/2026, IST"), None);
    }
}
