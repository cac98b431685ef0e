//! The app with its window: composed here, and brought back, hidden and closed here.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use tauri::{AppHandle, DragDropEvent, Manager as _, RunEvent, WebviewUrl, WebviewWindowBuilder, WindowEvent};
use tauri_plugin_window_state::{AppHandleExt as _, StateFlags};
use tauri_specta::Event as _;
use wellmet_core::host::Host;

use crate::clipboard::Clipboard;
use crate::desk::Desk;
use crate::events::{FileDropped, GoTo, GoToAsked};
use crate::notifier::{About, DesktopNotifier, Note, Notifier, Press};
use crate::tray::Tray;
use crate::{cli, clock, commands, folders, following, logging, reminding, secrets, sending};

const MAIN: &str = "main";
const KEPT_OF_THE_WINDOW: StateFlags = StateFlags::SIZE.union(StateFlags::POSITION).union(StateFlags::MAXIMIZED);
/// Longer than the last write takes; a disk that hangs does not keep the session from ending.
const CLOSING_TAKES_AT_MOST: Duration = Duration::from_secs(5);

pub struct Start {
    pub book: PathBuf,
    /// Without showing the window: as the session begins.
    pub hidden: bool,
}

/// Runs until someone quits.
pub fn run(start: Start) -> ExitCode {
    let Ok(logs) = folders::logs() else { return no_home() };
    let _logs = logging::to_files(&logs);
    logging::log_panics();
    if let Err(why) = ready_for_a_window() {
        tell(&why);
        return ExitCode::FAILURE;
    }
    tracing::info!(version = env!("CARGO_PKG_VERSION"), book = %start.book.display(), "Wellmet starts");
    match compose(&start) {
        Ok(app) => {
            app.run(|app, event| {
                if matches!(event, RunEvent::Exit) {
                    close(app);
                }
            });
            ExitCode::SUCCESS
        }
        Err(error) => {
            tracing::error!(%error, "Wellmet could not start");
            tell(&format!("Wellmet could not start: {error}. Its log is in {}.", logs.display()));
            ExitCode::FAILURE
        }
    }
}

fn compose(start: &Start) -> tauri::Result<tauri::App> {
    let host = Host { clock: clock::clock(), secrets: Arc::new(secrets::Keyring::default()) };
    let desk = Desk::new(&start.book, host);
    let specta = commands::builder();
    let hidden = start.hidden;
    tauri::Builder::default()
        // First, so that a second start has no effect but this one.
        .plugin(only_one(start))
        .plugin(tauri_plugin_window_state::Builder::new().with_state_flags(KEPT_OF_THE_WINDOW).build())
        .plugin(tauri_plugin_autostart::Builder::new().args(arguments_of_autostart(start)).build())
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_opener::init())
        .manage(desk.clone())
        .manage(Clipboard::default())
        .manage(sending::Held::default())
        .manage(following::CalendarFaults::default())
        .invoke_handler(specta.invoke_handler())
        .on_window_event(|window, event| match event {
            WindowEvent::CloseRequested { api, .. } if window.label() == MAIN => {
                let app = window.app_handle();
                if app.state::<Staying>().can_come_back {
                    api.prevent_close();
                    hide(app);
                } else {
                    // Nothing could bring it back: no bus by which a second start would reach this one.
                    app.exit(0);
                }
            }
            WindowEvent::DragDrop(DragDropEvent::Drop { paths, .. }) => {
                if let Some(path) = paths.first() {
                    let _ = FileDropped { path: path.display().to_string() }.emit(window.app_handle());
                }
            }
            _ => {}
        })
        .setup(move |app| {
            specta.mount_events(app);
            let app = app.handle();
            begin(app, &desk)?;
            main_window(app, hidden)?;
            Ok(())
        })
        .build(tauri::generate_context!())
}

/// Whatever lives as long as the app: the book being opened, reminders, what the window and the tray are told.
fn begin(app: &AppHandle, desk: &Desk) -> Result<(), Box<dyn std::error::Error>> {
    let notifier: Arc<dyn Notifier> = Arc::new(notifier(app, desk)?);
    app.manage(Staying { can_come_back: a_second_start_reaches_us(), notifier: notifier.clone() });
    let tray = Tray::build(app);
    let opening = desk.clone();
    tauri::async_runtime::spawn(async move {
        let mut opened = opening.open(None).await;
        if opened.as_ref().is_err_and(|error| cli::opening::wants_words(error.code))
            && let Some(words) = cli::opening::words_at_hand()
        {
            opened = opening.open(Some(words)).await;
        }
        // Where neither opens it, the window asks.
        if let Err(error) = opened {
            tracing::info!(code = ?error.code, "the book is not open yet");
        }
    });
    tauri::async_runtime::spawn(reminding::run(desk.clone(), notifier));
    tauri::async_runtime::spawn(following::run(app.clone(), desk.clone(), tray));
    tauri::async_runtime::spawn(sending::run(app.clone(), desk.clone()));
    #[cfg(unix)]
    quit_at_signals(app);
    Ok(())
}

#[cfg(target_os = "linux")]
fn notifier(app: &AppHandle, desk: &Desk) -> Result<DesktopNotifier, String> {
    let (app, desk) = (app.clone(), desk.clone());
    Ok(DesktopNotifier::new(Some(Box::new(move |press, about| pressed(&app, &desk, press, about)))))
}

#[cfg(not(target_os = "linux"))]
fn notifier(app: &AppHandle, desk: &Desk) -> Result<DesktopNotifier, String> {
    let (handle, desk) = (app.clone(), desk.clone());
    DesktopNotifier::new(app, Box::new(move |press, about| pressed(&handle, &desk, press, about)))
}

fn main_window(app: &AppHandle, hidden: bool) -> Result<(), Box<dyn std::error::Error>> {
    WebviewWindowBuilder::new(app, MAIN, WebviewUrl::default())
        .title("Wellmet")
        .inner_size(1280.0, 800.0)
        .min_inner_size(720.0, 480.0)
        .visible(!hidden)
        .data_directory(folders::data()?.join("webview"))
        .build()?;
    Ok(())
}

/// What the end of the window's day needs.
struct Staying {
    can_come_back: bool,
    notifier: Arc<dyn Notifier>,
}

/// Brings the window back, from wherever it is.
pub fn show(app: &AppHandle) {
    let Some(window) = app.get_webview_window(MAIN) else { return };
    let shown = window.show().and_then(|()| window.unminimize()).and_then(|()| window.set_focus());
    if let Err(error) = shown {
        tracing::warn!(%error, "the window did not come back");
    }
}

/// Shows the window, and there this: at once, or once somebody has opened the book and signed in.
pub fn go(app: &AppHandle, to: GoTo) {
    app.state::<Desk>().ask_to_go(to);
    show(app);
    // A page that does not listen yet asks when it is there.
    let _ = GoToAsked.emit(app);
}

fn hide(app: &AppHandle) {
    let Some(window) = app.get_webview_window(MAIN) else { return };
    let _ = app.save_window_state(KEPT_OF_THE_WINDOW);
    if let Err(error) = window.hide() {
        tracing::warn!(%error, "the window did not hide");
        return;
    }
    let notifier = app.state::<Staying>().notifier.clone();
    tauri::async_runtime::spawn_blocking(move || tell_once_that_we_stay(notifier.as_ref()));
}

/// The first time that the window is closed on this computer: that Wellmet goes on, how to come back, how to quit.
fn tell_once_that_we_stay(notifier: &dyn Notifier) {
    let Ok(mark) = folders::settings().map(|folder| folder.join("told-that-it-stays")) else { return };
    if mark.exists() {
        return;
    }
    let back = if a_tray_is_shown() { "It is in the tray" } else { "Start Wellmet again to see it" };
    let note = Note {
        title: "Wellmet goes on reminding".into(),
        body: format!("{back}. To quit, press Ctrl+Q in its window."),
        about: About::StillHere,
    };
    if notifier.show(note).is_ok() {
        let _ = std::fs::create_dir_all(mark.parent().unwrap_or(&mark)).and_then(|()| std::fs::write(&mark, ""));
    }
}

/// Someone pressed a notification.
fn pressed(app: &AppHandle, desk: &Desk, press: Press, about: About) {
    let (app, desk) = (app.clone(), desk.clone());
    tauri::async_runtime::spawn(async move {
        let About::Reminders(notice) = about else {
            show(&app);
            return;
        };
        if press == Press::Open {
            go(&app, GoTo::Notice(notice.opens.clone()));
        }
        let done = async {
            let (book, actor) = (desk.book().await?, desk.whoever().await);
            match press {
                Press::Open => reminding::see(&book, actor, &notice).await,
                Press::Snooze => reminding::snooze(&book, actor, &notice).await,
            }
        };
        if let Err(error) = done.await {
            tracing::error!(%error, "a press on a notification came to nothing");
        }
    });
}

/// One window a book: a second start shows the first one's.
fn only_one(start: &Start) -> tauri::plugin::TauriPlugin<tauri::Wry> {
    tauri_plugin_single_instance::Builder::new()
        .dbus_id(bus_name_of(start))
        .callback(|app, arguments, _folder| {
            if !arguments.iter().any(|argument| argument == "--hidden") {
                show(app);
            }
        })
        .build()
}

fn bus_name_of(start: &Start) -> String {
    use std::hash::{DefaultHasher, Hash as _, Hasher as _};
    if is_usual(start) {
        return folders::IDENTIFIER.into();
    }
    let folder = std::fs::canonicalize(&start.book).unwrap_or_else(|_| start.book.clone());
    let mut hasher = DefaultHasher::new();
    folder.hash(&mut hasher);
    format!("{}.book{:016x}", folders::IDENTIFIER, hasher.finish())
}

fn is_usual(start: &Start) -> bool {
    folders::book(None).is_ok_and(|usual| usual == start.book)
}

fn arguments_of_autostart(start: &Start) -> Vec<String> {
    let mut arguments = vec!["--hidden".to_owned()];
    if !is_usual(start) {
        arguments.extend(["--book".to_owned(), start.book.display().to_string()]);
    }
    arguments
}

fn close(app: &AppHandle) {
    app.state::<Clipboard>().take_off_all();
    let desk = app.state::<Desk>().inner().clone();
    let closed =
        tauri::async_runtime::block_on(async move { tokio::time::timeout(CLOSING_TAKES_AT_MOST, desk.close()).await });
    match closed {
        Ok(()) => tracing::info!("Wellmet ends"),
        // What was acknowledged is on disk; the rest of the edit never was.
        Err(_) => tracing::warn!("Wellmet ends in the middle of something"),
    }
}

/// The end of a session, and a `kill` without a number, quit as Ctrl+Q does.
#[cfg(unix)]
fn quit_at_signals(app: &AppHandle) {
    use tokio::signal::unix::{SignalKind, signal};
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let (Ok(mut end), Ok(mut stop), Ok(mut hang_up)) =
            (signal(SignalKind::terminate()), signal(SignalKind::interrupt()), signal(SignalKind::hangup()))
        else {
            return;
        };
        tokio::select! {
            _ = end.recv() => {}
            _ = stop.recv() => {}
            _ = hang_up.recv() => {}
        }
        app.exit(0);
    });
}

#[cfg(target_os = "linux")]
fn a_second_start_reaches_us() -> bool {
    zbus::blocking::Connection::session().is_ok()
}

#[cfg(not(target_os = "linux"))]
fn a_second_start_reaches_us() -> bool {
    true
}

#[cfg(target_os = "linux")]
fn a_tray_is_shown() -> bool {
    let asked = || -> zbus::Result<bool> {
        let connection = zbus::blocking::Connection::session()?;
        let bus = zbus::blocking::fdo::DBusProxy::new(&connection)?;
        Ok(bus.name_has_owner("org.kde.StatusNotifierWatcher".try_into()?)?)
    };
    asked().unwrap_or(false)
}

#[cfg(not(target_os = "linux"))]
fn a_tray_is_shown() -> bool {
    true
}

/// Before GTK starts, and before there is a second thread.
#[cfg(target_os = "linux")]
fn ready_for_a_window() -> Result<(), String> {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if !is_set("DISPLAY") && !is_set("WAYLAND_DISPLAY") {
        return Err("There is no screen to show a window on. `wellmet --help` tells what works without one.".into());
    }
    // Blank windows on some graphics drivers otherwise; whoever set it knows better.
    if std::env::var_os("WEBKIT_DISABLE_DMABUF_RENDERER").is_none() {
        // SAFETY: no other thread of this process reads or writes the environment: GTK, WebKit and the runtime start
        // later, and the thread that writes the log does neither.
        #[allow(unsafe_code)]
        unsafe {
            std::env::set_var("WEBKIT_DISABLE_DMABUF_RENDERER", "1");
        }
    }
    give_memory_back();
    Ok(())
}

/// What a list of a million took goes back to the system when it is put away. glibc learns from the first such list to take
/// the next one from where it cannot be given back; a bound that is set is not learnt.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn give_memory_back() {
    use std::ffi::c_int;
    const M_MMAP_THRESHOLD: c_int = -3;
    #[allow(unsafe_code)]
    unsafe extern "C" {
        fn mallopt(parameter: c_int, value: c_int) -> c_int;
    }
    // SAFETY: it sets a number of the allocator, which may be done at any time.
    #[allow(unsafe_code)]
    let _ = unsafe { mallopt(M_MMAP_THRESHOLD, 1 << 20) };
}

#[cfg(all(target_os = "linux", not(target_env = "gnu")))]
fn give_memory_back() {}

#[cfg(not(target_os = "linux"))]
fn ready_for_a_window() -> Result<(), String> {
    Ok(())
}

fn no_home() -> ExitCode {
    tell("This account has no home folder (HOME is not set), so there is nowhere to keep logs and settings.");
    ExitCode::FAILURE
}

/// For whoever started us from a terminal.
fn tell(words: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr(), "{words}");
}
