// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/scenario/plan.hpp>

#include "plan_line_text.hpp"
#include "plan_pack.hpp"
#include "plan_reader.hpp"
#include "plan_story.hpp"
#include <set>

namespace crowdrules {

std::string_view kind_of(const PlanPart& part) noexcept {
    constexpr std::array<std::string_view, 8> names{"royalty", "split", "waterfall", "fund",
                                                    "note",    "match", "quadratic", "crowdmatch"};
    static_assert(names.size() == std::variant_size_v<decltype(part.terms)>);
    return names[part.terms.index()];
}

namespace detail {
namespace {

/// Longer time lines would only fill the memory: a year of single sales belongs into sales lines by day.
constexpr std::size_t most_lines = 100'000;

/// Who may be given something by a part, other parts among them.
std::vector<PayeeId> fed_by(const SplitHistory& history) {
    std::vector<PayeeId> fed;
    for (const auto& row : history.rows()) {
        for (const Share& share : row.value.shares) fed.push_back(share.payee);
        for (const TopFee& fee : row.value.fees) fed.push_back(fee.payee);
        if (!row.value.rest.is_none()) fed.push_back(row.value.rest);
    }
    return fed;
}

class PlanFileReader {
  public:
    explicit PlanFileReader(const Node& root) : root_(root) {}

    Result<RevenuePlan, Findings> plan() {
        PlanFileText file;
        PlanHeadText head;
        if (!read(root_, file, {USD}, findings_) ||
            !Reader({USD}, findings_).read(file.plan, head, Path{nullptr, "plan"}))
            return failure(std::move(findings_));
        plan_.title = head.title;
        plan_.source = head.source;
        plan_.currency = head.currency;
        values_.emplace(head.currency, findings_);
        pack_.emplace(head, file.plan, file.timeline, *values_, findings_);

        read_parts(file);
        read_payees(file);
        check_circles();
        for (const Node& line : lines_of(file.timeline)) read_line(line);
        read_expectations(file.expect, {nullptr, "expect"}, "", plan_.expect);
        if (has_refusal(findings_)) {
            for (Finding& finding : findings_) finding.what = PlanReader::with_names(finding.what, values_->names());
            return failure(std::move(findings_));
        }
        plan_.names = values_->names();
        plan_.terms = to_text(without(root_, {"timeline", "expect"}));
        if (!pack_->record().empty()) plan_.terms += "  # rules: " + pack_->record();
        return std::move(plan_);
    }

  private:
    Reader& reader() { return values_->reader(); }

    /// The table without some of its fields.
    static Node without(const Node& table, std::initializer_list<std::string_view> names) {
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

    // -------------------------------------------------------------------------------------------------------- parts

    void read_parts(const PlanFileText& file) {
        each<RoyaltiesPart>(file.royalty, "royalty", [&](const Node& node, const Path& path, RoyaltiesPart& part) {
            const std::string name(path.name);
            if (PlanPack::is_asked_by(node) ? !pack_->read_royalty(node, name, path, part)
                                            : !values_->read_royalty(node, name, path, part))
                return;
            keep(defects_of(part.terms), node);
        });
        each<SplitPart>(file.split, "split", [&](const Node& node, const Path& path, SplitPart& part) {
            if (PlanPack::is_asked_by(node) ? !pack_->read_split(node, path, part)
                                            : !values_->read_split(node, path, part))
                return;
            if (const auto sharing = Sharing::of(part.standard, plan_.currency, part.items); !sharing)
                keep(sharing.error(), node);
        });
        each<WaterfallPart>(file.waterfall, "waterfall", [&](const Node& node, const Path& path, WaterfallPart& part) {
            part.terms.currency = plan_.currency;
            if (values_->read_waterfall(node, path, part)) keep(defects_of(part.terms), node);
        });
        each<FundPart>(file.fund, "fund", [&](const Node& node, const Path& path, FundPart& part) {
            if (!values_->read_fund(node, path, part)) return;
            if (const auto fund = settle_fund(part.terms, part.scope, part.clawback, {}); !fund)
                keep(fund.error(), node);
        });
        each<NotePart>(file.note, "note", [&](const Node& node, const Path& path, NotePart& part) {
            if (PlanPack::is_asked_by(node) ? pack_->read_note(node, path, part) : values_->read_note(node, path, part))
                keep(defects_of(part.terms), node);
        });
        each<MatchPart>(file.match, "match", [&](const Node& node, const Path& path, MatchPart& part) {
            if (!values_->read_match(node, path, part)) return;
            if (const auto pool = MatchPool::of(part.sponsors); !pool) keep(pool.error(), node);
        });
        each<QuadraticPart>(file.quadratic, "quadratic", [&](const Node& node, const Path& path, QuadraticPart& part) {
            if (!values_->read_quadratic(node, path, part)) return;
            if (const auto round = match_quadratic(part.terms, {}); !round) keep({round.error()}, node);
        });
        each<CrowdmatchPart>(file.crowdmatch, "crowdmatch",
                             [&](const Node& node, const Path& path, CrowdmatchPart& part) {
                                 values_->read_crowdmatch(node, path, part);
                             });
        // As they stand in the file, whatever their kinds.
        std::vector<std::size_t> order(plan_.parts.size());
        for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
        std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            return std::pair(places_[a].line, places_[a].column) < std::pair(places_[b].line, places_[b].column);
        });
        std::vector<PlanPart> parts;
        for (const std::size_t i : order) parts.push_back(std::move(plan_.parts[i]));
        plan_.parts = std::move(parts);
        if (plan_.parts.empty() && root_.find("distribution") == nullptr)
            reader().refuse(FindingKind::missing, root_.where, {}, "a plan without parts",
                            "royalty, split, waterfall, fund, note, match, quadratic, crowdmatch or distribution");
    }

    template <class Part, class Take>
    void each(const Node& table, std::string_view kind, Take take) {
        const Path path{nullptr, kind};
        if (table.kind != Node::Kind::table) {
            reader().expected(table, path, "a table of parts, each under its name");
            return;
        }
        for (const std::size_t i : order_of(table)) {
            const Node::Key& key = table.keys[i];
            if (std::any_of(plan_.parts.begin(), plan_.parts.end(),
                            [&](const PlanPart& part) { return part.name == key.name; }) ||
                key.name == outside || key.name == "distribution" || key.name == "holders") {
                reader().refuse(FindingKind::malformed, key.where, {&path, key.name},
                                "something else has this name already", "a name of its own for each part");
                continue;
            }
            PlanPart& part = plan_.parts.emplace_back(PlanPart{key.name, blank<Part>()});
            places_.push_back(key.where);
            take(table.items[i], Path{&path, key.name}, std::get<Part>(part.terms));
        }
    }
    /// A Money has no empty value.
    template <class Part>
    Part blank() const {
        const Money nothing = Money::zero(plan_.currency);
        if constexpr (std::is_same_v<Part, QuadraticPart>)
            return {QuadraticTerms{.pool = nothing}};
        else if constexpr (std::is_same_v<Part, CrowdmatchPart>)
            return {nothing, {RoundingMode::half_even}, {}};
        else if constexpr (std::is_same_v<Part, NotePart>)
            return {NoteTerms{{}, {}, {}, {RoundingMode::half_even}}};
        else if constexpr (std::is_same_v<Part, RoyaltiesPart>)
            return {RoyaltyTerms{plan_.currency, {}, {RoundingMode::half_even}}, {}};
        else if constexpr (std::is_same_v<Part, WaterfallPart>)
            return {WaterfallTerms{plan_.currency, {}}};
        else if constexpr (std::is_same_v<Part, FundPart>)
            return {WaterfallTerms{plan_.currency, {}}, {}, {}};
        else
            return {};
    }

    void read_payees(const PlanFileText& file) {
        DistributionTerms terms{plan_.currency, Money::zero(plan_.currency)};
        const Node* const given = root_.find("distribution");
        const Path here{nullptr, "distribution"};
        const bool is_given =
            given && (PlanPack::is_asked_by(*given) ? pack_->read_distribution(*given, here, terms)
                                                    : values_->read_distribution(*given, here, terms));
        const Path path{nullptr, "payees"};
        if (file.payees.kind != Node::Kind::table) {
            reader().expected(file.payees, path, "a table of payees, each under their name");
            return;
        }
        for (const std::size_t i : order_of(file.payees)) {
            const std::string& name = file.payees.keys[i].name;
            Payee& payee = plan_.payees.emplace_back();
            const Node& node = file.payees.items[i];
            std::string tax_status;
            if (values_->read_payee(node, name, {&path, name}, payee, terms.higher_minimums, tax_status) &&
                !tax_status.empty())
                pack_->read_tax_status(node, {&path, name}, tax_status, payee);
        }
        for (std::size_t i = 0; i < values_->names().size(); ++i) {
            const std::string& name = values_->names()[i];
            if (name == outside || name == "withheld" || name == "payment fees")
                reader().refuse(FindingKind::malformed, root_.where, {nullptr, name},
                                "the statement has this name for something else", "another name");
            const PayeeId id{i + 1};
            const bool is_known = std::any_of(plan_.payees.begin(), plan_.payees.end(),
                                              [&](const Payee& payee) { return payee.id == id; });
            if (!is_known && !part_named(name)) plan_.payees.push_back({id, name, {}});
        }
        if (!is_given) {
            if (!file.payees.items.empty())
                reader().refuse(FindingKind::missing, file.payees.where, path, "payees, but nothing pays them",
                                "a [distribution]");
            return;
        }
        auto distribution = Distribution::of(terms);
        if (!distribution) return keep(distribution.error(), *given);
        for (const Payee& payee : plan_.payees) {
            if (part_named(payee.name))
                reader().refuse(FindingKind::malformed, file.payees.where, {&path, payee.name}, "a part has this name",
                                "a name of its own");
            else if (auto added = distribution->add(payee); !added)
                keep({added.error()}, file.payees);
        }
        plan_.distribution = std::move(terms);
    }

    [[nodiscard]] const PlanPart* part_named(const std::string& name) const {
        for (const PlanPart& part : plan_.parts)
            if (part.name == name) return &part;
        return nullptr;
    }

    // Parts that feed each other in a circle would share for ever.
    void check_circles() {
        std::set<std::string> done;
        for (const PlanPart& part : plan_.parts) {
            std::vector<std::string> way;
            follow(part, way, done);
        }
    }
    void follow(const PlanPart& part, std::vector<std::string>& way, std::set<std::string>& done) {
        if (std::find(way.begin(), way.end(), part.name) != way.end()) {
            std::string circle;
            for (const std::string& name : way) circle += name + " -> ";
            const Node* const here = root_.find(kind_of(part))->find(part.name);
            reader().refuse(FindingKind::forbidden, here->where, {nullptr, part.name},
                            "parts feed each other in a circle: " + circle + part.name,
                            "parts of which each feeds later ones");
            return;
        }
        if (!done.insert(part.name).second && way.empty()) return;
        way.push_back(part.name);
        for (const std::string& name : fed_names(part)) {
            const PlanPart* const next = part_named(name);
            if (!next || has_refusal(findings_)) continue;
            if (!std::holds_alternative<SplitPart>(next->terms) && !std::holds_alternative<WaterfallPart>(next->terms))
                reader().refuse(FindingKind::malformed, root_.find(kind_of(part))->find(part.name)->where,
                                {nullptr, part.name}, "a " + std::string(kind_of(*next)) + " cannot be given anything",
                                "a payee, a split or a waterfall");
            else
                follow(*next, way, done);
        }
        way.pop_back();
    }
    [[nodiscard]] std::set<std::string> fed_names(const PlanPart& part) const {
        std::set<std::string> names;
        const auto add = [&](PayeeId payee) {
            if (!payee.is_none()) names.insert(values_->names()[payee.value - 1]);
        };
        if (const auto* royalty = std::get_if<RoyaltiesPart>(&part.terms))
            for (const auto& [account, to] : royalty->to) names.insert(to);
        if (const auto* split = std::get_if<SplitPart>(&part.terms)) {
            for (const PayeeId payee : fed_by(split->standard)) add(payee);
            for (const auto& [item, history] : split->items)
                for (const PayeeId payee : fed_by(history)) add(payee);
        }
        const auto steps = [&](const WaterfallTerms& terms) {
            for (const WaterfallStep& step : terms.steps)
                for (const Share& share : step.to) add(share.payee);
        };
        if (const auto* waterfall = std::get_if<WaterfallPart>(&part.terms)) steps(waterfall->terms);
        if (const auto* fund = std::get_if<FundPart>(&part.terms)) steps(fund->terms);
        if (const auto* note = std::get_if<NotePart>(&part.terms))
            for (const NoteHolder& holder : note->terms.holders) add(holder.payee);
        if (const auto* crowdmatch = std::get_if<CrowdmatchPart>(&part.terms)) names.insert(crowdmatch->to);
        return names;
    }

    /// Adds findings of a part at the place of what they are about.
    void keep(Findings found, const Node& node) {
        for (Finding& finding : found) {
            if (finding.where == TextPosition{}) finding.where = place_of(node, finding.rule);
            findings_.push_back(std::move(finding));
        }
    }
    /// The rule "waterfall.debt.premium" is about the field `premium` of the step called debt.
    static TextPosition place_of(const Node& node, std::string_view rule) {
        const Node* here = &node;
        while (!rule.empty()) {
            const std::string_view name = rule.substr(0, rule.find('.'));
            rule.remove_prefix(std::min(rule.size(), name.size() + 1));
            if (const Node* const next = inside(*here, name, 3)) here = next;
        }
        if (here == &node)
            if (const Node* const shares = node.find("shares")) here = shares;
        return here->where;
    }
    static const Node* inside(const Node& node, std::string_view name, int depth) {
        if (const Node* const found = node.find(name)) return found;
        for (const Node& item : node.items) {
            const Node* const called = item.find("name");
            if (called && called->text == name) return &item;
        }
        if (depth > 0)
            for (const Node& item : node.items)
                if (const Node* const found = inside(item, name, depth - 1)) return found;
        return nullptr;
    }

    // ----------------------------------------------------------------------------------------------------- time line

    const std::vector<Node>& lines_of(const Node& timeline) {
        static const std::vector<Node> none;
        if (timeline.kind == Node::Kind::list) {
            if (timeline.items.size() <= most_lines) return timeline.items;
            reader().refuse(timeline, {nullptr, "timeline"}, "more than 100,000 lines", "fewer lines");
        } else if (!timeline.keys.empty() || timeline.kind != Node::Kind::table) {
            reader().expected(timeline, {nullptr, "timeline"}, "a list");
        }
        return none;
    }

    void read_line(const Node& node) {
        const Path timeline{nullptr, "timeline"};
        const Path path{&timeline, {}, ++line_};
        PlanLineText text;
        if (!reader().read(node, text, path)) return;
        PlanLine line{
            .where = node.where, .on = text.on.value_or(last_), .text = to_text(without(node, {"expect", "refused"}))};
        if (!text.on && last_ == Date{})
            reader().refuse(FindingKind::missing, node.where, {&path, "on"}, "a line without a day, and none before it",
                            "a date: on = 2012-03-31");
        if (line.on < last_)
            reader().refuse(node, {&path, "on"}, to_text(line.on) + " after " + to_text(last_), "days in their order");
        last_ = line.on;
        line.refused = text.refused.value_or("");
        if (text.expect) read_expectations(*text.expect, {&path, "expect"}, "", line.expect);

        verbs_ = 0;
        read_sharing(text, node, path, line);
        read_matching(text, node, path, line);
        read_paying(text, node, path, line);
        if (verbs_ > 1) reader().refuse(node, path, "a line does one thing, but this one does more", "a line for each");
        if (verbs_ == 0 && line.expect.empty())
            reader().refuse(node, path, "a line that does nothing and expects nothing", "sale, receipt, pay_out, ...");
        plan_.timeline.push_back(std::move(line));
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
        reader().refuse(FindingKind::malformed, node.where, path,
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
            return put(line, MoneyLine{part, text.item, sold_on, values_->money(-*text.amount)});
        }
        const std::size_t part = part_of<RoyaltiesPart>(text.of, "royalty", node, path);
        if (!text.gross || *text.gross < 0 || text.units < 0 || text.amount) {
            reader().refuse(node, path, "a sale or return without its gross, or below zero",
                            "gross = \"100.00\", and units");
            return;
        }
        const std::int64_t sign = back ? -1 : 1;
        SalesLine sale{text.work, text.channel, sold_on, sign * text.units, values_->money(sign * *text.gross)};
        const auto deduct = [&](Deduction deduction, std::int64_t minor) {
            if (minor < 0) reader().refuse(node, path, "a deduction below zero", "what is taken off gross: \"80.00\"");
            if (minor != 0) sale.deductions.emplace(deduction, values_->money(sign * minor));
        };
        deduct(Deduction::discounts, text.discounts);
        deduct(Deduction::allowances, text.allowances);
        deduct(Deduction::returns, text.returns);
        deduct(Deduction::shipping, text.shipping);
        deduct(Deduction::tax, text.tax);
        deduct(Deduction::costs, text.costs);
        if (part < plan_.parts.size() && std::holds_alternative<RoyaltiesPart>(plan_.parts[part].terms))
            find_channel(std::get<RoyaltiesPart>(plan_.parts[part].terms).terms, sale, node, path);
        put(line, SaleLine{part, std::move(sale)});
    }
    /// The work and channel where there is only one; what is given must exist.
    void find_channel(const RoyaltyTerms& terms, SalesLine& sale, const Node& node, const Path& path) {
        std::string known;
        std::vector<std::pair<std::string, std::string>> fits;
        for (const RoyaltyAccount& account : terms.accounts)
            for (const RoyaltyWork& work : account.works)
                for (const RoyaltyChannel& channel : work.channels) {
                    (known += known.empty() ? "" : ", ") += work.name + ": " + channel.name;
                    if ((sale.work.empty() || sale.work == work.name) &&
                        (sale.channel.empty() || sale.channel == channel.name))
                        fits.emplace_back(work.name, channel.name);
                }
        if (fits.size() != 1) {
            reader().refuse(node, path,
                            fits.empty() ? "there is no such work and channel" : "which work and channel is meant",
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
        put(line, AdvanceLine{part, account, text.name, values_->money(text.amount), is_paid});
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
                                 values_->money(settle.revenue), values_->money(settle.paid)});
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
            if (from.to) values_->read_shares(*from.to, {&here, "to"}, settled.settlement, whole);
            put(line, std::move(settled));
        }
        if (text.change) {
            const Path here{&path, "change"};
            SplitChangeLine change{part_of<SplitPart>(text.change->of, "split", node, here), text.change->item, {}, {}};
            change.row.from = text.change->row.from.value_or(line.on);
            change.row.citation = text.change->row.written.citation();
            values_->take_split(text.change->row, node, here, change.row.value);
            if (text.change->borne_by)
                change.recovery = *text.change->borne_by == "each"
                                      ? Recovery{}
                                      : Recovery{values_->known_payee(*text.change->borne_by, node, here)};
            put(line, std::move(change));
        }
    }
    PayeeId disputed(const std::string& name, const Node& node, const Path& path) {
        return name.empty() ? PayeeId{} : values_->known_payee(name, node, path);
    }
    void read_money(const MoneyText& text, bool contributed, const Node& node, const Path& path, PlanLine& line) {
        const std::size_t part =
            contributed
                ? part_of<WaterfallPart, FundPart>(text.into, "waterfall or fund", node, path)
                : part_of<SplitPart, WaterfallPart, FundPart>(text.into, "split, waterfall or fund", node, path);
        if (text.amount < 0) {
            reader().refuse(node, path, "an amount below zero", "return = { of = ..., amount = ... } takes back");
            return;
        }
        put(line, MoneyLine{part, text.deal.empty() ? text.item : text.deal, text.sold_on.value_or(line.on),
                            values_->money(text.amount), contributed});
    }
    SettleText read_settle(const Node& node, const Path& path) {
        SettleText settle;
        if (node.kind == Node::Kind::text)
            settle.of = node.text;
        else
            reader().read(node, settle, path);
        return settle;
    }

    void read_matching(const PlanLineText& text, const Node& node, const Path& path, PlanLine& line) {
        if (text.gift) {
            const GiftText& gift = *text.gift;
            const Path here{&path, "gift"};
            const std::size_t part = part_of<MatchPart, QuadraticPart, CrowdmatchPart>(
                gift.of, "match, quadratic or crowdmatch", node, here);
            if (gift.count == 0 || (gift.count > 1 && !gift.by.empty()))
                reader().refuse(node, here, "a count of nothing, or of one person", "a line for each");
            const bool needs_project =
                part < plan_.parts.size() && !std::holds_alternative<CrowdmatchPart>(plan_.parts[part].terms);
            if (needs_project && gift.to.empty())
                reader().refuse(FindingKind::missing, node.where, {&here, "to"}, "a gift to nobody",
                                "the name of a project");
            if (gift.count > most_lines)
                reader().refuse(node, {&here, "count"}, "more than 100,000 gifts in one line", "fewer");
            if (!gift.to.empty()) (void)values_->payee(gift.to);
            put(line, GiftLine{part, gift.to, gift.by, values_->money(gift.amount), gift.count});
        }
        if (text.lump) {
            const Path here{&path, "lump"};
            (void)values_->payee(text.lump->to);
            put(line, LumpLine{part_of<MatchPart>(text.lump->of, "match", node, here), text.lump->to,
                               values_->money(text.lump->target)});
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
        const auto read_earning = [&](const std::optional<EarningText>& from, EarningKind kind, std::string_view verb) {
            if (!from) return;
            const Path here{&path, verb};
            put(line, EarningLine{{.payee = values_->known_payee(from->to, node, here),
                                   .kind = kind,
                                   .amount = from->amount,
                                   .sold_on = from->sold_on.value_or(line.on),
                                   .reference = from->reference,
                                   .source = from->from}});
        };
        read_earning(text.earning, EarningKind::earned, "earning");
        read_earning(text.taken_back, EarningKind::taken_back, "taken_back");
        read_earning(text.correction, EarningKind::correction, "correction");
        if (text.pay_out) put(line, PayOutLine{});
        if (text.close) put(line, PayOutLine{values_->known_payee(*text.close, node, {&path, "close"})});
        if (text.remove) put(line, RemoveLine{values_->known_payee(*text.remove, node, {&path, "remove"})});
        const bool pays =
            text.earning || text.taken_back || text.correction || text.pay_out || text.close || text.remove;
        if (pays && !plan_.distribution)
            reader().refuse(FindingKind::missing, node.where, path, "nothing here pays anybody", "a [distribution]");
    }

    // -------------------------------------------------------------------------------------------------- expectations

    /// Tables and lists within are parts of the name: contract.2.payable.
    void read_expectations(const Node& node, const Path& path, const std::string& name,
                           std::vector<PlanExpected>& expectations) {
        const auto inner = [&](const std::string& more) { return name.empty() ? more : name + "." + more; };
        if (node.kind == Node::Kind::table && !node.find("about")) {
            for (const std::size_t i : order_of(node))
                read_expectations(node.items[i], {&path, node.keys[i].name}, inner(node.keys[i].name), expectations);
        } else if (node.kind == Node::Kind::list) {
            for (std::size_t i = 0; i < node.items.size(); ++i)
                read_expectations(node.items[i], {&path, {}, i + 1}, inner(std::to_string(i + 1)), expectations);
        } else {
            PlanExpected expected{.figure = name, .where = node.where};
            if (read_expected(node, path, expected)) expectations.push_back(std::move(expected));
        }
    }
    bool read_expected(const Node& node, const Path& path, PlanExpected& expected) {
        const Node* value = &node;
        if (node.kind == Node::Kind::table) {
            const Node* const within = node.find("within");
            value = node.find("about");
            if (!within || node.items.size() != 2 || within->kind != Node::Kind::text)
                return reader().expected(node, path, "{ about = \"730.00\", within = \"0.50\" }");
            expected.within = within->text;
        }
        if (value->kind == Node::Kind::integer) {
            expected.is_count = true;
            expected.value = to_text(Decimal::of(value->integer, 0));
            return true;
        }
        if (value->kind != Node::Kind::text)
            return reader().expected(*value, path, "a text in quotes, or a whole number for a count");
        expected.value = value->text;
        return true;
    }

    const Node& root_;
    Findings findings_;
    std::optional<PlanReader> values_;
    std::optional<PlanPack> pack_;
    RevenuePlan plan_;
    std::vector<TextPosition> places_;  ///< of the parts, as they were read
    std::size_t line_ = 0;
    Date last_{};
    int verbs_ = 0;  ///< of the line being read
};

}  // namespace

Result<RevenuePlan, Findings> plan_of(const Node& root) {
    return PlanFileReader(root).plan();
}

}  // namespace detail

Result<RevenuePlan, Findings> parse_plan(std::string_view text, std::string_view source) {
    const auto root = detail::parse_toml(text, std::string(source));
    if (root) return detail::plan_of(*root);
    return failure(Findings{detail::finding_of(root.error())});
}

}  // namespace crowdrules
