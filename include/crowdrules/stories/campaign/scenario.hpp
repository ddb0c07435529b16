// SPDX-License-Identifier: BSL-1.0
// Scenario: a campaign as a story in a text file: its terms, what happens when, and the figures that must come out.
//
//   timeline = [
//       { at = "launch + 1 hour", pledge = { reward = "Early bird", count = 200 } },
//       { at = "launch + 2 hours", pledge = { reward = "Early bird" }, refused = "reward_sold_out" },
//   ]
//   [scenario]
//   title = "Two hundred early birds"
//   ...
//   [expect]
//   collected = "19800.00"
//
// docs/scenarios.md describes the whole format. Amounts are text, so that none ever passes through binary floating
// point. Reading refuses a file with the line and column of the first thing that is wrong with it.
#pragma once

#include <crowdrules/campaign/command.hpp>
#include <crowdrules/campaign/terms.hpp>
#include <crowdrules/core/result.hpp>
#include <crowdrules/money/allocate.hpp>
#include <crowdrules/reason/finding.hpp>
#include <crowdrules/rulepacks/pack.hpp>
#include <crowdrules/stories/expectation.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace crowdrules {

/// When something happens: at an instant, or before or after the launch, the deadline or the success.
struct Moment {
    enum class From : std::uint8_t { epoch, launch, deadline, success };
    From from = From::epoch;
    Elapsed offset{};  ///< negative: before it; from the epoch it is the instant itself

    bool operator==(const Moment&) const = default;
};

/// Reads "2012-04-11T07:00:00Z", "launch", "deadline - 24 hours", "success + 7 days". Refuses anything else.
[[nodiscard]] Result<Moment> parse_moment(std::string_view text);
[[nodiscard]] std::string to_text(const Moment& moment);

/// Which earlier pledges a line is about: those of a person or of a named line, all of them or a part.
struct Chosen {
    std::string of;
    std::optional<std::uint32_t> first;  ///< only the first so many of them
    std::optional<std::uint32_t> last;   ///< only the last so many

    bool operator==(const Chosen&) const = default;
};

/// What a pledge or a change of one asks for, with rewards and add-ons by name.
struct Wanted {
    struct AddOnWanted {
        std::string add_on;
        std::uint32_t count = 1;
        bool operator==(const AddOnWanted&) const = default;
    };
    std::string reward;  ///< empty: none
    std::vector<AddOnWanted> add_ons{};
    std::string ship_to{};
    std::optional<Money> amount;  ///< none: what the choice comes to, and the bonus
    std::int64_t bonus = 0;       ///< minor units
    bool by_link = false;
    bool in_instalments = false;
    std::uint32_t quantity = 1;                 ///< of the reward
    std::vector<campaign::LineChoice> lines{};  ///< on top, or contained
    std::optional<campaign::Giver> giver{};     ///< where the terms limit what a person may give

    bool operator==(const Wanted&) const = default;
};

struct PledgeLine {
    std::uint32_t count = 1;  ///< so many like pledges, each of a backer of its own
    std::string by;           ///< a person; empty: somebody new
    std::string name;         ///< what later lines call these pledges
    std::optional<std::uint64_t> id;
    Wanted wanted;
    std::optional<std::uint32_t> failing;  ///< so many of them, the last ones, have cards that fail at first
    std::optional<std::uint32_t> mended;   ///< so many of those, the first ones, are mended in time

    bool operator==(const PledgeLine&) const = default;
};
struct ChangeLine {
    Chosen chosen;
    Wanted wanted;
    bool operator==(const ChangeLine&) const = default;
};
/// A further charge to who has pledged.
struct SupplementLine {
    Chosen chosen;
    std::string name;  ///< what later lines call these charges
    Wanted wanted;     ///< without a reward
    bool operator==(const SupplementLine&) const = default;
};
struct CancelLine {
    Chosen chosen;
    bool operator==(const CancelLine&) const = default;
};
struct ChargeLine {
    Chosen chosen;
    bool fails = false;
    std::uint32_t instalment = 1;
    std::optional<Money> amount{};  ///< captured of each
    std::optional<Money> fee{};     ///< that the provider took of each
    std::optional<Money> tax{};
    std::string reference{};
    std::string method{};
    bool operator==(const ChargeLine&) const = default;
};
struct RefundLine {
    Chosen chosen;
    std::optional<Money> amount;  ///< of each; none: all that is left of it
    RefundItem item = RefundItem::general;
    std::string line{};  ///< of which line of the charge
    std::optional<Money> fee_returned{};
    std::string reference{};
    bool operator==(const RefundLine&) const = default;
};
struct DisputeLine {
    Chosen chosen;
    std::uint32_t instalment = 1;
    DisputeReason reason = DisputeReason::fraud;
    std::optional<Money> amount{};  ///< of each charge; none: all that is left of it
    std::optional<Money> fee{};
    std::string reference{};
    bool operator==(const DisputeLine&) const = default;
};
struct DisputeEndLine {
    Chosen chosen;
    bool won = false;
    std::optional<Money> fee_returned{};
    bool operator==(const DisputeEndLine&) const = default;
};
struct ExtendLine {
    Moment to;
    bool operator==(const ExtendLine&) const = default;
};
/// Somebody's identity was verified.
struct VerifyLine {
    std::string who;  ///< a person; empty: the creator
    std::string what;
    std::optional<Instant> until{};
    std::string decided_by{};
    bool operator==(const VerifyLine&) const = default;
};
/// The account of one person was found to be another's as well.
struct RelateLine {
    std::string account;
    std::string to;  ///< a person; empty: the creator
    std::string reason{};
    std::string decided_by{};
    bool operator==(const RelateLine&) const = default;
};
struct ChangeRewardLine {
    std::string reward;
    campaign::Reward becomes;
    bool operator==(const ChangeRewardLine&) const = default;
};
struct RemoveRewardLine {
    std::string reward;
    bool operator==(const RemoveRewardLine&) const = default;
};
struct ChangeAddOnLine {
    std::string add_on;
    campaign::AddOn becomes;
    bool operator==(const ChangeAddOnLine&) const = default;
};
struct RemoveAddOnLine {
    std::string add_on;
    bool operator==(const RemoveAddOnLine&) const = default;
};

/// With a name the money pays that pledge's charge.
struct ResolveUnmatchedLine {
    Chosen chosen;
    campaign::ResolveUnmatched command;
};

/// Refunds of the pledges chosen came back.
struct ReturnRefundLine {
    Chosen chosen;
    campaign::ReturnRefund command;
};

/// What one line of the time line does. A line that only expects does nothing but let time pass.
using LineBody =
    std::variant<std::monostate, PledgeLine, ChangeLine, SupplementLine, CancelLine, ChargeLine, RefundLine,
                 DisputeLine, DisputeEndLine, ExtendLine, campaign::AddReward, ChangeRewardLine, RemoveRewardLine,
                 campaign::AddAddOn, ChangeAddOnLine, RemoveAddOnLine, campaign::PayOut, campaign::PauseCampaign,
                 campaign::ResumeCampaign, campaign::CancelCampaign, campaign::SuspendCampaign, campaign::CloseEarly,
                 campaign::CloseLatePledges, campaign::ReportReadyToShip, VerifyLine, RelateLine, RaiseClaim,
                 DismissClaim, UpholdClaim, campaign::ReturnPayout, campaign::RecordUnmatched, ResolveUnmatchedLine,
                 campaign::ReportDelivered, campaign::ApproveMilestone, campaign::RejectMilestone, ReturnRefundLine>;

struct TimelineLine {
    TextPosition where{};
    Moment at{};
    LineBody what{};
    CommandId command{};                    ///< none, or the id of the line's one command
    std::optional<std::uint32_t> accepted;  ///< so many of the line's commands succeed before the first is refused
    std::string refused{};                  ///< the code with which it must be refused; empty: it must succeed
    bool already_done = false;              ///< it must be answered as carried out before
    Expectations expect{};                  ///< after the line

    /// How many pledges the line makes: those that are to be refused are none.
    [[nodiscard]] std::uint32_t pledges() const;
};

/// A sum that is added to the pledges of the time line, split by `allocate`.
struct Spread {
    enum class By : std::uint8_t {
        evenly,      ///< the same to each
        proportion,  ///< in proportion to what each comes to without it
    };
    Money amount;
    By by = By::evenly;
    Split split{AllocationMethod::largest_remainder};
    std::vector<std::string> except;  ///< pledges for these rewards get nothing of it
    TextPosition where;
};

/// So many of a number of things: a count, or a share of them rounded half_even. Spread evenly over them in order.
struct Portion {
    std::variant<std::uint32_t, Decimal> size{std::uint32_t{0}};

    [[nodiscard]] std::uint64_t of(std::uint64_t all) const;
    bool operator==(const Portion&) const = default;
};
/// Whether thing number `index` of `all` (from 0) is one of `chosen` that are spread evenly.
[[nodiscard]] constexpr bool is_chosen(std::uint64_t index, std::uint64_t chosen, std::uint64_t all) noexcept {
    return (index + 1) * chosen / all != index * chosen / all;
}

/// How the platform acts on what falls due.
struct Conduct {
    bool charges = true;     ///< it charges every pledge when that falls due; false: only lines of the time line charge
    bool payouts = true;     ///< it pays out when that falls due, and refunds what a failed campaign has charged
    Portion failing;         ///< of the charges that fall due together, so many fail at first
    Portion mended;          ///< of those, so many are mended; the others are dropped in the end
    Elapsed mended_after{};  ///< how long after the charge fell due

    bool operator==(const Conduct&) const = default;
};

struct Scenario {
    std::string title;
    std::string source;
    std::string country;  ///< of the creator, where the rules are those of a pack
    campaign::Terms terms;
    std::vector<TimelineLine> timeline;
    std::vector<Spread> spreads;
    Conduct conduct;
    Expectations expect;  ///< at the end

    /// How many pledges the time line makes.
    [[nodiscard]] std::uint64_t pledges() const;
};

/// Reads a scenario. `source` is the name of its file, for errors; everything that is wrong is told at once.
/// Refuses, each with line and column: text that is no TOML; fields that there are none of; values of another kind;
/// amounts as numbers; rewards that there are none of; terms that the rule pack forbids or finds incomplete.
[[nodiscard]] Result<Scenario, Findings> parse_scenario(std::string_view text, std::string_view source = {},
                                                        const ReadText& read = {});

/// What happens in a time line, as far as rules ask for it.
[[nodiscard]] Happenings happenings_in(const std::vector<TimelineLine>& timeline);

}  // namespace crowdrules
