//! What a rule found, made into a finding: its words, its places, its help.

use crate::diagnostic::Diagnostic;
use crate::policy::{Each, Message, Require, Test};

use super::blame::{Blame, Site};
use super::eval::{Asking, Bound, Scope};
use super::fingerprint::deciding;
use super::judge::{Found, Judge};
use super::places::{member_site, member_sources};
use super::report::{Finding, Outcome};
use super::truth::Truth;

impl<'a> Asking<'a> {
    /// Why one member of the outermost list of a requirement came out as it did.
    pub(super) fn case_blame(
        &self,
        each: &'a Each,
        body: Option<&'a Test>,
        member: &Bound<'_, 'a>,
        truth: Truth,
    ) -> Blame<'a> {
        let site = || Blame::at(member_site(member.fact, member.home));
        let Some(body) = body else {
            let mut blame = if truth == Truth::False { site() } else { Blame::default() };
            if let Some(filter) = &each.filter {
                blame.absorb(self.explain(filter, Some(member)));
            }
            blame.absorb(site());
            blame.extend(member_sources(member.fact));
            return blame;
        };
        let mut blame = self.member_blame(each, body, Some(member));
        blame.absorb(site());
        blame
    }
}

impl<'a> Judge<'a> {
    /// What made the rule apply, and what its lists are bound to: always shown.
    fn context(&self, blame: &mut Blame<'a>, scope: Scope<'_, 'a>) {
        // What is asked before the first list has one answer for all that is found.
        let whens = &self.rule.whens;
        let first = whens.iter().position(|when| when.depth > 0).unwrap_or(whens.len());
        let (always, here) = whens.split_at(first);
        let always = || always.iter().flat_map(|when| self.because(&when.test, None)).collect();
        blame.extend(self.applies.get_or_init(always).iter().cloned());
        blame.extend(here.iter().flat_map(|when| self.because(&when.test, scope)));
        let mut here = scope;
        let mut bound = Vec::new();
        while let Some(each) = here {
            if let Some(binder) = self.rule.binders.get(each.slot) {
                let site = member_site(each.fact, each.home);
                bound.extend(site.map(|site| site.around(format!("for this {}", binder.name))));
            }
            here = each.outer;
        }
        let innermost = bound.first().cloned();
        if blame.primary.is_none() {
            blame.primary = innermost.map(|site| site.noted(""));
        }
        blame.extend(bound.into_iter().rev());
    }

    /// What made it apply.
    fn because(&self, test: &'a Test, scope: Scope<'_, 'a>) -> impl Iterator<Item = Site<'a>> {
        let why = self.asking.explain(test, scope);
        let sites = why.primary.into_iter().chain(why.also);
        sites.map(|site| site.around("applies because of this"))
    }

    /// The rule was given up.
    pub(super) fn tired(&mut self) {
        let message = "cannot tell: the rule takes too many steps on this agreement".to_owned();
        let blame = Blame::at(Some(Site::new(self.asking.facts.agreement.header(), None)));
        self.push(message, None, Outcome::Undetermined, (None, None), blame);
    }

    /// An answer that cannot be told.
    pub(super) fn unclear(
        &mut self,
        mut blame: Blame<'a>,
        scope: Scope<'_, 'a>,
        require: Option<&'a Require>,
    ) {
        self.context(&mut blame, scope);
        let reason = blame.reason.take();
        let message = match &reason {
            Some(reason) if reason.starts_with("whether") => format!("cannot tell {reason}"),
            Some(reason) => format!("cannot tell: {reason}"),
            None => format!("cannot tell whether this holds: {}", self.rule.summary()),
        };
        let help = require
            .and_then(|require| require.help.as_ref())
            .map(|help| self.asking.say(help, self.source, scope));
        let requirement = require.and_then(|require| self.number(require));
        self.push(message, help, Outcome::Undetermined, (None, requirement), blame);
    }

    /// A requirement that does not hold.
    pub(super) fn found(
        &mut self,
        require: &'a Require,
        message: &'a Message,
        outcome: Outcome,
        approver: Option<String>,
        mut blame: Blame<'a>,
        scope: Scope<'_, 'a>,
    ) {
        self.context(&mut blame, scope);
        let said = self.asking.say(message, self.source, scope);
        let help = require.help.as_ref().map(|help| self.asking.say(help, self.source, scope));
        self.push(said, help, outcome, (approver, self.number(require)), blame);
    }

    /// Which of the rule's requirements it is.
    fn number(&self, require: &Require) -> Option<usize> {
        self.rule.requires.iter().position(|each| std::ptr::eq(each, require))
    }

    fn push(
        &mut self,
        message: String,
        help: Option<String>,
        outcome: Outcome,
        (approver, requirement): (Option<String>, Option<usize>),
        blame: Blame<'a>,
    ) {
        self.ruling.outcomes.push(outcome);
        let agreement = self.asking.facts.agreement;
        let primary = blame.primary.unwrap_or_else(|| Site::new(agreement.header(), None));
        let told = Diagnostic::error(self.rule.id().to_owned(), message, primary.span);
        let here = self.ruling.places.entry(primary.span).or_default();
        let known = here.iter().any(|known| {
            let known = &self.ruling.found[*known].finding;
            known.outcome == outcome
                && (outcome == Outcome::Undetermined || known.diagnostic.message == told.message)
        });
        if known {
            return;
        }
        here.push(self.ruling.found.len());
        let label = match &approver {
            Some(approver) => format!("{approver} may approve this"),
            None => primary.note.clone().into_owned(),
        };
        let values = deciding(std::iter::once(&primary).chain(&blame.also));
        let also = blame.also.into_iter().filter(|site| site.span != primary.span);
        let told = told.label(label).maybe_help(help);
        let mut diagnostic = also.fold(told, |told, site| told.also(site.span, site.note));
        diagnostic.severity = self.rule.severity();
        diagnostic.why = Some(self.rule.why()).filter(|why| !why.is_empty());
        let finding = Finding {
            diagnostic,
            outcome,
            item: primary.home.map_or_else(|| "header".to_owned(), |home| home.path()),
            values,
            requirement,
            approver,
            authority: self.rule.sources().to_vec(),
            insert_at: primary.insert_at,
            waived: None,
            known: false,
        };
        self.ruling.found.push(Found { finding, causes: blame.causes });
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{report, rule};
    use super::Outcome;

    /// A name that stands for a part of the agreement is asked, and told of, as the path that it
    /// stands for: whether the part is there, is not, is left open or could not be read.
    #[test]
    fn a_name_is_told_of_as_what_it_stands_for() {
        let body = |name: &str, path: &str| {
            rule(&format!(
                "  for every party in parties\n  {name}\n  require {path}.name is not \"\", if missing \
                 fail\n  say \"nobody for {{party}}\"\n  missing \"none for {{party}}\"\n"
            ))
        };
        let named = body("let person = party.owner", "person");
        let direct = body("# No name.", "party.owner");
        let mut seen = Vec::new();
        for owner in [
            "",
            "owner \"Ana\"",
            "owner \"\", \"Head\"",
            "owner to be agreed",
            "owner; owner 5 days",
        ] {
            let text = format!(
                "alliance a: supply\nparties\n  A: \"A\", DE; contact \"x\", \"y\"; {owner}\n  B: \"B\"\n"
            );
            let [mut named, mut direct] = [&named, &direct].map(|rules| report(rules, &text));
            for found in named.findings.iter_mut().chain(&mut direct.findings) {
                // What is open is called by the last word, which is not the same.
                let message = &mut found.diagnostic.message;
                *message = message.replace("name is to be", "owner is to be");
            }
            assert_eq!(named.findings, direct.findings, "{text}");
            // Of what could not be read its own error tells.
            let first = &named.findings[0];
            seen.push((first.outcome, first.item.clone(), named.folded));
        }
        let seen: Vec<_> = seen.iter().map(|(it, item, told)| (*it, &**item, *told)).collect();
        let fails = |item| (Outcome::Fail, item, 0);
        let expected = [
            fails("parties/A"),
            fails("parties/B"),
            fails("parties"),
            (Outcome::Undetermined, "parties/A", 0),
            (Outcome::Fail, "parties/B", 1),
        ];
        assert_eq!(seen, expected);
    }

    /// A member of a list that is left open has no place with an id of its own: it belongs to the item
    /// whose list it is, so that it can be waived there.
    #[test]
    fn a_member_left_open_belongs_to_its_item() {
        let rules = rule(
            "  for every asset in ip.assets\n  for every owner in asset.owners\n  \
             require owner.share > 10%, if missing fail\n  say \"x\"\n",
        );
        let text = "alliance a: supply\nparties\n  A: \"A\"\n  B: \"B\"\n\
            ip\n  app: joint \"app\", owned by to be agreed\n";
        let found = report(&rules, text).findings;
        let found: Vec<_> = found.iter().map(|it| (it.outcome, &*it.item)).collect();
        assert_eq!(found, [(Outcome::Undetermined, "ip/app")]);
    }

    /// Each finding says which requirement it is about.
    #[test]
    fn a_finding_knows_its_requirement() {
        let rules = rule(
            "  require count of party in parties >= 1\n  say \"one\"\n  \
             require count of party in parties >= 5\n  say \"five\"\n  \
             require count of party in parties >= 4\n  say \"four\"\n",
        );
        let text = "alliance a: supply\nparties\n  A: \"A\"\n  B: \"B\"\n";
        let found = report(&rules, text).findings;
        let found: Vec<_> =
            found.iter().map(|it| (it.diagnostic.message.as_str(), it.requirement)).collect();
        assert_eq!(found, [("five", Some(1)), ("four", Some(2))]);
    }
}
