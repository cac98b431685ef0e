//! E-mail by SMTP (RFC 5321), one at a time, word by word: so that it is known how far it came when something goes wrong.
//!
//! Up to the end of DATA nothing was taken, and it can be tried again. From then on, only the server's answer says whether it
//! was: without one, nobody knows.

use std::future::Future;
use std::time::{Duration, UNIX_EPOCH};

use lettre::address::Envelope;
use lettre::message::{Mailbox, SinglePart};
use lettre::transport::smtp::Error as SmtpError;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{ClientId, Extension, MailBodyParameter, MailParameter};
use lettre::transport::smtp::response::{Response, Severity};
use lettre::{Address, Message};
use secrecy::ExposeSecret as _;
use tokio::time::timeout;
use wellmet_core::host::{MailAnswer, MailSecurity, MailServer, Mailer, Mailing, OutgoingMail, Password};
use wellmet_core::mail::letter::one_line;

pub struct Smtp {
    /// For each answer.
    patience: Duration,
    /// After the end of DATA: RFC 5321, 4.5.3.2.6, since giving up too early is what makes two of one.
    patience_at_the_end: Duration,
}

impl Default for Smtp {
    fn default() -> Self {
        Self { patience: Duration::from_secs(60), patience_at_the_end: Duration::from_secs(600) }
    }
}

impl Mailer for Smtp {
    fn send<'a>(
        &'a self,
        server: &'a MailServer,
        password: Option<&'a Password>,
        mail: &'a OutgoingMail,
    ) -> Mailing<'a> {
        Box::pin(async move { self.hand_over(server, password, mail).await.unwrap_or_else(|answer| answer) })
    }
}

/// Nothing was said to the server yet that it could have taken.
enum Fault {
    Smtp(SmtpError),
    TooSlow,
}

impl Fault {
    fn words(&self, server: &MailServer) -> String {
        match self {
            Self::TooSlow => format!("{} did not answer in time.", server.host),
            Self::Smtp(error) => match error.status() {
                Some(_) => format!("{} said: “{}”.", server.host, said_by(error)),
                None => format!("The connection to {} broke off: {}.", server.host, said_by(error)),
            },
        }
    }

    fn is_for_good(&self) -> bool {
        matches!(self, Self::Smtp(error) if error.is_permanent())
    }
}

/// Where the server says no, its code and words; else what the network said.
fn said_by(error: &SmtpError) -> String {
    let why = std::error::Error::source(error).map(ToString::to_string).unwrap_or_else(|| error.to_string());
    match error.status() {
        Some(code) => format!("{code} {why}"),
        None => why,
    }
}

impl Smtp {
    /// What ends early ends with its answer as an error.
    async fn hand_over(
        &self,
        server: &MailServer,
        password: Option<&Password>,
        mail: &OutgoingMail,
    ) -> Result<MailAnswer, MailAnswer> {
        let never = |why: &str| MailAnswer::Refused { said: format!("Not sent: {why}"), unknown_address: false };
        let (envelope, message) = message(server, mail).map_err(|why| never(&why))?;
        let mut connection = self.connect(server).await?;
        if let Some(password) = password {
            self.sign_in(&mut connection, server, password).await?;
        }
        let info = connection.server_info();
        let mut parameters = Vec::new();
        let mut addresses = envelope.to().iter().chain(envelope.from());
        if addresses.any(|address| !AsRef::<str>::as_ref(address).is_ascii()) {
            if !info.supports_feature(Extension::SmtpUtfEight) {
                return Err(never("this mail server takes no address with letters beyond ASCII."));
            }
            parameters.push(MailParameter::SmtpUtfEight);
        }
        if !message.is_ascii() {
            if !info.supports_feature(Extension::EightBitMime) {
                return Err(never("this mail server takes no letters beyond ASCII."));
            }
            parameters.push(MailParameter::Body(MailBodyParameter::EightBitMime));
        }
        let refused = |fault: Fault, at_the_address: bool| {
            let said = fault.words(server);
            if !fault.is_for_good() {
                return MailAnswer::Later { said };
            }
            let is_unknown = matches!(&fault, Fault::Smtp(error)
                if error.status().is_some_and(|code| u16::from(code) == 550) && said.contains("5.1.1"));
            MailAnswer::Refused { said, unknown_address: at_the_address && is_unknown }
        };
        let from = Mail::new(envelope.from().cloned(), parameters);
        self.answer(connection.command(from)).await.map_err(|fault| refused(fault, false))?;
        for to in envelope.to() {
            let to = Rcpt::new(to.clone(), Vec::new());
            self.answer(connection.command(to)).await.map_err(|fault| refused(fault, true))?;
        }
        self.answer(connection.command(Data)).await.map_err(|fault| refused(fault, false))?;
        // Asked for more once all of it is written: what is written next is the dot, behind which it may have been taken.
        let mut at_the_dot = false;
        let dot = std::iter::from_fn(|| {
            at_the_dot = true;
            None
        });
        let parts = std::iter::once(&message).chain(dot);
        let ended = timeout(self.patience_at_the_end, connection.message_iter(parts)).await;
        let broke_off = |fault: Fault| {
            let said = fault.words(server);
            if at_the_dot { MailAnswer::Unsure { said } } else { MailAnswer::Later { said } }
        };
        let answer = match ended {
            Ok(Ok(response)) if is_done(&response) => MailAnswer::Taken { said: words_of(&response) },
            Ok(Ok(response)) => MailAnswer::Unsure { said: format!("{} said: {}", server.host, words_of(&response)) },
            Ok(Err(error)) if error.status().is_some() => refused(Fault::Smtp(error), false),
            Ok(Err(error)) => return Ok(broke_off(Fault::Smtp(error))),
            Err(_) => return Ok(broke_off(Fault::TooSlow)),
        };
        // It changes nothing any more, and nobody waits long for it.
        let _ = timeout(Duration::from_secs(2), connection.quit()).await;
        Ok(answer)
    }

    async fn answer<T>(&self, asked: impl Future<Output = Result<T, SmtpError>>) -> Result<T, Fault> {
        match timeout(self.patience, asked).await {
            Ok(answered) => answered.map_err(Fault::Smtp),
            Err(_) => Err(Fault::TooSlow),
        }
    }

    async fn connect(&self, server: &MailServer) -> Result<AsyncSmtpConnection, MailAnswer> {
        let settings = |said: String| MailAnswer::Closed { said, needs_somebody: true };
        let closed = |fault: Fault| match &fault {
            Fault::Smtp(error) if error.is_tls() || certificate_is_wrong(error) => settings(format!(
                "The connection to {} could not be encrypted: {}. Look at its name, port and security under Settings, E-mail.",
                server.host,
                said_by(error)
            )),
            Fault::Smtp(error) if error.status().is_none() => MailAnswer::Closed {
                said: format!(
                    "{} cannot be reached: {}. It is tried again; where that does not help, look at its name and port under \
                     Settings, E-mail.",
                    server.host,
                    said_by(error)
                ),
                needs_somebody: false,
            },
            fault => MailAnswer::Closed { said: fault.words(server), needs_somebody: fault.is_for_good() },
        };
        let tls = || {
            TlsParameters::new_rustls(server.host.clone()).map_err(|error| {
                settings(format!("{} is not the name of a mail server: {}.", server.host, said_by(&error)))
            })
        };
        let at_once = match server.security {
            MailSecurity::Tls => Some(tls()?),
            MailSecurity::Starttls | MailSecurity::None => None,
        };
        let hello = ClientId::default();
        let address = (server.host.as_str(), server.port);
        let connecting = AsyncSmtpConnection::connect_tokio1(address, Some(self.patience), &hello, at_once, None);
        let mut connection = self.answer(connecting).await.map_err(closed)?;
        if server.security == MailSecurity::Starttls {
            if !connection.can_starttls() {
                return Err(settings(format!(
                    "{} offers no encryption on port {}, so nothing was said to it. Try TLS on port 465 under Settings, E-mail.",
                    server.host, server.port
                )));
            }
            self.answer(connection.starttls(tls()?, &hello)).await.map_err(closed)?;
        }
        Ok(connection)
    }

    async fn sign_in(
        &self,
        connection: &mut AsyncSmtpConnection,
        server: &MailServer,
        password: &Password,
    ) -> Result<(), MailAnswer> {
        let credentials = Credentials::new(server.user_name.clone(), password.expose_secret().to_owned());
        let signing_in = connection.auth(&[Mechanism::Plain, Mechanism::Login], &credentials);
        self.answer(signing_in).await.map(drop).map_err(|fault| {
            let secret = password.expose_secret();
            let said = fault.words(server);
            // Some servers say back what they were told.
            let said = if secret.is_empty() { said } else { said.replace(secret, "…") };
            match &fault {
                Fault::Smtp(error) if error.status().is_none() && !error.is_client() => {
                    MailAnswer::Closed { said, needs_somebody: false }
                }
                Fault::TooSlow => MailAnswer::Closed { said, needs_somebody: false },
                fault if fault.is_for_good() || matches!(fault, Fault::Smtp(error) if error.is_client()) => {
                    MailAnswer::Closed {
                        said: format!("The user name or the password was not taken. {said} Type them again under Settings, E-mail."),
                        needs_somebody: true,
                    }
                }
                _ => MailAnswer::Closed { said, needs_somebody: false },
            }
        })
    }
}

fn is_done(response: &Response) -> bool {
    response.code().severity == Severity::PositiveCompletion
}

fn words_of(response: &Response) -> String {
    format!("{} {}", response.code(), response.message().collect::<Vec<_>>().join(" "))
}

/// rustls says what is wrong with a certificate inside an error of the network.
fn certificate_is_wrong(error: &SmtpError) -> bool {
    said_by(error).contains("certificate")
}

/// The error says why it never can be sent. Whatever it is given, a header stays one.
fn message(server: &MailServer, mail: &OutgoingMail) -> Result<(Envelope, Vec<u8>), String> {
    let address = |text: &str| text.parse::<Address>().map_err(|error| format!("“{text}” is no address: {error}."));
    let date = UNIX_EPOCH + Duration::from_millis(u64::try_from(mail.date.0).unwrap_or(0));
    let message = Message::builder()
        .message_id(Some(format!("<{}>", one_line(&mail.message_id))))
        .date(date)
        .from(Mailbox::new(Some(one_line(&server.sender_name)), address(&server.sender_address)?))
        .to(Mailbox::new(Some(one_line(&mail.to_name)), address(&mail.to_address)?))
        .subject(one_line(&mail.subject))
        .singlepart(SinglePart::plain(mail.body.clone()))
        .map_err(|error| format!("it cannot be written as an e-mail: {error}."))?;
    Ok((message.envelope().clone(), message.formatted()))
}

#[cfg(test)]
#[path = "../../tests/mail/smtp.rs"]
mod tests;
