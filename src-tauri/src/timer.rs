//! The user's systemd timer that reminds while the window is closed for good: `wellmet remind --once`, every minute.
//!
//! Where the window is open it reminds by itself, and the timer's run ends at once.

use std::path::{Path, PathBuf};
use std::process::Command;

const SERVICE: &str = include_str!("systemd/wellmet-remind.service");
const TIMER: &str = include_str!("systemd/wellmet-remind.timer");
const SERVICE_NAME: &str = "wellmet-remind.service";
const TIMER_NAME: &str = "wellmet-remind.timer";

pub fn is_on() -> bool {
    units().is_some_and(|folder| folder.join(TIMER_NAME).exists())
}

/// Installs and starts it; `book` where it is not the usual one.
pub fn turn_on(program: &Path, book: Option<&Path>) -> Result<(), String> {
    let folder = units().ok_or("This account has no home folder.")?;
    let was_there = is_on();
    let written = std::fs::create_dir_all(&folder)
        .and_then(|()| std::fs::write(folder.join(SERVICE_NAME), service(program, book)))
        .and_then(|()| std::fs::write(folder.join(TIMER_NAME), TIMER));
    written.map_err(|error| format!("The timer could not be written to {}: {error}.", folder.display()))?;
    let started = systemctl(&["daemon-reload"]).and_then(|()| systemctl(&["enable", "--now", TIMER_NAME]));
    if started.is_err() && !was_there {
        // Nothing half done: a timer that does not run would be shown as running.
        let _ = remove(&folder);
    }
    started
}

pub fn turn_off() -> Result<(), String> {
    let Some(folder) = units() else { return Ok(()) };
    if !is_on() {
        return Ok(());
    }
    // Without a running systemd there is nothing to stop, and the files go all the same.
    let stopped = systemctl(&["disable", "--now", TIMER_NAME]);
    remove(&folder).map_err(|error| format!("The timer could not be removed from {}: {error}.", folder.display()))?;
    if stopped.is_ok() { systemctl(&["daemon-reload"]) } else { Ok(()) }
}

fn remove(folder: &Path) -> std::io::Result<()> {
    for name in [TIMER_NAME, SERVICE_NAME] {
        match std::fs::remove_file(folder.join(name)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

fn units() -> Option<PathBuf> {
    dirs::config_dir().map(|folder| folder.join("systemd/user"))
}

fn service(program: &Path, book: Option<&Path>) -> String {
    let mut command = quoted(program);
    if let Some(book) = book {
        command.push_str(" --book ");
        command.push_str(&quoted(book));
    }
    SERVICE.replace("@command@", &command)
}

/// As systemd.service(5) reads a word: in quotes, with its specifiers and variables doubled.
fn quoted(path: &Path) -> String {
    let words = path.display().to_string();
    let words = words.replace('\\', "\\\\").replace('"', "\\\"").replace('%', "%%").replace('$', "$$");
    format!("\"{words}\"")
}

fn systemctl(arguments: &[&str]) -> Result<(), String> {
    let done = Command::new("systemctl").arg("--user").args(arguments).output();
    match done {
        Ok(done) if done.status.success() => Ok(()),
        Ok(done) => {
            let why = String::from_utf8_lossy(&done.stderr);
            Err(format!("systemd did not take the timer: {}", why.trim()))
        }
        Err(_) => {
            Err("This computer has no systemd, so there is no timer to set. Wellmet reminds while it runs.".into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_service_names_the_program_and_the_book() {
        let usual = service(Path::new("/usr/bin/wellmet"), None);
        assert!(usual.contains("ExecStart=\"/usr/bin/wellmet\" remind --once\n"), "{usual}");
        let odd = service(Path::new("/opt/my \"apps\"/wellmet"), Some(Path::new("/srv/100%/$books")));
        assert!(
            odd.contains(r#"ExecStart="/opt/my \"apps\"/wellmet" --book "/srv/100%%/$$books" remind --once"#),
            "{odd}"
        );
    }
}
