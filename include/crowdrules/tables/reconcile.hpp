// SPDX-License-Identifier: BSL-1.0
// Reconcile: a provider's rows against what campaigns have booked, by reference.
//
//   booked   charge ch_1 115.00, fee 3.65; refund re_1 -20.00
//   rows     charge ch_1 115.00, fee 3.70; refund re_1 -20.00; fee txn_9 -2.00
//
//   matched    refund re_1
//   differing  charge ch_1: net -0.05, the fee taken is 3.70, booked is 3.65
//   unknown    fee txn_9: -2.00
//   difference -2.05 = rows 89.30 less booked 91.35 = -0.05 - 2.00
#pragma once

#include <crowdrules/campaign/event.hpp>
#include <crowdrules/tables/provider_rows.hpp>

#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace crowdrules {

/// One movement between a campaign and its provider, as the campaign's ledger has it. Signs are those of a row.
struct BookedMovement {
    MovementKind kind = MovementKind::charge;
    std::string reference{};           ///< the provider's, as it was reported; may be empty
    std::vector<std::string> about{};  ///< of the charges of the same pledge
    Instant at{};
    Money gross;
    Money fee;  ///< with its tax

    [[nodiscard]] Money net() const { return gross - fee; }
    bool operator==(const BookedMovement&) const = default;
};

/// All of one campaign, in order. Expects: the campaign's events, from the first on.
[[nodiscard]] std::vector<BookedMovement> booked_movements(std::span<const campaign::Event> events);

/// One thing that is not the same on both sides, or is on one alone.
struct Difference {
    std::string kind{};       ///< of the movement; of an unknown row, the provider's word for it
    std::string reference{};  ///< empty: it was booked without one
    TextPosition where{};     ///< of the row; of what only was booked, nowhere
    Money told;               ///< the row's net; 0 of what only was booked
    Money booked;             ///< the booked net; 0 of what only is in the rows
    std::string why{};        ///< "the fee taken is 3.70, booked is 3.65"

    [[nodiscard]] Money amount() const { return told - booked; }
    bool operator==(const Difference&) const = default;
};

struct MovementTotal {
    std::size_t rows = 0;
    std::size_t movements = 0;  ///< booked
    Money told;                 ///< net
    Money booked;               ///< net

    bool operator==(const MovementTotal&) const = default;
};

/// Every row and every movement stands in exactly one of the lists, or is matched, repeated or left out.
struct Reconciliation {
    Currency currency;
    std::map<std::string, MovementTotal> totals{};  ///< by kind, unknown ones by the provider's word
    MovementTotal total;                            ///< of all of them
    std::size_t matched = 0;                        ///< movements that the rows tell to the cent
    std::vector<Difference> differing{};
    std::vector<Difference> missing_in_ledger{};    ///< rows of movements that were not booked
    std::vector<Difference> missing_at_provider{};  ///< booked movements that no row tells
    std::vector<Difference> unknown_kind{};         ///< rows of a kind that the shape does not know
    std::size_t repeated = 0;                       ///< rows told again, word for word; each counts once
    MovementTotal left_out;                         ///< of the kinds that were to be left out

    /// Rows less booked: the sum of all that is listed, and 0 where nothing is.
    [[nodiscard]] Money difference() const { return total.told - total.booked; }
    [[nodiscard]] bool agrees() const noexcept {
        return differing.empty() && missing_in_ledger.empty() && missing_at_provider.empty() && unknown_kind.empty();
    }
};

/// Both sides held against each other. A row belongs to what was booked under its reference and kind; one whose
/// reference nobody booked, to a movement of its kind and amount about the same charge.
/// Expects: all amounts in `currency`.
/// Refuses: a reference that names two different amounts of money among the rows; a row that adds to one that is not
/// there; rows whose sums leave 64 bits. Throws Overflow where sums of both sides together do.
[[nodiscard]] Result<Reconciliation> reconcile(std::span<const BookedMovement> booked,
                                               std::span<const ProviderRow> rows, Currency currency,
                                               const std::set<MovementKind>& left_out = {});

}  // namespace crowdrules
