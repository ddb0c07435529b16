// SPDX-License-Identifier: BSL-1.0
#include "settle_pledges.hpp"

#include <crowdrules/campaign/rejection.hpp>
#include <crowdrules/campaign/settle.hpp>
#include <crowdrules/fees/fee_column.hpp>
#include <crowdrules/money/allocate.hpp>

#include "convert.hpp"
#include "interpreter.hpp"
#include <algorithm>

namespace crowdrules::python {
namespace {

/// What became of a pledge, and why. The order is that of `outcome_names` and `reason_names`.
enum class Outcome : std::int8_t { collected, dropped, released, refused };
enum class Why : std::int8_t { none, never_collected, goal_missed, below_minimum, above_maximum, sold_out, required };

const std::vector<std::string> outcome_names{"collected", "dropped", "released", "refused"};
const std::vector<std::string>& reason_names() {
    static const std::vector<std::string> names{
        "",
        "never_collected",
        "goal_missed",
        std::string(to_text(RejectionCode::amount_below_minimum)),
        std::string(to_text(RejectionCode::amount_above_maximum)),
        std::string(to_text(RejectionCode::reward_sold_out)),
        std::string(to_text(RejectionCode::reward_required)),
    };
    return names;
}

struct PledgeFrame {
    WholeNumbers amounts;
    std::optional<WholeNumbers> rewards, collected;
};

PledgeFrame frame_of(const Terms& terms, py::handle pledges, const PledgeNames& names) {
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

/// Whether every row is a pledge. Rewards come back as numbers of our own: the caller's could be written to meanwhile.
std::vector<std::uint16_t> checked_rows(const Terms& terms, const WholeNumbers& amounts,
                                        std::span<const std::int64_t> values, const WholeNumbers* rewards,
                                        std::span<const std::int64_t> chosen, const WholeNumbers* collected,
                                        std::span<const std::int64_t> flags) {
    for (std::size_t row = 0; row < values.size(); ++row)
        if (values[row] < 1)
            raise_column_error(amounts.name, row,
                               std::to_string(values[row]) + " is no pledge: expected at least 1 minor unit of " +
                                   std::string(terms.currency.code()));
    const auto count = static_cast<std::int64_t>(terms.rewards.size());
    std::vector<std::uint16_t> places(chosen.size());
    for (std::size_t row = 0; row < chosen.size(); ++row) {
        const std::int64_t reward = chosen[row];
        if (reward < 0 || reward > count)
            raise_column_error(rewards->name, row,
                               "there is no reward " + std::to_string(reward) + "; expected 0 for none, or 1 to " +
                                   std::to_string(count));
        places[row] = static_cast<std::uint16_t>(reward);
    }
    for (std::size_t row = 0; row < flags.size(); ++row)
        if (flags[row] != 0 && flags[row] != 1)
            raise_column_error(collected->name, row,
                               std::to_string(flags[row]) + " is neither 1 (charged) nor 0 (never charged)");
    return places;
}

/// Judges pledges in order, as `decide` would judge each from a backer of its own.
class Judge {
  public:
    explicit Judge(const Terms& terms) : terms_(terms), taken_(terms.rewards.size() + 1, 0) {}

    Why operator()(std::int64_t amount, std::size_t reward) {
        if (reward == 0 && terms_.limits.reward_required) return Why::required;
        const Reward* chosen = reward == 0 ? nullptr : &terms_.rewards[reward - 1];
        if (chosen != nullptr && chosen->quantity && taken_[reward] >= *chosen->quantity) return Why::sold_out;
        const std::int64_t least = std::max(terms_.limits.minimum, chosen == nullptr ? 0 : chosen->minimum);
        if (amount < least) return Why::below_minimum;
        if (terms_.limits.maximum && amount > *terms_.limits.maximum) return Why::above_maximum;
        ++taken_[reward];
        return Why::none;
    }

  private:
    const Terms& terms_;
    std::vector<std::uint32_t> taken_;
};

OwnedColumn numbers(const char* name, std::shared_ptr<const Memory<std::int64_t>> values, Currency currency) {
    return {name, OwnedColumn::Numbers{std::move(values)}, currency};
}

/// The pledges that stand at the end, in the form that the engine settles.
struct Standing {
    std::vector<std::int64_t> amounts;
    std::vector<std::uint16_t> rewards;
    std::vector<std::uint8_t> collected;
};

/// The processing fee of each charge, with its tax.
std::vector<std::int64_t> fees_of(const Terms& terms, std::span<const std::int64_t> charges) {
    std::vector<std::int64_t> fees(charges.size());
    FeeColumn(terms.fees.processing).fees(charges, fees);
    if (!terms.fees.processing.tax || terms.fees.processing.tax->included) return fees;
    for (std::int64_t& fee : fees) fee += tax_on(terms.fees.processing, {fee, terms.currency}).minor();
    return fees;
}

}  // namespace

SettledPledges settle_pledges(const Terms& terms, py::handle pledges, const PledgeNames& by_name) {
    PledgeFrame frame_in = frame_of(terms, pledges, by_name);
    WholeNumbers& amounts = frame_in.amounts;
    WholeNumbers* const rewards = frame_in.rewards ? &*frame_in.rewards : nullptr;
    WholeNumbers* const collected = frame_in.collected ? &*frame_in.collected : nullptr;
    const std::span<const std::int64_t> values = amounts.whole();
    const auto given = rewards != nullptr ? rewards->whole() : std::span<const std::int64_t>{};
    const auto flags = collected != nullptr ? collected->whole() : std::span<const std::int64_t>{};
    const auto chosen = checked_rows(terms, amounts, values, rewards, given, collected, flags);

    const std::size_t rows = values.size();
    const auto fee = std::make_shared<Memory<std::int64_t>>(rows);
    const auto platform = std::make_shared<Memory<std::int64_t>>(rows);
    const auto net = std::make_shared<Memory<std::int64_t>>(rows);
    const auto outcome = std::make_shared<Memory<std::int8_t>>(rows);
    const auto reason = std::make_shared<Memory<std::int8_t>>(rows);
    Statement statement = [&] {
        const Released released;
        Judge judge(terms);
        Standing standing;
        standing.amounts.reserve(rows);
        for (std::size_t row = 0; row < rows; ++row) {
            const std::size_t reward = chosen.empty() ? 0 : chosen[row];
            const Why why = judge(values[row], reward);
            reason->values[row] = static_cast<std::int8_t>(why);
            if (why != Why::none) continue;
            standing.amounts.push_back(values[row]);
            standing.rewards.push_back(static_cast<std::uint16_t>(reward));
            standing.collected.push_back(flags.empty() || flags[row] == 1 ? 1 : 0);
        }
        Statement figures = settle(terms, {standing.amounts, standing.rewards, standing.collected});

        const bool succeeded = figures.phase == Phase::succeeded;
        std::vector<std::int64_t> charges;
        if (succeeded)
            for (std::size_t i = 0; i < standing.amounts.size(); ++i)
                if (standing.collected[i] != 0) charges.push_back(standing.amounts[i]);
        const std::vector<std::int64_t> fees = fees_of(terms, charges);
        // The platform's fee is due once on the total; each charge bears its part of it, to the last cent.
        std::vector<std::int64_t> shares(charges.size());
        if (!charges.empty())
            allocate_into((figures.platform_fee + figures.platform_tax).minor(), charges,
                          {.spare = Spare::largest_remainder}, shares);
        std::size_t stands = 0, charged = 0;
        for (std::size_t row = 0; row < rows; ++row) {
            Outcome became = Outcome::refused;
            std::int64_t own_fee = 0, share = 0, left = 0;
            if (static_cast<Why>(reason->values[row]) == Why::none) {
                const bool is_collected = standing.collected[stands++] != 0;
                if (!succeeded) {
                    became = Outcome::released;
                    reason->values[row] = static_cast<std::int8_t>(Why::goal_missed);
                } else if (!is_collected) {
                    became = Outcome::dropped;
                    reason->values[row] = static_cast<std::int8_t>(Why::never_collected);
                } else {
                    became = Outcome::collected;
                    own_fee = fees[charged];
                    share = shares[charged++];
                    left = values[row] - own_fee - share;
                }
            }
            fee->values[row] = own_fee;
            platform->values[row] = share;
            net->values[row] = left;
            outcome->values[row] = static_cast<std::int8_t>(became);
        }
        return figures;
    }();

    Frame frame;
    frame.rows = rows;
    frame.columns.push_back(numbers("fee", fee, terms.currency));
    frame.columns.push_back(numbers("platform_fee", platform, terms.currency));
    frame.columns.push_back(numbers("net", net, terms.currency));
    frame.columns.push_back(names_column("outcome", outcome, outcome_names));
    frame.columns.push_back(names_column("reason", reason, reason_names()));
    return {std::move(frame), {std::move(statement), std::make_shared<const Terms>(terms)}};
}

}  // namespace crowdrules::python
