// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/columns/share_column.hpp>

#include "columns/each_row.hpp"
#include "money/running_split.hpp"
#include "revenue/split_shares.hpp"

namespace crowdrules {

namespace {

/// For each split, the place of the payee of each of its shares.
std::vector<std::vector<std::size_t>> payee_columns(const revenue::SplitHistory& history) {
    Places<revenue::PayeeId> payees;
    std::vector<std::vector<std::size_t>> columns;
    for (const auto& row : history.rows()) {
        columns.emplace_back();
        for (const revenue::Share& share : explicit_shares(row.value)) columns.back().push_back(payees[share.payee]);
    }
    return columns;
}

/// What one split of the plainest kind (on the running total, without fees) has shared so far.
struct PlainStream {
    explicit PlainStream(const DatedRow<revenue::SplitTerms>& row) : from(row.from) {
        for (const revenue::Share& share : explicit_shares(row.value)) weights.push_back(share.weight);
        total_weight = weight_sum(weights);
        had.assign(weights.size(), 0);
        parts.assign(weights.size(), 0);
    }

    Date from;
    std::vector<Weight> weights;
    std::uint64_t total_weight = 0;
    std::int64_t divided = 0;
    std::vector<std::int64_t> had, parts;
};

bool is_plain(const DatedRow<revenue::SplitTerms>& row) {
    return row.value.dividing == revenue::Dividing::running_total && row.value.fees.empty();
}

Result<void, RowError> share_plainly(const revenue::SplitHistory& history, Currency currency,
                                     const PaymentColumns& income, const ShareFigures& figures, const Pause& pause) {
    const auto columns = payee_columns(history);
    std::vector<PlainStream> streams(history.rows().begin(), history.rows().end());
    return for_each_row("payments", income.payments.size(), pause, [&](std::size_t row) -> RowProblem {
        std::size_t place = 0;
        if (!income.sold_on.empty()) {
            const Date day = day_of(income.sold_on[row]);
            const auto* in_force = history.on(day);
            if (in_force == nullptr) return row_error("payments", row, revenue::no_split_in_force(day));
            place = static_cast<std::size_t>(in_force - history.rows().data());
        }
        PlainStream& stream = streams[place];
        const std::int64_t payment = income.payments[row];
        std::int64_t divided = 0;
        if (__builtin_add_overflow(stream.divided, payment, &divided))
            return RowError{"payments", row, "all payments together leave 64 bits", "payments within 64 bits"};
        if (divided < 0)
            return row_error(
                "payments", row,
                revenue::more_than_was_shared({payment, currency}, {stream.divided, currency}, stream.from));
        split_running(divided, stream.weights, stream.total_weight, stream.had, stream.parts);
        stream.divided = divided;
        for (std::size_t i = 0; i < stream.parts.size(); ++i) {
            stream.had[i] += stream.parts[i];
            add(figures.payees, columns[place][i], row, stream.parts[i]);
        }
        return std::nullopt;
    });
}

Result<void, RowError> share_in_words(const revenue::SplitHistory& history, Currency currency,
                                      const PaymentColumns& income, const ShareFigures& figures, const Pause& pause) {
    Places<std::string> fees;
    for (const std::string& name : fee_names(history)) fees[name];
    const auto columns = payee_columns(history);
    revenue::Sharing sharing = revenue::Sharing::of(history, currency).value();
    const Date first = history.rows().front().from;
    return for_each_row("payments", income.payments.size(), pause, [&](std::size_t row) -> RowProblem {
        const Date day = income.sold_on.empty() ? first : day_of(income.sold_on[row]);
        const auto shared = sharing.share({}, day, Money(income.payments[row], currency));
        if (!shared) return row_error("payments", row, shared.error());
        for (const revenue::FeeTaken& fee : shared->fees) add(figures.fees, fees[fee.name], row, fee.paid.minor());
        const auto& places = columns[static_cast<std::size_t>(history.on(day) - history.rows().data())];
        for (std::size_t i = 0; i < places.size(); ++i)
            add(figures.payees, places[i], row, shared->parts[i].amount.minor());
        put(figures.undivided, row, shared->undivided.minor());
        return std::nullopt;
    });
}

}  // namespace

std::vector<std::string> fee_names(const revenue::SplitHistory& history) {
    Places<std::string> names;
    for (const auto& row : history.rows())
        for (const revenue::TopFee& fee : row.value.fees) names[fee.schedule.name];
    return std::move(names).all();
}

std::vector<revenue::PayeeId> payees_of(const revenue::SplitHistory& history) {
    Places<revenue::PayeeId> payees;
    for (const auto& row : history.rows())
        for (const revenue::Share& share : explicit_shares(row.value)) payees[share.payee];
    return std::move(payees).all();
}

Result<void, RowError> share_column(const revenue::SplitHistory& history, Currency currency,
                                    const PaymentColumns& income, const ShareFigures& figures, const Pause& pause) {
    const std::size_t rows = income.payments.size();
    expects(!history.rows().empty() && revenue::Sharing::of(history, currency).has_value(),
            "share_column: a history that Sharing takes");
    expects(history.rows().size() == 1 || rows == 0 || !income.sold_on.empty(),
            "share_column: several splits want to know on which day each payment was sold");
    expects(fits(income.sold_on, rows) && fits(figures.undivided, rows) &&
                fit(figures.fees, fee_names(history).size(), rows) &&
                fit(figures.payees, payees_of(history).size(), rows),
            "share_column: a column for each fee and payee, all of equal length, or none");
    if (auto problem = no_day("sold_on", income.sold_on)) return failure(std::move(*problem));
    clear(figures.fees);
    clear(figures.payees);
    std::fill(figures.undivided.begin(), figures.undivided.end(), std::int64_t{0});
    const bool plain = std::all_of(history.rows().begin(), history.rows().end(), is_plain);
    return (plain ? share_plainly : share_in_words)(history, currency, income, figures, pause);
}

}  // namespace crowdrules
