// SPDX-License-Identifier: BSL-1.0
#include "campaign/judge/choice_check.hpp"

#include <fmt/format.h>

#include "campaign/due/charges.hpp"
#include "campaign/due/payouts.hpp"
#include "campaign/judge/choice_rules.hpp"
#include "campaign/judge/measured.hpp"
#include "core/listed.hpp"
#include <algorithm>
#include <limits>

namespace crowdrules::campaign {

ChoiceCheck::ChoiceCheck(const Judge& judge, const PledgeChoice& choice, Handle current, PricePhase phase)
    : judge_(judge),
      state_(judge.state),
      choice_(choice),
      current_(current),
      phase_(phase),
      partner_(choice.reward),
      schedule_(&judge.terms().fees.processing) {
    if (current != no_handle) {
        held_reward_ = state_.book.records[current].reward;
        const PledgeDetail* detail = state_.book.detail_of(current);
        if (detail != nullptr) held_add_ons_ = detail->add_ons;
        if (held_reward_ != 0) held_quantity_ = bookkeeping::quantity_of(detail);
    }
}

ChoiceCheck::ChoiceCheck(const Judge& judge, const PledgeChoice& choice, Handle supplemented)
    : ChoiceCheck(judge, choice, no_handle, PricePhase::late) {
    is_supplement_ = true;
    partner_ = RewardId{state_.book.records[supplemented].reward};
    const auto& supplements = judge.terms().supplements;
    if (supplements && supplements->processing) schedule_ = &*supplements->processing;
}

Judge::Guard ChoiceCheck::refuse_unknown_items() const {
    if (!choice_.reward.is_none() &&
        (choice_.reward.value > state_.rewards.size() || state_.reward_removed[choice_.reward.value - 1])) {
        return judge_.reject(RejectionCode::reward_unknown, fmt::format("there is no reward {}", choice_.reward.value),
                             fmt::format("one of the {} there are, or none", state_.rewards.size()));
    }
    for (const AddOnChoice& chosen : choice_.add_ons) {
        if (!chosen.add_on.is_none() && chosen.add_on.value <= state_.add_ons.size() &&
            !state_.add_on_removed[chosen.add_on.value - 1]) {
            continue;
        }
        return judge_.reject(RejectionCode::add_on_unknown, fmt::format("there is no add-on {}", chosen.add_on.value),
                             fmt::format("one of the {} there are", state_.add_ons.size()));
    }
    return refuse_unknown_lines();
}

Result<Composed, Rejection> ChoiceCheck::composition() const {
    if (!is_supplement_) {
        if (auto rejection = refuse_reward()) return rejection;
    }
    if (auto rejection = refuse_add_ons()) return rejection;
    try {
        auto parts = compose(state_.rewards, state_.add_ons, choice_, 0, phase_);
        if (!parts) {
            return reject(RejectionCode::not_shipped_there, parts.error(),
                          "a destination that it is sent to, or another choice", "rewards");
        }
        if (auto rejection = refuse_amount(*parts)) return rejection;
        parts->bonus = choice_.amount.minor() - parts->total;
        parts->total = choice_.amount.minor();
        Composed composed{.parts = *parts, .lines = {}, .total = parts->total};
        if (auto rejection = compose_lines(composed)) return rejection;
        if (composed.total == 0)
            return reject(RejectionCode::amount_not_positive, "nothing is to be charged", "an amount, or a line");
        if (totals_overflow(composed.total)) return refuse_too_large("all pledges together would leave 64 bits");
        if (fees_overflow(composed.total))
            return refuse_too_large("the fees on all pledges together would leave 64 bits");
        if (auto rejection = refuse_instalments(composed.total)) return rejection;
        return composed;
    } catch (const Overflow&) {
        if (auto rejection = refuse_amount_below(1)) return rejection;
        return refuse_too_large("the price of what is chosen leaves 64 bits");
    }
}

template <class Item>
Judge::Guard ChoiceCheck::refuse_if_unavailable(const Item& item, RejectionCode early, RejectionCode late,
                                                RejectionCode only_live) const {
    if (item.available && judge_.at < item.available->opens) {
        return reject(early,
                      fmt::format("'{}' may be chosen from {}", item.name, crowdrules::to_text(item.available->opens)),
                      "another choice, or a later time", "rewards.time");
    }
    if (item.available && item.available->is_past(judge_.at)) {
        return reject(
            late, fmt::format("'{}' could be chosen until {}", item.name, crowdrules::to_text(item.available->closes)),
            "another choice", "rewards.time");
    }
    if (phase_ == PricePhase::late && !item.late) {
        return reject(only_live, fmt::format("'{}' is not offered to late pledges", item.name), "another choice",
                      "late_pledges");
    }
    return std::nullopt;
}

Judge::Guard ChoiceCheck::refuse_reward() const {
    if (choice_.quantity == 0 || (choice_.reward.is_none() && choice_.quantity != 1)) {
        const std::string of_what =
            choice_.reward.is_none() ? "no reward" : fmt::format("'{}'", state_.rewards[choice_.reward.value - 1].name);
        return reject(RejectionCode::quantity_without_reward, fmt::format("{} of {}", choice_.quantity, of_what),
                      choice_.reward.is_none() ? "a reward to have so many of" : "at least 1");
    }
    if (choice_.reward.is_none()) {
        if (!lacks_reward(judge_.terms().limits, false)) return std::nullopt;
        return reject(RejectionCode::reward_required, "no reward is chosen", "a reward", "limits.reward_required");
    }
    const std::size_t place = choice_.reward.value - 1;
    const Reward& reward = state_.rewards[place];
    if (reward.hidden && !choice_.by_link) {
        return reject(RejectionCode::reward_hidden, fmt::format("'{}' is only for who holds its link", reward.name),
                      "another reward, or none", "rewards");
    }
    const std::uint32_t held = choice_.reward.value == held_reward_ ? held_quantity_ : 0;
    if (choice_.quantity <= held) return std::nullopt;  // whoever has it keeps it
    if (auto rejection = refuse_if_unavailable(reward, RejectionCode::reward_not_started, RejectionCode::reward_expired,
                                               RejectionCode::reward_not_late)) {
        return rejection;
    }
    const std::uint64_t taken = std::uint64_t{state_.reward_taken[place]} - held;
    if (is_sold_out(reward, taken, choice_.quantity)) {
        const std::uint64_t left = *reward.quantity - std::min<std::uint64_t>(taken, *reward.quantity);
        const std::string wanted = choice_.quantity == 1 ? "" : fmt::format(" and {} are wanted", choice_.quantity);
        return reject(RejectionCode::reward_sold_out,
                      fmt::format("{} of {} '{}' are taken{}", taken, *reward.quantity, reward.name, wanted),
                      (left > 0 ? fmt::format("at most {}, ", left) : "") + "another reward, or none",
                      "rewards.quantity");
    }
    return std::nullopt;
}

std::uint64_t ChoiceCheck::wanted(AddOnId add_on) const {
    return count_in(choice_.add_ons, add_on);
}

std::uint64_t ChoiceCheck::held(AddOnId add_on) const {
    return count_in(held_add_ons_, add_on);
}

std::uint64_t ChoiceCheck::count_in(const std::vector<AddOnChoice>& choices, AddOnId add_on) {
    std::uint64_t count = 0;
    for (const AddOnChoice& chosen : choices) {
        if (chosen.add_on == add_on) count += chosen.count;
    }
    return count;
}

Judge::Guard ChoiceCheck::refuse_add_ons() const {
    Judge::Guard first;
    for (const AddOnChoice& chosen : choice_.add_ons) {
        auto rejection = refuse_add_on(chosen.add_on);
        if (rejection && (!first || rejection->code < first->code)) first = std::move(rejection);
    }
    return first;
}

Judge::Guard ChoiceCheck::refuse_add_on(AddOnId id) const {
    const AddOn& add_on = state_.add_ons[id.value - 1];
    if (partner_.is_none()) {
        return reject(RejectionCode::add_on_without_reward, fmt::format("'{}' is chosen without a reward", add_on.name),
                      "a reward to go with it", "add_ons.per_backer");
    }
    const auto& partners = add_on.only_with;
    if (!partners.empty() && std::find(partners.begin(), partners.end(), partner_) == partners.end()) {
        return reject(RejectionCode::add_on_not_with_reward,
                      fmt::format("'{}' does not go with '{}'", add_on.name, state_.rewards[partner_.value - 1].name),
                      "one of the rewards it goes with", "add_ons.per_backer");
    }
    if (wanted(id) <= held(id) && held(id) > 0) return std::nullopt;  // whoever has it keeps it
    if (add_on.locked) {
        return reject(RejectionCode::add_on_locked, fmt::format("'{}' waits for a stretch goal", add_on.name),
                      "another choice until then", "stretch_goals");
    }
    if (auto rejection = refuse_if_unavailable(add_on, RejectionCode::add_on_not_started, RejectionCode::add_on_expired,
                                               RejectionCode::add_on_not_late)) {
        return rejection;
    }
    if (wanted(id) > add_on.per_backer) {
        return reject(RejectionCode::add_on_over_limit, fmt::format("{} '{}' in one pledge", wanted(id), add_on.name),
                      fmt::format("at most {}", add_on.per_backer), "add_ons.per_backer");
    }
    const std::uint64_t taken_by_others = state_.add_on_taken[id.value - 1] - held(id);
    if (add_on.quantity && taken_by_others + wanted(id) > *add_on.quantity) {
        return reject(
            RejectionCode::add_on_sold_out,
            fmt::format("{} of {} '{}' are taken and {} more are wanted", taken_by_others, *add_on.quantity,
                        add_on.name, wanted(id)),
            fmt::format("at most {}", *add_on.quantity - std::min<std::uint64_t>(taken_by_others, *add_on.quantity)),
            "rewards.quantity");
    }
    return std::nullopt;
}

Judge::Guard ChoiceCheck::refuse_unknown_lines() const {
    for (const LineChoice& chosen : choice_.lines) {
        if (!is_part_of_pledge(chosen.line) && find_rule(judge_.terms(), chosen.line)) continue;
        std::string known;
        for (const LineRule& rule : judge_.terms().lines)
            if (!is_part_of_pledge(rule.name)) detail::add_to_list(known, rule.name);
        return judge_.reject(RejectionCode::line_unknown, fmt::format("there is no line '{}' on top", chosen.line),
                             known.empty() ? "no line: the terms have none" : known, "lines");
    }
    return std::nullopt;
}

Judge::Guard ChoiceCheck::refuse_line(const LineChoice& chosen) const {
    const auto same = [&](const LineChoice& other) { return other.line == chosen.line; };
    const auto& rate = chosen.rate;
    const bool is_rate_good = !rate || (!rate->is_negative() && !(Decimal(1) < *rate) && rate->scale() <= 18);
    const bool is_twice = std::count_if(choice_.lines.begin(), choice_.lines.end(), same) > 1;
    const bool covers_within = chosen.included && !chosen.amount && !rate;
    if (is_twice || (chosen.amount && rate) || !is_rate_good || covers_within) {
        return reject(RejectionCode::line_malformed,
                      is_twice        ? fmt::format("'{}' is chosen twice", chosen.line)
                      : !is_rate_good ? fmt::format("'{}' at a rate of {}", chosen.line, crowdrules::to_text(*rate))
                      : covers_within ? fmt::format("'{}' is in the pledge and has no amount", chosen.line)
                                      : fmt::format("'{}' has an amount and a rate", chosen.line),
                      "each line once, with an amount, a rate of 0% to 100%, or neither to cover the fee", "lines");
    }
    if (!chosen.amount) return std::nullopt;
    if (chosen.amount->currency() != judge_.terms().currency) {
        return reject(RejectionCode::currency_differs,
                      fmt::format("'{}' of {} in a campaign of {}", chosen.line, to_text(*chosen.amount),
                                  judge_.terms().currency.code()),
                      fmt::format("an amount in {}", judge_.terms().currency.code()), "lines");
    }
    if (!chosen.amount->is_negative()) return std::nullopt;
    return reject(RejectionCode::line_below_zero, fmt::format("'{}' of {}", chosen.line, to_text(*chosen.amount)),
                  "0.00 or more", "lines");
}

std::optional<std::int64_t> ChoiceCheck::amount_of(const LineChoice& chosen) const {
    if (chosen.amount) return chosen.amount->minor();
    if (!chosen.rate) return std::nullopt;
    const LineRule& rule = judge_.terms().lines[*find_rule(judge_.terms(), chosen.line)];
    return chosen.included ? contained_in(choice_.amount, *chosen.rate, rule.rounding).minor()
                           : choice_.amount.times(*chosen.rate, rule.rounding).minor();
}

Judge::Guard ChoiceCheck::compose_lines(Composed& composed) const {
    std::vector<LineAmount>& lines = composed.lines;
    const Terms& terms = judge_.terms();
    if (terms.lines.empty()) return std::nullopt;
    std::int64_t contained = 0;
    const LineChoice* cover = nullptr;
    for (const LineChoice& chosen : choice_.lines) {
        if (auto rejection = refuse_line(chosen)) return rejection;
        const auto amount = amount_of(chosen);
        if (!amount) {
            if (cover != nullptr)
                return reject(RejectionCode::line_malformed,
                              fmt::format("'{}' and '{}' both cover the fee", cover->line, chosen.line),
                              "one line that does", "lines");
            cover = &chosen;
            continue;
        }
        std::int64_t& sum = chosen.included ? contained : composed.total;
        if (__builtin_add_overflow(sum, *amount, &sum)) return refuse_too_large("the lines leave 64 bits");
        if (contained > choice_.amount.minor()) {
            return reject(RejectionCode::line_above_amount,
                          fmt::format("{} contained in {}", to_grouped_text(judge_.money(contained)),
                                      to_grouped_text(choice_.amount)),
                          fmt::format("at most {}", to_grouped_text(choice_.amount)), "lines");
        }
        if (*amount > 0) lines.push_back({chosen.line, *amount, account_of(rule(chosen.line))});
    }
    add_parts(composed.parts, contained, lines);
    return cover != nullptr ? add_cover(*cover, composed) : std::nullopt;
}

const LineRule& ChoiceCheck::rule(std::string_view line) const {
    return judge_.terms().lines[*find_rule(judge_.terms(), line)];
}

void ChoiceCheck::add_parts(const Composition& parts, std::int64_t contained, std::vector<LineAmount>& lines) const {
    const std::pair<std::string_view, std::int64_t> all[] = {
        {"bonus", parts.bonus}, {"reward", parts.reward}, {"add_ons", parts.add_ons}, {"shipping", parts.shipping}};
    for (const auto& [name, amount] : all)
        if (!find_rule(judge_.terms(), name)) contained -= std::min(contained, amount);
    for (const auto& [name, amount] : all) {
        const auto place = find_rule(judge_.terms(), name);
        if (!place) continue;
        const std::int64_t taken = std::min(contained, amount);
        contained -= taken;
        if (amount > taken)
            lines.push_back({std::string(name), amount - taken, account_of(judge_.terms().lines[*place])});
    }
}

Judge::Guard ChoiceCheck::add_cover(const LineChoice& cover, Composed& composed) const {
    const Terms& terms = judge_.terms();
    const bool bears_fee = rule(cover.line).bears_processing_fee;
    const std::int64_t base = composed.total - without(terms, composed.lines, &LineRule::bears_processing_fee);
    const auto fee_with = [&](std::int64_t amount) {
        const FeeParts fee = fee_parts(*schedule_, judge_.money(base + (bears_fee ? amount : 0)));
        return fee.fee + fee.tax;
    };
    constexpr int most_steps = 10'000;  // a fee of 99% is covered in some hundreds
    std::int64_t amount = 0;
    bool is_covered = false;
    for (int step = 0; step < most_steps && !is_covered; ++step) {
        if (composed.total + amount > std::numeric_limits<std::int64_t>::max() / 4) break;
        const std::int64_t fee = fee_with(amount);
        is_covered = fee <= amount;
        amount = std::max(amount, fee);
    }
    if (!is_covered) {
        return reject(RejectionCode::line_incalculable, fmt::format("no '{}' covers the fee on itself", cover.line),
                      "an amount for it", "lines");
    }
    if (amount > 0) composed.lines.push_back({cover.line, amount, account_of(rule(cover.line))});
    composed.total += amount;
    return std::nullopt;
}

Judge::Guard ChoiceCheck::refuse_too_large(std::string what) const {
    return reject(RejectionCode::amount_too_large, std::move(what), "less of it, or a currency with fewer decimals");
}

Judge::Guard ChoiceCheck::refuse_amount_below(std::int64_t least) const {
    const Currency currency = judge_.terms().currency;
    const Money amount = choice_.amount;
    if (amount.currency() != currency) {
        return reject(RejectionCode::currency_differs,
                      fmt::format("{} in a campaign of {}", to_text(amount), currency.code()),
                      fmt::format("an amount in {}", currency.code()), "limits.minimum");
    }
    if (amount.is_positive()) return std::nullopt;
    return reject(RejectionCode::amount_not_positive, fmt::format("{} is pledged", to_text(amount)),
                  fmt::format("at least {}", to_grouped_text(judge_.money(std::max<std::int64_t>(least, 1)))),
                  "limits.minimum");
}

bool ChoiceCheck::totals_overflow(std::int64_t total) const {
    const std::int64_t own = current_ == no_handle ? 0 : state_.book.records[current_].amount;
    const Int128 unmatched = Int128{std::abs(state_.totals.unmatched)} + std::abs(state_.totals.unmatched_kept);
    const Int128 everything = Int128{state_.totals.everything} - own + total;
    if (everything + unmatched > std::numeric_limits<std::int64_t>::max()) return true;
    if (!units_fit(state_, choice_.reward, choice_.quantity, choice_.add_ons, current_)) return true;
    const bool keeps_reward = choice_.reward.value == held_reward_;
    std::uint64_t others = choice_.reward.is_none() ? 0 : state_.reward_taken[choice_.reward.value - 1];
    if (keeps_reward) others -= held_quantity_;
    if (others + choice_.quantity > std::numeric_limits<std::uint32_t>::max()) return true;
    return std::any_of(choice_.add_ons.begin(), choice_.add_ons.end(), [&](const AddOnChoice& chosen) {
        const std::uint64_t taken = state_.add_on_taken[chosen.add_on.value - 1];
        return taken - held(chosen.add_on) + wanted(chosen.add_on) > std::numeric_limits<std::uint32_t>::max();
    });
}

bool ChoiceCheck::fees_overflow(std::int64_t total) const {
    const std::int64_t own = current_ == no_handle ? 0 : state_.book.records[current_].amount;
    const Money everything = judge_.money(state_.totals.everything - own + total);
    // Sound terms add little to what they take in proportion, so that nothing overflows far from the bounds.
    if (everything.minor() <= std::numeric_limits<std::int64_t>::max() / 4) return false;
    const Terms& terms = judge_.terms();
    const auto overflows = [](const FeeSchedule& schedule, Money amount) {
        const FeeParts parts = fee_parts(schedule, amount);
        std::int64_t sum = 0;
        return __builtin_add_overflow(parts.fee, parts.tax, &sum);
    };
    try {
        if (terms.reserve) (void)reserve_on(*terms.reserve, everything);
        return overflows(*schedule_, judge_.money(total)) || overflows(terms.fees.platform, everything) ||
               (terms.fees.platform_on_miss && overflows(*terms.fees.platform_on_miss, everything));
    } catch (const Overflow&) {
        return true;
    }
}

Judge::Guard ChoiceCheck::refuse_amount(const Composition& parts) const {
    const Terms& terms = judge_.terms();
    const Money amount = choice_.amount;
    const bool has_amount = !is_supplement_ || !amount.is_zero() || amount.currency() != terms.currency;
    const PledgeLimits none;
    const PledgeLimits& limits = is_supplement_ ? none : terms.limits;
    const std::int64_t least = least_pledge(limits, parts.total);
    if (has_amount) {
        if (auto rejection = refuse_amount_below(least)) return rejection;
    }
    if (!has_amount && least == 0) return std::nullopt;  // a supplement of lines alone
    const auto refusal = amount_refusal(limits, least, std::max<std::int64_t>(amount.minor(), 1));
    if (refusal == RejectionCode::amount_below_minimum) {
        const bool by_choice = parts.total >= limits.minimum;
        return reject(RejectionCode::amount_below_minimum,
                      by_choice ? fmt::format("{} is pledged and the choice comes to {}", to_grouped_text(amount),
                                              to_grouped_text(judge_.money(parts.total)))
                                : fmt::format("{} is below the least pledge of {}", to_grouped_text(amount),
                                              to_grouped_text(judge_.money(least))),
                      fmt::format("at least {}", to_grouped_text(judge_.money(least))),
                      by_choice ? "rewards" : "limits.minimum");
    }
    if (refusal == RejectionCode::amount_above_maximum) {
        const std::string most = to_grouped_text(judge_.money(*limits.maximum));
        return reject(RejectionCode::amount_above_maximum,
                      fmt::format("{} is above the largest pledge of {}", to_grouped_text(amount), most),
                      fmt::format("at most {}", most), "limits.maximum");
    }
    return std::nullopt;
}

Judge::Guard ChoiceCheck::refuse_instalments(std::int64_t total) const {
    if (!choice_.in_instalments) return std::nullopt;
    const auto& plan = judge_.terms().instalments;
    const bool after_success = phase_ == PricePhase::late || state_.succeeded_at.has_value();
    if (!plan || after_success || judge_.terms().charges.timing != ChargeTiming::at_success) {
        return reject(RejectionCode::instalments_not_offered,
                      !plan ? "the campaign has no instalments"
                            : fmt::format("{} are charged at once",
                                          after_success ? "pledges after the success" : "this campaign's pledges"),
                      "a pledge charged at once", "instalments");
    }
    const std::int64_t least = std::max<std::int64_t>(plan->minimum, plan->count);  // something in each part
    if (total < least) {
        return reject(RejectionCode::amount_below_instalment_minimum,
                      fmt::format("{} is too little for instalments", to_grouped_text(judge_.money(total))),
                      fmt::format("at least {}, or a pledge charged at once", to_grouped_text(judge_.money(least))),
                      "instalments");
    }
    return std::nullopt;
}

}  // namespace crowdrules::campaign
