//! A letter as one page that any browser prints: black on white, A4, its address where an envelope's window is
//! (DIN 5008, form B), no script.

use std::path::{Path, PathBuf};

use super::export::paper::escaped;
use super::whole_file;
use crate::error::{Error, Result};
use crate::mail::LetterKind;
use crate::mail::letter::{self, LetterReady, Writing};
use crate::people::person;
use crate::store::{Actor, Db};
use crate::team::standards;
use crate::time::Millis;

const HEAD: &str = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
    <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n";

const STYLE: &str = "@page { size: A4; margin: 20mm 20mm 20mm 25mm }\n\
    @page :first { margin-top: 0 }\n\
    body { margin: 0; font: 11pt/15.5pt serif; color: #000; overflow-wrap: anywhere }\n\
    header { height: 45mm; box-sizing: border-box; padding-top: 18mm; font-size: 14pt }\n\
    address { height: 45mm; width: 85mm; overflow: hidden; font-style: normal; white-space: pre-line }\n\
    address small { display: block; font-size: 7.5pt; line-height: 10pt; border-bottom: 0.3pt solid #000; \
    margin-bottom: 3mm }\n\
    time { display: block; text-align: end; margin-bottom: 9mm }\n\
    p { margin: 0; white-space: pre-wrap; orphans: 3; widows: 3 }\n\
    @media screen { body { max-width: 165mm; margin: 0 auto; padding: 0 10mm 20mm } }\n";

/// Writes the page; refused as [`letter::ready`] refuses. Answers where it stands.
pub async fn write(db: &mut Db, now: Millis, actor: Actor, writing: &Writing, to: &Path) -> Result<PathBuf> {
    if to.extension().is_none_or(|extension| extension != "html") {
        return Err(Error::invalid(format!("{} has to end in .html: a browser prints it.", to.display())));
    }
    let ready = letter::ready(db, now, actor, writing).await?;
    if ready.kind != LetterKind::Letter {
        return Err(Error::invalid("An e-mail is not printed. Open it in the mail program, or send it."));
    }
    let page = page(db, now, &ready).await?;
    whole_file::write(to, page.as_bytes())
}

async fn page(db: &mut Db, now: Millis, ready: &LetterReady) -> Result<String> {
    let association = standards::association(db).await?;
    let day = now.in_zone(association.tz()?).format("%-d %B %Y").to_string();
    // At work a letter finds them through the firm.
    let firm = match ready.to_label.as_str() {
        "home" => None,
        _ => person::reference(db, ready.person).await?.organisation,
    };
    let firm = firm.filter(|firm| *firm != ready.name && !ready.to.contains(firm.as_str()));
    let lines = [Some(ready.name.clone()), firm, Some(ready.to.clone())];
    let lines: Vec<String> = lines.into_iter().flatten().map(|line| escaped(&line)).collect();
    let ours = escaped(&association.name);
    Ok(format!(
        "{HEAD}<title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<header dir=\"auto\">{ours}</header>\n\
         <address dir=\"auto\"><small>{ours}</small>{}</address>\n<time>{day}</time>\n<p dir=\"auto\">{}</p>\n</body>\n</html>\n",
        escaped(&ready.name),
        lines.join("\n"),
        escaped(&ready.body),
    ))
}
