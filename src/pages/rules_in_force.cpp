// SPDX-License-Identifier: BSL-1.0
#include "rules_in_force.hpp"

#include <set>
#include <words/number.hpp>
#include <words/page.hpp>

namespace crowdrules::detail {
namespace {

class Rules {
  public:
    explicit Rules(const campaign::Terms& terms) : terms_(terms) {}

    std::vector<RuleInForce> list() {
        outcome();
        pledges();
        money();
        for (const auto& [path, citation] : terms_.sources)
            if (!named_.contains(path)) rules_.push_back({path, "", citation});
        return std::move(rules_);
    }

  private:
    void add(std::string path, std::string value) {
        named_.insert(path);
        Citation citation = citation_of(terms_, path);
        rules_.push_back({std::move(path), std::move(value), std::move(citation)});
    }
    void add_if(bool applies, std::string path, std::string value) {
        if (applies || terms_.sources.contains(path)) add(std::move(path), std::move(value));
    }
    [[nodiscard]] std::string amount(std::int64_t minor) const {
        return to_grouped_text(Money{minor, terms_.currency});
    }
    [[nodiscard]] std::string measured(std::int64_t count) const {
        const campaign::FundingModel& model = terms_.model;
        return model.measure == campaign::Measure::money
                   ? amount(count)
                   : number_text(count, 0) + " " + std::string(to_text(model.measure));
    }
    static std::string yes(bool flag) { return flag ? "yes" : "no"; }
    [[nodiscard]] std::string fee(const FeeSchedule& schedule) const { return to_text(schedule, terms_.currency); }

    void outcome() {
        const campaign::FundingModel& model = terms_.model;
        if (model.goal > 0)
            add("model.goal",
                measured(model.goal) + (model.share == Decimal{1} ? "" : ", of which " + to_percent(model.share)) +
                    "; what counts: " + words(to_text(model.counts)) + "; judged: " + words(to_text(model.judged)) +
                    "; when missed: " + words(to_text(model.miss)));
        else
            add("model.goal", "no goal");
        if (model.cap)
            add("model.cap", measured(model.cap->at) + "; when reached: " + words(to_text(model.cap->when_reached)));
        if (model.second_round)
            add("model.second_round",
                "lasts " + to_text(model.second_round->lasts) + ", optimum " + measured(model.second_round->optimum));
        add("window.closing", to_text(terms_.window));
        add_if(terms_.may_extend, "window.fixed",
               terms_.may_extend ? "the deadline may be moved later" : "the deadline stays");
        add_if(false, "window.paused_clock", "in a pause the clock " + std::string(to_text(terms_.paused_clock)));
    }

    void pledges() {
        const campaign::PledgeLimits& limits = terms_.limits;
        add_if(limits.minimum != 0, "limits.minimum", amount(limits.minimum));
        add_if(limits.maximum.has_value(), "limits.maximum", limits.maximum ? amount(*limits.maximum) : "none");
        add("limits.one_per_backer", yes(limits.one_per_backer));
        add("limits.reward_required", yes(limits.reward_required));
        add_if(limits.locked_before_end != Elapsed{}, "limits.locked_before_end", to_text(limits.locked_before_end));
    }

    void money() {
        add("charges.timing", words(to_text(terms_.charges.timing)));
        add("charges.retry_window", to_text(terms_.charges.retry_window.value_or(Elapsed::zero())));
        add_if(terms_.charges.remind_every != Elapsed{}, "charges.remind_every", to_text(terms_.charges.remind_every));
        if (terms_.instalments)
            add("instalments",
                std::to_string(terms_.instalments->count) + " parts from " + amount(terms_.instalments->minimum));
        if (terms_.late_pledges)
            add("late_pledges", terms_.late_pledges->open_for ? "for " + to_text(*terms_.late_pledges->open_for)
                                                              : "until the campaign closes them");
        add("fees.platform", fee(terms_.fees.platform));
        if (terms_.fees.platform_on_miss) add("fees.platform_on_miss", fee(*terms_.fees.platform_on_miss));
        add("fees.processing", fee(terms_.fees.processing));
        add("payouts.first_after", to_text(terms_.payouts.first_after) + " after the success");
        if (terms_.reserve)
            add("reserve", to_percent(terms_.reserve->rate) + " of payouts from " + amount(terms_.reserve->trigger) +
                               ", held for " + to_text(terms_.reserve->held_for));
        add("refunds.before_payout",
            terms_.refunds.fees_returned_before_payout ? "fees are returned" : "fees are kept");
        if (terms_.refunds.platform)
            add("refunds.platform", "the platform's fee is " + std::string(to_text(*terms_.refunds.platform)));
        add("disputes.fraud", "borne by the " + std::string(to_text(terms_.disputes.fraud)));
        add("disputes.reward", "borne by the " + std::string(to_text(terms_.disputes.reward)));
        if (terms_.disputes.fee != 0)
            add("disputes.fee",
                to_grouped_text(Money{terms_.disputes.fee, terms_.currency}) + " each, borne by " +
                    (terms_.disputes.fee_bearer ? "the " + std::string(to_text(*terms_.disputes.fee_bearer))
                                                : "whoever bears the loss"));
    }

    const campaign::Terms& terms_;
    std::vector<RuleInForce> rules_;
    std::set<std::string, std::less<>> named_;
};

}  // namespace

std::vector<RuleInForce> rules_in_force(const campaign::Terms& terms) {
    return Rules(terms).list();
}

}  // namespace crowdrules::detail
