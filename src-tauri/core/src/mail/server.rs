//! The server that e-mail is handed to.

use std::str::FromStr as _;

use email_address::EmailAddress;

use super::letter::one_line;
use crate::error::{Code, Error, Result};
use crate::host::{MailSecurity, MailServer, Password, SecretsError};
use crate::ids::MailServerId;
use crate::store::{Actor, Book, Db};
use crate::{args, statements};

statements! {
    GET = "SELECT host, port, security, user_name, sender_name, sender_address FROM mail_server ORDER BY id LIMIT 1";
    FORGET = "DELETE FROM mail_server";
    ADD = "INSERT INTO mail_server (id, host, port, security, user_name, sender_name, sender_address) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    // Whoever waits for a server that was set wrong waits no longer.
    TRY_NOW = "UPDATE outgoing_progress SET next_try_ms = $1 WHERE state = 'waiting'";
}

pub async fn get(db: &mut Db) -> Result<Option<MailServer>> {
    db.maybe(&GET, args![]).await
}

/// What can be read, as it is kept.
pub fn checked(server: &MailServer) -> Result<MailServer> {
    let server = MailServer {
        host: server.host.trim().to_lowercase(),
        user_name: one_line(&server.user_name),
        sender_name: one_line(&server.sender_name),
        sender_address: server.sender_address.trim().to_owned(),
        ..server.clone()
    };
    let is_host = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | ':' | '_');
    if server.host.is_empty() || !server.host.chars().all(is_host) {
        return Err(Error::invalid("Type the name of the mail server, such as mail.example.com."));
    }
    if server.port == 0 {
        return Err(Error::invalid("Type the port of the mail server: mostly 465 or 587."));
    }
    if server.security == MailSecurity::None && !is_here(&server.host) {
        return Err(Error::invalid(
            "Without encryption, e-mail goes to a server on this computer alone. Choose TLS or STARTTLS.",
        ));
    }
    if server.sender_name.is_empty() {
        return Err(Error::invalid("Type the name that e-mail comes from."));
    }
    EmailAddress::from_str(&server.sender_address).map_err(|_| {
        Error::invalid(format!("“{}” is not an e-mail address: check the part round the @.", server.sender_address))
    })?;
    Ok(server)
}

fn is_here(host: &str) -> bool {
    matches!(host, "localhost" | "127.0.0.1" | "::1")
}

/// `None` takes it away. A password goes to the keyring and nowhere else; without one, the one that is there stays.
pub async fn save(
    book: &Book,
    actor: Actor,
    server: Option<&MailServer>,
    new_password: Option<&Password>,
) -> Result<()> {
    let server = server.map(checked).transpose()?;
    let secrets = &book.host().secrets;
    if server.is_none() {
        // Where no keyring answers there is none to forget.
        let _ = secrets.set_mail_password(book.id(), None);
    } else if new_password.is_some() {
        secrets.set_mail_password(book.id(), new_password).map_err(|error| no_keyring(&error))?;
    }
    let mut edit = book.write(actor, "save_mail_server").await?;
    edit.run(&FORGET, args![]).await?;
    if let Some(server) = &server {
        edit.about(server.host.clone());
        let MailServer { host, port, security, user_name, sender_name, sender_address } = server;
        let row = args![MailServerId::new(), host, *port, *security, user_name, sender_name, sender_address];
        edit.run(&ADD, row).await?;
    }
    let at = edit.at;
    edit.run(&TRY_NOW, args![at]).await?;
    edit.commit().await.map(drop)
}

/// The password, where this server asks for one. The error says why e-mail waits, and the way out.
pub fn password(book: &Book, server: &MailServer) -> Result<Option<Password>> {
    if server.user_name.is_empty() {
        return Ok(None);
    }
    match book.host().secrets.mail_password(book.id()) {
        Ok(Some(password)) => Ok(Some(password)),
        Ok(None) => Err(Error::refused(
            "The password of the mail server is not in this computer's keyring. Type it under Settings, E-mail.",
        )),
        Err(error) => Err(no_keyring(&error)),
    }
}

fn no_keyring(error: &SecretsError) -> Error {
    match error {
        SecretsError::Locked(_) => Error::new(
            Code::KeyringLocked,
            format!(
                "The password of the mail server is in the keyring, and {error}. Unlock it; until then e-mail waits."
            ),
        ),
        SecretsError::Absent(_) => Error::new(
            Code::KeyringLocked,
            format!(
                "The password of the mail server is kept in a keyring alone, and {error}. Start one, or use the mail program."
            ),
        ),
    }
}
