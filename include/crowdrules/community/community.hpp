// SPDX-License-Identifier: BSL-1.0
// Community: the state of one community that invents: its ideas, rounds, products, sales and royalties. A value: copy
// it to ask 'what if'.
//
//   Community community = found(terms, at);
//   auto decision = decide(community, command);              // may this happen?
//   if (decision) evolve(community, decision->events);       // it has happened
//
// Anybody may read the state; only `evolve` changes it.
#pragma once

#include <crowdrules/campaign/campaign.hpp>
#include <crowdrules/community/event.hpp>
#include <crowdrules/community/terms.hpp>
#include <crowdrules/ledger/ledger.hpp>
#include <crowdrules/life/life.hpp>
#include <crowdrules/life/ownership_claim.hpp>
#include <crowdrules/life/platform_decision.hpp>

#include <array>
#include <memory>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>
#include <vector>

namespace crowdrules::community {

/// What is known of a member. Amounts in minor units, ever.
struct MemberRecord {
    std::int64_t credited = 0;   ///< parts of royalties, less what returns took back
    std::int64_t corrected = 0;  ///< made good, or taken for others, after a bucket with retroactive effect
    std::int64_t paid = 0;
    std::int64_t withheld = 0;
    std::int64_t fees = 0;  ///< of payments
    bool left = false;

    /// Owed to the member; negative when they owe.
    [[nodiscard]] std::int64_t balance() const noexcept { return credited + corrected - paid - withheld - fees; }
    bool operator==(const MemberRecord&) const = default;
};

/// Where an idea stands.
enum class IdeaStage : std::uint8_t { open, withdrawn, infeasible, declined, accepted };
[[nodiscard]] std::string_view to_text(IdeaStage stage) noexcept;

struct IdeaRecord {
    Idea idea;
    std::string title{};
    IdeaStage stage = IdeaStage::open;
    IdeaId product{};     ///< to which it is a contribution; none: an idea of its own
    std::string phase{};  ///< of that product
    RoundId round{};      ///< in which it stood last
    bool selected = false;
    std::int64_t fee = 0;  ///< paid and not refunded
    RightsRegister rights;

    bool operator==(const IdeaRecord&) const = default;
};

struct RoundRecord {
    RoundId id{};
    Round round;
    IdeaId product{};     ///< of whose phase it is; none: ideas are chosen
    std::string phase{};  ///< of that product
    bool closed = false;
    std::vector<IdeaId> selected{};
    std::vector<IdeaId> staff_picks{};

    bool operator==(const RoundRecord&) const = default;
};

struct PhaseRecord {
    ProductPhase phase;
    PhaseState state = PhaseState::waiting;
    RoundId round{};                  ///< none: nothing was voted on
    Instant closes = never;           ///< the last moment for contributions
    std::vector<IdeaId> handed_in{};  ///< contributions

    bool operator==(const PhaseRecord&) const = default;
};

/// What one line of a sales report sold, and what became of it.
struct SaleRecord {
    SaleId id{};
    IdeaId product{};
    std::uint32_t channel = 0;  ///< its place in the terms
    Date sold_on{};
    Date rate_from{};
    std::int64_t units = 0;
    std::int64_t gross = 0;
    std::int64_t paid = 0;  ///< by buyers
    std::int64_t base = 0;
    Decimal earned{};
    bool returns_count = false;
    std::int64_t returned_units = 0;
    std::int64_t returned = 0;  ///< to buyers
    Decimal taken_back{};

    bool operator==(const SaleRecord&) const = default;
};

/// What a product earned under one influence, and who had which part of it so far.
struct RoyaltyStream {
    Date from{};  ///< the first day of sales that it holds for, until the next
    Holders influence{};
    Decimal earned{};                        ///< exactly, in units
    std::int64_t pool = 0;                   ///< shared so far, minor units
    std::vector<std::int64_t> cumulative{};  ///< of it, by place in `influence`

    bool operator==(const RoyaltyStream&) const = default;
};

struct ProductRecord {
    IdeaId idea{};
    ProductStage stage = ProductStage::in_development;
    bool paused = false;  ///< by an open claim on who owns it
    Instant accepted_at{};
    std::optional<Instant> on_sale_at{};
    std::optional<Instant> over_at{};
    std::vector<PhaseRecord> phases{};
    InfluenceTerms influence{};
    Claims claims{};
    std::optional<campaign::Campaign> presale{};
    std::string presale_bucket{};
    std::vector<RoyaltyStream> streams{};     ///< by day, the earliest first
    std::vector<std::uint32_t> sales{};       ///< places in the list of sales
    std::optional<Instant> unshared_since{};  ///< of the first report that no closing has seen
    std::int64_t units = 0;                   ///< sold, less returned
    std::int64_t gross = 0;
    std::int64_t returned = 0;
    std::int64_t pool = 0;        ///< royalties shared
    std::int64_t to_company = 0;  ///< of these, unclaimed influence that is the company's

    bool operator==(const ProductRecord&) const = default;
};

/// Parts of royalties that were shared on a day and are still on hold.
struct HeldParts {
    Date shared_on{};
    std::vector<RoyaltyPart> parts{};  ///< in order of members, positive only

    bool operator==(const HeldParts&) const = default;
};

/// Running totals, kept by evolve.
struct Totals {
    std::uint64_t members = 0;  ///< who joined and did not leave
    std::int64_t fees = 0;      ///< of submissions
    std::int64_t fees_refunded = 0;
    std::int64_t units = 0;
    std::int64_t gross = 0;
    std::int64_t bought = 0;  ///< paid by buyers
    std::int64_t returned = 0;
    std::int64_t base = 0;
    Decimal earned{};       ///< by the community, exactly, in units
    std::int64_t pool = 0;  ///< royalties shared, to members and the company
    std::int64_t to_company = 0;
    std::int64_t made_good = 0;  ///< by the company, after a bucket with retroactive effect
    std::int64_t paid = 0;
    std::int64_t withheld = 0;
    std::int64_t payment_fees = 0;
    std::uint64_t payments = 0;
    std::int64_t reacquired = 0;  ///< paid by members for what they bought back

    bool operator==(const Totals&) const = default;
};

/// Everything that is known of a community. Read it freely; it is changed by evolve only.
struct State {
    std::shared_ptr<const Terms> terms{};  ///< never null
    Instant founded_at{};
    Instant last{};  ///< of the latest event

    campaign::HandleIndex member_index{};
    std::vector<MemberRecord> members{};
    std::unordered_map<campaign::Handle, std::vector<revenue::Withholding>> withholding{};  ///< of those who have any
    std::unordered_map<campaign::Handle, std::string> names{};                              ///< of those who gave one
    campaign::HandleIndex idea_index{};
    std::vector<IdeaRecord> ideas{};
    SimilarIdeas similar{};
    std::vector<RoundRecord> rounds{};
    std::unordered_map<std::uint64_t, std::uint32_t> round_index{};
    std::set<std::pair<Instant, std::uint32_t>> open_rounds{};  ///< when each closes, by place
    std::vector<ProductRecord> products{};
    std::unordered_map<std::uint64_t, std::uint32_t> product_index{};  ///< by idea
    OwnershipClaims claims{};                                          ///< on who owns a product
    campaign::HandleIndex sale_index{};
    std::vector<SaleRecord> sales{};
    std::vector<HeldParts> held{};  ///< by day, the earliest first

    Totals totals{};
    std::vector<PlatformDecision> decisions{};  ///< about ideas and products, and rounds; in order of time
    Ledger ledger{USD};
    std::unordered_map<std::uint64_t, std::uint64_t> commands{};  ///< ids seen, with the fingerprint of their content

    /// Equal in all that is known; terms are compared by value.
    bool operator==(const State& other) const;
};

struct CommandBody;
struct Rejection;
struct Rules;

/// What a community is made of: see life/life.hpp.
struct Types {
    using State = community::State;
    using Terms = community::Terms;
    using Command = CommandOf<CommandBody>;
    using Event = community::Event;
    using First = CommunityFounded;
    using Rejection = community::Rejection;
    using Rules = community::Rules;
};

using Community = Life<Types>;

// Questions about what is there. Nothing for an id that is not known.

[[nodiscard]] const MemberRecord* find_member(const State& state, MemberId member);
[[nodiscard]] const IdeaRecord* find_idea(const State& state, IdeaId idea);
[[nodiscard]] const RoundRecord* find_round(const State& state, RoundId round);
[[nodiscard]] const ProductRecord* find_product(const State& state, IdeaId idea);
[[nodiscard]] const SaleRecord* find_sale(const State& state, SaleId sale);
/// The influence in a product as claims stand now, fixed or not.
[[nodiscard]] Result<Influence, Findings> influence_in(const ProductRecord& product);

}  // namespace crowdrules::community
