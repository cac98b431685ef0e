//! What other programs export, column for column as their makers document it: each file comes in as whom it means.
//!
//! Beside each file stands what has to come of it. To look at what does: `WRITE_GOLDEN=1`, and read the difference.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use rstest::rstest;
use wellmet_core::exchange::import::{self, Choices};
use wellmet_core::people::{PeopleQuery, list, person, reaches};

use crate::support::TestBook;

pub fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/import").join(name)
}

/// Everyone of a book, in the order of their names.
pub async fn everyone(test: &TestBook) -> String {
    let mut db = test.book.read().await.expect("a reader");
    let page =
        list::first(&mut db, test.book.now(), &PeopleQuery::default(), 500).await.expect("a page").expect("by name");
    let mut text = String::new();
    for row in page.rows {
        let someone = person::get(&mut db, row.id).await.expect("a person");
        let _ = writeln!(text, "{} = {} | {}", someone.name, someone.given, someone.family);
        let or = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".into());
        let _ = writeln!(
            text,
            "  {} in {:?}, {}, {}; record {}; source {:?}; keeper {}",
            someone.standing.as_str(),
            someone.place,
            or(&someone.country),
            or(&someone.zone),
            or(&someone.external_id),
            someone.source,
            someone.keeper.map_or("-".into(), |keeper| keeper.name)
        );
        if someone.do_not_call {
            text.push_str("  not to be rung\n");
        }
        for role in &someone.roles {
            let _ = writeln!(text, "  at {} as {:?}", role.organisation, role.title);
        }
        for reach in reaches::rows_of(&mut db, row.id).await.expect("reaches") {
            let extension = reach.extension.map(|digits| format!(" ext. {digits}")).unwrap_or_default();
            let _ = writeln!(text, "  {} {:?}: {:?}{extension}", reach.kind.as_str(), reach.label, reach.value);
        }
        for fact in &someone.facts {
            let _ = writeln!(text, "  fact {:?}", fact.words);
        }
        for tag in &someone.tags {
            let _ = writeln!(text, "  tag {tag:?}");
        }
        for consent in &someone.consents {
            let _ = writeln!(text, "  {}: {}", consent.channel.as_str(), if consent.allowed { "yes" } else { "no" });
        }
    }
    text
}

#[rstest]
#[case::google("google-contacts.csv", Some("Google Contacts"), 0)]
#[case::google_before("google-contacts-before-2024.csv", Some("Google Contacts"), 0)]
#[case::outlook("outlook.csv", Some("Outlook"), 0)]
#[case::outlook_com("outlook-com.csv", Some("Outlook"), 0)]
#[case::apple("apple.vcf", None, 1)]
#[case::old_cards("phone-and-outlook-2.1.vcf", None, 0)]
#[case::new_cards("standard-4.0.vcf", None, 0)]
#[case::linkedin("linkedin-connections.csv", Some("LinkedIn"), 0)]
#[case::mailchimp("mailchimp-subscribed.csv", Some("Mailchimp"), 0)]
#[case::mailchimp_unsubscribed("mailchimp-unsubscribed.csv", Some("Mailchimp"), 0)]
#[case::hubspot("hubspot.csv", Some("HubSpot"), 0)]
#[case::wild_apricot("wild-apricot.csv", Some("Wild Apricot"), 0)]
#[case::civicrm("civicrm.csv", Some("CiviCRM"), 0)]
#[case::workbook("members.xlsx", None, 0)]
#[tokio::test]
async fn an_export_of(#[case] name: &str, #[case] maker: Option<&str>, #[case] rejected: u32) {
    let test = TestBook::new().await;
    let path = test.folder().join(name);
    std::fs::copy(fixture(name), &path).expect("a copy");
    let preview = import::preview(&test.book, &path, None).await.expect("a preview");
    assert_eq!(preview.layout.as_deref(), maker);
    let bring = async || {
        let import = import::begin(&test.book, test.helen(), &path, &Choices::default()).await.expect("a list");
        import::run(&test.book, test.helen(), import, &AtomicBool::new(false), &|_| {}).await.expect("an import")
    };
    let done = bring().await;
    let now = everyone(&test).await;
    let golden = fixture("golden").join(format!("{name}.txt"));
    if std::env::var_os("WRITE_GOLDEN").is_some() {
        std::fs::write(&golden, &now).expect("written");
    }
    assert_eq!(now, std::fs::read_to_string(&golden).expect("a golden file"));
    assert_eq!((done.updated, done.unchanged, done.rejected), (0, 0, rejected));
    // The same file twice changes nothing the second time.
    let again = bring().await;
    assert_eq!((again.created, again.updated, again.unchanged), (0, 0, done.created));
    assert_eq!(everyone(&test).await, now);
}
