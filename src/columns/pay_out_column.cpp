// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/columns/pay_out_column.hpp>
#include <crowdrules/fees/fee_column.hpp>
#include <crowdrules/revenue/balance_payment.hpp>

#include "columns/each_row.hpp"
#include "revenue/payment_figures.hpp"

namespace crowdrules {

Result<void, RowError> pay_out_column(const revenue::DistributionTerms& terms, const BalanceColumns& balances,
                                      const PayOutFigures& figures, const Pause& pause) {
    const std::size_t rows = balances.earned.size();
    expects(revenue::Distribution::of(terms).has_value(), "pay_out_column: terms that Distribution takes");
    expects(fits(balances.carried, rows) && fits(balances.payees, rows) && fits(figures.gross, rows) &&
                fits(figures.fee, rows) && fits(figures.paid, rows) && fits(figures.carried, rows) &&
                fits(figures.reason, rows),
            "pay_out_column: the columns are of equal length, or empty");
    expects(terms.higher_minimums.empty() || rows == 0 || !balances.payees.empty(),
            "pay_out_column: higher minimums of some payees want to know who they are");

    const auto schedule = terms.fee ? std::optional(FeeColumn(*terms.fee)) : std::nullopt;
    const bool adds_tax = terms.fee && terms.fee->tax && !terms.fee->tax->included;
    const auto fee_on = [&](std::int64_t left) {
        if (!schedule) return std::int64_t{0};
        const std::int64_t fee = schedule->fee(left);
        if (!adds_tax) return fee;
        return (Money(fee, terms.currency) + tax_on(*terms.fee, {fee, terms.currency})).minor();
    };
    const bool is_whole = terms.rounding.step == 1;  // as balances of minor units are
    return for_each_row("earned", rows, pause, [&](std::size_t row) -> RowProblem {
        std::int64_t minimum = terms.minimum.minor();
        if (!balances.payees.empty()) {
            const std::int64_t payee = balances.payees[row];
            if (payee < 1)
                return RowError{"payees", row, "payee " + std::to_string(payee) + " is nobody", "numbers from 1"};
            if (!terms.higher_minimums.empty())
                minimum = minimum_of(terms, revenue::PayeeId{static_cast<std::uint64_t>(payee)}).minor();
        }
        std::int64_t balance = balances.earned[row];
        if (!balances.carried.empty() && __builtin_add_overflow(balance, balances.carried[row], &balance))
            return RowError{"earned", row, "what was earned and what was carried together leave 64 bits",
                            "balances within 64 bits"};
        const std::int64_t whole = is_whole ? balance : Money(balance, terms.currency).rounded(terms.rounding).minor();
        const revenue::PaymentFigures payment =
            payment_figures(whole, balance < 0, 0, minimum, terms.rule, terms.fee_borne_by, fee_on);
        put(figures.gross, row, payment.gross);
        put(figures.fee, row, payment.fee);
        put(figures.paid, row, payment.paid);
        put(figures.carried, row, balance - payment.gross);
        put(figures.reason, row, payment.reason);
        return std::nullopt;
    });
}

}  // namespace crowdrules
