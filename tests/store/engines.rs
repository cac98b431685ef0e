//! The same statements on both engines: what an area runs on SQLite must prepare on PostgreSQL too, so that a shared
//! book is a second engine and not a second program.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use wellmet_core::store::sql;

use crate::support::TestBook;

#[tokio::test]
async fn every_statement_prepares_on_sqlite() {
    let t = TestBook::new().await;
    let mut db = t.book.read().await.unwrap();
    let faults: Vec<String> = {
        let mut faults = Vec::new();
        for statement in sql::all() {
            if let Err(error) = db.prepare(statement).await {
                faults.push(format!("{} {}: {}", statement.file, statement.name, error.message));
            }
        }
        faults
    };
    assert!(sql::all().len() > 100, "the statements are registered: {}", sql::all().len());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_statement_prepares_on_postgresql() {
    let server = Postgres::start();
    let ddl = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations/postgres");
    let mut files: Vec<PathBuf> = std::fs::read_dir(ddl).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for file in files {
        let output = server.psql(&std::fs::read_to_string(&file).unwrap());
        assert!(output.is_empty(), "{}: {output}", file.display());
    }
    let mut script = String::new();
    let mut count = 0;
    // Journal and undo, the search index and what else `store` runs are each engine's own.
    for statement in sql::all() {
        count += 1;
        script.push_str(&format!(
            "\\echo {} {}\nPREPARE s{count} AS {};\n",
            statement.file, statement.name, statement.text
        ));
    }
    let output = server.psql(&script);
    assert!(count > 100, "the statements are registered: {count}");
    assert!(output.is_empty(), "{output}");
}

#[test]
fn a_statement_that_only_sqlite_knows_is_caught() {
    let server = Postgres::start();
    assert!(server.psql("SELECT 1;").is_empty());
    assert!(server.psql("PREPARE s AS SELECT strftime('%Y', $1);").contains("strftime"));
}

/// Debian's PostgreSQL on a private socket, gone when dropped.
struct Postgres {
    folder: tempfile::TempDir,
    bin: PathBuf,
}

impl Postgres {
    fn start() -> Self {
        let bin = ["/usr/lib/postgresql", "/usr/local/pgsql"]
            .iter()
            .filter_map(|root| std::fs::read_dir(root).ok())
            .flatten()
            .filter_map(|entry| entry.ok().map(|entry| entry.path().join("bin")))
            .find(|bin| bin.join("initdb").exists())
            .expect("PostgreSQL is needed for this test: apt-get install postgresql (script/test does)");
        let folder = tempfile::Builder::new().prefix("wellmet-pg").tempdir_in("/tmp").unwrap();
        let server = Self { folder, bin };
        // PostgreSQL refuses to run as root.
        if server.is_root() {
            let owned = Command::new("chown").arg("postgres").arg(server.folder.path()).status().unwrap();
            assert!(owned.success());
        }
        let data = server.folder.path().join("data");
        server
            .run("initdb", &["-D", data.to_str().unwrap(), "-A", "trust", "-E", "UTF8", "--no-sync", "-U", "wellmet"]);
        let options =
            format!("-c listen_addresses= -c fsync=off -c unix_socket_directories={}", server.folder.path().display());
        let log = server.folder.path().join("log");
        server
            .run("pg_ctl", &["-D", data.to_str().unwrap(), "-o", &options, "-l", log.to_str().unwrap(), "-w", "start"]);
        server
    }

    fn is_root(&self) -> bool {
        let id = Command::new("id").arg("-u").output().unwrap();
        id.stdout.starts_with(b"0\n")
    }

    fn command(&self, program: &str) -> Command {
        let program = self.bin.join(program);
        if self.is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(program);
            command
        } else {
            Command::new(program)
        }
    }

    fn run(&self, program: &str, args: &[&str]) {
        let output = self
            .command(program)
            .args(args)
            .current_dir("/tmp")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .output()
            .unwrap();
        assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    }

    /// What went wrong, with the statement's name before it; empty where nothing did.
    fn psql(&self, script: &str) -> String {
        let mut child = self
            .command("psql")
            .args(["-h", self.folder.path().to_str().unwrap(), "-U", "wellmet", "-d", "postgres", "-q", "-X"])
            .current_dir("/tmp")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        String::from_utf8_lossy(&output.stderr).into_owned()
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let data = self.folder.path().join("data");
        let _ = self
            .command("pg_ctl")
            .args(["-D", data.to_str().unwrap(), "-m", "immediate", "stop"])
            .current_dir("/tmp")
            .stdout(Stdio::null())
            .status();
    }
}
