// SPDX-License-Identifier: BSL-1.0
#include "lines.hpp"

#include "core/listed.hpp"
#include "line_text.hpp"
#include <optional>
#include <string>
#include <tuple>
#include <utility>

namespace crowdrules::detail {
namespace {

/// Longer time lines would only fill the memory: a year of single sales belongs into sales lines by day.
constexpr std::size_t most_lines = 100'000;

bool read_expected(const Node& node, const Path& path, Reader& reader, PlanExpected& expected) {
    const Node* value = &node;
    if (node.kind == Node::Kind::table) {
        const Node* const within = node.find("within");
        value = node.find("about");
        if (!within || node.items.size() != 2 || within->kind != Node::Kind::text)
            return reader.expected(node, path, "{ about = \"730.00\", within = \"0.50\" }");
        expected.within = within->text;
    }
    if (value->kind == Node::Kind::integer) {
        expected.is_count = true;
        expected.value = to_text(Decimal::of(value->integer, 0));
        return true;
    }
    if (value->kind != Node::Kind::text)
        return reader.expected(*value, path, "a text in quotes, or a whole number for a count");
    expected.value = value->text;
    return true;
}

void read_expectations(const Node& node, const Path& path, const std::string& name, Reader& reader,
                       std::vector<PlanExpected>& expectations) {
    // A part whose name has a point is told from a figure of another part by its quotes: "Album.2".received.
    const auto inner = [&](const std::string& more) {
        if (!name.empty()) return name + "." + more;
        return more.find('.') == std::string::npos ? more : '"' + more + '"';
    };
    if (node.kind == Node::Kind::table && !node.find("about")) {
        for (const std::size_t i : order_of(node))
            read_expectations(node.items[i], {&path, node.keys[i].name}, inner(node.keys[i].name), reader,
                              expectations);
    } else if (node.kind == Node::Kind::list) {
        for (std::size_t i = 0; i < node.items.size(); ++i)
            read_expectations(node.items[i], {&path, {}, i + 1}, inner(std::to_string(i + 1)), reader, expectations);
    } else {
        PlanExpected expected{.figure = name, .where = node.where};
        if (read_expected(node, path, reader, expected)) expectations.push_back(std::move(expected));
    }
}

class PlanLineReader {
  public:
    PlanLineReader(const RevenuePlan& plan, PlanReader& values) : plan_(plan), values_(values) {}

    std::vector<PlanLine> read(const Node& timeline) {
        for (const Node& line : lines_of(timeline)) read_line(line);
        return std::move(lines_);
    }

  private:
    const std::vector<Node>& lines_of(const Node& timeline) {
        static const std::vector<Node> none;
        if (timeline.kind == Node::Kind::list) {
            if (timeline.items.size() <= most_lines) return timeline.items;
            values_.reader().refuse(timeline, {nullptr, "timeline"}, "more than 100,000 lines", "fewer lines");
        } else if (!timeline.keys.empty() || timeline.kind != Node::Kind::table) {
            values_.reader().expected(timeline, {nullptr, "timeline"}, "a list");
        }
        return none;
    }

    void read_line(const Node& node) {
        const Path timeline{nullptr, "timeline"};
        const Path path{&timeline, {}, ++line_};
        PlanLineText text;
        if (!values_.reader().read(node, text, path)) return;
        PlanLine line{
            .where = node.where, .on = text.on.value_or(last_), .text = to_text(without(node, {"expect", "refused"}))};
        if (!text.on && last_ == Date{})
            values_.reader().refuse(FindingKind::missing, node.where, {&path, "on"},
                                    "a line without a day, and none before it", "a date: on = 2012-03-31");
        if (line.on < last_)
            values_.reader().refuse(node, {&path, "on"}, to_text(line.on) + " after " + to_text(last_),
                                    "days in their order");
        last_ = line.on;
        line.refused = text.refused.value_or("");
        if (text.expect) line.expect = read_plan_expectations(*text.expect, {&path, "expect"}, values_);

        verbs_ = 0;
        read_sharing(text, node, path, line);
        read_matching(text, node, path, line);
        read_paying(text, node, path, line);
        if (verbs_ > 1)
            values_.reader().refuse(node, path, "a line does one thing, but this one does more", "a line for each");
        if (verbs_ == 0 && line.expect.empty())
            values_.reader().refuse(node, path, "a line that does nothing and expects nothing",
                                    "sale, receipt, pay_out, ...");
        lines_.push_back(std::move(line));
    }

    template <class... Part>
    std::size_t part_of(const std::string& name, std::string_view wanted, const Node& node, const Path& path) {
        const auto fits = [](const PlanPart& part) { return (std::holds_alternative<Part>(part.terms) || ...); };
        std::string known;
        std::size_t found = 0, count = 0;
        for (std::size_t i = 0; i < plan_.parts.size(); ++i) {
            if (!fits(plan_.parts[i])) continue;
            if (plan_.parts[i].name == name) return i;
            (known += known.empty() ? "'" : ", '") += plan_.parts[i].name + "'";
            found = i;
            ++count;
        }
        if (name.empty() && count == 1) return found;
        values_.reader().refuse(FindingKind::malformed, node.where, path,
                                (name.empty() ? std::string("which ") + std::string(wanted) + " is meant"
                                              : "there is no " + std::string(wanted) + " '" + name + "'"),
                                known.empty() ? "a plan with a " + std::string(wanted) : known);
        return 0;
    }
    template <class Line>
    void put(PlanLine& line, Line what) {
        ++verbs_;
        line.what = std::move(what);
    }

    void read_sale(const SaleText& text, bool back, const Node& node, const Path& path, PlanLine& line) {
        const Date sold_on = text.sold_on.value_or(line.on);
        if (back && text.amount) {
            const std::size_t part = part_of<SplitPart>(text.of, "split", node, path);
            return put(line, MoneyLine{part, text.item, sold_on, values_.money(-*text.amount)});
        }
        const std::size_t part = part_of<RoyaltiesPart>(text.of, "royalty", node, path);
        if (!text.gross || *text.gross < 0 || text.units < 0 || text.amount) {
            values_.reader().refuse(node, path, "a sale or return without its gross, or below zero",
                                    "gross = \"100.00\", and units");
            return;
        }
        const std::int64_t sign = back ? -1 : 1;
        revenue::SalesLine sale{text.work, text.channel, sold_on, sign * text.units, values_.money(sign * *text.gross)};
        const auto deduct = [&](revenue::Deduction deduction, std::int64_t minor) {
            if (minor < 0)
                values_.reader().refuse(node, path, "a deduction below zero", "what is taken off gross: \"80.00\"");
            if (minor != 0) sale.deductions.emplace(deduction, values_.money(sign * minor));
        };
        deduct(revenue::Deduction::discounts, text.discounts);
        deduct(revenue::Deduction::allowances, text.allowances);
        deduct(revenue::Deduction::returns, text.returns);
        deduct(revenue::Deduction::shipping, text.shipping);
        deduct(revenue::Deduction::tax, text.tax);
        deduct(revenue::Deduction::costs, text.costs);
        if (part < plan_.parts.size() && std::holds_alternative<RoyaltiesPart>(plan_.parts[part].terms))
            find_channel(std::get<RoyaltiesPart>(plan_.parts[part].terms).terms, sale, node, path);
        put(line, SaleLine{part, std::move(sale)});
    }
    /// The work and channel where there is only one; what is given must exist.
    void find_channel(const revenue::RoyaltyTerms& terms, revenue::SalesLine& sale, const Node& node,
                      const Path& path) {
        std::string known;
        std::vector<std::pair<std::string, std::string>> fits;
        for (const revenue::RoyaltyAccount& account : terms.accounts)
            for (const revenue::RoyaltyWork& work : account.works)
                for (const revenue::RoyaltyChannel& channel : work.channels) {
                    detail::add_to_list(known, work.name + ": " + channel.name);
                    if ((sale.work.empty() || sale.work == work.name) &&
                        (sale.channel.empty() || sale.channel == channel.name))
                        fits.emplace_back(work.name, channel.name);
                }
        if (fits.size() != 1) {
            values_.reader().refuse(
                node, path, fits.empty() ? "there is no such work and channel" : "which work and channel is meant",
                "one of " + known);
            return;
        }
        std::tie(sale.work, sale.channel) = fits.front();
    }

    void read_advance(const AdvanceText& text, bool is_paid, const Node& node, const Path& path, PlanLine& line) {
        const std::size_t part = part_of<RoyaltiesPart>(text.of, "royalty", node, path);
        std::string account = text.account;
        if (account.empty() && part < plan_.parts.size())
            if (const auto* royalty = std::get_if<RoyaltiesPart>(&plan_.parts[part].terms);
                royalty && royalty->terms.accounts.size() == 1)
                account = royalty->terms.accounts.front().name;
        put(line, AdvanceLine{part, account, text.name, values_.money(text.amount), is_paid});
    }

    void read_sharing(const PlanLineText& text, const Node& node, const Path& path, PlanLine& line) {
        if (text.sale) read_sale(*text.sale, false, node, {&path, "sale"}, line);
        if (text.returned) read_sale(*text.returned, true, node, {&path, "return"}, line);
        if (text.advance) read_advance(*text.advance, true, node, {&path, "advance"}, line);
        if (text.expense) read_advance(*text.expense, false, node, {&path, "expense"}, line);
        if (text.period_end) {
            const Path here{&path, "period_end"};
            const SettleText settle = read_settle(*text.period_end, here);
            put(line, SettleLine{part_of<RoyaltiesPart, NotePart>(settle.of, "royalty or note", node, here),
                                 values_.money(settle.revenue), values_.money(settle.paid)});
        }
        if (text.settle) {
            const Path here{&path, "settle"};
            put(line, SettleLine{part_of<FundPart>(read_settle(*text.settle, here).of, "fund", node, here), {}, {}});
        }
        if (text.buy_out) {
            const Path here{&path, "buy_out"};
            put(line, BuyOutLine{part_of<NotePart>(read_settle(*text.buy_out, here).of, "note", node, here)});
        }
        if (text.receipt) read_money(*text.receipt, false, node, {&path, "receipt"}, line);
        if (text.contribution) read_money(*text.contribution, true, node, {&path, "contribution"}, line);
        if (text.dispute) {
            const Path here{&path, "dispute"};
            put(line, DisputedLine{part_of<SplitPart>(text.dispute->over, "split", node, here), text.dispute->item,
                                   disputed(text.dispute->of, node, here)});
        }
        if (text.dispute_settled) {
            const Path here{&path, "dispute_settled"};
            const DisputedText& from = *text.dispute_settled;
            DisputeSettledLine settled{
                part_of<SplitPart>(from.over, "split", node, here), from.item, disputed(from.of, node, here), {}};
            Weight whole = 0;
            if (from.to) values_.read_shares(*from.to, {&here, "to"}, settled.settlement, whole);
            put(line, std::move(settled));
        }
        if (text.change) {
            const Path here{&path, "change"};
            SplitChangeLine change{part_of<SplitPart>(text.change->of, "split", node, here), text.change->item, {}, {}};
            change.row.from = text.change->row.from.value_or(line.on);
            change.row.citation = text.change->row.written.citation();
            values_.take_split(text.change->row, node, here, change.row.value);
            if (text.change->borne_by)
                change.recovery = *text.change->borne_by == "each"
                                      ? revenue::Recovery{}
                                      : revenue::Recovery{values_.known_payee(*text.change->borne_by, node, here)};
            put(line, std::move(change));
        }
    }
    revenue::PayeeId disputed(const std::string& name, const Node& node, const Path& path) {
        return name.empty() ? revenue::PayeeId{} : values_.known_payee(name, node, path);
    }
    void read_money(const MoneyText& text, bool contributed, const Node& node, const Path& path, PlanLine& line) {
        const std::size_t part =
            contributed
                ? part_of<WaterfallPart, FundPart>(text.into, "waterfall or fund", node, path)
                : part_of<SplitPart, WaterfallPart, FundPart>(text.into, "split, waterfall or fund", node, path);
        if (text.amount < 0) {
            values_.reader().refuse(node, path, "an amount below zero",
                                    "return = { of = ..., amount = ... } takes back");
            return;
        }
        put(line, MoneyLine{part, text.deal.empty() ? text.item : text.deal, text.sold_on.value_or(line.on),
                            values_.money(text.amount), contributed});
    }
    SettleText read_settle(const Node& node, const Path& path) {
        SettleText settle;
        if (node.kind == Node::Kind::text)
            settle.of = node.text;
        else
            values_.reader().read(node, settle, path);
        return settle;
    }

    void read_matching(const PlanLineText& text, const Node& node, const Path& path, PlanLine& line) {
        if (text.gift) {
            const GiftText& gift = *text.gift;
            const Path here{&path, "gift"};
            const std::size_t part = part_of<MatchPart, QuadraticPart, CrowdmatchPart>(
                gift.of, "match, quadratic or crowdmatch", node, here);
            if (gift.count == 0 || (gift.count > 1 && !gift.by.empty()))
                values_.reader().refuse(node, here, "a count of nothing, or of one person", "a line for each");
            const bool needs_project =
                part < plan_.parts.size() && !std::holds_alternative<CrowdmatchPart>(plan_.parts[part].terms);
            if (needs_project && gift.to.empty())
                values_.reader().refuse(FindingKind::missing, node.where, {&here, "to"}, "a gift to nobody",
                                        "the name of a project");
            if (gift.count > most_lines)
                values_.reader().refuse(node, {&here, "count"}, "more than 100,000 gifts in one line", "fewer");
            if (!gift.to.empty()) (void)values_.payee(gift.to);
            put(line, GiftLine{part, gift.to, gift.by, values_.money(gift.amount), gift.count});
        }
        if (text.lump) {
            const Path here{&path, "lump"};
            (void)values_.payee(text.lump->to);
            put(line, LumpLine{part_of<MatchPart>(text.lump->of, "match", node, here), text.lump->to,
                               values_.money(text.lump->target)});
        }
        if (text.match) {
            const Path here{&path, "match"};
            put(line, SettleLine{part_of<QuadraticPart, CrowdmatchPart>(read_settle(*text.match, here).of,
                                                                        "quadratic or crowdmatch", node, here),
                                 {},
                                 {}});
        }
    }

    void read_paying(const PlanLineText& text, const Node& node, const Path& path, PlanLine& line) {
        const auto read_earning = [&](const std::optional<EarningText>& from, revenue::EarningKind kind,
                                      std::string_view verb) {
            if (!from) return;
            const Path here{&path, verb};
            put(line, EarningLine{{.payee = values_.known_payee(from->to, node, here),
                                   .kind = kind,
                                   .amount = from->amount,
                                   .sold_on = from->sold_on.value_or(line.on),
                                   .reference = from->reference,
                                   .source = from->from}});
        };
        read_earning(text.earning, revenue::EarningKind::earned, "earning");
        read_earning(text.taken_back, revenue::EarningKind::taken_back, "taken_back");
        read_earning(text.correction, revenue::EarningKind::correction, "correction");
        if (text.pay_out) put(line, PayOutLine{});
        if (text.close) put(line, PayOutLine{values_.known_payee(*text.close, node, {&path, "close"})});
        if (text.remove) put(line, RemoveLine{values_.known_payee(*text.remove, node, {&path, "remove"})});
        const bool pays =
            text.earning || text.taken_back || text.correction || text.pay_out || text.close || text.remove;
        if (pays && !plan_.distribution)
            values_.reader().refuse(FindingKind::missing, node.where, path, "nothing here pays anybody",
                                    "a [distribution]");
    }

    const RevenuePlan& plan_;
    PlanReader& values_;
    std::vector<PlanLine> lines_;
    std::size_t line_ = 0;
    Date last_{};
    int verbs_ = 0;  ///< of the line being read
};

}  // namespace

std::vector<PlanLine> read_plan_lines(const Node& timeline, const RevenuePlan& plan, PlanReader& values) {
    return PlanLineReader(plan, values).read(timeline);
}

std::vector<PlanExpected> read_plan_expectations(const Node& node, const Path& path, PlanReader& values) {
    std::vector<PlanExpected> expectations;
    read_expectations(node, path, "", values.reader(), expectations);
    return expectations;
}

Node without(const Node& table, std::initializer_list<std::string_view> names) {
    Node rest = table;
    rest.items.clear();
    rest.keys.clear();
    for (const std::size_t i : order_of(table)) {
        if (std::find(names.begin(), names.end(), table.keys[i].name) != names.end()) continue;
        rest.items.push_back(table.items[i]);
        rest.keys.push_back(table.keys[i]);
    }
    return rest;
}

}  // namespace crowdrules::detail
