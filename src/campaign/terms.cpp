// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/campaign/terms.hpp>

#include <fmt/format.h>

#include "core/enumerators.hpp"
#include "campaign/judge/measured.hpp"
#include "rules.hpp"
#include "schema/range.hpp"
#include "time/calendar_bounds.hpp"
#include <algorithm>
#include <array>
#include <campaign/schema/terms.hpp>
#include <limits>

namespace crowdrules::campaign {

namespace {

/// How much time may go by because of one rule of the terms.
struct Span {
    std::string_view rule;
    Elapsed lasts;
};

/// Every span that may follow the end of a campaign, or a command. One after the other they reach at least as far as in
/// any order in which they may come.
std::array<Span, 7> spans_of(const Terms& terms) {
    const PayoutPlan& payouts = terms.payouts;
    Elapsed shares{};
    for (const PayoutShare& share : payouts.shares) shares = std::max(shares, share.wait);
    const auto& parts = terms.instalments;
    const Elapsed none = Elapsed::zero();
    return {{{"charges.retry_window", terms.charges.retry_window.value_or(none) + Elapsed{1}},  // then dropped
             {"payouts.first_after", payouts.first_after},
             {"payouts.shares", shares},
             {"payouts.later", payouts.later_first_after + payouts.later_cut_off + length_of(payouts.later_every)},
             {"instalments", parts ? parts->first_after + (parts->count - 1) * length_of(parts->cadence) +
                                         parts->retry(0) + parts->retry(1) + Elapsed{1}
                                   : none},
             {"late_pledges", terms.late_pledges ? terms.late_pledges->open_for.value_or(none) : none},
             {"reserve", terms.reserve ? terms.reserve->held_for : none}}};
}

/// Goes through terms and writes down what is wrong with them.
class Defects {
  public:
    explicit Defects(const Terms& terms) : terms_(terms) {}

    Findings found() && {
        for (detail::OutOfRange& one : detail::out_of_range(detail::value_of(terms_), terms_.currency))
            forbid(one.path, std::move(one.what), std::move(one.accepted));
        if (!findings_.empty()) return std::move(findings_);  // nothing can be reckoned with such numbers
        model();
        window();
        limits();
        rewards();
        add_ons();
        stretch_goals();
        lines();
        settlement();
        calendar();
        fees();
        disputes();
        guards();
        return std::move(findings_);
    }

  private:
    void forbid(std::string_view rule, std::string what, std::string accepted) {
        findings_.push_back({.kind = FindingKind::forbidden,
                             .rule = std::string(rule),
                             .what = std::move(what),
                             .accepted = std::move(accepted),
                             .citation = citation_of(terms_, rule)});
    }
    [[nodiscard]] std::string text(std::int64_t minor) const { return to_grouped_text(Money{minor, terms_.currency}); }

    [[nodiscard]] std::string counted(std::int64_t count) const { return campaign::measured(count, terms_); }

    void model() {
        const FundingModel& model = terms_.model;
        if (model.goal < 0) forbid("model.goal", "the goal is negative", "a goal above zero");
        if (model.goal == 0 && model.miss == OnMiss::release) {
            forbid("model.goal", "the goal is zero, and a miss would release every pledge",
                   "a goal above zero, or money that is kept in any case");
        }
        if (model.share <= Decimal(0))
            forbid("model.share", fmt::format("{} of the goal suffices", to_percent(model.share)), "a share above 0%");
        if (model.goal >= 0 && model.share > Decimal(0)) cap_and_rounds();
        if (model.counts == GoalBasis::collected || model.judged == OutcomeTiming::after_collection) by_collection();
        const bool charged_after_success = terms_.charges.timing != ChargeTiming::at_pledge;
        if (model.counts == GoalBasis::collected && charged_after_success &&
            model.judged != OutcomeTiming::after_collection) {
            forbid("model.counts", "nothing is collected before the success that it would decide",
                   "'pledged', charges at the pledge, or judgement after the collection");
        }
        if (model.judged == OutcomeTiming::after_collection && model.second_round) {
            forbid("model.second_round", "two rounds are judged at their deadlines", "judged 'at_deadline'");
        }
    }

    /// What can be told from the money that came in: sums, and charges.
    void by_collection() {
        const FundingModel& model = terms_.model;
        if (model.measure == Measure::units) {
            forbid("model.counts", "units are counted as they are pledged", "'pledged', or a goal of money or backers");
        }
        if (model.measure == Measure::money && !model.shipping_counts) {
            forbid("model.shipping_counts", "shipping cannot be told from the rest of what was collected",
                   "a goal that shipping counts toward, or one counted as 'pledged'");
        }
        if (model.measure == Measure::backers && !terms_.limits.one_per_backer) {
            forbid("model.counts", "charges are counted, and a backer may have several", "one pledge per backer");
        }
        if (model.judged == OutcomeTiming::after_collection && terms_.charges.timing == ChargeTiming::when_ready) {
            forbid("charges.timing", "charges wait for a success that their collection would decide",
                   "charges 'at_success' or 'at_pledge', or judgement before the collection");
        }
        if (model.judged == OutcomeTiming::after_collection && terms_.instalments) {
            forbid("instalments", "instalments fall due after the success that their collection would decide",
                   "judgement at the deadline, or charges in one");
        }
    }

    void cap_and_rounds() {
        const FundingModel& model = terms_.model;
        std::int64_t needed = 0;
        try {
            needed = model.needed();
        } catch (const Overflow&) {
            return forbid("model.share", "the share of the goal leaves 64 bits", "a smaller goal or share");
        }
        if (model.cap && model.cap->at <= 0)
            forbid("model.cap", "the cap is " + counted(model.cap->at), "a cap above zero");
        if (model.cap && model.cap->at < needed) {
            forbid("model.cap",
                   fmt::format("the cap {} is below the {} that are needed", counted(model.cap->at), counted(needed)),
                   "at least " + counted(needed));
        }
        if (model.cap && model.measure == Measure::money && model.cap->at < terms_.limits.minimum) {
            forbid("model.cap",
                   fmt::format("no pledge of at least {} fits below the cap of {}", text(terms_.limits.minimum),
                               text(model.cap->at)),
                   "a cap that a pledge can reach");
        }
        if (model.cap && model.cap->above != AboveCap::refused) above_cap();
        if (!model.second_round) return;
        if (model.second_round->optimum <= model.goal) {
            forbid("model.second_round",
                   fmt::format("the optimum {} is not above the minimum {}", counted(model.second_round->optimum),
                               counted(model.goal)),
                   "an optimum above the minimum");
        }
        if (model.judged == OutcomeTiming::when_reached) {
            forbid("model.second_round", "the first of two rounds is judged when it ends", "judged 'at_deadline'");
        }
    }

    void above_cap() {
        const FundingModel& model = terms_.model;
        if (model.measure != Measure::money)
            forbid("model.cap", fmt::format("{} cannot be taken in part", to_text(model.measure)),
                   "a cap of money, or 'refused'");
        if (model.cap->above != AboveCap::shared) return;
        const bool by_deadline = model.judged != OutcomeTiming::when_reached && !model.second_round &&
                                 terms_.window.has_end() && !terms_.may_close_early &&
                                 model.cap->when_reached == CapReached::stays_open;
        if (!by_deadline)
            forbid("model.cap", "a cap is shared among all when all are known",
                   "a campaign that stays open to its deadline and is judged there");
        if (terms_.charges.timing == ChargeTiming::at_pledge)
            forbid("model.cap", "what is declined in the end was charged already", "charges after the success");
        const bool leaves_out = terms_.guards && (terms_.guards->creators_own == AccountRule::not_counted ||
                                                  terms_.guards->related == AccountRule::not_counted);
        if (!terms_.rewards.empty() || !terms_.add_ons.empty() || !model.shipping_counts || leaves_out)
            forbid("model.cap", "a pledge for a reward, or one that does not count, cannot be cut to a part",
                   "pledges without rewards, all of which count");
    }

    void window() {
        const Window& window = terms_.window;
        if (window.opens < earliest_instant || (window.has_end() && window.closes > latest_instant)) {
            forbid("window.days",
                   fmt::format("it opens {} and closes {}", crowdrules::to_text(window.opens),
                               crowdrules::to_text(window.closes)),
                   "instants of the years 1900 to 9999");
        }
        if (window.closes <= window.opens) {
            forbid("window.days",
                   fmt::format("it closes {} and opens {}", crowdrules::to_text(window.closes),
                               crowdrules::to_text(window.opens)),
                   "a closing after the opening");
        }
        if (!window.has_end() && terms_.model.miss == OnMiss::release &&
            terms_.model.judged != OutcomeTiming::when_reached) {
            forbid("window.days", "a goal that is never judged decides nothing",
                   "a deadline, or success when the goal is reached");
        }
        const bool is_ever_judged = terms_.model.judged == OutcomeTiming::when_reached || terms_.may_close_early;
        if (!window.has_end() && terms_.model.miss == OnMiss::keep && terms_.model.goal > 0 && !is_ever_judged) {
            forbid("window.days", "the goal is never judged, so nothing is ever charged or paid out",
                   "a deadline, success when the goal is reached, an early close, or no goal");
        }
        if (!window.has_end() && terms_.model.second_round)
            forbid("window.days", "two rounds need a deadline", "a deadline");
    }

    void limits() {
        const PledgeLimits& limits = terms_.limits;
        if (limits.maximum && *limits.maximum < limits.minimum) {
            forbid(
                "limits.maximum",
                fmt::format("the largest pledge {} is below the least {}", text(*limits.maximum), text(limits.minimum)),
                "a largest pledge of at least the least");
        }
    }

    template <class Item>
    void item(const Item& item, std::int64_t price, std::string_view kind) {
        if (item.name.empty()) forbid("rewards", fmt::format("a {} has no name", kind), "a name");
        if (terms_.limits.maximum && price > *terms_.limits.maximum) {
            forbid("limits.maximum",
                   fmt::format("'{}' costs {}, above the largest pledge of {}", item.name, text(price),
                               text(*terms_.limits.maximum)),
                   fmt::format("at most {}", text(*terms_.limits.maximum)));
        }
        if (item.available && item.available->closes <= item.available->opens) {
            forbid("rewards.time",
                   fmt::format("'{}' may be chosen until {}, from {}", item.name,
                               crowdrules::to_text(item.available->closes), crowdrules::to_text(item.available->opens)),
                   "an end after the start");
        }
    }

    [[nodiscard]] bool is_reward(RewardId id) const { return !id.is_none() && id.value <= terms_.rewards.size(); }

    void rewards() {
        for (const Reward& reward : terms_.rewards) item(reward, reward.minimum, "reward");
        const std::size_t most = std::numeric_limits<std::uint16_t>::max();
        if (terms_.rewards.size() > most)
            forbid("rewards", fmt::format("{} rewards", terms_.rewards.size()), fmt::format("at most {}", most));
        if (terms_.limits.reward_required && terms_.rewards.empty()) {
            forbid("limits.reward_required", "a reward is required and there are none", "at least one reward");
        }
    }

    void add_ons() {
        for (const AddOn& add_on : terms_.add_ons) {
            item(add_on, add_on.price, "add-on");
            for (const RewardId reward : add_on.only_with) {
                if (!is_reward(reward)) {
                    forbid("add_ons.per_backer",
                           fmt::format("'{}' goes with reward {}, and there are {}", add_on.name, reward.value,
                                       terms_.rewards.size()),
                           "rewards of the campaign");
                }
            }
        }
    }

    void stretch_goals() {
        for (const StretchGoal& goal : terms_.stretch_goals) {
            if (goal.at <= 0)
                forbid("stretch_goals",
                       fmt::format("stretch goal '{}' is at {}", goal.name,
                                   campaign::measured(goal.at, goal.measure, terms_.currency)),
                       "a threshold above zero");
            if (const auto* upgrade = std::get_if<UpgradeRewards>(&goal.effect)) {
                for (const RewardId reward : upgrade->rewards)
                    stretch_names(goal, is_reward(reward), "reward", reward.value);
            } else if (const auto* open = std::get_if<OpenAddOn>(&goal.effect)) {
                const bool known = !open->add_on.is_none() && open->add_on.value <= terms_.add_ons.size();
                stretch_names(goal, known, "add-on", open->add_on.value);
            } else if (const auto* stock = std::get_if<AddStock>(&goal.effect)) {
                stretch_names(goal, is_reward(stock->reward), "reward", stock->reward.value);
            }
        }
    }
    void stretch_names(const StretchGoal& goal, bool known, std::string_view kind, std::uint64_t id) {
        if (!known)
            forbid("stretch_goals",
                   fmt::format("stretch goal '{}' names {} {}, and there is none", goal.name, kind, id),
                   "one that there is");
    }

    void lines() {
        for (std::size_t i = 0; i < terms_.lines.size(); ++i) {
            const LineRule& rule = terms_.lines[i];
            if (rule.name.empty()) forbid("lines", "a line has no name", "a name");
            if (rule.payee.empty())
                forbid("lines", fmt::format("'{}' goes to nobody", rule.name), "creator, platform, or a party by name");
            for (std::size_t j = 0; j < i; ++j)
                if (terms_.lines[j].name == rule.name)
                    forbid("lines", fmt::format("there are two rules for '{}'", rule.name), "one for each name");
            if (rule.rounding.step > largest_fixed_fee)
                forbid("lines", fmt::format("'{}' is rounded to steps of {}", rule.name, text(rule.rounding.step)),
                       fmt::format("at most {}", text(largest_fixed_fee)));
        }
    }

    /// Everything that the terms lead to lies in years that can be written down and read back.
    void calendar() {
        const Window& window = terms_.window;
        const Instant last = window.has_end() ? window.closes : window.opens;
        const auto& second = terms_.model.second_round;
        if (terms_.payouts.counts_business_days()) return;  // the calendar ends before
        if (last < earliest_instant || last > latest_instant || last <= latest_closing(terms_, !second)) return;
        Span longest{"model.second_round", second ? second->lasts : Elapsed::zero()};
        Elapsed together = longest.lasts;
        for (const Span& span : spans_of(terms_)) {
            together += span.lasts;
            if (span.lasts > longest.lasts) longest = span;
        }
        forbid(
            longest.rule,
            fmt::format("what follows {} may last {}, of which {} by this rule, beyond the year 9999",
                        crowdrules::to_text(last), crowdrules::to_text(together), crowdrules::to_text(longest.lasts)),
            fmt::format("spans that end by {}", crowdrules::to_text(latest_instant)));
    }

    void reminders(Elapsed window, std::string_view rule) {
        const Elapsed every = terms_.charges.remind_every;
        if (every == Elapsed::zero() || window / every <= most_reminders) return;
        forbid(rule,
               fmt::format("{} reminders of one charge, every {} for {}", window / every, crowdrules::to_text(every),
                           crowdrules::to_text(window)),
               fmt::format("at most {}", most_reminders));
    }

    /// What nobody may leave to a default: without time to collect, what is not charged in one second is lost.
    void retries() {
        constexpr const char* accepted = "a length of time, as \"7 days\"; \"0 seconds\" gives no time at all";
        if (!terms_.charges.retry_window && terms_.charges.timing != ChargeTiming::at_pledge)
            forbid("charges.retry_window", "the terms do not say how long a charge may be collected", accepted);
        if (terms_.instalments && (!terms_.instalments->retry_first || !terms_.instalments->retry_later))
            forbid("instalments.retry", "the terms do not say how long a part may be collected", accepted);
    }

    void reserve(const ReservePlan& plan) {
        if (plan.rate == Decimal(0))
            forbid("reserve", "a reserve of 0% holds nothing back", "a rate above 0%, or no reserve");
        if (plan.held_for == Elapsed::zero())
            forbid("reserve", "a reserve that is released at once holds nothing back", "a length of time above zero");
        if (plan.rounding.step > largest_fixed_fee)
            forbid("reserve", fmt::format("a step of {}", text(plan.rounding.step)),
                   fmt::format("at most {}", text(largest_fixed_fee)));
    }

    void settlement() {
        retries();
        reminders(terms_.charges.retry_window.value_or(Elapsed::zero()), "charges.remind_every");
        const PayoutPlan& payouts = terms_.payouts;
        if (payouts.later_every.every > Elapsed::zero() && payouts.later_every.months > 0) {
            forbid("payouts.later", "a cadence counts either months or elapsed time", "one of the two");
        }
        if (terms_.instalments && terms_.charges.timing == ChargeTiming::when_ready) {
            forbid("instalments", "parts are counted from the success, and charges wait until the product is ready",
                   "charges 'at_success', or in one");
        }
        if (terms_.instalments) {
            const InstalmentPlan& plan = *terms_.instalments;
            const bool monthly = plan.cadence.months > 0;
            if (monthly == (plan.cadence.every > Elapsed::zero()))
                forbid("instalments", "a cadence counts either months or elapsed time", "one of the two");
            reminders(std::max(plan.retry(0), plan.retry(1)), "instalments");
        }
        if (terms_.reserve) reserve(*terms_.reserve);
        shares(payouts);
        business_days(payouts);
    }

    void shares(const PayoutPlan& plan) {
        if (plan.shares.empty()) return;
        Decimal sum{};
        bool decides = false;
        for (std::size_t i = 0; i < plan.shares.size(); ++i) {
            const PayoutShare& share = plan.shares[i];
            sum = sum + share.share;
            if (share.share == Decimal(0)) forbid("payouts.shares", "a share of 0%", "shares above 0%");
            if (share.after != PayoutAfter::approval) continue;
            decides = true;
            if (share.name.empty()) forbid("payouts.shares", "a share waits for a milestone without a name", "a name");
            for (std::size_t j = 0; j < i; ++j) {
                if (plan.shares[j].after == PayoutAfter::approval && plan.shares[j].name == share.name)
                    forbid("payouts.shares", fmt::format("two shares wait for '{}'", share.name),
                           "names of their own");
            }
        }
        if (sum != Decimal(1))
            forbid("payouts.shares", fmt::format("the shares total {}", to_percent(sum)), "shares of 100% together");
        if (decides && terms_.instalments)
            forbid("payouts.shares", "what is rejected goes back, and pledges in parts may still have parts to charge",
                   "shares without approval, or charges in one");
    }

    void business_days(const PayoutPlan& plan) {
        if (!plan.counts_business_days()) return;
        const auto& calendar = plan.calendar;
        if (!calendar) return forbid("payouts.calendar", "working days of no calendar", "a calendar");
        if (!calendar->first.ok() || !calendar->last.ok() || calendar->last < calendar->first)
            return forbid("payouts.calendar", fmt::format("the calendar '{}' has no days", calendar->name),
                          "its first and last day, or the name of a calendar that is known");
        if (terms_.charges.timing == ChargeTiming::when_ready) return;  // told when the creator is ready
        const Window& window = terms_.window;
        if (!window.has_end())
            return forbid("payouts.business_days", "working days are counted from an end that there is none of",
                          "a deadline, or 0 business days");
        const Instant first = std::chrono::sys_days{calendar->first};
        const Instant latest = latest_closing(terms_, false);
        if (window.opens >= first && window.closes <= latest) return;
        forbid("payouts.calendar",
               fmt::format("the calendar '{}' is known from {} to {}, and the campaign may end from {} to {}",
                           calendar->name, crowdrules::to_text(calendar->first), crowdrules::to_text(calendar->last),
                           crowdrules::to_text(window.opens), crowdrules::to_text(window.closes)),
               fmt::format("a campaign from {} to {}", crowdrules::to_text(first), crowdrules::to_text(latest)));
    }

    void fees() {
        schedule(terms_.fees.platform, "fees.platform");
        schedule(terms_.fees.processing, "fees.processing");
        if (terms_.fees.platform_on_miss) schedule(*terms_.fees.platform_on_miss, "fees.platform_on_miss");
        for (const auto& [method, fee] : terms_.fees.methods) {
            if (method.empty()) forbid("fees.methods", "a method of payment has no name", "a name");
            schedule(fee, "fees.methods");
        }
        if (!terms_.supplements) return;
        if (terms_.supplements->platform) schedule(*terms_.supplements->platform, "supplements");
        if (terms_.supplements->processing) schedule(*terms_.supplements->processing, "supplements");
    }
    void disputes() {
        const std::int64_t fee = terms_.disputes.fee;
        if (fee < 0 || fee > largest_fixed_fee)
            forbid("disputes.fee", fmt::format("a dispute costs {}", text(fee)),
                   fmt::format("0 to {}", text(largest_fixed_fee)));
    }
    void guards() {
        if (!terms_.guards) return;
        const Guards& guards = *terms_.guards;
        for (const RewardId reward : guards.identity.rewards) {
            if (!is_reward(reward))
                forbid("guards.identity",
                       fmt::format("it names reward {}, and there are {}", reward.value, terms_.rewards.size()),
                       "rewards of the campaign");
        }
        const bool leaves_out =
            guards.creators_own == AccountRule::not_counted || guards.related == AccountRule::not_counted;
        if (leaves_out &&
            (terms_.model.counts == GoalBasis::collected || terms_.model.judged == OutcomeTiming::after_collection))
            forbid("guards.related", "what was collected is counted as it comes in, whoever gave it",
                   "'refused', or a goal that counts what was pledged");
        if (guards.person) person(*guards.person);
    }
    void person(const PersonLimits& limits) {
        const bool monthly = limits.window.months > 0;
        if (monthly == (limits.window.every > Elapsed::zero()) || limits.window.months > 1200) {
            forbid("guards.person", "the window is no length of time", "months, up to 1,200, or elapsed time");
        }
        if (limits.classes.empty()) forbid("guards.person", "there is no class of people", "at least one");
        for (std::size_t i = 0; i < limits.classes.size(); ++i) {
            const PersonClass& people = limits.classes[i];
            for (std::size_t j = 0; j < i; ++j) {
                if (limits.classes[j].name == people.name)
                    forbid("guards.person", fmt::format("there are two classes '{}'", people.name),
                           "names of their own");
            }
            if (people.name.empty()) forbid("guards.person", "a class has no name", "a name");
            const auto& test = people.by_means;
            if (test && std::max(test->share_below.scale(), test->share_from.scale()) > 9)
                forbid("guards.person", fmt::format("'{}' may give a share of too many decimals", people.name),
                       "at most 9 decimals");
        }
    }
    void schedule(const FeeSchedule& schedule, std::string_view rule) {
        if (const auto defect = defect_of(schedule)) forbid(rule, *defect, "a sound schedule");
        std::int64_t most = std::max({schedule.minimum.value_or(0), schedule.rounding.step,
                                      schedule.tax ? schedule.tax->rounding.step : std::int64_t{1}});
        for (const FeeBand& band : schedule.bands) most = std::max(most, band.fixed);
        if (most > largest_fixed_fee) {
            forbid(rule, fmt::format("a fixed part, a minimum or a step of {}", text(most)),
                   fmt::format("at most {}", text(largest_fixed_fee)));
        }
    }

    const Terms& terms_;
    Findings findings_;
};

}  // namespace

std::string_view to_text(ClockWhilePaused clock) noexcept {
    return detail::enumerator_name(clock);
}

Citation citation_of(const Terms& terms, std::string_view rule) {
    const auto found = terms.sources.find(rule);
    if (found != terms.sources.end()) return found->second;
    return {.source = "the campaign's own terms", .read = {}, .evidence = Evidence::agreed};
}

Instant latest_start(const Terms& terms) {
    Instant latest = latest_instant;
    for (const Span& span : spans_of(terms)) latest -= span.lasts;
    return latest;
}

/// The last closing from which the calendar reaches to what is paid after the outcome.
Instant latest_by_calendar(const Terms& terms) {
    const PayoutPlan& plan = terms.payouts;
    Elapsed wait = plan.first_after;
    int days = plan.business_days;
    for (const PayoutShare& share : plan.shares) {
        if (share.after != PayoutAfter::outcome) continue;
        wait = std::max(wait, share.wait);
        days = std::max(days, share.business_days);
    }
    if (days == 0 || !plan.calendar || terms.charges.timing == ChargeTiming::when_ready) return latest_instant;
    if (terms.model.judged == OutcomeTiming::after_collection)
        wait += terms.charges.retry_window.value_or(Elapsed::zero()) + Elapsed{1};
    const auto day = BusinessCalendar(*plan.calendar).add(plan.calendar->last, {-days});
    return day ? std::chrono::sys_days{*day} - wait : earliest_instant;
}

Instant latest_closing(const Terms& terms, bool in_second_round) {
    const auto& second = terms.model.second_round;
    return std::min(latest_start(terms), latest_by_calendar(terms)) -
           (second && !in_second_round ? second->lasts : Elapsed::zero());
}

Findings defects_of(const Terms& terms) {
    return Defects(terms).found();
}

}  // namespace crowdrules::campaign
