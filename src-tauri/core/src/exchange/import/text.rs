//! Text out of a file of any size and any encoding, decoded block by block.

use std::fs::File;
use std::io::Read;

use encoding_rs::{CoderResult, Decoder, REPLACEMENT};

use super::sniff;
use crate::error::Result;

pub(super) const BLOCK_BYTES: usize = 64 << 10;

/// The decoded text from where the next record begins.
pub(super) struct Text {
    file: File,
    decoder: Decoder,
    mark_bytes: usize,
    raw: Vec<u8>,
    bytes: Vec<u8>,
    /// Where in `bytes` the next record begins.
    at: usize,
    /// Everything of the file is in `bytes`.
    pub ended: bool,
    pub ended_on_a_line: bool,
    line: u64,
    after_return: bool,
    zeros: u64,
    others: u64,
    pub bytes_read: u64,
    /// Bytes were found that are no text in this encoding.
    pub replaced: bool,
}

impl Text {
    pub fn new(file: File, kind: sniff::Text) -> Self {
        // What the detector answers for a stateful encoding that nobody may use is decoded as Latin.
        let encoding = if kind.encoding == REPLACEMENT { encoding_rs::WINDOWS_1252 } else { kind.encoding };
        Self {
            file,
            decoder: encoding.new_decoder_without_bom_handling(),
            mark_bytes: kind.mark_bytes,
            raw: vec![0; BLOCK_BYTES],
            bytes: Vec::with_capacity(2 * BLOCK_BYTES),
            at: 0,
            ended: false,
            ended_on_a_line: false,
            line: 1,
            after_return: false,
            zeros: 0,
            others: 0,
            bytes_read: 0,
            replaced: false,
        }
    }

    /// Decodes another block; `false` at the end.
    pub fn more(&mut self) -> Result<bool> {
        if self.ended {
            return Ok(false);
        }
        let read = loop {
            match self.file.read(&mut self.raw) {
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                other => break other?,
            }
        };
        self.bytes_read += read as u64;
        self.bytes.drain(..self.at);
        self.at = 0;
        let skipped = self.mark_bytes.min(read);
        self.mark_bytes -= skipped;
        let mut input = &self.raw[skipped..read];
        let last = read == 0;
        let from = self.bytes.len();
        loop {
            let start = self.bytes.len();
            let room = self.decoder.max_utf8_buffer_length(input.len()).unwrap_or(4 * BLOCK_BYTES);
            self.bytes.resize(start + room, 0);
            let (result, taken, written, replaced) = self.decoder.decode_to_utf8(input, &mut self.bytes[start..], last);
            self.bytes.truncate(start + written);
            self.replaced |= replaced;
            input = &input[taken..];
            if result == CoderResult::InputEmpty {
                break;
            }
        }
        // Some programs pad with zero bytes; they are no letters of anyone's name.
        let fresh = self.bytes.len() - from;
        if self.bytes[from..].contains(&0) {
            let mut kept: Vec<u8> = self.bytes.split_off(from);
            kept.retain(|byte| *byte != 0);
            self.bytes.append(&mut kept);
        }
        let kept = self.bytes.len() - from;
        self.zeros += (fresh - kept) as u64;
        self.others += kept as u64;
        if let Some(byte) = self.bytes.last() {
            self.ended_on_a_line = matches!(byte, b'\r' | b'\n');
        }
        self.ended = last;
        Ok(!last)
    }

    pub fn rest(&self) -> &[u8] {
        &self.bytes[self.at..]
    }

    pub fn nothing_but_zeros(&self) -> bool {
        self.zeros > 0 && self.others == 0
    }

    /// Leaves `count` bytes behind; answers the line on which they begin, line ends before them aside.
    pub fn take(&mut self, count: usize) -> u64 {
        let mut begins = None;
        for byte in &self.bytes[self.at..self.at + count] {
            match byte {
                b'\n' if self.after_return => {}
                b'\n' | b'\r' => self.line += 1,
                _ => begins = begins.or(Some(self.line)),
            }
            self.after_return = *byte == b'\r';
        }
        self.at += count;
        begins.unwrap_or(self.line)
    }

    /// Leaves the rest of a line behind, however long, without holding it.
    pub fn skip_line(&mut self) -> Result<()> {
        loop {
            if let Some(end) = self.rest().iter().position(|byte| matches!(byte, b'\r' | b'\n')) {
                self.take(end);
                return Ok(());
            }
            self.at = self.bytes.len();
            if !self.more()? {
                return Ok(());
            }
        }
    }
}
