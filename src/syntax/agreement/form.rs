//! The forms of the language: one name for each head and slot of the grammar.

use crate::syntax::grammar::Rule;

macro_rules! forms {
    ($($rule:ident $form:ident,)*) => {
        /// A form of the agreement language, named after its rule in `grammar/agreement.pest`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[expect(missing_docs, reason = "the grammar documents each form: shape and example")]
        pub enum Form { $($form,)* }

        impl Form {
            /// Every form, in the order of the grammar.
            pub const ALL: &[Self] = &[$(Self::$form,)*];

            pub(super) const fn of(rule: Rule) -> Option<Self> {
                match rule {
                    $(Rule::$rule => Some(Self::$form),)*
                    _ => None,
                }
            }

            /// The name of its rule in the grammar.
            pub const fn rule_name(self) -> &'static str {
                match self { $(Self::$form => stringify!($rule),)* }
            }
        }
    };
}

forms! {
    slot_title Title, slot_signed Signed, slot_starts Starts, slot_calendar Calendar,
    slot_currency HeaderCurrency, slot_month_ends MonthEnds, slot_year YearKind, slot_status Status,
    h_party Party, h_side Side, h_third_party ThirdParty,
    h_reason Reason,
    h_scope Scope,
    h_on On, h_every EveryFrom, h_from FromUntil,
    h_lasts Lasts, h_until LastsUntil, h_endless Endless, h_renewal Renewal, h_none NoRenewal,
    h_commits Commits, h_keeps Keeps, h_will Will,
    h_pays Pays,
    h_target Target, baseline Baseline, goal Goal, h_measures Measures,
    h_once Once, h_meets Meets, bench Bench, h_issues Issues, contact Contact, h_decides Decides,
    h_words Words, power Power,
    h_asset Asset, made Made, owner Owner, h_licenses Licenses,
    h_base Base,
    h_grants Grants,
    h_gives Gives, h_audits Audits,
    h_must_not MustNot,
    h_customers Customers,
    h_notice Notice, h_gives_notice GivesNotice,
    h_leaves Leaves, h_ends EndsIf, h_handover Handover, h_continue Continue, h_deadline HeadDeadline,
    h_things Things,
    h_excluded Excluded, h_indemnifies Indemnifies, h_insures Insures, h_warrants Warrants,
    h_limited Limited, h_cap Cap,
    h_protects Protects, h_assigns Assigns, h_forum Forum,
    h_writing Writing, h_renegotiates Renegotiates,
    h_clause Clause, h_agreement Agreement, h_because Because, h_hole HeadHole,
    slot_see See, slot_owner SlotOwner, slot_sponsor Sponsor, slot_deputy Deputy, slot_contact SlotContact,
    person Person, slot_key_people KeyPeople, slot_answers AnswersFor, slot_may_commit MayCommit,
    slot_liable Liable, slot_under Under, slot_tracked Tracked, slot_worth Worth, slot_serves Serves,
    slot_as As, slot_at_least AtLeast, slot_at_most AtMost, slot_due Due, slot_basis Basis,
    slot_bonus Bonus, extra Extra, slot_settled Settled, slot_less Less, slot_not_counting NotCounting,
    slot_counting Counting, slot_limits Limits, slot_read ReadFrom, slot_agreed Agreed,
    slot_agreeing Agreeing, slot_decide Decide, slot_chair Chair, slot_minutes Minutes,
    slot_quorum Quorum, slot_vote Vote, slot_equal EqualNumbers, slot_then Then, slot_else Else,
    slot_if If, otherwise_action Otherwise, slot_only_if OnlyIf, slot_unless Unless, slot_while While, slot_clock Clock,
    slot_at_once AtOnce, slot_extendable Extendable, slot_notice_from NoticeFrom, slot_except Except,
    slot_survives Survives, slot_tail Tail, slot_match Match, slot_on_exit OnExit,
    exit_licence ExitLicence, slot_uncapped Uncapped, slot_costs Costs, slot_changed Changed,
    slot_frozen Frozen, slot_not_withheld NotWithheld, slot_each_use EachUse, slot_silence Silence,
    slot_returned Returned, slot_seat Seat, slot_language Language, slot_with With, slot_dated Dated,
    slot_approved ApprovedBy, slot_flags Flags, slot_deadline Deadline, slot_hole Hole,
    customer_duty CustomerDuty,
    per Per, during During, mod_from From, mod_until Until, within Within, mod_not_before NotBefore,
    axis Axis, mod_by By, mod_before Before, mod_after After, consent Consent,
}
