// SPDX-License-Identifier: BSL-1.0
// Royalty: what sales earn for somebody: a rate on a stated base, by channel, as in force on the day of the sale.
//
//   direct      30% of gross less discounts and returns      1,000.00 sold, 200.00 returned       240.00
//   wholesale   10% of gross                                 10,000.00 sold                     1,000.00
//   period 1    earned 1,240.00, 10% kept in reserve -124.00, advance recouped -500.00            616.00 payable
//   period 2    nothing sold, reserve of period 1 released                                       124.00 payable
//
// An account works off its own advances: it recoups from the payee's earnings, never from gross, and what is not
// recouped is no debt. Works in one account are cross-collateralised: each pays for the advances of all.
// Where contracts differ (tiers, counting, reserve before or after recoupment, rounding) the choice has a name.
// Sources of the choices: easyroyaltiesusa.com 2011 to 2015 (reserves), andrewlownie.co.uk 2017-06-24 (statements),
// Valve 2018 and Epic 2018 (tiers), blog.bandcamp.com 2010-07-14 (a cliff), blog.threadless.com (floor per unit).
#pragma once

#include <crowdrules/reason/derivation.hpp>
#include <crowdrules/reason/finding.hpp>
#include <crowdrules/revenue/accrual.hpp>
#include <crowdrules/time/dated.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace crowdrules::revenue {

/// What may lie between gross and the base of a royalty.
enum class Deduction : std::uint8_t { discounts, allowances, returns, shipping, tax, costs };
[[nodiscard]] std::string_view to_text(Deduction deduction) noexcept;

/// One line of a sales report: what one channel sold of one work on one day. A line of returns alone is negative and
/// carries the day of the sale, so that nothing is taken back at another rate than it was paid.
struct SalesLine {
    std::string work;
    std::string channel;
    Date sold_on;
    std::int64_t units = 0;  ///< less the units returned
    Money gross;
    std::map<Deduction, Money> deductions{};  ///< as amounts to take off: 80.00 of returns is +80.00

    bool operator==(const SalesLine&) const = default;
};

/// A rate that holds up to a cumulative count.
struct RateTier {
    std::optional<std::int64_t> up_to;  ///< included; units, or minor units of the base; none: the last tier
    Decimal rate;                       ///< of the base, 0 to 1

    bool operator==(const RateTier&) const = default;
};

/// What moves a sale up through the tiers.
enum class TierBasis : std::uint8_t { base, units };

/// To what a tier's rate applies.
enum class Tiering : std::uint8_t {
    marginal,  ///< to the slice inside the tier; a line across a border is cut there (Steam)
    at_sale,   ///< to the whole line, by the tier of the first that is sold of it: a cliff (Bandcamp)
    whole,     ///< to everything counted so far, once the tier is reached: earlier sales are raised too
};

/// Which sales count towards the tiers.
enum class Counting : std::uint8_t {
    lifetime,   ///< all, whatever row was in force
    since_row,  ///< those under the row in force (Steam: revenue since 2018-10-01)
    period,     ///< those of the period being settled, under the row in force (Unreal: 3,000 USD free a quarter)
};

/// How one channel earns, from a day on.
struct RateTerms {
    std::set<Deduction> less{};  ///< what is taken off gross to make the base; what is not named stays in it
    std::vector<RateTier> tiers;
    TierBasis basis = TierBasis::base;
    Tiering tiering = Tiering::marginal;
    Counting counting = Counting::lifetime;
    std::string counter{};                  ///< channels of a work with the same counter are counted together
    std::optional<Money> per_unit{};        ///< for each unit, beside the rate
    std::optional<Money> floor_per_unit{};  ///< a line earns at least this for each unit

    bool operator==(const RateTerms&) const = default;
};

struct RoyaltyChannel {
    std::string name;
    Dated<RateTerms> rates;
    bool reserved = true;  ///< subject to the reserve against returns; e-books usually are not

    bool operator==(const RoyaltyChannel&) const = default;
};

struct RoyaltyWork {
    std::string name;
    std::vector<RoyaltyChannel> channels;

    bool operator==(const RoyaltyWork&) const = default;
};

/// Works that are settled together: they recoup each other's advances (cross-collateral) and share a cap.
struct RoyaltyAccount {
    std::string name;
    std::vector<RoyaltyWork> works;
    std::optional<Money> cap{};  ///< the most that the account ever earns

    bool operator==(const RoyaltyAccount&) const = default;
};

/// Whether the reserve is kept from earnings or from what recoupment leaves of them.
enum class ReserveOrder : std::uint8_t { before_recoupment, after_recoupment };

/// A part of earnings that is kept back for returns to come, and released later.
struct ReturnsReserve {
    std::vector<Decimal> rates;      ///< of the first, second, ... period; the last holds for all that follow
    std::size_t released_after = 1;  ///< periods after the one in which it was kept
    ReserveOrder order = ReserveOrder::before_recoupment;
    Rounding rounding{RoundingMode::half_even};
    Citation citation{};

    bool operator==(const ReturnsReserve&) const = default;
};

/// When fractions of a cent are decided.
enum class RoyaltyRounding : std::uint8_t {
    each_line,      ///< every line of the report on its own (KDP: every sale)
    running_total,  ///< on all that an account ever earned: periods can be cut anywhere with the same result
};

struct RoyaltyTerms {
    Currency currency;
    std::vector<RoyaltyAccount> accounts;
    Rounding rounding;
    RoyaltyRounding rounded = RoyaltyRounding::running_total;
    std::optional<ReturnsReserve> reserve{};
    std::optional<Money> guarantee{};  ///< the least that is payable for a period; the difference is not recouped

    bool operator==(const RoyaltyTerms&) const = default;
};

/// Everything that forbids `terms`: no account, work, channel, row or tier; a name twice; a rate outside 0 to 1; tiers
/// out of order; a `whole` tiering that counts over a lifetime or whose rates fall (earnings would be taken back); a
/// negative floor, cap or guarantee, or one in another currency; a reserve without rates or that is never released.
[[nodiscard]] Findings defects_of(const RoyaltyTerms& terms);

/// An advance or expense that earnings pay back before anything is payable.
struct Recoupable {
    std::string name;
    Money amount;
    Money recouped;  ///< so far

    bool operator==(const Recoupable&) const = default;
};

/// The part of a line that earned at one rate.
struct RateSlice {
    Money base;
    std::int64_t units = 0;
    Decimal rate;

    bool operator==(const RateSlice&) const = default;
};

/// A line of a sales report and what it earned.
struct RoyaltyLine {
    SalesLine sale;
    Money base;
    std::vector<RateSlice> slices;
    Decimal earned;  ///< exactly, in units; after a floor, when that is higher
    bool at_floor = false;
    Date rate_from;
    Citation citation{};  ///< of the rate

    bool operator==(const RoyaltyLine&) const = default;
};

/// What was sold before, as far as it counts towards the tiers of a rate.
struct SoldBefore {
    std::int64_t units = 0;
    std::int64_t base = 0;  ///< minor units
};

/// What `sale` earns at the rate of `row`, exactly, after `before`; a return retraces the way back. The base is gross
/// less the deductions that the row names. Expects: a row that defects_of finds sound; amounts of one currency; a count
/// that does not fall below zero. Throws Overflow.
[[nodiscard]] RoyaltyLine royalty_on(const SalesLine& sale, const DatedRow<RateTerms>& row, SoldBefore before = {});

/// One account in one period. Ensures:
///   carried_before + earned + released == withheld + recouped + payable + carried_after.
struct AccountStatement {
    std::string account;
    std::vector<RoyaltyLine> lines;
    Money carried_before;  ///< 0, or what returns beyond earnings left to be worked off
    Money earned;
    Money above_cap;  ///< what the cap cut off the earnings of this period
    Money withheld;
    Money released;
    Money recouped;
    Money unrecouped;  ///< what is left of all advances: no debt
    Money carried_after;
    Money payable;

    bool operator==(const AccountStatement&) const = default;
};

/// One period of a contract.
struct RoyaltyStatement {
    std::size_t period = 0;  ///< 1 for the first
    std::vector<AccountStatement> accounts;
    Money top_up;   ///< what the guarantee adds
    Money payable;  ///< of all accounts, and the top-up

    bool operator==(const RoyaltyStatement&) const = default;
};

/// A royalty contract over time: its terms, what was sold so far, what is reserved and what is not recouped yet.
///
/// Every refusal leaves it as it was.
class RoyaltyContract {
  public:
    /// Refuses: what defects_of refuses.
    [[nodiscard]] static Result<RoyaltyContract, Findings> of(RoyaltyTerms terms);

    /// Adds something that `account` has to work off, in the order in which they are added.
    /// Refuses: an unknown account; an amount that is not positive or of another currency.
    Result<void, Finding> advance(const std::string& account, const std::string& name, Money amount);

    /// Takes a line into the period that is open, at the rate in force when it was sold. A return of what was sold
    /// before the first sale told of its channel is of sales before this contract was taken over: it is not measured
    /// against those told since. Cost: O(log lines).
    /// Refuses: a work that no account has, a channel that it does not have; a sale before any rate was in force;
    ///   amounts in another currency; a return larger than what was sold under its rate; a return of sales before the
    ///   first one told where the rate has tiers, because nobody knows in which it was sold.
    Result<void, Finding> report(const SalesLine& sale);
    /// Settles the period: what was reported, then `sales`. Refuses what report() refuses.
    Result<RoyaltyStatement, Finding> settle(std::span<const SalesLine> sales = {});

    [[nodiscard]] const RoyaltyTerms& terms() const noexcept { return terms_; }
    [[nodiscard]] std::size_t periods() const noexcept { return state_.periods; }
    /// What was added to `account` by advance(), and how far it is recouped. Expects: a known account.
    [[nodiscard]] const std::vector<Recoupable>& recoupables(const std::string& account) const;
    /// What is kept in reserve.
    [[nodiscard]] Money reserved() const;

  private:
    struct CountKey {
        std::string work;
        std::string counter;
        Date row;  ///< the first day of the row whose count it is; none for counts over a lifetime

        auto operator<=>(const CountKey&) const = default;
    };
    using Counts = std::map<CountKey, SoldBefore>;
    struct Account {
        Accrual accrual;
        Money earned;  ///< ever, after the cap
        std::vector<Recoupable> recoupables;
        std::vector<Money> withheld;  ///< by period
        Money carried;
        std::vector<RoyaltyLine> lines{};  ///< of the period that is open
        Decimal reservable{};              ///< of what these earned
    };
    struct State {
        std::vector<Account> accounts;  ///< in the order of the terms
        Counts counts, sold;
        Counts of_period{};                                                ///< of the period that is open
        std::map<std::pair<std::string, std::string>, Date> first_sold{};  ///< by work and channel, of the sales told
        std::size_t periods = 0;
    };

    explicit RoyaltyContract(RoyaltyTerms terms);
    [[nodiscard]] std::optional<std::size_t> index_of(const std::string& account) const;
    /// Takes a line into `state`, which stays as it was when it is refused, or Overflow is thrown.
    [[nodiscard]] Result<void, Finding> take(const SalesLine& sale, State& state) const;
    void settle(const RoyaltyAccount& terms, Account& account, AccountStatement& out) const;

    RoyaltyTerms terms_;
    std::map<std::string, std::pair<std::size_t, std::size_t>> works_;  ///< places of account and work, by name
    State state_;
};

/// How each figure of a statement came about, down to the rate of every line.
[[nodiscard]] Derivation explain(const RoyaltyStatement& statement);

}  // namespace crowdrules::revenue
