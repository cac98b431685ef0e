//! What other programs call their columns, where the words alone would mislead: "Member" of Wild Apricot is a yes or a
//! no, "CC" of Mailchimp a country. Headers are as `recognise::plain` folds them.

use super::recognise::Field;
use crate::people::names::fold;

pub struct Layout {
    /// The program that writes it.
    pub name: &'static str,
    /// All of these are in its header.
    mark: &'static [&'static str],
    columns: &'static [(Field, &'static str, &'static str)],
}

impl Layout {
    /// What a column of this program is, where that has to be said.
    pub fn column(&self, plain: &str) -> Option<(Field, &'static str)> {
        let here = self.columns.iter().find(|(_, _, names)| super::recognise::is_one_of(plain, names));
        here.map(|(field, label, _)| (*field, *label))
    }
}

/// The program that wrote this header.
pub fn of(plain: &[String]) -> Option<&'static Layout> {
    LAYOUTS.iter().find(|layout| layout.mark.iter().all(|mark| plain.iter().any(|name| name == mark)))
}

/// Whether a column that says not to ring somebody says that they are dead: nobody writes to them either.
pub(super) fn is_of_the_dead(header: &str) -> bool {
    super::recognise::is_one_of(&fold(header), "deceased|contact is deceased")
}

/// What a book like this one writes, with all its columns.
pub const OWN: &str = "Wellmet";

const LAYOUTS: &[Layout] = &[
    Layout {
        name: OWN,
        mark: &["record id", "name", "given name", "family name", "standing", "may call", "may email", "may post"],
        columns: &[],
    },
    // https://support.google.com/contacts: since 2024, and before.
    Layout { name: "Google Contacts", mark: &["first name", "phonetic first name", "file as", "labels"], columns: &[] },
    Layout {
        name: "Google Contacts",
        mark: &["name", "given name", "yomi name", "group membership"],
        columns: &[(Field::Skip, "", "subject|maiden name|short name|occupation|location|billing information|hobby")],
    },
    // Outlook for Windows, outlook.com.
    Layout {
        name: "Outlook",
        mark: &["first name", "last name", "e mail address", "business phone", "home phone", "mobile phone"],
        columns: &[
            (Field::Phone, "main", "primary phone|company main phone"),
            (Field::Skip, "", "user|account|e mail type|assistant s name|manager s name|location|schools|profession"),
        ],
    },
    Layout {
        name: "LinkedIn",
        mark: &["first name", "last name", "company", "position", "connected on"],
        columns: &[(Field::RoleTitle, "", "position"), (Field::Skip, "", "url|connected on")],
    },
    Layout {
        name: "Mailchimp",
        mark: &["email address", "member rating", "optin time", "leid", "euid"],
        columns: &[
            (Field::ExternalId, "", "euid"),
            (Field::DoNotEmail, "", "unsub time"),
            (Field::Country, "", "cc"),
            (Field::Region, "", "region"),
            (Field::Zone, "", "timezone"),
            (
                Field::Skip,
                "",
                "leid|member rating|optin time|optin ip|confirm time|confirm ip|latitude|longitude|gmtoff|dstoff|\
                 last changed|unsub campaign title|unsub campaign id|unsub reason|unsub reason other|clean time|\
                 clean campaign title|clean campaign id",
            ),
        ],
    },
    Layout {
        name: "HubSpot",
        mark: &["record id", "first name", "last name", "email", "contact owner", "create date"],
        columns: HUBSPOT,
    },
    Layout {
        name: "HubSpot",
        mark: &["record id", "first name", "last name", "email", "lifecycle stage"],
        columns: HUBSPOT,
    },
    Layout {
        name: "Wild Apricot",
        mark: &["user id", "membership level", "membership status", "email"],
        columns: &[
            (Field::ExternalId, "", "user id"),
            (Field::Standing, "", "membership status"),
            (Field::Tag, "", "membership level|group participation"),
            (Field::DoNotEmail, "", "receiving emails disabled"),
            (Field::MayEmail, "", "subscribed to emails"),
            (
                Field::Skip,
                "",
                "member|archived|donor|event registrant|suspended member|event announcements|\
                 member emails and newsletters|email delivery disabled|balance|total donated|\
                 registered for specific event|profile last updated|profile last updated by|creation date|\
                 last login date|administration access|created by|participates in forums|terms of use accepted|\
                 subscription source|member since|renewal due|membership level id|access to profile by others|\
                 renewal date last changed|level last changed|bundle id|member role|member bundle id or email|\
                 membership enabled|member id|contact id",
            ),
        ],
    },
    Layout {
        name: "CiviCRM",
        mark: &["contact id", "contact type", "sort name", "display name"],
        columns: &[
            (Field::ExternalId, "", "contact id"),
            (Field::FullName, "", "display name"),
            (Field::Title, "", "individual prefix"),
            (Field::Suffix, "", "individual suffix"),
            (Field::Organisation, "", "current employer|organization name|household name"),
            (Field::Tag, "", "contact subtype|tag s|group s|tags|groups"),
            (Field::Note, "", "note s|note"),
            (Field::Source, "", "contact source|source of contact data"),
            (Field::Birthday, "", "birth date"),
            // Nobody rings, writes to or invites the dead.
            (Field::DoNotCall, "", "do not phone|deceased|contact is deceased"),
            (Field::DoNotEmail, "", "do not email|no bulk emails user opt out"),
            (Field::DoNotPost, "", "do not mail"),
            (Field::Street, "", "street address|supplemental address 1|supplemental address 2|supplemental address 3"),
            (
                Field::Skip,
                "",
                "contact type|do not sms|do not trade|legal identifier|external identifier|sort name|legal name|\
                 image url|preferred communication method|preferred language|preferred mail format|contact hash|\
                 formal title|communication style|email greeting|email greeting id|postal greeting|\
                 postal greeting id|addressee|addressee id|gender|deceased date|sic code|unique id openid|\
                 current employer id|contact is in trash|created date|modified date|location type|\
                 address name|master address|master address id|postal code suffix|latitude|longitude|geo code 1|\
                 geo code 2|county|phone type|on hold|use for bulk mail|bulk mail|signature text|signature html|im provider|\
                 im screen name|openid|world region|website|url|website type",
            ),
        ],
    },
];

const HUBSPOT: &[(Field, &str, &str)] = &[
    (Field::ExternalId, "", "record id"),
    (Field::Organisation, "", "company name|associated company|primary company|associated company primary"),
    (Field::Phone, "", "phone number"),
    (Field::Phone, "mobile", "mobile phone number"),
    (Field::Standing, "", "lifecycle stage"),
    (Field::Keeper, "", "contact owner"),
    (Field::DoNotEmail, "", "unsubscribed from all email|unsubscribed from all e mail"),
    (Field::Source, "", "original source|original traffic source"),
    (Field::Region, "", "state region"),
    (
        Field::Skip,
        "",
        "marketing contact status|lead status|create date|last activity date|last modified date|\
         associated company ids|associated company ids primary|associated note ids|associated note|\
         associated deal ids|associated deal|email domain|likelihood to close|original source drill down 1|\
         original source drill down 2|became a customer date|first deal created date|time zone|website url",
    ),
];
