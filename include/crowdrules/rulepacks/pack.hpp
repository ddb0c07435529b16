// SPDX-License-Identifier: BSL-1.0
// Rule pack: what a platform's rules said on every date, as data, each value with the place where it is written.
//
//   auto pack = load_pack("kickstarter").value();
//   auto terms = pack.campaign_terms(date("2012-04-11"), draft);      // Terms, or what the rules say against the draft
//   if (!terms) print(to_text(terms.error()));
//     forbidden: window.days: the campaign lasts 61 days, but 1 day to 60 days are allowed ...
//     missing: fees.processing: not established for GBP; accepted: given."fees.processing" ...
//
// A pack never guesses. What no source establishes for a date, a currency or a country must be given by the draft; an
// inferred value is a value whose citation says that it is inferred.
#pragma once

#include <crowdrules/campaign/terms.hpp>
#include <crowdrules/protocol/node.hpp>
#include <crowdrules/rulepacks/community_draft.hpp>
#include <crowdrules/rulepacks/revenue_terms.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crowdrules {

/// What the rules of a pack are about, and so what can be made of it.
enum class PackKind : std::uint8_t {
    campaign,   ///< Terms
    community,  ///< community::Terms
    revenue,    ///< RevenueTerms
};
[[nodiscard]] std::string_view to_text(PackKind kind) noexcept;

/// What a value holds for; empty: for everything.
struct Scope {
    std::string currency{};  ///< "USD"
    std::string country{};   ///< of the creator: "US"
    std::string channel{};   ///< through which something is sold, or the plan under which: "direct", "pro"

    bool operator==(const Scope&) const = default;
};

/// One value of a parameter and when it holds.
struct PackRow {
    std::string parameter;  ///< its path: "limits.maximum"
    Scope scope;
    Date from;  ///< the first day on which it holds
    bool began_earlier =
        false;                  ///< `from` is only the first day on which it was seen; when it began is not established
    std::optional<Date> until;  ///< the last day on which it was seen, when it changed on an unknown later day
    bool liftable = false;      ///< a campaign may have another value
    Node value;
    Citation citation;
    TextPosition where;

    bool operator==(const PackRow&) const = default;
};

/// What a creator wants.
struct CampaignDraft {
    std::string title;
    std::string country;  ///< of the creator: "US"
    Currency currency = USD;
    std::int64_t goal = 0;  ///< in the measure of the pack's model, which is minor units where nothing else is said
    Window window;          ///< whether the closing instant is in is the pack's rule
    std::vector<campaign::Reward> rewards;
    std::vector<campaign::AddOn> add_ons;
    std::vector<campaign::StretchGoal> stretch_goals;
    bool late_pledges = false;  ///< to be taken after a success
    bool instalments = false;   ///< to be offered
    std::string zone_database;  ///< that resolved the window, for the record
    /// Parameters that the pack does not establish or lets a campaign change, by path: {"limits.maximum", "25000.00"}.
    std::map<std::string, Node, std::less<>> given;

    bool operator==(const CampaignDraft&) const = default;
};

class RulePack {
  public:
    [[nodiscard]] const std::string& name() const noexcept { return name_; }
    [[nodiscard]] PackKind kind() const noexcept { return kind_; }
    [[nodiscard]] const std::string& title() const noexcept { return title_; }
    [[nodiscard]] const std::string& jurisdiction() const noexcept { return jurisdiction_; }
    [[nodiscard]] const std::string& description() const noexcept { return description_; }
    /// All rows, in the order of the file; a row for several currencies, countries or channels is one row for each.
    [[nodiscard]] const std::vector<PackRow>& rows() const noexcept { return rows_; }

    /// The row in force on a date, or null. Only what the parameter depends on is looked at in `scope`.
    [[nodiscard]] const PackRow* row(std::string_view parameter, const Scope& scope, Date on) const;

    /// The terms of a campaign launched on this date. All findings are given at once. Ensures: defects_of(terms) is
    /// empty, and terms.sources names where each rule is written. Refuses also: a pack of another kind.
    [[nodiscard]] Result<campaign::Terms, Findings> campaign_terms(Date on, const CampaignDraft& draft) const;

    /// The terms of a community that invents from this date on. All findings are given at once. Ensures:
    /// defects_of(terms) is empty, and terms.sources names where each rule is written. Refuses also: a pack of another
    /// kind.
    [[nodiscard]] Result<community::Terms, Findings> community_terms(Date on, const CommunityDraft& draft) const;
    /// The terms of a plan that shares revenue from this date on. All findings are given at once. Ensures: what is
    /// there has no defect. Refuses also: a pack of another kind.
    [[nodiscard]] Result<RevenueTerms, Findings> revenue_terms(Date on, const RevenueDraft& draft) const;

    /// The same pack with another value on all dates, to ask 'what if'. A parameter by currency, country or channel
    /// needs that in its scope. Terms made from it say in their `pack` that it was changed.
    [[nodiscard]] Result<RulePack, Findings> with(std::string_view parameter, Node value, Scope scope = {}) const;

    bool operator==(const RulePack&) const = default;

  private:
    RulePack() = default;
    /// "kickstarter, as of 2012-04-11", and what was changed.
    [[nodiscard]] std::string record(Date on) const;

    PackKind kind_ = PackKind::campaign;
    std::string name_, title_, jurisdiction_, description_;
    std::vector<std::string> changed_;
    std::vector<PackRow> rows_;

    friend Result<RulePack, Findings> parse_pack(std::string_view text, const std::string& source);
};

/// A parameter that a pack may set.
struct PackParameter {
    enum class By : std::uint8_t { nothing, currency, country, channel };

    std::string_view path;
    std::string_view value;             ///< what a value looks like
    By by = By::nothing;                ///< what its values depend on
    bool may_be_of_a_currency = false;  ///< a value with amounts in it names their currency
};

/// Every parameter that packs of this kind have, in the order in which they are applied.
[[nodiscard]] std::vector<PackParameter> pack_parameters(PackKind kind);

}  // namespace crowdrules
