// SPDX-License-Identifier: BSL-1.0
// Commands about sales, returns and payments.
#include <crowdrules/core/contract.hpp>
#include <crowdrules/revenue/accrual.hpp>

#include <fmt/format.h>

#include "community/naming.hpp"
#include "core/listed.hpp"
#include "judge.hpp"
#include <algorithm>

namespace crowdrules::community {

namespace {

/// Whether buyers paid so much less than gross.
bool is_off_the_price(revenue::Deduction what) {
    return what == revenue::Deduction::discounts || what == revenue::Deduction::allowances ||
           what == revenue::Deduction::returns;
}

/// What the channel's counter had sold of the product before, as the rate counts it. What came back since stays
/// counted: a return takes back what its own sale earned and moves no other sale to another tier.
revenue::SoldBefore sold_before(const State& state, const ProductRecord& product,
                                const revenue::RoyaltyChannel& channel, const DatedRow<revenue::RateTerms>& row) {
    const auto counter_of = [&](const revenue::RoyaltyChannel& of, Date day) {
        const DatedRow<revenue::RateTerms>* in_force = of.rates.on(day);
        return in_force == nullptr || in_force->value.counter.empty() ? of.name : in_force->value.counter;
    };
    const std::string counter = row.value.counter.empty() ? channel.name : row.value.counter;
    revenue::SoldBefore before;
    for (const std::uint32_t place : product.sales) {
        const SaleRecord& sale = state.sales[place];
        if (counter_of(state.terms->royalty.channels[sale.channel], sale.rate_from) != counter) continue;
        if (row.value.counting == revenue::Counting::since_row && sale.rate_from != row.from) continue;
        before.units += sale.units;
        before.base += sale.base;
    }
    return before;
}

bool needs_count(const revenue::RateTerms& rate) {
    return rate.tiers.size() > 1;
}

}  // namespace

Verdict Judge::judge(const RecordSale& command) const {
    if (auto rejection = refuse_without_id(command.sale.value, "sale")) return rejection;
    if (auto rejection = refuse_unknown_product(command.product)) return rejection;
    const ProductRecord& product = *find_product(state, command.product);
    const auto& channels = terms().royalty.channels;
    const auto channel = std::find_if(channels.begin(), channels.end(), [&](const revenue::RoyaltyChannel& known) {
        return known.name == command.channel;
    });
    if (channel == channels.end()) {
        const std::string names = detail::listed(channels, &revenue::RoyaltyChannel::name);
        return reject(Code::channel_unknown, fmt::format("there is no channel '{}'", command.channel), names,
                      "royalty.channels");
    }
    if (auto rejection = refuse_if_taken(find_sale(state, command.sale) != nullptr, "sale", command.sale.value))
        return rejection;
    if (!product.on_sale_at) {
        return reject(Code::product_not_made,
                      fmt::format("{} is {}", idea_text(command.product), to_text(product.stage)),
                      "sales once the product is on sale", "royalty.channels");
    }
    if (auto rejection = refuse_if_foreign(command.gross)) return rejection;
    const Date first{std::chrono::floor<std::chrono::days>(*product.on_sale_at)};
    const Date last = product.over_at ? Date{std::chrono::floor<std::chrono::days>(*product.over_at)} : today();
    if (!command.sold_on.ok() || command.sold_on < first) {
        return reject(Code::sold_before_start,
                      fmt::format("sold on {}, and on sale from {}",
                                  command.sold_on.ok() ? crowdrules::to_text(command.sold_on) : "no day",
                                  crowdrules::to_text(first)),
                      fmt::format("a day from {} on", crowdrules::to_text(first)), "royalty.channels");
    }
    if (command.sold_on > last) {
        return reject(Code::sold_after_report,
                      fmt::format("sold on {}, and {} {}", crowdrules::to_text(command.sold_on),
                                  product.over_at ? "no longer on sale after" : "it is", crowdrules::to_text(last)),
                      fmt::format("a day up to {}", crowdrules::to_text(last)), "royalty.channels");
    }
    const std::string rule = "royalty." + command.channel;
    const DatedRow<revenue::RateTerms>* row = channel->rates.on(command.sold_on);
    if (row == nullptr) {
        return reject(Code::no_rate_in_force,
                      fmt::format("sold on {}, and the first rate is of {}", crowdrules::to_text(command.sold_on),
                                  crowdrules::to_text(channel->rates.rows().front().from)),
                      "a sale under a rate", rule);
    }
    try {
        revenue::SalesLine line{.work = {},
                                .channel = command.channel,
                                .sold_on = command.sold_on,
                                .units = command.units,
                                .gross = command.gross,
                                .deductions = {}};
        Money paid = command.gross;
        bool is_sound = command.units >= 1 && !command.gross.is_negative();
        for (const SaleDeduction& deduction : command.deductions) {
            const Money amount = money(deduction.amount);
            is_sound = is_sound && !amount.is_negative() && line.deductions.emplace(deduction.what, amount).second;
            if (is_off_the_price(deduction.what)) paid -= amount;
        }
        const revenue::SoldBefore before =
            is_sound && needs_count(row->value) ? sold_before(state, product, *channel, *row) : revenue::SoldBefore{};
        if (!is_sound || paid.is_negative()) {
            return reject(Code::sale_malformed,
                          fmt::format("{} units for {}, of which the buyers paid {}", command.units,
                                      to_text(command.gross), to_text(paid)),
                          "at least one unit, and deductions of each kind once, together at most gross", rule);
        }
        const revenue::RoyaltyLine earned = royalty_on(line, *row, before);
        if (earned.base.is_negative()) {
            return reject(Code::sale_malformed,
                          fmt::format("the base of the royalty would be {}", to_text(earned.base)),
                          "deductions that are together at most gross", rule);
        }
        // Nothing that follows from a sale leaves 64 bits when these do not.
        (void)(money(state.totals.gross) + command.gross);
        std::int64_t units = 0;
        if (__builtin_add_overflow(state.totals.units, command.units, &units)) throw Overflow("units");
        (void)(revenue::money_of(state.totals.earned + earned.earned, terms().currency, {RoundingMode::up}) * 4);
        return std::vector<EventBody>{
            SaleRecorded{.sale = command.sale,
                         .product = command.product,
                         .channel = command.channel,
                         .sold_on = command.sold_on,
                         .units = command.units,
                         .gross = command.gross.minor(),
                         .paid = paid.minor(),
                         .base = earned.base.minor(),
                         .earned = earned.earned,
                         .returns_count = row->value.less.contains(revenue::Deduction::returns),
                         .rate_from = row->from}};
    } catch (const Overflow&) {
        return reject(Code::amount_too_large, "the sales of all products leave 64 bits", "a smaller sale", rule);
    }
}

Verdict Judge::judge(const RecordReturn& command) const {
    const SaleRecord* sale = find_sale(state, command.sale);
    if (sale == nullptr) {
        return reject(Code::sale_unknown, fmt::format("there is no sale {}", command.sale.value),
                      fmt::format("one of the {} recorded", state.sales.size()), "royalty.returns");
    }
    if (auto rejection = refuse_if_foreign(command.amount)) return rejection;
    if (command.units < 0 || command.amount.is_negative() || (command.units == 0 && command.amount.is_zero())) {
        return reject(Code::return_malformed, fmt::format("{} units and {}", command.units, to_text(command.amount)),
                      "units or an amount above zero, neither below", "royalty.returns");
    }
    const std::int64_t units_left = sale->units - sale->returned_units;
    const std::int64_t left = sale->paid - sale->returned;
    if (command.units > units_left || command.amount.minor() > left) {
        return reject(Code::return_larger_than_sale,
                      fmt::format("{} units and {} of a sale of which {} units and {} are left", command.units,
                                  to_text(command.amount), units_left, to_text(money(left))),
                      "at most what is left of the sale", "royalty.returns");
    }
    try {
        // In proportion to what the buyers got back of what they paid, and on the running total: everything back takes
        // everything back, and no return takes more than the sale gave.
        Decimal taken;
        if (sale->returns_count && sale->paid > 0) {
            constexpr unsigned digits = 12;
            const std::int64_t returned = sale->returned + command.amount.minor();
            taken = returned == sale->paid
                        ? sale->earned
                        : (sale->earned * Decimal(returned)).quotient(Decimal(sale->paid), digits, RoundingMode::down);
            taken = taken - sale->taken_back;
        }
        return std::vector<EventBody>{ReturnRecorded{command.sale, command.units, command.amount.minor(), taken}};
    } catch (const Overflow&) {
        return reject(Code::amount_too_large, "what it takes back has more than 38 digits", "several smaller returns",
                      "royalty.returns");
    }
}

Verdict Judge::judge(const PayRoyalty& command) const {
    if (auto rejection = refuse_if_unknown(command.member)) return rejection;
    const campaign::Handle member = state.member_index.find(command.member.value);
    const revenue::PayeeStatement payment = payment_on(state, member, today(), command.closing);
    const Money balance = money(state.members[member].balance());
    const std::string on_hold_text =
        payment.on_hold.is_zero() ? std::string() : fmt::format(", of which {} are on hold", to_text(payment.on_hold));
    switch (payment.reason) {
        case revenue::Unpaid::paid:
            break;
        case revenue::Unpaid::nothing_due:
            return reject(Code::nothing_due,
                          fmt::format("{} is owed {}{}", member_text(command.member), to_text(balance), on_hold_text),
                          "a member with a balance that is free", "payouts.hold_days");
        case revenue::Unpaid::negative:
            return reject(
                Code::balance_negative,
                fmt::format("the balance of {} is {}{}", member_text(command.member), to_text(balance), on_hold_text),
                "a member who is owed something", "payouts");
        case revenue::Unpaid::below_minimum:
            return reject(Code::below_minimum,
                          fmt::format("{} is owed {}{}", member_text(command.member), to_text(balance), on_hold_text),
                          fmt::format("{} {}, or less to close the account",
                                      terms().payouts.rule == revenue::MinimumRule::above ? "more than" : "at least",
                                      to_text(money(*terms().payouts.minimum))),
                          "payouts.minimum");
        case revenue::Unpaid::fee_exceeds:
            return reject(Code::payment_fee_exceeds,
                          fmt::format("fee and withholding leave nothing of {}", to_text(balance)),
                          "a balance that leaves something", "payouts.fee");
    }
    std::int64_t withheld = 0;
    for (const revenue::Withheld& part : payment.withheld) withheld += part.amount.minor();
    return std::vector<EventBody>{RoyaltyPaid{command.member, withheld, payment.fee.minor(), payment.paid.minor()}};
}

}  // namespace crowdrules::community
