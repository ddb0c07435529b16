// SPDX-License-Identifier: BSL-1.0
// Commands about pledges.
#include <fmt/format.h>

#include "campaign/due/charges.hpp"
#include "campaign/due/payouts.hpp"
#include "campaign/judge/choice_check.hpp"
#include "campaign/judge/choice_rules.hpp"
#include "campaign/judge/measured.hpp"
#include "campaign/state/bookkeeping.hpp"
#include <algorithm>
#include <limits>

namespace crowdrules::campaign {

namespace {

Judge::Guard refuse_above_cap(const Judge& judge, const Support& before, const Support& after) {
    const auto& cap = judge.terms().model.cap;
    if (!cap || cap->above == AboveCap::shared) return std::nullopt;
    const std::int64_t counted = toward_cap(judge.state, after);
    const std::int64_t now = toward_cap(judge.state, before);
    if (counted <= cap->at || counted <= now) return std::nullopt;
    const auto text = [&](std::int64_t count) { return campaign::measured(count, judge.terms()); };
    return judge.reject(
        RejectionCode::cap_exceeded,
        fmt::format("{} counted, and with this {} of at most {}", text(now), text(counted), text(cap->at)),
        now < cap->at ? fmt::format("at most {} more", text(cap->at - now)) : "a pledge that adds nothing",
        "model.cap");
}

/// In the last stretch no cut may take a campaign that has what it needs below it.
Judge::Guard refuse_below_goal(const Judge& judge, const Support& before, const Support& after) {
    const State& state = judge.state;
    const Elapsed locked = judge.terms().limits.locked_before_end;
    if (locked == Elapsed::zero() || !state.window.has_end() || state.succeeded_at) return std::nullopt;
    if (judge.at < state.window.closes - locked) return std::nullopt;
    const FundingModel& model = judge.terms().model;
    const std::int64_t now = toward_goal(state, before);
    const std::int64_t then = toward_goal(state, after);
    if (!model.is_met_by(now) || model.is_met_by(then)) return std::nullopt;
    const auto text = [&](std::int64_t count) { return campaign::measured(count, judge.terms()); };
    return judge.reject(RejectionCode::would_fall_below_goal,
                        fmt::format("{} counted of {} needed, and after this {}, with less than {} to go", text(now),
                                    text(model.needed()), text(then), crowdrules::to_text(locked)),
                        "a cut that leaves the campaign at its goal", "limits.locked_before_end");
}

/// Why a pledge that exists cannot be changed or cancelled by its backer.
Judge::Guard refuse_if_not_open_to_backer(const Judge& judge, Handle pledge, bool cancelling) {
    const PledgeRecord& record = judge.state.book.records[pledge];
    const auto reject = [&](RejectionCode code, std::string what, std::string accepted, std::string_view rule) {
        return judge.reject(code, std::move(what), std::move(accepted), rule);
    };
    if (!is_standing(record.state)) {
        return reject(RejectionCode::pledge_not_standing, fmt::format("the pledge is {}", to_text(record.state)),
                      "a pledge that stands", {});
    }
    const bool may_claim = cancelling && judge.terms().refunds.backer_may_claim_while_live;
    if (record.has(PledgeRecord::charged) && !may_claim) {
        return reject(RejectionCode::pledge_already_charged, "the pledge is charged", "a refund by the creator",
                      "charges.timing");
    }
    const bool is_due =
        judge.terms().charges.timing != ChargeTiming::at_pledge && charge_due(judge.state, pledge) <= judge.at;
    if (is_due) {
        return reject(RejectionCode::pledge_already_charged, "the pledge's charge is due",
                      "a refund by the creator once it is charged", "charges.timing");
    }
    return std::nullopt;
}

/// As an event has it: none where one is meant.
std::optional<std::uint32_t> quantity_of(const PledgeChoice& choice) {
    return choice.quantity == 1 ? std::nullopt : std::optional(choice.quantity);
}

std::vector<AddOnChoice> merged(const std::vector<AddOnChoice>& add_ons) {
    std::vector<AddOnChoice> once;
    for (const AddOnChoice& chosen : add_ons) {
        const auto same =
            std::find_if(once.begin(), once.end(), [&](const AddOnChoice& o) { return o.add_on == chosen.add_on; });
        if (same != once.end()) {
            same->count += chosen.count;
        } else if (chosen.count > 0) {
            once.push_back(chosen);
        }
    }
    return once;
}

}  // namespace

Verdict Judge::judge(const MakePledge& command) const {
    const bool late = state.closed && state.succeeded_at && terms().late_pledges.has_value() &&
                      !has_ended_without_success(state.phase);
    if (!late) {
        if (auto rejection = refuse_if_not_taking_pledges()) return rejection;
    }
    if (auto rejection = refuse_if_creator_unverified(false)) return rejection;
    if (late) {
        const auto& open_for = terms().late_pledges->open_for;
        if (state.late_closed || (open_for && at >= *state.closed_at + *open_for)) {
            return reject(RejectionCode::late_pledges_not_offered, "late pledges are closed", "nothing more",
                          "late_pledges");
        }
    }
    const PricePhase phase = late ? PricePhase::late : PricePhase::live;
    const ChoiceCheck check(*this, command.choice, no_handle, phase);
    if (auto rejection = check.refuse_unknown_items()) return rejection;
    if (command.pledge.is_none() || command.backer.is_none()) {
        return reject(RejectionCode::id_missing,
                      fmt::format("pledge {} of backer {}", command.pledge.value, command.backer.value),
                      "ids other than 0");
    }
    if (state.book.pledges.find(command.pledge.value) != no_handle) {
        return reject(RejectionCode::pledge_id_taken, fmt::format("there is a pledge {} already", command.pledge.value),
                      "a new id");
    }
    const Handle backer = state.book.backers.find(command.backer.value);
    const bool has_pledged = backer != no_handle && state.book.standing_of[backer] > 0;
    if (has_pledged && terms().limits.one_per_backer) {
        return reject(RejectionCode::backer_has_pledged,
                      fmt::format("backer {} has a pledge that stands", command.backer.value),
                      "a change of that pledge", "limits.one_per_backer");
    }
    if (auto rejection = refuse_account(command.backer)) return rejection;
    auto composed = check.composition();
    if (!composed) return failure(composed.error());
    const Composition& parts = composed->parts;
    if (auto rejection = refuse_person(command.backer, command.choice.reward, parts.total, command.giver, no_handle)) {
        return rejection;
    }

    PledgeMade made{.pledge = command.pledge,
                    .backer = command.backer,
                    .reward = command.choice.reward,
                    .amount = composed->total,
                    .shipping = parts.shipping,
                    .add_ons = merged(command.choice.add_ons),
                    .ship_to = command.choice.ship_to,
                    .late = late,
                    .in_instalments = command.choice.in_instalments,
                    .quantity = quantity_of(command.choice),
                    .lines = std::move(composed->lines)};
    std::vector<EventBody> events;
    if (late) {
        events.emplace_back(std::move(made));
        return events;
    }
    const Support before = support_of(state);
    Support after = before;
    if (is_counted(state, command.backer.value)) {
        after = before + support_of(state, made);
        if (!has_pledged) after.backers += 1;
    }
    if (auto rejection = refuse_above_cap(*this, before, after)) {
        // What fits, where it is enough for what was chosen.
        const Cap& cap = *terms().model.cap;
        const std::int64_t beyond = toward_cap(state, after) - cap.at;
        if (cap.above != AboveCap::cut || beyond >= made.amount) return rejection;
        MakePledge smaller = command;
        smaller.choice.amount = money(made.amount - beyond);
        auto taken = judge(smaller);
        if (!taken) return rejection;
        std::get<PledgeMade>(taken->front()).declined = beyond;
        return taken;
    }
    events.emplace_back(std::move(made));
    follow_up(after, events);
    return events;
}

Verdict Judge::judge(const ChangePledge& command) const {
    if (auto rejection = refuse_if_not_taking_pledges()) return rejection;
    const ChoiceCheck names(*this, command.choice, no_handle, PricePhase::live);
    if (auto rejection = names.refuse_unknown_items()) return rejection;
    const auto pledge = find(command.pledge);
    if (!pledge) return failure(pledge.error());
    if (auto rejection = refuse_if_not_open_to_backer(*this, *pledge, false)) return rejection;
    const BackerId backer{state.book.backers.id_of(state.book.records[*pledge].backer)};
    auto composed = ChoiceCheck(*this, command.choice, *pledge, PricePhase::live).composition();
    if (!composed) return failure(composed.error());
    const Composition& parts = composed->parts;
    if (auto rejection = refuse_person(backer, command.choice.reward, parts.total, command.giver, *pledge))
        return rejection;

    PledgeChanged changed{.pledge = command.pledge,
                          .reward = command.choice.reward,
                          .amount = composed->total,
                          .shipping = parts.shipping,
                          .add_ons = merged(command.choice.add_ons),
                          .ship_to = command.choice.ship_to,
                          .in_instalments = command.choice.in_instalments,
                          .quantity = quantity_of(command.choice),
                          .lines = std::move(composed->lines)};
    const Support before = support_of(state);
    Support own = support_of(state, *pledge);
    own.backers = 0;  // the backer stays
    Support after = before;
    if (is_counted(state, backer.value)) {
        after = before - own +
                support_of(state, PledgeMade{.reward = changed.reward,
                                             .amount = changed.amount,
                                             .shipping = changed.shipping,
                                             .add_ons = changed.add_ons,
                                             .quantity = changed.quantity,
                                             .lines = changed.lines});
    }
    if (auto rejection = refuse_above_cap(*this, before, after)) return rejection;
    if (auto rejection = refuse_below_goal(*this, before, after)) return rejection;
    std::vector<EventBody> events{std::move(changed)};
    follow_up(after, events);
    return events;
}

Verdict Judge::judge(const MakeSupplement& command) const {
    if (auto rejection = refuse_if_ended()) return rejection;
    if (!state.succeeded_at || !state.closed) {
        return reject(RejectionCode::campaign_not_succeeded,
                      state.succeeded_at ? "the campaign is still open" : "the campaign has not succeeded",
                      "a campaign that has succeeded and is over", "supplements");
    }
    if (!terms().supplements) {
        return reject(RejectionCode::supplements_not_offered, "the terms let nobody be charged again",
                      "terms with supplements", "supplements");
    }
    PledgeChoice choice{
        .add_ons = command.add_ons, .ship_to = command.ship_to, .amount = command.amount, .lines = command.lines};
    if (auto rejection = ChoiceCheck(*this, choice, no_handle, PricePhase::late).refuse_unknown_items())
        return rejection;
    const auto named = find(command.to);
    if (!named) return failure(named.error());
    if (command.supplement.is_none()) {
        return reject(RejectionCode::id_missing, "a supplement without an id", "an id other than 0");
    }
    if (state.book.pledges.find(command.supplement.value) != no_handle) {
        return reject(RejectionCode::pledge_id_taken,
                      fmt::format("there is a pledge {} already", command.supplement.value), "a new id");
    }
    // A supplement of a supplement is one of the pledge.
    const PledgeDetail* detail = state.book.detail_of(*named);
    const Handle pledge = detail != nullptr && detail->supplement_to != no_handle ? detail->supplement_to : *named;
    const PledgeRecord& record = state.book.records[pledge];
    if (!is_standing(record.state)) {
        return reject(RejectionCode::pledge_not_standing, fmt::format("the pledge is {}", to_text(record.state)),
                      "a pledge that stands", "supplements");
    }
    const PledgeDetail* supplemented = state.book.detail_of(pledge);
    if (choice.ship_to.empty() && supplemented != nullptr) choice.ship_to = supplemented->ship_to;
    auto composed = ChoiceCheck(*this, choice, pledge).composition();
    if (!composed) return failure(composed.error());
    return std::vector<EventBody>{PledgeMade{.pledge = command.supplement,
                                             .backer = BackerId{state.book.backers.id_of(record.backer)},
                                             .amount = composed->total,
                                             .shipping = composed->parts.shipping,
                                             .add_ons = merged(command.add_ons),
                                             .ship_to = choice.ship_to,
                                             .lines = std::move(composed->lines),
                                             .supplement_to = PledgeId{state.book.pledges.id_of(pledge)}}};
}

Verdict Judge::judge(const CancelPledge& command) const {
    auto closed_to_it = refuse_if_not_taking_pledges();
    // A card that is only authorised binds nobody: until the product is ready, backers may step back.
    const bool may_step_back = awaits_readiness(state);
    if (closed_to_it && !(may_step_back && closed_to_it->code == RejectionCode::campaign_closed)) return closed_to_it;
    const auto pledge = find(command.pledge);
    if (!pledge) return failure(pledge.error());
    if (auto rejection = refuse_if_not_open_to_backer(*this, *pledge, true)) return rejection;
    const Support before = support_of(state);
    const Support after = before - support_of(state, *pledge);
    if (auto rejection = refuse_below_goal(*this, before, after)) return rejection;
    std::vector<EventBody> events{PledgeCancelled{command.pledge}};
    if (!state.closed) follow_up(after, events);
    return events;
}

}  // namespace crowdrules::campaign
