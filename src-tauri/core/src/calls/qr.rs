//! A number as a QR code, for whoever rings from a telephone of their own.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};

use super::view::QrView;
use crate::error::{Error, Result};

/// What ISO/IEC 18004 asks for on every side: without it many cameras find nothing.
const QUIET_MODULES: usize = 4;

/// `text` as the dark modules of a QR code, in an SVG path of one unit a module; the quiet zone is part of the size.
pub(super) fn draw(text: &str) -> Result<QrView> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M)
        .map_err(|error| Error::internal(format!("a QR code could not be made: {error}")))?;
    let width = code.width();
    let mut path = String::new();
    for (row, modules) in code.to_colors().chunks(width).enumerate() {
        let mut column = 0;
        // A run of dark modules is one rectangle: half the path, and no seams between them.
        for run in modules.chunk_by(|a, b| a == b) {
            if run[0] == Color::Dark {
                let (x, y, long) = (column + QUIET_MODULES, row + QUIET_MODULES, run.len());
                let _ = write!(path, "M{x} {y}h{long}v1h-{long}z");
            }
            column += run.len();
        }
    }
    let size = u32::try_from(width + 2 * QUIET_MODULES).unwrap_or(u32::MAX);
    Ok(QrView { size, path })
}
