// SPDX-License-Identifier: BSL-1.0
// Waterfall: money runs down an order of steps; each is paid until it is satisfied, then the next.
//
//   investors have put in 1,000,000.00; 1,200,000.00 comes back
//   1  return of capital                       1,000,000.00   to the investors
//   2  preferred return, 8% flat                  80,000.00   to the investors
//   3  catch-up to 20%, 100% to the manager       20,000.00   to the manager: 20% of 100,000.00
//   4  carried split 80:20                       100,000.00   80,000.00 and 20,000.00
//
// A step claims what it is owed and is paid what there is: the two are kept apart, so that a film that earned nothing
// still shows what stands before its investors. Claims are computed on running totals: a receipt that comes in two
// parts on one day ends where the whole would have ended, unless a corridor arises that its part cannot cover.
// Sources: ILPA Principles (the four tiers, clawback); docs.cinelaunch.io and "Insider's Guide to Film Finance",
// chapter 8 (film recoupment, corridors, deferments).
#pragma once

#include <crowdrules/money/allocate.hpp>
#include <crowdrules/reason/derivation.hpp>
#include <crowdrules/reason/finding.hpp>
#include <crowdrules/revenue/preferred_return.hpp>
#include <crowdrules/revenue/share.hpp>
#include <crowdrules/time/cadence.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace crowdrules::revenue {

/// `rate` of all that ever comes in, whatever the other steps are owed: collection agents, sales commissions.
struct OffTheTop {
    Decimal rate;
    std::optional<Money> limit{};  ///< the most it ever takes
    Rounding rounding{RoundingMode::half_even};

    bool operator==(const OffTheTop&) const = default;
};

/// `rate` of what comes in between two marks of the gross: a share alongside those that recoup.
struct Corridor {
    Decimal rate;
    Money from;   ///< of gross receipts
    Money up_to;  ///< of gross receipts
    Rounding rounding{RoundingMode::half_even};

    bool operator==(const Corridor&) const = default;
};

/// A fixed amount and a premium on it: costs to recoup, debt, an investment at 120%, deferred salaries.
struct FixedClaim {
    Money amount;
    Decimal premium{};  ///< 0.2 for 20% on top
    Rounding rounding{RoundingMode::half_even};
    Cadence every{};  ///< claimed anew in each period, counted from the first day that something came; none: once

    bool operator==(const FixedClaim&) const = default;
};

/// Whatever capital was contributed and is not back.
struct ReturnOfCapital {
    bool operator==(const ReturnOfCapital&) const = default;
};

/// How far a catch-up goes. With a preferred return P, carry c and the manager's part r of the step:
enum class CatchUpReading : std::uint8_t {
    true_up,       ///< until the manager has c of all profit: the step is c x P / (r - c) in all
    fixed_target,  ///< until the manager has P x c / (1 - c): the step is that / r, and ends below c when r < 1
};

/// The manager catches up on the preferred return. The two readings differ as soon as r is below 1.
struct CatchUp {
    PayeeId manager;              ///< whose weight in the step's shares is r
    Decimal carry;                ///< c
    std::vector<std::string> on;  ///< the earlier steps whose payments are P
    CatchUpReading reading = CatchUpReading::true_up;
    Rounding rounding{RoundingMode::half_even};

    bool operator==(const CatchUp&) const = default;
};

/// What the investors must have had before the next split: a multiple of what they paid in, or a return by time.
struct Hurdle {
    std::variant<Decimal, PreferredReturn> investors_have;

    bool operator==(const Hurdle&) const = default;
};

/// A split of whatever comes, for ever or until a hurdle is passed.
struct Divide {
    std::optional<Hurdle> until{};

    bool operator==(const Divide&) const = default;
};

struct WaterfallStep {
    std::string name;
    std::variant<OffTheTop, Corridor, FixedClaim, ReturnOfCapital, PreferredReturn, CatchUp, Divide> claim;
    std::vector<Share> to;  ///< side by side, by relative weights
    Citation citation{};

    bool operator==(const WaterfallStep&) const = default;
};

struct WaterfallTerms {
    Currency currency;
    std::vector<WaterfallStep> steps;
    std::vector<PayeeId> investors{};  ///< whose receipts, but for fees off the top, count towards hurdles

    bool operator==(const WaterfallTerms&) const = default;
};

/// Everything that forbids `terms`: no steps; a name twice; shares that defects_of(SplitTerms) refuses; rates and
/// amounts out of range or of another currency; a step that never claims anything; a catch-up on a step that does not
/// come before it, or whose manager has no share; a step that can never be reached, because one before it
///   - divides without end, or until a hurdle that its shares never feed,
///   - is a catch-up whose manager has no more than the carry, which never catches up (r <= c), or
///   - leaves nothing: rates off the top that total 100%;
/// rates off the top and in corridors that together take more than 100% of what comes in at any mark of the gross;
/// a hurdle no higher than an earlier one, which would be passed already; a last step that can be satisfied, because
/// what comes then would be nobody's.
[[nodiscard]] Findings defects_of(const WaterfallTerms& terms);

/// What one step asked for and got of one receipt.
struct StepPayment {
    std::string step;
    std::optional<Money> claim;  ///< what it was owed when the money arrived; none: whatever is left
    Money paid;
    std::vector<SharePart> parts;  ///< of what was paid
    Citation citation{};

    bool operator==(const StepPayment&) const = default;
};

/// One receipt, all of it, down the steps. Ensures: the payments sum to what was received.
struct WaterfallPayment {
    Date on;
    Money received;
    std::vector<StepPayment> steps;

    bool operator==(const WaterfallPayment&) const = default;
};

/// A waterfall over time. Every refusal leaves it as it was.
class Waterfall {
  public:
    /// Refuses: what defects_of refuses.
    [[nodiscard]] static Result<Waterfall, Findings> of(WaterfallTerms terms);

    /// Investors pay in.
    /// Refuses: a day before the last one; a negative amount or one of another currency.
    Result<void, Finding> contribute(Date on, Money amount);
    /// Money comes in and runs down the steps. Nothing received still shows what every step claims.
    /// Refuses: as contribute.
    Result<WaterfallPayment, Finding> distribute(Date on, Money received);
    /// The same in bare minor units, for columns: what each step was `paid`, and after one another the parts of all
    /// steps' shares. Expects: a place for each. Throws as distribute, and is then of no further use.
    Result<void, Finding> distribute_into(Date on, Money received, std::span<std::int64_t> paid,
                                          std::span<std::int64_t> parts);

    [[nodiscard]] const WaterfallTerms& terms() const noexcept { return terms_; }
    [[nodiscard]] Money contributed() const noexcept { return state_.contributed; }
    [[nodiscard]] Money received() const noexcept { return state_.received; }
    [[nodiscard]] Money paid_to(PayeeId payee) const;
    /// What the step of that name has been paid. Expects: a step of the terms.
    [[nodiscard]] Money paid_by(const std::string& step) const;

  private:
    struct StepState {
        std::vector<std::int64_t> had;  ///< by each of its shares, minor units
        Money paid;
        std::optional<ReturnAccount> account;  ///< of a preferred return, or of a hurdle that is one
        std::int64_t period = 0;               ///< of a claim that begins anew, from 1
        Money before;                          ///< paid in earlier periods
    };
    struct State {
        std::vector<StepState> steps;
        Money contributed, received;
        Date last{};
        std::optional<Date> first{};
    };

    explicit Waterfall(WaterfallTerms terms);
    [[nodiscard]] bool is_investor(PayeeId payee) const;
    /// Lets time pass for an amount that comes on `on`.
    [[nodiscard]] Result<void, Finding> advance(Date on, Money amount, State& state) const;
    /// What the step is owed; none: whatever is left.
    [[nodiscard]] std::optional<Money> claim_of(std::size_t index, const State& state) const;
    [[nodiscard]] Money catch_up(const CatchUp& claim, const WaterfallStep& step, const State& state) const;
    [[nodiscard]] Money until_hurdle(std::size_t index, const Hurdle& hurdle, const State& state) const;
    [[nodiscard]] Money had_by_investors(std::size_t index, const State& state) const;
    /// Runs the receipt down the steps, and calls answer(step, what it was owed, what it is paid, the parts of that).
    template <class Answer>
    [[nodiscard]] Result<void, Finding> run_down(Date on, Money received, State& state, std::span<std::int64_t> parts,
                                                 Answer answer) const;
    /// Divides what a step is paid, and tells the accounts of preferred returns and hurdles.
    void pay(std::size_t index, Money paid, State& state, std::span<std::int64_t> parts) const;

    /// What never changes of a step.
    struct StepWeights {
        std::vector<Weight> weights;
        std::uint64_t total = 0;
    };

    WaterfallTerms terms_;
    std::vector<StepWeights> weights_;
    State state_;
};

/// How each payment of a receipt came about.
[[nodiscard]] Derivation explain(const WaterfallPayment& payment);

// ------------------------------------------------------------------------------------------------------------ funds

/// What a fund pays into a deal, or has back from it.
struct FundFlow {
    Date on;
    std::string deal;
    Money contributed;
    Money received;

    bool operator==(const FundFlow&) const = default;
};

/// Over what a fund's waterfall runs.
enum class CarryScope : std::uint8_t {
    whole_fund,    ///< one waterfall over all deals (European)
    deal_by_deal,  ///< one for each deal (American): carry is paid while other deals may still lose
};

/// When the manager gives carry back: what exceeds `carry` of the fund's profit, or what the investors still lack of
/// their capital and preferred return, whichever is more, and at most the carry paid.
struct Clawback {
    PayeeId manager;
    Decimal carry;
    std::optional<PreferredReturn> preferred{};
    Rounding rounding{RoundingMode::half_even};

    bool operator==(const Clawback&) const = default;
};

struct FundOutcome {
    std::vector<std::pair<std::string, WaterfallPayment>> payments;  ///< by deal; "" for the whole fund
    std::map<PayeeId, Money> paid;                                   ///< before any clawback
    Money carry_paid;
    Money carry_entitled;             ///< `carry` of the fund's profit, or nothing without profit
    Money lacking;                    ///< of the investors' capital and preferred return on the last day
    Money clawback;                   ///< from the manager
    std::vector<SharePart> returned;  ///< the clawback, to the investors in proportion to what they had

    bool operator==(const FundOutcome&) const = default;
};

/// Runs flows in order of their days (payments into deals before receipts of the same day) and settles the clawback.
/// Refuses: defects of the terms; what contribute and distribute refuse; a manager who is an investor.
[[nodiscard]] Result<FundOutcome, Findings> settle_fund(const WaterfallTerms& terms, CarryScope scope,
                                                        const Clawback& clawback, const std::vector<FundFlow>& flows);

}  // namespace crowdrules::revenue
