//! Columns by their headers, in several languages and programs, and by what stands in them.

use std::path::Path;

use rstest::rstest;
use wellmet_core::exchange::import::days::{self, Order, Proof};
use wellmet_core::exchange::import::read::Table;
use wellmet_core::exchange::import::recognise::{Column, Field, check, choose, recognise};
use wellmet_core::exchange::import::{Mapping, values};
use wellmet_core::people::Standing;

fn of(header: &[&str], rows: &[&[&str]]) -> Vec<Column> {
    let header: Vec<String> = header.iter().map(|name| (*name).to_owned()).collect();
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect();
    recognise(&header, &rows, "AU")
}

fn fields(header: &[&str]) -> Vec<String> {
    of(header, &[])
        .into_iter()
        .map(|column| match column.label.as_str() {
            "" => column.field.as_str().to_owned(),
            label => format!("{}:{label}", column.field.as_str()),
        })
        .collect()
}

fn fixture(name: &str) -> Vec<Column> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/import").join(name);
    let mut table = Table::open(&path, "AU").expect("a list");
    let mut rows = Vec::new();
    while let Some(row) = table.next().expect("readable") {
        rows.push(row.expect("a good row").cells);
    }
    recognise(table.header(), &rows, "AU")
}

fn field_of(columns: &[Column], header: &str) -> (Field, String, u8) {
    let column = columns.iter().find(|column| column.header == header).unwrap_or_else(|| panic!("no column {header}"));
    (column.field, column.label.clone(), column.set)
}

#[rstest]
#[case(&["Record ID", "First Name", "Last Name", "Email", "Phone Number", "Company"], &["external_id", "given", "family", "email", "phone", "organisation"])]
#[case(&["rec_id", "given_name", "surname", "street_number", "address_1", "suburb", "postcode", "state", "date_of_birth", "phone_number"], &["external_id", "given", "family", "street", "street", "city", "postcode", "region", "birthday", "phone"])]
#[case(&["Contact ID", "Name", "Mobile", "Notes", "Do not call"], &["external_id", "name", "phone:mobile", "note", "do_not_call"])]
#[case(&["Vorname", "Name", "Telefon geschäftlich", "Handy", "E-Mail-Adresse", "PLZ", "Ort", "Straße", "Bemerkungen"], &["given", "family", "phone:work", "phone:mobile", "email", "postcode", "city", "street", "note"])]
#[case(&["Nom", "Prénom", "Courriel", "Téléphone portable", "Société", "Fonction"], &["family", "given", "email", "phone:mobile", "organisation", "role_title"])]
#[case(&["Nombre", "Apellidos", "Correo electrónico", "Teléfono móvil", "Empresa"], &["given", "family", "email", "phone:mobile", "organisation"])]
#[case(&["Nome", "Cognome", "Cellulare", "Azienda", "Città"], &["given", "family", "phone:mobile", "organisation", "city"])]
#[case(&["Voornaam", "Achternaam", "Telefoonnummer", "Woonplaats"], &["given", "family", "phone", "city"])]
#[case(&["firstName", "lastName", "mobilePhone", "emailAddress", "timeZone"], &["given", "family", "phone:mobile", "email", "zone"])]
#[case(&["氏名", "電話番号", "メールアドレス", "会社"], &["name", "phone", "email", "organisation"])]
#[case(&["Nombre", "Teléfono"], &["name", "phone"])]
#[case(&["Phone 1", "Phone 2", "Email1", "email_2"], &["phone", "phone", "email", "email"])]
#[case(&["ID", "Membership No", "Record ID", "Name"], &["ignore", "ignore", "external_id", "name"])]
#[case(&["Name", "Business Fax", "Assistant's Phone", "Web Page", "Last Email Date"], &["name", "ignore", "ignore", "ignore", "ignore"])]
fn headers(#[case] header: &[&str], #[case] wanted: &[&str]) {
    assert_eq!(fields(header), wanted);
}

#[test]
fn google_contacts() {
    let columns = fixture("google-contacts.csv");
    assert_eq!(field_of(&columns, "First Name").0, Field::Given);
    assert_eq!(field_of(&columns, "Phonetic First Name").0, Field::Skip);
    assert_eq!(field_of(&columns, "Organization Name").0, Field::Organisation);
    assert_eq!(field_of(&columns, "Organization Title").0, Field::RoleTitle);
    assert_eq!(field_of(&columns, "Name Prefix").0, Field::Title);
    assert_eq!(field_of(&columns, "Labels").0, Field::Tag);
    assert_eq!(field_of(&columns, "E-mail 2 - Value"), (Field::Email, String::new(), 2));
    assert_eq!(field_of(&columns, "E-mail 2 - Label"), (Field::EmailLabel, String::new(), 2));
    assert_eq!(field_of(&columns, "Phone 1 - Value"), (Field::Phone, String::new(), 1));
    assert_eq!(field_of(&columns, "Phone 2 - Label"), (Field::PhoneLabel, String::new(), 2));
    assert_eq!(field_of(&columns, "Address 1 - City"), (Field::City, String::new(), 1));
    assert_eq!(field_of(&columns, "Website 1 - Value").0, Field::Skip);
    let before = fixture("google-contacts-before-2024.csv");
    assert_eq!(field_of(&before, "Name").0, Field::FullName);
    assert_eq!(field_of(&before, "Family Name").0, Field::Family);
    assert_eq!(field_of(&before, "Phone 1 - Type"), (Field::PhoneLabel, String::new(), 1));
    assert_eq!(field_of(&before, "Organization 1 - Name").0, Field::Organisation);
    assert_eq!(field_of(&before, "Group Membership").0, Field::Tag);
}

#[test]
fn outlook() {
    let columns = fixture("outlook.csv");
    for (header, field, label) in [
        ("Title", Field::Title, ""),
        ("First Name", Field::Given, ""),
        ("Company", Field::Organisation, ""),
        ("Job Title", Field::RoleTitle, ""),
        ("Business Phone", Field::Phone, "work"),
        ("Business Phone 2", Field::Phone, "work"),
        ("Mobile Phone", Field::Phone, "mobile"),
        ("Home Phone", Field::Phone, "home"),
        ("Business Fax", Field::Skip, ""),
        ("Business City", Field::City, "work"),
        ("Home Postal Code", Field::Postcode, "home"),
        ("Business Country/Region", Field::Country, "work"),
        ("E-mail Address", Field::Email, ""),
        ("E-mail 2 Address", Field::Email, ""),
        ("E-mail Type", Field::Skip, ""),
        ("E-mail Display Name", Field::Skip, ""),
        ("Categories", Field::Tag, ""),
        ("Notes", Field::Note, ""),
        ("Referred By", Field::Source, ""),
        ("Spouse", Field::Skip, ""),
    ] {
        let (is, as_label, _) = field_of(&columns, header);
        assert_eq!((is, as_label.as_str()), (field, label), "{header}");
    }
}

#[test]
fn a_list_by_libreoffice_in_german() {
    let columns = fixture("libreoffice-utf8-comma.csv");
    let fields: Vec<&str> = columns.iter().map(|column| column.field.as_str()).collect();
    assert_eq!(
        fields,
        [
            "external_id",
            "given",
            "family",
            "organisation",
            "phone",
            "phone",
            "email",
            "standing",
            "birthday",
            "note",
            "do_not_call"
        ]
    );
}

#[test]
fn a_header_that_says_nothing_is_known_by_its_cells() {
    let rows: &[&[&str]] = &[
        &["Tom Ashby", "0491 570 156", "tom@example.com", "1001234"],
        &["Ada King", "(03) 5550 1234", "ada@example.com", "1001235"],
    ];
    let columns = of(&["Name", "Reach", "Wherever", "Number Plate"], rows);
    assert_eq!(
        columns.iter().map(|column| column.field).collect::<Vec<_>>(),
        [Field::FullName, Field::Phone, Field::Email, Field::Skip]
    );
}

#[test]
fn without_a_header_that_speaks_the_names_are_those_that_look_like_names() {
    let named = |rows: &[&[&str]]| {
        let header: Vec<String> = (1..=rows[0].len()).map(|number| format!("X{number}")).collect();
        let header: Vec<&str> = header.iter().map(String::as_str).collect();
        of(&header, rows).into_iter().map(|column| column.field).collect::<Vec<_>>()
    };
    use Field::{Email, FullName, Phone, Skip};
    let ann: &[&str] = &["Ann Lee", "ann@x.example", "0412 000 000"];
    assert_eq!(named(&[ann; 80]), [FullName, Email, Phone]);
    assert_eq!(named(&[ann; 2]), [FullName, Email, Phone]);
    let rows: &[&[&str]] = &[
        &["member", "0412 000 000", "Zoë van der Berg", "Perth", "yes"],
        &["prospect", "0412 000 001", "Jean-Luc O’Neill", "New South Wales", "no"],
        &["member", "0412 000 002", "Li Wei", "Hobart", "yes"],
    ];
    assert_eq!(named(rows), [Skip, Phone, FullName, Skip, Skip], "a standing and a yes are nobody's name");
    assert_eq!(named(&[&["李伟", "0412 000 000"], &["王芳", "0412 000 001"]]), [FullName, Phone]);
    assert_eq!(
        named(&[&["0412 000 000", "ann"], &["0412 000 001", "bob"]]),
        [Phone, FullName],
        "rather than the number"
    );
    assert_eq!(
        named(&[&["large", "ann@x.example"], &["small", "bob@x.example"]]),
        [Skip, Email],
        "an address says who"
    );
    let known = of(&["Name", "Favourite author", "Email"], &[&["Ann Lee", "Jane Austen", "ann@x.example"]]);
    assert_eq!((known[0].field, known[1].field), (FullName, Skip), "where a header says it, nothing is guessed");
}

#[test]
fn a_title_is_a_form_of_address_or_a_job() {
    assert_eq!(of(&["Name", "Title"], &[&["Tom", "Mr"], &["Ada", "Dr."]])[1].field, Field::Title);
    assert_eq!(of(&["Name", "Title"], &[&["Tom", "Treasurer"], &["Ada", "Dr."]])[1].field, Field::RoleTitle);
}

#[test]
fn a_persons_choice_overrides_and_a_wrong_one_is_named() {
    let mut columns = of(&["Name", "Reach"], &[]);
    choose(&mut columns, &Mapping::from([("Reach".into(), "phone:work".into())])).expect("a good mapping");
    assert_eq!((columns[1].field, columns[1].label.as_str()), (Field::Phone, "work"));
    let error =
        choose(&mut columns, &Mapping::from([("Reach".into(), "telegraph".into())])).expect_err("no such field");
    assert!(error.message.contains("telegraph") && error.message.contains("external_id"), "{}", error.message);
    let error = choose(&mut columns, &Mapping::from([("Rech".into(), "phone".into())])).expect_err("no such column");
    assert!(error.message.contains("Rech"), "{}", error.message);
}

#[test]
fn a_list_of_no_people_is_refused_with_its_columns() {
    let error = check(&of(&["Invoice", "Amount"], &[])).expect_err("no one in it");
    assert!(error.message.contains("Invoice, Amount"), "{}", error.message);
    assert!(check(&of(&["Company"], &[])).is_ok(), "an organisation can be rung too");
}

#[rstest]
#[case("2024-02-29", Some("2024-02-29"))]
#[case("2024-02-29T10:00:00Z", Some("2024-02-29"))]
#[case("29/02/2024", Some("2024-02-29"))]
#[case("2/29/2024", Some("2024-02-29"))]
#[case("1.3.1968", Some("1968-03-01"))]
#[case("5/5/1970", Some("1970-05-05"))]
#[case("3/4/1970", None)]
#[case("2023-02-29", None)]
#[case("0000-00-00", None)]
#[case("0000-01-01", None)]
#[case("0/0/00", None)]
#[case("1/1/0001", None)]
#[case("30/12/1899", None)]
#[case("--04-31", None)]
#[case("99999-01-01", None)]
#[case("soon", None)]
fn dates(#[case] cell: &str, #[case] day: Option<&str>) {
    assert_eq!(values::date(cell).map(|date| date.to_string()).as_deref(), day);
}

#[test]
fn what_is_no_whole_date_may_still_say_something() {
    for said in [
        "3/4/1970",
        "3/4/1970 0:00",
        "3/4/1970 12:00:00 AM",
        "4 May",
        "May 4, 1980",
        "03/09",
        "1968",
        "4.5.68",
        "31/04/1970",
        "1970-13-45",
        "99999-01-01",
        "soon",
    ] {
        assert!(days::day(said, Order::Unknown).is_none() && days::says_something(said), "{said}");
    }
    for nothing in ["0000-00-00", "0000-01-01", "0/0/00", "1/1/0001", "30/12/1899", "--04-31", "0", "?", ""] {
        assert!(days::day(nothing, Order::Unknown).is_none() && !days::says_something(nothing), "{nothing}");
    }
}

#[rstest]
#[case("03/04/1981", Order::DayFirst, Some("1981-04-03"))]
#[case("03/04/1981 0:00", Order::MonthFirst, Some("1981-03-04"))]
#[case("03-04-1981", Order::Unknown, None)]
#[case("1981-04-03", Order::MonthFirst, Some("1981-04-03"))]
#[case("13/04/1981", Order::MonthFirst, Some("1981-04-13"))]
#[case("29339", Order::Unknown, Some("1980-04-28"))]
#[case("2100", Order::Unknown, None)]
#[case("2101", Order::Unknown, Some("1905-10-01"))]
#[case("80000", Order::Unknown, Some("2119-01-11"))]
#[case("80001", Order::Unknown, None)]
#[case("1980", Order::DayFirst, None)]
fn days_of_a_column(#[case] cell: &str, #[case] order: Order, #[case] day: Option<&str>) {
    assert_eq!(days::day(cell, order).map(|day| day.to_string()).as_deref(), day);
}

#[test]
fn a_column_tells_by_any_of_its_days_which_number_is_the_month() {
    let order = |cells: &[&str]| {
        let mut proof = Proof::default();
        cells.iter().for_each(|cell| proof.note(cell));
        proof.order()
    };
    assert_eq!(order(&["03/04/1981", "13/04/1980"]), Order::DayFirst);
    assert_eq!(order(&["12/25/1990", "1980-02-03", "soon"]), Order::MonthFirst);
    assert_eq!(order(&["03/04/1981", "05/05/1980"]), Order::Unknown);
    assert_eq!(order(&["13/04/1980", "12/25/1990"]), Order::Unknown, "both ways: neither");
    assert_eq!(order(&["99/04/1980", "13/00/1980", "0/25/1990"]), Order::Unknown, "what is no day proves nothing");
}

#[test]
fn cells_in_other_programs_words() {
    assert_eq!(
        values::emails("Tom <tom@example.com>; TOM@example.com ::: t.ashby@work.example"),
        Ok(vec!["tom@example.com".into(), "t.ashby@work.example".into()])
    );
    assert_eq!(values::emails("tom at example"), Err("tom at example"));
    assert_eq!(values::emails("  "), Ok(vec![]));
    assert_eq!(values::yes_or_no("Ja"), Some(true));
    assert_eq!(values::yes_or_no(""), Some(false));
    assert_eq!(values::yes_or_no("perhaps"), None);
    assert_eq!(values::standing("Mitglied"), Some(Standing::Member));
    assert_eq!(values::standing("Ex-member"), Some(Standing::Former));
    assert_eq!(values::standing("Platinum"), None);
    assert_eq!(values::label("* Work"), "work");
    assert_eq!(values::label("Boat"), "Boat");
    assert_eq!(values::tags("Members ::: * myContacts ::: Book club ::: members"), ["Members", "Book club"]);
    assert_eq!(values::tags("Members;Book club, members"), ["Members", "Book club"]);
    assert_eq!(values::tags("Food, wine :::"), ["Food, wine"], "a list that parts its pieces otherwise");
}
