//! The project's own tool. `cargo xtask` is its command line; the black-box tests and the benchmark use it as a library.

pub mod agreement;
pub mod backup;
pub mod bench;
pub mod build;
pub mod data;
pub mod deploy;
pub mod dev;
pub mod error;
pub mod gallery;
pub mod load;
pub mod process;
pub mod project;
pub mod say;
pub mod seed;
pub mod setup;
pub mod size_budget;
pub mod stamp;
pub mod test;
pub mod words;
pub mod workerd;
