// SPDX-License-Identifier: BSL-1.0
// A small campaign that tests bend to their purpose, and somebody who plays it.
//
//   Terms agreed = sample::terms();                        // 1,000.00 USD in 30 days, all or nothing, three rewards
//   Player play(agreed);
//   play.pledge(1, cents(25'00), poster);                  // accepted, or the test fails
//   CHECK(play.refused(opens, CancelPledge{PledgeId{9}}) == RejectionCode::pledge_unknown);
//   play.pass(closes);                                     // what falls due by then happens
#pragma once

#include <crowdrules/campaign/decide.hpp>
#include <crowdrules/campaign/evolve.hpp>
#include <crowdrules/campaign/progress.hpp>
#include <crowdrules/campaign/statement.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace crowdrules::campaign {

// How doctest shows a mismatch.
inline doctest::String toString(RejectionCode code) {
    return std::string(to_text(code)).c_str();
}
inline doctest::String toString(const std::optional<RejectionCode>& code) {
    return code ? toString(*code) : "accepted";
}
inline doctest::String toString(Phase phase) {
    return std::string(to_text(phase)).c_str();
}
inline doctest::String toString(PledgeState state) {
    return std::string(to_text(state)).c_str();
}
inline doctest::String toString(const Money& amount) {
    return to_text(amount).c_str();
}

namespace sample {

using namespace std::chrono_literals;
using std::chrono::days;

inline Money cents(std::int64_t minor) {
    return {minor, USD};
}
inline Decimal decimal(std::string_view text) {
    return Decimal::parse(text).value();
}

inline const Instant opens = instant("2026-03-01T12:00:00Z");
inline const Instant closes = opens + days{30};

// The rewards and add-ons of `terms`, by their places.
inline constexpr RewardId no_reward{};
inline constexpr RewardId poster{1};      ///< 25.00, no limit, not shipped
inline constexpr RewardId early_bird{2};  ///< 20.00, three of them
inline constexpr RewardId kit{3};         ///< 100.00, late 120.00, shipped anywhere: US 5.00, elsewhere 15.00; 2 units
inline constexpr AddOnId sticker{1};      ///< 3.00, late 4.00, at most 10 a backer
inline constexpr AddOnId cable{2};        ///< 8.00, five of them, only with the kit, ships as the kit; 1 unit

/// No fees but what a test names: 5% of what is collected, and 3% + 0.20 a charge.
inline Fees fees() {
    return {.platform = {.name = "platform fee", .bands = {{.rate = decimal("5%")}}},
            .processing = {.name = "processing fee",
                           .bands = {{.rate = decimal("3%"), .fixed = 20}},
                           .rounding = {RoundingMode::half_up}}};
}

inline Terms terms(FundingModel model = FundingModel::all_or_nothing(cents(1'000'00))) {
    const Shipping anywhere{
        .ships = Ships::anywhere,
        .rates = {{.destination = "US", .cost = 5'00}, {.destination = std::string(everywhere), .cost = 15'00}}};
    Terms terms;
    terms.title = "Sample";
    terms.model = std::move(model);
    terms.window = {.opens = opens, .closes = closes};
    terms.limits = {.minimum = 1'00, .maximum = 10'000'00};
    terms.rewards = {
        {.name = "Poster", .minimum = 25'00},
        {.name = "Early bird", .minimum = 20'00, .quantity = 3},
        {.name = "Kit", .minimum = 100'00, .late_price = 120'00, .shipping = anywhere, .units = 2},
    };
    terms.add_ons = {
        {.name = "Sticker", .price = 3'00, .late_price = 4'00},
        {.name = "Cable", .price = 8'00, .quantity = 5, .shipping = anywhere, .units = 1, .only_with = {kit}},
    };
    terms.charges = {.retry_window = days{7}, .remind_every = 48h};
    terms.fees = fees();
    terms.payouts = {.first_after = days{14}};
    terms.refunds = {.partial = PartialRefundFee::recomputed};
    return terms;
}

/// Plays a campaign and keeps what happened.
class Player {
  public:
    explicit Player(Terms agreed, Instant at = opens) : campaign_(launch(agreed, at)), now_(at) {
        happened_.push_back(launched(std::move(agreed), at));
    }

    [[nodiscard]] const Campaign& campaign() const noexcept { return campaign_; }
    [[nodiscard]] const State& state() const noexcept { return *campaign_; }
    [[nodiscard]] const Events& happened() const noexcept { return happened_; }
    [[nodiscard]] Instant now() const noexcept { return now_; }

    /// The command must be accepted; what it alone brought about, without what fell due before it.
    Events does(Instant at, CommandBody what, CommandId id = {}) {
        pass(at);
        const auto decision = decide(campaign_, {.id = id, .at = at, .what = std::move(what)});
        if (!decision) FAIL(to_text(decision.error()));
        keep(decision->events);
        return decision->events;
    }
    Events does(CommandBody what) { return does(now_, std::move(what)); }

    /// Why the command is refused at `at`, or nothing when it would be accepted. Changes nothing.
    [[nodiscard]] std::optional<RejectionCode> refused(Instant at, CommandBody what) const {
        const auto decision = decide(campaign_, {.at = at, .what = std::move(what)});
        if (decision) return std::nullopt;
        return decision.error().code;
    }
    [[nodiscard]] std::optional<RejectionCode> refused(CommandBody what) const {
        return refused(now_, std::move(what));
    }

    /// Pledge number `id` of the backer with the same number, now.
    Events pledge(std::uint64_t id, Money amount, RewardId reward = no_reward) {
        return does(MakePledge{PledgeId{id}, BackerId{id}, {.reward = reward, .amount = amount}});
    }
    Events pledge(std::uint64_t id, PledgeChoice choice) {
        return does(MakePledge{PledgeId{id}, BackerId{id}, std::move(choice)});
    }
    Events charge(std::uint64_t id, bool succeeded = true, std::uint32_t instalment = 1) {
        return does(RecordCharge{PledgeId{id}, succeeded, instalment});
    }

    /// Time goes on to `at`, and what is due by then happens.
    Events pass(Instant at) {
        Events due = advance(campaign_, at);
        happened_.insert(happened_.end(), due.begin(), due.end());
        now_ = std::max(now_, at);
        return due;
    }

    [[nodiscard]] PledgeState state_of(std::uint64_t pledge) const {
        const auto view = find_pledge(campaign_, PledgeId{pledge});
        if (!view) FAIL("there is no such pledge");
        return view->state;
    }

  private:
    void keep(const Events& events) {
        evolve(campaign_, events);
        happened_.insert(happened_.end(), events.begin(), events.end());
    }

    Campaign campaign_;
    Instant now_;
    Events happened_;
};

/// How many events of one kind there are.
template <class Body>
std::size_t count_of(const Events& events) {
    std::size_t count = 0;
    for (const Event& event : events) count += std::holds_alternative<Body>(event.what) ? 1 : 0;
    return count;
}
/// The first event of a kind; the test fails when there is none.
template <class Body>
const Body& first_of(const Events& events) {
    for (const Event& event : events) {
        if (const auto* body = std::get_if<Body>(&event.what)) return *body;
    }
    FAIL("there is no such event");
    throw std::logic_error("unreachable: FAIL ends the test");
}

}  // namespace sample
}  // namespace crowdrules::campaign
