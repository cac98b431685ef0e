//! The mail server of the tests: `tests/mail/server.py`.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

/// Whose packages are Debian's: another one that stands before it in PATH has no aiosmtpd.
pub const PYTHON: &str = "/usr/bin/python3";

pub struct MailBox {
    pub port: u16,
    file: PathBuf,
    server: Child,
}

impl MailBox {
    /// A server that does as it is told, with its box in `folder`.
    pub fn start(folder: &Path, arguments: &[&str]) -> Self {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/mail/server.py");
        let file = folder.join("box.jsonl");
        let mut server = Command::new(PYTHON)
            .args(["-W", "ignore", script])
            .arg(&file)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Debian's python3 is there");
        let mut port = String::new();
        BufReader::new(server.stdout.take().expect("its stdout")).read_line(&mut port).expect("it tells its port");
        let port = port.trim().parse().expect("a port: is python3-aiosmtpd there?");
        Self { port, file, server }
    }

    /// Whether it was come to where it waits: where it was told to mark that.
    pub fn sits(&self) -> bool {
        self.file.with_extension("sits").exists()
    }

    /// What it took, in order.
    pub fn took(&self) -> Vec<Value> {
        let text = std::fs::read_to_string(&self.file).unwrap_or_default();
        text.lines().map(|line| serde_json::from_str(line).expect("a line of its box")).collect()
    }
}

impl Drop for MailBox {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// A certificate of its own for `localhost`.
pub fn certificate(folder: &Path) -> [String; 2] {
    let path = |name: &str| folder.join(name).display().to_string();
    let (cert, key, config) = (path("cert.pem"), path("key.pem"), path("cert.conf"));
    let words = "[req]\nprompt = no\ndistinguished_name = name\nx509_extensions = more\n[name]\nCN = localhost\n\
        [more]\nsubjectAltName = DNS:localhost\nbasicConstraints = critical, CA:FALSE\n";
    std::fs::write(&config, words).expect("written");
    let made = Command::new("openssl")
        .args(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-config", &config])
        .args(["-keyout", &key, "-out", &cert])
        .output()
        .expect("openssl is there");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    [cert, key]
}
