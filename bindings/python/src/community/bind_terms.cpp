// SPDX-License-Identifier: BSL-1.0
// The terms of a community that invents, and everything they are made of: rounds, influence, rights, royalties.
#include <crowdrules/community/terms.hpp>

#include "described.hpp"
#include <community/schema/terms.hpp>

namespace crowdrules::python {
namespace {

void bind_rounds(py::module_& m) {
    bind_described<community::VoteBudget>(m, "VoteBudget",
                                          R"(How many votes a member has: without limit, or so many at a time.

A day begins `day_begins` after midnight UTC.

>>> VoteBudget('each_round', votes=15)
VoteBudget(per=Budget.each_round, votes=15)
)");
    bind_described<community::VoteWeight>(
        m, "VoteWeight",
        "How the weight of a vote falls with the votes that its member has standing in the "
        "round; a `table` has the weight of one of one, of two, ..., the last for all beyond.");
    bind_described<community::SelectionTerms>(
        m, "SelectionTerms",
        "Which ideas go on when a round closes: the first `count`, or all with so many "
        "votes; and at most so many picks of the staff.");
    bind_described<community::RatingTerms>(
        m, "RatingTerms",
        "Who counts as having rated a round: who gave 1 to `stars` on every criterion to at "
        "least `bar` of the ideas in it.");
    bind_described<community::RoundTerms>(
        m, "RoundTerms",
        "What holds in every round of votes. How far votes are diluted and how ties are broken "
        "must be given: no source says.")
        .def_property_readonly(
            "defects", [](const community::RoundTerms& self) { return defects_of(self); },
            "What forbids them; empty for sound.");
}

void bind_buckets(py::module_& m) {
    bind_described<community::Bucket>(m, "Bucket", R"(A part of the influence in a product, and how claims on it weigh.

>>> Bucket('voters', '20%', rule='votes')
Bucket(name='voters', share='0.2', rule=BucketRule.votes)
)");
    bind_described<community::UnclaimedPolicy>(
        m, "UnclaimedPolicy",
        "What becomes of a bucket that nobody has a claim on: `payee` has it, or those of "
        "the other buckets do.");
    bind_described<community::InfluenceUnits>(
        m, "InfluenceUnits",
        "Influence in `whole` units, for crowds whose exact fractions have no common scale "
        "in 64 bits.");
    bind_described<community::InfluencePolicy>(m, "InfluencePolicy", "What holds for the influence in every product.");
    bind_described<community::InfluenceTerms>(
        m, "InfluenceTerms",
        "The buckets of one product, together exactly 100%, and what becomes of those that "
        "nobody claims.")
        .def_property_readonly(
            "defects", [](const community::InfluenceTerms& self) { return defects_of(self); },
            "What forbids them; empty for sound.");
    bind_described<community::Claim>(m, "Claim", R"(What a member brings to a bucket: `parts` of `of`, exactly.

>>> Claim(7, parts=2, of=3)
Claim(member=7, parts=2, of=3)
)");
    bind_described<community::BucketCut>(m, "BucketCut",
                                         "What a bucket gives up, of the whole, for another that comes later.");
    bind_described<community::BucketClaims>(m, "BucketClaims", "The claims on one bucket.");
    bind_described<community::ProductPhase>(m, "ProductPhase", R"(A phase in which the community makes a product.

`buckets` are those that it brings; its kind says where the claims on them come from. `voting`: contributions to it are
voted on; None: winners are picked without a vote.
)");
}

void bind_rights(py::module_& m) {
    bind_described<community::Holders>(m, "Holders", "Who holds a right: one, or several together in parts of a whole.")
        .def("__str__", [](const community::Holders& self) { return to_text(self); });
    bind_described<community::RightsTerms>(m, "RightsTerms", R"(When title passes to the company, and when it goes back.

`may_withdraw`: the submitter, while the idea is not accepted; `may_reacquire`: the submitter, what was accepted and not
made. `return_window`: so long after acceptance without being made it is returned.
)")
        .def_property_readonly(
            "defects", [](const community::RightsTerms& self) { return defects_of(self); },
            "What forbids them; empty for sound.");
}

}  // namespace

void bind_community_terms(py::module_& m) {
    bind_rounds(m);
    bind_buckets(m);
    bind_rights(m);
    bind_described<community::SubmissionTerms>(
        m, "SubmissionTerms",
        "What handing in an idea costs, in minor units, 0 for nothing; and whether that "
        "is given back for an idea that cannot be made.");
    bind_described<community::CommunityRoyalty>(
        m, "CommunityRoyalty",
        "What the community earns of sales, by channel; and how a product's royalty is "
        "rounded on its running total.");
    bind_described<community::RoyaltyPayouts>(m, "RoyaltyPayouts", R"(When royalties are shared and paid.

Every period ends with a sharing; who is owed at least `minimum` (minor units) is paid, `hold_days` after it.
)");
    bind_described<community::Terms>(m, "CommunityTerms", R"(What was promised to a community that invents.

Amounts inside are whole minor units of `currency`. What no source establishes has no default: `defects` asks for it. A
rule pack makes terms too: RulePack.community_terms.

>>> terms = CommunityTerms(currency='USD', submission=SubmissionTerms(fee=0),
...     evaluation=RoundTerms(weight=VoteWeight('inverse'), tie_break='lower_id'),
...     influence=InfluencePolicy(UnclaimedPolicy(payee=1000)), rights=RightsTerms(company=1000),
...     royalty=CommunityRoyalty([RoyaltyChannel('direct', RateTerms(tiers=[RateTier(rate='30%')]))], 'half_even'),
...     payouts=RoyaltyPayouts('2012-01-01T00:00:00Z'))
>>> [finding.rule for finding in terms.defects]
['payouts.minimum']
>>> terms.with_(payouts=terms.payouts.with_(minimum=1000)).defects
()
)")
        .def_property_readonly(
            "defects", [](const community::Terms& self) { return defects_of(self); },
            "What no community can run with; empty for sound terms.")
        .def(
            "citation_of",
            [](const community::Terms& self, const std::string& rule) { return citation_of(self, rule); },
            py::arg("rule"), "Where the rule of this path is written.");
}

}  // namespace crowdrules::python
