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
#include <functional>
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

/// Gives the text of a file that a story, a draft or a pack names, or says why it cannot be read. The library itself
/// opens no file: a caller that gives none has only what comes along.
using ReadText = std::function<Result<std::string, std::string>(const std::string& name)>;

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
    bool ended = false;         ///< `until` is the last day of all: the rule is known to have ended then
    bool liftable = false;      ///< a campaign may have another value
    Node value;
    Citation citation;
    TextPosition where;

    bool operator==(const PackRow&) const = default;
};

/// What may happen in a campaign. A rule that decides only about what will not happen is not asked for.
struct Happenings {
    bool pauses = true;
    bool moved_ends = true;  ///< the deadline is moved, or the campaign ends early
    bool cuts = true;        ///< backers cancel, or change what they pledged
    bool refunds = true;
    bool disputes = true;

    bool operator==(const Happenings&) const = default;
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
    /// A set of assumptions that fills what no source establishes and the draft does not give: "usual", or a file;
    /// empty: nothing is assumed.
    std::string assume{};
    Happenings happenings{};  ///< what is known not to happen needs no rule

    bool operator==(const CampaignDraft&) const = default;
};

/// By how good a source the terms of a campaign decide. Rules that a source states in words alone are not counted.
struct RuleCounts {
    std::size_t established = 0;  ///< a pack has it from a source
    std::size_t given = 0;        ///< the draft says it
    std::size_t assumed = 0;      ///< a set of assumptions says it

    bool operator==(const RuleCounts&) const = default;
};
[[nodiscard]] RuleCounts counts_of(const campaign::Terms& terms);
/// The rules that were assumed, by path, each with its value and reason. Empty: none was.
[[nodiscard]] std::map<std::string, Citation, std::less<>> assumed_in(const campaign::Terms& terms);

class RulePack {
  public:
    [[nodiscard]] const std::string& name() const noexcept { return name_; }
    [[nodiscard]] PackKind kind() const noexcept { return kind_; }
    [[nodiscard]] const std::string& title() const noexcept { return title_; }
    [[nodiscard]] const std::string& jurisdiction() const noexcept { return jurisdiction_; }
    [[nodiscard]] const std::string& description() const noexcept { return description_; }
    /// Whether it is a set of assumptions: values that no source establishes, each with its reason as its citation.
    [[nodiscard]] bool assumes() const noexcept { return assumes_; }
    /// Whether such a set takes what a platform is seen to have on another day before a value of its own.
    [[nodiscard]] bool takes_nearest() const noexcept { return nearest_; }
    /// All rows, in the order of the file; a row for several currencies, countries or channels is one row for each.
    [[nodiscard]] const std::vector<PackRow>& rows() const noexcept { return rows_; }

    /// The row in force on a date, or null. Only what the parameter depends on is looked at in `scope`.
    [[nodiscard]] const PackRow* row(std::string_view parameter, const Scope& scope, Date on) const;

    /// The terms of a campaign launched on this date. All findings are given at once; `read` gives the file that
    /// draft.assume may name. Ensures: defects_of(terms) is empty, terms.sources names where each rule is written, and
    /// terms.pack how many values are established, given and assumed. Refuses also: a pack of another kind; with
    /// assumptions a day for which no rule of the platform is known at all.
    [[nodiscard]] Result<campaign::Terms, Findings> campaign_terms(Date on, const CampaignDraft& draft,
                                                                   const ReadText& read = {}) const;

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
    bool assumes_ = false, nearest_ = false;
    std::vector<std::string> changed_;
    std::vector<PackRow> rows_;

    friend struct PackMaker;
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
