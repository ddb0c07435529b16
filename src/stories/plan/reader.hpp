// SPDX-License-Identifier: BSL-1.0
// Plan reader: the values of a plan file, and the names that they call each other by.
#pragma once

#include "plan_text.hpp"
#include <algorithm>
#include <map>
#include <protocol/document.hpp>
#include <string>
#include <vector>

namespace crowdrules::detail {

/// A rule that has no dated rows holds from this day on.
inline constexpr Date always_from{std::chrono::year{1900}, std::chrono::January, std::chrono::day{1}};

/// Reads the tables that are parts, and remembers whom they name.
class PlanReader {
  public:
    PlanReader(Currency currency, Findings& findings) : currency_(currency), reader_({currency}, findings) {}

    [[nodiscard]] Reader& reader() noexcept { return reader_; }
    [[nodiscard]] Currency currency() const noexcept { return currency_; }
    [[nodiscard]] Money money(std::int64_t minor) const noexcept { return {minor, currency_}; }
    [[nodiscard]] std::optional<Money> money(const std::optional<std::int64_t>& minor) const {
        return minor ? std::optional(money(*minor)) : std::nullopt;
    }

    // ------------------------------------------------------------------------------------------------------- names

    /// The id of a payee, backer or project of this name, who is known from then on.
    revenue::PayeeId payee(const std::string& name);
    /// The same for somebody who must be known already; tells what is wrong otherwise.
    revenue::PayeeId known_payee(const std::string& name, const Node& node, const Path& path);
    [[nodiscard]] const std::vector<std::string>& names() const noexcept { return names_; }
    /// "payee 7" in a text becomes the name of payee 7.
    [[nodiscard]] static std::string with_names(std::string text, const std::vector<std::string>& names);

    // ------------------------------------------------------------------------------------------------------- parts

    bool read_royalty(const Node& node, const std::string& name, const Path& path, RoyaltiesPart& part);
    bool read_split(const Node& node, const Path& path, SplitPart& part);
    bool read_waterfall(const Node& node, const Path& path, WaterfallPart& part);
    bool read_fund(const Node& node, const Path& path, FundPart& part);
    bool read_note(const Node& node, const Path& path, NotePart& part);
    bool read_match(const Node& node, const Path& path, MatchPart& part);
    bool read_quadratic(const Node& node, const Path& path, QuadraticPart& part);
    bool read_crowdmatch(const Node& node, const Path& path, CrowdmatchPart& part);
    bool read_distribution(const Node& node, const Path& path, revenue::DistributionTerms& terms);
    bool read_payee(const Node& node, const std::string& name, const Path& path, revenue::Payee& payee,
                    std::map<revenue::PayeeId, Money>& higher_minimums, std::string& tax_status);

    /// One row of a split; `text` has been read from `node`.
    bool take_split(const SplitRowText& text, const Node& node, const Path& path, revenue::SplitTerms& terms);
    /// Shares as a table of names and weights, in the order in which they stand in the file.
    bool read_shares(const Node& node, const Path& path, std::vector<revenue::Share>& shares, Weight& whole);
    /// Amounts by payee, in the order in which they stand in the file.
    bool read_amounts(const Node& node, const Path& path, std::vector<std::pair<revenue::PayeeId, Money>>& amounts);

  private:
    struct Weighed {
        std::string name;
        Decimal weight;
    };
    bool read_weights(const Node& node, const Path& path, std::vector<Weighed>& weights);
    bool read_rows(const Node& node, const Path& path, revenue::SplitHistory& history);
    bool read_steps(const WaterfallText& text, const Node& node, const Path& path, revenue::WaterfallTerms& terms);
    bool take_claim(const StepText& text, const Node& node, const Path& path, revenue::WaterfallStep& step);
    bool take_rate(const RateText& text, const Node& node, const Path& path, DatedRow<revenue::RateTerms>& row);
    bool take_channels(const std::vector<ChannelText>& texts, const Node& node, const Path& path,
                       std::vector<revenue::RoyaltyChannel>& channels);
    static bool is_blank(const RateText& text);
    FeeSchedule schedule(const PlanFeeText& text) const;

    Currency currency_;
    Reader reader_;
    std::vector<std::string> names_;
    std::map<std::string, revenue::PayeeId> ids_;
};

/// The items of a table in the order in which they stand in the file.
[[nodiscard]] inline std::vector<std::size_t> order_of(const Node& table) {
    std::vector<std::size_t> order(table.items.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        const TextPosition &x = table.keys[a].where, &y = table.keys[b].where;
        return std::pair(x.line, x.column) < std::pair(y.line, y.column);
    });
    return order;
}

}  // namespace crowdrules::detail
