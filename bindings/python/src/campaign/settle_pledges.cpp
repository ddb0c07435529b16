// SPDX-License-Identifier: BSL-1.0
#include "settle_pledges.hpp"

#include <crowdrules/columns/settle_pledges.hpp>

#include "convert.hpp"
#include "interpreter.hpp"
#include <algorithm>
#include <limits>

namespace crowdrules::python {
namespace {

template <class Enum>
std::vector<std::string> names_of(std::size_t count) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < count; ++i) names.emplace_back(to_text(static_cast<Enum>(i)));
    return names;
}

struct PledgeFrame {
    WholeNumbers amounts;
    std::optional<WholeNumbers> rewards, collected;
};

PledgeFrame frame_of(const campaign::Terms& terms, py::handle pledges, const PledgeNames& names) {
    std::vector<Wanted> wanted{{.name = names.amount, .money = terms.currency}};
    const auto want = [&](const std::optional<std::string>& name, Wanted::Kind kind, std::optional<Currency> money) {
        if (!name) return std::size_t{0};
        const bool is_stated = std::ranges::find(names.stated, *name) != names.stated.end();
        wanted.push_back({.name = *name, .money = money, .kind = kind, .required = is_stated});
        return wanted.size() - 1;
    };
    const std::size_t reward = want(names.reward, Wanted::Kind::numbers, {});
    const std::size_t collected = want(names.collected, Wanted::Kind::truths, {});
    want(names.currency, Wanted::Kind::currencies, terms.currency);
    auto columns = columns_of(pledges, wanted);
    for (const auto& other : columns)
        if (other) check_rows(other->name, other->rows, names.amount, columns[0]->rows);
    PledgeFrame frame{std::move(*columns[0]), {}, {}};
    if (reward != 0) frame.rewards = std::move(columns[reward]);
    if (collected != 0) frame.collected = std::move(columns[collected]);
    return frame;
}

/// A column as numbers of our own, which nobody writes to meanwhile. What does not fit says `what` is wrong.
template <class Number>
std::vector<Number> own_numbers(const std::optional<WholeNumbers>& column, std::span<const std::int64_t> values,
                                std::string (*what)(std::int64_t)) {
    std::vector<Number> numbers(values.size());
    for (std::size_t row = 0; row < values.size(); ++row) {
        if (values[row] < 0 || values[row] > std::numeric_limits<Number>::max())
            raise_column_error(column->name, row, what(values[row]));
        numbers[row] = static_cast<Number>(values[row]);
    }
    return numbers;
}

std::span<const std::int64_t> values_of(std::optional<WholeNumbers>& column) {
    return column ? column->whole() : std::span<const std::int64_t>{};
}

/// The name that the caller gave to a column of the engine.
const std::string& name_of(const std::string& column, const PledgeFrame& frame) {
    if (column == "rewards") return frame.rewards->name;
    if (column == "collected") return frame.collected->name;
    return frame.amounts.name;
}

OwnedColumn numbers(const char* name, std::shared_ptr<const Memory<std::int64_t>> values, Currency currency) {
    return {name, OwnedColumn::Numbers{std::move(values)}, currency};
}

}  // namespace

SettledPledges settle_pledges(const campaign::Terms& terms, py::handle pledges, const PledgeNames& by_name) {
    PledgeFrame given = frame_of(terms, pledges, by_name);
    const std::span<const std::int64_t> amounts = given.amounts.whole();
    const auto rewards = own_numbers<std::uint16_t>(given.rewards, values_of(given.rewards), [](std::int64_t value) {
        return "there is no reward " + std::to_string(value);
    });
    const auto collected = own_numbers<std::uint8_t>(
        given.collected, values_of(given.collected),
        [](std::int64_t value) { return std::to_string(value) + " is neither 1 (charged) nor 0 (never charged)"; });

    const std::size_t rows = amounts.size();
    const auto fee = std::make_shared<Memory<std::int64_t>>(rows);
    const auto platform = std::make_shared<Memory<std::int64_t>>(rows);
    const auto net = std::make_shared<Memory<std::int64_t>>(rows);
    const auto outcome = std::make_shared<Memory<std::int8_t>>(rows);
    const auto reason = std::make_shared<Memory<std::int8_t>>(rows);
    Result<campaign::Statement, RowError> statement = [&] {
        const Released released;
        std::vector<RowOutcome> outcomes(rows);
        std::vector<PledgeReason> reasons(rows);
        auto settled = settle(terms, {amounts, rewards, collected},
                              {fee->span(), platform->span(), net->span(), outcomes, reasons});
        const auto code = [](auto value) { return static_cast<std::int8_t>(value); };
        std::transform(outcomes.begin(), outcomes.end(), outcome->span().begin(), code);
        std::transform(reasons.begin(), reasons.end(), reason->span().begin(), code);
        return settled;
    }();
    if (!statement) {
        const RowError& error = statement.error();
        raise_column_error(name_of(error.column, given), error.row, error.what + "; accepted: " + error.accepted);
    }

    Frame frame;
    frame.rows = rows;
    frame.columns.push_back(numbers("fee", fee, terms.currency));
    frame.columns.push_back(numbers("platform_fee", platform, terms.currency));
    frame.columns.push_back(numbers("net", net, terms.currency));
    frame.columns.push_back(names_column("outcome", outcome, names_of<RowOutcome>(row_outcome_count)));
    frame.columns.push_back(names_column("reason", reason, names_of<PledgeReason>(pledge_reason_count)));
    return {std::move(frame), {std::move(*statement), std::make_shared<const campaign::Terms>(terms)}};
}

}  // namespace crowdrules::python
