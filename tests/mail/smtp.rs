//! SMTP against a real server that takes, refuses, is slow and hangs up, at each phase; and the outbox above it.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use wellmet_core::Millis;
use wellmet_core::host::{MailAnswer, MailSecurity, MailServer, Mailer as _, OutgoingMail, Password};

use super::Smtp;
use crate::mail_support::{MailBox, PYTHON, certificate};

const PHASES: [&str; 8] = ["connect", "ehlo", "auth", "mail", "rcpt", "data", "body", "end"];

/// Waits only as long as it takes to see that nothing comes; the phases before have to fit into it too.
fn impatient() -> Smtp {
    let patience = Duration::from_secs(3);
    Smtp { patience, patience_at_the_end: patience }
}

fn server_at(port: u16) -> MailServer {
    MailServer {
        host: "localhost".into(),
        port,
        security: MailSecurity::None,
        user_name: String::new(),
        sender_name: "Northside “Business” Women, Größe".into(),
        sender_address: "office@northside.example".into(),
    }
}

fn mail() -> OutgoingMail {
    OutgoingMail {
        message_id: "0192-1@northside.example".into(),
        date: Millis::parse_rfc3339("2026-11-02T00:15:00Z").expect("a time"),
        to_name: "Rania \"R\" Haddad, Ünal".into(),
        to_address: "rania@example.com".into(),
        subject:
            "Grüße & a very long line of words that has to be folded somewhere since no line of a header is that long"
                .into(),
        body: "Dear Rania,\n.\n..\nQUIT\n\nGrüß Gott\n".into(),
    }
}

async fn sent(arguments: &[&str]) -> (MailAnswer, usize) {
    let folder = tempfile::tempdir().expect("a folder");
    let there = MailBox::start(folder.path(), arguments);
    let mut server = server_at(there.port);
    let password = arguments.contains(&"--user").then(|| Password::from("right-horse"));
    if password.is_some() {
        server.user_name = "office".into();
    }
    let mut mail = mail();
    if arguments.contains(&"body") {
        // More than the system takes from us by itself: its end is not reached while nobody reads.
        mail.body = format!("{}\n", "and so on, for pages, ".repeat(40)).repeat(9_500);
    }
    let is_silent = ["slow", "take-and-wait"].iter().any(|what| arguments.contains(what));
    let smtp = if is_silent { impatient() } else { Smtp::default() };
    let answer = smtp.send(&server, password.as_ref(), &mail).await;
    (answer, there.took().len())
}

#[tokio::test]
async fn an_e_mail_arrives_as_it_was_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let there = MailBox::start(folder.path(), &[]);
    let answer = Smtp::default().send(&server_at(there.port), None, &mail()).await;
    assert!(matches!(&answer, MailAnswer::Taken { said } if said.contains("queued")), "{answer:?}");
    let took = there.took();
    assert_eq!((took.len(), took[0]["from"].as_str()), (1, Some("office@northside.example")));
    assert_eq!(took[0]["to"], serde_json::json!(["rania@example.com"]));
    // Read by another reader than the one that wrote it.
    let read = read_by_python(folder.path(), took[0]["message"].as_str().expect("a message"));
    assert_eq!(read["Message-ID"], "<0192-1@northside.example>");
    assert_eq!(read["Date"], "Mon, 02 Nov 2026 00:15:00 +0000");
    assert_eq!(read["From"], serde_json::json!(["Northside “Business” Women, Größe", "office@northside.example"]));
    assert_eq!(read["To"], serde_json::json!(["Rania \"R\" Haddad, Ünal", "rania@example.com"]));
    assert_eq!(read["Subject"], mail().subject.as_str());
    assert_eq!(read["type"], "text/plain; utf-8");
    assert_eq!(read["body"].as_str().map(str::trim_end), Some(mail().body.trim_end()), "dots and all");
    assert_eq!(read["auto"], serde_json::Value::Null, "a person wrote it");
}

fn read_by_python(folder: &Path, message: &str) -> serde_json::Value {
    const READER: &str = "import sys,json,email,email.policy,email.utils as u\n\
        m=email.message_from_bytes(open(sys.argv[1],'rb').read(),policy=email.policy.default)\n\
        a=lambda n:[m[n].addresses[0].display_name,m[n].addresses[0].addr_spec]\n\
        print(json.dumps({'Message-ID':m['Message-ID'],'Date':m['Date'],'From':a('From'),'To':a('To'),\
        'Subject':m['Subject'],'type':m.get_content_type()+'; '+m.get_content_charset(),'body':m.get_content().replace(chr(13),''),\
        'auto':m['Auto-Submitted'],'bcc':m['Bcc'],'headers':len(m.items())}))";
    let file = folder.join("message.eml");
    std::fs::write(&file, message).expect("written");
    let output = Command::new(PYTHON).arg("-c").arg(READER).arg(&file).output().expect("python3 runs");
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
}

#[tokio::test]
async fn no_header_can_be_smuggled_in() {
    let folder = tempfile::tempdir().expect("a folder");
    let there = MailBox::start(folder.path(), &[]);
    let hostile = "x\r\nBcc: all@example.com\r\n\r\nhello";
    for (place, mail) in [
        ("name", OutgoingMail { to_name: hostile.into(), ..mail() }),
        ("subject", OutgoingMail { subject: hostile.into(), ..mail() }),
    ] {
        let before = there.took().len();
        let answer = Smtp::default().send(&server_at(there.port), None, &mail).await;
        let took = there.took();
        if matches!(answer, MailAnswer::Refused { .. }) {
            assert_eq!(took.len(), before, "{place}");
            continue;
        }
        let read = read_by_python(folder.path(), took[before]["message"].as_str().expect("a message"));
        assert_eq!(read["bcc"], serde_json::Value::Null, "{place}: {took:?}");
        assert_eq!(read["body"].as_str().map(str::trim_end), Some(mail.body.trim_end()), "{place}");
        assert_eq!(took[before]["to"], serde_json::json!(["rania@example.com"]), "{place}");
    }
    let to = OutgoingMail { to_address: "a@example.com>\r\nRCPT TO:<b@example.com".into(), ..mail() };
    let answer = Smtp::default().send(&server_at(there.port), None, &to).await;
    assert!(matches!(answer, MailAnswer::Refused { .. }), "{answer:?}");
}

#[tokio::test]
async fn each_fault_at_each_phase_is_known_for_what_it_is() {
    for phase in PHASES {
        for what in ["slow", "hang-up"] {
            let mut arguments = vec!["--at", phase, "--do", what];
            if phase == "auth" {
                arguments.extend(["--user", "office", "--password", "right-horse"]);
            }
            let (answer, took) = sent(&arguments).await;
            assert_eq!(took, 0, "{phase} {what}");
            match phase {
                "end" => assert!(matches!(answer, MailAnswer::Unsure { .. }), "{phase} {what}: {answer:?}"),
                "connect" | "ehlo" | "auth" => assert!(
                    matches!(answer, MailAnswer::Closed { needs_somebody: false, .. }),
                    "{phase} {what}: {answer:?}"
                ),
                _ => assert!(matches!(answer, MailAnswer::Later { .. }), "{phase} {what}: {answer:?}"),
            }
        }
    }
}

#[tokio::test]
async fn what_the_server_says_is_passed_on_and_taken_for_what_it_means() {
    for phase in ["mail", "rcpt", "data", "end"] {
        let (later, _) = sent(&["--at", phase, "--do", "451 4.7.1 come back in a minute"]).await;
        assert!(
            matches!(&later, MailAnswer::Later { said } if said.contains("come back in a minute")),
            "{phase}: {later:?}"
        );
        let (no, took) = sent(&["--at", phase, "--do", "554 5.7.1 we want none of this"]).await;
        assert!(
            matches!(&no, MailAnswer::Refused { said, unknown_address: false } if said.contains("we want none of this")),
            "{phase}: {no:?}"
        );
        assert_eq!(took, 0);
    }
    let (unknown, _) = sent(&["--at", "rcpt", "--do", "550 5.1.1 no such user here"]).await;
    assert!(matches!(&unknown, MailAnswer::Refused { unknown_address: true, .. }), "{unknown:?}");
    let (closed, _) = sent(&["--at", "connect", "--do", "554 not today"]).await;
    assert!(matches!(&closed, MailAnswer::Closed { .. }), "{closed:?}");
    let (odd, _) = sent(&["--at", "end", "--do", "354 go on"]).await;
    assert!(matches!(&odd, MailAnswer::Unsure { .. }), "an answer that is none: {odd:?}");
}

#[tokio::test]
async fn what_was_taken_without_an_answer_is_unsure() {
    for what in ["take-and-hang-up", "take-and-wait"] {
        let (answer, took) = sent(&["--at", "end", "--do", what]).await;
        assert!(matches!(answer, MailAnswer::Unsure { .. }), "{what}: {answer:?}");
        assert_eq!(took, 1, "{what}");
    }
}

#[tokio::test]
async fn nobody_there_is_tried_again_later() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("its address").port();
    let answer = Smtp::default().send(&server_at(closed), None, &mail()).await;
    assert!(
        matches!(&answer, MailAnswer::Closed { said, needs_somebody: false } if said.contains("cannot be reached"))
    );
    let nowhere = MailServer { host: "no-such-host.invalid".into(), ..server_at(25) };
    let answer = impatient().send(&nowhere, None, &mail()).await;
    assert!(matches!(answer, MailAnswer::Closed { needs_somebody: false, .. }), "{answer:?}");
}

#[tokio::test]
async fn a_wrong_password_is_somebodys_matter_and_is_not_repeated() {
    let folder = tempfile::tempdir().expect("a folder");
    let there = MailBox::start(folder.path(), &["--user", "office", "--password", "right-horse"]);
    let server = MailServer { user_name: "office".into(), ..server_at(there.port) };
    let wrong = Smtp::default().send(&server, Some(&Password::from("wrong-horse")), &mail()).await;
    match &wrong {
        MailAnswer::Closed { said, needs_somebody: true } => assert!(!said.contains("wrong-horse"), "{said}"),
        other => panic!("{other:?}"),
    }
    assert_eq!(there.took().len(), 0);
    let right = Smtp::default().send(&server, Some(&Password::from("right-horse")), &mail()).await;
    assert!(matches!(right, MailAnswer::Taken { .. }), "{right:?}");
    let none_offered = MailBox::start(folder.path(), &[]);
    let server = MailServer { user_name: "office".into(), ..server_at(none_offered.port) };
    let answer = Smtp::default().send(&server, Some(&Password::from("x")), &mail()).await;
    assert!(matches!(answer, MailAnswer::Closed { needs_somebody: true, .. }), "{answer:?}");
}

#[tokio::test]
async fn without_encryption_that_holds_nothing_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let [cert, key] = certificate(folder.path());
    for (security, arguments) in [
        (MailSecurity::Tls, vec!["--tls", &cert, &key]),
        (MailSecurity::Starttls, vec!["--starttls", &cert, &key]),
        (MailSecurity::Starttls, vec![]),
        (MailSecurity::Tls, vec![]),
    ] {
        let there = MailBox::start(folder.path(), &arguments);
        let server = MailServer { security, ..server_at(there.port) };
        let answer = Smtp::default().send(&server, None, &mail()).await;
        assert!(matches!(answer, MailAnswer::Closed { .. }), "{security:?} {arguments:?}: {answer:?}");
        assert_eq!(there.took().len(), 0, "{security:?} {arguments:?}");
    }
}
