//! What is said: words with merge fields.
//!
//! `{{ person.given }}` a field · `{{ person.given | capital }}` at the start of a sentence ·
//! `{{ person.given ? who is this }}` with its own question · `{{ ? how long have they got }}` always to be asked ·
//! `[ and again {{ … }}]` left out where a field in it is missing · `\` takes the meaning from the next character.
//!
//! A script is split into pieces when it is read, and a value is put beside the pieces, never into them: whatever a
//! value contains, it cannot become a field.

/// Words and fields, in order. Blanks are single, paragraphs are parted by an empty line; none at the ends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text(Vec<Piece>);

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    Words(String),
    Field {
        path: String,
        capital: bool,
        question: Option<String>,
    },
    /// To be asked, whatever the book knows.
    Blank {
        question: String,
    },
    /// Said only where every field in it is known. Holds no other of its kind.
    IfKnown(Vec<Piece>),
}

/// What cannot be read, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextError {
    /// Line breaks before the place.
    pub lines_before: usize,
    pub message: String,
}

const PARAGRAPH: &str = "\n\n";

impl Text {
    pub fn pieces(&self) -> &[Piece] {
        &self.0
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Every field that is named, in order.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        fn of(piece: &Piece) -> Vec<&str> {
            match piece {
                Piece::Field { path, .. } => vec![path],
                Piece::IfKnown(inner) => inner.iter().flat_map(of).collect(),
                Piece::Words(_) | Piece::Blank { .. } => Vec::new(),
            }
        }
        self.0.iter().flat_map(of)
    }

    pub fn parse(source: &str) -> Result<Self, TextError> {
        let mut text = Self::as_written(source)?;
        tidy(&mut text.0);
        Ok(text)
    }

    /// With the lines as they stand: of a letter they are part of what is said.
    pub fn as_written(source: &str) -> Result<Self, TextError> {
        let mut reader = Reader { rest: source };
        let pieces = reader.pieces(false).map_err(|message| {
            let read = &source[..source.len() - reader.rest.len()];
            TextError { lines_before: read.matches('\n').count(), message }
        })?;
        Ok(Self(pieces))
    }
}

impl std::fmt::Display for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        print(&self.0, f)
    }
}

fn print(pieces: &[Piece], f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
    use std::fmt::Write as _;
    for piece in pieces {
        match piece {
            Piece::Words(words) => {
                let mut chars = words.chars().peekable();
                while let Some(c) = chars.next() {
                    if matches!(c, '\\' | '[' | ']') || (c == '{' && chars.peek().is_none_or(|next| *next == '{')) {
                        f.write_char('\\')?;
                    }
                    f.write_char(c)?;
                }
            }
            Piece::Field { path, capital, question } => {
                write!(f, "{{{{ {path}")?;
                if *capital {
                    f.write_str(" | capital")?;
                }
                if let Some(question) = question {
                    write!(f, " ? {question}")?;
                }
                f.write_str(" }}")?;
            }
            Piece::Blank { question } => write!(f, "{{{{ ? {question} }}}}")?,
            Piece::IfKnown(inner) => {
                f.write_char('[')?;
                print(inner, f)?;
                f.write_char(']')?;
            }
        }
    }
    Ok(())
}

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn pieces(&mut self, inside: bool) -> Result<Vec<Piece>, String> {
        let mut pieces = Vec::new();
        let mut words = String::new();
        let flush = |words: &mut String, pieces: &mut Vec<Piece>| {
            if !words.is_empty() {
                pieces.push(Piece::Words(std::mem::take(words)));
            }
        };
        while let Some(c) = self.rest.chars().next() {
            if let Some(after) = self.rest.strip_prefix("{{") {
                flush(&mut words, &mut pieces);
                let end = after.find("}}").ok_or_else(|| {
                    "a field is opened with {{ and not closed; write }} after its name, or \\{{ for plain braces"
                        .to_owned()
                })?;
                pieces.push(field(&after[..end])?);
                self.rest = &after[end + 2..];
                continue;
            }
            self.rest = &self.rest[c.len_utf8()..];
            match c {
                '\\' => {
                    let next = self.rest.chars().next().ok_or("the line ends with a lone \\; write \\\\ for one")?;
                    words.push(next);
                    self.rest = &self.rest[next.len_utf8()..];
                }
                '[' if inside => {
                    return Err("square brackets stand in square brackets; close the first ones before".into());
                }
                '[' => {
                    flush(&mut words, &mut pieces);
                    let opened_at = self.rest;
                    let inner = self.pieces(true).inspect_err(|_| {
                        // What is not closed is told where it was opened, not where the text ends.
                        if self.rest.is_empty() {
                            self.rest = opened_at;
                        }
                    })?;
                    let read = std::mem::replace(&mut self.rest, opened_at);
                    if !inner.iter().any(|piece| matches!(piece, Piece::Field { .. })) {
                        return Err(concat!(
                            "square brackets hold words that are left out where a field in them is missing, and ",
                            "these hold no field; write \\[ and \\] for plain brackets"
                        )
                        .into());
                    }
                    self.rest = read;
                    pieces.push(Piece::IfKnown(inner));
                }
                ']' if inside => {
                    flush(&mut words, &mut pieces);
                    return Ok(pieces);
                }
                ']' => return Err("a ] has no [ before it; write \\] for a plain bracket".into()),
                _ => words.push(c),
            }
        }
        if inside {
            return Err("a [ is not closed; write ] after the words, or \\[ for a plain bracket".into());
        }
        flush(&mut words, &mut pieces);
        Ok(pieces)
    }
}

fn field(inner: &str) -> Result<Piece, String> {
    if inner.contains("{{") {
        return Err("a field is opened with {{ inside another; close the first with }}".into());
    }
    let (head, question) = match inner.split_once('?') {
        Some((head, question)) => (head, Some(one_line(question))),
        None => (inner, None),
    };
    if question.as_deref() == Some("") {
        return Err(format!("the question after ? in {{{{{inner}}}}} is empty; write what to ask, or leave out the ?"));
    }
    let mut parts = head.split('|').map(str::trim);
    let path = parts.next().unwrap_or_default().to_owned();
    let mut capital = false;
    for filter in parts {
        if filter != "capital" {
            return Err(format!("{filter:?} is not known here; after | only \"capital\" may stand"));
        }
        capital = true;
    }
    match (path.is_empty(), question) {
        (true, Some(_)) if capital => Err("capital needs a field before it".into()),
        (true, Some(question)) => Ok(Piece::Blank { question }),
        (true, None) => Err("{{ }} names no field; write one, such as {{ person.given }}".into()),
        (false, question) if path.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_')) => {
            Ok(Piece::Field { path, capital, question })
        }
        (false, _) => Err(format!("{path:?} is not the name of a field; they look like person.given")),
    }
}

pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Single blanks, empty lines between paragraphs, none at the ends, neighbouring words in one piece.
fn tidy(pieces: &mut Vec<Piece>) {
    // A break is carried over to the next piece, so that "[…] \n\n{{…}}" keeps exactly one.
    fn walk(pieces: &mut Vec<Piece>, gap: &mut Gap) {
        for piece in pieces.iter_mut() {
            match piece {
                Piece::Words(words) => *words = gap.through(words),
                Piece::Field { .. } | Piece::Blank { .. } => gap.solid(),
                Piece::IfKnown(inner) => walk(inner, gap),
            }
        }
        pieces.retain(|piece| !matches!(piece, Piece::Words(words) if words.is_empty()));
    }
    fn trim_end(pieces: &mut Vec<Piece>) {
        while let Some(last) = pieces.last_mut() {
            match last {
                Piece::Words(words) => {
                    words.truncate(words.trim_end().len());
                    if !words.is_empty() {
                        return;
                    }
                    pieces.pop();
                }
                Piece::IfKnown(inner) => return trim_end(inner),
                Piece::Field { .. } | Piece::Blank { .. } => return,
            }
        }
    }
    walk(pieces, &mut Gap::Begin);
    trim_end(pieces);
}

/// What stood before the next character: the white space that was already written, if any.
enum Gap {
    Begin,
    Solid,
    Space,
    Paragraph,
}

impl Gap {
    fn solid(&mut self) {
        *self = Self::Solid;
    }

    fn through(&mut self, words: &str) -> String {
        let mut out = String::with_capacity(words.len());
        let mut rest = words;
        while !rest.is_empty() {
            let solid = rest.find(char::is_whitespace).unwrap_or(rest.len());
            if solid > 0 {
                out.push_str(&rest[..solid]);
                self.solid();
                rest = &rest[solid..];
            }
            let white = rest.find(|c: char| !c.is_whitespace()).unwrap_or(rest.len());
            if white > 0 {
                let paragraph = rest[..white].matches('\n').count() > 1;
                match (&self, paragraph) {
                    (Self::Begin | Self::Paragraph, _) | (Self::Space, false) => {}
                    (Self::Solid, false) => {
                        out.push(' ');
                        *self = Self::Space;
                    }
                    (Self::Solid, true) => {
                        out.push_str(PARAGRAPH);
                        *self = Self::Paragraph;
                    }
                    (Self::Space, true) => {
                        // The blank may stand in an earlier piece; a break after it shows the same.
                        if out.ends_with(' ') {
                            out.pop();
                            out.push_str(PARAGRAPH);
                            *self = Self::Paragraph;
                        }
                    }
                }
                rest = &rest[white..];
            }
        }
        out
    }
}
