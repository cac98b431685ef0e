//! Whether a script holds together: nobody may find out in the middle of a call that it does not.

use std::collections::{HashMap, HashSet};

use super::fields;
use super::model::{Answers, FreeAnswer, Leave, Problem, Problems, Script, Target, Then};
use super::parse::{Lines, MAX_CHOICES, PartLines};
use super::sets::Sets;
use super::text::Text;

/// A script that was checked: every name leads somewhere, every part can be reached, every way ends, every field is
/// known. Nothing else can be run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadyScript {
    pub(super) script: Script,
    /// Lower-case name → place among the nodes.
    pub(super) by_name: HashMap<String, usize>,
}

impl ReadyScript {
    pub fn script(&self) -> &Script {
        &self.script
    }
}

impl Script {
    pub fn ready(self) -> Result<ReadyScript, Problems> {
        ready(self, None)
    }
}

const MAX_NAME_CHARS: usize = 60;

/// What a part may be called; the message says what to change.
pub(super) fn name(name: &str) -> Result<(), String> {
    let why = if name.chars().count() > MAX_NAME_CHARS {
        format!("this name is longer than {MAX_NAME_CHARS} letters; shorten it")
    } else if name.contains("->") {
        "a name cannot hold ->; take it out".into()
    } else if name.eq_ignore_ascii_case("end") || name.eq_ignore_ascii_case("back") {
        format!("{name:?} means something of its own here; choose another name, such as Goodbye")
    } else if name.contains(['{', '}']) {
        "a name cannot hold { or }; what an answer sets stands before its ->".into()
    } else if name.starts_with(['!', '#']) {
        "a name begins with a word; take the extra # or ! away".into()
    } else {
        return Ok(());
    };
    Err(why)
}

struct Part<'a> {
    name: &'a str,
    say: &'a Text,
    then: &'a Then,
    lines: Option<&'a PartLines>,
    objection: bool,
}

impl Part<'_> {
    fn line(&self, of: impl Fn(&PartLines) -> u32) -> Option<u32> {
        self.lines.map(|lines| [of(lines), lines.heading].into_iter().find(|line| *line > 0).unwrap_or(1))
    }
}

pub(super) fn ready(script: Script, lines: Option<&Lines>) -> Result<ReadyScript, Problems> {
    let mut problems = Vec::new();
    let parts = parts(&script, lines);
    let by_name = names(&parts, &mut problems);
    if script.nodes.is_empty() {
        problems
            .push(Problem { line: lines.map(|_| 1), message: "there is no part; begin one with # Greeting".into() });
    }
    for part in &parts {
        words(part, &mut problems);
        targets(part, &parts, &by_name, &mut problems);
        sets(part, &mut problems);
    }
    machine(&script, lines, &mut problems);
    if problems.is_empty() {
        ways(&parts, script.nodes.len(), &by_name, &mut problems);
    }
    if problems.is_empty() {
        return Ok(ReadyScript { by_name, script });
    }
    problems.sort_by_key(|problem| problem.line);
    Err(Problems(problems))
}

/// The nodes in order, then the objections.
fn parts<'a>(script: &'a Script, lines: Option<&'a Lines>) -> Vec<Part<'a>> {
    let nodes = script.nodes.iter().enumerate().map(|(n, node)| Part {
        name: &node.name,
        say: &node.say,
        then: &node.then,
        lines: lines.and_then(|lines| lines.nodes.get(n)),
        objection: false,
    });
    let objections = script.objections.iter().enumerate().map(|(n, objection)| Part {
        name: &objection.name,
        say: &objection.say,
        then: &objection.then,
        lines: lines.and_then(|lines| lines.objections.get(n)),
        objection: true,
    });
    nodes.chain(objections).collect()
}

fn names(parts: &[Part<'_>], problems: &mut Vec<Problem>) -> HashMap<String, usize> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut by_name = HashMap::new();
    for (n, part) in parts.iter().enumerate() {
        let line = part.line(|lines| lines.heading);
        let key = part.name.to_lowercase();
        if let Some(first) = seen.get(&key) {
            let first = match parts[*first].line(|lines| lines.heading) {
                Some(line) => format!(" (the first is in line {line})"),
                None => String::new(),
            };
            let message = format!("there are two parts called {:?}{first}; rename one of them", part.name);
            problems.push(Problem { line, message });
            continue;
        }
        if let Err(message) = name(part.name) {
            problems.push(Problem { line, message });
        }
        seen.insert(key.clone(), n);
        if !part.objection {
            by_name.insert(key, n);
        }
    }
    by_name
}

fn known(text: &Text, line: Option<u32>, problems: &mut Vec<Problem>) {
    for field in text.fields().filter(|field| !fields::is_known(field)) {
        let way_out = match fields::nearest(field) {
            Some(near) => format!("did you mean {{{{ {near} }}}}?"),
            None => {
                "the fields begin with person., caller., association., inquiry., waiting., promise., facts. or fields."
                    .into()
            }
        };
        problems.push(Problem { line, message: format!("there is no field {field:?}; {way_out}") });
    }
}

fn words(part: &Part<'_>, problems: &mut Vec<Problem>) {
    known(part.say, part.line(|lines| lines.say), problems);
    let question = match part.then {
        Then::Ask { question, .. } => Some(question),
        Then::Go(_) | Then::End => None,
    };
    if let Some(question) = question {
        known(question, part.line(|lines| lines.question), problems);
    }
    if part.say.is_empty() && question.is_none_or(Text::is_empty) {
        let message = format!("{:?} has nothing to say; write the words below its name", part.name);
        problems.push(Problem { line: part.line(|lines| lines.heading), message });
    }
}

/// What the answers of a part set has to make sense: nothing that is said may get lost, and nothing may be set to what
/// nobody said.
fn sets(part: &Part<'_>, problems: &mut Vec<Problem>) {
    let Then::Ask { answers, .. } = part.then else { return };
    let line = |n: usize| part.line(|lines| lines.choices.get(n).copied().unwrap_or(0));
    let mut fault = |line: Option<u32>, message: String| problems.push(Problem { line, message });
    match answers {
        Answers::Choices(choices) => {
            for (n, choice) in choices.iter().enumerate() {
                for set in &choice.sets {
                    if let Sets::Field { field } = set {
                        let field = field.as_str();
                        fault(
                            line(n),
                            format!(
                                "the words of a choice are not their {field}; ask for it with = words {{field {field}}} -> Part"
                            ),
                        );
                    }
                }
                if choice.label.contains(['{', '}']) {
                    fault(line(n), "the words of a choice cannot hold { or }; take them out".into());
                }
            }
        }
        Answers::Free(free) => {
            let kind = free.kind.as_str();
            if !free.sets.iter().any(Sets::keeps) {
                fault(
                    line(0),
                    format!(
                        "what they say here would be kept nowhere; write where it goes: = {kind} {{fact hopes for}} -> Part"
                    ),
                );
            }
            for set in &free.sets {
                match set {
                    Sets::Field { field } if free.kind != FreeAnswer::Words => {
                        let field = field.as_str();
                        fault(
                            line(0),
                            format!("their {field} is words and no {kind}; write = words {{field {field}}}"),
                        );
                    }
                    Sets::Consent { channel, .. } => {
                        let channel = channel.as_str();
                        let message = format!(
                            "a consent hangs on a clear yes or no; ask for it with a choice: 1. Yes {{consent {channel} yes}} -> Part"
                        );
                        fault(line(0), message);
                    }
                    _ => {}
                }
            }
        }
    }
    let answers: Vec<&[Sets]> = match answers {
        Answers::Choices(choices) => choices.iter().map(|choice| choice.sets.as_slice()).collect(),
        Answers::Free(free) => vec![&free.sets],
    };
    for (n, sets) in answers.into_iter().enumerate() {
        let mut slots = HashSet::new();
        for set in sets.iter().filter(|set| !slots.insert(set.slot())) {
            fault(line(n), format!("this answer sets {{{set}}} and the same once more; take one out"));
        }
    }
}

/// Whatever is said to a machine may be heard by anyone, and most wishes are not known: then the discreet message is the
/// one that is left.
fn machine(script: &Script, lines: Option<&Lines>, problems: &mut Vec<Problem>) {
    let mut seen: Vec<Leave> = Vec::new();
    for (n, words) in script.machine.iter().enumerate() {
        let lines = lines.and_then(|lines| lines.machine.get(n));
        let heading = lines.map(|lines| lines.heading);
        let say = lines.map(|lines| if lines.say > 0 { lines.say } else { lines.heading });
        let mut fault = |line: Option<u32>, message: String| problems.push(Problem { line, message });
        let name = words.leave.words();
        if words.leave == Leave::Nothing {
            fault(heading, "nothing is not left in words; take this part out".into());
        } else if seen.contains(&words.leave) {
            fault(heading, format!("~ {name} stands twice; take one out"));
        }
        seen.push(words.leave);
        if words.say.is_empty() {
            fault(heading, format!("~ {name} has nothing to say; write the words below it"));
        }
        if words.leave == Leave::Discreet {
            for field in words.say.fields().filter(|field| !fields::is_discreet(field)) {
                let message = format!(
                    "a discreet message says neither who we are nor what it is about; take {{{{ {field} }}}} out"
                );
                fault(say, message);
            }
        }
        known(&words.say, say, problems);
    }
    if seen.contains(&Leave::Message) && !seen.contains(&Leave::Discreet) {
        let at = script.machine.iter().position(|words| words.leave == Leave::Message);
        let line = lines.and_then(|lines| lines.machine.get(at?)).map(|lines| lines.heading);
        let message = "most people have not said whether a message may name us, and then this one is not left; add \
                       ~ Discreet message";
        problems.push(Problem { line, message: message.into() });
    }
}

/// Where a part leads, with the line that says so.
fn leads<'a>(part: &'a Part<'_>) -> Vec<(&'a Target, Option<u32>)> {
    match part.then {
        Then::Ask { answers: Answers::Choices(choices), .. } => choices
            .iter()
            .enumerate()
            .map(|(n, choice)| (&choice.to, part.line(|lines| lines.choices.get(n).copied().unwrap_or(0))))
            .collect(),
        Then::Ask { answers: Answers::Free(free), .. } => {
            vec![(&free.to, part.line(|lines| lines.choices.first().copied().unwrap_or(0)))]
        }
        Then::Go(target) => vec![(target, part.line(|lines| lines.then))],
        Then::End => Vec::new(),
    }
}

fn targets(part: &Part<'_>, parts: &[Part<'_>], by_name: &HashMap<String, usize>, problems: &mut Vec<Problem>) {
    let heading = part.line(|lines| lines.heading);
    if let Then::Ask { answers: Answers::Choices(choices), .. } = part.then
        && (choices.is_empty() || choices.len() > MAX_CHOICES)
    {
        let message = format!("{:?} has {} choices; it needs 1 to {MAX_CHOICES}", part.name, choices.len());
        problems.push(Problem { line: heading, message });
    }
    if part.objection && matches!(part.then, Then::End) {
        let message = format!("the objection {:?} ends the call; let it lead back, or to a goodbye", part.name);
        problems.push(Problem { line: heading, message });
    }
    for (target, line) in leads(part) {
        let message = match target {
            Target::Back if part.objection => continue,
            Target::Back => "only an objection (!) can lead back; write the name of a part".to_owned(),
            Target::Node(name) if by_name.contains_key(&name.to_lowercase()) => continue,
            Target::Node(name) => {
                let nearest = parts
                    .iter()
                    .filter(|other| !other.objection)
                    .map(|other| (strsim::damerau_levenshtein(&other.name.to_lowercase(), &name.to_lowercase()), other))
                    .min_by_key(|(distance, _)| *distance)
                    .filter(|(distance, _)| *distance <= 1 + name.chars().count() / 3);
                match nearest {
                    Some((_, other)) => format!("there is no part {name:?}; did you mean {:?}?", other.name),
                    None => format!("there is no part {name:?}; add # {name}, or lead to another part"),
                }
            }
        };
        problems.push(Problem { line, message });
    }
}

/// Every part can be reached, every part comes to an end, and no round of jumps goes on without a word from them.
fn ways(parts: &[Part<'_>], nodes: usize, by_name: &HashMap<String, usize>, problems: &mut Vec<Problem>) {
    let onward: Vec<Vec<usize>> = parts
        .iter()
        .map(|part| {
            leads(part)
                .into_iter()
                .filter_map(|(target, _)| match target {
                    Target::Node(name) => by_name.get(&name.to_lowercase()).copied(),
                    Target::Back => None,
                })
                .collect()
        })
        .collect();

    // An objection can be raised at any point, so it is reached whenever the first part is.
    let reached = closure((0..1).chain(nodes..parts.len()).collect(), &onward);
    for (_, part) in parts.iter().enumerate().filter(|(n, _)| !reached.contains(n)) {
        let message = format!("nothing leads to {:?}; lead a choice to it, or take it out", part.name);
        problems.push(Problem { line: part.line(|lines| lines.heading), message });
    }

    let mut backward = vec![Vec::new(); parts.len()];
    for (from, to) in onward.iter().enumerate().flat_map(|(from, all)| all.iter().map(move |to| (from, *to))) {
        backward[to].push(from);
    }
    let ends = |part: &Part<'_>| {
        matches!(part.then, Then::End) || leads(part).iter().any(|(target, _)| matches!(target, Target::Back))
    };
    let ending = closure((0..parts.len()).filter(|n| ends(&parts[*n])).collect(), &backward);
    for (_, part) in parts.iter().enumerate().filter(|(n, _)| reached.contains(n) && !ending.contains(n)) {
        let message = format!("from {:?} the call can never end; lead it to a goodbye that says end", part.name);
        problems.push(Problem { line: part.line(|lines| lines.heading), message });
    }
}

fn closure(mut open: Vec<usize>, onward: &[Vec<usize>]) -> HashSet<usize> {
    let mut seen: HashSet<usize> = open.iter().copied().collect();
    while let Some(n) = open.pop() {
        for next in onward.get(n).into_iter().flatten() {
            if seen.insert(*next) {
                open.push(*next);
            }
        }
    }
    seen
}
