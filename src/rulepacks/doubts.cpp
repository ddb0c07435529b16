// SPDX-License-Identifier: BSL-1.0
// Doubts: what a pack that can be read says against itself, or leaves open.
#include <crowdrules/rulepacks/load.hpp>

#include "campaign_rules.hpp"
#include "selection.hpp"
#include <algorithm>
#include <chrono>

namespace crowdrules {

namespace {

using detail::CampaignRules;

Date day_beside(Date day, int days) {
    return std::chrono::sys_days(day) + std::chrono::days(days);
}

class Doubts {
  public:
    explicit Doubts(const RulePack& pack) : pack_(pack) {}

    Findings found() && {
        for (const PackRow& row : pack_.rows()) gap_after(row);
        if (pack_.kind() != PackKind::campaign || pack_.assumes()) return std::move(findings_);
        for (const PackRow& row : pack_.rows()) {
            unreached(row);
            dead_zones(row);
        }
        for (const PackRow& row : pack_.rows())
            if (row.parameter == "fees.processing") all_taken(row);
        return std::move(findings_);
    }

  private:
    void add(FindingKind kind, const PackRow& row, std::string what, std::string accepted) {
        findings_.push_back({kind, row.parameter, std::move(what), std::move(accepted), row.citation, row.where});
    }

    [[nodiscard]] static std::string whom(const PackRow& row) {
        const std::string& who = !row.scope.channel.empty()   ? row.scope.channel
                                 : !row.scope.country.empty() ? row.scope.country
                                                              : row.scope.currency;
        return who.empty() ? "" : " for " + who;
    }

    void gap_after(const PackRow& row) {
        if (!row.until || row.ended) return;
        const PackRow* next = nullptr;
        for (const PackRow& other : pack_.rows())
            if (other.parameter == row.parameter && other.scope == row.scope && other.from > row.from &&
                (!next || other.from < next->from))
                next = &other;
        const Date first = day_beside(*row.until, 1);
        if (next && next->from <= first) return;
        add(FindingKind::remark, row,
            "nothing is established" + whom(row) + " from " + to_text(first) + " on" +
                (next ? ", until " + to_text(day_beside(next->from, -1)) : ""),
            "a row for these days, or a value that each campaign gives");
    }

    /// Whether some country has this currency on offer while the row holds; true where the pack does not say.
    [[nodiscard]] bool is_offered(const PackRow& row, std::string_view currency) const {
        bool is_told = false;
        for (const PackRow& other : pack_.rows()) {
            if (other.parameter != "currencies") continue;
            is_told = true;
            if (row.until && other.from > *row.until) continue;
            if (other.until && *other.until < row.from) continue;
            if (other.value.items.empty()) return true;
            for (const Node& code : other.value.items)
                if (code.text == currency) return true;
        }
        return !is_told;
    }
    [[nodiscard]] bool has(std::string_view parameter) const {
        return std::any_of(pack_.rows().begin(), pack_.rows().end(),
                           [&](const PackRow& row) { return row.parameter == parameter; });
    }

    void unreached(const PackRow& row) {
        const std::string& currency = row.scope.currency;
        if (!currency.empty() && !is_offered(row, currency))
            add(FindingKind::remark, row, "no campaign reaches it: " + currency + " is on offer nowhere",
                "a row of 'currencies' with it");
        const std::string& country = row.scope.country;
        const bool is_known = country.empty() || !has("currencies") || row.parameter == "currencies" ||
                              std::any_of(pack_.rows().begin(), pack_.rows().end(), [&](const PackRow& other) {
                                  return other.parameter == "currencies" && other.scope.country == country;
                              });
        if (!is_known)
            add(FindingKind::remark, row, "no campaign reaches it: nothing is on offer in " + country,
                "a row of 'currencies' for it");
        for (const auto& [part, whole] : {std::pair{"instalments.", "instalments"}, {"payouts.later", "late_pledges"}})
            if (row.parameter.starts_with(part) && !has(whole))
                add(FindingKind::remark, row, std::string("no campaign reaches it: there is no row of '") + whole + "'",
                    std::string("a row of '") + whole + "'");
    }

    /// What a row comes to. Nothing in `currency`: it has no amounts.
    [[nodiscard]] static std::optional<CampaignRules> rules_of(const PackRow& row, std::optional<Currency> currency) {
        CampaignRules rules;
        Findings unheard;
        for (const auto& parameter : detail::parameters<CampaignRules>())
            if (parameter.path == row.parameter &&
                detail::read_parameter(parameter, row.value, currency, rules, unheard))
                return rules;
        return std::nullopt;
    }

    void dead_zones(const PackRow& row) {
        if (row.parameter != "fees.processing") return;
        const auto currency = Currency::iso(row.scope.currency);
        const auto rules = currency ? rules_of(row, *currency) : std::nullopt;
        if (!rules) return;
        const FeeSchedule& fee = rules->terms.fees.processing;
        for (const FeeBand& band : fee.bands) {
            if (band.from < 2) continue;
            const Money below(band.from - 1, *currency), at(band.from, *currency);
            const Money left_below = below - fee_on(fee, below), left_at = at - fee_on(fee, at);
            if (left_at >= left_below) continue;
            add(FindingKind::remark, row,
                "who pays " + to_text(at) + " leaves the creator " + to_text(left_at) + ", and who pays " +
                    to_text(below) + " leaves " + to_text(left_below),
                "a fee by which more is never less");
        }
    }

    /// Where the platform's fee and that of each charge together leave the creator nothing.
    void all_taken(const PackRow& processing) {
        const auto of_charge = [&] {
            const auto currency = Currency::iso(processing.scope.currency);
            return rules_of(processing, currency ? std::optional(*currency) : std::nullopt);
        }();
        for (const PackRow& platform : pack_.rows()) {
            if (platform.parameter != "fees.platform" || !of_charge) continue;
            if ((platform.until && *platform.until < processing.from) ||
                (processing.until && *processing.until < platform.from))
                continue;
            const auto of_platform = rules_of(platform, std::nullopt);
            if (!of_platform) continue;
            for (const FeeBand& a : of_platform->terms.fees.platform.bands)
                for (const FeeBand& b : of_charge->terms.fees.processing.bands) {
                    if (a.rate + b.rate < Decimal{1}) continue;
                    return add(FindingKind::forbidden, processing,
                               to_percent(b.rate) + " of each charge and " + to_percent(a.rate) +
                                   " of the whole leave the creator nothing",
                               "fees that together stay below 100%");
                }
        }
    }

    const RulePack& pack_;
    Findings findings_;
};

}  // namespace

Findings doubts_of(const RulePack& pack) {
    return Doubts(pack).found();
}

}  // namespace crowdrules
