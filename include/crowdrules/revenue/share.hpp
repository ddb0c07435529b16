// SPDX-License-Identifier: BSL-1.0
// Share: who has which part of an income, from which day, after which fees.
//
//   from 2012-01-01   a store takes 15% off the top; then Anna 60, Ben 40 of 100
//   from 2013-01-01   a store takes 15% off the top; then Anna 50, Ben 30, Chris 20 of 100
//
//   100.00 USD sold on 2012-12-31    store 15.00   Anna 51.00   Ben 34.00
//   100.00 USD sold on 2013-01-01    store 15.00   Anna 42.50   Ben 25.50   Chris 17.00
//
// The split in force on the day of the sale holds for the sale, whenever its money arrives: rows are followed, never
// edited. Peers that re-priced old income with the current split were asked to stop (modrinth/code PR 6269,
// lms-front 496). An item (a song of an album) may have splits of its own, which go before the default (Podcasting
// "value" tag). A share in dispute is counted but held back until it is settled.
#pragma once

#include <crowdrules/fees/fee_schedule.hpp>
#include <crowdrules/money/allocate.hpp>
#include <crowdrules/reason/derivation.hpp>
#include <crowdrules/reason/finding.hpp>
#include <crowdrules/revenue/payee.hpp>
#include <crowdrules/time/dated.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace crowdrules::revenue {

/// One payee's part of a split.
struct Share {
    PayeeId payee;
    Weight weight = 0;

    bool operator==(const Share&) const = default;
};

/// What the weights of a split must add up to.
enum class Totalling : std::uint8_t {
    must_total,  ///< exactly `whole`: 100 for percent, 10,000 for basis points, 1,000,000 at 0xSplits
    rest_to,     ///< at most `whole`; the payee `rest` has what is missing
    relative,    ///< anything; the weights are read relative to their own total (Podcasting "value": shares)
};

/// When fractions of a cent are decided, and what becomes of them.
enum class Dividing : std::uint8_t {
    running_total,      ///< by RunningAllocation: nobody's cumulative share falls, nothing stays undivided
    running_total_cut,  ///< cut on the running total; what is left over stays in the pot for later payments
                        ///< (OpenZeppelin PaymentSplitter: floor(received x shares / total) - released)
    each_payment,       ///< each payment on its own, by `split`; `rotating` moves on by one payee a payment
    each_payment_cut,   ///< each payment cut on its own; what is left over stays in the pot (0xSplits: dust)
};

/// On what a fee's bands, minimum and maximum are measured.
enum class FeeLevel : std::uint8_t {
    each_payment,   ///< on every payment anew; what a payment cannot cover lapses
    running_total,  ///< on all payments together; what one cannot cover is taken from later ones
};

/// A fee that is taken before anybody shares. A return takes back what a payment of its size pays, up to what was paid.
struct TopFee {
    FeeSchedule schedule;  ///< its name is the name of the fee
    PayeeId payee;
    std::vector<std::string> after{};  ///< the fees that are first taken off the amount on which this one is computed
    FeeLevel level = FeeLevel::each_payment;
    bool included = false;  ///< a tax that the amount contains: at a rate of 15% of 115.00 it is 15.00

    bool operator==(const TopFee&) const = default;
};

/// How one income is shared.
struct SplitTerms {
    std::vector<Share> shares;
    Totalling totalling = Totalling::must_total;
    Weight whole = 100;          ///< for `must_total` and `rest_to`
    PayeeId rest{};              ///< for `rest_to`
    std::vector<TopFee> fees{};  ///< taken in this order, except that a fee comes later than those it is `after`
    Dividing dividing = Dividing::running_total;
    Split split{AllocationMethod::largest_remainder};  ///< for `each_payment`

    bool operator==(const SplitTerms&) const = default;
};

/// Everything that forbids `terms`, in this order: no shares; a share or fee without payee; a payee twice; a weight
/// below zero; weights that do not total what they must; a `rest` that is missing or has nothing left; two fees of one
/// name; a defective schedule; bands that would give fees back on the running total; a contained tax that is more than
/// one rate; a fee after an unknown fee; fees that wait for each other in a circle; a step below 1.
[[nodiscard]] Findings defects_of(const SplitTerms& terms);

/// The order in which fees are taken, as indexes into `fees`. Refuses: a fee after an unknown fee; a circle, naming it.
[[nodiscard]] Result<std::vector<std::size_t>, Finding> order_of(std::span<const TopFee> fees);

/// The splits of one income over time.
using SplitHistory = Dated<SplitTerms>;
/// A history with one split that holds for ever.
[[nodiscard]] SplitHistory always(SplitTerms terms, Citation citation = {});

/// A fee as it was taken. `claim` is what it asked for, `paid` what the payment could cover.
struct FeeTaken {
    std::string name;
    PayeeId payee;
    Money base;
    Money claim;
    Money paid;
    Citation citation{};

    bool operator==(const FeeTaken&) const = default;
};

/// One payee's part of one payment.
struct SharePart {
    PayeeId payee;
    Weight weight = 0;
    Money amount;
    bool held = false;  ///< counted for the payee, but not payable while in dispute

    bool operator==(const SharePart&) const = default;
};

/// One payment, shared. Ensures: fees paid + parts + undivided == payment.
struct SharedPayment {
    std::string item;
    Date sold_on;
    Money payment;
    std::vector<FeeTaken> fees;
    Money divided;                 ///< what the fees left for the shares
    std::vector<SharePart> parts;  ///< in the order of the shares, `rest` last
    Money undivided;  ///< fractions that stay in the pot; negative when earlier fractions are paid out of it
    Date in_force_from;
    Citation citation{};  ///< of the split in force

    bool operator==(const SharedPayment&) const = default;
};

/// Who gives back what a split with retroactive effect takes away from payees who already had it.
struct Recovery {
    PayeeId payee{};  ///< this payee bears it; none: everybody gives back their own excess

    bool operator==(const Recovery&) const = default;
};

/// An income that is shared payment by payment: the splits, and what everybody has had so far.
///
/// Every refusal leaves it as it was.
class Sharing {
  public:
    /// `items` have splits of their own; any other item, and theirs before their first row, is shared by `standard`.
    /// Refuses: what defects_of refuses in any row; two rows of one history from the same day.
    [[nodiscard]] static Result<Sharing, Findings> of(SplitHistory standard, Currency currency,
                                                      std::map<std::string, SplitHistory> items = {});

    /// The split in force for `item` on `day`, or null.
    [[nodiscard]] const DatedRow<SplitTerms>* in_force(const std::string& item, Date day) const;

    /// Shares a payment for something sold on `sold_on`; a negative one is a return of such a sale and retraces it.
    /// Ensures: nobody is left with less than nothing, and all together with no more than came in.
    /// Refuses: no split in force that day; a return of more than was shared under that split.
    /// Expects: payment is in the sharing's currency.
    /// Cost: that of allocating the payment to the shares.
    Result<SharedPayment, Finding> share(const std::string& item, Date sold_on, Money payment);

    /// Lets `terms` hold for `item` (empty: the standard) from `row.from` on, until a later row. What was already
    /// shared for days from then on is shared again, and the differences come back as parts that sum to zero: what the
    /// new split gives somebody more, and what `recovery` takes back for it.
    /// Refuses: defective terms; a row from that day already; a change of days already shared without a `recovery`,
    /// with other fees or dividing than those days had, or while one of its shares is in dispute.
    Result<std::vector<SharePart>, Finding> change(const std::string& item, DatedRow<SplitTerms> row,
                                                   std::optional<Recovery> recovery = std::nullopt);

    /// Holds back what `payee` (none: everybody) is given for `item` from now on. Refuses: held already.
    Result<void, Finding> hold(const std::string& item, PayeeId payee);
    /// Ends a dispute: what was held goes to its payee, or by `settlement` to others. The parts sum to what was held.
    /// Refuses: nothing in dispute there; a settlement without a positive weight or with a negative one.
    Result<std::vector<SharePart>, Finding> release(const std::string& item, PayeeId payee,
                                                    std::span<const Share> settlement = {});

    /// What `payee` has been given by shares so far, whether held or not; fees are not shares. Cost: O(shares).
    [[nodiscard]] Money total_of(PayeeId payee) const;
    /// What is held back in disputes.
    [[nodiscard]] Money held() const;
    /// Fractions of cents that the `_cut` ways of dividing have left in the pot.
    [[nodiscard]] Money pot() const noexcept { return pot_; }

  private:
    /// A stream is what one item has earned under one row. Streams do not mix, so that a change for one item moves its
    /// own days only.
    struct StreamKey {
        std::string item;
        bool own = false;  ///< the row is of the item's own history, not of the standard
        Date from;

        auto operator<=>(const StreamKey&) const = default;
    };
    struct FeeRun {
        Money base;  ///< of all payments together
        Money paid;
    };
    struct Stream {
        std::vector<Share> shares;  ///< `rest` made explicit
        std::vector<Weight> weights;
        std::optional<RunningAllocation> running;  ///< for Dividing::running_total
        std::vector<std::int64_t> cumulative;      ///< for the other ways of dividing
        std::vector<FeeRun> fees;
        Money divided;
        std::size_t payments = 0;
        std::map<Date, Money> divided_on;  ///< by day of sale: what a change with retroactive effect shares again
    };
    struct Dispute {
        std::string item;
        PayeeId payee;                  ///< none: everybody
        std::map<PayeeId, Money> held;  ///< by whose share it is
    };
    struct InForce {
        StreamKey key;
        const DatedRow<SplitTerms>* row;
    };
    using Differences = std::map<PayeeId, Money>;

    Sharing(SplitHistory standard, Currency currency, std::map<std::string, SplitHistory> items);
    [[nodiscard]] InForce find(const std::string& item, Date day) const;
    [[nodiscard]] Stream& stream_of(const InForce& found);
    [[nodiscard]] Dispute* dispute_over(const std::string& item, PayeeId payee);
    /// Takes the fees off `shared`; false when a return exceeds what a fee was computed on.
    [[nodiscard]] static bool take_fees(const SplitTerms& terms, std::vector<FeeRun>& runs, SharedPayment& shared);
    /// Shares every day again whose split is no longer that of its stream.
    [[nodiscard]] Result<Differences, Finding> share_again(bool may_take_back);
    [[nodiscard]] static std::vector<Money> divide_among(Stream& stream, const SplitTerms& terms, Money amount);

    SplitHistory standard_;
    std::map<std::string, SplitHistory> items_;
    std::map<StreamKey, Stream> streams_;
    std::vector<Dispute> disputes_;
    Differences corrections_;  ///< by settled disputes and by who bears a retroactive change
    Money pot_;
};

/// One payment shared once, without a stream. Expects: `terms` has no defect; payment >= 0.
[[nodiscard]] SharedPayment share_once(const SplitTerms& terms, Money payment);

/// Shares of a whole that is made of parts with shares of their own: a payee who has 50 of 100 in one of two equal
/// songs has a quarter of the album. The result is `relative`. Refuses: defective terms; a part without positive weight
/// or with fees of its own; products that leave 64 bits.
[[nodiscard]] Result<SplitTerms, Finding> combined(std::span<const std::pair<Weight, SplitTerms>> parts);

/// How each figure of a shared payment came about.
[[nodiscard]] Derivation explain(const SharedPayment& shared);

}  // namespace crowdrules::revenue
