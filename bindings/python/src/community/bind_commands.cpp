// SPDX-License-Identifier: BSL-1.0
// Commands of a community: what somebody wants to happen in it. What a person decides says who did.
#include <crowdrules/community/command.hpp>

#include "described.hpp"
#include "campaign/shared_terms.hpp"
#include <community/schema/command.hpp>
#include <memory>

namespace crowdrules::python {

namespace {

void bind_idea_commands(py::module_& m) {
    bind_described<community::JoinCommunity>(m, "JoinCommunity",
                                             R"(Somebody joins; `withholding` is kept back from what they are paid.

>>> JoinCommunity(1, name='Anna')
JoinCommunity(member=1, name='Anna')
)");
    bind_described<community::LeaveCommunity>(
        m, "LeaveCommunity", "Somebody leaves who is owed nothing and has a part in nothing that may still earn.");
    bind_described<community::HandInIdea>(m, "HandInIdea", "A member hands in an idea.");
    bind_described<community::WithdrawIdea>(m, "WithdrawIdea",
                                            "The submitter takes back an idea that was not accepted.");
    bind_described<community::ScreenOutIdea>(m, "ScreenOutIdea",
                                             "The idea cannot be made; its fee is refunded where the terms say so.");
    bind_described<community::NameSimilarIdea>(m, "NameSimilarIdea",
                                               "Two ideas are alike: the earlier one has the inventor's credit.");
    bind_described<community::DeclineIdea>(m, "DeclineIdea", "The company will not make the idea.");
}

void bind_round_commands(py::module_& m) {
    bind_described<community::OpenRound>(m, "OpenRound", "The ideas stand for votes from now until `closes`.");
    bind_described<community::CastVote>(m, "CastVote", "A member votes for an idea of a round.");
    bind_described<community::TakeBackVote>(m, "TakeBackVote", "A vote counts as never cast.");
    bind_described<community::RateIdea>(m, "RateIdea", "A member gives an idea stars on one criterion.");
}

void bind_development_commands(py::module_& m) {
    bind_described<community::AcceptIdea>(m, "AcceptIdea",
                                          R"(The idea becomes a product, with the phases in which it will be made.

It was selected in a round, or is like one that was, or is a staff pick of its round. From then on it is named by its
idea: product=1 is the product of idea 1.
)");
    bind_described<community::OpenPhase>(
        m, "OpenPhase", "A phase begins; of contributions that are voted on, with a round until `closes`.");
    bind_described<community::Contribute>(m, "Contribute",
                                          "Somebody brings a name, a design, a feature: an idea free of charge.");
    bind_described<community::PickedWinner>(m, "PickedWinner",
                                            "A contribution that won, and its weight beside the others.");
    bind_described<community::PickWinners>(m, "PickWinners",
                                           "Ends a phase of contributions with those that won, or with none.");
    bind_described<community::ClosePhase>(m, "ClosePhase", "Ends any other phase.");
    bind_described<community::CreditMembers>(m, "CreditMembers",
                                             "Members have a claim on a bucket: for answers, comments, work.");
    bind_described<community::AddBucket>(m, "AddBucket",
                                         R"(A bucket comes later, out of others, with those who have a claim on it.

Once royalties are earned it holds for sales from the day `from_` on, None for the day of the command; where that takes
back what was shared, `recovery` says from whom.
)");
    bind_described<community::OpenPresale>(m, "OpenPresale",
                                           R"(The product is presold by a campaign of its own, with these Terms.

Whoever's charge is collected has a claim on `bucket`, if any; a backer's number is the member's.
)");
    bind_described<community::ActOnPresale>(m, "ActOnPresale",
                                            R"(A command of the campaign that the product's presale is.

>>> act = ActOnPresale(1, MakePledge(1, 7, reward=1, amount=Money('40.00', 'USD')))
>>> act.presale.backer
7
)");
}

void bind_product_commands(py::module_& m) {
    bind_described<community::ReportProductReady>(m, "ReportProductReady", "The product can be sold.");
    bind_described<community::StartSales>(
        m, "StartSales", "The product is on sale: influence is fixed, its royalty is the members' for good.");
    bind_described<community::SaleDeduction>(m, "SaleDeduction",
                                             "An amount to take off gross before the royalty, in minor units.");
    bind_described<community::RecordSale>(m, "RecordSale", R"(A channel sold units of the product on a day.

>>> RecordSale(1, product=1, channel='direct', sold_on='2012-05-31', units=2, gross=Money('59.98', 'USD')).sold_on
datetime.date(2012, 5, 31)
)");
    bind_described<community::RecordReturn>(m, "RecordReturn",
                                            "Buyers of a recorded sale gave units back and got `amount` back.");
    bind_described<community::EndProduct>(m, "EndProduct", "The product is no longer sold.");
    bind_described<community::AbandonProduct>(m, "AbandonProduct",
                                              "Development failed: every right goes back to those it came from.");
    bind_described<community::ReacquireIdea>(m, "ReacquireIdea",
                                             "The submitter buys back what was accepted and not made.");
    bind_described<community::RaiseProductClaim>(
        m, "RaiseProductClaim",
        "Somebody says that a product is theirs: until the claim is dismissed nothing "
        "goes on with it, nor are its royalties shared.");
    bind_described<community::PayRoyalty>(
        m, "PayRoyalty",
        "A payment that was due was made; with `closing` even less than the minimum is paid, "
        "because the account is to be closed.");
}

}  // namespace

void bind_community_commands(py::module_& m) {
    bind_idea_commands(m);
    bind_round_commands(m);
    bind_development_commands(m);
    bind_product_commands(m);
}

}  // namespace crowdrules::python
