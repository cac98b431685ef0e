//! Writing a script as the text that a director edits: `parse(print(script)) == script`.

use std::fmt::{Display, Formatter, Result};

use super::model::{Answers, Script, Target, Then};
use super::parse::{Mark, mark};
use super::sets::Sets;
use super::text::Text;

impl Display for Script {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        writeln!(f, "title: {}", self.title)?;
        writeln!(f, "purpose: {}", self.purpose.words())?;
        if !self.when.is_empty() {
            writeln!(f, "when: {}", self.when)?;
        }
        if !self.at_hand.is_empty() {
            writeln!(f, "at hand: {}", self.at_hand.join("; "))?;
        }
        for node in &self.nodes {
            part(f, '#', &node.name, &node.hint, &node.say, &node.then)?;
        }
        for objection in &self.objections {
            part(f, '!', &objection.name, &objection.hint, &objection.say, &objection.then)?;
        }
        for words in &self.machine {
            said(f, '~', words.leave.words(), &words.hint, &words.say)?;
        }
        Ok(())
    }
}

fn said(f: &mut Formatter<'_>, sign: char, name: &str, hint: &str, say: &Text) -> Result {
    writeln!(f, "\n{sign} {name}")?;
    if !hint.is_empty() {
        writeln!(f, "({hint})")?;
    }
    if !say.is_empty() {
        for line in say.to_string().lines() {
            // Words that begin like a mark are words all the same.
            let escape = if matches!(mark(line), Mark::Words(_) | Mark::Empty) { "" } else { "\\" };
            writeln!(f, "{escape}{line}")?;
        }
    }
    Ok(())
}

fn part(f: &mut Formatter<'_>, sign: char, name: &str, hint: &str, say: &Text, then: &Then) -> Result {
    said(f, sign, name, hint, say)?;
    match then {
        Then::Ask { question, answers } => {
            writeln!(f)?;
            if !question.is_empty() {
                for line in question.to_string().lines() {
                    writeln!(f, "{}", format!("> {line}").trim_end())?;
                }
            }
            match answers {
                Answers::Choices(choices) => {
                    for (n, choice) in choices.iter().enumerate() {
                        write!(f, "{}. {}", n + 1, choice.label)?;
                        leads(f, &choice.sets, &choice.to)?;
                    }
                    Ok(())
                }
                Answers::Free(free) => {
                    write!(f, "= {}", free.kind.as_str())?;
                    leads(f, &free.sets, &free.to)
                }
            }
        }
        Then::Go(Target::Back) => writeln!(f, "back"),
        Then::Go(to) => writeln!(f, "-> {}", target(to)),
        Then::End => writeln!(f, "end"),
    }
}

fn leads(f: &mut Formatter<'_>, sets: &[Sets], to: &Target) -> Result {
    for set in sets {
        write!(f, " {{{set}}}")?;
    }
    writeln!(f, " -> {}", target(to))
}

fn target(target: &Target) -> &str {
    match target {
        Target::Node(name) => name,
        Target::Back => "back",
    }
}
