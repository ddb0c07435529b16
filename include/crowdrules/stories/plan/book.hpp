// SPDX-License-Identifier: BSL-1.0
// Plan book: what became of a plan of revenue: every line that was accepted, what was decided on it, and who was given
// what.
//
//   2012-03-31  contract  period 1    earned 1,240.00   recouped 500.00   payable 740.00    contract -> band 740.00
//   2012-03-31  band      receipt 1   Anna 444.00   Ben 296.00                              band -> Anna 444.00 ...
//
// Entries carry their figures, their movements and why, so that a book that is read back from its journal gives the
// identical statement without the engine that decided it. Every movement goes from one holder to another: all holders
// together, the world outside among them, always hold nothing.
#pragma once

#include <crowdrules/core/result.hpp>
#include <crowdrules/money/money.hpp>
#include <crowdrules/reason/derivation.hpp>
#include <crowdrules/stories/report_style.hpp>
#include <crowdrules/time/instant.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace crowdrules {

/// Where money comes from that a plan shares, and where it goes when it leaves the plan.
inline constexpr std::string_view outside = "outside";

/// An amount, an amount or number below the minor unit, a count, or a word.
using PlanValue = std::variant<Money, Decimal, std::int64_t, std::string>;
/// "1,240.00 USD", "0.3465", "1,500", "repaid".
[[nodiscard]] std::string to_text(const PlanValue& value);

/// What a figure of several entries comes to.
enum class PlanTally : std::uint8_t {
    sum,     ///< earned, paid: all of them
    latest,  ///< outstanding, carried: how it stands
};

struct PlanFigure {
    std::string name;  ///< "earned", "payees.Anna", "steps.debt.claim"
    PlanValue value;
    PlanTally tally = PlanTally::sum;

    bool operator==(const PlanFigure&) const = default;
};

struct PlanMovement {
    std::string from, to;
    Decimal amount;  ///< units; not negative

    bool operator==(const PlanMovement&) const = default;
};

struct PlanEntry {
    Date on;
    std::string part;
    std::string what;          ///< "sale", "period", "receipt", ...
    std::uint32_t number = 0;  ///< of what was decided in the part, from 1; 0: a line on which nothing is decided yet
    std::string line;          ///< of the plan, as text; empty: it follows from the entry before
    std::vector<PlanFigure> figures;
    std::vector<PlanMovement> movements;
    std::vector<Derivation> why;

    bool operator==(const PlanEntry&) const = default;
};

struct PlanBook {
    struct Part {
        std::string name;
        std::string kind;  ///< "royalty", "split", ...
        bool operator==(const Part&) const = default;
    };
    std::string title;
    std::string source;
    Currency currency = USD;
    std::vector<Part> parts;
    std::string terms;  ///< the tables of the plan, as text
    std::vector<PlanEntry> entries;

    bool operator==(const PlanBook&) const = default;
};

/// What every holder has: what came to it less what went from it. Parts that keep something (a reserve, a share in
/// dispute) are holders too. In order of their first movement; they sum to zero.
[[nodiscard]] std::vector<std::pair<std::string, Decimal>> holders(const PlanBook& book);

/// A figure by name: "contract.earned" over all its entries, "contract.2.earned" of what was decided second,
/// "contract.last.earned", "holders.Anna". None for a name that is none.
[[nodiscard]] std::optional<PlanValue> figure(const PlanBook& book, std::string_view name);
/// The names of all figures but those of single entries, in the order of the statement.
[[nodiscard]] std::vector<std::string> figure_names(const PlanBook& book);
/// How a figure came about. Refuses a name that is none, naming the nearest.
[[nodiscard]] Result<Derivation, std::string> explain(const PlanBook& book, std::string_view figure);

/// The statement: each part with a column for what was decided when, and who holds what in the end.
[[nodiscard]] std::string report(const PlanBook& book, ReportStyle style = ReportStyle::plain);
/// The same figures as one JSON object; amounts as text with all their decimals.
[[nodiscard]] std::string report_json(const PlanBook& book, int indent = 2);

/// Gives the journal of a book, a sealed line at a time: its terms, then every entry.
void write_journal(const PlanBook& book, const std::function<void(std::string_view)>& put);

/// Takes such a journal in pieces of any size.
class PlanJournalReader {
  public:
    explicit PlanJournalReader(std::string source = {});
    ~PlanJournalReader();
    PlanJournalReader(PlanJournalReader&&) noexcept;
    PlanJournalReader& operator=(PlanJournalReader&&) noexcept;

    /// Refuses, with the line: what is not a line of a plan's journal; a line that was altered, left out, moved or put
    /// in; an entry of a part that the plan does not have. After an error: the same error.
    Result<void> add(std::string_view piece);
    /// Refuses a journal that was cut off, or that does not begin with a plan.
    [[nodiscard]] Result<PlanBook> finish();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace crowdrules
