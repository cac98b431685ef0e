//! What the window may ask: a file an area, a line a command. Everything is done in the core.

pub mod book;
pub mod calls;
pub mod exchange;
pub mod people;
pub mod promises;
pub mod team;

use tauri_specta::{Builder, collect_commands, collect_events};

use crate::events::{BookChanged, FileDropped, GoTo, ImportProgressed};

/// All commands and events, for Tauri and for the generated types.
pub fn builder() -> Builder<tauri::Wry> {
    Builder::<tauri::Wry>::new()
        .commands(collect_commands![
            book::book_status,
            book::countries,
            book::create_book,
            book::open_book,
            book::unlock_book,
            book::restore_last_backup,
            book::back_up,
            book::check_book,
            book::set_passphrase,
            book::renew_recovery_key,
            book::undo_last,
            book::redo_last,
            book::undo_edit,
            book::last_edits,
            people::people,
            people::person,
            people::create_person,
            people::change_person,
            people::remove_person,
            people::add_reach,
            people::change_reach,
            people::remove_reach,
            people::set_consent,
            people::add_fact,
            people::remove_fact,
            people::add_tag,
            people::give_role,
            people::history,
            people::restore_field,
            promises::today,
            promises::counts,
            promises::promises_of,
            promises::make_promise,
            promises::keep_promise,
            promises::renegotiate_promise,
            promises::release_promise,
            promises::hand_over,
            promises::snooze_promise,
            promises::read_date,
            promises::inbox,
            promises::see_reminder,
            promises::snooze_reminder,
            promises::dismiss_reminder,
            calls::candidates,
            calls::capture,
            calls::brief,
            calls::timeline,
            calls::dial_gate,
            calls::begin_call,
            calls::call,
            calls::answer_script,
            calls::script_back,
            calls::jot_call,
            calls::end_call,
            calls::call_never_made,
            calls::unfinished_calls,
            calls::filing,
            calls::answer_filing,
            calls::file_call,
            calls::who_else,
            calls::switch_person,
            calls::open_dialler,
            team::volunteers,
            team::sign_in,
            team::sign_out,
            team::add_volunteer,
            team::change_volunteer,
            team::set_pin,
            team::leave_team,
            team::standards,
            team::save_association,
            team::save_openings,
            team::save_targets,
            team::save_retry_rules,
            team::add_closure,
            team::remove_closure,
            team::import_closures,
            team::desktop_settings,
            team::save_desktop_settings,
            team::quit,
            exchange::choose_import_file,
            exchange::choose_export_file,
            exchange::choose_closures_file,
            exchange::preview_import,
            exchange::start_import,
            exchange::cancel_import,
            exchange::imports,
            exchange::undo_import,
            exchange::export_people,
            exchange::show_file,
        ])
        // One shape a type, both ways: what may be left out on the way in is optional in TypeScript.
        .disable_serde_phases()
        .events(collect_events![BookChanged, GoTo, ImportProgressed, FileDropped])
}
