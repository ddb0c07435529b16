// SPDX-License-Identifier: BSL-1.0
// Thousands of random commands against random terms: whatever is asked in whatever order, the books agree, a refusal
// changes nothing, and the events tell the whole story.
#include <crowdrules/campaign/agenda.hpp>
#include <crowdrules/campaign/agenda_follower.hpp>

#include "../money/random.hpp"
#include "sample.hpp"
#include <map>
#include <set>
#include <span>
#include <string>

namespace crowdrules::campaign {

using namespace sample;

namespace {

template <class T>
T one_of(Random& random, std::initializer_list<T> choices) {
    return choices.begin()[random.below(choices.size())];
}

std::vector<LineRule> any_lines(Random& random) {
    std::vector<LineRule> rules;
    for (const char* const name : {"tip", "vat", "cover", "shipping", "bonus", "reward", "add_ons"}) {
        if (random.below(3) == 0) continue;
        rules.push_back({.name = name,
                         .payee = one_of<std::string>(random, {"creator", "platform", "tax office"}),
                         .counts = random.below(2) == 0,
                         .bears_platform_fee = random.below(2) == 0,
                         .bears_processing_fee = random.below(2) == 0,
                         .kept = random.below(4) == 0});
    }
    return rules;
}

std::vector<LineChoice> any_line_choices(Random& random) {
    std::vector<LineChoice> lines;
    const auto amount = cents(static_cast<std::int64_t>(random.below(40'00)));
    if (random.below(3) == 0) lines.push_back({.line = "tip", .amount = amount});
    if (random.below(3) == 0)
        lines.push_back({.line = "vat", .rate = decimal("19%"), .included = random.below(2) == 0});
    if (random.below(3) == 0) lines.push_back({.line = "cover"});
    return lines;
}

/// Terms of every kind that has no defects.
Terms any_terms(Random& random) {
    for (;;) {
        Terms agreed = terms(one_of(
            random, {FundingModel::all_or_nothing(cents(500'00)), FundingModel::keep_what_is_raised(cents(500'00)),
                     FundingModel::share_of_goal(cents(500'00), decimal("80%")), FundingModel::headcount(4),
                     FundingModel::units(5), FundingModel::two_rounds(cents(400'00), cents(900'00), days{20}),
                     FundingModel::minimum_to_cap(cents(300'00), cents(900'00), CapReached::closes),
                     FundingModel::minimum_to_cap(cents(300'00), cents(900'00), CapReached::closes_when_full),
                     FundingModel::minimum_to_cap(cents(300'00), cents(900'00), CapReached::stays_open),
                     FundingModel::open_ended()}));
        const auto chance = [&](std::uint64_t in) { return random.below(in) == 0; };
        if (chance(4)) agreed.model.judged = OutcomeTiming::when_reached;
        if (chance(4)) agreed.model.judged = OutcomeTiming::after_collection;
        if (chance(4)) agreed.model.counts = GoalBasis::collected;
        if (chance(4)) agreed.model.miss = OnMiss::keep;
        if (chance(4)) agreed.model.shipping_counts = false;
        if (chance(4)) agreed.charges.timing = ChargeTiming::at_pledge;
        if (chance(3)) agreed.charges.timing = ChargeTiming::when_ready;
        if (chance(4)) agreed.window.closing = ClosingInstant::included;
        if (chance(6)) agreed.window.closes = never;
        agreed.may_extend = chance(3);
        agreed.may_close_early = chance(3);
        if (chance(3)) agreed.paused_clock = ClockWhilePaused::stops;
        if (chance(3)) agreed.limits.one_per_backer = false;
        if (chance(2)) agreed.limits.locked_before_end = days{1};
        if (chance(2)) agreed.limits.minimum = 10'00;
        if (chance(2)) agreed.late_pledges = LatePledges{.open_for = days{40}};
        if (chance(3)) {
            agreed.instalments = InstalmentPlan{
                .count = 3, .cadence = {.every = days{14}}, .retry_first = days{7}, .retry_later = days{14}};
        }
        if (chance(2)) {
            const bool kept = chance(2);
            agreed.add_ons[0].locked = true;
            agreed.stretch_goals = {
                {.name = "More", .at = 300'00, .kept = kept, .effect = AddStock{early_bird, 2}},
                {.name = "Open", .measure = Measure::backers, .at = 3, .kept = kept, .effect = OpenAddOn{sticker}},
                {.name = "Net", .at = 250'00, .basis = StretchBasis::net, .kept = kept}};
        }
        if (chance(3)) agreed.fees.platform_on_miss = FeeSchedule{.bands = {{.rate = decimal("9%")}}};
        if (chance(3)) {
            agreed.fees.platform.tax = FeeTax{.rate = decimal("20%"), .rounding = {}, .included = chance(2)};
            agreed.fees.processing.tax = FeeTax{.rate = decimal("20%"), .rounding = {}, .included = chance(2)};
        }
        if (chance(2)) {
            agreed.payouts.later_first_after = days{17};
            agreed.payouts.later_every = {.every = days{7}};
            agreed.payouts.later_cut_off = days{3};
        }
        if (chance(3)) agreed.reserve = ReservePlan{.rate = decimal("5%"), .trigger = 100'00, .held_for = days{60}};
        agreed.refunds.partial = one_of<std::optional<PartialRefundFee>>(
            random,
            {std::nullopt, PartialRefundFee::kept, PartialRefundFee::recomputed, PartialRefundFee::proportional});
        agreed.refunds.platform = one_of<std::optional<PartialRefundFee>>(
            random, {std::nullopt, PartialRefundFee::kept, PartialRefundFee::proportional});
        agreed.refunds.fees_returned_before_payout = chance(2);
        agreed.refunds.backer_may_claim_while_live = chance(2);
        agreed.disputes = {
            .fraud = one_of(random, {Bearer::creator, Bearer::platform}),
            .reward = one_of(random, {Bearer::creator, Bearer::platform}),
            .reversed = one_of(random, {Bearer::creator, Bearer::platform}),
            .fee = chance(2) ? 15'00 : 0,
            .fee_bearer = one_of<std::optional<Bearer>>(random, {std::nullopt, Bearer::creator, Bearer::platform}),
            .fee_returned_if_won = chance(2)};
        if (chance(3)) {
            const auto rule = [&] {
                return one_of(random, {AccountRule::accepted, AccountRule::refused, AccountRule::not_counted});
            };
            agreed.guards = Guards{.identity = {.creator_before_payout = chance(3)},
                                   .creators_own = rule(),
                                   .related = rule(),
                                   .person = {},
                                   .named_deciders = false};
            if (chance(2)) agreed.guards->identity.backers_from = 200'00;
        }
        if (chance(2)) agreed.lines = any_lines(random);
        if (chance(3)) agreed.fees.methods["debit"] = FeeSchedule{.bands = {{.fixed = 35}}};
        if (chance(2)) {
            agreed.supplements.emplace();
            if (chance(2)) agreed.supplements->platform = FeeSchedule{.bands = {{.rate = decimal("8%")}}};
            if (chance(2)) agreed.supplements->processing = FeeSchedule{.bands = {{.rate = decimal("2%")}}};
        }
        if (defects_of(agreed).empty()) return agreed;
    }
}

PledgeChoice any_choice(Random& random) {
    PledgeChoice choice;
    choice.reward = RewardId{random.below(2) == 0 ? 0 : random.below(5)};
    for (std::uint64_t i = random.below(3) == 0 ? random.below(3) : 0; i > 0; --i) {
        choice.add_ons.push_back(
            {AddOnId{random.below(20) == 0 ? 9 : 1 + random.below(2)}, static_cast<std::uint32_t>(random.below(4))});
    }
    if (random.below(4) != 0) choice.ship_to = one_of<std::string>(random, {"US", "JP"});
    choice.amount =
        cents(static_cast<std::int64_t>(random.below(8) == 0 ? random.below(20'00) : 30'00 + random.below(200'00)));
    choice.in_instalments = random.below(5) == 0;
    if (!choice.reward.is_none() && random.below(4) == 0)
        choice.quantity = static_cast<std::uint32_t>(random.below(4));
    if (random.below(4) == 0) choice.lines = any_line_choices(random);
    return choice;
}

/// Small more often than not, and sometimes too much for what it is of.
std::optional<Money> any_report(Random& random, std::uint64_t most) {
    if (random.below(2) == 0) return std::nullopt;
    return cents(static_cast<std::int64_t>(random.below(random.below(4) == 0 ? most : most / 10 + 1)));
}

/// Few enough to come again, for the same and for something else.
std::string any_reference(Random& random) {
    return random.below(3) == 0 ? "ref_" + std::to_string(random.below(40)) : std::string();
}

RecordCharge any_charge(Random& random, PledgeId pledge, bool succeeded, std::uint32_t instalment) {
    RecordCharge charge{.pledge = pledge, .succeeded = succeeded, .instalment = instalment};
    if (random.below(3) != 0) return charge;
    charge.reference = any_reference(random);
    charge.method = one_of<std::string>(random, {"", "debit", "cash"});
    if (!succeeded) return charge;
    if (random.below(3) == 0) charge.amount = cents(static_cast<std::int64_t>(1 + random.below(150'00)));
    charge.fee = any_report(random, 20'00);
    charge.tax = any_report(random, 4'00);
    return charge;
}

/// Often what the agenda asks for, otherwise anything.
CommandBody any_command(Random& random, const Player& play) {
    const std::uint64_t pledges = play.state().book.records.size();
    if (random.below(3) == 0) {
        const std::vector<Due> items = agenda(play.campaign());
        const Due* item = items.empty() ? nullptr : &items[random.below(items.size())];
        if (item != nullptr && item->kind == DueKind::charge)
            return any_charge(random, item->pledge, random.below(4) != 0, item->instalment);
        if (item != nullptr && item->kind == DueKind::pay_out) return PayOut{item->payout};
    }
    if (play.state().succeeded_at && random.below(10) == 0) return ReportReadyToShip{};
    const PledgeId pledge{random.below(pledges + 2)};
    const auto instalment = static_cast<std::uint32_t>(random.below(6) == 0 ? random.below(4) : 1);
    if (random.below(14) == 0) {
        ClaimId claim{1 + random.below(4)};
        if (const ClaimId open = play.state().guards.claims.first_open(); !open.is_none()) claim = open;
        switch (random.below(8)) {
            case 0:
                return RaiseClaim{ClaimId{play.state().guards.claims.size() + random.below(2)}, "Rex", "it", "Ada"};
            case 1:
                return UpholdClaim{claim, "a patent", "Ada"};
            case 2:
            case 3:
                return RelateAccounts{BackerId{1 + random.below(30)}, BackerId{random.below(30)}, "a card", "Ada"};
            case 4:
            case 5:
                return RecordVerification{BackerId{random.below(30)}, "passport", play.now() + days{40}, "Ada"};
            default:
                return DismissClaim{claim, "nothing in it", "Ada"};
        }
    }
    if (play.state().succeeded_at && random.below(12) == 0) {
        return MakeSupplement{.supplement = PledgeId{pledges + 1},
                              .to = pledge,
                              .ship_to = one_of<std::string>(random, {"", "US"}),
                              .amount = cents(static_cast<std::int64_t>(random.below(40'00))),
                              .lines = any_line_choices(random)};
    }
    if (random.below(16) == 0) {
        const auto& held = play.state().unmatched;
        const bool was_taken = random.below(4) == 0;
        const Money amount = cents(static_cast<std::int64_t>(random.below(120'00)) * (was_taken ? -1 : 1));
        if (held.empty() || random.below(3) == 0)
            return RecordUnmatched{"row_" + std::to_string(random.below(60)), amount, "somebody", "payment"};
        auto money = held.begin();
        std::advance(money, random.below(held.size()));
        const auto end =
            one_of(random, {UnmatchedEnd::sent_back, UnmatchedEnd::to_pledge, UnmatchedEnd::to_platform});
        const bool is_some = random.below(3) == 0;
        return ResolveUnmatched{.unmatched = money->first,
                                .end = end,
                                .amount = is_some ? std::optional(amount) : std::nullopt,
                                .pledge = pledge,
                                .instalment = instalment,
                                .fee = any_report(random, 4'00),
                                .reference = any_reference(random)};
    }
    switch (random.below(42)) {
        case 0:
            if (random.below(3) == 0) return PauseCampaign{};
            return ResumeCampaign{};
        case 1:
        case 2:
            return ResumeCampaign{};
        case 3:
            if (random.below(12) == 0) return CancelCampaign{};
            return ResumeCampaign{};
        case 4:
            if (random.below(12) == 0) return SuspendCampaign{};
            return CloseEarly{};
        case 5:
            return ExtendDeadline{closes + days{random.below(5)}};
        case 6:
            return CloseEarly{};
        case 7:
            if (random.below(4) == 0) return CloseLatePledges{};
            return AddReward{{.name = "Mug", .minimum = 5'00, .quantity = 1}};
        case 8:
            return ChangeReward{RewardId{random.below(5)}, {.name = "Mug", .minimum = 7'00, .quantity = 4}};
        case 9:
            return RemoveReward{RewardId{random.below(5)}};
        case 10:
            return AddAddOn{{.name = "Pin", .price = 1'00}};
        case 11:
            return ChangeAddOn{AddOnId{random.below(4)}, {.name = "Pin", .price = 2'00, .units = 3}};
        case 12:
            return RemoveAddOn{AddOnId{random.below(4)}};
        case 13:
        case 14:
        case 15:
            return ChangePledge{pledge, any_choice(random), {}};
        case 16:
        case 17:
            return CancelPledge{pledge};
        case 18:
            return any_charge(random, pledge, random.below(3) != 0, instalment);
        case 19:
        case 20:
        case 21:
            return RefundPledge{.pledge = pledge,
                                .amount = cents(static_cast<std::int64_t>(random.below(200'00))),
                                .item = random.below(6) == 0 ? RefundItem::reward : RefundItem::general,
                                .line = random.below(12) == 0 ? "tip" : "",
                                .fee_returned = any_report(random, 8'00),
                                .reference = any_reference(random)};
        case 22:
        case 23:
            return OpenDispute{
                .pledge = pledge,
                .instalment = instalment,
                .reason = one_of(random, {DisputeReason::fraud, DisputeReason::reward, DisputeReason::reversed}),
                .amount = any_report(random, 100'00),
                .fee = any_report(random, 40'00),
                .reference = any_reference(random)};
        case 24:
        case 25:
        case 26:
            return CloseDispute{pledge, random.below(2) == 0, any_report(random, 30'00)};
        case 27:
        case 28:
            return PayOut{static_cast<std::uint32_t>(random.below(3)), any_reference(random)};
        case 29:
        case 30:
            return ReturnPayout{static_cast<std::uint32_t>(random.below(4)), "no_account", any_reference(random)};
        default:
            return MakePledge{PledgeId{random.below(6) == 0 ? pledge.value : pledges + 1},
                              BackerId{random.below(30)},
                              any_choice(random),
                              {}};
    }
}

/// Mostly a little later; leaps come once there is something to leap over.
Instant later(Random& random, Instant now, int step) {
    switch (random.below(step < 50 ? 200 : 24)) {
        case 0:
            return now < closes ? closes : now + days{7};
        case 1:
            return now < closes ? closes - 1s : now + days{30};
        case 2:
            return now + days{random.below(9)};
        case 3:
            return now + 1s;
        case 4:
        case 5:
            return now + Elapsed{random.below(100'000)};
        default:
            return now;
    }
}

std::int64_t uncaptured(const PledgeDetail* detail) {
    const ReportedCharge* charge = detail != nullptr ? detail->reported_of(1) : nullptr;
    return charge != nullptr ? charge->uncaptured : 0;
}

/// Every running total, added up anew from the pledges.
void check_totals(const State& state) {
    Totals sum;
    std::vector<std::uint32_t> rewards(state.rewards.size()), add_ons(state.add_ons.size());
    std::map<Handle, std::uint32_t> standing_of;
    std::set<Handle> uncounted;
    std::set<Handle> supplemented;
    for (Handle handle = 0; handle < state.book.records.size(); ++handle) {
        const PledgeRecord& record = state.book.records[handle];
        const PledgeDetail* detail = state.book.detail_of(handle);
        sum.everything += record.amount;
        const bool let_go = record.state == PledgeState::cancelled || record.state == PledgeState::released;
        if (let_go && record.has(PledgeRecord::charged)) {
            std::int64_t charged = record.amount - uncaptured(detail);
            if (record.has(PledgeRecord::in_instalments)) {
                charged = 0;
                for (const Instalment& part : detail->instalments)
                    charged += part.state == InstalmentState::collected ? part.amount : 0;
            }
            sum.to_give_back += charged - (detail ? detail->refunded + detail->charged_back : 0);
        }
        if (!is_standing(record.state)) continue;
        ++standing_of[record.backer];
        if (record.has(PledgeRecord::supplement)) supplemented.insert(record.backer);
        const bool counts = !record.has(PledgeRecord::late);
        const std::int64_t quantity = detail != nullptr ? detail->quantity : 1;
        std::int64_t in_lines = 0;
        for (const PledgeLine& line : detail != nullptr ? detail->lines : std::vector<PledgeLine>{}) {
            in_lines += line.amount;
            CHECK(line.charged <= line.amount);
            CHECK(line.gone <= line.charged);
            if (counts && !state.guards.uncounted.contains(state.book.backers.id_of(record.backer)) &&
                !state.terms->lines[line.rule].counts)
                sum.uncounted.amount += line.amount;
        }
        CHECK(in_lines <= record.amount);
        const bool is_uncounted = state.guards.uncounted.contains(state.book.backers.id_of(record.backer));
        if (is_uncounted) uncounted.insert(record.backer);
        if (is_uncounted && counts) sum.uncounted.amount += record.amount;
        if (counts) sum.standing += record.amount;
        if (record.reward != 0) {
            rewards[record.reward - 1u] += static_cast<std::uint32_t>(quantity);
            if (counts) sum.standing_units += quantity * state.rewards[record.reward - 1u].units;
        }
        if (detail == nullptr) continue;
        if (counts) sum.standing_shipping += detail->shipping;
        for (const AddOnChoice& chosen : detail->add_ons) {
            add_ons[chosen.add_on.value - 1] += chosen.count;
            if (counts) sum.standing_units += chosen.count * state.add_ons[chosen.add_on.value - 1].units;
        }
    }
    CHECK(sum.everything == state.totals.everything);
    CHECK(sum.to_give_back == state.totals.to_give_back);
    CHECK(sum.standing == state.totals.standing);
    CHECK(sum.standing_units == state.totals.standing_units);
    CHECK(sum.standing_shipping == state.totals.standing_shipping);
    CHECK(standing_of.size() == state.totals.backers);
    CHECK(static_cast<std::int64_t>(uncounted.size()) == state.totals.uncounted.backers);
    CHECK(sum.uncounted.amount == state.totals.uncounted.amount);
    // Money in is money held and money out, and nobody was paid what is not theirs.
    std::int64_t held = 0;
    for (std::size_t account = 1; account < campaign_account_count; ++account)
        held += state.ledger.balance(static_cast<Account>(account)).minor();
    CHECK(state.totals.collected + state.totals.unmatched + state.totals.unmatched_kept ==
          held + state.totals.refunded + state.totals.charged_back);
    std::int64_t unmatched = 0;
    for (const auto& [reference, money] : state.unmatched) unmatched += money.amount;
    CHECK(unmatched == state.ledger.balance(Account::unmatched).minor());
    std::int64_t paid = state.totals.reserve_released;
    for (const PayoutLine& line : state.payouts) paid += std::max<std::int64_t>(line.net, 0) - line.returned;
    CHECK(paid >= state.ledger.balance(Account::creator).minor());
    CHECK(rewards == state.reward_taken);
    CHECK(add_ons == state.add_on_taken);
    CHECK(state.totals.refunded + state.totals.charged_back <= state.totals.collected);
    if (state.terms->limits.one_per_backer) {
        for (const auto& [backer, count] : standing_of)
            if (!supplemented.contains(backer)) CHECK(count == 1);
    }
    const auto& cap = state.terms->model.cap;
    if (cap && state.terms->model.shipping_counts)
        CHECK(state.totals.standing - state.totals.uncounted.amount <= cap->at);
}

/// What the agenda asks for now is accepted when it is done; each entry has a key of its own; what happens by itself
/// next is on it, at the very instant at which it happens.
void check_agenda(const Player& play) {
    const std::vector<Due> items = agenda(play.campaign());
    for (std::size_t i = 0; i + 1 < items.size(); ++i) CHECK(items[i].at <= items[i + 1].at);
    Instant by_itself = never;
    std::set<std::string> keys;
    for (const Due& item : items) {
        CAPTURE(to_text(item));
        CHECK(keys.insert(key_of(item)).second);
        if (item.kind == DueKind::judge || item.kind == DueKind::drop || item.kind == DueKind::release_reserve)
            by_itself = std::min(by_itself, item.at);
    }
    if (by_itself != never) CHECK_FALSE(due(play.campaign(), by_itself).empty());
    CHECK(due(play.campaign(), std::min(by_itself, instant("9999-12-31T23:59:59Z")) - 1s).empty());
    for (const Due& item : items) {
        CAPTURE(to_text(item));
        if (item.at > play.now()) continue;
        if (item.kind == DueKind::charge) {
            CHECK(play.refused(RecordCharge{item.pledge, true, item.instalment}) == std::nullopt);
        }
        if (item.kind == DueKind::refund) CHECK(play.refused(RefundPledge{item.pledge, item.amount}) == std::nullopt);
        if (item.kind == DueKind::resolve_unmatched) {
            for (const auto& [reference, money] : play.state().unmatched)
                for (const UnmatchedEnd end : {UnmatchedEnd::sent_back, UnmatchedEnd::to_platform})
                    CHECK(play.refused(ResolveUnmatched{.unmatched = reference, .end = end}) == std::nullopt);
        }
        if (item.kind == DueKind::pay_out) CHECK(play.refused(PayOut{item.payout}) == std::nullopt);
    }
}

/// An outbox that hears only of changes.
class Outbox {
  public:
    explicit Outbox(const Player& play) : follower_(play.campaign()), heard_(play.happened().size()) {
        for (const Due& entry : follower_.entries()) CHECK(entries_.emplace(key_of(entry), entry).second);
    }
    /// Hears what happened since, and holds all that is on the agenda then, and nothing else but reminders that passed.
    void check(const Player& play) {
        const Events& happened = play.happened();
        for (const auto& [added, entry] : follower_.follow(play.campaign(), std::span(happened).subspan(heard_))) {
            CAPTURE(key_of(entry));
            if (added)
                CHECK(entries_.emplace(key_of(entry), entry).second);
            else
                CHECK(entries_.erase(key_of(entry)) == 1);
        }
        heard_ = happened.size();
        std::erase_if(entries_, [&](const auto& entry) {
            return entry.second.kind == DueKind::remind && entry.second.at <= play.state().last;
        });
        std::map<std::string, Due> listed;
        for (const Due& entry : agenda(play.campaign())) listed.emplace(key_of(entry), entry);
        CHECK(entries_ == listed);
    }

  private:
    AgendaFollower follower_;
    std::size_t heard_;
    std::map<std::string, Due> entries_{};
};

/// The provider's reference of a movement of money; empty for what moves none.
std::string reference_of(const CommandBody& what) {
    return std::visit(
        [](const auto& command) -> std::string {
            if constexpr (requires { command.succeeded; })
                return command.succeeded ? command.reference : std::string();
            else if constexpr (requires { command.reference; })
                return command.reference;
            else
                return {};
        },
        static_cast<const CommandBody::variant&>(what));
}

/// Does `what` where it may be done.
bool tries(Player& play, const CommandBody& what) {
    if (play.refused(what)) return false;
    play.does(what);
    return true;
}

/// Shares of payouts that wait for a little of everything.
std::vector<PayoutShare> any_shares(Random& random, const Terms& agreed) {
    const auto after = agreed.instalments ? PayoutAfter::delivery : PayoutAfter::approval;
    std::vector<PayoutShare> shares{{.share = decimal("0.4")},
                                    {.name = "prototype", .share = decimal("0.35"), .after = after},
                                    {.share = decimal("0.25"), .after = PayoutAfter::delivery, .wait = days{3}}};
    if (random.below(3) == 0) shares[0].wait = days{5};
    return shares;
}
/// What is told of payouts and refunds besides.
CommandBody any_news(Random& random, const Player& play) {
    const PledgeId pledge{1 + static_cast<std::uint64_t>(random.below(
                                  static_cast<std::int64_t>(play.state().book.records.size()) + 1))};
    switch (random.below(6)) {
        case 0:
            return ReportDelivered{};
        case 1:
            return ApproveMilestone{.milestone = "prototype", .decided_by = "Ada"};
        case 2:
            return RejectMilestone{.milestone = "prototype", .decided_by = "Ada"};
        default:
            return ReturnRefund{.pledge = pledge,
                                .amount = random.below(2) == 0
                                              ? std::nullopt
                                              : std::optional(cents(1 + static_cast<std::int64_t>(random.below(9'00)))),
                                .reference = any_reference(random)};
    }
}

/// Claims are dismissed, banks decide, and whoever was waited for comes.
bool unblock(Random& random, Player& play) {
    bool did = false;
    while (play.state().guards.claims.any_open()) {
        if (!tries(play, DismissClaim{play.state().guards.claims.first_open(), "nothing in it", "Ada"})) break;
        did = true;
    }
    for (Handle handle = 0; handle < play.state().book.records.size(); ++handle) {
        const PledgeDetail* detail = play.state().book.detail_of(handle);
        if (detail == nullptr || detail->disputed == 0) continue;
        const PledgeId pledge{play.state().book.pledges.id_of(handle)};
        did = tries(play, CloseDispute{pledge, random.below(2) == 0}) || did;
    }
    did = tries(play, ResumeCampaign{"", "Ada"}) || did;
    did = tries(play, ReportReadyToShip{}) || did;
    if (!play.state().window.has_end()) did = tries(play, CancelCampaign{}) || did;
    did = tries(play, ReportDelivered{}) || did;
    if (random.below(2) == 0) did = tries(play, RejectMilestone{"prototype", "", "Ada"}) || did;
    return tries(play, ApproveMilestone{"prototype", "", "Ada"}) || did;
}

/// Everybody does what is still to be done, until nothing is.
void bring_to_an_end(Random& random, Player& play) {
    for (int round = 0; round < 3'000; ++round) {
        if (unblock(random, play)) continue;
        (void)tries(play, RecordVerification{BackerId{}, "passport", {}, "Ada"});
        const std::vector<Due> items = agenda(play.campaign(), play.now());
        if (items.empty()) return;
        bool did = false;
        Instant next = never;
        for (const Due& item : items) {
            if (item.at > play.now()) {
                next = std::min(next, item.at);
            } else if (item.kind == DueKind::charge) {
                did = tries(play, RecordCharge{item.pledge, random.below(2) == 0, item.instalment});
            } else if (item.kind == DueKind::refund) {
                did = tries(play, RefundPledge{item.pledge, item.amount});
            } else if (item.kind == DueKind::pay_out) {
                did = tries(play, PayOut{item.payout});
            } else if (item.kind == DueKind::resolve_unmatched) {
                did = tries(play, ResolveUnmatched{.unmatched = play.state().unmatched.begin()->first,
                                                   .end = one_of(random, {UnmatchedEnd::sent_back,
                                                                          UnmatchedEnd::to_platform})});
            }
            if (did) break;
        }
        if (did) continue;
        REQUIRE_MESSAGE(next != never, to_text(items.front()));  // it would stand on the agenda for ever
        play.pass(next + 1s);
    }
    FAIL("there is always more to do");
}

/// In a campaign with nothing left to do nobody holds what is another's.
void check_way_out(const Player& play) {
    const auto held = [&](Account account) { return play.state().ledger.balance(account).minor(); };
    CHECK(agenda(play.campaign(), play.now()).empty());
    CHECK(held(Account::disputed) == 0);
    CHECK(held(Account::reserve) == 0);
    CHECK(held(Account::unmatched) == 0);
    if (play.state().succeeded_at && !has_ended_without_success(play.state().phase)) {
        CHECK(held(Account::escrow) == 0);
    } else {
        // Fees that are not returned were advanced.
        const std::int64_t kept = play.state().totals.unmatched_kept;
        CHECK(held(Account::backers) == -kept);
        CHECK(held(Account::creator) == 0);
        // What the platform bears of a dispute that ended before the end is no fee of the campaign.
        std::int64_t tips = 0;
        for (std::size_t i = 0; i < play.state().lines.size(); ++i) {
            const LineTotals& line = play.state().lines[i];
            if (account_of(play.campaign().terms().lines[i]) == Account::platform_fees)
                tips += line.charged - line.returned;
        }
        CHECK(held(Account::platform_fees) <= kept + tips);
        CHECK(held(Account::escrow) == kept - held(Account::processing_fees) - held(Account::tax) -
                                           held(Account::platform_fees) - held(Account::parties));
    }
    CHECK(check(play.campaign()).empty());
}

}  // namespace

TEST_SUITE_BEGIN("campaign");

TEST_CASE("every unit of money has a way out of every end state") {
    std::map<Phase, int> ends;
    int taken_down_with_money = 0, disputes_lost_after_the_end = 0;
    for (std::uint64_t seed = 1; seed <= 400; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        Terms agreed = any_terms(random);
        if (random.below(2) == 0) agreed.model.judged = OutcomeTiming::when_reached;
        if (random.below(2) == 0) agreed.charges.timing = ChargeTiming::at_pledge;
        if (seed % 3 == 0) agreed.payouts.shares = any_shares(random, agreed);
        if (!defects_of(agreed).empty()) continue;
        Player play(agreed, opens);
        for (int step = 0; step < 50; ++step) {
            if (random.below(8) == 0) play.pass(later(random, play.now(), step));
            (void)tries(play, any_command(random, play));
            if (seed % 3 == 0 && random.below(4) == 0) (void)tries(play, any_news(random, play));
            // Charges that are due go through, and banks are asked about them.
            if (random.below(3) != 0) continue;
            const std::vector<Due> items = agenda(play.campaign(), play.now());
            for (const Due& item : items) {
                if (item.kind == DueKind::charge && item.at <= play.now())
                    (void)tries(play, RecordCharge{item.pledge, true, item.instalment});
            }
            const PledgeId pledge{1 + random.below(play.state().book.records.size() + 1)};
            (void)tries(play, OpenDispute{pledge, 1, one_of(random, {DisputeReason::fraud, DisputeReason::reward})});
        }
        if (random.below(3) == 0) {
            const std::int64_t collected = play.state().totals.collected;
            (void)tries(play, RaiseClaim{ClaimId{99}, "Rex", "it", "Ada"});
            const bool upheld = tries(play, UpholdClaim{ClaimId{99}, "a patent", "Ada"});
            if (upheld && collected > 0) ++taken_down_with_money;
        }
        const std::int64_t charged_back = play.state().totals.charged_back;
        const bool has_ended = has_ended_without_success(play.state().phase);
        bring_to_an_end(random, play);
        if (has_ended && play.state().totals.charged_back > charged_back) ++disputes_lost_after_the_end;
        ++ends[play.state().phase];
        check_way_out(play);
    }
    // Lives in which nothing was at stake prove nothing.
    CHECK(ends.size() >= 4);
    CHECK(taken_down_with_money >= 10);
    CHECK(disputes_lost_after_the_end >= 5);
}

TEST_CASE("whatever happens to a campaign, its books agree and its events tell it all") {
    std::map<std::string_view, int> accepted;
    std::set<Phase> ends;
    int refusals = 0, told_again = 0;
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        Terms agreed = any_terms(random);
        if (seed % 3 == 0) agreed.payouts.shares = any_shares(random, agreed);
        Player play(std::move(agreed), opens - Elapsed{random.below(3)});
        Outbox outbox(play);
        std::uint64_t next_id = 1;
        std::vector<CommandBody> reported;
        for (int step = 0; step < 120; ++step) {
            play.pass(later(random, play.now(), step));
            const CommandId id{random.below(3) == 0 ? next_id++ : 0};
            const bool about_payouts = random.below(9) == 0;
            const Command command{.id = id,
                                  .at = play.now(),
                                  .what = about_payouts ? any_news(random, play) : any_command(random, play)};
            CAPTURE(step);
            CAPTURE(name_of(command.what));
            const State before = play.state();
            const auto decision = decide(play.campaign(), command);
            CHECK(play.state() == before);
            if (!decision) {
                ++refusals;
                continue;
            }
            play.does(command.at, command.what, command.id);
            ++accepted[name_of(command.what)];
            if (!reference_of(command.what).empty()) reported.push_back(command.what);
            if (!reported.empty()) {  // webhooks come twice, and late
                CHECK(play.refused(reported[random.below(reported.size())]) ==
                      RejectionCode::reference_already_reported);
                ++told_again;
            }
            check_totals(play.state());
            check_agenda(play);
            outbox.check(play);
            const std::vector<std::string> wrong = check(play.campaign());
            CHECK_MESSAGE(wrong.empty(), (wrong.empty() ? std::string() : wrong.front()));
            if (!id.is_none()) CHECK(decide(play.campaign(), command)->already_done);
            if (step % 20 == 0) CHECK(replay(play.happened()) == play.campaign());
        }
        play.pass(play.now() + days{400});
        CHECK(replay(play.happened()) == play.campaign());
        CHECK(check(play.campaign()).empty());
        check_totals(play.state());
        (void)statement(play.campaign());
        ends.insert(play.state().phase);
    }
    // A machine that never gets anywhere proves nothing.
    CHECK(accepted.size() == std::variant_size_v<CommandBody::variant>);
    for (const auto& [name, count] : accepted) {
        CAPTURE(name);
        CHECK(count >= 10);
    }
    CHECK(ends.size() >= 4);
    CHECK(refusals > 5'000);
    CHECK(told_again > 500);
}

TEST_SUITE_END();

}  // namespace crowdrules::campaign
