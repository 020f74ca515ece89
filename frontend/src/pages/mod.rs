//! The pages. The way in and Today stand here; the rooms [`practice`], [`rep`], [`manage`] and [`admin`] are each behind one
//! door, `page`, so that they can be downloaded apart.

pub mod admin;
pub mod design;
mod getting_in;
pub mod manage;
mod not_for_you;
mod not_found;
pub mod practice;
pub mod rep;
mod result;
mod session;
mod today;

pub use getting_in::GettingInPage;
pub use not_for_you::not_for_you;
pub use not_found::not_found_page;
pub use today::TodayPage;
