// SPDX-License-Identifier: BSL-1.0
// Provider rows: what a payment provider's file of movements says, row by row.
//
//   balance_transaction_id,created,currency,gross,fee,net,reporting_category,charge_id
//   txn_1,2026-06-01 10:00:00,usd,115.00,3.65,111.35,charge,ch_1
//
// Every provider has columns and words of its own. A shape says what they mean; it is data, a small TOML file, and
// those of Stripe, PayPal and Adyen are built in, each with the place where it is written (src/tables/shapes).
#pragma once

#include <crowdrules/core/result.hpp>
#include <crowdrules/money/money.hpp>
#include <crowdrules/reason/finding.hpp>
#include <crowdrules/time/instant.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crowdrules {

/// What moves money between a campaign and its payment provider.
enum class MovementKind : std::uint8_t {
    charge,           ///< taken from a backer
    refund,           ///< given back to a backer
    dispute,          ///< taken back by a bank, with the provider's fee
    dispute_won,      ///< returned by the bank
    dispute_lost,     ///< what the provider returns of its fee all the same
    payout,           ///< to the creator
    payout_return,    ///< back from the creator's bank
    reserve_release,  ///< to the creator, out of what was held back
    unmatched,        ///< with nothing that it is about; found by its reference, whatever the provider calls it
    unmatched_return, ///< sent back
};

[[nodiscard]] std::string_view to_text(MovementKind kind) noexcept;

/// What a row does to a movement that another row tells, with the same reference.
enum class RowAdds : std::uint8_t {
    nothing,  ///< it tells a movement of its own
    amount,   ///< its gross and fee are added: what was not captured of a charge
    fee,      ///< all of it is a fee: the fee of a chargeback in a row of its own
};

[[nodiscard]] std::string_view to_text(RowAdds adds) noexcept;

/// One row. Amounts are positive when they come in, a fee when it is taken: net is gross less fee.
struct ProviderRow {
    std::optional<MovementKind> kind{};  ///< none: a kind that the shape does not know
    std::string called{};                ///< the provider's word for the kind
    RowAdds adds = RowAdds::nothing;
    std::string reference{};  ///< the provider's, of this movement
    std::string about{};      ///< the provider's, of the charge that it is about
    std::optional<Instant> at{};
    Money gross;
    Money fee;
    TextPosition where{};  ///< of the reference

    [[nodiscard]] Money net() const { return gross - fee; }
    bool operator==(const ProviderRow&) const = default;
};

/// Where an amount stands: the sum of some columns, less that of others.
struct AmountShape {
    std::vector<std::string> plus{};   ///< columns that are added; those that are empty or missing are 0
    std::vector<std::string> minus{};  ///< columns that are taken off
    std::string direction{};           ///< a column that says whether the amount is positive; none: its sign does
    std::string positive{};            ///< what it then says of a positive amount
    std::string negative{};            ///< what it says of a negative one
};

/// What a provider's word for a kind means.
struct KindShape {
    MovementKind is = MovementKind::charge;
    RowAdds adds = RowAdds::nothing;       ///< what such a row adds to another one
    std::vector<std::string> reference{};  ///< columns, where they are other ones than those of the shape
};

/// What the columns and words of a file mean.
struct RowShape {
    std::string shape{};   ///< its name
    std::string title{};   ///< of the files that have it
    std::string source{};  ///< where the columns are written
    std::string read{};    ///< when that was read
    Evidence evidence = Evidence::official;  ///< how good the source is
    std::string header{};  ///< the first field of the line with the column names; none: it is the first line
    std::string body{};    ///< the first field of the lines that are rows; none: all lines after the header are
    bool minor_units = false;  ///< amounts are whole numbers of minor units, "11500", and not "115.00"
    std::string instants{};    ///< how instants are written, in UTC where Z is not in it: "YYYY-MM-DD hh:mm:ss Z"
    std::string at{};          ///< the column of the instant; none: rows have none
    std::string kind{};        ///< the column of the kind
    std::vector<std::string> reference{};  ///< columns of the reference; the first that is there and not empty has it
    std::vector<std::string> about{};      ///< columns of the charge's reference, in the same way
    std::vector<std::string> currency{};   ///< columns of currencies, all of which must be the campaign's
    AmountShape gross{};  ///< where the gross amount stands; where it is empty in a row it is net and fee together
    AmountShape fee{};    ///< where the fee stands
    std::optional<AmountShape> net{};  ///< where the net amount stands: it is held against gross and fee
    std::map<std::string, KindShape> kinds{};  ///< by the provider's word; "T00*" is every word that begins with T00
};

/// Reads a shape. Refuses what is no such file; a kind or column that nothing could be read from.
[[nodiscard]] Result<RowShape, Findings> parse_row_shape(std::string_view text, const std::string& source);
/// "adyen", "paypal", "stripe".
[[nodiscard]] std::vector<std::string> row_shape_names();
/// One that is built in. Refuses a name that is none, listing those there are.
[[nodiscard]] Result<RowShape, Findings> load_row_shape(std::string_view name);

/// The rows of a file, in its order. Refuses, with line and column: what parse_csv refuses; a missing column, all of
/// them at once; amounts and instants that are none; another currency than `currency`; a row without an
/// amount, or whose net is not its gross less its fee.
[[nodiscard]] Result<std::vector<ProviderRow>> read_provider_rows(std::string_view text, const RowShape& shape,
                                                                  Currency currency, std::string_view source = {});

}  // namespace crowdrules
