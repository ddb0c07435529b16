// SPDX-License-Identifier: BSL-1.0
// Distribution: paying out what payees earned: when it is free, when it is enough, less what is withheld and what a
// payment costs.
//
//   minimum 10.00, sales are held for 7 days
//   1 April   Anna earned 7.405     nothing paid, 7.405 carried: below the minimum
//   1 May     Anna earned 5.10      12.50 paid, 0.005 carried
//   1 June    3.00 is taken back    -2.995 carried, shown once, worked off by what she earns next
//
// Amounts below the cent are kept exactly and never cut off sale by sale (Roblox users lost 5,000 in 10,000 small
// sales that way, devforum 289143). What is not paid stays the payee's: it is carried, not forfeited.
// Sources of the choices: antiwork/gumroad (hold, minimum, currency fixed at the sale), lms-front 498 and 521 (what is
// taken back is subtracted once), Doragon-RH/streamhaven (fee by cadence), culturalliberty (paid only above 1.00).
#pragma once

#include <crowdrules/fees/fee_schedule.hpp>
#include <crowdrules/money/exchange.hpp>
#include <crowdrules/reason/derivation.hpp>
#include <crowdrules/reason/finding.hpp>
#include <crowdrules/revenue/payee.hpp>
#include <crowdrules/time/instant.hpp>

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace crowdrules::revenue {

/// Whether exactly the minimum is paid.
enum class MinimumRule : std::uint8_t { at_least, above };

/// Who bears the fee of a payment.
///   206.88 are due, and the payment costs 6.30: the payee gets 200.58, or gets 206.88 and 213.18 leave
enum class FeeBearer : std::uint8_t { payee, payer };
[[nodiscard]] std::string_view to_text(FeeBearer bearer) noexcept;

struct DistributionTerms {
    Currency currency;  ///< of all balances and payments
    Money minimum;      ///< zero for none
    MinimumRule rule = MinimumRule::at_least;
    std::chrono::days hold{0};                   ///< after the sale
    Rounding rounding{RoundingMode::down};       ///< of a balance to a payment; what is cut off is carried
    std::optional<FeeSchedule> fee{};            ///< of a payment, on what is left after withholding
    FeeBearer fee_borne_by = FeeBearer::payee;   ///< whether it is taken off, or on top
    std::map<PayeeId, Money> higher_minimums{};  ///< asked for by the payee, or by the law of their country

    bool operator==(const DistributionTerms&) const = default;
};

/// What an earning says.
enum class EarningKind : std::uint8_t {
    earned,      ///< by a sale
    taken_back,  ///< of a sale that was returned: at most what that sale had earned
    correction,  ///< either way, by agreement or by a change with retroactive effect
};

/// Something earned, or taken back, to the last fraction.
struct Earning {
    PayeeId payee;
    EarningKind kind = EarningKind::earned;
    Decimal amount;                      ///< units; not negative, except in a correction
    Date sold_on;                        ///< also of what is taken back: it is free when the sale would have been
    std::string reference;               ///< of the sale: what is taken back names the same
    std::string source{};                ///< where it was earned, for withholding: "US"
    std::optional<ExchangeRate> rate{};  ///< of the day of the sale, when it was in another currency; never renewed
};

/// Why nothing was paid.
enum class Unpaid : std::uint8_t {
    paid,           ///< it was
    nothing_due,    ///< no balance that is free
    negative,       ///< more was taken back than earned
    below_minimum,  ///< carried until there is enough
    fee_exceeds,    ///< the fee and what is withheld would leave nothing
};
[[nodiscard]] std::string_view to_text(Unpaid reason) noexcept;

struct Withheld {
    Withholding rule;
    Money base;
    Money amount;

    bool operator==(const Withheld&) const = default;
};

/// What happened to one payee since the last statement. Ensures: opening + earned - taken_back + corrected ==
///   gross + carried, and gross == sum of withheld + fee + paid, without a
///   fee that the payer bears.
struct PayeeStatement {
    PayeeId payee;
    std::string name;
    Date on;
    Decimal opening;  ///< carried from the statement before
    Decimal earned;
    Decimal taken_back;  ///< shown on this statement only; what is not covered is in `carried`
    Decimal corrected;
    Decimal on_hold;  ///< in `carried`: not free yet
    Money gross;
    std::vector<Withheld> withheld;
    Money fee;
    Money paid;
    Decimal carried;
    Unpaid reason = Unpaid::paid;

    bool operator==(const PayeeStatement&) const = default;
};

/// The balances of payees, and their statements. Every refusal leaves it as it was.
class Distribution {
  public:
    /// Refuses: a minimum below zero or in another currency; a hold below zero; a defective fee.
    [[nodiscard]] static Result<Distribution, Findings> of(DistributionTerms terms);

    /// Refuses: nobody; a payee that is known; withholding of a rate outside 0% to 100%, or of more than 100% in all.
    Result<void, Finding> add(Payee payee);

    /// Books an earning. Refuses: an unknown payee; an amount below zero; a rate to another currency; more taken
    ///   back than its sale earned.
    Result<void, Finding> book(const Earning& earning);
    /// Takes back a booking, as if it had never been made. Expects: it was booked, and nothing was paid since.
    void unbook(const Earning& earning);

    /// Pays everybody what is due and free on that day: one statement for each payee, in the order they were added.
    /// Refuses: a day before the last.
    Result<std::vector<PayeeStatement>, Finding> pay_out(Date on);
    /// What pay_out would pay, and nothing is changed. Refuses: a day before the last.
    [[nodiscard]] Result<std::vector<PayeeStatement>, Finding> statements(Date on) const;
    /// Pays what `statements` say. Expects: this distribution gave them, and nothing was booked or paid since.
    void pay(std::span<const PayeeStatement> statements);
    /// Pays one payee whatever is free, even below the minimum: for an account that is to be closed.
    /// Refuses: an unknown payee; a day before the last.
    Result<PayeeStatement, Finding> pay_out_below_minimum(PayeeId payee, Date on);

    /// Removes a payee; returns the fraction of a cent that was left.
    /// Refuses: an unknown payee; one who is owed, or owes, a cent or more.
    Result<Decimal, Finding> remove(PayeeId payee);

    /// All that a payee is owed, free or not; negative when they owe. Zero for an unknown payee.
    [[nodiscard]] Decimal balance(PayeeId payee) const;
    [[nodiscard]] const DistributionTerms& terms() const noexcept { return terms_; }

  private:
    using Sources = std::map<std::string, Decimal>;
    struct Account {
        Payee payee;
        Sources free;                                          ///< by source
        std::map<std::pair<Date, std::string>, Decimal> held;  ///< by the day it is free, and source
        std::map<std::string, Decimal> by_reference;           ///< what each sale has earned
        Decimal opening, earned, taken_back, corrected;        ///< since the last statement
    };

    explicit Distribution(DistributionTerms terms) : terms_(std::move(terms)) {}
    [[nodiscard]] Account* find(PayeeId payee);
    [[nodiscard]] Result<void, Finding> check_day(Date on) const;
    /// What is free on that day, by source.
    [[nodiscard]] static Sources free_on(const Account& account, Date on);
    [[nodiscard]] PayeeStatement statement_of(const Account& account, Date on, Money minimum, MinimumRule rule) const;
    static void commit(Account& account, const PayeeStatement& statement);

    DistributionTerms terms_;
    std::vector<Account> accounts_;
    std::unordered_map<std::uint64_t, std::size_t> index_;  ///< by the payee's id
    Date last_{};
};

/// How each figure of a statement came about.
[[nodiscard]] Derivation explain(const PayeeStatement& statement);

}  // namespace crowdrules::revenue
