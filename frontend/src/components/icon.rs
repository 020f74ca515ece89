//! The icons: a few strokes each, drawn in the text's colour.

use yew::prelude::*;

/// What an icon shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Glyph {
    /// Go back.
    Back,
    /// Sending; the past.
    Clock,
    /// One tick.
    Tick,
    /// Two ticks.
    Ticks,
    /// Something is wrong.
    Alert,
    /// Send.
    Send,
    /// Stop.
    Stop,
    /// To the end of the chat.
    Down,
    /// Opens and closes something below.
    Chevron,
    /// Days in a row.
    Flame,
    /// No line to the server.
    Offline,
    /// Done again.
    Again,
    /// A letter.
    Mail,
    /// Leave.
    Leave,
    /// Say it aloud.
    Voice,
    /// The needle of the captain's compass.
    Compass,
    /// Figures over time.
    Trend,
    /// What there is to practise.
    Book,
    /// Days.
    Calendar,
    /// Who is ahead.
    Trophy,
    /// People.
    People,
    /// One person.
    Person,
    /// A team.
    Flag,
    /// Groups.
    Groups,
    /// How to say it.
    Speech,
    /// A report.
    Sheet,
    /// Who did what.
    Log,
    /// A company.
    Building,
    /// The model that coaches.
    Spark,
    /// What has no room.
    More,
    /// Settings.
    Gear,
    /// Something new.
    Plus,
    /// Close, take away.
    Cross,
    /// Search.
    Search,
    /// Edit.
    Pencil,
    /// Delete.
    Bin,
    /// Copy.
    Copy,
    /// Take it along.
    Download,
    /// Send a file.
    Upload,
    /// Print.
    Print,
    /// A link to hand on.
    Link,
    /// Play.
    Play,
    /// Pause.
    Pause,
    /// Not open yet.
    Lock,
    /// Look at it.
    Eye,
}

impl Glyph {
    /// All of them, for the page that shows them.
    pub const ALL: &[Glyph] = &[
        Glyph::Back,
        Glyph::Clock,
        Glyph::Tick,
        Glyph::Ticks,
        Glyph::Alert,
        Glyph::Send,
        Glyph::Stop,
        Glyph::Down,
        Glyph::Chevron,
        Glyph::Flame,
        Glyph::Offline,
        Glyph::Again,
        Glyph::Mail,
        Glyph::Leave,
        Glyph::Voice,
        Glyph::Compass,
        Glyph::Trend,
        Glyph::Book,
        Glyph::Calendar,
        Glyph::Trophy,
        Glyph::People,
        Glyph::Person,
        Glyph::Flag,
        Glyph::Groups,
        Glyph::Speech,
        Glyph::Sheet,
        Glyph::Log,
        Glyph::Building,
        Glyph::Spark,
        Glyph::More,
        Glyph::Gear,
        Glyph::Plus,
        Glyph::Cross,
        Glyph::Search,
        Glyph::Pencil,
        Glyph::Bin,
        Glyph::Copy,
        Glyph::Download,
        Glyph::Upload,
        Glyph::Print,
        Glyph::Link,
        Glyph::Play,
        Glyph::Pause,
        Glyph::Lock,
        Glyph::Eye,
    ];
}

/// A decoration beside words that say the same: screen readers pass over it. `class` gives its size, and its colour where
/// that is not the text's.
pub fn icon(glyph: Glyph, class: &'static str) -> Html {
    let fill = if glyph == Glyph::Stop {
        "currentColor"
    } else {
        "none"
    };
    html! {
        <svg class={classes!("shrink-0", class)} viewBox="0 0 24 24" {fill} stroke="currentColor" stroke-width="2"
            stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">
            <path d={strokes(glyph)} />
        </svg>
    }
}

/// One path each: data is smaller than code that builds shapes.
fn strokes(glyph: Glyph) -> &'static str {
    match glyph {
        Glyph::Back => "M15 5l-7 7 7 7",
        Glyph::Clock => "M20.5 12a8.5 8.5 0 11-17 0 8.5 8.5 0 0117 0M12 7.5V12l3 2",
        Glyph::Tick => "M5 12.5l4.5 4.5L19 7.5",
        Glyph::Ticks => "M2 12.5l4.5 4.5L16 7.5M11.5 16l1 1L22 7.5",
        Glyph::Alert => "M20.5 12a8.5 8.5 0 11-17 0 8.5 8.5 0 0117 0M12 8v4.5M12 16h.01",
        Glyph::Send => "M4.5 12L20 4.5 15 20l-3.5-6.5zM11.5 13.5L20 4.5",
        Glyph::Stop => "M9 7h6a2 2 0 012 2v6a2 2 0 01-2 2H9a2 2 0 01-2-2V9a2 2 0 012-2z",
        Glyph::Down => "M12 5v14M6 13l6 6 6-6",
        Glyph::Chevron => "M6 9.5l6 6 6-6",
        Glyph::Flame => {
            "M12 3c.5 3.5 5.5 5.5 5.5 11a5.5 5.5 0 01-11 0c0-2 1-3.5 2-4.5.3 1.5 1 2.3 2 2.5C10 9 10.5 5.5 12 3z"
        }
        Glyph::Offline => {
            "M4 4l16 16M8.5 12.5a5 5 0 016 .2M5 9a10 10 0 013-1.9M12 6c2.7 0 5.1 1.1 7 3M12 18h.01"
        }
        Glyph::Again => "M19 12a7 7 0 11-2.2-5.1M19.5 4v4h-4",
        Glyph::Mail => {
            "M6 5.5h12a2.5 2.5 0 012.5 2.5v8a2.5 2.5 0 01-2.5 2.5H6A2.5 2.5 0 013.5 16V8A2.5 2.5 0 016 5.5zM4 8l8 5.5L20 8"
        }
        Glyph::Leave => {
            "M10 5H6.5A1.5 1.5 0 005 6.5v11A1.5 1.5 0 006.5 19H10M15 8l4 4-4 4M19 12h-9"
        }
        Glyph::Voice => {
            "M12 3.5a3 3 0 013 3v5a3 3 0 01-6 0v-5a3 3 0 013-3zM5.5 11.5a6.5 6.5 0 0013 0M12 18v2.5"
        }
        Glyph::Compass => "M21 12a9 9 0 11-18 0 9 9 0 0118 0M15.5 8.5l-2 5-5 2 2-5z",
        Glyph::Trend => "M4 19.5h16M4.5 15l4.5-5 4 3.5 6.5-8M15.5 5.5h4v4",
        Glyph::Book => {
            "M12 6.5C10 5 7.5 4.5 4 4.5v13.5c3.5 0 6 .5 8 2 2-1.5 4.5-2 8-2V4.5c-3.5 0-6 .5-8 2zM12 6.5V20"
        }
        Glyph::Calendar => {
            "M6 5.5h12a2 2 0 012 2V18a2 2 0 01-2 2H6a2 2 0 01-2-2V7.5a2 2 0 012-2zM4 10.5h16M8 3.5v4M16 3.5v4"
        }
        Glyph::Trophy => {
            "M8 4.5h8v6a4 4 0 01-8 0zM8 6H4.5c0 3 1.5 5 3.7 5M16 6h3.5c0 3-1.5 5-3.7 5M12 14.5V19M8.5 19.5h7"
        }
        Glyph::People => {
            "M12.5 8.5a3.5 3.5 0 11-7 0 3.5 3.5 0 017 0M2.5 19.5c.5-3.5 3-5.5 6.5-5.5s6 2 6.5 5.5M15.5 5.3a3.5 3.5 0 010 6.4M18 14.5c2 .8 3.2 2.5 3.5 5"
        }
        Glyph::Person => "M16 8a4 4 0 11-8 0 4 4 0 018 0M4.5 20c.7-4 3.5-6 7.5-6s6.8 2 7.5 6",
        Glyph::Flag => "M5.5 21V4M5.5 5c4-2 7 2 13 0v9c-6 2-9-2-13 0",
        Glyph::Groups => {
            "M5 4.5h5a.5.5 0 01.5.5v5a.5.5 0 01-.5.5H5a.5.5 0 01-.5-.5V5a.5.5 0 01.5-.5zM14 4.5h5a.5.5 0 01.5.5v5a.5.5 0 01-.5.5h-5a.5.5 0 01-.5-.5V5a.5.5 0 01.5-.5zM5 13.5h5a.5.5 0 01.5.5v5a.5.5 0 01-.5.5H5a.5.5 0 01-.5-.5v-5a.5.5 0 01.5-.5zM14 13.5h5a.5.5 0 01.5.5v5a.5.5 0 01-.5.5h-5a.5.5 0 01-.5-.5v-5a.5.5 0 01.5-.5z"
        }
        Glyph::Speech => {
            "M5 4.5h14A1.5 1.5 0 0120.5 6v9a1.5 1.5 0 01-1.5 1.5h-7L7 20.5v-4H5A1.5 1.5 0 013.5 15V6A1.5 1.5 0 015 4.5zM8 9h8M8 12.5h5"
        }
        Glyph::Sheet => {
            "M6.5 3.5h7L19 9v10.5a1 1 0 01-1 1H6.5a1 1 0 01-1-1v-15a1 1 0 011-1zM13 3.5V9h6M9 13h6M9 16.5h6"
        }
        Glyph::Log => "M8.5 6H20M8.5 12H20M8.5 18H20M4.5 6h.01M4.5 12h.01M4.5 18h.01",
        Glyph::Building => {
            "M5.5 20.5V5a1 1 0 011-1h7a1 1 0 011 1v15.5M14.5 10h3a1 1 0 011 1v9.5M3.5 20.5h17M9 8h2M9 12h2M9 16h2"
        }
        Glyph::Spark => {
            "M12 3.5l1.8 5.7 5.7 1.8-5.7 1.8L12 18.5l-1.8-5.7L4.5 11l5.7-1.8zM19 16v4M17 18h4"
        }
        Glyph::More => {
            "M6.3 12a.8.8 0 11-1.6 0 .8.8 0 011.6 0M12.8 12a.8.8 0 11-1.6 0 .8.8 0 011.6 0M19.3 12a.8.8 0 11-1.6 0 .8.8 0 011.6 0"
        }
        Glyph::Gear => {
            "M4 7h9M17 7h3M4 17h3M11 17h9M17 7a2 2 0 11-4 0 2 2 0 014 0M11 17a2 2 0 11-4 0 2 2 0 014 0"
        }
        Glyph::Plus => "M12 5v14M5 12h14",
        Glyph::Cross => "M6 6l12 12M18 6L6 18",
        Glyph::Search => "M17 10.5a6.5 6.5 0 11-13 0 6.5 6.5 0 0113 0M15.2 15.2L20 20",
        Glyph::Pencil => "M4.5 19.5l1-4.5L16 4.5l3.5 3.5L9 18.5zM14 6.5l3.5 3.5",
        Glyph::Bin => "M5 7h14M9.5 7V4.5h5V7M7 7l1 13h8l1-13M10.5 10.5v6M13.5 10.5v6",
        Glyph::Copy => {
            "M9 8.5h9.5a1 1 0 011 1V19a1 1 0 01-1 1H9a1 1 0 01-1-1V9.5a1 1 0 011-1zM16 8.5V5a1 1 0 00-1-1H5.5a1 1 0 00-1 1v9.5a1 1 0 001 1H8"
        }
        Glyph::Download => "M12 4v11M7 10.5l5 5 5-5M4.5 20h15",
        Glyph::Upload => "M12 15.5V4.5M7 9l5-5 5 5M4.5 20h15",
        Glyph::Print => {
            "M7 9V3.5h10V9M7 17.5H4.5V11A2 2 0 016.5 9h11a2 2 0 012 2v6.5H17M7 14.5h10v6H7z"
        }
        Glyph::Link => {
            "M10 14a4 4 0 006 .3l3-3a4 4 0 00-5.7-5.7l-1 1M14 10a4 4 0 00-6-.3l-3 3a4 4 0 005.7 5.7l1-1"
        }
        Glyph::Play => "M7.5 4.5l11.5 7.5-11.5 7.5z",
        Glyph::Pause => "M8.5 5v14M15.5 5v14",
        Glyph::Lock => {
            "M6.5 10.5h11a1 1 0 011 1V19a1 1 0 01-1 1h-11a1 1 0 01-1-1v-7.5a1 1 0 011-1zM8.5 10.5V8a3.5 3.5 0 017 0v2.5"
        }
        Glyph::Eye => {
            "M2.5 12C5 7.5 8 5.5 12 5.5s7 2 9.5 6.5c-2.5 4.5-5.5 6.5-9.5 6.5S5 16.5 2.5 12zM15 12a3 3 0 11-6 0 3 3 0 016 0"
        }
    }
}
