//! What people are told of campaigns. No notification names a record or quotes a reason.

use super::ReviewerChange;
use crate::Engine;
use access::{Grantee, Over, Thing, Verb};
use identity::{AccessReview, NoticeDoc, ReviewCounts, Right, bare_doc, put_doc};
use kernel::{RecordId, Result, Text, UserId};
use std::collections::BTreeMap;
use store::{DocKind, DocWrite};

/// Notifications of one batch: a partner has up to 200 users, each of whom is told.
const NOTICES: usize = 1_000;

impl Engine {
    fn review_notice(&self, to: UserId, code: &str, (title, body): (&Text, &Text)) -> Result<DocWrite> {
        let (now, id): (_, RecordId) = (self.now(), self.id());
        let notice = NoticeDoc::new(code, title.clone(), body.clone(), now);
        put_doc(&self.0.vault, bare_doc(DocKind::Notice, *id.bytes(), 1, now, Some(to)), &notice)
    }

    /// Tells reviewers that a campaign began.
    pub(super) fn review_asked(&self, review: &AccessReview) -> Result<Vec<DocWrite>> {
        let title = Text::new(
            format!("Przegląd uprawnień: {}", review.name),
            format!("Access review: {}", review.name),
        );
        let who = self.user_name(review.by).name;
        let told = review.reviewers().into_iter().map(|user| {
            let (count, day) = (review.counts(Some(user)).total, day(review));
            let body = Text::new(
                format!(
                    "{who} prosi Cię o sprawdzenie uprawnień, w liczbie: {count}. Potwierdź te, które są potrzebne: czego do {day} nikt nie potwierdzi, to samo się skończy."
                ),
                format!(
                    "{who} asks you to look through rights, how many: {count}. Confirm those that are needed: what nobody confirms by {day} ends by itself."
                ),
            );
            self.review_notice(user, "access-review-asked", (&title, &body))
        });
        told.collect()
    }

    /// Tells of another reviewer: that one, the one before, and whoever began the campaign.
    pub(super) fn review_replaced(
        &self,
        review: &AccessReview,
        by: UserId,
        ReviewerChange { from, reviewer }: ReviewerChange,
        open: u32,
    ) -> Result<Vec<DocWrite>> {
        let name = |user| self.user_name(user).name;
        let (who, before, next, day) = (name(by), name(from), name(reviewer), day(review));
        let asked = Text::new(
            format!("Przegląd uprawnień: {}", review.name),
            format!("Access review: {}", review.name),
        );
        let told = Text::new(
            format!(
                "Sprawdzasz w miejsce osoby: {before}. Na Twoją decyzję czekają uprawnienia, w liczbie: {open}. Potwierdź te, które są potrzebne: czego do {day} nikt nie potwierdzi, to samo się skończy. Wyznacza Cię {who}."
            ),
            format!(
                "You review in place of {before}. Rights wait for you to decide, how many: {open}. Confirm those that are needed: what nobody confirms by {day} ends by itself. Asked by {who}."
            ),
        );
        let mut docs = vec![self.review_notice(reviewer, "access-review-asked", (&asked, &told))?];
        let title = Text::new(
            format!("Inna osoba sprawdza w przeglądzie: {}", review.name),
            format!("Another reviewer in: {}", review.name),
        );
        let body = Text::new(
            format!(
                "Zamiast osoby: {before}, sprawdza teraz {next}. Zmienia to {who}. Co już zdecydowano, zostaje."
            ),
            format!("{next} reviews in place of {before} now. {who} changed that. What was decided stays."),
        );
        let mut others = vec![from, review.by];
        others.dedup();
        for user in others.into_iter().filter(|user| ![by, reviewer].contains(user) && self.may_act(*user)) {
            docs.push(self.review_notice(user, "access-review-replaced", (&title, &body))?);
        }
        Ok(docs)
    }

    /// Reminds reviewers of what they have not decided on; and whoever began it, if some of them may not act.
    pub(super) fn review_soon(&self, review: &AccessReview) -> Result<Vec<DocWrite>> {
        let title = Text::new(
            format!("Przegląd uprawnień wkrótce się skończy: {}", review.name),
            format!("An access review ends soon: {}", review.name),
        );
        let (mut docs, mut away) = (Vec::new(), 0);
        for user in review.reviewers() {
            let open = review.counts(Some(user)).open;
            if open == 0 {
                continue;
            }
            if !self.may_act(user) {
                away += open;
                continue;
            }
            let day = day(review);
            let body = Text::new(
                format!(
                    "Na Twoją decyzję czekają uprawnienia, w liczbie: {open}. Skończą się same po {day}."
                ),
                format!(
                    "Rights wait for you to decide, how many: {open}. They end by themselves after {day}."
                ),
            );
            docs.push(self.review_notice(user, "access-review-soon", (&title, &body))?);
        }
        if away > 0 {
            let body = Text::new(
                format!(
                    "Uprawnienia, w liczbie: {away}, czekają na decyzję osoby, która nie może już działać. Skończą się same, jeśli nie anulujesz przeglądu."
                ),
                format!(
                    "Rights, how many: {away}, wait for somebody to decide who may not act any more. They end by themselves unless you cancel the review."
                ),
            );
            for user in self.told_of_review(review) {
                docs.push(self.review_notice(user, "access-review-soon", (&title, &body))?);
            }
        }
        Ok(docs)
    }

    /// Tells those whose rights ended, and who gave them: by a reviewer, or by themselves. Each is told once of all.
    pub(super) fn review_took(
        &self,
        review: &AccessReview,
        by: Option<UserId>,
        ended: &[&Right],
    ) -> Result<Vec<DocWrite>> {
        let mut told: BTreeMap<UserId, [usize; 2]> = BTreeMap::new();
        for right in ended {
            for user in self.whose(right.to()) {
                told.entry(user).or_default()[0] += 1;
            }
            for user in self.given_by(right) {
                told.entry(user).or_default()[1] += 1;
            }
        }
        told.retain(|user, _| Some(*user) != by && self.may_act(*user));
        let code = if by.is_some() { "access-review-withdrawn" } else { "access-review-lapsed" };
        let docs = told.into_iter().take(NOTICES).map(|(user, [own, given])| {
            let (title, how) = self.words_of_end(review, by, user);
            let (mut pl, mut en) = (Vec::new(), Vec::new());
            if own > 0 {
                pl.push(format!("Twoje role i udostępnienia, które się skończyły: {own}."));
                en.push(format!("Your roles and grants that have ended: {own}."));
            }
            if given > 0 {
                pl.push(format!("Udostępnienia od Ciebie, które się skończyły: {given}."));
                en.push(format!("Grants given by you that have ended: {given}."));
            }
            pl.extend([how.pl.to_string(), "Jeśli są potrzebne, niech ktoś nada je od nowa.".to_owned()]);
            en.extend([how.en.to_string(), "If they are needed, have somebody give them again.".to_owned()]);
            self.review_notice(user, code, (&title, &Text::new(pl.join(" "), en.join(" "))))
        });
        docs.collect()
    }

    /// What ended, and how, as this user is told it: nobody of a partner learns who works here, nor what reviews are called.
    fn words_of_end(&self, review: &AccessReview, by: Option<UserId>, user: UserId) -> (Text, Text) {
        let guest = self.policy().members.get(&user).is_some_and(|member| member.partner.is_some());
        let name = &review.name;
        let title = match guest {
            true => Text::of("Udostępnienia zakończone", "Grants have ended"),
            false => Text::new(
                format!("Uprawnienia zakończone w przeglądzie: {name}"),
                format!("Rights ended in a review: {name}"),
            ),
        };
        let how = by.map(|by| self.giver_name(user, by)).map_or_else(
            || Text::of("Nikt ich nie potwierdził w terminie.", "Nobody confirmed them in time."),
            |who| Text::new(format!("Decyzję podjęto po stronie: {who}."), format!("Decided by: {who}.")),
        );
        (title, how)
    }

    /// Who is told how a campaign goes: whoever began it; once that one is gone, all who manage users.
    fn told_of_review(&self, review: &AccessReview) -> Vec<UserId> {
        match self.may_act(review.by) {
            true => vec![review.by],
            false => self.directory().holders(Thing::Users, Verb::Manage, self.now()),
        }
    }

    /// Who is told that a right ended.
    fn whose(&self, to: Grantee) -> Vec<UserId> {
        let users = self.told_of_it(to);
        // Nobody reads what a program is told.
        users.into_iter().map(|user| self.answers_for(user)).collect()
    }

    /// Who gave a grant, and whose records it is over, where those are told of its end.
    fn given_by(&self, right: &Right) -> Vec<UserId> {
        let Right::Grant { id, .. } = right else { return Vec::new() };
        let policy = self.policy();
        let Some(grant) = policy.grants.find(*id) else { return Vec::new() };
        let away = if let Over::OwnedBy(away) = grant.over { Some(away) } else { None };
        let mut users: Vec<UserId> = [Some(grant.by), away].into_iter().flatten().collect();
        users.dedup();
        users
    }

    /// Tells whoever began a campaign how it went.
    pub(super) fn review_ended(&self, review: &AccessReview) -> Result<Vec<DocWrite>> {
        let ReviewCounts { total, confirmed, withdrawn, ended, kept, gone, changed, .. } =
            review.counts(None);
        let title = Text::new(
            format!("Przegląd uprawnień zakończony: {}", review.name),
            format!("An access review has ended: {}", review.name),
        );
        let body = Text::new(
            format!(
                "Uprawnień: {total}. Potwierdzono: {confirmed}, odebrano: {withdrawn}, skończyło się samo: {ended}, nie mogło się skończyć: {kept}, zmieniło się wcześniej: {}. Szczegóły są w raporcie.",
                gone + changed
            ),
            format!(
                "Rights: {total}. Confirmed: {confirmed}, withdrawn: {withdrawn}, ended by themselves: {ended}, could not end: {kept}, changed before: {}. The report has the details.",
                gone + changed
            ),
        );
        let told = self.told_of_review(review).into_iter().take(NOTICES);
        told.map(|user| self.review_notice(user, "access-review-ended", (&title, &body))).collect()
    }

    /// Tells reviewers who have something left that they need not decide on it any more.
    pub(super) fn review_cancelled(&self, review: &AccessReview, by: UserId) -> Result<Vec<DocWrite>> {
        let title = Text::new(
            format!("Przegląd uprawnień anulowany: {}", review.name),
            format!("An access review was cancelled: {}", review.name),
        );
        let who = self.user_name(by).name;
        let body = Text::new(
            format!("Anuluje go {who}. Nic więcej się nie skończy; co już odebrano, zostaje odebrane."),
            format!("{who} cancelled it. Nothing more ends; what was withdrawn stays withdrawn."),
        );
        let left = |user: &UserId| *user != by && review.counts(Some(*user)).open > 0 && self.may_act(*user);
        let told = review.reviewers().into_iter().filter(left);
        told.map(|user| self.review_notice(user, "access-review-cancelled", (&title, &body))).collect()
    }
}

/// The last day.
fn day(review: &AccessReview) -> String {
    review.ends_at.rfc3339()[..10].to_owned()
}
