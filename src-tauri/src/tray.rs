//! The tray: a way in, and how much waits. Never the only way back, since many desktops show no tray.

use tauri::image::Image;
use tauri::menu::{Menu, MenuItem, PredefinedMenuItem};
use tauri::tray::{MouseButton, MouseButtonState, TrayIcon, TrayIconBuilder, TrayIconEvent};
use tauri::{AppHandle, Wry};

use crate::events::GoTo;
use crate::window;

pub struct Tray {
    icon: TrayIcon<Wry>,
    today: MenuItem<Wry>,
}

/// How much waits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    pub late: u32,
    /// Told, and not yet seen.
    pub unseen: u32,
}

const ICON: Image<'_> = if cfg!(target_os = "macos") {
    tauri::include_image!("src-tauri/icons/tray-template.png")
} else {
    tauri::include_image!("src-tauri/icons/tray.png")
};

impl Tray {
    /// `None` where this desktop has no library for it.
    pub fn build(app: &AppHandle) -> Option<Self> {
        // The indicator library is loaded by name, and its binding panics where there is none.
        let built = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| Self::try_build(app)));
        match built {
            Ok(Ok(tray)) => Some(tray),
            Ok(Err(error)) => {
                tracing::warn!(%error, "no tray");
                None
            }
            Err(_) => None,
        }
    }

    fn try_build(app: &AppHandle) -> tauri::Result<Self> {
        let open = MenuItem::with_id(app, "open", "Open Wellmet", true, None::<&str>)?;
        let capture = MenuItem::with_id(app, "capture", "A message…", true, None::<&str>)?;
        let incoming = MenuItem::with_id(app, "incoming", "Someone is ringing…", true, None::<&str>)?;
        let today = MenuItem::with_id(app, "today", today_words(Waiting::default()), true, None::<&str>)?;
        let quit = MenuItem::with_id(app, "quit", "Quit", true, None::<&str>)?;
        let line = PredefinedMenuItem::separator(app)?;
        let menu = Menu::with_items(app, &[&open, &capture, &incoming, &today, &line, &quit])?;
        let icon = TrayIconBuilder::with_id("wellmet")
            .icon(ICON)
            .icon_as_template(true)
            .tooltip("Wellmet")
            .menu(&menu)
            .show_menu_on_left_click(cfg!(target_os = "linux"))
            .on_menu_event(|app, event| match event.id().as_ref() {
                "open" => window::show(app),
                "capture" => window::go(app, GoTo::Capture),
                "incoming" => window::go(app, GoTo::Incoming),
                "today" => window::go(app, GoTo::Today),
                "quit" => app.exit(0),
                _ => {}
            })
            .on_tray_icon_event(|tray, event| {
                if let TrayIconEvent::Click { button: MouseButton::Left, button_state: MouseButtonState::Up, .. } =
                    event
                {
                    window::show(tray.app_handle());
                }
            })
            .build(app)?;
        Ok(Self { icon, today })
    }

    pub fn tell(&self, waiting: Waiting) {
        let told =
            self.today.set_text(today_words(waiting)).and_then(|()| self.icon.set_tooltip(Some(tooltip(waiting))));
        if let Err(error) = told {
            tracing::debug!(%error, "the tray was not told");
        }
    }
}

fn today_words(waiting: Waiting) -> String {
    match waiting.late {
        0 => "Today".into(),
        late => format!("Today ({late} late)"),
    }
}

fn tooltip(waiting: Waiting) -> String {
    match waiting.unseen {
        0 => "Wellmet".into(),
        1 => "Wellmet: 1 reminder".into(),
        unseen => format!("Wellmet: {unseen} reminders"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tray_counts() {
        assert_eq!(today_words(Waiting { late: 0, unseen: 3 }), "Today");
        assert_eq!(today_words(Waiting { late: 3, unseen: 0 }), "Today (3 late)");
        assert_eq!(tooltip(Waiting { late: 3, unseen: 1 }), "Wellmet: 1 reminder");
        assert_eq!(tooltip(Waiting { late: 3, unseen: 2 }), "Wellmet: 2 reminders");
    }
}
