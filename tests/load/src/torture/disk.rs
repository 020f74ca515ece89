//! A disk that is full while reps are at work, and one that can't be written at all. It needs a small file system of its own,
//! which only root may mount; for anybody else it is left out, and the table says so.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use captain_api_tests::{Practice, Settings, Stack, copy_folder};
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::kills::silent;
use super::{Line, chats, thousands, truth};

/// Room for the data, MB; what is left of it is filled.
const DISK_MB: u32 = 200;
/// How long reps work before the disk is full, and while it is.
const WORK: Duration = Duration::from_secs(8);
/// How long everything may take once there is room again.
const RECOVERY: Duration = Duration::from_secs(240);

pub async fn run(at_work: u32) -> Vec<Line> {
    let mut stack = Stack::prepare(Settings {
        reps: at_work,
        ..Settings::named("torture-disk")
    });
    let dir = stack.data_dir();
    let aside = dir.with_extension("aside");
    copy_folder(&dir, &aside);
    let Some(mounted) = Mounted::over(&dir) else {
        return vec![Line {
            what: "disk full; read-only data folder".to_owned(),
            came: "not run: only root can mount a small disk".to_owned(),
        }];
    };
    copy_into(&aside, &dir);
    stack.run();
    let practices = chats::started(&stack, at_work).await;
    let mut practices: Vec<Practice> = practices.into_iter().map(silent).collect();
    practices = at_work_for(practices, WORK).await.0;
    let ballast = dir.join("ballast");
    fill(&ballast);
    let (mut practices, refusals) = at_work_for(practices, WORK).await;
    std::fs::remove_file(&ballast).unwrap();
    // A failed write may have left workerd with files that it gave up: a restart is what an operator would do.
    stack.kill();
    stack.run();
    for practice in &mut practices {
        practice.rep = practice.rep.elsewhere();
    }
    let mut finished = Vec::new();
    for mut practice in practices {
        if practice.result.is_none() {
            timeout(RECOVERY, practice.go_on())
                .await
                .expect("the session goes on once there is room")
                .unwrap();
        }
        finished.push(practice);
    }
    stack.stop();
    let held = truth::hold(&stack, &finished, &[]);
    let full = Line {
        what: format!("disk full for {} s, {at_work} reps at work", WORK.as_secs()),
        came: format!(
            "{refusals} calls refused or cut while it was full; after a restart with room all {} sessions went on to their end; {held}",
            thousands(finished.len())
        ),
    };
    drop(mounted);
    vec![full]
}

/// Everybody goes on for a while; a call that fails ends it for that rep. Gives how many that were.
async fn at_work_for(practices: Vec<Practice>, length: Duration) -> (Vec<Practice>, usize) {
    let mut going_on = JoinSet::new();
    for mut practice in practices {
        going_on.spawn(async move {
            let halted = match timeout(length, practice.go_on()).await {
                Err(_) | Ok(Ok(())) => false,
                Ok(Err(_)) => true,
            };
            practice.rep = practice.rep.elsewhere();
            (practice, halted)
        });
    }
    let (mut practices, mut halts) = (Vec::new(), 0);
    while let Some(done) = going_on.join_next().await {
        let (practice, halted) = done.unwrap();
        halts += usize::from(halted);
        practices.push(practice);
    }
    (practices, halts)
}

/// Writes until nothing more fits.
fn fill(ballast: &Path) {
    let mut file = File::create(ballast).unwrap();
    let block = vec![0; 64 << 10];
    while file.write_all(&block).is_ok() {}
    let byte = [0];
    while file.write_all(&byte).is_ok() {}
}

fn copy_into(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap().flatten() {
        let copy = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &copy);
        } else {
            std::fs::copy(entry.path(), &copy).unwrap();
        }
    }
}

/// A small file system over a folder, for as long as the value lives.
struct Mounted<'a>(&'a Path);

impl<'a> Mounted<'a> {
    fn over(dir: &'a Path) -> Option<Self> {
        let size = format!("size={DISK_MB}m");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &size, "tmpfs"])
            .arg(dir)
            .status();
        mounted
            .is_ok_and(|status| status.success())
            .then_some(Self(dir))
    }
}

impl Drop for Mounted<'_> {
    fn drop(&mut self) {
        let unmounted = Command::new("umount").arg("--lazy").arg(self.0).status();
        if !unmounted.is_ok_and(|status| status.success()) {
            eprintln!("  {} is still mounted", self.0.display());
        }
    }
}
