// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/community/terms.hpp>
#include <crowdrules/core/contract.hpp>

#include "rules.hpp"
#include "schema/range.hpp"
#include "time/calendar_bounds.hpp"
#include <community/schema/terms.hpp>

namespace crowdrules::community {
namespace {

class Defects {
  public:
    explicit Defects(const Terms& terms) : terms_(terms) {}

    [[nodiscard]] Findings found() && {
        for (detail::OutOfRange& one : detail::out_of_range(detail::value_of(terms_), terms_.currency))
            add(one.path, std::move(one.what), std::move(one.accepted));
        if (!findings_.empty()) return std::move(findings_);  // nothing can be reckoned with such numbers
        submission();
        take(defects_of(terms_.evaluation), "evaluation");
        influence();
        take(defects_of(terms_.rights), "rights");
        royalty();
        payouts();
        return std::move(findings_);
    }

  private:
    void add(std::string_view rule, std::string what, std::string accepted, FindingKind kind = FindingKind::forbidden) {
        findings_.push_back(
            {kind, std::string(rule), std::move(what), std::move(accepted), citation_of(terms_, rule), {}});
    }
    void missing(std::string_view rule, std::string what, std::string accepted) {
        add(rule, std::move(what), std::move(accepted), FindingKind::missing);
    }
    /// Findings of a part, with the part before their rules.
    void take(Findings findings, std::string_view part) {
        for (Finding& finding : findings) {
            const std::string_view rule = finding.rule;
            const std::size_t point = rule.find('.');
            finding.rule = std::string(part) + (point == std::string_view::npos ? "" : std::string(rule.substr(point)));
            if (finding.citation == Citation{}) finding.citation = citation_of(terms_, finding.rule);
            findings_.push_back(std::move(finding));
        }
    }

    void submission() {
        const SubmissionTerms& submission = terms_.submission;
        if (!submission.fee) {
            missing("submission.fee", "nothing says what handing in an idea costs", "an amount, 0 for nothing");
        } else if (*submission.fee > 0 && !submission.refunded_when_infeasible) {
            missing("submission.refunded_when_infeasible",
                    "nothing says whether the fee of an infeasible idea is refunded", "true or false");
        }
    }

    void influence() {
        // The buckets come with each product; one that has everything stands for them.
        take(defects_of(InfluenceTerms{.buckets = {{.name = "all", .share = Decimal(1)}},
                                       .unclaimed = terms_.influence.unclaimed,
                                       .units = terms_.influence.units}),
             "influence");
    }

    void royalty() {
        const CommunityRoyalty& royalty = terms_.royalty;
        if (!royalty.rounding) {
            missing("royalty.rounding", "nothing says how a royalty is brought to whole minor units", "a rounding");
        }
        const revenue::RoyaltyTerms contract{
            .currency = terms_.currency,
            .accounts = {{.name = "community", .works = {{.name = "product", .channels = royalty.channels}}}},
            .rounding = {RoundingMode::half_even}};
        for (Finding& finding : defects_of(contract)) {
            constexpr std::string_view work = "royalty.product";
            if (finding.rule.starts_with(work)) finding.rule = "royalty" + finding.rule.substr(work.size());
            findings_.push_back(std::move(finding));
        }
        for (const revenue::RoyaltyChannel& channel : royalty.channels) {
            for (const DatedRow<revenue::RateTerms>& row : channel.rates.rows()) {
                if (row.value.tiering == revenue::Tiering::whole || row.value.counting == revenue::Counting::period) {
                    add("royalty." + channel.name,
                        "a rate that is applied to earlier sales too, or counts by period, cannot be told sale by sale",
                        "marginal tiers or tiers at the sale, counted over a lifetime or since the row");
                }
            }
        }
    }

    [[nodiscard]] bool leaves_room(const RoyaltyPayouts& payouts) const { return payouts.from <= latest_start(terms_); }
    void payouts() {
        const RoyaltyPayouts& payouts = terms_.payouts;
        if (payouts.from < earliest_instant || payouts.from > latest_instant)
            add("payouts.from", "the first period begins " + crowdrules::to_text(payouts.from),
                "the years 1900 to 9999");
        else if (!leaves_room(payouts))
            add("payouts.every", "what follows the first period would end after the year 9999", "a shorter one");
        const bool by_span = payouts.every.every > Elapsed::zero();
        if (by_span == (payouts.every.months > 0))
            add("payouts.every", "a cadence counts either months or elapsed time", "one of the two, above zero");
        if (!payouts.minimum) {
            missing("payouts.minimum", "nothing says what the least payment is", "an amount, 0 for any");
            return;
        }
        if (auto distribution = revenue::Distribution::of(distribution_of(terms_)); !distribution)
            take(std::move(distribution.error()), "payouts");
    }

    const Terms& terms_;
    Findings findings_;
};

}  // namespace

Citation citation_of(const Terms& terms, std::string_view rule) {
    const auto found = terms.sources.find(rule);
    if (found != terms.sources.end()) return found->second;
    return {.source = "the community's own terms", .read = {}, .evidence = Evidence::agreed};
}

Instant latest_start(const Terms& terms) {
    const RoyaltyPayouts& payouts = terms.payouts;
    return latest_instant - length_of(payouts.every) - std::chrono::days{payouts.hold_days} -
           terms.rights.return_window.value_or(Elapsed::zero());
}

Findings defects_of(const Terms& terms) {
    return Defects(terms).found();
}

revenue::DistributionTerms distribution_of(const Terms& terms) {
    expects(terms.payouts.minimum.has_value(), "distribution_of: sound terms say what the least payment is");
    return {.currency = terms.currency,
            .minimum = {*terms.payouts.minimum, terms.currency},
            .rule = terms.payouts.rule,
            .hold = std::chrono::days{terms.payouts.hold_days},
            .fee = terms.payouts.fee};
}

}  // namespace crowdrules::community
