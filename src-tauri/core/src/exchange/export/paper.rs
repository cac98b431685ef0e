//! Lists and labels to print, as one page that any browser prints: black on white, A4, no script.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use super::people::Full;
use super::{Paper, Sizes};
use crate::error::{Error, Result};
use crate::people::ReachKind;

pub(super) struct Printed {
    file: BufWriter<File>,
    paper: Paper,
    /// On the page that is being filled.
    here: u32,
}

const HEAD: &str = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
    <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>";

impl Printed {
    pub fn create(part: &Path, paper: Paper, title: &str) -> Result<Self> {
        let mut file = BufWriter::new(File::create(part)?);
        file.write_all(HEAD.as_bytes())?;
        write!(file, "{}</title>\n<style>\n", escaped(title))?;
        match paper {
            Paper::List => file.write_all(LIST_STYLE.as_bytes())?,
            labels => {
                let Sizes { across, down, width_mm, height_mm, left_mm, top_mm, gap_mm } = labels.sizes();
                write!(
                    file,
                    "@page {{ size: A4; margin: 0 }}\nbody {{ margin: 0; font: 10.5pt/13pt sans-serif; color: #000 }}\n\
                    .page {{ display: grid; grid-template-columns: repeat({across}, {width_mm}mm); grid-auto-rows: {height_mm}mm; \
                    column-gap: {gap_mm}mm; padding: {top_mm}mm 0 0 {left_mm}mm; break-after: page }}\n\
                    .page:last-child {{ break-after: auto }}\n\
                    address {{ font-style: normal; white-space: pre-line; overflow: hidden; overflow-wrap: anywhere; \
                    padding: 3mm 4mm; box-sizing: border-box; max-height: {height_mm}mm }}\n/* {across} by {down} */\n"
                )?;
            }
        }
        file.write_all(b"</style>\n</head>\n<body>\n")?;
        if paper == Paper::List {
            write!(
                file,
                "<h1>{}</h1>\n<table>\n<thead><tr><th>Name</th><th>Organisation</th><th>Phone</th><th>E-mail</th><th>Place</th></tr></thead>\n<tbody>\n",
                escaped(title)
            )?;
        }
        Ok(Self { file, paper, here: 0 })
    }

    /// One person; on labels, one for each address that a letter may go to first: home before work.
    pub fn piece(&self, full: &Full, piece: &mut Vec<u8>) -> Result<()> {
        let someone = &full.someone;
        if self.paper == Paper::List {
            let each = |kind: ReachKind| {
                let of_kind = full.reaches.iter().filter(|reach| reach.kind == kind);
                of_kind.map(|reach| escaped(&reach.written())).collect::<Vec<_>>().join("<br>")
            };
            writeln!(
                piece,
                "<tr><td dir=\"auto\">{}</td><td dir=\"auto\">{}</td><td>{}</td><td>{}</td><td dir=\"auto\">{}</td></tr>",
                escaped(&someone.name),
                escaped(&full.organisation),
                each(ReachKind::Phone),
                each(ReachKind::Email),
                escaped(&someone.place)
            )?;
            return Ok(());
        }
        let of_kind = full.reaches.iter().filter(|reach| reach.kind == ReachKind::Post);
        let Some(address) = of_kind.min_by_key(|reach| reach.label != "home") else { return Ok(()) };
        // At work a letter finds them through the firm.
        let firm = if address.label == "home" { "" } else { full.organisation.as_str() };
        let firm = if firm == someone.name { "" } else { firm };
        let lines = [someone.name.as_str(), firm, &address.value];
        let lines: Vec<String> = lines.into_iter().filter(|line| !line.is_empty()).map(escaped).collect();
        writeln!(piece, "<address dir=\"auto\">{}</address>", lines.join("\n"))?;
        Ok(())
    }

    pub fn place(&mut self, piece: &[u8]) -> Result<()> {
        if self.paper == Paper::List {
            return Ok(self.file.write_all(piece)?);
        }
        let Sizes { across, down, .. } = self.paper.sizes();
        if self.here == 0 {
            self.file.write_all(b"<div class=\"page\">\n")?;
        }
        self.file.write_all(piece)?;
        self.here += 1;
        if self.here == across * down {
            self.file.write_all(b"</div>\n")?;
            self.here = 0;
        }
        Ok(())
    }

    pub fn finish(mut self) -> Result<()> {
        if self.paper == Paper::List {
            self.file.write_all(b"</tbody>\n</table>\n")?;
        } else if self.here > 0 {
            self.file.write_all(b"</div>\n")?;
        }
        self.file.write_all(b"</body>\n</html>\n")?;
        let file = self.file.into_inner().map_err(|error| Error::from(error.into_error()))?;
        file.sync_all()?;
        Ok(())
    }
}

const LIST_STYLE: &str = "@page { size: A4 landscape; margin: 14mm }\n\
    body { margin: 0; font: 9.5pt/13pt sans-serif; color: #000 }\nh1 { font-size: 14pt; margin: 0 0 4mm }\n\
    table { border-collapse: collapse; width: 100% }\nthead { display: table-header-group }\n\
    tr { break-inside: avoid }\nth { text-align: start; border-bottom: 1pt solid #000; padding: 1mm 3mm 1mm 0 }\n\
    td { vertical-align: top; border-bottom: 0.4pt solid #999; padding: 1.2mm 3mm 1.2mm 0; overflow-wrap: anywhere }\n";

pub(in crate::exchange) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for mark in text.chars() {
        match mark {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            _ => safe.push(mark),
        }
    }
    safe
}
