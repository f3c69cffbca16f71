//! The sections of an agreement.

/// The headings of the language, in their order.
pub const SECTIONS: [&str; 27] = [
    "parties",
    "rationale",
    "scope",
    "dates",
    "term",
    "commitments",
    "payments",
    "metrics",
    "governance",
    "ip",
    "attribution",
    "exclusivity",
    "rights",
    "restrictions",
    "customers",
    "enablement",
    "notices",
    "exit",
    "liability",
    "confidentiality",
    "assignment",
    "disputes",
    "amendment",
    "clauses",
    "schedules",
    "definitions",
    "waivers",
];

/// The place of a heading among [`SECTIONS`]; none of one that the language does not have.
pub fn place_of(heading: &str) -> Option<usize> {
    SECTIONS.iter().position(|section| *section == heading)
}
