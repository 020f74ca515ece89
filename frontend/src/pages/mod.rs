//! The pages, one file or folder each.

mod getting_in;
mod not_found;
mod result;
mod session;
mod today;

pub use getting_in::GettingInPage;
pub use not_found::not_found_page;
pub use result::ResultPage;
pub use session::SessionPage;
pub use today::TodayPage;
