// SPDX-License-Identifier: BSL-1.0
// Note: money that is paid back as a share of revenue until a multiple of it is reached.
//
//   1,000.00 USD at 5% of quarterly revenue until 1.5 times, at the latest after 16 quarters
//   revenue of a quarter 12,000.00    600.00 is due
//   revenue of a quarter 30,000.00    900.00 is due, not 1,500.00: the note ends at 1,500.00, to the cent
//
// What is due is a share of all revenue so far, brought to cents once: periods can be cut anywhere. Holders are paid
// in proportion to what they invested by RunningAllocation, so that each ends exactly at their part of the multiple.
// Sources: support.mainvest.com 5096659, 3178846, 3670590 (share, multiple, grace, balloon); help.wefunder.com 304788,
// 304895 (a payment that may be missed); community.umergence.com 127 (the rest at maturity).
#pragma once

#include <crowdrules/money/allocate.hpp>
#include <crowdrules/reason/derivation.hpp>
#include <crowdrules/reason/finding.hpp>
#include <crowdrules/revenue/share.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace crowdrules::revenue {

/// Somebody who lent a part of the principal.
struct NoteHolder {
    PayeeId payee;
    Money invested;

    bool operator==(const NoteHolder&) const = default;
};

/// What becomes of the revenue of the first periods, in which nothing is paid.
enum class Grace : std::uint8_t {
    free,     ///< it is not shared
    deferred  ///< it is shared, with the first payment (Mainvest: the first payment reaches back to the close)
};

/// Paying a note off early, up to the end of a period, for a smaller multiple.
struct BuyOut {
    std::size_t until_period = 0;  ///< included; 1 is the first
    Decimal multiple;

    bool operator==(const BuyOut&) const = default;
};

struct NoteTerms {
    std::vector<NoteHolder> holders;
    Decimal revenue_share;  ///< of the revenue of every period, 0.05 for 5%
    Decimal multiple;       ///< of the principal: 1.5
    Rounding rounding;
    std::size_t grace_periods = 0;
    Grace grace = Grace::free;
    std::size_t misses_allowed = 0;              ///< payments that may be missed without default
    std::optional<std::size_t> matures_after{};  ///< periods, after which the rest is due at once (balloon)
    std::vector<BuyOut> buy_outs{};              ///< ascending; after the last, only the full multiple buys out
    Citation citation{};

    bool operator==(const NoteTerms&) const = default;
};

/// Everything that forbids `terms`: no holders, one without payee, twice, without a positive amount or in another
/// currency; a share outside 0% to 100% or of nothing; a multiple below 1; a grace that lasts to maturity or longer;
/// buy-outs out of order, or for more than the multiple or less than the principal.
[[nodiscard]] Findings defects_of(const NoteTerms& terms);

enum class NoteState : std::uint8_t {
    running,
    in_default,  ///< more payments missed than allowed: all of the rest is due
    matured,     ///< past its last period: all of the rest is due
    repaid,
};
[[nodiscard]] std::string_view to_text(NoteState state) noexcept;

/// One period of a note.
struct NotePeriod {
    std::size_t period = 0;  ///< 1 is the first; 0 for a buy-out between periods
    Money revenue;
    Money due;  ///< what was to be paid, with what was missed before
    Money paid;
    Money missed;                  ///< due and not paid
    std::vector<SharePart> parts;  ///< of what was paid, by holder
    Money outstanding;             ///< to the multiple
    NoteState state = NoteState::running;
    std::string formula;  ///< how `due` came about
    Citation citation{};  ///< of the terms

    bool operator==(const NotePeriod&) const = default;
};

/// A note from its close to its end. Every refusal leaves it as it was.
class RevenueNote {
  public:
    /// Refuses: what defects_of refuses.
    [[nodiscard]] static Result<RevenueNote, Findings> of(NoteTerms terms);

    /// Ends a period with what it took in and what the issuer pays: all that is due unless `paid` says less.
    /// Refuses: a note that is repaid; amounts below zero or of another currency; more paid than is due.
    Result<NotePeriod, Finding> end_period(Money revenue, std::optional<Money> paid = std::nullopt);

    /// What would end the note now, in the period after the last one that ended.
    [[nodiscard]] Money buy_out_price() const;
    /// Pays it. Refuses: a note that is repaid.
    Result<NotePeriod, Finding> buy_out();

    [[nodiscard]] const NoteTerms& terms() const noexcept { return terms_; }
    [[nodiscard]] NoteState state() const noexcept { return state_.state; }
    [[nodiscard]] Money principal() const noexcept { return principal_; }
    /// The multiple of the principal: all that is ever paid.
    [[nodiscard]] Money cap() const noexcept { return cap_; }
    [[nodiscard]] Money paid() const noexcept { return state_.paid.total(); }
    [[nodiscard]] Money paid_to(PayeeId holder) const;

  private:
    struct State {
        RunningAllocation paid;
        Money shared_revenue;  ///< revenue that counts, so far
        std::size_t periods = 0;
        std::size_t misses = 0;
        NoteState state = NoteState::running;
    };

    explicit RevenueNote(NoteTerms terms);
    [[nodiscard]] Money due(State& next, std::string& formula) const;
    [[nodiscard]] NotePeriod pay(State& next, Money amount) const;

    NoteTerms terms_;
    Money principal_, cap_;
    State state_;
};

/// How each figure of a period came about.
[[nodiscard]] Derivation explain(const NotePeriod& period);

}  // namespace crowdrules::revenue
