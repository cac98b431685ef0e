//! The one binary: the window, or a verb of the command line.
#![cfg_attr(all(not(debug_assertions), target_os = "windows"), windows_subsystem = "windows")]

fn main() -> std::process::ExitCode {
    wellmet_shell::main()
}
