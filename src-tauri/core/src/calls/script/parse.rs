//! Reading a script from its text, line by line. Everything wrong is told at once, not one thing a try.

use super::check;
use super::model::{
    Answers, Choice, Free, FreeAnswer, Leave, MachineWords, Node, Objection, Problem, Problems, Purpose, Script,
    Target, Then, same_name,
};
use super::sets::{self, Sets};
use super::text::{Text, one_line};

/// The number keys of a keyboard.
pub(super) const MAX_CHOICES: usize = 9;

/// Where the parts of a script stand in its text, for whoever finds fault with them later.
#[derive(Debug, Default)]
pub(super) struct Lines {
    pub nodes: Vec<PartLines>,
    pub objections: Vec<PartLines>,
    pub machine: Vec<PartLines>,
}

#[derive(Debug, Default)]
pub(super) struct PartLines {
    pub heading: u32,
    pub say: u32,
    pub question: u32,
    /// Of a free answer: its one line.
    pub choices: Vec<u32>,
    pub then: u32,
}

impl Script {
    /// The parts as written. Whether they hold together is for [`Script::ready`]; [`Script::read`] does both.
    pub fn parse(source: &str) -> Result<Self, Problems> {
        let draft = read_lines(source);
        if draft.problems.is_empty() { Ok(draft.script) } else { Err(Problems(draft.problems)) }
    }

    /// A script that can be run, or everything that stands in its way, with lines.
    pub fn read(source: &str) -> Result<check::ReadyScript, Problems> {
        let draft = read_lines(source);
        if !draft.problems.is_empty() {
            return Err(Problems(draft.problems));
        }
        check::ready(draft.script, Some(&draft.lines))
    }
}

/// As much of a script as could be read, and everything that stood in the way.
pub(super) struct Draft {
    /// With an empty title, and for general use, where those could not be read.
    pub script: Script,
    pub purpose: Option<Purpose>,
    pub lines: Lines,
    pub problems: Vec<Problem>,
}

pub(super) fn read_lines(source: &str) -> Draft {
    let mut reader = Reader::default();
    for (n, line) in source.strip_prefix('\u{feff}').unwrap_or(source).lines().enumerate() {
        reader.line_no = u32::try_from(n + 1).unwrap_or(u32::MAX);
        reader.line(line.trim());
    }
    reader.finish()
}

/// What a line is, by how it begins. `print` asks too, so that words that look like a mark are written with a `\`.
pub(super) enum Mark<'a> {
    Empty,
    Comment,
    Node(&'a str),
    Objection(&'a str),
    Machine(&'a str),
    Question(&'a str),
    Choice { number: &'a str, rest: &'a str },
    Free(&'a str),
    Go(&'a str),
    End,
    Back,
    Hint(&'a str),
    Words(&'a str),
}

pub(super) fn mark(line: &str) -> Mark<'_> {
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if line.is_empty() {
        Mark::Empty
    } else if line.starts_with("//") {
        Mark::Comment
    } else if let Some(rest) = line.strip_prefix('#') {
        Mark::Node(rest.trim())
    } else if let Some(rest) = line.strip_prefix('!') {
        Mark::Objection(rest.trim())
    } else if let Some(rest) = line.strip_prefix('~') {
        Mark::Machine(rest.trim())
    } else if let Some(rest) = line.strip_prefix('=') {
        Mark::Free(rest.trim())
    } else if let Some(rest) = line.strip_prefix("->") {
        Mark::Go(rest.trim())
    } else if let Some(rest) = line.strip_prefix('>') {
        Mark::Question(rest.trim())
    } else if let Some(inner) = line.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        Mark::Hint(inner.trim())
    } else if let Some(rest) = line[digits..].strip_prefix('.').filter(|rest| digits > 0 && is_choice(rest)) {
        Mark::Choice { number: &line[..digits], rest: rest.trim() }
    } else if line.eq_ignore_ascii_case("end") {
        Mark::End
    } else if line.eq_ignore_ascii_case("back") {
        Mark::Back
    } else {
        Mark::Words(line)
    }
}

/// "1. Yes" and "1.Yes -> Part", not "10.30 suits".
fn is_choice(after_dot: &str) -> bool {
    after_dot.is_empty() || after_dot.starts_with(char::is_whitespace) || after_dot.contains("->")
}

#[derive(Default)]
struct Reader {
    line_no: u32,
    problems: Vec<Problem>,
    title: Option<String>,
    purpose: Option<Purpose>,
    purpose_was_wrong: bool,
    when: Option<String>,
    at_hand: Option<Vec<String>>,
    part: Option<Part>,
    nodes: Vec<(Node, PartLines)>,
    objections: Vec<(Objection, PartLines)>,
    machine: Vec<(MachineWords, PartLines)>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Kind {
    #[default]
    Node,
    Objection,
    Machine(Leave),
}

/// A part while it is being read.
#[derive(Default)]
struct Part {
    kind: Kind,
    name: String,
    hint: Vec<String>,
    /// Kept with its line breaks: an empty line parts paragraphs.
    say: String,
    question: String,
    choices: Vec<Choice>,
    free: Option<Free>,
    then: Option<Then>,
    lines: PartLines,
    /// Something in it was already faulted, so that what is missing may be only a result of that.
    faulty: bool,
}

impl Reader {
    fn fault(&mut self, message: impl Into<String>) {
        self.fault_at(self.line_no, message);
    }

    fn fault_at(&mut self, line: u32, message: impl Into<String>) {
        if let Some(part) = &mut self.part {
            part.faulty = true;
        }
        self.problems.push(Problem { line: Some(line), message: message.into() });
    }

    fn line(&mut self, line: &str) {
        let mark = mark(line);
        match mark {
            Mark::Comment => return,
            Mark::Node(name) => return self.open('#', name, Kind::Node),
            Mark::Objection(name) => return self.open('!', name, Kind::Objection),
            Mark::Machine(name) => return self.open_machine(name),
            _ => {}
        }
        if self.part.is_none() {
            return self.header(line);
        }
        self.in_part(mark);
    }

    fn header(&mut self, line: &str) {
        if line.is_empty() {
            return;
        }
        let Some((key, value)) = line.split_once(':') else {
            return self.fault(
                "before the first part stand title:, purpose:, when: and at hand:; begin a part with # and its name",
            );
        };
        let value = one_line(value);
        match key.trim().to_lowercase().as_str() {
            "title" if self.title.is_some() => self.fault("title: stands twice; take one out"),
            "title" if value.is_empty() => self.fault("title: is empty; write what this script is called"),
            "title" => self.title = Some(value),
            "when" if self.when.is_some() => self.fault("when: stands twice; take one out"),
            "when" => self.when = Some(value),
            "at hand" if self.at_hand.is_some() => self.fault("at hand: stands twice; put a ; between things"),
            "at hand" => {
                let things = value.split(';').map(str::trim).filter(|thing| !thing.is_empty());
                self.at_hand = Some(things.map(str::to_owned).collect());
            }
            "purpose" if self.purpose.is_some() => self.fault("purpose: stands twice; take one out"),
            "purpose" => {
                self.purpose = Purpose::ALL.iter().copied().find(|purpose| same_name(&purpose.words(), &value));
                if self.purpose.is_none() {
                    self.purpose_was_wrong = true;
                    let words = Purpose::ALL.iter().map(|purpose| purpose.words()).collect::<Vec<_>>().join(", ");
                    self.fault(format!("the purpose {value:?} is not known; write one of: {words}"));
                }
            }
            other => self.fault(format!(
                "{other:?} is not known before the first part; there stand title:, purpose:, when: and at hand:"
            )),
        }
    }

    fn open_machine(&mut self, name: &str) {
        let leave = match one_line(name).to_lowercase().as_str() {
            "message" => Leave::Message,
            "discreet message" => Leave::Discreet,
            _ => {
                // It is read as the discreet one, so that what stands in it is told too.
                self.open('~', Leave::Discreet.words(), Kind::Machine(Leave::Nothing));
                return self.fault("after ~ stands Message (it may say who we are) or Discreet message (it may not)");
            }
        };
        self.open('~', leave.words(), Kind::Machine(leave));
    }

    fn open(&mut self, mark: char, name: &str, kind: Kind) {
        self.close();
        let name = one_line(name);
        self.part = Some(Part {
            kind,
            name: name.clone(),
            lines: PartLines { heading: self.line_no, ..PartLines::default() },
            ..Part::default()
        });
        if name.is_empty() {
            self.fault(format!("{mark} has no name after it; write one, such as {mark} Greeting"));
        } else if let Err(why) = check::name(&name) {
            self.fault(why);
        }
    }

    fn in_part(&mut self, mark: Mark<'_>) {
        let line_no = self.line_no;
        let Some(part) = &mut self.part else { return };
        if part.then.is_some() && !matches!(mark, Mark::Empty) {
            return self.fault("this stands after the part has ended; move it up, or begin a new part with #");
        }
        let asking = !part.choices.is_empty() || part.free.is_some() || part.lines.question > 0;
        let kind = part.kind;
        let to_machine = matches!(kind, Kind::Machine(_));
        match mark {
            Mark::Question(_) | Mark::Choice { .. } | Mark::Free(_) | Mark::Go(_) | Mark::Back if to_machine => {
                self.fault("a message to a machine is only said, and the call ends with it; take this line out");
            }
            _ if part.free.is_some() && !matches!(mark, Mark::Empty) => {
                self.fault("a free answer stands alone, and last in its part; take this line out, or begin a new part");
            }
            Mark::Empty => part.say.push('\n'),
            Mark::Hint(hint) => {
                if asking {
                    return self.fault("a hint in (brackets) stands before the question; move it up");
                }
                part.hint.push(one_line(hint));
                part.say.push('\n');
            }
            Mark::Words(words) => {
                if asking {
                    return self.fault(
                        "words to say stand before the question; move them up, or write a choice as: 1. Yes -> Part",
                    );
                }
                if part.lines.say == 0 {
                    part.lines.say = line_no;
                    part.say.clear();
                }
                part.say.push_str(words);
                part.say.push('\n');
            }
            Mark::Question(words) => {
                if !part.choices.is_empty() {
                    return self.fault("the question stands before its choices; move it up");
                }
                if part.lines.question == 0 {
                    part.lines.question = line_no;
                }
                part.question.push_str(words);
                part.question.push('\n');
            }
            Mark::Choice { number, rest } => self.choice(number, rest),
            Mark::Free(_) if !part.choices.is_empty() => {
                self.fault("a part has choices or one free answer, not both; take one out, or begin a new part");
            }
            Mark::Free(rest) => self.free(rest),
            Mark::Go(_) | Mark::End | Mark::Back if asking => {
                self.fault("this part asks, so its choices lead on; take this line out, or the question");
            }
            Mark::Go(name) => {
                let target = self.target(name);
                self.then(Then::Go(target));
            }
            Mark::End if kind == Kind::Objection => {
                self.fault("an objection does not end the call; write back, or -> and the part that says goodbye")
            }
            Mark::End => self.then(Then::End),
            Mark::Back if kind != Kind::Objection => {
                self.fault("only an objection (!) can lead back; write -> and the name of a part");
            }
            Mark::Back => self.then(Then::Go(Target::Back)),
            Mark::Comment | Mark::Node(_) | Mark::Objection(_) | Mark::Machine(_) => {}
        }
    }

    fn then(&mut self, then: Then) {
        let line_no = self.line_no;
        if let Some(part) = &mut self.part {
            part.then = Some(then);
            part.lines.then = line_no;
        }
    }

    fn choice(&mut self, number: &str, rest: &str) {
        let line_no = self.line_no;
        let Some((label, target)) = rest.rsplit_once("->") else {
            return self.fault(format!("this choice leads nowhere; write: {number}. {rest} -> and the name of a part"));
        };
        let target = self.target(target);
        let (label, sets) = self.sets(label);
        if label.is_empty() {
            return self.fault("this choice has no words; write what they say, before the ->");
        }
        let Some(part) = &mut self.part else { return };
        let next = part.choices.len() + 1;
        part.choices.push(Choice { label, sets, to: target });
        part.lines.choices.push(line_no);
        if next > MAX_CHOICES {
            self.fault(format!(
                "a question has at most {MAX_CHOICES} choices, one a number key; put some in a part of their own"
            ));
        } else if number.parse() != Ok(next) {
            self.fault(format!("this choice is written {number} and is the {next}. of its question; write {next}."));
        }
    }

    fn free(&mut self, rest: &str) {
        let Some((answer, target)) = rest.rsplit_once("->") else {
            return self.fault(format!("this answer leads nowhere; write: = {rest} -> and the name of a part"));
        };
        let target = self.target(target);
        let (kind, sets) = self.sets(answer);
        let Some(kind) = FreeAnswer::parse(&kind.to_lowercase()) else {
            return self
                .fault("after = stands words, number or date, then what it sets: = words {fact hopes for} -> Part");
        };
        let line_no = self.line_no;
        let Some(part) = &mut self.part else { return };
        part.free = Some(Free { kind, sets, to: target });
        part.lines.choices.push(line_no);
    }

    /// The words of an answer, and what it sets.
    fn sets(&mut self, answer: &str) -> (String, Vec<Sets>) {
        let (label, sets) = sets::split(answer);
        let mut read = Vec::new();
        for set in sets {
            match set {
                Ok(set) => read.push(set),
                Err(why) => self.fault(why),
            }
        }
        (one_line(label), read)
    }

    fn target(&mut self, name: &str) -> Target {
        let name = one_line(name);
        let objection = self.part.as_ref().is_some_and(|part| part.kind == Kind::Objection);
        if name.is_empty() {
            self.fault("nothing stands after ->; write the name of a part");
        } else if name.contains(['{', '}']) {
            self.fault("what an answer sets stands before its ->: 1. Yes {tag mentor} -> Part; after it, only a name");
        } else if same_name(&name, "back") {
            if !objection {
                self.fault("only an objection (!) can lead back; write the name of a part");
            }
            return Target::Back;
        } else if same_name(&name, "end") {
            self.fault(
                "a choice leads to a part, so that the call ends with words; write a goodbye part that says end",
            );
        }
        Target::Node(name)
    }

    fn text(&mut self, source: &str, line: u32) -> Text {
        match Text::parse(source) {
            Ok(text) => text,
            Err(error) => {
                let below = u32::try_from(error.lines_before).unwrap_or(0);
                self.fault_at(line.saturating_add(below), error.message);
                Text::default()
            }
        }
    }

    fn close(&mut self) {
        let Some(part) = &self.part else { return };
        let (say, say_line) = (part.say.clone(), part.lines.say);
        let (question, question_line) = (part.question.clone(), part.lines.question);
        let say = self.text(&say, say_line);
        let question = self.text(&question, question_line);
        let Some(mut part) = self.part.take() else { return };
        let then = match part.then.take() {
            Some(then) => then,
            None if part.free.is_some() || !part.choices.is_empty() => {
                let choices = Answers::Choices(std::mem::take(&mut part.choices));
                Then::Ask { question, answers: part.free.take().map_or(choices, Answers::Free) }
            }
            None if matches!(part.kind, Kind::Machine(_)) => Then::End,
            None if part.kind == Kind::Objection && part.lines.question == 0 => Then::Go(Target::Back),
            None => {
                // A choice that could not be read was told already.
                if !part.faulty {
                    let name = &part.name;
                    let message = if part.lines.question > 0 {
                        format!(
                            "{name:?} asks and has no choices; write them below as: 1. Yes -> Part, or let them say \
                             anything: = words {{fact hopes for}} -> Part"
                        )
                    } else {
                        format!("{name:?} stops without a way on; add choices (1. Yes -> Part), or -> Part, or end")
                    };
                    self.problems.push(Problem { line: Some(part.lines.heading), message });
                }
                Then::End
            }
        };
        let Part { kind, name, hint, lines, .. } = part;
        let hint = hint.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
        match kind {
            Kind::Node => self.nodes.push((Node { name, hint, say, then }, lines)),
            Kind::Objection => self.objections.push((Objection { name, hint, say, then }, lines)),
            Kind::Machine(leave) => self.machine.push((MachineWords { leave, hint, say }, lines)),
        }
    }

    fn finish(mut self) -> Draft {
        self.close();
        let mut missing = Vec::new();
        if self.title.is_none() && !self.problems.iter().any(|problem| problem.message.starts_with("title:")) {
            missing.push("there is no title; write title: and what this script is called, at the top");
        }
        if self.purpose.is_none() && !self.purpose_was_wrong {
            missing.push("there is no purpose; write purpose: general, or another purpose, at the top");
        }
        if self.nodes.is_empty() {
            missing.push("there is no part; begin one with # and its name, such as # Greeting");
        }
        for message in missing {
            self.problems.push(Problem { line: Some(1), message: message.into() });
        }
        self.problems.sort_by_key(|problem| problem.line);
        let (nodes, node_lines) = self.nodes.into_iter().unzip();
        let (objections, objection_lines) = self.objections.into_iter().unzip();
        let (machine, machine_lines) = self.machine.into_iter().unzip();
        Draft {
            script: Script {
                title: self.title.unwrap_or_default(),
                purpose: self.purpose.unwrap_or(Purpose::General),
                when: self.when.unwrap_or_default(),
                at_hand: self.at_hand.unwrap_or_default(),
                nodes,
                objections,
                machine,
            },
            purpose: self.purpose,
            lines: Lines { nodes: node_lines, objections: objection_lines, machine: machine_lines },
            problems: self.problems,
        }
    }
}
