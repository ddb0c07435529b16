// SPDX-License-Identifier: BSL-1.0
// Sweep: one scenario under many changes of its terms, a row for each.
//
//   const std::vector<SweepAxis> axes{{"goal", {Node::of("50000.00"), Node::of("100000.00")}},
//                                {"fees.platform.bands[1].rate", {Node::of("5%"), Node::of("8%")}}};
//   for (const SweepPoint& point : grid(axes)) table.push_back(sweep_row(pebble, point));
//
// Every row depends on its own point alone. So rows may be worked out in any order and by any number of threads, and
// those that are known already (by their fingerprint) may be left out.
#pragma once

#include <crowdrules/campaign/statement.hpp>
#include <crowdrules/rulepacks/change.hpp>
#include <crowdrules/stories/campaign/play.hpp>

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace crowdrules {

/// Changes that are made together. Besides the paths of terms there are those of a scenario's conduct:
/// "settlement.failing" and "settlement.mended".
using SweepPoint = std::vector<Change>;

struct SweepAxis {
    std::string path;
    std::vector<Node> values;

    bool operator==(const SweepAxis&) const = default;
};

/// Every combination of the axes' values; the last axis changes fastest. No axes: one point that changes nothing.
[[nodiscard]] std::vector<SweepPoint> grid(std::span<const SweepAxis> axes);

struct SweepRow {
    std::string fingerprint{};  ///< of the scenario so changed; empty where it could not be changed
    Findings findings{};        ///< why there is no statement
    std::optional<campaign::Statement> statement{};  ///< at the end of the play
    std::size_t refusals = 0;                        ///< commands refused that the scenario does not expect to be

    bool operator==(const SweepRow&) const = default;
};

/// 64 hexadecimal digits that differ for scenarios that differ in terms, time line, spreads or conduct.
[[nodiscard]] std::string fingerprint_of(const Scenario& scenario);

/// The scenario with these changes. Refuses: what changed() refuses; a conduct of another kind.
[[nodiscard]] Result<Scenario, Findings> changed(const Scenario& scenario, std::span<const Change> changes);

/// Plays the scenario with these changes. Cost: that of playing it.
[[nodiscard]] SweepRow sweep_row(const Scenario& scenario, std::span<const Change> changes,
                                 const PlayProgress& progress = {});

}  // namespace crowdrules
