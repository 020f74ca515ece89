//! Debian's packages, for what nobody else can give a bare machine.

use std::path::Path;
use std::process::Command;

use super::on_path;
use crate::error::Result;
use crate::process::{Job, answer};
use crate::project::Project;
use crate::say::Step;

/// Whether this machine has apt.
pub fn has_apt() -> bool {
    on_path("apt-get").is_some() && Path::new("/etc/debian_version").exists()
}

/// Whether packages can be installed without asking anyone for a password.
pub fn can_install() -> bool {
    has_apt() && (rustix::process::geteuid().is_root() || sudo_asks_nothing())
}

/// The command a person would type to install the packages.
pub fn by_hand(packages: &[&str]) -> String {
    format!(
        "sudo apt-get install --no-install-recommends {}",
        packages.join(" ")
    )
}

/// Installs packages.
pub fn install(project: &Project, step: &Step, packages: &[&str]) -> Result<()> {
    let job = |what| Job {
        what,
        mend: "see that this machine reaches its Debian mirror (`apt-get update`), then run the command again.",
        logs: project.scratch().join("logs"),
        limit: None,
    };
    job("Reading Debian's package lists").run(step, apt().arg("update"))?;
    job("Installing Debian packages").run(
        step,
        apt()
            .args(["install", "-y", "--no-install-recommends"])
            .args(packages),
    )
}

fn apt() -> Command {
    let mut command = if rustix::process::geteuid().is_root() {
        Command::new("apt-get")
    } else {
        let mut sudo = Command::new("sudo");
        sudo.args(["-n", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        sudo
    };
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}

fn sudo_asks_nothing() -> bool {
    answer(Command::new("sudo").args(["-n", "true"])).is_some()
}
