// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/rulepacks/load.hpp>

#include "document.hpp"
#include "embedded.hpp"
#include "parameter.hpp"
#include <algorithm>
#include <set>
#include <tuple>

namespace crowdrules {

namespace detail {

namespace {

// The tables of a pack as they stand in its file.

struct CitationText {
    std::string source, read;
    Evidence evidence = Evidence::agreed;
};
struct RuleText {
    std::string parameter, cite;
    std::optional<Date> from, seen, until;
    std::optional<Node> currency, country, value;
    std::map<std::string, Node> by_currency, by_country;
    bool liftable = false;
};
struct PackText {
    std::string pack, title, jurisdiction, description;
    std::map<std::string, CitationText> citations;
    std::optional<Node> rule;
};

template <class V>
void describe(V& v, Of<CitationText> auto& citation) {
    v("source", citation.source, required);
    v("read", citation.read, required);
    v("evidence", citation.evidence, required);
}
template <class V>
void describe(V& v, Of<RuleText> auto& rule) {
    v("parameter", rule.parameter, required);
    v("cite", rule.cite, required);
    v("from", rule.from);
    v("seen", rule.seen);
    v("until", rule.until);
    v("currency", rule.currency);
    v("country", rule.country);
    v("value", rule.value);
    v("by_currency", rule.by_currency);
    v("by_country", rule.by_country);
    v("liftable", rule.liftable);
}
template <class V>
void describe(V& v, Of<PackText> auto& pack) {
    v("pack", pack.pack, required);
    v("title", pack.title, required);
    v("jurisdiction", pack.jurisdiction, required);
    v("description", pack.description, required);
    v("citations", pack.citations, required);
    v("rule", pack.rule, required);
}

/// Makes rows of the rules of a file.
class RowReader {
  public:
    RowReader(const std::map<std::string, CitationText>& citations, Findings& findings)
        : citations_(citations), reader_({USD}, findings), findings_(findings) {}

    void read(const Node& node, const Path& path) {
        RuleText rule;
        if (!reader_.read(node, rule, path)) return;
        const Parameter* parameter = find_parameter(rule.parameter);
        if (!parameter) {
            const auto nearest = nearest_name(rule.parameter, parameter_paths());
            refuse(*node.find("parameter"), path, "'" + rule.parameter + "' is no parameter",
                   nearest.empty() ? "a parameter of those that load.hpp speaks of" : std::string(nearest));
            return;
        }
        PackRow row;
        row.parameter = rule.parameter;
        row.liftable = rule.liftable;
        const bool dated = read_dates(rule, node, path, row);
        const bool cited = read_citation(rule, node, path, row);
        if (dated && cited) spread(rule, *parameter, node, path, row);
    }

    [[nodiscard]] std::vector<PackRow> rows() && { return std::move(rows_); }

    void refuse_overlaps() {
        std::vector<const PackRow*> sorted;
        for (const PackRow& row : rows_) sorted.push_back(&row);
        const auto key = [](const PackRow* row) {
            return std::tie(row->parameter, row->scope.currency, row->scope.country, row->from, row->where.line);
        };
        std::sort(sorted.begin(), sorted.end(), [&](auto* a, auto* b) { return key(a) < key(b); });
        for (std::size_t i = 1; i < sorted.size(); ++i) {
            const PackRow &row = *sorted[i], &earlier = *sorted[i - 1];
            if (row.parameter != earlier.parameter || !(row.scope == earlier.scope)) continue;
            if (row.from != earlier.from && !(earlier.until && *earlier.until >= row.from)) continue;
            const Path path{nullptr, row.parameter};
            reader_.refuse(FindingKind::malformed, row.where, path,
                           "another value for the same holds on " + to_text(row.from) + " (line " +
                               std::to_string(earlier.where.line) + ")",
                           "one value for each day");
        }
    }

    void refuse_uncited(const Node& citations) {
        for (const auto& key : citations.keys)
            if (cited_.count(key.name) == 0) {
                const Path path{nullptr, "citations"};
                reader_.refuse(FindingKind::malformed, key.where, {&path, key.name}, "nothing cites '" + key.name + "'",
                               "a rule that does, or no such citation");
            }
    }

  private:
    bool refuse(const Node& node, const Path& path, std::string what, std::string accepted) {
        return reader_.refuse(FindingKind::malformed, node.where, path, std::move(what), std::move(accepted));
    }

    bool read_dates(const RuleText& rule, const Node& node, const Path& path, PackRow& row) {
        if (rule.from.has_value() == rule.seen.has_value())
            return refuse(node, path, "a rule holds since a day (from), or was first seen on a day (seen)",
                          "one of 'from' and 'seen'");
        row.from = rule.from ? *rule.from : *rule.seen;
        row.began_earlier = rule.seen.has_value();
        row.until = rule.until;
        return !row.until || *row.until >= row.from ||
               refuse(*node.find("until"), path, "it ends " + to_text(*row.until) + " before it begins",
                      "a day from " + to_text(row.from) + " on");
    }

    bool read_citation(const RuleText& rule, const Node& node, const Path& path, PackRow& row) {
        const auto found = citations_.find(rule.cite);
        if (found == citations_.end()) {
            std::vector<std::string_view> names;
            for (const auto& [name, citation] : citations_) names.push_back(name);
            const auto nearest = nearest_name(rule.cite, names);
            return refuse(*node.find("cite"), path, "there is no citation '" + rule.cite + "'",
                          nearest.empty() ? "the name of one under [citations]" : std::string(nearest));
        }
        cited_.insert(rule.cite);
        row.citation = {found->second.source, found->second.read, found->second.evidence};
        return true;
    }

    /// One row for each currency or country.
    void spread(const RuleText& rule, const Parameter& parameter, const Node& node, const Path& path,
                const PackRow& row) {
        const bool currencies = rule.currency || !rule.by_currency.empty();
        const bool countries = rule.country || !rule.by_country.empty();
        const auto by = parameter.by;
        if (currencies != (by == PackParameter::By::currency) || countries != (by == PackParameter::By::country)) {
            constexpr std::string_view accepted[] = {"neither currency nor country", "a currency", "a country"};
            refuse(node, path, "the value of '" + rule.parameter + "' depends on other things",
                   std::string(accepted[static_cast<std::size_t>(by)]));
            return;
        }
        const auto& table = by == PackParameter::By::currency ? rule.by_currency : rule.by_country;
        const auto& one_value = by == PackParameter::By::currency ? rule.currency : rule.country;
        if (rule.value.has_value() == !table.empty() || (one_value && !table.empty())) {
            refuse(node, path, "a rule has one 'value', or a value for each in 'by_currency' or 'by_country'", "one");
            return;
        }
        if (by == PackParameter::By::nothing) return add(parameter, row, {}, *rule.value);
        for (const auto& [name, value] : table) add(parameter, row, name, value);
        if (!one_value) return;
        std::vector<std::string> names;
        if (one_value->kind == Node::Kind::text)
            names.push_back(one_value->text);
        else if (!reader_.read(*one_value, names, path))
            return;
        for (const auto& name : names) add(parameter, row, name, *rule.value);
    }

    void add(const Parameter& parameter, PackRow row, const std::string& scope, const Node& value) {
        const Path path{nullptr, parameter.path};
        std::optional<Currency> currency;
        if (parameter.by == PackParameter::By::currency) {
            const auto known = Currency::iso(scope);
            if (!known)
                return void(refuse(value, path, "'" + scope + "': " + known.error().what, known.error().expected));
            currency = *known;
            row.scope.currency = scope;
        }
        if (parameter.by == PackParameter::By::country) {
            const bool shaped =
                scope.size() == 2 && scope.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == scope.npos;
            if (!shaped)
                return void(refuse(value, path, "'" + scope + "' is no country", "two capitals of ISO 3166: \"US\""));
            row.scope.country = scope;
        }
        Rules scratch;
        if (!read_parameter(parameter, value, currency, scratch, findings_)) return;
        row.value = value;
        row.where = value.where;
        rows_.push_back(std::move(row));
    }

    const std::map<std::string, CitationText>& citations_;
    Reader reader_;
    Findings& findings_;
    std::set<std::string> cited_;
    std::vector<PackRow> rows_;
};

}  // namespace

}  // namespace detail

Result<RulePack, Findings> parse_pack(std::string_view text, const std::string& source) {
    const auto root = detail::parse_toml(text, source);
    Findings findings;
    if (!root) {
        const auto& error = root.error();
        findings.push_back({FindingKind::malformed, {}, error.what, error.expected, {}, error.where});
        return failure(std::move(findings));
    }
    detail::PackText file;
    if (!detail::read(*root, file, {USD}, findings)) return failure(std::move(findings));

    const detail::Path path{nullptr, "rule"};
    detail::RowReader reader(file.citations, findings);
    if (file.rule->kind != Node::Kind::list)
        detail::Reader({USD}, findings).expected(*file.rule, path, "a list: [[rule]]");
    for (std::size_t i = 0; i < file.rule->items.size() && file.rule->kind == Node::Kind::list; ++i)
        reader.read(file.rule->items[i], {&path, {}, i + 1});
    reader.refuse_overlaps();
    // A rule that could not be read may be the one that cites it.
    if (findings.empty()) reader.refuse_uncited(*root->find("citations"));
    if (!findings.empty()) return failure(std::move(findings));

    RulePack pack;
    pack.name_ = std::move(file.pack);
    pack.title_ = std::move(file.title);
    pack.jurisdiction_ = std::move(file.jurisdiction);
    pack.description_ = std::move(file.description);
    pack.rows_ = std::move(reader).rows();
    return pack;
}

std::vector<std::string> pack_names() {
    std::vector<std::string> names;
    for (const auto& pack : detail::embedded_packs()) names.emplace_back(pack.name);
    return names;
}

Result<RulePack, Findings> load_pack(std::string_view name) {
    std::string known;
    for (const auto& pack : detail::embedded_packs()) {
        if (pack.name == name) return parse_pack(pack.text, std::string(pack.name) + ".toml");
        (known += known.empty() ? "" : ", ") += pack.name;
    }
    Finding finding{};
    finding.kind = FindingKind::malformed;
    finding.what = "there is no rule pack '" + std::string(name) + "'";
    finding.accepted = known.empty() ? "a pack that was built in" : "one of " + known;
    return failure(Findings{std::move(finding)});
}

}  // namespace crowdrules
