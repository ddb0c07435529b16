// SPDX-License-Identifier: BSL-1.0
// The terms of a community: its draft in the frame of a pack.
#include "community_rules.hpp"
#include "selection.hpp"
#include <algorithm>
#include <chrono>

namespace crowdrules {

namespace {

using detail::CommunityRules;
using detail::Held;
using detail::Needed;

class TermsMaker {
  public:
    TermsMaker(const RulePack& pack, Date on, const CommunityDraft& draft)
        : draft_(draft),
          on_(on),
          one_day_(pack, {on, on, {std::string(draft.currency.code())}, draft.given, "community"}, findings_),
          all_days_(pack,
                    {on, draft.through.value_or(on), {std::string(draft.currency.code())}, draft.given, "community"},
                    findings_) {}

    Result<community::Terms, Findings> make(std::string record) && {
        one_day_.refuse_unknown();
        one_day_.refuse_reversed(draft_.through);
        for (const auto& parameter : detail::parameters<CommunityRules>()) {
            if (parameter.by != PackParameter::By::channel)
                read(parameter, {});
            else
                for (const std::string& channel : draft_.channels) read(parameter, channel);
        }
        check_rating();
        join(std::move(record));
        // While a value is missing there is nothing to judge.
        if (!has_refusal(findings_))
            for (Finding& defect : defects_of(terms_)) findings_.push_back(std::move(defect));
        if (has_refusal(findings_)) return failure(std::move(findings_));
        return std::move(terms_);
    }

  private:
    [[nodiscard]] bool is_needed(Needed needed) const {
        if (needed == Needed::for_a_fee) return rules_.submission.fee.value_or(0) > 0;
        return needed == Needed::always;
    }

    void read(const detail::Parameter<CommunityRules>& parameter, const std::string& channel) {
        const auto& selection = parameter.path == "royalty.rate" ? all_days_ : one_day_;
        for (const Held& held : selection.of(parameter, is_needed(parameter.needed), channel)) {
            rules_.channel = channel;
            rules_.from = held.from;
            rules_.citation = held.citation;
            detail::read_parameter(parameter, *held.value, draft_.currency, rules_, findings_);
            terms_.sources.insert_or_assign(detail::path_of(parameter, channel), held.citation);
        }
    }

    void check_rating() {
        const auto& rating = rules_.evaluation.rating;
        const auto& bounds = rules_.rating_bounds;
        if (!rating || !bounds || (rating->bar >= bounds->minimum && rating->bar <= bounds->maximum)) return;
        const auto accepted = to_percent(bounds->minimum) + " to " + to_percent(bounds->maximum);
        one_day_.add(FindingKind::forbidden, "evaluation.rating_bounds",
                     "who rates " + to_percent(rating->bar) + " of the ideas counts, but the bar is " + accepted,
                     accepted, citation_of(terms_, "evaluation.rating_bounds"));
    }

    /// All channels stand where the rates do, if that is one place; otherwise each rate is cited alone.
    void cite_channels() {
        std::optional<Citation> all;
        for (const std::string& channel : draft_.channels) {
            const Citation one = citation_of(terms_, "royalty.rate." + channel);
            if (all && *all != one) return;
            all = one;
        }
        if (all) terms_.sources.insert_or_assign("royalty.channels", *all);
    }

    revenue::PayeeId party(const std::string& name, std::string_view rule) {
        if (name.empty()) return {};
        if (name == "company") return draft_.company;
        const auto found = draft_.parties.find(name);
        if (found != draft_.parties.end()) return found->second;
        one_day_.add(FindingKind::missing, "parties." + name,
                     "the rules name '" + name + "', but who that is was not said",
                     "a payee for '" + name + "' among the parties, or 'company'", citation_of(terms_, rule));
        return {};
    }

    void join(std::string record) {
        terms_.title = draft_.title;
        terms_.pack = std::move(record);
        terms_.currency = draft_.currency;
        terms_.submission = rules_.submission;
        terms_.evaluation = rules_.evaluation;
        terms_.influence.unclaimed = {rules_.unclaimed.to, party(rules_.unclaimed.payee, "influence.unclaimed")};
        terms_.influence.units = rules_.units;
        terms_.rights = rules_.rights;
        terms_.rights.company = draft_.company;
        terms_.rights.citation = citation_of(terms_, "rights.assignment");
        for (const std::string& channel : draft_.channels)
            terms_.royalty.channels.push_back({channel, Dated<revenue::RateTerms>(rules_.rates[channel])});
        cite_channels();
        terms_.royalty.rounding = rules_.rounding;
        terms_.payouts.from = draft_.payouts_from.value_or(std::chrono::sys_days(on_));
        terms_.payouts.every = rules_.paid_every;
        terms_.payouts.minimum = rules_.payout_minimum;
        terms_.payouts.rule = rules_.minimum_rule;
        terms_.payouts.hold_days =
            static_cast<std::uint32_t>(std::chrono::duration_cast<std::chrono::days>(rules_.hold).count());
        terms_.payouts.fee = rules_.payout_fee;
    }

    const CommunityDraft& draft_;
    Date on_;
    CommunityRules rules_;
    community::Terms terms_;
    Findings findings_;
    detail::Selection one_day_, all_days_;
};

}  // namespace

Result<community::Terms, Findings> RulePack::community_terms(Date on, const CommunityDraft& draft) const {
    if (kind_ != PackKind::community) return failure(Findings{detail::other_kind(*this, PackKind::community)});
    return TermsMaker(*this, on, draft).make(record(on));
}

}  // namespace crowdrules
