//! A recording in the making: how long it is, what can be done with it, and when it is long enough.

use domain::voice::MAX_DURATION_MS;

/// How it stands. Moments are Unix ms.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Take {
    /// Nothing is recorded.
    #[default]
    Nothing,
    /// The browser asks for the microphone.
    Asking,
    /// It records.
    Recording {
        /// Since then.
        since: u64,
        /// And so much before the last pause, ms.
        before: u64,
    },
    /// It waits.
    Paused {
        /// What there is, ms.
        before: u64,
    },
    /// It is there, and may be listened to.
    Taken {
        /// How long it is, ms.
        ms: u64,
    },
    /// It is on its way.
    Sending {
        /// How long it is, ms.
        ms: u64,
        /// How much of it is there, percent.
        percent: u8,
    },
}

/// Silence for so long is told, ms: the microphone may be off.
pub const SILENCE_MS: u64 = 4_000;

/// A level above this is a voice.
pub const VOICE_LEVEL: f64 = 0.02;

impl Take {
    /// How long it is at this moment, ms.
    pub fn length(self, now: u64) -> u64 {
        let length = match self {
            Take::Nothing | Take::Asking => 0,
            Take::Recording { since, before } => before + now.saturating_sub(since),
            Take::Paused { before } => before,
            Take::Taken { ms } | Take::Sending { ms, .. } => ms,
        };
        length.min(MAX_DURATION_MS)
    }

    /// It goes into a pause.
    pub fn paused(self, now: u64) -> Self {
        match self {
            Take::Recording { .. } => Take::Paused {
                before: self.length(now),
            },
            other => other,
        }
    }

    /// It goes on.
    pub fn resumed(self, now: u64) -> Self {
        match self {
            Take::Paused { before } => Take::Recording { since: now, before },
            other => other,
        }
    }

    /// It is done. What was hardly begun is nothing.
    pub fn stopped(self, now: u64) -> Self {
        match self.length(now) {
            0 => Take::Nothing,
            ms => Take::Taken { ms },
        }
    }

    /// It is as long as it may be.
    pub fn is_full(self, now: u64) -> bool {
        matches!(self, Take::Recording { .. }) && self.length(now) >= MAX_DURATION_MS
    }

    /// It would be lost by leaving.
    pub fn is_unsaved(self) -> bool {
        !matches!(self, Take::Nothing | Take::Asking)
    }

    /// What a screen reader is told of it.
    pub fn spoken(self) -> &'static str {
        match self {
            Take::Nothing => "",
            Take::Asking => tr!("Your browser asks for the microphone"),
            Take::Recording { .. } => tr!("Recording"),
            Take::Paused { .. } => tr!("Paused"),
            Take::Taken { .. } => tr!("Recorded. Listen to it, send it, or record again"),
            Take::Sending { .. } => tr!("Sending"),
        }
    }
}

/// Why there is no microphone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoMicrophone {
    /// The person, or the device, does not allow it.
    Denied,
    /// There is none.
    Missing,
    /// Something else has it.
    Busy,
    /// The page has no safe connection, or the browser can't record.
    Unable,
}

impl NoMicrophone {
    /// What happened, in short.
    pub fn title(self) -> &'static str {
        match self {
            Self::Denied => tr!("The microphone is not allowed"),
            Self::Missing => tr!("No microphone was found"),
            Self::Busy => tr!("The microphone is in use"),
            Self::Unable => tr!("This browser can't record here"),
        }
    }

    /// What to do about it, in the browser that names itself so.
    pub fn mend(self, user_agent: &str) -> &'static str {
        match self {
            Self::Denied => allow(user_agent),
            Self::Missing => {
                "Plug in a headset or switch the microphone on, then press Record again."
            }
            Self::Busy => {
                "Close the call or the app that uses the microphone, then press Record again."
            }
            Self::Unable => {
                "Open Sales Captain in an up-to-date Chrome, Edge, Firefox or Safari, at its https address."
            }
        }
    }
}

/// Where each browser hides it. Most name others as well, so the order counts.
fn allow(user_agent: &str) -> &'static str {
    let is = |name: &str| user_agent.contains(name);
    if is("iPhone") || is("iPad") {
        tr!(
            "Tap the page settings beside the address (aA), then Website Settings, and set Microphone to Allow. If it is not there: Settings, Apps, your browser, Microphone. Then press Record again."
        )
    } else if is("SamsungBrowser") {
        tr!(
            "Tap the lock beside the address, then Permissions, and allow the microphone. Then press Record again."
        )
    } else if is("Firefox") {
        tr!(
            "Click the crossed-out microphone beside the address, and take the block away. Then press Record again."
        )
    } else if is("Edg/") || is("EdgA/") || is("Chrome") || is("CriOS") {
        if is("Android") {
            tr!(
                "Tap the sign beside the address, then Permissions, and allow the microphone. If Android itself blocks it: Settings, Apps, your browser, Permissions. Then press Record again."
            )
        } else {
            tr!(
                "Click the sign beside the address, and switch the microphone on. Then press Record again."
            )
        }
    } else if is("Safari") {
        tr!(
            "In the menu Safari choose Settings for This Website, and set Microphone to Allow. Then press Record again."
        )
    } else {
        tr!(
            "Allow the microphone for this site in your browser's settings. Then press Record again."
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_do_not_count() {
        let take = Take::Recording {
            since: 1_000,
            before: 0,
        };
        assert_eq!(take.length(3_500), 2_500);
        let paused = take.paused(3_500);
        assert_eq!(paused.length(9_000), 2_500);
        let again = paused.resumed(10_000);
        assert_eq!(again.stopped(11_000), Take::Taken { ms: 3_500 });
        // What makes no sense changes nothing.
        assert_eq!((take.resumed(2_000), paused.paused(9_000)), (take, paused));
        assert_eq!(take.stopped(1_000), Take::Nothing);
    }

    #[test]
    fn it_ends_at_the_longest_that_is_taken() {
        let take = Take::Recording {
            since: 0,
            before: 1_000,
        };
        assert!(!take.is_full(MAX_DURATION_MS - 1_001));
        assert!(take.is_full(MAX_DURATION_MS - 1_000));
        assert_eq!(
            take.stopped(2 * MAX_DURATION_MS),
            Take::Taken {
                ms: MAX_DURATION_MS
            }
        );
        assert!(!take.paused(5).is_full(2 * MAX_DURATION_MS));
    }

    #[test]
    fn each_browser_is_told_its_own_way() {
        let told = |agent| NoMicrophone::Denied.mend(agent);
        assert!(
            told("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) CriOS/130 Safari/604.1").contains("aA")
        );
        assert!(
            told("Mozilla/5.0 (Linux; Android 14) Chrome/130 Mobile Safari/537.36")
                .contains("Android")
        );
        assert!(
            told("Mozilla/5.0 (X11; Linux x86_64) Chrome/130 Safari/537.36")
                .contains("sign beside")
        );
        assert!(
            told("Mozilla/5.0 (Macintosh) Version/18 Safari/605.1.15")
                .contains("Settings for This Website")
        );
        assert!(told("Mozilla/5.0 (X11; rv:130.0) Gecko Firefox/130.0").contains("crossed-out"));
        assert!(NoMicrophone::Missing.mend("").contains("headset"));
    }
}
