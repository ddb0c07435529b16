// SPDX-License-Identifier: BSL-1.0
// Selection: which values of a pack hold for one draft: those in force, what the draft gives instead, and findings
// about what is missing or may not be given.
//
//   Selection selection(pack, {.on = on, .through = on, .scope = {"USD", "US"}, .given = draft.given}, findings);
//   for (const Held& held : selection.of(parameter, true)) ...          one value, or none and a finding
//
// Asked for a stretch of days it answers with every value that holds in it, in order, so that what is sold under one
// row and what is sold under the next each have their own.
#pragma once

#include "parameter.hpp"

namespace crowdrules::detail {

/// Whether a row is one of `parameter` that holds in `scope`. Only what the parameter depends on is looked at.
[[nodiscard]] bool applies(const PackRow& row, const ParameterHead& parameter, const Scope& scope);
/// Whether a row and a value for `scope` would hold for the same.
[[nodiscard]] bool collides(const PackRow& row, const ParameterHead& parameter, const Scope& scope);

/// The rows around a date.
struct Around {
    const PackRow* before = nullptr;  ///< the latest that began by then
    const PackRow* after = nullptr;   ///< the next one

    [[nodiscard]] const PackRow* in_force(Date on) const;
};
[[nodiscard]] Around rows_around(const std::vector<PackRow>& rows, const ParameterHead& parameter, const Scope& scope,
                                 Date on);

/// A value and since when it holds.
struct Held {
    Date from;
    const Node* value = nullptr;
    Citation citation;
    bool is_carried = false;  ///< the platform is seen to have it on another day, and it was assumed for this one
};

class Selection {
  public:
    using Given = std::map<std::string, Node, std::less<>>;
    struct For {
        Date on;
        Date through;  ///< the last day that matters; `on` where one value is wanted
        Scope scope;
        const Given& given;
        std::string_view whose;             ///< own terms they are: "campaign"
        const RulePack* assumed = nullptr;  ///< a set of assumptions
    };

    Selection(const RulePack& pack, For draft, Findings& findings)
        : pack_(pack), draft_(std::move(draft)), findings_(findings) {}

    /// Refuses what was given for no parameter.
    void refuse_unknown() const;
    /// Refuses a last day of sales before the first.
    void refuse_reversed(std::optional<Date> through) const;

    /// The values of a parameter, for one channel where it depends on that. With none, and where it is needed, that is
    /// told.
    [[nodiscard]] std::vector<Held> of(const ParameterHead& parameter, bool needed,
                                       std::string_view channel = {}) const;

    void add(FindingKind kind, std::string_view rule, std::string what, std::string accepted, Citation citation = {},
             TextPosition where = {}) const;

  private:
    [[nodiscard]] Citation agreed(const Node& value) const;
    [[nodiscard]] std::optional<Held> assumed(const ParameterHead& parameter, bool needed, const Scope& scope,
                                              const Around& around, Date day) const;
    [[nodiscard]] bool is_not_on_offer(const ParameterHead& parameter, const Around& around) const;
    void refuse_change(const std::string& path, const PackRow& row, const Node& value) const;
    void miss(const ParameterHead& parameter, const std::string& path, const Scope& scope, Date day) const;
    [[nodiscard]] std::string offered(const ParameterHead& parameter, Date day, const PackRow* after) const;

    const RulePack& pack_;
    For draft_;
    Findings& findings_;
};

/// What a value of a parameter looks like, to be pasted after its name, with amounts as the currency writes them.
[[nodiscard]] std::string example_of(const ParameterHead& parameter, std::string_view currency);

/// The path under which a value for a channel is given and cited: "royalty.rate.direct".
[[nodiscard]] std::string path_of(const ParameterHead& parameter, std::string_view channel);

/// A finding about a rule, without a place.
[[nodiscard]] Finding malformed(std::string_view rule, std::string what, std::string accepted);
/// What is said to somebody who wants terms of another kind than the pack has.
[[nodiscard]] Finding other_kind(const RulePack& pack, PackKind wanted);

}  // namespace crowdrules::detail
