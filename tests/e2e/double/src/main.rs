//! Owns `org.freedesktop.Notifications` on the session bus, as a desktop would.
//!
//! Each notification is a line of JSON on stdout; each line of JSON on stdin is something that a person does with one:
//! `{"press": {"id": 1, "action": "default"}}` or `{"dismiss": {"id": 1}}`. The end of stdin is the end of the double.
//! With `--without-actions` it is a desktop that shows no buttons.
#![allow(clippy::print_stdout, reason = "its answers are its output")]

use std::collections::HashMap;
use std::io::BufRead;
use std::sync::atomic::{AtomicU32, Ordering};

use serde::Deserialize;
use serde_json::json;
use zbus::blocking::connection;
use zbus::object_server::SignalEmitter;
use zbus::zvariant::OwnedValue;

const PATH: &str = "/org/freedesktop/Notifications";
const DISMISSED_BY_THE_PERSON: u32 = 2;
const CLOSED_BY_THE_APP: u32 = 3;

/// <https://specifications.freedesktop.org/notification-spec/1.2/>
struct Desktop {
    last_id: AtomicU32,
    shows_actions: bool,
}

#[zbus::interface(name = "org.freedesktop.Notifications")]
impl Desktop {
    #[allow(clippy::too_many_arguments, reason = "the specification's signature")]
    fn notify(
        &self,
        app_name: &str,
        replaces_id: u32,
        _app_icon: &str,
        summary: &str,
        body: &str,
        actions: Vec<String>,
        hints: HashMap<String, OwnedValue>,
        expire_timeout: i32,
    ) -> u32 {
        let id = if replaces_id == 0 { self.last_id.fetch_add(1, Ordering::SeqCst) + 1 } else { replaces_id };
        let buttons: Vec<_> = actions.chunks(2).map(|pair| json!({ "key": pair[0], "label": pair.get(1) })).collect();
        let urgency = hints.get("urgency").and_then(|value| u8::try_from(value).ok());
        say(&json!({ "notification": {
            "id": id, "replaces": replaces_id, "app": app_name, "summary": summary, "body": body,
            "actions": buttons, "urgency": urgency, "timeout_ms": expire_timeout,
        }}));
        id
    }

    async fn close_notification(
        &self,
        id: u32,
        #[zbus(signal_emitter)] emitter: SignalEmitter<'_>,
    ) -> zbus::fdo::Result<()> {
        say(&json!({ "closed": { "id": id } }));
        Ok(emitter.notification_closed(id, CLOSED_BY_THE_APP).await?)
    }

    fn get_capabilities(&self) -> Vec<&'static str> {
        if self.shows_actions { vec!["actions", "body", "persistence"] } else { vec!["body"] }
    }

    fn get_server_information(&self) -> (&'static str, &'static str, &'static str, &'static str) {
        ("wellmet-notification-double", "Wellmet", env!("CARGO_PKG_VERSION"), "1.2")
    }

    #[zbus(signal)]
    async fn notification_closed(emitter: &SignalEmitter<'_>, id: u32, reason: u32) -> zbus::Result<()>;

    #[zbus(signal)]
    async fn action_invoked(emitter: &SignalEmitter<'_>, id: u32, action_key: &str) -> zbus::Result<()>;
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Hand {
    Press { id: u32, action: String },
    Dismiss { id: u32 },
}

fn say(line: &serde_json::Value) {
    println!("{line}");
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let shows_actions = !std::env::args().any(|argument| argument == "--without-actions");
    let desktop = Desktop { last_id: AtomicU32::new(0), shows_actions };
    let bus =
        connection::Builder::session()?.serve_at(PATH, desktop)?.name("org.freedesktop.Notifications")?.build()?;
    say(&json!({ "ready": true }));

    let emitter = SignalEmitter::new(bus.inner(), PATH)?;
    for line in std::io::stdin().lock().lines() {
        zbus::block_on(async {
            match serde_json::from_str(&line?)? {
                Hand::Press { id, action } => {
                    emitter.action_invoked(id, &action).await?;
                    emitter.notification_closed(id, DISMISSED_BY_THE_PERSON).await?;
                }
                Hand::Dismiss { id } => emitter.notification_closed(id, DISMISSED_BY_THE_PERSON).await?,
            }
            Ok::<_, Box<dyn std::error::Error>>(())
        })?;
    }
    Ok(())
}
