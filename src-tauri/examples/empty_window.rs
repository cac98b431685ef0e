//! A Tauri window with an empty page: what `script/bench` holds the start of Wellmet against.

use tauri::{WebviewUrl, WebviewWindowBuilder};

fn main() {
    #[cfg(target_os = "linux")]
    if std::env::var_os("WEBKIT_DISABLE_DMABUF_RENDERER").is_none() {
        // Nothing else runs yet.
        #[allow(unsafe_code)]
        unsafe {
            std::env::set_var("WEBKIT_DISABLE_DMABUF_RENDERER", "1");
        }
    }
    tauri::Builder::default()
        .setup(|app| {
            let blank = "about:blank".parse().map(WebviewUrl::External)?;
            WebviewWindowBuilder::new(app, "main", blank).title("Empty").inner_size(1280.0, 800.0).build()?;
            Ok(())
        })
        .run(tauri::generate_context!())
        .expect("an empty window opens");
}
