//! Fields of the association's own in a script: filled in by an answer, said by their names. A script is read without a
//! book; whether the book has them, and whether they hold what is asked for, is said where it is written.

use super::fields::{own_name, own_path};
use super::model::{Answers, FreeAnswer, Problem, Problems, Script, Then};
use super::sets::Sets;
use super::text::Text;
use crate::error::Result;
use crate::people::fields::{CustomField, FieldKind};

impl Script {
    /// Whether every field of the association's own that it names is there and holds what is asked for.
    pub fn fits(&self, source: &str, fields: &[CustomField]) -> Result<(), Problems> {
        let problems = problems(self, source, fields);
        if problems.is_empty() { Ok(()) } else { Err(Problems(problems)) }
    }
}

pub(super) fn problems(script: &Script, source: &str, fields: &[CustomField]) -> Vec<Problem> {
    let mut found = Found { source, fields, problems: Vec::new() };
    let asides = script.objections.iter().map(|objection| (&objection.say, &objection.then));
    for (say, then) in script.nodes.iter().map(|node| (&node.say, &node.then)).chain(asides) {
        found.said(say);
        if let Then::Ask { question, answers } = then {
            found.said(question);
            found.answers(answers);
        }
    }
    script.machine.iter().for_each(|words| found.said(&words.say));
    found.problems
}

struct Found<'a> {
    source: &'a str,
    fields: &'a [CustomField],
    problems: Vec<Problem>,
}

impl Found<'_> {
    /// In the first line in which all of `near` stands.
    fn fault(&mut self, near: &[&str], message: String) {
        let near: Vec<String> = near.iter().map(|words| words.to_lowercase()).collect();
        let stands = |line: &str| near.iter().all(|words| line.to_lowercase().contains(words));
        let line = self.source.lines().position(stands);
        let line = line.and_then(|at| u32::try_from(at + 1).ok());
        let problem = Problem { line, message };
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }

    fn there_are(&self) -> String {
        if self.fields.is_empty() {
            return "the association has none of its own yet; add it in Settings".to_owned();
        }
        let names: Vec<&str> = self.fields.iter().map(|field| field.name.as_str()).collect();
        format!("there are: {}; or add it in Settings", names.join(", "))
    }

    fn said(&mut self, text: &Text) {
        for path in text.fields() {
            let Some(name) = own_name(path) else { continue };
            if !self.fields.iter().any(|field| own_path(&field.name) == own_path(name)) {
                self.fault(&[path], format!("there is no field {path:?}; {}", self.there_are()));
            }
        }
    }

    fn answers(&mut self, answers: &Answers) {
        match answers {
            Answers::Choices(choices) => {
                for choice in choices {
                    for name in own(&choice.sets) {
                        let Some(field) = self.field(name) else { continue };
                        if field.read(&choice.label).is_err() {
                            let why = match field.kind {
                                FieldKind::Choice => "is not among its choices",
                                FieldKind::Number => "is no number",
                                FieldKind::Date => "is no date like 2026-12-24",
                                FieldKind::Text => "is too long for it",
                            };
                            self.fault(
                                &[&choice.label, &format!("field {name}")],
                                format!("{:?} cannot stand in {name:?}: it {why}", choice.label),
                            );
                        }
                    }
                }
            }
            Answers::Free(free) => {
                for name in own(&free.sets) {
                    let Some(field) = self.field(name) else { continue };
                    let way_out = match (field.kind, free.kind) {
                        (FieldKind::Text, _)
                        | (FieldKind::Number, FreeAnswer::Number)
                        | (FieldKind::Date, FreeAnswer::Date) => continue,
                        (FieldKind::Number, _) => format!("ask for it with = number {{field {name}}} -> Part"),
                        (FieldKind::Date, _) => format!("ask for it with = date {{field {name}}} -> Part"),
                        (FieldKind::Choice, _) => {
                            let first = field.options.first().map_or("Yes", |option| &option.name);
                            format!("ask for it with its choices: 1. {first} {{field {name}}} -> Part")
                        }
                    };
                    self.fault(
                        &["= ", &format!("field {name}")],
                        format!("{name:?} does not hold any {}; {way_out}", free.kind.as_str()),
                    );
                }
            }
        }
    }

    fn field(&mut self, name: &str) -> Option<CustomField> {
        let field = self.fields.iter().find(|field| field.is_called(name)).cloned();
        if field.is_none() {
            let message = format!(
                "there is no field {name:?} to fill in; there are: given, family, place, organisation, email; of your own, {}",
                self.there_are()
            );
            self.fault(&[&format!("field {name}")], message);
        }
        field
    }
}

fn own(sets: &[Sets]) -> impl Iterator<Item = &str> {
    sets.iter().filter_map(|set| match set {
        Sets::Own { name } => Some(name.as_str()),
        _ => None,
    })
}
