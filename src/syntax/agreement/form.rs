//! The forms of the language: one name for each head and slot of the grammar.

use crate::syntax::grammar::Rule;

/// Whether the name of a rule begins so.
const fn opens(name: &str, start: &[u8]) -> bool {
    let name = name.as_bytes();
    let mut at = 0;
    while at < start.len() {
        if at == name.len() || name[at] != start[at] {
            return false;
        }
        at += 1;
    }
    true
}

macro_rules! forms {
    ($($rule:ident $form:ident,)*) => {
        /// A form of the agreement language, named after its rule in `grammar/agreement.pest`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[expect(missing_docs, reason = "the grammar documents each form: shape and example")]
        pub enum Form { $($form,)* }

        impl Form {
            /// Every form: those of the header, heads in the order of the sections, and slots in the
            /// order in which a tidy item and the reference have them. This list is the one place
            /// that says so.
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

            /// Whether it is a head.
            pub const fn is_head(self) -> bool {
                const HEADS: &[bool] = &[$(opens(stringify!($rule), b"h_"),)*];
                HEADS[self as usize]
            }

            /// Whether it can only be a slot.
            pub const fn is_slot(self) -> bool {
                const SLOTS: &[bool] = &[$(opens(stringify!($rule), b"slot_"),)*];
                SLOTS[self as usize]
            }

            /// Where a slot of that form stands among the slots of its item. What goes on with the head
            /// leads. Those that follow from one another, such as a condition and what comes of it, have
            /// one rank: they stay as they were written.
            pub const fn rank(self) -> usize {
                match self {
                    Self::Per | Self::During | Self::From | Self::Until | Self::Within | Self::Axis
                    | Self::By | Self::Before | Self::After | Self::Consent => 0,
                    Self::If | Self::OnlyIf | Self::Unless | Self::While | Self::Else => {
                        Self::Then.rank()
                    }
                    Self::NotBefore => Self::NoticeFrom.rank(),
                    _ => 1 + self as usize,
                }
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
    h_on On, h_every EveryFrom, h_from FromUntil, h_receipt Receipt,
    h_lasts Lasts, h_until LastsUntil, h_endless Endless, h_renewal Renewal, h_none NoRenewal,
    h_commits Commits, h_keeps Keeps, h_will Will,
    h_pays Pays, h_interest Interest, h_tax Tax, h_set_off SetOff, h_convert Convert,
    h_target Target, baseline Baseline, goal Goal, h_measures Measures, h_is Derived, h_fixed Fixed,
    h_once Once, h_meets Meets, bench Bench, h_issues Issues, contact Contact, h_decides Decides,
    h_words Words, power Power,
    h_asset Asset, made Made, kept Kept, owner Owner, h_licenses Licenses,
    h_base Base,
    h_grants Grants,
    h_gives Gives, h_audits Audits,
    h_must_not MustNot,
    h_customers Customers,
    h_trains Trains,
    h_notice Notice, h_gives_notice GivesNotice,
    h_leaves Leaves, h_ends EndsIf, h_handover Handover, h_continue Continue, h_deadline HeadDeadline,
    h_things Things,
    h_excluded Excluded, h_indemnifies Indemnifies, h_insures Insures, h_warrants Warrants,
    h_limited Limited, h_cap Cap, h_claims Claims,
    h_protects Protects, h_assigns Assigns, h_law Law, h_forum Forum,
    h_writing Writing, h_drop Drop, h_renegotiates Renegotiates,
    h_clause Clause, h_agreement Agreement, h_because Because, h_hole HeadHole,
    slot_as As, slot_worth Worth, slot_tracked Tracked, slot_owner SlotOwner, slot_sponsor Sponsor, slot_deputy Deputy, slot_contact SlotContact,
    person Person, slot_key_people KeyPeople, slot_answers AnswersFor, slot_may_commit MayCommit,
    slot_notes NotesIn, slot_expects Expects, slot_depends DependsOn, slot_plans Plans,
    slot_liable Liable, slot_under Under, slot_serves Serves,
    slot_match Match, slot_banded Banded, slot_prevails Prevails, slot_first First, slot_part_periods PartPeriods,
    slot_at_least AtLeast, slot_at_most AtMost, slot_share_limit ShareLimit, slot_due Due, slot_basis Basis,
    slot_bonus Bonus, extra Extra, slot_settled Settled, slot_less Less, slot_not_counting NotCounting,
    slot_counting Counting, slot_limits Limits, slot_read ReadFrom, reconciled Reconciled, slot_agreed Agreed,
    slot_agreeing Agreeing, slot_decide Decide, slot_chair Chair, slot_minutes Minutes,
    slot_quorum Quorum, slot_vote Vote, slot_equal EqualNumbers, slot_flags Flags, slot_then Then, keeping Keeping, slot_else Else,
    slot_if If, otherwise_action Otherwise, slot_only_if OnlyIf, slot_unless Unless, slot_while While, slot_clock Clock,
    slot_at_once AtOnce, slot_extendable Extendable, slot_without_cure WithoutCure, slot_notice_from NoticeFrom, slot_except Except,
    slot_survives Survives, slot_tail Tail, ending Ending, slot_not_after NotAfter, slot_on_exit OnExit,
    exit_licence ExitLicence, slot_uncapped Uncapped, slot_costs Costs, cost_part CostPart, cost_shift CostShift, slot_changed Changed, slot_grows Grows,
    slot_frozen Frozen, slot_not_withheld NotWithheld, slot_each_use EachUse, slot_silence Silence, slot_free Free, slot_again Again,
    slot_sublicensable Sublicensable, slot_insured Insured, slot_arbitrators Arbitrators, slot_back Back,
    slot_repay Repay, slot_affiliates WithAffiliates, slot_split Split, slot_of_which OfWhich, slot_carry Carry,
    slot_sampled Sampled, slot_rising Rising, slot_creditable Creditable, slot_continues Continues,
    slot_estimated Estimated, slot_true_up TrueUp, slot_on_account OnAccount, slot_or Or,
    slot_counted Counted, slot_credited Credited, slot_lookback Lookback, slot_asked Asked,
    slot_cut_off CutOff,
    slot_returned Returned, slot_seat Seat, slot_language Language, slot_with With, slot_dated Dated,
    slot_approved ApprovedBy, slot_deadline Deadline, slot_hole Hole,
    customer_duty CustomerDuty,
    per Per, during During, mod_from From, mod_until Until, within Within, mod_not_before NotBefore,
    axis Axis, mod_by By, mod_before Before, mod_after After, consent Consent,
    slot_note Note, slot_see See,
}
