//! The parts that pages are made of. They know the design and nothing of the server.

mod avatar;
mod button;
mod course;
mod evidence;
mod field;
mod icon;
mod metric_bars;
mod notice;
mod page_heading;
mod rich_text;
mod score;
mod shell;
mod skeleton;
mod trend_chart;

pub use avatar::Avatar;
pub use button::{Button, Look};
pub use course::Course;
pub use evidence::Evidence;
pub use field::{EmailField, PasswordField, value_of};
pub use icon::{Glyph, Icon};
pub use metric_bars::MetricBars;
pub use notice::Notice;
pub use page_heading::PageHeading;
pub use rich_text::{Pieces, RichText};
pub use score::{ScoreDelta, ScoreDial, grade_colours};
pub use shell::{Brand, Shell, Splash};
pub use skeleton::Skeleton;
pub use trend_chart::TrendChart;
