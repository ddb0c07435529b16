// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/campaign/progress.hpp>
#include <crowdrules/stories/campaign/play.hpp>

#include "platform.hpp"
#include "runner.hpp"
#include <algorithm>
#include <limits>
#include <stories/expectation_text.hpp>
#include <stories/figures.hpp>
#include <time/calendar_bounds.hpp>
#include <unordered_map>

namespace crowdrules {
namespace {

using detail::CardFate;
using detail::PledgeGroups;
using detail::Runner;

/// A reward or add-on that the campaign does not have: the engine refuses it by name.
constexpr std::uint64_t unknown_item = std::numeric_limits<std::uint16_t>::max();

/// Every line chooses from all earlier pledges, so that a short story could ask for the work of years.
constexpr std::uint64_t most_chosen = 10'000'000;

/// Stops a play at a line that cannot be carried out.
struct CannotPlay {
    TextError error;
};

/// Where the reward or add-on of a name stands. Every line may name one of many, so names are gone over once.
class Places {
  public:
    /// Expects: `items` have only grown since the last call, or `forget` was called.
    template <class Item>
    std::uint64_t of(const std::vector<Item>& items, const std::string& name) {
        for (; known_ < items.size(); ++known_) places_.try_emplace(items[known_].name, known_ + 1);
        const auto place = places_.find(name);
        return place == places_.end() ? unknown_item : place->second;
    }
    void forget() {
        places_.clear();
        known_ = 0;
    }

  private:
    std::unordered_map<std::string, std::uint64_t> places_;
    std::size_t known_ = 0;
};

class Player {
  public:
    Player(const Scenario& scenario, const PlayProgress& progress)
        : scenario_(scenario),
          runner_(scenario.terms, launch_of(scenario), 2 * scenario.pledges(), progress),
          platform_(scenario.conduct, runner_, refusals_),
          bonuses_(bonuses_of(scenario)) {}

    Play run() {
        for (const TimelineLine& line : scenario_.timeline) {
            const Instant at = moment_of(line.at, line.where);
            platform_.act(at);
            runner_.advance(at);
            carry_out(line, at);
            compare(line.expect);
        }
        platform_.act(never);
        compare(scenario_.expect);
        Play play = std::move(runner_).result();
        play.refusals = std::move(refusals_);
        play.comparisons = std::move(comparisons_);
        return play;
    }

  private:
    [[nodiscard]] const campaign::Campaign& campaign() const { return runner_.campaign(); }

    // ------------------------------------------------------------------------------------------------------- moments

    /// A campaign is launched when it opens, or by the first line: what is tried before it opens is refused for that.
    static Instant launch_of(const Scenario& scenario) {
        const Instant opens = scenario.terms.window.opens;
        Instant first = opens;
        for (const TimelineLine& line : scenario.timeline) {
            if (line.at.from == Moment::From::launch) first = std::min(first, opens + line.at.offset);
            if (line.at.from == Moment::From::epoch) first = std::min(first, Instant{} + line.at.offset);
        }
        return std::max(first, earliest_instant);
    }

    Instant moment_of(const Moment& moment, const TextPosition& where) {
        const Instant at = resolve(moment, where);
        if (!parse_instant(to_text(at)))
            throw CannotPlay{{where, "the years from 1900 to 9999 are known, and this is outside of them",
                              to_text(moment), "a moment within them"}};
        return at;
    }

    Instant resolve(const Moment& moment, const TextPosition& where) {
        switch (moment.from) {
            case Moment::From::epoch:
                return Instant{} + moment.offset;
            case Moment::From::launch:
                return scenario_.terms.window.opens + moment.offset;
            case Moment::From::deadline:
                if (!campaign()->window.has_end())
                    throw CannotPlay{{where, "there is no deadline to count from", to_text(moment), "an instant"}};
                return campaign()->window.closes + moment.offset;
            case Moment::From::success:
                wait_for_success();
                if (!campaign()->succeeded_at)
                    throw CannotPlay{{where, "the campaign has not succeeded, so there is nothing to count from",
                                      to_text(moment), "an instant, or a time from the launch or the deadline"}};
                return *campaign()->succeeded_at + moment.offset;
        }
        return {};
    }

    /// Lets happen what is due until the campaign succeeds, if it ever does.
    void wait_for_success() {
        while (!campaign()->succeeded_at) {
            const Instant next = platform_.next();
            if (next == never) return;
            platform_.act(next);
        }
    }

    // ------------------------------------------------------------------------------------------------------ commands

    void carry_out(const TimelineLine& line, Instant at) {
        outcome_ = {};
        line_ = &line;
        at_ = at;
        std::visit([this](const auto& what) { act(what); }, line.what);
        if (outcome_.commands == 0) return;

        const std::string expected = line.refused.empty() ? (line.already_done ? "already done" : "")
                                     : line.accepted      ? line.refused + " after " + std::to_string(*line.accepted)
                                                          : line.refused;
        if (!expected.empty()) note("refused", expected, outcome_.text(line), line.where);
    }

    /// Carries out one command of the line; whether it has happened now.
    bool perform(campaign::CommandBody what) {
        const bool may_fail = !line_->refused.empty() && outcome_.accepted >= line_->accepted.value_or(0);
        ++outcome_.commands;
        const auto done = runner_.perform({line_->command, at_, std::move(what)});
        if (done) {
            ++outcome_.accepted;
            if (*done == Performed::already_done) outcome_.already_done = true;
            return *done == Performed::done;
        }
        const std::string_view code = to_text(done.error().code);
        if (outcome_.code.empty()) outcome_.code = code;
        const bool expected = may_fail && code == line_->refused;
        if (outcome_.refused++ > 0 && refusals_.back().expected == expected &&
            refusals_.back().why.code == done.error().code)
            ++refusals_.back().count;
        else
            refusals_.push_back({.where = line_->where, .at = at_, .why = done.error(), .expected = expected});
        return false;
    }

    void act(const std::monostate&) {}

    void act(const PledgeLine& line) {
        const campaign::PledgeChoice base = choice_of(line.wanted);
        const std::uint32_t failing = std::min(line.failing.value_or(0), line.count);
        const std::uint32_t mended = std::min(line.mended.value_or(0), failing);
        for (std::uint32_t i = 0; i < line.count; ++i) {
            campaign::MakePledge command{PledgeId{line.id.value_or(next_pledge_)}, backer_of(line), base,
                                         line.wanted.giver};
            if (!bonuses_.empty() && i < line_->pledges())
                command.choice.amount += Money(bonuses_[next_bonus_++], base.amount.currency());
            const PledgeId pledge = command.pledge;
            const BackerId backer = command.backer;
            if (!perform(std::move(command))) continue;

            next_pledge_ = std::max(next_pledge_, pledge.value + 1);
            next_backer_ = std::max(next_backer_, backer.value + 1);
            if (!line.name.empty()) groups_[line.name].push_back(pledge);
            if (!line.by.empty()) groups_[line.by].push_back(pledge);
            if (line.failing) {
                const std::uint32_t before_failing = line.count - failing;
                platform_.set_fate(pledge, i < before_failing            ? CardFate::works
                                           : i < before_failing + mended ? CardFate::mended
                                                                         : CardFate::fails);
            }
        }
    }
    void act(const ChangeLine& line) {
        const campaign::PledgeChoice choice = choice_of(line.wanted);
        for (const PledgeId pledge : chosen(line.chosen))
            perform(campaign::ChangePledge{pledge, choice, line.wanted.giver});
    }
    void act(const SupplementLine& line) {
        for (const PledgeId pledge : chosen(line.chosen)) {
            campaign::PledgeChoice choice = choice_of(line.wanted);
            campaign::MakeSupplement command{.supplement = PledgeId{next_pledge_},
                                             .to = pledge,
                                             .add_ons = choice.add_ons,
                                             .ship_to = choice.ship_to,
                                             .amount = choice.amount,
                                             .lines = choice.lines};
            if (!perform(std::move(command))) continue;
            if (!line.name.empty()) groups_[line.name].push_back(PledgeId{next_pledge_});
            ++next_pledge_;
        }
    }
    void act(const CancelLine& line) {
        for (const PledgeId pledge : chosen(line.chosen)) perform(campaign::CancelPledge{pledge});
    }
    void act(const ChargeLine& line) {
        for (const PledgeId pledge : chosen(line.chosen))
            perform(campaign::RecordCharge{pledge, !line.fails, line.instalment, line.amount, line.fee, line.tax,
                                           line.reference, line.method});
    }
    void act(const RefundLine& line) {
        for (const PledgeId pledge : chosen(line.chosen)) {
            const auto view = find_pledge(campaign(), pledge);
            const Money rest = view ? view->amount - view->refunded : Money::zero(campaign().terms().currency);
            perform(campaign::RefundPledge{.pledge = pledge,
                                           .amount = line.amount.value_or(rest),
                                           .item = line.item,
                                           .line = line.line,
                                           .fee_returned = line.fee_returned,
                                           .reference = line.reference});
        }
    }
    void act(const DisputeLine& line) {
        for (const PledgeId pledge : chosen(line.chosen))
            perform(campaign::OpenDispute{.pledge = pledge,
                                          .instalment = line.instalment,
                                          .reason = line.reason,
                                          .amount = line.amount,
                                          .fee = line.fee,
                                          .reference = line.reference});
    }
    void act(const DisputeEndLine& line) {
        for (const PledgeId pledge : chosen(line.chosen))
            perform(campaign::CloseDispute{pledge, line.won, line.fee_returned});
    }
    void act(const ReturnRefundLine& line) {
        for (const PledgeId pledge : chosen(line.chosen)) {
            campaign::ReturnRefund command = line.command;
            command.pledge = pledge;
            perform(command);
        }
    }
    void act(const ResolveUnmatchedLine& line) {
        if (line.chosen.of.empty()) {
            perform(line.command);
            return;
        }
        for (const PledgeId pledge : chosen(line.chosen)) {
            campaign::ResolveUnmatched command = line.command;
            command.pledge = pledge;
            perform(command);
        }
    }
    void act(const ExtendLine& line) { perform(campaign::ExtendDeadline{moment_of(line.to, line_->where)}); }
    void act(const VerifyLine& line) {
        const BackerId backer = line.who.empty() ? BackerId{} : person(line.who);
        perform(campaign::RecordVerification{backer, line.what, line.until, line.decided_by});
    }
    void act(const RelateLine& line) {
        const BackerId account = person(line.account);
        const BackerId to = line.to.empty() ? BackerId{} : person(line.to);
        perform(campaign::RelateAccounts{account, to, line.reason, line.decided_by});
    }
    void act(const ChangeRewardLine& line) {
        perform(campaign::ChangeReward{reward_named(line.reward), line.becomes});
        if (line.becomes.name != line.reward) rewards_.forget();
    }
    void act(const RemoveRewardLine& line) { perform(campaign::RemoveReward{reward_named(line.reward)}); }
    void act(const ChangeAddOnLine& line) {
        perform(campaign::ChangeAddOn{add_on_named(line.add_on), line.becomes});
        if (line.becomes.name != line.add_on) add_ons_.forget();
    }
    void act(const RemoveAddOnLine& line) { perform(campaign::RemoveAddOn{add_on_named(line.add_on)}); }
    // The others are commands as they stand.
    template <class CommandOfCampaign>
        requires std::is_constructible_v<campaign::CommandBody, CommandOfCampaign>
    void act(const CommandOfCampaign& command) {
        perform(command);
    }

    // --------------------------------------------------------------------------------------------- names and amounts

    [[nodiscard]] campaign::RewardId reward_named(const std::string& name) {
        return name.empty() ? campaign::RewardId{} : campaign::RewardId{rewards_.of(campaign()->rewards, name)};
    }
    [[nodiscard]] campaign::AddOnId add_on_named(const std::string& name) {
        return campaign::AddOnId{add_ons_.of(campaign()->add_ons, name)};
    }

    BackerId backer_of(const PledgeLine& line) { return line.by.empty() ? BackerId{next_backer_} : person(line.by); }
    BackerId person(const std::string& name) {
        const auto [known, is_new] = people_.try_emplace(name, BackerId{next_backer_});
        if (is_new) ++next_backer_;
        return known->second;
    }

    std::vector<PledgeId> chosen(const Chosen& choice) {
        const auto group = groups_.find(choice.of);
        if (group == groups_.end())
            throw CannotPlay{{line_->where, "nobody of this name has pledged", choice.of,
                              "a person ('by') or a name ('name') of an earlier pledge that was accepted"}};
        // Not more than are chosen are looked at: each of many lines may choose one of many.
        const std::vector<PledgeId>& pledges = group->second;
        const auto count = static_cast<std::ptrdiff_t>(
            std::min<std::size_t>(choice.last ? *choice.last : choice.first.value_or(UINT32_MAX), pledges.size()));
        chosen_ += static_cast<std::uint64_t>(count);
        if (chosen_ > most_chosen)
            throw CannotPlay{{line_->where, "the lines choose more than 10,000,000 pledges, counted for each line",
                              choice.of, "fewer lines that choose all of a large group"}};
        return choice.last ? std::vector(pledges.end() - count, pledges.end())
                           : std::vector(pledges.begin(), pledges.begin() + count);
    }

    [[nodiscard]] campaign::PledgeChoice choice_of(const Wanted& wanted) {
        campaign::PledgeChoice choice{.reward = reward_named(wanted.reward),
                                      .ship_to = wanted.ship_to,
                                      .amount = Money::zero(campaign().terms().currency),
                                      .by_link = wanted.by_link,
                                      .in_instalments = wanted.in_instalments,
                                      .quantity = wanted.quantity,
                                      .lines = wanted.lines};
        for (const auto& add_on : wanted.add_ons) choice.add_ons.push_back({add_on_named(add_on.add_on), add_on.count});
        if (wanted.amount) {
            choice.amount = *wanted.amount;
        } else {
            const campaign::PricePhase prices =
                campaign()->closed ? campaign::PricePhase::late : campaign::PricePhase::live;
            const auto parts = compose(campaign()->rewards, campaign()->add_ons, choice, wanted.bonus, prices);
            // What cannot be composed is refused by the campaign, with its reason.
            choice.amount = Money(parts ? parts->total : wanted.bonus, campaign().terms().currency);
        }
        return choice;
    }

    /// What the spreads add to each pledge of the time line, in order; empty without spreads.
    static std::vector<std::int64_t> bonuses_of(const Scenario& scenario);
    /// What one pledge of the line comes to at the terms' prices.
    static std::int64_t price_of(const campaign::Terms& terms, const PledgeLine& line, Places& rewards,
                                 Places& add_ons);

    // ------------------------------------------------------------------------------------------------------- results

    void compare(const Expectations& expectations) {
        if (expectations.empty()) return;
        const campaign::Statement now = statement(campaign());
        for (const Expected& expected : expectations) {
            const auto actual = detail::figure_of(campaign(), now, groups_, expected.figure);
            comparisons_.push_back(detail::compared(expected, actual));
        }
    }
    void note(std::string figure, const std::string& expected, const std::string& actual, const TextPosition& where) {
        comparisons_.push_back({std::move(figure), expected, actual, expected == actual, where});
    }

    /// What came of the commands of one line.
    struct Outcome {
        std::uint64_t commands = 0, accepted = 0, refused = 0;
        std::string code;  ///< of the first refusal
        bool already_done = false;

        [[nodiscard]] std::string text(const TimelineLine& line) const {
            if (refused == 0) return already_done ? "already done" : "accepted";
            return accepted == 0 && !line.accepted ? code : code + " after " + std::to_string(accepted);
        }
    };

    const Scenario& scenario_;
    std::vector<Refusal> refusals_;
    std::vector<Comparison> comparisons_;
    Runner runner_;
    detail::Platform platform_;
    PledgeGroups groups_;
    Places rewards_, add_ons_;
    std::map<std::string, BackerId> people_;
    std::uint64_t next_pledge_ = 1;
    std::uint64_t next_backer_ = 1;
    std::uint64_t chosen_ = 0;
    std::vector<std::int64_t> bonuses_;
    std::size_t next_bonus_ = 0;
    // Of the line that is being carried out.
    const TimelineLine* line_ = nullptr;
    Instant at_{};
    Outcome outcome_;
};

std::vector<std::int64_t> Player::bonuses_of(const Scenario& scenario) {
    if (scenario.spreads.empty()) return {};
    const campaign::Terms& terms = scenario.terms;
    std::vector<std::int64_t> bonuses(scenario.pledges(), 0);
    Places rewards, add_ons;
    for (const Spread& spread : scenario.spreads) {
        std::vector<Weight> weights;
        weights.reserve(bonuses.size());
        Weight total = 0;
        for (const TimelineLine& line : scenario.timeline) {
            const auto* pledges = std::get_if<PledgeLine>(&line.what);
            if (!pledges) continue;
            const auto& except = spread.except;
            const bool left_out = std::find(except.begin(), except.end(), pledges->wanted.reward) != except.end();
            const Weight weight = left_out                          ? 0
                                  : spread.by == Spread::By::evenly ? 1
                                                                    : price_of(terms, *pledges, rewards, add_ons);
            weights.insert(weights.end(), line.pledges(), weight);
            total = std::max(total, weight);
        }
        if (total == 0)
            throw CannotPlay{{spread.where, "there is no pledge to spread this sum over", to_text(spread.amount),
                              "a time line with pledges that are not all left out"}};
        const std::vector<Money> parts = allocate(spread.amount, weights, spread.split);
        for (std::size_t i = 0; i < parts.size(); ++i)
            bonuses[i] = (Money(bonuses[i], spread.amount.currency()) + parts[i]).minor();
    }
    return bonuses;
}

std::int64_t Player::price_of(const campaign::Terms& terms, const PledgeLine& line, Places& rewards, Places& add_ons) {
    const Wanted& wanted = line.wanted;
    if (wanted.amount) return wanted.amount->minor();
    campaign::PledgeChoice choice{
        .reward = campaign::RewardId{wanted.reward.empty() ? 0 : rewards.of(terms.rewards, wanted.reward)},
        .ship_to = wanted.ship_to,
        .amount = Money::zero(terms.currency),
        .quantity = wanted.quantity};
    for (const auto& add_on : wanted.add_ons)
        choice.add_ons.push_back({campaign::AddOnId{add_ons.of(terms.add_ons, add_on.add_on)}, add_on.count});
    const auto parts = compose(terms.rewards, terms.add_ons, choice, wanted.bonus, campaign::PricePhase::live);
    return parts ? parts->total : 0;
}

}  // namespace

bool Play::as_expected() const noexcept {
    return std::all_of(comparisons.begin(), comparisons.end(), [](const Comparison& c) { return c.agrees; }) &&
           std::all_of(refusals.begin(), refusals.end(), [](const Refusal& r) { return r.expected; });
}

std::vector<std::string> Play::surprises() const {
    std::vector<std::string> lines;
    for (const Comparison& c : comparisons)
        if (!c.agrees)
            lines.push_back(detail::place_text(c.where) + c.figure + ": expected " + c.expected + ", but it is " +
                            c.actual);
    for (const Refusal& r : refusals) {
        if (r.expected) continue;
        std::string line = r.where == TextPosition{} ? "the platform's act of " : detail::place_text(r.where) + "at ";
        line += to_text(r.at) + " was refused";
        if (r.count > 1) line += " " + std::to_string(r.count) + " times";
        lines.push_back(line + ": " + to_text(r.why));
    }
    return lines;
}

Result<Play> play(const Scenario& scenario, const PlayProgress& progress) {
    try {
        return Player(scenario, progress).run();
    } catch (const CannotPlay& reason) {
        return failure(reason.error);
    } catch (const ContractViolation& reason) {
        // An amount that leaves 64 bits only when amounts are added up.
        return failure(TextError{{}, reason.what(), scenario.title, "amounts that fit together into 64 bits"});
    }
}

}  // namespace crowdrules
