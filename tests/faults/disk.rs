//! A small disk of memory that fills up, and one that may not be written. Mounting takes root; without it these tests
//! say so and pass.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::Command;

use crate::support::Cli;

pub(super) struct Disk(pub(super) PathBuf);

impl Disk {
    /// `None`, and a note, where this account may not mount.
    pub(super) fn mount(cli: &Cli, size: &str) -> Option<Self> {
        let folder = cli.path("disk");
        std::fs::create_dir_all(&folder).unwrap();
        let done =
            Command::new("mount").args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"]).arg(&folder).output();
        match done {
            Ok(done) if done.status.success() => Some(Self(folder)),
            _ => {
                eprintln!("skipped: a small disk needs root and mount");
                None
            }
        }
    }

    fn remount(&self, how: &str) -> bool {
        let done = Command::new("mount").args(["-o", &format!("remount,{how}")]).arg(&self.0).status();
        done.is_ok_and(|status| status.success())
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

#[test]
fn a_full_disk_loses_nothing() {
    let mut cli = Cli::empty();
    let Some(disk) = Disk::mount(&cli, "6m") else { return };
    cli.book = disk.0.join("book");
    cli.make_book();
    let first = cli.file("first.csv", "Name,Email\nRania Haddad,rania@bakery.example\n");
    cli.json(["import", first.to_str().unwrap()]);

    let mut text = "Name,Email,Notes\n".to_owned();
    for row in 0..6000 {
        let _ = writeln!(text, "Nadia{row} Farah,n{row}@farah.example,{}", "she sails ".repeat(20));
    }
    let much = cli.file("much.csv", &text);
    let full = cli.run(["import", much.to_str().unwrap(), "--json"]);
    full.refused(1, "disk is full");

    let rania = |cli: &Cli| cli.json(["search", "rania@bakery.example"])["people"].as_array().unwrap().len();
    // Room is made, and everything that was acknowledged is there.
    assert!(disk.remount("size=64m"), "the disk grows");
    assert_eq!(cli.json(["check"])["ok"], true);
    assert_eq!(rania(&cli), 1);
    let done = cli.json(["import", much.to_str().unwrap()]);
    assert_eq!(done["rejected"], 0, "it goes on where it stood: {done}");
    assert_eq!(cli.json(["search", "n5999@farah.example"])["people"].as_array().unwrap().len(), 1);
    assert_eq!(cli.json(["check"])["ok"], true);
}

#[test]
fn a_disk_that_may_not_be_written_is_said() {
    let mut cli = Cli::empty();
    let Some(disk) = Disk::mount(&cli, "16m") else { return };
    cli.book = disk.0.join("book");
    cli.make_book();
    assert!(disk.remount("ro"), "the disk may not be written");
    cli.run(["today"]).refused(1, "may not write in");
    let said = cli.run(["backup", disk.0.join("x.db").to_str().unwrap()]);
    assert_eq!(said.code, 1, "{}", said.err);
    assert!(disk.remount("rw"));
    assert_eq!(cli.run(["today"]).code, 0);
}

#[test]
fn a_backup_that_does_not_fit_leaves_nothing_behind() {
    let mut cli = Cli::empty();
    let Some(disk) = Disk::mount(&cli, "300k") else { return };
    cli.book = cli.path("book");
    cli.make_book();
    let file = disk.0.join("x.db");
    cli.run(["backup", file.to_str().unwrap()]).refused(1, "");
    assert!(!file.exists(), "half a backup is no backup");
    assert_eq!(std::fs::read_dir(&disk.0).unwrap().count(), 0, "and takes no room");
}
