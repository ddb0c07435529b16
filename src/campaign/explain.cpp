// SPDX-License-Identifier: BSL-1.0
// The figures of a statement by name, and how each came about.
#include <crowdrules/campaign/statement.hpp>

#include <fmt/format.h>

#include "campaign/due/payouts.hpp"
#include "campaign/state/statement_of.hpp"
#include "reason/figures.hpp"
#include <words/number.hpp>

namespace crowdrules::campaign {

namespace {

using detail::Recipe;
using NamedFigure = detail::NamedFigure<Statement, Terms>;

std::string text(Money amount) {
    return to_grouped_text(amount);
}

/// "1 pledge", "882 charges", "no backers".
std::string counted(std::uint64_t count, std::string_view what) {
    return count == 0 ? "no " + detail::plural(count, what) : detail::counted(count, what);
}

/// A sum in words; terms of zero are left out.
class Sum {
  public:
    explicit Sum(Currency currency) : currency_(currency) {}

    Sum& add(std::int64_t minor, std::string_view what) {
        if (minor == 0) return *this;
        if (words_.empty()) {
            words_ = minor < 0 ? "-" : "";
        } else {
            words_ += minor < 0 ? " - " : " + ";
        }
        words_ += fmt::format("{} {}", text({minor < 0 ? -minor : minor, currency_}), what);
        total_ += minor;
        ++terms_;
        return *this;
    }
    Sum& take(std::int64_t minor, std::string_view what) { return add(-minor, what); }
    Sum& add(Money amount, std::string_view what) { return add(amount.minor(), what); }
    Sum& take(Money amount, std::string_view what) { return add(-amount.minor(), what); }

    [[nodiscard]] std::int64_t total() const { return total_; }
    [[nodiscard]] int terms() const { return terms_; }
    [[nodiscard]] const std::string& words() const { return words_; }
    [[nodiscard]] std::string words_or(std::string_view nothing) const {
        return words_.empty() ? std::string(nothing) : words_;
    }

  private:
    Currency currency_;
    std::string words_;
    std::int64_t total_ = 0;
    int terms_ = 0;
};

/// One column of the statement's payouts, summed.
std::int64_t over_payouts(const Statement& s, std::int64_t PayoutLine::* column) {
    std::int64_t sum = 0;
    for (const PayoutLine& line : s.payouts) sum += line.*column;
    return sum;
}

detail::Recipe gross_recipe(const Statement& s, const Terms&) {
    const bool is_open = s.phase == Phase::live || s.phase == Phase::paused;
    return {.formula = fmt::format("{} of {} standing {}", counted(s.gross.count, "pledge"),
                                   counted(s.backers, "backer"), is_open ? "now" : "when the campaign closed"),
            .rule = "outcome.latched"};
}

detail::Recipe dropped_recipe(const Statement& s, const Terms& terms) {
    return {.formula = fmt::format("{} whose charge failed and was not mended within {}",
                                   counted(s.dropped.count, "pledge"),
                                   crowdrules::to_text(terms.charges.retry_window.value_or(Elapsed::zero()))),
            .rule = "charges.retry_window"};
}

detail::Recipe collected_recipe(const Statement& s, const Terms& terms) {
    const std::string charges = counted(s.collected.count, "charge");
    Sum sum(terms.currency);
    sum.add(s.gross.amount, "gross").add(s.late.amount, "late").add(s.supplements.amount, "supplements");
    sum.take(s.dropped.amount, "dropped");
    sum.take(s.open.amount, "open").take(s.given_up, "given up");
    // Money that came in before the campaign closed need not stand behind what stood when it did.
    if (s.collected.amount.is_zero() || sum.terms() < 2 || sum.total() != s.collected.amount.minor())
        return {.formula = charges + " that went through", .rule = "charges.timing"};
    return {.formula = fmt::format("{}, in {}", sum.words(), charges),
            .rule = "charges.timing",
            .from = {"gross", "late", "supplements", "dropped", "open", "given_up"}};
}

detail::Recipe refunded_recipe(const Statement& s, const Terms& terms) {
    const std::int64_t before = over_payouts(s, &PayoutLine::refunded);
    Sum sum(terms.currency);
    sum.add(before, "before its payout").add(s.refunded.minor() - before, "after it");
    return {.formula = sum.words_or("no refund was made"),
            .rule = before == 0 && !s.refunded.is_zero() ? "refunds.after_payout" : "refunds.before_payout"};
}

detail::Recipe charged_back_recipe(const Statement& s, const Terms& terms) {
    const std::int64_t before = over_payouts(s, &PayoutLine::charged_back);
    Sum sum(terms.currency);
    sum.add(before, "out of money not paid out").add(s.charged_back.minor() - before, "that somebody made good");
    return {.formula = sum.words_or("no dispute was lost"), .rule = "disputes.fraud"};
}

detail::Recipe to_others_recipe(const Statement& s, const Terms& terms) {
    Sum sum(terms.currency);
    for (const Statement::ChargeLine& line : s.lines)
        if (line.payee != "creator") sum.add(line.kept, fmt::format("of '{}' for {}", line.name, line.payee));
    return {.formula = sum.words_or("no line of a charge is for anybody else than the creator"), .rule = "lines"};
}

detail::Recipe fee_base_recipe(const Statement& s, const Terms& terms) {
    if (s.fee_base.is_zero()) return {.formula = "nothing that the creator keeps", .rule = "fees.platform"};
    Sum sum(terms.currency);
    sum.add(s.collected.amount, "collected");
    const bool follows = terms.refunds.platform.value_or(PartialRefundFee::recomputed) == PartialRefundFee::recomputed;
    if (follows) sum.take(over_payouts(s, &PayoutLine::refunded), "refunded before its payout");
    sum.take(over_payouts(s, &PayoutLine::charged_back), "charged back");
    sum.take(over_payouts(s, &PayoutLine::disputed), "held for disputes");
    sum.take(over_payouts(s, &PayoutLine::free) + (follows ? 0 : over_payouts(s, &PayoutLine::free_refunded)),
             "in lines that do not bear it");
    return {
        .formula = sum.words(), .rule = "fees.platform", .from = {"collected", "refunded", "charged_back", "disputed"}};
}

bool is_on_miss(const Statement& s, const Terms& terms) {
    return s.goal_missed && terms.fees.platform_on_miss.has_value();
}
const FeeSchedule& platform_schedule(const Statement& s, const Terms& terms) {
    return is_on_miss(s, terms) ? *terms.fees.platform_on_miss : terms.fees.platform;
}

}  // namespace

Money supplements_fee_base(const Statement& statement, const Terms& terms) {
    FeeBase base{.of_supplements = true};
    for (const PayoutLine& line : statement.payouts)
        if (bears_own_fee(terms, line)) base.add(line);
    return {base.amount(terms.refunds), terms.currency};
}

namespace {

detail::Recipe platform_recipe(const Statement& s, const Terms& terms) {
    const FeeSchedule& schedule = platform_schedule(s, terms);
    const PartialRefundFee on_refund = terms.refunds.platform.value_or(PartialRefundFee::recomputed);
    const Money refunded{over_payouts(s, &PayoutLine::refunded), terms.currency};
    const Money of_supplements = supplements_fee_base(s, terms);
    const Money base = s.fee_base - of_supplements;
    const auto fee_of = [&](const FeeSchedule& fee, Money on) {
        return fee_on(fee, on.is_negative() ? Money::zero(terms.currency) : on);
    };
    std::string formula =
        fmt::format("{}, of {} {}, as one running total", to_text(schedule, terms.currency), text(base),
                    on_refund == PartialRefundFee::recomputed ? "that the creator keeps" : "that came in");
    Money due = fee_of(schedule, base);
    if (!of_supplements.is_zero()) {
        formula += fmt::format(", and {}, of {} in supplements", to_text(*terms.supplements->platform, terms.currency),
                               text(of_supplements));
        due += fee_of(*terms.supplements->platform, of_supplements);
    }
    if (on_refund == PartialRefundFee::proportional && refunded.is_positive()) {
        formula += fmt::format(": {}, less the part of it in which {} went back", text(due), text(refunded));
        due = s.platform_fee;  // what a payout bore is in proportion already
    }
    const bool contains_tax = schedule.tax && schedule.tax->included;
    if (contains_tax)
        formula += fmt::format("; that is {}, less {} of tax that it contains", text(s.platform_fee + s.platform_tax),
                               text(s.platform_tax));
    if (due < (contains_tax ? s.platform_fee + s.platform_tax : s.platform_fee))
        formula += fmt::format("; that would be {} now, and what a payout bore stays taken", text(due));
    return {.formula = formula,
            .rule = is_on_miss(s, terms) ? "fees.platform_on_miss" : "fees.platform",
            .from = {"fee_base"}};
}

std::string tax_formula(const FeeSchedule& schedule, Money fee) {
    if (!schedule.tax) return "no tax on this fee in the terms";
    const std::string percent = to_percent(schedule.tax->rate);
    if (schedule.tax->included) return fmt::format("{} contained in the fee besides {}", percent, text(fee));
    return fmt::format("{} of {}", percent, text(fee));
}

detail::Recipe processing_recipe(const Statement& s, const Terms& terms) {
    const bool has_own = terms.supplements && terms.supplements->processing && !s.supplements.amount.is_zero();
    const std::string own =
        has_own ? "; of supplements " + to_text(*terms.supplements->processing, terms.currency) : std::string();
    return {.formula = fmt::format("{}{}{}, on each of {}{}{}", to_text(terms.fees.processing, terms.currency),
                                   terms.fees.methods.empty() ? "" : ", or that of its method of payment",
                                   own,
                                   counted(s.collected.count, "charge"),
                                   s.fee_difference.is_zero() ? "" : ", or what the provider reported",
                                   s.refunded.is_zero() ? "" : ", less what refunds returned"),
            .rule = "fees.processing",
            .from = {"collected"}};
}

detail::Recipe difference_recipe(const Statement& s, const Terms&) {
    if (s.fee_difference.is_zero())
        return {.formula = "every fee is what the terms make it", .rule = "fees.processing"};
    return {.formula = fmt::format("the provider took {} {} than the terms make of its charges, refunds and disputes",
                                   text(s.fee_difference.is_negative() ? -s.fee_difference : s.fee_difference),
                                   s.fee_difference.is_negative() ? "less" : "more"),
            .rule = "fees.processing",
            .from = {"processing_fee", "processing_tax", "dispute_fees"}};
}

detail::Recipe dispute_fees_recipe(const Statement& s, const Terms& terms) {
    if (s.dispute_fees.is_zero())
        return {.formula = "no fee of a dispute is kept by the provider", .rule = "disputes.fee"};
    const DisputePolicy& disputes = terms.disputes;
    return {.formula = fmt::format("taken with each dispute, {} by the terms, and not returned; {}",
                                   text({disputes.fee, terms.currency}),
                                   disputes.fee_bearer ? fmt::format("borne by the {}", to_text(*disputes.fee_bearer))
                                                       : "borne by whoever would bear the loss"),
            .rule = "disputes.fee"};
}

detail::Recipe reserve_recipe(const Statement& s, const Terms& terms) {
    if (!terms.reserve) return {.formula = "the terms hold nothing back", .rule = "reserve"};
    const std::int64_t held = over_payouts(s, &PayoutLine::reserve);
    Sum sum(terms.currency);
    sum.add(held, "held at payouts").take(held - s.reserve.minor(), "released or used since");
    return {.formula = fmt::format("{} of the running total for {}: {}", to_percent(terms.reserve->rate),
                                   crowdrules::to_text(terms.reserve->held_for), sum.words_or("nothing held yet")),
            .rule = "reserve"};
}

/// One payout as its line of the bill.
Derivation bill(const PayoutLine& line, std::size_t place, const Terms& terms) {
    Sum sum(terms.currency);
    sum.add(line.gross, "collected").take(line.refunded, "refunded").take(line.charged_back, "charged back");
    sum.take(line.disputed, "held for disputes").add(line.carried, "carried over from earlier payouts");
    sum.take(line.processing_fee, "processing fees").take(line.to_others, "lines for others");
    const bool is_back = line.platform_fee < 0;
    sum.take(line.platform_fee, is_back ? "platform fee given back, because a larger sum costs less" : "platform fee");
    sum.take(line.tax, "tax on it").take(line.recouped, "that the creator owed").take(line.reserve, "reserve");
    sum.take(line.held, "held for its shares");
    const std::string_view rule = line.kind == PayoutLine::Kind::later ? "payouts.later" : "payouts.first_after";
    return {.figure = fmt::format("payout {} ({})", place, to_text(line.kind)),
            .value = text({line.net, terms.currency}),
            .formula = fmt::format("{}, on {}", sum.words(), crowdrules::to_text(*line.paid_at)),
            .rule = std::string(rule),
            .citation = citation_of(terms, rule),
            .from = {}};
}

detail::Recipe paid_recipe(const Statement& s, const Terms& terms) {
    detail::Recipe recipe{.formula = {}, .rule = "payouts.first_after"};
    std::int64_t payouts = 0;
    std::uint64_t made = 0;
    for (std::size_t i = 0; i < s.payouts.size(); ++i) {
        const PayoutLine& line = s.payouts[i];
        if (!line.paid_at) continue;
        recipe.parts.push_back(bill(line, i, terms));
        if (line.net > 0) {
            payouts += line.net;
            ++made;
        }
    }
    Sum sum(terms.currency);
    const std::int64_t returned = over_payouts(s, &PayoutLine::returned);
    sum.add(payouts, "in " + counted(made, "payout")).take(returned, "that came back");
    sum.take(s.payout_fees, "taken on the way");
    sum.add(s.paid.minor() - payouts + returned + s.payout_fees.minor(), "of reserves released");
    recipe.formula = sum.words_or("no payout was made");
    return recipe;
}

detail::Recipe owed_recipe(const Statement& s, const Terms& terms) {
    Sum sum(terms.currency);
    sum.add(s.paid, "paid").take(s.holders[static_cast<std::size_t>(Account::creator)], "that the creator has of it");
    return {.formula = s.owed.is_zero() ? "no refund, dispute or fee that the creator has to cover"
                                        : "refunds, disputes and fees that the creator has to cover: " + sum.words(),
            .rule = "refunds.after_payout"};
}

detail::Recipe to_pay_recipe(const Statement& s, const Terms& terms) {
    const Money escrow = s.holders[static_cast<std::size_t>(Account::escrow)] - s.allotted;
    Sum sum(terms.currency);
    sum.add(escrow, "in escrow");
    // What comes first covers what is owed.
    const bool owes = s.owed.is_positive() && !(escrow + s.reserve).is_zero() && !s.to_pay.is_negative();
    if (owes && s.to_pay.is_zero())
        return {.formula = fmt::format("what fees leave of {} in escrow and {} in reserve covers no more than {} owed",
                                       text(escrow), text(s.reserve), text(s.owed)),
                .rule = "payouts.first_after",
                .from = {"platform_fee", "reserve", "owed"}};
    if (s.to_pay.is_zero() && !escrow.is_zero())
        return {.formula = sum.words() + ", and nothing is the creator's before a success",
                .rule = "payouts.first_after"};
    const Money owed = owes ? s.owed : Money::zero(terms.currency);
    sum.take(escrow + s.reserve - s.to_pay - owed, "of platform fees still to be taken").add(s.reserve, "in reserve");
    sum.take(owed, "that the creator owes");
    return {.formula = sum.words_or("nothing is left in escrow or reserve"),
            .rule = "payouts.first_after",
            .from = {"platform_fee", "reserve"}};
}

// In the order of the statement.
const std::vector<NamedFigure>& figures() {
    static const std::vector<NamedFigure> all{
        {"gross", [](const Statement& s) { return s.gross.amount; }, gross_recipe},
        {"late", [](const Statement& s) { return s.late.amount; },
         [](const Statement& s, const Terms&) -> Recipe {
             return {.formula = counted(s.late.count, "pledge") + " made after the deadline", .rule = "late_pledges"};
         }},
        {"supplements", [](const Statement& s) { return s.supplements.amount; },
         [](const Statement& s, const Terms&) -> Recipe {
             return {.formula = counted(s.supplements.count, "further charge") + " to who has pledged",
                     .rule = "supplements"};
         }},
        {"cancelled", [](const Statement& s) { return s.cancelled.amount; },
         [](const Statement& s, const Terms&) -> Recipe {
             return {.formula = counted(s.cancelled.count, "pledge") + " taken back by the backer",
                     .rule = "limits.locked_before_end"};
         }},
        {"released", [](const Statement& s) { return s.released.amount; },
         [](const Statement& s, const Terms&) -> Recipe {
             return {.formula = counted(s.released.count, "pledge") + " let go without a success",
                     .rule = "outcome.success"};
         }},
        {"dropped", [](const Statement& s) { return s.dropped.amount; }, dropped_recipe},
        {"open", [](const Statement& s) { return s.open.amount; },
         [](const Statement& s, const Terms& terms) -> Recipe {
             return {.formula = counted(s.open.count, "pledge") + " not charged yet" +
                                (terms.instalments ? ", and instalments to come" : ""),
                     .rule = "charges.timing"};
         }},
        {"given_up", [](const Statement& s) { return s.given_up; },
         [](const Statement& s, const Terms&) -> Recipe {
             return {.formula = s.given_up.is_zero()
                                    ? "every charge was made, and captured whole"
                                    : "instalments cancelled by a refund or never mended, and what was not captured",
                     .rule = "instalments"};
         }},
        {"collected", [](const Statement& s) { return s.collected.amount; }, collected_recipe},
        {"refunded", [](const Statement& s) { return s.refunded; }, refunded_recipe},
        {"charged_back", [](const Statement& s) { return s.charged_back; }, charged_back_recipe},
        {"to_others", [](const Statement& s) { return s.to_others; }, to_others_recipe},
        {"disputed", [](const Statement& s) { return s.disputed; },
         [](const Statement& s, const Terms&) -> Recipe {
             return {.formula = s.disputed.is_zero() ? "no dispute is open" : "held while banks decide",
                     .rule = "disputes.fraud"};
         }},
        {"fee_base", [](const Statement& s) { return s.fee_base; }, fee_base_recipe},
        {"platform_fee", [](const Statement& s) { return s.platform_fee; }, platform_recipe},
        {"platform_tax", [](const Statement& s) { return s.platform_tax; },
         [](const Statement& s, const Terms& terms) -> Recipe {
             return {.formula = tax_formula(platform_schedule(s, terms), s.platform_fee),
                     .rule = "fees.tax",
                     .from = {"platform_fee"}};
         }},
        {"processing_fee", [](const Statement& s) { return s.processing_fee; }, processing_recipe},
        {"processing_tax", [](const Statement& s) { return s.processing_tax; },
         [](const Statement& s, const Terms& terms) -> Recipe {
             return {.formula = tax_formula(terms.fees.processing, s.processing_fee) +
                                (terms.fees.processing.tax ? ", charge by charge" : ""),
                     .rule = "fees.tax",
                     .from = {"processing_fee"}};
         }},
        {"fee_difference", [](const Statement& s) { return s.fee_difference; }, difference_recipe},
        {"dispute_fees", [](const Statement& s) { return s.dispute_fees; }, dispute_fees_recipe},
        {"unmatched", [](const Statement& s) { return s.unmatched; },
         [](const Statement& s, const Terms&) -> Recipe {
             return {.formula = s.unmatched.is_zero() ? "no money is held without a match"
                                                      : "came in less what was sent back, paid a charge or was kept",
                     .rule = "reported"};
         }},
        {"unmatched_kept", [](const Statement& s) { return s.unmatched_kept; },
         [](const Statement& s, const Terms&) -> Recipe {
             return {.formula = s.unmatched_kept.is_zero() ? "the platform kept none" : "unmatched money, resolved so",
                     .rule = "reported"};
         }},
        {"payout_fees", [](const Statement& s) { return s.payout_fees; },
         [](const Statement& s, const Terms&) -> Recipe {
             return {.formula = s.payout_fees.is_zero() ? "every payout arrived whole"
                                                        : "payouts less what arrived at the creator's bank",
                     .rule = "reported"};
         }},
        {"declined", [](const Statement& s) { return s.declined; },
         [](const Statement& s, const Terms&) -> Recipe {
             return {.formula = s.declined.is_zero() ? "nothing was offered that was not taken"
                                                     : "offered above the cap, and not taken",
                     .rule = "model.cap"};
         }},
        {"allotted", [](const Statement& s) { return s.allotted; },
         [](const Statement& s, const Terms&) -> Recipe {
             return {.formula = s.allotted.is_zero() ? "nothing is held for backers"
                                                     : "held for milestones that were rejected, less what was refunded",
                     .rule = "payouts.shares"};
         }},
        {"reserve", [](const Statement& s) { return s.reserve; }, reserve_recipe},
        {"paid", [](const Statement& s) { return s.paid; }, paid_recipe},
        {"owed", [](const Statement& s) { return s.owed; }, owed_recipe},
        {"to_pay", [](const Statement& s) { return s.to_pay; }, to_pay_recipe},
    };
    return all;
}

}  // namespace

std::vector<std::string> figure_names() {
    return detail::names_of(figures());
}

std::optional<Money> figure(const Statement& statement, std::string_view name) {
    return detail::value_of(figures(), statement, name);
}

Result<Derivation, std::string> explain(const Statement& statement, const Terms& terms, std::string_view name) {
    return detail::explain_figure(figures(), statement, terms, name);
}

}  // namespace crowdrules::campaign
