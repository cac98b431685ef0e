//! What people in the sample said, promised and are known for.

pub(super) const ORGANISATIONS: &[&str] = &[
    "Bluegum Bakery",
    "Harbourside Dental",
    "Kestrel & Daughters",
    "Lantern Books",
    "Millpond Accounting",
    "Northgate Physiotherapy",
    "Oak & Iron Joinery",
    "Paperbark Studio",
    "Quayside Legal",
    "Red Door Pottery",
    "Saltbush Catering",
    "Tideline Architects",
    "Umbra Photography",
    "Verdant Landscapes",
    "Wattle Street Clinic",
    "Yellow Kite Childcare",
    "Anchor Freight",
    "Beacon Insurance Brokers",
    "Copperfield Engineering",
    "Dovetail Furniture",
    "Evergreen Funerals",
    "Foxglove Florist",
    "Granary Coffee Roasters",
    "Hearth & Home Realty",
    "Inkwell Print",
    "Juniper Interiors",
    "Keystone Surveyors",
    "Larkspur Vets",
    "Meridian Travel",
    "Nightingale Home Care",
    "Orchard Family Practice",
    "Pebble Software",
    "Riverbend Solar",
    "Sandpiper Swim School",
    "Thimble Alterations",
    "Upland Cycles",
    "Vellum Stationers",
    "Windmill Brewery",
    "Zephyr Cleaning",
    "Ashgrove Pharmacy",
    "Brightside Marketing",
    "Canopy Tree Care",
    "Driftwood Gallery",
    "Elm Street Optical",
    "Fernhill Retreat",
    "Goldfinch Jewellers",
    "Hillcrest Motors",
    "Ironbark Security",
];

pub(super) const TITLES: &[&str] = &[
    "Owner",
    "Director",
    "Partner",
    "Manager",
    "Founder",
    "Accountant",
    "Solicitor",
    "Office manager",
    "Head of sales",
    "Designer",
    "Nurse",
    "Engineer",
    "Teacher",
    "Bookkeeper",
    "Consultant",
    "Architect",
    "Chef",
    "Pharmacist",
    "Practice manager",
    "Apprentice",
];

pub(super) const FACTS: &[&str] = &[
    "Daughter sails",
    "Plays the cello in a quartet",
    "Wants a mentor",
    "Would like to mentor someone",
    "Training for a half marathon",
    "Keeps bees",
    "Looks after an old father, so afternoons are hard",
    "Prefers a call before nine",
    "Does not drink; sparkling water please",
    "Has just moved the shop to Mill Street",
    "Looking for an apprentice",
    "Speaks Vietnamese and French",
    "Allergic to nuts",
    "Son starts university in February",
    "Judged the young founders prize",
    "Restoring an old boat",
    "Sings in the town choir",
    "Likes letters better than e-mail",
    "Uses a wheelchair: needs step-free rooms",
    "Hard of hearing on the left: sit on the right",
    "Wants to meet people in export",
    "Had a hard year with the floods",
    "Knows everyone at the council",
    "New to town since winter",
    "Vegetarian",
    "Grows heirloom tomatoes",
    "Writes the newsletter of the library",
    "Hopes to sell the business in two years",
    "Back from parental leave in May",
    "Runs the Saturday market stall",
    "Coaches the under-twelves",
    "Collects old maps",
];

pub(super) const LEARNED_FROM: &[&str] = &[
    "on the phone",
    "at the spring lunch",
    "at the welcome evening",
    "in a letter",
    "in the member survey",
    "at the shop",
];

pub(super) const TAGS: &[&str] =
    &["Mentor", "Newsletter", "Spring lunch", "Export circle", "Young founders", "Book club", "Volunteer"];

pub(super) const SOURCES: &[&str] = &["web_form", "referral", "event_card", "voicemail", "walk_in", "email"];

/// What a touch is, its result and its note.
pub(super) const TOUCHES: &[(&str, &str, &str, &str)] = &[
    ("call", "out", "spoke", "Rang to ask how the first months went. Happy, wants to meet more people in the trade."),
    ("call", "out", "spoke", "Thanked them for speaking at the breakfast."),
    ("call", "out", "no_answer", ""),
    ("voicemail", "out", "voicemail_left", "Said who we are and that there is no hurry."),
    ("call", "in", "spoke", "Asked about parking for the lunch."),
    ("email", "out", "", "Sent the minutes and a personal line about the garden."),
    ("email", "in", "", "Wrote that the new premises are open."),
    ("visit", "out", "", "Dropped in with the welcome folder. Good coffee."),
    ("event", "in", "", "Came to the spring lunch and brought a colleague."),
    ("event", "in", "", "At the welcome evening; spoke with the treasurer for a long time."),
    ("letter", "out", "", "Hand-written card for ten years of membership."),
    ("gesture", "out", "", "Flowers for the reopening after the flood."),
];

/// What someone asked, as they said it; and the matter in few words.
pub(super) const ASKED: &[(&str, &str)] = &[
    ("Hello, I would like to join and do not quite know how. Could someone ring me back?", "how to join"),
    ("I read about the mentoring circle. Is there still a place for me?", "the mentoring circle"),
    ("Our invoice has the old address on it. Can you send a new one?", "an invoice with the old address"),
    (
        "Is the welcome evening open to guests? I would bring my business partner.",
        "bringing a guest to the welcome evening",
    ),
    ("I saw the notice about the export breakfast. Is there still a place?", "a place at the export breakfast"),
    ("A friend said I should talk to you about a reduced fee for the first year.", "a reduced first-year fee"),
    ("Could I speak to somebody about sponsoring the young founders prize?", "sponsoring the young founders prize"),
    ("I have changed jobs. What happens to my membership?", "changing jobs as a member"),
    ("We are new in town and looking for a local accountant.", "an introduction to a local accountant"),
    ("Please ring me about the speaker slot in autumn.", "the speaker slot in autumn"),
    ("I never received the login for the members' pages.", "the login for the members' pages"),
    ("My renewal notice says the wrong year. Could someone look?", "a renewal notice with the wrong year"),
];

pub(super) const ASKED_AGAIN: &[&str] = &[
    "It is me again. I rang before and nobody has called back.",
    "Sorry to trouble you again, I am still waiting to hear.",
    "Second try. Perhaps my first message was lost.",
];

pub(super) const OWN_WORDS: &[&str] = &[
    "send the programme of the welcome evening",
    "introduce them to the treasurer",
    "ask the board about the reduced fee",
    "find out whether the hall has step-free access",
    "send the names of two mentors",
    "ring again after the holiday",
    "write to the council about the parking",
    "put them in touch with the export circle",
];

pub(super) const RELEASED: &[&str] = &[
    "They found the answer on the website.",
    "They moved away and wished us well.",
    "It was meant for another association.",
];

pub(super) const VOLUNTEERS: &[&str] = &["Priscilla Wren", "Desmond Achterberg", "Noor Haidari", "Marguerite Tan"];
