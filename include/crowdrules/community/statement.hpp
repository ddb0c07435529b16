// SPDX-License-Identifier: BSL-1.0
// Statement of a community: a community's money on one page: fees, sales, royalties earned, shared, paid and carried,
// and who holds what now.
//
//   gross              2,635,501.14 USD   165,784 units
//   royalties            263,550.11 USD   10% of it
//     unclaimed           13,177.51 USD   the company's
//     members            250,372.60 USD
//   paid                 249,871.02 USD   812 payments
//   carried                  501.58 USD   below the minimum
//
// Figures come from the running totals and from the ledger, which are kept apart and must agree; see `check`.
#pragma once

#include <crowdrules/community/community.hpp>
#include <crowdrules/reason/derivation.hpp>

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crowdrules::community {

/// One product on the page.
struct ProductLine {
    IdeaId idea{};
    std::string title{};
    ProductStage stage = ProductStage::in_development;
    bool paused = false;
    std::int64_t units = 0;  ///< sold, less returned
    Money gross;
    Money returned;
    Decimal earned{};  ///< by the community, exactly, in units
    Money shared;      ///< of it, in whole minor units, at closings
    Money to_company;  ///< of what was shared: unclaimed influence

    bool operator==(const ProductLine&) const = default;
};

struct Statement {
    std::string title{};
    std::uint64_t members = 0;
    std::uint64_t ideas = 0;  ///< handed in, contributions apart
    Money fees;               ///< of submissions, less what was refunded
    std::int64_t units = 0;   ///< sold, less returned
    Money gross;              ///< of all sales
    Money bought;             ///< paid by buyers: gross less discounts, allowances and reported returns
    Money returned;           ///< given back to buyers later
    Money base;               ///< on which the community's rates were applied
    Money royalties;          ///< shared with the community so far, in whole minor units
    Money unclaimed;          ///< of these, the company's
    Money credited;           ///< of these, the members'
    Money made_good;          ///< to members by the company, after a bucket with retroactive effect
    Money withheld;
    Money payment_fees;
    Money paid;     ///< to members
    Money carried;  ///< owed to members and not paid yet
    Money owed;     ///< by members, to be worked off
    std::vector<ProductLine> products{};
    std::array<Money, account_count> holders;  ///< by Account; sums to zero; presales included

    bool operator==(const Statement&) const = default;
};

/// The statement of a community as it stands. Throws ContractViolation when `check` would find something.
[[nodiscard]] Statement statement(const Community& community);

/// One member's account.
struct MemberStatement {
    MemberId member{};
    struct Line {
        IdeaId product{};
        std::string title{};
        Weight weight = 0;  ///< of influence now
        Weight whole = 1;
        Money credited;
        bool operator==(const Line&) const = default;
    };
    std::vector<Line> products{};  ///< in which they have, or had, a part
    Money credited;
    Money corrected;
    Money withheld;
    Money payment_fees;
    Money paid;
    Money balance;  ///< owed to them; negative when they owe
    Money on_hold;  ///< of the balance

    bool operator==(const MemberStatement&) const = default;
};
/// Nothing for somebody who never joined. Cost: O(influence in all products).
[[nodiscard]] std::optional<MemberStatement> statement_of(const Community& community, MemberId member);

/// The reasons why ledger, totals, products and members would not agree; empty when they do.
[[nodiscard]] std::vector<std::string> check(const Community& community);

/// The names of the figures that `explain` knows, in the order of the statement: "fees", "gross", "royalties", ...
[[nodiscard]] std::vector<std::string> figure_names();

/// A figure of the statement by name. Nothing for a name that is none.
[[nodiscard]] std::optional<Money> figure(const Statement& statement, std::string_view name);

/// How a figure came about. Refuses a name that is none, listing those there are.
[[nodiscard]] Result<Derivation, std::string> explain(const Statement& statement, const Terms& terms,
                                                      std::string_view figure);

}  // namespace crowdrules::community
