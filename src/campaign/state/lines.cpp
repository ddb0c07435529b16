// SPDX-License-Identifier: BSL-1.0
#include "lines.hpp"

#include <crowdrules/core/contract.hpp>
#include <crowdrules/fees/fee_schedule.hpp>
#include <crowdrules/money/allocate.hpp>

#include "bookkeeping.hpp"
#include <algorithm>
#include <array>

namespace crowdrules::campaign {

namespace {

LinesLeft left_of(const PledgeDetail& detail, std::int64_t all, std::int64_t (*left)(const PledgeLine&)) {
    LinesLeft lines{.lines = &detail.lines};
    for (const PledgeLine& line : detail.lines) {
        lines.left.push_back(left(line));
        all -= lines.left.back();
    }
    lines.left.push_back(all);
    return lines;
}

const LineRule& rule_of(const Terms& terms, const LineAmount& line) {
    const auto place = find_rule(terms, line.line);
    if (!place) throw ContractViolation("the event names a line that the terms have no rule for");
    return terms.lines[*place];
}
const LineRule& rule_of(const Terms& terms, const PledgeLine& line) {
    return terms.lines[line.rule];
}
std::int64_t amount_of(const LineAmount& line) {
    return line.amount;
}
std::int64_t amount_of(const PledgeLine& line) {
    return line.amount;
}

template <class Line>
std::int64_t sum_without(const Terms& terms, const std::vector<Line>& lines, bool LineRule::* what) {
    std::int64_t sum = 0;
    for (const Line& line : lines)
        if (!(rule_of(terms, line).*what)) sum += amount_of(line);
    return sum;
}

}  // namespace

bool is_part_of_pledge(std::string_view line) noexcept {
    constexpr std::array<std::string_view, 4> parts{"reward", "add_ons", "shipping", "bonus"};
    return std::ranges::find(parts, line) != parts.end();
}

Money contained_in(Money pledged, const Decimal& rate, Rounding rounding) {
    FeeSchedule with_tax;
    with_tax.tax = FeeTax{.rate = rate, .rounding = rounding, .included = true};
    return tax_on(with_tax, pledged);
}

std::optional<std::uint32_t> find_rule(const Terms& terms, std::string_view line) noexcept {
    const auto rule = std::ranges::find(terms.lines, line, &LineRule::name);
    if (rule == terms.lines.end()) return std::nullopt;
    return static_cast<std::uint32_t>(rule - terms.lines.begin());
}

std::vector<LineAmount> LinesLeft::take(const Terms& terms, std::int64_t amount, Account (*account)(const LineRule&),
                                        std::optional<std::size_t> first) {
    std::vector<LineAmount> taken;
    if (empty() || amount == 0) return taken;
    std::vector<std::int64_t> parts(left.size());
    std::int64_t alone = 0;
    if (first) {
        alone = std::min(amount, left[*first]);
        left[*first] -= alone;
    }
    if (amount > alone) allocate_into(amount - alone, left, {AllocationMethod::largest_remainder}, parts);
    for (std::size_t i = 0; i < left.size(); ++i) left[i] -= parts[i];
    if (first) parts[*first] += alone;
    for (std::size_t i = 0; i < lines->size(); ++i) {
        if (parts[i] == 0) continue;
        const LineRule& rule = terms.lines[(*lines)[i].rule];
        taken.push_back({.line = rule.name, .amount = parts[i], .account = account(rule)});
    }
    return taken;
}

LinesLeft lines_to_charge(const State& state, Handle pledge) {
    const PledgeDetail* detail = state.book.detail_of(pledge);
    if (detail == nullptr || detail->lines.empty()) return {};
    const PledgeRecord& record = state.book.records[pledge];
    return left_of(*detail, record.amount - bookkeeping::charged_for(record, detail),
                   [](const PledgeLine& line) { return line.amount - line.charged; });
}

LinesLeft lines_collected(const State& state, Handle pledge) {
    const PledgeDetail* detail = state.book.detail_of(pledge);
    if (detail == nullptr || detail->lines.empty()) return {};
    const std::int64_t charged = bookkeeping::charged_for(state.book.records[pledge], detail);
    return left_of(*detail, charged - detail->refunded - detail->charged_back,
                   [](const PledgeLine& line) { return line.charged - line.gone; });
}

LinesLeft lines_gone(const State& state, Handle pledge) {
    const PledgeDetail* detail = state.book.detail_of(pledge);
    if (detail == nullptr || detail->lines.empty()) return {};
    return left_of(*detail, detail->refunded + detail->charged_back, [](const PledgeLine& line) { return line.gone; });
}

std::int64_t without(const Terms& terms, const std::vector<LineAmount>& lines, bool LineRule::* what) {
    return sum_without(terms, lines, what);
}
std::int64_t without(const Terms& terms, const std::vector<PledgeLine>& lines, bool LineRule::* what) {
    return sum_without(terms, lines, what);
}

std::int64_t of_others(const std::vector<LineAmount>& lines) noexcept {
    std::int64_t sum = 0;
    for (const LineAmount& line : lines)
        if (line.account != Account::escrow) sum += line.amount;
    return sum;
}

std::int64_t uncounted_collected_of(const State& state, Handle pledge) {
    const PledgeRecord& record = state.book.records[pledge];
    const bool was_let_go = record.state == PledgeState::cancelled || record.state == PledgeState::released;
    if (was_let_go || !record.has(PledgeRecord::charged)) return 0;
    const PledgeDetail* detail = state.book.detail_of(pledge);
    if (record.has(PledgeRecord::late | PledgeRecord::supplement))
        return bookkeeping::charged_for(record, detail) - (detail ? detail->refunded + detail->charged_back : 0);
    if (detail == nullptr) return 0;
    std::int64_t sum = 0;
    for (const PledgeLine& line : detail->lines)
        if (!state.terms->lines[line.rule].counts) sum += line.charged - line.gone;
    return sum;
}

}  // namespace crowdrules::campaign
