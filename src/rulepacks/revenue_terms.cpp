// SPDX-License-Identifier: BSL-1.0
// The terms of a plan that shares revenue: its draft in the frame of a pack.
#include "core/listed.hpp"
#include "revenue_rules.hpp"
#include "selection.hpp"
#include <algorithm>
#include <ranges>
#include <set>
#include <utility>

namespace crowdrules {

namespace {

using detail::Held;
using detail::Needed;
using detail::PartyFee;
using detail::RevenueRules;

bool has_split(const RevenueDraft& draft) {
    return !draft.shares.empty() || !draft.parties.empty();
}

bool is_needed(Needed needed, const RevenueDraft& draft) {
    switch (needed) {
        case Needed::always:
            return true;
        case Needed::for_royalties:
            return !draft.accounts.empty();
        case Needed::for_split:
            return has_split(draft);
        case Needed::for_note:
            return !draft.holders.empty();
        case Needed::for_payouts:
            return draft.payouts;
        case Needed::for_withholding:
            return std::any_of(draft.payees.begin(), draft.payees.end(),
                               [](const DraftPayee& payee) { return !payee.tax_status.empty(); });
        default:
            return false;
    }
}

/// Whether several rows of a parameter can hold side by side: what is sold under one keeps it.
bool is_history(std::string_view path) {
    return path == "royalty.rate" || path == "split.shares" || path == "split.fees";
}

/// The row in force on a day, of rows in order.
template <class T>
const T* on(const std::vector<DatedRow<T>>& rows, Date day) {
    const T* found = nullptr;
    for (const auto& row : rows)
        if (row.from <= day) found = &row.value;
    return found;
}

class TermsMaker {
  public:
    TermsMaker(const RulePack& pack, Date on, const RevenueDraft& draft)
        : pack_(pack),
          draft_(draft),
          on_(on),
          one_day_(pack, {on, on, {std::string(draft.currency.code()), {}, {}}, draft.given, "plan"}, findings_),
          all_days_(pack,
                    {on, draft.through.value_or(on), {std::string(draft.currency.code()), {}, {}}, draft.given, "plan"},
                    findings_) {}

    Result<RevenueTerms, Findings> make(std::string record) && {
        one_day_.refuse_unknown();
        one_day_.refuse_reversed(draft_.through);
        find_channels();
        for (const auto& parameter : detail::parameters<RevenueRules>()) {
            const bool needed =
                is_needed(parameter.needed, draft_) || (parameter.path == "split.shares" && shares_by_pack());
            if (parameter.by != PackParameter::By::channel) {
                read(parameter, needed, {});
                continue;
            }
            for (const std::string& channel : channels_) read(parameter, needed, channel);
        }
        terms_.pack = std::move(record);
        terms_.currency = draft_.currency;
        if (!draft_.accounts.empty()) make_royalties();
        if (has_split(draft_)) make_split();
        if (!draft_.holders.empty()) make_note();
        if (draft_.payouts) make_payouts();
        make_payees();
        terms_.support = std::move(rules_.support);
        if (has_refusal(findings_)) return failure(std::move(findings_));
        return std::move(terms_);
    }

  private:
    /// Whether the pack says who shares: then it must do so for every day.
    [[nodiscard]] bool shares_by_pack() const {
        const auto& rows = pack_.rows();
        return has_split(draft_) && draft_.shares.empty() &&
               std::any_of(rows.begin(), rows.end(),
                           [](const PackRow& row) { return row.parameter == "split.shares"; });
    }

    /// The channels that get their rates from the pack.
    void find_channels() {
        for (const revenue::RoyaltyAccount& account : draft_.accounts)
            for (const revenue::RoyaltyWork& work : account.works)
                for (const revenue::RoyaltyChannel& channel : work.channels) {
                    if (channel.rates.rows().empty()) {
                        channels_.insert(channel.name);
                        continue;
                    }
                    const Scope scope{std::string(draft_.currency.code()), {}, channel.name};
                    if (const PackRow* row = pack_.row("royalty.rate", scope, on_))
                        one_day_.add(FindingKind::forbidden, "royalty.rate." + channel.name,
                                     "'" + work.name + "' has rates of its own for '" + channel.name +
                                         "', but the pack has some too",
                                     "a channel without rates, or another name for it", row->citation);
                }
    }

    void read(const detail::Parameter<RevenueRules>& parameter, bool needed, const std::string& channel) {
        const auto& selection = is_history(parameter.path) ? all_days_ : one_day_;
        for (const Held& held : selection.of(parameter, needed, channel)) {
            rules_.channel = channel;
            rules_.from = held.from;
            rules_.citation = held.citation;
            detail::read_parameter(parameter, *held.value, draft_.currency, rules_, findings_);
            terms_.sources.insert_or_assign(detail::path_of(parameter, channel), held.citation);
        }
    }

    [[nodiscard]] Citation source(std::string_view path) const {
        const auto found = terms_.sources.find(path);
        return found == terms_.sources.end() ? Citation{} : found->second;
    }

    void refuse(std::string rule, std::string what, std::string accepted) {
        const Citation citation = source(rule);
        one_day_.add(FindingKind::forbidden, rule, std::move(what), std::move(accepted), citation);
    }

    /// Takes over what the floor below says against terms; while a value is missing there is nothing to judge.
    template <class Terms>
    void judge(const Terms& terms) {
        if (has_refusal(findings_)) return;
        for (Finding& defect : defects_of(terms)) findings_.push_back(std::move(defect));
    }

    void refuse_out_of_bounds(const std::string& path, const std::string& whose, const Decimal& value,
                              const detail::Bounds& bounds) {
        if (value >= bounds.minimum && value <= bounds.maximum) return;
        refuse(path,
               whose + " is " + to_text(value) + ", but it may be " + to_text(bounds.minimum) + " to " +
                   to_text(bounds.maximum),
               to_text(bounds.minimum) + " to " + to_text(bounds.maximum));
    }

    void make_royalties() {
        for (const auto& [channel, bounds] : rules_.rate_bounds)
            for (const auto& row : rules_.rates[channel])
                for (const revenue::RateTier& tier : row.value.tiers)
                    refuse_out_of_bounds("royalty.rate_bounds." + channel, "the rate for '" + channel + "'", tier.rate,
                                         bounds);
        revenue::RoyaltyTerms royalties{draft_.currency, draft_.accounts, rules_.rounding,
                                        rules_.rounded,  rules_.reserve,  rules_.guarantee};
        for (revenue::RoyaltyAccount& account : royalties.accounts) {
            if (!account.cap) account.cap = rules_.cap;
            for (revenue::RoyaltyWork& work : account.works)
                for (revenue::RoyaltyChannel& channel : work.channels)
                    if (channel.rates.rows().empty())
                        channel.rates = Dated<revenue::RateTerms>(rules_.rates[channel.name]);
        }
        judge(royalties);
        terms_.royalties = std::move(royalties);
    }

    /// Who a name of the pack is.
    revenue::PayeeId party(const std::string& name, std::string_view rule) {
        const auto found = draft_.parties.find(name);
        if (found != draft_.parties.end()) return found->second;
        if (missed_parties_.insert(name).second)
            one_day_.add(FindingKind::missing, "parties." + name,
                         "the rules pay '" + name + "', but who that is was not said",
                         "a payee for '" + name + "' among the parties", source(rule));
        return {};
    }

    /// A fee as the split takes it. How it is rounded may not be established.
    revenue::TopFee fee_of(const PartyFee& fee) {
        revenue::TopFee taken{fee.schedule, party(fee.to, "split.fees"), fee.after, fee.level, fee.included};
        if (fee.rounding) return taken;
        if (rules_.fee_rounding) {
            taken.schedule.rounding = *rules_.fee_rounding;
        } else if (std::exchange(missed_fee_rounding_, true) == false) {
            one_day_.add(FindingKind::missing, "split.fee_rounding",
                         "how '" + fee.schedule.name + "' is rounded is not established",
                         "given.\"split.fee_rounding\" = \"half_up\", or another mode of rounding",
                         source("split.fees"));
        }
        return taken;
    }

    void make_split() {
        const PackRow* shares_in_force = pack_.row("split.shares", {}, on_);
        if (shares_in_force && !shares_in_force->liftable && !draft_.shares.empty())
            refuse("split.shares",
                   "the plan has shares of its own, but the rules have " + to_text(shares_in_force->value),
                   "no shares, and who the parties are");
        std::set<Date> days{on_};
        for (const auto& row : rules_.shares) days.insert(std::max(row.from, on_));
        for (const auto& row : rules_.fees) days.insert(std::max(row.from, on_));
        std::vector<DatedRow<revenue::SplitTerms>> rows;
        for (const Date day : days) {
            revenue::SplitTerms split;
            Citation citation = source("split.fees");
            split.shares = draft_.shares;
            if (const auto* shares = on(rules_.shares, day); shares && draft_.shares.empty()) {
                for (const auto& [name, weight] : *shares)
                    split.shares.push_back({party(name, "split.shares"), weight});
                citation = source("split.shares");
            }
            split.totalling = rules_.totalling;
            split.whole = rules_.whole;
            if (!rules_.rest.empty()) split.rest = party(rules_.rest, "split.total");
            if (const auto* fees = on(rules_.fees, day))
                for (const PartyFee& fee : *fees) split.fees.push_back(fee_of(fee));
            split.dividing = rules_.dividing;
            split.split = rules_.split;
            judge(split);
            check_limits(split);
            rows.push_back({day, std::move(split), std::move(citation)});
        }
        terms_.split = revenue::SplitHistory(std::move(rows));
    }

    void check_limits(const revenue::SplitTerms& split) {
        if (has_refusal(findings_)) return;  // weights may total anything
        const detail::SplitLimits& limits = rules_.split_limits;
        if (split.shares.size() < limits.payees)
            refuse("split.limits", std::to_string(split.shares.size()) + " who share",
                   std::to_string(limits.payees) + " at least");
        for (const revenue::TopFee& fee : split.fees)
            for (const FeeBand& band : fee.schedule.bands)
                if (limits.fee && band.rate > *limits.fee)
                    refuse("split.limits", "'" + fee.schedule.name + "' takes " + to_percent(band.rate),
                           to_percent(*limits.fee) + " at most");
        Weight total = 0;
        for (const revenue::Share& share : split.shares) {
            total += share.weight;
            if (limits.above_zero && share.weight <= 0)
                refuse("split.limits", to_text(share.payee) + " has a weight of " + std::to_string(share.weight),
                       "more than 0 for everybody");
        }
        if (split.totalling != revenue::Totalling::relative) total = split.whole;
        for (const auto& [name, bounds] : limits.parts) {
            const auto who = draft_.parties.find(name);
            if (who == draft_.parties.end()) continue;
            for (const revenue::Share& share : split.shares) {
                if (share.payee != who->second || total <= 0) continue;
                // weight / total within the bounds, without dividing
                const Decimal weight = Decimal(share.weight), whole = Decimal(total);
                if (weight >= bounds.minimum * whole && weight <= bounds.maximum * whole) continue;
                refuse("split.limits",
                       "'" + name + "' has " + std::to_string(share.weight) + " of " + std::to_string(total),
                       to_percent(bounds.minimum) + " to " + to_percent(bounds.maximum));
            }
        }
    }

    void make_note() {
        if (rules_.note_multiples)
            refuse_out_of_bounds("note.multiple_bounds", "the multiple", rules_.note_multiple, *rules_.note_multiples);
        for (const revenue::NoteHolder& holder : draft_.holders)
            if (rules_.note_holding && holder.invested.currency() == draft_.currency &&
                holder.invested < *rules_.note_holding)
                refuse("note.least_investment",
                       to_text(holder.payee) + " invests " + to_text(holder.invested) + ", below " +
                           to_text(*rules_.note_holding),
                       to_text(*rules_.note_holding) + " at least");
        revenue::NoteTerms note{draft_.holders, rules_.note_share, rules_.note_multiple, rules_.note_rounding};
        note.grace_periods = rules_.grace_periods;
        note.grace = rules_.grace;
        note.misses_allowed = rules_.misses;
        note.matures_after = rules_.maturity;
        note.buy_outs = rules_.buy_outs;
        note.citation = source("note.share");
        judge(note);
        terms_.note = std::move(note);
        terms_.note_every = rules_.note_every;
    }

    void make_payouts() {
        revenue::DistributionTerms payouts{draft_.currency, Money(rules_.payout_minimum, draft_.currency)};
        payouts.rule = rules_.minimum_rule;
        payouts.hold = std::chrono::duration_cast<std::chrono::days>(rules_.hold);
        payouts.rounding = rules_.payout_rounding;
        payouts.fee = rules_.payout_fee;
        if (!has_refusal(findings_))
            if (auto checked = revenue::Distribution::of(payouts); !checked)
                for (Finding& defect : checked.error()) findings_.push_back(std::move(defect));
        terms_.payouts = std::move(payouts);
        terms_.paid_every = rules_.paid_every;
        terms_.paid_after = rules_.paid_after;
    }

    void make_payees() {
        for (const DraftPayee& payee : draft_.payees) {
            terms_.payees.push_back({payee.id, payee.name});
            if (payee.tax_status.empty() || !terms_.sources.contains("withholding")) continue;
            const auto found = rules_.withholding.find(payee.tax_status);
            if (found != rules_.withholding.end()) {
                for (revenue::Withholding one : found->second) {
                    one.rounding = rules_.withholding_rounding;
                    one.citation = source("withholding");
                    terms_.payees.back().withholding.push_back(std::move(one));
                }
                continue;
            }
            const std::string known = detail::listed(std::views::keys(rules_.withholding));
            refuse("withholding", payee.name + " has the tax status '" + payee.tax_status + "', which is none here",
                   "one of " + known);
        }
    }

    const RulePack& pack_;
    const RevenueDraft& draft_;
    Date on_;
    RevenueRules rules_;
    RevenueTerms terms_;
    Findings findings_;
    std::set<std::string> channels_, missed_parties_;
    bool missed_fee_rounding_ = false;
    detail::Selection one_day_, all_days_;
};

}  // namespace

Result<RevenueTerms, Findings> RulePack::revenue_terms(Date on, const RevenueDraft& draft) const {
    if (kind_ != PackKind::revenue) return failure(Findings{detail::other_kind(*this, PackKind::revenue)});
    return TermsMaker(*this, on, draft).make(record(on));
}

}  // namespace crowdrules
