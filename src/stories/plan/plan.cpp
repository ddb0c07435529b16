// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/stories/plan/plan.hpp>

#include "kind.hpp"
#include "line_text.hpp"
#include "lines.hpp"
#include "pack.hpp"
#include "reader.hpp"
#include <protocol/json_schema.hpp>
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

/// Who may be given something by a part, other parts among them.
std::vector<revenue::PayeeId> fed_by(const revenue::SplitHistory& history) {
    std::vector<revenue::PayeeId> fed;
    for (const auto& row : history.rows()) {
        for (const revenue::Share& share : row.value.shares) fed.push_back(share.payee);
        for (const revenue::TopFee& fee : row.value.fees) fed.push_back(fee.payee);
        if (!row.value.rest.is_none()) fed.push_back(row.value.rest);
    }
    return fed;
}

class PlanFileReader {
  public:
    PlanFileReader(const Node& root, const ReadText& read) : root_(root), read_(read) {}

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
        pack_.emplace(head, file.plan, file.timeline, read_, *values_, findings_);

        read_parts(file);
        read_payees(file);
        check_circles();
        plan_.timeline = read_plan_lines(file.timeline, plan_, *values_);
        plan_.expect = read_plan_expectations(file.expect, {nullptr, "expect"}, *values_);
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
            if (const auto sharing = revenue::Sharing::of(part.standard, plan_.currency, part.items); !sharing)
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
            if (const auto pool = revenue::MatchPool::of(part.sponsors); !pool) keep(pool.error(), node);
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
            return {revenue::QuadraticTerms{.pool = nothing}};
        else if constexpr (std::is_same_v<Part, CrowdmatchPart>)
            return {nothing, {RoundingMode::half_even}, {}};
        else if constexpr (std::is_same_v<Part, NotePart>)
            return {revenue::NoteTerms{{}, {}, {}, {RoundingMode::half_even}}};
        else if constexpr (std::is_same_v<Part, RoyaltiesPart>)
            return {revenue::RoyaltyTerms{plan_.currency, {}, {RoundingMode::half_even}}, {}};
        else if constexpr (std::is_same_v<Part, WaterfallPart>)
            return {revenue::WaterfallTerms{plan_.currency, {}}};
        else if constexpr (std::is_same_v<Part, FundPart>)
            return {revenue::WaterfallTerms{plan_.currency, {}}, {}, {}};
        else
            return {};
    }

    void read_payees(const PlanFileText& file) {
        revenue::DistributionTerms terms{plan_.currency, Money::zero(plan_.currency)};
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
            revenue::Payee& payee = plan_.payees.emplace_back();
            const Node& node = file.payees.items[i];
            std::string tax_status;
            if (values_->read_payee(node, name, {&path, name}, payee, terms.higher_minimums, tax_status) &&
                !tax_status.empty())
                pack_->read_tax_status(node, {&path, name}, tax_status, payee);
        }
        std::set<revenue::PayeeId> described;
        for (const revenue::Payee& payee : plan_.payees) described.insert(payee.id);
        for (std::size_t i = 0; i < values_->names().size(); ++i) {
            const std::string& name = values_->names()[i];
            if (name == outside || name == "withheld" || name == "payment fees")
                reader().refuse(FindingKind::malformed, root_.where, {nullptr, name},
                                "the statement has this name for something else", "another name");
            const revenue::PayeeId id{i + 1};
            if (!described.contains(id) && !part_named(name)) plan_.payees.push_back({id, name, {}});
        }
        if (!is_given) {
            if (!file.payees.items.empty())
                reader().refuse(FindingKind::missing, file.payees.where, path, "payees, but nothing pays them",
                                "a [distribution]");
            return;
        }
        auto distribution = revenue::Distribution::of(terms);
        if (!distribution) return keep(distribution.error(), *given);
        for (const revenue::Payee& payee : plan_.payees) {
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
        const auto add = [&](revenue::PayeeId payee) {
            if (!payee.is_none()) names.insert(values_->names()[payee.value - 1]);
        };
        if (const auto* royalty = std::get_if<RoyaltiesPart>(&part.terms))
            for (const auto& [account, to] : royalty->to) names.insert(to);
        if (const auto* split = std::get_if<SplitPart>(&part.terms)) {
            for (const revenue::PayeeId payee : fed_by(split->standard)) add(payee);
            for (const auto& [item, history] : split->items)
                for (const revenue::PayeeId payee : fed_by(history)) add(payee);
        }
        const auto steps = [&](const revenue::WaterfallTerms& terms) {
            for (const revenue::WaterfallStep& step : terms.steps)
                for (const revenue::Share& share : step.to) add(share.payee);
        };
        if (const auto* waterfall = std::get_if<WaterfallPart>(&part.terms)) steps(waterfall->terms);
        if (const auto* fund = std::get_if<FundPart>(&part.terms)) steps(fund->terms);
        if (const auto* note = std::get_if<NotePart>(&part.terms))
            for (const revenue::NoteHolder& holder : note->terms.holders) add(holder.payee);
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

    const Node& root_;
    Findings findings_;
    std::optional<PlanReader> values_;
    const ReadText& read_;
    std::optional<PlanPack> pack_;
    RevenuePlan plan_;
    std::vector<TextPosition> places_;  ///< of the parts, as they were read
};

}  // namespace

Result<RevenuePlan, Findings> plan_of(const Node& root, const ReadText& read) {
    return PlanFileReader(root, read).plan();
}

std::string PlanKind::file_schema(JsonSchema& schema) {
    PlanFileText file;
    return schema.of(value_of(file), table);
}

}  // namespace detail

Result<RevenuePlan, Findings> parse_plan(std::string_view text, std::string_view source, const ReadText& read) {
    const auto root = detail::parse_toml(text, std::string(source));
    if (root) return detail::plan_of(*root, read);
    return failure(Findings{detail::finding_of(root.error())});
}

}  // namespace crowdrules
