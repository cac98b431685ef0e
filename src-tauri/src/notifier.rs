//! Native notifications.
//!
//! On Linux this speaks to the desktop's notification service itself (Desktop Notifications Specification 1.2) rather
//! than through Tauri's plugin: the plugin does not tell whether a notification was shown, never tries again after a
//! bus that was not there yet, does not escape what people said where a service reads markup, and needs an app, which
//! `wellmet remind --once` has not.

use wellmet_core::promises::reminders::Notice;

/// What a notification is about, and so what a press on it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    Reminders(Notice),
    /// The window was closed, and Wellmet goes on.
    StillHere,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Press {
    /// Its *Open*, or the notification itself.
    Open,
    Snooze,
}

pub type Pressed = Box<dyn Fn(Press, About) + Send + Sync>;

/// One notification, in words.
pub struct Note {
    pub title: String,
    pub body: String,
    pub about: About,
}

impl Note {
    pub fn of(notice: Notice) -> Self {
        Self { title: notice.title.clone(), body: notice.body.clone(), about: About::Reminders(notice) }
    }
}

/// Something that shows notes, and says why where it cannot.
pub trait Notifier: Send + Sync {
    fn show(&self, note: Note) -> Result<(), String>;
}

const OPEN: &str = "open";
const SNOOZE: &str = "snooze";

#[cfg(target_os = "linux")]
pub use linux::DesktopNotifier;
#[cfg(not(target_os = "linux"))]
pub use plugin::DesktopNotifier;

#[cfg(target_os = "linux")]
mod linux {
    use std::collections::HashMap;
    use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
    use std::time::Duration;

    use zbus::blocking::connection::Builder;
    use zbus::blocking::{Connection, MessageIterator};
    use zbus::zvariant::Value;
    use zbus::{MatchRule, message};

    use super::{About, Note, Notifier, OPEN, Press, Pressed, SNOOZE};

    const NAME: &str = "org.freedesktop.Notifications";
    const PATH: &str = "/org/freedesktop/Notifications";
    const NORMAL: u8 = 1;
    const LIMIT: Duration = Duration::from_secs(10);

    pub struct DesktopNotifier {
        shared: Arc<Shared>,
        connection: Mutex<Option<Connection>>,
    }

    struct Shared {
        /// Without a listener a note has no buttons: nothing would hear them.
        pressed: Option<Pressed>,
        /// What the service still shows, by its number.
        shown: Mutex<HashMap<u32, About>>,
    }

    fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
        mutex.lock().unwrap_or_else(PoisonError::into_inner)
    }

    impl DesktopNotifier {
        pub fn new(pressed: Option<Pressed>) -> Self {
            let shared = Shared { pressed, shown: Mutex::new(HashMap::new()) };
            Self { shared: Arc::new(shared), connection: Mutex::new(None) }
        }
    }

    impl Notifier for DesktopNotifier {
        fn show(&self, note: Note) -> Result<(), String> {
            let mut kept = lock(&self.connection);
            let connection = match kept.take() {
                Some(connection) => connection,
                None => connect(&self.shared).map_err(|error| error.to_string())?,
            };
            // A connection that failed is not kept: the next note finds a bus or a service that came back.
            send(&connection, &self.shared, note).map_err(|error| error.to_string())?;
            *kept = Some(connection);
            Ok(())
        }
    }

    /// One connection for all notes: some services close a note with the connection that sent it, and some tell its
    /// buttons to that connection alone. The signals are asked for before the first note, so that none is missed.
    fn connect(shared: &Arc<Shared>) -> zbus::Result<Connection> {
        let connection = Builder::session()?.method_timeout(LIMIT).build()?;
        if shared.pressed.is_some() {
            let rule = MatchRule::builder().msg_type(message::Type::Signal).path(PATH)?.interface(NAME)?.build();
            let signals = MessageIterator::for_match_rule(rule, &connection, None)?;
            let shared = Arc::downgrade(shared);
            std::thread::Builder::new()
                .name("notifications".into())
                .spawn(move || listen(signals, &shared))
                .map_err(|error| zbus::Error::InputOutput(Arc::new(error)))?;
        }
        Ok(connection)
    }

    fn send(connection: &Connection, shared: &Shared, note: Note) -> zbus::Result<()> {
        let capabilities: Vec<String> =
            connection.call_method(Some(NAME), PATH, Some(NAME), "GetCapabilities", &())?.body().deserialize()?;
        let markup = capabilities.iter().any(|capability| capability == "body-markup");
        let body = if markup { escaped(&note.body) } else { note.body };
        let actions: &[&str] = match (&shared.pressed, &note.about) {
            (None, _) => &[],
            (Some(_), About::Reminders(_)) => &["default", "Open", OPEN, "Open", SNOOZE, "Snooze for an hour"],
            (Some(_), About::StillHere) => &["default", "Open", OPEN, "Open"],
        };
        let mut hints: HashMap<&str, Value<'_>> = HashMap::from([("urgency", Value::from(NORMAL))]);
        if shared.pressed.is_some() {
            // GNOME takes the notes of a named app away with its process; those of the command line are to stay.
            hints.insert("desktop-entry", Value::from("Wellmet"));
        }
        let arguments = ("Wellmet", 0u32, "wellmet", note.title, body, actions, hints, -1i32);
        // Held over the call, so that a press that comes before its number is known waits for it.
        let mut shown = lock(&shared.shown);
        let number: u32 =
            connection.call_method(Some(NAME), PATH, Some(NAME), "Notify", &arguments)?.body().deserialize()?;
        shown.insert(number, note.about);
        Ok(())
    }

    fn listen(signals: MessageIterator, shared: &Weak<Shared>) {
        for signal in signals.flatten() {
            let Some(shared) = shared.upgrade() else { return };
            let header = signal.header();
            match header.member().map(|member| member.as_str()) {
                Some("ActionInvoked") => {
                    let Ok((number, action)) = signal.body().deserialize::<(u32, String)>() else { continue };
                    let press = match action.as_str() {
                        "default" | OPEN => Press::Open,
                        SNOOZE => Press::Snooze,
                        _ => continue,
                    };
                    // Once: a second press on the same note is a slip of the hand.
                    let about = lock(&shared.shown).remove(&number);
                    if let (Some(about), Some(pressed)) = (about, &shared.pressed) {
                        pressed(press, about);
                    }
                }
                Some("NotificationClosed") => {
                    if let Ok((number, _why)) = signal.body().deserialize::<(u32, u32)>() {
                        lock(&shared.shown).remove(&number);
                    }
                }
                _ => {}
            }
        }
    }

    fn escaped(words: &str) -> String {
        words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
    }

    #[cfg(test)]
    mod tests {
        #[test]
        fn what_people_say_is_not_markup() {
            assert_eq!(super::escaped("AT&T said <b>no</b>"), "AT&amp;T said &lt;b&gt;no&lt;/b&gt;");
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod plugin {
    use std::collections::HashMap;
    use std::sync::atomic::{AtomicI32, Ordering};
    use std::sync::{Arc, Mutex, PoisonError};

    use tauri_plugin_notification::{Action, ActionType, NotificationExt as _};

    use super::{About, Note, Notifier, OPEN, Press, Pressed, SNOOZE};

    pub struct DesktopNotifier {
        app: tauri::AppHandle,
        shown: Arc<Mutex<HashMap<i32, About>>>,
        last: AtomicI32,
    }

    impl DesktopNotifier {
        pub fn new(app: &tauri::AppHandle, pressed: Pressed) -> Result<Self, String> {
            let said = |error: tauri_plugin_notification::Error| error.to_string();
            let notifications = app.notification();
            let open = || Action::builder(OPEN, "Open").build();
            let snooze = Action::builder(SNOOZE, "Snooze for an hour").build();
            notifications
                .register_action_types(vec![
                    ActionType::builder("reminders").actions(vec![open(), snooze]).build(),
                    ActionType::builder("still_here").actions(vec![open()]).build(),
                ])
                .map_err(said)?;
            let shown: Arc<Mutex<HashMap<i32, About>>> = Arc::default();
            let known = shown.clone();
            notifications
                .on_action(move |performed| {
                    let press = match performed.action_id() {
                        "tap" | OPEN => Press::Open,
                        SNOOZE => Press::Snooze,
                        _ => return,
                    };
                    let Some(number) = performed.notification().map(|notification| notification.id()) else { return };
                    let about = known.lock().unwrap_or_else(PoisonError::into_inner).remove(&number);
                    if let Some(about) = about {
                        pressed(press, about);
                    }
                })
                .map_err(said)?;
            Ok(Self { app: app.clone(), shown, last: AtomicI32::new(0) })
        }
    }

    impl Notifier for DesktopNotifier {
        fn show(&self, note: Note) -> Result<(), String> {
            let number = self.last.fetch_add(1, Ordering::Relaxed);
            let kind = match note.about {
                About::Reminders(_) => "reminders",
                About::StillHere => "still_here",
            };
            self.shown.lock().unwrap_or_else(PoisonError::into_inner).insert(number, note.about);
            let builder = self.app.notification().builder().id(number).title(note.title).body(note.body);
            builder.action_type_id(kind).show().map_err(|error| error.to_string())
        }
    }
}
