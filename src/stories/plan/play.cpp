// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/core/contract.hpp>
#include <crowdrules/stories/plan/play.hpp>

#include "figures.hpp"
#include "runner.hpp"

namespace crowdrules {
namespace {

/// A figure beside what is expected of it, as far as the text can be read as a figure of that kind.
Comparison compared(const PlanBook& book, const PlanExpected& expected) {
    Comparison comparison{expected.figure, expected.value, {}, false, expected.where};
    const auto actual = figure(book, expected.figure);
    if (!actual) {
        comparison.actual = detail::no_such_figure(book, expected.figure);
        return comparison;
    }
    comparison.actual = to_text(*actual);
    const auto wanted = Decimal::parse(expected.value);
    const auto within = expected.within ? Decimal::parse(*expected.within) : Decimal(0);
    const auto near = [&](const Decimal& is) {
        if (!wanted || !within || expected.is_count) return false;
        const Decimal off = is - *wanted;
        return off <= *within && -*within <= off;
    };
    if (expected.within) comparison.expected += " within " + *expected.within;
    if (const auto* amount = std::get_if<Money>(&*actual))
        comparison.agrees = near(amount->units());
    else if (const auto* number = std::get_if<Decimal>(&*actual))
        comparison.agrees = near(*number);
    else if (const auto* count = std::get_if<std::int64_t>(&*actual))
        comparison.agrees = expected.is_count && wanted && *wanted == Decimal(*count);
    else
        comparison.agrees = !expected.is_count && expected.value == std::get<std::string>(*actual);
    return comparison;
}

}  // namespace

std::vector<std::string> PlanPlay::surprises() const {
    std::vector<std::string> lines;
    const auto place = [](const TextPosition& where) {
        const std::string text = where.source + (where.source.empty() ? "line " : ":") + std::to_string(where.line);
        return where.line == 0 ? std::string() : text + ": ";
    };
    for (const Comparison& c : comparisons)
        if (!c.agrees)
            lines.push_back(place(c.where) + c.figure + ": expected " + c.expected + ", but it is " + c.actual);
    for (const PlanRefusal& r : refusals)
        if (!r.expected) lines.push_back(place(r.where) + "on " + to_text(r.on) + " was refused: " + to_text(r.why));
    return lines;
}

Result<PlanPlay> play(const RevenuePlan& plan, const PlayProgress& progress) {
    PlanPlay play;
    play.book = {plan.title, plan.source, plan.currency, {}, plan.terms, {}};
    for (const PlanPart& part : plan.parts) play.book.parts.push_back({part.name, std::string(kind_of(part))});
    if (plan.distribution) play.book.parts.push_back({"distribution", "paying out"});

    const PlanLine* line = nullptr;
    try {
        detail::PlanRunner runner(plan);
        for (std::size_t i = 0; i < plan.timeline.size(); ++i) {
            line = &plan.timeline[i];
            if (progress && i % 256 == 0) progress(i, plan.timeline.size());
            auto entries = runner.carry_out(*line);
            if (!entries) {
                const Finding& why = entries.error();
                play.refusals.push_back({line->where, line->on, why, why.rule == line->refused});
            } else {
                play.book.entries.insert(play.book.entries.end(), std::make_move_iterator(entries->begin()),
                                         std::make_move_iterator(entries->end()));
            }
            if (!line->refused.empty()) {
                const std::string actual = entries ? "accepted" : entries.error().rule;
                play.comparisons.push_back({"refused", line->refused, actual, actual == line->refused, line->where});
            }
            for (const PlanExpected& expected : line->expect) play.comparisons.push_back(compared(play.book, expected));
        }
        for (const PlanExpected& expected : plan.expect) play.comparisons.push_back(compared(play.book, expected));
    } catch (const ContractViolation& reason) {
        // An amount that leaves 64 bits only when amounts are added up.
        return failure(TextError{line ? line->where : TextPosition{}, reason.what(), plan.title,
                                 "amounts that fit together into 64 bits"});
    }
    return play;
}

}  // namespace crowdrules
