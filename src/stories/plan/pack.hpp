// SPDX-License-Identifier: BSL-1.0
// Plan pack: the parts of a plan that have their rules from a rule pack.
//
//   [plan]
//   pack = "steam"                                     # whose rules hold
//   on = 2018-09-30                                    # from which day on
//   through = 2019-12-31                               # the last day of sales, where the time line has none later
//   given = { "royalty.rounding" = "half_even" }       # what the pack does not establish
//   [royalty.game]
//   pack = true                                        # this part has the rules of the pack
//   channels = ["store"]
//   to = "studio"
#pragma once

#include <crowdrules/rulepacks/pack.hpp>

#include "reader.hpp"
#include <map>
#include <optional>
#include <string>

namespace crowdrules::detail {

class PlanPack {
  public:
    /// Loads the pack that the head names, if any; tells what is wrong with the head. The rules must be known for
    /// every day of sales in the time line.
    PlanPack(PlanHeadText head, const Node& node, const Node& timeline, const ReadText& read, PlanReader& values,
             Findings& findings);

    /// Whether the table of a part says that its rules are the pack's.
    [[nodiscard]] static bool is_asked_by(const Node& part);

    bool read_royalty(const Node& node, const std::string& name, const Path& path, RoyaltiesPart& part);
    bool read_split(const Node& node, const Path& path, SplitPart& part);
    bool read_note(const Node& node, const Path& path, NotePart& part);
    bool read_distribution(const Node& node, const Path& path, revenue::DistributionTerms& terms);
    /// What is withheld of somebody of this tax status.
    bool read_tax_status(const Node& node, const Path& path, const std::string& tax_status, revenue::Payee& payee);

    /// "steam, as of 2018-09-30", once something was made of the pack.
    [[nodiscard]] const std::string& record() const noexcept { return record_; }

  private:
    /// What the pack makes of a draft; what it says against it is told once, at `node`.
    std::optional<RevenueTerms> terms(RevenueDraft draft, const Node& node, const Path& path);
    [[nodiscard]] RevenueDraft draft() const;

    PlanHeadText head_;
    PlanReader& values_;
    Findings& findings_;
    std::optional<RulePack> pack_;
    std::string record_;
};

}  // namespace crowdrules::detail
