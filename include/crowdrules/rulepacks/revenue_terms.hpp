// SPDX-License-Identifier: BSL-1.0
// Revenue terms: what a platform's rules and a plan come to: royalties, splits, notes and payouts, ready for the
// arithmetic of the revenue floor.
//
//   auto pack = load_pack("steam").value();
//   RevenueDraft draft{.currency = USD, .through = date("2019-12-31")};
//   draft.accounts = {{"studio", {{"the game", {{"store", {}}}}}}};       // a channel without rates gets the pack's
//   draft.given["royalty.rounding"] = Node::of("half_even");              // no source says: the plan does
//   auto terms = pack.revenue_terms(date("2018-10-01"), draft);
//   auto contract = RoyaltyContract::of(*terms->royalties);
//
// Rates and splits are dated: a stretch of days gets every row that holds in it, so that a sale earns what was in force
// on its day. A day in it for which nothing is established is a finding, unless the plan gives the value.
#pragma once

#include <crowdrules/core/citation.hpp>
#include <crowdrules/protocol/node.hpp>
#include <crowdrules/revenue/distribution.hpp>
#include <crowdrules/revenue/note.hpp>
#include <crowdrules/revenue/royalty.hpp>
#include <crowdrules/revenue/share.hpp>
#include <crowdrules/time/cadence.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace crowdrules {

/// Somebody who is paid, and what they are to a tax authority, in the words of the pack: "treaty", "no form".
struct DraftPayee {
    revenue::PayeeId id;
    std::string name;
    std::string tax_status{};  ///< empty: nothing is withheld

    bool operator==(const DraftPayee&) const = default;
};

/// What a plan says itself. Terms are made of what is filled in, and rules are needed for that alone.
struct RevenueDraft {
    Currency currency = USD;
    std::optional<Date> through{};  ///< the last day of sales; none: only the day for which terms are made
    /// Works and the channels they sell through. A channel without rates gets those of the pack.
    std::vector<revenue::RoyaltyAccount> accounts{};
    std::vector<revenue::Share>
        shares{};  ///< who shares; empty where the pack names them, and `parties` tells who they are
    std::map<std::string, revenue::PayeeId, std::less<>> parties{};  ///< who the pack means: {"platform", PayeeId{9}}
    std::vector<revenue::NoteHolder> holders{};                      ///< of a note
    std::vector<DraftPayee> payees{};
    bool payouts = false;  ///< terms of paying out are wanted
    /// Parameters that the pack does not establish or lets a plan change, by path; of one by channel, with the channel:
    /// {"royalty.rate.direct", "{ tiers = [ { rate = '30%' } ] }"}.
    std::map<std::string, Node, std::less<>> given{};

    bool operator==(const RevenueDraft&) const = default;
};

/// So many supporters within so much time after the stage before, or the idea expires.
struct SupportStage {
    std::uint64_t supporters = 0;
    Elapsed within{};

    bool operator==(const SupportStage&) const = default;
};

struct RevenueTerms {
    std::string pack;  ///< "steam, as of 2018-10-01"
    Currency currency = USD;
    std::optional<revenue::RoyaltyTerms> royalties;        ///< with accounts in the draft
    std::optional<revenue::SplitHistory> split;            ///< with shares or parties in the draft
    std::optional<revenue::NoteTerms> note;                ///< with holders in the draft
    std::optional<Cadence> note_every;                     ///< the periods of the note
    std::optional<revenue::DistributionTerms> payouts;     ///< with `payouts` in the draft
    std::optional<Cadence> paid_every;                     ///< the periods that are paid out
    std::optional<Elapsed> paid_after;                     ///< after the end of a period, where that is established
    std::vector<revenue::Payee> payees;                    ///< the draft's, with what is withheld of them
    std::vector<SupportStage> support;                     ///< what an idea must reach before anything is made of it
    std::map<std::string, Citation, std::less<>> sources;  ///< where each rule is written, by its path

    bool operator==(const RevenueTerms&) const = default;
};

}  // namespace crowdrules
